package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/words"
)

func popUp(at fyne.CanvasObject, items ...*fyne.MenuItem) {
	d := fyne.CurrentApp().Driver()
	pos := d.AbsolutePositionForObject(at).AddXY(0, at.Size().Height)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), d.CanvasForObject(at), pos)
}

// families lists an item for every column, those of a family under its name.
func (p *TablePane[R]) families(item func(*Column[R]) *fyne.MenuItem) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	under := map[string]*fyne.Menu{}
	for i := range p.Table.cols {
		c := &p.Table.cols[i]
		m := item(c)
		if m == nil {
			continue
		}
		if c.Family == "" {
			items = append(items, m)
			continue
		}
		if under[c.Family] == nil {
			head := fyne.NewMenuItem(words.T(c.Family), nil)
			head.ChildMenu = fyne.NewMenu("")
			under[c.Family] = head.ChildMenu
			items = append(items, head)
		}
		under[c.Family].Items = append(under[c.Family].Items, m)
	}
	return items
}

func (p *TablePane[R]) columnMenu(at fyne.CanvasObject) {
	items := p.families(func(c *Column[R]) *fyne.MenuItem {
		if c.ID == p.Table.cols[0].ID {
			return nil
		}
		m := fyne.NewMenuItem(c.Label, func() { p.toggle(c.ID) })
		m.Checked = p.Table.Shown(c.ID)
		return m
	})
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(words.T("Columns as they came"), p.resetColumns),
		fyne.NewMenuItem(words.T("Copy all rows shown"), func() {
			fyne.CurrentApp().Clipboard().SetContent(p.Table.CopyText(true))
		}))
	popUp(at, items...)
}

func (p *TablePane[R]) resetColumns() {
	var hidden []string
	for i := range p.Table.cols {
		if p.Table.cols[i].Hidden {
			hidden = append(hidden, p.Table.cols[i].ID)
		}
	}
	p.Table.SetHiddenColumns(hidden)
	p.Table.SetOrder(nil)
	p.Table.SetWidths(nil)
	p.changed()
}

func (p *TablePane[R]) toggle(id string) {
	p.Table.ShowColumn(id, !p.Table.Shown(id))
	p.changed()
}

func (p *TablePane[R]) filterMenu(at fyne.CanvasObject) {
	items := p.families(func(c *Column[R]) *fyne.MenuItem {
		return fyne.NewMenuItem(c.Label, func() { p.filterBy(c.ID) })
	})
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(words.T("Clear all filters"), p.ClearFilters))
	popUp(at, items...)
}

// filterBy puts the filter of a column into the bar and the keys into it.
func (p *TablePane[R]) filterBy(id string) {
	c := p.addChip(id, false)
	p.showState()
	if cv := fyne.CurrentApp().Driver().CanvasForObject(p.object); cv != nil && c != nil {
		if f := focusableIn(c.object); f != nil {
			cv.Focus(f)
		}
	}
}

// focusableIn finds what takes keys in an object.
func focusableIn(o fyne.CanvasObject) fyne.Focusable {
	switch x := o.(type) {
	case *Button:
		return nil // the cross is not where keys should go
	case *fyne.Container:
		for _, c := range x.Objects {
			if f := focusableIn(c); f != nil {
				return f
			}
		}
	case fyne.Focusable:
		return x
	}
	return nil
}

func (p *TablePane[R]) groupMenu(at fyne.CanvasObject) {
	none := fyne.NewMenuItem(words.T("One list"), func() { p.groupBy("") })
	none.Checked = p.Table.Grouping() == ""
	items := []*fyne.MenuItem{none}
	for i := range p.Table.cols {
		if c := &p.Table.cols[i]; c.Choices {
			m := fyne.NewMenuItem(words.F("By %s", words.Small(c.Label)), func() { p.groupBy(c.ID) })
			m.Checked = p.Table.Grouping() == c.ID
			items = append(items, m)
		}
	}
	if p.Table.Grouping() != "" {
		items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(words.T("Fold every group"), func() { p.Table.FoldAll(true) }),
			fyne.NewMenuItem(words.T("Open every group"), func() { p.Table.FoldAll(false) }))
	}
	popUp(at, items...)
}

func (p *TablePane[R]) headerMenu(id string, at fyne.Position) {
	t := p.Table
	c := columnByID(t.cols, id)
	up, down := words.T("Sort A to Z"), words.T("Sort Z to A")
	if c.Numeric {
		up, down = words.T("Sort smallest first"), words.T("Sort largest first")
	}
	sortBy := func(desc bool) func() { return func() { t.SortBy(id, desc); p.changed() } }
	items := []*fyne.MenuItem{fyne.NewMenuItem(up, sortBy(false)), fyne.NewMenuItem(down, sortBy(true))}
	if len(t.sorts) > 0 && !slices.ContainsFunc(t.sorts, func(s Sort) bool { return s.Column == id }) {
		items = append(items, fyne.NewMenuItem(words.T("Then by this column (Shift and click)"), func() { t.sortByHeader(c, true); p.changed() }))
	}
	items = append(items, fyne.NewMenuItem(words.F("Filter by %s", words.Small(c.Label)), func() { p.filterBy(id) }))
	if p.groupBtn != nil && c.Choices {
		items = append(items, fyne.NewMenuItem(words.F("Group by %s", words.Small(c.Label)), func() { p.groupBy(id) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(words.T("Wider"), func() { t.widen(id, 40) }), fyne.NewMenuItem(words.T("Narrower"), func() { t.widen(id, -40) }))
	if id != t.cols[0].ID {
		items = append(items, fyne.NewMenuItem(words.T("Move left"), func() { t.shift(id, -1) }), fyne.NewMenuItem(words.T("Move right"), func() { t.shift(id, 1) }),
			fyne.NewMenuItem(words.T("Put this column away"), func() { p.toggle(id) }))
	}
	p.menuAt(at, items)
}

func (p *TablePane[R]) menuAt(at fyne.Position, items []*fyne.MenuItem) {
	if cv := fyne.CurrentApp().Driver().CanvasForObject(p.Table); cv != nil && len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), cv, at)
	}
}

// rowMenu is the menu of the marked rows.
func (p *TablePane[R]) rowMenu(at fyne.Position) {
	t := p.Table
	var items []*fyne.MenuItem
	if t.Cells {
		if p.RowMenu != nil {
			items = append(items, p.RowMenu()...)
		}
		items = append(items, fyne.NewMenuItem(words.T("Copy with headings (Ctrl+C)"), func() { t.Copy(true) }), fyne.NewMenuItem(words.T("Copy the cells alone (Ctrl+Shift+C)"), func() { t.Copy(false) }))
		if t.OnPaste != nil {
			items = append(items, fyne.NewMenuItem(words.T("Paste (Ctrl+V)"), func() { t.OnPaste(fyne.CurrentApp().Clipboard().Content()) }))
		}
		items = append(items, fyne.NewMenuItem(words.T("Mark all rows shown (Ctrl+A)"), t.MarkAll))
	}
	if c, r := columnByID(t.cols, t.cell.column), t.Row(t.at); c != nil && r != nil && c.Choices {
		value := c.Text(r)
		shown := value
		if shown == "" {
			shown = c.blank()
		}
		items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(words.F("Show only “%s”", shown), func() {
			p.addChip(c.ID, false).put(Term{Column: c.ID, Text: value, Exact: true})
			p.apply()
		}))
	}
	p.menuAt(at, items)
}
