package chart

import (
	"math"
	"sort"
)

// scatter draws things by two measures; with both splits the plane is cut in four named parts.
func (f *frame) scatter(ch *Chart, p Scatter) {
	var pts []Point
	lost, biggest := 0, 0.0
	var xs, ys []float64
	for _, q := range p.Points {
		if !finite(q.X) || !finite(q.Y) {
			lost++
			continue
		}
		if !finite(q.Size) || q.Size < 0 {
			q.Size = 0
		}
		pts, xs, ys = append(pts, q), append(xs, q.X), append(ys, q.Y)
		biggest = max(biggest, q.Size)
	}
	if len(pts) == 0 {
		f.empty()
		return
	}
	f.missing(lost)
	var keys []key
	for i, n := range p.Classes {
		keys = append(keys, key{n, func(x, y float64) { marker(f.c, XY{x + 6, y}, 3.2, i, f.th.series(i), f.th.Background) }})
	}
	if p.SizeName != "" && biggest > 0 {
		keys = append(keys, key{"size: " + p.SizeName, func(x, y float64) {
			f.c.Circle(XY{x + 3, y + 1}, 1.8, nil, Stroke{Colour: f.th.Muted, Width: 0.8})
			f.c.Circle(XY{x + 9, y}, 3.6, nil, Stroke{Colour: f.th.Muted, Width: 0.8})
		}})
	}
	f.legend(keys)
	f.axisTitle(ch.Y)
	f.xTitle(ch.X)
	f.y1 -= 13
	xlo, xhi, _ := extent(xs, split(p.XSplit))
	ylo, yhi, _ := extent(ys, split(p.YSplit))
	xlo, xhi = roomy(xlo, xhi, 0.06)
	headroom := 0.08
	if p.Quadrants != [4]string{} { // their names stand in the corners
		headroom = 0.2
	}
	ylo, yhi = roomy(ylo, yhi, headroom)
	y := f.yAxis(ylo, yhi, ch.Y)
	x := f.xAxis(xlo, xhi, ch.X, true)
	lab := &labeller{f: f}
	f.quadrants(p, x, y, lab)
	sort.SliceStable(pts, func(i, j int) bool { return pts[i].Size > pts[j].Size })
	radius := func(q Point) float64 {
		if biggest == 0 {
			return 3.2
		}
		return 2 + 8*math.Sqrt(q.Size/biggest)
	}
	for _, q := range pts {
		r := radius(q)
		at := XY{x.at(q.X), y.at(q.Y)}
		marker(f.c, at, r, q.Class, f.th.series(q.Class), f.th.Background)
		lab.block(at.X-r*0.8, at.Y-r*0.8, at.X+r*0.8, at.Y+r*0.8)
	}
	for _, q := range pts {
		lab.place(XY{x.at(q.X), y.at(q.Y)}, radius(q), q.Label, false)
	}
	lab.report()
}

func split(v *float64) []float64 {
	if v == nil {
		return nil
	}
	return []float64{*v}
}

func (f *frame) quadrants(p Scatter, x, y scale, lab *labeller) {
	if p.XSplit == nil || p.YSplit == nil || !finite(*p.XSplit) || !finite(*p.YSplit) {
		return
	}
	cx, cy := x.at(*p.XSplit), y.at(*p.YSplit)
	st := Stroke{Colour: f.th.Muted, Width: 0.9}
	f.c.Polyline([]XY{{cx, f.y0}, {cx, f.y1}}, st)
	f.c.Polyline([]XY{{f.x0, cy}, {f.x1, cy}}, st)
	for i, s := range p.Quadrants {
		s = f.cover(s)
		if s == "" {
			continue
		}
		at, a := XY{f.x0 + 3, f.y0 + 11}, Start
		room := cx - f.x0 - 6
		if i%2 == 1 {
			at.X, a, room = f.x1-3, End, f.x1-cx-6
		}
		if i >= 2 {
			at.Y = f.y1 - 4
		}
		if room < 20 {
			continue
		}
		s = fit(s, room, labelSize, true)
		w := width(s, labelSize, true)
		f.c.Text(at, s, TextStyle{Size: labelSize, Bold: true, Colour: f.th.Muted, Anchor: a})
		left := at.X
		if a == End {
			left -= w
		}
		lab.block(left, at.Y-8, left+w, at.Y+2)
	}
}

