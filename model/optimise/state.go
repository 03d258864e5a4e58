package optimise

import "math"

// state is a plan under construction. Every service sits in a building whose
// action can hold it; capacity, rows, access and must-not-share may be broken,
// at a price per unit, so that a search can cross what is not allowed.
type state struct {
	c   *core
	dom *domain

	act  []int32 // action of each building
	arc  []int32 // arc of each service
	load []int64
	sess []int64    // space used in each building and session
	side [3][]int32 // services of each conflict side, by building
	use  []int64
	acc  int64
	cost int64

	occ [][]int32 // services in each building
	pos []int32   // place of each service in occ

	wCap, wSide, wAcc float64
	wRow              []float64

	log     []undo
	logging bool
	aScr    []int64
}

// undo is one step back: an action when service is negative.
type undo struct {
	service, old int32
}

func newState(c *core, dom *domain) *state {
	st := &state{
		c: c, dom: dom, act: make([]int32, c.nB), arc: make([]int32, c.nS), load: make([]int64, c.nB),
		sess: make([]int64, c.nB*c.nK),
		use:  make([]int64, c.nR), occ: make([][]int32, c.nB), pos: make([]int32, c.nS),
		wRow: make([]float64, c.nR), aScr: make([]int64, c.nR),
	}
	for s := range st.side {
		st.side[s] = make([]int32, c.nB)
	}
	return st
}

// clear empties every building and sets the given actions.
func (st *state) clear(act []int32) {
	c := st.c
	copy(st.act, act)
	st.cost, st.acc = 0, 0
	clear(st.load)
	clear(st.sess)
	clear(st.use)
	for s := range st.side {
		clear(st.side[s])
	}
	for i, a := range st.act {
		st.occ[i] = st.occ[i][:0]
		st.cost += c.actCost[a]
		for e := c.useStart[a]; e < c.useStart[a+1]; e++ {
			st.use[c.useRow[e]] += c.useAmt[e]
		}
	}
	for s := range st.arc {
		st.arc[s] = -1
	}
	st.log = st.log[:0]
}

// set takes over a whole plan.
func (st *state) set(act, arc []int32) {
	st.clear(act)
	for s, k := range arc {
		if k >= 0 {
			st.put(int32(s), k)
		}
	}
}

func (st *state) put(s, k int32) {
	c := st.c
	i := c.arcBld[k]
	st.arc[s] = k
	st.load[i] += c.demand[s]
	for n, v := range c.needs(s) {
		st.sess[int(i)*c.nK+n] += v
	}
	st.side[c.side[s]][i]++
	st.cost += c.arcCost[k]
	st.acc += c.arcAcc[k]
	c.moves.addTo(st.use, k, 1)
	st.pos[s] = int32(len(st.occ[i]))
	st.occ[i] = append(st.occ[i], s)
}

func (st *state) take(s int32) {
	c := st.c
	k := st.arc[s]
	i := c.arcBld[k]
	st.arc[s] = -1
	st.load[i] -= c.demand[s]
	for n, v := range c.needs(s) {
		st.sess[int(i)*c.nK+n] -= v
	}
	st.side[c.side[s]][i]--
	st.cost -= c.arcCost[k]
	st.acc -= c.arcAcc[k]
	c.moves.addTo(st.use, k, -1)
	last := len(st.occ[i]) - 1
	moved := st.occ[i][last]
	st.occ[i][st.pos[s]] = moved
	st.pos[moved] = st.pos[s]
	st.occ[i] = st.occ[i][:last]
}

// penalty recomputes the price of all broken limits.
func (st *state) penalty() float64 {
	v := 0.0
	for i := range st.c.nB {
		v += st.penBuilding(i)
	}
	for r := range st.use {
		v += st.penRow(r, st.use[r])
	}
	return v + st.penAccess(st.acc)
}

