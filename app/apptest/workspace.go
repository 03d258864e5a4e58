package apptest

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/challenge"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// Workspace keeps a project in memory and remembers every step.
type Workspace struct {
	mu         sync.Mutex
	now        *model.Project
	past, next []step
	Slow       time.Duration // how long an import takes
	Locked     string        // what ReadOnly says
	Written    []app.Export
	Closed     bool
	Saved      string
	Baseline   model.ScenarioID
}

type step struct {
	name string
	was  *model.Project
}

// New wraps a project.
func New(p *model.Project) *Workspace { return &Workspace{now: p} }

// Path says that the project was never saved, or where.
func (w *Workspace) Path() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Saved
}

// ReadOnly says why nothing can be changed.
func (w *Workspace) ReadOnly() string { return w.Locked }

// Project is the project as it is now.
func (w *Workspace) Project() *model.Project {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *Workspace) change(name string, f func(*model.Project)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := *w.now
	p.Assets, p.Scenarios = slices.Clone(p.Assets), slices.Clone(p.Scenarios)
	p.Assumptions, p.Findings, p.Decisions = slices.Clone(p.Assumptions), slices.Clone(p.Findings), slices.Clone(p.Decisions)
	f(&p)
	w.past, w.next, w.now = append(w.past, step{name, w.now}), nil, &p
	return nil
}

// PutScenario adds or replaces a scenario.
func (w *Workspace) PutScenario(_ context.Context, name string, s model.Scenario) error {
	return w.change(name, func(p *model.Project) {
		for i := range p.Scenarios {
			if p.Scenarios[i].ID == s.ID {
				p.Scenarios[i] = s
				return
			}
		}
		p.Scenarios = append(p.Scenarios, s)
	})
}

// RemoveScenario takes a scenario away.
func (w *Workspace) RemoveScenario(_ context.Context, name string, id model.ScenarioID) error {
	return w.change(name, func(p *model.Project) {
		p.Scenarios = slices.DeleteFunc(p.Scenarios, func(s model.Scenario) bool { return s.ID == id })
	})
}

// PutAsset replaces an asset.
func (w *Workspace) PutAsset(_ context.Context, name string, a model.Asset) error {
	return w.change(name, func(p *model.Project) {
		for i := range p.Assets {
			if p.Assets[i].ID == a.ID {
				p.Assets[i] = a
			}
		}
	})
}

// Past lists nothing: steps are remembered whole, not by asset.
func (w *Workspace) Past(context.Context, model.AssetID) ([]session.Past, error) { return nil, nil }

// PutAssumption lays a value over the parameter set.
func (w *Workspace) PutAssumption(_ context.Context, name string, a model.Assumption) error {
	return w.change(name, func(p *model.Project) { p.Assumptions = append(p.Assumptions, a) })
}

// UndoName names the last step.
func (w *Workspace) UndoName() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.past) == 0 {
		return ""
	}
	return w.past[len(w.past)-1].name
}

// RedoName names the step undone last.
func (w *Workspace) RedoName() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.next) == 0 {
		return ""
	}
	return w.next[len(w.next)-1].name
}

// Undo takes the last step back.
func (w *Workspace) Undo(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := len(w.past); n > 0 {
		s := w.past[n-1]
		w.past, w.next, w.now = w.past[:n-1], append(w.next, step{s.name, w.now}), s.was
	}
	return nil
}

// Redo does it again.
func (w *Workspace) Redo(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := len(w.next); n > 0 {
		s := w.next[n-1]
		w.next, w.past, w.now = w.next[:n-1], append(w.past, step{s.name, w.now}), s.was
	}
	return nil
}

// Returned takes any file called returned.xlsx for a workbook that came back.
func (w *Workspace) Returned(_ context.Context, path string) (*app.Returned, error) {
	if filepath.Base(path) != "returned.xlsx" {
		return nil, nil
	}
	return &app.Returned{File: "returned.xlsx", Against: "the project as it is today", Changes: []app.ReturnedChange{
		{ID: 1, Where: "Assumptions, D12", Sentence: "Maintenance of an office: £34 became £31.", Usable: true},
		{ID: 2, Where: "Streams, F40", Sentence: "Rent of Building 4: £90,000 became £95,000.", Now: "£92,000", Conflict: true, Usable: true},
		{ID: 3, Where: "Community hubs, H9", Sentence: "A formula was overwritten by 1,200.", Usable: false},
	}}, nil
}

// Take notes what was taken as an assumption.
func (w *Workspace) Take(_ context.Context, r *app.Returned, ids []int) ([]string, error) {
	return nil, w.change("changes from "+r.File, func(p *model.Project) {
		for _, id := range ids {
			p.Assumptions = append(p.Assumptions, model.Assumption{Key: fmt.Sprintf("taken.%d", id)})
		}
	})
}

// Exports offers a workbook and a paper.
func (w *Workspace) Exports() []app.ExportKind {
	return []app.ExportKind{
		{ID: "workbook", Title: "Workbook for finance", Description: "Every figure as a formula.", Extension: ".xlsx"},
		{ID: "business-case", Title: "Business case", Description: "The paper for the committee.", Extension: ".pdf", Scenario: true, Editions: true},
	}
}

// Export remembers what was asked for.
func (w *Workspace) Export(_ context.Context, e app.Export, _ *jobs.Progress) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Written = append(w.Written, e)
	return nil
}

// SaveAs remembers the path.
func (w *Workspace) SaveAs(_ context.Context, path string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Saved = path
	return nil
}

