package pdf

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/reports/chart/face"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// grid is a table being laid out.
type grid struct {
	l     *layout
	t     document.Table
	cols  []column
	x     []float64 // left edges, one more than columns
	size  float64
	table *node
}

// table queues a table. One that is too wide is set smaller, then cut into several that repeat the naming columns.
func (l *layout) table(t document.Table) {
	width := l.bodyWidth()
	var cols []column
	size := sizeSmall
	for _, size = range []float64{sizeSmall, 7.2, 6.5} {
		cols = l.measureColumns(t, size)
		if shareWidth(t, cols, width) {
			break
		}
		if size == 6.5 && len(cols) > 2 {
			cols = l.measureColumns(t, sizeSmall)
			for _, part := range splitTable(t, cols, width) {
				l.grid(part, sizeSmall)
			}
			return
		}
	}
	l.gridWith(t, size, cols)
}

func (l *layout) grid(t document.Table, size float64) {
	cols := l.measureColumns(t, size)
	shareWidth(t, cols, l.bodyWidth())
	l.gridWith(t, size, cols)
}

func (l *layout) gridWith(t document.Table, size float64, cols []column) {
	g := &grid{l: l, t: t, cols: cols, size: size, table: l.root.add("Table")}
	g.x = []float64{marginX}
	for _, c := range cols {
		g.x = append(g.x, g.x[len(g.x)-1]+c.w)
	}
	g.caption()
	head := g.header()
	first := len(l.boxes)
	body := g.table.add("TBody")
	for i, r := range t.Rows {
		g.row(body, r, i, head)
	}
	if n := len(l.boxes); n > first { // the heading never stands alone, the last row does not either
		l.boxes[first-1].keep = true
		if len(t.Rows) > 1 && t.Rows[len(t.Rows)-1].Kind == document.Total && n-2 >= first {
			l.boxes[n-2].keep = true
		}
	}
	l.keepLast()
	whole := 0.0
	for _, b := range l.boxes[first:] {
		whole += b.h
	}
	if whole < l.bodyHeight()*0.4 { // a short table is not worth breaking
		for i := first; i < len(l.boxes); i++ {
			l.boxes[i].keep = true
		}
	}
	l.add(box{h: 1, place: func(p *page, y float64) { p.fill(marginX, y, g.x[len(g.x)-1], y+0.7, ink) }})
	g.foot()
}

func (g *grid) caption() {
	l := g.l
	slot := g.table.add("Caption").slot()
	text := g.t.Label() + "."
	spans := l.plain(text+" ", look{size: sizeBody, style: bold, colour: l.accent}, slot)
	if g.t.Caption != "" {
		spans = append(spans, l.plain(g.t.Caption, look{size: sizeBody, style: bold, colour: ink}, slot)...)
	}
	first := len(l.boxes)
	l.text(breakLines(spans, l.bodyWidth()), marginX, 15, sizeBody*1.32, nil)
	for i := first; i < len(l.boxes); i++ {
		l.boxes[i].keep = true
	}
	place := l.boxes[first].place
	id := g.t.ID
	l.boxes[first].place = func(p *page, y float64) {
		if id != "" {
			l.targets[id] = target{l.number(p), y - 4}
		}
		place(p, y)
	}
	l.add(box{h: 3, keep: true})
}

// header queues the heading rows and gives the box that repeats them on later pages, as an artifact.
func (g *grid) header() *box {
	head := g.table.add("THead")
	group, groupH := g.groups(head)
	names, namesH := g.names(head)
	paint := func(p *page, y float64, tagged bool) {
		g.put(p, group, y, groupH, tagged, true)
		at := 0
		for _, gr := range g.t.Groups {
			if gr.Text != "" {
				p.fill(g.x[at]+cellPad, y+groupH-0.6, g.x[at+gr.Span]-cellPad, y+groupH, rule)
			}
			at += gr.Span
		}
		g.put(p, names, y+groupH, namesH, tagged, true)
		end := y + groupH + namesH
		p.fill(marginX, end-1, g.x[len(g.x)-1], end, g.l.accent)
	}
	h := groupH + namesH
	g.l.add(box{h: h, keep: true, place: func(p *page, y float64) { paint(p, y, true) }})
	again := g.l.cover(strings.TrimSuffix(g.t.Label(), " continued") + " continued")
	const room = 13.0
	return &box{h: h + room, place: func(p *page, y float64) {
		p.back = append(p.back, item{x: marginX, y: y + 7, text: again, size: sizeSmall, style: face.Style{Italic: true}, colour: muted})
		paint(p, y+room, false)
	}}
}

