package optimise

import (
	"math"
	"math/rand/v2"
	"slices"
)

// region is the part of a plan set free in one step of a large-neighbourhood
// search (Shaw 1998): some buildings with everything in them. The rest of the
// plan stays, and lends only the room it has to spare.
type region struct {
	sub  *core
	dom  *domain
	u    []float64
	lam  []float64
	bld  []int32 // building of the core for each of the region
	svc  []int32
	act  []int32 // action of the core for each action of the region
	arc  []int32 // arc of the core for each arc of the region
	free int     // the first so many buildings are free
	cost int64   // what the present plan pays inside
}

// carve cuts out the region of the given free buildings.
func (c *core) carve(st *state, dom *domain, u, lam []float64, free []int32) *region {
	g := &region{free: len(free), lam: lam}
	at := make(map[int32]int32, 4*len(free)) // building → region building
	for _, i := range free {
		at[i] = int32(len(g.bld))
		g.bld = append(g.bld, i)
		g.svc = append(g.svc, st.occ[i]...)
	}
	slices.Sort(g.svc)
	inside := make(map[int32]int32, len(g.svc))
	for n, s := range g.svc {
		inside[s] = int32(n)
		for _, k := range c.arcsOf(int(s)) {
			i := c.arcBld[k]
			if _, ok := at[i]; !ok && g.lends(c, st, dom, k) {
				at[i] = int32(len(g.bld))
				g.bld = append(g.bld, i)
			}
		}
	}
	sub := &core{nB: len(g.bld), nS: len(g.svc), nR: c.nR, nK: c.nK, hasAccess: c.hasAccess, unit: c.unit, gcd: c.gcd, rows: c.rows}
	g.sub = sub
	g.limits(c, st)
	g.buildings(c, st, dom)
	for _, s := range g.svc {
		g.cost += c.arcCost[st.arc[s]]
		sub.demand = append(sub.demand, c.demand[s])
		sub.side = append(sub.side, c.side[s])
		sub.sess = append(sub.sess, c.needs(s)...)
		g.u = append(g.u, u[s])
	}
	sub.moves.init(c.nR)
	sub.arcStart = append(sub.arcStart, 0)
	for n, i := range g.bld {
		for k := c.arcStart[i]; k < c.arcStart[i+1]; k++ {
			s, ok := inside[c.arcSvc[k]]
			if !ok || !dom.arc[k] {
				continue
			}
			mask := c.arcMask[k] & dom.act[i]
			if n >= g.free {
				if !g.lends(c, st, dom, k) {
					continue
				}
				mask = 1
			}
			if mask == 0 {
				continue
			}
			g.arc = append(g.arc, k)
			sub.arcSvc = append(sub.arcSvc, s)
			sub.arcBld = append(sub.arcBld, int32(n))
			sub.arcCost = append(sub.arcCost, c.arcCost[k])
			sub.arcAcc = append(sub.arcAcc, c.arcAcc[k])
			sub.arcMask = append(sub.arcMask, mask)
			sub.moves.add(c.moves.copyOf(k)...)
		}
		sub.arcStart = append(sub.arcStart, int32(len(sub.arcSvc)))
	}
	sub.index()
	sub.group()
	for i := range sub.nB {
		sub.base += sub.actCost[sub.actStart[i]]
	}
	for s := range sub.nS {
		if arcs := sub.arcsOf(s); len(arcs) > 0 {
			sub.base += sub.arcCost[arcs[0]]
		}
	}
	g.dom = sub.full()
	for n := range g.free {
		g.dom.act[n] = dom.act[g.bld[n]]
	}
	return g
}

// lends says whether the building of arc k, outside the region, has room for
// the arc's service as it stands.
func (g *region) lends(c *core, st *state, dom *domain, k int32) bool {
	i, s := c.arcBld[k], c.arcSvc[k]
	if !dom.arc[k] || !st.holds(k) || st.load[i]+c.demand[s] > c.actCap[st.act[i]] {
		return false
	}
	if c.nK > 0 && st.crowding(int(i), s, 1) > 0 {
		return false
	}
	return c.side[s] == 0 || st.side[3-c.side[s]][i] == 0
}

// limits leaves the region what the rest of the plan does not use.
func (g *region) limits(c *core, st *state) {
	sub := g.sub
	sub.limit = make([]int64, c.nR)
	for r := range sub.limit {
		sub.limit[r] = c.limit[r] - st.use[r]
	}
	for n := range g.free {
		a := st.act[g.bld[n]]
		for e := c.useStart[a]; e < c.useStart[a+1]; e++ {
			sub.limit[c.useRow[e]] += c.useAmt[e]
		}
	}
	sub.accLimit = c.accLimit - st.acc
	for _, s := range g.svc {
		sub.accLimit += c.arcAcc[st.arc[s]]
		c.moves.addTo(sub.limit, st.arc[s], 1)
	}
}

