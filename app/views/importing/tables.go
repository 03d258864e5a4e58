package importing

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// tablesPage lists the tables and sheets of a file, with the first rows of each,
// to be taken or left out.
type tablesPage struct {
	v      *View
	box    *fyne.Container
	object *container.Scroll
}

func newTables(v *View) *tablesPage {
	p := &tablesPage{v: v, box: container.NewVBox()}
	p.object = container.NewVScroll(widgets.Inset(8, 16, p.box))
	return p
}

// owner says whose the things are whose rows do not say, and lets the user say
// it.
func (p *tablesPage) owner(f *app.FilePreview) fyne.CanvasObject {
	said := p.v.preview.Owner
	if f.Ownerless == 0 && said == "" {
		return nil
	}
	text := format.Counted(f.Ownerless, "%s row does not say whose they are.", "%s rows do not say whose they are.")
	if said != "" {
		text = words.F("Rows that do not say whose they are belong to %s.", said)
	}
	b := widgets.NewButton(words.T("Say whose they are…"), words.T("Name the organisation for the rows that do not"), nil, p.v.askOwner)
	return container.NewBorder(nil, nil, nil, b, widgets.NewProse(text))
}

// askOwner asks for the organisation of the rows that name none.
func (v *View) askOwner() {
	var names []string
	if s := v.desk.Snapshot(); s != nil {
		for i := range s.Organisations {
			names = append(names, s.Organisations[i].Name)
		}
	}
	v.ask(words.T("Whose are the rows that do not say?"), words.T("Set"), v.preview.Owner, names, func(name string) {
		v.Choose(app.ImportChoice{Organisation: &name})
	})
}

// mostTables is how many tables are shown with their rows; a book of more is
// listed without.
const mostTables = 20

func (p *tablesPage) show(f *app.FilePreview) {
	p.box.RemoveAll()
	if o := p.owner(f); o != nil {
		p.box.Add(o)
	}
	if len(f.Tables) == 0 {
		p.box.Add(widgets.NewProse(words.T("The file holds no table.")))
	}
	for i := range f.Tables {
		p.box.Add(p.card(&f.Tables[i], i < mostTables))
	}
	p.box.Refresh()
	p.object.Refresh()
}

// TableTitle names a table: its sheet, and its row when a sheet holds several.
func TableTitle(t *app.TablePreview) string {
	name := t.Sheet
	if name == "" {
		name = t.File
	}
	if t.Hidden {
		name += words.T(" (hidden sheet)")
	}
	return name
}

func (p *tablesPage) card(t *app.TablePreview, rows bool) fyne.CanvasObject {
	take := widget.NewCheck(words.T("Bring in"), nil)
	take.Checked = t.Taken
	take.OnChanged = func(on bool) {
		p.v.Choose(app.ImportChoice{Table: &app.TableChoice{File: t.File, Sheet: t.Sheet, Row: t.Row, Take: on, Kind: kindFor(t, on)}})
	}
	kind := widget.NewSelect(nil, nil)
	kind.PlaceHolder = words.T("What is it?")
	for _, k := range kinds {
		kind.Options = append(kind.Options, k.title)
		if k.id == t.Kind {
			kind.Selected = k.title
		}
	}
	kind.OnChanged = func(string) {
		if i := kind.SelectedIndex(); i >= 0 && kinds[i].id != t.Kind {
			p.v.Choose(app.ImportChoice{Table: &app.TableChoice{File: t.File, Sheet: t.Sheet, Row: t.Row, Take: true, Kind: kinds[i].id}})
		}
	}
	if !t.CanTake {
		take.Disable()
	}
	if !t.CanTake || len(t.Columns) == 0 {
		kind.Hide()
	}
	head := container.NewBorder(nil, nil, nil, container.NewHBox(widgets.Wide(190, kind), take), widgets.NewSub(TableTitle(t)))
	box := container.New(layout.NewCustomPaddedVBoxLayout(0), head, widgets.NewProse(tableWords(t)))
	if rows && len(t.Sample) > 1 {
		s := newSheet()
		s.sample(t.Sample)
		box.Add(widgets.Inset(2, 8, s.where))
	}
	if len(t.Skipped) > 0 {
		list := t.Skipped
		more := ""
		if len(list) > 6 {
			more, list = words.F("; and %d more", len(list)-6), list[:6]
		}
		box.Add(widgets.NewCaption(words.F("No data, so not read: %s%s.", strings.Join(list, "; "), more)))
	}
	box.Add(widgets.Inset(6, 0, widget.NewSeparator()))
	return box
}

// kindFor says what a table that was passed over is taken for when the user
// takes it in all the same: buildings, unless its kind is known.
func kindFor(t *app.TablePreview, on bool) string {
	if on && t.Kind == "" && len(t.Columns) > 0 {
		return "assets"
	}
	return ""
}

// tableWords says what a table is taken for, or why it is not.
func tableWords(t *app.TablePreview) string {
	s := format.Count(t.Rows, "row", "rows")
	switch {
	case t.Taken:
		s += words.F(", read as: %s", strings.ToLower(kindTitle(t.Kind)))
		if t.Row > 1 {
			s += words.F("; the names of the columns are in row %d", t.Row)
		}
		return s + "."
	case t.Hidden && len(t.Columns) == 0 && t.CanTake:
		return words.F("%s. Not read, because the sheet is hidden.", s)
	}
	s += words.F(". Not read: %s.", t.Passed)
	if t.CanTake && len(t.Columns) > 0 {
		s += words.T(" If it is a list you need all the same, say what its rows are, or tick Bring in.")
	}
	return s
}
