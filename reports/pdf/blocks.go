package pdf

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

var (
	bodyLook  = look{size: sizeBody, colour: ink}
	smallLook = look{size: sizeSmall, colour: muted}
	boldLook  = look{size: sizeBody, style: bold, colour: ink}
)

// block queues the boxes of a block.
func (l *layout) block(b document.Block) {
	switch b := b.(type) {
	case document.Heading:
		l.heading(b)
	case document.Paragraph:
		l.paragraph(b, l.root, 0, l.measure(), nil)
	case document.List:
		l.list(b, l.root, 0, l.measure(), nil)
	case document.Table:
		l.table(b)
	case document.Figure:
		l.figure(b)
	case document.KeyFigures:
		l.keyFigures(b)
	case document.Callout:
		l.callout(b)
	case document.TOC:
		l.toc(b)
	case document.PageBreak:
		l.flow()
		if l.cur.fresh && len(l.cur.notes) == 0 {
			l.pages = l.pages[:len(l.pages)-1] // a break on an empty page only turns it
		}
		l.newPage(b.Landscape)
	}
}

// text queues lines of text: never one line alone at the foot or the head of a page. ground paints under each line.
func (l *layout) text(lines []line, x, before, lead float64, ground func(p *page, y, h float64)) {
	for i, ln := range lines {
		b := box{h: lead, ground: ground}
		if i == 0 {
			b.before = before
		}
		b.keep = i+1 < len(lines) && (i == 0 || i == len(lines)-2)
		b.notes = l.notes(ln.notes)
		b.place = func(p *page, y float64) { l.put(p, ln, x, y+lead*0.74) }
		l.add(b)
	}
}

// keepLast makes the last queued box stay with what comes next.
func (l *layout) keepLast() {
	if n := len(l.boxes); n > 0 {
		l.boxes[n-1].keep = true
	}
}

func (l *layout) heading(h document.Heading) {
	n := l.root.add(fmt.Sprintf("H%d", h.Level))
	at, before, after := look{size: sizeLarge, style: bold, colour: l.accent}, 26.0, 5.0
	switch h.Level {
	case 2:
		at, before, after = look{size: sizeHead, style: bold, colour: ink}, 17, 2
	case 3:
		at, before, after = look{size: sizeBody, style: bold, colour: l.accent}, 12, 1
	}
	lead := at.size * 1.25
	first := len(l.boxes)
	l.text(breakLines(l.plain(h.Full(), at, n.slot()), l.bodyWidth()), marginX, before, lead, nil)
	for i := first; i < len(l.boxes); i++ {
		l.boxes[i].keep = true
	}
	if first == len(l.boxes) {
		return
	}
	place := l.boxes[first].place
	l.boxes[first].place = func(p *page, y float64) {
		t := target{l.number(p), y - 4}
		l.targets[h.ID] = t
		l.outline = append(l.outline, bookmark{h.Level, h.Full(), t})
		place(p, y)
	}
	l.add(box{h: after, keep: true})
}

func (l *layout) paragraph(b document.Paragraph, parent *node, indent, width float64, ground func(p *page, y, h float64)) {
	at, before := bodyLook, 7.0
	switch b.Style {
	case document.Lead:
		at, before = look{size: sizeHead, colour: ink}, 9
	case document.Small:
		at, before = smallLook, 5
	}
	n := parent.add("P")
	l.text(breakLines(l.spans(b.Runs, at, n), width-indent), marginX+indent, before, at.size*leading, ground)
	l.noteNodes(b.Runs, parent)
}

