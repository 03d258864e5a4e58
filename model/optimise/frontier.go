package optimise

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// AllYears as the year of an Axis tightens every year of the limit together.
const AllYears = -1

// Axis names the limit a frontier tightens: KindBudget, KindCarbon, KindAccess
// or KindRule.
type Axis struct {
	Kind string
	Year int    // or AllYears; ignored for access and rules
	Rule string // name of a rule with a least number, which is raised
}

// FrontierPoint is one limit and the best plan under it.
type FrontierPoint struct {
	// Share is the limit as a share of the reference: of the limit in the
	// problem, or where it has none, of what the plan without a limit uses.
	Share float64 `json:"share"`
	// Limits are the limits themselves, by year; access under year 0, and so a
	// rule's least number, negative so that a tighter limit is always smaller.
	Limits map[int]float64 `json:"limits"`
	Result *Result         `json:"result"`
	// Problem is the one with the limits of this point.
	Problem *Problem `json:"-"`
	// Bound is the best proven bound from the prices of all points; Result.Gap
	// is measured against it too.
	Bound float64 `json:"bound"`
}

// Frontier solves a problem for a row of limits, from the tightest that any
// plan is known to keep to one so loose that it does not bind. Each point starts
// from the plan of the one before, which still holds. Where no plan is known
// that uses less than the best without the limit there is one point only. For fixed prices the
// bound is linear in the limits, so the prices of every point bound all others.
func Frontier(ctx context.Context, p *Problem, axis Axis, points int, opt Options) ([]FrontierPoint, error) {
	if points < 2 || points > 100 {
		return nil, fmt.Errorf("%w: %d points; 2 to 100 are possible", ErrOptions, points)
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	f := &frontier{p: p, axis: axis, opt: opt, shares: points + 2}
	loose, err := f.solve(ctx, f.unlimited(), nil)
	if err != nil {
		return nil, fmt.Errorf("frontier without the limit: %w", err)
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("frontier: stopped before its first point: %w", ctx.Err())
	}
	if loose.Status == StatusInfeasible {
		return nil, fmt.Errorf("frontier: %w", ErrNoPlan)
	}
	if err := f.reference(loose.Plan); err != nil {
		return nil, err
	}
	tight, err := f.solve(ctx, f.least(), &loose.Plan)
	if err != nil {
		return nil, fmt.Errorf("frontier of least use: %w", err)
	}
	from, to := f.share(tight.Plan), f.share(loose.Plan)
	if from >= to { // the limit asks for nothing that the best plan does not do
		points = 1
	}
	var out []FrontierPoint
	start := &tight.Plan
	for n := range points {
		share := from + (to-from)*float64(n)/float64(points-1)
		if n == points-1 {
			share = to
		}
		q := f.limited(share)
		res, err := f.solve(ctx, q, start)
		if err != nil {
			return nil, fmt.Errorf("frontier point %d: %w", n, err)
		}
		if ctx.Err() != nil && res.Status == StatusInfeasible {
			break
		}
		if res.Status != StatusInfeasible {
			start = &res.Plan
		}
		out = append(out, FrontierPoint{Share: share, Limits: f.limits(share), Result: res, Bound: res.Bound, Problem: q})
	}
	f.bounds(out)
	return out, nil
}

type frontier struct {
	p      *Problem
	axis   Axis
	opt    Options
	shares int // parts the time and work are divided into
	used   int
	ref    map[int]float64
}

// solve spends one share of time and work.
func (f *frontier) solve(ctx context.Context, p *Problem, start *Plan) (*Result, error) {
	f.used++
	opt := f.opt
	opt.Time = f.opt.Time * time.Duration(f.used) / time.Duration(f.shares)
	if f.opt.WorkLimit > 0 {
		opt.WorkLimit = max(1, f.opt.WorkLimit/int64(f.shares))
	}
	opt.Start = start
	return Solve(ctx, p, opt)
}

// unlimited is the problem without the axis' limit.
func (f *frontier) unlimited() *Problem {
	q := *f.p
	switch f.axis.Kind {
	case KindBudget:
		q.Budget = f.cut(f.p.Budget)
	case KindCarbon:
		q.CarbonTarget = f.cut(f.p.CarbonTarget)
	case KindAccess:
		q.AccessLimit = nil
	case KindRule:
		q.Rules = slices.DeleteFunc(slices.Clone(f.p.Rules), func(r Rule) bool { return r.Name == f.axis.Rule })
	}
	return &q
}

// rule is the one the axis is about.
func (f *frontier) rule() *Rule {
	i := slices.IndexFunc(f.p.Rules, func(r Rule) bool { return r.Name == f.axis.Rule && r.AtLeast != nil })
	if i < 0 {
		return nil
	}
	return &f.p.Rules[i]
}

func (f *frontier) cut(m map[int]float64) map[int]float64 {
	out := map[int]float64{}
	for t, v := range m {
		if f.axis.Year != AllYears && t != f.axis.Year {
			out[t] = v
		}
	}
	return out
}

// reference finds what a share of 1 means.
func (f *frontier) reference(loose Plan) error {
	f.ref = map[int]float64{}
	given := map[int]float64{}
	switch f.axis.Kind {
	case KindBudget:
		given = f.p.Budget
	case KindCarbon:
		given = f.p.CarbonTarget
	case KindAccess:
		if f.p.AccessLimit != nil {
			given = map[int]float64{0: *f.p.AccessLimit}
		}
	case KindRule:
		if f.rule() == nil {
			return wrong("axis", "there is no rule %q with a least number", f.axis.Rule)
		}
		f.ref[0] = 1
		return nil
	default:
		return wrong("axis", "%q is not budget, carbon, access or a rule", f.axis.Kind)
	}
	used := f.use(loose)
	years := []int{f.axis.Year}
	if f.axis.Kind == KindAccess {
		years = []int{0}
	} else if f.axis.Year == AllYears {
		years = sortedKeys(given)
		if len(years) == 0 {
			years = sortedKeys(used)
		}
	}
	for _, t := range years {
		v, ok := given[t]
		if !ok || v <= 0 {
			v = used[t]
		}
		if v > 0 {
			f.ref[t] = v
		}
	}
	if len(f.ref) == 0 {
		return wrong("axis", "nothing uses %s in the years asked for", f.axis.Kind)
	}
	return nil
}

// use is what a plan uses of the axis by year.
func (f *frontier) use(plan Plan) map[int]float64 {
	out := map[int]float64{}
	if f.axis.Kind == KindRule {
		for _, t := range f.rule().Terms {
			if plan.Actions[t.Building] == t.Action {
				out[0] -= exact(t.weight(), ruleScale)
			}
		}
		return out
	}
	if f.axis.Kind == KindAccess {
		index := map[string]int{}
		for i, b := range f.p.Buildings {
			index[b.ID] = i
		}
		for _, a := range f.p.Arcs {
			s := &f.p.Services[a.Service]
			if i, ok := index[plan.Assignment[s.ID]]; ok && i == a.Building {
				out[0] += exact(s.Population, 1000) * exact(a.KM, accessScale)
			}
		}
		return out
	}
	index := map[string]int{}
	for i, b := range f.p.Buildings {
		index[b.ID] = i
	}
	for k := range f.p.Arcs {
		a := &f.p.Arcs[k]
		if moves := f.moves(a); len(moves) > 0 {
			if i, ok := index[plan.Assignment[f.p.Services[a.Service].ID]]; ok && i == a.Building {
				for _, t := range sortedKeys(moves) {
					out[t] += exact(moves[t], f.scale())
				}
			}
		}
	}
	for i, b := range f.p.Buildings {
		if k := f.p.actionIndex(i, plan.Actions[b.ID]); k >= 0 {
			for t, v := range f.flow(&f.p.Actions[i][k]) {
				out[t] += exact(v, f.scale())
			}
		}
	}
	return out
}

// scale is that in which money or carbon is counted.
func (f *frontier) scale() int64 {
	if f.axis.Kind == KindBudget {
		return moneyScale
	}
	return carbonScale
}

// exact is an amount as limits count it, in whole units.
func exact(v float64, scale int64) float64 { return float64(whole(v, scale)) / float64(scale) }

func (t *RuleTerm) weight() float64 {
	if t.Weight == 0 {
		return 1
	}
	return t.Weight
}

func (f *frontier) flow(a *Action) []float64 {
	if f.axis.Kind == KindBudget {
		return a.Capex
	}
	return a.Carbon
}

func (f *frontier) moves(a *Arc) map[int]float64 {
	if f.axis.Kind == KindBudget {
		return a.Capex
	}
	return a.Carbon
}

// share is the tightest share a plan keeps, rounded up a hair so that it still
// does after rounding to whole units.
func (f *frontier) share(plan Plan) float64 {
	used := f.use(plan)
	v := math.Inf(-1)
	for _, t := range sortedKeys(f.ref) {
		v = max(v, used[t]/f.ref[t])
	}
	return math.Ceil(v*1e6+1) / 1e6
}

func (f *frontier) limits(share float64) map[int]float64 {
	out := map[int]float64{}
	for t, v := range f.ref {
		out[t] = share * v
	}
	return out
}

func (f *frontier) limited(share float64) *Problem {
	q := f.unlimited()
	for t, v := range f.limits(share) {
		switch f.axis.Kind {
		case KindBudget:
			q.Budget[t] = v
		case KindCarbon:
			q.CarbonTarget[t] = v
		case KindAccess:
			q.AccessLimit = &v
		case KindRule:
			r := *f.rule()
			least := -v
			r.AtLeast = &least
			q.Rules = append(q.Rules, r)
		}
	}
	return q
}

// least is the problem of using as little of the axis as possible.
func (f *frontier) least() *Problem {
	q := f.unlimited()
	q.Actions = make([][]Action, len(f.p.Actions))
	for i, list := range f.p.Actions {
		q.Actions[i] = append([]Action(nil), list...)
		for k := range q.Actions[i] {
			a := &q.Actions[i][k]
			a.Cost = 0
			switch f.axis.Kind {
			case KindAccess:
			case KindRule:
				for _, t := range f.rule().Terms {
					if t.Building == f.p.Buildings[i].ID && t.Action == a.Name {
						a.Cost -= t.weight()
					}
				}
			default:
				flow := f.flow(a)
				for _, t := range sortedKeys(f.ref) {
					if t < len(flow) {
						a.Cost += 1000 * flow[t] / f.ref[t]
					}
				}
			}
		}
	}
	q.Arcs = append([]Arc(nil), f.p.Arcs...)
	for k := range q.Arcs {
		a := &q.Arcs[k]
		a.Cost = 0
		if f.axis.Kind == KindAccess {
			a.Cost = 1000 * f.p.Services[a.Service].Population * a.KM / f.ref[0]
			continue
		}
		if f.axis.Kind == KindRule {
			continue
		}
		moves := f.moves(a)
		for _, t := range sortedKeys(f.ref) {
			a.Cost += 1000 * moves[t] / f.ref[t]
		}
	}
	return q
}

// bounds lets the prices of every point bound every other, and takes over a
// better plan from a tighter point.
func (f *frontier) bounds(out []FrontierPoint) {
	for n := range out {
		others := make([]*Result, len(out))
		for m := range out {
			others[m] = out[m].Result
		}
		out[n].Bound = rebound(f.limited(out[n].Share), out[n].Result, out[n].Bound, others)
	}
	// More room can never cost more: a looser point's bound holds for tighter
	// ones.
	for n := len(out) - 2; n >= 0; n-- {
		a, b := &out[n], &out[n+1]
		if a.Result.Status == StatusInfeasible || b.Result.Status == StatusInfeasible {
			continue
		}
		a.Bound = a.Result.raise(max(a.Bound, b.Bound))
	}
}
