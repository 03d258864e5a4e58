package optimise

import (
	"context"
	"fmt"
	"math"
)

// Solve finds the cheapest plan it can and a bound on the cheapest there is. It
// stops at the time or work limit, when ctx is done, or when the plan is proven
// optimal; stopping is not an error.
//
// Work is done in steps. A step that is cut short by the clock or by ctx is
// thrown away, so what a stopped run returns is exactly what a run with its
// Result.Work as limit returns.
func Solve(ctx context.Context, p *Problem, opt Options) (*Result, error) {
	if opt.Time <= 0 && opt.WorkLimit <= 0 {
		return nil, fmt.Errorf("%w: give a time or a work limit above zero", ErrOptions)
	}
	if opt.Time > 0 && opt.Clock == nil {
		return nil, fmt.Errorf("%w: a time limit needs a clock", ErrOptions)
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return newSolver(ctx, p, opt).solve()
}

func newSolver(ctx context.Context, p *Problem, opt Options) *solver {
	return &solver{ctx: ctx, opt: opt, p: p, c: compile(p), size: 6, effort: 120, delay: cutDelay}
}

// solver is one run.
type solver struct {
	ctx    context.Context
	opt    Options
	p      *Problem
	c      *core
	root   *domain // what locks and presolve leave
	dom    *domain // what a plan cheaper than the best may use
	d      *dual
	best   *found
	given  *found // the plan to start from
	bound  float64
	work   int64
	stage  string
	worst  float64   // more than any plan costs
	u, lam []float64 // prices at the end of the last step, every row priced

	proven     bool // the search is finished
	impossible bool // no plan exists

	st     *state  // holds the best plan for the neighbourhoods
	size   float64 // free buildings in a neighbourhood
	effort float64 // nodes spent on one
	round  uint64

	pool    pool
	walkers [2]*walker
	fresh   *found // a plan that no walker has bettered yet
	tree    *tree

	delay   int64 // work for each column until what HiGHS finds is taken up
	digging *digging
	dug     bool // it was
}

// halted says that the run must end now; the present step is then thrown away.
func (s *solver) halted() bool {
	return s.ctx.Err() != nil || s.opt.Time > 0 && s.opt.Clock() >= s.opt.Time
}

// step ends a step of work. It reports whether the run goes on.
func (s *solver) step(work int64) bool {
	s.work += work
	if s.d.hard.row < 0 && s.d.cuts == nil {
		s.u, s.lam = append(s.u[:0], s.d.u...), append(s.lam[:0], s.d.lam...)
	}
	if s.best != nil && s.c.roundUp(s.bound) >= float64(s.best.cost) {
		s.proven = true
	}
	if s.opt.Progress != nil {
		pr := Progress{Stage: s.stage, Bound: s.bound / moneyScale, Work: s.work}
		if s.best != nil {
			pr.HasPlan, pr.Incumbent = true, float64(s.best.cost)/moneyScale
			pr.Bound = min(pr.Bound, pr.Incumbent)
			pr.Gap = gapOf(pr.Incumbent, pr.Bound)
		}
		if s.opt.Clock != nil {
			pr.Elapsed = s.opt.Clock()
		}
		s.opt.Progress(pr)
	}
	return !s.over()
}

func (s *solver) over() bool {
	return s.proven || s.impossible || s.halted() || s.opt.WorkLimit > 0 && s.work >= s.opt.WorkLimit
}

// raise takes a better bound.
func (s *solver) raise(bound float64) {
	s.bound = max(s.bound, bound)
}

// offer takes a better plan.
func (s *solver) offer(f *found) bool {
	if f == nil || s.best != nil && f.cost >= s.best.cost {
		return false
	}
	s.best, s.fresh = f, f
	return true
}

func (s *solver) solve() (*Result, error) {
	c := s.c
	s.bound, s.worst = c.trivialBound(), c.worst()
	s.root = c.full()
	c.lock(s.root, s.p)
	s.d = newDual(c, new(int64))
	s.d.halt = s.halted
	if s.opt.Start != nil {
		if f := c.foundOf(s.p, s.opt.Start); f != nil {
			st := newState(c, s.root)
			st.set(f.act, f.arc)
			if st.feasible() && st.within(s.root) {
				s.given = st.plan()
				s.offer(s.given)
			}
		}
	}
	c.dominate(s.root)
	if !c.propagate(s.root) {
		s.impossible = true
		return s.finish()
	}
	s.dom = s.root.clone()
	s.st = newState(c, s.root)
	if s.first() && s.converge() && s.polish() {
		s.main()
	}
	return s.finish()
}

// trivialBound takes the cheapest of everything.
func (c *core) trivialBound() float64 {
	v := 0.0
	for i := range c.nB {
		least := c.actCost[c.actStart[i]]
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			least = min(least, c.actCost[a])
		}
		v += float64(least)
	}
	for s := range c.nS {
		least := int64(math.MaxInt64)
		for _, k := range c.arcsOf(s) {
			least = min(least, c.arcCost[k])
		}
		v += float64(least)
	}
	return v
}

