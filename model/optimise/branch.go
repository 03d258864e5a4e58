package optimise

import "container/heap"

// tree is a branch and bound on the Lagrangian bound. Two nodes are worked on at
// a time whatever the machine (see crew), so the order of work, and with it the
// plan, is the same everywhere: both workers take the node with the least bound,
// and now and then the first follows its likelier child down, which finds plans.
// Each node tightens its domain by fixing and propagation, then splits on the most
// undecided building, and when all buildings are decided on the most undecided
// service.
type tree struct {
	c          *core
	open       nodeHeap
	duals      [2]*dual
	works      [2]int64
	ceiling    int64 // cost of the best plan known; only cheaper ones matter
	found      *found
	views      []*view  // of nodes, the newest last, until somebody takes them
	seen       [2]*view // by each worker at its node
	nodes      int64
	fixedOrder bool  // deep throughout
	dives      int64 // of every so many nodes, those at which one worker follows its likelier child down
	dive       *node // that child
	seed       uint64
	moves      int // of repair at a node, per service
	steps      steps
	trial      steps // of strong branching
	width      int   // choices tried
	lists      [2][]choice
}

// How often one worker follows its likelier child down, see tree.dives. That finds
// plans; the other nodes raise the bound, which is worth more once inequalities
// guide what is built at every node.
const (
	always = 256
	seldom = 32
)

// view is the averaged plan of a node: nearer to a good plan than that of the first
// one, and each another.
type view struct {
	y, x []float64
}

const (
	viewEvery = 3 // nodes
	viewsKept = 6
)

// found is a plan in core terms.
type found struct {
	cost int64
	act  []int32 // action of each building
	arc  []int32 // arc of each service
}

type node struct {
	dom    *domain
	u, lam []float64
	bound  float64
	depth  int
	id     int64
}

// nodeHeap orders open nodes by bound, or newest first when deep is set.
type nodeHeap struct {
	list []*node
	deep bool
}

func (h *nodeHeap) Len() int { return len(h.list) }
func (h *nodeHeap) Less(i, j int) bool {
	a, b := h.list[i], h.list[j]
	if !h.deep && a.bound != b.bound {
		return a.bound < b.bound
	}
	return a.id > b.id
}
func (h *nodeHeap) Swap(i, j int) { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *nodeHeap) Push(x any)    { h.list = append(h.list, x.(*node)) }
func (h *nodeHeap) Pop() any {
	last := len(h.list) - 1
	n := h.list[last]
	h.list[last] = nil
	h.list = h.list[:last]
	return n
}

func newTree(c *core, dom *domain, u, lam []float64, bound float64, ceiling int64, workers, hard int, f *cutSet, halt func() bool) *tree {
	t := &tree{c: c, ceiling: ceiling, steps: steps{most: 60, factor: 0.3, least: 0.02, patience: 6},
		trial: steps{most: 12, factor: 0.2, least: 0.02, patience: 4}, width: 8}
	for w := range workers {
		t.duals[w] = newDual(c, &t.works[w])
		t.duals[w].par = false
		t.duals[w].hard.row = hard
		t.duals[w].lean(f)
		t.duals[w].halt = halt
	}
	t.push(&node{dom: dom, u: append([]float64(nil), u...), lam: append([]float64(nil), lam...), bound: bound})
	return t
}

func (t *tree) push(n *node) {
	t.nodes++
	n.id = t.nodes
	heap.Push(&t.open, n)
	// Keep the open nodes within memory: when there are too many, finish the
	// newest first, which opens few.
	if !t.fixedOrder {
		each := len(n.dom.arc) + 8*len(n.dom.act) + 12*len(n.u) + 200
		full := len(t.open.list)*each > treeMemory
		if full != t.open.deep && (full || len(t.open.list)*each < treeMemory/2) {
			t.open.deep = full
			heap.Init(&t.open)
		}
	}
}

const treeMemory = 400 << 20

// bound is proven for every plan of the tree.
func (t *tree) bound() float64 {
	b := float64(t.ceiling)
	if t.dive != nil {
		b = min(b, t.dive.bound)
	}
	if t.open.deep {
		for _, n := range t.open.list {
			b = min(b, n.bound)
		}
	} else if len(t.open.list) > 0 {
		b = min(b, t.open.list[0].bound)
	}
	return b
}

// done says that nothing is left to look at.
func (t *tree) done() bool { return len(t.open.list) == 0 && t.dive == nil }

// next takes the most promising node that may hold a plan cheaper than the best; the
// first worker first follows its likelier child down. Nil when there is none.
func (t *tree) next(worker int) *node {
	if n := t.dive; n != nil && worker == 0 {
		t.dive = nil
		if t.c.roundUp(n.bound) < float64(t.ceiling) {
			return n
		}
	}
	for len(t.open.list) > 0 {
		if n := heap.Pop(&t.open).(*node); t.c.roundUp(n.bound) < float64(t.ceiling) {
			return n
		}
	}
	return nil
}

