package widgets

import "slices"

// Columns lists every column in its own order.
func (t *DataTable[R]) Columns() []Column[R] { return t.cols }

// Shown says whether a column is shown.
func (t *DataTable[R]) Shown(id string) bool { return !t.hidden[id] }

// ShowColumn shows or puts away a column; the first cannot be put away.
func (t *DataTable[R]) ShowColumn(id string, on bool) {
	if id == t.cols[0].ID {
		return
	}
	t.hidden[id] = !on
	t.columnsShown()
}

// columnsShown brings the table up to date with the columns shown; those that
// come into sight are added up.
func (t *DataTable[R]) columnsShown() {
	t.keepCellShown()
	t.clampScroll()
	t.Refresh()
	if t.ShowTotal || t.group != "" {
		t.ask(nil, false)
	}
}

// HiddenColumns lists the columns put away.
func (t *DataTable[R]) HiddenColumns() []string {
	var out []string
	for _, c := range t.cols {
		if t.hidden[c.ID] {
			out = append(out, c.ID)
		}
	}
	return out
}

// SetHiddenColumns puts away exactly these columns.
func (t *DataTable[R]) SetHiddenColumns(ids []string) {
	clear(t.hidden)
	for _, id := range ids {
		t.hidden[id] = id != t.cols[0].ID
	}
	t.columnsShown()
}

// Order is the order in which columns are shown, those put away among them. The
// first column is always first.
func (t *DataTable[R]) Order() []string {
	if len(t.place) != len(t.cols) {
		t.place = make([]string, len(t.cols))
		for i := range t.cols {
			t.place[i] = t.cols[i].ID
		}
	}
	return t.place
}

// SetOrder shows columns in an order. Columns that it does not name follow in
// their own order; names of no column are passed over.
func (t *DataTable[R]) SetOrder(ids []string) {
	place := []string{t.cols[0].ID}
	add := func(id string) {
		if !slices.Contains(place, id) && columnByID(t.cols, id) != nil {
			place = append(place, id)
		}
	}
	for _, id := range ids {
		add(id)
	}
	for i := range t.cols {
		add(t.cols[i].ID)
	}
	t.place = place
	t.Refresh()
}

// MoveColumn puts a column where another is now.
func (t *DataTable[R]) MoveColumn(id, to string) {
	place := slices.Clone(t.Order())
	from, at := slices.Index(place, id), slices.Index(place, to)
	if from <= 0 || at < 0 || from == at {
		return
	}
	place = slices.Insert(slices.Delete(place, from, from+1), max(1, at), id)
	t.place = place
	t.Refresh()
	if t.OnColumns != nil {
		t.OnColumns()
	}
}

// shift moves a column by one place among those shown.
func (t *DataTable[R]) shift(id string, by int) {
	cols := t.shownColumns()
	at := slices.IndexFunc(cols, func(c *Column[R]) bool { return c.ID == id })
	if to := at + by; at > 0 && to > 0 && to < len(cols) {
		t.MoveColumn(id, cols[to].ID)
		t.showCell()
	}
}

// Widths are the widths that the user gave to columns.
func (t *DataTable[R]) Widths() map[string]float32 {
	out := make(map[string]float32, len(t.widths))
	for id, w := range t.widths {
		out[id] = w
	}
	return out
}

// SetWidths gives columns these widths, and the others their own.
func (t *DataTable[R]) SetWidths(w map[string]float32) {
	clear(t.widths)
	for id, v := range w {
		if columnByID(t.cols, id) != nil && v >= minColumn && v < 4000 {
			t.widths[id] = v
		}
	}
	t.clampScroll()
	t.Refresh()
}

// widen makes a column wider or narrower.
func (t *DataTable[R]) widen(id string, by float32) {
	if c := columnByID(t.cols, id); c != nil {
		t.widths[id] = max(minColumn, t.width(c)+by)
		t.clampScroll()
		t.Refresh()
		if t.OnColumns != nil {
			t.OnColumns()
		}
	}
}

// width is how wide a column is now.
func (t *DataTable[R]) width(c *Column[R]) float32 {
	if w, ok := t.widths[c.ID]; ok {
		return w
	}
	if c.Grow {
		return c.Width + t.spare()
	}
	return c.Width
}

// spare is the room that the shown columns leave over.
func (t *DataTable[R]) spare() float32 {
	room := t.Size().Width - barWidth
	for i := range t.cols {
		c := &t.cols[i]
		if t.hidden[c.ID] {
			continue
		}
		if w, ok := t.widths[c.ID]; ok {
			room -= w
		} else {
			room -= c.Width
		}
	}
	return max(0, room)
}

// shownColumns are the columns to draw, the pinned one first.
func (t *DataTable[R]) shownColumns() []*Column[R] {
	out := make([]*Column[R], 0, len(t.cols))
	for _, id := range t.Order() {
		if !t.hidden[id] {
			out = append(out, columnByID(t.cols, id))
		}
	}
	return out
}

func (t *DataTable[R]) contentWidth() float32 {
	w := float32(0)
	for _, c := range t.shownColumns() {
		w += t.width(c)
	}
	return w
}
