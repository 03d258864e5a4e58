package chart

import (
	"fmt"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/reports/chart/face"
)

// Size is the size of a picture in points.
type Size struct{ W, H float64 }

// Options are the choices of one drawing.
type Options struct {
	Theme Theme
	// Bare leaves title and source line out, for papers that print them as text.
	Bare bool
	// Lost hears of characters that cannot be drawn and were replaced by □.
	Lost func(rune)
}

const (
	textSize  = 7.5 // ticks, legends, notes
	labelSize = 8.0
	titleSize = 10.5
)

// frame is a drawing under way: the canvas, the theme and the room that is left.
type frame struct {
	c              Canvas
	th             Theme
	x0, y0, x1, y1 float64
	notes          []string
	lost           func(rune)
}

// Draw draws the chart on a canvas of a size. It never fails: what cannot be drawn is left out and said under the picture.
func Draw(c Canvas, ch *Chart, size Size, opt Options) {
	if len(opt.Theme.Series) == 0 {
		opt.Theme = Print
	}
	f := &frame{c: c, th: opt.Theme, x0: 0, y0: 0, x1: size.W, y1: size.H, lost: opt.Lost}
	bg := f.th.Background
	c.Polygon(rect(0, 0, size.W, size.H), &bg, Stroke{})
	if size.W < 80 || size.H < 60 {
		return
	}
	if !opt.Bare {
		f.x0, f.y0, f.x1, f.y1 = 10, 8, size.W-10, size.H-8
		f.heading(ch)
	}
	f.y1 -= 11 // the line of notes
	noteY := f.y1 + 9
	if ch.Plot == nil {
		f.empty()
	} else {
		f.plot(ch)
	}
	if len(f.notes) > 0 {
		f.text(XY{minX(opt.Bare), noteY}, fit(f.cover(strings.Join(f.notes, " ")), size.W-2*minX(opt.Bare), textSize, false), textSize, f.th.Muted, Start)
	}
}

func minX(bare bool) float64 {
	if bare {
		return 0
	}
	return 10
}

func (f *frame) heading(ch *Chart) {
	for _, l := range wrap(f.cover(ch.Title), f.x1-f.x0, titleSize, true, 2) {
		f.c.Text(XY{f.x0, f.y0 + titleSize}, l, TextStyle{Size: titleSize, Bold: true, Colour: f.th.Ink})
		f.y0 += titleSize * 1.3
	}
	f.y0 += 4
	if s := f.cover(ch.SourceLine()); s != "" {
		f.text(XY{f.x0, f.y1}, fit(s, f.x1-f.x0, textSize, false), textSize, f.th.Muted, Start)
		f.y1 -= 10
	}
}

func (f *frame) plot(ch *Chart) {
	switch p := ch.Plot.(type) {
	case Bars:
		f.bars(ch, p)
	case Lines:
		f.lines(ch, p)
	case Fan:
		f.fan(ch, p)
	case Waterfall:
		f.waterfall(ch, p)
	case Tornado:
		f.tornado(ch, p)
	case Scatter:
		f.scatter(ch, p)
	case Gantt:
		f.gantt(ch, p)
	case Map:
		f.geo(p)
	case Frontier:
		f.frontier(ch, p)
	case Blocks:
		f.blocks(ch, p)
	}
}

// cover makes text drawable.
func (f *frame) cover(s string) string {
	return face.Cover(strings.Join(strings.Fields(strings.ToValidUTF8(s, "□")), " "), f.lost)
}

func (f *frame) text(at XY, s string, size float64, colour RGB, a Anchor) {
	if s != "" {
		f.c.Text(at, s, TextStyle{Size: size, Colour: colour, Anchor: a})
	}
}

// empty says that there is nothing to draw instead of drawing empty axes.
func (f *frame) empty() {
	x, y := (f.x0+f.x1)/2, (f.y0+f.y1)/2
	f.c.Polygon(rect(f.x0+0.5, f.y0+0.5, f.x1-0.5, f.y1-0.5), nil, Stroke{Colour: f.th.Grid, Width: 0.75})
	f.text(XY{x, y + 3}, "No figures to draw yet", labelSize, f.th.Muted, Middle)
}

// missing notes how many values were not drawn.
func (f *frame) missing(n int) {
	switch {
	case n == 1:
		f.notes = append(f.notes, "One value is not known and not drawn.")
	case n > 1:
		f.notes = append(f.notes, fmt.Sprintf("%d values are not known and not drawn.", n))
	}
}

func (f *frame) note(format string, args ...any) {
	f.notes = append(f.notes, fmt.Sprintf(format, args...))
}

