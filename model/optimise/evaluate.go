package optimise

import "sync"

// evaluate solves the inner problem at prices u and lam into e.
func (d *dual) evaluate(dom *domain, u, lam []float64, e *evaluation) {
	c := d.c
	d.did(c.nB)
	for a := range c.nA {
		v := float64(c.actCost[a])
		for j := c.useStart[a]; j < c.useStart[a+1]; j++ {
			v += mul(lam[c.useRow[j]], float64(c.useAmt[j]))
		}
		d.price[a] = v
	}
	if c.moves.any {
		c.surcharges(lam, d.extra)
	}
	taken := 0.0
	if d.cuts != nil {
		taken = d.charge(lam[c.nR+1:])
	}
	part := func(w, from, to int) {
		p := d.packs[w]
		sel, cnt := e.half[w][:0], e.count[w][:0]
		for i := from; i < to; i++ {
			if d.exact && d.hard.at[i] >= 0 {
				d.levels(p, i, dom, u, lam[c.nR])
				cnt = append(cnt, 0)
				continue
			}
			e.value[i], e.act[i] = p.solve(i, dom, d.price, u, lam[c.nR])
			sel = append(sel, p.sel...)
			cnt = append(cnt, int32(len(p.sel)))
		}
		e.half[w], e.count[w] = sel, cnt
	}
	mid := c.nB
	if d.par {
		mid = c.nB / 2
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			part(1, mid, c.nB)
		}()
		part(0, 0, mid)
		wg.Wait()
	} else {
		part(0, 0, mid)
		e.half[1], e.count[1] = e.half[1][:0], e.count[1][:0]
	}
	e.sel = append(append(e.sel[:0], e.half[0]...), e.half[1]...)
	e.selStart = append(e.selStart[:0], 0)
	for w := range 2 {
		for _, n := range e.count[w] {
			e.selStart = append(e.selStart, e.selStart[len(e.selStart)-1]+n)
		}
	}
	e.bound = -taken
	if d.exact {
		d.chooseLevels(e)
	}
	for s := range c.nS {
		e.bound += u[s]
	}
	for r := range c.nR {
		e.bound -= mul(lam[r], float64(c.limit[r]))
	}
	if c.hasAccess {
		e.bound -= mul(lam[c.nR], float64(c.accLimit))
	}
	for i := range c.nB {
		e.bound += e.value[i]
	}
	e.bound = min(e.bound, never)
}

// levels finds the value of each level of a member of the hard row.
func (d *dual) levels(p *packer, i int, dom *domain, u []float64, mu float64) {
	p.load(i, dom, u, mu)
	mem := &d.hard.members[d.hard.at[i]]
	for l := range mem.levels {
		lv := &mem.levels[l]
		lv.value, lv.act = p.least(i, lv.acts&dom.act[i], d.price)
		lv.sel = append(lv.sel[:0], p.sel...)
	}
}

// chooseLevels completes an evaluation with the members of the hard row.
func (d *dual) chooseLevels(e *evaluation) {
	d.hard.choose()
	if d.hard.total >= never/2 {
		e.bound = never
	}
	sel := append(d.spare[:0], e.sel...)
	start := append(d.spareStart[:0], e.selStart...)
	e.sel, e.selStart = e.sel[:0], e.selStart[:1]
	for i := range d.c.nB {
		if n := d.hard.at[i]; n >= 0 {
			mem := &d.hard.members[n]
			lv := &mem.levels[mem.pick]
			e.value[i], e.act[i] = lv.value, lv.act
			e.sel = append(e.sel, lv.sel...)
		} else {
			e.sel = append(e.sel, sel[start[i]:start[i+1]]...)
		}
		e.selStart = append(e.selStart, int32(len(e.sel)))
	}
	d.spare, d.spareStart = sel, start
}

// gradient is how far the inner solution breaks each priced row; positive asks
// for a higher price.
func (d *dual) gradient(e *evaluation) {
	c := d.c
	for s := range c.nS {
		d.grad[s] = 1
	}
	rows := d.grad[c.nS:]
	for r := range c.nR {
		rows[r] = -float64(c.limit[r])
	}
	rows[c.nR] = 0
	if c.hasAccess {
		rows[c.nR] = -float64(c.accLimit)
	}
	if d.cuts != nil {
		d.broken(e, rows[c.nR+1:])
	}
	defer func() {
		if d.hard.row >= 0 && !c.moves.has[d.hard.row] {
			rows[d.hard.row] = 0
		}
	}()
	for _, a := range e.act {
		if a < 0 {
			continue
		}
		for j := c.useStart[a]; j < c.useStart[a+1]; j++ {
			rows[c.useRow[j]] += float64(c.useAmt[j])
		}
	}
	for _, k := range e.sel {
		d.grad[c.arcSvc[k]]--
		if c.hasAccess {
			rows[c.nR] += float64(c.arcAcc[k])
		}
		for j := c.moves.start[k]; j < c.moves.start[k+1]; j++ {
			rows[c.moves.row[j]] += float64(c.moves.amt[j])
		}
	}
}
