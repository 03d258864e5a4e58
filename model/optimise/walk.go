package optimise

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// walker betters one plan after another, alone: each comes from somewhere, is
// perhaps annealed or crossed with another, and then its neighbourhoods are solved
// until it has not become cheaper for long. Two of them walk side by side whatever
// the machine, with errands drawn before they set out, so that neither learns in
// between what the other found.
type walker struct {
	s    *solver
	st   *state
	list []errand // to come
	met  []*found // plans left since the last turn
	busy bool

	plan *found     // at hand; nil before an annealing has found one
	rng  *rand.Rand // of this errand
	from errand
	an   *annealer // while it anneals
	part int       // of the annealing
	ask  *inquiry  // while it solves a region
	kind int       // of region

	size, effort float64 // see solver
	wait, pause  int     // regions until the next of all buildings, and the pause before it
	odd          bool
	work, gain   int64 // on this plan, and until it last became cheaper
}

// errand is a plan to better: nil for a newcomer. With a mate it is crossed, with
// moves it is annealed first, among the actions of both if it has a mate.
type errand struct {
	plan, mate *found
	moves      int   // for each service
	view       *view // what a newcomer begins at; nil for that of the bound
	stream     uint64
	level      int // of effort
}

const (
	newMoves   = 2500 // of annealing a newcomer, for each service
	leastKick  = 50   // of annealing a plan at hand, and so often doubled at most
	kicks      = 5
	annealed   = 20 // parts in which that is done
	firstSize  = 8  // free buildings of a walk's first region, and
	sizeLevel  = 4  // so many more for each level of effort
	firstNodes = 40 // spent on it,
	leastNodes = 30 // at least later, and
	mostNodes  = 2000
	crossNodes = 60   // on a crossing; four times as many for each level
	calmWork   = 250  // for each building without a gain, and
	calmShare  = 0.25 // a share of the work until the last one, then a plan is left
	errands    = 3    // ahead of each walker
)

// Regions of a walk.
const (
	nearby = iota
	everywhere
	crossing
)

// walk gives each walker one turn.
func (s *solver) walk() (int64, bool) {
	for n := range s.walkers {
		if s.walkers[n] == nil {
			s.walkers[n] = &walker{s: s, st: newState(s.c, s.root)}
		}
		w := s.walkers[n]
		if s.fresh != nil {
			w.list = append([]errand{{plan: s.fresh, stream: s.draw()}}, w.list...)
			s.fresh = nil
		}
		for len(w.list) < errands {
			w.list = append(w.list, s.errand())
		}
	}
	var work [2]int64
	quota := int64(min(1000*s.c.nB, 100_000))
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		work[1] = s.walkers[1].run(quota)
	}()
	work[0] = s.walkers[0].run(quota)
	wg.Wait()
	if s.halted() {
		return 0, false
	}
	for _, w := range s.walkers {
		for _, f := range append(w.met, w.plan) {
			if f != nil && s.offer(f) {
				s.fresh = nil
			}
		}
		for _, f := range w.met {
			s.pool.enter(s.c, f)
		}
		w.met = w.met[:0]
	}
	total := max(work[0], work[1]) + 1
	return total, s.step(total)
}

// draw gives each errand random numbers of its own.
func (s *solver) draw() uint64 {
	s.round++
	return 1<<40 + s.round
}