func (g *grid) groups(head *node) ([]cell, float64) {
	if len(g.t.Groups) == 0 {
		return nil, 0
	}
	tr := head.add("TR")
	var out []cell
	at := 0
	for _, gr := range g.t.Groups {
		n := tr.add("TH")
		if gr.Text == "" {
			n.role = "TD"
		}
		n.attrs = spanAttrs(n.role, "Column", gr.Span)
		c := g.cell(g.l.plain(gr.Text, look{size: g.size, style: bold, colour: ink}, n.slot()), at, gr.Span, document.Centre)
		out, at = append(out, c), at+gr.Span
	}
	return out, g.height(out)
}

func (g *grid) names(head *node) ([]cell, float64) {
	tr := head.add("TR")
	var out []cell
	for i, c := range g.t.Columns {
		n := tr.add("TH")
		if c.Heading == "" && c.Unit == "" { // an empty corner heads nothing
			n.role = "TD"
		}
		n.attrs = spanAttrs(n.role, "Column", 1)
		spans := g.l.plain(c.Heading, look{size: g.size, style: bold, colour: ink}, n.slot())
		if c.Unit != "" {
			unit := "(" + unbroken(c.Unit) + ")"
			if c.Heading != "" {
				unit = " " + unit
			}
			spans = append(spans, g.l.plain(unit, look{size: g.size, colour: muted}, n.slot())...)
		}
		align := c.Align
		if align == document.Decimal {
			align = document.Right
		}
		out = append(out, g.cell(spans, i, 1, align))
	}
	return out, g.height(out)
}

func spanAttrs(role, scope string, span int) string {
	var s []string
	if role == "TH" {
		s = append(s, "/Scope /"+scope)
	}
	if span > 1 {
		s = append(s, fmt.Sprintf("/ColSpan %d", span))
	}
	if len(s) == 0 {
		return ""
	}
	return "<</O /Table " + strings.Join(s, " ") + ">>"
}

// cell is a cell with its lines broken.
type cell struct {
	lines   []line
	at      int
	span    int
	align   document.Align
	decimal float64 // width of the part before the point, for a cell lined up by it
}

func (g *grid) cell(spans []span, at, n int, align document.Align) cell {
	x0, x1 := g.inner(at, n)
	c := cell{at: at, span: n, align: align, lines: breakLines(spans, max(x1-x0, 4))}
	if align == document.Decimal {
		if len(c.lines) != 1 || n != 1 {
			c.align = document.Right
			return c
		}
		text := ""
		for _, p := range c.lines[0].pieces {
			text += p.text
		}
		left, _ := splitDecimal(strings.TrimSpace(text))
		rest := len(left)
		for _, p := range c.lines[0].pieces {
			if rest <= 0 {
				break
			}
			part := p.text[:min(rest, len(p.text))]
			c.decimal += face.Width(part, p.size, p.style)
			rest -= len(p.text)
		}
	}
	return c
}

// inner is the room for text of cells, between the paddings; the outer edges of the table have none.
func (g *grid) inner(at, n int) (x0, x1 float64) {
	x0, x1 = g.x[at], g.x[at+n]
	if at > 0 {
		x0 += cellPad
	}
	if at+n < len(g.cols) {
		x1 -= cellPad
	}
	return x0, x1
}

func (g *grid) lead() float64 { return g.size * 1.3 }

func (g *grid) height(cells []cell) float64 {
	n := 1
	for _, c := range cells {
		n = max(n, len(c.lines))
	}
	return float64(n)*g.lead() + 5.5
}

