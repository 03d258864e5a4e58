package optimise

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
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
	s := &solver{ctx: ctx, opt: opt, p: p, c: compile(p), size: 6, effort: 120}
	return s.solve()
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
	bound  float64
	work   int64
	stage  string
	worst  float64   // more than any plan costs
	u, lam []float64 // prices at the end of the last step

	proven     bool // the search is finished
	impossible bool // no plan exists

	st     *state  // holds the best plan for the neighbourhoods
	size   float64 // free buildings in a neighbourhood
	effort float64 // nodes spent on one
	round  uint64
	tree   *tree
}

// halted says that the run must end now; the present step is then thrown away.
func (s *solver) halted() bool {
	return s.ctx.Err() != nil || s.opt.Time > 0 && s.opt.Clock() >= s.opt.Time
}

// step ends a step of work. It reports whether the run goes on.
func (s *solver) step(work int64) bool {
	s.work += work
	s.u, s.lam = append(s.u[:0], s.d.u...), append(s.lam[:0], s.d.lam...)
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
	s.best = f
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
				s.offer(st.plan())
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

// first finds a first plan from the first, rough prices.
func (s *solver) first() bool {
	s.stage = "first plan"
	d := s.d
	d.start()
	*d.work = 0
	d.prepare(s.dom)
	d.evaluate(s.dom, d.u, d.lam, &d.cur)
	d.best = d.cur.bound
	s.raise(d.best)
	lead := 0.5
	for n := range 4 {
		if !s.lift(25, 1, lead, 20) {
			return false
		}
		lead = [4]float64{0.3, 0.1, 0.05, 0.05}[n]
	}
	return s.anneal(1, 60, 0.02, 80, 1)
}

// anneal makes a plan from the averaged plan of the bound and anneals it for so
// many rounds, or more until nothing is broken.
func (s *solver) anneal(rounds, most int, hot float64, moves int, stream uint64) bool {
	c, d := s.c, s.d
	if c.nS == 0 {
		moves = 0
	}
	an := newAnnealer(c, s.root, s.opt.Seed, stream)
	an.halt = s.halted
	an.weigh(d.u, d.lam, 2)
	if !an.st.construct(d.y, d.x, func(n int) float64 { return float64(c.demand[n]) }) {
		return s.step(int64(c.nB))
	}
	an.reset()
	an.note()
	temp := mul(hot, abs(d.best)) / float64(c.nS+1)
	for n := 0; n < rounds || n < most && an.best == nil && s.best == nil; n++ {
		an.run(moves*c.nS, temp, mul(temp, 0.02))
		an.adapt()
		if s.halted() {
			return false
		}
		s.offer(an.best)
		if !s.step(int64(moves*c.nS/8) + 1) {
			return false
		}
	}
	return true
}

// converge brings the bound to its best and looks for a row to keep exact.
func (s *solver) converge() bool {
	s.stage = "bound"
	factor := 0.5
	for range 12 {
		before := s.d.best
		if !s.lift(100, factor, 0.02, 20) {
			return false
		}
		factor = max(s.d.factor, 0.02)
		if s.d.best-before < 1e-5*abs(s.d.best) || factor <= 0.02 {
			break
		}
	}
	u, lam, best := append([]float64(nil), s.d.u...), append([]float64(nil), s.d.lam...), s.d.best
	if s.d.chooseHard(s.dom) {
		for range 3 {
			if !s.lift(200, 0.7, 0.02, 20) {
				return false
			}
		}
		if s.d.best < best {
			s.d.hard.row = -1
			s.d.u, s.d.lam = u, lam
		}
	}
	return true
}

// polish anneals again, now from good prices, and fixes what it can.
func (s *solver) polish() bool {
	s.stage = "plan"
	if !s.anneal(8, 60, 0.05, 200, 2) {
		return false
	}
	return s.tighten()
}

// tighten removes what no plan cheaper than the best can use.
func (s *solver) tighten() bool {
	if s.best == nil {
		return true
	}
	*s.d.work = 0
	bound, _ := s.d.fix(s.dom, s.best.cost)
	s.raise(bound)
	if !s.c.propagate(s.dom) {
		s.bound = float64(s.best.cost)
	}
	if s.halted() {
		return false
	}
	return s.step(*s.d.work)
}

// main alternates neighbourhoods and the tree. Which gets the next share of
// work depends on the size of the problem and on what paid lately.
func (s *solver) main() {
	var searched, branched int64
	share := s.treeShare() - 0.3 // of the tree
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
		switch {
		case s.best != nil && s.c.nB > 12 && (share <= 0 || mul(float64(branched), 1-share) >= mul(float64(searched), share)):
			s.stage = "neighbourhoods"
			before := s.best.cost
			work, ok := s.neighbours(8)
			searched += work
			if !ok {
				return
			}
			if s.best.cost < before {
				share = max(s.treeShare()-0.5, share*0.8)
				if s.tree == nil && !s.tighten() {
					return
				}
			} else {
				share = min(s.treeShare(), share+0.05)
			}
		default:
			s.stage = "proof"
			work, ok := s.branch()
			branched += work
			if !ok {
				return
			}
		}
	}
}

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

