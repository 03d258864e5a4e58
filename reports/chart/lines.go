package chart

import (
	"math"
	"sort"
)

// dashes tell lines apart without colour.
var dashes = [][]float64{nil, {5, 2}, {1.5, 1.8}, {7, 2, 1.5, 2}, {3, 3}, {9, 3}, {1, 3}, {5, 1.5, 1, 1.5, 1, 1.5}}

func (f *frame) fan(ch *Chart, p Fan) {
	l := Lines{X: p.X, Marks: p.Marks, Series: []LineSeries{{Name: nonEmpty(p.Name, "middle (P50)"), Values: p.P50, Strong: true}}}
	l.Bands = append(l.Bands, Band{Name: "eight in ten outcomes (P10 to P90)", Low: p.P10, High: p.P90})
	if len(p.P25) > 0 && len(p.P75) > 0 {
		l.Bands = append(l.Bands, Band{Name: "half of outcomes (P25 to P75)", Low: p.P25, High: p.P75})
	}
	f.lines(ch, l)
}

func nonEmpty(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// lines draws series over a number, each labelled at its end.
func (f *frame) lines(ch *Chart, p Lines) {
	lost, drawn := 0, 0
	all := [][]float64{}
	for _, s := range p.Series {
		for i := range p.X {
			if i < len(s.Values) && finite(s.Values[i]) && finite(p.X[i]) {
				drawn++
			} else {
				lost++
			}
		}
		all = append(all, head(s.Values, len(p.X)))
	}
	for _, b := range p.Bands {
		all = append(all, head(b.Low, len(p.X)), head(b.High, len(p.X)))
	}
	levels := make([]float64, 0, len(p.Levels))
	for _, l := range p.Levels {
		levels = append(levels, l.Value)
	}
	lo, hi, ok := extent(append(all, levels)...)
	xlo, xhi, xok := extent(p.X)
	if !ok || !xok || drawn == 0 && len(p.Bands) == 0 {
		f.empty()
		return
	}
	if p.Zero || lo > 0 && lo < hi*0.4 {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	f.missing(lost)
	shades := f.bandLegend(p.Bands)
	f.axisTitle(ch.Y)
	f.xTitle(ch.X)
	f.y1 -= 13
	if len(p.Marks) > 0 {
		f.y0 += 10
	}
	names := 0.0
	for _, s := range p.Series {
		names = max(names, width(f.cover(s.Name), textSize, s.Strong))
	}
	names = min(names, (f.x1-f.x0)*0.28)
	f.x1 -= names + 6
	y := f.yAxis(lo, hi, ch.Y)
	if xlo == xhi {
		xlo, xhi = xlo-1, xhi+1
	}
	x := f.xAxis(xlo, xhi, ch.X, false)
	for i, b := range p.Bands {
		f.band(x, y, p.X, b, shades[i])
	}
	for _, t := range y.ticks { // the grid shows through the bands
		if len(p.Bands) > 0 {
			f.gridLine(f.x0, y.at(t), f.x1, y.at(t), t == 0)
		}
	}
	for _, l := range p.Levels {
		if finite(l.Value) {
			f.c.Polyline([]XY{{f.x0, y.at(l.Value)}, {f.x1, y.at(l.Value)}}, Stroke{Colour: f.th.Ink, Width: 0.9, Dash: []float64{4, 2}})
			f.text(XY{f.x0 + 4, y.at(l.Value) - 3}, fit(f.cover(l.Name), f.x1-f.x0, textSize, false), textSize, f.th.Ink, Start)
		}
	}
	f.marks(x, p.Marks)
	f.seriesLines(x, y, p, names)
}

func head(v []float64, n int) []float64 { return v[:min(n, len(v))] }

func (f *frame) bandLegend(bands []Band) []RGB {
	shades := make([]RGB, len(bands))
	var keys []key
	for i, b := range bands {
		shades[i] = f.th.Accent.Mix(f.th.Background, 0.8-0.22*float64(i%3))
		keys = append(keys, key{b.Name, f.swatch(shades[i], 0)})
	}
	f.legend(keys)
	return shades
}

// band fills between low and high over each stretch where both are known.
func (f *frame) band(x, y scale, xs []float64, b Band, shade RGB) {
	var top, bottom []XY
	flush := func() {
		if len(top) > 1 {
			ring := append([]XY{}, top...)
			for i := len(bottom) - 1; i >= 0; i-- {
				ring = append(ring, bottom[i])
			}
			f.c.Polygon([][]XY{ring}, &shade, Stroke{})
		} else if len(top) == 1 {
			f.c.Polyline([]XY{top[0], bottom[0]}, Stroke{Colour: shade, Width: 5})
		}
		top, bottom = nil, nil
	}
	for i, v := range xs {
		if i >= len(b.Low) || i >= len(b.High) || !finite(b.Low[i]) || !finite(b.High[i]) || !finite(v) {
			flush()
			continue
		}
		if n := len(top); b.Step && n > 0 {
			top = append(top, XY{x.at(v), top[n-1].Y})
			bottom = append(bottom, XY{x.at(v), bottom[n-1].Y})
		}
		top = append(top, XY{x.at(v), y.at(b.High[i])})
		bottom = append(bottom, XY{x.at(v), y.at(b.Low[i])})
	}
	flush()
}

// marks draws labelled vertical lines; labels that would touch go to the other side or are shortened.
func (f *frame) marks(x scale, marks []Reference) {
	right := -1e9
	for _, m := range marks {
		if !finite(m.Value) || m.Value < x.lo || m.Value > x.hi {
			continue
		}
		at := x.at(m.Value)
		f.c.Polyline([]XY{{at, f.y0 - 4}, {at, f.y1}}, Stroke{Colour: f.th.Muted, Width: 0.8, Dash: []float64{2, 2}})
		name := fit(f.cover(m.Name), 150, textSize, false)
		w := width(name, textSize, false)
		left := min(max(at-w/2, f.x0), max(f.x0, f.x1-w))
		if left < right+4 {
			left = at + 3
		}
		if left >= right+4 {
			f.text(XY{left, f.y0 - 6}, name, textSize, f.th.Muted, Start)
			right = left + w
		}
	}
}

func (f *frame) seriesLines(x, y scale, p Lines, names float64) {
	type end struct {
		y, at  float64
		name   string
		colour RGB
		strong bool
	}
	var ends []end
	for i, s := range p.Series {
		colour, w := f.th.series(i), 1.4
		if s.Strong {
			w = 2.3
		}
		if len(p.Series) == 1 {
			colour = f.th.Accent
		}
		st := Stroke{Colour: colour, Width: w, Dash: dashes[i%len(dashes)]}
		last := XY{math.NaN(), 0}
		for _, run := range f.runs(x, y, p.X, s) {
			if len(run) == 1 {
				marker(f.c, run[0], 2.4, i, colour, f.th.Background)
			} else {
				f.c.Polyline(run, st)
			}
			last = run[len(run)-1]
		}
		if !math.IsNaN(last.X) {
			marker(f.c, last, 2.6, i, colour, f.th.Background)
			ends = append(ends, end{last.Y, last.Y, s.Name, colour, s.Strong})
		}
	}
	// Labels are pushed apart from the top down, then up again when they leave the plot.
	sort.SliceStable(ends, func(i, j int) bool { return ends[i].y < ends[j].y })
	const gap = 9.0
	for i := range ends {
		if i > 0 {
			ends[i].at = max(ends[i].at, ends[i-1].at+gap)
		}
	}
	for i := len(ends) - 1; i >= 0; i-- {
		limit := f.y1
		if i+1 < len(ends) {
			limit = ends[i+1].at - gap
		}
		ends[i].at = min(ends[i].at, limit)
	}
	for _, e := range ends {
		f.c.Text(XY{f.x1 + 6, e.at + 2.6}, fit(f.cover(e.name), names, textSize, e.strong), TextStyle{Size: textSize, Bold: e.strong, Colour: f.th.Ink})
	}
}

// runs cuts a series where values are missing.
func (f *frame) runs(x, y scale, xs []float64, s LineSeries) [][]XY {
	var out [][]XY
	var cur []XY
	for i, v := range xs {
		if i >= len(s.Values) || !finite(s.Values[i]) || !finite(v) {
			if len(cur) > 0 {
				out = append(out, cur)
			}
			cur = nil
			continue
		}
		at := XY{x.at(v), y.at(s.Values[i])}
		if s.Step && len(cur) > 0 {
			cur = append(cur, XY{at.X, cur[len(cur)-1].Y})
		}
		cur = append(cur, at)
	}
	if len(cur) > 0 {
		out = append(out, cur)
	}
	return out
}
