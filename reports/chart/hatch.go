package chart

import (
	"math"
	"sort"
)

// hatches are the line patterns laid over the colours so that a photocopy still tells series apart.
var hatches = []struct{ angle, gap float64 }{{0, 0}, {45, 4}, {135, 4}, {90, 3.2}, {0, 3.2}, {45, 2.4}, {135, 2.4}, {90, 6}}

// hatch draws the nth pattern inside rings.
func hatch(c Canvas, rings [][]XY, n int, s Stroke) {
	h := hatches[((n%len(hatches))+len(hatches))%len(hatches)]
	if h.gap > 0 {
		hatchLines(c, rings, h.angle, h.gap, s)
	}
}

// hatchLines draws parallel lines inside rings (even-odd) by cutting each line at the edges.
func hatchLines(c Canvas, rings [][]XY, angle, gap float64, s Stroke) {
	sin, cos := math.Sincos(angle * math.Pi / 180)
	turn := func(p XY) XY { return XY{p.X*cos + p.Y*sin, -p.X*sin + p.Y*cos} }
	back := func(p XY) XY { return XY{p.X*cos - p.Y*sin, p.X*sin + p.Y*cos} }
	lo, hi := math.Inf(1), math.Inf(-1)
	turned := make([][]XY, len(rings))
	for i, r := range rings {
		for _, p := range r {
			q := turn(p)
			turned[i] = append(turned[i], q)
			lo, hi = min(lo, q.Y), max(hi, q.Y)
		}
	}
	for y := math.Ceil(lo/gap)*gap + gap/2; y < hi; y += gap {
		var xs []float64
		for _, r := range turned {
			for i, p := range r {
				q := r[(i+1)%len(r)]
				if (p.Y <= y) != (q.Y <= y) {
					xs = append(xs, p.X+(y-p.Y)/(q.Y-p.Y)*(q.X-p.X))
				}
			}
		}
		sort.Float64s(xs)
		for i := 0; i+1 < len(xs); i += 2 {
			c.Polyline([]XY{back(XY{xs[i], y}), back(XY{xs[i+1], y})}, s)
		}
	}
}

// rect is the ring of a rectangle between two corners.
func rect(x0, y0, x1, y1 float64) [][]XY { return [][]XY{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}} }

// marker draws a point; the shape follows the class so that colour is never alone.
func marker(c Canvas, at XY, r float64, class int, fill RGB, edge RGB) {
	s := Stroke{Colour: edge, Width: 0.7}
	poly := func(p ...float64) {
		ring := make([]XY, 0, len(p)/2)
		for i := 0; i < len(p); i += 2 {
			ring = append(ring, XY{at.X + p[i]*r, at.Y + p[i+1]*r})
		}
		c.Polygon([][]XY{ring}, &fill, s)
	}
	switch ((class % 6) + 6) % 6 {
	case 0:
		c.Circle(at, r, &fill, s)
	case 1:
		poly(-0.88, -0.88, 0.88, -0.88, 0.88, 0.88, -0.88, 0.88)
	case 2:
		poly(0, -1.15, 1.1, 0.8, -1.1, 0.8)
	case 3:
		poly(0, -1.25, 1.1, 0, 0, 1.25, -1.1, 0)
	case 4:
		poly(0, 1.15, 1.1, -0.8, -1.1, -0.8)
	case 5:
		poly(-0.35, -1.1, 0.35, -1.1, 0.35, -0.35, 1.1, -0.35, 1.1, 0.35, 0.35, 0.35, 0.35, 1.1, -0.35, 1.1, -0.35, 0.35, -1.1, 0.35, -1.1, -0.35, -0.35, -0.35)
	}
}
