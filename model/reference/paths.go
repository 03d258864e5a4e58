package reference

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// MaxPathYears bounds a path: the longest horizon.
const MaxPathYears = model.MaxHorizon

// key writes a fuel as the end of a path key: "district heat" becomes
// "district_heat".
func key(prefix string, f model.Fuel) string {
	return prefix + "." + strings.ReplaceAll(string(f), " ", "_")
}

// Paths returns every figure that changes by year, for a horizon that begins in
// a financial year. Financial years take the value of the calendar year they
// begin in.
//
//	price.<fuel>, .low, .high     real multiplier of the price, 1 in the base year
//	footprint.<fuel>              kgCO2e/kWh; electricity and heat with losses on the way
//	footprint.electricity.scope2, .td, .wtt; footprint.gas.scope1, .wtt; …
//	marginal.<fuel>               kgCO2e/kWh for a change in consumption
//	carbon.low, .central, .high   £/tCO2e in the set's price base
//	deflator                      general inflation, 1 in the price base
func (s *Set) Paths(baseYear, years int) (map[string]model.Path, error) {
	if years < 1 || years > MaxPathYears {
		return nil, model.Invalid("horizon", fmt.Sprintf("the horizon is %d years; it must be 1 to %d", years, MaxPathYears))
	}
	out := map[string]model.Path{}
	add := func(p model.Path, err error) error {
		if absent(err) {
			return nil
		}
		if err == nil {
			out[p.Key] = p
		}
		return err
	}
	for _, f := range model.Fuels {
		for _, c := range []string{"central", "low", "high"} {
			if err := add(s.pricePath(f, c, baseYear, years)); err != nil {
				return nil, err
			}
		}
	}
	for _, c := range []string{"low", "central", "high"} {
		if err := add(s.carbonPath(c, baseYear, years)); err != nil {
			return nil, err
		}
	}
	if err := add(s.deflatorPath(baseYear, years)); err != nil {
		return nil, err
	}
	if err := s.footprintPaths(baseYear, years, add); err != nil {
		return nil, err
	}
	if err := s.marginalPaths(baseYear, years, add); err != nil {
		return nil, err
	}
	return out, s.directPaths(out, baseYear, years)
}

// priceSpan is the period over which the published growth of energy prices
// holds.
const priceFrom, priceTo = 2025, 2040

// pricePath multiplies the price of the base year. Growth is counted from the
// base year, so the price in the assumption book is the price of that year;
// published growth runs from 2025 to 2040 and the price is held flat after.
func (s *Set) pricePath(f model.Fuel, variant string, base, years int) (model.Path, error) {
	p := model.Path{Key: key("price", f), Label: "Price of " + string(f) + ", real", Unit: fmt.Sprintf("%d = 1", base), Start: base, Values: ones(years)}
	if variant != "central" {
		p.Key += "." + variant
		p.Label += ", " + variant
	}
	r := s.table.find("real_price_growth_2025_2040_"+string(f), variant)
	if r == nil {
		p.Grade, p.Source, p.Note = model.Placeholder, "No published path", "held at the price of the base year throughout"
		return p, nil
	}
	g := 1 + r.Value/100
	v := 1.0
	for i := range p.Values {
		if y := base + i; i > 0 && y > priceFrom && y <= priceTo {
			v *= g
		}
		p.Values[i] = v
	}
	p.Grade, p.Source = r.Grade(), cite(r)
	p.Note = fmt.Sprintf("%s %% a year to %d, then flat; counted from the base year", r.Text, priceTo)
	return p, nil
}

// carbonPath is the value of a tonne. Published rows run to 2050; the table
// extrapolates them to 2100 at 1.5 % a year, and the same rule carries on to the
// end of the longest horizon.
func (s *Set) carbonPath(variant string, base, years int) (model.Path, error) {
	p := model.Path{Key: "carbon." + variant, Label: "Value of a tonne of carbon dioxide, " + variant, Unit: "£/tCO2e", Start: base, Values: make([]float64, years), Grade: model.Benchmark}
	name := "desnz_carbon_value_" + variant
	published, further := s.table.years(name, ""), s.table.years(name+"_extrapolated", "")
	all := append(append([]yearRow(nil), published...), further...)
	if len(published) == 0 {
		return p, model.NotFound("reference series", name)
	}
	byYear := map[int]*Row{}
	for _, r := range all {
		byYear[r.year] = r.row
	}
	const growth = 1.015
	lastPublished, last := published[len(published)-1].year, all[len(all)-1]
	for i := range p.Values {
		y := base + i
		r, v := byYear[y], 0.0
		switch {
		case r != nil:
			v = r.Value
		case y > last.year:
			r = last.row
			v = r.Value * math.Pow(growth, float64(y-last.year))
		default:
			var err error
			if r, err = s.gap("the value of carbon ("+variant+")", y, all, &p); err != nil {
				return p, err
			}
			v = r.Value
		}
		from, ok := priceYear(r)
		if !ok {
			return p, model.Invalid("price base", fmt.Sprintf("the value of carbon for %d states no price base", y))
		}
		var err error
		if p.Values[i], err = s.Rebase(v, from); err != nil {
			return p, err
		}
	}
	p.Grade, p.Source = model.Weakest(p.Grade, model.Benchmark), cite(published[0].row)
	from, _ := priceYear(published[0].row)
	p.Note = and(p.Note) + fmt.Sprintf("published in %d prices, restated in %d prices", from, s.PriceBase)
	if base+years-1 > lastPublished {
		p.Grade = model.Estimated
		p.Note += fmt.Sprintf("; after %d extrapolated at 1.5 %% a year until the official rows are to hand", lastPublished)
	}
	return p, nil
}

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// flat is a path that holds one row's value in every year.
func flat(k, label, unit string, r *Row, base, years int, note string) model.Path {
	p := model.Path{Key: k, Label: label, Unit: unit, Start: base, Values: make([]float64, years), Grade: r.Grade(), Source: cite(r), Note: note}
	for i := range p.Values {
		p.Values[i] = r.Value
	}
	return p
}

func fnum(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }
