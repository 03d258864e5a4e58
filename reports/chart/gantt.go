package chart

import "math"

// gantt draws spans and milestones over years.
func (f *frame) gantt(ch *Chart, p Gantt) {
	lo, hi := math.Inf(1), math.Inf(-1)
	lost := 0
	see := func(v float64) { lo, hi = min(lo, v), max(hi, v) }
	for _, r := range p.Rows {
		for _, s := range r.Spans {
			if !finite(s.From) || !finite(s.To) {
				lost++
				continue
			}
			see(s.From)
			see(s.To)
		}
		for _, m := range r.Milestones {
			if !finite(m.At) {
				lost++
				continue
			}
			see(m.At)
		}
	}
	if lo > hi {
		f.empty()
		return
	}
	lo, hi = math.Floor(lo), math.Ceil(hi)
	if hi <= lo {
		hi = lo + 1
	}
	f.missing(lost)
	var keys []key
	for i, n := range p.Classes {
		keys = append(keys, key{n, f.swatch(f.th.series(i), i)})
	}
	f.legend(keys)
	rows := p.Rows
	f.y0 += 14
	if len(p.Marks) > 0 {
		f.y0 += 10
	}
	if most := int((f.y1 - f.y0) / 10); len(rows) > most && most > 0 {
		f.note("The first %d of %d lines are drawn.", most, len(rows))
		rows = rows[:most]
	}
	w := 0.0
	for _, r := range rows {
		w = max(w, width(f.cover(r.Label), textSize, r.Group))
	}
	w = min(w, (f.x1-f.x0)*0.36)
	left := f.x0
	f.x0 += w + 8
	f.x1 -= 4
	band := min((f.y1-f.y0)/float64(len(rows)), 22)
	f.y1 = f.y0 + band*float64(len(rows))
	u := ch.X.Unit
	if u.Kind != FinYear {
		u = Unit{Kind: Year}
	}
	s := nice(lo, hi, Axis{}, f.x0, f.x1, 36, true)
	for _, t := range s.ticks {
		f.gridLine(s.at(t), f.y0-2, s.at(t), f.y1, false)
		if t < hi {
			f.text(XY{s.at(t) + 2, f.y0 - 4}, format(t, u, 0, 0), textSize, f.th.Muted, Start)
		}
	}
	if len(p.Marks) > 0 {
		f.y0 -= 10
		f.marks(s, p.Marks)
		f.y0 += 10
	}
	for i, r := range rows {
		y := f.y0 + band*float64(i)
		f.c.Text(XY{left, y + band/2 + 2.6}, fit(f.cover(r.Label), w, textSize, r.Group), TextStyle{Size: textSize, Bold: r.Group, Colour: f.th.Ink})
		f.gridLine(left, y+band, f.x1, y+band, false)
		f.ganttRow(s, r, y, band)
	}
}

func (f *frame) ganttRow(s scale, r GanttRow, y, band float64) {
	for _, sp := range r.Spans {
		if !finite(sp.From) || !finite(sp.To) {
			continue
		}
		a, b := s.at(min(sp.From, sp.To)), s.at(max(sp.From, sp.To))
		b = max(b, a+1.5)
		f.bar(a, y+band*0.2, b, y+band*0.8, f.th.series(sp.Class), sp.Class)
		if l := f.cover(sp.Label); l != "" && b+4+width(l, textSize, false) <= f.x1 {
			f.text(XY{b + 3, y + band/2 + 2.6}, l, textSize, f.th.Ink, Start)
		}
	}
	for _, m := range r.Milestones {
		if !finite(m.At) {
			continue
		}
		at := XY{s.at(m.At), y + band/2}
		marker(f.c, at, min(3.4, band*0.32), 3, f.th.Ink, f.th.Background)
		if l := f.cover(m.Label); l != "" {
			w := width(l, textSize, false)
			switch {
			case at.X+6+w <= f.x1+4:
				f.text(XY{at.X + 6, at.Y + 2.6}, l, textSize, f.th.Ink, Start)
			case at.X-6-w >= f.x0:
				f.text(XY{at.X - 6, at.Y + 2.6}, l, textSize, f.th.Ink, End)
			}
		}
	}
}
