package risk

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// Bounds of a run.
const (
	DefaultDraws = 10_000
	MaxDraws     = 1_000_000
	// fanDraws is how many draws the spread by year is made from at most.
	fanDraws = 10_000
	// block is how many draws follow from one seed; blocks are the work that
	// goroutines share.
	block = 250
)

// Options are the choices of a run.
type Options struct {
	Draws    int    // DefaultDraws when 0
	Seed     uint64 // the same seed gives the same results
	Workers  int    // goroutines; one a processor when 0
	Progress func(done, of int)
}

// Run draws the drivers of a model many times and works out every scenario of the
// comparison each time.
func Run(ctx context.Context, c *appraisal.Comparison, m *Model, opt Options) (*Result, error) {
	if opt.Draws == 0 {
		opt.Draws = DefaultDraws
	}
	if opt.Draws < 0 || opt.Draws > MaxDraws {
		return nil, model.Invalid("draws", fmt.Sprintf("the number of draws is %d; it must be 1 to %d", opt.Draws, MaxDraws))
	}
	if len(c.Options) == 0 {
		return nil, fmt.Errorf("a comparison without a scenario has nothing to draw: %w", model.ErrNotFound)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f, err := prepare(ctx, c, m)
	if err != nil {
		return nil, err
	}
	cop, err := newCopula(f.drivers, m.Groups, m.Matrix)
	if err != nil {
		return nil, err
	}
	w := newWork(f)
	w.evaluate()
	if err := w.ties(); err != nil {
		return nil, err
	}
	s := newSamples(f, opt.Draws)
	if err := s.fill(ctx, cop, opt); err != nil {
		return nil, err
	}
	return s.result(w, m, opt), nil
}

// prepare adds the streams up and drops the drivers that reach none of them.
func prepare(ctx context.Context, c *appraisal.Comparison, m *Model) (*flows, error) {
	seen := map[string]bool{}
	var drivers []Driver
	for _, d := range m.Drivers {
		if err := d.Dist.Check(); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Key, err)
		}
		if seen[d.Key] {
			return nil, model.Invalid("driver", fmt.Sprintf("%s is given twice", d.Key))
		}
		seen[d.Key] = true
		drivers = append(drivers, d)
	}
	f, err := newFlows(c, drivers)
	if err != nil {
		return nil, err
	}
	if err := f.shapes(ctx); err != nil {
		return nil, err
	}
	for _, s := range f.shape {
		f.used[s.driver] = true
	}
	for i := range f.drivers {
		if !f.used[i] && f.drivers[i].Given {
			f.note("“%s” has no effect on any scenario of this comparison.", f.drivers[i].Label)
		}
	}
	return f, nil
}

// samples are the draws: by option, by draw.
type samples struct {
	f    *flows
	n    int
	all  [][]total
	fan  [][2][]float64 // by option: running totals by year, one draw after another; whole and before exempt amounts
	draw int            // draws in fan
}

func newSamples(f *flows, n int) *samples {
	s := &samples{f: f, n: n, draw: min(n, fanDraws)}
	for range f.c.Options {
		s.all = append(s.all, make([]total, n))
		s.fan = append(s.fan, [2][]float64{make([]float64, s.draw*f.c.Years), make([]float64, s.draw*f.c.Years)})
	}
	return s
}

// fill makes the draws. Every block has a seed of its own and a place of its own,
// so that it does not matter which goroutine makes it or when.
func (s *samples) fill(ctx context.Context, cop *copula, opt Options) error {
	workers := opt.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	blocks := (s.n + block - 1) / block
	workers = min(workers, blocks)
	quantiles := make([]func(float64) float64, len(s.f.drivers))
	for i := range s.f.drivers {
		quantiles[i] = s.f.drivers[i].Dist.quantiles()
	}
	var next atomic.Int64
	var say sync.Mutex
	done := 0
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			w := newWork(s.f)
			u, shared := make([]float64, len(s.f.drivers)), make([]float64, cop.factors)
			for {
				b := int(next.Add(1)) - 1
				if b >= blocks || ctx.Err() != nil {
					return
				}
				// 2⁶⁴ over the golden ratio keeps the states of neighbouring blocks far apart.
				rnd := rand.New(rand.NewPCG(opt.Seed, uint64(b+1)*0x9e3779b97f4a7c15))
				from, to := b*block, min((b+1)*block, s.n)
				for i := from; i < to; i++ {
					cop.draw(rnd, u, shared)
					for d := range u {
						w.value[d] = s.f.drivers[d].value(quantiles[d], u[d])
					}
					w.evaluate()
					s.keep(w, i)
				}
				if opt.Progress != nil {
					say.Lock()
					done += to - from
					opt.Progress(done, s.n)
					say.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// keep writes a draw into its place.
func (s *samples) keep(w *work, i int) {
	years := s.f.c.Years
	for o := range w.total {
		s.all[o][i] = w.total[o]
		if i >= s.draw {
			continue
		}
		for k := range 2 {
			run := 0.0
			to := s.fan[o][k][i*years : (i+1)*years]
			for t, v := range w.year[o][k] {
				run += v
				to[t] = run
			}
		}
	}
}
