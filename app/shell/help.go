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
	"github.com/planting-the-flag/flagstone/app/words"
)

// keyList are the keys worth knowing, shown by Ctrl+F1.
var keyList = [][2]string{
	{"Ctrl+1 … Ctrl+9", words.Later("Go to a place")},
	{"Ctrl+K", words.Later("Find anything")},
	{"Ctrl+F", words.Later("Search in this place")},
	{words.Later("Ctrl+Z, Ctrl+Shift+Z"), words.Later("Undo, redo")},
	{"Ctrl+O, Ctrl+N", words.Later("Open, new project")},
	{"Ctrl+I", words.Later("Import a file")},
	{words.Later("Ctrl+Shift+A"), words.Later("Add an action")},
	{"Ctrl+D", words.Later("Show or hide the detail pane")},
	{"Ctrl+F8", words.Later("Be shown around")},
	{words.Later("Ctrl+comma, Ctrl+0"), words.Later("Settings; everything at 100 %")},
	{words.Later("In the detail pane"), words.Later("Arrows go from line to line, Enter opens one: where it leads, or where it comes from")},
	{words.Later("On a rule between two parts"), words.Later("Arrows move it")},
	{words.Later("Alt+Left"), words.Later("Back to the last selection")},
	{words.Later("Tab, Shift+Tab"), words.Later("Next, previous control")},
	{words.Later("In a table"), words.Later("Arrows, Page Up and Down, Home, End; typing searches; Ctrl+C copies; Enter shows it on the map")},
	{words.Later("In the portfolio"), words.Later("F2 changes a cell, or one value of all marked rows; Shift+arrows mark, Ctrl+A all; Ctrl+V pastes after a look; Delete makes not known")},
	{words.Later("On the heading of a group"), words.Later("Left folds it, Right opens it, Space marks its rows")},
	{words.Later("Up from the first row"), words.Later("To the headings: Enter sorts, Shift+Enter sorts by one more, Space opens their menu")},
	{words.Later("On the map"), words.Later("Arrows move, + and − zoom, 0 shows everything, Page Down goes to the next asset")},
}

func (w *Window) keys() {
	f := widgets.NewFacts()
	var list []widgets.Fact
	for _, k := range keyList {
		list = append(list, widgets.Fact{Label: words.T(k[0]), Value: words.T(k[1])})
	}
	f.Set(list)
	c := w.win.Canvas()
	var pop *widget.PopUp
	shut := widgets.NewButton(words.T("Close"), words.T("Close this card (Escape)"), nil, func() { pop.Hide() }).Main()
	pop = widget.NewPopUp(widgets.Inset(8, 8, container.NewBorder(widgets.NewSub(words.T("Keys")), container.NewHBox(layout.NewSpacer(), shut), nil, nil,
		widgets.AtLeast(min(560, c.Size().Width-64), min(640, c.Size().Height-160), container.NewVScroll(f)))), c)
	pop.ShowAtPosition(fyne.NewPos((c.Size().Width-pop.MinSize().Width)/2, 32))
	c.Focus(shut)
}

// freeze asks for a name and keeps the project as a numbered decision.
func (w *Window) freeze() {
	if w.desk.Workspace() == nil {
		return
	}
	c := w.win.Canvas()
	var pop *widget.PopUp
	name := widgets.NewEntry(words.T("Name of the decision, as the committee will know it"), nil)
	do := func() {
		if name.Text == "" {
			return
		}
		title := name.Text
		pop.Hide()
		w.desk.Change(words.T("Freezing a decision"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error { return ws.Freeze(ctx, title) },
			func() {
				w.desk.Tell(app.Message{Text: words.F("“%s” is frozen. It is listed under Reports and never changes.", title)})
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
	buttons := container.NewHBox(layout.NewSpacer(), widgets.NewButton(words.T("Cancel"), "", nil, func() { pop.Hide() }), widgets.NewButton(words.T("Freeze"), words.T("Keep everything as it is now"), nil, do).Main())
	pop = widget.NewPopUp(widgets.Inset(8, 12, container.NewVBox(widgets.NewSub(words.T("Freeze a decision")),
		widgets.NewCaption(words.T("Everything in the project is kept as it is now, numbered and sealed.")), widgets.AtLeast(420, 0, name), buttons)), c)
	pop.ShowAtPosition(fyne.NewPos((c.Size().Width-pop.MinSize().Width)/2, 80))
	c.Focus(name)
}
