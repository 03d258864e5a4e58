package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// TypedRune hands typing to the search.
func (t *DataTable[R]) TypedRune(r rune) {
	if t.OnTyped != nil && r != ' ' {
		t.OnTyped(r)
	}
}

// KeyDown notes that Shift is held.
func (t *DataTable[R]) KeyDown(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		t.cell.shift = true
	}
}

// KeyUp notes that Shift was let go.
func (t *DataTable[R]) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		t.cell.shift = false
	}
}

func (t *DataTable[R]) shiftHeld() bool {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
	}
	return t.cell.shift
}

// TypedKey moves the cursor.
func (t *DataTable[R]) TypedKey(k *fyne.KeyEvent) {
	if t.Cells && t.cell.inHead && t.headKey(k) {
		return
	}
	page := max(1, int(t.bodyHeight()/rowHeight)-1)
	switch k.Name {
	case fyne.KeyDown:
		t.step(t.at + 1)
	case fyne.KeyUp:
		if t.Cells && t.at <= 0 && !t.shiftHeld() {
			t.cell.inHead = true
			t.Refresh()
			return
		}
		t.step(max(0, t.at-1))
	case fyne.KeyPageDown:
		t.step(t.at + page)
	case fyne.KeyPageUp:
		t.step(max(0, t.at-page))
	case fyne.KeyHome:
		t.step(0)
	case fyne.KeyEnd:
		t.step(len(t.lines) - 1)
	case fyne.KeyLeft:
		t.sideways(-1)
	case fyne.KeyRight:
		t.sideways(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case t.at >= 0 && t.at < len(t.lines) && t.lines[t.at] < 0:
			t.turnGroup(t.at)
		case t.OnOpened != nil && t.at >= 0:
			t.OnOpened(t.chosen)
		}
	case fyne.KeySpace:
		if t.Cells {
			t.toggle(t.at)
		}
	case fyne.KeyF2:
		t.BeginEdit()
	case fyne.KeyDelete, fyne.KeyBackspace:
		if t.Cells && t.OnClear != nil && t.cell.count > 0 {
			t.OnClear()
		}
	case fyne.KeyEscape:
		t.escape()
	case fyne.KeyF10, desktop.KeyMenu:
		if t.OnMenu != nil && (k.Name == desktop.KeyMenu || t.shiftHeld()) {
			t.OnMenu(t.cursorAt())
		}
	}
}

// step moves the cursor to a line; Shift marks the rows on the way.
func (t *DataTable[R]) step(to int) {
	if t.Cells && t.shiftHeld() {
		t.extendTo(to)
		return
	}
	t.moveTo(to)
}

// sideways moves the cursor to the next cell, folds or opens a group, or
// scrolls.
func (t *DataTable[R]) sideways(by int) {
	if !t.Cells {
		if _, _, ok := t.Heading(t.at); !ok {
			t.x += float32(by) * 80
			t.clampScroll()
			t.Refresh()
			return
		}
	}
	if _, _, ok := t.Heading(t.at); ok {
		t.Fold(t.at, by < 0)
		return
	}
	if by < 0 && t.cell.column == t.cols[0].ID && !t.shiftHeld() {
		if h := t.headingOf(t.at); h >= 0 {
			t.moveTo(h)
		}
		return
	}
	t.stepCell(by, t.shiftHeld())
}

// turnGroup opens a folded group and folds an open one.
func (t *DataTable[R]) turnGroup(at int) {
	label, _, _ := t.Heading(at)
	t.Fold(at, t.isOpen(label))
}

// headKey handles keys while the cursor is on the header, and says whether it
// used one.
func (t *DataTable[R]) headKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyDown, fyne.KeyEscape:
		t.cell.inHead = false
		t.Refresh()
	case fyne.KeyLeft:
		t.stepCell(-1, false)
	case fyne.KeyRight:
		t.stepCell(1, false)
	case fyne.KeyReturn, fyne.KeyEnter:
		t.sortByHeader(columnByID(t.cols, t.cell.column), t.shiftHeld())
	case fyne.KeySpace, fyne.KeyF10, desktop.KeyMenu:
		if t.OnHeader != nil {
			t.OnHeader(t.cell.column, t.cursorAt())
		}
	case fyne.KeyUp:
	default:
		return false
	}
	return true
}

// escape leaves marks, then the search.
func (t *DataTable[R]) escape() {
	if t.Cells && (t.cell.count > 1 || len(t.Block()) > 1) {
		t.Unmark()
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		if f := c.OnTypedKey(); f != nil {
			f(&fyne.KeyEvent{Name: fyne.KeyEscape}) // the window's own
		}
	}
}

// cursorAt is where the cell with the cursor is in the window.
func (t *DataTable[R]) cursorAt() fyne.Position {
	p := fyne.CurrentApp().Driver().AbsolutePositionForObject(t)
	x, _ := t.cellSpan(t.cell.column)
	y := float32(headerHeight)
	if !t.cell.inHead && t.at >= 0 {
		y += float32(t.at+1)*rowHeight - t.y
	}
	return p.AddXY(max(0, x), max(headerHeight, min(y, t.Size().Height)))
}

// cellSpan is where a shown column begins now, and its width.
func (t *DataTable[R]) cellSpan(id string) (x, w float32) {
	left := float32(0)
	for i, c := range t.shownColumns() {
		w := t.width(c)
		if c.ID == id {
			if i > 0 {
				left -= t.x
			}
			return left, w
		}
		left += w
	}
	return 0, 0
}

// OtherShortcut gets the shortcuts that a focused table has no use for: a
// widget that takes any shortcut keeps the window from hearing of the rest.
var OtherShortcut func(fyne.Shortcut)

// TypedShortcut copies, pastes, marks all and moves columns.
func (t *DataTable[R]) TypedShortcut(s fyne.Shortcut) {
	switch x := s.(type) {
	case *fyne.ShortcutCopy:
		t.Copy(true)
		return
	case *fyne.ShortcutPaste:
		if t.OnPaste != nil {
			t.OnPaste(fyne.CurrentApp().Clipboard().Content())
			return
		}
	case *fyne.ShortcutSelectAll:
		if t.Cells {
			t.MarkAll()
			return
		}
	case *desktop.CustomShortcut:
		if t.ownShortcut(x) {
			return
		}
	}
	if OtherShortcut != nil {
		OtherShortcut(s)
	}
}

func (t *DataTable[R]) ownShortcut(s *desktop.CustomShortcut) bool {
	if !t.Cells || s.Modifier&fyne.KeyModifierShortcutDefault == 0 {
		return false
	}
	shifted := s.Modifier&fyne.KeyModifierShift != 0
	switch {
	case s.KeyName == fyne.KeyC && shifted:
		t.Copy(false)
	case s.KeyName == fyne.KeyLeft && shifted:
		t.shift(t.cell.column, -1)
	case s.KeyName == fyne.KeyRight && shifted:
		t.shift(t.cell.column, 1)
	case s.KeyName == fyne.KeyUp && !shifted && t.at > 0:
		t.cursorTo(t.at - 1)
	case s.KeyName == fyne.KeyDown && !shifted && t.at+1 < len(t.lines):
		t.cursorTo(t.at + 1)
	case s.KeyName == fyne.KeySpace:
		t.toggle(t.at)
	default:
		return false
	}
	return true
}
