package widgets

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
)

// Copy puts cells on the clipboard as a spreadsheet pastes them: the marked
// rows, or every row shown when none is marked; of a block only its columns.
// Without headers and without a block it is the one cell with the cursor, of
// each marked row.
func (t *DataTable[R]) Copy(headers bool) {
	cols := t.shownColumns()
	if block := t.Block(); t.Cells && (len(block) > 1 || !headers) {
		cols = cols[:0]
		for _, id := range block {
			cols = append(cols, columnByID(t.cols, id))
		}
	}
	rows := t.copied()
	fyne.CurrentApp().Clipboard().SetContent(textOf(rows, cols, headers))
	if t.OnCopied != nil {
		t.OnCopied(words.F("Copied %s of %s.", format.Count(len(rows)*len(cols), "cell", "cells"), format.Count(len(rows), "row", "rows")))
	}
}

// copied are the rows that a copy takes.
func (t *DataTable[R]) copied() []*R {
	switch {
	case t.Cells && t.cell.count > 0:
		return t.MarkedRows()
	case t.Row(t.at) != nil:
		return []*R{t.Row(t.at)}
	}
	return t.AllShown()
}

// CopyText is the selected rows, or all rows shown, with headers, as a
// spreadsheet pastes them.
func (t *DataTable[R]) CopyText(all bool) string {
	rows := t.copied()
	if all {
		rows = t.AllShown()
	}
	return textOf(rows, t.shownColumns(), true)
}

func textOf[R any](rows []*R, cols []*Column[R], headers bool) string {
	var b strings.Builder
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	line := func(f func(*Column[R]) string) {
		for i, c := range cols {
			if i > 0 {
				b.WriteByte('\t')
			}
			_, _ = clean.WriteString(&b, f(c))
		}
		b.WriteByte('\n')
	}
	if headers {
		line(func(c *Column[R]) string { return c.Label })
	}
	for _, r := range rows {
		line(func(c *Column[R]) string { return c.copyText(r) })
	}
	return b.String()
}

// copyText is a cell for a spreadsheet: a number as a plain number, and nothing
// where it is not known.
func (c *Column[R]) copyText(r *R) string {
	if c.Figure == nil {
		return c.Text(r)
	}
	f := c.Figure(r)
	if !f.Known() {
		return ""
	}
	return strconv.FormatFloat(f.Value, 'f', -1, 64)
}
