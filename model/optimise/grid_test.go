package optimise

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
)

// TestGridAgainstBruteForce tries every plan of small problems under the limits
// of each point of a grid of carbon and a counting rule.
func TestGridAgainstBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 42))
	plans, none := 0, 0
	for n := range 24 {
		p := tiny(rng)
		p.Rules, p.Locked, p.CarbonTarget = nil, nil, nil
		least := 0.0
		r := Rule{Name: "open", AtLeast: &least}
		for i, b := range p.Buildings {
			for _, a := range p.Actions[i] {
				if a.Cap > 0 {
					r.Terms = append(r.Terms, RuleTerm{Building: b.ID, Action: a.Name, Weight: 1 + float64(i)})
				}
			}
		}
		p.Rules = []Rule{r}
		if _, _, ok := brute(p); !ok {
			continue
		}
		g, err := Grid(context.Background(), p, [2]Axis{{Kind: KindCarbon, Year: 0}, {Kind: KindRule, Rule: "open"}}, [2]int{3, 3}, Options{WorkLimit: 1 << 22, Seed: 1})
		if errors.Is(err, ErrProblem) { // nothing emits in that year
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range g {
			for j, x := range g[i] {
				q := *p
				least := -x.B[0]
				q.CarbonTarget = x.A
				q.Rules = []Rule{{Name: "open", Terms: r.Terms, AtLeast: &least}}
				best, _, ok := brute(&q)
				if ok != (x.Result.Status != StatusInfeasible) {
					t.Errorf("problem %d, %d, %d: %s, and by hand a plan %v", n, i, j, x.Result.Status, ok)
				}
				if !ok {
					none++
					continue
				}
				plans++
				if got := whole(x.Result.Objective, moneyScale); x.Result.Status == StatusOptimal && float64(got-best) > ProvenGap*float64(max(got, -got)) || got < best {
					t.Errorf("problem %d, %d, %d: %d pence, by hand %d", n, i, j, got, best)
				}
				if whole(x.Bound, moneyScale) > best {
					t.Errorf("problem %d, %d, %d: bound %v above the best, %d pence", n, i, j, x.Bound, best)
				}
			}
		}
	}
	t.Logf("%d points with a plan, %d without", plans, none)
	if plans < 30 || none == 0 {
		t.Errorf("only %d points with a plan and %d without", plans, none)
	}
}