// frontier draws plans found, the best of them joined, and the bound that nothing can pass.
func (f *frame) frontier(ch *Chart, p Frontier) {
	var pts []FrontierPoint
	var xs, ys []float64
	lost := 0
	for _, q := range p.Points {
		if !finite(q.X) || !finite(q.Y) {
			lost++
			continue
		}
		pts, xs, ys = append(pts, q), append(xs, q.X), append(ys, q.Y)
	}
	if len(pts) == 0 {
		f.empty()
		return
	}
	var bound []XY
	for _, b := range p.Bound {
		if finite(b.X) && finite(b.Y) {
			bound, xs, ys = append(bound, b), append(xs, b.X), append(ys, b.Y)
		}
	}
	f.missing(lost)
	shade := f.th.Accent.Mix(f.th.Background, 0.82)
	orange := f.th.series(1)
	keys := []key{
		{"plan found, none better", func(x, y float64) { marker(f.c, XY{x + 6, y}, 3.2, 0, f.th.Accent, f.th.Background) }},
		{"plan that another beats", func(x, y float64) { f.c.Circle(XY{x + 6, y}, 2.4, nil, Stroke{Colour: f.th.Muted, Width: 0.9}) }},
		{"proposed", func(x, y float64) { marker(f.c, XY{x + 6, y}, 4, 3, orange, f.th.Ink) }},
	}
	if len(bound) > 0 {
		keys = append(keys, key{"not yet ruled out", f.swatch(shade, 0)})
	}
	f.legend(keys)
	f.axisTitle(ch.Y)
	f.xTitle(ch.X)
	f.y1 -= 13
	xlo, xhi, _ := extent(xs)
	ylo, yhi, _ := extent(ys)
	xlo, xhi = roomy(xlo, xhi, 0.04)
	ylo, yhi = roomy(ylo, yhi, 0.06)
	y := f.yAxis(ylo, yhi, ch.Y)
	x := f.xAxis(xlo, xhi, ch.X, false)
	var line []XY
	for _, q := range pts {
		if q.OnFrontier {
			line = append(line, XY{x.at(q.X), y.at(q.Y)})
		}
	}
	sort.SliceStable(line, func(i, j int) bool { return line[i].X < line[j].X })
	sort.SliceStable(bound, func(i, j int) bool { return bound[i].X < bound[j].X })
	var edge []XY
	if len(bound) > 1 && len(line) > 1 {
		ring := append([]XY{}, line...)
		for _, b := range bound {
			edge = append(edge, XY{x.at(b.X), y.at(b.Y)})
		}
		for i := len(edge) - 1; i >= 0; i-- {
			ring = append(ring, edge[i])
		}
		f.c.Polygon([][]XY{ring}, &shade, Stroke{})
		f.c.Polyline(edge, Stroke{Colour: f.th.Accent, Width: 0.9, Dash: []float64{3, 2}})
	}
	if len(line) > 1 {
		f.c.Polyline(line, Stroke{Colour: f.th.Accent, Width: 1.6})
	}
	lab := &labeller{f: f}
	lab.blockLine(line)
	lab.blockLine(edge)
	for _, q := range pts {
		at := XY{x.at(q.X), y.at(q.Y)}
		switch {
		case q.Chosen:
			marker(f.c, at, 5.2, 3, orange, f.th.Ink)
		case q.OnFrontier:
			marker(f.c, at, 3.2, 0, f.th.Accent, f.th.Background)
		default:
			f.c.Circle(at, 2.4, nil, Stroke{Colour: f.th.Muted, Width: 0.9})
		}
		lab.block(at.X-3.5, at.Y-3.5, at.X+3.5, at.Y+3.5)
	}
	for _, pass := range []bool{true, false} { // the chosen plan gets its label first
		for _, q := range pts {
			if q.Chosen == pass {
				lab.place(XY{x.at(q.X), y.at(q.Y)}, 5, q.Label, q.Chosen)
			}
		}
	}
	lab.report()
}