func (st *state) penBuilding(i int) float64 {
	v := st.penLoad(i, st.load[i]) + st.penSession(st.crowded(i, st.act[i]))
	if n := min(st.side[1][i], st.side[2][i]); n > 0 {
		v += mul(st.wSide, float64(n))
	}
	return v
}

// crowded is the space missing over all sessions of building i under action a.
func (st *state) crowded(i int, a int32) int64 {
	if st.c.nK == 0 {
		return 0
	}
	var over int64
	used := st.sess[i*st.c.nK : (i+1)*st.c.nK]
	for n, room := range st.c.offers(a) {
		over += max(0, used[n]-room)
	}
	return over
}

// crowding is how crowded changes when service s comes (sign 1) or goes (−1).
func (st *state) crowding(i int, s int32, sign int64) int64 {
	if st.c.nK == 0 {
		return 0
	}
	var change int64
	used := st.sess[i*st.c.nK : (i+1)*st.c.nK]
	offers := st.c.offers(st.act[i])
	for n, v := range st.c.needs(s) {
		change += max(0, used[n]+sign*v-offers[n]) - max(0, used[n]-offers[n])
	}
	return change
}

// penSession is the price of space missing in sessions, which unlike loads is
// not divided by the common unit.
func (st *state) penSession(over int64) float64 {
	return mul(st.wCap, float64(over)/float64(st.c.unit))
}

// full says whether building i is over its capacity, throughout or in a session.
func (st *state) full(i int) bool {
	return st.load[i] > st.c.actCap[st.act[i]] ||
		st.c.nK > 0 && exceeds(st.sess[i*st.c.nK:(i+1)*st.c.nK], st.c.offers(st.act[i]))
}

func (st *state) penLoad(i int, load int64) float64 {
	if over := load - st.c.actCap[st.act[i]]; over > 0 {
		return mul(st.wCap, float64(over))
	}
	return 0
}

func (st *state) penRow(r int, use int64) float64 {
	if over := use - st.c.limit[r]; over > 0 {
		return mul(st.wRow[r], float64(over))
	}
	return 0
}

func (st *state) penAccess(acc int64) float64 {
	if over := acc - st.c.accLimit; st.c.hasAccess && over > 0 {
		return mul(st.wAcc, float64(over))
	}
	return 0
}

// feasible says whether every limit holds, whatever the prices.
func (st *state) feasible() bool {
	c := st.c
	for s := range st.arc {
		if st.arc[s] < 0 {
			return false
		}
	}
	for i := range c.nB {
		if st.full(i) || min(st.side[1][i], st.side[2][i]) > 0 {
			return false
		}
	}
	for r := range st.use {
		if st.use[r] > c.limit[r] {
			return false
		}
	}
	return !c.hasAccess || st.acc <= c.accLimit
}

// holds says whether the building's present action can hold the arc's service.
func (st *state) holds(k int32) bool {
	i := st.c.arcBld[k]
	return st.dom.arc[k] && st.c.arcMask[k]&(1<<(st.act[i]-st.c.actStart[i])) != 0
}

// shiftDelta is the change in cost and penalty of moving service s to arc k.
func (st *state) shiftDelta(s, k int32) float64 {
	c := st.c
	old := st.arc[s]
	i, j := int(c.arcBld[old]), int(c.arcBld[k])
	d := c.demand[s]
	v := float64(c.arcCost[k] - c.arcCost[old])
	v += st.penLoad(i, st.load[i]-d) - st.penLoad(i, st.load[i])
	v += st.penLoad(j, st.load[j]+d) - st.penLoad(j, st.load[j])
	if c.nK > 0 {
		v += st.penSession(st.crowding(i, s, -1) + st.crowding(j, s, 1))
	}
	if c.hasAccess {
		v += st.penAccess(st.acc+c.arcAcc[k]-c.arcAcc[old]) - st.penAccess(st.acc)
	}
	v += st.moveDelta(old, k)
	if sd := c.side[s]; sd != 0 {
		other := 3 - sd
		if st.side[sd][i] <= st.side[other][i] {
			v -= st.wSide
		}
		if st.side[sd][j] < st.side[other][j] {
			v += st.wSide
		}
	}
	return v
}

