package chart

import (
	"fmt"
	"math"
)

const metresPerDegree = 111_195.0 // of latitude, on a sphere of 6,371 km: good to 0.5 %, finer than a scale bar is read

// projection is equirectangular about the middle latitude: true enough over one county, and honest about distance near it.
type projection struct {
	lon, lat, cos  float64
	scale          float64 // points per degree of latitude
	originX, origY float64
}

func (p projection) at(q LonLat) XY {
	return XY{p.originX + (q[0]-p.lon)*p.cos*p.scale, p.origY - (q[1]-p.lat)*p.scale}
}

func place(q LonLat) bool {
	return finite(q[0]) && finite(q[1]) && math.Abs(q[0]) <= 180 && math.Abs(q[1]) <= 89
}

// geo draws areas, lines and points where they are, with north up and a scale bar.
func (f *frame) geo(m Map) {
	lost := 0
	w, e, s, n := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	see := func(q LonLat) {
		w, e, s, n = min(w, q[0]), max(e, q[0]), min(s, q[1]), max(n, q[1])
	}
	for _, a := range m.Areas {
		for _, r := range a.Rings {
			for _, q := range r {
				if place(q) {
					see(q)
				}
			}
		}
	}
	for _, q := range m.Points {
		if place(q.At) {
			see(q.At)
		} else {
			lost++
		}
	}
	for _, l := range m.Lines {
		for _, q := range l.Path {
			if place(q) {
				see(q)
			}
		}
	}
	if w > e {
		f.empty()
		return
	}
	switch {
	case lost == 1:
		f.note("One place has no known position and is not drawn.")
	case lost > 1:
		f.note("%d places have no known position and are not drawn.", lost)
	}
	f.mapLegend(m)
	if f.y1-f.y0 < 30 || f.x1-f.x0 < 30 {
		return // no room left for a map
	}
	p := f.project(w, e, s, n)
	f.areas(m, p)
	for _, l := range m.Lines {
		f.mapLine(l, p)
	}
	lab := &labeller{f: f, halo: true}
	f.north(lab)
	f.scaleBar(p, lab)
	f.places(m, p, lab)
}

func (f *frame) project(w, e, s, n float64) projection {
	p := projection{lon: (w + e) / 2, lat: (s + n) / 2}
	p.cos = math.Cos(p.lat * math.Pi / 180)
	dx, dy := max((e-w)*p.cos, 0.004), max(n-s, 0.004) // a lone place still gets a neighbourhood
	const edge = 8
	p.scale = min((f.x1-f.x0-2*edge)/dx, (f.y1-f.y0-2*edge)/dy)
	p.originX, p.origY = (f.x0+f.x1)/2, (f.y0+f.y1)/2
	return p
}

func (f *frame) shade(m Map, class int) RGB {
	n := len(m.AreaClasses)
	if n == 0 || class >= n {
		return f.th.Grid.Mix(f.th.Background, 0.5)
	}
	t := 0.5
	if n > 1 {
		t = float64(class) / float64(n-1)
	}
	if !m.Diverging {
		return f.th.Low.Mix(f.th.High, t)
	}
	mid := f.th.Grid.Mix(f.th.Background, 0.6)
	if t < 0.5 {
		return f.th.series(3).Mix(mid, t*2)
	}
	return mid.Mix(f.th.series(0), (t-0.5)*2)
}

func (f *frame) mapLegend(m Map) {
	var keys []key
	unknown := false
	for _, a := range m.Areas {
		unknown = unknown || a.Class < 0
	}
	for i, n := range m.AreaClasses {
		fill := f.shade(m, i)
		keys = append(keys, key{n, func(x, y float64) {
			f.c.Polygon(rect(x, y-4, x+12, y+4), &fill, Stroke{Colour: f.th.Muted, Width: 0.4})
			if m.Diverging && i*2 < len(m.AreaClasses)-1 {
				hatchLines(f.c, rect(x, y-4, x+12, y+4), 45, 3, Stroke{Colour: f.th.Background, Width: 0.7})
			}
		}})
	}
	if unknown {
		keys = append(keys, key{"not known", func(x, y float64) {
			f.c.Polygon(rect(x, y-4, x+12, y+4), nil, Stroke{Colour: f.th.Muted, Width: 0.4})
			hatchLines(f.c, rect(x, y-4, x+12, y+4), 135, 3, Stroke{Colour: f.th.Muted, Width: 0.4})
		}})
	}
	for i, n := range m.PointClasses {
		keys = append(keys, key{n, func(x, y float64) { marker(f.c, XY{x + 6, y}, 3.4, i, f.th.series(i+1), f.th.Ink) }})
	}
	if m.SizeName != "" {
		keys = append(keys, key{"size: " + m.SizeName, func(x, y float64) {
			f.c.Circle(XY{x + 3, y + 1}, 1.8, nil, Stroke{Colour: f.th.Muted, Width: 0.8})
			f.c.Circle(XY{x + 9, y}, 3.6, nil, Stroke{Colour: f.th.Muted, Width: 0.8})
		}})
	}
	f.legend(keys)
}

