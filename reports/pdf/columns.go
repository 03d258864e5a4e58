package pdf

import (
	"math"
	"strings"
	"unicode"

	"github.com/planting-the-flag/flagstone/reports/chart/face"
	"github.com/planting-the-flag/flagstone/reports/document"
)

const cellPad = 5.0 // left and right of every cell

// column is what the widths of a table's column are made from.
type column struct {
	least, most float64 // widest word, widest cell on one line
	left, right float64 // widest parts before and after the decimal point
	w           float64
}

// measureColumns finds how wide columns must and may be at a text size.
func (l *layout) measureColumns(t document.Table, size float64) []column {
	cols := make([]column, len(t.Columns))
	scratch := &node{}
	see := func(i int, runs []document.Inline, st face.Style, heading bool) {
		list := atoms(l.spans(runs, look{size: size, style: st}, scratch))
		c := &cols[i]
		whole, word, text := 0.0, 0.0, ""
		for _, a := range list {
			word += a.w
			if a.stop {
				c.least, word = max(c.least, word), 0
			}
			whole += a.w + a.space
			text += a.text
			if a.space > 0 {
				text += " "
			}
		}
		c.least = max(c.least, word)
		if t.Columns[i].Align == document.Decimal && !heading {
			left, right := splitDecimal(strings.TrimSpace(text))
			c.left = max(c.left, face.Width(left, size, st))
			c.right = max(c.right, face.Width(right, size, st))
			return
		}
		c.most = max(c.most, whole)
	}
	for i, c := range t.Columns {
		see(i, []document.Inline{document.T(c.Heading)}, bold, true)
		if c.Unit != "" { // goes to a line of its own when it must
			see(i, []document.Inline{document.T("(" + unbroken(c.Unit) + ")")}, face.Style{}, true)
		}
	}
	for _, row := range t.Rows {
		at := 0
		for _, c := range row.Cells {
			if c.Span == 1 {
				see(at, markedRuns(c), rowStyle(row), false)
			}
			at += c.Span
		}
	}
	for i := range cols {
		c := &cols[i]
		if t.Columns[i].Align == document.Decimal {
			c.least = max(c.least, c.left+c.right)
			// A long heading may wrap: what the numbers need decides.
			c.most = max(c.least, min(c.most, max(11*size, 2*(c.left+c.right))))
		}
		if t.Columns[i].RowHeader { // names are read: they get a few words a line
			c.least = max(c.least, min(c.most, 12*size))
		}
		pad := 2 * cellPad
		if i == 0 || i == len(cols)-1 {
			pad = cellPad
		}
		c.least, c.most = c.least+pad, max(c.most, c.least)+pad
	}
	return cols
}

// markedRuns are a cell's runs with its note mark, for measuring.
func markedRuns(c document.Cell) []document.Inline {
	if c.NoteRef == 0 {
		return c.Runs
	}
	return append(append([]document.Inline{}, c.Runs...), document.T(document.NoteMark(c.NoteRef)))
}

// unbroken keeps a unit on one line.
func unbroken(unit string) string { return strings.ReplaceAll(unit, " ", "\u00a0") }

func rowStyle(r document.Row) face.Style {
	return face.Style{Bold: r.Kind != document.Body}
}

// splitDecimal cuts a printed number at its decimal point; one without ends at its last digit, so that what follows hangs right.
func splitDecimal(s string) (left, right string) {
	last := -1
	for i, r := range s {
		switch {
		case r == '.' && last == i-1 && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
			return s[:i], s[i:]
		case unicode.IsDigit(r) && r < 128:
			last = i
		}
	}
	if last < 0 {
		return s, ""
	}
	return s[:last+1], s[last+1:]
}

