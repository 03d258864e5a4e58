package lists

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/glossary"
	"github.com/planting-the-flag/flagstone/app/views/detail"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/risk"
)

// AssumptionRow is one assumption, ready for display.
type AssumptionRow struct {
	Key, Label, Group, Unit, Grade, Source, Date, Changed, value, exact string
	Value                                                               model.Figure
	Effect, Range, why                                                  string
	Width                                                               model.Figure // £ between the least and the most; unknown until it is worked out
}

// Assumptions is the place of every number that results rest on, and of what
// each alone does to the value of the scenario being edited.
type Assumptions struct {
	*View[AssumptionRow]
	effects effects
	chart   *widgets.Chart
	says    *widget.Label
	begin   *widgets.Button
	widest  *widgets.Button
	object  fyne.CanvasObject
}

// room is how high the chart must be for a dozen bars; it scrolls where there is less.
const room = 365

// NewAssumptions makes the place.
func NewAssumptions(d *app.Desk) *Assumptions {
	type c = widgets.Column[AssumptionRow]
	t := widgets.NewDataTable([]c{
		{ID: "label", Label: words.T("Assumption"), Width: 270, Grow: true, Tip: glossary.Tip("assumption"), Text: func(r *AssumptionRow) string { return r.Label }},
		{ID: "effect", Label: words.T("Effect on the value"), Width: 180, Numeric: true, Text: func(r *AssumptionRow) string { return r.Effect }, Figure: func(r *AssumptionRow) model.Figure { return r.Width },
			Tip: words.T("How much the net present social value of the scenario changes when this assumption alone goes to its low end, and to its high end. Sorted by the distance between them.")},
		{ID: "value", Label: words.T("Value"), Width: 110, Numeric: true, Text: func(r *AssumptionRow) string { return r.value }, Figure: func(r *AssumptionRow) model.Figure { return r.Value }},
		{ID: "unit", Label: words.T("Unit"), Width: 130, Sub: true, Text: func(r *AssumptionRow) string { return r.Unit }},
		{ID: "range", Label: words.T("Low and high end"), Width: 150, Text: func(r *AssumptionRow) string { return r.Range },
			Tip: words.T("What one time in ten is passed on either side, by the evidence that there is. 10% less and more where there is no range.")},
		{ID: "group", Label: words.T("Group"), Width: 150, Choices: true, Tip: glossary.Tip("group"), Text: func(r *AssumptionRow) string { return r.Group }},
		{ID: "grade", Label: words.T("Evidence"), Width: 100, Choices: true, Tip: glossary.Tip("evidence"), Text: func(r *AssumptionRow) string { return r.Grade }},
		{ID: "date", Label: words.T("Dated"), Width: 120, Tip: glossary.Tip("dated"), Text: func(r *AssumptionRow) string { return r.Date }},
		{ID: "source", Label: words.T("Source"), Width: 320, Text: func(r *AssumptionRow) string { return r.Source }},
		{ID: "changed", Label: words.T("Why it was changed"), Width: 180, Text: func(r *AssumptionRow) string { return r.Changed }},
	}, func(r *AssumptionRow) string { return r.Key }, d.Post)
	t.Placeholder = words.T("The results are being worked out.")
	t.CellTip = func(r *AssumptionRow, col string) string {
		switch col {
		case "value":
			return r.exact + format.Evidence(r.Value.Grade, r.Value.Source)
		case "effect", "range":
			return r.why
		}
		return ""
	}
	v := &Assumptions{}
	v.View = newView(d, t, words.Later("assumption"), words.Later("assumptions"), []string{"group", "grade"}, app.OneAssumption, nil, func() func() []AssumptionRow {
		cmp, got, waits := d.Comparison(), v.effects.shown(), v.effects.waits()
		return func() []AssumptionRow {
			if cmp == nil || cmp.Book == nil {
				return nil
			}
			return assumptionRows(cmp.Book.All(), got, waits)
		}
	})
	v.chart = widgets.NewChart(d.Post)
	v.says = widgets.NewProse("")
	v.begin = widgets.NewButton(words.T("Work out the effects"), words.T("Changes each assumption alone and works the scenario out again"), nil, func() { v.effects.start() })
	v.widest = widgets.NewButton(words.T("Widest first"), words.T("Sort the assumptions by how far they move the value"), nil, func() { t.SortBy("effect", true) }).Quiet()
	v.begin.Hide()
	v.widest.Hide()
	below := container.NewBorder(widgets.Inset(4, 8, container.NewBorder(nil, nil, nil, container.NewHBox(v.begin, v.widest), v.says)), nil, nil, nil, container.NewVScroll(widgets.Inset(0, 8, widgets.AtLeast(0, room, v.chart))))
	v.object = widgets.SplitOver("assumptions", 0.45, widgets.AtLeast(0, 120, v.stack), widgets.AtLeast(0, 100, below))
	v.effects = effects{desk: d, changed: v.show}
	d.OnAny(v.effects.follow, app.WorkspaceChanged, app.ResultsChanged, app.ScenarioChanged)
	return v
}

