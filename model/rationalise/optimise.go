package rationalise

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
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
	discount   []float64 // factors of the appraisal
	problem    *Problem  // that it answers
}

// errNoProblem is for a plan that nobody searched for.
var errNoProblem = fmt.Errorf("%w: this plan was not found by a search", model.ErrConflict)

// OtherWay is Explain for a plan that is at hand.
func (p *Plan) OtherWay(ctx context.Context, asset model.AssetID, opt optimise.Options) (*Why, error) {
	if p.problem == nil {
		return nil, errNoProblem
	}
	return Explain(ctx, p.problem, p, asset, opt)
}

// Prices is what its limits that bind are worth.
func (p *Plan) Prices(ctx context.Context, opt optimise.Options) ([]Price, error) {
	if p.problem == nil {
		return nil, errNoProblem
	}
	return Prices(ctx, p.problem, p, opt)
}

// Notes is what somebody should know about how its limits were read.
func (p *Plan) Notes() []string {
	if p.problem == nil {
		return nil
	}
	return p.problem.Notes
}

// Evidence is what was proven of the plan; only a plan within the limits has any.
func (p *Plan) Evidence() (proof.Evidence, bool) {
	e := proof.Evidence{NPSV: pence(p.NPSV), Bound: pence(math.Max(p.Bound, p.NPSV)), Work: p.Solver.Work, Seed: p.Solver.Seed}
	return e, p.Solver.Status != optimise.StatusInfeasible
}

func pence(v float64) float64 { return math.Round(v*100) / 100 }

// Decisions are the plan's decisions by building.
func (b *Problem) Decisions(p *Plan) map[string]string {
	out := make(map[string]string, len(b.at))
	for id := range b.at {
		out[string(id)] = p.Solver.Actions[string(id)]
	}
	return out
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
	plan := &Plan{Scenario: s, Solver: r, NPSV: -r.Objective * 1000, Bound: -r.Bound * 1000, Gap: (r.Objective - r.Bound) * 1000, Appraised: res.NPSV, Difference: res.NPSV + r.Objective*1000, Result: res, discount: cmp.Discount, problem: b}
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
		if e, ok := plan.Evidence(); ok {
			plan.Scenario.Description = e.On(plan.Scenario.Description)
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
