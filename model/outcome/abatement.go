package outcome

import (
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Measure is one retrofit measure in one building, priced after the measures
// before it: a step of the abatement-cost curve.
type Measure struct {
	Asset    model.AssetID
	Measure  string
	Capital  float64 // £, undiscounted, first installation only, uplifted
	Cost     float64 // £, present cost over the horizon less present savings; negative pays for itself
	Tonnes   float64 // tCO2e saved over the horizon, marginal factors, undiscounted
	PerTonne float64 // £ of present cost per tonne
	Grant    bool    // capital per lifetime tonne is within the grant cap
}

// Abatement prices the measures, in the order given, in every building of the
// project that has gas use and floor area on record, all begun in one year. It
// returns the steps cheapest first; measures that save nothing come last with
// no cost per tonne.
func Abatement(p *model.Project, measures []string, year int, opt appraisal.Options) ([]Measure, error) {
	q := *p
	s := model.Scenario{ID: "abatement", Name: "Abatement", Kind: model.Option}
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.FloorArea.Known() && a.FloorArea.Value > 0 && (a.Energy.Get(model.Gas).Value > 0 || a.Energy.Get(model.Electricity).Value > 0) {
			s.Actions = append(s.Actions, model.Action{ID: model.ActionID("m:" + string(a.ID)), Kind: model.Retrofit, Asset: a.ID, Year: year, Measures: measures})
		}
	}
	q.Scenarios = []model.Scenario{{ID: "base", Name: "Base", Kind: model.BusinessAsUsual}, s}
	opt.Baseline = ""
	cmp, err := Evaluate(&q, opt)
	if err != nil {
		return nil, err
	}
	r := &cmp.Options[1]
	type key struct {
		asset   model.AssetID
		measure string
	}
	steps := map[key]*Measure{}
	var order []key
	for i := range r.Plan.Streams {
		st := &r.Plan.Streams[i]
		rest, ok := strings.CutPrefix(st.ID, string(st.Action)+"/")
		if st.Action == "" || !ok {
			continue
		}
		name, _, _ := strings.Cut(rest, "/")
		k := key{st.Asset, name}
		m := steps[k]
		if m == nil {
			m = &Measure{Asset: st.Asset, Measure: name}
			steps[k] = m
			order = append(order, k)
		}
		row := r.Flows.Row(i)
		for y, v := range row {
			switch {
			case st.Ledger == ledger.Money:
				m.Cost -= v * cmp.Discount[y]
				if st.Capital && v < 0 && cmp.BaseYear+y == st.First {
					m.Capital -= v
				}
			case st.Ledger == ledger.Carbon && st.Unit == "kWh":
				path := cmp.Paths[ledger.PathKey("marginal", st.Fuel)]
				m.Tonnes -= v * path.At(cmp.BaseYear+y) / 1000
			case st.Ledger == ledger.Carbon:
				m.Tonnes -= v / 1000
			}
		}
	}
	limit, hasCap := cmp.Book.Get("grant.cap_per_tonne")
	out := make([]Measure, 0, len(order))
	for _, k := range order {
		m := steps[k]
		if m.Tonnes > 0 {
			m.PerTonne = m.Cost / m.Tonnes
			m.Grant = hasCap && m.Capital/m.Tonnes <= limit.Value
		}
		out = append(out, *m)
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := &out[i], &out[j]
		if (a.Tonnes > 0) != (b.Tonnes > 0) {
			return a.Tonnes > 0
		}
		return a.PerTonne < b.PerTonne
	})
	return out, nil
}

// MeasureLabel is the catalogue's name for a measure.
func MeasureLabel(key string) string {
	for _, m := range action.Measures() {
		if m.Key == key {
			return m.Label
		}
	}
	return key
}