// key is one entry of a legend.
type key struct {
	name string
	draw func(x, y float64) // a sample about 12 wide and 7 high around the middle (x+6, y)
}

// legend draws entries in rows at the top and takes their room away.
func (f *frame) legend(keys []key) {
	if len(keys) == 0 {
		return
	}
	x, y := f.x0, f.y0+5
	for _, k := range keys {
		name := fit(f.cover(k.name), min(220, f.x1-f.x0-20), textSize, false)
		w := 17 + width(name, textSize, false) + 12
		if x > f.x0 && x+w-12 > f.x1 {
			x, y = f.x0, y+12
		}
		k.draw(x, y)
		f.text(XY{x + 16, y + 2.7}, name, textSize, f.th.Ink, Start)
		x += w
	}
	f.y0 = y + 10
}

// swatch is a legend sample of a filled, hatched box.
func (f *frame) swatch(fill RGB, pattern int) func(x, y float64) {
	return func(x, y float64) {
		r := rect(x, y-4, x+12, y+4)
		f.c.Polygon(r, &fill, Stroke{})
		hatch(f.c, r, pattern, Stroke{Colour: f.th.Background, Width: 0.8})
	}
}

func (f *frame) bar(x0, y0, x1, y1 float64, fill RGB, pattern int) {
	if math.Abs(x1-x0) < 0.05 || math.Abs(y1-y0) < 0.05 {
		return
	}
	r := rect(x0, y0, x1, y1)
	f.c.Polygon(r, &fill, Stroke{})
	hatch(f.c, r, pattern, Stroke{Colour: f.th.Background, Width: 0.8})
}

// axisTitle writes what an axis measures, lying flat above the plot.
func (f *frame) axisTitle(a Axis) {
	if s := f.cover(a.Label); s != "" {
		f.text(XY{f.x0, f.y0 + 7}, fit(s, f.x1-f.x0, textSize, false), textSize, f.th.Muted, Start)
		f.y0 += 13
	}
}

// xTitle writes what the horizontal axis measures, under it.
func (f *frame) xTitle(a Axis) {
	if s := f.cover(a.Label); s != "" {
		f.text(XY{f.x1, f.y1 - 1}, fit(s, f.x1-f.x0, textSize, false), textSize, f.th.Muted, End)
		f.y1 -= 11
	}
}

// yAxis makes the vertical scale, draws its grid and numbers and takes the room for the numbers away.
func (f *frame) yAxis(lo, hi float64, a Axis) scale {
	s := nice(lo, hi, a, f.y1, f.y0+4, 30, false)
	w := 0.0
	for _, t := range s.ticks {
		w = max(w, width(format(t, a.Unit, s.size(), s.step), textSize, false))
	}
	f.x0 += w + 5
	for _, t := range s.ticks {
		y := s.at(t)
		f.gridLine(f.x0, y, f.x1, y, t == 0)
		f.text(XY{f.x0 - 5, y + 2.6}, format(t, a.Unit, s.size(), s.step), textSize, f.th.Muted, End)
	}
	return s
}

func (f *frame) gridLine(x0, y0, x1, y1 float64, zero bool) {
	s := Stroke{Colour: f.th.Grid, Width: 0.5}
	if zero {
		s = Stroke{Colour: f.th.Muted, Width: 0.75}
	}
	f.c.Polyline([]XY{{x0, y0}, {x1, y1}}, s)
}

// xAxis makes the horizontal scale within the room, draws numbers under it and, when grid, its lines.
func (f *frame) xAxis(lo, hi float64, a Axis, grid bool) scale {
	whole := a.Unit.Kind == Year || a.Unit.Kind == FinYear
	gap := 44.0
	if a.Unit.Kind == FinYear {
		gap = 48
	}
	s := nice(lo, hi, a, f.x0, f.x1, gap, whole)
	for i, t := range s.ticks {
		x := s.at(t)
		if grid {
			f.gridLine(x, f.y0, x, f.y1, t == 0)
		} else {
			f.gridLine(x, f.y1, x, f.y1+3, false)
		}
		label := format(t, a.Unit, s.size(), s.step)
		w := width(label, textSize, false)
		a, at := Middle, x
		switch { // numbers at the ends stay inside
		case i == len(s.ticks)-1 && x+w/2 > f.x1+6:
			a, at = End, f.x1+6
		case i == 0 && x-w/2 < f.x0-20:
			a, at = Start, f.x0-20
		}
		f.text(XY{at, f.y1 + 11}, label, textSize, f.th.Muted, a)
	}
	return s
}
