package appraisal

import (
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// estate opens the figures of a scenario's whole estate, and its value with
// other carbon values; nil when the name is none of them.
func (x *explainer) estate(name string) *Tree {
	last := x.c.Years - 1
	switch name {
	case "net_present_cost":
		public := x.l.public(x.c.Discount)
		return x.absolute("Cost of the estate", "£", x.option.NetPresentCost, func(s *ledger.Stream, flow []float64) float64 { return -public(s, flow) })
	case "npsv_low":
		return x.change("Net present social value with low carbon values", "£", x.option.NPSVLow, x.l.npsvWith(x.c.Discount, Low))
	case "npsv_high":
		return x.change("Net present social value with high carbon values", "£", x.option.NPSVHigh, x.l.npsvWith(x.c.Discount, High))
	case "running_cost":
		return x.absolute("Running cost in "+model.FinancialYear(x.c.BaseYear+last), "£", x.option.RunningCostEnd,
			inYear(last, func(s *ledger.Stream, _ int, q float64) float64 {
				if !ledger.IsCash(s) || s.Capital || s.Benefit || !running[s.Category] || s.Ledger != ledger.Money {
					return 0
				}
				return -q
			}))
	}
	return nil
}

// estateOf opens such figures of one year; nil when the name is none of them.
// "energy" is of all fuels; "energy.gas" of one, "energy.other" of all but
// electricity.
func (x *explainer) estateOf(name string, t int, when string) *Tree {
	o := x.option
	row := func(v []float64) float64 {
		if t < len(v) {
			return v[t]
		}
		return 0
	}
	space := func(label, unit string, total float64, want ledger.Category) *Tree {
		return x.absolute(label+when, unit, total, inYear(t, func(s *ledger.Stream, _ int, q float64) float64 {
			switch {
			case s.Ledger != ledger.Space || s.Category != want:
				return 0
			case want == ledger.CatArea && s.Label != action.AreaOccupied && s.Label != action.AreaSpare:
				return 0 // of a building that is no longer in use
			}
			return q
		}))
	}
	switch name {
	case "area":
		return space("Floor area in use", "m²", row(o.Area), ledger.CatArea)
	case "people":
		return space("People housed", "FTE", row(o.People), ledger.CatPeople)
	case "desks":
		return space("Desks in use", "desks", row(o.DesksUse), ledger.CatDesks)
	case "carbon_change":
		return x.change("Change in emissions"+when, "tCO2e", row(o.CarbonChange), inYear(t, func(s *ledger.Stream, t int, q float64) float64 {
			if s.Ledger != ledger.Carbon {
				return 0
			}
			return q * x.l.changeFactor(s, t) / 1000
		}))
	case "carbon_value":
		price := x.l.r.value[x.c.CarbonCase]
		return x.change("Worth of the change in emissions"+when, "£", row(o.CarbonValue), inYear(t, func(s *ledger.Stream, t int, q float64) float64 {
			if s.Ledger != ledger.Carbon {
				return 0
			}
			return -q * x.l.changeFactor(s, t) / 1000 * price[t]
		}))
	}
	fuel, ok := strings.CutPrefix(name, "energy")
	if !ok {
		return nil
	}
	fuel = strings.TrimPrefix(fuel, ".")
	want := func(f model.Fuel) bool {
		return fuel == "" || fuel == string(f) || fuel == "other" && f != model.Electricity
	}
	total := 0.0
	for _, f := range model.Fuels {
		if want(f) {
			total += row(o.EnergyByFuel[f])
		}
	}
	return x.absolute("Energy"+when, "kWh", total, inYear(t, func(s *ledger.Stream, _ int, q float64) float64 {
		if s.Ledger != ledger.Carbon || s.Unit != "kWh" || !want(s.Fuel) {
			return 0
		}
		return q
	}))
}
