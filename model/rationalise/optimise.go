package rationalise

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// Plan is an optimiser's answer as an ordinary scenario, appraised.
type Plan struct {
	Scenario   model.Scenario
	Solver     *optimise.Result
	NPSV       float64  // £, as the solver has it
	Bound      float64  // £: no plan that keeps the limits can be worth more
	Gap        float64  // £ that could be left on the table at most
	Appraised  float64  // £, as the appraisal has it
	Difference float64  // £ between the two
	Breaks     []string // limits the plan does not keep, in words
	RelaxFirst string   // which of them to relax first, in words
	Within     *float64 // share of residents within reach, 0–1; nil when no limit on it was asked for
	Result     *appraisal.Result
}

// agree is how far, in £, the solver's and the appraisal's value may differ.
const agree = 1.0

// Solve optimises the problem, writes the plan as a scenario with the
// identifier and name given, and appraises it. What the plan breaks is said in
// its words; a plan that the solver holds to be within the limits must be so in
// the appraisal too, as its value must be the same.
func Solve(ctx context.Context, b *Problem, id model.ScenarioID, name string, opt optimise.Options) (*Plan, error) {
	r, err := optimise.Solve(ctx, b.Problem, opt)
	if err != nil {
		return nil, err
	}
	return b.appraise(r, id, name)
}

func (b *Problem) appraise(r *optimise.Result, id model.ScenarioID, name string) (*Plan, error) {
	s := b.Scenario(id, name, r.Actions, r.Assignment)
	p := *b.project
	base := p.Baseline()
	if base == nil {
		return nil, model.Invalid("scenarios", "the project has no business-as-usual scenario to compare with")
	}
	p.Scenarios = []model.Scenario{*base, s}
	cmp, err := outcome.Evaluate(&p, appraisal.Options{})
	if err != nil {
		return nil, err
	}
	res := &cmp.Options[1]
	plan := &Plan{Scenario: s, Solver: r, NPSV: -r.Objective * 1000, Bound: -r.Bound * 1000, Gap: (r.Objective - r.Bound) * 1000, Appraised: res.NPSV, Difference: res.NPSV + r.Objective*1000, Result: res}
	if share, ok := b.Within(r.Actions); ok {
		plan.Within = &share
	}
	impossible := r.Status == optimise.StatusInfeasible
	if math.Abs(plan.Difference) > agree && !impossible {
		return nil, fmt.Errorf("the plan is worth £%.2f to the solver and £%.2f to the appraisal: they must agree within £%.0f", plan.NPSV, plan.Appraised, agree)
	}
	for _, c := range res.Plan.Conflicts {
		if c.LeftOut && !impossible {
			return nil, fmt.Errorf("the plan cannot be carried out: %s", c.Message)
		} else if c.LeftOut {
			plan.Breaks = append(plan.Breaks, c.Message)
		}
	}
	if !impossible {
		plan.Breaks = append(append(plan.Breaks, b.breaks(res)...), b.sharing(r.Assignment)...)
		if plan.Within != nil && *plan.Within < b.spec.Residents.AtLeast-1e-9 {
			plan.Breaks = append(plan.Breaks, fmt.Sprintf("%s of residents would be %s, fewer than %s", percent(*plan.Within), b.ReachWords(), percent(b.spec.Residents.AtLeast)))
		}
		return plan, nil
	}
	plan.Gap = 0 // a plan outside the limits is not to be held against one within
	for _, v := range r.Violations {
		if x := b.says(v); !slices.Contains(plan.Breaks, x) {
			plan.Breaks = append(plan.Breaks, x)
		}
	}
	if r.Relax != nil {
		plan.RelaxFirst = b.relax(*r.Relax)
	}
	plan.Scenario.Description = "Nearest to the limits given to the optimiser, which no plan keeps. It breaks: " + strings.Join(plan.Breaks, "; ") + "."
	return plan, nil
}

