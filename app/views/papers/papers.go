// Package papers is the place where what others act on is written: the workbook
// for finance, the business case for the committee, open data.
package papers

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
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
	side    *fyne.Container // files or chapters
	lists   fyne.CanvasObject

	paper    *widget.RadioGroup // which paper is shown
	task     *widget.RadioGroup // files to write, or parts and words
	parts    *parts
	words    *wording
	left     *fyne.Container
	files    fyne.CanvasObject
	chapters fyne.CanvasObject
	all      []app.Section
	pages    *preview
	building bool
	built    bool // the rows are those of the open project
}

// Papers that can be looked at before they are written.
func shown() []string {
	return []string{words.T("Business case"), words.T("Cover report")}
}

var shownKinds = []string{"business-case", "cover-report"}

// Editions in words.
func exemptEdition() string { return words.T("Exempt: with everything") }
func publicEdition() string { return words.T("Public: no sensitive figures") }

// New makes the place; write asks where to and writes.
func New(d *app.Desk, write func(app.ExportKind, app.Export)) *View {
	v := &View{desk: d, write: write, box: container.NewVBox(), about: widgets.NewProse(""), frozen: container.NewVBox()}
	v.pages = newPreview(d)
	v.edition = widget.NewRadioGroup([]string{publicEdition(), exemptEdition()}, func(string) { v.look() })
	v.edition.Selected = publicEdition()
	v.edition.Required = true
	v.paper = widget.NewRadioGroup(shown(), func(string) { v.look() })
	v.paper.Selected, v.paper.Required, v.paper.Horizontal = shown()[0], true, true
	v.parts, v.words = newParts(v), newWords(v)
	v.task = widget.NewRadioGroup(tasks(), func(string) { v.arrange() })
	v.task.Selected, v.task.Required, v.task.Horizontal = tasks()[0], true, true
	head := container.NewVBox(widgets.NewHeading(words.T("Reports")), v.task)
	v.files = container.NewVScroll(container.NewVBox(v.about,
		widgets.NewSub(words.T("Edition")), v.edition, widgets.NewSub(words.T("Write")), v.box, v.frozen))
	v.chapters = container.NewVScroll(container.NewVBox(
		widgets.NewCaption(words.T("Leave out what the committee does not need, and say things in your own words. What you change is kept in the project; undo takes it back. The cover report is written by Flagstone alone.")), v.parts.box))
	v.side = container.NewStack(v.files)
	v.lists = container.NewBorder(head, nil, nil, nil, v.side)
	v.left = container.NewStack(v.lists)
	right := container.NewBorder(widgets.Inset(4, 8, v.paper), nil, nil, nil, v.pages.object)
	v.object = widgets.SplitBeside("reports", 0.46, widgets.Inset(12, 16, v.left), right)
	d.On(app.WorkspaceChanged, v.empty)
	d.On(app.ScenarioChanged, v.show)
	d.On(app.ProjectChanged, v.changed)
	d.On(app.ResultsChanged, v.look)
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go. It is asked for when the place opens, which is when
// the pages are brought up to date.
func (v *View) Focus() fyne.Focusable {
	v.build()
	v.look()
	return v.first
}

// Shown is how many pages the preview has.
func (v *View) Shown() (shown, all int) { return len(v.pages.pages), len(v.pages.pages) }

// Tick puts a part of the business case in, or leaves it out, for tests.
func (v *View) Tick(section string, in bool) {
	for _, r := range v.parts.rows {
		if r.section.ID == section {
			r.in.SetChecked(in)
		}
	}
}

// Edit opens the words of a part, for tests.
func (v *View) Edit(section string) {
	for _, r := range v.parts.rows {
		if r.section.ID == section {
			r.edit.OnTapped()
		}
	}
}

// Entry is where words are typed, for tests.
func (v *View) Entry() *widgets.Entry { return v.words.text }

// Restore is the button that takes a part back to our text, for tests.
func (v *View) Restore() *widgets.Button { return v.words.restore }

// tasks are the two sides of the place.
func tasks() []string {
	return []string{words.T("Files to write"), words.T("Parts and words")}
}

// arrange shows the side that was chosen.
func (v *View) arrange() {
	show := func(c *fyne.Container, o fyne.CanvasObject) {
		c.Objects = []fyne.CanvasObject{o}
		c.Refresh()
	}
	if v.task.Selected == tasks()[1] {
		show(v.side, v.chapters)
	} else {
		show(v.side, v.files)
	}
	if v.words.visible {
		show(v.left, v.words.object)
	} else {
		show(v.left, v.lists)
	}
	if v.task.Selected == tasks()[1] && v.paper.Selected != shown()[0] {
		v.paper.SetSelected(shown()[0]) // what can be edited
	}
}

// changed brings everything up to date that the project says.
func (v *View) changed() {
	s := v.desk.Snapshot()
	v.decisions()
	if s == nil {
		return
	}
	v.parts.fill(s)
	if v.words.visible {
		v.words.show()
	}
}

// put keeps what was changed in a part of the paper, as a named step.
func (v *View) put(step string, part model.PaperPart, then func()) {
	v.desk.Change(words.T("Saving"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
		return ws.PutPaper(ctx, step, part)
	}, then)
}

// outs is how many parts the paper does without.
func (v *View) outs() int {
	n := 0
	if s := v.desk.Snapshot(); s != nil {
		for _, x := range v.all {
			if s.Paper(x.ID).LeftOut {
				n++
			}
		}
	}
	return n
}

// look brings the preview up to date, while the place is in sight.
func (v *View) look() {
	if v.building || v.desk.Place() != "reports" || v.desk.Comparison() == nil || v.desk.Computing() {
		return
	}
	e := v.export(shownKinds[max(0, slices.Index(shown(), v.paper.Selected))])
	if len(v.all) > 0 && v.outs() == len(v.all) && e.Kind == shownKinds[0] {
		v.pages.clear(words.T("Tick at least one part of the business case."))
		return
	}
	v.pages.make(fmt.Sprintf("%p %+v", v.desk.Comparison(), e), e)
}

// export is what the settings ask for.
func (v *View) export(kind string) app.Export {
	e := app.Export{Kind: kind, Public: v.edition.Selected != exemptEdition()}
	if sc := v.desk.Scenario(); sc != nil {
		e.Scenario = sc.ID
	}
	if s := v.desk.Snapshot(); s != nil && v.outs() > 0 {
		for _, x := range v.all {
			if !s.Paper(x.ID).LeftOut {
				e.Sections = append(e.Sections, x.ID)
			}
		}
	}
	return e
}

// row is one thing that can be written.
type row struct {
	kind  app.ExportKind
	write *widgets.Button
	about *widget.Label
	said  string // what about says, or is about to
}

// empty forgets the project before.
func (v *View) empty() {
	v.built = false
	v.rows, v.first = nil, nil
	v.box.RemoveAll()
	v.pages.clear("")
	if v.desk.Place() == "reports" {
		v.build()
	}
}

// build makes the rows of a project once, when the place first comes into sight:
// opening a project does not wait for them. Show only changes words. What takes
// long to measure is done piece by piece.
func (v *View) build() {
	ws := v.desk.Workspace()
	if v.built || ws == nil {
		return
	}
	v.built = true
	v.building = true
	v.all = ws.Sections()
	v.words.visible = false
	v.arrange()
	v.building = false
	v.later(func() {
		v.building = true
		v.parts.build(v.all)
		v.parts.fill(v.desk.Snapshot())
		v.building = false
	})
	var rows []fyne.CanvasObject
	for _, k := range ws.Exports() {
		r := &row{kind: k, about: widgets.NewCaption("")}
		r.write = widgets.NewButton(words.F("Write %s", lower(k.Title)), words.F("Choose where to, then write %s", lower(k.Title)), theme.DocumentSaveIcon(), func() { v.ask(k) })
		r.write.Alignment = widget.ButtonAlignLeading
		if v.first == nil {
			v.first = r.write
		}
		v.rows = append(v.rows, r)
		rows = append(rows, container.New(layout.NewCustomPaddedVBoxLayout(-4), r.write, r.about))
	}
	v.box.Objects = rows
	v.box.Refresh()
	v.show()
}

// later does something in a piece of work of its own, if the same project is
// still open then.
func (v *View) later(do func()) {
	ws := v.desk.Workspace()
	v.desk.Post(func() {
		if v.built && v.desk.Workspace() == ws {
			do()
		}
	})
}

func (v *View) show() {
	if !v.built || v.desk.Workspace() == nil {
		return
	}
	sc := v.desk.Scenario()
	name := words.T("no scenario")
	if sc != nil {
		name = "“" + sc.Name + "”"
	}
	about := words.F("Papers about one scenario are written for the one being edited: %s. Figures are worked out from the project as it is now.", name)
	if v.about.Text != about {
		v.about.SetText(about)
	}
	for _, r := range v.rows {
		text := r.kind.Description
		if r.kind.Scenario && sc != nil {
			text += words.F(" About %s.", name)
		}
		if r.said != text {
			r.said = text
			v.later(func() {
				if r.said == text {
					r.about.SetText(text)
				}
			})
		}
	}
	v.look()
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
	v.write(k, v.export(k.ID))
}

// decisions lists what was frozen.
func (v *View) decisions() {
	s := v.desk.Snapshot()
	v.frozen.RemoveAll()
	if s == nil || len(s.Decisions) == 0 {
		return
	}
	v.frozen.Add(widgets.NewSub(words.T("Frozen decisions")))
	for i := range s.Decisions {
		d := &s.Decisions[i]
		hash := d.Hash
		if len(hash) > 12 {
			hash = hash[:12]
		}
		v.frozen.Add(container.NewHBox(widget.NewLabel(format.Whole(float64(d.Number))+". "+d.Name), layout.NewSpacer(), widget.NewLabel(format.Date(d.When)+"  "+hash)))
	}
}
