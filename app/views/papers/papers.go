// Package papers is the place where what others act on is written: the workbook
// for finance, the business case for the committee, open data.
package papers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
)

// View is the place.
type View struct {
	desk    *app.Desk
	write   func(app.ExportKind, app.Export)
	box     *fyne.Container
	about   *widget.Label
	edition *widget.RadioGroup
	frozen  *fyne.Container
	rows    []*row
	object  fyne.CanvasObject
	first   fyne.Focusable
}

// Editions in words.
const (
	exemptEdition = "Exempt: everything, for those who may see it"
	publicEdition = "Public: leaves out what is commercially sensitive"
)

// New makes the place; write asks where to and writes.
func New(d *app.Desk, write func(app.ExportKind, app.Export)) *View {
	v := &View{desk: d, write: write, box: container.NewVBox(), about: widgets.NewProse(""), frozen: container.NewVBox()}
	v.edition = widget.NewRadioGroup([]string{publicEdition, exemptEdition}, nil)
	v.edition.SetSelected(publicEdition)
	v.edition.Required = true
	body := container.NewVBox(widgets.NewHeading("Reports"), v.about,
		widgets.NewSub("Edition"), v.edition, widgets.NewSub("Write"), v.box, v.frozen)
	v.object = container.NewVScroll(widgets.Inset(12, 20, body))
	d.On(app.WorkspaceChanged, v.build)
	d.On(app.ScenarioChanged, v.show)
	d.On(app.ProjectChanged, v.decisions)
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go.
func (v *View) Focus() fyne.Focusable { return v.first }

// row is one thing that can be written.
type row struct {
	kind  app.ExportKind
	write *widgets.Button
	about *widget.Label
}

// build makes the rows of a project once; show only changes words.
func (v *View) build() {
	ws := v.desk.Workspace()
	v.rows, v.first = nil, nil
	v.box.RemoveAll()
	if ws == nil {
		return
	}
	for _, k := range ws.Exports() {
		r := &row{kind: k, about: widgets.NewProse("")}
		r.write = widgets.NewButton("Write "+lower(k.Title), "Choose where to, then write "+lower(k.Title), theme.DocumentSaveIcon(), func() { v.ask(k) })
		r.write.Alignment = widget.ButtonAlignLeading
		if v.first == nil {
			v.first = r.write
		}
		v.rows = append(v.rows, r)
		v.box.Add(container.NewBorder(nil, nil, widgets.Wide(270, container.NewVBox(r.write)), nil, r.about))
	}
	v.show()
}

func (v *View) show() {
	if v.desk.Workspace() == nil {
		return
	}
	sc := v.desk.Scenario()
	name := "no scenario"
	if sc != nil {
		name = "“" + sc.Name + "”"
	}
	v.about.SetText("Papers about one scenario are written for the one being edited: " + name + ". Figures are worked out from the project as it is now.")
	for _, r := range v.rows {
		text := r.kind.Description
		if r.kind.Scenario && sc != nil {
			text += " About " + name + "."
		}
		if r.about.Text != text {
			r.about.SetText(text)
		}
	}
}

func lower(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	if len(r) > 1 && r[1] >= 'A' && r[1] <= 'Z' {
		return s
	}
	return string([]rune{r[0] | 0x20}) + string(r[1:])
}

func (v *View) ask(k app.ExportKind) {
	e := app.Export{Kind: k.ID, Public: v.edition.Selected != exemptEdition}
	if sc := v.desk.Scenario(); sc != nil {
		e.Scenario = sc.ID
	}
	v.write(k, e)
}

// decisions lists what was frozen.
func (v *View) decisions() {
	s := v.desk.Snapshot()
	v.frozen.RemoveAll()
	if s == nil || len(s.Decisions) == 0 {
		return
	}
	v.frozen.Add(widgets.NewSub("Frozen decisions"))
	for i := range s.Decisions {
		d := &s.Decisions[i]
		hash := d.Hash
		if len(hash) > 12 {
			hash = hash[:12]
		}
		v.frozen.Add(container.NewHBox(widget.NewLabel(format.Whole(float64(d.Number))+". "+d.Name), layout.NewSpacer(), widget.NewLabel(format.Date(d.When)+"  "+hash)))
	}
}
