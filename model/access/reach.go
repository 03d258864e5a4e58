// Package access knows how long people take to reach a service: straight-line
// distance, a detour factor, a speed by mode. It says who is within reach
// before and after a plan, by group and area, and who is worse off.
//
// It refuses to know timetables and road networks: minutes are estimates for
// comparing plans, and every result says so. A user's own travel-time matrix
// can stand in for them.
package access

import (
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Mode is a way of travelling over a detour factor.
type Mode struct {
	Name   string
	KmH    float64 // door-to-door speed on the way
	Detour float64 // road distance for each unit of straight line
	Wait   float64 // minutes added to every trip
}

// The modes compared. Walking speed is the 4.8 km/h of British accessibility
// planning; the bus-like and car speeds are urban averages including stops.
var (
	Walk = Mode{Name: "on foot", KmH: 4.8, Detour: 1.3}
	Bus  = Mode{Name: "by bus", KmH: 14, Detour: 1.4, Wait: 8}
	Car  = Mode{Name: "by car", KmH: 28, Detour: 1.3, Wait: 2}
)

// Modes lists them, slowest first.
var Modes = []Mode{Walk, Bus, Car}

// Minutes turns a straight-line distance in metres into minutes.
func (m Mode) Minutes(metres float64) float64 {
	return m.Wait + metres/1000*m.Detour/m.KmH*60
}

// Metres is the straight-line distance covered in so many minutes.
func (m Mode) Metres(minutes float64) float64 {
	return math.Max(0, minutes-m.Wait) / 60 * m.KmH / m.Detour * 1000
}

// Nearest gives, for every place, the straight-line distance in metres to the
// nearest of the sites and that site's number; +Inf and −1 when there are none.
func Nearest(places, sites []model.LatLon) (metres []float64, site []int) {
	metres, site = make([]float64, len(places)), make([]int, len(places))
	if len(sites) == 0 {
		for i := range places {
			metres[i], site[i] = math.Inf(1), -1
		}
		return metres, site
	}
	g := newGrid(sites)
	for i, p := range places {
		site[i] = g.nearest(p)
		metres[i] = geo.Distance(geo.LatLon(p), geo.LatLon(sites[site[i]]))
	}
	return metres, site
}

func metres(a, b model.LatLon) float64 { return geo.Distance(geo.LatLon(a), geo.LatLon(b)) }

// grid is a bucket index over sites on a local flat map, with metres as units.
// Cells hold about one site each, so a search looks at a handful.
type grid struct {
	origin     geo.LatLon
	minX, minY float64
	cell       float64
	nx, ny     int
	start      []int32 // sites of cell c are order[start[c]:start[c+1]]
	order      []int32
	x, y       []float64
}

func newGrid(sites []model.LatLon) *grid {
	g := &grid{origin: geo.LatLon(sites[0]), x: make([]float64, len(sites)), y: make([]float64, len(sites))}
	maxX, maxY := math.Inf(-1), math.Inf(-1)
	g.minX, g.minY = math.Inf(1), math.Inf(1)
	for i, s := range sites {
		p := geo.Flat(geo.LatLon(s), g.origin)
		g.x[i], g.y[i] = p[0], p[1]
		g.minX, maxX = math.Min(g.minX, p[0]), math.Max(maxX, p[0])
		g.minY, maxY = math.Min(g.minY, p[1]), math.Max(maxY, p[1])
	}
	w, h := maxX-g.minX+1, maxY-g.minY+1
	g.cell = math.Max(1, math.Sqrt(w*h/float64(len(sites))))
	for g.cell < math.Max(w, h)/4096 {
		g.cell *= 2
	}
	g.nx, g.ny = int(w/g.cell)+1, int(h/g.cell)+1
	g.start = make([]int32, g.nx*g.ny+1)
	cells := make([]int, len(sites))
	for i := range sites {
		cells[i] = int((g.y[i]-g.minY)/g.cell)*g.nx + int((g.x[i]-g.minX)/g.cell)
		g.start[cells[i]+1]++
	}
	for c := 1; c < len(g.start); c++ {
		g.start[c] += g.start[c-1]
	}
	next := append([]int32(nil), g.start...)
	g.order = make([]int32, len(sites))
	for i, c := range cells {
		g.order[next[c]] = int32(i)
		next[c]++
	}
	return g
}

// nearest searches rings of cells outwards until no nearer site can lie in the
// next ring.
func (g *grid) nearest(p model.LatLon) int {
	q := geo.Flat(geo.LatLon(p), g.origin)
	cx := int(math.Floor((q[0] - g.minX) / g.cell))
	cy := int(math.Floor((q[1] - g.minY) / g.cell))
	best, bestD := -1, math.Inf(1)
	look := func(x, y int) {
		if x < 0 || y < 0 || x >= g.nx || y >= g.ny {
			return
		}
		c := y*g.nx + x
		for _, i := range g.order[g.start[c]:g.start[c+1]] {
			dx, dy := g.x[i]-q[0], g.y[i]-q[1]
			if d := dx*dx + dy*dy; d < bestD || (d == bestD && int(i) < best) {
				best, bestD = int(i), d
			}
		}
	}
	// The first ring that can touch the grid, for a place outside it.
	first := max(0, -cx, -cy, cx-g.nx+1, cy-g.ny+1)
	for r := first; ; r++ {
		x0, x1 := max(cx-r, 0), min(cx+r, g.nx-1)
		y0, y1 := max(cy-r, 0), min(cy+r, g.ny-1)
		for x := x0; x <= x1; x++ {
			look(x, cy-r)
			if r > 0 {
				look(x, cy+r)
			}
		}
		for y := max(y0, cy-r+1); y <= min(y1, cy+r-1); y++ {
			look(cx-r, y)
			look(cx+r, y)
		}
		if best >= 0 && float64(r)*g.cell >= math.Sqrt(bestD) {
			return best
		}
		if r > first+g.nx+g.ny {
			return best
		}
	}
}
