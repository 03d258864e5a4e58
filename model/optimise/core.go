package optimise

import (
	"fmt"
	"math"
	"math/bits"
)

// core is a problem in compact form. Actions and arcs of a building are
// neighbours in memory; an arc carries the set of its building's actions that
// can hold its service, so classes and tags are gone. Costs are whole pence,
// demands and capacities are divided by their common divisor.
type core struct {
	nB, nS, nA, nR int

	actStart []int32 // first action of each building, and the end
	actCost  []int64
	actCap   []int64
	actName  []int32 // index of the action in Problem.Actions[building]
	useStart []int32 // first use of each action, and the end
	useRow   []int32
	useAmt   []int64
	limit    []int64 // Σ use ≤ limit for each row
	rows     []rowInfo

	arcStart []int32 // first arc of each building, and the end
	arcSvc   []int32
	arcBld   []int32
	arcCost  []int64
	arcAcc   []int64
	arcMask  []uint64 // local actions that can hold the service
	moves    moveUses // what arcs take of the limit rows
	svcStart []int32  // first entry in svcArc of each service, and the end
	svcArc   []int32
	demand   []int64
	nK       int     // sessions
	sess     []int64 // space each service needs in each session
	room     []int64 // space each action offers in each session
	side     []uint8 // 0, or the side of a conflict: 1 or 2

	hasAccess bool
	accLimit  int64
	unit      int64 // space units in whole(…, spaceScale)
	gcd       int64 // every plan costs base plus a multiple of gcd
	base      int64

	// slots of building i are slots[slotStart[i]:slotStart[i+1]]: actions
	// with one capacity that hold the same services share a knapsack.
	slotStart []int32
	slots     []slot

	bldOrig, svcOrig []int32 // indexes in the Problem
}

type slot struct {
	acts uint64 // local actions
	cap  int64
	bit  uint64 // one of them, to test arc masks with
}

// rowInfo says where a limit row came from.
type rowInfo struct {
	kind  string
	what  string
	scale int64
	year  int
	sign  int64 // −1 for a rule of the at-least kind
}

// domain is what is still possible at a node of a search: the actions left to
// each building and the arcs left to each service.
type domain struct {
	act []uint64
	arc []bool
	cnt []int32 // arcs left to each service
}

func (d *domain) clone() *domain {
	return &domain{
		act: append([]uint64(nil), d.act...),
		arc: append([]bool(nil), d.arc...),
		cnt: append([]int32(nil), d.cnt...),
	}
}

// compile turns a valid problem into a core. Locks stay out of it: they belong
// to the first domain.
func compile(p *Problem) *core {
	c := &core{nB: len(p.Buildings), nS: len(p.Services)}
	c.compileRows(p)
	row := map[int][]ruleUse{}
	c.ruleUses(p, row)
	c.actStart = append(c.actStart, 0)
	c.useStart = append(c.useStart, 0)
	for i, list := range p.Actions {
		c.bldOrig = append(c.bldOrig, int32(i))
		for k := range list {
			a := &list[k]
			c.actCost = append(c.actCost, whole(a.Cost, moneyScale))
			c.actCap = append(c.actCap, whole(a.Cap, spaceScale))
			c.actName = append(c.actName, int32(k))
			for r, info := range c.rows {
				var amt int64
				switch info.kind {
				case KindBudget:
					amt = at(a.Capex, info.year, moneyScale)
				case KindCarbon:
					amt = at(a.Carbon, info.year, carbonScale)
				}
				c.addUse(r, amt)
			}
			for _, u := range row[i<<6|k] {
				c.addUse(u.row, u.amount)
			}
			c.useStart = append(c.useStart, int32(len(c.useRow)))
		}
		c.actStart = append(c.actStart, int32(len(c.actCost)))
	}
	c.nA = len(c.actCost)
	c.nR = len(c.rows)
	c.compileServices(p)
	c.compileSessions(p)
	c.surrogate()
	c.index()
	c.divide()
	c.group()
	return c
}

