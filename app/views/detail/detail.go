// Package detail is the pane at the right that always shows the selected
// thing, whatever place it was selected in.
package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// titleLength is how many letters of a title are shown; the facts say the rest.
const titleLength = 200

// View is the pane.
type View struct {
	desk    *app.Desk
	title   *widget.Label
	kind    *widget.Label
	back    *widgets.Button
	actions *fyne.Container
	facts   *widgets.Facts
	scroll  *container.Scroll
	editing bool
	object  fyne.CanvasObject
	last    app.Selection
	why     *why
	tracing *trace
	past    past
	// OnAddAction is asked to add an action on an asset to the scenario being
	// edited.
	OnAddAction func(model.AssetID, fyne.CanvasObject)
	// OnAlike asks for one of several buildings that may be the same; may be nil.
	OnAlike func(title string, list []app.Alike, then func(model.AssetID))
	// Extra says more about an asset; may be nil.
	Extra func(model.AssetID) []widgets.Fact
}

// New makes the pane; hide puts it away.
func New(d *app.Desk, hide func()) *View {
	v := &View{desk: d, title: widget.NewLabel(""), kind: widget.NewLabel(""), facts: widgets.NewFacts(), actions: container.NewHBox()}
	if !words.English() { // words of other languages may need two lines
		v.actions = widgets.Flow()
	}
	v.title.SizeName, v.title.TextStyle.Bold, v.title.Wrapping = theme.SizeNameSubHeadingText, true, fyne.TextWrapWord
	v.kind.Importance, v.kind.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
	v.back = widgets.NewButton("", words.T("Back to what was selected before (Alt+Left)"), theme.NavigateBackIcon(), d.Back).Quiet()
	shut := widgets.NewButton("", words.T("Put the detail pane away (Ctrl+D)"), theme.CancelIcon(), hide).Quiet()
	head := container.NewBorder(nil, nil, v.back, shut, v.kind)
	v.scroll = container.NewVScroll(v.facts)
	v.facts.OnReveal = v.reveal
	v.scroll.OnScrolled = func(fyne.Position) { widgets.HideTip(v.scroll) } // what it is about has moved away
	v.scroll.OnScrolled = func(o fyne.Position) { v.facts.Sight(o.Y, max(leastSight, v.scroll.Size().Height)) }
	v.facts.Sight(0, leastSight)
	v.object = container.NewBorder(container.NewVBox(head, v.title, widgets.Inset(0, 4, v.actions)), nil, nil, nil, v.scroll)
	d.OnAny(v.show, app.SelectionChanged, app.ProjectChanged, app.ResultsChanged, app.ScenarioChanged)
	v.show()
	return v
}

// leastSight is how much of a long sheet is drawn at least: a window may grow.
const leastSight = 2200

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Title is the name of the thing shown.
func (v *View) Title() string { return v.title.Text }

// Facts are what the pane says.
func (v *View) Facts() []widgets.Fact { return v.facts.List() }

// Refresh shows the selected thing anew.
func (v *View) Refresh() { v.show() }

// reveal scrolls a line of the facts into sight.
func (v *View) reveal(top, height float32) {
	o, z := v.scroll.Offset, v.scroll.Size()
	switch {
	case top < o.Y:
		o.Y = max(0, top-24)
	case top+height > o.Y+z.Height:
		o.Y = top + height - z.Height + 24
	default:
		return
	}
	v.scroll.ScrollToOffset(o)
}

func (v *View) show() {
	sel := v.desk.Selection()
	if v.desk.CanGoBack() {
		v.back.Show()
	} else {
		v.back.Hide()
	}
	s := v.desk.Snapshot()
	kind, title := "", words.T("Nothing selected")
	var facts []widgets.Fact
	v.actions.RemoveAll()
	if s == nil {
		sel = app.Selection{}
	}
	switch sel.Kind {
	case app.OneAsset:
		if a := s.Asset(model.AssetID(sel.ID)); a != nil {
			kind, title = assetKind(s, a), s.AssetName(a.ID)
			facts = v.asset(s, a)
			v.assetActions(a)
		}
	case app.OneService:
		if x := s.Service(model.ServiceID(sel.ID)); x != nil {
			kind, title = words.T("Team or service"), x.Name
			facts = v.service(s, x)
		}
	case app.OneScenario:
		if x := s.Scenario(sel.ID); x != nil {
			kind, title = words.F("Scenario: %s", words.T(string(x.Kind))), x.Name
			facts = v.scenario(s, x)
		}
	case app.OneAction:
		kind, title, facts = v.action(s, sel.ID)
	case app.OneAssumption:
		kind, title, facts = v.assumption(sel.ID)
		v.actions.Add(widgets.NewButton(words.T("Change"), words.T("Use another value in this project, with the reason"), nil, func() { v.editAssumption(sel.ID) }))
	case app.OneFinding:
		kind, title, facts = v.finding(s, sel.ID)
	case app.OneFigure:
		kind, title, facts = v.figure(sel)
	case app.OnePopulation:
		kind, title, facts = v.smallArea(s, sel.ID)
	}
	if facts == nil && sel.Kind == app.Nothing {
		facts = v.project(s)
		if s != nil {
			kind, title = words.T("Project"), s.Name
		}
	}
	v.kind.SetText(kind)
	v.title.SetText(format.Short(title, titleLength))
	if v.editing && sel == v.last {
		return // a change elsewhere does not take the form away
	}
	v.editing = false
	v.scroll.Content = v.facts
	v.facts.Set(facts)
	if sel != v.last {
		v.last = sel
		v.scroll.ScrollToTop()
	}
	v.scroll.Refresh()
}

func (v *View) assetActions(a *model.Asset) {
	id := a.ID
	if a.Located() && v.desk.Place() != "map" {
		v.actions.Add(widgets.NewButton(words.T("Show on map"), words.T("Show where it stands"), nil, func() { v.desk.GoTo("map") }))
	}
	v.actions.Add(widgets.NewButton(words.T("Edit"), words.T("Correct what is known of it"), nil, func() { v.editAsset(id) }))
	if v.OnAddAction != nil && v.desk.Scenario() != nil {
		b := widgets.NewButton(words.T("Add action"), words.T("Plan something for this building in the scenario being edited"), nil, nil)
		b.OnTapped = func() { v.OnAddAction(id, b) }
		v.actions.Add(b)
	}
}
