package chart

import "math"

// bars draws upright or lying bars, side by side or stacked. Upright bars whose names do not fit lie down.
func (f *frame) bars(ch *Chart, p Bars) {
	n := len(p.Categories)
	values := make([][]float64, len(p.Series))
	lost, drawn := 0, 0
	for i, s := range p.Series {
		values[i] = make([]float64, n)
		for j := range values[i] {
			values[i][j] = math.NaN()
			if j < len(s.Values) {
				values[i][j] = s.Values[j]
			}
			if finite(values[i][j]) {
				drawn++
			} else {
				values[i][j] = math.NaN()
				lost++
			}
		}
	}
	if drawn == 0 {
		f.empty()
		return
	}
	f.missing(lost)
	if len(p.Series) > 1 {
		keys := make([]key, len(p.Series))
		for i, s := range p.Series {
			keys[i] = key{s.Name, f.swatch(f.th.series(i), i)}
		}
		f.legend(keys)
	}
	lo, hi := barExtent(values, n, p.Stacked)
	if p.Target != nil && finite(p.Target.Value) {
		lo, hi = min(lo, p.Target.Value), max(hi, p.Target.Value)
	}
	if p.Horizontal || !f.namesFit(p.Categories) {
		f.lyingBars(ch, p, values, lo, hi)
		return
	}
	f.uprightBars(ch, p, values, lo, hi)
}

// barExtent is the range of the bars with zero in it.
func barExtent(values [][]float64, n int, stacked bool) (lo, hi float64) {
	for j := range n {
		up, down := 0.0, 0.0
		for i := range values {
			v := values[i][j]
			switch {
			case math.IsNaN(v):
			case stacked && v >= 0:
				up += v
			case stacked:
				down += v
			default:
				up, down = max(up, v), min(down, v)
			}
		}
		lo, hi = min(lo, down), max(hi, up)
	}
	return lo, hi
}

func (f *frame) namesFit(names []string) bool {
	if len(names) == 0 {
		return true
	}
	room := (f.x1 - f.x0 - 30) / float64(len(names)) * 0.94
	for _, s := range names {
		for _, l := range wrap(f.cover(s), room, textSize, false, 3) {
			if r := []rune(l); r[len(r)-1] == '…' {
				return false
			}
		}
	}
	return true
}

func (f *frame) uprightBars(ch *Chart, p Bars, values [][]float64, lo, hi float64) {
	n := len(p.Categories)
	room := (f.x1 - f.x0 - 30) / float64(n) * 0.94
	lines := 1
	for _, s := range p.Categories {
		lines = max(lines, len(wrap(f.cover(s), room, textSize, false, 3)))
	}
	f.xTitle(ch.X)
	f.y1 -= float64(lines)*9 + 4
	f.axisTitle(ch.Y)
	f.y0 += 6
	s := f.yAxis(lo, hi, ch.Y)
	band := (f.x1 - f.x0) / float64(n)
	label := p.Stacked || len(values) == 1
	for j, name := range p.Categories {
		x0 := f.x0 + band*float64(j)
		for k, l := range wrap(f.cover(name), band*0.98, textSize, false, 3) {
			f.text(XY{x0 + band/2, f.y1 + 10 + float64(k)*9}, l, textSize, f.th.Ink, Middle)
		}
		f.column(s, values, j, p, x0+band*0.14, x0+band*0.86, false)
		if label {
			f.barLabel(s, values, j, p, ch.Y.Unit, x0+band/2, band, false)
		}
	}
	f.gridLine(f.x0, s.at(0), f.x1, s.at(0), true)
	if p.Target != nil && finite(p.Target.Value) {
		y := s.at(p.Target.Value)
		f.c.Polyline([]XY{{f.x0, y}, {f.x1, y}}, Stroke{Colour: f.th.Ink, Width: 1, Dash: []float64{4, 2}})
		f.text(XY{f.x1, y - 3}, f.cover(p.Target.Name), textSize, f.th.Ink, End)
	}
}

