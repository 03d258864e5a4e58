package pdf

import (
	"strings"
	"unicode"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/chart/face"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// span is text in one look that belongs to one place in the structure.
type span struct {
	text   string
	size   float64
	style  face.Style
	colour chart.RGB
	rise   float64
	slot   *node
	link   *link
	note   *document.Footnote
}

// line is one line of text.
type line struct {
	pieces []piece
	w      float64
	notes  []document.Footnote
}

type piece struct {
	x, w float64
	text string
	*span
}

// look is how running text starts out.
type look struct {
	size   float64
	style  face.Style
	colour chart.RGB
}

// spans turns runs into spans under an element, with elements of their own for links and references.
func (l *layout) spans(runs []document.Inline, at look, n *node) []span {
	var out []span
	add := func(s string, slot *node) *span {
		out = append(out, span{text: l.cover(s), size: at.size, style: at.style, colour: at.colour, slot: slot})
		return &out[len(out)-1]
	}
	for _, r := range runs {
		switch r := r.(type) {
		case document.Text:
			s := add(r.S, n.slot())
			s.style.Bold = s.style.Bold || r.Bold
			s.style.Italic = s.style.Italic || r.Italic
		case document.Field:
			s := add(document.RunText(r), n.slot())
			s.style.Bold = s.style.Bold || r.Bold
		case document.Link:
			e := n.add("Link")
			s := add(r.S, e.slot())
			s.colour = l.accent
			s.link = &link{url: r.URL, words: r.S, node: e}
		case document.Footnote:
			s := add(r.Ref(), n.add("Reference").slot())
			s.size, s.rise, s.note = at.size*0.72, at.size*0.33, &r
		}
	}
	return out
}

// plain is one span of words.
func (l *layout) plain(s string, at look, slot *node) []span {
	return []span{{text: l.cover(s), size: at.size, style: at.style, colour: at.colour, slot: slot}}
}

// atom is a piece of a span that no line breaks inside, unless it alone is wider than the line.
type atom struct {
	text  string
	w     float64
	span  *span
	space float64 // width of the space after it
	stop  bool    // a line may end after it
}

func atoms(spans []span) []atom {
	var out []atom
	for i := range spans {
		s := &spans[i]
		space := face.Width(" ", s.size, s.style)
		text := s.text
		for text != "" {
			if text[0] == ' ' {
				if n := len(out); n > 0 {
					out[n-1].space, out[n-1].stop = space, true
				} else {
					out = append(out, atom{span: s, space: space})
				}
				text = text[1:]
				continue
			}
			n := wordEnd(text)
			out = append(out, atom{text: text[:n], w: face.Width(text[:n], s.size, s.style), span: s, stop: n < len(text) && text[n] != ' '})
			text = text[n:]
		}
	}
	return out
}

// wordEnd is where the first word ends: at a space, or after a hyphen or slash between letters.
func wordEnd(s string) int {
	var before, prev rune
	for i, r := range s {
		if r == ' ' {
			return i
		}
		if (prev == '-' || prev == '/' || prev == '–' || prev == '_') && unicode.IsLetter(r) && before != 0 && before != '-' {
			return i
		}
		before, prev = prev, r
	}
	return len(s)
}

// breakLines sets spans in lines no wider than w.
func breakLines(spans []span, w float64) []line {
	list := atoms(spans)
	var out []line
	var cur []atom
	curW := 0.0
	flush := func() {
		if len(cur) > 0 {
			out = append(out, makeLine(cur))
		}
		cur, curW = nil, 0
	}
	for i := 0; i < len(list); {
		j, word := i, list[i].w
		for j+1 < len(list) && !list[j].stop {
			j++
			word += list[j].w
		}
		gap := 0.0
		if len(cur) > 0 {
			gap = cur[len(cur)-1].space
		}
		if len(cur) > 0 && curW+gap+word > w+0.01 {
			flush()
			gap = 0
		}
		if word > w+0.01 { // wider than a line: broken where it must be
			list = append(list[:i:i], append(chop(list[i:j+1], w), list[j+1:]...)...)
			j = i
			word = list[i].w
		}
		cur = append(cur, list[i:j+1]...)
		curW += gap + word
		i = j + 1
	}
	flush()
	return out
}

// chop cuts atoms into pieces no wider than w.
func chop(list []atom, w float64) []atom {
	var out []atom
	for _, a := range list {
		start, width := 0, 0.0
		for i, r := range a.text {
			rw := face.Width(string(r), a.span.size, a.span.style)
			if width+rw > w && i > start {
				out = append(out, atom{text: a.text[start:i], w: width, span: a.span, stop: true})
				start, width = i, 0
			}
			width += rw
		}
		out = append(out, atom{text: a.text[start:], w: width, span: a.span, space: a.space, stop: a.stop})
	}
	return out
}

// makeLine joins atoms of one span into pieces. The space at the end of a line stays in the text, so that words never run together
// when the text is read out of the file.
func makeLine(list []atom) line {
	var l line
	x := 0.0
	for i := 0; i < len(list); {
		s := list[i].span
		var b strings.Builder
		start := x
		for ; i < len(list) && list[i].span == s; i++ {
			b.WriteString(list[i].text)
			x += list[i].w
			if list[i].space > 0 {
				b.WriteByte(' ')
				if i+1 < len(list) {
					x += list[i].space
				}
			}
		}
		l.pieces = append(l.pieces, piece{x: start, w: x - start, text: b.String(), span: s})
		if s.note != nil {
			l.notes = append(l.notes, *s.note)
		}
	}
	l.w = x
	return l
}

// put paints a line with its baseline at y.
func (l *layout) put(p *page, ln line, x, y float64) {
	for i := range ln.pieces {
		q := ln.pieces[i]
		p.items = append(p.items, item{slot: q.slot, x: x + q.x, y: y - q.rise, text: q.text, size: q.size, style: q.style, colour: q.colour})
		if q.link != nil {
			x0 := x + q.x
			x1 := x0 + face.Width(strings.TrimRight(q.text, " "), q.size, q.style)
			p.back = append(p.back, item{draw: func(pt *painter) { pt.line(x0, y+1.4, x1, y+1.4, 0.5, q.colour) }})
			l.links = append(l.links, link{page: l.number(p), x0: x0, y0: y - q.size*0.85, x1: x1, y1: y + q.size*0.28, url: q.link.url, words: q.link.words, node: q.link.node})
			q.link.node.annots = append(q.link.node.annots, len(l.links)-1)
		}
	}
}
