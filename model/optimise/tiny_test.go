package optimise

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"
)

// tiny makes a small random problem with every kind of limit.
func tiny(rng *rand.Rand) *Problem {
	p := &Problem{Name: "tiny", Locked: map[string]string{}, Budget: map[int]float64{}, CarbonTarget: map[int]float64{}}
	nb, ns := 1+rng.IntN(4), 1+rng.IntN(5)
	if rng.IntN(12) == 0 {
		ns = 0
	}
	classes := []string{"x", "y"}
	sessions, only := rng.IntN(3) == 0, rng.IntN(2) == 0
	for i := range nb {
		p.Buildings = append(p.Buildings, Building{ID: fmt.Sprintf("b%d", i)})
		var list []Action
		for k := range 2 + rng.IntN(3) {
			a := Action{Name: fmt.Sprintf("a%d", k), Cap: float64(rng.IntN(30)), Cost: float64(rng.IntN(2000)-700) / 10,
				Capex: []float64{float64(rng.IntN(50)), float64(rng.IntN(50))}, Carbon: []float64{float64(rng.IntN(40))}}
			for _, c := range classes {
				if rng.IntN(4) > 0 {
					a.Tags = append(a.Tags, c)
				}
			}
			if k == 0 {
				a.Tags, a.Cap = classes, 15+a.Cap
			}
			if k == 1 {
				a.Tags, a.Cap = nil, 0
			}
			if sessions && k != 1 {
				a.Sessions = []float64{float64(8 + rng.IntN(20)), float64(8 + rng.IntN(20))}
			}
			list = append(list, a)
		}
		p.Actions = append(p.Actions, list)
		if rng.IntN(6) == 0 {
			p.Locked[p.Buildings[i].ID] = list[rng.IntN(len(list))].Name
		}
	}
	for s := range ns {
		p.Services = append(p.Services, Service{ID: fmt.Sprintf("s%d", s), Class: classes[rng.IntN(2)], Demand: float64(rng.IntN(12)),
			Population: float64(rng.IntN(20)), Conflict: []string{"", "", "A", "B"}[rng.IntN(4)]})
		if sessions {
			p.Services[s].Sessions = []float64{float64(rng.IntN(10)), float64(rng.IntN(10))}
			if only {
				p.Services[s].Demand = 0
			}
		}
		first := rng.IntN(nb)
		for i := range nb {
			if i == first || rng.IntN(3) > 0 {
				p.Arcs = append(p.Arcs, Arc{Service: s, Building: i, KM: float64(rng.IntN(100)) / 10, Cost: float64(rng.IntN(500)) / 10})
			}
		}
	}
	if rng.IntN(2) == 0 {
		p.Budget[0] = float64(rng.IntN(60 * nb))
	}
	if rng.IntN(3) == 0 {
		p.Budget[1] = float64(rng.IntN(60 * nb))
	}
	if rng.IntN(2) == 0 {
		p.CarbonTarget[0] = float64(10*nb + rng.IntN(30*nb))
	}
	if rng.IntN(2) == 0 {
		v := float64(ns * (20 + rng.IntN(60)))
		p.AccessLimit = &v
	}
	if rng.IntN(3) == 0 {
		most := float64(rng.IntN(nb + 1))
		r := Rule{Name: "few", AtMost: &most}
		if rng.IntN(2) == 0 {
			r = Rule{Name: "some", AtLeast: &most}
		}
		for i := range nb {
			r.Terms = append(r.Terms, RuleTerm{Building: p.Buildings[i].ID, Action: "a0"})
		}
		p.Rules = append(p.Rules, r)
	}
	return p
}

// brute tries every plan through the independent checker.
func brute(p *Problem) (best int64, least Plan, ok bool) {
	plan := Plan{Actions: map[string]string{}, Assignment: map[string]string{}}
	arcs := make([][]int, len(p.Services))
	for _, a := range p.Arcs {
		arcs[a.Service] = append(arcs[a.Service], a.Building)
	}
	var service func(s int)
	service = func(s int) {
		if s == len(p.Services) {
			if rep := Check(p, plan); rep.Feasible() && (!ok || rep.Pence < best) {
				best, ok = rep.Pence, true
				least = Plan{Actions: maps.Clone(plan.Actions), Assignment: maps.Clone(plan.Assignment)}
			}
			return
		}
		for _, b := range arcs[s] {
			plan.Assignment[p.Services[s].ID] = p.Buildings[b].ID
			service(s + 1)
		}
	}
	var building func(i int)
	building = func(i int) {
		if i == len(p.Buildings) {
			service(0)
			return
		}
		for _, a := range p.Actions[i] {
			plan.Actions[p.Buildings[i].ID] = a.Name
			building(i + 1)
		}
	}
	building(0)
	return best, least, ok
}

