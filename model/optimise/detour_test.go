package optimise

import (
	"context"
	"testing"
)

// TestDetourHoldsWhatWasDrawn begins second plans and works on them: the large
// buildings stay as drawn while they are held, at least one of them not as in the
// best plan, no plan breaks a limit, and the best plan never gets dearer.
func TestDetourHoldsWhatWasDrawn(t *testing.T) {
	p := ratInstance(t, "rat60")
	s := newSolver(context.Background(), p, Options{WorkLimit: 1 << 40, Seed: 1})
	s.root, s.d, s.worst, s.bound = s.c.full(), newDual(s.c, new(int64)), s.c.worst(), s.c.trivialBound()
	s.c.lock(s.root, p)
	s.dom, s.st = s.root.clone(), newState(s.c, s.root)
	if !s.first() || !s.converge() || s.best == nil {
		t.Fatal("no first plan")
	}
	begun, turned := 0, 0
	for range 24 {
		s.still = detourAfter + 1
		before, away := s.best.cost, s.away
		held := away != nil && away.held != nil
		if _, ok := s.search(1); !ok {
			t.Fatal("stopped")
		}
		if s.best.cost > before {
			t.Fatalf("the best plan went from %d to %d", before, s.best.cost)
		}
		if rep := Check(p, s.c.planOf(p, s.best)); !rep.Feasible() || rep.Pence != s.best.cost {
			t.Fatalf("best plan: %+v", rep)
		}
		if s.away == nil {
			continue
		}
		if rep := Check(p, s.c.planOf(p, s.away.plan)); !rep.Feasible() || rep.Pence != s.away.plan.cost {
			t.Fatalf("second plan: %+v", rep)
		}
		if away == nil {
			begun++
			if s.away.held == nil || s.best.cost == before && same(s.away.plan, s.best, s.c.nB) {
				t.Error("a second plan begins as the best one, or with nothing held")
			}
		}
		if held {
			turned++
			for i, a := range s.away.plan.act {
				if away.held != nil && away.held.act[i]&(1<<(a-s.c.actStart[i])) == 0 {
					t.Errorf("building %d left what it was held at", i)
				}
			}
		}
	}
	if begun == 0 || turned == 0 {
		t.Errorf("%d second plans, %d turns", begun, turned)
	}
}

// same says whether two plans take the same actions.
func same(a, b *found, buildings int) bool {
	for i := range buildings {
		if a.act[i] != b.act[i] {
			return false
		}
	}
	return true
}
