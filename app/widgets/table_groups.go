package widgets

// GroupBy brings rows with the same value of a column together under headings
// that fold and add up; "" makes it one list again.
func (t *DataTable[R]) GroupBy(id string) {
	if columnByID(t.cols, id) == nil {
		id = ""
	}
	t.group = id
	clear(t.open)
	t.cell.refold = true
	t.ask(nil, false)
}

// Grouping is the column grouped by; "" when the rows are one list.
func (t *DataTable[R]) Grouping() string { return t.group }

// Groups is how many headings there are.
func (t *DataTable[R]) Groups() int { return len(t.arr.groups) }

// Lines is how many rows and headings can be scrolled through.
func (t *DataTable[R]) Lines() int { return len(t.lines) }

// Heading is the value of the group whose heading is at a line, and how many
// rows it has.
func (t *DataTable[R]) Heading(at int) (label string, rows int, ok bool) {
	if at < 0 || at >= len(t.lines) || t.lines[at] >= 0 {
		return "", 0, false
	}
	g := &t.arr.groups[^t.lines[at]]
	return g.label, g.to - g.from, true
}

// GroupTotal is what a column comes to under the heading at a line, and for how
// many of its rows it is known.
func (t *DataTable[R]) GroupTotal(at int, column string) (value float64, known int) {
	if _, _, ok := t.Heading(at); !ok {
		return 0, 0
	}
	g := &t.arr.groups[^t.lines[at]]
	for j := range t.cols {
		if t.cols[j].ID == column {
			return g.totals[j].value(t.cols[j].Total), g.totals[j].known
		}
	}
	return 0, 0
}

func (t *DataTable[R]) isOpen(label string) bool {
	if v, ok := t.open[label]; ok {
		return v
	}
	return !t.folded
}

// Fold folds or opens the group with the heading at a line.
func (t *DataTable[R]) Fold(at int, fold bool) {
	label, _, ok := t.Heading(at)
	if !ok || t.isOpen(label) == !fold {
		return
	}
	t.open[label] = !fold
	t.makeLines()
	t.findCursor()
	t.clampScroll()
	t.Refresh()
}

// FoldAll folds or opens every group.
func (t *DataTable[R]) FoldAll(fold bool) {
	clear(t.open)
	t.folded = fold
	t.makeLines()
	t.findCursor()
	if t.at < 0 && t.chosen != "" && len(t.arr.groups) > 0 { // the cursor goes to the heading of its group
		t.chosen, t.heading = "", t.groupLabelOf(t.chosen)
		t.findCursor()
	}
	if t.at >= 0 {
		t.reveal(t.at)
	}
	t.clampScroll()
	t.Refresh()
}

// groupLabelOf is the group of the row with a key.
func (t *DataTable[R]) groupLabelOf(key string) string {
	for i := range t.arr.groups {
		g := &t.arr.groups[i]
		for _, r := range t.arr.order[g.from:g.to] {
			if t.Key(&t.ix.rows[r]) == key {
				return g.label
			}
		}
	}
	return ""
}

// openGroupOf opens the folded group of a row and says whether it did.
func (t *DataTable[R]) openGroupOf(key string) bool {
	for i := range t.arr.groups {
		g := &t.arr.groups[i]
		if t.isOpen(g.label) {
			continue
		}
		for _, r := range t.arr.order[g.from:g.to] {
			if t.Key(&t.ix.rows[r]) == key {
				t.open[g.label] = true
				t.makeLines()
				return true
			}
		}
	}
	return false
}

// makeLines lists what can be scrolled through: the rows, or the headings with
// the rows of the open groups.
func (t *DataTable[R]) makeLines() {
	if t.group == "" || len(t.arr.groups) == 0 {
		t.lines = t.arr.order
		return
	}
	if t.cell.refold { // groups begin folded when they would not all be in sight
		t.cell.refold = false
		t.folded = float32(len(t.arr.order)+len(t.arr.groups))*rowHeight > max(t.bodyHeight(), 4*rowHeight)
	}
	t.lines = make([]int32, 0, len(t.arr.groups)+len(t.arr.order))
	for i := range t.arr.groups {
		g := &t.arr.groups[i]
		t.lines = append(t.lines, int32(^i))
		if t.isOpen(g.label) {
			t.lines = append(t.lines, t.arr.order[g.from:g.to]...)
		}
	}
}

// headingOf is the line of the heading above a line; −1 when there is none.
func (t *DataTable[R]) headingOf(at int) int {
	for ; at >= 0 && at < len(t.lines); at-- {
		if t.lines[at] < 0 {
			return at
		}
	}
	return -1
}