// shareWidth gives every column its width; false when even the least widths do not fit.
func shareWidth(t document.Table, cols []column, width float64) bool {
	least, most := 0.0, 0.0
	for _, c := range cols {
		least, most = least+c.least, most+c.most
	}
	switch {
	case most <= width: // room to spare goes where text is, and where the paper asks for it
		share := 0.0
		for i, c := range cols {
			share += c.most * t.Columns[i].Weight
		}
		for i := range cols {
			cols[i].w = cols[i].most + (width-most)*cols[i].most*t.Columns[i].Weight/max(share, 1)
		}
		return true
	case least <= width:
		room := width - least
		open := make([]bool, len(cols))
		for i := range cols {
			cols[i].w, open[i] = cols[i].least, cols[i].most > cols[i].least
		}
		for i, c := range cols { // a little more that spares many lines comes before prose
			if more := c.most - c.least; open[i] && more <= 45 && more <= room*0.5 {
				cols[i].w, open[i] = c.most, false
				room -= more
			}
		}
		for pass := 0; pass < 8 && room > 0.01; pass++ { // a column that has all it wants leaves the rest to others
			share := 0.0
			for i, c := range cols {
				if open[i] {
					share += wants(c) * t.Columns[i].Weight
				}
			}
			if share == 0 {
				break
			}
			used := 0.0
			for i, c := range cols {
				if !open[i] {
					continue
				}
				more := room * wants(c) * t.Columns[i].Weight / share
				if c.w+more >= c.most {
					more, open[i] = c.most-c.w, false
				}
				cols[i].w += more
				used += more
			}
			room -= used
		}
		cols[len(cols)-1].w += room
		return true
	}
	for i := range cols {
		cols[i].w = cols[i].least * width / least
	}
	return false
}

// wants is how strongly a column asks for room. By the root of what it lacks, a
// column of long prose leaves enough to one of short sentences that a row is not
// made tall by either.
func wants(c column) float64 { return math.Sqrt(c.most - c.least) }

// splitTable cuts a table that is too wide into tables that repeat its naming columns.
func splitTable(t document.Table, cols []column, width float64) []document.Table {
	names := 0
	for names < len(t.Columns)-1 && (t.Columns[names].RowHeader || names == 0) {
		names++
	}
	head := 0.0
	for _, c := range cols[:names] {
		head += c.least
	}
	var out []document.Table
	for from := names; from < len(cols); {
		to, w := from, head
		for to < len(cols) && (to == from || w+cols[to].least <= width) {
			w += cols[to].least
			to++
		}
		part := t
		part.Columns = append(append([]document.Column{}, t.Columns[:names]...), t.Columns[from:to]...)
		part.Groups = cutGroups(t.Groups, names, from, to)
		part.Rows = make([]document.Row, len(t.Rows))
		for i, r := range t.Rows {
			part.Rows[i] = document.Row{Kind: r.Kind, Cells: append(cutCells(r.Cells, 0, names), cutCells(r.Cells, from, to)...)}
			if r.Kind == document.Subhead && len(r.Cells) == 1 {
				part.Rows[i].Cells = []document.Cell{{Runs: r.Cells[0].Runs, NoteRef: r.Cells[0].NoteRef, Span: names + to - from}}
			}
		}
		if from > names {
			part.Continues, part.ID = true, ""
		}
		if to < len(cols) {
			part.Notes, part.Source = nil, ""
		}
		out = append(out, part)
		from = to
	}
	return out
}

func cutCells(cells []document.Cell, from, to int) []document.Cell {
	var out []document.Cell
	at := 0
	for _, c := range cells {
		a, b := max(at, from), min(at+c.Span, to)
		if a < b {
			c.Span = b - a
			out = append(out, c)
		}
		at += max(c.Span, 1)
	}
	return out
}

func cutGroups(groups []document.Group, names, from, to int) []document.Group {
	var out []document.Group
	for _, r := range [][2]int{{0, names}, {from, to}} {
		at := 0
		for _, g := range groups {
			if a, b := max(at, r[0]), min(at+g.Span, r[1]); a < b {
				out = append(out, document.Group{Text: g.Text, Span: b - a})
			}
			at += g.Span
		}
	}
	return out
}
