package estatemap

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
)

// pickedIDs lists the picked assets in the order of the project.
func (v *View) pickedIDs() []model.AssetID {
	snap := v.desk.Snapshot()
	if snap == nil {
		return nil
	}
	var out []model.AssetID
	for i := range snap.Assets {
		if v.picked[snap.Assets[i].ID] {
			out = append(out, snap.Assets[i].ID)
		}
	}
	return out
}

// Picked lists the assets picked on the map, for tests and the table.
func (v *View) Picked() []model.AssetID { return v.pickedIDs() }

// pick adds an asset to those picked or takes it out.
func (v *View) pick(d *Dot) {
	if v.picked[d.ID] {
		delete(v.picked, d.ID)
	} else {
		v.picked[d.ID] = true
	}
	v.showPicked()
}

// ringed picks what a lasso ringed; one alone is simply selected.
func (v *View) ringed(dots []int) {
	sn := v.canvas.Scene()
	clear(v.picked)
	for _, i := range dots {
		v.picked[sn.Dots[i].ID] = true
	}
	if len(dots) == 1 {
		clear(v.picked)
		v.desk.Select(app.OneAsset, string(sn.Dots[dots[0]].ID))
	}
	if len(dots) == 0 {
		v.desk.Tell(app.Message{Text: words.T("No asset is inside the ring.")})
	}
	v.showPicked()
}

// pickedWords say what was picked: how many, how large, what they cost.
func pickedWords(s *app.Snapshot, ids []model.AssetID) (title string, rest []string) {
	var area, cost, kwh model.Figure
	unknown := 0
	for _, id := range ids {
		a := s.Asset(id)
		if a == nil {
			continue
		}
		if !a.FloorArea.Known() {
			unknown++
		}
		area, cost, kwh = sum(area, a.FloorArea), sum(cost, runningCost(a)), sum(kwh, energy(a))
	}
	mark := func(f model.Figure, s string) string {
		if !f.Known() {
			return format.NotKnown()
		}
		if f.Grade.Modelled() {
			return "≈ " + s
		}
		return s
	}
	size := words.F("Floor area: %s", mark(area, format.Whole(area.Value)+" m²"))
	if area.Known() && unknown > 0 {
		size += words.F(", of %d assets not known", unknown)
	}
	rest = []string{size, words.F("Running cost: %s", mark(cost, words.F("%s a year", format.Pounds(cost.Value)))), words.F("Energy: %s", mark(kwh, words.F("%s a year", energyWords(kwh.Value))))}
	return format.Count(len(ids), "asset picked", "assets picked"), rest
}

func energyWords(kwh float64) string {
	if kwh >= 1e6 {
		return format.Number(kwh/1e6, 1) + " GWh"
	}
	return format.Whole(kwh/1000) + " MWh"
}

// showPicked shows or hides the card of what was picked.
func (v *View) showPicked() {
	v.card.RemoveAll()
	ids := v.pickedIDs()
	v.canvas.Repaint()
	defer v.cardRow.Refresh()
	if len(ids) == 0 {
		return
	}
	title, rest := pickedWords(v.desk.Snapshot(), ids)
	head := widget.NewLabel(title)
	head.TextStyle.Bold = true
	says := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, l := range rest {
		says.Add(plainRow(l, false))
	}
	buttons := container.NewHBox()
	if v.OnTable != nil {
		buttons.Add(widgets.NewButton(words.T("Show in table"), words.T("List them in the portfolio"), nil, func() { v.OnTable(v.pickedIDs()) }))
	}
	if sc := v.desk.Scenario(); sc != nil && sc.Kind != model.BusinessAsUsual {
		add := widgets.NewButton(words.T("Add an action to all"), words.T("Plan the same for all of them, as one step"), nil, nil)
		add.OnTapped = func() { v.addToAll(add) }
		buttons.Add(add)
	}
	buttons.Add(layout.NewSpacer())
	buttons.Add(widgets.NewButton(words.T("Clear"), words.T("Pick none (Escape)"), nil, v.unpick).Quiet())
	v.card.Add(framed(widgets.Inset(2, 8, container.NewVBox(head, widgets.Inset(0, 8, says), buttons))))
}

