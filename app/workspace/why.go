package workspace

import (
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// foundPlan is a plan with the problem it answers, so that one of its decisions
// can be turned round.
type foundPlan struct {
	problem *rationalise.Problem
	plan    *rationalise.Plan
	actions []model.Action
}

// whyTime is how long a plan is looked for that keeps the building.
const whyTime = 20 * time.Second

func (w *Workspace) keep(s model.Scenario, b *rationalise.Problem, p *rationalise.Plan) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.found == nil {
		w.found = map[model.ScenarioID]foundPlan{}
	}
	w.found[s.ID] = foundPlan{b, p, s.Actions}
}

// Why compares a scenario with itself without what it does to a building. A
// plan that was found by a search, and not changed since, is looked for anew
// with the building kept.
func (w *Workspace) Why(ctx context.Context, id model.ScenarioID, asset model.AssetID) (*app.Why, error) {
	p := w.s.Project()
	sc := p.Scenario(string(id))
	if sc == nil {
		return nil, model.NotFound("scenario", string(id))
	}
	w.mu.Lock()
	f, ok := w.found[id]
	w.mu.Unlock()
	if ok && reflect.DeepEqual(f.actions, sc.Actions) {
		return w.resolve(ctx, p, f, asset)
	}
	with, without := *sc, *sc
	without.ID, without.Kind, without.Actions = sc.ID+"-", model.Option, nil
	for _, a := range sc.Actions {
		if a.Asset == asset {
			continue
		}
		if slices.Contains(a.From, asset) {
			if a.From = slices.DeleteFunc(slices.Clone(a.From), func(x model.AssetID) bool { return x == asset }); len(a.From) == 0 {
				continue
			}
		}
		without.Actions = append(without.Actions, a)
	}
	pair := *p
	pair.Scenarios = []model.Scenario{with, without}
	c, err := outcome.Evaluate(&pair, appraisal.Options{Baseline: with.ID})
	if err != nil {
		return nil, err
	}
	close, keep := &c.Options[0], &c.Options[1]
	out := &app.Why{NPSV: -keep.NPSV, Carbon: keep.CarbonTotal - close.CarbonTotal, Capital: keep.Capex - close.Capex, Years: p.Horizon}
	for _, o := range p.Occupations {
		if o.Asset == asset && !slices.Contains(out.Stay, o.Service) {
			out.Stay = append(out.Stay, o.Service)
		}
	}
	nearer(p, keep, close, out)
	return out, ctx.Err()
}

// nearer counts the residents who would be nearer to a service.
func nearer(p *model.Project, keep, close *appraisal.Result, out *app.Why) {
	minutes := 0.0
	for _, ch := range access.Compare(p, keep.Plan, close.Plan, p.LastYear(), access.Walk) {
		out.Residents = max(out.Residents, ch.PeopleWorse)
		people, lost := 0.0, 0.0
		for _, l := range ch.Worse {
			if d := l.Minutes; d > 0 && model.Finite(d) {
				people += l.People
				lost += l.People * d
			}
		}
		if people > 0 && ch.PeopleWorse == out.Residents {
			minutes = lost / people
		}
	}
	out.Minutes = minutes
}

// resolve looks for the best plan that keeps the building.
func (w *Workspace) resolve(ctx context.Context, p *model.Project, f foundPlan, asset model.AssetID) (*app.Why, error) {
	start := w.now()
	y, err := rationalise.Explain(ctx, f.problem, f.plan, asset, optimise.Options{HiGHS: w.highs, Time: whyTime, Seed: 1,
		Clock: func() time.Duration { return w.now().Sub(start) }})
	if err != nil {
		return nil, err
	}
	return &app.Why{NPSV: y.NPSV, Carbon: y.Carbon, Capital: y.Capital, Years: p.Horizon, Stay: y.Stay, Resolved: true, Proven: y.Proven}, ctx.Err()
}