// errand draws what a walker is to do: two plans of the pool to cross or to anneal
// between, one to anneal or to work on harder, or a newcomer.
func (s *solver) errand() errand {
	e := errand{stream: s.draw(), moves: newMoves}
	rng := rand.New(rand.NewPCG(s.opt.Seed, e.stream))
	what := rng.IntN(10)
	if len(s.pool.list) < poolFew {
		what = 0
	}
	kick := leastKick << rng.IntN(kicks)
	switch what {
	case 0, 1:
		if t := s.tree; t != nil && len(t.views) > 0 {
			n := rng.IntN(len(t.views))
			e.view, t.views = t.views[n], slices.Delete(t.views, n, n+1)
		}
	case 2:
		n := rng.IntN(1 + rng.IntN(len(s.pool.list)))
		e.plan, e.moves = s.pool.list[n].plan, kick
	case 3, 4, 5:
		a, b, level := s.pool.pair(rng)
		return errand{plan: a, mate: b, stream: e.stream, level: level}
	case 6, 7:
		x := &s.pool.list[rng.IntN(1+rng.IntN(len(s.pool.list)))]
		x.level = min(x.level+1, mostEffort)
		return errand{plan: x.plan, stream: e.stream, level: x.level}
	default:
		n := 1 + rng.IntN(len(s.pool.list)-1)
		return errand{plan: s.pool.list[rng.IntN(n)].plan, mate: s.pool.list[n].plan, stream: e.stream, moves: kick}
	}
	return e
}

// run works until a quota of work is done.
func (w *walker) run(quota int64) int64 {
	var did int64
	for did < quota && !w.s.halted() {
		n := int64(1)
		switch {
		case !w.busy && len(w.list) == 0:
			return did
		case !w.busy:
			n += w.begin()
		case w.an != nil:
			n += w.anneal()
		case w.ask != nil:
			n += w.ask.more(quota - did)
		default:
			n += w.better()
		}
		did += n
		w.work += n
		if w.ask != nil && w.ask.over {
			w.learn()
		}
		if !w.busy && w.plan != nil {
			w.met, w.plan = append(w.met, w.plan), nil
		}
	}
	return did
}

// begin takes up the next errand.
func (w *walker) begin() int64 {
	s, e := w.s, w.list[0]
	*w = walker{
		s: s, st: w.st, list: w.list[1:], met: w.met, busy: true, from: e, rng: rand.New(rand.NewPCG(s.opt.Seed, e.stream)),
		size: firstSize + sizeLevel*float64(e.level), effort: float64(int64(firstNodes) << e.level), wait: 8, pause: 4,
	}
	switch {
	case e.moves > 0:
		w.busy = w.heat()
	case e.mate != nil:
		w.hold(e.plan)
		return w.cross()
	default:
		w.hold(e.plan)
	}
	return int64(s.c.nB)
}

// hold takes a plan in hand.
func (w *walker) hold(f *found) {
	w.plan, w.work, w.gain = f, 0, 0
	w.st.set(f.act, f.arc)
}

// heat begins an annealing, from a plan or from the averaged plan of the bound.
func (w *walker) heat() bool {
	s, e := w.s, w.from
	dom := s.root
	if e.mate != nil {
		dom = s.c.between(dom, e.plan, e.mate)
	}
	an := newAnnealer(s.c, dom, s.opt.Seed, e.stream+1<<40)
	an.halt = s.halted
	an.weigh(s.d.u, s.d.lam, 2)
	if e.plan != nil {
		an.st.set(e.plan.act, e.plan.arc)
	} else if y, x := e.sight(s); !an.st.construct(y, x, func(n int) float64 { return float64(s.c.demand[n]) }) {
		return false
	}
	an.reset()
	w.an, w.part = an, 0
	return true
}

// sight is the averaged plan that a newcomer begins at.
func (e *errand) sight(s *solver) (y, x []float64) {
	if e.view != nil {
		return e.view.y, e.view.x
	}
	return s.d.y, s.d.x
}

// anneal does one part of the annealing.
func (w *walker) anneal() int64 {
	c := w.s.c
	cool := math.Pow(coldShare/hotShare, 1.0/annealed)
	hot := mul(hotShare, w.an.scale)
	for range w.part {
		hot = mul(hot, cool)
	}
	moves := w.from.moves * (c.nS + c.nB/4) / annealed
	w.an.run(moves, hot, mul(hot, cool))
	if w.part++; w.part == annealed/2 && w.from.plan != nil {
		w.an.best = nil // as good as the plan it came from
	}
	if w.part == annealed {
		if w.an.best != nil {
			w.hold(w.an.best)
		} else {
			w.busy = false
		}
		w.an = nil
	}
	return int64(moves / movesWork)
}