// Freeze adds a decision.
func (w *Workspace) Freeze(_ context.Context, name string) error {
	return w.change("freezing of "+name, func(p *model.Project) {
		p.Decisions = append(p.Decisions, model.Decision{Number: len(p.Decisions) + 1, Name: name})
	})
}

// Close notes that it was closed.
func (w *Workspace) Close() error { w.Closed = true; return nil }

// Evaluate gives made-up results that differ by scenario.
func (w *Workspace) Evaluate(ctx context.Context) (*appraisal.Comparison, error) {
	p := w.Project()
	c := &appraisal.Comparison{Project: p, Set: "greenbook-2026-02", SetName: "Green Book, February 2026", BaseYear: p.BaseYear, Years: p.Horizon,
		PriceBase: p.PriceBase, Schedule: "standard", Baseline: cmp.Or(w.Baseline, "bau"),
		Book: model.NewBook([]model.Assumption{
			{Key: "carbon.value.central.2026", Label: "Value of carbon, central", Group: "Carbon", Value: 280, Unit: "£/tCO2e", PriceBase: 2025, Grade: model.Stated, Source: "DESNZ 2025", Date: "2025-10-01"},
			{Key: "maintenance.office.per_m2", Label: "Maintenance of an office", Group: "Running costs", Value: 34, Unit: "£/m²", PriceBase: 2025, Grade: model.Benchmark, Source: "Benchmark table", Date: "2024-04-01"},
		})}
	for i, s := range p.Scenarios {
		k := float64(i)
		r := appraisal.Result{Scenario: s, Plan: &action.Plan{}, NPSV: 1.24e6 * k, NPVPublic: 0.9e6 * k, NetPresentCost: 61e6 - 2e6*k, Capex: 3.1e6 * k,
			Receipts: 2.2e6 * k, RunningCostEnd: 4.1e6 - 0.2e6*k, CarbonTotal: 20400 - 900*k}
		for y := range p.Horizon {
			t := float64(y)
			r.Cash = append(r.Cash, k*(-900000*math.Exp(-t/2)+120000))
			r.Economic = append(r.Economic, k*(-700000*math.Exp(-t/2)+140000))
			r.CarbonByYear = append(r.CarbonByYear, (900-80*k)*math.Exp(-t/14))
			r.Area = append(r.Area, 52000-1500*k)
			r.People = append(r.People, 800)
		}
		if s.ID == "hubs" {
			r.Plan.Conflicts = []action.Conflict{{Action: "x2", Asset: "a2", Kind: "locked", Message: "Building 2 is listed: it cannot be sold before consent."}}
		}
		c.Options = append(c.Options, r)
	}
	return c, ctx.Err()
}

// Challenge scores the made-up buildings.
func (w *Workspace) Challenge(ctx context.Context, weights map[challenge.Criterion]float64) ([]challenge.Score, error) {
	return challenge.Run(w.Project(), challenge.Options{Weights: weights, Draws: 20, Seed: 1}), ctx.Err()
}

// Optimise pretends to look for a plan.
func (w *Workspace) Optimise(ctx context.Context, s app.Search, report func(optimise.Progress)) (*rationalise.Plan, error) {
	for i := range 5 {
		report(optimise.Progress{HasPlan: true, Incumbent: -1000 - 50*float64(i), Bound: -1400 + 20*float64(i), Elapsed: time.Duration(i) * time.Second})
	}
	sc := model.Scenario{ID: s.ID, Name: s.Name, Kind: model.Option, Actions: []model.Action{{ID: "o1", Kind: model.Sell, Asset: "a4", Year: s.Limit.Year}}}
	return &rationalise.Plan{Scenario: sc, Solver: &optimise.Result{Status: optimise.StatusFeasible, Gap: 0.1}, NPSV: 1.2e6, Bound: 1.32e6, Gap: 1.2e5, Appraised: 1.2e6}, nil
}

// Consider gives made-up consequences.
func (w *Workspace) Consider(_ context.Context, _ model.ScenarioID, a model.Action) (*outcome.Consequences, error) {
	c := &outcome.Consequences{Year: a.Year, Money: outcome.MoneyChange{NPSV: 412000, NPVPublic: 380000, OneOff: -90000, Yearly: 41000}, Capital: 90000, Travel: 1200}
	c.People = []outcome.BuildingChange{{Asset: a.Asset, FTE: -12, Desks: -9, KWh: -42000, Tonnes: -8.1}}
	c.Energy = c.People
	return c, nil
}

// PutPaper keeps what was changed in a section.
func (w *Workspace) PutPaper(_ context.Context, name string, part model.PaperPart) error {
	return w.change(name, func(p *model.Project) {
		p.Papers = slices.DeleteFunc(slices.Clone(p.Papers), func(x model.PaperPart) bool { return x.Section == part.Section })
		if part != (model.PaperPart{Section: part.Section}) {
			p.Papers = append(p.Papers, part)
		}
	})
}

// Words invents a section.
func (w *Workspace) Words(_ context.Context, _ app.Export, section string) (*app.Words, error) {
	return &app.Words{Title: section, Ours: "We worked it out for {place}.\n\n{table 1}"}, nil
}

// SetBaseline remembers the baseline.
func (w *Workspace) SetBaseline(id model.ScenarioID) { w.Baseline = id }

// Attendance answers for a building of a hundred people.
func (w *Workspace) Attendance(_ context.Context, q app.AttendanceQuestion) (*app.Attendance, error) {
	need := math.Round(100 * (5 - q.Home) / 5)
	return &app.Attendance{People: 100, Desks: 100, Needed: need, Chance: make([]float64, 101)}, nil
}
