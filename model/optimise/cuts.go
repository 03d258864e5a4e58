package optimise

import (
	"context"
	"math"
	"time"

	"github.com/planting-the-flag/flagstone/model/optimise/highs"
)

// cutSet is inequalities that every plan worth having keeps, Σ val ≤ most over
// the actions and arcs taken, priced in the bound like limit rows. What HiGHS
// finds looks at several buildings at once (how many of the large ones it takes
// to hold the large services, for example), which the bound, one building at a
// time, cannot see.
type cutSet struct {
	start []int32 // first term of each inequality, and the end
	at    []int32 // action, or arc a as −1−a
	val   []float64
	most  []float64
	u     []float64 // first prices: of services
	lam   []float64 // of rows, access and inequalities
}

func (f *cutSet) len() int {
	if f == nil {
		return 0
	}
	return len(f.most)
}

// lean has the bound use inequalities from now on; their prices come after those
// of rows and access.
func (d *dual) lean(f *cutSet) {
	if f.len() == 0 {
		return
	}
	c := d.c
	d.cuts = f
	if d.extra == nil {
		d.extra = make([]float64, len(c.arcSvc))
		d.packs[0].extra, d.packs[1].extra = d.extra, d.extra
	}
	d.takenAct, d.takenArc = make([]bool, c.nA), make([]bool, len(c.arcSvc))
	rows := c.nR + 1 + f.len()
	d.lam, d.tryLam = make([]float64, rows), make([]float64, rows)
	d.grad, d.dir = make([]float64, c.nS+rows), make([]float64, c.nS+rows)
	mean := 0.0
	for _, p := range f.lam[c.nR+1:] {
		mean += p / float64(f.len())
	}
	for _, p := range f.lam[c.nR+1:] {
		d.weight = append(d.weight, 1.5*(1+p/max(mean, 1e-9)))
	}
	copy(d.u, f.u)
	copy(d.lam, f.lam)
}

// charge adds the prices of the inequalities to those of actions and arcs and
// returns what they take off the bound.
func (d *dual) charge(pi []float64) float64 {
	f := d.cuts
	if !d.c.moves.any {
		clear(d.extra)
	}
	sum := 0.0
	for j, p := range pi {
		if p == 0 {
			continue
		}
		sum += mul(p, f.most[j])
		for e := f.start[j]; e < f.start[j+1]; e++ {
			if k := f.at[e]; k >= 0 {
				d.price[k] += mul(p, f.val[e])
			} else {
				d.extra[-1-k] += mul(p, f.val[e])
			}
		}
	}
	return sum
}

// broken writes how far an inner solution breaks each inequality.
func (d *dual) broken(e *evaluation, into []float64) {
	f := d.cuts
	mark := func(on bool) {
		for _, a := range e.act {
			if a >= 0 {
				d.takenAct[a] = on
			}
		}
		for _, k := range e.sel {
			d.takenArc[k] = on
		}
	}
	mark(true)
	for j := range into {
		v := -f.most[j]
		for e := f.start[j]; e < f.start[j+1]; e++ {
			if k := f.at[e]; k >= 0 && d.takenAct[k] || k < 0 && d.takenArc[-1-k] {
				v += f.val[e]
			}
		}
		into[j] = v
	}
	mark(false)
}

const (
	cutShare     = 60.0 // seconds of work, by the clock of HiGHS, given to cuts
	cutSlice     = 0.05
	cutBuildings = 150  // beyond which finding them takes too long
	cutDelay     = 700  // units of work for each column until they are looked for
	slackOfCuts  = 1e-6 // room left in each, for rounding in HiGHS
	gapLeft      = 0.1  // share of the first gap with which the tree is left to finish
)

// digging is HiGHS looking for inequalities while the search goes on. What it
// finds is taken up after a set amount of work, never when it happens to be
// ready, so the clock decides nothing.
type digging struct {
	due  int64 // work at which to take it up
	done chan struct{}
	stop context.CancelFunc

	cuts  *cutSet
	plan  *found
	bound float64 // pence
}

// dig has HiGHS begin on what a plan cheaper than the best may use.
func (s *solver) dig() {
	g := s.c.programme(s.dom.clone())
	g.start = g.point(s.best)
	ctx, stop := context.WithCancel(s.ctx)
	s.digging = &digging{due: s.work + s.delay*int64(len(g.model.Cost)), done: make(chan struct{}), stop: stop, bound: math.Inf(-1)}
	go s.digging.run(ctx, s.opt.HiGHS, g, s.halted)
}

