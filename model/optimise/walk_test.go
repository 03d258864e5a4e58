package optimise

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// walking is a solver of rat60 that has come as far as its walkers.
func walking(t *testing.T) *solver {
	t.Helper()
	p := ratInstance(t, "rat60")
	s := newSolver(context.Background(), p, Options{WorkLimit: 1 << 40, Seed: 1})
	s.root, s.d, s.worst, s.bound = s.c.full(), newDual(s.c, new(int64)), s.c.worst(), s.c.trivialBound()
	s.c.lock(s.root, p)
	s.dom, s.st = s.root.clone(), newState(s.c, s.root)
	if !s.first() || !s.converge() || s.best == nil {
		t.Fatal("no first plan")
	}
	return s
}

// TestWalkersKeepEveryLimit has the walkers do all their kinds of errand: no plan
// they leave breaks a limit, the best never gets dearer and gets cheaper in the
// end, and the same walk twice meets the same plans.
func TestWalkersKeepEveryLimit(t *testing.T) {
	walk := func() (cost []int64) {
		s := walking(t)
		first := s.best.cost
		kinds := map[string]int{}
		for range 40 {
			before := s.best.cost
			if _, ok := s.search(); !ok {
				t.Fatal("stopped")
			}
			if s.best.cost > before {
				t.Fatalf("the best plan went from %d to %d", before, s.best.cost)
			}
			for _, w := range s.walkers {
				for _, e := range w.list {
					switch {
					case e.plan == nil:
						kinds["newcomer"]++
					case e.mate != nil && e.moves > 0:
						kinds["between"]++
					case e.mate != nil:
						kinds["crossing"]++
					case e.moves > 0:
						kinds["kick"]++
					case e.level > 0:
						kinds["harder"]++
					}
				}
			}
			cost = append(cost, s.best.cost)
		}
		for n, e := range s.pool.list {
			if rep := Check(s.p, s.c.planOf(s.p, e.plan)); !rep.Feasible() || rep.Pence != e.plan.cost {
				t.Errorf("plan %d of the pool: %+v", n, rep)
			}
			if n > 0 && e.plan.cost < s.pool.list[n-1].plan.cost {
				t.Errorf("plan %d of the pool is cheaper than the one before", n)
			}
			for _, o := range s.pool.list[:n] {
				if d := len(s.c.apart(o.plan, e.plan)); d < s.c.nB/poolApart {
					t.Errorf("two plans of the pool differ in %d buildings only", d)
				}
			}
		}
		if s.best.cost >= first {
			t.Errorf("nothing cheaper than the first plan, %d", first)
		}
		if len(kinds) != 5 {
			t.Errorf("errands of %v", kinds)
		}
		return cost
	}
	a, b := walk(), walk()
	for n := range a {
		if a[n] != b[n] {
			t.Fatalf("turn %d: %d, and %d when walked again", n, a[n], b[n])
		}
	}
}

// TestRegionGoesOnPastImpossibleNodes holds a region to its word: it ends when
// nothing is left in it or when its nodes are used up, not at the first node that
// is impossible at once, and what it proved no other search of it undoes.
func TestRegionGoesOnPastImpossibleNodes(t *testing.T) {
	s := walking(t)
	rng := rand.New(rand.NewPCG(7, 1))
	s.st.set(s.best.act, s.best.arc)
	proven := 0
	for range 60 {
		free := s.pick(s.st, s.root, rng, 6, map[int32]bool{})
		r := s.c.carve(s.st, s.root, s.d.u, s.d.lam, free).open(400, 1, nil)
		for !r.over {
			r.more(math.MaxInt64)
		}
		if r.t == nil {
			continue
		}
		if !r.proven && r.t.nodes < 400 {
			t.Fatalf("ended after %d nodes with %d open", r.t.nodes, len(r.t.open.list))
		}
		if r.proven {
			proven++
		}
	}
	if proven < 10 {
		t.Errorf("%d of 60 regions proven", proven)
	}
}

func TestSharesFollowWhatPays(t *testing.T) {
	// Over many turns, how much of the work the tree gets.
	tree := func(left, most, byTree, bySearch float64) float64 {
		var h shares
		got := 0.0
		for range 2000 {
			if h.tree(left, most) {
				h.add(ofTree, byTree, 100)
				got += 1.0 / 2000
			} else {
				h.add(ofSearch, bySearch, 100)
			}
		}
		return got
	}
	if v := tree(1000, 0.9, 5, 5); v < 0.45 || v > 0.55 {
		t.Errorf("equal gains: the tree has %.2f", v)
	}
	if v := tree(1000, 0.9, 50, 0); v < 0.85 || v > 0.91 {
		t.Errorf("only the tree gains: it has %.2f of at most 0.9", v)
	}
	if v := tree(1000, 0.9, 0, 50); v < 0.15 || v > 0.25 {
		t.Errorf("only the search gains: the tree has %.2f, at least %.2f", v, leastTree)
	}
	if v := tree(1000, 0, 50, 0); v != 0 {
		t.Errorf("a tree that may have nothing has %.2f", v)
	}
}

func TestPairCrossesAllBeforeAnyAgain(t *testing.T) {
	var p pool
	for n := range 4 {
		p.list = append(p.list, elite{plan: &found{cost: int64(n)}, id: n})
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for level := range mostEffort {
		seen := map[[2]int64]bool{}
		for range 6 {
			a, b, l := p.pair(rng)
			if l != level || a.cost >= b.cost {
				t.Fatalf("level %d, wanted %d, of plans %d and %d", l, level, a.cost, b.cost)
			}
			seen[[2]int64{a.cost, b.cost}] = true
		}
		if len(seen) != 6 {
			t.Errorf("level %d crossed %d of 6 pairs", level, len(seen))
		}
	}
}
