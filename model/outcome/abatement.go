package outcome

import (
	"cmp"
	"slices"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
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
	c, err := Evaluate(&q, opt)
	if err != nil {
		return nil, err
	}
	installed := priced(c, &c.Options[1])
	out := make([]Measure, 0, len(installed))
	for i := range installed {
		out = append(out, installed[i].Measure)
	}
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

// Step is one measure over every building that it saves carbon in.
type Step struct {
	Measure           string
	Buildings, Grants int     // Grants of them are within the grant cap
	Capital, Cost     float64 // £, as those of Measure
	Tonnes            float64 // tCO2e
}

// PerTonne is £ of present cost per tonne.
func (s *Step) PerTonne() float64 { return s.Cost / s.Tonnes }

// ByMeasure adds up what each measure comes to over the estate, cheapest tonne
// first. What saves nothing is left out.
func ByMeasure(found []Measure) []Step {
	at := map[string]int{}
	var out []Step
	for i := range found {
		m := &found[i]
		if m.Tonnes <= 0 {
			continue
		}
		k, ok := at[m.Measure]
		if !ok {
			k = len(out)
			at[m.Measure] = k
			out = append(out, Step{Measure: m.Measure})
		}
		s := &out[k]
		s.Buildings++
		s.Capital += m.Capital
		s.Cost += m.Cost
		s.Tonnes += m.Tonnes
		if m.Grant {
			s.Grants++
		}
	}
	slices.SortFunc(out, func(a, b Step) int {
		return cmp.Or(cmp.Compare(a.PerTonne(), b.PerTonne()), cmp.Compare(a.Measure, b.Measure))
	})
	return out
}

// Potential prices every measure in every building as it stands today, begun in
// the year after the first, over the estate.
func Potential(p *model.Project, opt appraisal.Options) (steps []Step, year int, err error) {
	var keys []string
	for _, m := range action.Measures() {
		keys = append(keys, m.Key)
	}
	year = min(p.BaseYear+1, p.BaseYear+max(p.Horizon, 1)-1)
	found, err := Abatement(p, keys, year, opt)
	return ByMeasure(found), year, err
}
