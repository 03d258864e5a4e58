package rationalise

import (
	"fmt"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

type offer struct {
	name string
	open bool
	acts []model.Action
}

// price builds and appraises each offer on the building alone, empty of
// services, against leaving it as it is.
func (b *Problem) price(a *model.Asset, offers []offer) ([]optimise.Action, error) {
	mini := *b.project
	mini.Assets = []model.Asset{*a}
	mini.Services, mini.Occupations, mini.Population, mini.Boundaries, mini.Findings = nil, nil, nil, nil, nil
	mini.Scenarios = []model.Scenario{{ID: "base", Kind: model.BusinessAsUsual}}
	for i, o := range offers {
		mini.Scenarios = append(mini.Scenarios, model.Scenario{ID: model.ScenarioID(fmt.Sprintf("o%d", i)), Name: o.name, Kind: model.Option, Actions: o.acts})
	}
	cmp, err := b.run(&mini)
	if err != nil {
		return nil, err
	}
	var out []optimise.Action
	for i, o := range offers {
		r := &cmp.Options[i+1]
		if left(r.Plan) {
			continue // the engine refuses it
		}
		act := optimise.Action{Name: o.name, Cost: -r.NPSV / 1000, Capex: thousand(capital(r)), Carbon: r.CarbonByYear}
		if o.open {
			act.Cap, act.Tags = a.FloorArea.Value, tags(a.Use)
		}
		out = append(out, act)
		b.choices[string(a.ID)+"/"+o.name] = choice{actions: o.acts, open: o.open}
	}
	return out, nil
}

func left(p *action.Plan) bool {
	for _, c := range p.Conflicts {
		if c.LeftOut {
			return true
		}
	}
	return false
}

func (b *Problem) run(p *model.Project) (*appraisal.Comparison, error) {
	plans := map[model.ScenarioID]*action.Plan{}
	for i := range p.Scenarios {
		plan, err := action.Build(p, &p.Scenarios[i], b.book)
		if err != nil {
			return nil, err
		}
		plans[p.Scenarios[i].ID] = plan
	}
	return appraisal.Run(p, plans, appraisal.Options{Book: b.book})
}

// capital is what an option spends on capital by year, positive.
func capital(r *appraisal.Result) []float64 {
	out := make([]float64, r.Flows.Years)
	for i := range r.Plan.Streams {
		s := &r.Plan.Streams[i]
		if s.Ledger != ledger.Money || !s.Capital || s.Action == "" {
			continue
		}
		for y, v := range r.Flows.Row(i) {
			if v < 0 {
				out[y] -= v
			}
		}
	}
	return out
}

func thousand(vs []float64) []float64 {
	out := make([]float64, len(vs))
	for i, v := range vs {
		out[i] = v / 1000
	}
	return out
}
