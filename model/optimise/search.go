package optimise

import (
	"math"
	"math/rand/v2"
	"slices"
)

// annealer improves a state by simulated annealing (Kirkpatrick, Gelatt and
// Vecchi 1983) on cost plus the price of broken limits. A service that moves takes
// its old and its new building to the actions that then suit them best, so that
// neither stands in the way of the move. Besides, whole buildings are emptied and
// closed and others opened, pulling in what gains from it. The prices of limits
// rise while they are broken and fall while they hold (strategic oscillation,
// Glover 1989), which keeps the walk near the edge of what is allowed.
type annealer struct {
	c     *core
	st    *state
	rng   *rand.Rand
	cur   float64 // cost plus penalty
	best  *found
	temp  float64
	scale float64 // of what a service costs, for temperatures; see weigh
	fixed bool    // prices of limits stay as they are
	ids   []int32
	halt  func() bool // asked now and then; nil never halts
}

// The temperature of a whole annealing, in shares of scale, and moves between two
// looks at the limits, with what a look does to their prices.
const (
	hotShare  = 0.03
	coldShare = 0.015
	lookEvery = 1000
	dearer    = 1.1
	cheaper   = 0.94
	movesWork = 4 // moves to a unit of work
)

func newAnnealer(c *core, dom *domain, seed, stream uint64) *annealer {
	return &annealer{c: c, st: newState(c, dom), rng: rand.New(rand.NewPCG(seed, stream))}
}

// weigh sets the penalties from the prices of the bound: breaking a limit must
// cost more than it can gain, but not so much that it is never tried.
func (an *annealer) weigh(u, lam []float64, factor float64) {
	c, st := an.c, an.st
	sum, n := 0.0, 0.0
	for s := range c.nS {
		if c.demand[s] > 0 && u[s] > 0 {
			sum += u[s]
			n += float64(c.demand[s])
		}
	}
	st.wCap = factor * max(1, sum/max(1, n))
	st.wSide = factor * max(1, 2*sum/max(1, float64(c.nS)))
	spread := make([]float64, c.nR)
	gain := 0.0
	an.scale = max(1, sum/max(1, float64(c.nS)))
	for i := range c.nB {
		lo, hi := math.Inf(1), math.Inf(-1)
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			lo, hi = min(lo, float64(c.actCost[a])), max(hi, float64(c.actCost[a]))
			for e := c.useStart[a]; e < c.useStart[a+1]; e++ {
				spread[c.useRow[e]] += float64(max(c.useAmt[e], -c.useAmt[e]))
			}
		}
		gain += hi - lo
	}
	an.scale = max(an.scale, 0.02*gain/float64(max(1, c.nB)))
	for e, r := range c.moves.row {
		spread[r] += float64(max(c.moves.amt[e], -c.moves.amt[e]))
	}
	for r := range st.wRow {
		st.wRow[r] = factor * max(1.5*lam[r], 0.2*gain/max(1, spread[r]))
	}
	travel := 0.0
	for _, v := range c.arcAcc {
		travel += float64(v)
	}
	st.wAcc = factor * max(1.5*lam[c.nR], 0.05*sum/max(1, travel/max(1, float64(len(c.arcAcc)))*float64(c.nS)))
}

// reset takes over the state's present plan.
func (an *annealer) reset() {
	an.cur = float64(an.st.cost) + an.st.penalty()
}

// note keeps the plan when it is the best that breaks nothing.
func (an *annealer) note() {
	if (an.best == nil || an.st.cost < an.best.cost) && an.st.feasible() {
		an.best = an.st.plan()
	}
}

func (an *annealer) accept(delta float64) bool {
	if delta <= 0 {
		return true
	}
	return an.temp > 0 && delta < 30*an.temp && an.rng.Float64() < math.Exp(-delta/an.temp)
}

