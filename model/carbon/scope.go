package carbon

import (
	"github.com/planting-the-flag/flagstone/model"
)

// Scopes is a footprint by greenhouse-gas-protocol scope, kgCO2e by year.
type Scopes struct {
	Scope1   []float64 // fuel burned in the building
	Scope2   []float64 // electricity and heat bought, where they are made
	Losses   []float64 // scope 3: losses of electricity and heat on the way
	Upstream []float64 // scope 3: well to tank
	Water    []float64 // scope 3
	Embodied []float64 // scope 3: works
	Travel   []float64 // scope 3: staff, residents and work at home
}

// Total is scopes 1, 2 and 3 by year. Well to tank is counted only when asked
// for: most public footprints leave it out, and leaving it in one figure and out
// of another is the commonest way to compare unlike things.
func (s Scopes) Total(upstream bool) []float64 {
	out := make([]float64, len(s.Scope1))
	rows := [][]float64{s.Scope1, s.Scope2, s.Losses, s.Water, s.Embodied, s.Travel}
	if upstream {
		rows = append(rows, s.Upstream)
	}
	for _, r := range rows {
		for i, v := range r {
			out[i] += v
		}
	}
	return out
}

// Other is the sources of a footprint that are not energy, by year.
type Other struct {
	WaterM3  []float64 // m³ supplied and taken away
	Embodied []float64 // kgCO2e
	Travel   []float64 // kgCO2e
}

// Water is the factors of water supplied and taken away, kgCO2e/m³.
type Water struct{ Supply, Treatment float64 }

// Scopes splits a year's energy and other sources by scope. Energy is kWh by
// fuel and year; the first year is base.
func (f Footprint) Scopes(base, years int, energy map[model.Fuel][]float64, o Other, w Water) (Scopes, error) {
	row := func() []float64 { return make([]float64, years) }
	s := Scopes{Scope1: row(), Scope2: row(), Losses: row(), Upstream: row(), Water: row(), Embodied: row(), Travel: row()}
	for fuel, kWh := range energy {
		if fuel != "" && len(kWh) != years {
			return s, model.Invalid("energy", "the energy of "+string(fuel)+" does not cover every year")
		}
		if _, ok := f.factors[name(fuel)]; !ok {
			return s, model.NotFound("conversion factor", string(fuel))
		}
		for _, part := range []struct {
			name string
			into []float64
		}{{"scope1", s.Scope1}, {"scope2", s.Scope2}, {"td", s.Losses}, {"wtt", s.Upstream}} {
			if p, ok := f.Part(fuel, part.name); ok {
				addPath(part.into, p, base, kWh)
			}
		}
	}
	for i := range years {
		if o.WaterM3 != nil {
			s.Water[i] = o.WaterM3[i] * (w.Supply + w.Treatment)
		}
		if o.Embodied != nil {
			s.Embodied[i] = o.Embodied[i]
		}
		if o.Travel != nil {
			s.Travel[i] = o.Travel[i]
		}
	}
	return s, nil
}
