package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
)

// TypedRune hands typing to the search.
func (t *DataTable[R]) TypedRune(r rune) {
	if t.OnTyped != nil && r != ' ' {
		t.OnTyped(r)
	}
}

// TypedKey moves the selection.
func (t *DataTable[R]) TypedKey(k *fyne.KeyEvent) {
	page := max(1, int(t.bodyHeight()/rowHeight)-1)
	switch k.Name {
	case fyne.KeyDown:
		t.moveTo(t.at + 1)
	case fyne.KeyUp:
		t.moveTo(max(0, t.at-1))
	case fyne.KeyPageDown:
		t.moveTo(t.at + page)
	case fyne.KeyPageUp:
		t.moveTo(max(0, t.at-page))
	case fyne.KeyHome:
		t.moveTo(0)
	case fyne.KeyEnd:
		t.moveTo(len(t.order) - 1)
	case fyne.KeyLeft:
		t.x -= 80
		t.clampScroll()
		t.Refresh()
	case fyne.KeyRight:
		t.x += 80
		t.clampScroll()
		t.Refresh()
	case fyne.KeyReturn, fyne.KeyEnter:
		if t.OnOpened != nil && t.at >= 0 {
			t.OnOpened(t.chosen)
		}
	}
}

// OtherShortcut gets the shortcuts that a focused table has no use for: a
// widget that takes any shortcut keeps the window from hearing of the rest.
var OtherShortcut func(fyne.Shortcut)

// TypedShortcut copies the selected row, or all rows shown when none is.
func (t *DataTable[R]) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		fyne.CurrentApp().Clipboard().SetContent(t.CopyText(t.at < 0))
	} else if OtherShortcut != nil {
		OtherShortcut(s)
	}
}

// CopyText is the selected row, or all rows shown, as a spreadsheet pastes it.
func (t *DataTable[R]) CopyText(all bool) string {
	var b strings.Builder
	cols := t.shownColumns()
	line := func(f func(*Column[R]) string) {
		for i, c := range cols {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(strings.NewReplacer("\t", " ", "\n", " ").Replace(f(c)))
		}
		b.WriteByte('\n')
	}
	line(func(c *Column[R]) string { return c.Label })
	for at := range t.order {
		if all || at == t.at {
			r := t.Row(at)
			line(func(c *Column[R]) string { return c.Text(r) })
		}
	}
	return b.String()
}