// Why is what forcing one building's decision the other way would come to.
type Why struct {
	Asset    model.AssetID
	Decision string            // of the best plan
	Forced   string            // the best other decision
	NPSV     float64           // £ lost by it, positive
	Carbon   float64           // t more over the horizon
	Capital  float64           // £ more
	Stay     []model.ServiceID // services that would sit elsewhere than in the plan
	Proven   bool
}

// Explain forces the building open when the plan closes it, or closed when the
// plan keeps it, solves again and compares.
func Explain(ctx context.Context, b *Problem, plan *Plan, asset model.AssetID, opt optimise.Options) (*Why, error) {
	at := -1
	for i := range b.Buildings {
		if b.Buildings[i].ID == string(asset) {
			at = i
		}
	}
	if at < 0 {
		return nil, model.NotFound("building in the plan", string(asset))
	}
	now := plan.Solver.Actions[string(asset)]
	open := false
	for _, a := range b.Problem.Actions[at] {
		open = open || a.Name == now && a.Cap > 0
	}
	other, ok := b.otherWay(at, open)
	if !ok {
		return nil, fmt.Errorf("%w: there is no other decision for %s", model.ErrConflict, b.named(string(asset)))
	}
	if stuck := other.stuck(); stuck != "" {
		return nil, fmt.Errorf("%w: %s cannot be decided the other way, because %s has nowhere else to go", model.ErrConflict, b.named(string(asset)), stuck)
	}
	best, err := Solve(ctx, other, "why", "Forced", opt)
	if err != nil {
		return nil, err
	}
	if best.Solver.Status == optimise.StatusInfeasible {
		return nil, fmt.Errorf("%w: no plan within the limits has %s decided the other way; the nearest one breaks: %s", model.ErrConflict,
			b.named(string(asset)), strings.Join(best.Breaks, "; "))
	}
	forced := best.Solver.Actions[string(asset)]
	w := &Why{Asset: asset, Decision: now, Forced: forced, NPSV: plan.NPSV - best.NPSV, Carbon: best.Result.CarbonTotal - plan.Result.CarbonTotal,
		Capital: best.Result.Capex - plan.Result.Capex, Proven: plan.Solver.Status == optimise.StatusOptimal && best.Solver.Status == optimise.StatusOptimal}
	for i := range b.Problem.Services {
		s := b.Problem.Services[i].ID
		if plan.Solver.Assignment[s] != best.Solver.Assignment[s] {
			w.Stay = append(w.Stay, b.seats[i].Service)
		}
	}
	return w, nil
}

// otherWay is the problem in which a building can only take decisions that close
// it, when it is open, or that keep it, when it is not.
func (b *Problem) otherWay(at int, open bool) (*Problem, bool) {
	q := *b.Problem
	id := q.Buildings[at].ID
	var left []optimise.Action
	gone := map[string]bool{}
	for _, a := range q.Actions[at] {
		if (a.Cap > 0) == open {
			gone[a.Name] = true
		} else {
			left = append(left, a)
		}
	}
	if len(left) == 0 {
		return nil, false
	}
	q.Actions = append([][]optimise.Action(nil), q.Actions...)
	q.Actions[at] = left
	q.Locked = maps.Clone(q.Locked)
	delete(q.Locked, id)
	q.Rules = append([]optimise.Rule(nil), q.Rules...)
	for r := range q.Rules {
		q.Rules[r].Terms = slices.DeleteFunc(slices.Clone(q.Rules[r].Terms), func(t optimise.RuleTerm) bool { return t.Building == id && gone[t.Action] })
	}
	other := *b
	other.Problem = &q
	return &other, true
}

// stuck names a service that no building left open to it can hold.
func (b *Problem) stuck() string {
	can := make([]bool, len(b.Problem.Services))
	for _, a := range b.Problem.Arcs {
		s := &b.Problem.Services[a.Service]
		for _, x := range b.Problem.Actions[a.Building] {
			can[a.Service] = can[a.Service] || x.Cap >= s.Demand && contains(x.Tags, s.Class)
		}
	}
	for s, ok := range can {
		if !ok {
			return b.named(b.Problem.Services[s].ID)
		}
	}
	return ""
}
