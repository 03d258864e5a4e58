package optimise

// moveUses is what arcs take of the limit rows: a move costs capital in some
// years and changes emissions in others. Most problems have none, so every loop
// over it is short.
type moveUses struct {
	start []int32 // first use of each arc, and the end
	row   []int32
	amt   []int64
	has   []bool // rows that any arc uses
	any   bool
}

func (m *moveUses) init(rows int) {
	m.start = append(m.start[:0], 0)
	m.has = make([]bool, rows)
}

// add appends the uses of the next arc.
func (m *moveUses) add(uses ...ruleUse) {
	for _, u := range uses {
		if u.amount != 0 {
			m.row, m.amt = append(m.row, int32(u.row)), append(m.amt, u.amount)
			m.has[u.row], m.any = true, true
		}
	}
	m.start = append(m.start, int32(len(m.row)))
}

// of calls f for every use of arc k.
func (m *moveUses) of(k int32, f func(row int32, amount int64)) {
	for e := m.start[k]; e < m.start[k+1]; e++ {
		f(m.row[e], m.amt[e])
	}
}

// addTo adds the uses of arc k, times sign, to a row of totals.
func (m *moveUses) addTo(use []int64, k int32, sign int64) {
	for e := m.start[k]; e < m.start[k+1]; e++ {
		use[m.row[e]] += sign * m.amt[e]
	}
}

// copyOf lists the uses of arc k.
func (m *moveUses) copyOf(k int32) []ruleUse {
	var out []ruleUse
	m.of(k, func(row int32, amount int64) { out = append(out, ruleUse{int(row), amount}) })
	return out
}

// usesOf lists what an arc of the problem takes of each row.
func (c *core) usesOf(a *Arc) []ruleUse {
	if len(a.Capex) == 0 && len(a.Carbon) == 0 {
		return nil
	}
	var out []ruleUse
	for r, info := range c.rows {
		switch info.kind {
		case KindBudget:
			out = append(out, ruleUse{r, whole(a.Capex[info.year], moneyScale)})
		case KindCarbon:
			out = append(out, ruleUse{r, whole(a.Carbon[info.year], carbonScale)})
		}
	}
	return out
}

// nearMoves fills near with the least that one service can take of each row by
// the arcs left to it; scratch is as long.
func (c *core) nearMoves(d *domain, s int, near, scratch []int64) {
	clear(near)
	first := true
	for _, k := range c.arcsOf(s) {
		if !d.arc[k] {
			continue
		}
		clear(scratch)
		c.moves.addTo(scratch, k, 1)
		for r, v := range scratch {
			if first || v < near[r] {
				near[r] = v
			}
		}
		first = false
	}
}

// leastMoves adds to least what the services together take of each row at
// least.
func (c *core) leastMoves(d *domain, least []int64) {
	if !c.moves.any {
		return
	}
	near, scratch := make([]int64, c.nR), make([]int64, c.nR)
	for s := range c.nS {
		c.nearMoves(d, s, near, scratch)
		for r, v := range near {
			least[r] += v
		}
	}
}

// dropMoves removes arcs that alone break a row even when every building and
// every other service does its best; least is the sum of all those bests. It
// reports false when a service has no arc left.
func (c *core) dropMoves(d *domain, least []int64) (changed, ok bool) {
	if !c.moves.any {
		return false, true
	}
	near, scratch := make([]int64, c.nR), make([]int64, c.nR)
	for s := range c.nS {
		if d.cnt[s] <= 1 {
			continue
		}
		c.nearMoves(d, s, near, scratch)
		for _, k := range c.arcsOf(s) {
			if !d.arc[k] {
				continue
			}
			clear(scratch)
			c.moves.addTo(scratch, k, 1)
			for r, v := range scratch {
				if least[r]-near[r]+v > c.limit[r] {
					d.arc[k] = false
					d.cnt[s]--
					changed = true
					break
				}
			}
		}
		if d.cnt[s] == 0 {
			return true, false
		}
	}
	return changed, true
}

// surcharges fills the price of each arc's uses at row prices lam.
func (c *core) surcharges(lam, into []float64) {
	for k := range into {
		v := 0.0
		for e := c.moves.start[k]; e < c.moves.start[k+1]; e++ {
			v += mul(lam[c.moves.row[e]], float64(c.moves.amt[e]))
		}
		into[k] = v
	}
}

// moveDelta is the change in the price of broken rows when a service leaves arc
// old, or none when negative, for arc k.
func (st *state) moveDelta(old, k int32) float64 {
	m := &st.c.moves
	if !m.any || (old < 0 || m.start[old] == m.start[old+1]) && m.start[k] == m.start[k+1] {
		return 0
	}
	clear(st.aScr)
	m.addTo(st.aScr, k, 1)
	if old >= 0 {
		m.addTo(st.aScr, old, -1)
	}
	v := 0.0
	for r, n := range st.aScr {
		if n != 0 {
			v += st.penRow(r, st.use[r]+n) - st.penRow(r, st.use[r])
		}
	}
	return v
}
