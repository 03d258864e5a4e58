package app_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/model"
)

// newDesk makes a desk with a UI goroutine of its own; on runs something there
// and waits for it.
func newDesk(t *testing.T) (*app.Desk, *jobs.Runner, func(func())) {
	t.Helper()
	todo := make(chan func(), 1000)
	go func() {
		for f := range todo {
			f()
		}
	}()
	on := func(f func()) {
		done := make(chan bool)
		todo <- func() { f(); close(done) }
		<-done
	}
	r := jobs.New(time.Now)
	t.Cleanup(r.Close)
	return app.NewDesk(r, func(f func()) { todo <- f }), r, on
}

// settle waits for what was posted, for the jobs that begins, and for what they
// post.
func settle(r *jobs.Runner, on func(func())) {
	on(func() {})
	r.Wait()
	on(func() {})
}

func TestSelectionCanBeRetraced(t *testing.T) {
	d, _, _ := newDesk(t)
	d.Select(app.OneAsset, "a1")
	d.Select(app.OneService, "s1")
	d.Select(app.OneService, "s1") // the same again is no step
	d.Back()
	if got := d.Selection(); got.ID != "a1" {
		t.Errorf("back at %+v", got)
	}
	if d.CanGoBack() {
		t.Error("there was nothing before")
	}
}

func TestAFailedChangeIsToldAndChangesNothing(t *testing.T) {
	d, r, on := newDesk(t)
	ws := apptest.New(apptest.Project(5))
	on(func() { d.Adopt(ws, app.NewSnapshot(ws.Project())) })
	on(func() {
		d.Change("Saving", func(context.Context, app.Workspace, *jobs.Progress) error {
			return model.Invalid("floor area", "the floor area is −5 m²; it must not be negative")
		}, func() { t.Error("went on after a failure") })
	})
	r.Wait()
	on(func() {
		if m := d.Message(); !m.Bad || !strings.HasPrefix(m.Text, "The floor area is −5 m²; it must not be negative.") {
			t.Errorf("told %+v", m)
		}
		if len(d.Snapshot().Assets) != 5 {
			t.Error("something changed")
		}
	})
}

func TestStoppedWorkSaysThatNothingChanged(t *testing.T) {
	d, r, on := newDesk(t)
	on(func() {
		d.Run("Reading 1 file", func(context.Context, *jobs.Progress) (func(), error) { return nil, context.Canceled })
	})
	r.Wait()
	on(func() {
		if m := d.Message(); m.Bad || m.Text != "Reading 1 file: stopped. Nothing was changed." {
			t.Errorf("told %+v", m)
		}
	})
}

func TestResultsOfAnOlderProjectAreDropped(t *testing.T) {
	d, r, on := newDesk(t)
	a, b := apptest.New(apptest.Project(5)), apptest.New(apptest.Project(7))
	on(func() {
		d.Adopt(a, app.NewSnapshot(a.Project()))
		d.Adopt(b, app.NewSnapshot(b.Project()))
	})
	settle(r, on)
	on(func() {
		if c := d.Comparison(); c == nil || len(c.Project.Assets) != 7 {
			t.Error("the results are not those of the project on the desk")
		}
		if !a.Closed || b.Closed {
			t.Error("the project that was left must be closed, and only that one")
		}
	})
}

func TestWhoIsOutOfSightHearsOfChangesWhenItIsSeenAgain(t *testing.T) {
	d, r, on := newDesk(t)
	ws := apptest.New(apptest.Project(5))
	seen, place, both, always := false, 0, 0, 0
	d.InSight(func() bool { return seen }, func() {
		d.On(app.ScenarioChanged, func() { place++ })
		d.OnAny(func() { both++ }, app.ProjectChanged, app.ResultsChanged)
	})
	d.OnAny(func() { always++ }, app.ProjectChanged, app.ScenarioChanged)
	on(func() { d.Adopt(ws, app.NewSnapshot(ws.Project())) })
	settle(r, on)
	on(func() {
		if place != 0 || both != 0 || always != 1 {
			t.Errorf("out of sight told %d and %d times, in sight %d times", place, both, always)
		}
		d.CatchUp() // still out of sight
		seen = true
		d.CatchUp()
		d.CatchUp()
	})
	on(func() {
		if place != 1 || both != 1 {
			t.Errorf("seen again it was told %d and %d times of what it missed", place, both)
		}
		d.SetScenario("another")
		if place != 2 || always != 2 {
			t.Errorf("in sight it was told %d times, the other %d", place, always)
		}
	})
}

func TestAChangeAndItsResultsAreToldTogether(t *testing.T) {
	d, r, on := newDesk(t)
	ws := apptest.New(apptest.Project(5))
	on(func() { d.Adopt(ws, app.NewSnapshot(ws.Project())) })
	settle(r, on)
	d.Patience = time.Hour
	told := 0
	on(func() {
		d.OnAny(func() {
			told++
			if c := d.Comparison(); d.Computing() || c == nil || c.Project != d.Snapshot().Project || d.Result(d.Scenario().ID) == nil {
				t.Error("the results shown are not those of the project shown")
			}
		}, app.ProjectChanged, app.ScenarioChanged, app.SelectionChanged, app.ResultsChanged)
		sc := *d.Scenario()
		sc.Name = "Another name"
		d.Change("Saving", func(ctx context.Context, ws app.Workspace, _ *jobs.Progress) error {
			return ws.PutScenario(ctx, "another name", sc)
		}, nil)
	})
	settle(r, on)
	on(func() {
		if told != 1 || d.Scenario().Name != "Another name" {
			t.Errorf("told %d times", told)
		}
	})
}

func TestExplainNeverShowsTheInnerWorkings(t *testing.T) {
	m := app.Explain("Opening", errors.New("pragma user_version: disk I/O error"))
	if !m.Bad || m.Detail == "" {
		t.Errorf("%+v", m)
	}
}