func at(v []float64, t int, scale int64) int64 {
	if t >= len(v) {
		return 0
	}
	return whole(v[t], scale)
}

func (c *core) addUse(row int, amount int64) {
	if amount != 0 {
		c.useRow = append(c.useRow, int32(row))
		c.useAmt = append(c.useAmt, amount)
	}
}

func (c *core) compileRows(p *Problem) {
	for _, t := range sortedKeys(p.Budget) {
		c.rows = append(c.rows, rowInfo{kind: KindBudget, what: fmt.Sprintf("year %d", t), scale: moneyScale, year: t, sign: 1})
		c.limit = append(c.limit, whole(p.Budget[t], moneyScale))
	}
	for _, t := range sortedKeys(p.CarbonTarget) {
		c.rows = append(c.rows, rowInfo{kind: KindCarbon, what: fmt.Sprintf("year %d", t), scale: carbonScale, year: t, sign: 1})
		c.limit = append(c.limit, whole(p.CarbonTarget[t], carbonScale))
	}
	if p.AccessLimit != nil {
		c.hasAccess, c.accLimit = true, whole(*p.AccessLimit, accessScale)*1000
	}
}

// ruleUse is what an action or a move takes of a row.
type ruleUse struct {
	row    int
	amount int64
}

func (c *core) ruleUses(p *Problem, into map[int][]ruleUse) {
	building := map[string]int{}
	for i, b := range p.Buildings {
		building[b.ID] = i
	}
	for _, r := range p.Rules {
		for _, sign := range []int64{1, -1} {
			side := r.AtMost
			if sign < 0 {
				side = r.AtLeast
			}
			if side == nil {
				continue
			}
			n := len(c.rows)
			c.rows = append(c.rows, rowInfo{kind: KindRule, what: r.Name, scale: ruleScale, sign: sign})
			c.limit = append(c.limit, sign*whole(*side, ruleScale))
			sum := map[int]int64{}
			for _, t := range r.Terms {
				w := t.Weight
				if w == 0 {
					w = 1
				}
				i := building[t.Building]
				sum[i<<6|p.actionIndex(i, t.Action)] += sign * whole(w, ruleScale)
			}
			for _, key := range sortedKeys(sum) {
				into[key] = append(into[key], ruleUse{n, sum[key]})
			}
		}
	}
}

func (c *core) compileServices(p *Problem) {
	for s := range p.Services {
		c.svcOrig = append(c.svcOrig, int32(s))
		c.demand = append(c.demand, whole(p.Services[s].Demand, spaceScale))
		side := uint8(0)
		switch p.Services[s].Conflict {
		case "A":
			side = 1
		case "B":
			side = 2
		}
		c.side = append(c.side, side)
	}
	c.moves.init(c.nR)
	byBuilding := make([][]int, c.nB)
	for k := range p.Arcs {
		byBuilding[p.Arcs[k].Building] = append(byBuilding[p.Arcs[k].Building], k)
	}
	c.arcStart = append(c.arcStart, 0)
	for i, list := range byBuilding {
		for _, k := range list {
			arc := &p.Arcs[k]
			svc := &p.Services[arc.Service]
			var mask uint64
			for j := range p.Actions[i] {
				if holds(&p.Actions[i][j], svc) {
					mask |= 1 << j
				}
			}
			c.arcSvc = append(c.arcSvc, int32(arc.Service))
			c.arcBld = append(c.arcBld, int32(i))
			c.arcCost = append(c.arcCost, whole(arc.Cost, moneyScale))
			c.arcAcc = append(c.arcAcc, whole(svc.Population, 1000)*whole(arc.KM, accessScale))
			c.arcMask = append(c.arcMask, mask)
			c.moves.add(c.usesOf(arc)...)
		}
		c.arcStart = append(c.arcStart, int32(len(c.arcSvc)))
	}
}

