package look

import "math"

// Pen draws outlines: a rasteriser, or what writes them to a file.
type Pen interface {
	MoveTo(x, y float32)
	LineTo(x, y float32)
	ClosePath()
}

// Outline traces a mark of a radius around a point. Every shape covers about
// the area of the circle, so that sizes can be compared across classes.
func Outline(r Pen, s Shape, cx, cy, rad float64) {
	if rad <= 0 {
		return
	}
	poly := func(n int, turn, scale float64) {
		for i := range n {
			a := turn + 2*math.Pi*float64(i)/float64(n)
			x, y := float32(cx+rad*scale*math.Sin(a)), float32(cy-rad*scale*math.Cos(a))
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
	}
	switch s {
	case Square:
		poly(4, math.Pi/4, 1.25)
	case Diamond:
		poly(4, 0, 1.25)
	case Triangle:
		poly(3, 0, 1.45)
	case Wedge:
		poly(3, math.Pi, 1.45)
	case Pentagon:
		poly(5, 0, 1.15)
	case Cross:
		a, b := rad*1.15, rad*0.45
		pts := [][2]float64{{-b, -a}, {b, -a}, {b, -b}, {a, -b}, {a, b}, {b, b}, {b, a}, {-b, a}, {-b, b}, {-a, b}, {-a, -b}, {-b, -b}}
		for i, q := range pts {
			if i == 0 {
				r.MoveTo(float32(cx+q[0]), float32(cy+q[1]))
			} else {
				r.LineTo(float32(cx+q[0]), float32(cy+q[1]))
			}
		}
		r.ClosePath()
	default:
		poly(max(12, min(64, int(rad*4))), 0, 1)
	}
}
