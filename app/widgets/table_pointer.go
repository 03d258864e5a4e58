package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/planting-the-flag/flagstone/app/look"
)

// columnAt is the column under x, and the one whose right edge is near.
func (t *DataTable[R]) columnAt(x float32) (under, edge *Column[R]) {
	cols := t.shownColumns()
	if len(cols) == 0 {
		return nil, nil
	}
	pinned := t.width(cols[0])
	left := float32(0)
	for i, c := range cols {
		if i == 1 {
			left = pinned - t.x
		}
		right := left + t.width(c)
		if i == 0 || right > pinned {
			if abs32(x-right) <= grabWidth {
				edge = c
			}
			if under == nil && x >= left && x < right && (i == 0 || x >= pinned) {
				under = c
			}
		}
		left = right
	}
	return under, edge
}

func abs32(v float32) float32 {
	if v < 0 {
		return -v
	}
	return v
}

// rowAt is the position of the row under y, −1 for none.
func (t *DataTable[R]) rowAt(y float32) int {
	if y < headerHeight {
		return -1
	}
	at := int((y - headerHeight + t.y) / rowHeight)
	if at >= len(t.lines) || y > headerHeight+t.bodyHeight() {
		return -1
	}
	return at
}

// sortByHeader sorts by a column, or turns the order round. With add the column
// comes after those sorted by already; a third time takes it out again.
func (t *DataTable[R]) sortByHeader(c *Column[R], add bool) {
	if c == nil {
		return
	}
	first := Sort{c.ID, c.Numeric} // the largest first is what one looks for
	at := slices.IndexFunc(t.sorts, func(s Sort) bool { return s.Column == c.ID })
	by := slices.Clone(t.sorts)
	switch {
	case !add && (at < 0 || len(by) > 1):
		by = []Sort{first}
	case at < 0:
		by = append(by, first)
	case by[at].Desc == first.Desc || !add:
		by[at].Desc = !by[at].Desc
	default:
		by = slices.Delete(by, at, at+1)
	}
	t.SortByAll(by)
}

// Tapped sorts by the header or selects the row, where there is no mouse: with
// one, MouseDown and MouseUp did it already, without the wait for a second tap.
func (t *DataTable[R]) Tapped(e *fyne.PointEvent) {
	if t.pressed {
		t.pressed = false
		return
	}
	t.focus()
	if e.Position.Y < headerHeight {
		if under, edge := t.columnAt(e.Position.X); under != nil && edge == nil {
			t.sortByHeader(under, false)
		}
		return
	}
	if at := t.rowAt(e.Position.Y); at >= 0 {
		t.pressRow(at, e.Position.X, 0)
	}
}

// DoubleTapped changes the cell if it can be changed, and else opens the row.
func (t *DataTable[R]) DoubleTapped(e *fyne.PointEvent) {
	if at := t.rowAt(e.Position.Y); at >= 0 {
		if t.Row(at) == nil || at == t.at && t.BeginEdit() {
			return
		}
		if t.OnOpened != nil {
			t.OnOpened(t.Key(t.Row(at)))
		}
	} else if e.Position.Y < headerHeight {
		if _, edge := t.columnAt(e.Position.X); edge != nil {
			delete(t.widths, edge.ID)
			t.Refresh()
			t.columnsChanged()
		}
	}
}

func (t *DataTable[R]) columnsChanged() {
	if t.OnColumns != nil {
		t.OnColumns()
	}
}

func (t *DataTable[R]) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t)
	}
}

