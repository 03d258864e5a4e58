package carbon

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// Factors of the solar estimate: tilting an array south at 35° collects 11 %
// more than the horizontal, and 80 % of it comes out as alternating current
// (the factor of the standard assessment procedure).
const (
	TiltSouth35 = 1.11
	SAPFactor   = 0.80
)

// Array is a set of solar panels.
type Array struct {
	KWp         float64
	Irradiation float64 // kWh/m² a year in the plane of the panels
	Factor      float64 // share that comes out; SAPFactor unless measured
	Shading     float64 // share left after shading; 1 for none
	Degradation float64 // share of the first year's yield lost each year
}

// South35 is an array that faces south at 35° where the horizontal irradiation
// is known.
func South35(kWp, horizontal float64) Array {
	return Array{KWp: kWp, Irradiation: horizontal * TiltSouth35, Factor: SAPFactor, Shading: 1}
}

// Yield is the kWh of a year of operation, 0 the first. Loss is linear, as the
// tables give it.
func (a Array) Yield(year int) (float64, error) {
	for _, n := range []named{{"size", a.KWp}, {"irradiation", a.Irradiation}, {"factor", a.Factor}, {"shading", a.Shading}, {"degradation", a.Degradation}} {
		what, v := n.what, n.v
		if !model.Finite(v) || v < 0 {
			return 0, model.Invalid(what, fmt.Sprintf("the %s of the array is %g; it must not be negative", what, v))
		}
	}
	return a.KWp * a.Irradiation * a.Factor * a.Shading * max(0, 1-a.Degradation*float64(year)), nil
}

// Output is where the power of an array goes.
type Output struct {
	UsedHere float64 // kWh that the building need not buy
	Exported float64 // kWh sold
}

// Split divides a year's yield between the building and the grid. The building
// cannot use more than it needs.
func Split(yield, selfUse, demand float64) Output {
	used := min(yield*min(max(selfUse, 0), 1), max(demand, 0))
	return Output{UsedHere: used, Exported: yield - used}
}
