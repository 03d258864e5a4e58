package widgets

import (
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/planting-the-flag/flagstone/app/words"
)

// TableView is a way to look at a table, kept under a name.
type TableView struct {
	Name   string             `json:"name"`
	Order  []string           `json:"order,omitempty"`  // of columns
	Hidden []string           `json:"hidden,omitempty"` // columns put away
	Widths map[string]float32 `json:"widths,omitempty"` // given by the user
	Sorts  []Sort             `json:"sorts,omitempty"`
	Filter Filter             `json:"filter"`
	Group  string             `json:"group,omitempty"`
}

// same says whether two views show the same, whatever they are called and
// however wide the columns are.
func (v TableView) same(w TableView) bool {
	return slices.Equal(v.Order, w.Order) && slices.Equal(v.Hidden, w.Hidden) && slices.Equal(v.Sorts, w.Sorts) && v.Group == w.Group &&
		v.Filter.Search == w.Filter.Search && slices.Equal(v.Filter.Terms, w.Filter.Terms)
}

// views are the views that can be chosen.
type views struct {
	given, saved []TableView
	keep         func([]TableView)
	button       *Button
	now          string // name of the view chosen last
}

// OfferViews lets the user choose among ways to look at the table, those given
// and those that they saved; keep is told the saved ones when they change.
func (p *TablePane[R]) OfferViews(given, saved []TableView, keep func([]TableView)) {
	v := &views{keep: keep, now: given[0].Name}
	for _, g := range given {
		v.given = append(v.given, p.whole(g))
	}
	for _, s := range saved {
		v.saved = append(v.saved, p.whole(s))
	}
	v.button = p.menuButton(words.F("View: %s", v.now), words.T("Choose a way to look at the table, or save this one"), p.viewMenu)
	p.views = v
	p.insertButton(1, v.button)
}

// whole fills in what a view leaves to the table.
func (p *TablePane[R]) whole(v TableView) TableView {
	t := p.Table
	place, hidden := t.place, maps.Clone(t.hidden)
	t.SetOrder(v.Order)
	v.Order = slices.Clone(t.Order())
	t.place = place
	if v.Hidden == nil {
		for i := range t.cols {
			if t.cols[i].Hidden {
				v.Hidden = append(v.Hidden, t.cols[i].ID)
			}
		}
	} else { // columns that a later version brought stay as they come
		clear(t.hidden)
		for _, id := range v.Hidden {
			t.hidden[id] = id != t.cols[0].ID
		}
		v.Hidden = t.HiddenColumns()
	}
	t.hidden = hidden
	if len(v.Widths) == 0 {
		v.Widths = nil
	}
	return v
}

// View is how the table is looked at now.
func (p *TablePane[R]) View() TableView {
	t := p.Table
	v := TableView{Order: slices.Clone(t.Order()), Hidden: t.HiddenColumns(), Widths: t.Widths(), Sorts: slices.Clone(t.Sorts()), Filter: t.Filter(), Group: t.Grouping()}
	if p.views != nil {
		v.Name = p.views.now
	}
	if v.Hidden == nil {
		v.Hidden = []string{}
	}
	return v
}

// ShowView arranges the table in a way.
func (p *TablePane[R]) ShowView(v TableView) {
	t := p.Table
	t.SetOrder(v.Order)
	t.SetHiddenColumns(v.Hidden)
	t.SetWidths(v.Widths)
	t.sorts, t.group = slices.Clone(v.Sorts), ""
	if columnByID(t.cols, v.Group) != nil {
		t.group = v.Group
	}
	clear(t.open)
	t.cell.refold = true
	if p.views != nil && v.Name != "" {
		p.views.now = v.Name
	}
	p.putFilter(v.Filter)
	p.changed()
}

// Views are the views that the user saved.
func (p *TablePane[R]) Views() []TableView {
	if p.views == nil {
		return nil
	}
	return p.views.saved
}

// ViewNamed finds a view.
func (p *TablePane[R]) ViewNamed(name string) (TableView, bool) {
	if p.views != nil {
		for _, v := range slices.Concat(p.views.given, p.views.saved) {
			if strings.EqualFold(v.Name, name) {
				return v, true
			}
		}
	}
	return TableView{}, false
}

