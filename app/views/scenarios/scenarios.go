// Package scenarios is the place where plans are made and set side by side:
// results of every scenario, the actions of the one being edited with their
// conflicts, and what they do year by year.
//
// It shows results; it computes none.
package scenarios

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/glossary"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/views/detail"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// View is the place.
type View struct {
	desk    *app.Desk
	win     fyne.Window
	compare *widgets.Compare
	board   *widgets.DataTable[Row]
	title   *widget.Label
	remove  *widgets.Button
	chosen  []model.ScenarioID // side by side; none for the first few
	against *widget.Label
	add     *widgets.Button
	moreBtn *widgets.Button
	copyBtn *widgets.Button
	later   *widgets.Button
	sooner  *widgets.Button
	chart   *widgets.Chart
	first   *first
	picture string
	object  fyne.CanvasObject
	// OnBetter is asked to look for a better plan.
	OnBetter func()
	// OnFreeze is asked to keep a numbered decision.
	OnFreeze func()
	adding   *adder // the card that is open, or was last
}

// Row is one action of the scenario being edited.
type Row struct {
	ID, Year, Title, Note string
}

// pictures are the charts that can be chosen.
func pictures() []string {
	return []string{words.T("Cash by year"), words.T("Carbon by year"), words.T("Floor area by year")}
}

