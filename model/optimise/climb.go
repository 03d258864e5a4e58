package optimise

// climb is run for a bound with inequalities, whose many prices the plain steps
// leave far from their best. It aims at a level a little above the best bound so
// far, not at the cost of the best plan, and halves how far above when so many
// steps did not bring it half way (a subgradient level method, Goffin and Kiwiel
// 1999). Factor and least are shares of the gap: how far above first and last.
func (d *dual) climb(dom *domain, target float64, st steps) float64 {
	from, short := d.cur.bound, 0
	above := mul(st.factor, max(0, target-from))
	least := mul(st.least, max(0, target-from))
	for range st.most {
		short++
		if d.cur.bound > d.best {
			copy(d.u, d.tryU)
			copy(d.lam, d.tryLam)
			d.keep()
			if d.best >= from+0.5*above {
				from, short = d.best, 0
			}
		}
		if d.best >= target || d.best >= never/2 || d.halt != nil && d.halt() {
			break
		}
		if short >= st.patience {
			from, short = d.best, 0
			if above *= 0.5; above < least {
				break
			}
			copy(d.tryU, d.u)
			copy(d.tryLam, d.lam)
			clear(d.dir)
			d.gradient(&d.top)
			d.step(above)
		} else {
			d.gradient(&d.cur)
			d.step(from + above - d.cur.bound)
		}
		d.evaluate(dom, d.tryU, d.tryLam, &d.cur)
		d.average(averaging)
	}
	return d.last()
}

// last takes the newest prices when they are the best, and ends a run.
func (d *dual) last() float64 {
	if d.cur.bound > d.best {
		copy(d.u, d.tryU)
		copy(d.lam, d.tryLam)
		d.keep()
	}
	if !d.c.hasAccess {
		d.lam[d.c.nR] = 0
	}
	return d.best
}

// deflected is the share of the last direction that is kept.
func (d *dual) deflected() float64 {
	if d.cuts != nil {
		return 0.92
	}
	return deflection
}

// far are the steps that bring the bound with inequalities to its best, near
// those at a node of the tree, which begins near it, and glance those of a trial.
var (
	far    = steps{most: 800, factor: 0.3, least: 0.003, patience: 60}
	near   = steps{most: 600, factor: 0.3, least: 0.01, patience: 40}
	glance = steps{most: 20, factor: 0.3, least: 0.01, patience: 8}
)

// repairs are the moves, for each service, of a plan made at such a node. They cost
// little beside its bound, and the plan is where a walk may begin.
const repairs = 60
