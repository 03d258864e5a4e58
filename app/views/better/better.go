// Package better is where a better plan is looked for: limits as sentences, a
// live chart of the best plan so far and of what nobody can beat, and a button
// that keeps the plan.
//
// It shows how the search is going; it searches nothing itself.
package better

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

// View is the place.
type View struct {
	desk     *app.Desk
	leave    func()
	far      *widget.Slider
	farWords *widget.Label
	year     *widget.Select
	retrofit *widget.Check
	capital  *widgets.Entry
	carbon   *widgets.Entry
	seconds  *widget.Select
	start    *widgets.Button
	stop     *widgets.Button
	keep     *widgets.Button
	says     *widget.Label
	facts    *widgets.Facts
	chart    *widgets.Chart
	object   fyne.CanvasObject
	axis     *widget.Select
	trade    *widgets.Button
	plans    *tradeOff

	cancel context.CancelFunc
	gen    int
	plan   *rationalise.Plan
	of     app.Workspace

	mu    sync.Mutex // guards what the search's goroutine adds
	trail []point
}

// point is how far the search was at a moment.
type point struct{ at, best, bound float64 }

// Times that can be given to a search, in seconds.
var times = []string{"15 seconds", "60 seconds", "3 minutes", "10 minutes"}

// New makes the place; leave goes back to the scenarios.
func New(d *app.Desk, leave func()) *View {
	v := &View{desk: d, leave: leave, chart: widgets.NewChart(d.Post), facts: widgets.NewFacts(), says: widgets.NewProse("")}
	v.farWords = widget.NewLabel("")
	v.far = widget.NewSlider(0.5, 10)
	v.far.Step, v.far.Value = 0.5, 3
	v.far.OnChanged = func(x float64) { v.farWords.SetText("A team may move at most " + format.Number(x, 1) + " km.") }
	v.far.OnChanged(3)
	v.year = widget.NewSelect(nil, nil)
	v.retrofit = widget.NewCheck("Buildings that stay may be retrofitted.", nil)
	v.retrofit.Checked = true
	v.capital = widgets.NewEntry("no limit, or for example 2m", nil)
	v.carbon = widgets.NewEntry("no limit, or for example 2500", nil)
	v.seconds = widget.NewSelect(times, nil)
	v.seconds.Selected = times[1]
	v.start = widgets.NewButton("Find a better plan", "Look for the plan of most value to society within these limits", theme.MediaPlayIcon(), v.run).Main()
	v.stop = widgets.NewButton("Stop here", "Stop and take the best plan found so far", theme.MediaStopIcon(), func() {
		if v.cancel != nil {
			v.cancel()
		}
	})
	v.keep = widgets.NewButton("Keep as a scenario", "Add the plan to the scenarios; undo takes it back", theme.ConfirmIcon(), v.save).Main()
	v.stop.Disable()
	v.keep.Disable()
	v.plans = newTradeOff(d.Post, v.choose)
	v.axis = widget.NewSelect(axisWords, nil)
	v.axis.Selected = axisWords[0]
	v.trade = widgets.NewButton("Show what it trades against", "Look for the best plan at several limits and draw them; then open one", nil, v.frontier)
	back := widgets.NewButton("Scenarios", "Back to the scenarios (Escape)", theme.NavigateBackIcon(), leave).Quiet()

	field := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewVBox(widget.NewLabel(label), o)
	}
	limits := container.NewVBox(widgets.NewSub("Limits"), v.farWords, v.far, field("Moves and closures happen in", v.year), v.retrofit,
		field("Spend at most, in any one year, £", v.capital), field("Emit at most, in the last year, t", v.carbon), field("Look for up to", v.seconds),
		v.start, v.stop, widgets.NewSub("Or weigh one thing against another"), field("Value to society against", v.axis), v.trade)
	result := container.NewBorder(v.says, container.NewHBox(layout.NewSpacer(), v.keep), nil, nil, container.NewVScroll(v.facts))
	right := widgets.Over(0.6, widgets.Inset(4, 8, container.NewStack(v.chart, v.plans.object)), widgets.Inset(4, 8, result))
	head := container.NewHBox(back, widgets.NewSub("Find a better plan"))
	v.object = container.NewBorder(widgets.Inset(4, 8, head), nil, container.NewHBox(widgets.Wide(300, container.NewVScroll(widgets.Inset(0, 12, limits))), widget.NewSeparator()), nil, right)
	d.On(app.WorkspaceChanged, v.fresh)
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go.
func (v *View) Focus() fyne.Focusable { return v.start }

// Restyle redraws after a change of theme.
func (v *View) Restyle() { v.chart.Restyle(); v.plans.restyle() }

// Plan is what was found, or nil.
func (v *View) Plan() *rationalise.Plan { return v.plan }

// Start begins a search, as the button does.
func (v *View) Start() { v.run() }

// Keep stores the plan, as the button does.
func (v *View) Keep() { v.save() }