// treeShare is the most the tree may have: little on large problems, where it
// only raises the bound slowly.
func (s *solver) treeShare() float64 {
	switch {
	case s.c.nB <= 70:
		return 0.95
	case s.c.nB <= 120:
		return 0.6
	case s.c.nB <= 250:
		return 0.3
	case s.c.nB <= 400:
		return 0.1
	}
	return 0
}

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
		s.tree = newTree(s.c, s.dom.clone(), s.d.u, s.d.lam, s.bound, ceiling, 2, s.d.hard.row, s.halted)
		s.tree.seed, s.tree.moves, s.tree.plunge = s.opt.Seed, 4, true
		s.tree.width, s.tree.trial.most = 4, 10
	}
	if s.best != nil {
		s.tree.ceiling = min(s.tree.ceiling, s.best.cost)
	}
	work := s.tree.batch()
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

// neighbours frees parts of the best plan, two at a time on two goroutines,
// and keeps what gets cheaper.
func (s *solver) neighbours(rounds int) (total int64, ok bool) {
	s.st.set(s.best.act, s.best.arc)
	before := s.best.cost
	defer func() {
		if s.best.cost < before {
			s.effort = max(100, s.effort*0.8)
		} else {
			s.effort = min(1000, s.effort*1.04)
		}
	}()
	for range rounds {
		dom := s.root
		if s.round%2 == 1 {
			dom = s.dom
		}
		rng := rand.New(rand.NewPCG(s.opt.Seed, 1000+s.round))
		s.round++
		var regions [2]*region
		var results [2]regionResult
		used := map[int32]bool{}
		for w := range regions {
			free := s.pick(dom, rng, int(s.size), used)
			for _, i := range free {
				used[i] = true
			}
			if len(free) > 0 {
				regions[w] = s.c.carve(s.st, dom, s.d.u, s.d.lam, free)
			}
		}
		run := func(w int) {
			if regions[w] != nil {
				results[w] = regions[w].solve(int64(s.effort), s.round*2+uint64(w), s.halted)
			}
		}
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			run(1)
		}()
		run(0)
		wg.Wait()
		if s.halted() {
			return total, false
		}
		for w, res := range results {
			if regions[w] == nil {
				continue
			}
			if res.proven {
				s.size += 0.1
			} else {
				s.size -= 0.15
			}
			s.size = min(max(s.size, 4), 40, float64(s.c.nB))
			if res.plan != nil {
				s.adopt(regions[w], res.plan)
			}
		}
		work := max(results[0].work, results[1].work) + 1
		total += work
		if !s.step(work) {
			return total, false
		}
	}
	return total, true
}

// pick frees buildings in one of three ways: a cluster of neighbours; two
// clusters far apart, which can trade budget; or a cluster around a building
// where the plan and the averaged plan of the bound disagree (after relaxation
// induced neighbourhoods, Danna, Rothberg and Le Pape 2005).
func (s *solver) pick(dom *domain, rng *rand.Rand, size int, used map[int32]bool) []int32 {
	switch kind := rng.IntN(4); {
	case kind == 0 && size >= 6:
		a := s.c.pick(s.st, dom, rng, s.seedBuilding(dom, rng, used), size/2, used)
		mark := map[int32]bool{}
		for i := range used {
			mark[i] = true
		}
		for _, i := range a {
			mark[i] = true
		}
		b := s.c.pick(s.st, dom, rng, s.seedBuilding(dom, rng, mark), size-size/2, mark)
		return slices.Sorted(slices.Values(append(a, b...)))
	case kind <= 2:
		first, most := int32(-1), 0.0
		for range 8 {
			i := s.seedBuilding(dom, rng, used)
			if i < 0 {
				continue
			}
			if v := 1.01 - s.d.y[s.st.act[i]]; v > most {
				first, most = i, v
			}
		}
		return s.c.pick(s.st, dom, rng, first, size, used)
	}
	return s.c.pick(s.st, dom, rng, s.seedBuilding(dom, rng, used), size, used)
}

// seedBuilding draws a building that could change, or −1.
func (s *solver) seedBuilding(dom *domain, rng *rand.Rand, used map[int32]bool) int32 {
	for range 20 {
		i := int32(rng.IntN(s.c.nB))
		if !used[i] && (popcount(dom.act[i]) > 1 || len(s.st.occ[i]) > 0) {
			return i
		}
	}
	return -1
}

// adopt puts the plan of a region into the best plan, if that is still allowed
// after the other region of the round changed it.
func (s *solver) adopt(g *region, plan *found) {
	act, arc := append([]int32(nil), s.st.act...), append([]int32(nil), s.st.arc...)
	g.apply(plan, act, arc)
	s.st.set(act, arc)
	if !s.st.feasible() || !s.offer(s.st.plan()) {
		s.st.set(s.best.act, s.best.arc)
	}
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
		if len(s.lam) > 0 {
			res.ShadowPrices = s.c.shadow(s.lam)
		}
	}
	if s.opt.Clock != nil {
		res.Wall = s.opt.Clock().Seconds()
	}
	return res, nil
}
