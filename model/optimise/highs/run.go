package highs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime/debug"
	"time"

	"github.com/tetratelabs/wazero/api"
)

// Model is: minimise Σ Cost·x where RowLower ≤ A·x ≤ RowUpper and Lower ≤ x ≤
// Upper. A is given by rows: row j holds Index and Value from Start[j] to
// Start[j+1] (Start has one entry more than there are rows). Infinite bounds are
// ±Inf.
type Model struct {
	Cost, Lower, Upper []float64
	// Integer says which columns are whole; nil makes a linear programme.
	Integer            []bool
	RowLower, RowUpper []float64
	Start, Index       []int32
	Value              []float64
}

// Row adds a row.
func (m *Model) Row(lower, upper float64, index []int32, value []float64) {
	if len(m.Start) == 0 {
		m.Start = append(m.Start, 0)
	}
	m.RowLower, m.RowUpper = append(m.RowLower, lower), append(m.RowUpper, upper)
	m.Index, m.Value = append(m.Index, index...), append(m.Value, value...)
	m.Start = append(m.Start, int32(len(m.Index)))
}

// Column adds a column and returns its number.
func (m *Model) Column(cost, lower, upper float64, whole bool) int32 {
	m.Cost, m.Lower, m.Upper = append(m.Cost, cost), append(m.Lower, lower), append(m.Upper, upper)
	m.Integer = append(m.Integer, whole)
	return int32(len(m.Cost) - 1)
}

// Options of a run.
type Options struct {
	Seed int32
	// Gap is the relative gap at which a mixed-integer run ends.
	Gap float64
	// Start is a solution to begin with, for a mixed-integer model; it may be nil.
	Start []float64
	// Halt gives the run up when it says so, see Go; nil never does. It is called
	// from two goroutines.
	Halt func() bool
	// Cuts keeps the cuts of the first node, see Run.Cuts.
	Cuts bool
	// Log takes what HiGHS writes; nil takes nothing.
	Log io.Writer
	// Set holds further options by the names of HiGHS.
	Set map[string]any
}

// Status is how a run ended.
type Status int

// Statuses of a run.
const (
	Running Status = iota
	Optimal
	Infeasible
	Unbounded // or infeasible, where HiGHS cannot tell
	Stopped   // at a limit of its own
	Failed
)

// Run is one model being solved. It works on a goroutine of its own, but only
// while Go waits for it.
type Run struct {
	m    *Model
	opt  Options
	in   *instance
	hook api.Module
	ptr  uint64
	ctx  context.Context

	offset map[string]uint32
	texts  map[string]uint64

	tick   float64 // seconds the clock gains each time it is looked at
	clock  float64
	until  float64 // hand over then
	go1    chan float64
	back   chan struct{}
	caller context.Context // of the present call of Go
	begun  bool
	quit   bool
	left   bool // given up; only its own goroutine may touch it now

	status   Status
	lower    float64
	best     []float64
	value    float64
	offered  []float64
	dual     []float64
	rowDual  []float64
	cuts     []Cut
	err      error
	finished chan struct{}
}

var errQuit = errors.New("stopped")

// Start prepares a run. It must be closed.
func (e *Engine) Start(ctx context.Context, m *Model, opt Options) (*Run, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	r := &Run{
		m: m, opt: opt, lower: math.Inf(-1), value: math.Inf(1), tick: m.tick(), until: math.Inf(1),
		offset: map[string]uint32{}, texts: map[string]uint64{},
		go1: make(chan float64), back: make(chan struct{}), finished: make(chan struct{}),
	}
	// A run ends by its clock, not by ctx: a solution found is never torn.
	r.ctx = context.WithValue(context.WithoutCancel(ctx), runKey{}, r)
	in, err := e.start(outside(r.ctx))
	if err != nil {
		return nil, fmt.Errorf("HiGHS: %w", err)
	}
	r.in = in
	if err := r.prepare(r.ctx); err != nil {
		_ = in.mod.Close(r.ctx)
		return nil, fmt.Errorf("HiGHS: %w", err)
	}
	return r, nil
}

// check reports what makes the model unusable.
func (m *Model) check() error {
	n, rows := len(m.Cost), len(m.RowLower)
	switch {
	case n == 0:
		return errors.New("HiGHS: the model has no columns")
	case len(m.Lower) != n || len(m.Upper) != n || m.Integer != nil && len(m.Integer) != n:
		return errors.New("HiGHS: columns of different lengths")
	case len(m.RowUpper) != rows || rows > 0 && len(m.Start) != rows+1 || len(m.Index) != len(m.Value):
		return errors.New("HiGHS: rows of different lengths")
	}
	for j := range rows {
		if m.Start[j] < 0 || m.Start[j+1] < m.Start[j] || int(m.Start[j+1]) > len(m.Index) {
			return fmt.Errorf("HiGHS: row %d does not start and end among its terms", j)
		}
	}
	for _, j := range m.Index {
		if j < 0 || int(j) >= n {
			return fmt.Errorf("HiGHS: no column %d", j)
		}
	}
	for _, list := range [][]float64{m.Cost, m.Value} {
		for _, v := range list {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("HiGHS: %v is not a coefficient", v)
			}
		}
	}
	return nil
}