func (v *View) fresh() {
	s := v.desk.Snapshot()
	if v.cancel != nil {
		v.cancel()
	}
	v.gen++
	v.plan = nil
	v.keep.Disable()
	v.chart.Set(nil)
	v.plans.clear()
	v.facts.Set(nil)
	v.says.SetText("Every building is kept, improved, shared or let go so that the whole is worth most to society. The search also proves how much better any plan could be.")
	if s == nil {
		return
	}
	var years []string
	for y := s.BaseYear; y <= min(s.LastYear(), s.BaseYear+10); y++ {
		years = append(years, model.FinancialYear(y))
	}
	v.year.SetOptions(years)
	v.year.SetSelectedIndex(min(2, len(years)-1))
}

// search reads the limits; the error is a sentence.
func (v *View) search(s *app.Snapshot) (app.Search, error) {
	q := app.Search{Seed: 1, Time: []time.Duration{15 * time.Second, time.Minute, 3 * time.Minute, 10 * time.Minute}[max(0, v.seconds.SelectedIndex())]}
	q.Limit = rationalise.Spec{Year: s.BaseYear + max(0, v.year.SelectedIndex()), MaxKM: v.far.Value}
	if v.retrofit.Checked {
		for _, m := range action.Measures() {
			q.Limit.Measures = append(q.Limit.Measures, m.Key)
		}
	}
	if t := strings.TrimSpace(v.capital.Text); t != "" {
		x, ok := amount(t)
		if !ok {
			return q, model.Invalid("capital", "“"+t+"” is not an amount of money. Write 2000000, 2m or 500k, or leave it empty")
		}
		q.Limit.Capital = map[int]float64{}
		for y := s.BaseYear; y <= s.LastYear(); y++ {
			q.Limit.Capital[y] = x
		}
	}
	if t := strings.TrimSpace(v.carbon.Text); t != "" {
		x, ok := amount(t)
		if !ok {
			return q, model.Invalid("carbon", "“"+t+"” is not a number of tonnes. Write 2500, or leave it empty")
		}
		q.Limit.Carbon = map[int]float64{s.LastYear(): x}
	}
	for n := 1; ; n++ {
		q.ID, q.Name = model.ScenarioID("plan"+strconv.Itoa(n)), "Better plan"
		if n > 1 {
			q.Name += " " + strconv.Itoa(n)
		}
		if s.Scenario(string(q.ID)) == nil && s.Scenario(q.Name) == nil {
			return q, nil
		}
	}
}

// amount reads 2000000, £2m, 500k.
func amount(t string) (float64, bool) {
	t = strings.ToLower(strings.NewReplacer("£", "", ",", "", " ", "").Replace(t))
	by := 1.0
	if s, ok := strings.CutSuffix(t, "m"); ok {
		t, by = s, 1e6
	} else if s, ok := strings.CutSuffix(t, "k"); ok {
		t, by = s, 1e3
	}
	x, err := strconv.ParseFloat(t, 64)
	return x * by, err == nil && x >= 0 && model.Finite(x)
}

// run looks for a plan in a job. Progress is drawn a few times a second however
// often the search reports.
func (v *View) run() {
	s, ws := v.desk.Snapshot(), v.desk.Workspace()
	if s == nil || v.cancel != nil && v.stopEnabled() {
		return
	}
	q, err := v.search(s)
	if err != nil {
		v.desk.Tell(app.Explain("Limits", err))
		return
	}
	gen := v.begin(ws)
	v.cancel = v.desk.Jobs.Start("Finding a better plan", func(ctx context.Context, p *jobs.Progress) error {
		p.SetTotal(int(q.Time / time.Millisecond))
		var drawn time.Duration
		plan, err := ws.Optimise(ctx, q, func(at optimise.Progress) {
			p.Set(int(at.Elapsed / time.Millisecond))
			if !at.HasPlan {
				return
			}
			v.mu.Lock()
			v.trail = append(v.trail, point{at.Elapsed.Seconds(), -at.Incumbent * 1000, -at.Bound * 1000})
			v.mu.Unlock()
			if at.Elapsed-drawn > 300*time.Millisecond {
				drawn = at.Elapsed
				v.desk.Post(func() {
					if gen == v.gen {
						v.draw()
					}
				})
			}
		})
		v.desk.Post(func() {
			if gen == v.gen {
				v.done(plan, err)
			}
		})
		return err
	})
}

// begin makes ready for a search and returns its generation.
func (v *View) begin(ws app.Workspace) int {
	v.gen++
	v.plan, v.of = nil, ws
	v.mu.Lock()
	v.trail = nil
	v.mu.Unlock()
	v.keep.Disable()
	v.start.Disable()
	v.trade.Disable()
	v.stop.Enable()
	v.facts.Set(nil)
	v.plans.clear()
	v.chart.Set(nil)
	v.says.SetText("Pricing every possible move…")
	return v.gen
}

func (v *View) stopEnabled() bool { return !v.stop.Disabled() }

// Sentence says how good a plan is proven to be.
func Sentence(best, bound float64) string {
	gap := math.Max(0, bound-best)
	if gap < 1 {
		return "This is the best plan there is within these limits: " + format.Pounds(best) + " to society."
	}
	share := ""
	if bound > 0 {
		share = "within " + format.Percent(gap/bound) + " of the best possible: "
	}
	return format.Pounds(best) + " to society, " + share + "at most " + format.Pounds(gap) + " could be left on the table."
}

