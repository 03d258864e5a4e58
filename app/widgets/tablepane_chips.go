package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
)

// chip is one filter in the bar.
type chip struct {
	column  string
	stays   bool // in the bar when it filters nothing
	term    Term
	set     func(Term) // shows another term without applying it
	options func()     // the values are those of all rows, so they change with the data only
	object  fyne.CanvasObject
	drop    *Button
}

// on says whether the filter leaves rows out.
func (c *chip) on() bool { return c.term.Text != "" || c.term.Exact }

// mostValues is how many values of a column can be chosen from.
const mostValues = 150

// ClearFilters shows every row again.
func (p *TablePane[R]) ClearFilters() { p.putFilter(Filter{}) }

// putFilter shows and applies a whole filter.
func (p *TablePane[R]) putFilter(f Filter) {
	p.quiet = true
	p.Search.SetText(f.Search)
	for _, c := range slices.Clone(p.terms) {
		switch {
		case c.stays:
			c.put(Term{Column: c.column})
		default:
			p.removeChip(c)
		}
	}
	for _, t := range f.Terms {
		if c := p.addChip(t.Column, false); c != nil {
			c.put(t)
		}
	}
	p.quiet = false
	p.apply()
}

func (c *chip) put(t Term) {
	c.term = t
	c.set(t)
}

func (p *TablePane[R]) apply() {
	if p.quiet {
		return
	}
	f := Filter{Search: p.Search.Text}
	for _, c := range p.terms {
		if c.on() {
			f.Terms = append(f.Terms, c.term)
		}
	}
	p.Table.SetFilter(f)
	p.showState()
}

func (p *TablePane[R]) removeChip(c *chip) {
	p.chips.Remove(c.object)
	if i := slices.Index(p.terms, c); i >= 0 {
		p.terms = slices.Delete(p.terms, i, i+1)
	}
}

// addChip puts the filter of a column into the bar, or finds the one there.
func (p *TablePane[R]) addChip(id string, stays bool) *chip {
	if i := slices.IndexFunc(p.terms, func(c *chip) bool { return c.column == id }); i >= 0 {
		return p.terms[i]
	}
	col := columnByID(p.Table.cols, id)
	if col == nil {
		return nil
	}
	c := &chip{column: id, stays: stays, term: Term{Column: id}, options: func() {}}
	c.drop = NewButton("", words.F("Take the filter by %s away", words.Small(col.Label)), theme.CancelIcon(), func() {
		if c.stays {
			c.put(Term{Column: id})
		} else {
			p.removeChip(c)
		}
		p.apply()
		p.focusTable()
	}).Quiet()
	if col.Choices {
		p.choiceChip(c, col)
	} else {
		p.typedChip(c, col)
	}
	p.terms = append(p.terms, c)
	at := len(p.chips.Objects) - 1 // before "Clear all"
	p.chips.Objects = slices.Insert(p.chips.Objects, at, c.object)
	p.chips.Refresh()
	c.options()
	return c
}

// choiceChip filters by one of the values of a column.
func (p *TablePane[R]) choiceChip(c *chip, col *Column[R]) {
	anyValue := words.F("%s: any", col.Label) // stands in the chooser for "no filter"
	s := widget.NewSelect(nil, nil)
	s.PlaceHolder = anyValue
	values := map[string]string{}
	show := func() { // in words of the options there are
		s.Selected = ""
		if !c.term.Exact && c.term.Text != "" {
			s.Selected = col.Label + ": “" + c.term.Text + "”"
		}
		if c.term.Exact {
			s.Selected = c.term.Text
			if c.term.Text == "" {
				s.Selected = col.blank()
			}
			for k, v := range values {
				if v == c.term.Text {
					s.Selected = k
				}
			}
		}
		s.Refresh()
	}
	s.OnChanged = func(chosen string) {
		v, ok := values[chosen]
		c.term = Term{Column: col.ID, Text: v, Exact: ok}
		if !ok {
			s.Selected = ""
			s.Refresh()
		}
		p.apply()
	}
	c.set = func(Term) { show() }
	c.options = func() {
		opts, next := []string{anyValue}, map[string]string{}
		for i, v := range p.Table.Choices(col.ID) {
			if i >= mostValues {
				break
			}
			words := v.Value
			if words == "" {
				words = col.blank()
			}
			words += " (" + format.Whole(float64(v.Count)) + ")"
			next[words] = v.Value
			opts = append(opts, words)
		}
		if !slices.Equal(opts, s.Options) {
			values = next
			s.Options = opts
			show()
		}
	}
	c.object = container.NewBorder(nil, nil, nil, c.drop, Wide(150, s))
}