// run makes moves while the temperature falls from hot to cold.
func (an *annealer) run(moves int, hot, cold float64) {
	c, st := an.c, an.st
	cool := 1.0
	const batch = 64
	if moves > batch && hot > 0 {
		cool = math.Pow(cold/hot, float64(batch)/float64(moves))
	}
	an.temp = hot
	for m := range moves {
		if m%batch == 0 {
			an.temp = mul(an.temp, cool)
		}
		before := an.cur
		x := an.rng.IntN(100)
		if c.nS == 0 {
			x = 90
		}
		switch {
		case x < 60:
			an.tryShift()
		case x < 85:
			an.trySwap()
		case x < 94:
			an.tryAct(an.rng.IntN(c.nB))
		case x < 97:
			an.tryClose(an.rng.IntN(c.nB))
		default:
			an.tryOpen(an.rng.IntN(c.nB))
		}
		if an.cur < before && (an.best == nil || st.cost < an.best.cost) && an.cur < float64(st.cost)+0.5 {
			an.note()
		}
		if m%lookEvery == lookEvery-1 {
			if an.fixed {
				an.reset()
			} else {
				an.adapt()
			}
		}
		if m%4096 == 4095 && an.halt != nil && an.halt() {
			return
		}
	}
	an.reset()
}

// suit gives building i the action that suits what it holds best, however much
// that costs. It reports false when none can hold all of it.
func (an *annealer) suit(i int) (float64, bool) {
	st := an.st
	a, v := st.bestAct(i, st.mask(i))
	if a < 0 {
		return 0, false
	}
	if a != st.act[i] {
		st.setAct(i, a)
	}
	return v, true
}

// both suits two buildings after a move that cost v, and keeps it or undoes it.
func (an *annealer) both(i, j int, v float64) {
	w, ok := an.suit(j)
	if ok {
		v += w
		w, ok = an.suit(i)
		v += w
	}
	if !ok || !an.accept(v) {
		an.st.rollback()
		return
	}
	an.st.commit()
	an.cur += v
}

// may says whether some action of the arc's building can hold its service.
func (an *annealer) may(k int32) bool {
	st := an.st
	return st.dom.arc[k] && st.dom.act[an.c.arcBld[k]]&an.c.arcMask[k] != 0
}

func (an *annealer) tryShift() {
	c, st := an.c, an.st
	s := int32(an.rng.IntN(c.nS))
	arcs := c.arcsOf(int(s))
	k := arcs[an.rng.IntN(len(arcs))]
	if k == st.arc[s] || !an.may(k) {
		return
	}
	from := int(c.arcBld[st.arc[s]])
	st.begin()
	v := st.shiftDelta(s, k)
	st.shift(s, k)
	an.both(from, int(c.arcBld[k]), v)
}

// trySwap exchanges two services of different buildings.
func (an *annealer) trySwap() {
	c, st := an.c, an.st
	s := int32(an.rng.IntN(c.nS))
	arcs := c.arcsOf(int(s))
	k := arcs[an.rng.IntN(len(arcs))]
	i, j := c.arcBld[st.arc[s]], c.arcBld[k]
	if i == j || !an.may(k) || len(st.occ[j]) == 0 {
		return
	}
	other := st.occ[j][an.rng.IntN(len(st.occ[j]))]
	back := int32(-1)
	for _, b := range c.arcsOf(int(other)) {
		if c.arcBld[b] == i {
			back = b
			break
		}
	}
	if back < 0 || !an.may(back) {
		return
	}
	st.begin()
	v := st.shiftDelta(s, k)
	st.shift(s, k)
	v += st.shiftDelta(other, back)
	st.shift(other, back)
	an.both(int(i), int(j), v)
}

func (an *annealer) tryAct(i int) {
	st := an.st
	m := st.mask(i) &^ (1 << (st.act[i] - an.c.actStart[i]))
	if m == 0 {
		return
	}
	n := an.rng.IntN(popcount(m))
	for ; n > 0; n-- {
		m &= m - 1
	}
	a := an.c.actStart[i] + int32(firstBit(m))
	if v := st.actDelta(i, a); an.accept(v) {
		st.setAct(i, a)
		an.cur += v
	}
}

// bySize sorts services by falling demand.
func (an *annealer) bySize(list []int32) []int32 {
	an.ids = append(an.ids[:0], list...)
	slices.SortFunc(an.ids, func(a, b int32) int {
		if d := an.c.demand[b] - an.c.demand[a]; d != 0 {
			return int(max(min(d, 1), -1))
		}
		return int(a - b)
	})
	return an.ids
}

