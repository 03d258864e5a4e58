package appraisal

import (
	"slices"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

func sortStrings(s []string) { slices.Sort(s) }

// view is one scenario's flows added up every way the results need, in one pass
// over the streams. Everything is absolute and undiscounted.
type view struct {
	plan  *action.Plan
	flows *ledger.Matrix

	economic     []float64 // £, all of society, carbon not included
	cash         []float64 // £, public bodies, transfers included
	consolidated []float64 // £, public bodies, without what one public body pays another
	energy       map[model.Fuel][]float64
	direct       []float64 // kgCO2e that does not come from energy
	embodied     []float64
	travel       []float64
	other        []float64
	area         []float64
	people       []float64
	desks        []float64
	category     map[ledger.Category][]float64
	body         map[model.OrganisationID][]float64
	weight       map[model.Grade]float64
	capex        float64
	receipts     float64
	running      float64
}

// running lists the categories of the yearly cost of running an estate.
var running = map[ledger.Category]bool{ledger.CatRent: true, ledger.CatRates: true, ledger.CatMaintenance: true, ledger.CatCleaning: true,
	ledger.CatReception: true, ledger.CatOther: true, ledger.CatEnergy: true, ledger.CatHolding: true, ledger.CatManual: true}

// withinThePurse says whether a transfer leaves the public purse as a whole
// where it was: business rates, and payments to another public body.
func (r *runner) withinThePurse(s *ledger.Stream) bool {
	return s.Transfer && (s.Category == ledger.CatRates || s.Beneficiary != "" && r.isPublic(s.Beneficiary))
}

func (r *runner) view(plan *action.Plan, m *ledger.Matrix) *view {
	n := r.c.Years
	row := func() []float64 { return make([]float64, n) }
	v := &view{plan: plan, flows: m, economic: row(), cash: row(), consolidated: row(), direct: row(), embodied: row(), travel: row(), other: row(),
		area: row(), people: row(), desks: row(), energy: map[model.Fuel][]float64{}, category: map[ledger.Category][]float64{},
		body: map[model.OrganisationID][]float64{}, weight: map[model.Grade]float64{}}
	for i := range plan.Streams {
		s := &plan.Streams[i]
		flow := m.Row(i)
		switch s.Ledger {
		case ledger.Money:
			r.money(v, s, flow)
		case ledger.Carbon:
			r.carbon(v, s, flow)
		case ledger.Space:
			switch s.Category {
			case ledger.CatArea:
				if s.Label == action.AreaOccupied || s.Label == action.AreaSpare { // of a building in use
					ledger.AddTo(v.area, flow, 1)
				}
			case ledger.CatPeople:
				ledger.AddTo(v.people, flow, 1)
			case ledger.CatDesks:
				ledger.AddTo(v.desks, flow, 1)
			}
		}
	}
	return v
}

func (r *runner) money(v *view, s *ledger.Stream, flow []float64) {
	if ledger.IsEconomic(s) {
		ledger.AddTo(v.economic, flow, 1)
		ledger.AddTo(rowOf(v.category, s.Category, len(flow)), flow, 1)
	}
	if ledger.IsCash(s) {
		ledger.AddTo(rowOf(v.body, s.Payer, len(flow)), flow, 1)
		if r.isPublic(s.Payer) {
			ledger.AddTo(v.cash, flow, 1)
			if !r.withinThePurse(s) {
				ledger.AddTo(v.consolidated, flow, 1)
			}
		}
		receipt := s.Capital || s.Category == ledger.CatReceipt
		for _, f := range flow {
			switch {
			case f < 0 && s.Capital:
				v.capex -= f
			case f > 0 && receipt:
				v.receipts += f
			}
		}
		if !s.Capital && !s.Benefit && running[s.Category] {
			v.running -= flow[len(flow)-1]
		}
	}
	w := 0.0
	for t, f := range flow {
		if f < 0 {
			f = -f
		}
		w += f * r.c.Discount[t]
	}
	v.weight[s.Grade] += w
}

// carbon adds a stream of the carbon ledger: kWh by fuel, m³ of water, or kg.
func (r *runner) carbon(v *view, s *ledger.Stream, flow []float64) {
	switch s.Unit {
	case "kWh":
		e := v.energy[s.Fuel]
		if e == nil {
			e = make([]float64, len(flow))
			v.energy[s.Fuel] = e
		}
		ledger.AddTo(e, flow, 1)
		return
	case "m³":
		ledger.AddTo(v.direct, flow, r.waterKg)
		ledger.AddTo(v.other, flow, r.waterKg)
		return
	case "kgCO2e":
	default:
		return
	}
	ledger.AddTo(v.direct, flow, 1)
	switch s.Category {
	case ledger.CatEmbodied:
		ledger.AddTo(v.embodied, flow, 1)
	case ledger.CatTravel:
		ledger.AddTo(v.travel, flow, 1)
	default:
		ledger.AddTo(v.other, flow, 1)
	}
}

func rowOf[K comparable](m map[K][]float64, k K, n int) []float64 {
	t := m[k]
	if t == nil {
		t = make([]float64, n)
		m[k] = t
	}
	return t
}
