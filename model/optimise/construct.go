package optimise

import (
	"math"
	"slices"
)

// construct builds a plan from the averaged plan of the bound: every building
// takes its likeliest action, every service the likeliest place that still has
// room, large services first; where none has, the least bad place is opened or
// overfilled and the search repairs it. It reports false when some service
// found no place at all, which the search cannot repair.
func (st *state) construct(y, x []float64, rank func(s int) float64) bool {
	c := st.c
	act := make([]int32, c.nB)
	for i := range c.nB {
		best, top := int32(-1), math.Inf(-1)
		for m := st.dom.act[i]; m != 0; m &= m - 1 {
			a := c.actStart[i] + int32(firstBit(m))
			if v := y[a] - mul(1e-12, float64(a-c.actStart[i])); v > top {
				best, top = a, v
			}
		}
		if best < 0 {
			return false
		}
		act[i] = best
	}
	st.clear(act)
	order := make([]int32, c.nS)
	for s := range order {
		order[s] = int32(s)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		va, vb := rank(int(a)), rank(int(b))
		switch {
		case va > vb:
			return -1
		case va < vb:
			return 1
		}
		return 0
	})
	all := true
	for _, s := range order {
		all = st.place(s, x) && all
	}
	return all
}

// place puts an unplaced service where it does best.
func (st *state) place(s int32, x []float64) bool {
	c := st.c
	best, act, least := int32(-1), int32(-1), math.Inf(1)
	for _, k := range c.arcsOf(int(s)) {
		if !st.dom.arc[k] {
			continue
		}
		i := int(c.arcBld[k])
		d := c.demand[s]
		v := float64(c.arcCost[k])
		if x != nil {
			v -= mul(x[k], mul(st.wCap, float64(d)+1))
		}
		if c.hasAccess {
			v += st.penAccess(st.acc+c.arcAcc[k]) - st.penAccess(st.acc)
		}
		v += st.moveDelta(-1, k)
		if sd := c.side[s]; sd != 0 && st.side[3-sd][i] > st.side[sd][i] {
			v += st.wSide
		}
		if st.holds(k) {
			v += st.penLoad(i, st.load[i]+d) - st.penLoad(i, st.load[i])
			v += st.penSession(st.crowding(i, s, 1))
			if v < least {
				best, act, least = k, st.act[i], v
			}
		}
		if !st.holds(k) || st.load[i]+d > c.actCap[st.act[i]] || st.crowding(i, s, 1) > 0 {
			// Another action may hold it.
			for m := st.mask(i) & c.arcMask[k]; m != 0; m &= m - 1 {
				a := c.actStart[i] + int32(firstBit(m))
				over := max(0, st.load[i]+d-c.actCap[a]) - max(0, st.load[i]-c.actCap[a])
				w := v + st.actDelta(i, a) + mul(st.wCap, float64(over))
				if w < least {
					best, act, least = k, a, w
				}
			}
		}
	}
	if best < 0 {
		return false
	}
	if i := int(c.arcBld[best]); st.act[i] != act {
		st.setAct(i, act)
	}
	st.put(s, best)
	return true
}
