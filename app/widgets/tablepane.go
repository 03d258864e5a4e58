package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
)

// TablePane is a DataTable with its search line, filters and column menu.
type TablePane[R any] struct {
	Table  *DataTable[R]
	Search *Entry
	// OnColumns is told when the user shows or puts away columns.
	OnColumns func(hidden []string)
	// OnFiltered is told when the rows shown change.
	OnFiltered func()

	one, many string
	chips     *fyne.Container
	count     *widget.Label
	terms     []*chip
	object    fyne.CanvasObject
	shown     int
}

// chip is one filter in the bar.
type chip struct {
	column  string
	term    func() Term
	options func()
	object  fyne.CanvasObject
	clear   func() // of a filter that stays in the bar
}

// NewTablePane puts a search line and filters above a table. One and many are
// what a row is called ("asset", "assets"); filters names the columns whose
// filters are in the bar from the start; extra stands at the end of the bar.
func NewTablePane[R any](t *DataTable[R], one, many string, filters []string, extra ...fyne.CanvasObject) *TablePane[R] {
	bar := &flow{gapX: 6, gapY: 4}
	p := &TablePane[R]{Table: t, one: one, many: many, chips: container.New(bar)}
	p.Search = NewEntry("Search "+many, func(string) { p.apply() })
	p.Search.Icon = theme.SearchIcon()
	p.Search.OnKey = p.searchKey
	p.count = widget.NewLabel("")
	p.count.Importance = widget.LowImportance
	columns := NewButton("Columns", "Choose which columns are shown", theme.MenuDropDownIcon(), nil).Quiet()
	columns.IconPlacement = widget.ButtonIconTrailingText
	columns.OnTapped = func() { p.columnMenu(columns) }
	filter := NewButton("Filter", "Narrow the rows by any column", theme.MenuDropDownIcon(), nil).Quiet()
	filter.IconPlacement = widget.ButtonIconTrailingText
	filter.OnTapped = func() { p.filterMenu(filter) }
	right := container.NewHBox(append([]fyne.CanvasObject{p.count, filter, columns}, extra...)...)
	top := container.NewBorder(nil, nil, nil, right, container.New(upTo{260}, p.Search))
	for _, id := range filters {
		p.addChip(id, true)
	}
	t.OnTyped = func(r rune) {
		if c := fyne.CurrentApp().Driver().CanvasForObject(p.Search); c != nil {
			c.Focus(p.Search)
			p.Search.TypedRune(r)
		}
	}
	t.OnHeader = p.headerMenu
	t.OnArranged = func(shown, all int) {
		p.shown = shown
		if shown == all {
			p.count.SetText(format.Count(all, p.one, p.many))
		} else {
			p.count.SetText(format.Whole(float64(shown)) + " of " + format.Count(all, p.one, p.many))
		}
		for _, c := range p.terms {
			c.options()
		}
		if p.OnFiltered != nil {
			p.OnFiltered()
		}
	}
	p.object = container.NewBorder(Inset(6, 8, container.NewVBox(top, p.chips)), nil, nil, nil, t)
	bar.changed = func() { t.Post(p.object.Refresh) } // the table moves up or down with the bar's height
	return p
}

// Object is the whole pane.
func (p *TablePane[R]) Object() fyne.CanvasObject { return p.object }

// ClearFilters shows every row again.
func (p *TablePane[R]) ClearFilters() {
	p.Search.SetText("")
	kept := p.terms[:0:0]
	for _, c := range p.terms {
		if c.clear != nil {
			c.clear()
			kept = append(kept, c)
			continue
		}
		p.chips.Remove(c.object)
	}
	p.terms = kept
	p.apply()
}

func (p *TablePane[R]) searchKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		if p.Search.Text != "" {
			p.Search.SetText("")
		} else {
			p.focusTable()
		}
		return true
	case fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
		p.focusTable()
		if p.Table.at < 0 {
			p.Table.moveTo(0)
		}
		return true
	}
	return false
}

func (p *TablePane[R]) focusTable() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.Table); c != nil {
		c.Focus(p.Table)
	}
}

func (p *TablePane[R]) apply() {
	f := Filter{Search: p.Search.Text}
	for _, c := range p.terms {
		if t := c.term(); t.Text != "" {
			f.Terms = append(f.Terms, t)
		}
	}
	p.Table.SetFilter(f)
}