// take takes what a worker made of a node.
func (t *tree) take(worker int, kids []*node, plan *found) {
	if v := t.seen[worker]; v != nil {
		t.views = append(t.views, v)
		t.views = t.views[max(0, len(t.views)-viewsKept):]
		t.seen[worker] = nil
	}
	if plan != nil && plan.cost < t.ceiling {
		t.ceiling, t.found = plan.cost, plan
	}
	// The likelier side last, so that it is the newest.
	for j := len(kids) - 1; j >= 0; j-- {
		if j == 0 && worker == 0 && t.nodes%always < t.dives {
			t.nodes++
			t.dive, kids[j].id = kids[j], t.nodes
			continue
		}
		t.push(kids[j])
	}
}

// one works on one node, alone, and returns the work done; nought when none is left.
func (t *tree) one() int64 {
	n := t.next(0)
	if n == nil {
		return 0
	}
	t.works[0] = 0
	kids, plan := t.expand(t.duals[0], n, t.ceiling)
	t.take(0, kids, plan)
	return max(1, t.works[0]) // a node that is impossible at once takes none, and is no end
}

// expand bounds a node and returns its children, and a plan when the inner
// solution happens to be one.
func (t *tree) expand(d *dual, n *node, ceiling int64) ([]*node, *found) {
	c, dom := t.c, n.dom
	copy(d.u, n.u)
	copy(d.lam, n.lam)
	var plan *found
	bound := n.bound
	for pass := 0; ; pass++ {
		if !c.propagate(dom) {
			return nil, plan
		}
		bound = max(bound, d.run(dom, float64(ceiling), t.steps))
		if c.roundUp(bound) >= float64(ceiling) {
			return nil, plan
		}
		if p := d.plan(&d.top, dom); p != nil && p.cost < ceiling {
			plan, ceiling = p, p.cost
			if c.roundUp(bound) >= float64(ceiling) {
				return nil, plan
			}
		}
		if d.halt != nil && d.halt() {
			return nil, nil
		}
		b, changed := d.fix(dom, ceiling)
		bound = max(bound, b)
		if c.roundUp(bound) >= float64(ceiling) {
			return nil, plan
		}
		if !changed || pass >= 2 {
			if changed && !c.propagate(dom) {
				return nil, plan
			}
			break
		}
	}
	if p := t.repair(d, n, ceiling); p != nil {
		plan, ceiling = p, p.cost
		if c.roundUp(bound) >= float64(ceiling) {
			return nil, plan
		}
	}
	kids := t.split(d, n, ceiling)
	for _, k := range kids {
		k.bound, k.depth = max(bound, k.bound), n.depth+1
		k.u, k.lam = append([]float64(nil), d.u...), append([]float64(nil), d.lam...)
	}
	return kids, plan
}

// repair builds a plan from the averaged plan of a node and anneals it briefly.
func (t *tree) repair(d *dual, n *node, ceiling int64) *found {
	if t.moves == 0 || t.c.nS == 0 {
		return nil
	}
	if n.id%viewEvery == 0 {
		t.seen[t.worker(d)] = &view{append([]float64(nil), d.y...), append([]float64(nil), d.x...)}
	}
	an := newAnnealer(t.c, n.dom, t.seed, uint64(n.id))
	an.halt = d.halt
	an.weigh(d.u, d.lam, 1.5)
	if !an.st.construct(d.y, d.x, func(s int) float64 { return float64(t.c.demand[s]) }) {
		return nil
	}
	an.reset()
	an.note()
	hot := mul(0.05, an.scale)
	for range 2 {
		an.run(t.moves*t.c.nS, hot, mul(hot, 0.02))
		an.adapt()
		hot *= 0.3
	}
	d.did(t.moves * t.c.nS / movesWork)
	if an.best == nil || an.best.cost >= ceiling {
		return nil
	}
	return an.best
}

// plan turns an inner solution into a plan when it keeps every priced row.
func (d *dual) plan(e *evaluation, dom *domain) *found {
	c := d.c
	f := &found{arc: make([]int32, c.nS), act: make([]int32, c.nB)}
	for s := range f.arc {
		f.arc[s] = -1
	}
	var access int64
	use := make([]int64, c.nR)
	for _, k := range e.sel {
		if f.arc[c.arcSvc[k]] >= 0 {
			return nil
		}
		f.arc[c.arcSvc[k]] = k
		f.cost += c.arcCost[k]
		access += c.arcAcc[k]
		c.moves.addTo(use, k, 1)
	}
	for s := range f.arc {
		if f.arc[s] < 0 {
			return nil
		}
	}
	if c.hasAccess && access > c.accLimit {
		return nil
	}
	var full []int64
	if c.nK > 0 {
		full = make([]int64, c.nB*c.nK)
		for s, k := range f.arc {
			at := int(c.arcBld[k]) * c.nK
			for n, v := range c.needs(int32(s)) {
				full[at+n] += v
			}
		}
	}
	for i, a := range e.act {
		f.act[i] = a
		if c.nK > 0 && exceeds(full[i*c.nK:(i+1)*c.nK], c.offers(a)) {
			return nil
		}
		f.cost += c.actCost[a]
		for j := c.useStart[a]; j < c.useStart[a+1]; j++ {
			use[c.useRow[j]] += c.useAmt[j]
		}
	}
	for r := range use {
		if use[r] > c.limit[r] {
			return nil
		}
	}
	return f
}
