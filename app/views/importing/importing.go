// Package importing shows what an import would do, before it is done: what is
// new, changed, merged or refused, what every column means, which tables are
// taken. Everything can be put right there; one button does it, one leaves
// everything as it is.
package importing

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// Actions are what the place asks of the window.
type Actions struct {
	Accept   func(*app.Preview)
	Leave    func()
	Template func()                                         // save a blank portfolio to fill in
	Save     func(name, ending string, then func(string))   // ask where to write
	Open     func(endings []string, then func(path string)) // ask for a file
}

// View is the preview of an import.
type View struct {
	desk    *app.Desk
	win     fyne.Window
	actions Actions

	preview *app.Preview
	file    int // shown
	gen     int // of the last choice: an older answer never replaces a newer
	busy    bool

	said    *widget.Label
	layout  *widget.Label
	files   *widget.Select
	fileBox *fyne.Container
	tabs    []*widgets.Button
	tab     int
	page    *fyne.Container
	changes *changesPage
	columns *columnsPage
	tables  *tablesPage
	found   *findingsPage
	locked  *passwordPage
	accept  *widgets.Button
	keep    *widgets.Button
	card    *dialog.CustomDialog // in front; nil when there is none
	object  fyne.CanvasObject
}

// The pages, in the order of their buttons.
const (
	pageChanges = iota
	pageColumns
	pageTables
	pageFindings
)

