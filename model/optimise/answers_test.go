package optimise

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
)

func readSmall(t *testing.T) *Problem {
	t.Helper()
	p, err := Read(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCheckSaysWhatIsBrokenAndByHowMuch(t *testing.T) {
	p := readSmall(t)
	good := Plan{
		Actions:    map[string]string{"b0": "KEEP", "b1": "KEEP"},
		Assignment: map[string]string{"s0": "b0", "s1": "b1"},
	}
	if rep := Check(p, good); !rep.Feasible() || rep.Pence != 18_000_100 {
		t.Errorf("good plan: %+v", rep)
	}
	with := func(change func(p *Problem, plan *Plan)) Report {
		q := *p
		q.Budget, q.CarbonTarget = maps.Clone(p.Budget), maps.Clone(p.CarbonTarget)
		plan := Plan{maps.Clone(good.Actions), maps.Clone(good.Assignment)}
		change(&q, &plan)
		return Check(&q, plan)
	}
	for _, c := range []struct {
		kind   string
		over   float64
		change func(p *Problem, plan *Plan)
	}{
		{KindCarbon, 0.5, func(p *Problem, _ *Plan) { p.CarbonTarget[1] = 8.5 }},
		{KindBudget, 1.25, func(p *Problem, plan *Plan) { p.Budget[0] = 0.75; plan.Actions["b0"] = "DISPOSE" }},
		{KindConflict, 1, func(_ *Problem, plan *Plan) { plan.Assignment["s1"] = "b0" }},
		{KindCapacity, 10, func(_ *Problem, plan *Plan) { plan.Actions["b0"] = "DISPOSE" }},
		{KindFit, 1, func(_ *Problem, plan *Plan) { plan.Actions["b0"] = "DISPOSE" }},
		{KindLock, 1, func(_ *Problem, plan *Plan) { plan.Actions["b1"] = "DISPOSE" }},
		{KindAction, 1, func(_ *Problem, plan *Plan) { plan.Actions["b0"] = "SELL" }},
		{KindAssignment, 1, func(_ *Problem, plan *Plan) { delete(plan.Assignment, "s0") }},
		{KindAccess, 6, func(p *Problem, plan *Plan) { v := 4.0; p.AccessLimit = &v; plan.Assignment["s0"] = "b1" }},
	} {
		rep, found := with(c.change), false
		for _, v := range rep.Violations {
			found = found || v.Kind == c.kind && v.Over == c.over
		}
		if !found {
			t.Errorf("%s over by %v not among %v", c.kind, c.over, rep.Violations)
		}
	}
}

func TestSessionsShareARoom(t *testing.T) {
	// Two services of 20 fit a building of 20 when one comes in the morning and
	// the other in the afternoon, and not when both come in the morning.
	p := readSmall(t)
	p.Locked, p.Budget = nil, nil
	for s := range p.Services {
		p.Services[s].Conflict, p.Services[s].Demand = "", 0
		p.Services[s].Sessions = []float64{20, 0}
	}
	for i := range p.Actions {
		p.Actions[i][0].Cap, p.Actions[i][0].Sessions = 20, []float64{20, 20}
	}
	open := func() int {
		res, err := Solve(context.Background(), p, Options{WorkLimit: 20_000})
		if err != nil {
			t.Fatal(err)
		}
		if res.Status != StatusOptimal {
			t.Fatalf("%+v", res)
		}
		n := 0
		for _, a := range res.Actions {
			if a == "KEEP" {
				n++
			}
		}
		return n
	}
	if n := open(); n != 2 {
		t.Errorf("both in the morning: %d buildings open", n)
	}
	p.Services[1].Sessions = []float64{0, 20}
	if n := open(); n != 1 {
		t.Errorf("morning and afternoon: %d buildings open", n)
	}
}

func TestImpossibleLimitsGiveTheNearestPlan(t *testing.T) {
	p := readSmall(t)
	p.CarbonTarget[1] = 3 // b1 is locked open and emits 4
	res, err := Solve(context.Background(), p, Options{WorkLimit: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	if res.Status != StatusInfeasible || !res.ProvenInfeasible || len(res.Actions) != 2 || len(res.Violations) == 0 {
		t.Fatalf("%+v", res)
	}
	for _, v := range res.Violations {
		if v.Over <= 0 || v.Unit == "" {
			t.Errorf("%+v", v)
		}
	}
	if res.RelaxFirst == "" {
		t.Error("no limit named to relax first")
	}
}

func TestLockThatLeavesNoPlaceIsSaid(t *testing.T) {
	p := readSmall(t)
	p.Locked = map[string]string{"b0": "DISPOSE", "b1": "DISPOSE"}
	res, err := Solve(context.Background(), p, Options{WorkLimit: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	if res.Status != StatusInfeasible || !res.ProvenInfeasible || res.Violations[0].Kind != KindLock {
		t.Errorf("%+v", res)
	}
}

func TestNoLimitAtAllIsRefused(t *testing.T) {
	if _, err := Solve(context.Background(), readSmall(t), Options{}); !errors.Is(err, ErrOptions) {
		t.Errorf("error %v", err)
	}
}

func TestExplainForcesTheOtherWay(t *testing.T) {
	p := readSmall(t)
	p.Locked = nil
	p.Services[0].Conflict, p.Services[1].Conflict = "", ""
	base, err := Solve(context.Background(), p, Options{WorkLimit: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	if base.Status != StatusOptimal || base.Actions["b0"] != "DISPOSE" || base.Actions["b1"] != "KEEP" {
		t.Fatalf("base %+v", base)
	}
	e, err := Explain(context.Background(), p, base, "b0", Options{WorkLimit: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	// Keeping b0 saves b1: 100.001 + 1 − 10 against 80 + 1.5 − 20.
	if want := 91.001 - 61.5; e.Switch < want-1e-9 || e.Switch > want+1e-9 {
		t.Errorf("switch at %v, want %v: %+v", e.Switch, want, e)
	}
	if e.Other != "KEEP" || len(e.Difference.Moves) != 2 || e.Difference.Capex[0] != -1 {
		t.Errorf("%+v", e.Difference)
	}
	if _, err := Force(p, "b0", "SELL"); !errors.Is(err, ErrProblem) {
		t.Errorf("forcing an unknown action: %v", err)
	}
}

func TestFrontierCostsRiseAsTheLimitTightens(t *testing.T) {
	p := ratInstance(t, "rat60")
	points, err := Frontier(context.Background(), p, Axis{Kind: KindCarbon, Year: AllYears}, 4, Options{WorkLimit: 180_000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(points) != 4 {
		t.Fatalf("%d points", len(points))
	}
	for n, pt := range points {
		if pt.Result.Status == StatusInfeasible {
			t.Errorf("point %d: %v", n, pt.Result.Violations)
			continue
		}
		if pt.Bound > pt.Result.Objective {
			t.Errorf("point %d: bound %v above cost %v", n, pt.Bound, pt.Result.Objective)
		}
		if n > 0 && (pt.Share <= points[n-1].Share || pt.Result.Objective > points[n-1].Result.Objective+1e-9) {
			t.Errorf("point %d: share %v cost %v after share %v cost %v", n, pt.Share, pt.Result.Objective, points[n-1].Share, points[n-1].Result.Objective)
		}
	}
}
