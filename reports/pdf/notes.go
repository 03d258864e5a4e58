package pdf

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/reports/document"
)

// Footnotes are painted at the foot of the page of their reference and read right after the block that refers to them: the
// structure tree, not the place on the page, is the reading order. noteNodes makes the elements when the block is laid out; notes
// finds them again when a line is set.

func (l *layout) notes(refs []document.Footnote) []noteBox {
	var out []noteBox
	for _, f := range refs {
		n := &node{role: "Note", id: fmt.Sprintf("note%d", f.Number())}
		runs := append([]document.Inline{document.T(f.Ref() + " ")}, f.Runs...)
		lines := breakLines(l.spans(runs, smallLook, n), l.measure())
		out = append(out, noteBox{lines: lines, h: float64(len(lines)) * sizeSmall * 1.3, node: n, number: f.Number()})
		for _, ln := range lines { // a footnote of a footnote stands below it
			out = append(out, l.notes(ln.notes)...)
		}
	}
	if l.made == nil {
		l.made = map[int]*node{}
	}
	for _, b := range out {
		l.made[b.number] = b.node
	}
	return out
}

// noteNodes hangs the notes of a block's runs under parent, in order. The lines were made before, so the elements exist.
func (l *layout) noteNodes(runs []document.Inline, parent *node) {
	for _, f := range document.Notes(runs) {
		if n := l.made[f.Number()]; n != nil && n.parent == nil {
			n.parent = parent
			parent.kids = append(parent.kids, n)
		}
	}
}

// footnotes sets the notes of a page above its footer.
func (l *layout) footnotes(i int) {
	p := l.pages[i]
	if len(p.notes) == 0 {
		return
	}
	y := p.h - marginBottom - notesHeight(p.notes) + noteGap
	p.fill(marginX, y, marginX+70, y+0.6, rule)
	y += noteGap
	for _, n := range p.notes {
		for _, ln := range n.lines {
			l.put(p, ln, marginX, y+sizeSmall*0.8)
			y += sizeSmall * 1.3
		}
	}
}

// furniture is what every page carries: edition, paper and version, page x of y. It is an artifact: read once per page it would
// only be in the way.
func (l *layout) furniture(i int) {
	p := l.pages[i]
	y := p.h - footerY
	small := item{size: 7, colour: muted, y: y}
	p.back = append(p.back, item{draw: func(q *painter) { q.line(marginX, y-12, p.w-marginX, y-12, 0.5, rule) }})
	left := small
	left.x, left.text = marginX, l.cover(l.doc.Title)
	if l.doc.House.Organisation != "" {
		left.text = l.cover(l.doc.House.Organisation + " · " + l.doc.Title)
	}
	right := small
	right.x = p.w - marginX
	right.late = func() string { return fmt.Sprintf("Page %d of %d", i+1, len(l.pages)) }
	p.back = append(p.back, left, right)
	left.text = shorten(left.text, p.w-2*marginX-80, 7)
	p.back[len(p.back)-2].text = left.text
	second := small
	second.x, second.y = marginX, y+9
	switch l.doc.Edition {
	case document.Public:
		second.text = "Public edition"
	case document.Exempt:
		second.text = "Exempt edition: not for publication"
	}
	if l.doc.Hash != "" {
		if second.text != "" {
			second.text += " · "
		}
		second.text += "project version " + l.doc.Hash
	}
	second.text = shorten(l.cover(second.text), p.w-2*marginX, 7)
	p.back = append(p.back, second)
	if l.doc.Edition == document.Exempt {
		mark := small
		mark.x, mark.y, mark.style, mark.colour = marginX, 38, bold, ink
		mark.text = "EXEMPT: NOT FOR PUBLICATION"
		p.back = append(p.back, mark)
	}
}
