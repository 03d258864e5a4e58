package optimise

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// TestCrewKeepsOrder has two workers open nodes on one processor and on several:
// they open the same nodes in the same order and find the same bound and plan.
func TestCrewKeepsOrder(t *testing.T) {
	type end struct {
		bound       float64
		nodes, work int64
		open        int
		plan        int64
	}
	run := func(processors int) (got []end) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		s := walking(t)
		s.d.chooseHard(s.dom)
		tr := newTree(s.c, s.dom.clone(), s.d.u, s.d.lam, s.bound, s.best.cost, 2, s.d.hard.row, nil, nil)
		tr.moves, tr.dives = 4, seldom
		for range 6 {
			e := end{work: tr.labour(60_000), bound: tr.bound(), nodes: tr.nodes, open: tr.open.Len()}
			if tr.found != nil {
				e.plan = tr.found.cost
			}
			got = append(got, e)
		}
		if a, b := tr.works[0], tr.works[1]; min(a, b) < max(a, b)/2 {
			t.Errorf("one worker did %d, the other %d", a, b)
		}
		return got
	}
	one, many := run(1), run(max(2, runtime.NumCPU()))
	if !slices.Equal(one, many) {
		t.Errorf("on one processor\n%+v\non several\n%+v", one, many)
	}
	if first, last := one[0], one[len(one)-1]; last.nodes <= first.nodes || last.bound < first.bound {
		t.Errorf("no progress from %+v to %+v", first, last)
	}
}

// TestCrewEnds has two workers finish small trees, in which one of them often has
// nothing to do, and compares with all plans counted out.
func TestCrewEnds(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 3))
	for n := range 150 {
		p := tiny(rng)
		best, _, ok := brute(p)
		s := newSolver(context.Background(), p, Options{WorkLimit: 1 << 40, Seed: 1})
		dom := s.c.full()
		s.c.lock(dom, p)
		if !s.c.propagate(dom) {
			if ok {
				t.Fatalf("problem %d has a plan", n)
			}
			continue
		}
		d := newDual(s.c, new(int64))
		tr := newTree(s.c, dom, d.u, d.lam, s.c.trivialBound(), int64(s.c.worst())+1, 2, -1, nil, nil)
		for tr.labour(300) > 0 {
		}
		switch {
		case !tr.done():
			t.Fatalf("problem %d: stopped with nodes left", n)
		case ok != (tr.found != nil):
			t.Errorf("problem %d: a plan exists: %v, found: %v", n, ok, tr.found != nil)
		case ok && tr.found.cost != best:
			t.Errorf("problem %d: found %d, the best is %d", n, tr.found.cost, best)
		}
	}
}