// run finds the inequalities of the first node and their prices. Without HiGHS it
// finds none, and the rest still works.
func (w *digging) run(ctx context.Context, l *highs.Loader, g *programme, halt func() bool) {
	defer close(w.done)
	engine, err := l.Wait(ctx, halt)
	if err != nil {
		return
	}
	set := map[string]any{
		"presolve": "off", "mip_max_nodes": 1, "mip_allow_restart": false, "mip_detect_symmetry": false,
		"mip_heuristic_effort": 0.0, "mip_heuristic_run_feasibility_jump": false,
	}
	run, err := engine.Start(ctx, &g.model, highs.Options{Cuts: true, Gap: ProvenGap, Start: g.start, Set: set, Halt: halt})
	if err != nil {
		return
	}
	defer run.Close()
	for spent := 0.0; spent < cutShare && len(run.Cuts()) == 0; spent += cutSlice {
		if done, err := run.Go(ctx, cutSlice); done || err != nil {
			break
		}
	}
	if x, _ := run.Best(); x != nil {
		w.plan = g.plan(x)
	}
	w.bound = mul(run.Bound()-mul(slackOfCuts, abs(run.Bound())), moneyScale)
	w.cuts = g.priced(ctx, engine, run.Cuts(), halt)
}

// cut takes up what HiGHS found. It reports whether the run goes on.
func (s *solver) cut() bool {
	w := s.digging
	s.stage = "cuts"
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for waiting := true; waiting; {
		select {
		case <-w.done:
			waiting = false
		case <-s.ctx.Done():
			return false
		case <-look.C:
			if s.halted() {
				return false
			}
		}
	}
	work := int64(1)
	var d *dual
	if w.cuts.len() > 0 {
		d = s.try(w.cuts)
		work += *d.work
	}
	if s.halted() {
		return false
	}
	w.stop()
	s.digging, s.dug = nil, true
	s.offer(w.plan)
	s.raise(w.bound)
	if d != nil && d.best > s.d.best && !s.nearlyThere() {
		s.d, s.tree = d, nil
		s.raise(d.best)
	}
	return s.step(work)
}

// nearlyThere says that the tree has closed so much of the gap that it began with
// that beginning another with the inequalities, slower at each node, would lose more
// than they bring.
func (s *solver) nearlyThere() bool {
	if s.tree == nil {
		return false
	}
	best := float64(s.best.cost)
	return best-s.tree.bound() <= mul(gapLeft, best-s.d.best)
}

// try brings the bound with the inequalities to its best.
func (s *solver) try(f *cutSet) *dual {
	d := newDual(s.c, new(int64))
	d.halt, d.par = s.d.halt, s.d.par
	d.lean(f)
	d.run(s.dom, float64(s.best.cost), far)
	return d
}

// priced solves the linear programme with the cuts and keeps those that have a
// price; nil when there are none.
func (g *programme) priced(ctx context.Context, engine *highs.Engine, cuts []highs.Cut, halt func() bool) *cutSet {
	if len(cuts) == 0 {
		return nil
	}
	c := g.c
	m := g.model
	m.Integer = nil
	first := len(m.RowLower)
	for _, k := range cuts {
		m.Row(k.Lower, k.Upper, k.Index, k.Value)
	}
	run, err := engine.Solve(ctx, &m, math.Inf(1), highs.Options{Halt: halt})
	if err != nil || run.Status() != highs.Optimal {
		return nil
	}
	_, price := run.Duals()
	f := &cutSet{start: []int32{0}, u: make([]float64, c.nS), lam: make([]float64, c.nR+1)}
	for n := range f.u {
		f.u[n] = mul(price[g.sits[n]], moneyScale)
	}
	for r := range c.nR {
		f.lam[r] = mul(max(0, -price[g.limit[r]]), float64(moneyScale)/float64(c.rows[r].scale))
	}
	if c.hasAccess {
		f.lam[c.nR] = mul(max(0, -price[g.limit[c.nR]]), moneyScale/accessUnit)
	}
	from := g.origin()
	for j, k := range cuts {
		switch p := price[first+j]; {
		case p < 0 && !math.IsInf(k.Upper, 0):
			f.add(k, 1, k.Upper, p, from)
		case p > 0 && !math.IsInf(k.Lower, 0):
			f.add(k, -1, k.Lower, p, from)
		}
	}
	return f
}

// origin says which action or arc each column is: an arc a as −1−a, and noColumn
// for the sides of a conflict.
func (g *programme) origin() []int32 {
	from := make([]int32, len(g.model.Cost))
	for j := range from {
		from[j] = noColumn
	}
	for a, col := range g.act {
		if col >= 0 {
			from[col] = int32(a)
		}
	}
	for k, col := range g.arc {
		if col >= 0 {
			from[col] = -1 - int32(k)
		}
	}
	return from
}

const noColumn = math.MaxInt32

// add takes one inequality, sign times which is of the kind at most, scaled so
// that breaking it by one is about one service too many.
func (f *cutSet) add(k highs.Cut, sign, limit, price float64, from []int32) {
	size := 0.0
	for _, v := range k.Value {
		size += abs(v)
	}
	size /= float64(max(1, len(k.Value)))
	if size == 0 {
		return
	}
	most := mul(sign, limit) / size
	for e, col := range k.Index {
		v := mul(sign, k.Value[e]) / size
		if from[col] == noColumn { // nought or one, whichever asks less
			most -= min(0, v)
			continue
		}
		f.at, f.val = append(f.at, from[col]), append(f.val, v)
	}
	f.start = append(f.start, int32(len(f.at)))
	f.most = append(f.most, most+mul(slackOfCuts, abs(most))+slackOfCuts)
	f.lam = append(f.lam, mul(mul(abs(price), size), moneyScale))
}