func (v *View) unpick() {
	clear(v.picked)
	v.showPicked()
}

// simple are the actions that need nothing but a building and a year.
var simple = []model.ActionKind{model.Sell, model.ExitLease, model.Transfer, model.Mothball, model.Greening, model.LetOut, model.Retain}

// addToAll asks what to do with all of the picked assets, and when.
func (v *View) addToAll(near fyne.CanvasObject) {
	s, sc := v.desk.Snapshot(), v.desk.Scenario()
	if s == nil || sc == nil {
		return
	}
	var titles []string
	kinds := map[string]model.ActionKind{}
	for _, k := range simple {
		if e, ok := action.EntryFor(k); ok {
			titles = append(titles, e.Title)
			kinds[e.Title] = k
		}
	}
	var pop *widget.PopUp
	leave := func() { pop.Hide() }
	kind := newSelect(titles, titles[0], nil, leave)
	var years []string
	for y := s.BaseYear; y <= s.LastYear(); y++ {
		years = append(years, model.FinancialYear(y))
	}
	year := newSelect(years, years[min(2, len(years)-1)], nil, leave)
	ids := v.pickedIDs()
	commit := newCardButton(format.Counted(len(ids), "Add to %s asset", "Add to %s assets"), words.T("One step; undo takes all of it back"), nil, func() {
		pop.Hide()
		v.commitToAll(ids, kinds[kind.Selected], kind.Selected, s.BaseYear+max(0, slices.Index(years, year.Selected)))
	}, leave)
	commit.Main()
	cancel := newCardButton(words.T("Cancel"), words.T("Close without adding (Escape)"), nil, leave, leave)
	form := container.New(layout.NewFormLayout(), widget.NewLabel(words.T("What to do")), kind, widget.NewLabel(words.T("From")), year)
	body := container.NewVBox(widgets.NewSub(words.F("Add to “%s”", sc.Name)), form, container.NewHBox(layout.NewSpacer(), cancel, commit))
	c := fyne.CurrentApp().Driver().CanvasForObject(near)
	pop = widget.NewPopUp(widgets.Inset(8, 12, widgets.AtLeast(320, 0, body)), c)
	pop.ShowAtPosition(fyne.CurrentApp().Driver().AbsolutePositionForObject(near).AddXY(0, near.Size().Height+4))
	c.Focus(kind)
}

// commitToAll adds the action to every asset as one step. An asset that has
// such an action already keeps it.
func (v *View) commitToAll(ids []model.AssetID, kind model.ActionKind, title string, year int) {
	sc := v.desk.Scenario()
	if sc == nil {
		return
	}
	next := *sc
	next.Actions = slices.Clone(sc.Actions)
	has := map[model.AssetID]bool{}
	taken := map[model.ActionID]bool{}
	for _, a := range sc.Actions {
		taken[a.ID] = true
		has[a.Asset] = has[a.Asset] || a.Kind == kind
	}
	added := 0
	n := len(sc.Actions)
	for _, id := range ids {
		if has[id] {
			continue
		}
		a := model.Action{Kind: kind, Asset: id, Year: year}
		for a.ID == "" || taken[a.ID] {
			n++
			a.ID = model.ActionID(fmt.Sprintf("%s.%d", sc.ID, n))
		}
		taken[a.ID] = true
		next.Actions = append(next.Actions, a)
		added++
	}
	if added == 0 {
		v.desk.Tell(app.Message{Text: words.F("All of them have this action in “%s” already.", sc.Name)})
		return
	}
	name := format.Counted(added, "“%[2]s” for %[1]s asset", "“%[2]s” for %[1]s assets", title)
	v.desk.Change(name, func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
		return ws.PutScenario(ctx, name, next)
	}, func() {
		v.desk.Tell(app.Message{Text: format.Counted(added, "%[2]s from %[3]s is in “%[4]s” for %[1]s asset.", "%[2]s from %[3]s is in “%[4]s” for %[1]s assets.", format.Capital(title), format.Year(year), next.Name)})
	})
}
