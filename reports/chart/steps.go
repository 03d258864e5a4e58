package chart

import (
	"math"
	"sort"
)

// waterfall walks from the first total to the last, each move starting where the one before ended.
func (f *frame) waterfall(ch *Chart, p Waterfall) {
	type bar struct {
		Step
		from, to float64
	}
	var bars []bar
	run, lost := 0.0, 0
	lo, hi := 0.0, 0.0
	for i, s := range p.Steps {
		if !finite(s.Value) && (!s.Total || i == 0) {
			lost++
			continue
		}
		b := bar{Step: s}
		switch {
		case s.Total && i == 0:
			run = s.Value
			b.to = run
		case s.Total:
			b.to = run
		default:
			b.from, b.to = run, run+s.Value
			run = b.to
		}
		lo, hi = min(lo, b.from, b.to), max(hi, b.from, b.to)
		bars = append(bars, b)
	}
	if len(bars) == 0 {
		f.empty()
		return
	}
	f.missing(lost)
	up, down, total := f.th.series(0), f.th.series(3), f.th.Ink.Mix(f.th.Background, 0.25)
	f.legend([]key{{"adds", f.swatch(up, 0)}, {"takes away", f.swatch(down, 1)}, {"stands at", f.swatch(total, 0)}})
	f.axisTitle(ch.Y)
	band := (f.x1 - f.x0 - 34) / float64(len(bars))
	lines := 1
	for _, b := range bars {
		lines = max(lines, len(wrap(f.cover(b.Label), band*0.96, textSize, false, 3)))
	}
	f.xTitle(ch.X)
	f.y1 -= float64(lines)*9 + 4
	f.y0 += 8
	s := f.yAxis(lo, hi, ch.Y)
	band = (f.x1 - f.x0) / float64(len(bars))
	for i, b := range bars {
		x := f.x0 + band*float64(i)
		fill, pattern, label := total, 0, format(b.to, ch.Y.Unit, s.size(), 0)
		if !b.Total {
			fill, label = up, signed(b.Value, ch.Y.Unit, s.size())
			if b.Value < 0 {
				fill, pattern = down, 1
			}
		}
		f.bar(x+band*0.14, s.at(b.from), x+band*0.86, s.at(b.to), fill, pattern)
		if i+1 < len(bars) {
			f.c.Polyline([]XY{{x + band*0.86, s.at(b.to)}, {x + band*1.14, s.at(b.to)}}, Stroke{Colour: f.th.Muted, Width: 0.6})
		}
		if width(label, textSize, b.Total) <= band*1.1 {
			y := min(s.at(b.from), s.at(b.to)) - 3
			if max(b.from, b.to) <= 0 && min(b.from, b.to) < 0 {
				y = max(s.at(b.from), s.at(b.to)) + 9
			}
			f.c.Text(XY{x + band/2, y}, label, TextStyle{Size: textSize, Bold: b.Total, Colour: f.th.Ink, Anchor: Middle})
		}
		for k, l := range wrap(f.cover(b.Label), band*0.96, textSize, false, 3) {
			f.c.Text(XY{x + band/2, f.y1 + 10 + float64(k)*9}, l, TextStyle{Size: textSize, Bold: b.Total, Colour: f.th.Ink, Anchor: Middle})
		}
	}
	f.gridLine(f.x0, s.at(0), f.x1, s.at(0), true)
}

// tornado draws what each driver alone does to the result, widest first.
func (f *frame) tornado(ch *Chart, p Tornado) {
	var bars []Swing
	lost := 0
	lo, hi := p.Base, p.Base
	for _, b := range p.Bars {
		if !finite(b.Low) || !finite(b.High) {
			lost++
			continue
		}
		bars = append(bars, b)
		lo, hi = min(lo, b.Low, b.High), max(hi, b.Low, b.High)
	}
	if len(bars) == 0 || !finite(p.Base) {
		f.empty()
		return
	}
	f.missing(lost)
	sort.SliceStable(bars, func(i, j int) bool {
		return math.Abs(bars[i].High-bars[i].Low) > math.Abs(bars[j].High-bars[j].Low)
	})
	low, high := f.th.series(4), f.th.series(1)
	f.legend([]key{{"driver at its low end", f.swatch(low, 0)}, {"driver at its high end", f.swatch(high, 1)}})
	f.axisTitle(ch.Y)
	f.y1 -= 13
	f.y0 += 10
	if most := int((f.y1 - f.y0) / 12); len(bars) > most && most > 0 {
		f.note("The %d widest of %d drivers are drawn.", most, len(bars))
		bars = bars[:most]
	}
	w, ends := 0.0, 0.0
	for _, b := range bars {
		w = max(w, width(f.cover(b.Label), textSize, false))
		ends = max(ends, width(f.cover(b.LowAt), textSize, false), width(f.cover(b.HighAt), textSize, false))
	}
	w, ends = min(w, (f.x1-f.x0)*0.34), min(ends, 70)
	nameX := f.x0 + w
	f.x0 += w + ends + 14
	f.x1 -= ends + 8
	s := f.xAxis(lo, hi, ch.Y, true)
	band := (f.y1 - f.y0) / float64(len(bars))
	for i, b := range bars {
		y := f.y0 + band*float64(i)
		f.text(XY{nameX, y + band/2 + 2.6}, fit(f.cover(b.Label), w, textSize, false), textSize, f.th.Ink, End)
		f.bar(s.at(p.Base), y+band*0.18, s.at(b.Low), y+band*0.82, low, 0)
		f.bar(s.at(p.Base), y+band*0.18, s.at(b.High), y+band*0.82, high, 1)
		// When both ends fall on one side, one label at the end and the other beside it would lie on the bar: it is left out.
		leftV, leftT, rightV, rightT := b.Low, b.LowAt, b.High, b.HighAt
		if b.Low > b.High {
			leftV, leftT, rightV, rightT = b.High, b.HighAt, b.Low, b.LowAt
		}
		if leftV <= p.Base {
			f.text(XY{s.at(leftV) - 3, y + band/2 + 2.6}, fit(f.cover(leftT), max(ends, 8), textSize, false), textSize, f.th.Muted, End)
		}
		if rightV >= p.Base {
			f.text(XY{s.at(rightV) + 3, y + band/2 + 2.6}, fit(f.cover(rightT), max(ends, 8), textSize, false), textSize, f.th.Muted, Start)
		}
	}
	x := s.at(p.Base)
	f.c.Polyline([]XY{{x, f.y0 - 3}, {x, f.y1}}, Stroke{Colour: f.th.Ink, Width: 1})
	f.text(XY{x, f.y0 - 5}, "as planned "+format(p.Base, ch.Y.Unit, s.size(), 0), textSize, f.th.Ink, Middle)
}
