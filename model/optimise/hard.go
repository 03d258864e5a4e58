package optimise

import "math"

// hardRow keeps one limit row exact inside the bound instead of pricing it. It
// pays when the row has room for only a few actions: then any price is either
// too low or too high, and the priced bound mixes half-actions. With the row
// exact the inner problem is a multiple-choice knapsack over the buildings that
// use the row (Sinha and Zoltners 1979), solved by dynamic programming on a
// grid; uses round down to the grid, which keeps the bound a bound. When moves
// use the row too, what stays exact is what every plan keeps, that the actions
// fit into what the cheapest moves leave, and the whole row is priced besides.
type hardRow struct {
	row     int // −1 for none
	cells   int // room on the grid
	members []hardMember
	at      []int32 // member of each building, or −1
	ahead   []float64
	behind  []float64
	total   float64
}

// hardMember is one building that uses the row.
type hardMember struct {
	building int32
	levels   []hardLevel
	pick     int
}

// hardLevel is a set of actions with one use on the grid.
type hardLevel struct {
	acts  uint64
	use   int
	value float64
	act   int32
	sel   []int32
	ref   float64 // what a value is compared with, see refs
}

const hardGrid = 1000

// chooseHard picks the row to keep exact: the one whose price times the spread
// of its uses is greatest, if that is worth the trouble.
func (d *dual) chooseHard(dom *domain) bool {
	c := d.c
	best, row := 3e-4*abs(d.best), -1
	moves := make([]int64, c.nR)
	c.leastMoves(dom, moves)
	for r := range c.nR {
		if d.lam[r] <= 0 {
			continue
		}
		room := c.limit[r] - moves[r]
		sum, n := int64(0), int64(0)
		for i := range c.nB {
			least, top := int64(math.MaxInt64), int64(math.MinInt64)
			for m := dom.act[i]; m != 0; m &= m - 1 {
				v := c.use(c.actStart[i]+int32(firstBit(m)), r)
				least, top = min(least, v), max(top, v)
			}
			room -= least
			if top > least {
				sum += top - least
				n++
			}
		}
		if n == 0 || room < 0 {
			continue
		}
		if v := mul(d.lam[r], float64(min(room, sum/n))); v > best {
			best, row = v, r
		}
	}
	d.hard.row = row
	return row >= 0
}

// prepare finds the members and their levels for a domain. It reports whether
// the row has any.
func (h *hardRow) prepare(c *core, dom *domain) bool {
	if h.at == nil {
		h.at = make([]int32, c.nB)
	}
	room := c.limit[h.row]
	if c.moves.has[h.row] {
		moves := make([]int64, c.nR)
		c.leastMoves(dom, moves)
		room -= moves[h.row]
	}
	h.members = h.members[:0]
	most := int64(0)
	var low [MaxActions]int64
	for i := range c.nB {
		h.at[i] = -1
		least, top := int64(math.MaxInt64), int64(math.MinInt64)
		for m := dom.act[i]; m != 0; m &= m - 1 {
			j := firstBit(m)
			low[j] = c.use(c.actStart[i]+int32(j), h.row)
			least, top = min(least, low[j]), max(top, low[j])
		}
		if dom.act[i] == 0 {
			return false
		}
		room -= least
		most += top - least
	}
	if room < 0 || most <= room {
		return false
	}
	unit := max(1, room/hardGrid)
	h.cells = int(room / unit)
	for i := range c.nB {
		least, top := int64(math.MaxInt64), int64(math.MinInt64)
		for m := dom.act[i]; m != 0; m &= m - 1 {
			j := firstBit(m)
			low[j] = c.use(c.actStart[i]+int32(j), h.row)
			least, top = min(least, low[j]), max(top, low[j])
		}
		if top == least {
			continue
		}
		h.at[i] = int32(len(h.members))
		if len(h.members) < cap(h.members) {
			h.members = h.members[:len(h.members)+1]
		} else {
			h.members = append(h.members, hardMember{})
		}
		mem := &h.members[len(h.members)-1]
		mem.building, mem.levels = int32(i), mem.levels[:0]
		for m := dom.act[i]; m != 0; m &= m - 1 {
			j := firstBit(m)
			mem.add(int((low[j]-least)/unit), 1<<j)
		}
	}
	return true
}

func (mem *hardMember) add(use int, bit uint64) {
	for n := range mem.levels {
		if mem.levels[n].use == use {
			mem.levels[n].acts |= bit
			return
		}
	}
	if len(mem.levels) < cap(mem.levels) {
		mem.levels = mem.levels[:len(mem.levels)+1]
	} else {
		mem.levels = append(mem.levels, hardLevel{})
	}
	l := &mem.levels[len(mem.levels)-1]
	l.use, l.acts, l.sel = use, bit, l.sel[:0]
}

// use is what an action takes of a row.
func (c *core) use(a int32, row int) int64 {
	for e := c.useStart[a]; e < c.useStart[a+1]; e++ {
		if int(c.useRow[e]) == row {
			return c.useAmt[e]
		}
	}
	return 0
}

// choose picks the best level of every member, given their values. ahead[n][r]
// is the least value of members 0..n-1 within room r.
func (h *hardRow) choose() {
	w := h.cells + 1
	n := len(h.members)
	h.ahead = grow(h.ahead, (n+1)*w)
	clear(h.ahead[:w])
	for j := range h.members {
		from, to := h.ahead[j*w:(j+1)*w], h.ahead[(j+1)*w:(j+2)*w]
		for r := range to {
			to[r] = never
		}
		for l := range h.members[j].levels {
			lv := &h.members[j].levels[l]
			if lv.value >= never {
				continue
			}
			for r := lv.use; r < w; r++ {
				if v := from[r-lv.use] + lv.value; v < to[r] {
					to[r] = v
				}
			}
		}
	}
	h.total = h.ahead[n*w+w-1]
	room := w - 1
	for j := n - 1; j >= 0; j-- {
		mem := &h.members[j]
		mem.pick = 0
		best := math.Inf(1)
		for l := range mem.levels {
			lv := &mem.levels[l]
			if lv.use <= room {
				if v := h.ahead[j*w+room-lv.use] + lv.value; v < best {
					best, mem.pick = v, l
				}
			}
		}
		room = max(0, room-mem.levels[mem.pick].use)
	}
}

// refs finds for every level what forcing it costs, as a reference value: a
// plan of the building at this level with value v costs the whole bound
// v − ref more.
func (h *hardRow) refs() {
	w := h.cells + 1
	n := len(h.members)
	h.behind = grow(h.behind, (n+1)*w)
	clear(h.behind[n*w : (n+1)*w])
	for j := n - 1; j >= 0; j-- {
		from, to := h.behind[(j+1)*w:(j+2)*w], h.behind[j*w:(j+1)*w]
		for r := range to {
			to[r] = never
		}
		for l := range h.members[j].levels {
			lv := &h.members[j].levels[l]
			if lv.value >= never {
				continue
			}
			for r := lv.use; r < w; r++ {
				if v := from[r-lv.use] + lv.value; v < to[r] {
					to[r] = v
				}
			}
		}
	}
	for j := range h.members {
		for l := range h.members[j].levels {
			lv := &h.members[j].levels[l]
			left := h.cells - lv.use
			best := never
			for r := 0; r <= left; r++ {
				best = min(best, h.ahead[j*w+r]+h.behind[(j+1)*w+left-r])
			}
			// Whole bound when forced with value v: best + v.
			lv.ref = h.total - best
			if best >= never/2 {
				lv.ref = -never
			}
		}
	}
}
