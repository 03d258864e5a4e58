package estatemap

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Near returns the asset whose mark lies under a point of the map; reach is
// one Fyne unit in map metres. Small marks win over large ones.
func (sn *Scene) Near(p orb.Point, reach float64, hidden map[int]bool) *Dot {
	return sn.near(p, reach, hidden, nil)
}

func (sn *Scene) near(p orb.Point, reach float64, hidden map[int]bool, only []bool) *Dot {
	const most = 24 // the largest mark's radius and a little
	b := orb.Bound{Min: p, Max: p}.Pad(most * reach)
	var best *Dot
	bestBy := math.Inf(1)
	for _, x := range sn.tree.InBound(nil, b) {
		d := x.(*Dot)
		if hidden[d.Class] || only != nil && !only[d.index] {
			continue
		}
		dist := math.Hypot(d.At[0]-p[0], d.At[1]-p[1]) / reach
		if dist <= d.Size+3 && dist+d.Size*0.2 < bestBy {
			best, bestBy = d, dist+d.Size*0.2
		}
	}
	return best
}

// Beneath lists the marks at the very place of one, itself included: several
// assets of one address, or of one postcode.
func (sn *Scene) Beneath(d *Dot, hidden map[int]bool) []*Dot {
	return sn.Members(&Group{Bound: orb.Bound{Min: d.At, Max: d.At}}, hidden)
}

// Within lists the marks inside an outline, in map metres.
func (sn *Scene) Within(ring orb.Ring, hidden map[int]bool) []int {
	if len(ring) < 3 {
		return nil
	}
	var out []int
	for _, x := range sn.tree.InBound(nil, ring.Bound()) {
		if d := x.(*Dot); !hidden[d.Class] && ringContains(ring, d.At) {
			out = append(out, d.index)
		}
	}
	slices.Sort(out)
	return out
}

// AreaAt is the boundary of a layer under a point of the map, or nil.
func (sn *Scene) AreaAt(layer int, p orb.Point) *Area {
	if layer < 0 || layer >= len(sn.Layers) {
		return nil
	}
	for i := range sn.Layers[layer].Areas {
		a := &sn.Layers[layer].Areas[i]
		if !a.Bound.Contains(p) {
			continue
		}
		inside := false
		for _, r := range a.Rings {
			if ringContains(r, p) {
				inside = !inside
			}
		}
		if inside {
			return a
		}
	}
	return nil
}

// ringContains counts crossings to the east, the even-odd rule.
func ringContains(r orb.Ring, p orb.Point) bool {
	in := false
	for i, j := 0, len(r)-1; i < len(r); j, i = i, i+1 {
		a, b := r[i], r[j]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}