// settle lets building i take its best action for what it holds now.
func (an *annealer) settle(i int) float64 {
	st := an.st
	a, v := st.bestAct(i, st.mask(i))
	if a >= 0 && a != st.act[i] && v < 0 {
		st.setAct(i, a)
		return v
	}
	return 0
}

// empty moves every service out of building i, each to its best other place.
func (an *annealer) empty(i int) (float64, bool) {
	c, st := an.c, an.st
	total := 0.0
	for _, s := range an.bySize(st.occ[i]) {
		best, delta := int32(-1), math.Inf(1)
		for _, k := range c.arcsOf(int(s)) {
			if int(c.arcBld[k]) == i || !st.holds(k) {
				continue
			}
			if v := st.shiftDelta(s, k); v < delta {
				best, delta = k, v
			}
		}
		if best < 0 {
			return 0, false
		}
		st.shift(s, best)
		total += delta
		j := int(c.arcBld[best])
		if st.full(j) {
			total += an.settle(j)
		}
	}
	return total, true
}

// tryClose empties a building and gives it whatever action then suits best.
func (an *annealer) tryClose(i int) {
	st := an.st
	if len(st.occ[i]) == 0 {
		return
	}
	st.begin()
	v, ok := an.empty(i)
	if ok {
		v += an.settle(i)
	}
	if !ok || !an.accept(v) {
		st.rollback()
		return
	}
	st.commit()
	an.cur += v
}

// tryOpen gives a building another action that can hold services, pulls in
// those that gain by it, and sometimes closes one of the buildings they left.
func (an *annealer) tryOpen(i int) {
	c, st := an.c, an.st
	if c.arcStart[i] == c.arcStart[i+1] {
		return
	}
	m := st.mask(i) &^ (1 << (st.act[i] - c.actStart[i]))
	var open uint64
	for r := m; r != 0; r &= r - 1 {
		if j := firstBit(r); c.actCap[c.actStart[i]+int32(j)] > 0 {
			open |= 1 << j
		}
	}
	if open == 0 {
		return
	}
	for n := an.rng.IntN(popcount(open)); n > 0; n-- {
		open &= open - 1
	}
	a := c.actStart[i] + int32(firstBit(open))
	st.begin()
	v := st.actDelta(i, a)
	st.setAct(i, a)
	from := -1
	n := int(c.arcStart[i+1] - c.arcStart[i])
	first := an.rng.IntN(n)
	for e := range n {
		k := c.arcStart[i] + int32((first+e)%n)
		s := c.arcSvc[k]
		if st.arc[s] == k || !st.holds(k) {
			continue
		}
		if d := st.shiftDelta(s, k); d < 0 {
			left := int(c.arcBld[st.arc[s]])
			st.shift(s, k)
			v += d
			if len(st.occ[left]) == 0 {
				v += an.settle(left)
			} else if from < 0 || an.rng.IntN(3) == 0 {
				from = left
			}
		}
	}
	if from < 0 {
		// Nothing gained by itself: try taking over a neighbour whole.
		k := c.arcStart[i] + int32(an.rng.IntN(n))
		from = int(c.arcBld[st.arc[c.arcSvc[k]]])
	}
	if from != i && len(st.occ[from]) > 0 && an.rng.IntN(2) == 0 {
		e, ok := an.empty(from)
		if ok {
			e += an.settle(from)
		}
		v += e
		if !ok {
			st.rollback()
			return
		}
	}
	if !an.accept(v) {
		st.rollback()
		return
	}
	st.commit()
	an.cur += v
}

// adapt raises the price of limits that stay broken and lowers it for the rest.
func (an *annealer) adapt() {
	c, st := an.c, an.st
	nudge := func(w *float64, broken bool) {
		if broken {
			*w = mul(*w, dearer)
		} else {
			*w = mul(*w, cheaper)
		}
	}
	over := false
	sides := false
	for i := range c.nB {
		over = over || st.full(i)
		sides = sides || min(st.side[1][i], st.side[2][i]) > 0
	}
	nudge(&st.wCap, over)
	nudge(&st.wSide, sides)
	for r := range st.wRow {
		nudge(&st.wRow[r], st.use[r] > c.limit[r])
	}
	nudge(&st.wAcc, c.hasAccess && st.acc > c.accLimit)
	an.reset()
}
