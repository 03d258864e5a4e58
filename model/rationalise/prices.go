package rationalise

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

// Price is what a limit that binds is worth: the best plan with it relaxed by a
// step, against the plan.
type Price struct {
	Limit      string  // in words: "capital in 2028/29"
	Unit       string  // what one unit is: "£1m more", "1 t a year more"
	Step       float64 // units by which it was relaxed
	Worth      float64 // £ for each unit
	Low, High  float64 // £ for each unit between which the truth lies
	Proven     bool    // both plans are proven best
	Indicative float64 // £ for each unit at the edge, by the prices of the bound
}

// mostPrices is how many limits are looked at, the dearest first.
const mostPrices = 6

// Prices solves again with each limit that binds relaxed by a step. The time and
// work of the options are shared out.
func Prices(ctx context.Context, b *Problem, plan *Plan, opt optimise.Options) ([]Price, error) {
	type ask struct {
		p    Price
		less *optimise.Problem
	}
	var asks []ask
	for _, s := range plan.Solver.ShadowPrices {
		p, q, ok := b.relaxed(s)
		if ok {
			asks = append(asks, ask{p, q})
		}
	}
	slices.SortStableFunc(asks, func(x, y ask) int {
		a, c := x.p.Indicative*x.p.Step, y.p.Indicative*y.p.Step
		switch {
		case a > c:
			return -1
		case a < c:
			return 1
		}
		return 0
	})
	asks = asks[:min(len(asks), mostPrices)]
	var out []Price
	for k, a := range asks {
		one := opt
		one.Time = opt.Time * time.Duration(k+1) / time.Duration(len(asks))
		if opt.WorkLimit > 0 {
			one.WorkLimit = max(1, opt.WorkLimit/int64(len(asks)))
		}
		one.Start = &plan.Solver.Plan
		r, err := optimise.Solve(ctx, a.less, one)
		if err != nil {
			return nil, err
		}
		if r.Status == optimise.StatusInfeasible || ctx.Err() != nil {
			break
		}
		p := a.p
		p.Worth = (-r.Objective*1000 - plan.NPSV) / p.Step
		p.Low, p.High = math.Max(0, (-r.Objective*1000-plan.Bound)/p.Step), (-r.Bound*1000-plan.NPSV)/p.Step
		p.Proven = r.Status == optimise.StatusOptimal && plan.Solver.Status == optimise.StatusOptimal
		out = append(out, p)
	}
	return out, nil
}

// relaxed is the problem with one limit relaxed by a step.
func (b *Problem) relaxed(s optimise.ShadowPrice) (Price, *optimise.Problem, bool) {
	q := *b.Problem
	p := Price{}
	v := optimise.Violation{Kind: s.Kind, What: s.What}
	year := b.yearOf(v)
	at := year - b.project.BaseYear
	switch s.Kind {
	case optimise.KindBudget:
		p.Limit, p.Unit, p.Indicative = "capital in "+model.FinancialYear(year), "£1m more", s.Price*1e6
		p.Step = math.Max(0.1, 0.05*q.Budget[at]/1000)
		q.Budget = with(q.Budget, at, q.Budget[at]+p.Step*1000)
	case optimise.KindCarbon:
		p.Limit, p.Unit, p.Indicative = "emissions in "+model.FinancialYear(year), "1 t more", s.Price*1000
		p.Step = math.Max(1, 0.02*b.carbonAt[year])
		q.CarbonTarget = with(q.CarbonTarget, at, q.CarbonTarget[at]+p.Step)
	case optimise.KindAccess:
		p.Limit, p.Unit, p.Indicative = "how far visits move", "1,000 visits × km a year more", s.Price*1e6
		p.Step = math.Max(0.1, 0.05**q.AccessLimit/1000)
		v := *q.AccessLimit + p.Step*1000
		q.AccessLimit = &v
	case optimise.KindRule:
		i := slices.IndexFunc(q.Rules, func(r optimise.Rule) bool { return r.Name == s.What })
		if i < 0 || b.isResidents(s.What) {
			return p, nil, false
		}
		step := 1.0
		p.Limit, p.Unit, p.Step = "the rule “"+s.What+"”", "1 more", 1
		if q.Rules[i].AtLeast != nil {
			p.Unit = "1 fewer"
		}
		if s.What == reachRule {
			step = 0.01 * b.reached.total
			p.Limit, p.Unit = "residents "+b.ReachWords(), "1 % of residents fewer"
		}
		p.Indicative = s.Price * 1000 * step
		r := q.Rules[i]
		if r.AtLeast != nil {
			v := *r.AtLeast - step
			r.AtLeast = &v
		}
		if r.AtMost != nil {
			v := *r.AtMost + step
			r.AtMost = &v
		}
		q.Rules = slices.Clone(q.Rules)
		q.Rules[i] = r
	default:
		return p, nil, false
	}
	return p, &q, true
}

