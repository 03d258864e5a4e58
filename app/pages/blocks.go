package pages

import (
	"github.com/planting-the-flag/flagstone/reports/chart/face"
	"github.com/planting-the-flag/flagstone/reports/document"
)

const body = 10.0 // points of running text

func (l *layer) block(b document.Block) {
	switch x := b.(type) {
	case document.Heading:
		size := []float64{18, 13.5, 11}[min(max(x.Level, 1), 3)-1]
		l.need(size*1.4 + 60)
		if l.y > margin {
			l.y += size * 0.8
		}
		l.words([]piece{{x.Full(), face.Style{Bold: true}}}, size, ink, 0, 5)
	case document.Paragraph:
		size := body
		switch x.Style {
		case document.Lead:
			size = 12.5
		case document.Small:
			size = 8.5
		}
		l.words(pieces(x.Runs), size, ink, 0, 7)
	case document.List:
		l.list(x, 0)
		l.y += 4
	case document.Table:
		l.table(&x)
	case document.Figure:
		l.figure(&x)
	case document.KeyFigures:
		l.keys(x.Items)
	case document.Callout:
		l.callout(&x)
	case document.TOC:
		l.words([]piece{{x.Title, face.Style{Bold: true}}}, 14, ink, 0, 8)
		depth := x.Depth
		if depth == 0 {
			depth = 2
		}
		for _, h := range document.Outline(l.doc, depth) {
			l.words([]piece{{h.Full(), face.Style{Bold: h.Level == 1}}}, body, ink, float64(h.Level-1)*14, 2)
		}
	case document.PageBreak:
		if l.wide = x.Landscape; l.y > margin || l.cur.W > l.cur.H != l.wide {
			l.page()
		}
	}
}

func (l *layer) list(x document.List, depth int) {
	in := 16 + float64(depth)*16
	for i, it := range x.Items {
		l.need(body * 1.4)
		at := l.y + body*1.35
		cur := l.cur
		l.words(pieces(it.Runs), body, ink, in, 3)
		cur.add(op{x: l.left + in - 14, y: at, text: x.Label(i), size: body, colour: ink})
		if it.Sub != nil {
			l.list(*it.Sub, depth+1)
		}
	}
}

func (l *layer) figure(x *document.Figure) {
	h := x.Height
	if h == 0 {
		h = 240
	}
	h = min(h, l.cur.H-2*margin-80)
	l.need(h + 40)
	l.words([]piece{{x.Label() + ". ", face.Style{Bold: true}}, {x.Caption, face.Style{}}}, 9, ink, 0, 4)
	if x.Chart != nil || len(x.Image) > 0 {
		l.cur.add(op{x: l.left, y: l.y, w: l.width(), h: h, chart: x.Chart, image: x.Image})
		l.y += h + 4
	}
	if x.Source != "" && x.Chart == nil { // a chart carries its own
		l.words([]piece{{x.Source, face.Style{}}}, 8, muted, 0, 0)
	}
	l.y += 8
}

func (l *layer) keys(items []document.KeyFigure) {
	if len(items) == 0 {
		return
	}
	const high = 66
	l.need(high)
	w := l.width() / float64(len(items))
	for i, k := range items {
		x := l.left + float64(i)*w
		l.cur.add(op{x: x, y: l.y, w: w - 6, h: high, colour: tint})
		l.cur.add(op{x: x + 8, y: l.y + 24, text: document.RunText(k.Value), size: 15, style: face.Style{Bold: true}, colour: deep})
		y := l.y + 36
		for n, ln := range wrap([]piece{{k.Label, face.Style{}}}, w-20, 8) {
			if n < 2 {
				l.put(ln, x+8, y, 8, ink)
				y += 10
			}
		}
		for n, ln := range wrap([]piece{{k.Note, face.Style{}}}, w-20, 7) {
			if n < 1 {
				l.put(ln, x+8, y, 7, muted)
			}
		}
	}
	l.y += high + 8
}