func (f *frame) areas(m Map, p projection) {
	for _, a := range m.Areas {
		var rings [][]XY
		for _, r := range a.Rings {
			if ring := thin(r, p); len(ring) >= 3 {
				rings = append(rings, ring)
			}
		}
		if len(rings) == 0 {
			continue
		}
		edge := Stroke{Colour: f.th.Background, Width: 0.6}
		if len(m.AreaClasses) == 0 {
			edge = Stroke{Colour: f.th.Muted, Width: 0.5}
		}
		if a.Class < 0 {
			f.c.Polygon(rings, nil, Stroke{Colour: f.th.Muted, Width: 0.4})
			hatchLines(f.c, rings, 135, 3, Stroke{Colour: f.th.Muted, Width: 0.35})
			continue
		}
		fill := f.shade(m, a.Class)
		f.c.Polygon(rings, &fill, edge)
		if m.Diverging && a.Class*2 < len(m.AreaClasses)-1 { // worse is hatched, so a photocopy shows it
			hatchLines(f.c, rings, 45, 3, Stroke{Colour: f.th.Background, Width: 0.7})
		}
	}
}

// thin projects a ring and leaves out corners that no eye could tell apart.
func thin(r []LonLat, p projection) []XY {
	var out []XY
	for _, q := range r {
		if !place(q) {
			continue
		}
		at := p.at(q)
		if n := len(out); n > 0 && math.Abs(out[n-1].X-at.X) < 0.35 && math.Abs(out[n-1].Y-at.Y) < 0.35 {
			continue
		}
		out = append(out, at)
	}
	if n := len(out); n > 1 && out[0] == out[n-1] {
		out = out[:n-1]
	}
	return out
}

func (f *frame) mapLine(l MapLine, p projection) {
	pts := thin(l.Path, p)
	if len(pts) < 2 {
		return
	}
	f.c.Polyline(pts, Stroke{Colour: f.th.Ink, Width: 0.9})
	if !l.Arrow {
		return
	}
	b, a := pts[len(pts)-1], pts[len(pts)-2]
	d := math.Hypot(b.X-a.X, b.Y-a.Y)
	if d == 0 {
		return
	}
	ux, uy := (b.X-a.X)/d, (b.Y-a.Y)/d
	ink := f.th.Ink
	f.c.Polygon([][]XY{{b, {b.X - 6*ux + 2.6*uy, b.Y - 6*uy - 2.6*ux}, {b.X - 6*ux - 2.6*uy, b.Y - 6*uy + 2.6*ux}}}, &ink, Stroke{})
}

func (f *frame) places(m Map, p projection, lab *labeller) {
	biggest := 0.0
	for _, q := range m.Points {
		if finite(q.Size) {
			biggest = max(biggest, q.Size)
		}
	}
	radius := func(q MapPoint) float64 {
		if biggest == 0 || !finite(q.Size) || q.Size < 0 {
			return 3.2
		}
		return 2 + 6*math.Sqrt(q.Size/biggest)
	}
	for _, q := range m.Points {
		if !place(q.At) {
			continue
		}
		at, r := p.at(q.At), radius(q)
		marker(f.c, at, r, q.Class, f.th.series(q.Class+1), f.th.Ink)
		lab.block(at.X-r*0.8, at.Y-r*0.8, at.X+r*0.8, at.Y+r*0.8)
	}
	for _, q := range m.Points {
		if place(q.At) {
			lab.place(p.at(q.At), radius(q), q.Label, false)
		}
	}
	for _, a := range m.Areas {
		if a.Label == "" || len(a.Rings) == 0 {
			continue
		}
		x, y, n := 0.0, 0.0, 0
		for _, q := range thin(a.Rings[0], p) {
			x, y, n = x+q.X, y+q.Y, n+1
		}
		if n > 0 {
			lab.place(XY{x / float64(n), y / float64(n)}, 0, a.Label, false)
		}
	}
	lab.report()
}

func (f *frame) north(lab *labeller) {
	x, y := f.x1-8, f.y0+6
	ink := f.th.Ink
	f.c.Polygon([][]XY{{{x, y}, {x + 4, y + 11}, {x, y + 8.5}, {x - 4, y + 11}}}, &ink, Stroke{})
	f.text(XY{x, y + 19}, "N", textSize, f.th.Ink, Middle)
	lab.block(x-6, y-2, x+6, y+21)
}

// scaleBar draws a round distance of about a fifth of the width.
func (f *frame) scaleBar(p projection, lab *labeller) {
	perMetre := p.scale / metresPerDegree
	metres := roundStep((f.x1 - f.x0) / 5 / perMetre / 2)
	w := metres * perMetre
	if w <= 0 || w > f.x1-f.x0 {
		return
	}
	name := fmt.Sprintf("%g m", metres)
	if metres >= 1000 {
		name = fmt.Sprintf("%g km", metres/1000)
	}
	x, y := f.x0+4, f.y1-4
	f.c.Polygon(rect(x-3, y-13, x+max(w, width(name, textSize, false))+3, y+3), &f.th.Background, Stroke{})
	f.c.Polyline([]XY{{x, y - 3}, {x, y}, {x + w, y}, {x + w, y - 3}}, Stroke{Colour: f.th.Ink, Width: 1})
	f.text(XY{x, y - 5}, name, textSize, f.th.Ink, Start)
	lab.block(x-3, y-14, x+max(w, 24)+3, y+3)
}
