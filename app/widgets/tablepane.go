package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
)

// TablePane is a DataTable with its search line, filters, groups, views and
// menu of columns.
type TablePane[R any] struct {
	Table  *DataTable[R]
	Search *Entry
	// OnColumns is told when the user arranges the table in another way: columns,
	// widths, order, sort, groups.
	OnColumns func()
	// OnFiltered is told when the rows shown change.
	OnFiltered func()
	// RowMenu adds to the menu of marked rows; may be nil.
	RowMenu func() []*fyne.MenuItem

	one, many string
	bar       *fyne.Container // search, buttons, count
	chips     *fyne.Container
	ask       *fyne.Container // a question in the bar: the name of a view
	count     *widget.Label
	terms     []*chip
	clearAll  *Button
	sorted    *fyne.Container
	grouped   *fyne.Container
	groupBtn  *Button
	views     *views
	object    fyne.CanvasObject
	shown     int
	quiet     bool // filters are being put, all at once
	told      *TableView
	room      fyne.Size // that the bar and the chips took last
}

// NewTablePane puts a search line and filters above a table. One and many are
// what a row is called ("asset", "assets"); filters names the columns whose
// filters are in the bar from the start; extra stands at the end of the bar.
func NewTablePane[R any](t *DataTable[R], one, many string, filters []string, extra ...fyne.CanvasObject) *TablePane[R] {
	barFlow, chipFlow := &flow{gapX: 4, gapY: 4}, &flow{gapX: 6, gapY: 4}
	p := &TablePane[R]{Table: t, one: one, many: many, chips: container.New(chipFlow), ask: container.NewStack()}
	p.Search = NewEntry(words.F("Search %s", words.T(many)), func(string) { p.apply() })
	p.Search.Icon = theme.SearchIcon()
	p.Search.OnKey = p.searchKey
	p.count = widget.NewLabel("")
	p.count.Importance = widget.LowImportance
	columns := p.menuButton(words.T("Columns"), words.T("Choose which columns are shown"), p.columnMenu)
	filter := p.menuButton(words.T("Filter"), words.T("Narrow the rows by any column"), p.filterMenu)
	p.bar = container.New(barFlow, append([]fyne.CanvasObject{Wide(190, p.Search), filter, columns}, append(extra, p.count)...)...)
	p.sorted, p.grouped = container.NewHBox(), container.NewHBox()
	p.clearAll = NewButton(words.T("Clear all"), words.T("Show every row again"), nil, p.ClearFilters).Quiet()
	for _, o := range []fyne.CanvasObject{p.sorted, p.grouped, p.clearAll} {
		o.Hide()
		p.chips.Add(o)
	}
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
	t.OnMenu = p.rowMenu
	t.OnColumns = p.changed
	t.OnArranged = p.arranged
	p.object = container.NewBorder(Inset(6, 8, container.NewVBox(p.bar, p.ask, p.chips)), nil, nil, nil, t)
	again := func() { t.Post(p.object.Refresh) } // the table moves up or down with the bar's height
	barFlow.changed, chipFlow.changed = again, again
	return p
}

func (p *TablePane[R]) menuButton(label, tip string, menu func(fyne.CanvasObject)) *Button {
	b := NewButton(label, tip, theme.MenuDropDownIcon(), nil).Quiet()
	b.IconPlacement = widget.ButtonIconTrailingText
	b.OnTapped = func() { menu(b) }
	return b
}

// insertButton puts a button of the bar before the one of the columns.
func (p *TablePane[R]) insertButton(at int, b fyne.CanvasObject) {
	o := append([]fyne.CanvasObject{}, p.bar.Objects[:at]...)
	p.bar.Objects = append(append(o, b), p.bar.Objects[at:]...)
}

// OfferGroups lets the user group by any column of few values.
func (p *TablePane[R]) OfferGroups() {
	p.groupBtn = p.menuButton(words.T("Group"), words.T("Bring rows of the same value together and add them up"), p.groupMenu)
	p.insertButton(2, p.groupBtn)
}

// Object is the whole pane.
func (p *TablePane[R]) Object() fyne.CanvasObject { return p.object }

// arranged shows what came of a filter, a sort or other rows.
func (p *TablePane[R]) arranged(shown, all int) {
	p.shown = shown
	if shown == all {
		p.count.SetText(format.Count(all, p.one, p.many))
	} else {
		p.count.SetText(words.F("%s of %s", format.Whole(float64(shown)), format.Count(all, p.one, p.many)))
	}
	for _, c := range p.terms {
		c.options()
	}
	p.showState()
	if p.OnFiltered != nil {
		p.OnFiltered()
	}
}

// changed is told when the user arranged the table.
func (p *TablePane[R]) changed() {
	p.told = nil
	p.showState()
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

func (p *TablePane[R]) focusTable() { p.Table.focus() }

// question shows a line in the bar that asks for something; Escape and the
// second button leave it.
func (p *TablePane[R]) question(label, text, verb string, done func(string) string) {
	l := widget.NewLabel(label)
	wrong := widget.NewLabel("")
	wrong.Importance = widget.DangerImportance
	wrong.Hide()
	e := NewEntry("", nil)
	e.Text = text
	leave := func() {
		p.ask.RemoveAll()
		p.object.Refresh()
		p.focusTable()
	}
	do := func() {
		if why := done(e.Text); why != "" {
			wrong.SetText(why)
			wrong.Show()
			p.object.Refresh()
			return
		}
		leave()
	}
	e.OnSubmitted = func(string) { do() }
	e.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape {
			leave()
			return true
		}
		return false
	}
	save := NewButton(verb, "", nil, do).Main()
	cancel := NewButton(words.T("Cancel"), words.T("Leave it as it was (Escape)"), nil, leave)
	objects := []fyne.CanvasObject{l, Wide(220, e), save, cancel, wrong}
	f := &flow{gapX: 6, gapY: 4}
	p.ask.Objects = []fyne.CanvasObject{container.New(f, objects...)}
	p.object.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.object); c != nil {
		c.Focus(e)
	}
}
