package optimise

import (
	"math/rand/v2"
	"slices"
	"sync"
)

// neighbours frees parts of the best plan, two at a time on two goroutines, and
// keeps what gets cheaper. It is for problems so large that what is found in one
// place seldom meets what is found in another.
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
			free := s.pick(s.st, dom, rng, int(s.size), used)
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

const (
	wideNodes    = 60 // spent on a region of all actions
	widePatience = 99 // most rounds between two of them
)

// trade frees the actions of all buildings, but only the services in the given
// ones: what a limit leaves can then move from any building to any other, which
// no cluster of neighbours allows.
func (s *solver) trade(st *state, dom *domain, free []int32) *region {
	mine := dom.clone()
	loose := map[int32]bool{}
	for _, i := range free {
		for _, v := range st.occ[i] {
			loose[v] = true
		}
	}
	all := make([]int32, s.c.nB)
	for i := range all {
		all[i] = int32(i)
	}
	for v := range s.c.nS {
		if loose[int32(v)] {
			continue
		}
		for _, k := range s.c.arcsOf(v) {
			mine.arc[k] = k == st.arc[v]
		}
		mine.cnt[v] = 1
	}
	return s.c.carve(st, mine, s.d.u, s.d.lam, all)
}

// pick frees buildings in one of three ways: a cluster of neighbours; two
// clusters far apart, which can trade budget; or a cluster around a building
// where the plan and the averaged plan of the bound disagree (after relaxation
// induced neighbourhoods, Danna, Rothberg and Le Pape 2005).
func (s *solver) pick(st *state, dom *domain, rng *rand.Rand, size int, used map[int32]bool) []int32 {
	switch kind := rng.IntN(4); {
	case kind == 0 && size >= 6:
		a := s.c.pick(st, dom, rng, s.seedBuilding(st, dom, rng, used), size/2, used)
		mark := map[int32]bool{}
		for i := range used {
			mark[i] = true
		}
		for _, i := range a {
			mark[i] = true
		}
		b := s.c.pick(st, dom, rng, s.seedBuilding(st, dom, rng, mark), size-size/2, mark)
		return slices.Sorted(slices.Values(append(a, b...)))
	case kind <= 2:
		first, most := int32(-1), 0.0
		for range 8 {
			i := s.seedBuilding(st, dom, rng, used)
			if i < 0 {
				continue
			}
			if v := 1.01 - s.d.y[st.act[i]]; v > most {
				first, most = i, v
			}
		}
		return s.c.pick(st, dom, rng, first, size, used)
	}
	return s.c.pick(st, dom, rng, s.seedBuilding(st, dom, rng, used), size, used)
}

// seedBuilding draws a building that could change, or −1.
func (s *solver) seedBuilding(st *state, dom *domain, rng *rand.Rand, used map[int32]bool) int32 {
	for range 20 {
		i := int32(rng.IntN(s.c.nB))
		if !used[i] && (popcount(dom.act[i]) > 1 || len(st.occ[i]) > 0) {
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
	if s.st.feasible() && s.offer(s.st.plan()) {
		return
	}
	s.st.set(s.best.act, s.best.arc)
}