// New makes the place.
func New(d *app.Desk, w fyne.Window) *View {
	v := &View{desk: d, win: w, compare: widgets.NewCompare(), picture: pictures()[0]}
	v.compare.OnChosen = func(id string) {
		d.SetScenario(model.ScenarioID(id))
		d.Select(app.OneScenario, id)
	}
	v.compare.OnCell = func(id string, row int) {
		if f := measures[row].figure; f != "" {
			if c := d.Comparison(); c != nil {
				d.Trace(model.ScenarioID(id), strings.ReplaceAll(f, "LAST", strconv.Itoa(c.BaseYear+c.Years-1)))
			}
		}
	}
	v.title = widgets.NewSub("")
	v.board = widgets.NewDataTable([]widgets.Column[Row]{
		{ID: "year", Label: words.T("Year"), Width: 76, Tip: glossary.Tip("year of an action"), Text: func(r *Row) string { return r.Year }},
		{ID: "title", Label: words.T("Action"), Width: 210, Grow: true, Text: func(r *Row) string { return r.Title }},
		{ID: "note", Label: words.T("What stands in the way"), Width: 170, Tip: glossary.Tip("conflict"), Text: func(r *Row) string { return r.Note }},
	}, func(r *Row) string { return r.ID }, d.Post)
	v.board.Placeholder = words.T("No actions yet. Add the first one here.")
	v.board.OnSelected = func(id string) { d.Select(app.OneAction, id) }
	v.copyBtn = widgets.NewButton(words.T("Copy"), words.T("Make a new scenario from this one"), theme.ContentCopyIcon(), v.copyScenario)
	v.moreBtn = widgets.NewButton(words.T("More"), words.T("Branch, lock, freeze or remove this scenario"), theme.MenuDropDownIcon(), nil)
	v.moreBtn.IconPlacement = widget.ButtonIconTrailingText
	v.moreBtn.OnTapped = func() { v.more(v.moreBtn) }
	v.add = widgets.NewButton(words.T("Add action"), words.T("Plan something for a building (Ctrl+Shift+A)"), theme.ContentAddIcon(), nil)
	v.add.OnTapped = func() { v.AddAction("", v.add) }
	v.remove = widgets.NewButton(words.T("Remove"), words.T("Take the selected action out of the scenario"), theme.ContentRemoveIcon(), v.removeAction)
	v.sooner = widgets.NewButton("", words.T("Bring the selected action forward by a year"), theme.NavigateBackIcon(), func() { v.shift(-1) })
	v.later = widgets.NewButton("", words.T("Put the selected action off by a year"), theme.NavigateNextIcon(), func() { v.shift(1) })
	v.chart = widgets.NewChart(d.Post)
	v.first = newFirst(v)
	choose := widget.NewSelect(pictures(), func(s string) { v.picture = s; v.draw() })
	choose.Selected = v.picture

	find := widgets.NewButton(words.T("Find a better plan"), words.T("Let the program look for the plan of most value (Ctrl+Shift+B)"), theme.SearchIcon(), func() { v.OnBetter() })
	choices := widgets.NewButton(words.T("Compare…"), words.T("Choose up to five scenarios and what they are measured against"), nil, v.chooseCompared)
	v.against = widget.NewLabel("")
	v.against.Importance, v.against.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
	head := container.NewVBox(widgets.Flow(widgets.NewSub(words.T("Results side by side")), choices, find, v.copyBtn, v.moreBtn), v.against)
	top := container.NewBorder(widgets.Inset(4, 8, head), nil, nil, nil, container.NewScroll(v.compare))
	tools := widgets.Flow(v.title, v.sooner, v.later, v.remove, v.add)
	left := container.NewBorder(widgets.Inset(4, 8, tools), nil, nil, nil, v.board)
	right := container.NewBorder(widgets.Inset(4, 8, container.NewHBox(widgets.Wide(170, choose))), nil, nil, nil, widgets.Inset(4, 8, container.NewStack(v.chart, v.first.object)))
	low := widgets.SplitBeside("scenarios.low", 0.58, left, right)
	v.object = widgets.SplitOver("scenarios", 0.56, widgets.AtLeast(0, 120, top), widgets.AtLeast(0, 110, low))
	d.OnAny(v.show, app.ProjectChanged, app.ResultsChanged, app.ScenarioChanged)
	d.On(app.SelectionChanged, func() {
		id := ""
		if s := d.Selection(); s.Kind == app.OneAction {
			id = s.ID
		}
		v.board.Choose(id)
		v.buttons()
	})
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go.
func (v *View) Focus() fyne.Focusable { return v.compare }

// Restyle redraws after a change of theme.
func (v *View) Restyle() { v.chart.Restyle() }

// Adding is the button of the open card that adds an action, or nil.
func (v *View) Adding() *widgets.Button {
	if v.adding == nil || !v.adding.pop.Visible() {
		return nil
	}
	return v.adding.add
}

// Compare is the grid of results, for tests.
func (v *View) Compare() *widgets.Compare { return v.compare }

// Board is the table of actions, for tests.
func (v *View) Board() *widgets.DataTable[Row] { return v.board }

func (v *View) show() {
	s := v.desk.Snapshot()
	if s == nil {
		v.compare.Set(nil, nil)
		v.board.SetRows(nil)
		v.chart.Set(nil)
		v.against.SetText("")
		return
	}
	heads, rows := compareRows(v.compared(s), v.desk.Comparison(), v.desk.Result)
	v.compare.Set(heads, rows)
	v.against.SetText(v.state(s))
	sc := v.desk.Scenario()
	if sc == nil {
		v.title.SetText(words.T("No scenario"))
		v.board.SetRows(nil)
		return
	}
	v.compare.Choose(string(sc.ID))
	v.title.SetText(words.T("Actions"))
	v.board.SetRows(boardRows(s, sc, v.desk))
	v.buttons()
	v.draw()
}

// state says what the figures are differences from, and what else bears on them.
func (v *View) state(s *app.Snapshot) string {
	text := ""
	if c := v.desk.Comparison(); c != nil {
		if b := s.Scenario(string(c.Baseline)); b != nil {
			text = words.F("Measured against “%s”. Choose a figure to see what makes it.", b.Name)
		}
	}
	if sc := v.desk.Scenario(); sc != nil && sc.Locked {
		text = words.F("“%s” is locked. %s", sc.Name, text)
	}
	if v.desk.Computing() {
		return words.F("Working out… %s", text)
	}
	return text
}

func boardRows(s *app.Snapshot, sc *model.Scenario, d *app.Desk) []Row {
	notes := map[model.ActionID]string{}
	if r := d.Result(sc.ID); r != nil && r.Plan != nil {
		for _, c := range r.Plan.Conflicts {
			if notes[c.Action] != "" {
				notes[c.Action] += " "
			}
			notes[c.Action] += c.Message
		}
	}
	var out []Row
	for _, a := range sc.ByYear() {
		out = append(out, Row{ID: string(a.ID), Year: model.FinancialYear(a.Year), Title: detail.ActionTitle(s, &a), Note: notes[a.ID]})
	}
	return out
}

func (v *View) buttons() {
	sc := v.desk.Scenario()
	on := func(b *widgets.Button, yes bool) {
		if yes {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	open := sc != nil && !sc.Locked
	chosen := v.action() != nil && open
	on(v.add, open)
	on(v.remove, chosen)
	on(v.sooner, chosen)
	on(v.later, chosen)
	on(v.copyBtn, sc != nil)
	on(v.moreBtn, sc != nil)
}

// action is the selected action of the scenario being edited, or nil.
func (v *View) action() *model.Action {
	sc, sel := v.desk.Scenario(), v.desk.Selection()
	if sc == nil || sel.Kind != app.OneAction {
		return nil
	}
	for i := range sc.Actions {
		if string(sc.Actions[i].ID) == sel.ID {
			return &sc.Actions[i]
		}
	}
	return nil
}

// put stores a changed scenario under the name of a step.
func (v *View) put(step string, sc model.Scenario, then func()) {
	v.desk.Change(words.T("Saving"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
		return ws.PutScenario(ctx, step, sc)
	}, then)
}

func cloned(sc *model.Scenario) model.Scenario {
	out := *sc
	out.Actions = append([]model.Action(nil), sc.Actions...)
	return out
}

func (v *View) removeAction() {
	a, s := v.action(), v.desk.Snapshot()
	if a == nil {
		return
	}
	next := cloned(v.desk.Scenario())
	for i := range next.Actions {
		if next.Actions[i].ID == a.ID {
			next.Actions = append(next.Actions[:i:i], next.Actions[i+1:]...)
			break
		}
	}
	v.put(words.F("removal of “%s”", detail.ActionTitle(s, a)), next, func() { v.desk.Select(app.OneScenario, string(next.ID)) })
}

func (v *View) shift(by int) {
	a, s := v.action(), v.desk.Snapshot()
	if a == nil {
		return
	}
	year := max(s.BaseYear, min(s.LastYear(), a.Year+by))
	if year == a.Year {
		return
	}
	next := cloned(v.desk.Scenario())
	for i := range next.Actions {
		if next.Actions[i].ID == a.ID {
			next.Actions[i].Year = year
		}
	}
	v.put(words.F("“%s” to %s", detail.ActionTitle(s, a), model.FinancialYear(year)), next, nil)
}

// freeScenario finds an identifier and a name that no scenario has.
func freeScenario(s *app.Snapshot, name string) (model.ScenarioID, string) {
	for n := 2; ; n++ {
		id, title := model.ScenarioID(fmt.Sprintf("s%d", n)), fmt.Sprintf("%s %d", name, n)
		if s.Scenario(string(id)) == nil && s.Scenario(title) == nil {
			return id, title
		}
	}
}

func (v *View) copyScenario() {
	sc, s := v.desk.Scenario(), v.desk.Snapshot()
	if sc == nil {
		return
	}
	next := cloned(sc)
	next.ID, next.Name = freeScenario(s, sc.Name)
	next.Kind, next.Locked = model.Option, false
	v.put(words.F("copy of “%s”", sc.Name), next, func() {
		v.desk.SetScenario(next.ID)
		v.desk.Select(app.OneScenario, string(next.ID))
	})
}

func (v *View) removeScenario() {
	sc := v.desk.Scenario()
	if sc == nil || sc.Kind != model.Option {
		return
	}
	id, name := sc.ID, sc.Name
	v.desk.Change(words.T("Removing a scenario"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
		return ws.RemoveScenario(ctx, words.F("removal of “%s”", name), id)
	}, func() { v.desk.Tell(app.Message{Text: words.F("“%s” was removed. Undo brings it back.", name)}) })
}