func with(m map[int]float64, year int, v float64) map[int]float64 {
	out := map[int]float64{}
	for y, x := range m {
		out[y] = x
	}
	out[year] = v
	return out
}

// String says the price: "capital in 2028/29: £1m more would be worth £812,000".
func (p Price) String() string {
	switch {
	case p.Worth <= 0.5 && p.Proven:
		return fmt.Sprintf("%s: more would be worth nothing (proven by solving again with %s)", p.Limit, p.by())
	case p.Proven:
		return fmt.Sprintf("%s: %s would be worth %s (proven by solving again with %s)", p.Limit, p.Unit, roughly(p.Worth), p.by())
	}
	return fmt.Sprintf("%s: %s would be worth about %s (indicative: solved again with %s, between %s and %s)", p.Limit, p.Unit, roughly(math.Max(0, p.Worth)), p.by(), roughly(p.Low), roughly(math.Max(p.Low, p.High)))
}

// roughly writes an amount to three figures: £1.23m, £46k.
func roughly(v float64) string {
	switch {
	case v >= 999_500:
		return fmt.Sprintf("£%.2fm", v/1e6)
	case v >= 10_000:
		return fmt.Sprintf("£%.0fk", v/1e3)
	}
	return pounds(v)
}

func (p Price) by() string {
	switch p.Unit {
	case "£1m more":
		return pounds(p.Step*1e6) + " more"
	case "1 t more":
		return fmt.Sprintf("%.0f t more", p.Step)
	case "1,000 visits × km a year more":
		return fmt.Sprintf("%.0f visits × km a year more", p.Step*1000)
	}
	return p.Unit
}

// Limits says in words what a plan was held to.
func (b *Problem) Limits() []string {
	var out []string
	years := func(m map[int]float64, what string, amount func(float64) string) {
		all := true
		first, seen := 0.0, false
		for y := b.project.BaseYear; y <= b.project.LastYear(); y++ {
			v, ok := m[y]
			if !seen {
				first, seen = v, true
			}
			all = all && ok && v == first
		}
		if all && len(m) > 1 {
			out = append(out, what+" at most "+amount(first)+" in any year")
			return
		}
		for y := b.project.BaseYear; y <= b.project.LastYear(); y++ {
			if v, ok := m[y]; ok {
				out = append(out, what+" at most "+amount(v)+" in "+model.FinancialYear(y))
			}
		}
	}
	years(b.spec.Capital, "capital", pounds)
	years(b.carbonAt, "emissions", func(v float64) string { return fmt.Sprintf("%.0f t", v) })
	if b.spec.AccessKM > 0 {
		out = append(out, fmt.Sprintf("visits moved at most %.0f km a year", b.spec.AccessKM))
	}
	if r := b.spec.Residents; r != nil && r.AtLeast > 0 {
		out = append(out, "at least "+percent(r.AtLeast)+" of residents "+b.ReachWords())
	}
	for _, c := range b.spec.Counts {
		out = append(out, c.String())
	}
	for _, a := range b.spec.Apart {
		out = append(out, a.String())
	}
	for _, r := range b.spec.Rules {
		out = append(out, "the rule “"+r.Name+"”")
	}
	return out
}