func (l *layer) callout(x *document.Callout) {
	l.need(60)
	from, page := l.y, l.cur
	l.left += 12
	l.y += 4
	if x.Title != "" {
		l.words([]piece{{x.Title, face.Style{Bold: true}}}, body, deep, 0, 2)
	}
	for _, b := range x.Blocks {
		l.block(b)
	}
	l.left -= 12
	if page == l.cur {
		page.add(op{x: l.left, y: from, w: 3, h: l.y - from, colour: deep})
	}
	l.y += 8
}

const (
	cell = 8.0 // points of words in tables
	gap  = 8.0 // between columns
)

// columns shares the width by what the cells need, so that a column of figures
// is never broken for the sake of a column of words.
func (l *layer) columns(t *document.Table) []float64 {
	n := len(t.Columns)
	want := make([]float64, n)
	for i, c := range t.Columns {
		want[i] = min(90, face.Width(c.HeadingText(), cell, face.Style{Bold: true}))
	}
	for _, r := range t.Rows {
		at := 0
		for _, c := range r.Cells {
			if c.Span < 2 && at < n && r.Kind != document.Subhead {
				want[at] = max(want[at], face.Width(document.CellText(c), cell, face.Style{}))
			}
			at += max(1, c.Span)
		}
	}
	room := l.width() - gap*float64(n)
	total := 0.0
	for _, w := range want {
		total += w
	}
	for total > room+0.5 { // the widest gives way
		big := 0
		second := 0.0
		for i := range want {
			if want[i] > want[big] {
				big = i
			}
		}
		for i := range want {
			if i != big {
				second = max(second, want[i])
			}
		}
		cut := min(total-room, max(4, want[big]-second))
		want[big] -= cut
		total -= cut
	}
	if spare := room - total; spare > 0 && n > 0 {
		want[0] += spare
	}
	return want
}

func (l *layer) table(t *document.Table) {
	if len(t.Columns) == 0 {
		return
	}
	l.need(60)
	if !t.Continues {
		l.words([]piece{{t.Label() + ". ", face.Style{Bold: true}}, {t.Caption, face.Style{}}}, 9, ink, 0, 4)
	}
	wide := l.columns(t)
	head := document.Row{Kind: document.Total}
	for _, c := range t.Columns {
		head.Cells = append(head.Cells, document.CT(c.HeadingText()))
	}
	l.row(t, wide, head, document.Row{})
	for _, r := range t.Rows {
		l.row(t, wide, r, head)
	}
	for _, n := range t.Notes {
		l.words([]piece{{n, face.Style{}}}, 7.5, muted, 0, 1)
	}
	if t.Source != "" {
		l.words([]piece{{t.Source, face.Style{}}}, 7.5, muted, 0, 0)
	}
	l.y += 10
}

// row writes one row; on a new page the head comes first.
func (l *layer) row(t *document.Table, wide []float64, r, head document.Row) {
	type done struct {
		lines []line
		x, w  float64
		right bool
	}
	var cells []done
	x, at, most := l.left, 0, 1
	for _, c := range r.Cells {
		w, right := 0.0, at < len(t.Columns) && (t.Columns[at].Align == document.Right || t.Columns[at].Align == document.Decimal)
		span := max(1, c.Span)
		if r.Kind == document.Subhead && at == 0 {
			span = len(wide)
		}
		for i := range span {
			if at+i < len(wide) {
				w += wide[at+i]
				if i > 0 {
					w += gap
				}
			}
		}
		ps := pieces(c.Runs)
		if r.Kind != document.Body {
			for i := range ps {
				ps[i].style.Bold = true
			}
		}
		d := done{wrap(ps, w, cell), x, w, right}
		most = max(most, len(d.lines))
		cells = append(cells, d)
		x, at = x+w+gap, at+span
	}
	high := float64(most)*cell*1.3 + 4
	before := l.cur
	if l.need(high); l.cur != before && len(head.Cells) > 0 {
		l.row(t, wide, head, document.Row{})
	}
	for _, d := range cells {
		for i, ln := range d.lines {
			at := d.x
			if d.right {
				at += d.w - ln.width
			}
			l.put(ln, at, l.y+cell*1.1+float64(i)*cell*1.3, cell, ink)
		}
	}
	l.y += high
	l.cur.add(op{x: l.left, y: l.y - 1.5, w: l.width(), h: 0.5, colour: rule})
}
