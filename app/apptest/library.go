package apptest

import (
	"context"
	"path/filepath"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// Sections lists two parts.
func (w *Workspace) Sections() []app.Section {
	return []app.Section{{ID: "summary", Title: "Summary"}, {ID: "economic", Title: "Economic case"}}
}

// Paper is a short paper that says which edition and how many parts it has.
func (w *Workspace) Paper(ctx context.Context, e app.Export) (*document.Document, error) {
	if e.Kind != "business-case" {
		return nil, nil
	}
	d := &document.Document{Title: "Business case", TitlePage: true, Edition: document.Exempt}
	if e.Public {
		d.Edition = document.Public
	}
	parts := e.Sections
	if len(parts) == 0 {
		parts = []string{"summary", "economic"}
	}
	for _, s := range parts {
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: s}, document.P(document.T("Words of the "+s+".")), document.PageBreak{})
	}
	return d, ctx.Err()
}

// Why is made up.
func (w *Workspace) Why(ctx context.Context, _ model.ScenarioID, _ model.AssetID) (*app.Why, error) {
	return &app.Why{NPSV: 412000, Carbon: 61, Years: 30, Stay: []model.ServiceID{"s1", "s2"}, Residents: 1240, Minutes: 6}, ctx.Err()
}

// Frontier gives three made-up plans.
func (w *Workspace) Frontier(ctx context.Context, s app.Search, axes []string) (*app.Frontier, error) {
	out := &app.Frontier{}
	for _, a := range axes {
		out.Axes = append(out.Axes, rationalise.Axis{Key: a, What: a + " in 2055/56, t", One: "1 t", Unit: 1})
	}
	for i := range 3 {
		k := float64(i)
		sc := model.Scenario{ID: s.ID, Name: s.Name, Kind: model.Option, Actions: []model.Action{{ID: "o1", Kind: model.Sell, Asset: "a4", Year: s.Limit.Year}}}
		out.Points = append(out.Points, rationalise.Point{Limit: 1e6 * k, Used: 0.9e6 * k, Bound: 1.3e6 * (k + 1), Price: 1.2, Plan: &rationalise.Plan{Scenario: sc, NPSV: 1.2e6 * (k + 1), Bound: 1.3e6 * (k + 1),
			Appraised: 1.2e6 * (k + 1), Solver: &optimise.Result{Status: optimise.StatusFeasible}}})
	}
	return out, ctx.Err()
}

// OtherWay is made up.
func (w *Workspace) OtherWay(ctx context.Context, p *rationalise.Plan, id model.AssetID) (*rationalise.Why, error) {
	return &rationalise.Why{Asset: id, Decision: "sell", Forced: "keep", NPSV: 412000, Low: 400000, High: 520000, Carbon: 61, Capital: 20000, Other: p,
		Switching: []rationalise.Turning{{What: rationalise.TurnReceipt, Now: 900000, At: 500000, Reached: true}, {What: rationalise.TurnRunning, Now: 90000}}}, ctx.Err()
}

// Prices are made up.
func (w *Workspace) Prices(ctx context.Context, _ *rationalise.Plan) ([]rationalise.Price, error) {
	return []rationalise.Price{{Limit: "emissions in 2035/36", Unit: "1 t more", Step: 20, Worth: 1200, Low: 1100, High: 1300}}, ctx.Err()
}

// Hubs are made up.
func (w *Workspace) Hubs(ctx context.Context, s rationalise.HubSpec, _ time.Duration) ([]rationalise.Coverage, error) {
	return []rationalise.Coverage{{Hubs: 1, Share: 0.6, People: 600, Bound: 0.6, Open: []model.AssetID{"a1"}, Proven: true}, {Hubs: 2, Share: 0.97, People: 970, Bound: 0.98, Open: []model.AssetID{"a1", "a2"}}}, ctx.Err()
}

// Site is made up.
func (w *Workspace) Site(ctx context.Context, s rationalise.HubSpec, _ time.Duration) (*rationalise.Siting, error) {
	return &rationalise.Siting{Coverage: rationalise.Coverage{Hubs: 1, Share: 0.6, Open: []model.AssetID{"a1"}, Proven: true, Ties: [][]model.AssetID{{"a2"}}},
		Minutes: 12.5, Least: 12.5, Unreached: []string{"Midtown 003A"}, People: 120, Residents: 1000}, ctx.Err()
}

// Library gives out workspaces in memory.
type Library struct{ Next *Workspace }

// New makes an empty project.
func (l *Library) New(_ context.Context, path, name string, _ *jobs.Progress) (app.Workspace, error) {
	p := Project(0)
	p.Name, p.Boundaries, p.Population, p.Findings = name, nil, nil, nil
	p.Scenarios[2].Actions = nil
	w := New(p)
	w.Saved = path
	return w, nil
}

// Open gives Next, or a small place.
func (l *Library) Open(_ context.Context, path string, _ *jobs.Progress) (app.Workspace, error) {
	w := l.Next
	if w == nil {
		w = New(Project(60))
	}
	w.Saved = path
	return w, nil
}

// Demonstration gives a place of 240 assets.
func (l *Library) Demonstration(_ context.Context, path string, _ *jobs.Progress) (app.Workspace, error) {
	w := New(Project(240))
	w.Saved = path
	return w, nil
}

// OurBook says that a file is called returned.xlsx.
func (l *Library) OurBook(path string) bool { return filepath.Base(path) == "returned.xlsx" }
