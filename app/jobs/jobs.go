// Package jobs runs work that takes longer than a moment: off the UI goroutine,
// with progress, remaining time and a way to stop it.
//
// It knows counters and clocks. It refuses to know what the work is or how
// progress is shown; it imports no Fyne.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// Interval is how often progress is reported.
const Interval = 100 * time.Millisecond

// Progress is filled by the work and read by the reporter; both may use it at
// the same time. A nil Progress is legal and forgets everything.
type Progress struct {
	done, total atomic.Int64
	stage       atomic.Pointer[string]
}

// Stage names what is being done ("Reading rows").
func (p *Progress) Stage(s string) {
	if p != nil {
		p.stage.Store(&s)
	}
}

// SetTotal says how many steps there are in all; 0 for not known.
func (p *Progress) SetTotal(n int) {
	if p != nil {
		p.total.Store(int64(n))
	}
}

// Set says how many steps are done.
func (p *Progress) Set(n int) {
	if p != nil {
		p.done.Store(int64(n))
	}
}

// Add counts n more steps as done.
func (p *Progress) Add(n int) {
	if p != nil {
		p.done.Add(int64(n))
	}
}

// Status is a job as the status line shows it.
type Status struct {
	ID        int
	Name      string
	Stage     string
	Fraction  float64       // 0–1; negative when not known
	Elapsed   time.Duration // since the start
	Remaining time.Duration // negative when not known
}

type job struct {
	id      int
	name    string
	started time.Time
	cancel  context.CancelFunc
	p       Progress
}

// Runner runs jobs, each in a goroutine of its own.
type Runner struct {
	now func() time.Time
	// Recovered is told about a panic in a job, with the stack; may be nil.
	Recovered func(value any, stack []byte)

	mu        sync.Mutex
	next      int
	active    []*job
	listeners []func([]Status)
	ticking   bool
	wait      sync.WaitGroup
}

// New makes a runner that reads the clock through now.
func New(now func() time.Time) *Runner { return &Runner{now: now} }

// OnChange calls f, from a goroutine of the runner, when a job starts or ends
// and about ten times a second while any runs. Nil forgets every listener.
func (r *Runner) OnChange(f func([]Status)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f == nil {
		r.listeners = nil
		return
	}
	r.listeners = append(r.listeners[:len(r.listeners):len(r.listeners)], f)
}

// Start runs the work and returns the function that stops it.
func (r *Runner) Start(name string, work func(ctx context.Context, p *Progress) error) context.CancelFunc {
	ctx, cancel := context.WithCancel(context.Background())
	r.mu.Lock()
	r.next++
	j := &job{id: r.next, name: name, started: r.now(), cancel: cancel}
	r.active = append(r.active, j)
	if !r.ticking {
		r.ticking = true
		go r.tick()
	}
	r.mu.Unlock()
	r.wait.Add(1)
	go func() {
		defer r.wait.Done()
		defer cancel()
		err := r.guard(ctx, j, work)
		if err != nil && !errors.Is(err, context.Canceled) {
			slog.Error("job failed", "job", name, "error", err)
		}
		r.end(j)
	}()
	return cancel
}

// guard turns a panic of the work into an error, so that a fault in one job
// does not take the window and unsaved typing with it.
func (r *Runner) guard(ctx context.Context, j *job, work func(context.Context, *Progress) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			stack := debug.Stack()
			if r.Recovered != nil {
				r.Recovered(v, stack)
			}
			err = fmt.Errorf("%s: %v", j.name, v)
		}
	}()
	return work(ctx, &j.p)
}

func (r *Runner) end(j *job) {
	r.mu.Lock()
	for i, x := range r.active {
		if x == j {
			r.active = append(r.active[:i:i], r.active[i+1:]...)
			break
		}
	}
	r.mu.Unlock()
	r.report()
}

// Cancel stops the job with the number, if it still runs.
func (r *Runner) Cancel(id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, j := range r.active {
		if j.id == id {
			j.cancel()
		}
	}
}

// Close stops every job and waits for them.
func (r *Runner) Close() {
	r.mu.Lock()
	for _, j := range r.active {
		j.cancel()
	}
	r.mu.Unlock()
	r.wait.Wait()
}

// Wait returns when no job runs. For tests and shutdown.
func (r *Runner) Wait() { r.wait.Wait() }

// Statuses lists the running jobs, oldest first.
func (r *Runner) Statuses() []Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	out := make([]Status, 0, len(r.active))
	for _, j := range r.active {
		out = append(out, j.status(now))
	}
	return out
}

func (j *job) status(now time.Time) Status {
	s := Status{ID: j.id, Name: j.name, Fraction: -1, Elapsed: now.Sub(j.started), Remaining: -1}
	if st := j.p.stage.Load(); st != nil {
		s.Stage = *st
	}
	done, total := j.p.done.Load(), j.p.total.Load()
	if total > 0 {
		s.Fraction = min(1, float64(done)/float64(total))
		// Too early a guess jumps about: wait for a second and a twentieth of the work.
		if s.Fraction > 0.05 && s.Elapsed > time.Second {
			s.Remaining = time.Duration(float64(s.Elapsed) * (1 - s.Fraction) / s.Fraction)
		}
	}
	return s
}

func (r *Runner) tick() {
	for {
		r.report()
		time.Sleep(Interval)
		r.mu.Lock()
		if len(r.active) == 0 {
			r.ticking = false
			r.mu.Unlock()
			return
		}
		r.mu.Unlock()
	}
}

func (r *Runner) report() {
	st := r.Statuses()
	r.mu.Lock()
	ls := r.listeners
	r.mu.Unlock()
	for _, f := range ls {
		f(st)
	}
}
