package jobs_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/app/jobs"
)

func TestProgressGivesFractionAndRemainingTime(t *testing.T) {
	var mu sync.Mutex
	now := time.Unix(0, 0)
	clock := func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	r := jobs.New(clock)
	ready, leave := make(chan bool), make(chan bool)
	r.Start("Reading", func(_ context.Context, p *jobs.Progress) error {
		p.Stage("rows")
		p.SetTotal(200)
		p.Add(50)
		close(ready)
		<-leave
		return nil
	})
	<-ready
	mu.Lock()
	now = now.Add(10 * time.Second)
	mu.Unlock()
	st := r.Statuses()
	if len(st) != 1 || st[0].Fraction != 0.25 || st[0].Remaining != 30*time.Second || st[0].Stage != "rows" {
		t.Errorf("status %+v", st)
	}
	close(leave)
	r.Wait()
	if n := len(r.Statuses()); n != 0 {
		t.Errorf("%d jobs after the end", n)
	}
}

func TestCancelReachesTheWork(t *testing.T) {
	r := jobs.New(time.Now)
	var got error
	started := make(chan bool)
	r.Start("Long", func(ctx context.Context, _ *jobs.Progress) error {
		close(started)
		<-ctx.Done()
		got = ctx.Err()
		return got
	})
	<-started
	r.Cancel(r.Statuses()[0].ID)
	r.Wait()
	if !errors.Is(got, context.Canceled) {
		t.Errorf("the work saw %v", got)
	}
}

func TestAPanicEndsTheJobAndNotTheProgram(t *testing.T) {
	r := jobs.New(time.Now)
	told := make(chan any, 1)
	r.Recovered = func(v any, stack []byte) { told <- v }
	r.Start("Broken", func(context.Context, *jobs.Progress) error { panic("oh") })
	r.Wait()
	if v := <-told; v != "oh" {
		t.Errorf("told %v", v)
	}
}

func TestANilProgressForgets(t *testing.T) {
	var p *jobs.Progress
	p.Stage("x")
	p.SetTotal(1)
	p.Add(1)
	p.Set(1)
}
