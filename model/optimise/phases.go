package optimise

// first finds a first plan from the first, rough prices.
func (s *solver) first() bool {
	s.stage = "first plan"
	d := s.d
	d.start()
	*d.work = 0
	d.prepare(s.dom)
	d.evaluate(s.dom, d.u, d.lam, &d.cur)
	d.best = d.cur.bound
	s.raise(d.best)
	lead := 0.5
	for n := range 4 {
		if !s.lift(25, 1, lead, 20) {
			return false
		}
		lead = [4]float64{0.3, 0.1, 0.05, 0.05}[n]
	}
	return s.anneal(1, 60, 0.02, 80, 1)
}

// anneal makes a plan from the averaged plan of the bound and anneals it for so
// many rounds, or more until nothing is broken. A plan that was given and is far
// above the bound does not end it sooner: it may be one for quite another aim.
func (s *solver) anneal(rounds, most int, hot float64, moves int, stream uint64) bool {
	c, d := s.c, s.d
	an := newAnnealer(c, s.root, s.opt.Seed, stream)
	an.halt = s.halted
	an.weigh(d.u, d.lam, 2)
	if !an.st.construct(d.y, d.x, func(n int) float64 { return float64(c.demand[n]) }) {
		return s.step(int64(c.nB))
	}
	an.reset()
	an.note()
	temp := mul(hot, an.scale)
	for n := 0; n < rounds || n < most && an.best == nil && s.poor(); n++ {
		an.run(moves*(c.nS+c.nB/4), temp, mul(temp, coldShare/hotShare))
		an.adapt()
		if s.halted() {
			return false
		}
		s.offer(an.best)
		if !s.step(int64(moves*(c.nS+c.nB/4)/movesWork) + 1) {
			return false
		}
	}
	return true
}

// poor says that no plan is known, or only one that was given and is far above
// the bound.
func (s *solver) poor() bool {
	return s.best == nil || s.best == s.given && gapOf(float64(s.best.cost), s.bound) > wideGap
}

// converge brings the bound to its best and looks for a row to keep exact.
func (s *solver) converge() bool {
	s.stage = "bound"
	factor := 0.5
	for range 12 {
		before := s.d.best
		if !s.lift(100, factor, 0.02, 20) {
			return false
		}
		factor = max(s.d.factor, 0.02)
		if s.d.best-before < 1e-5*abs(s.d.best) || factor <= 0.02 {
			break
		}
	}
	u, lam, best := append([]float64(nil), s.d.u...), append([]float64(nil), s.d.lam...), s.d.best
	if s.d.chooseHard(s.dom) {
		for range 3 {
			if !s.lift(200, 0.7, 0.02, 20) {
				return false
			}
		}
		if s.d.best < best {
			s.d.hard.row = -1
			copy(s.d.u, u)
			copy(s.d.lam, lam)
		}
	}
	return true
}

// polish anneals again, now from good prices, and fixes what it can.
func (s *solver) polish() bool {
	s.stage = "plan"
	if !s.anneal(8, 60, 0.05, 200, 2) {
		return false
	}
	return s.tighten()
}

// tighten removes what no plan cheaper than the best can use.
func (s *solver) tighten() bool {
	if s.best == nil {
		return true
	}
	*s.d.work = 0
	bound, _ := s.d.fix(s.dom, s.best.cost)
	s.raise(bound)
	if !s.c.propagate(s.dom) {
		s.bound = float64(s.best.cost)
	}
	if s.halted() {
		return false
	}
	return s.step(*s.d.work)
}
