package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Sizes of a table, in Fyne units.
const (
	rowHeight    = 26
	headerHeight = 30
	cellPad      = 8
	markWidth    = 15 // room for the mark of a modelled figure
	minColumn    = 40
	barWidth     = 10
	grabWidth    = 5
)

// DataTable shows many rows: it draws only those in sight, from row structs
// that are ready for display, and sorts and filters off the UI goroutine. The
// first column stays in place when the others scroll.
//
// It is drawn by its own renderer and not by widget.Table because that table
// selects cells and not rows, has no sortable header and walks over all rows to
// find the one to scroll to.
type DataTable[R any] struct {
	widget.BaseWidget

	Key         func(*R) string
	OnSelected  func(key string)
	OnOpened    func(key string) // Enter or double click
	OnTyped     func(r rune)     // typing on the table goes to the search
	OnArranged  func(shown, all int)
	OnHeader    func(column string, at fyne.Position) // right click on a header
	CellTip     func(r *R, column string) string
	OnDragged   func(key string, at fyne.Position) // a row is held and moved; the place is that of the window
	OnDropped   func(key string, at fyne.Position) // and let go
	Placeholder string                             // what stands where there are no rows

	// Post runs a function on the UI goroutine.
	Post func(func())

	cols     []Column[R]
	widths   map[string]float32
	hidden   map[string]bool
	rows     []R
	hay      []string
	order    []int32
	filter   Filter
	sortBy   string
	desc     bool
	gen      int // generation of the arrangement asked for last
	shownGen int

	chosen  string // key of the selected row
	at      int    // its position in order, −1 when out of sight
	x, y    float32
	hover   int
	focused bool

	dragCol        string
	dragRow        string // the row held
	dragAt         fyne.Position
	dragging       bool
	pressed        bool // MouseDown did what Tapped would do
	pressedHead    string
	dragFrom       float32
	dragV, dragH   bool
	cut            map[string]string
	lastTip        string
	scrollToChosen bool
}

// NewDataTable makes an empty table with columns.
func NewDataTable[R any](cols []Column[R], key func(*R) string, post func(func())) *DataTable[R] {
	t := &DataTable[R]{cols: cols, Key: key, Post: post, widths: map[string]float32{}, hidden: map[string]bool{},
		hover: -1, at: -1, cut: map[string]string{}}
	seen := map[string]bool{}
	for _, c := range cols {
		if seen[c.ID] {
			panic("widgets: column " + c.ID + " twice")
		}
		seen[c.ID] = true
		t.hidden[c.ID] = c.Hidden
	}
	t.ExtendBaseWidget(t)
	return t
}

// Columns lists every column in order.
func (t *DataTable[R]) Columns() []Column[R] { return t.cols }

// Shown says whether a column is shown.
func (t *DataTable[R]) Shown(id string) bool { return !t.hidden[id] }

// ShowColumn shows or puts away a column; the first cannot be put away.
func (t *DataTable[R]) ShowColumn(id string, on bool) {
	if id == t.cols[0].ID {
		return
	}
	t.hidden[id] = !on
	t.Refresh()
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
	t.Refresh()
}

// SetRows shows other rows; nobody may change them afterwards. It keeps sort,
// filter and selection.
func (t *DataTable[R]) SetRows(rows []R) { t.ask(rows, true) }

// SetFilter narrows the rows.
func (t *DataTable[R]) SetFilter(f Filter) {
	t.filter = Filter{f.Search, append([]Term(nil), f.Terms...)}
	t.ask(t.rows, false)
}

// Filter is what narrows the rows now.
func (t *DataTable[R]) Filter() Filter { return t.filter }

// SortBy sorts by a column; "" keeps the order of the rows.
func (t *DataTable[R]) SortBy(id string, desc bool) {
	t.sortBy, t.desc = id, desc
	t.ask(t.rows, false)
}

// Sorting is the column sorted by and whether it runs downward.
func (t *DataTable[R]) Sorting() (id string, desc bool) { return t.sortBy, t.desc }

