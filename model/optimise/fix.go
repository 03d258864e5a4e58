package optimise

// fix removes from the domain every action and arc that no plan cheaper than
// ceiling can use, by the bound at the best prices plus the least extra cost
// of being forced (reduced-cost fixing; penalties are from Dantzig bounds, so
// they never claim too much). It returns the bound, improved by the dearest
// service's least penalty, and whether anything was removed.
func (d *dual) fix(dom *domain, ceiling int64) (bound float64, changed bool) {
	c := d.c
	d.evaluate(dom, d.u, d.lam, &d.top)
	d.best = d.top.bound
	top := float64(ceiling)
	if c.roundUp(d.best) >= top {
		return d.best, false
	}
	d.in = grow(d.in, len(c.arcSvc))
	d.out = grow(d.out, len(c.arcSvc))
	d.leave = grow(d.leave, c.nS)
	clear(d.leave)
	clear(d.out)
	for i := range c.nB {
		if d.fixActions(dom, i, top) {
			changed = true
		}
		d.penalties(dom, i)
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
			pen := d.in[k] + d.leave[s] - d.out[k]
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

// fixActions removes the actions of building i that cost too much. It leaves
// the building's candidates in the packer.
func (d *dual) fixActions(dom *domain, i int, top float64) (changed bool) {
	c, p := d.c, d.packs[0]
	p.load(i, dom, d.u, d.lam[c.nR])
	p.candidates(i, dom, d.price)
	for m := dom.act[i]; m != 0; m &= m - 1 {
		j := firstBit(m)
		a := c.actStart[i] + int32(j)
		low := never
		for _, cand := range p.cands {
			if c.slots[cand.slot].acts&(1<<j) != 0 {
				low = min(low, cand.low-cand.price+d.price[a])
			}
		}
		if low >= never || c.roundUp(d.best-d.top.value[i]+low) >= top {
			dom.act[i] &^= 1 << j
			changed = true
		}
	}
	return changed
}

// penalties finds the extra cost of forcing each service into building i and,
// for those the inner solution puts there, of forcing it out.
func (d *dual) penalties(dom *domain, i int) {
	c, p := d.c, d.packs[0]
	from, to := c.arcStart[i], c.arcStart[i+1]
	for k := from; k < to; k++ {
		d.in[k] = never
	}
	picked := d.top.sel[d.top.selStart[i]:d.top.selStart[i+1]]
	for _, k := range picked {
		d.out[k] = never
	}
	mu := d.lam[c.nR]
	for _, cand := range p.cands {
		p.fill(cand)
		sl := &c.slots[cand.slot]
		room := sl.cap - p.forW
		fixed := cand.price - p.forP
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
			left := room - c.demand[s]
			var rest float64
			if n := p.mark[k]; n >= 0 {
				rest = p.k.dantzigWithout(int(n), left)
			} else {
				rest = p.k.dantzig(0, left)
			}
			d.in[k] = min(d.in[k], fixed-gain-rest)
		}
		for _, k := range picked {
			v := whole
			if n := p.mark[k]; n >= 0 {
				v = p.k.dantzigWithout(int(n), room)
			}
			d.out[k] = min(d.out[k], fixed-v)
		}
	}
	p.epoch = 0
	for k := from; k < to; k++ {
		p.mark[k] = 0
		if d.in[k] < never {
			d.in[k] = max(0, d.in[k]-d.top.value[i])
		}
	}
	for _, k := range picked {
		d.in[k] = 0
		d.out[k] = max(0, d.out[k]-d.top.value[i])
		if d.out[k] < never/2 {
			d.leave[c.arcSvc[k]] += d.out[k]
		} else {
			d.out[k] = 0
		}
	}
}
