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
	r.Wait()
	on(func() {
		if c := d.Comparison(); c == nil || len(c.Project.Assets) != 7 {
			t.Error("the results are not those of the project on the desk")
		}
		if !a.Closed || b.Closed {
			t.Error("the project that was left must be closed, and only that one")
		}
	})
}

func TestExplainNeverShowsTheInnerWorkings(t *testing.T) {
	m := app.Explain("Opening", errors.New("pragma user_version: disk I/O error"))
	if !m.Bad || m.Detail == "" {
		t.Errorf("%+v", m)
	}
}
