package widgets

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
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
// that are ready for display, and sorts, filters and groups off the UI
// goroutine. The first column stays in place when the others scroll.
//
// A line of the table is a row or, when the rows are grouped, the heading of a
// group; positions count lines. Only tables whose owner calls GroupBy have
// headings.
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
	OnHeader    func(column string, at fyne.Position) // right click on a header, or its key
	OnColumns   func()                                // the user moved a column or changed its width
	CellTip     func(r *R, column string) string
	OnDragged   func(key string, at fyne.Position) // a row is held and moved; the place is that of the window
	OnDropped   func(key string, at fyne.Position) // and let go
	Placeholder string                             // what stands where there are no rows

	// Cells makes it a sheet: one cell has the keys, many rows can be marked,
	// and what is set below is asked about cells.
	Cells     bool
	OnMarked  func()            // other rows are marked
	OnPaste   func(text string) // a clipboard of cells
	OnClear   func()            // the marked cells are to be emptied
	OnCopied  func(what string) // what was put on the clipboard, in words
	OnMenu    func(at fyne.Position)
	Edit      func(key, column string) (CellEdit, bool)
	ShowTotal bool // a last line that adds up all rows shown

	// Post runs a function on the UI goroutine.
	Post func(func())

	cols     []Column[R]
	place    []string // identifiers in the order of display; the columns' own when empty
	widths   map[string]float32
	hidden   map[string]bool
	ix       *index[R]
	choices  map[string][]Choice
	arr      arrangement
	lines    []int32 // rows, and the headings of groups as ^number
	filter   Filter
	sorts    []Sort
	group    string
	open     map[string]bool // groups that the user opened or folded, by label
	folded   bool            // how other groups are
	gen      int             // generation of the arrangement asked for last
	shownGen int

	chosen  string // key of the row with the cursor
	heading string // label of the group with the cursor
	at      int    // its line, −1 when out of sight
	x, y    float32
	hover   int
	focused bool
	cell    cellState
	coming  []R // rows asked for
	editor  *cellEditor[R]

	dragCol        string
	dragRow        string // the row held
	dragAt         fyne.Position
	dragging       bool
	pressed        bool // MouseDown did what Tapped would do
	pressedHead    string
	movingHead     bool
	dragFrom       float32
	dragV, dragH   bool
	lastTip        string
	scrollToChosen bool
}

// NewDataTable makes an empty table with columns.
func NewDataTable[R any](cols []Column[R], key func(*R) string, post func(func())) *DataTable[R] {
	t := &DataTable[R]{cols: cols, Key: key, Post: post, widths: map[string]float32{}, hidden: map[string]bool{},
		hover: -1, at: -1, open: map[string]bool{}, ix: &index[R]{}}
	t.cell.anchor = -1
	seen := map[string]bool{}
	for _, c := range cols {
		if seen[c.ID] {
			panic("widgets: column " + c.ID + " twice")
		}
		seen[c.ID] = true
		t.hidden[c.ID] = c.Hidden
	}
	t.cols = slices.Clone(cols)
	missing := fyne.MeasureText(format.NotKnown(), look.Body, fyne.TextStyle{}).Width + 2*cellPad
	for i := range t.cols {
		c := &t.cols[i]
		if c.Numeric { // what is not known is never cut
			c.Width = max(c.Width, missing)
		}
		if !words.English() { // widths were chosen for English, which is shorter than most
			head := fyne.MeasureText(c.Label, look.Body, fyne.TextStyle{Bold: true}).Width + 2*cellPad + 4
			if c.Choices {
				c.Width *= 1.25
			}
			c.Width = max(c.Width, min(1.6*c.Width, head))
		}
	}
	if len(cols) > 0 {
		t.cell.column, t.cell.from = cols[0].ID, cols[0].ID
	}
	t.ExtendBaseWidget(t)
	return t
}

// SetRows shows other rows; nobody may change them afterwards. It keeps sort,
// filter, groups and selection.
func (t *DataTable[R]) SetRows(rows []R) { t.ask(rows, true) }

// SetFilter narrows the rows.
func (t *DataTable[R]) SetFilter(f Filter) {
	t.filter = Filter{f.Search, append([]Term(nil), f.Terms...)}
	t.ask(nil, false)
}

// Filter is what narrows the rows now.
func (t *DataTable[R]) Filter() Filter { return t.filter }

// SortBy sorts by a column; "" keeps the order of the rows.
func (t *DataTable[R]) SortBy(id string, desc bool) {
	if id == "" {
		t.SortByAll(nil)
		return
	}
	t.SortByAll([]Sort{{id, desc}})
}

// SortByAll sorts by several columns, the first before the others.
func (t *DataTable[R]) SortByAll(by []Sort) {
	t.sorts = append([]Sort(nil), by...)
	t.ask(nil, false)
}

// Sorts are the columns sorted by.
func (t *DataTable[R]) Sorts() []Sort { return t.sorts }

// Sorting is the column sorted by first and whether it runs downward.
func (t *DataTable[R]) Sorting() (id string, desc bool) {
	if len(t.sorts) == 0 {
		return "", false
	}
	return t.sorts[0].Column, t.sorts[0].Desc
}

