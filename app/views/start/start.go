// Package start is what the window shows while no project is open, and what an
// empty place says.
package start

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// Actions are what the start screen can begin.
type Actions struct {
	New, Open, Demonstration func()
	OpenRecent               func(path string)
	Forget                   func(path string)
}

// View is the start screen.
type View struct {
	actions Actions
	recent  *fyne.Container
	object  fyne.CanvasObject
	first   *widgets.Button
}

// New makes the start screen.
func New(a Actions) *View {
	v := &View{actions: a, recent: container.NewVBox()}
	flag := canvas.NewImageFromResource(theme.NewColoredResource(look.Icon("flag"), look.Accent))
	flag.FillMode = canvas.ImageFillContain
	flag.SetMinSize(fyne.NewSize(36, 36))
	title := widgets.NewHeading("Flagstone")
	lead := widgets.NewProse(words.T("See what a place's public buildings cost, what could be done with them, and what that would come to."))
	v.first = widgets.NewButton(words.T("Explore the demonstration place"), words.T("Trafford, made from open data"), theme.NavigateNextIcon(), a.Demonstration).Main()
	buttons := container.NewGridWithColumns(3,
		widgets.NewButton(words.T("New project"), words.T("Start from your own spreadsheets (Ctrl+N)"), theme.ContentAddIcon(), a.New),
		widgets.NewButton(words.T("Open project"), words.T("Open a .flagstone file (Ctrl+O)"), theme.FolderOpenIcon(), a.Open),
		v.first)
	hint := widgets.NewCaption(words.T("Or drop spreadsheets or a project file anywhere on this window. Everything stays on this computer."))
	col := container.NewVBox(
		container.NewHBox(flag, title), lead, layout.NewSpacer(), buttons, hint, layout.NewSpacer(),
		widgets.NewSub(words.T("Opened lately")), v.recent)
	v.object = widgets.Ground(look.Chrome, container.NewScroll(container.NewCenter(widgets.AtLeast(640, 420, widgets.Ground(look.Panel, widgets.Inset(24, 32, col))))))
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go.
func (v *View) Focus() fyne.Focusable { return v.first }

// longestName is how much room the name of a project takes in the list.
const longestName = 430

// whole is the name of a project, that of its file where it has none.
func whole(f session.RecentFile) string {
	if f.Name == "" {
		return filepath.Base(f.Path)
	}
	return f.Name
}

// Show lists the projects opened lately.
func (v *View) Show(files []session.RecentFile) {
	v.recent.RemoveAll()
	const most = 5
	for i, f := range files {
		if i == most {
			break
		}
		name := whole(f)
		name, cut := widgets.Fit(name, longestName, look.Body, fyne.TextStyle{Bold: true})
		tip := f.Path
		if cut {
			tip = whole(f) + "\n" + f.Path
		}
		open := widgets.NewButton(name, tip, nil, func() { v.actions.OpenRecent(f.Path) }).Quiet()
		open.Alignment = widget.ButtonAlignLeading
		when := widget.NewLabel(format.Date(f.When))
		when.Importance = widget.LowImportance
		drop := widgets.NewButton("", words.T("Take it off this list; the file stays"), theme.CancelIcon(), func() { v.actions.Forget(f.Path) }).Quiet()
		v.recent.Add(container.NewBorder(nil, nil, nil, container.NewHBox(when, drop), open))
	}
	if len(files) == 0 {
		v.recent.Add(widgets.NewCaption(words.T("Projects you open will be listed here.")))
	}
}

// Empty is what a place says while it has nothing to show: what belongs here,
// one button to put it there, other ways to come by it, one link to the
// demonstration.
func Empty(what, button string, do, demonstration func(), more ...fyne.CanvasObject) fyne.CanvasObject {
	p := widgets.NewProse(what)
	p.Alignment = fyne.TextAlignCenter
	b := widgets.NewButton(button, "", theme.FolderOpenIcon(), do).Main()
	d := widgets.NewButton(words.T("Or look at the demonstration place"), words.T("Opens Trafford in place of this project"), nil, demonstration).Quiet()
	col := container.NewVBox(p, container.NewCenter(b))
	for _, o := range append(more, d) {
		col.Add(container.NewCenter(o))
	}
	return container.NewCenter(widgets.AtLeast(420, 160, col))
}
