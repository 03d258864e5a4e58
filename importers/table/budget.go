package table

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Budget counts what a table keeps against the limits, and tidies the text of its cells.
type Budget struct {
	limits Limits
	cells  int
	bytes  int64
	cut    int
}

// NewBudget starts counting.
func NewBudget(l Limits) *Budget { return &Budget{limits: l.WithDefaults()} }

// Take counts a row about to be kept. It fails when the file is over a limit; the sentence says which and where.
func (b *Budget) Take(name string, row int, cells []Cell) error {
	b.cells += max(1, len(cells)) // a blank row is not free either
	for i := range cells {
		b.bytes += int64(len(cells[i].Text))
	}
	switch {
	case len(cells) > b.limits.Columns:
		return Fail(ErrTooLarge, fmt.Sprintf("%s: row %d has %d columns; the most is %d. Delete the columns that hold nothing and save it again.",
			name, row, len(cells), b.limits.Columns))
	case b.cells > b.limits.Cells:
		return Fail(ErrTooLarge, fmt.Sprintf("%s holds more cells than Flagstone reads at once: %s (reached at row %d). %s", name, thousands(b.limits.Cells), row, split(row)))
	case b.bytes > b.limits.TextBytes:
		return Fail(ErrTooLarge, fmt.Sprintf("%s holds more text than Flagstone reads at once: %d MB (reached at row %d). %s", name, b.limits.TextBytes>>20, row, split(row)))
	}
	return nil
}

// split says how to cut a table that went over a limit at a row: in files with somewhat fewer rows.
func split(row int) string {
	const keep = "Keep only the columns you need"
	rows := row * 9 / 10
	if rows < 100 {
		return keep + ", and save it again."
	}
	for step := 10; step*10 <= rows; step *= 10 {
		rows -= rows % step
	}
	return fmt.Sprintf("%s, or split it by owner or by area into files of at most %s rows, each with the header, and import them one after the other into the same project.", keep, thousands(rows))
}

// thousands writes a number as it is read: "12,000,000".
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// TakeAll counts many rows at once, each of no more columns than allowed: their cells, a blank row for one, and their text. It counts
// nothing and returns false when they go over a limit; Take then says where.
func (b *Budget) TakeAll(cells int, text int64) bool {
	if b.cells+cells > b.limits.Cells || b.bytes+text > b.limits.TextBytes {
		return false
	}
	b.cells, b.bytes = b.cells+cells, b.bytes+text
	return true
}

// Clip cuts text longer than a spreadsheet cell can hold. Where it cut it adds a note to the table.
func (b *Budget) Clip(t *Table, row, col int, s string) string {
	if len(s) <= b.limits.CellText {
		return s
	}
	cut := b.limits.CellText
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	b.cut++
	if b.cut <= 20 {
		t.Notes = append(t.Notes, Note{Sheet: t.Sheet, Row: row, Column: col, Value: string([]rune(s[:40])) + "…",
			Message: fmt.Sprintf("the text of %s is %d characters long; only the first %d are kept", Address(row, col), len(s), cut),
			Remedy:  "Check that a quotation mark is not missing in the file, and shorten the text."})
	}
	return s[:cut]
}
