package document

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// PlainText renders the paper as text in reading order: the order and the words of the PDF's structure. Footnotes follow the
// block that refers to them, figures are their alternative text.
func PlainText(doc *Document) string {
	doc = Resolve(doc)
	w := textWriter{}
	if len(doc.House.Logo) > 0 {
		w.line(doc.House.LogoAlt)
	}
	w.line(doc.House.Organisation)
	w.line(doc.Title)
	w.line(doc.Subtitle)
	w.line(doc.EditionLine())
	for _, f := range doc.Facts {
		w.line(f.Label + ": " + f.Text)
	}
	for _, b := range doc.Blocks {
		w.block(doc, b)
	}
	return w.String()
}

// EditionLine is the sentence under the title that says who may read the paper and what it was made from.
func (d *Document) EditionLine() string {
	var parts []string
	switch d.Edition {
	case Public:
		parts = append(parts, "Public edition")
	case Exempt:
		parts = append(parts, "Exempt edition: not for publication")
	}
	if !d.Created.IsZero() {
		parts = append(parts, d.Created.Format("2 January 2006"))
	}
	if d.Hash != "" {
		parts = append(parts, "project version "+d.Hash)
	}
	return strings.Join(parts, " · ")
}

type textWriter struct{ strings.Builder }

func (w *textWriter) line(s string) {
	if s != "" {
		w.WriteString(strings.TrimRight(s, " "))
		w.WriteByte('\n')
	}
}

func (w *textWriter) notes(rs []Inline) {
	for _, n := range Notes(rs) {
		w.line(n.Ref() + " " + RunsText(n.Runs))
	}
}

func (w *textWriter) block(doc *Document, b Block) {
	if _, ok := b.(PageBreak); ok {
		return
	}
	w.WriteByte('\n')
	switch b := b.(type) {
	case Heading:
		if b.Level == 1 {
			w.WriteByte('\n')
		}
		w.line(b.Full())
	case Paragraph:
		w.line(RunsText(b.Runs))
		w.notes(b.Runs)
	case List:
		w.list(b, 0)
	case Table:
		w.table(b)
	case Figure:
		w.line(b.Label() + ". " + b.Caption)
		w.line(b.Alt)
		w.line(b.Source)
	case KeyFigures:
		for _, k := range b.Items {
			w.line(strings.TrimSpace(RunText(k.Value) + " " + k.Label + " " + k.Note))
		}
	case Callout:
		w.line(b.Title)
		for _, x := range b.Blocks {
			switch x := x.(type) {
			case Paragraph:
				w.line(RunsText(x.Runs))
				w.notes(x.Runs)
			case List:
				w.list(x, 0)
			}
		}
	case TOC:
		w.line(b.Title)
		for _, h := range Outline(doc, b.Depth) {
			w.line(strings.Repeat("  ", h.Level-1) + h.Full())
		}
	}
}

func (w *textWriter) list(l List, depth int) {
	for i, it := range l.Items {
		w.line(strings.Repeat("  ", depth) + l.Label(i) + " " + RunsText(it.Runs))
		w.notes(it.Runs)
		if it.Sub != nil {
			w.list(*it.Sub, depth+1)
		}
	}
}

// Label is what stands before the item with this index: a bullet or its number.
func (l List) Label(i int) string {
	if !l.Ordered {
		return "•"
	}
	return fmt.Sprintf("%d.", max(l.Start, 1)+i)
}

// CellText is what a cell prints, with its note mark.
func CellText(c Cell) string {
	s := RunsText(c.Runs)
	if c.NoteRef > 0 {
		s += NoteMark(c.NoteRef)
	}
	return s
}

// HeadingText is a column's heading with its unit.
func (c Column) HeadingText() string {
	if c.Unit == "" {
		return c.Heading
	}
	return strings.TrimSpace(c.Heading + " (" + c.Unit + ")")
}

func (w *textWriter) table(t Table) {
	w.line(strings.TrimSuffix(t.Label()+". "+t.Caption, ". "))
	widths := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = utf8.RuneCountInString(c.HeadingText())
	}
	for _, row := range t.Rows {
		at := 0
		for _, c := range row.Cells {
			if c.Span == 1 {
				widths[at] = max(widths[at], utf8.RuneCountInString(CellText(c)))
			}
			at += c.Span
		}
	}
	for i := range widths { // a very long cell must not push every row out of sight
		widths[i] = min(widths[i], 48)
	}
	if len(t.Groups) > 0 {
		var b strings.Builder
		at := 0
		for _, g := range t.Groups {
			b.WriteString(pad(g.Text, span(widths, at, g.Span), Left))
			b.WriteString("  ")
			at += g.Span
		}
		w.line(b.String())
	}
	var head strings.Builder
	for i, c := range t.Columns {
		head.WriteString(pad(c.HeadingText(), widths[i], c.Align))
		head.WriteString("  ")
	}
	w.line(head.String())
	for _, row := range t.Rows {
		var b strings.Builder
		at := 0
		for _, c := range row.Cells {
			b.WriteString(pad(CellText(c), span(widths, at, c.Span), t.Columns[at].Align))
			b.WriteString("  ")
			at += c.Span
		}
		w.line(b.String())
	}
	for i, n := range t.Notes {
		w.line(NoteMark(i+1) + " " + n)
	}
	w.line(t.Source)
	for _, row := range t.Rows {
		for _, c := range row.Cells {
			w.notes(c.Runs)
		}
	}
}

func span(widths []int, at, n int) int {
	sum := 2 * (n - 1)
	for _, w := range widths[at : at+n] {
		sum += w
	}
	return sum
}

func pad(s string, width int, a Align) string {
	gap := max(0, width-utf8.RuneCountInString(s))
	switch a {
	case Right, Decimal:
		return strings.Repeat(" ", gap) + s
	case Centre:
		return strings.Repeat(" ", gap/2) + s + strings.Repeat(" ", gap-gap/2)
	}
	return s + strings.Repeat(" ", gap)
}
