package widgets

// MarkKeys marks the rows with these keys and no others, goes to the first of
// them and says how many there are. Rows that a filter hides are not marked.
func (t *DataTable[R]) MarkKeys(keys map[string]bool) int {
	if t.cell.count > 0 {
		clear(t.cell.marked)
	}
	n, first := 0, -1
	for at, i := range t.lines {
		if i >= 0 && keys[t.Key(&t.ix.rows[i])] {
			t.mark(i, true)
			if first < 0 {
				first = at
			}
			n++
		}
	}
	if first >= 0 {
		t.cell.anchor = first
		t.cursorTo(first)
	}
	t.setCount(n)
	t.Refresh()
	return n
}