// target is the cost the bound aims at.
func (s *solver) target(lead float64) float64 {
	if s.best != nil {
		return float64(s.best.cost)
	}
	return s.d.best + mul(lead, abs(s.d.best)) + 1
}

// lift makes steps on the bound as one step of work.
func (s *solver) lift(most int, factor, lead float64, patience int) bool {
	*s.d.work = 0
	s.d.run(s.dom, s.target(lead), steps{most: most, factor: factor, least: 1e-4, patience: patience})
	if s.halted() {
		return false
	}
	if s.best == nil && s.d.best > s.worst {
		s.impossible = true
	} else {
		s.raise(s.d.best)
	}
	return s.step(*s.d.work)
}

// main alternates the search for plans and the tree.
func (s *solver) main() {
	defer func() {
		if s.digging != nil {
			s.digging.stop()
		}
	}()
	var share shares
	for {
		if s.best == nil {
			if !s.anneal(4, 40, 0.05, 200, 3+s.round) {
				return
			}
			s.round++
			if s.best == nil && (!s.stretch() || s.c.nB > 150) {
				if s.over() {
					return
				}
				continue
			}
		}
		if s.wantsCuts() {
			s.dig()
		}
		switch {
		case s.digging != nil && s.work >= s.digging.due:
			if !s.cut() {
				return
			}
		case s.best != nil && s.c.nB > 12 && !share.tree(float64(s.best.cost)-s.bound, s.treeShare()):
			s.stage = "neighbourhoods"
			before := s.best.cost
			work, ok := s.search()
			share.add(ofSearch, float64(before-s.best.cost), work)
			if !ok || s.best.cost < before && s.tree == nil && !s.tighten() {
				return
			}
		default:
			s.stage = "proof"
			before := s.bound
			work, ok := s.branch()
			share.add(ofTree, s.bound-before, work)
			if !ok {
				return
			}
		}
	}
}

// search gives the search for plans one turn.
func (s *solver) search() (int64, bool) {
	if s.c.nB > poolBuildings || s.c.nS == 0 {
		return s.neighbours(8)
	}
	return s.walk()
}

// wantsCuts says whether it is time to ask HiGHS for inequalities: at once when
// the gap is wide, otherwise when the tree has not closed it soon.
func (s *solver) wantsCuts() bool {
	if s.opt.HiGHS == nil || s.dug || s.digging != nil || s.best == nil || s.c.nB > cutBuildings {
		return false
	}
	return gapOf(float64(s.best.cost), s.bound) > wideGap || s.tree != nil && s.tree.nodes > cutNodes
}

// cutNodes is how many nodes the tree may open before.
const cutNodes = 400

