package estatemap

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/paulmach/orb"
)

// Group is marks that lie too close together to be told apart at a zoom. They
// are drawn as one number.
type Group struct {
	At      orb.Point // their middle
	Count   int
	Bound   orb.Bound
	Classes [maxClasses]int32 // how many of each class
	One     int               // the dot, when there is only one
	x, y    float64           // sums
	cell    [2]int32
	dead    bool // taken in by a neighbour
}

// groupSide is the side of the squares in which marks are put together, in
// Fyne units at the outer end of a step of the zoom.
const groupSide = 52

// groupings are worked out once for each step of the zoom and each choice of
// hidden classes. Steps double the zoom.
type groupings struct {
	mu     sync.Mutex
	hidden uint32
	levels map[int]*groupLevel
}

type groupLevel struct {
	groups []Group
	alone  []bool // by dot: drawn by itself
}

// levelOf is the step of a zoom, given in Fyne units per map metre.
func levelOf(zoom float64) int { return int(math.Floor(math.Log2(zoom))) }

// badge is the radius of a group's mark in Fyne units.
func badge(count int) float64 { return 10 + 3.6*math.Log10(float64(count)) }

func maskOf(hidden map[int]bool) uint32 {
	m := uint32(0)
	for k, on := range hidden {
		if on && k >= 0 && k < 32 {
			m |= 1 << k
		}
	}
	return m
}

// Groups returns the groups of a zoom; a group of one is a mark by itself. It
// may be called from any goroutine.
func (sn *Scene) Groups(zoom float64, hidden map[int]bool) []Group {
	g := &sn.groups
	g.mu.Lock()
	defer g.mu.Unlock()
	if m := maskOf(hidden); g.levels == nil || m != g.hidden {
		g.levels, g.hidden = map[int]*groupLevel{}, m
	}
	level := levelOf(zoom)
	l := g.levels[level]
	if l == nil {
		l = &groupLevel{groups: sn.group(level, g.hidden), alone: make([]bool, len(sn.Dots))}
		for i := range l.groups {
			if l.groups[i].Count == 1 {
				l.alone[l.groups[i].One] = true
			}
		}
		g.levels[level] = l
	}
	return l.groups
}

// ready returns the groups of a zoom only if they have been worked out, so that
// a pointer never waits for them.
func (sn *Scene) ready(zoom float64, hidden map[int]bool) *groupLevel {
	g := &sn.groups
	if !g.mu.TryLock() {
		return nil
	}
	defer g.mu.Unlock()
	if g.levels == nil || maskOf(hidden) != g.hidden {
		return nil
	}
	return g.levels[levelOf(zoom)]
}

func (sn *Scene) group(level int, hidden uint32) []Group {
	zoom := math.Exp2(float64(level))
	side := groupSide / zoom
	index := make(map[[2]int32]int32, 1024)
	var all []Group
	for i := range sn.Dots {
		d := &sn.Dots[i]
		if hidden&(1<<d.Class) != 0 {
			continue
		}
		c := [2]int32{int32(math.Floor(d.At[0] / side)), int32(math.Floor(d.At[1] / side))}
		at, ok := index[c]
		if !ok {
			at = int32(len(all))
			index[c] = at
			all = append(all, Group{cell: c, One: i, Bound: orb.Bound{Min: d.At, Max: d.At}})
		}
		g := &all[at]
		g.Count++
		g.x += d.At[0]
		g.y += d.At[1]
		g.Bound = g.Bound.Extend(d.At)
		g.Classes[d.Class]++
	}
	order := make([]int32, len(all))
	for i := range all {
		g := &all[i]
		g.At[0], g.At[1] = g.x/float64(g.Count), g.y/float64(g.Count)
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(all[b].Count, all[a].Count), cmp.Compare(all[a].cell[1], all[b].cell[1]), cmp.Compare(all[a].cell[0], all[b].cell[0]))
	})
	// A badge that would cover its neighbour takes it in.
	for _, i := range order {
		g := &all[i]
		if g.dead || g.Count < 2 {
			continue
		}
		for dy := int32(-1); dy <= 1; dy++ {
			for dx := int32(-1); dx <= 1; dx++ {
				j, ok := index[[2]int32{g.cell[0] + dx, g.cell[1] + dy}]
				if !ok || j == i || all[j].dead || all[j].Count > g.Count {
					continue
				}
				n := &all[j]
				room := badge(g.Count) + 4
				if n.Count > 1 {
					room = badge(g.Count) + badge(n.Count) + 2
				}
				if math.Hypot(g.At[0]-n.At[0], g.At[1]-n.At[1])*zoom < room {
					g.take(n)
				}
			}
		}
	}
	return slices.DeleteFunc(all, func(g Group) bool { return g.dead })
}

// take adds the members of a neighbour; the badge stays where it is.
func (g *Group) take(n *Group) {
	g.Count += n.Count
	g.Bound = g.Bound.Union(n.Bound)
	for k := range g.Classes {
		g.Classes[k] += n.Classes[k]
	}
	n.dead = true
}

// GroupAt is what lies under a point of the map when marks are grouped: a group
// of two or more, or a mark by itself, or neither; reach is one Fyne unit in map
// metres.
func (sn *Scene) GroupAt(p orb.Point, reach float64, hidden map[int]bool) (*Group, *Dot) {
	l := sn.ready(1/reach, hidden)
	if l == nil {
		return nil, nil
	}
	for i := range l.groups {
		g := &l.groups[i]
		if g.Count > 1 && math.Hypot(g.At[0]-p[0], g.At[1]-p[1])/reach <= badge(g.Count)+2 {
			return g, nil
		}
	}
	return nil, sn.near(p, reach, hidden, l.alone)
}

// Members lists the marks within the bound of a group.
func (sn *Scene) Members(g *Group, hidden map[int]bool) []*Dot {
	var out []*Dot
	for _, x := range sn.tree.InBound(nil, g.Bound.Pad(0.01)) {
		if d := x.(*Dot); !hidden[d.Class] {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b *Dot) int { return cmp.Compare(a.index, b.index) })
	return out
}