// now is the time by the clock of the run, in seconds. Looking at it moves it
// on; when a share of work is done it hands over to Go, and when the run is to
// end it does not return.
func (r *Run) now() float64 {
	r.clock += r.tick
	if r.begun && r.told() {
		panic(errQuit)
	}
	for r.clock >= r.until {
		r.pause()
	}
	return r.clock
}

// pause hands over and waits for more work.
func (r *Run) pause() {
	r.back <- struct{}{}
	r.until = <-r.go1
	if r.quit {
		panic(errQuit)
	}
}

// told says that the run is to end now.
func (r *Run) told() bool {
	return r.caller.Err() != nil || r.opt.Halt != nil && r.opt.Halt()
}

// Go lets the run do so many seconds more of work by its own clock. It reports
// whether the run has ended. When ctx is done or Halt says so first, the run is
// given up at once: nothing can be read from it any more, and the error says why.
func (r *Run) Go(ctx context.Context, seconds float64) (bool, error) {
	if r.left || r.status != Running {
		return true, r.err
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	r.caller = ctx
	if !r.begun {
		r.begun = true
		r.until = r.clock + seconds
		go r.work()
	} else {
		r.go1 <- r.clock + seconds
	}
	look := time.NewTicker(haltDelay)
	defer look.Stop()
	for {
		select {
		case <-r.back:
			return false, nil
		case <-r.finished:
			return true, r.err
		case <-ctx.Done():
			r.abandon()
			return true, ctx.Err()
		case <-look.C:
			if r.told() {
				r.abandon()
				return true, errQuit
			}
		}
	}
}

// haltDelay is how often Halt is asked while HiGHS does not look at its clock.
const haltDelay = 50 * time.Millisecond

// abandon leaves the goroutine of the run to end by itself, at its next look at
// the clock; nothing of the run is used any more.
func (r *Run) abandon() {
	r.left = true
	go func() {
		for {
			select {
			case <-r.back:
				r.quit = true
				r.go1 <- 0
			case <-r.finished:
				r.free()
				return
			}
		}
	}()
}

// Close ends the run and frees its memory.
func (r *Run) Close() {
	switch {
	case r.left || r.in == nil:
	case !r.begun || r.status != Running:
		r.free()
	default: // waiting in pause
		r.quit = true
		r.go1 <- 0
		<-r.finished
		r.free()
	}
}

func (r *Run) free() {
	if r.hook != nil {
		_ = r.hook.Close(r.ctx)
	}
	_ = r.in.mod.Close(r.ctx)
	r.in = nil
}

// work is the goroutine of the run.
func (r *Run) work() {
	defer close(r.finished)
	defer func() {
		if p := recover(); p != nil {
			r.status, r.err = Failed, fmt.Errorf("HiGHS: %v\n%s", p, debug.Stack())
		}
	}()
	_, err := r.in.call(r.ctx, "Highs_run", r.ptr)
	if err == nil {
		err = r.finish(r.ctx)
	}
	switch {
	case errors.Is(err, errQuit):
		r.status = Stopped
	case err != nil:
		r.status, r.err = Failed, fmt.Errorf("HiGHS: %w", err)
	}
}

// bound takes a bound that HiGHS reports.
func (r *Run) bound(v float64) { r.lower = math.Max(r.lower, v) }

// take takes a solution that HiGHS reports.
func (r *Run) take(value float64, x []float64) {
	if value < r.value {
		r.value, r.best = value, x
	}
}

// Status says how the run ended, or that it has not.
func (r *Run) Status() Status {
	if r.left {
		return Stopped
	}
	return r.status
}

// Bound is proven, within the tolerances of HiGHS (1e-6): no solution costs less.
func (r *Run) Bound() float64 {
	if r.left {
		return math.Inf(-1)
	}
	return r.lower
}

// Best is the best solution so far and its cost; nil when there is none. A
// solution that was offered counts once HiGHS has taken it.
func (r *Run) Best() ([]float64, float64) {
	if r.left {
		return nil, math.Inf(1)
	}
	return r.best, r.value
}

// Duals are the reduced costs of the columns and the prices of the rows, of a
// linear programme solved to its end: what one more unit of a row's limit
// changes the cost by.
func (r *Run) Duals() (columns, rows []float64) { return r.dual, r.rowDual }

// Offer gives the run a better solution found elsewhere, between two calls of
// Go. HiGHS checks it; one of the wrong length is left out.
func (r *Run) Offer(x []float64) {
	if len(x) == len(r.m.Cost) {
		r.offered = append([]float64(nil), x...)
	}
}

// Clock is the work done so far, in seconds by the clock of the run.
func (r *Run) Clock() float64 { return r.clock }
