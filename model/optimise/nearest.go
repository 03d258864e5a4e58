package optimise

import (
	"context"
	"fmt"
	"math"
)

// worst is more than any plan can cost.
func (c *core) worst() float64 {
	v := 1.0
	for i := range c.nB {
		most := int64(math.MinInt64)
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			most = max(most, c.actCost[a])
		}
		v += float64(most)
	}
	for s := range c.nS {
		most := int64(math.MinInt64)
		for _, k := range c.arcsOf(s) {
			most = max(most, c.arcCost[k])
		}
		v += float64(most)
	}
	return v
}

// nearest fills a result for which no plan is known: the plan that breaks the
// limits least, measured as a share of each limit, then by cost. Should it
// break nothing after all, it is taken as a plan.
func (s *solver) nearest(res *Result) {
	c := s.c
	dom := c.full()
	c.lock(dom, s.p)
	c.unlock(dom)
	if s.d.best == math.Inf(-1) {
		s.d.start()
	}
	weight := 1.0
	for i := range c.nB {
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			weight += abs(float64(c.actCost[a]))
		}
	}
	weight *= 100
	var least *found
	score := math.Inf(1)
	y, x := make([]float64, c.nA), make([]float64, len(c.arcSvc))
	for n := range 3 {
		an := newAnnealer(c, dom, s.opt.Seed, 9000+uint64(n))
		an.measure(weight)
		an.fixed = true
		if n == 1 {
			y, x = s.d.y, s.d.x
		}
		if !an.st.construct(y, x, func(v int) float64 { return float64(c.demand[v]) }) {
			if least == nil {
				least = an.st.plan()
			}
			continue
		}
		an.reset()
		// Few enough moves to keep a cancelled run prompt.
		moves := min(40*c.nS+20*c.nB, 50_000)
		an.run(moves, mul(weight, 1e-3), mul(weight, 1e-6))
		an.run(moves, mul(weight, 1e-6), mul(weight, 1e-10))
		if an.cur < score {
			score, least = an.cur, an.st.plan()
		}
	}
	res.Status, res.ProvenInfeasible = StatusInfeasible, s.impossible
	res.Bound = math.Floor(s.bound) / moneyScale
	if s.impossible {
		res.Bound = c.trivialBound() / moneyScale
	}
	res.Plan = c.planOf(s.p, least)
	rep := Check(s.p, res.Plan)
	res.Objective = rep.Objective
	if rep.Feasible() {
		res.Status, res.ProvenInfeasible = StatusFeasible, false
		res.Bound = min(res.Bound, res.Objective)
		res.Gap = gapOf(res.Objective, res.Bound)
		return
	}
	res.Violations = rep.Violations
	if v := s.relaxFirst(rep); v != nil {
		res.Relax, res.RelaxFirst = v, fmt.Sprintf("%s %s by %.6g %s", v.Kind, v.What, v.Over, v.Unit)
	}
}

// measure sets penalties to weight for breaking a whole limit once over. What
// cannot be, an overfull building or services together that must not be, weighs
// more than a limit that somebody set and can move.
func (an *annealer) measure(weight float64) {
	c, st := an.c, an.st
	var demand int64
	for _, d := range c.demand {
		demand += d
	}
	st.wCap = 20 * weight / max(1, float64(demand)/max(1, float64(c.nS)))
	st.wSide = 20 * weight
	// A limit near nought is measured by a share of what could be used, or
	// breaking it would outweigh everything.
	most := make([]float64, c.nR)
	for i := range c.nB {
		top := make([]float64, c.nR)
		for e := c.useStart[c.actStart[i]]; e < c.useStart[c.actStart[i+1]]; e++ {
			r := c.useRow[e]
			top[r] = max(top[r], float64(c.useAmt[e]), -float64(c.useAmt[e]))
		}
		for r := range top {
			most[r] += top[r]
		}
	}
	for r := range st.wRow {
		st.wRow[r] = weight / max(1, float64(max(c.limit[r], -c.limit[r])), 0.1*most[r], float64(c.rows[r].scale))
	}
	st.wAcc = weight / max(1, float64(c.accLimit))
}

// unlock opens the locks that leave a service without any place.
func (c *core) unlock(dom *domain) {
	for s := range c.nS {
		open := false
		for _, k := range c.arcsOf(s) {
			open = open || c.arcMask[k]&dom.act[c.arcBld[k]] != 0
		}
		if open {
			continue
		}
		for _, k := range c.arcsOf(s) {
			i := c.arcBld[k]
			if c.arcMask[k] != 0 {
				dom.act[i] = 1<<(c.actStart[i+1]-c.actStart[i]) - 1
				break
			}
		}
	}
}

// relaxFirst names the limit whose relaxing helps most. When there is time and
// no plan exists, it tries each broken limit by taking it away; otherwise it
// goes by how far each is broken.
func (s *solver) relaxFirst(rep Report) *Violation {
	var best *Violation
	most := -1.0
	tried := map[string]bool{}
	for n := range rep.Violations {
		v := rep.Violations[n]
		name := v.Kind + " " + v.What
		if tried[name] {
			continue
		}
		tried[name] = true
		if s.impossible && len(tried) <= 8 && !s.halted() {
			if p := without(s.p, v); p != nil {
				r := &solver{ctx: context.Background(), opt: Options{WorkLimit: int64(60 * (s.c.nB + s.c.nS)), Seed: s.opt.Seed}, p: p, c: compile(p), size: 6, effort: 120}
				if r.feasible() {
					return &v
				}
			}
		}
		if share := v.Over / max(abs(v.Limit), 1e-9); share > most {
			best, most = &v, share
		}
	}
	return best
}

// feasible makes a short search for any plan.
func (s *solver) feasible() bool {
	s.bound, s.worst = s.c.trivialBound(), s.c.worst()
	s.root = s.c.full()
	s.c.lock(s.root, s.p)
	s.d = newDual(s.c, new(int64))
	s.c.dominate(s.root)
	if !s.c.propagate(s.root) {
		return false
	}
	s.dom = s.root.clone()
	s.first()
	return s.best != nil
}

// without copies a problem less the limit that is broken.
func without(p *Problem, v Violation) *Problem {
	q := *p
	switch v.Kind {
	case KindBudget:
		q.Budget = drop(p.Budget, v.What)
	case KindCarbon:
		q.CarbonTarget = drop(p.CarbonTarget, v.What)
	case KindAccess:
		q.AccessLimit = nil
	case KindLock:
		q.Locked = map[string]string{}
		for id, a := range p.Locked {
			if id != v.What {
				q.Locked[id] = a
			}
		}
	case KindRule:
		q.Rules = nil
		for _, r := range p.Rules {
			if r.Name != v.What {
				q.Rules = append(q.Rules, r)
			}
		}
	default:
		return nil
	}
	return &q
}

func drop(m map[int]float64, what string) map[int]float64 {
	out := map[int]float64{}
	for t, v := range m {
		if fmt.Sprintf("year %d", t) != what {
			out[t] = v
		}
	}
	return out
}
