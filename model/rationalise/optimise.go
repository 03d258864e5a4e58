package rationalise

import (
	"context"
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// Plan is an optimiser's answer as an ordinary scenario, appraised.
type Plan struct {
	Scenario   model.Scenario
	Solver     *optimise.Result
	NPSV       float64 // £, as the solver has it
	Bound      float64 // £: no plan that keeps the limits can be worth more
	Gap        float64 // £ that could be left on the table at most
	Appraised  float64 // £, as the appraisal has it
	Difference float64 // £ between the two
	Breaks     []string
	Result     *appraisal.Result
	Rounds     int // re-solves after limits that moves themselves used up
}

// agree is how far, in £, the solver's and the appraisal's value may differ.
const agree = 1.0

// rounds is how often a limit that the moves themselves overrun is tightened.
const rounds = 4

// Solve optimises the problem, writes the plan as a scenario with the
// identifier and name given, and appraises it. Fit-out of moves counts towards
// capital limits and the receiving building's load towards carbon limits only
// in the appraisal, so a plan that overruns is solved again with the limit
// tightened by the overrun. The bound is that of the first, wider problem, so it
// holds.
func Solve(ctx context.Context, b *Problem, id model.ScenarioID, name string, opt optimise.Options) (*Plan, error) {
	var out *Plan
	bound := math.Inf(-1)
	for round := range rounds {
		if opt.Time > 0 && opt.Clock != nil && round > 0 && opt.Clock() > opt.Time*8/10 {
			break
		}
		r, err := optimise.Solve(ctx, b.Problem, opt)
		if err != nil {
			return nil, err
		}
		if round == 0 {
			bound = r.Bound
		}
		plan, err := b.appraise(r, id, name)
		if err != nil {
			return nil, err
		}
		plan.Bound, plan.Rounds = -bound*1000, round
		plan.Gap = plan.Bound - plan.NPSV
		out = plan
		if !b.tighten(plan) {
			break
		}
		if ctx.Err() != nil {
			break
		}
	}
	return out, nil
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
	plan := &Plan{Scenario: s, Solver: r, NPSV: -r.Objective * 1000, Appraised: res.NPSV, Difference: res.NPSV + r.Objective*1000, Result: res}
	if math.Abs(plan.Difference) > agree {
		return nil, fmt.Errorf("the plan is worth £%.2f to the solver and £%.2f to the appraisal: they must agree within £%.0f", plan.NPSV, plan.Appraised, agree)
	}
	for _, c := range res.Plan.Conflicts {
		if c.LeftOut {
			return nil, fmt.Errorf("the plan cannot be carried out: %s", c.Message)
		}
	}
	plan.Breaks = b.breaks(res)
	for _, v := range r.Violations {
		plan.Breaks = append(plan.Breaks, v.String())
	}
	return plan, nil
}

// breaks holds the appraised plan to the limits asked for.
func (b *Problem) breaks(r *appraisal.Result) []string {
	var out []string
	spent := capital(r)
	for y := range r.Flows.Years {
		year := b.project.BaseYear + y
		if lim, ok := b.spec.Capital[year]; ok && spent[y] > lim+0.5 {
			out = append(out, fmt.Sprintf("capital in %s is £%.0f, over the limit of £%.0f", model.FinancialYear(year), spent[y], lim))
		}
		if lim, ok := b.spec.Carbon[year]; ok && r.CarbonByYear[y] > lim+0.05 {
			out = append(out, fmt.Sprintf("emissions in %s are %.1f t, over the limit of %.1f t", model.FinancialYear(year), r.CarbonByYear[y], lim))
		}
	}
	return out
}

// tighten lowers each limit that the appraised plan overruns by the overrun. It
// reports whether another round is worth while.
func (b *Problem) tighten(p *Plan) bool {
	if p.Solver.Status == optimise.StatusInfeasible {
		return false
	}
	again := false
	spent := capital(p.Result)
	for y := range p.Result.Flows.Years {
		year := b.project.BaseYear + y
		if lim, ok := b.spec.Capital[year]; ok && spent[y] > lim+0.5 {
			b.Budget[y] = math.Max(0, b.Budget[y]-(spent[y]-lim)/1000)
			again = true
		}
		if lim, ok := b.spec.Carbon[year]; ok && p.Result.CarbonByYear[y] > lim+0.05 {
			b.CarbonTarget[y] = math.Max(0, b.CarbonTarget[y]-(p.Result.CarbonByYear[y]-lim)*1.01)
			again = true
		}
	}
	return again
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
	var best *Plan
	forced := ""
	for _, a := range b.Problem.Actions[at] {
		if (a.Cap > 0) == open {
			continue
		}
		q := *b.Problem
		q.Locked = map[string]string{}
		for k, v := range b.Problem.Locked {
			q.Locked[k] = v
		}
		q.Locked[string(asset)] = a.Name
		other := *b
		other.Problem = &q
		p, err := Solve(ctx, &other, "why", "Forced", opt)
		if err != nil {
			return nil, err
		}
		if p.Solver.Status == optimise.StatusInfeasible {
			continue
		}
		if best == nil || p.NPSV > best.NPSV {
			best, forced = p, a.Name
		}
	}
	if best == nil {
		return nil, fmt.Errorf("%w: no plan within the limits has %s decided the other way", model.ErrConflict, asset)
	}
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