// withMoves gives the arcs of a problem capital and changes of emissions, and
// its years limits that they can break.
func withMoves(rng *rand.Rand, p *Problem) *Problem {
	for k := range p.Arcs {
		if rng.IntN(4) == 0 {
			continue
		}
		a := &p.Arcs[k]
		a.Capex = map[int]float64{rng.IntN(3): float64(rng.IntN(40))}
		a.Carbon = map[int]float64{0: float64(rng.IntN(30) - 12)}
		if rng.IntN(3) == 0 {
			a.Capex[1] = float64(rng.IntN(300)) / 10
			a.Carbon[2] = float64(rng.IntN(30) - 12)
		}
	}
	room := float64(len(p.Buildings) + len(p.Services))
	for t := range 3 {
		if rng.IntN(2) == 0 {
			p.Budget[t] = room * float64(rng.IntN(28))
		}
		if rng.IntN(3) == 0 {
			p.CarbonTarget[t] = room * float64(rng.IntN(24)-4)
		}
	}
	return p
}

func TestSolveAgreesWithBruteForce(t *testing.T) {
	agree(t, rand.New(rand.NewPCG(7, 7)), 220, tiny)
}

func TestSolveWithMovesAgreesWithBruteForce(t *testing.T) {
	agree(t, rand.New(rand.NewPCG(8, 8)), 400, func(rng *rand.Rand) *Problem { return withMoves(rng, tiny(rng)) })
}

func agree(t *testing.T, rng *rand.Rand, problems int, draw func(*rand.Rand) *Problem) {
	solved, impossible := 0, 0
	for n := range problems {
		p := draw(rng)
		if p.Validate() != nil {
			continue
		}
		want, _, ok := brute(p)
		res, err := Solve(context.Background(), p, Options{WorkLimit: 40_000, Seed: uint64(n)})
		if err != nil {
			t.Fatalf("problem %d: %v", n, err)
		}
		if !ok {
			impossible++
			if res.Status != StatusInfeasible || len(res.Violations) == 0 || res.RelaxFirst == "" {
				t.Errorf("problem %d has no plan but the answer is %s with %v, relax %q", n, res.Status, res.Violations, res.RelaxFirst)
			}
			continue
		}
		solved++
		if got := whole(res.Objective, moneyScale); res.Status != StatusOptimal || got != want {
			t.Errorf("problem %d: %s %d pence (bound %v), brute force %d", n, res.Status, got, res.Bound, want)
		}
	}
	if solved < 60 || impossible < 15 {
		t.Errorf("only %d solvable and %d impossible problems tried", solved, impossible)
	}
}

func TestSameWorkGivesTheSamePlan(t *testing.T) {
	p := ratInstance(t, "rat60")
	run := func(opt Options) *Result {
		res, err := Solve(context.Background(), p, opt)
		if err != nil {
			t.Fatal(err)
		}
		res.Wall = 0
		return res
	}
	a := run(Options{WorkLimit: 150_000, Seed: 3})
	b := run(Options{WorkLimit: 150_000, Seed: 3})
	if !reflect.DeepEqual(a, b) {
		t.Errorf("two runs of the same work differ: %v and %v", a.Objective, b.Objective)
	}
	// A run stopped by the clock, repeated by its work. The clock advances with
	// every look, so the stop falls somewhere in the middle.
	start := time.Now()
	c := run(Options{Time: 400 * time.Millisecond, Clock: func() time.Duration { return time.Since(start) }, Seed: 3})
	d := run(Options{WorkLimit: c.Work, Seed: 3})
	if !reflect.DeepEqual(c, d) {
		t.Errorf("the repeat of a stopped run differs: %v against %v, work %d and %d, bound %v %v", d.Objective, c.Objective, d.Work, c.Work, c.Bound, d.Bound)
	}
}

func TestCancelKeepsTheBestPlanAndIsQuick(t *testing.T) {
	p := ratInstance(t, "rat300")
	ctx, cancel := context.WithCancel(context.Background())
	var cancelled time.Time
	start := time.Now()
	res, err := Solve(ctx, p, Options{Time: time.Minute, Clock: func() time.Duration { return time.Since(start) }, Seed: 1,
		Progress: func(pr Progress) {
			if pr.HasPlan && cancelled.IsZero() {
				cancelled = time.Now()
				cancel()
			}
		}})
	late := time.Since(cancelled)
	cancel()
	if err != nil {
		t.Fatal(err)
	}
	if res.Status != StatusFeasible || len(res.Assignment) != len(p.Services) {
		t.Errorf("cancelled run gave %s with %d services", res.Status, len(res.Assignment))
	}
	if late > 500*time.Millisecond {
		t.Errorf("stopped %v after the cancel", late)
	}
}