func (f *frame) lyingBars(ch *Chart, p Bars, values [][]float64, lo, hi float64) {
	n := len(p.Categories)
	f.axisTitle(ch.Y)
	if p.Target != nil {
		f.y0 += 8
	}
	f.y1 -= 13
	f.xTitle(ch.X)
	if most := int((f.y1 - f.y0) / 9); n > most && most > 0 {
		f.note("The first %d of %d are drawn; the table has all.", most, n)
		n = most
	}
	w := 0.0
	for _, s := range p.Categories[:n] {
		w = max(w, width(f.cover(s), textSize, false))
	}
	w = min(w, (f.x1-f.x0)*0.36)
	f.x0 += w + 6
	unit := ch.Y.Unit
	room := 0.0 // for the numbers at the ends of the bars
	if p.Stacked || len(values) == 1 {
		room = width(format(-max(math.Abs(lo), math.Abs(hi)), unit, max(math.Abs(lo), math.Abs(hi)), 0), textSize, false) + 8
	}
	x1 := f.x1
	f.x1 -= room
	if lo < 0 {
		f.x0 += room
	}
	s := f.xAxis(lo, hi, ch.Y, true)
	band := (f.y1 - f.y0) / float64(n)
	nameX := f.x0 - 6
	if lo < 0 {
		nameX -= room
	}
	if p.Target != nil && finite(p.Target.Value) {
		x := s.at(p.Target.Value)
		f.c.Polyline([]XY{{x, f.y0 - 2}, {x, f.y1}}, Stroke{Colour: f.th.Ink, Width: 1, Dash: []float64{4, 2}})
		f.text(XY{x, f.y0 - 4}, f.cover(p.Target.Name), textSize, f.th.Ink, Middle)
	}
	for j, name := range p.Categories[:n] {
		y0 := f.y0 + band*float64(j)
		f.text(XY{nameX, y0 + band/2 + 2.6}, fit(f.cover(name), w, textSize, false), textSize, f.th.Ink, End)
		f.column(s, values, j, p, y0+band*0.14, y0+band*0.86, true)
		if room > 0 {
			f.barLabel(s, values, j, p, unit, y0+band/2, x1, true)
		}
	}
	f.c.Polyline([]XY{{s.at(0), f.y0}, {s.at(0), f.y1}}, Stroke{Colour: f.th.Muted, Width: 0.75})
}

// column draws the bars of one category between two positions across the band.
func (f *frame) column(s scale, values [][]float64, j int, p Bars, from, to float64, lying bool) {
	draw := func(a, b, v0, v1 float64, i int) {
		fill := f.th.series(i)
		if len(values) == 1 {
			fill = f.th.Accent
			if p.Highlight > 0 && p.Highlight != j+1 {
				fill = f.th.Accent.Mix(f.th.Background, 0.55)
			}
		}
		if lying {
			f.bar(s.at(v0), a, s.at(v1), b, fill, i)
		} else {
			f.bar(a, s.at(v0), b, s.at(v1), fill, i)
		}
	}
	up, down := 0.0, 0.0
	each := (to - from) / float64(len(values))
	for i := range values {
		v := values[i][j]
		switch {
		case math.IsNaN(v):
		case !p.Stacked:
			draw(from+each*float64(i), from+each*float64(i+1)-min(1, each*0.1), 0, v, i)
		case v >= 0:
			draw(from, to, up, up+v, i)
			up += v
		default:
			draw(from, to, down, down+v, i)
			down += v
		}
	}
}

// barLabel writes the value, or the sum of a stack, at the end of its bar.
func (f *frame) barLabel(s scale, values [][]float64, j int, p Bars, u Unit, mid, room float64, lying bool) {
	sum, up, down, known := 0.0, 0.0, 0.0, false
	for i := range values {
		if v := values[i][j]; !math.IsNaN(v) {
			sum, up, down, known = sum+v, up+max(v, 0), down+min(v, 0), true
		}
	}
	text := format(sum, u, s.size(), 0)
	colour := f.th.Ink
	if !known {
		text, colour = "not known", f.th.Muted
	}
	end, side := up, 1.0
	if sum < 0 {
		end, side = down, -1
	}
	if lying {
		a := Start
		if side < 0 {
			a = End
		}
		x := s.at(end) + 4*side
		if p.Target != nil { // the line must not strike through the figure
			w := width(text, textSize, false) * side
			f.c.Polygon(rect(x-side, mid-4.5, x+w+side, mid+4.5), &f.th.Background, Stroke{})
		}
		f.text(XY{x, mid + 2.6}, text, textSize, colour, a)
		return
	}
	if width(text, textSize, false) > room*1.05 {
		return
	}
	y := s.at(end) - 3
	if side < 0 {
		y = s.at(end) + 9
	}
	f.text(XY{mid, y}, text, textSize, colour, Middle)
}
