package rationalise_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"sort"
	"testing"

	"github.com/planting-the-flag/flagstone/importers/demo"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// TestDemonstrationPlaceWithinLimits optimises the demonstration place under a
// capital limit in the year of change and a carbon limit for 2035, each below
// what the plan without limits uses, opens the plan as a scenario beside those
// of the project, and asks of three buildings what deciding the other way would
// come to. Two seeds must tell the same story.
func TestDemonstrationPlaceWithinLimits(t *testing.T) {
	p, err := demo.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	opt := optimise.Options{WorkLimit: 600_000, Seed: 1}
	spec := rationalise.Spec{Year: p.BaseYear + 2, Measures: []string{"insulation", "bms", "led", "heatpump"}}
	solve := func(spec rationalise.Spec, opt optimise.Options) (*rationalise.Problem, *rationalise.Plan) {
		t.Helper()
		b, err := rationalise.Build(p, spec)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := rationalise.Solve(ctx, b, "best", "Best within the limits", opt)
		if err != nil {
			t.Fatal(err)
		}
		if plan.Solver.Status == optimise.StatusInfeasible || len(plan.Breaks) > 0 {
			t.Fatalf("%s, breaks %v", plan.Solver.Status, plan.Breaks)
		}
		return b, plan
	}
	_, free := solve(spec, opt)
	spec.Capital = map[int]float64{spec.Year: 14e6}
	spec.Carbon = map[int]float64{2035: 0.85 * free.Result.CarbonByYear[2035-p.BaseYear]}
	b, plan := solve(spec, opt)
	t.Logf("without limits £%.0f (gap £%.0f); within them £%.0f (gap £%.0f, %s), appraised £%.0f", free.NPSV, free.Gap, plan.NPSV, plan.Gap, plan.Solver.Status, plan.Appraised)
	if plan.NPSV >= free.NPSV+free.Gap || plan.Gap > 0.03*plan.NPSV || math.Abs(plan.Appraised-plan.NPSV) > 1 {
		t.Errorf("£%.2f within the limits, gap £%.2f, appraised £%.2f", plan.NPSV, plan.Gap, plan.Appraised)
	}
	again := opt
	again.Seed = 2
	if _, second := solve(spec, again); second.NPSV > plan.Bound+1 || plan.NPSV > second.Bound+1 {
		t.Errorf("one seed: £%.0f, at most £%.0f; another: £%.0f, at most £%.0f", plan.NPSV, plan.Bound, second.NPSV, second.Bound)
	}

	// Opened beside the project's own scenarios it is an ordinary one.
	q := *p
	q.Scenarios = append(append([]model.Scenario(nil), p.Scenarios...), plan.Scenario)
	if err := q.Validate(); err != nil {
		t.Fatalf("the project with the plan in it: %v", err)
	}
	cmp, err := outcome.Evaluate(&q, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r := &cmp.Options[len(cmp.Options)-1]; math.Abs(r.NPSV-plan.NPSV) > 1 {
		t.Errorf("opened, it is worth £%.2f; the solver said £%.2f", r.NPSV, plan.NPSV)
	}

	// The largest building sold, the largest kept although it could be sold, and
	// the largest that takes services in.
	var ids []model.AssetID
	movable := func(a *model.Asset) bool { // every service in it has another place
		for s := range b.Services {
			home, other := false, false
			for _, x := range b.Arcs {
				if x.Service == s {
					here := b.Buildings[x.Building].ID == string(a.ID)
					fits := slices.ContainsFunc(b.Actions[x.Building], func(o optimise.Action) bool { return o.Cap >= b.Services[s].Demand })
					home, other = home || here && x.KM == 0, other || !here && fits
				}
			}
			if home && !other {
				return false
			}
		}
		return true
	}
	take := func(want func(a *model.Asset, closed bool) bool) {
		var list []*model.Asset
		for i := range b.Buildings {
			a := p.Asset(model.AssetID(b.Buildings[i].ID))
			var now *optimise.Action
			closable := false
			for k := range b.Actions[i] {
				x := &b.Actions[i][k]
				closable = closable || x.Cap == 0
				if x.Name == plan.Solver.Actions[b.Buildings[i].ID] {
					now = x
				}
			}
			if closable && movable(a) && want(a, now.Cap == 0) {
				list = append(list, a)
			}
		}
		sort.SliceStable(list, func(i, j int) bool { return list[i].FloorArea.Value > list[j].FloorArea.Value })
		for _, a := range list {
			if len(ids) == 0 || a.ID != ids[len(ids)-1] {
				ids = append(ids, a.ID)
				return
			}
		}
	}
	receives := map[model.AssetID]bool{}
	for _, x := range plan.Scenario.Actions {
		if x.Kind == model.CoLocate {
			receives[x.Asset] = true
		}
	}
	take(func(_ *model.Asset, closed bool) bool { return closed })
	take(func(_ *model.Asset, closed bool) bool { return !closed })
	take(func(a *model.Asset, closed bool) bool { return !closed && receives[a.ID] })
	if len(ids) != 3 {
		t.Fatalf("only %v to ask about", ids)
	}
	told := 0
	opt.WorkLimit /= 3
	for _, id := range ids {
		w, err := rationalise.Explain(ctx, b, plan, id, opt)
		if errors.Is(err, model.ErrConflict) { // an answer too
			t.Log(err)
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		told++
		t.Logf("%s (%.0f m²) is to %q; to %q instead would lose £%.0f, take £%.0f more capital and emit %.0f t more; %d services would sit elsewhere (proven %v)",
			p.Asset(id).Name, p.Asset(id).FloorArea.Value, w.Decision, w.Forced, w.NPSV, w.Capital, w.Carbon, len(w.Stay), w.Proven)
		if w.NPSV < -plan.Gap-1 {
			t.Errorf("%s: the other way is better by £%.0f, and the plan's gap is only £%.0f", id, -w.NPSV, plan.Gap)
		}
	}
	if told < 3 {
		t.Errorf("only %d of %d decisions explained", told, len(ids))
	}
}