// New makes the place.
func New(d *app.Desk, win fyne.Window, a Actions) *View {
	v := &View{desk: d, win: win, actions: a, said: widgets.NewProse(""), layout: widgets.NewCaption("")}
	v.said.TextStyle.Bold = true
	v.files = widget.NewSelect(nil, func(string) {
		if i := v.files.SelectedIndex(); i >= 0 && i != v.file {
			v.file = i
			v.fill()
		}
	})
	v.fileBox = container.NewBorder(nil, nil, widget.NewLabel(words.T("File")), nil, v.files)
	v.changes, v.columns, v.tables, v.found, v.locked = newChanges(v), newColumns(v), newTables(v), newFindings(v), newPassword(v)
	row := container.NewHBox()
	for i, tip := range []string{words.T("Row by row: what is new, changed, merged or refused"), words.T("What each column means; change it here"), words.T("Which tables and sheets are taken, and what they hold"), words.T("What is wrong or surprising in the file")} {
		b := widgets.NewButton("", tip, nil, func() { v.GoTo(i) })
		v.tabs = append(v.tabs, b)
		row.Add(b)
	}
	v.page = container.NewStack()
	v.accept = widgets.NewButton(words.T("Bring it in"), words.T("Do what is said above, as one step; undo takes it back"), theme.ConfirmIcon(), func() { v.actions.Accept(v.preview) }).Main()
	cancel := widgets.NewButton(words.T("Change nothing"), words.T("Leave what was read out of the project (Escape)"), nil, func() { v.actions.Leave() })
	blank := widgets.NewButton(words.T("Blank template…"), words.T("Save an empty workbook with lists and examples, to collect a register in"), nil, func() { v.actions.Template() }).Quiet()
	v.keep = widgets.NewButton(words.T("Saved layouts…"), words.T("The layouts that are recognised: rename, forget, give away"), nil, v.manageLayouts).Quiet()
	foot := container.NewVBox(widget.NewSeparator(), widgets.Inset(8, 12, container.NewHBox(blank, v.keep, layout.NewSpacer(), cancel, v.accept)))
	head := container.New(layout.NewCustomPaddedVBoxLayout(0), widgets.NewHeading(words.T("Before anything is changed")), v.said, v.layout, v.fileBox, row)
	v.object = container.NewBorder(container.NewVBox(widgets.Inset(6, 16, head), widget.NewSeparator()), foot, nil, nil, v.page)
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go: Enter or Space brings the files in.
func (v *View) Focus() fyne.Focusable {
	switch {
	case v.shown() != nil && v.shown().Password:
		return v.locked.entry
	case v.accept.Disabled():
		return v.tabs[v.tab]
	}
	return v.accept
}

// Preview is what is shown.
func (v *View) Preview() *app.Preview { return v.preview }

// Busy says that a choice is being worked out.
func (v *View) Busy() bool { return v.busy }

// Leave goes back without importing; with a card in front, it only puts that
// away.
func (v *View) Leave() {
	if card := v.card; card != nil {
		v.card = nil
		if v.win.Canvas().Overlays().Top() != nil { // a key may have put it away already
			card.Hide()
			return
		}
	}
	v.actions.Leave()
}

// Shown is how many rows of the page are shown and how many there are.
func (v *View) Shown() (shown, all int) { return v.changes.table.Count() }

// Show puts a preview on the screen.
func (v *View) Show(p *app.Preview) {
	v.gen++
	v.preview, v.busy, v.file, v.tab = p, false, 0, pageChanges
	if p == nil {
		return
	}
	for i := range p.Files { // begin where the user is needed: at a file that cannot be read, else the first with rows
		if p.Files[i].Problem == "" {
			v.file = i
			break
		}
	}
	for i := range p.Files {
		if p.Files[i].Password {
			v.file = i
			break
		}
	}
	if f := v.shown(); f != nil && f.Rows == 0 && len(f.Tables) > 0 {
		v.tab = pageTables // why nothing is taken, and what can be done about it
	}
	v.changes.begin()
	v.fill()
}

// shown is the file on the screen.
func (v *View) shown() *app.FilePreview {
	if v.preview == nil || v.file >= len(v.preview.Files) {
		return nil
	}
	return &v.preview.Files[v.file]
}

// GoTo shows a page.
func (v *View) GoTo(tab int) {
	v.tab = tab
	v.fill()
}

// showColumn goes to the column that a finding is about.
func (v *View) showColumn(at app.Cell) {
	v.GoTo(pageColumns)
	v.columns.reveal(at)
}

// Choose works out what one choice changes, in a job that can be stopped.
func (v *View) Choose(c app.ImportChoice) {
	ws := v.desk.Workspace()
	if ws == nil || v.preview == nil {
		return
	}
	v.gen++
	gen, old := v.gen, v.preview
	v.setBusy(true)
	v.desk.Run(words.T("Looking again"), func(ctx context.Context, p *jobs.Progress) (func(), error) {
		next, err := ws.Revise(ctx, old, c, p)
		if err != nil {
			v.desk.Post(func() {
				if gen == v.gen {
					v.setBusy(false)
					v.fill() // the choosers show again what holds
				}
			})
			return nil, err
		}
		return func() {
			if gen != v.gen {
				return
			}
			v.preview, v.busy = next, false
			v.fill()
			if f := v.shown(); c.Password != nil && f != nil && !f.Password {
				v.win.Canvas().Focus(v.Focus()) // the line for the password is gone
			}
		}, nil
	})
}

func (v *View) setBusy(on bool) {
	v.busy = on
	v.ready()
}

// ready says whether there is something to bring in.
func (v *View) ready() {
	v.accept.SetText(acceptWords(v.preview))
	n := 0
	if v.preview != nil {
		for i := range v.preview.Files {
			f := &v.preview.Files[i]
			n += f.New + f.Changed + f.Merged
		}
	}
	if n == 0 || v.busy {
		v.accept.Disable()
	} else {
		v.accept.Enable()
	}
}

// fill puts the preview into the page that is shown.
func (v *View) fill() {
	p := v.preview
	if p == nil || len(p.Files) == 0 {
		return
	}
	if ws := v.desk.Workspace(); ws != nil && ws.Layouts() != nil {
		v.keep.Show()
	} else {
		v.keep.Hide()
	}
	v.ready()
	v.said.SetText(Summary(p))
	options := make([]string, len(p.Files))
	for i := range p.Files {
		options[i] = words.F("%d of %d: %s – %s", i+1, len(p.Files), shortName(p.Files[i].File), Short(&p.Files[i]))
	}
	v.files.Options = options
	v.files.Selected = options[v.file]
	v.files.Refresh()
	v.fileBox.Hidden = len(p.Files) < 2
	f := v.shown()
	v.layout.SetText(LayoutWords(f))
	v.layout.Hidden = v.layout.Text == ""
	columns := 0
	for i := range f.Tables {
		if f.Tables[i].Taken {
			columns += len(f.Tables[i].Columns)
		}
	}
	for i, label := range []string{words.T("What changes"), counted(words.T("Columns"), columns), counted(words.T("Tables"), len(f.Tables)), counted(words.T("To look at"), len(f.Findings))} {
		b := v.tabs[i]
		b.Importance = widget.LowImportance
		if i == v.tab {
			b.Importance = widget.HighImportance
		}
		b.SetText(label)
		b.Hidden = f.Problem != ""
	}
	v.page.Objects = []fyne.CanvasObject{v.pageFor(f)}
	v.page.Refresh()
	v.object.Refresh()
}

func (v *View) pageFor(f *app.FilePreview) fyne.CanvasObject {
	if f.Problem != "" {
		v.locked.show(f)
		return v.locked.object
	}
	switch v.tab {
	case pageColumns:
		v.columns.show(f)
		return v.columns.object
	case pageTables:
		v.tables.show(f)
		return v.tables.object
	case pageFindings:
		v.found.show(f)
		return v.found.object
	}
	v.changes.show(f)
	return v.changes.object
}

func counted(label string, n int) string {
	if n == 0 {
		return label
	}
	return label + " " + format.Whole(float64(n))
}