// index builds the arc lists of the services.
func (c *core) index() {
	c.svcStart = make([]int32, c.nS+1)
	for _, s := range c.arcSvc {
		c.svcStart[s+1]++
	}
	for s := range c.nS {
		c.svcStart[s+1] += c.svcStart[s]
	}
	next := append([]int32(nil), c.svcStart...)
	c.svcArc = make([]int32, len(c.arcSvc))
	for k, s := range c.arcSvc {
		c.svcArc[next[s]] = int32(k)
		next[s]++
	}
}

// group finds the slots of every building.
func (c *core) group() {
	c.slotStart = append(c.slotStart[:0], 0)
	c.slots = c.slots[:0]
	for i := range c.nB {
		first := len(c.slots)
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			bit := uint64(1) << (a - c.actStart[i])
			found := false
			for j := first; j < len(c.slots) && !found; j++ {
				if c.slots[j].cap == c.actCap[a] && c.alike(i, c.slots[j].bit, bit) {
					c.slots[j].acts |= bit
					found = true
				}
			}
			if !found {
				c.slots = append(c.slots, slot{acts: bit, cap: c.actCap[a], bit: bit})
			}
		}
		c.slotStart = append(c.slotStart, int32(len(c.slots)))
	}
}

// alike says whether two actions of a building hold the same services.
func (c *core) alike(i int, a, b uint64) bool {
	for k := c.arcStart[i]; k < c.arcStart[i+1]; k++ {
		if (c.arcMask[k]&a != 0) != (c.arcMask[k]&b != 0) {
			return false
		}
	}
	return true
}

// divide takes the common divisor out of demands (capacities round down, which
// loses nothing) and finds the common divisor of cost differences, by which
// every lower bound may be rounded up.
func (c *core) divide() {
	var g int64
	for _, d := range c.demand {
		g = gcd(g, d)
	}
	c.unit = max(g, 1)
	for s := range c.demand {
		c.demand[s] /= c.unit
	}
	for a := range c.actCap {
		c.actCap[a] /= c.unit
	}
	g, c.base = 0, 0
	for i := range c.nB {
		first := c.actCost[c.actStart[i]]
		c.base += first
		for a := c.actStart[i]; a < c.actStart[i+1]; a++ {
			g = gcd(g, c.actCost[a]-first)
		}
	}
	for s := range c.nS {
		arcs := c.arcsOf(s)
		if len(arcs) == 0 {
			continue
		}
		first := c.arcCost[arcs[0]]
		c.base += first
		for _, k := range arcs {
			g = gcd(g, c.arcCost[k]-first)
		}
	}
	c.gcd = max(g, 1)
}

func gcd(a, b int64) int64 {
	a, b = max(a, -a), max(b, -b)
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func (c *core) arcsOf(s int) []int32 { return c.svcArc[c.svcStart[s]:c.svcStart[s+1]] }

// full is the domain in which everything is possible.
func (c *core) full() *domain {
	d := &domain{act: make([]uint64, c.nB), arc: make([]bool, len(c.arcSvc)), cnt: make([]int32, c.nS)}
	for i := range c.nB {
		d.act[i] = 1<<(c.actStart[i+1]-c.actStart[i]) - 1
	}
	for k := range d.arc {
		d.arc[k] = true
		d.cnt[c.arcSvc[k]]++
	}
	return d
}

// roundUp turns a real lower bound in pence into the least cost a plan at or
// above it can have.
func (c *core) roundUp(bound float64) float64 {
	slack := 0.01 + mul(abs(bound), 1e-10)
	n := math.Ceil((bound - slack - float64(c.base)) / float64(c.gcd))
	return mul(n, float64(c.gcd)) + float64(c.base)
}

func abs(v float64) float64 {
	if v < 0 {
		return -v
	}
	return v
}

func firstBit(m uint64) int { return bits.TrailingZeros64(m) }

func popcount(m uint64) int { return bits.OnesCount64(m) }
