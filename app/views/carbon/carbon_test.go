package carbon

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/importers/demo"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(a), math.Abs(b)) }

// TestThePagesSayWhatTheModelAndThePapersSay holds what is shown of the
// demonstration place against the grant test, the energy of the estate, the
// trace of each number, and the figures of the business case.
func TestThePagesSayWhatTheModelAndThePapersSay(t *testing.T) {
	p, err := demo.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	c, err := outcome.Evaluate(p, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var hubs, bau model.ScenarioID
	for i := range p.Scenarios {
		switch p.Scenarios[i].Kind {
		case model.Option:
			hubs = p.Scenarios[i].ID
		case model.BusinessAsUsual:
			bau = p.Scenarios[i].ID
		}
	}
	name := app.NewSnapshot(p).AssetName
	r, err := gather(context.Background(), c, hubs, name)
	if err != nil {
		t.Fatal(err)
	}
	if !r.planned || len(r.measures) != 15 { // three hubs, five measures each
		t.Fatalf("%d measures", len(r.measures))
	}
	capital, tonnes := map[model.AssetID]float64{}, map[model.AssetID]float64{}
	for _, m := range r.measures {
		capital[m.Asset] += m.Cost.Value
		tonnes[m.Asset] += m.Tonnes.Value
		tree, err := appraisal.Explain(c, hubs, m.Trace)
		if err != nil || !near(tree.Value, m.PerTonne.Value) {
			t.Errorf("%s, %s: £%g a tonne, opens as %+v, %v", m.Name, m.Label, m.PerTonne.Value, tree, err)
		}
	}
	tests, _, err := outcome.Grants(c, hubs)
	if err != nil || len(tests) != 3 {
		t.Fatalf("%+v, %v", tests, err)
	}
	for _, g := range tests {
		if !near(capital[g.Asset], g.Capital) || !near(tonnes[g.Asset], g.Tonnes) {
			t.Errorf("%s: £%.0f and %.1f t, by the grant test £%.0f and %.1f t", name(g.Asset), capital[g.Asset], tonnes[g.Asset], g.Capital, g.Tonnes)
		}
	}
	blocks := r.curve.Plot.(chart.Blocks)
	central := c.Paths["carbon.central"]
	if len(blocks.Blocks) != len(r.steps) || blocks.Level == nil || blocks.Level.Value != central.At(c.BaseYear) {
		t.Errorf("%d blocks, %d steps, level %+v", len(blocks.Blocks), len(r.steps), blocks.Level)
	}
	for i, b := range blocks.Blocks {
		if b.Width != r.steps[i].Tonnes.Value || b.Height != r.steps[i].PerTonne.Value || i > 0 && b.Height < blocks.Blocks[i-1].Height {
			t.Errorf("block %d: %+v, in the list %+v", i+1, b, r.steps[i])
		}
	}
	gas, oil := 0.0, 0.0
	for _, b := range r.burning {
		gas, oil = gas+b.Gas.Value, oil+b.Oil.Value
	}
	target, _ := c.Book.Get(outcome.TargetKey)
	at := min(int(target.Value), c.BaseYear+c.Years-1) - c.BaseYear
	for i := range c.Options {
		if o := &c.Options[i]; o.Scenario.ID == hubs && (math.Abs(gas-o.EnergyByFuel[model.Gas][at]) > 1 || math.Abs(oil-o.EnergyByFuel[model.Oil][at]) > 1) {
			t.Errorf("buildings burn %.0f and %.0f kWh, the estate %.0f and %.0f", gas, oil, o.EnergyByFuel[model.Gas][at], o.EnergyByFuel[model.Oil][at])
		}
	}
	for _, b := range r.burning[:3] {
		if tree, err := appraisal.Explain(c, hubs, b.Trace); err != nil || !near(tree.Value, b.Tonnes.Value) {
			t.Errorf("%s: %g t, opens as %+v, %v", b.Name, b.Tonnes.Value, tree, err)
		}
	}

	// Where nothing is planned the curve is that of the papers.
	r, err = gather(context.Background(), c, bau, name)
	if err != nil || r.planned || len(r.measures) != 0 || !strings.Contains(r.says, "No retrofit is planned") || len(r.steps) < 5 {
		t.Fatalf("%+v, %v", r, err)
	}
	doc, err := businesscase.Build(c, businesscase.Options{})
	if err != nil {
		t.Fatal(err)
	}
	paper := map[string]float64{}
	for _, f := range document.Fields(doc) {
		paper[f.Key] = f.Value
	}
	for _, s := range r.steps {
		if perTonne, ok := paper["abatement."+s.Key+".per_tonne"]; !ok || !near(perTonne, s.PerTonne.Value) || !near(paper["abatement."+s.Key+".tonnes"], s.Tonnes.Value) {
			t.Errorf("%s: £%g a tonne and %g t, in the papers £%g and %g t", s.Key, s.PerTonne.Value, s.Tonnes.Value, perTonne, paper["abatement."+s.Key+".tonnes"])
		}
	}
}

// TestEveryPageBearsAnyProject turns the pages with no project, one without
// results of streams, and one without buildings.
func TestEveryPageBearsAnyProject(t *testing.T) {
	test.NewTempApp(t)
	post := make(chan func(), 1000)
	run := jobs.New(time.Now)
	t.Cleanup(run.Close)
	d := app.NewDesk(run, func(f func()) { post <- f })
	v := New(d, func() fyne.CanvasObject { return canvas.NewText("empty", nil) })
	w := test.NewTempWindow(t, v.Object())
	w.Resize(fyne.NewSize(700, 560))
	until := func(what string, is func() bool) {
		t.Helper()
		end := time.After(time.Minute)
		for !is() {
			select {
			case f := <-post:
				f()
			case <-end:
				t.Fatal("never: " + what)
			}
		}
	}
	for i := range pages() {
		v.choose.SetSelectedIndex(i)
		if v.Focus() == nil {
			t.Errorf("page %d takes no keys", i)
		}
	}
	p := apptest.Project(6)
	p.Assets[0].Name = strings.Repeat("Altrincham and Timperley joint services centre ", 5)
	ws := apptest.New(p)
	d.Adopt(ws, app.NewSnapshot(ws.Project()))
	until("a scenario without streams is said to have none", func() bool { return strings.Contains(v.says.Text, "No retrofit is planned") })
	if !v.trace.Visible() || !v.plan.Visible() {
		t.Error("the ways on are hidden")
	}
	v.open(v.traced())
	if d.Selection().Kind == app.OneFigure || d.Message().Text == "" {
		t.Errorf("no row is chosen, yet %+v opens", d.Selection())
	}
	none := apptest.New(&model.Project{Name: "New", BaseYear: 2026, Horizon: 10, PriceBase: 2024, ParameterSet: "greenbook-2026-02", Currency: "GBP"})
	d.Adopt(none, app.NewSnapshot(none.Project()))
	until("a project without buildings says what to do", func() bool { return v.object.Objects[0] == v.empty })
}
