package optimise

// fix removes from the domain every action and arc that no plan cheaper than
// ceiling can use, by the bound at the best prices plus the least extra cost
// of being forced (reduced-cost fixing; penalties are from Dantzig bounds, so
// they never claim too much). It returns the bound, improved by the dearest
// service's least penalty, and whether anything was removed.
func (d *dual) fix(dom *domain, ceiling int64) (bound float64, changed bool) {
	c := d.c
	d.prepare(dom)
	d.did(5 * c.nB)
	d.evaluate(dom, d.u, d.lam, &d.top)
	if d.exact {
		d.hard.refs()
	}
	d.best = d.top.bound
	top := float64(ceiling)
	if c.roundUp(d.best) >= top {
		return d.best, false
	}
	d.in = grow(d.in, len(c.arcSvc))
	d.out = grow(d.out, len(c.arcSvc))
	d.leave = grow(d.leave, c.nS)
	d.quit = grow(d.quit, c.nS)
	clear(d.leave)
	clear(d.quit)
	clear(d.out)
	for i := range c.nB {
		d.packs[0].load(i, dom, d.u, d.lam[c.nR])
		d.blank(i)
		if d.exact && d.hard.at[i] >= 0 {
			mem := &d.hard.members[d.hard.at[i]]
			for l := range mem.levels {
				if lv := &mem.levels[l]; d.forced(dom, i, lv.acts&dom.act[i], lv.ref, top) {
					changed = true
				}
			}
		} else if d.forced(dom, i, dom.act[i], d.top.value[i], top) {
			changed = true
		}
		d.settle(i)
	}
	bound = d.best
	for s := range c.nS {
		if dom.cnt[s] <= 1 {
			continue
		}
		least := never
		for _, k := range c.arcsOf(s) {
			if !dom.arc[k] {
				continue
			}
			pen := d.penalty(k)
			if c.roundUp(d.best+pen) >= top {
				dom.arc[k] = false
				dom.cnt[s]--
				changed = true
				continue
			}
			least = min(least, pen)
		}
		if dom.cnt[s] == 0 {
			return never, true
		}
		bound = max(bound, d.best+least)
	}
	return bound, changed
}

// forced removes those of the given actions of building i that cost too much
// and finds the extra cost of forcing each service into or, for those the inner
// solution puts there, out of the building under the others. A value v of the
// building means v − ref on top of the bound.
func (d *dual) forced(dom *domain, i int, acts uint64, ref, top float64) (changed bool) {
	c, p := d.c, d.packs[0]
	p.candidates(i, acts, d.price, false)
	for m := acts; m != 0; m &= m - 1 {
		j := firstBit(m)
		a := c.actStart[i] + int32(j)
		low := never
		for _, cand := range p.cands {
			if c.slots[cand.slot].acts&(1<<j) != 0 {
				low = min(low, cand.low-cand.price+d.price[a])
			}
		}
		if low >= never || c.roundUp(d.best-ref+low) >= top {
			dom.act[i] &^= 1 << j
			changed = true
		}
	}
	for _, cand := range p.cands {
		d.penalties(dom, i, cand, ref)
	}
	return changed
}

// blank clears the penalties of building i.
func (d *dual) blank(i int) {
	for k := d.c.arcStart[i]; k < d.c.arcStart[i+1]; k++ {
		d.in[k] = never
	}
	for _, k := range d.top.sel[d.top.selStart[i]:d.top.selStart[i+1]] {
		d.out[k] = never
	}
}

// penalties lowers the penalties of building i to what candidate cand makes
// possible.
func (d *dual) penalties(dom *domain, i int, cand packCand, ref float64) {
	c, p := d.c, d.packs[0]
	mu := d.lam[c.nR]
	p.fill(cand)
	sl := &c.slots[cand.slot]
	room := sl.cap - p.forW
	fixed := cand.price - p.forP - ref
	from, to := c.arcStart[i], c.arcStart[i+1]
	for k := from; k < to; k++ {
		p.mark[k] = -1
	}
	for n, k := range p.pos {
		p.mark[k] = int32(n)
	}
	whole := p.k.dantzig(0, room)
	for k := from; k < to; k++ {
		s := c.arcSvc[k]
		if !dom.arc[k] || dom.cnt[s] == 1 || c.arcMask[k]&sl.bit == 0 || cand.out != 0 && c.side[s] == cand.out || c.demand[s] > room {
			continue
		}
		gain := d.u[s] - float64(c.arcCost[k]) - mul(mu, float64(c.arcAcc[k]))
		if p.extra != nil {
			gain -= p.extra[k]
		}
		left := room - c.demand[s]
		var rest float64
		if n := p.mark[k]; n >= 0 {
			rest = p.k.dantzigWithout(int(n), left)
		} else {
			rest = p.k.dantzig(0, left)
		}
		d.in[k] = min(d.in[k], fixed-gain-rest)
	}
	for _, k := range d.top.sel[d.top.selStart[i]:d.top.selStart[i+1]] {
		v := whole
		if n := p.mark[k]; n >= 0 {
			v = p.k.dantzigWithout(int(n), room)
		}
		d.out[k] = min(d.out[k], fixed-v)
	}
}

// settle finishes the penalties of building i.
func (d *dual) settle(i int) {
	c, p := d.c, d.packs[0]
	p.epoch = 0
	for k := c.arcStart[i]; k < c.arcStart[i+1]; k++ {
		p.mark[k] = 0
		if d.in[k] < never {
			d.in[k] = max(0, d.in[k])
		}
	}
	for _, k := range d.top.sel[d.top.selStart[i]:d.top.selStart[i+1]] {
		d.in[k] = 0
		d.out[k] = max(0, d.out[k])
		if d.out[k] >= never/2 {
			d.out[k] = 0
		}
		if s := c.arcSvc[k]; d.member(i) {
			d.quit[s] = max(d.quit[s], d.out[k])
		} else {
			d.leave[s] += d.out[k]
		}
	}
}

func (d *dual) member(i int) bool { return d.exact && d.hard.at[i] >= 0 }

// penalty is the least extra cost of a plan that uses arc k: its service enters
// the building and leaves all others. The costs of buildings add up, except
// those of the hard row's members, which hang together: of those the greatest
// counts.
func (d *dual) penalty(k int32) float64 {
	s := d.c.arcSvc[k]
	if !d.member(int(d.c.arcBld[k])) {
		return d.in[k] + d.leave[s] - d.out[k] + d.quit[s]
	}
	others := d.quit[s]
	if d.out[k] > 0 {
		others = 0
	}
	return max(d.in[k], others) + d.leave[s]
}
