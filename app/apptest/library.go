package apptest

import (
	"context"
	"path/filepath"

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
func (w *Workspace) Frontier(ctx context.Context, s app.Search, _ string) ([]rationalise.Point, error) {
	var out []rationalise.Point
	for i := range 3 {
		k := float64(i)
		sc := model.Scenario{ID: s.ID, Name: s.Name, Kind: model.Option, Actions: []model.Action{{ID: "o1", Kind: model.Sell, Asset: "a4", Year: s.Limit.Year}}}
		out = append(out, rationalise.Point{Limit: 1e6 * k, Used: 0.9e6 * k, Bound: 1.3e6 * (k + 1), Plan: &rationalise.Plan{Scenario: sc, NPSV: 1.2e6 * (k + 1), Bound: 1.3e6 * (k + 1),
			Appraised: 1.2e6 * (k + 1), Solver: &optimise.Result{Status: optimise.StatusFeasible}}})
	}
	return out, ctx.Err()
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
