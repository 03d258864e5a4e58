package scenarios

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// first says what to try in a scenario in which nothing is planned, where the
// picture of its cash would be an empty one.
type first struct {
	says   *widget.Label
	plan   *widgets.Button
	object fyne.CanvasObject
}

func newFirst(v *View) *first {
	f := &first{says: widgets.NewProse("")}
	f.plan = widgets.NewButton(words.T("Plan in a copy"), words.T("Make a new scenario from this one, to plan in"), theme.ContentCopyIcon(), nil)
	better := widgets.NewButton(words.T("Find a better plan"), words.T("Let the program look for the plan of most value (Ctrl+Shift+B)"), theme.SearchIcon(), func() { v.OnBetter() })
	ask := widgets.NewButton(words.T("Challenge the buildings"), words.T("See which buildings to question first"), nil, func() { v.desk.GoTo("challenge") })
	f.object = container.NewVScroll(container.NewVBox(widgets.NewSub(words.T("What to try first")), f.says, widgets.Flow(f.plan, better, ask)))
	f.object.Hide()
	return f
}

// offer shows what to try instead of the picture, when that would be empty; it
// says whether it did.
func (f *first) offer(v *View, sc *model.Scenario) bool {
	if sc == nil || len(sc.Actions) > 0 || v.picture != pictures()[0] {
		f.object.Hide()
		return false
	}
	says := words.F("Nothing is planned in “%s” yet. Add what could be done with a building: share it, let part of it, move a team, sell it, insulate it. Or let the program look.", sc.Name)
	plan, tip, icon := words.T("Add action"), words.T("Plan something for a building (Ctrl+Shift+A)"), theme.ContentAddIcon()
	f.plan.OnTapped = func() { v.AddAction("", f.plan) }
	if c := v.desk.Comparison(); c != nil && c.Baseline == sc.ID || sc.Locked {
		says = words.F("Nothing is planned in “%s”: other scenarios are measured against it. Make a copy and plan in that: share a building, move a team, sell, insulate. Or let the program look.", sc.Name)
		plan, tip, icon = words.T("Plan in a copy"), words.T("Make a new scenario from this one, to plan in"), theme.ContentCopyIcon()
		f.plan.OnTapped = v.copyScenario
	}
	f.plan.SetTip(tip)
	if f.plan.Text != plan { // what takes measuring is done when it changes
		f.plan.SetText(plan)
		f.plan.SetIcon(icon)
	}
	v.chart.Set(nil)
	if f.says.Text != says {
		f.says.SetText(says)
	}
	if !f.object.Visible() {
		f.object.Show()
	}
	return true
}
