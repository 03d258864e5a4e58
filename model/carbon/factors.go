package carbon

import (
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// Footprint is the conversion factors with which a year's consumption is
// counted. It says what was emitted, never what a change would save.
type Footprint struct{ factors map[string]model.Path }

// Marginal is the long-run marginal factors with which a change in consumption
// is counted. It says what a change emits or saves, never what a footprint is.
type Marginal struct{ factors map[string]model.Path }

// DEC is the fixed factors of display energy certificates, kgCO2/kWh.
type DEC struct{ Electricity, BenchmarkHeat, Gas float64 }

// EPC is the factors of energy performance certificates (the national
// calculation method), kgCO2/kWh. They are for asset ratings only.
type EPC struct{ Electricity, Gas, LPG, Oil, Pellets, Chips float64 }

// NewFootprint takes the paths "footprint.*" of a parameter set.
func NewFootprint(paths map[string]model.Path) (Footprint, error) {
	f, err := pick(paths, "footprint")
	return Footprint{f}, err
}

// NewMarginal takes the paths "marginal.*" of a parameter set.
func NewMarginal(paths map[string]model.Path) (Marginal, error) {
	f, err := pick(paths, "marginal")
	return Marginal{f}, err
}

func pick(paths map[string]model.Path, prefix string) (map[string]model.Path, error) {
	out := map[string]model.Path{}
	for k, p := range paths {
		if rest, ok := strings.CutPrefix(k, prefix+"."); ok {
			out[rest] = p
		}
	}
	for _, f := range model.Fuels {
		if _, ok := out[name(f)]; ok {
			return out, nil
		}
	}
	return nil, model.NotFound("factor paths", prefix+".<fuel>")
}

// name is a fuel as it is written in a key.
func name(f model.Fuel) string { return strings.ReplaceAll(string(f), " ", "_") }

// Path is the factor of a fuel by year, kgCO2e/kWh, with losses on the way and
// without well to tank.
func (f Footprint) Path(fuel model.Fuel) model.Path { return f.factors[name(fuel)] }

// Part is one part of a fuel's factor by year: "scope1", "scope2", "td" or
// "wtt". The second result is false when the tables do not have it.
func (f Footprint) Part(fuel model.Fuel, part string) (model.Path, bool) {
	p, ok := f.factors[name(fuel)+"."+part]
	return p, ok
}

// Path is the factor of a change in a fuel by year, kgCO2e/kWh.
func (m Marginal) Path(fuel model.Fuel) model.Path { return m.factors[name(fuel)] }

// Add adds what kWh of a fuel by year emit to a total in kg.
func (f Footprint) Add(kg []float64, fuel model.Fuel, base int, kWh []float64) {
	addPath(kg, f.Path(fuel), base, kWh)
}

// Add adds what a change of kWh of a fuel by year emits to a total in kg.
func (m Marginal) Add(kg []float64, fuel model.Fuel, base int, kWh []float64) {
	addPath(kg, m.Path(fuel), base, kWh)
}

func addPath(kg []float64, p model.Path, base int, kWh []float64) {
	for i, v := range kWh {
		if v != 0 {
			kg[i] += v * p.At(base+i)
		}
	}
}

// FootprintYears and MarginalYears are the factors of a horizon, one a year.
// They are different types for the same reason as the sets they come from.
type (
	FootprintYears map[model.Fuel][]float64
	MarginalYears  map[model.Fuel][]float64
)

// Years is the factors of the years from base.
func (f Footprint) Years(base, n int) FootprintYears {
	return FootprintYears(spread(f.factors, base, n))
}

// Years is the factors of the years from base.
func (m Marginal) Years(base, n int) MarginalYears { return MarginalYears(spread(m.factors, base, n)) }

func spread(factors map[string]model.Path, base, n int) map[model.Fuel][]float64 {
	out := map[model.Fuel][]float64{}
	for _, fuel := range model.Fuels {
		p, ok := factors[name(fuel)]
		if !ok { // a fuel without factors: whoever counts it finds no row
			continue
		}
		row := make([]float64, n)
		for i := range row {
			row[i] = p.At(base + i)
		}
		out[fuel] = row
	}
	return out
}

// named is a number with the word that a refusal uses for it.
type named struct {
	what string
	v    float64
}