func (g *region) buildings(c *core, st *state, dom *domain) {
	sub := g.sub
	sub.actStart, sub.useStart = append(sub.actStart, 0), append(sub.useStart, 0)
	for n, i := range g.bld {
		if n >= g.free {
			g.act = append(g.act, st.act[i])
			sub.actCost = append(sub.actCost, 0)
			sub.actCap = append(sub.actCap, c.actCap[st.act[i]]-st.load[i])
			for k, room := range c.offers(st.act[i]) {
				sub.room = append(sub.room, room-st.sess[int(i)*c.nK+k])
			}
			sub.useStart = append(sub.useStart, int32(len(sub.useRow)))
		} else {
			g.cost += c.actCost[st.act[i]]
			for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
				g.act = append(g.act, a)
				sub.actCost = append(sub.actCost, c.actCost[a])
				sub.actCap = append(sub.actCap, c.actCap[a])
				sub.room = append(sub.room, c.offers(a)...)
				sub.useRow = append(sub.useRow, c.useRow[c.useStart[a]:c.useStart[a+1]]...)
				sub.useAmt = append(sub.useAmt, c.useAmt[c.useStart[a]:c.useStart[a+1]]...)
				sub.useStart = append(sub.useStart, int32(len(sub.useRow)))
			}
		}
		sub.actStart = append(sub.actStart, int32(len(sub.actCost)))
	}
	sub.nA = len(sub.actCost)
}

// apply puts a plan of the region into a plan of the core.
func (g *region) apply(f *found, act, arc []int32) {
	for n := range g.free {
		act[g.bld[n]] = g.act[f.act[n]]
	}
	for n, s := range g.svc {
		arc[s] = g.arc[f.arc[n]]
	}
}

// regionResult is what solving a region gave.
type regionResult struct {
	plan   *found
	proven bool // nothing better exists in the region
	work   int64
}

// solve looks for a cheaper plan inside the region, by branch and bound cut off
// after some nodes.
func (g *region) solve(nodes int64, seed uint64, halt func() bool) regionResult {
	r := g.open(nodes, seed, halt)
	for !r.over {
		r.more(math.MaxInt64)
	}
	return r.regionResult
}

// inquiry is a branch and bound of a region under way.
type inquiry struct {
	regionResult
	g     *region
	t     *tree
	nodes int64
	over  bool
}

// open bounds the region and begins its tree.
func (g *region) open(nodes int64, seed uint64, halt func() bool) *inquiry {
	r := &inquiry{g: g, nodes: nodes, over: true}
	r.proven = true
	sub := g.sub
	if !sub.propagate(g.dom) {
		return r
	}
	d := newDual(sub, &r.work)
	d.par = false
	d.halt = halt
	copy(d.u, g.u)
	copy(d.lam, g.lam)
	bound := d.run(g.dom, float64(g.cost), steps{most: 120, factor: 0.5, least: 0.01, patience: 8})
	if sub.roundUp(bound) >= float64(g.cost) {
		return r
	}
	if d.chooseHard(g.dom) {
		bound = max(bound, d.run(g.dom, float64(g.cost), steps{most: 60, factor: 0.3, least: 0.01, patience: 8}))
		if sub.roundUp(bound) >= float64(g.cost) {
			return r
		}
	}
	t := newTree(sub, g.dom, d.u, d.lam, bound, g.cost, 1, d.hard.row, nil, halt)
	t.fixedOrder = true
	t.steps = steps{most: 40, factor: 0.3, least: 0.03, patience: 5}
	t.trial.most = 0
	t.open.deep = true
	t.moves = 30
	t.seed = seed
	r.t, r.over, r.proven = t, false, false
	return r
}

// more opens nodes until so much work is done, or none are left or allowed.
func (r *inquiry) more(quota int64) (did int64) {
	t := r.t
	halt := t.duals[0].halt
	for did < quota && !r.over {
		w := t.one()
		did += w
		r.over = w == 0 || t.nodes >= r.nodes || halt != nil && halt()
	}
	r.work += did
	r.plan = t.found
	r.proven = t.done()
	return did
}

// pick chooses the free buildings of a region: a first one and those that share
// most services with what is chosen already.
func (c *core) pick(st *state, dom *domain, rng *rand.Rand, first int32, size int, used map[int32]bool) []int32 {
	if first < 0 {
		return nil
	}
	free := []int32{first}
	score := map[int32]float64{}
	chosen := map[int32]bool{first: true}
	look := func(i int32) {
		for k := c.arcStart[i]; k < c.arcStart[i+1]; k++ {
			if !dom.arc[k] {
				continue
			}
			s := c.arcSvc[k]
			w := 1.0
			if st.arc[s] == k {
				w = 3
			}
			for _, b := range c.arcsOf(int(s)) {
				if j := c.arcBld[b]; dom.arc[b] && !chosen[j] && !used[j] {
					v := w
					if st.arc[s] == b {
						v *= 2
					}
					score[j] += v
				}
			}
		}
	}
	look(first)
	for len(free) < size && len(score) > 0 {
		best, top := int32(-1), -1.0
		for _, j := range sortedKeys(score) {
			if v := mul(score[j], 0.3+rng.Float64()); v > top {
				best, top = j, v
			}
		}
		delete(score, best)
		chosen[best] = true
		if popcount(dom.act[best]) < 2 && len(st.occ[best]) == 0 {
			continue
		}
		free = append(free, best)
		look(best)
	}
	slices.Sort(free)
	return free
}