// addChip puts the filter of a column into the bar.
func (p *TablePane[R]) addChip(id string, stays bool) {
	for _, c := range p.terms {
		if c.column == id {
			return
		}
	}
	col := columnByID(p.Table.cols, id)
	if col == nil {
		return
	}
	c := &chip{column: id, options: func() {}}
	label := widget.NewLabel(col.Label)
	label.Importance = widget.LowImportance
	var field fyne.CanvasObject
	var clear func()
	width := float32(150)
	if col.Choices {
		anyValue := col.Label + ": any" // stands in the chooser for "no filter"
		label.Hide()
		s := widget.NewSelect(nil, func(string) { p.apply() })
		s.PlaceHolder = anyValue
		values := map[string]string{}
		c.term = func() Term {
			if v, ok := values[s.Selected]; ok {
				return Term{Column: id, Text: v, Exact: true}
			}
			return Term{}
		}
		c.options = func() { // the values are those of all rows, so they change with the data only
			ch := p.Table.Choices(id)
			opts := []string{anyValue}
			next := map[string]string{}
			for i, v := range ch {
				if v.Value == "" || i >= 40 {
					continue
				}
				show := v.Value + " (" + format.Whole(float64(v.Count)) + ")"
				next[show] = v.Value
				opts = append(opts, show)
			}
			if len(opts) != len(s.Options) || strings.Join(opts, "") != strings.Join(s.Options, "") {
				values = next
				s.SetOptions(opts)
			}
		}
		clear = func() { s.SetSelected(anyValue) }
		field = s
	} else {
		hint := "words"
		if col.Figure != nil {
			hint, width = "> 1000", 96
		}
		e := NewEntry(hint, func(string) { p.apply() })
		c.term = func() Term { return Term{Column: id, Text: strings.TrimSpace(e.Text)} }
		clear = func() { e.SetText("") }
		field = e
	}
	drop := NewButton("", "Take this filter away", theme.CancelIcon(), func() {
		p.chips.Remove(c.object)
		for i, x := range p.terms {
			if x == c {
				p.terms = append(p.terms[:i:i], p.terms[i+1:]...)
				break
			}
		}
		p.apply()
	}).Quiet()
	c.object = container.NewHBox(label, Wide(width, field), drop)
	if stays {
		c.clear = clear
		c.object = container.NewHBox(label, Wide(width, field))
	}
	p.terms = append(p.terms, c)
	p.chips.Add(c.object)
	c.options()
}

func popUp(at fyne.CanvasObject, items ...*fyne.MenuItem) {
	d := fyne.CurrentApp().Driver()
	pos := d.AbsolutePositionForObject(at).AddXY(0, at.Size().Height)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), d.CanvasForObject(at), pos)
}

func (p *TablePane[R]) columnMenu(at fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for i, c := range p.Table.cols {
		if i == 0 {
			continue
		}
		m := fyne.NewMenuItem(c.Label, func() { p.toggle(c.ID) })
		m.Checked = p.Table.Shown(c.ID)
		items = append(items, m)
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Copy all rows shown", func() {
		fyne.CurrentApp().Clipboard().SetContent(p.Table.CopyText(true))
	}))
	popUp(at, items...)
}

func (p *TablePane[R]) toggle(id string) {
	p.Table.ShowColumn(id, !p.Table.Shown(id))
	if p.OnColumns != nil {
		p.OnColumns(p.Table.HiddenColumns())
	}
}

func (p *TablePane[R]) filterMenu(at fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for _, c := range p.Table.cols {
		items = append(items, fyne.NewMenuItem(c.Label, func() { p.addChip(c.ID, false) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Clear all filters", p.ClearFilters))
	popUp(at, items...)
}

func (p *TablePane[R]) headerMenu(id string, at fyne.Position) {
	c := columnByID(p.Table.cols, id)
	up, down := "Sort A to Z", "Sort Z to A"
	if c.Numeric {
		up, down = "Sort smallest first", "Sort largest first"
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(up, func() { p.Table.SortBy(id, false) }),
		fyne.NewMenuItem(down, func() { p.Table.SortBy(id, true) }),
		fyne.NewMenuItem("Filter by "+strings.ToLower(c.Label), func() { p.addChip(id, false) }),
	}
	if id != p.Table.cols[0].ID {
		items = append(items, fyne.NewMenuItem("Put this column away", func() { p.toggle(id) }))
	}
	cv := fyne.CurrentApp().Driver().CanvasForObject(p.Table)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), cv, at)
}
