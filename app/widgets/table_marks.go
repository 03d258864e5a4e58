package widgets

import "slices"

// cellState is the cursor of a table that is a sheet, and the rows marked.
type cellState struct {
	column string // of the cursor
	from   string // where the block of columns began that Shift+Left and Right made; column when there is none
	block  bool
	inHead bool // the cursor is on the header
	anchor int  // the line where a range of marked rows began
	shift  bool // held, where the driver does not say

	marked  []bool // by row
	count   int
	version int // grows with every change of marks

	fresh  bool // they have not come yet
	given  bool // some came before
	refold bool
}

// marks are the rows marked, on the way to other rows.
type marks[R any] struct {
	rows    []R
	marked  []bool
	count   int
	version int
}

func (t *DataTable[R]) marks() marks[R] {
	m := marks[R]{rows: t.ix.rows, count: t.cell.count, version: t.cell.version}
	if m.count > 0 {
		m.marked = slices.Clone(t.cell.marked)
	}
	return m
}

// onto finds the marked rows among others by their keys.
func (m marks[R]) onto(rows []R, key func(*R) string) marks[R] {
	out := marks[R]{rows: rows, version: m.version}
	if m.count == 0 {
		return out
	}
	keys := make(map[string]bool, m.count)
	for i, on := range m.marked {
		if on {
			keys[key(&m.rows[i])] = true
		}
	}
	out.marked = make([]bool, len(rows))
	for i := range rows {
		if keys[key(&rows[i])] {
			out.marked[i] = true
			out.count++
		}
	}
	return out
}

// current says whether nobody marked other rows since.
func (m marks[R]) current(t *DataTable[R]) bool { return m.version == t.cell.version }

// pruneMarks takes the mark off rows that are no longer shown: what is done to
// marked rows is done to what the user sees.
func (t *DataTable[R]) pruneMarks() {
	if t.cell.count == 0 {
		return
	}
	kept, n := make([]bool, len(t.ix.rows)), 0
	for _, i := range t.arr.order {
		if int(i) < len(t.cell.marked) && t.cell.marked[i] {
			kept[i] = true
			n++
		}
	}
	t.cell.marked = kept
	t.setCount(n)
}

func (t *DataTable[R]) setCount(n int) {
	was := t.cell.count
	t.cell.count = n
	t.cell.version++
	if t.OnMarked != nil && (n > 1 || was > 1) {
		t.OnMarked()
	}
}

func (t *DataTable[R]) mark(row int32, on bool) {
	if len(t.cell.marked) != len(t.ix.rows) {
		t.cell.marked = make([]bool, len(t.ix.rows))
	}
	t.cell.marked[row] = on
}

// markOnly marks the row at a line and no other.
func (t *DataTable[R]) markOnly(at int) {
	if !t.Cells {
		return
	}
	t.cell.anchor = at
	if t.cell.count > 0 {
		clear(t.cell.marked)
	}
	n := 0
	if t.Row(at) != nil {
		t.mark(t.lines[at], true)
		n = 1
	}
	t.setCount(n)
}

// extendTo marks the rows from the anchor to a line, folded ones not.
func (t *DataTable[R]) extendTo(at int) {
	if len(t.lines) == 0 {
		return
	}
	at = max(0, min(at, len(t.lines)-1))
	if t.cell.anchor < 0 || t.cell.anchor >= len(t.lines) {
		t.cell.anchor = max(0, t.at)
	}
	if t.cell.count > 0 {
		clear(t.cell.marked)
	}
	n := 0
	for j := min(at, t.cell.anchor); j <= max(at, t.cell.anchor); j++ {
		if i := t.lines[j]; i >= 0 {
			t.mark(i, true)
			n++
		}
	}
	t.setCount(n)
	t.cursorTo(at)
}

// toggle marks the row at a line or takes its mark away; at a heading it does so
// with all rows of the group.
func (t *DataTable[R]) toggle(at int) {
	if at < 0 || at >= len(t.lines) {
		return
	}
	rows := t.lines[at : at+1]
	if i := t.lines[at]; i < 0 {
		g := &t.arr.groups[^i]
		rows = t.arr.order[g.from:g.to]
	}
	all := true
	for _, i := range rows {
		all = all && int(i) < len(t.cell.marked) && t.cell.marked[i]
	}
	n := t.cell.count
	for _, i := range rows {
		if was := int(i) < len(t.cell.marked) && t.cell.marked[i]; was == all {
			if all {
				n--
			} else {
				n++
			}
		}
		t.mark(i, !all)
	}
	t.cell.anchor = at
	t.setCount(n)
	t.Refresh()
}