// pressRow moves the cursor to a line as a press does: Shift marks what lies
// between, Ctrl adds or takes away one row, a heading folds or opens.
func (t *DataTable[R]) pressRow(at int, x float32, held fyne.KeyModifier) {
	t.cell.inHead = false
	if under, _ := t.columnAt(x); under != nil && t.Cells {
		t.cell.column = under.ID
		if held&fyne.KeyModifierShift == 0 {
			t.cell.from = under.ID
		}
	}
	_, _, heading := t.Heading(at)
	switch {
	case t.Cells && held&fyne.KeyModifierShift != 0:
		t.extendTo(at)
	case t.Cells && held&fyne.KeyModifierShortcutDefault != 0:
		t.toggle(at)
		t.cursorTo(at)
	case heading:
		t.moveTo(at)
		t.turnGroup(at)
	default:
		t.moveTo(at)
	}
}

// TappedSecondary asks for the menu of a header or of the marked rows.
func (t *DataTable[R]) TappedSecondary(e *fyne.PointEvent) {
	under, _ := t.columnAt(e.Position.X)
	if e.Position.Y < headerHeight {
		if under != nil && t.OnHeader != nil {
			t.OnHeader(under.ID, e.AbsolutePosition)
		}
		return
	}
	at := t.rowAt(e.Position.Y)
	if at < 0 || t.OnMenu == nil {
		return
	}
	t.focus()
	if !t.isMarked(at) {
		t.pressSecond(at, e.Position.X)
	} else if under != nil {
		t.cell.column, t.cell.from = under.ID, under.ID
	}
	t.OnMenu(e.AbsolutePosition)
}

// pressSecond moves the cursor to a line and does not fold a group.
func (t *DataTable[R]) pressSecond(at int, x float32) {
	if under, _ := t.columnAt(x); under != nil {
		t.cell.column, t.cell.from = under.ID, under.ID
	}
	t.moveTo(at)
}

// MouseIn follows the pointer.
func (t *DataTable[R]) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved marks the row under the pointer and shows the tip of the cell.
func (t *DataTable[R]) MouseMoved(e *desktop.MouseEvent) {
	at := t.rowAt(e.Position.Y)
	if at != t.hover {
		t.hover = at
		t.Refresh()
	}
	under, _ := t.columnAt(e.Position.X)
	tip := ""
	switch {
	case under == nil:
	case e.Position.Y < headerHeight:
		tip = under.Tip
	case e.Position.Y > headerHeight+t.bodyHeight():
		if under.Total != None && t.footHeight() > 0 {
			tip = t.totalTip(under, &t.arr.all, len(t.arr.order))
		}
	case at >= 0 && t.Row(at) == nil:
		tip = t.headingTip(at, under)
	case at >= 0:
		r := t.Row(at)
		if t.CellTip != nil {
			tip = t.CellTip(r, under.ID)
		}
		if tip == "" {
			if s, cut := Fit(under.Text(r), t.width(under)-2*cellPad, look.Body, fyne.TextStyle{}); cut && s != "" {
				tip = under.Text(r)
			}
		}
	}
	if tip != t.lastTip {
		t.lastTip = tip
		ShowTip(t, tip, e.AbsolutePosition)
	}
}

// MouseOut takes marks and tips away.
func (t *DataTable[R]) MouseOut() {
	t.hover, t.lastTip = -1, ""
	HideTip(t)
	t.Refresh()
}

// MouseDown notes what a drag would take hold of.
func (t *DataTable[R]) MouseDown(e *desktop.MouseEvent) {
	z := t.Size()
	t.dragCol, t.dragRow, t.dragV, t.dragH, t.pressedHead, t.movingHead = "", "", false, false, "", false
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	t.pressed = true
	t.focus()
	switch {
	case e.Position.Y < headerHeight:
		if under, edge := t.columnAt(e.Position.X); edge != nil {
			t.dragCol, t.dragFrom = edge.ID, t.width(edge)
		} else if under != nil {
			t.pressedHead = under.ID
		}
	case e.Position.X > z.Width-barWidth:
		t.dragV = true
		t.jumpTo(e.Position.Y)
	case abs32(e.Position.Y-(z.Height-t.footHeight()-barWidth/2)) <= barWidth/2 && t.contentWidth() > z.Width:
		t.dragH = true
	default:
		if at := t.rowAt(e.Position.Y); at >= 0 {
			t.pressRow(at, e.Position.X, e.Modifier)
			if r := t.Row(at); r != nil && e.Modifier == 0 {
				t.dragRow = t.Key(r)
			}
		}
	}
}