func (l *layout) list(b document.List, parent *node, indent, width float64, ground func(p *page, y, h float64)) {
	n := parent.add("L")
	n.attrs = "<</O /List /ListNumbering /Disc>>"
	if b.Ordered {
		n.attrs = "<</O /List /ListNumbering /Decimal>>"
	}
	step := 14.0
	if b.Ordered && len(b.Items)+b.Start >= 10 {
		step = 20
	}
	lead := sizeBody * leading
	for i, it := range b.Items {
		li := n.add("LI")
		label := breakLines(l.plain(b.Label(i), bodyLook, li.add("Lbl").slot()), 100)
		body := li.add("LBody")
		lines := breakLines(l.spans(it.Runs, bodyLook, body), width-indent-step)
		before := 3.5
		if i == 0 {
			before = 5
		}
		if len(lines) == 0 {
			lines = []line{{}}
		}
		first := len(l.boxes)
		l.text(lines, marginX+indent+step, before, lead, ground)
		place := l.boxes[first].place
		l.boxes[first].place = func(p *page, y float64) {
			for _, ln := range label {
				l.put(p, ln, marginX+indent+2, y+lead*0.74)
			}
			place(p, y)
		}
		l.noteNodes(it.Runs, body)
		if it.Sub != nil {
			l.list(*it.Sub, body, indent+step, width, ground)
		}
	}
}

func (l *layout) callout(b document.Callout) {
	n := l.root.add("Div")
	bar, fill := l.accent, tint
	if b.Kind == document.Warning {
		bar, fill = chart.RGB{R: 0xB0, G: 0x3A, B: 0x00}, chart.RGB{R: 0xFD, G: 0xF3, B: 0xEC}
	}
	width := l.measure()
	ground := func(p *page, y, h float64) {
		p.fill(marginX, y-0.2, marginX+width, y+h, fill)
		p.fill(marginX, y-0.2, marginX+3, y+h, bar)
	}
	const pad = 14.0
	l.add(box{h: 3, before: 9, keep: true}, box{h: 6, keep: true, ground: ground})
	l.text(breakLines(l.plain(b.Title, look{size: sizeBody, style: bold, colour: bar}, n.add("P").slot()), width-2*pad), marginX+pad, 0, sizeBody*leading, ground)
	l.keepLast()
	for _, x := range b.Blocks {
		switch x := x.(type) {
		case document.Paragraph:
			l.paragraph(x, n, pad, width-pad, ground)
		case document.List:
			l.list(x, n, pad, width-pad, ground)
		}
	}
	l.keepLast()
	l.add(box{h: 7, ground: ground}, box{h: 4})
}

// keyFigures sets numbers in a strip, three across when there are more than four.
func (l *layout) keyFigures(b document.KeyFigures) {
	list := l.root.add("L")
	across := len(b.Items)
	if across > 4 {
		across = 3
	}
	width := l.bodyWidth()
	const gap = 16.0
	col := (width - gap*float64(across-1)) / float64(across)
	for from := 0; from < len(b.Items); from += across {
		row := b.Items[from:min(from+across, len(b.Items))]
		cells := make([][3][]line, len(row))
		most := [3]int{}
		for i, k := range row {
			slot := list.add("LI").add("LBody").slot()
			v, name, note := document.RunText(k.Value)+" ", k.Label+" ", k.Note
			size := sizeLarge
			for size > sizeBody && len(breakLines(l.plain(v, look{size: size, style: bold}, slot), col)) > 1 {
				size--
			}
			cells[i][0] = breakLines(l.plain(v, look{size: size, style: bold, colour: l.accent}, slot), col)
			cells[i][1] = breakLines(l.plain(name, look{size: sizeSmall, style: bold, colour: ink}, slot), col)
			cells[i][2] = breakLines(l.plain(note, smallLook, slot), col)
			for k := range most {
				most[k] = max(most[k], len(cells[i][k]))
			}
		}
		leads := [3]float64{sizeLarge * 1.2, sizeSmall * 1.3, sizeSmall * 1.3}
		h := 9.0
		for k := range most {
			h += float64(most[k]) * leads[k]
		}
		l.add(box{before: 10, h: h, place: func(p *page, y float64) {
			for i, c := range cells {
				x := marginX + float64(i)*(col+gap)
				p.fill(x, y, x+col, y+1.2, l.accent)
				at := y + 5
				for k := range c {
					for j, ln := range c[k] {
						l.put(p, ln, x, at+float64(j)*leads[k]+leads[k]*0.78)
					}
					if k == 0 {
						at += float64(most[0]) * leads[0]
					} else {
						at += float64(len(c[k])) * leads[k]
					}
				}
			}
		}})
	}
	l.add(box{h: 4})
}