// typedChip filters by words or by a range of numbers.
func (p *TablePane[R]) typedChip(c *chip, col *Column[R]) {
	label := widget.NewLabel(col.Label)
	label.Importance = widget.LowImportance
	hint, width := words.T("words"), float32(130)
	if col.Figure != nil {
		hint, width = "> 1000", 96
	}
	e := NewEntry(hint, func(s string) {
		c.term = Term{Column: col.ID, Text: strings.TrimSpace(s)}
		p.apply()
	})
	e.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
			p.focusTable()
			return true
		}
		return false
	}
	c.set = func(t Term) { e.SetText(t.Text) }
	c.object = container.NewHBox(label, Wide(width, e), c.drop)
}

// showState shows which filters, sorts and groups are in force.
func (p *TablePane[R]) showState() {
	any := p.Search.Text != ""
	for _, c := range p.terms {
		if on := c.on(); on || !c.stays {
			c.drop.Show()
			any = any || on
		} else {
			c.drop.Hide()
		}
	}
	setShown(p.clearAll, any)
	p.showSorted()
	p.showGrouped()
	now := p.View()
	if p.views != nil {
		p.views.show(now)
	}
	if z := p.chips.MinSize().Add(p.bar.MinSize()); z != p.room { // the table moves up or down
		p.room = z
		p.object.Refresh()
	} else {
		p.chips.Refresh()
	}
	if p.OnColumns != nil && (p.told == nil || !p.told.same(now)) {
		p.told = &now
		p.OnColumns()
	}
}

func setShown(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// showSorted names the columns when the rows are sorted by more than one.
func (p *TablePane[R]) showSorted() {
	sorts := p.Table.Sorts()
	setShown(p.sorted, len(sorts) > 1)
	if len(sorts) < 2 {
		return
	}
	var parts []string
	for _, s := range sorts {
		if c := columnByID(p.Table.cols, s.Column); c != nil {
			arrow := " ▲"
			if s.Desc {
				arrow = " ▼"
			}
			parts = append(parts, words.Small(c.Label)+arrow)
		}
	}
	p.stateChip(p.sorted, words.F("Sorted by %s", strings.Join(parts, ", ")), words.T("Keep the order of the register"), func() {
		p.Table.SortBy("", false)
		p.changed()
	})
}

// showGrouped names the column that rows are grouped by.
func (p *TablePane[R]) showGrouped() {
	c := columnByID(p.Table.cols, p.Table.Grouping())
	setShown(p.grouped, c != nil)
	if c == nil {
		return
	}
	p.stateChip(p.grouped, words.F("Grouped by %s", words.Small(c.Label)), words.T("Show one list again"), func() { p.groupBy("") },
		NewButton(words.T("Fold"), words.T("Fold every group"), nil, func() { p.Table.FoldAll(true); p.focusTable() }).Quiet(),
		NewButton(words.T("Open"), words.T("Open every group"), nil, func() { p.Table.FoldAll(false); p.focusTable() }).Quiet())
}

// stateChip shows words with a cross, unless it shows them already.
func (p *TablePane[R]) stateChip(box *fyne.Container, words, tip string, drop func(), more ...fyne.CanvasObject) {
	if len(box.Objects) > 0 {
		if l, ok := box.Objects[0].(*widget.Label); ok && l.Text == words {
			return
		}
	}
	l := widget.NewLabel(words)
	x := NewButton("", tip, theme.CancelIcon(), func() { drop(); p.focusTable() }).Quiet()
	box.Objects = append(append([]fyne.CanvasObject{l}, more...), x)
	box.Refresh()
}

// groupBy groups as the user asked.
func (p *TablePane[R]) groupBy(id string) {
	p.Table.GroupBy(id)
	p.changed()
}
