package optimise

import (
	"math/rand/v2"
	"slices"
)

// detour is a second plan that the neighbourhoods work on when the best one no
// longer gets cheaper. Its largest buildings are held at actions drawn from the
// averaged plan of the bound; the rest is planned anew around them, and then all
// is set free again. Small neighbourhoods cannot do that: what a large building
// holds must move to many others at once.
type detour struct {
	plan  *found
	held  *domain // the large buildings at what was drawn; nil once set free
	calm  int     // turns without a gain
	turns int
}

const (
	detourAfter     = 10  // turns without a gain of the best plan before the first
	detourCalm      = 2   // without a gain of its own before its buildings are set free or it ends
	detourTurns     = 16  // longest
	detourBuildings = 150 // beyond which planning anew takes too long
	detourGap       = 0.002
	detourGiants    = 8    // one in so many buildings is held
	detourFar       = 0.03 // above the best plan, where it is given up
)

// strays says whether the next turn of the neighbourhoods is the second plan's:
// every other turn, while the best plan does not get cheaper.
func (s *solver) strays() bool {
	return s.still >= detourAfter && s.still%2 == 1 && s.c.nB <= detourBuildings && s.c.nS > 0 &&
		gapOf(float64(s.best.cost), s.bound) > detourGap
}

// search gives the neighbourhoods one turn, on the best plan or on a second one.
func (s *solver) search(rounds int) (total int64, ok bool) {
	before := s.best.cost
	if !s.strays() {
		total, ok = s.neighbours(&s.best, nil, rounds)
	} else if s.away == nil {
		total, ok = s.depart()
	} else {
		total, ok = s.wander(rounds)
	}
	s.still++
	if s.best.cost < before {
		s.still = 0
	}
	return total, ok
}

// wander gives the second plan one turn.
func (s *solver) wander(rounds int) (total int64, ok bool) {
	w := s.away
	before := w.plan.cost
	size, effort := s.size, s.effort
	total, ok = s.neighbours(&w.plan, w.held, rounds)
	s.size, s.effort = size, effort
	w.turns++
	w.calm++
	if w.plan.cost < before {
		w.calm = 0
	}
	far := float64(w.plan.cost-s.best.cost) > mul(detourFar, abs(float64(s.best.cost)))
	switch {
	case w.plan.cost <= s.best.cost && w.held == nil, w.turns >= detourTurns, w.calm >= detourCalm && (far || w.held == nil):
		s.away = nil
	case w.calm >= detourCalm:
		w.held, w.calm = nil, 0
	}
	return total, ok
}

// depart begins a second plan.
func (s *solver) depart() (int64, bool) {
	if t := s.tree; t != nil && t.spare != nil && s.d.cuts != nil {
		s.away, t.spare = &detour{plan: t.spare}, nil
		return 1, s.step(1)
	}
	rng := rand.New(rand.NewPCG(s.opt.Seed, 1<<40+s.round))
	s.round++
	held := s.hold(rng)
	work := int64(s.c.nB)
	if held == nil || !s.c.propagate(held) {
		return work, s.step(work)
	}
	an := newAnnealer(s.c, held, s.opt.Seed, 1<<41+s.round)
	an.halt = s.halted
	an.weigh(s.d.u, s.d.lam, 2)
	if !an.st.construct(s.d.y, s.d.x, func(n int) float64 { return float64(s.c.demand[n]) }) {
		return work, s.step(work)
	}
	an.reset()
	an.note()
	moves := 100 * (s.c.nS + s.c.nB/4)
	temp := mul(0.05, abs(s.d.best)) / float64(s.c.nS+1)
	for n := 0; n < 4 || n < 8 && an.best == nil; n++ {
		an.run(moves, temp, mul(temp, 0.02))
		an.adapt()
		if s.halted() {
			return work, false
		}
		work += int64(moves / 8)
	}
	if an.best != nil {
		s.away = &detour{plan: an.best, held: held}
		s.offer(an.best)
	}
	return work, s.step(work)
}

// hold draws what the largest buildings are held at: half of them as in the best
// plan, the others as likely as the averaged plan of the bound has it. It is nil
// when nothing differs from the best plan.
func (s *solver) hold(rng *rand.Rand) *domain {
	c := s.c
	held := s.root.clone()
	most := func(i int) int64 {
		top := int64(0)
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			top = max(top, c.actCap[a])
		}
		return top
	}
	var giants []int
	for i := range c.nB {
		if popcount(s.root.act[i]) > 1 {
			giants = append(giants, i)
		}
	}
	slices.SortStableFunc(giants, func(a, b int) int { return int(max(-1, min(1, most(b)-most(a)))) })
	giants = giants[:min(len(giants), max(2, c.nB/detourGiants))]
	other := false
	for _, i := range giants {
		a := s.best.act[i]
		if rng.IntN(2) == 0 {
			a = s.draw(rng, i)
		}
		other = other || a != s.best.act[i]
		held.act[i] = 1 << (a - c.actStart[i])
	}
	if !other {
		return nil
	}
	return held
}

// draw draws an action of building i, none of them impossible.
func (s *solver) draw(rng *rand.Rand, i int) int32 {
	c := s.c
	const least = 0.05
	sum := 0.0
	for m := s.root.act[i]; m != 0; m &= m - 1 {
		sum += s.d.y[c.actStart[i]+int32(firstBit(m))] + least
	}
	at := mul(sum, rng.Float64())
	last := s.best.act[i]
	for m := s.root.act[i]; m != 0; m &= m - 1 {
		last = c.actStart[i] + int32(firstBit(m))
		if at -= s.d.y[last] + least; at < 0 {
			break
		}
	}
	return last
}
