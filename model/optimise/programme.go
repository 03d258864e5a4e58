package optimise

import (
	"math"

	"github.com/planting-the-flag/flagstone/model/optimise/highs"
)

// programme is what a domain leaves possible, written as a mixed-integer
// programme for a general solver: a column for each action and each arc, and
// for each building that both sides of a conflict can reach one that says which
// side it takes. A service sits only where an action that holds it is taken, arc
// by arc, which bounds far better than capacity alone. Money is in £ thousand.
type programme struct {
	c     *core
	dom   *domain
	model highs.Model
	act   []int32 // column of each action, −1 when the domain has it not
	arc   []int32
	apart []int32   // column of the side of each building, or −1
	limit []int32   // row of each limit row, and of access last; −1 when it has none
	sits  []int32   // row of each service
	space []int32   // row of the room of each building, those of its sessions after it; −1 when nothing can sit there
	start []float64 // a solution to begin with, or nil
}

func (c *core) programme(dom *domain) *programme {
	g := &programme{c: c, dom: dom, act: make([]int32, c.nA), arc: make([]int32, len(c.arcSvc)), apart: make([]int32, c.nB), limit: make([]int32, c.nR+1)}
	m := &g.model
	for i := range c.nB {
		g.apart[i] = -1
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			g.act[a] = -1
			if dom.act[i]&(1<<(a-c.actStart[i])) != 0 {
				g.act[a] = m.Column(float64(c.actCost[a])/moneyScale, 0, 1, true)
			}
		}
	}
	for k, on := range dom.arc {
		g.arc[k] = -1
		if on {
			g.arc[k] = m.Column(float64(c.arcCost[k])/moneyScale, 0, 1, true)
		}
	}
	for i := range c.nB {
		g.building(i)
	}
	for s := range c.nS {
		var r row
		for _, k := range c.arcsOf(s) {
			r.add(g.arc[k], 1)
		}
		g.sits = append(g.sits, int32(len(m.RowLower)))
		m.Row(1, 1, r.index, r.value)
	}
	g.limits()
	return g
}

// row collects the terms of one row.
type row struct {
	index []int32
	value []float64
}

func (r *row) add(column int32, v float64) {
	if column >= 0 && v != 0 {
		r.index, r.value = append(r.index, column), append(r.value, v)
	}
}

// building adds the rows of one building.
func (g *programme) building(i int) {
	c, m := g.c, &g.model
	below := math.Inf(-1)
	var one, space row
	rooms := make([]row, c.nK)
	for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
		one.add(g.act[a], 1)
		space.add(g.act[a], -float64(c.actCap[a]))
	}
	m.Row(1, 1, one.index, one.value)
	for n := range rooms {
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			rooms[n].add(g.act[a], -min(float64(c.offers(a)[n])/spaceScale, 1e6))
		}
	}
	var sides uint8
	inside := 0
	for k := c.arcStart[i]; k < c.arcStart[i+1]; k++ {
		if g.arc[k] < 0 {
			continue
		}
		inside++
		s := c.arcSvc[k]
		sides |= c.side[s]
		space.add(g.arc[k], float64(c.demand[s]))
		for n, v := range c.needs(s) {
			rooms[n].add(g.arc[k], float64(v)/spaceScale)
		}
		link := row{index: []int32{g.arc[k]}, value: []float64{1}}
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			if c.arcMask[k]&(1<<(a-c.actStart[i])) != 0 {
				link.add(g.act[a], -1)
			}
		}
		m.Row(below, 0, link.index, link.value)
	}
	if inside == 0 {
		g.space = append(g.space, -1)
		return
	}
	g.space = append(g.space, int32(len(m.RowLower)))
	m.Row(below, 0, space.index, space.value)
	for _, r := range rooms {
		m.Row(below, 0, r.index, r.value)
	}
	if sides != 3 {
		return
	}
	g.apart[i] = m.Column(0, 0, 1, true)
	for k := c.arcStart[i]; k < c.arcStart[i+1]; k++ {
		switch {
		case g.arc[k] < 0:
		case c.side[c.arcSvc[k]] == 1:
			m.Row(below, 0, []int32{g.arc[k], g.apart[i]}, []float64{1, -1})
		case c.side[c.arcSvc[k]] == 2:
			m.Row(below, 1, []int32{g.arc[k], g.apart[i]}, []float64{1, 1})
		}
	}
}

// limits adds the limit rows and the access row, in the units of the problem.
func (g *programme) limits() {
	c, m := g.c, &g.model
	rows := make([]row, c.nR)
	for a, col := range g.act {
		for e := c.useStart[a]; e < c.useStart[a+1]; e++ {
			r := c.useRow[e]
			rows[r].add(col, float64(c.useAmt[e])/float64(c.rows[r].scale))
		}
	}
	var access row
	for k, col := range g.arc {
		c.moves.of(int32(k), func(r int32, v int64) { rows[r].add(col, float64(v)/float64(c.rows[r].scale)) })
		access.add(col, float64(c.arcAcc[k])/accessUnit)
	}
	for r := range rows {
		g.limit[r] = int32(len(m.RowLower))
		m.Row(math.Inf(-1), float64(c.limit[r])/float64(c.rows[r].scale), rows[r].index, rows[r].value)
	}
	g.limit[c.nR] = -1
	if c.hasAccess {
		g.limit[c.nR] = int32(len(m.RowLower))
		m.Row(math.Inf(-1), float64(c.accLimit)/accessUnit, access.index, access.value)
	}
}

// accessUnit turns the unit of arcAcc into thousand person-kilometres, which
// keeps the row among the others in size.
const accessUnit = 1e9

// plan reads a solution; nil when it is not a plan that keeps every limit to the
// last penny, which the tolerances of a general solver allow.
func (g *programme) plan(x []float64) *found {
	c := g.c
	act, arc := make([]int32, c.nB), make([]int32, c.nS)
	for i := range act {
		act[i] = -1
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			if col := g.act[a]; col >= 0 && x[col] > 0.5 {
				act[i] = a
			}
		}
		if act[i] < 0 {
			return nil
		}
	}
	for s := range arc {
		arc[s] = -1
		for _, k := range c.arcsOf(s) {
			if col := g.arc[k]; col >= 0 && x[col] > 0.5 {
				arc[s] = k
			}
		}
		if arc[s] < 0 {
			return nil
		}
	}
	st := newState(c, g.dom)
	st.set(act, arc)
	for i := range act {
		if st.mask(i)&(1<<(act[i]-c.actStart[i])) == 0 {
			return nil
		}
	}
	if !st.feasible() {
		return nil
	}
	return st.plan()
}

// point writes a plan as a solution; nil when the domain has not all of it.
func (g *programme) point(f *found) []float64 {
	x := make([]float64, len(g.model.Cost))
	for i, a := range f.act {
		if g.act[a] < 0 {
			return nil
		}
		x[g.act[a]] = 1
		if g.apart[i] >= 0 {
			for s, k := range f.arc {
				if int(g.c.arcBld[k]) == i && g.c.side[s] == 1 {
					x[g.apart[i]] = 1
				}
			}
		}
	}
	for _, k := range f.arc {
		if g.arc[k] < 0 {
			return nil
		}
		x[g.arc[k]] = 1
	}
	return x
}
