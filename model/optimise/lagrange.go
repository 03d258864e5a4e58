package optimise

import "math"

// dual maximises the Lagrangian bound. "Every service sits once", the budget,
// carbon and counting rows and the access row are priced; what remains falls
// apart into one packing problem per building (Geoffrion 1974; for facility
// location Holmberg, Rönnqvist and Yuan 1999). The multipliers follow a deflected
// subgradient; the running average of the inner plans, nearly a solution of the
// convexified problem (as in the volume algorithm of Barahona and Anbil 2000),
// guides the search for a plan. The volume algorithm itself was tried and
// reached far lower bounds in the same time.
type dual struct {
	c      *core
	weight []float64 // step weight of each price: services, rows, access
	par    bool      // evaluate on two goroutines
	packs  [2]*packer

	u    []float64 // best service prices
	lam  []float64 // best row prices, access last
	best float64   // their bound

	tryU, tryLam []float64
	price        []float64 // actions at the trial prices
	extra        []float64 // what arcs take of the rows and of cuts, at the trial prices; nil when they take none
	cuts         *cutSet   // further inequalities priced; nil for none
	takenAct     []bool    // by an inner solution, see broken
	takenArc     []bool
	cur          evaluation
	top          evaluation // at the best prices
	grad, dir    []float64  // newest violation and direction
	y            []float64  // averaged plan: actions
	x            []float64  // averaged plan: arcs
	in, out      []float64  // penalties of arcs, see fix
	leave, quit  []float64  // Σ out of each service; of the hard row's members the greatest
	factor       float64    // where the last run left the step length
	hard         hardRow
	spare        []int32
	spareStart   []int32
	exact        bool // the hard row is in use for the present domain
	work         *int64
	told         func(*dual) // hears of all work; nil when nobody does
	halt         func() bool // asked before every step; nil never halts
}

// did counts work.
func (d *dual) did(work int) {
	*d.work += int64(work)
	if d.told != nil {
		d.told(d)
	}
}

// evaluation is the solution of the inner problem at given prices.
type evaluation struct {
	bound    float64
	value    []float64 // of each building
	act      []int32
	sel      []int32 // arcs taken, by building
	selStart []int32
	half     [2][]int32
	count    [2][]int32
}

func newDual(c *core, work *int64) *dual {
	order := newOrder(c)
	d := &dual{
		c: c, work: work, par: c.nB >= 96,
		packs: [2]*packer{newPacker(c, order), newPacker(c, order)},
		hard:  hardRow{row: -1},
		u:     make([]float64, c.nS), lam: make([]float64, c.nR+1),
		tryU: make([]float64, c.nS), tryLam: make([]float64, c.nR+1),
		price: make([]float64, c.nA),
		grad:  make([]float64, c.nS+c.nR+1), dir: make([]float64, c.nS+c.nR+1),
		y: make([]float64, c.nA), x: make([]float64, len(c.arcSvc)),
		best: math.Inf(-1),
	}
	if c.moves.any {
		d.extra = make([]float64, len(c.arcSvc))
		d.packs[0].extra, d.packs[1].extra = d.extra, d.extra
	}
	d.setWeights()
	for _, e := range []*evaluation{&d.cur, &d.top} {
		e.value, e.act, e.selStart = make([]float64, c.nB), make([]int32, c.nB), make([]int32, c.nB+1)
	}
	return d
}

// setWeights makes the prices comparable: a large service is dearer to place
// than a small one, and one unit of violation of a row should weigh as much as
// one service placed too often, so rows are measured by their typical spread
// over a building's actions.
func (d *dual) setWeights() {
	c := d.c
	d.weight = make([]float64, c.nS+c.nR+1)
	mean := 0.0
	for _, v := range c.demand {
		mean += float64(v)
	}
	mean /= max(1, float64(c.nS))
	for s, v := range c.demand {
		d.weight[s] = 1
		if mean > 0 {
			d.weight[s] = math.Sqrt(max(0.05, float64(v)/mean))
		}
	}
	spread, n := make([]float64, c.nR), make([]float64, c.nR)
	lo, hi := make([]float64, c.nR), make([]float64, c.nR)
	for i := range c.nB {
		clear(lo)
		clear(hi)
		for e := c.useStart[c.actStart[i]]; e < c.useStart[c.actStart[i+1]]; e++ {
			r := c.useRow[e]
			lo[r], hi[r] = min(lo[r], float64(c.useAmt[e])), max(hi[r], float64(c.useAmt[e]))
		}
		for r := range c.nR {
			if hi[r] > lo[r] {
				spread[r] += hi[r] - lo[r]
				n[r]++
			}
		}
	}
	for s := range c.nS {
		if !c.moves.any {
			break
		}
		clear(lo)
		clear(hi)
		for _, k := range c.arcsOf(s) {
			c.moves.of(k, func(r int32, v int64) {
				lo[r], hi[r] = min(lo[r], float64(v)), max(hi[r], float64(v))
			})
		}
		for r := range c.nR {
			if hi[r] > lo[r] {
				spread[r] += hi[r] - lo[r]
				n[r]++
			}
		}
	}
	for r := range c.nR {
		d.weight[c.nS+r] = 1 / max(1, spread[r]/max(1, n[r]))
	}
	sum := 0.0
	for _, v := range c.arcAcc {
		sum += float64(v)
	}
	d.weight[c.nS+c.nR] = 1 / max(1, sum/max(1, float64(len(c.arcAcc))))
}