// put paints a row of cells; bottom lines headings up at their last line.
func (g *grid) put(p *page, cells []cell, y, h float64, tagged, bottom bool) {
	for _, c := range cells {
		x0, x1 := g.inner(c.at, c.span)
		top := y + 2.6
		if bottom {
			top = y + h - 2.9 - float64(len(c.lines))*g.lead()
		}
		for i, ln := range c.lines {
			x := x0
			switch c.align {
			case document.Right:
				x = x1 - ln.w
			case document.Centre:
				x = (x0 + x1 - ln.w) / 2
			case document.Decimal:
				x = min(x1-g.cols[c.at].right-c.decimal, x1-ln.w)
			}
			base := top + float64(i)*g.lead() + g.lead()*0.75
			if tagged {
				g.l.put(p, ln, x, base)
				continue
			}
			for _, q := range ln.pieces {
				p.back = append(p.back, item{x: x + q.x, y: base - q.rise, text: q.text, size: q.size, style: q.style, colour: q.colour})
			}
		}
	}
}

// row queues a row; one taller than a page goes on over several.
func (g *grid) row(body *node, r document.Row, index int, head *box) {
	l := g.l
	tr := body.add("TR")
	var cells []cell
	var notes []noteBox
	at := 0
	for _, c := range r.Cells {
		role, scope := "TD", ""
		if g.t.Columns[at].RowHeader || r.Kind == document.Subhead && at == 0 {
			role, scope = "TH", "Row"
		}
		align := g.t.Columns[at].Align
		if c.Span > 1 && align == document.Decimal {
			align = document.Right
		}
		if r.Kind == document.Subhead {
			align = document.Left
		}
		n := tr.add(role)
		n.attrs = spanAttrs(role, scope, c.Span)
		at0 := look{size: g.size, style: rowStyle(r), colour: ink}
		spans := l.spans(c.Runs, at0, n)
		if c.NoteRef > 0 {
			m := l.plain(document.NoteMark(c.NoteRef), at0, n.add("Reference").slot())
			m[0].size, m[0].rise = g.size*0.75, g.size*0.32
			spans = append(spans, m...)
		}
		k := g.cell(spans, at, c.Span, align)
		for _, ln := range k.lines {
			notes = append(notes, l.notes(ln.notes)...)
		}
		cells, at = append(cells, k), at+c.Span
	}
	h := g.height(cells)
	keep := r.Kind == document.Subhead || index == 0 && len(g.t.Rows) > 1
	room := l.bodyHeight() - head.h - 40
	for from := 0; h > room; { // taller than a page
		n := max(1, int((room-5.5)/g.lead()))
		part := make([]cell, 0, len(cells))
		rest := make([]cell, 0, len(cells))
		for _, c := range cells {
			a, b := c, c
			k := min(n, len(c.lines))
			a.lines, b.lines = c.lines[:k], c.lines[k:]
			part, rest = append(part, a), append(rest, b)
		}
		l.add(g.rowBox(r, part, head, from > 0 || index > 0))
		cells, h, from = rest, g.height(rest), from+n
	}
	b := g.rowBox(r, cells, head, index > 0)
	b.keep, b.notes = keep, notes
	l.add(b)
}

func (g *grid) rowBox(r document.Row, cells []cell, head *box, ruled bool) box {
	h := g.height(cells)
	right := g.x[len(g.x)-1]
	return box{h: h, head: head, place: func(p *page, y float64) {
		switch {
		case r.Kind == document.Subhead:
			p.fill(marginX, y, right, y+h, tint)
		case r.Kind == document.Total:
			p.fill(marginX, y, right, y+0.7, ink)
		case ruled && !p.fresh:
			p.fill(marginX, y, right, y+0.4, rule)
		}
		g.put(p, cells, y, h, true, false)
	}}
}

// small queues a line of notes under the table.
func (g *grid) small(s string) {
	g.l.text(breakLines(g.l.plain(s, smallLook, g.l.root.add("P").slot()), g.l.bodyWidth()), marginX, 3, g.size*1.3, nil)
}

// foot queues notes, source and footnotes under the table.
func (g *grid) foot() {
	l := g.l
	for i, n := range g.t.Notes {
		if i == 0 {
			l.keepLast()
		}
		g.small(document.NoteMark(i+1) + " " + n)
	}
	if g.t.Source != "" {
		l.keepLast()
		g.small(g.t.Source)
	}
	for _, r := range g.t.Rows {
		for _, c := range r.Cells {
			l.noteNodes(c.Runs, l.root)
		}
	}
	l.add(box{h: 10})
}
