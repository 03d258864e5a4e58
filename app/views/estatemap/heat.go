package estatemap

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/planting-the-flag/flagstone/model/geo"
)

// Person is a point where people live, in map metres.
type Person struct {
	At     orb.Point
	Code   string
	Place  geo.LatLon
	People float64
	Groups map[string]float64
}

// count is how many live there of a group; of all when it is empty.
func (p *Person) count(group string) float64 {
	if group == "" {
		return p.People
	}
	return p.Groups[group]
}

// HeatMap is how densely people live: people are spread around their points
// by a smooth kernel, and none are lost or made.
type HeatMap struct {
	Group  string // whom it counts; empty for all residents
	Bound  orb.Bound
	Cell   float64 // side in map metres
	W, H   int
	V      []float32 // residents per km² of ground, row by row from the south
	Breaks []float64 // where each colour begins
	Total  float64   // people counted
	Reach  float64   // how far people are spread, metres of ground
	ground float64   // km² of ground in a cell
}

// mostCells bounds a surface to what is quick to work out and small to keep.
const mostCells = 1 << 20

// NewHeat spreads a group of people over the land; nil when nobody is known.
func NewHeat(people []Person, group string) *HeatMap {
	var pts []Person
	b := orb.Bound{}
	for _, p := range people {
		if p.count(group) <= 0 {
			continue
		}
		if len(pts) == 0 {
			b = orb.Bound{Min: p.At, Max: p.At}
		}
		b = b.Extend(p.At)
		pts = append(pts, p)
	}
	if len(pts) == 0 {
		return nil
	}
	stretch := geo.MercatorStretch(geo.FromMercator(b.Center()).Lat)
	h := &HeatMap{Group: group}
	h.Reach = max(150, min(6000, 0.9*spacing(pts, b)/stretch))
	sigma := h.Reach * stretch // in map metres
	b = b.Pad(3.5 * sigma)
	h.Cell = sigma / math.Sqrt(20) // of which three boxes of nine cells have the spread
	for (b.Max[0]-b.Min[0])/h.Cell*(b.Max[1]-b.Min[1])/h.Cell > mostCells {
		h.Cell *= 1.25
	}
	b = b.Pad(4 * h.Cell)
	h.W, h.H = int((b.Max[0]-b.Min[0])/h.Cell)+2, int((b.Max[1]-b.Min[1])/h.Cell)+2
	h.Bound = b
	h.V = make([]float32, h.W*h.H)
	for i := range pts {
		n := pts[i].count(group)
		h.Total += n
		h.splat(pts[i].At, n)
	}
	// Three boxes of 2r+1 cells have a variance of ((2r+1)²−1)/4 and are near a
	// bell (Wells, 1986); in the middle they are 12 % lower than one.
	r := max(1, int(math.Round((math.Sqrt(4*sq(sigma/h.Cell)+1)-1)/2)))
	tmp := make([]float32, len(h.V))
	for range 3 {
		boxBlur(h.V, tmp, h.W, h.H, r, 1, h.W)
		boxBlur(tmp, h.V, h.H, h.W, r, h.W, 1)
	}
	h.ground = sq(h.Cell/stretch) / 1e6
	top := float32(0)
	for i := range h.V {
		h.V[i] /= float32(h.ground)
		top = max(top, h.V[i])
	}
	for _, s := range []float64{0.08, 0.25, 0.45, 0.65, 0.85} {
		h.Breaks = append(h.Breaks, twoDigits(s*float64(top)))
	}
	return h
}

func sq(x float64) float64 { return x * x }

// spacing is the usual distance in map metres from a point to its neighbours,
// from how many lie in the middle half of the bound.
func spacing(pts []Person, b orb.Bound) float64 {
	if len(pts) < 2 {
		return 600
	}
	near := make([]float64, 0, min(len(pts), 200))
	step := max(1, len(pts)/200)
	for i := 0; i < len(pts); i += step {
		best := math.Inf(1)
		for j := range pts {
			if d := math.Hypot(pts[i].At[0]-pts[j].At[0], pts[i].At[1]-pts[j].At[1]); i != j && d > 0 {
				best = min(best, d)
			}
		}
		if !math.IsInf(best, 1) {
			near = append(near, best)
		}
	}
	if len(near) == 0 {
		return 600
	}
	slices.Sort(near)
	return near[len(near)/2]
}

// splat shares a number among the four cells around a point.
func (h *HeatMap) splat(p orb.Point, n float64) {
	x, y := (p[0]-h.Bound.Min[0])/h.Cell, (p[1]-h.Bound.Min[1])/h.Cell
	i, j := int(x), int(y)
	if i < 0 || j < 0 || i+1 >= h.W || j+1 >= h.H {
		return
	}
	fx, fy := x-float64(i), y-float64(j)
	at := j*h.W + i
	h.V[at] += float32(n * (1 - fx) * (1 - fy))
	h.V[at+1] += float32(n * fx * (1 - fy))
	h.V[at+h.W] += float32(n * (1 - fx) * fy)
	h.V[at+h.W+1] += float32(n * fx * fy)
}

// boxBlur averages along lines of n values a stride apart; what would leave at
// an end is kept in the last cell.
func boxBlur(src, dst []float32, n, lines, r, stride, next int) {
	k := 1 / float32(2*r+1)
	for l := range lines {
		at := l * next
		value := func(i int) float32 { return src[at+i*stride] }
		acc := float32(0)
		for i := -r; i <= r; i++ {
			if i >= 0 && i < n {
				acc += value(i)
			}
		}
		for i := range n {
			dst[at+i*stride] = acc * k
			if j := i + r + 1; j < n {
				acc += value(j)
			}
			if j := i - r; j >= 0 {
				acc -= value(j)
			}
		}
	}
}

// At is the density at a point of the map, between the cells.
func (h *HeatMap) At(p orb.Point) float64 {
	x, y := (p[0]-h.Bound.Min[0])/h.Cell, (p[1]-h.Bound.Min[1])/h.Cell
	i, j := int(math.Floor(x)), int(math.Floor(y))
	if i < 0 || j < 0 || i+1 >= h.W || j+1 >= h.H {
		return 0
	}
	fx, fy := x-float64(i), y-float64(j)
	v := h.V[j*h.W+i:]
	return (float64(v[0])*(1-fx)+float64(v[1])*fx)*(1-fy) + (float64(v[h.W])*(1-fx)+float64(v[h.W+1])*fx)*fy
}

// Mass is how many people the surface holds.
func (h *HeatMap) Mass() float64 {
	total := 0.0
	for _, v := range h.V {
		total += float64(v)
	}
	return total * h.ground
}

// band is the colour of a density, −1 for none.
func (h *HeatMap) band(v float64) int {
	n := -1
	for _, b := range h.Breaks {
		if v < b {
			break
		}
		n++
	}
	return n
}