// start sets first prices: what each service would cost in its cheapest place
// with its share of the cheapest way of opening it.
func (d *dual) start() {
	c := d.c
	share := make([]float64, c.nB)
	for i := range c.nB {
		shut := math.Inf(1)
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			shut = min(shut, float64(c.actCost[a]))
		}
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			if c.actCap[a] > 0 {
				share[i] = max(share[i], (float64(c.actCost[a])-shut)/float64(c.actCap[a]))
			}
		}
	}
	for s := range c.nS {
		v := math.Inf(1)
		for _, k := range c.arcsOf(s) {
			v = min(v, float64(c.arcCost[k])+mul(0.5*share[c.arcBld[k]], float64(c.demand[s])))
		}
		if math.IsInf(v, 1) {
			v = 0
		}
		d.u[s] = v
	}
}

// steps says how long and how boldly to move the prices.
type steps struct {
	most     int     // greatest number of steps
	factor   float64 // first step length, as a share of the Polyak step
	least    float64 // stop when the factor has shrunk below this
	patience int     // steps without a gain before the factor is halved
}

// run moves the prices towards a target cost and returns the best bound. It
// stops early once the bound reaches the target. The step is Polyak's (1969)
// along a direction deflected by the last one (Camerini, Fratta and Maffioli
// 1975); after some steps without a gain it goes back to the best prices and
// halves the step.
func (d *dual) run(dom *domain, target float64, st steps) float64 {
	d.prepare(dom)
	d.evaluate(dom, d.u, d.lam, &d.cur)
	d.best = math.Inf(-1)
	d.average(1)
	copy(d.tryU, d.u)
	copy(d.tryLam, d.lam)
	clear(d.dir)
	if d.cuts != nil {
		return d.climb(dom, target, st)
	}
	red := 0
	factor := st.factor
	defer func() { d.factor = factor }()
	for range st.most {
		if d.cur.bound > d.best {
			if d.cur.bound > d.best+mul(1e-5, abs(d.best)) || math.IsInf(d.best, -1) {
				red = 0
			} else {
				red++
			}
			copy(d.u, d.tryU)
			copy(d.lam, d.tryLam)
			d.keep()
		} else {
			red++
		}
		if d.best >= target || d.best >= never/2 || d.halt != nil && d.halt() {
			break
		}
		if red >= st.patience {
			red = 0
			if factor *= 0.5; factor < st.least {
				break
			}
			copy(d.tryU, d.u)
			copy(d.tryLam, d.lam)
			clear(d.dir)
			d.gradient(&d.top)
			d.step(factor * (target - d.best))
		} else {
			d.gradient(&d.cur)
			d.step(factor * (target - d.cur.bound))
		}
		d.evaluate(dom, d.tryU, d.tryLam, &d.cur)
		d.average(averaging)
	}
	return d.last()
}

// prepare sets up the hard row for a domain.
func (d *dual) prepare(dom *domain) {
	d.exact = false
	if d.hard.row >= 0 {
		d.exact = d.hard.prepare(d.c, dom)
		if !d.c.moves.has[d.hard.row] {
			d.lam[d.hard.row] = 0
		}
	}
}

const (
	deflection = 0.7  // share of the last direction kept
	averaging  = 0.05 // weight of the newest inner solution in the average
)

// step moves the trial prices by length over the squared direction.
func (d *dual) step(length float64) {
	c := d.c
	kept := d.deflected()
	norm := 0.0
	for j := range d.dir {
		d.dir[j] = mul(d.grad[j], d.weight[j]) + mul(kept, d.dir[j])
		if j >= c.nS && d.dir[j] < 0 && d.tryLam[j-c.nS] == 0 {
			d.dir[j] = 0
		}
		norm += mul(d.dir[j], d.dir[j])
	}
	if norm == 0 {
		return
	}
	t := length / norm
	for s := range c.nS {
		d.tryU[s] += mul(mul(t, d.weight[s]), d.dir[s])
	}
	for r := range d.tryLam {
		d.tryLam[r] = max(0, d.tryLam[r]+mul(mul(t, d.weight[c.nS+r]), d.dir[c.nS+r]))
	}
	if !c.hasAccess {
		d.tryLam[c.nR] = 0
	}
	if d.hard.row >= 0 && !c.moves.has[d.hard.row] {
		d.tryLam[d.hard.row] = 0
	}
}

// average mixes the newest inner solution into the averaged plan.
func (d *dual) average(alpha float64) {
	keep := 1 - alpha
	for a := range d.y {
		d.y[a] *= keep
	}
	for k := range d.x {
		d.x[k] *= keep
	}
	for _, a := range d.cur.act {
		if a >= 0 {
			d.y[a] += alpha
		}
	}
	for _, k := range d.cur.sel {
		d.x[k] += alpha
	}
}

// keep remembers the newest inner solution as the one of the best prices.
func (d *dual) keep() {
	d.best = d.cur.bound
	t := &d.top
	t.bound = d.cur.bound
	copy(t.value, d.cur.value)
	copy(t.act, d.cur.act)
	t.sel = append(t.sel[:0], d.cur.sel...)
	t.selStart = append(t.selStart[:0], d.cur.selStart...)
}
