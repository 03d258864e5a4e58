package carbon

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// StrandingYear is the first year in which an intensity is above its target
// pathway, or nil when it never is. Both must cover the same years; equality is
// not stranding.
func StrandingYear(asset, target model.Path) (*int, error) {
	first, last := max(asset.Start, target.Start), min(asset.Start+len(asset.Values), target.Start+len(target.Values))-1
	if first > last {
		return nil, model.Invalid("pathway", fmt.Sprintf("the pathway %s covers %d to %d and the building %d to %d: no year in common",
			target.Label, target.Start, target.Start+len(target.Values)-1, asset.Start, asset.Start+len(asset.Values)-1))
	}
	for y := first; y <= last; y++ {
		if asset.At(y) > target.At(y) {
			return &y, nil
		}
	}
	return nil, nil
}

// Share is a use's share of a mixed building and the pathway of that use.
type Share struct {
	Share   float64
	Pathway model.Path
}

// Mix is the pathway of a building of several uses: the mean of theirs, weighted
// by floor area. The shares must sum to 1 and the pathways cover the same years.
func Mix(parts []Share) (model.Path, error) {
	if len(parts) == 0 {
		return model.Path{}, model.Invalid("mix", "a mixed building needs at least one use")
	}
	first := parts[0].Pathway
	out := model.Path{Key: "mix", Label: "Pathway of the mix of uses", Unit: first.Unit, Start: first.Start, Values: make([]float64, len(first.Values)), Grade: first.Grade, Source: first.Source}
	total := 0.0
	for _, p := range parts {
		if p.Pathway.Start != first.Start || len(p.Pathway.Values) != len(first.Values) || p.Pathway.Unit != first.Unit {
			return out, model.Invalid("mix", fmt.Sprintf("the pathways of %s and %s do not cover the same years in the same unit", first.Label, p.Pathway.Label))
		}
		if !model.Finite(p.Share) || p.Share < 0 {
			return out, model.Invalid("mix", fmt.Sprintf("%s has the share %g", p.Pathway.Label, p.Share))
		}
		total += p.Share
		out.Grade = model.Weakest(out.Grade, p.Pathway.Grade)
		for i, v := range p.Pathway.Values {
			out.Values[i] += p.Share * v
		}
	}
	if total < 1-1e-6 || total > 1+1e-6 {
		return out, model.Invalid("mix", fmt.Sprintf("the shares of a mixed building sum to %g; they must sum to 1", total))
	}
	return out, nil
}

// Location is the location-based factors with which a building is held against
// a pathway: grid electricity by year, kgCO2e/kWh, and constants for the rest. A
// pathway comes with its own factors; they are not the company conversion
// factors of Footprint.
type Location struct {
	Grid                    model.Path
	Gas, Heat, Cooling, Oil float64
}

// Building is a year's energy of a building, kWh, and what its roof makes.
type Building struct {
	Area                                 float64 // m² gross internal
	Electricity, Gas, Heat, Cooling, Oil float64
	RenewableUsed                        float64 // made and used on site; counts as energy, emits nothing
	RenewableExported                    float64 // made on site and sold; credited at the grid factor
}

// Standing is how a building stands in one year.
type Standing struct {
	Energy       float64 // kWh, renewables used on site included
	EUI          float64 // kWh/m²
	Gross        float64 // kgCO2e
	ExportCredit float64 // kgCO2e, never more than what grid electricity emitted
	Net          float64 // kgCO2e
	Intensity    float64 // kgCO2e/m²
}

// In gives a building's standing in a year with its energy unchanged. Method:
// CRREM worked examples (2026): net = gross − exported kWh × grid factor, the
// credit capped at the emissions of grid electricity.
func (l Location) In(b Building, year int) (Standing, error) {
	if !model.Finite(b.Area) || b.Area <= 0 {
		return Standing{}, model.Invalid("area", fmt.Sprintf("the floor area is %g m²; it must be more than nothing", b.Area))
	}
	for _, n := range []named{{"electricity", b.Electricity}, {"gas", b.Gas}, {"heat", b.Heat}, {"cooling", b.Cooling}, {"oil", b.Oil},
		{"renewable energy used", b.RenewableUsed}, {"renewable energy exported", b.RenewableExported}} {
		what, v := n.what, n.v
		if !model.Finite(v) || v < 0 {
			return Standing{}, model.Invalid(what, fmt.Sprintf("the %s is %g kWh; it must not be negative", what, v))
		}
	}
	ef := l.Grid.At(year)
	grid := b.Electricity * ef
	s := Standing{Energy: b.Electricity + b.Gas + b.Heat + b.Cooling + b.Oil + b.RenewableUsed}
	s.Gross = grid + b.Gas*l.Gas + b.Heat*l.Heat + b.Cooling*l.Cooling + b.Oil*l.Oil
	s.ExportCredit = min(b.RenewableExported*ef, grid)
	s.Net = s.Gross - s.ExportCredit
	s.EUI, s.Intensity = s.Energy/b.Area, s.Net/b.Area
	return s, nil
}

// Curve is a building's intensity by year as the grid changes and its energy
// does not.
func (l Location) Curve(b Building, first, last int) (model.Path, error) {
	p := model.Path{Key: "intensity", Label: "Intensity of the building", Unit: "kgCO2e/m²", Start: first, Grade: l.Grid.Grade, Source: l.Grid.Source}
	for y := first; y <= last; y++ {
		s, err := l.In(b, y)
		if err != nil {
			return p, err
		}
		p.Values = append(p.Values, s.Intensity)
	}
	return p, nil
}

// Portfolio is the intensity of several buildings together: their emissions over
// their area. It says when the estate as a whole falls behind, which is not when
// its first building does.
func (l Location) Portfolio(buildings []Building, first, last int) (model.Path, error) {
	p := model.Path{Key: "intensity", Label: "Intensity of the estate", Unit: "kgCO2e/m²", Start: first, Grade: l.Grid.Grade, Source: l.Grid.Source}
	for y := first; y <= last; y++ {
		net, area := 0.0, 0.0
		for _, b := range buildings {
			s, err := l.In(b, y)
			if err != nil {
				return p, err
			}
			net += s.Net
			area += b.Area
		}
		if area == 0 {
			return p, model.Invalid("estate", "the estate has no buildings to measure")
		}
		p.Values = append(p.Values, net/area)
	}
	return p, nil
}
