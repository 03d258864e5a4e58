package optimise

// propagate removes what can no longer happen: actions that cannot hold the
// services bound to their building or that break a row even when every other
// building does its best, and arcs into buildings that cannot take them. It
// repeats until nothing changes and reports whether a plan is still possible
// as far as these rules can tell.
func (c *core) propagate(d *domain) bool {
	for again := true; again; {
		again = false
		for s := range c.nS {
			if d.cnt[s] == 0 {
				return false
			}
		}
		for i := range c.nB {
			changed, ok := c.propagateBuilding(d, i)
			if !ok {
				return false
			}
			again = again || changed
		}
		changed, ok := c.propagateRows(d)
		if !ok {
			return false
		}
		again = again || changed
	}
	return true
}

// propagateBuilding makes the actions and arcs of one building agree.
func (c *core) propagateBuilding(d *domain, i int) (changed, ok bool) {
	var bound int64 // space taken by services that must sit here
	var full []int64
	if c.nK > 0 {
		full = make([]int64, c.nK)
	}
	var sides uint8
	keep := d.act[i]
	for k := c.arcStart[i]; k < c.arcStart[i+1]; k++ {
		if s := c.arcSvc[k]; d.arc[k] && d.cnt[s] == 1 {
			bound += c.demand[s]
			sides |= c.side[s]
			keep &= c.arcMask[k]
			for n, v := range c.needs(s) {
				full[n] += v
			}
		}
	}
	var room int64 = -1
	for m := keep; m != 0; m &= m - 1 {
		j := firstBit(m)
		a := c.actStart[i] + int32(j)
		if cap := c.actCap[a]; cap < bound || exceeds(full, c.offers(a)) {
			keep &^= 1 << j
		} else {
			room = max(room, cap-bound)
		}
	}
	if keep == 0 || sides == 3 {
		return false, false
	}
	if keep != d.act[i] {
		d.act[i] = keep
		changed = true
	}
	for k := c.arcStart[i]; k < c.arcStart[i+1]; k++ {
		s := c.arcSvc[k]
		if !d.arc[k] || d.cnt[s] == 1 {
			continue
		}
		if c.arcMask[k]&keep == 0 || c.demand[s] > room || sides != 0 && c.side[s] == 3-sides {
			d.arc[k] = false
			if d.cnt[s]--; d.cnt[s] == 0 {
				return true, false
			}
			changed = true
		}
	}
	return changed, true
}

// exceeds says whether any entry of a is above that of b.
func exceeds(a, b []int64) bool {
	for n, v := range a {
		if v > b[n] {
			return true
		}
	}
	return false
}

// propagateRows removes actions that alone break a row, and arcs that alone
// break the access limit.
func (c *core) propagateRows(d *domain) (changed, ok bool) {
	least := make([]int64, c.nR)     // Σ over buildings of the least use
	mine := make([]int64, c.nB*c.nR) // least use of each building
	use := make([]int64, c.nR)
	for i := range c.nB {
		row := mine[i*c.nR : (i+1)*c.nR]
		first := true
		for m := d.act[i]; m != 0; m &= m - 1 {
			c.uses(c.actStart[i]+int32(firstBit(m)), use)
			for r, v := range use {
				if first || v < row[r] {
					row[r] = v
				}
			}
			first = false
		}
		for r, v := range row {
			least[r] += v
		}
	}
	c.leastMoves(d, least)
	for r := range c.nR {
		if least[r] > c.limit[r] {
			return false, false
		}
	}
	for i := range c.nB {
		row := mine[i*c.nR : (i+1)*c.nR]
		for m := d.act[i]; m != 0; m &= m - 1 {
			j := firstBit(m)
			c.uses(c.actStart[i]+int32(j), use)
			for r, v := range use {
				if least[r]-row[r]+v > c.limit[r] {
					d.act[i] &^= 1 << j
					changed = true
					break
				}
			}
		}
		if d.act[i] == 0 {
			return true, false
		}
	}
	dropped, ok := c.dropMoves(d, least)
	if changed = changed || dropped; !ok {
		return true, false
	}
	if !c.hasAccess {
		return changed, true
	}
	near := make([]int64, c.nS)
	var total int64
	for s := range c.nS {
		first := true
		for _, k := range c.arcsOf(s) {
			if d.arc[k] && (first || c.arcAcc[k] < near[s]) {
				near[s], first = c.arcAcc[k], false
			}
		}
		total += near[s]
	}
	if total > c.accLimit {
		return changed, false
	}
	for k, on := range d.arc {
		if s := c.arcSvc[k]; on && d.cnt[s] > 1 && total-near[s]+c.arcAcc[k] > c.accLimit {
			d.arc[k] = false
			d.cnt[s]--
			changed = true
		}
	}
	return changed, true
}

// uses writes the row uses of an action into use.
func (c *core) uses(a int32, use []int64) {
	clear(use)
	for e := c.useStart[a]; e < c.useStart[a+1]; e++ {
		use[c.useRow[e]] = c.useAmt[e]
	}
}

// lock restricts the domain to the locks of the problem.
func (c *core) lock(d *domain, p *Problem) {
	for i := range p.Buildings {
		if name, ok := p.Locked[p.Buildings[i].ID]; ok {
			d.act[i] = 1 << p.actionIndex(i, name)
		}
	}
}

// dominate removes actions for which the same building has another that holds
// the same services, costs no more and uses no more of any row.
func (c *core) dominate(d *domain) {
	ua, ub := make([]int64, c.nR), make([]int64, c.nR)
	for i := range c.nB {
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			bit := uint64(1) << (a - c.actStart[i])
			if d.act[i]&bit == 0 {
				continue
			}
			c.uses(a, ua)
			for b := c.actStart[i]; b < c.actStart[i+1]; b++ {
				other := uint64(1) << (b - c.actStart[i])
				if a == b || d.act[i]&other == 0 || !c.covers(i, b, a) || c.actCost[b] > c.actCost[a] {
					continue
				}
				c.uses(b, ub)
				worse := false
				for r := range ua {
					worse = worse || ub[r] > ua[r]
				}
				if !worse {
					d.act[i] &^= bit
					break
				}
			}
		}
	}
}

// covers says whether action b of building i holds all that action a holds.
func (c *core) covers(i int, b, a int32) bool {
	if c.actCap[b] < c.actCap[a] || exceeds(c.offers(a), c.offers(b)) {
		return false
	}
	bitA, bitB := uint64(1)<<(a-c.actStart[i]), uint64(1)<<(b-c.actStart[i])
	for k := c.arcStart[i]; k < c.arcStart[i+1]; k++ {
		if c.arcMask[k]&bitA != 0 && c.arcMask[k]&bitB == 0 {
			return false
		}
	}
	return true
}