// draw shows the trail of the search.
func (v *View) draw() {
	v.mu.Lock()
	trail := append([]point(nil), v.trail...)
	v.mu.Unlock()
	if len(trail) == 0 {
		return
	}
	last := trail[len(trail)-1]
	v.says.SetText(Sentence(last.best, last.bound))
	v.chart.Set(trailChart(trail))
}

// mostPoints keeps the chart quick however long the search runs.
const mostPoints = 240

func trailChart(trail []point) *chart.Chart {
	step := 1 + len(trail)/mostPoints
	var x, best, bound []float64
	for i := 0; i < len(trail); i += step {
		x, best, bound = append(x, trail[i].at), append(best, trail[i].best), append(bound, trail[i].bound)
	}
	last := trail[len(trail)-1]
	x, best, bound = append(x, last.at), append(best, last.best), append(bound, last.bound)
	if len(x) == 2 && x[0] == x[1] {
		x[1] += 0.1
	}
	return &chart.Chart{Title: "The best plan rises towards what nobody can beat", X: chart.Axis{Label: "Seconds", Unit: chart.Unit{Suffix: " s"}},
		Y:    chart.Axis{Label: "Value to society", Unit: chart.Unit{Kind: chart.Pounds}},
		Plot: chart.Lines{X: x, Series: []chart.LineSeries{{Name: "Cannot be beaten", Values: bound, Step: true}, {Name: "Best plan so far", Values: best, Strong: true, Step: true}}}}
}

func (v *View) done(plan *rationalise.Plan, err error) {
	v.cancel = nil
	v.start.Enable()
	v.trade.Enable()
	v.stop.Disable()
	if err != nil {
		m := app.Explain("Looking for a better plan", err)
		v.says.SetText(m.Text)
		v.desk.Tell(m)
		return
	}
	v.draw()
	v.plan = plan
	if plan == nil {
		v.says.SetText("It was stopped before a plan was found.")
		return
	}
	v.tell(plan)
}

// tell says how good a plan is and lets it be kept.
func (v *View) tell(plan *rationalise.Plan) {
	v.plan = plan
	v.says.SetText(Sentence(plan.NPSV, plan.Bound))
	if plan.Solver != nil && plan.Solver.Status == optimise.StatusInfeasible {
		v.says.SetText("No plan keeps every limit. This one comes nearest; what it breaks is listed.")
	}
	v.facts.Set(planFacts(v.desk.Snapshot(), plan))
	v.keep.Enable()
}

func planFacts(s *app.Snapshot, p *rationalise.Plan) []widgets.Fact {
	var f []widgets.Fact
	for _, b := range p.Breaks {
		f = append(f, widgets.Fact{Value: app.Sentence(b), Prose: true, Warn: true})
	}
	f = append(f, widgets.Fact{Label: "Value to society, as appraised", Value: format.Pounds(p.Appraised), Tip: format.ExactPounds(p.Appraised)})
	count := map[model.ActionKind]int{}
	for _, a := range p.Scenario.Actions {
		count[a.Kind]++
	}
	for _, k := range []struct {
		kind      model.ActionKind
		one, many string
	}{{model.CoLocate, "building takes services in", "buildings take services in"}, {model.Sell, "building is sold", "buildings are sold"},
		{model.ExitLease, "lease is left", "leases are left"}, {model.Transfer, "building goes to the community", "buildings go to the community"},
		{model.Retrofit, "building is retrofitted", "buildings are retrofitted"}, {model.Mothball, "building is closed and held", "buildings are closed and held"},
		{model.Repurpose, "building gets a new use", "buildings get a new use"}, {model.Retain, "building is kept and repaired", "buildings are kept and repaired"}} {
		if n := count[k.kind]; n > 0 {
			f = append(f, widgets.Fact{Label: format.Count(n, k.one, k.many)})
		}
	}
	if r := p.Result; r != nil {
		f = append(f, widgets.Fact{Label: "Capital cost", Value: format.Pounds(r.Capex)}, widgets.Fact{Label: "Sale receipts", Value: format.Pounds(r.Receipts)},
			widgets.Fact{Label: "Carbon over the period", Value: format.Whole(r.CarbonTotal) + " tCO₂e"})
	}
	f = append(f, widgets.Fact{Label: "Actions in all", Value: fmt.Sprint(len(p.Scenario.Actions))})
	return f
}

// save keeps the plan as a scenario and goes there.
func (v *View) save() {
	p := v.plan
	if p == nil || v.of != v.desk.Workspace() {
		return
	}
	sc := p.Scenario
	v.keep.Disable()
	v.desk.Change("Keeping the plan", func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
		return ws.PutScenario(ctx, "“"+sc.Name+"”", sc)
	}, func() {
		v.desk.SetScenario(sc.ID)
		v.desk.Select(app.OneScenario, string(sc.ID))
		v.leave()
		v.desk.Tell(app.Message{Text: "“" + sc.Name + "” is among the scenarios. Undo takes it away."})
	})
}