// Under is the key of the row at a place of the window, which is then marked as
// if the pointer were on it; empty for none.
func (t *DataTable[R]) Under(at fyne.Position) string {
	row := -1
	p := at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(t))
	if z := t.Size(); t.Visible() && p.X >= 0 && p.Y >= 0 && p.X < z.Width && p.Y < z.Height {
		row = t.rowAt(p.Y)
	}
	if row != t.hover {
		t.hover = row
		t.Refresh()
	}
	if r := t.Row(row); r != nil {
		return t.Key(r)
	}
	return ""
}

// MouseUp sorts by the header that was pressed.
func (t *DataTable[R]) MouseUp(e *desktop.MouseEvent) {
	if t.pressedHead == "" || e.Position.Y >= headerHeight || t.movingHead {
		return
	}
	if under, _ := t.columnAt(e.Position.X); under != nil && under.ID == t.pressedHead {
		t.sortByHeader(under, e.Modifier&fyne.KeyModifierShift != 0)
	}
	t.pressedHead = ""
}

// jumpTo scrolls so that the bar's handle is under y.
func (t *DataTable[R]) jumpTo(y float32) {
	h := t.bodyHeight()
	total := float32(len(t.lines)) * rowHeight
	if total <= h || h <= 0 {
		return
	}
	t.y = (y-headerHeight)/h*total - h/2
	t.clampScroll()
	t.Refresh()
}

// Dragged makes a column wider or moves a scroll bar.
func (t *DataTable[R]) Dragged(e *fyne.DragEvent) {
	switch {
	case t.dragCol != "":
		t.dragFrom += e.Dragged.DX
		t.widths[t.dragCol] = max(minColumn, t.dragFrom)
		t.clampScroll()
		t.Refresh()
	case t.dragV:
		t.jumpTo(e.Position.Y)
	case t.dragH:
		z := t.Size()
		t.x += e.Dragged.DX * t.contentWidth() / max(1, z.Width)
		t.clampScroll()
		t.Refresh()
	case t.pressedHead != "":
		t.dragFrom = e.Position.X
		t.movingHead = t.movingHead || abs32(e.Dragged.DX) > 3
		t.Refresh()
	case t.dragRow != "" && t.Cells && t.OnDragged == nil:
		t.dragMarks(e.Position)
	case t.dragRow != "" && t.OnDragged != nil:
		HideTip(t)
		t.dragging, t.dragAt = true, e.AbsolutePosition
		t.OnDragged(t.dragRow, e.AbsolutePosition)
	}
}

// DragEnd lets go.
func (t *DataTable[R]) DragEnd() {
	row, drop := t.dragRow, t.dragging
	if t.dragCol != "" {
		t.columnsChanged()
	}
	if t.movingHead {
		if under, _ := t.columnAt(t.dragFrom); under != nil {
			t.MoveColumn(t.pressedHead, under.ID)
		}
		t.movingHead, t.pressedHead = false, ""
		t.Refresh()
	}
	t.dragCol, t.dragV, t.dragH, t.dragRow, t.dragging = "", false, false, "", false
	if drop && t.OnDropped != nil {
		t.OnDropped(row, t.dragAt)
	}
}

// dragMarks marks the rows and columns between where the button went down and
// the pointer.
func (t *DataTable[R]) dragMarks(p fyne.Position) {
	at := int((p.Y - headerHeight + t.y) / rowHeight)
	if under, _ := t.columnAt(p.X); under != nil {
		t.cell.column = under.ID
	}
	if at = max(0, min(at, len(t.lines)-1)); at != t.at || t.cell.column != t.cell.from {
		t.extendTo(at)
	}
}
