// Package workspace is the window's Workspace over the real thing: the session
// with its project file, the importers, the appraisal and the publishers.
//
// It knows which package does what the window asks for, and in which order. It
// refuses to compute, read or write anything itself; it imports no Fyne.
package workspace

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/challenge"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/optimise/highs"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/model/store"
)

// Workspace is an open project file.
type Workspace struct {
	s     *session.Session
	now   func() time.Time
	highs *highs.Loader
	// shelf keeps the mappings of the user; empty when there is nowhere to keep them.
	shelf mapping.Shelf
	// outcomes keeps the results of what is not edited.
	outcomes outcome.Evaluator

	mu       sync.Mutex
	baseline model.ScenarioID               // chosen by the user; empty for business as usual
	found    map[model.ScenarioID]foundPlan // by searches since the project was opened
}

var _ app.Workspace = (*Workspace)(nil)

// Path is the project file.
func (w *Workspace) Path() string { return w.s.Path() }

// ReadOnly says why nothing can be changed; empty when it can.
func (w *Workspace) ReadOnly() string { return w.s.Access().Sentence }

// Project is the project as it now is.
func (w *Workspace) Project() *model.Project { return w.s.Project() }

// Evaluate works out every scenario that was edited since the last time.
func (w *Workspace) Evaluate(ctx context.Context) (*appraisal.Comparison, error) {
	p := w.s.Project()
	if len(p.Scenarios) == 0 {
		return nil, ctx.Err()
	}
	return w.outcomes.Evaluate(ctx, p, w.against(p))
}

// SetBaseline chooses what changes are measured against.
func (w *Workspace) SetBaseline(id model.ScenarioID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.baseline = id
}

// against is the baseline that was chosen, if it is still there.
func (w *Workspace) against(p *model.Project) model.ScenarioID {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.baseline != "" && p.Scenario(string(w.baseline)) != nil {
		return w.baseline
	}
	return ""
}

// Challenge scores every building.
func (w *Workspace) Challenge(ctx context.Context, weights map[challenge.Criterion]float64) ([]challenge.Score, error) {
	out := challenge.Run(w.s.Project(), challenge.Options{Weights: weights, Seed: 1})
	return out, ctx.Err()
}

// Optimise looks for a better plan. Stopping it is not an error: the best plan
// found so far comes back.
func (w *Workspace) Optimise(ctx context.Context, s app.Search, report func(optimise.Progress)) (*rationalise.Plan, error) {
	b, err := rationalise.Build(w.s.Project(), s.Limit)
	if err != nil {
		return nil, err
	}
	start := w.now()
	plan, err := rationalise.Solve(ctx, b, s.ID, s.Name, optimise.Options{HiGHS: w.highs, Time: s.Time, Seed: s.Seed, Progress: report,
		Clock: func() time.Duration { return w.now().Sub(start) }})
	if plan != nil && err == nil {
		w.keep(plan.Scenario, b, plan)
	}
	return plan, err
}

// Consider works out what one more action would do.
func (w *Workspace) Consider(ctx context.Context, id model.ScenarioID, a model.Action) (*outcome.Consequences, error) {
	c, err := outcome.Consider(w.s.Project(), id, a, appraisal.Options{})
	if err != nil {
		return nil, err
	}
	return c, ctx.Err()
}

// do makes one change, unless it was cancelled before it began: a change either
// happens whole or not at all.
func (w *Workspace) do(ctx context.Context, name, why string, commands ...store.Command) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return w.s.DoBecause(name, why, commands...)
}

// PutScenario adds or replaces a scenario.
func (w *Workspace) PutScenario(ctx context.Context, name string, s model.Scenario) error {
	if err := w.unlocked(s.ID, &s); err != nil {
		return err
	}
	return w.do(ctx, name, "", store.PutScenario{Scenario: s})
}

// unlocked refuses a change to a locked scenario, unless it is the one that
// unlocks it; next is nil for removal.
func (w *Workspace) unlocked(id model.ScenarioID, next *model.Scenario) error {
	old := w.s.Project().Scenario(string(id))
	if old == nil || !old.Locked || next != nil && !next.Locked {
		return nil
	}
	return model.Invalid("scenario", words.F("“%s” is locked. Unlock it, or copy it and change the copy", old.Name))
}

// RemoveScenario takes a scenario away.
func (w *Workspace) RemoveScenario(ctx context.Context, name string, id model.ScenarioID) error {
	if err := w.unlocked(id, nil); err != nil {
		return err
	}
	return w.do(ctx, name, "", store.RemoveScenario{ID: id})
}

// PutAsset replaces an asset.
func (w *Workspace) PutAsset(ctx context.Context, name string, a model.Asset) error {
	return w.do(ctx, name, "", store.PutAssets{Assets: []model.Asset{a}})
}

// PutAssumption lays a value over the parameter set.
func (w *Workspace) PutAssumption(ctx context.Context, name string, a model.Assumption) error {
	return w.do(ctx, name, a.Reason, store.PutAssumption{Assumption: a})
}

// UndoName names the step that Undo takes back.
func (w *Workspace) UndoName() string {
	label, can := w.s.UndoLabel()
	return stepName(label, can, words.T("Undo")+" ")
}

// RedoName names the step that Redo does again.
func (w *Workspace) RedoName() string {
	label, can := w.s.RedoLabel()
	return stepName(label, can, words.T("Redo")+" ")
}

func stepName(label string, can bool, verb string) string {
	if !can {
		return ""
	}
	return strings.TrimPrefix(label, verb)
}

// Undo takes the last step back.
func (w *Workspace) Undo(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return w.s.Undo()
}

// Redo does the step taken back last again.
func (w *Workspace) Redo(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return w.s.Redo()
}

// SaveAs goes on in another file.
func (w *Workspace) SaveAs(ctx context.Context, path string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return w.s.SaveAs(path)
}

// Freeze keeps a numbered decision.
func (w *Workspace) Freeze(ctx context.Context, name string) error {
	return w.do(ctx, words.F("freezing of “%s”", name), "", store.Freeze{Decision: model.Decision{Name: name}})
}

// Close gives the file up.
func (w *Workspace) Close() error { return w.s.Close() }
