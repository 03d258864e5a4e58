package scenarios

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// MostCompared is how many scenarios are set side by side.
const MostCompared = 5

// compared are the scenarios set side by side: those that were chosen, or the
// first few with the one being edited among them.
func (v *View) compared(s *app.Snapshot) []*model.Scenario {
	var out []*model.Scenario
	edited := v.desk.Scenario()
	for i := range s.Scenarios {
		x := &s.Scenarios[i]
		if len(v.chosen) == 0 || slices.Contains(v.chosen, x.ID) {
			out = append(out, x)
		}
	}
	if len(out) <= MostCompared {
		return out
	}
	first := out[:MostCompared]
	if edited != nil && !slices.Contains(first, edited) {
		first = append(slices.Clone(out[:MostCompared-1]), edited)
	}
	return first
}

// Compared names the scenarios set side by side, for tests.
func (v *View) Compared() []string {
	var out []string
	if s := v.desk.Snapshot(); s != nil {
		for _, x := range v.compared(s) {
			out = append(out, x.Name)
		}
	}
	return out
}

// SetCompared chooses which scenarios are set side by side; none for the first
// few.
func (v *View) SetCompared(ids []model.ScenarioID) {
	v.chosen = ids[:min(len(ids), MostCompared)]
	v.show()
}

// chooseCompared opens the card on which scenarios and their baseline are
// chosen.
func (v *View) chooseCompared() {
	s := v.desk.Snapshot()
	if s == nil || len(s.Scenarios) == 0 {
		return
	}
	names := unique(s)
	var ticked []string
	for _, x := range v.compared(s) {
		ticked = append(ticked, names[slices.IndexFunc(s.Scenarios, func(y model.Scenario) bool { return y.ID == x.ID })])
	}
	full := widgets.NewCaption(words.F("Up to %d stand side by side.", MostCompared))
	var list *widgets.Ticks
	list = widgets.NewTicks(names, func(now []string) {
		if len(now) > MostCompared {
			list.SetSelected(ticked) // one more than there is room for
			full.SetText(words.F("There is room for %d. Untick one first.", MostCompared))
			return
		}
		ticked = slices.Clone(now)
		var ids []model.ScenarioID
		for i, n := range names {
			if slices.Contains(now, n) {
				ids = append(ids, s.Scenarios[i].ID)
			}
		}
		v.SetCompared(ids)
	})
	list.SetSelected(ticked)
	base := widgets.NewSelect(names, nil)
	base.SetSelectedIndex(v.baselineIndex(s))
	base.OnChanged = func(string) {
		if i := base.SelectedIndex(); i >= 0 {
			v.desk.SetBaseline(s.Scenarios[i].ID)
		}
	}
	var pop *widget.PopUp
	shut := widgets.NewButton(words.T("Close"), words.T("Close this card (Escape)"), nil, func() { pop.Hide() }).Main()
	body := container.NewBorder(
		container.NewVBox(widgets.NewSub(words.T("Set side by side")), full), container.NewHBox(layout.NewSpacer(), shut), nil, nil,
		container.NewBorder(nil, container.NewVBox(widgets.NewSub(words.T("Measured against")), base,
			widgets.NewCaption(words.T("Values, cash and changes in carbon are differences from this scenario, here and in the papers."))), nil, nil,
			widgets.AtLeast(360, min(220, float32(len(names))*34), container.NewVScroll(list.Object))))
	c := v.win.Canvas()
	pop = widget.NewPopUp(widgets.Inset(8, 12, body), c)
	pop.ShowAtPosition(fyne.NewPos(max(8, (c.Size().Width-pop.MinSize().Width)/2), 72))
	c.Focus(base)
}

func (v *View) baselineIndex(s *app.Snapshot) int {
	if c := v.desk.Comparison(); c != nil {
		for i := range s.Scenarios {
			if s.Scenarios[i].ID == c.Baseline {
				return i
			}
		}
	}
	return 0
}

// unique are the names of the scenarios, told apart where two are the same.
func unique(s *app.Snapshot) []string {
	seen := map[string]int{}
	out := make([]string, len(s.Scenarios))
	for i := range s.Scenarios {
		n := s.Scenarios[i].Name
		if r := []rune(n); len(r) > 60 {
			n = string(r[:59]) + "…"
		}
		if seen[n]++; seen[n] > 1 {
			n = fmt.Sprintf("%s (%d)", n, seen[n])
		}
		out[i] = n
	}
	return out
}

// more opens the rest of what can be done with the scenario being edited.
func (v *View) more(near fyne.CanvasObject) {
	sc := v.desk.Scenario()
	if sc == nil {
		return
	}
	lock := words.T("Lock against changes")
	if sc.Locked {
		lock = words.T("Unlock")
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(words.T("Branch: try a variant against this one"), v.Branch),
		fyne.NewMenuItem(lock, v.ToggleLock),
		fyne.NewMenuItem(words.T("Freeze a decision…"), func() {
			if v.OnFreeze != nil {
				v.OnFreeze()
			}
		}),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(words.T("Remove this scenario"), v.removeScenario),
	}
	items[4].Disabled = sc.Kind != model.Option || sc.Locked
	c := fyne.CurrentApp().Driver().CanvasForObject(near)
	p := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	p.ShowAtRelativePosition(fyne.NewPos(0, near.Size().Height), near)
	c.Focus(p)
}

// ToggleLock locks the scenario being edited, or unlocks it.
func (v *View) ToggleLock() {
	sc := v.desk.Scenario()
	if sc == nil {
		return
	}
	next := cloned(sc)
	next.Locked = !sc.Locked
	step, said := words.F("lock of “%s”", sc.Name), words.F("“%s” is locked: nobody changes it until it is unlocked.", sc.Name)
	if sc.Locked {
		step, said = words.F("unlocking of “%s”", sc.Name), words.F("“%s” can be changed again.", sc.Name)
	}
	v.put(step, next, func() { v.desk.Tell(app.Message{Text: said}) })
}

// Branch makes a variant of the scenario being edited and measures it against
// the original, so that only what differs shows.
func (v *View) Branch() {
	sc, s := v.desk.Scenario(), v.desk.Snapshot()
	if sc == nil {
		return
	}
	next, parent := cloned(sc), sc.ID
	next.ID, next.Name = freeScenario(s, words.F("%s, variant", sc.Name))
	next.Kind, next.Locked = model.Option, false
	next.Description = words.F("A variant of “%s”. %s", sc.Name, sc.Description)
	v.put(words.F("branch of “%s”", sc.Name), next, func() {
		v.desk.SetScenario(next.ID)
		v.SetCompared([]model.ScenarioID{parent, next.ID})
		v.desk.SetBaseline(parent)
		v.desk.Select(app.OneScenario, string(next.ID))
		v.desk.Tell(app.Message{Text: words.F("“%s” is measured against “%s”. Compare… measures it against another.", next.Name, sc.Name)})
	})
}