// cross begins to plan anew what the plan and its mate do not share.
func (w *walker) cross() int64 {
	s := w.s
	open := s.c.apart(w.plan, w.from.mate)
	dom := s.root
	if w.rng.IntN(2) == 0 {
		dom = s.c.between(dom, w.plan, w.from.mate)
	}
	return w.look(crossing, s.c.carve(w.st, dom, s.d.u, s.d.lam, open), crossNodes<<(2*w.from.level))
}

// better begins to plan anew a part of the plan.
func (w *walker) better() int64 {
	s := w.s
	w.odd = !w.odd
	dom := s.root
	if w.odd {
		dom = s.dom
	}
	free := w.free(dom)
	if len(free) == 0 {
		w.busy = !w.calm()
		return int64(s.c.nB)
	}
	if w.wait--; w.wait < 0 && s.c.nR > 0 {
		return w.look(everywhere, s.trade(w.st, dom, free), int64(min(w.effort, wideNodes)))
	}
	return w.look(nearby, s.c.carve(w.st, dom, s.d.u, s.d.lam, free), int64(w.effort))
}

// free chooses the buildings of a region. Where only clusters of neighbours are
// freed, plans stay that a change in a dozen doubtful places betters.
func (w *walker) free(dom *domain) []int32 {
	s := w.s
	switch w.rng.IntN(3) {
	case 0:
		return s.doubted(w.plan, dom, w.rng, int(w.size))
	case 1:
		return s.entangled(w.st, w.plan, dom, w.rng, int(w.size))
	}
	return s.pick(w.st, dom, w.rng, int(w.size), map[int32]bool{})
}

// look begins to solve a region.
func (w *walker) look(kind int, g *region, nodes int64) int64 {
	w.kind = kind
	w.ask = g.open(nodes, w.rng.Uint64(), w.s.halted)
	return w.ask.work
}

// learn puts what was found in a region into the plan, if it is cheaper. A crossing
// that brings nothing ends the walk: the plan was walked already.
func (w *walker) learn() {
	r := w.ask
	w.ask = nil
	gain := r.plan != nil && w.adopt(r.g, r.plan)
	if gain {
		w.gain = w.work
	}
	switch {
	case w.kind == crossing:
		w.busy = gain
		return
	case w.kind == everywhere && gain:
		w.pause = 1
		w.wait = w.pause
	case w.kind == everywhere:
		w.pause = min(widePatience, 2*w.pause+1)
		w.wait = w.pause
	case r.proven:
		w.size += 0.3
	default:
		w.size -= 0.45
	}
	w.size = min(max(w.size, 4+sizeLevel/2*float64(w.from.level)), 40, float64(w.s.c.nB))
	if gain {
		w.effort = max(float64(int64(leastNodes)<<w.from.level), w.effort*0.8)
	} else {
		w.effort = min(mostNodes, w.effort*1.01)
	}
	w.busy = !w.calm()
}

// calm says that the plan has not become cheaper for long.
func (w *walker) calm() bool {
	return float64(w.work-w.gain) >= float64((int64(calmWork)<<w.from.level)*int64(w.s.c.nB))+mul(calmShare, float64(w.gain))
}

// adopt puts the plan of a region into the plan at hand.
func (w *walker) adopt(g *region, plan *found) bool {
	act, arc := append([]int32(nil), w.plan.act...), append([]int32(nil), w.plan.arc...)
	g.apply(plan, act, arc)
	w.st.set(act, arc)
	if w.st.feasible() {
		if f := w.st.plan(); f.cost < w.plan.cost {
			w.plan = f
			return true
		}
	}
	w.st.set(w.plan.act, w.plan.arc)
	return false
}