// MarkAll marks every row shown, in folded groups too.
func (t *DataTable[R]) MarkAll() {
	for _, i := range t.arr.order {
		t.mark(i, true)
	}
	t.setCount(len(t.arr.order))
	t.Refresh()
}

// Unmark leaves only the row with the cursor marked.
func (t *DataTable[R]) Unmark() {
	t.cell.from, t.cell.block = t.cell.column, false
	t.markOnly(t.at)
	t.Refresh()
}

// isMarked says whether the row at a line is marked.
func (t *DataTable[R]) isMarked(at int) bool {
	i := t.lines[at]
	return i >= 0 && int(i) < len(t.cell.marked) && t.cell.marked[i]
}

// Marked is how many rows are marked.
func (t *DataTable[R]) Marked() int { return t.cell.count }

// MarkedRows are the marked rows in the order in which they are shown.
func (t *DataTable[R]) MarkedRows() []*R {
	out := make([]*R, 0, t.cell.count)
	for _, i := range t.arr.order {
		if int(i) < len(t.cell.marked) && t.cell.marked[i] {
			out = append(out, &t.ix.rows[i])
		}
	}
	return out
}

// RowsFrom are the rows from the first marked one downward as they are shown,
// where a block of cells is pasted; rows in folded groups are left out.
func (t *DataTable[R]) RowsFrom() []*R {
	var out []*R
	for at, i := range t.lines {
		if i >= 0 && (len(out) > 0 || t.isMarked(at)) {
			out = append(out, &t.ix.rows[i])
		}
	}
	return out
}

// AllShown are all rows that pass the filter, in order.
func (t *DataTable[R]) AllShown() []*R {
	out := make([]*R, len(t.arr.order))
	for j, i := range t.arr.order {
		out[j] = &t.ix.rows[i]
	}
	return out
}

// Column is the column with the cursor.
func (t *DataTable[R]) Column() string { return t.cell.column }

// Block are the columns of the marked cells in the order shown: those that
// Shift+Left and Right took in, or the one with the cursor.
func (t *DataTable[R]) Block() []string {
	cols := t.shownColumns()
	at := func(id string) int { return slices.IndexFunc(cols, func(c *Column[R]) bool { return c.ID == id }) }
	a, b := at(t.cell.from), at(t.cell.column)
	if a < 0 || b < 0 {
		return []string{t.cell.column}
	}
	var out []string
	for _, c := range cols[min(a, b) : max(a, b)+1] {
		out = append(out, c.ID)
	}
	return out
}

// ColumnsFrom are the shown columns from the first of the block rightward.
func (t *DataTable[R]) ColumnsFrom() []string {
	first, on := t.Block()[0], false
	var out []string
	for _, c := range t.shownColumns() {
		on = on || c.ID == first
		if on {
			out = append(out, c.ID)
		}
	}
	return out
}

// stepCell moves the cursor by columns; Shift takes those passed into a block.
func (t *DataTable[R]) stepCell(by int, extend bool) {
	cols := t.shownColumns()
	at := slices.IndexFunc(cols, func(c *Column[R]) bool { return c.ID == t.cell.column })
	at = max(0, min(len(cols)-1, at+by))
	t.cell.column = cols[at].ID
	if extend {
		t.cell.block = t.cell.from != t.cell.column
	} else {
		t.cell.from, t.cell.block = t.cell.column, false
	}
	t.showCell()
	t.Refresh()
}

// keepCellShown moves the cursor off a column that was put away.
func (t *DataTable[R]) keepCellShown() {
	if t.hidden[t.cell.column] || t.hidden[t.cell.from] {
		t.cell.column, t.cell.from, t.cell.block = t.cols[0].ID, t.cols[0].ID, false
	}
}

// showCell scrolls sideways until the column with the cursor is in sight.
func (t *DataTable[R]) showCell() {
	cols := t.shownColumns()
	left, pinned := float32(0), float32(0)
	for i, c := range cols {
		w := t.width(c)
		if i == 0 {
			pinned = w
		}
		if c.ID == t.cell.column && i > 0 {
			if left-t.x < pinned {
				t.x = left - pinned
			} else if right := left + w - t.Size().Width + barWidth; right > t.x {
				t.x = min(right, left-pinned)
			}
		}
		left += w
	}
	t.clampScroll()
}
