package app

import (
	"context"
	"errors"
	"time"

	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// soon is how long a change waits for its results unless a Desk says otherwise.
const soon = 40 * time.Millisecond

// evaluation is the working out of results of the project as it is when it
// begins. Its results may be read once done is closed.
type evaluation struct {
	stop context.CancelFunc
	done chan struct{}

	c   *appraisal.Comparison
	by  map[model.ScenarioID]*appraisal.Result
	err error
}

// wait returns when the results are there, or after a while.
func (e *evaluation) wait(most time.Duration) {
	t := time.NewTimer(most)
	defer t.Stop()
	select {
	case <-e.done:
	case <-t.C:
	}
}

// over says whether the results may be read.
func (e *evaluation) over() bool {
	select {
	case <-e.done:
		return true
	default:
		return false
	}
}

// begin starts to work out results, from any goroutine. They are shown when
// they are there, if they are still expected.
func (d *Desk) begin(ws Workspace) *evaluation {
	e := &evaluation{done: make(chan struct{}), err: errUnfinished}
	e.stop = d.Jobs.Start(words.T("Working out results"), func(ctx context.Context, _ *jobs.Progress) error {
		defer d.Post(func() { d.came(e) })
		defer close(e.done)
		c, err := ws.Evaluate(ctx)
		by := map[model.ScenarioID]*appraisal.Result{}
		if c != nil {
			for i := range c.Options {
				by[c.Options[i].Scenario.ID] = &c.Options[i]
			}
		}
		e.c, e.by, e.err = c, by, err
		return err
	})
	return e
}

// errUnfinished is what a fault leaves behind.
var errUnfinished = errors.New("the work was not finished")

// came shows results that have come, unless they came with the change that they
// are of, or others are expected now.
func (d *Desk) came(e *evaluation) {
	if d.evaluation == e {
		d.complain(d.take(e))
		d.fire(ResultsChanged)
	}
}

// expect makes an evaluation the one whose results are shown; nil for none.
// Typing fast starts many: each stops the one before.
func (d *Desk) expect(e *evaluation) {
	if d.evaluation != nil {
		d.evaluation.stop()
	}
	d.evaluation, d.owed = e, false
}

// take puts the results of the expected evaluation on the desk, if they are
// there.
func (d *Desk) take(e *evaluation) error {
	if !e.over() {
		return nil
	}
	d.evaluation = nil
	if e.err == nil {
		d.comparison, d.results = e.c, e.by
	}
	return e.err
}

// complain tells why there are no new results.
func (d *Desk) complain(err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		d.Tell(Explain(words.T("The results could not be worked out"), err))
	}
}

// evaluate works out the results in the background.
func (d *Desk) evaluate() {
	d.expect(d.begin(d.ws))
	d.fire(ResultsChanged)
}
