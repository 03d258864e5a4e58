package optimise

import (
	"math/rand/v2"
	"slices"
)

// pool is the best plans met that differ, the cheapest first. Two of them are
// crossed: what they share stays, and the buildings in which they differ are
// planned anew (a memetic search, Moscato 1989; solving what two plans leave open
// is the crossover of Rothberg 2007). What a large building holds must move to many
// others at once, which small neighbourhoods cannot do and two plans show how.
type pool struct {
	list    []elite
	born    int
	crossed map[[2]int]int // how often
}

type elite struct {
	plan  *found
	id    int
	level int // of effort spent on its neighbourhoods
}

const (
	poolSize      = 10
	poolFew       = 4   // below which newcomers are sought rather than crossings
	poolBuildings = 150 // beyond which all effort goes to one plan
	mostEffort    = 4   // level
	poolApart     = 8   // plans that differ in less than one of so many buildings are alike
)

// enter takes a plan in unless one like it and as cheap is there. The plans like
// it and dearer go, and so does the dearest when there are too many.
func (p *pool) enter(c *core, f *found) {
	for n := 0; n < len(p.list); n++ {
		if len(c.apart(p.list[n].plan, f)) >= max(3, c.nB/poolApart) {
			continue
		}
		if p.list[n].plan.cost <= f.cost {
			return
		}
		p.list = slices.Delete(p.list, n, n+1)
		n--
	}
	p.born++
	at, _ := slices.BinarySearchFunc(p.list, f.cost, func(e elite, cost int64) int {
		if e.plan.cost <= cost {
			return -1
		}
		return 1
	})
	p.list = slices.Insert(p.list, at, elite{plan: f, id: p.born})
	p.list = p.list[:min(len(p.list), poolSize)]
}

// pair draws two plans, the cheaper first, among those that were crossed least, and
// says how often they were.
func (p *pool) pair(rng *rand.Rand) (a, b *found, level int) {
	var open [][2]int
	level = mostEffort
	for i := range p.list {
		for j := i + 1; j < len(p.list); j++ {
			n := p.crossed[[2]int{p.list[i].id, p.list[j].id}]
			if n < level {
				level, open = n, open[:0]
			}
			if n <= level {
				open = append(open, [2]int{i, j})
			}
		}
	}
	x := open[rng.IntN(len(open))]
	if p.crossed == nil {
		p.crossed = map[[2]int]int{}
	}
	p.crossed[[2]int{p.list[x[0]].id, p.list[x[1]].id}] = min(level+1, mostEffort)
	return p.list[x[0]].plan, p.list[x[1]].plan, level
}

// apart lists the buildings in which two plans take other actions or hold other
// services.
func (c *core) apart(a, b *found) []int32 {
	differ := make([]bool, c.nB)
	for i := range c.nB {
		differ[i] = a.act[i] != b.act[i]
	}
	for s := range c.nS {
		if a.arc[s] != b.arc[s] {
			differ[c.arcBld[a.arc[s]]], differ[c.arcBld[b.arc[s]]] = true, true
		}
	}
	var out []int32
	for i, d := range differ {
		if d {
			out = append(out, int32(i))
		}
	}
	return out
}

// between is a domain in which every building takes an action of either plan.
func (c *core) between(dom *domain, a, b *found) *domain {
	d := dom.clone()
	for i := range c.nB {
		d.act[i] = 1<<(a.act[i]-c.actStart[i]) | 1<<(b.act[i]-c.actStart[i])
	}
	return d
}
