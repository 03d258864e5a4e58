package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
)

// keyList are the keys worth knowing, shown by Ctrl+F1.
var keyList = [][2]string{
	{"Ctrl+1 … Ctrl+9", "Go to a place"},
	{"Ctrl+K", "Find anything"},
	{"Ctrl+F", "Search in this place"},
	{"Ctrl+Z, Ctrl+Shift+Z", "Undo, redo"},
	{"Ctrl+O, Ctrl+N", "Open, new project"},
	{"Ctrl+I", "Import a file"},
	{"Ctrl+Shift+A", "Add an action"},
	{"Ctrl+D", "Show or hide the detail pane"},
	{"Ctrl+F8", "Be shown around"},
	{"Ctrl+comma, Ctrl+0", "Settings; everything at 100 %"},
	{"In the detail pane", "Arrows go from line to line, Enter opens one: where it leads, or where it comes from"},
	{"On a rule between two parts", "Arrows move it"},
	{"Alt+Left", "Back to the last selection"},
	{"Tab, Shift+Tab", "Next, previous control"},
	{"In a table", "Arrows, Page Up and Down, Home, End; typing searches; Ctrl+C copies; Enter shows it on the map"},
	{"In the portfolio", "F2 changes a cell, or one value of all marked rows; Shift+arrows mark, Ctrl+A all; Ctrl+V pastes after a look; Delete makes not known"},
	{"On the heading of a group", "Left folds it, Right opens it, Space marks its rows"},
	{"Up from the first row", "To the headings: Enter sorts, Shift+Enter sorts by one more, Space opens their menu"},
	{"On the map", "Arrows move, + and − zoom, 0 shows everything, Page Down goes to the next asset"},
}

func (w *Window) keys() {
	f := widgets.NewFacts()
	var list []widgets.Fact
	for _, k := range keyList {
		list = append(list, widgets.Fact{Label: k[0], Value: k[1]})
	}
	f.Set(list)
	c := w.win.Canvas()
	pop := widget.NewPopUp(widgets.Inset(8, 8, container.NewBorder(widgets.NewSub("Keys"), nil, nil, nil, widgets.AtLeast(520, 340, f))), c)
	pop.ShowAtPosition(fyne.NewPos((c.Size().Width-pop.MinSize().Width)/2, 80))
}

// freeze asks for a name and keeps the project as a numbered decision.
func (w *Window) freeze() {
	if w.desk.Workspace() == nil {
		return
	}
	c := w.win.Canvas()
	var pop *widget.PopUp
	name := widgets.NewEntry("Name of the decision, as the committee will know it", nil)
	do := func() {
		if name.Text == "" {
			return
		}
		title := name.Text
		pop.Hide()
		w.desk.Change("Freezing a decision", func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error { return ws.Freeze(ctx, title) },
			func() {
				w.desk.Tell(app.Message{Text: "“" + title + "” is frozen. It is listed under Reports and never changes."})
			})
	}
	name.OnSubmitted = func(string) { do() }
	name.OnKey = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape {
			pop.Hide()
			return true
		}
		return false
	}
	buttons := container.NewHBox(layout.NewSpacer(), widgets.NewButton("Cancel", "", nil, func() { pop.Hide() }), widgets.NewButton("Freeze", "Keep everything as it is now", nil, do).Main())
	pop = widget.NewPopUp(widgets.Inset(8, 12, container.NewVBox(widgets.NewSub("Freeze a decision"),
		widgets.NewCaption("Everything in the project is kept as it is now, numbered and sealed."), widgets.AtLeast(420, 0, name), buttons)), c)
	pop.ShowAtPosition(fyne.NewPos((c.Size().Width-pop.MinSize().Width)/2, 80))
	c.Focus(name)
}
