package document

import (
	"regexp"
	"strings"
)

// Walk calls f for every run of the paper in reading order, footnotes after the run that refers to them.
func Walk(doc *Document, f func(Inline)) {
	var runs func([]Inline)
	runs = func(rs []Inline) {
		for _, r := range rs {
			f(r)
			if n, ok := r.(Footnote); ok {
				runs(n.Runs)
			}
		}
	}
	var list func(List)
	list = func(l List) {
		for _, it := range l.Items {
			runs(it.Runs)
			if it.Sub != nil {
				list(*it.Sub)
			}
		}
	}
	var blocks func([]Block)
	blocks = func(bs []Block) {
		for _, b := range bs {
			switch b := b.(type) {
			case Paragraph:
				runs(b.Runs)
			case List:
				list(b)
			case Table:
				for _, row := range b.Rows {
					for _, c := range row.Cells {
						runs(c.Runs)
					}
				}
			case KeyFigures:
				for _, k := range b.Items {
					f(k.Value)
				}
			case Callout:
				blocks(b.Blocks)
			}
		}
	}
	blocks(doc.Blocks)
}

// Fields lists every bound number of the paper in reading order.
func Fields(doc *Document) []Field {
	var out []Field
	Walk(doc, func(r Inline) {
		if f, ok := r.(Field); ok {
			out = append(out, f)
		}
	})
	return out
}

var number = regexp.MustCompile(`[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?`)

// Numbers lists the numbers printed in a text, as printed, without sign, separators kept.
func Numbers(text string) []string { return number.FindAllString(text, -1) }

// Loose lists the numbers printed in running text and table cells that are not bound to a result: years, page numbers and
// figures that somebody typed. Headings, captions and the words of links are not searched.
func Loose(doc *Document) []string {
	var out []string
	Walk(doc, func(r Inline) {
		if t, ok := r.(Text); ok {
			out = append(out, Numbers(t.S)...)
		}
	})
	return out
}

// RunText is what a run prints.
func RunText(r Inline) string {
	switch r := r.(type) {
	case Text:
		return r.S
	case Link:
		return r.S
	case Footnote:
		return r.Ref()
	case Field:
		return r.Text + r.Grade.Mark()
	}
	return ""
}

// RunsText is what runs print, one after the other.
func RunsText(rs []Inline) string {
	var b strings.Builder
	for _, r := range rs {
		b.WriteString(RunText(r))
	}
	return b.String()
}

// Notes lists the footnotes that runs refer to, in order.
func Notes(rs []Inline) []Footnote {
	var out []Footnote
	for _, r := range rs {
		if n, ok := r.(Footnote); ok {
			out = append(out, n)
			out = append(out, Notes(n.Runs)...)
		}
	}
	return out
}

// Outline lists the headings of a resolved paper down to a depth.
func Outline(doc *Document, depth int) []Heading {
	var out []Heading
	for _, b := range doc.Blocks {
		if h, ok := b.(Heading); ok && h.Level <= depth {
			out = append(out, h)
		}
	}
	return out
}
