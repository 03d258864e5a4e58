package workspace

import (
	"context"
	"math"
	"sync/atomic"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/importers"
)

func TestProgressTellsShareRateAndFile(t *testing.T) {
	var passed atomic.Int64 // read by the runner's ticks too
	w := &Workspace{now: func() time.Time {
		return time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC).Add(time.Duration(passed.Load()))
	}}
	run := jobs.New(w.now)
	told, stop := make(chan bool), make(chan bool)
	run.Start("Reading", func(_ context.Context, p *jobs.Progress) error {
		f := w.progress(p, 2)
		f(1, importers.Progress{Stage: "placing", Rows: 0, Of: 10_000})
		passed.Store(int64(3 * time.Second))
		f(1, importers.Progress{Stage: "placing", Rows: 7_500, Of: 10_000})
		told <- true
		<-stop
		return nil
	})
	<-told
	st := run.Statuses()[0]
	close(stop)
	run.Wait()
	if st.Stage != "file 2 of 2, placing 7,500 of 10,000 rows, 2,500 a second" {
		t.Errorf("stage %q", st.Stage)
	}
	if want := 0.5 + 0.25 + 0.25*0.75; math.Abs(st.Fraction-want) > 0.001 {
		t.Errorf("share %v, wanted %v", st.Fraction, want)
	}
	if st.Remaining <= 0 {
		t.Error("no remaining time")
	}
}
