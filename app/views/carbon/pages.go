package carbon

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

// The pages of the place.
const (
	footprint = iota
	curve
	byBuilding
)

func pages() []string {
	return []string{words.T("Footprint by year"), words.T("Cost of each tonne saved"), words.T("Measures by building")}
}

// pagesOf makes the pages and what chooses among them.
func (v *View) pagesOf(first fyne.CanvasObject) fyne.CanvasObject {
	v.choose = widget.NewSelect(pages(), nil)
	v.choose.SetSelectedIndex(footprint)
	v.choose.OnChanged = func(string) { v.turn() }
	v.trace = widgets.NewButton(words.T("What makes this number"), words.T("Open the cost or the tonnes of the chosen row into what they are made of (Enter)"), nil, func() { v.open(v.traced()) })
	v.plan = widgets.NewButton(words.T("Plan in scenarios"), words.T("Go to the scenarios, where actions are added (Ctrl+5)"), nil, func() { v.desk.GoTo("scenarios") })
	v.says, v.now, v.still = widgets.NewProse(""), widgets.NewProse(""), widgets.NewProse("")

	v.stepped = map[string]*Step{}
	v.cost = widgets.NewChart(v.desk.Post)
	v.steps, v.measures, v.burning = newSteps(v.desk), newMeasures(v.desk), newBurning(v.desk)
	v.steps.OnSelected = func(key string) { v.chooseStep(key) }
	v.steps.OnOpened = func(string) { v.open(v.traced()) }
	v.measures.OnSelected = func(key string) { v.last = v.measured[key].trace; v.building(v.measured[key].asset) }
	v.measures.OnOpened = func(key string) { v.open(v.measured[key].trace) }
	v.burning.OnSelected = func(key string) { v.last = v.burnt[key]; v.building(model.AssetID(key)) }
	v.burning.OnOpened = func(key string) { v.open(v.burnt[key]) }

	both := widgets.SplitOver("carbon.curve", 0.58, widgets.AtLeast(0, 200, widgets.Inset(4, 8, v.cost)), widgets.AtLeast(0, 100, v.steps))
	second := container.NewBorder(widgets.Inset(0, 8, v.says), nil, nil, nil, both)
	done := container.NewBorder(widgets.Inset(0, 8, v.now), nil, nil, nil, widgets.AtLeast(0, 90, v.measures))
	left := container.NewBorder(widgets.Inset(0, 8, v.still), nil, nil, nil, widgets.AtLeast(0, 90, v.burning))
	third := widgets.SplitOver("carbon.measures", 0.5, done, left)
	v.pages = []fyne.CanvasObject{first, second, third}
	v.page = container.NewStack(first)
	v.trace.Hide()
	v.plan.Hide()
	bar := widgets.Flow(widgets.Wide(220, v.choose), v.trace, v.plan)
	return container.NewBorder(widgets.Inset(4, 8, bar), nil, nil, nil, v.page)
}

// on is the page that is shown.
func (v *View) on() int { return max(v.choose.SelectedIndex(), 0) }

// turn shows the page chosen.
func (v *View) turn() {
	v.page.Objects[0] = v.pages[v.on()]
	v.page.Refresh()
	if v.on() == footprint {
		v.trace.Hide()
		v.plan.Hide()
		return
	}
	v.trace.Show()
	v.plan.Show()
	v.price()
}

// busy says that what is shown is of before.
func (v *View) busy() {
	text := words.T("The measures are being priced.")
	v.steps.Placeholder, v.measures.Placeholder, v.burning.Placeholder = text, text, text
	if v.shown == nil {
		v.says.SetText(text)
		v.now.SetText(text)
		v.still.SetText("")
	}
}

// showRetrofits puts what was worked out on the pages.
func (v *View) showRetrofits(r *retrofits) {
	v.shown, v.last = r, ""
	clear(v.stepped)
	for i := range r.steps {
		v.stepped[r.steps[i].Key] = &r.steps[i]
	}
	v.measured, v.burnt = map[string]opens{}, map[string]string{}
	for i := range r.measures {
		v.measured[r.measures[i].Key] = opens{r.measures[i].Asset, r.measures[i].Trace}
	}
	for i := range r.burning {
		v.burnt[string(r.burning[i].Asset)] = r.burning[i].Trace
	}
	v.steps.Placeholder, v.measures.Placeholder, v.burning.Placeholder = words.T("No measure to show."), words.T("No measure is planned."), words.T("None.")
	if r.c == nil && r.says == "" {
		text := words.T("The results are being worked out.")
		v.steps.Placeholder, v.measures.Placeholder, v.burning.Placeholder = text, text, text
	}
	v.says.SetText(r.says)
	v.now.SetText(r.now)
	v.still.SetText(r.still)
	v.cost.Set(r.curve)
	v.steps.SetRows(r.steps)
	v.measures.ShowColumn("other", r.other)
	v.measures.SetRows(r.measures)
	v.burning.SetRows(r.burning)
}

// opens is what a row leads to.
type opens struct {
	asset model.AssetID
	trace string
}

// chooseStep marks a block of the curve and opens its building.
func (v *View) chooseStep(key string) {
	s := v.stepped[key]
	if s == nil || v.shown == nil || v.shown.curve == nil {
		return
	}
	c := *v.shown.curve
	if b, ok := c.Plot.(chart.Blocks); ok {
		b.Highlight = s.At
		c.Plot = b
		v.cost.Set(&c)
	}
	v.last = s.Trace
	v.building(s.Asset)
}

func (v *View) building(id model.AssetID) {
	if id != "" {
		v.desk.Select(app.OneAsset, string(id))
	}
}

// traced is the number of the row chosen last.
func (v *View) traced() string { return v.last }

func (v *View) open(figure string) {
	sc := v.desk.Scenario()
	switch {
	case sc == nil:
	case figure == "":
		v.desk.Tell(app.Message{Text: words.T("Choose a row of a building first: its number then opens.")})
	default:
		v.desk.Trace(sc.ID, figure)
	}
}
