package workspace

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/importers/demo"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise/highs"
	"github.com/planting-the-flag/flagstone/model/reference"
	"github.com/planting-the-flag/flagstone/model/store"
)

// What a new project begins with.
const (
	defaultSet     = "greenbook-2026-02"
	defaultHorizon = 30
)

// Library opens and makes project files.
type Library struct {
	Now func() time.Time
	Who string
	// Layouts is the folder in which the user keeps what the columns of files mean; empty for nowhere.
	Layouts string
	// HiGHS helps searches with their bound; nil does without.
	HiGHS *highs.Loader
}

var _ app.Library = (*Library)(nil)

func (l *Library) options() store.Options { return store.Options{Now: l.Now, Who: l.Who} }

func (l *Library) wrap(s *session.Session, err error) (app.Workspace, error) {
	if err != nil {
		return nil, err
	}
	return &Workspace{s: s, now: l.Now, highs: l.HiGHS, shelf: mapping.Shelf(l.Layouts)}, nil
}

// Open opens a project file.
func (l *Library) Open(ctx context.Context, path string, _ *jobs.Progress) (app.Workspace, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return l.wrap(session.Open(path, l.options()))
}

// New makes an empty project with its two standing scenarios. The first year
// is the financial year that runs now.
func (l *Library) New(ctx context.Context, path, name string, _ *jobs.Progress) (app.Workspace, error) {
	set, err := reference.Load(defaultSet)
	if err != nil {
		return nil, err
	}
	p := &model.Project{Name: name, BaseYear: financialYear(l.Now()), Horizon: defaultHorizon, PriceBase: set.PriceBase, Currency: set.Currency, ParameterSet: defaultSet,
		Scenarios: []model.Scenario{
			{ID: "x1", Name: "Business as usual", Kind: model.BusinessAsUsual, Description: "Nothing is decided: every building runs on and its backlog grows."},
			{ID: "x2", Name: "Do minimum", Kind: model.DoMinimum, Description: "Only what the law and safety require."},
			{ID: "x3", Name: "First ideas", Kind: model.Option, Description: "A scenario to try things in."},
		}}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return l.wrap(session.Create(path, p, l.options()))
}

// financialYear is the year in which the financial year of a day began.
func financialYear(t time.Time) int {
	if t.Month() < time.April {
		return t.Year() - 1
	}
	return t.Year()
}

// Demonstration makes the demonstration project and opens it.
func (l *Library) Demonstration(ctx context.Context, path string, p *jobs.Progress) (app.Workspace, error) {
	p.Stage(words.T("reading the open data"))
	project, err := demo.Build(ctx)
	if err != nil {
		return nil, err
	}
	p.Stage(words.T("writing the project"))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	return l.wrap(session.Create(path, project, l.options()))
}