// ask arranges the rows in a goroutine and swaps the result in, unless a later
// request overtook it.
func (t *DataTable[R]) ask(rows []R, fresh bool) {
	t.gen++
	gen, cols, f, by, desc, hay, key, chosen := t.gen, t.cols, t.filter, t.sortBy, t.desc, t.hay, t.Key, t.chosen
	go func() {
		if fresh || len(hay) != len(rows) {
			hay = haystacks(rows, cols)
		}
		a := arrange(rows, hay, cols, f, by, desc)
		at := positionOf(rows, a.order, key, chosen)
		t.Post(func() {
			if gen != t.gen {
				return
			}
			t.rows, t.hay, t.order, t.shownGen = rows, hay, a.order, gen
			if chosen != t.chosen {
				at = positionOf(rows, a.order, key, t.chosen)
			}
			t.at = at
			if t.scrollToChosen && at >= 0 {
				t.scrollToChosen = false
				t.reveal(at)
			}
			t.clampScroll()
			if t.OnArranged != nil {
				t.OnArranged(len(t.order), len(t.rows))
			}
			t.Refresh()
		})
	}()
}

func positionOf[R any](rows []R, order []int32, key func(*R) string, want string) int {
	if want == "" {
		return -1
	}
	for j, i := range order {
		if key(&rows[i]) == want {
			return j
		}
	}
	return -1
}

// Settled says whether the rows shown are the ones asked for last.
func (t *DataTable[R]) Settled() bool { return t.gen == t.shownGen }

// Count is how many rows are shown and how many there are.
func (t *DataTable[R]) Count() (shown, all int) { return len(t.order), len(t.rows) }

// Row is the row at a position of the table.
func (t *DataTable[R]) Row(at int) *R {
	if at < 0 || at >= len(t.order) {
		return nil
	}
	return &t.rows[t.order[at]]
}

// Choices counts the values of a column over all rows.
func (t *DataTable[R]) Choices(id string) []Choice {
	if c := columnByID(t.cols, id); c != nil {
		return choicesOf(t.rows, c)
	}
	return nil
}

// Choose marks the row with the key without telling OnSelected, and brings it
// into sight.
func (t *DataTable[R]) Choose(key string) {
	if key == t.chosen {
		return
	}
	t.chosen = key
	t.at = positionOf(t.rows, t.order, t.Key, key)
	t.scrollToChosen = t.at < 0
	if t.at >= 0 {
		t.reveal(t.at)
	}
	t.Refresh()
}

// Chosen is the key of the marked row.
func (t *DataTable[R]) Chosen() string { return t.chosen }

// moveTo selects the row at a position, as the user does.
func (t *DataTable[R]) moveTo(at int) {
	if len(t.order) == 0 {
		return
	}
	at = max(0, min(at, len(t.order)-1))
	t.at = at
	t.chosen = t.Key(t.Row(at))
	t.reveal(at)
	t.Refresh()
	if t.OnSelected != nil {
		t.OnSelected(t.chosen)
	}
}

func (t *DataTable[R]) bodyHeight() float32 { return max(0, t.Size().Height-headerHeight) }

func (t *DataTable[R]) reveal(at int) {
	top, h := float32(at)*rowHeight, t.bodyHeight()
	if h <= 0 {
		t.scrollToChosen = true
		return
	}
	if top < t.y {
		t.y = top
	} else if top+rowHeight > t.y+h {
		t.y = top + rowHeight - h
	}
	t.clampScroll()
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
	for i := range t.cols {
		if !t.hidden[t.cols[i].ID] {
			out = append(out, &t.cols[i])
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

func (t *DataTable[R]) clampScroll() {
	z := t.Size()
	t.y = max(0, min(t.y, float32(len(t.order))*rowHeight-t.bodyHeight()))
	t.x = max(0, min(t.x, t.contentWidth()-z.Width+barWidth))
}

// Scrolled moves the rows; with Shift held or a sideways wheel, the columns.
func (t *DataTable[R]) Scrolled(e *fyne.ScrollEvent) {
	t.y -= e.Scrolled.DY * 2
	t.x -= e.Scrolled.DX * 2
	t.clampScroll()
	t.hover = -1
	t.Refresh()
}

// FocusGained shows that keys go to the table.
func (t *DataTable[R]) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost takes that mark away.
func (t *DataTable[R]) FocusLost() { t.focused = false; t.Refresh() }

// MinSize keeps a header and a few rows in sight.
func (t *DataTable[R]) MinSize() fyne.Size { return fyne.NewSize(240, headerHeight+4*rowHeight) }

// Cursor shows where a column can be made wider.
func (t *DataTable[R]) Cursor() desktop.Cursor {
	if t.dragCol != "" {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}
