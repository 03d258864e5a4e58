// Package better is where a better plan is looked for: limits as sentences, a
// live chart of the best plan so far and of what nobody can beat, and a button
// that keeps the plan.
//
// It shows how the search is going; it searches nothing itself.
package better

import (
	"context"
	"math"
	"slices"
	"strconv"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/reports/planchart"
)

// View is the place.
type View struct {
	desk    *app.Desk
	leave   func()
	goals   *goals
	mode    *widget.Select
	hubs    *hubs
	seconds *widget.Select
	start   *widgets.Button
	stop    *widgets.Button
	keep    *widgets.Button
	says    *widget.Label
	facts   *widgets.Facts
	chart   *widgets.Chart
	object  fyne.CanvasObject
	axis    *widget.Select
	trade   *widgets.Button
	plans   *tradeOff
	asked   *asking

	cancel context.CancelFunc
	gen    int
	plan   *rationalise.Plan
	of     app.Workspace

	mu    sync.Mutex // guards what the search's goroutine adds
	trail []planchart.Moment
}

// What can be asked for.
var modeWords = []string{words.Later("The best plan"), words.Later("What it trades against"), words.Later("Where hubs should be")}

// Times that can be given to a search, in seconds.
var times = []string{words.Later("15 seconds"), words.Later("60 seconds"), words.Later("3 minutes"), words.Later("10 minutes")}

// New makes the place; leave goes back to the scenarios.
func New(d *app.Desk, leave func()) *View {
	v := &View{desk: d, leave: leave, chart: widgets.NewChart(d.Post), facts: widgets.NewFacts(), says: widgets.NewProse("")}
	v.goals = newGoals(d.Tell)
	v.seconds = widget.NewSelect(words.All(times), nil)
	v.seconds.Selected = words.T(times[1])
	v.start = widgets.NewButton(words.T("Find a better plan"), words.T("Look for the plan of most value to society within these limits"), theme.MediaPlayIcon(), v.run).Main()
	v.stop = widgets.NewButton(words.T("Stop here"), words.T("Stop and take the best plan found so far"), theme.MediaStopIcon(), func() {
		if v.cancel != nil {
			v.cancel()
		}
	})
	v.keep = widgets.NewButton(words.T("Keep as a scenario"), words.T("Add the plan to the scenarios; undo takes it back"), theme.ConfirmIcon(), v.save).Main()
	v.stop.Disable()
	v.keep.Disable()
	v.plans = newTradeOff(d.Post, v.choose)
	v.axis = widget.NewSelect(axisWords(), nil)
	v.axis.Selected = axisWords()[0]
	v.trade = widgets.NewButton(words.T("Show what it trades against"), words.T("Look for the best plan at several limits and draw them; then open one"), nil, v.frontier).Main()
	v.asked = newAsking(v)
	v.hubs = newHubs(v)
	back := widgets.NewButton(words.T("Scenarios"), words.T("Back to the scenarios (Escape)"), theme.NavigateBackIcon(), leave).Quiet()

	field := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewVBox(widget.NewLabel(label), o)
	}
	one := v.start
	two := container.NewVBox(field(words.T("Value to society against"), container.New(columns{}, v.axis)), v.trade)
	panel := container.NewStack(v.goals.object, v.hubs.object)
	v.mode = widget.NewSelect(words.All(modeWords), nil)
	v.mode.Selected = words.T(modeWords[0])
	show := func(string) {
		mode := max(0, v.mode.SelectedIndex())
		for i, o := range []fyne.CanvasObject{one, two, v.hubs.button} {
			if i == mode {
				o.Show()
			} else {
				o.Hide()
			}
		}
		if mode == 2 {
			v.goals.object.Hide()
			v.hubs.object.Show()
		} else {
			v.goals.object.Show()
			v.hubs.object.Hide()
		}
		panel.Refresh()
	}
	v.mode.OnChanged = show
	show("")
	foot := container.NewVBox(widget.NewSeparator(), container.NewBorder(nil, nil, widget.NewLabel(words.T("Look for up to")), nil, v.seconds), one, two, v.hubs.button, v.stop)
	limits := container.NewBorder(field(words.T("What are you looking for?"), v.mode), foot, nil, nil, container.NewVScroll(widgets.Inset(0, 4, panel)))
	result := container.NewBorder(v.says, container.NewBorder(nil, nil, nil, v.keep, v.asked.object), nil, nil, container.NewVScroll(v.facts))
	pictures := container.NewStack(v.chart, v.plans.object)
	v.plans.laid = pictures.Refresh
	right := widgets.Over(0.55, widgets.Inset(4, 8, pictures), widgets.Inset(4, 8, result))
	head := container.NewHBox(back, widgets.NewSub(words.T("Find a better plan")))
	v.object = container.NewBorder(widgets.Inset(4, 8, head), nil, container.NewHBox(widgets.Wide(panelWidth(), widgets.Inset(0, 8, limits)), widget.NewSeparator()), nil, right)
	d.On(app.WorkspaceChanged, v.fresh)
	return v
}

// panelWidth is how wide the limits stand.
func panelWidth() float32 {
	if words.English() {
		return 316
	}
	return 380
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
	v.says.SetText(words.T("Every building is kept, improved, shared or let go so that the whole is worth most to society. The search also proves how much better any plan could be."))
	v.asked.clear()
	if s == nil {
		return
	}
	v.goals.fresh(s)
}

