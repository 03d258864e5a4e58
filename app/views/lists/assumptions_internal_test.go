package lists

import (
	"context"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/importers/demo"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/risk"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

// posts stands for the UI goroutine.
type posts struct {
	mu sync.Mutex
	q  []func()
}

func (p *posts) post(f func()) {
	p.mu.Lock()
	p.q = append(p.q, f)
	p.mu.Unlock()
}

func (p *posts) drain() {
	for {
		p.mu.Lock()
		todo := p.q
		p.q = nil
		p.mu.Unlock()
		if len(todo) == 0 {
			return
		}
		for _, f := range todo {
			f()
		}
	}
}

// appraised is a workspace whose results are real.
type appraised struct {
	*apptest.Workspace
	e outcome.Evaluator
}

func (w *appraised) Evaluate(ctx context.Context) (*appraisal.Comparison, error) {
	return w.e.Evaluate(ctx, w.Project(), "")
}

type place struct {
	d *app.Desk
	v *Assumptions
	q *posts
}

// open shows a project in the place and waits until every job is over.
func open(t *testing.T, p *model.Project) *place {
	t.Helper()
	test.NewTempApp(t)
	q := &posts{}
	r := jobs.New(func() time.Time { return time.Time{} })
	t.Cleanup(r.Close)
	x := &place{d: app.NewDesk(r, q.post), q: q}
	x.v = NewAssumptions(x.d)
	x.d.Adopt(&appraised{Workspace: apptest.New(p)}, app.NewSnapshot(p))
	x.settle()
	return x
}

func (x *place) settle() {
	for range 4 { // results, then effects
		x.q.drain()
		x.d.Jobs.Wait()
	}
	x.q.drain()
}

func trafford(t *testing.T) *model.Project {
	t.Helper()
	p, err := demo.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func last(p *model.Project) model.ScenarioID { return p.Scenarios[len(p.Scenarios)-1].ID }

// TestTheColumnIsWhatAppraisingAgainGives follows the widest assumption of the
// demonstration place and one that does not act.
func TestTheColumnIsWhatAppraisingAgainGives(t *testing.T) {
	p := trafford(t)
	x := open(t, p)
	x.d.SetScenario(last(p))
	x.settle()
	e := &x.v.effects
	if e.state != there || len(e.by) != len(x.d.Comparison().Book.All()) {
		t.Fatalf("state %d with %d effects", e.state, len(e.by))
	}
	bars := e.chart.Plot.(chart.Tornado).Bars
	if len(bars) != dozen || x.v.chart.Def() != e.chart {
		t.Errorf("%d bars", len(bars))
	}
	rows := assumptionRows(x.d.Comparison().Book.All(), e.shown(), "")
	var widest, idle *AssumptionRow
	for i := range rows {
		r := &rows[i]
		if !r.Width.Known() {
			t.Errorf("%s has no width", r.Key)
		}
		if widest == nil || r.Width.Value > widest.Width.Value {
			widest = r
		}
		if idle == nil && r.Effect == "does not act here" {
			idle = r
		}
	}
	if idle == nil || idle.Width.Value != 0 || e.by[idle.Key].Acts {
		t.Errorf("nothing is idle, or %+v", idle)
	}
	planned := x.d.Result(last(p)).NPSV
	w := e.by[widest.Key]
	for k, at := range [2]float64{w.LowAt, w.HighAt} {
		a, _ := x.d.Comparison().Book.Get(widest.Key)
		a.Value = at
		changed := *p
		changed.Assumptions = append(append([]model.Assumption(nil), p.Assumptions...), a)
		c, err := outcome.Evaluate(&changed, appraisal.Options{})
		if err != nil {
			t.Fatal(err)
		}
		moved := c.Result(last(p)).NPSV - planned
		if math.Abs(moved-(w.NPSV[k]-w.Planned)) > 0.01 || !strings.Contains(widest.Effect, change(moved)) || !strings.Contains(widest.why, change(moved)[:2]) {
			t.Errorf("%s at %g moves £%.2f; the column says %s", widest.Key, at, moved, widest.Effect)
		}
	}
	if got := [2]float64{bars[0].Low, bars[0].High}; got != w.NPSV {
		t.Errorf("the longest bar is %v, not %v", got, w.NPSV)
	}
}

// TestEffectsAreKeptUntilSomethingChanges goes to another scenario and back,
// then changes an assumption.
func TestEffectsAreKeptUntilSomethingChanges(t *testing.T) {
	p := trafford(t)
	x := open(t, p)
	e := &x.v.effects
	first, was := e.now, e.by
	x.d.SetScenario(p.Scenarios[0].ID)
	x.settle()
	if e.chart != nil || !strings.Contains(e.says(), "measured against") {
		t.Errorf("the baseline is moved: %s", e.says())
	}
	x.d.SetScenario(first.scenario)
	if e.state != there || len(e.by) != len(was) || e.by["backlog.growth"] != was["backlog.growth"] {
		t.Errorf("state %d after coming back", e.state)
	}
	a, _ := x.d.Comparison().Book.Get("backlog.growth")
	a.Value, a.Reason = a.Value*1.5, "test"
	x.d.Change("test", func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
		return ws.PutAssumption(ctx, "test", a)
	}, nil)
	x.settle()
	if e.state != there || e.by["backlog.growth"] == was["backlog.growth"] || e.by["backlog.growth"].Now != a.Value {
		t.Errorf("the old effects stand after a change (state %d)", e.state)
	}
}

// TestALargeProjectAsksFirst works nothing out until the button is pressed.
func TestALargeProjectAsksFirst(t *testing.T) {
	p := &model.Project{Name: "Large", BaseYear: 2026, Horizon: 10, PriceBase: 2024, ParameterSet: "greenbook-2026-02", Currency: "GBP",
		Organisations: []model.Organisation{{ID: "c", Name: "Council", Public: true}},
		Scenarios:     []model.Scenario{{ID: "x1", Name: "As now", Kind: model.BusinessAsUsual}, {ID: "x2", Name: strings.Repeat("A very long name ", 12), Kind: model.Option}}}
	x := open(t, p)
	if e := &x.v.effects; e.state != there || e.chart != nil || !strings.Contains(e.says(), "No assumption moves") {
		t.Errorf("an empty project: state %d, %s", e.state, e.says())
	}
	large := *p
	large.Assets = make([]model.Asset, askOver+1)
	for i := range large.Assets {
		large.Assets[i] = model.Asset{ID: model.AssetID("a" + strings.Repeat("0", i%7) + string(rune('a'+i%26)) + time.Duration(i).String()), Organisation: "c", Name: "House", Use: model.UseOffice, Tenure: model.Tenure{Kind: model.Freehold}}
	}
	x = open(t, &large)
	if x.v.effects.state != asked || !x.v.begin.Visible() {
		t.Fatalf("state %d, button %t", x.v.effects.state, x.v.begin.Visible())
	}
	x.v.begin.OnTapped()
	if x.v.effects.state != working || x.v.begin.Visible() {
		t.Errorf("state %d after the button", x.v.effects.state)
	}
	for _, s := range x.d.Jobs.Statuses() {
		x.d.Jobs.Cancel(s.ID)
	}
	x.settle()
	if s := x.v.effects.state; s != asked && s != there { // it may have been over before it was stopped
		t.Errorf("state %d after it was stopped", s)
	}
}

// TestRowsSayWhatTheEndsAre covers the assumptions without a range.
func TestRowsSayWhatTheEndsAre(t *testing.T) {
	sw := risk.Swing{Key: "k", Unit: "fraction", LowAt: 0.09, HighAt: 0.11, NPSV: [2]float64{100, 5100}}
	for _, x := range []struct {
		e           risk.Effect
		effect, rng string
	}{
		{risk.Effect{Swing: sw, Ends: risk.EndsByTenth, Planned: 2100, Acts: true}, "−£2,000 to +£3,000", "9 to 11 (±10%)"},
		{risk.Effect{Swing: sw, Ends: risk.EndsByEvidence, Planned: 100, Acts: true}, "+£5,000", "9 to 11"},
		{risk.Effect{Swing: risk.Swing{Key: "k"}, Ends: risk.EndsNone}, "does not act here", "none: it is 0"},
	} {
		var r AssumptionRow
		r.tell(&x.e)
		if r.Effect != x.effect || r.Range != x.rng {
			t.Errorf("%q and %q, not %q and %q", r.Effect, r.Range, x.effect, x.rng)
		}
	}
}
