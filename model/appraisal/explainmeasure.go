package appraisal

import (
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// What the figures of one building are called in Explain.
const (
	measureFigure = "measure"
	burningFigure = "burning"
	figurePart    = "\t" // no identifier has one
)

// MeasureFigure names the £ a tonne of one retrofit measure for Explain, which
// opens it into present cost and tonnes saved.
func MeasureFigure(id model.ActionID, asset model.AssetID, measure string) string {
	return strings.Join([]string{measureFigure, string(id), string(asset), measure}, figurePart)
}

// BurningFigure names, for Explain, the tCO2e that a building emits in a year
// from gas and oil.
func BurningFigure(asset model.AssetID, year int) string {
	return strings.Join([]string{burningFigure, string(asset), strconv.Itoa(year)}, figurePart)
}

// ofBuilding opens a figure of one building; nil when the name is of none.
func (x *explainer) ofBuilding(figure string) (*Tree, error) {
	p := strings.Split(figure, figurePart)
	switch {
	case p[0] == measureFigure && len(p) == 4:
		return x.measure(p[1], model.AssetID(p[2]), p[3])
	case p[0] == burningFigure && len(p) == 3:
		year, err := strconv.Atoi(p[2])
		if err != nil || year < x.c.BaseYear || year >= x.c.BaseYear+x.c.Years {
			return nil, model.Invalid("year", "the figure asks for "+p[2]+", which is not appraised")
		}
		return x.burning(model.AssetID(p[1]), year), nil
	}
	return nil, nil
}

// only narrows a lens.
func only(keep func(*ledger.Stream) bool, see lens) lens {
	return func(s *ledger.Stream, flow []float64) float64 {
		if !keep(s) {
			return 0
		}
		return see(s, flow)
	}
}

// summed opens what a lens sees of the scenario alone, whose sum is the figure.
func (x *explainer) summed(label, unit string, see lens) *Tree {
	t := x.absolute(label, unit, 0, see)
	for i := range t.Children {
		t.Value += t.Children[i].Value
	}
	return t
}

func (x *explainer) measure(id string, asset model.AssetID, name string) (*Tree, error) {
	mine := func(s *ledger.Stream) bool {
		return string(s.Action) == id && s.Asset == asset && action.MeasureOf(s) == name
	}
	cost := x.summed("Present cost less savings on bills", "£", only(mine, func(s *ledger.Stream, flow []float64) float64 {
		v := 0.0
		if s.Ledger == ledger.Money {
			for i, q := range flow {
				v -= q * x.c.Discount[i]
			}
		}
		return v
	}))
	saved := x.summed("Tonnes saved with marginal factors", "tCO2e", only(mine, func(s *ledger.Stream, flow []float64) float64 {
		v := 0.0
		if s.Ledger == ledger.Carbon {
			for i, q := range flow {
				if q != 0 {
					v -= q * x.l.changeFactor(s, i) / 1000
				}
			}
		}
		return v
	}))
	if len(cost.Children)+len(saved.Children) == 0 {
		return nil, model.NotFound("measure", name)
	}
	t := &Tree{Label: "Cost of a tonne saved by the measure", Kind: "figure", Unit: "£/tCO2e", Note: "present cost less savings on bills ÷ tonnes saved over the period", Children: []Tree{*cost, *saved}}
	if saved.Value > 0 {
		t.Value = cost.Value / saved.Value
	} else {
		t.Note = "nothing is saved"
	}
	return t, nil
}

func (x *explainer) burning(asset model.AssetID, year int) *Tree {
	burns := func(s *ledger.Stream) bool {
		return s.Asset == asset && s.Unit == "kWh" && (s.Fuel == model.Gas || s.Fuel == model.Oil)
	}
	return x.summed("Emissions of gas and oil in "+model.FinancialYear(year), "tCO2e", only(burns, inYear(year-x.c.BaseYear, func(s *ledger.Stream, t int, q float64) float64 {
		if s.Ledger != ledger.Carbon {
			return 0
		}
		return q * x.l.footprintFactor(s, t) / 1000
	})))
}
