package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/words"
)

// chip is one filter in the bar.
type chip struct {
	column  string
	stays   bool // in the bar when it filters nothing
	terms   []Term
	set     func() // shows the terms without applying them
	options func() // the values are those of all rows, so they change with the data only
	object  fyne.CanvasObject
	drop    *Button
}

// on says whether the filter leaves rows out.
func (c *chip) on() bool {
	return slices.ContainsFunc(c.terms, func(t Term) bool { return t.Text != "" || t.Exact })
}

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
			c.put()
		default:
			p.removeChip(c)
		}
	}
	for _, t := range f.Terms {
		if c := p.addChip(t.Column, false); c != nil {
			c.put(append(c.terms, t)...)
		}
	}
	p.quiet = false
	p.apply()
}

func (c *chip) put(terms ...Term) {
	c.terms = terms
	c.set()
}

func (p *TablePane[R]) apply() {
	if p.quiet {
		return
	}
	f := Filter{Search: p.Search.Text}
	for _, c := range p.terms {
		if c.on() {
			f.Terms = append(f.Terms, c.terms...)
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
	c := &chip{column: id, stays: stays, options: func() {}}
	c.drop = NewButton("", words.F("Take the filter by %s away", words.Small(col.Label)), theme.CancelIcon(), func() {
		if c.stays {
			c.put()
		} else {
			p.removeChip(c)
		}
		p.apply()
		p.focusTable()
	}).Quiet()
	if stays {
		c.drop.Hide()
	}
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

// choiceChip filters by any of the values that are ticked.
func (p *TablePane[R]) choiceChip(c *chip, col *Column[R]) {
	v := newValueChooser(col.Label, func(chosen []string) {
		c.terms = nil
		for _, x := range chosen {
			c.terms = append(c.terms, Term{Column: col.ID, Text: x, Exact: true})
		}
		p.apply()
	})
	c.set = func() {
		var chosen []string
		words := ""
		for _, t := range c.terms {
			if t.Exact {
				chosen = append(chosen, t.Text)
			} else {
				words = t.Text
			}
		}
		v.show(chosen, words)
	}
	c.options = func() {
		all := p.Table.Choices(col.ID)
		v.offer(all[:min(len(all), mostValues)], col.blank())
	}
	c.object = container.NewBorder(nil, nil, nil, c.drop, Wide(168, v))
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
		c.terms = []Term{{Column: col.ID, Text: strings.TrimSpace(s)}}
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
	c.set = func() {
		text := ""
		for _, t := range c.terms {
			text = t.Text
		}
		e.SetText(text)
	}
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
