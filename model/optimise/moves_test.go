package optimise

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestBoundWithMovesIsABound evaluates the bound at random prices with every row
// kept exact in turn, and removes what no cheaper plan can use: the bound stays
// below the best plan and the best plan stays possible.
func TestBoundWithMovesIsABound(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 9))
	exact, fixed := 0, 0
	for n := range 300 {
		p := withMoves(rng, tiny(rng))
		if p.Validate() != nil {
			continue
		}
		best, plan, ok := brute(p)
		if !ok {
			continue
		}
		c := compile(p)
		root := c.full()
		c.lock(root, p)
		f := c.foundOf(p, &plan)
		st := newState(c, root)
		st.set(f.act, f.arc)
		if !st.feasible() || st.cost != best {
			t.Fatalf("problem %d: the state makes %d pence of a plan of %d", n, st.cost, best)
		}
		if !c.propagate(root) || !st.within(root) {
			t.Fatalf("problem %d: the best plan is ruled out before the search", n)
		}
		for row := -1; row < c.nR; row++ {
			d := newDual(c, new(int64))
			d.start()
			d.hard.row = row
			for r := range d.lam {
				if rng.IntN(2) == 0 && (r < c.nR || c.hasAccess) {
					d.lam[r] = rng.Float64() * 3
				}
			}
			dom := root.clone()
			d.run(dom, float64(best), steps{most: rng.IntN(12), factor: 0.5, least: 1e-4, patience: 5})
			if d.exact {
				exact++
			}
			if d.best > float64(best)+0.5 {
				t.Fatalf("problem %d, row %d: bound %v above the best plan, %d", n, row, d.best, best)
			}
			bound, changed := d.fix(dom, best+1)
			if changed {
				fixed++
			}
			if bound > float64(best)+0.5 {
				t.Fatalf("problem %d, row %d: fixing claims %v, the best plan is %d", n, row, bound, best)
			}
			if !st.within(dom) {
				t.Fatalf("problem %d, row %d: fixing ruled the best plan out", n, row)
			}
		}
	}
	if exact < 30 || fixed < 100 {
		t.Errorf("a row was exact %d times and something fixed %d times: the test proves little", exact, fixed)
	}
}

// TestMovesInALargerProblem runs every part of the engine on moves that take
// capital and change emissions; Solve itself holds the plan to the checker.
func TestMovesInALargerProblem(t *testing.T) {
	p := ratInstance(t, "rat60")
	rng := rand.New(rand.NewPCG(10, 10))
	for k := range p.Arcs {
		p.Arcs[k].Capex = map[int]float64{1 + rng.IntN(3): 20 + 60*rng.Float64()}
		p.Arcs[k].Carbon = map[int]float64{}
		for y := range p.CarbonTarget {
			p.Arcs[k].Carbon[y] = 4*rng.Float64() - 2
		}
	}
	for y := range p.Budget {
		p.Budget[y] += 1200
	}
	res, err := Solve(context.Background(), p, Options{WorkLimit: 250_000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s %.3f, bound %.3f, gap %.2f %%, prices %v", res.Status, res.Objective, res.Bound, 100*res.Gap, res.ShadowPrices)
	if res.Status == StatusInfeasible || res.Gap > 0.1 {
		t.Errorf("%s, gap %v, %v", res.Status, res.Gap, res.Violations)
	}
	points, err := Frontier(context.Background(), p, Axis{Kind: KindBudget, Year: AllYears}, 3, Options{WorkLimit: 200_000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for n, pt := range points {
		if pt.Result.Status == StatusInfeasible || pt.Bound > pt.Result.Objective {
			t.Errorf("point %d: %s, bound %v, cost %v", n, pt.Result.Status, pt.Bound, pt.Result.Objective)
		}
	}
}

func TestMovesAreReadAndRefusedByField(t *testing.T) {
	const arc = `"cost":1.5`
	if !strings.Contains(small, arc) {
		t.Fatalf("the small problem has no arc with %s", arc)
	}
	with := func(more string) string { return strings.Replace(small, arc, arc+","+more, 1) }
	p, err := Read(strings.NewReader(with(`"capex": {"1": 2.5}, "carbon": {"0": -3}`)))
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, a := range p.Arcs {
		found = found || a.Capex[1] == 2.5 && a.Carbon[0] == -3
	}
	if !found {
		t.Errorf("arcs %+v", p.Arcs)
	}
	for _, bad := range []string{`"capex": {"-1": 2}`, `"capex": {"x": 2}`, `"carbon": {"0": 1e12}`, `"capex": [1]`} {
		field := bad[1:strings.LastIndex(bad, `":`)]
		field, _, _ = strings.Cut(field, `"`)
		if _, err := Read(strings.NewReader(with(bad))); !errors.Is(err, ErrProblem) || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