// show names the view in the bar, and says when the table is no longer like it.
func (v *views) show(now TableView) {
	shown := words.F("View: %s", v.now)
	for _, x := range slices.Concat(v.given, v.saved) {
		if x.Name == v.now && !x.same(now) {
			shown += words.T(", changed")
		}
	}
	if v.button.Text != shown {
		v.button.SetText(shown)
	}
}

func (p *TablePane[R]) viewMenu(at fyne.CanvasObject) {
	v := p.views
	item := func(x TableView) *fyne.MenuItem {
		m := fyne.NewMenuItem(x.Name, func() { p.ShowView(x); p.focusTable() })
		m.Checked = x.Name == v.now
		return m
	}
	var items []*fyne.MenuItem
	for _, x := range v.given {
		items = append(items, item(x))
	}
	if len(v.saved) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	own := false
	for _, x := range v.saved {
		items = append(items, item(x))
		own = own || x.Name == v.now
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(words.T("Save view…"), p.askSave))
	if own {
		items = append(items, fyne.NewMenuItem(words.F("Save the changes to “%s”", v.now), func() { p.SaveView(v.now) }),
			fyne.NewMenuItem(words.F("Rename “%s”…", v.now), p.askRename),
			fyne.NewMenuItem(words.F("Delete “%s”", v.now), func() { p.DeleteView(v.now) }))
	}
	popUp(at, items...)
}

func (p *TablePane[R]) askSave() {
	name := ""
	if slices.ContainsFunc(p.views.saved, func(x TableView) bool { return x.Name == p.views.now }) {
		name = p.views.now
	}
	p.question(words.T("Name of the view"), name, words.T("Save view"), p.SaveView)
}

func (p *TablePane[R]) askRename() {
	was := p.views.now
	p.question(words.T("New name"), was, words.T("Rename view"), func(name string) string { return p.RenameView(was, name) })
}

// nameOf checks the name of a view.
func (v *views) nameOf(name string) (clean, refused string) {
	clean = strings.Join(strings.Fields(name), " ")
	switch {
	case clean == "":
		return "", words.T("A name is needed.")
	case len([]rune(clean)) > 60:
		return "", words.T("The name is longer than 60 letters.")
	}
	for _, g := range v.given {
		if strings.EqualFold(g.Name, clean) {
			return "", words.F("“%s” comes with Flagstone. Choose another name.", g.Name)
		}
	}
	return clean, ""
}

func (v *views) at(name string) int {
	return slices.IndexFunc(v.saved, func(x TableView) bool { return strings.EqualFold(x.Name, name) })
}

// SaveView keeps how the table is looked at now; a view of that name is
// replaced. It says in a sentence why it cannot.
func (p *TablePane[R]) SaveView(name string) (refused string) {
	v := p.views
	name, refused = v.nameOf(name)
	if refused != "" {
		return refused
	}
	now := p.View()
	now.Name = name
	if i := v.at(name); i >= 0 {
		v.saved[i] = now
	} else {
		v.saved = append(v.saved, now)
	}
	v.now = name
	v.keep(v.saved)
	p.changed()
	return ""
}

// RenameView gives a saved view another name.
func (p *TablePane[R]) RenameView(was, name string) (refused string) {
	v := p.views
	name, refused = v.nameOf(name)
	i := v.at(was)
	if refused != "" || i < 0 {
		return refused
	}
	if j := v.at(name); j >= 0 && j != i {
		return words.F("There is a view “%s” already.", v.saved[j].Name)
	}
	v.saved[i].Name, v.now = name, name
	v.keep(v.saved)
	p.changed()
	return ""
}

// DeleteView forgets a saved view; the table stays as it is.
func (p *TablePane[R]) DeleteView(name string) {
	v := p.views
	if i := v.at(name); i >= 0 {
		v.saved = slices.Delete(v.saved, i, i+1)
		v.now = v.given[0].Name
		v.keep(v.saved)
		p.changed()
	}
}