// shift moves service s to arc k.
func (st *state) shift(s, k int32) {
	if st.logging {
		st.log = append(st.log, undo{s, st.arc[s]})
	}
	st.take(s)
	st.put(s, k)
}

// actDelta is the change in cost and penalty when building i takes action a.
func (st *state) actDelta(i int, a int32) float64 {
	c := st.c
	old := st.act[i]
	v := float64(c.actCost[a] - c.actCost[old])
	over := max(0, st.load[i]-c.actCap[a]) - max(0, st.load[i]-c.actCap[old])
	v += mul(st.wCap, float64(over))
	if c.nK > 0 {
		v += st.penSession(st.crowded(i, a) - st.crowded(i, old))
	}
	if c.nR > 0 {
		clear(st.aScr)
		for e := c.useStart[a]; e < c.useStart[a+1]; e++ {
			st.aScr[c.useRow[e]] += c.useAmt[e]
		}
		for e := c.useStart[old]; e < c.useStart[old+1]; e++ {
			st.aScr[c.useRow[e]] -= c.useAmt[e]
		}
		for r, n := range st.aScr {
			if n != 0 {
				v += st.penRow(r, st.use[r]+n) - st.penRow(r, st.use[r])
			}
		}
	}
	return v
}

// setAct gives building i the action a.
func (st *state) setAct(i int, a int32) {
	c := st.c
	old := st.act[i]
	if st.logging {
		st.log = append(st.log, undo{-1 - int32(i), old})
	}
	st.act[i] = a
	st.cost += c.actCost[a] - c.actCost[old]
	for e := c.useStart[a]; e < c.useStart[a+1]; e++ {
		st.use[c.useRow[e]] += c.useAmt[e]
	}
	for e := c.useStart[old]; e < c.useStart[old+1]; e++ {
		st.use[c.useRow[e]] -= c.useAmt[e]
	}
}

// begin starts a compound move that rollback can undo.
func (st *state) begin() {
	st.log, st.logging = st.log[:0], true
}

func (st *state) commit() { st.logging = false }

func (st *state) rollback() {
	st.logging = false
	for j := len(st.log) - 1; j >= 0; j-- {
		u := st.log[j]
		if u.service < 0 {
			st.setAct(int(-1-u.service), u.old)
			continue
		}
		st.take(u.service)
		st.put(u.service, u.old)
	}
}

// mask is the set of local actions of building i that can hold all its services.
func (st *state) mask(i int) uint64 {
	m := st.dom.act[i]
	for _, s := range st.occ[i] {
		m &= st.c.arcMask[st.arc[s]]
	}
	return m
}

// bestAct returns the action for building i with the least change.
func (st *state) bestAct(i int, among uint64) (int32, float64) {
	best, delta := int32(-1), math.Inf(1)
	for m := among; m != 0; m &= m - 1 {
		a := st.c.actStart[i] + int32(firstBit(m))
		if a == st.act[i] {
			if 0 < delta {
				best, delta = a, 0
			}
			continue
		}
		if v := st.actDelta(i, a); v < delta {
			best, delta = a, v
		}
	}
	return best, delta
}

// plan copies the state.
func (st *state) plan() *found {
	return &found{cost: st.cost, act: append([]int32(nil), st.act...), arc: append([]int32(nil), st.arc...)}
}

// within says whether the plan uses only what the domain allows.
func (st *state) within(dom *domain) bool {
	for i, a := range st.act {
		if dom.act[i]&(1<<(a-st.c.actStart[i])) == 0 {
			return false
		}
	}
	for _, k := range st.arc {
		if !dom.arc[k] {
			return false
		}
	}
	return true
}
