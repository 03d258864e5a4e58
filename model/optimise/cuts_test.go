package optimise

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/planting-the-flag/flagstone/model/optimise/highs"
)

// loader keeps what is compiled in the user's cache, so that it is compiled once a
// machine; without such a folder once a run.
var loader = sync.OnceValue(func() *highs.Loader {
	dir, err := os.UserCacheDir()
	if err != nil {
		return highs.NewLoader("")
	}
	return highs.NewLoader(filepath.Join(dir, "flagstone", "test-highs"))
})

// withHiGHS loads HiGHS, or skips the test where the build did not fetch it.
func withHiGHS(t testing.TB) *highs.Engine {
	t.Helper()
	e, err := loader().Wait(context.Background(), nil)
	if errors.Is(err, highs.ErrAbsent) {
		t.Skip("HiGHS is not here: make highs")
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestProgrammeHasThePublishedOptimum solves whole facility problems as
// programmes: the optimum is the published one, and the linear programme is below.
func TestProgrammeHasThePublishedOptimum(t *testing.T) {
	e := withHiGHS(t)
	for _, o := range optima(t, "SSCFLP")[:2] {
		c := compile(holmberg(t, o.name))
		g := c.programme(c.full())
		run, err := e.Solve(context.Background(), &g.model, math.Inf(1), highs.Options{Gap: 1e-6})
		if err != nil {
			t.Fatal(err)
		}
		x, v := run.Best()
		if x == nil || abs(v-o.value) > 1e-3 {
			t.Fatalf("%s: %v, published %v", o.name, v, o.value)
		}
		f := g.plan(x)
		if f == nil || float64(f.cost) != o.value*moneyScale {
			t.Fatalf("%s: the solution is not a plan of that cost: %+v", o.name, f)
		}
		back := g.plan(g.point(f))
		if back == nil || back.cost != f.cost {
			t.Errorf("%s: a plan written and read again is %+v", o.name, back)
		}
		lp := g.model
		lp.Integer = nil
		run, err = e.Solve(context.Background(), &lp, math.Inf(1), highs.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if run.Status() != highs.Optimal || run.Bound() > o.value+1e-6 || run.Bound() < 0.8*o.value {
			t.Errorf("%s: linear programme %v, optimum %v", o.name, run.Bound(), o.value)
		}
	}
}

// TestCutsKeepTheOptimum asks for inequalities whatever the gap and lets the tree
// work with them: the published optimum must stay above every bound.
func TestCutsKeepTheOptimum(t *testing.T) {
	withHiGHS(t)
	used := 0
	for n, o := range optima(t, "SSCFLP")[:24] {
		if n%4 != 2 { // each size of problem once or twice
			continue
		}
		p := holmberg(t, o.name)
		s := newSolver(context.Background(), p, Options{WorkLimit: 1 << 40, Seed: 1, HiGHS: loader()})
		s.root = s.c.full()
		s.dom, s.d, s.worst, s.bound = s.root.clone(), newDual(s.c, new(int64)), s.c.worst(), s.c.trivialBound()
		s.st = newState(s.c, s.root)
		if !s.first() || !s.lift(40, 0.5, 0.02, 10) {
			continue // proven already
		}
		before := s.bound
		s.dig()
		if !s.cut() && !s.proven {
			t.Fatalf("%s: stopped", o.name)
		}
		if s.d.cuts.len() > 0 {
			used++
		}
		if s.bound < before || s.bound > o.value*moneyScale+1 {
			t.Errorf("%s: bound %v after %v, optimum %v", o.name, s.bound/moneyScale, before/moneyScale, o.value)
		}
		for range 20 {
			if _, on := s.branch(); !on {
				break
			}
		}
		if s.proven && s.best.cost != whole(o.value, moneyScale) || s.bound > o.value*moneyScale+1 {
			t.Errorf("%s: %v proven %v, bound %v, published %v", o.name, s.best.cost/moneyScale, s.proven, s.bound, o.value)
		}
	}
	if used == 0 {
		t.Error("no inequality was used in any problem")
	}
}

// TestSameWorkSameAnswerWithHiGHS holds with HiGHS and without it, and without it
// there is a plan and a bound all the same.
func TestSameWorkSameAnswerWithHiGHS(t *testing.T) {
	withHiGHS(t)
	p := half(ratInstance(t, "rat60"))
	for _, l := range []*highs.Loader{loader(), nil} {
		once := func() string {
			s := newSolver(context.Background(), p, Options{WorkLimit: 150_000, Seed: 2, HiGHS: l})
			s.delay = 10
			res, err := s.solve()
			if err != nil {
				t.Fatal(err)
			}
			if s.dug != (l != nil) {
				t.Errorf("HiGHS %v: it was used: %v", l != nil, s.dug)
			}
			if res.Status != StatusFeasible && res.Status != StatusOptimal || res.Bound <= 0 || res.Bound > res.Objective {
				t.Errorf("HiGHS %v: %s, %v, bound %v", l != nil, res.Status, res.Objective, res.Bound)
			}
			raw, err := json.Marshal(res)
			if err != nil {
				t.Fatal(err)
			}
			return string(raw)
		}
		first, second := once(), once()
		if first != second {
			t.Errorf("HiGHS %v: two runs of the same work differ", l != nil)
		}
	}
}

// half is about half of a problem: its first buildings, and the services
// that are cheapest there. Capital is limited as before, for each building.
func half(p *Problem) *Problem {
	n := len(p.Buildings) / 2
	q := &Problem{Buildings: p.Buildings[:n], Actions: p.Actions[:n], Budget: map[int]float64{}}
	for y, v := range p.Budget {
		q.Budget[y] = v / 2
	}
	cheapest := make([]int, len(p.Services))
	for s := range cheapest {
		cheapest[s] = -1
	}
	for k, a := range p.Arcs {
		if b := cheapest[a.Service]; b < 0 || a.Cost < p.Arcs[b].Cost {
			cheapest[a.Service] = k
		}
	}
	at := map[int]int{}
	for s, k := range cheapest {
		if p.Arcs[k].Building < n {
			at[s] = len(q.Services)
			q.Services = append(q.Services, p.Services[s])
		}
	}
	for _, a := range p.Arcs {
		if s, ok := at[a.Service]; ok && a.Building < n {
			a.Service = s
			q.Arcs = append(q.Arcs, a)
		}
	}
	return q
}

func TestAStoppedRunDoesNotWaitForHiGHS(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := loader().Wait(ctx, nil); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, highs.ErrAbsent) {
		t.Error(err)
	}
	if _, err := (*highs.Loader)(nil).Wait(context.Background(), nil); !errors.Is(err, highs.ErrAbsent) {
		t.Errorf("no loader: %v", err)
	}
}
