package carbon

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
)

// Yardstick is the yearly energy of a typical building, kWh/m², after any
// adjustment for hours and weather.
type Yardstick struct{ Electricity, Heat float64 }

// Used is what a building used in a year, kWh, and the area it is measured by.
type Used struct {
	Electricity float64
	Gas         float64
	Heat        float64 // heat of any other fuel, counted at the benchmark factor
	Area        float64 // m² total useful floor area
}

// Rating is a display-energy-certificate operational rating.
type Rating struct {
	Value     float64 // 100 × actual ÷ benchmark; 100 is typical, the line between D and E
	Band      string
	Actual    float64 // kgCO2/m²
	Benchmark float64 // kgCO2/m²
}

// Benchmark is the emission of the yardstick, kgCO2/m².
func (d DEC) Benchmark(y Yardstick) float64 {
	return y.Electricity*d.Electricity + y.Heat*d.BenchmarkHeat
}

// Rate gives the operational rating of energy in kWh. Method: operational
// rating = 100 × actual CO2/m² ÷ benchmark CO2/m² (CIBSE TM46; MHCLG).
func (d DEC) Rate(u Used, y Yardstick) (Rating, error) {
	for _, n := range []named{{"electricity", u.Electricity}, {"gas", u.Gas}, {"heat", u.Heat}} {
		what, v := n.what, n.v
		if !model.Finite(v) || v < 0 {
			return Rating{}, model.Invalid(what, fmt.Sprintf("the %s used is %g kWh; it must not be negative", what, v))
		}
	}
	return d.RateTonnes((u.Electricity*d.Electricity+u.Gas*d.Gas+u.Heat*d.BenchmarkHeat)/1000, u.Area, y)
}

// RateTonnes gives the operational rating of emissions already counted with
// these factors, in tCO2.
func (d DEC) RateTonnes(tonnes, area float64, y Yardstick) (Rating, error) {
	if !model.Finite(area) || area <= 0 {
		return Rating{}, model.Invalid("area", fmt.Sprintf("the floor area is %g m²; it must be more than nothing", area))
	}
	bench := d.Benchmark(y)
	if !model.Finite(bench) || bench <= 0 {
		return Rating{}, model.Invalid("benchmark", fmt.Sprintf("the benchmark is %g kgCO2/m²; it must be more than nothing", bench))
	}
	r := Rating{Actual: tonnes * 1000 / area, Benchmark: bench}
	r.Value = 100 * r.Actual / bench
	r.Band = Band(r.Value)
	return r, nil
}

// Band is the letter of a rating: bands are 25 wide, A to 25, G above 150. The
// rating is taken to the nearest whole number first, as on the certificate.
func Band(rating float64) string {
	v := math.Round(rating)
	for i, letter := range "ABCDEF" {
		if v <= float64(25*(i+1)) {
			return string(letter)
		}
	}
	return "G"
}