// search reads the limits; the error is a sentence.
func (v *View) search(s *app.Snapshot) (app.Search, error) {
	q := app.Search{Seed: 1, Time: durations[max(0, v.seconds.SelectedIndex())]}
	var err error
	if q.Limit, err = v.goals.read(s); err != nil {
		return q, err
	}
	for n := 1; ; n++ {
		q.ID, q.Name = model.ScenarioID("plan"+strconv.Itoa(n)), words.T("Better plan")
		if n > 1 {
			q.Name += " " + strconv.Itoa(n)
		}
		if s.Scenario(string(q.ID)) == nil && s.Scenario(q.Name) == nil {
			return q, nil
		}
	}
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
		v.desk.Tell(app.Explain(words.T("Limits"), err))
		return
	}
	gen := v.begin(ws)
	v.cancel = v.desk.Jobs.Start(words.T("Finding a better plan"), func(ctx context.Context, p *jobs.Progress) error {
		p.SetTotal(int(q.Time / time.Millisecond))
		var drawn time.Duration
		plan, err := ws.Optimise(ctx, q, func(at optimise.Progress) {
			p.Set(int(at.Elapsed / time.Millisecond))
			if !at.HasPlan {
				return
			}
			v.mu.Lock()
			v.trail = append(v.trail, planchart.Moment{At: at.Elapsed.Seconds(), Plan: -at.Incumbent * 1000, Bound: -at.Bound * 1000})
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
	v.asked.clear()
	v.hubs.button.Disable()
	v.chart.Set(nil)
	v.says.SetText(words.T("Pricing every possible move…"))
	return v.gen
}

func (v *View) stopEnabled() bool { return !v.stop.Disabled() }

// tiny writes a share of which something is left, however little.
func tiny(share float64) string {
	if share < 0.0005 {
		return words.T("less than 0.1%")
	}
	return format.Percent(share)
}

// Sentence says how good a plan is proven to be.
func Sentence(best, bound float64) string {
	gap := math.Max(0, bound-best)
	if gap < 1 {
		return words.F("This is the best plan there is within these limits: %s to society.", format.Pounds(best))
	}
	share := ""
	if bound > 0 {
		share = words.F("within %s of the best possible: ", tiny(gap/bound))
	}
	return words.F("%s to society, %sat most %s could be left on the table.", format.Pounds(best), share, format.Pounds(gap))
}

// draw shows the trail of the search.
func (v *View) draw() {
	v.mu.Lock()
	trail := slices.Clone(v.trail)
	v.mu.Unlock()
	if len(trail) == 0 {
		return
	}
	last := trail[len(trail)-1]
	v.says.SetText(Sentence(last.Plan, last.Bound))
	v.chart.Set(planchart.Convergence(trail, false, true))
}

// end makes ready for the next search.
// job runs a search that was begun, and shows what it found unless another was
// begun or another project was opened meanwhile.
func (v *View) job(gen int, name string, work func(ctx context.Context) (show func(), err error)) {
	v.cancel = v.desk.Jobs.Start(name, func(ctx context.Context, _ *jobs.Progress) error {
		show, err := work(ctx)
		v.desk.Post(func() {
			if gen != v.gen {
				return
			}
			v.end()
			if err != nil {
				m := app.Explain(name, err)
				v.says.SetText(m.Text)
				v.desk.Tell(m)
				return
			}
			show()
		})
		return err
	})
}

func (v *View) end() {
	v.cancel = nil
	v.start.Enable()
	v.trade.Enable()
	v.hubs.button.Enable()
	v.stop.Disable()
}

func (v *View) done(plan *rationalise.Plan, err error) {
	v.end()
	if err != nil {
		m := app.Explain(words.T("Looking for a better plan"), err)
		v.says.SetText(m.Text)
		v.desk.Tell(m)
		return
	}
	if plan != nil && plan.Solver != nil {
		v.mu.Lock()
		if len(v.trail) == 0 { // solved before there was anything to report
			v.trail = append(v.trail, planchart.Moment{Plan: plan.NPSV, Bound: math.Max(plan.Bound, plan.NPSV)})
		}
		v.mu.Unlock()
	}
	v.draw()
	v.plan = plan
	if plan == nil {
		v.says.SetText(words.T("It was stopped before a plan was found."))
		return
	}
	v.tell(plan)
}

// tell says how good a plan is and lets it be kept.
func (v *View) tell(plan *rationalise.Plan) {
	v.plan = plan
	v.says.SetText(Sentence(plan.NPSV, plan.Bound))
	if plan.Solver != nil && plan.Solver.Status == optimise.StatusInfeasible {
		how := words.T("No plan that keeps every limit was found. ")
		if plan.Solver.ProvenInfeasible {
			how = words.T("No plan keeps every limit; that is proven. ")
		}
		v.says.SetText(words.F("%sThis one comes nearest; what it breaks, and what to relax first, is listed.", how))
	}
	v.asked.about(plan)
	v.facts.Set(planFacts(v.desk.Snapshot(), plan, v.asked))
	v.keep.Enable()
}

// save keeps the plan as a scenario and goes there.
func (v *View) save() {
	p := v.plan
	if p == nil || v.of != v.desk.Workspace() {
		return
	}
	sc := p.Scenario
	v.keep.Disable()
	v.desk.Change(words.T("Keeping the plan"), func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
		return ws.PutScenario(ctx, "“"+sc.Name+"”", sc)
	}, func() {
		v.desk.SetScenario(sc.ID)
		v.desk.Select(app.OneScenario, string(sc.ID))
		v.leave()
		v.desk.Tell(app.Message{Text: words.F("“%s” is among the scenarios. Undo takes it away.", sc.Name)})
	})
}
