package estatemap

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
)

// fate is what a plan does to a building. Each has a shape of its own.
type fate int8

const (
	now      fate = iota // not a picture of a plan at all
	stays                // left as it is
	closes               // crossed out
	receives             // a ring and a plus
	changes              // a diamond around it
)

// fateWords say the fates in the legend.
var fateWords = map[fate]string{closes: words.Later("Closes"), receives: words.Later("Takes services in"), changes: words.Later("New use or works")}

// Compared is what a plan does to every mark.
type Compared struct {
	Name  string
	Fates []fate
	Moves []Passage
	Count map[fate]int
	Last  int // financial year in which the last of it happens
}

// Passage is services that go from one building to another.
type Passage struct {
	From, To int // dots
	Services int
}

func (c *Compared) fate(i int) fate {
	if i < len(c.Fates) {
		return c.Fates[i]
	}
	return stays
}

// Compare says what a scenario does to the marks; plan is what the scenario
// came to and may be nil while that is being worked out.
func Compare(sn *Scene, sc *model.Scenario, plan *action.Plan) *Compared {
	c := &Compared{Name: sc.Name, Fates: make([]fate, len(sn.Dots)), Count: map[fate]int{}}
	for i := range c.Fates {
		c.Fates[i] = stays
	}
	set := func(id model.AssetID, f fate) {
		if i, ok := sn.byID[id]; ok && (c.Fates[i] == stays || f == closes || f == receives && c.Fates[i] == changes) {
			c.Fates[i] = f
		}
	}
	for _, a := range sc.Actions {
		c.Last = max(c.Last, a.Year)
		switch a.Kind {
		case model.Sell, model.ExitLease, model.Transfer, model.Mothball, model.Greening, model.LetOut:
			set(a.Asset, closes)
		case model.CoLocate:
			set(a.Asset, receives)
		case model.Retain:
		default:
			set(a.Asset, changes)
		}
	}
	passages := map[[2]int]int{}
	add := func(from, to model.AssetID) {
		i, ok := sn.byID[from]
		j, ok2 := sn.byID[to]
		if !ok || !ok2 || i == j {
			return
		}
		k, seen := passages[[2]int{i, j}]
		if !seen {
			k = len(c.Moves)
			passages[[2]int{i, j}] = k
			c.Moves = append(c.Moves, Passage{From: i, To: j})
		}
		c.Moves[k].Services++
		set(to, receives)
	}
	if plan != nil {
		for _, m := range plan.Moves {
			add(m.From, m.To)
		}
		for _, x := range plan.Closures {
			set(x.Asset, closes)
			c.Last = max(c.Last, x.Closed)
		}
	} else {
		for _, a := range sc.Actions {
			for _, f := range a.From {
				add(f, a.Asset)
			}
		}
	}
	for _, f := range c.Fates {
		c.Count[f]++
	}
	return c
}

// Closes says whether a mark is gone under the plan.
func (c *Compared) Closes(i int) bool { return c.fate(i) == closes }

// Words says the plan in one line.
func (c *Compared) Words() string {
	s := format.Count(c.Count[closes], "building closes", "buildings close")
	if n := c.Count[receives]; n > 0 {
		s += ", " + format.Count(n, "takes services in", "take services in")
	}
	if n := c.Count[changes]; n > 0 {
		s += ", " + format.Count(n, "changes", "change")
	}
	return s
}

// moves draws an arrow for every passage.
func (p *painter) moves(c *Compared) {
	u := p.st.Scale
	for _, halo := range []bool{true, false} {
		for _, m := range c.Moves {
			p.arrow(&p.sn.Dots[m.From], &p.sn.Dots[m.To], halo, u)
		}
		if halo {
			p.brush.flush(p.st.Halo)
		} else {
			p.brush.flush(p.st.Ink)
		}
	}
}

// arrow outlines a bowed line with a head, wider for its halo.
func (p *painter) arrow(from, to *Dot, halo bool, u float64) {
	x0, y0 := p.place(from.At)
	x1, y1 := p.place(to.At)
	l := math.Hypot(x1-x0, y1-y0)
	start, end := (max(from.Size, 7)+3)*u, (max(to.Size, 7)+8)*u
	if l < start+end+6*u {
		return
	}
	width, head := 1.5*u, 6.0*u
	if halo {
		width, head = 4*u, 8*u
	}
	ux, uy := (x1-x0)/l, (y1-y0)/l
	bow := min(0.16*l, 46*u)
	at := func(t float64) orb.Point {
		s := start + (l-start-end)*t
		k := 4 * bow * (s / l) * (1 - s/l)
		var q orb.Point
		q[0], q[1] = x0+ux*s-uy*k, y0+uy*s+ux*k
		return q
	}
	line := make([]orb.Point, 0, 17)
	for i := range 17 {
		line = append(line, at(float64(i)/16*0.97))
	}
	p.brush.stroke(line, func(q orb.Point) (x, y float64) { return q[0], q[1] }, width, 0, 0)
	tip, tail := at(1), at(0.94)
	dx, dy := tip[0]-tail[0], tip[1]-tail[1]
	n := math.Hypot(dx, dy)
	if n == 0 {
		return
	}
	dx, dy = dx/n*head, dy/n*head
	over := 0.0
	if halo {
		over = 0.25
	}
	p.brush.point(tip[0]+dx*over, tip[1]+dy*over)
	p.brush.point(tip[0]-dx*1.3-dy*0.7, tip[1]-dy*1.3+dx*0.7)
	p.brush.point(tip[0]-dx*1.3+dy*0.7, tip[1]-dy*1.3-dx*0.7)
	p.brush.close()
}