// stretch aims the bound higher and higher: when no plan exists it passes what
// any plan can cost, which proves it.
func (s *solver) stretch() bool {
	s.stage = "is there a plan"
	u, lam := append([]float64(nil), s.d.u...), append([]float64(nil), s.d.lam...)
	for range 4 {
		if !s.lift(50, 1, 1, 10) {
			return false
		}
	}
	s.d.u, s.d.lam = u, lam
	return true
}

// wideGap is the gap above which the search for plans has the better chance of
// closing it.
const wideGap = 0.02

// treeShare is the most the tree may have: little on large problems, where it
// only raises the bound slowly, and while inequalities are looked for, after which
// it begins anew; nearly all when little is left to gain by another plan.
func (s *solver) treeShare() float64 {
	gap := gapOf(float64(s.best.cost), s.bound)
	switch {
	case s.c.nB <= 120 && gap < narrowGap:
		return 0.95
	case s.c.nB <= 120 && s.digging != nil && gap > wideGap:
		return leastTree
	case s.c.nB <= 120:
		return evenShare
	case s.c.nB <= 250:
		return 0.3
	case s.c.nB <= 400:
		return 0.1
	}
	return 0
}

const (
	narrowGap = 0.002 // the gap below which proof comes first
	evenShare = 0.45  // above it: a tree given more raises the bound little faster
)

// branch gives the tree one round.
func (s *solver) branch() (int64, bool) {
	if s.tree == nil {
		if !s.tighten() {
			return 0, false
		}
		var ceiling int64
		if s.best != nil {
			ceiling = s.best.cost
		} else {
			ceiling = int64(s.worst) + 1
		}
		s.tree = newTree(s.c, s.dom.clone(), s.d.u, s.d.lam, s.bound, ceiling, 2, s.d.hard.row, s.d.cuts, s.halted)
		s.tree.seed, s.tree.moves, s.tree.dives = s.opt.Seed, 4, always
		s.tree.width, s.tree.trial.most = 4, 10
		s.tree.steps.most, s.tree.steps.patience = 90, 8
		if s.d.cuts != nil {
			s.tree.steps, s.tree.trial, s.tree.dives, s.tree.moves = near, glance, seldom, repairs
		}
	}
	if s.best != nil {
		s.tree.ceiling = min(s.tree.ceiling, s.best.cost)
	}
	work := s.tree.labour(min(2000*int64(s.c.nB), 200_000))
	if s.halted() {
		return work, false
	}
	s.offer(s.tree.found)
	if s.tree.done() {
		if s.best != nil {
			s.bound = float64(s.best.cost)
		}
		s.proven = s.best != nil
		s.impossible = s.best == nil
	} else {
		s.raise(s.tree.bound())
	}
	return work, s.step(work)
}

// finish checks the plan and writes the result.
func (s *solver) finish() (*Result, error) {
	res := &Result{Work: s.work, Seed: s.opt.Seed, Violations: []Violation{}}
	res.services, res.rows = s.u, s.lam
	if s.best == nil {
		s.nearest(res)
	} else {
		res.Plan = s.c.planOf(s.p, s.best)
		rep := Check(s.p, res.Plan)
		if !rep.Feasible() || rep.Pence != s.best.cost {
			return nil, fmt.Errorf("engine fault: the checker disagrees with the plan: %d pence against %d, %v", rep.Pence, s.best.cost, rep.Violations)
		}
		res.Objective = rep.Objective
		res.Bound = min(math.Floor(s.c.roundUp(s.bound))/moneyScale, res.Objective)
		res.Gap = gapOf(res.Objective, res.Bound)
		res.Status = StatusFeasible
		if res.Gap <= ProvenGap {
			res.Status = StatusOptimal
		}
		if len(res.rows) > 0 {
			res.ShadowPrices = s.c.shadow(res.rows)
		}
	}
	if s.opt.Clock != nil {
		res.Wall = s.opt.Clock().Seconds()
	}
	return res, nil
}