// ask arranges the rows in a goroutine and swaps the result in, unless a later
// request overtook it. What was shown stays until then.
func (t *DataTable[R]) ask(rows []R, fresh bool) {
	t.gen++
	if fresh {
		t.coming = rows
		t.cell.fresh = true
	} else if t.cell.fresh { // the rows asked for before have not come yet
		rows, fresh = t.coming, true
	}
	gen, q, ix, marks := t.gen, request{t.filter, append([]Sort(nil), t.sorts...), t.group, maps.Clone(t.hidden)}, t.ix, t.marks()
	go func() {
		var choices map[string][]Choice
		if fresh {
			ix = newIndex(rows, t.cols)
			choices = map[string][]Choice{}
			for i := range t.cols {
				if c := &t.cols[i]; c.Choices {
					choices[c.ID] = ix.valuesOf(c).choices()
				}
			}
			marks = marks.onto(rows, t.Key)
		}
		a := ix.arrange(q)
		t.Post(func() {
			if gen != t.gen {
				return
			}
			if fresh {
				t.coming, t.cell.fresh, t.cell.given = nil, false, true
				if !marks.current(t) {
					marks = t.marks().onto(rows, t.Key)
				}
				t.ix, t.choices = ix, choices
				t.cell.marked, t.cell.count = marks.marked, marks.count
			}
			t.arr, t.shownGen = a, gen
			t.settle()
		})
	}()
}

// settle shows the arrangement that came.
func (t *DataTable[R]) settle() {
	t.closeEditor()
	t.makeLines()
	t.pruneMarks()
	t.findCursor()
	if t.scrollToChosen && t.at >= 0 {
		t.scrollToChosen = false
		t.reveal(t.at)
	}
	t.clampScroll()
	if t.OnArranged != nil {
		t.OnArranged(len(t.arr.order), len(t.ix.rows))
	}
	t.Refresh()
}

// findCursor finds the line of the row or heading that had the cursor.
func (t *DataTable[R]) findCursor() {
	t.at = -1
	if t.chosen == "" && t.heading == "" {
		return
	}
	for j, i := range t.lines {
		if i >= 0 && t.chosen != "" && t.Key(&t.ix.rows[i]) == t.chosen || i < 0 && t.chosen == "" && t.arr.groups[^i].label == t.heading {
			t.at = j
			return
		}
	}
}

// Settled says whether the rows shown are the ones asked for last.
func (t *DataTable[R]) Settled() bool { return t.gen == t.shownGen }

// Count is how many rows are shown, in folded groups too, and how many there
// are.
func (t *DataTable[R]) Count() (shown, all int) { return len(t.arr.order), len(t.ix.rows) }

// Row is the row at a line of the table; nil for the heading of a group.
func (t *DataTable[R]) Row(at int) *R {
	if at < 0 || at >= len(t.lines) || t.lines[at] < 0 {
		return nil
	}
	return &t.ix.rows[t.lines[at]]
}

// Choices counts the values of a column over all rows, most frequent first. Only
// columns that are chosen from have any.
func (t *DataTable[R]) Choices(id string) []Choice { return t.choices[id] }

// Choose marks the row with the key without telling OnSelected, and brings it
// into sight.
func (t *DataTable[R]) Choose(key string) {
	if key == t.chosen {
		return
	}
	t.chosen, t.heading = key, ""
	t.findCursor()
	if t.at < 0 && key != "" && t.openGroupOf(key) {
		t.findCursor()
	}
	t.markOnly(t.at)
	t.scrollToChosen = t.at < 0
	if t.at >= 0 {
		t.reveal(t.at)
	}
	t.Refresh()
}

// Chosen is the key of the row with the cursor.
func (t *DataTable[R]) Chosen() string { return t.chosen }

// moveTo puts the cursor on a line, as the user does, and marks that row alone.
func (t *DataTable[R]) moveTo(at int) {
	if len(t.lines) == 0 {
		return
	}
	at = max(0, min(at, len(t.lines)-1))
	t.cell.inHead, t.cell.from = false, t.cell.column
	t.markOnly(at)
	t.cursorTo(at)
}

// cursorTo puts the cursor on a line and leaves the marks.
func (t *DataTable[R]) cursorTo(at int) {
	t.closeEditor()
	t.at = at
	t.reveal(at)
	r := t.Row(at)
	if r == nil {
		t.chosen, t.heading = "", t.arr.groups[^t.lines[at]].label
		t.Refresh()
		return
	}
	t.chosen, t.heading = t.Key(r), ""
	t.Refresh()
	if t.OnSelected != nil {
		t.OnSelected(t.chosen)
	}
}

// footHeight is the room of the line that adds up.
func (t *DataTable[R]) footHeight() float32 {
	if t.ShowTotal && len(t.arr.order) > 0 {
		return rowHeight
	}
	return 0
}

func (t *DataTable[R]) bodyHeight() float32 {
	return max(0, t.Size().Height-headerHeight-t.footHeight())
}

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

func (t *DataTable[R]) clampScroll() {
	z := t.Size()
	t.y = max(0, min(t.y, float32(len(t.lines))*rowHeight-t.bodyHeight()))
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
func (t *DataTable[R]) FocusLost() { t.focused, t.cell.shift = false, false; t.Refresh() }

// MinSize keeps a header and a few rows in sight.
func (t *DataTable[R]) MinSize() fyne.Size { return fyne.NewSize(240, headerHeight+4*rowHeight) }

// Cursor shows where a column can be made wider.
func (t *DataTable[R]) Cursor() desktop.Cursor {
	if t.dragCol != "" {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}