// Object is what the shell shows.
func (v *Assumptions) Object() fyne.CanvasObject { return v.object }

// Restyle redraws after a change of theme.
func (v *Assumptions) Restyle() { v.chart.Restyle() }

// show puts on the screen what there is.
func (v *Assumptions) show() {
	v.reload()
	e := &v.effects
	if says := e.says(); says != v.says.Text {
		v.says.SetText(says)
	}
	visible(v.begin, e.state == asked)
	visible(v.widest, e.state == there && e.chart != nil)
	if e.chart != v.chart.Def() {
		v.chart.Set(e.chart)
	}
}

func visible(b *widgets.Button, on bool) {
	if on {
		b.Show()
	} else {
		b.Hide()
	}
}

func assumptionRows(all []model.Assumption, effects map[string]*risk.Effect, waits string) []AssumptionRow {
	out := make([]AssumptionRow, len(all))
	for i := range all {
		a := &all[i]
		out[i] = AssumptionRow{Key: a.Key, Label: words.T(a.Label), Group: words.T(a.Group), Unit: format.Unit(a.Unit), Grade: format.Word(string(a.Grade)), Source: a.Source,
			Changed: a.Reason, Value: model.Figure{Value: a.Value, Grade: a.Grade, Source: a.Source}, value: format.InUnit(a.Value, a.Unit), exact: detail.Exact(a.Value, a.Unit), Effect: waits}
		if format.IsShare(a.Unit) { // sorted, filtered and copied as it is shown
			out[i].Value.Value, _ = strconv.ParseFloat(format.Typed(a.Value, a.Unit), 64)
		}
		if a.Date != "" {
			out[i].Date = format.Date(a.Date)
		}
		if a.Label == "" {
			out[i].Label = a.Key
		}
		if e := effects[a.Key]; e != nil {
			out[i].tell(e)
		}
	}
	return out
}

// tell writes what an assumption does alone.
func (r *AssumptionRow) tell(e *risk.Effect) {
	low, high := format.WithUnit(e.LowAt, e.Unit), format.WithUnit(e.HighAt, e.Unit)
	switch {
	case e.Ends == risk.EndsNone:
		r.Range = words.T("none: it is 0")
	default:
		r.Range = words.F("%s to %s", format.InUnit(e.LowAt, e.Unit), format.InUnit(e.HighAt, e.Unit))
		if e.Ends == risk.EndsByTenth {
			r.Range += words.T(" (±10%)")
		}
	}
	switch {
	case e.Err != nil:
		r.Effect, r.why = format.NotKnown(), app.Explain(words.T("It could not be worked out at an end"), e.Err).Text
		return
	case !e.Acts:
		r.Effect, r.why = words.T("does not act here"), words.T("Another value of this assumption alone leaves the value of this scenario as it is.")
		r.Width = model.Figure{Grade: model.Stated}
		return
	}
	a, b := e.Change()
	if math.Abs(a) < nothing || math.Abs(b) < nothing { // one end is where it stands now
		r.Effect = change(a + b)
	} else {
		r.Effect = words.F("%s to %s", change(min(a, b)), change(max(a, b)))
	}
	r.Width = model.Figure{Value: e.Width(), Grade: model.Stated}
	r.why = words.F("At %s: %s. At %s: %s.", low, format.Signed(format.ExactPounds(a), a), high, format.Signed(format.ExactPounds(b), b)) + "\n" + basis[e.Ends]()
}

// nothing is what is less than a penny.
const nothing = 0.005

// basis says in a sentence what the ends are.
var basis = map[risk.Ends]func() string{
	risk.EndsByEvidence: func() string {
		return words.T("The ends are what one time in ten is passed, by the evidence that there is.")
	},
	risk.EndsByChoice: func() string { return words.T("It is a choice, so the ends are no and yes.") },
	risk.EndsByTenth:  func() string { return words.T("It has no range, so the ends are 10% less and 10% more.") },
}

func change(v float64) string { return format.Signed(format.Pounds(v), v) }
