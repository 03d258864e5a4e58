package rationalise_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

var measures = []string{"insulation", "led", "heatpump"}

func solveWithin(t *testing.T, spec rationalise.Spec) (*rationalise.Problem, *rationalise.Plan) {
	t.Helper()
	b, err := rationalise.Build(estate(8), spec)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := rationalise.Solve(context.Background(), b, "x2", "Best", optimise.Options{WorkLimit: 1 << 26, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: NPSV £%.0f, appraised £%.0f, gap £%.0f, capital £%.0f, last year %.1f t", plan.Solver.Status, plan.NPSV, plan.Appraised, plan.Gap,
		plan.Result.Capex, plan.Result.CarbonByYear[19])
	return b, plan
}

// TestOptimiseWithinLimits holds the estate to a capital limit in the year of
// change and to a carbon limit, each lower than the unlimited plan uses, moves
// included.
func TestOptimiseWithinLimits(t *testing.T) {
	_, free := solveWithin(t, rationalise.Spec{Measures: measures})
	for name, spec := range map[string]rationalise.Spec{
		"capital": {Measures: measures, Capital: map[int]float64{2028: 900000}},
		"carbon":  {Measures: measures, Carbon: map[int]float64{2045: 0.9 * free.Result.CarbonByYear[19]}},
		"both":    {Measures: measures, Capital: map[int]float64{2028: 2500000}, Carbon: map[int]float64{2045: 0.97 * free.Result.CarbonByYear[19]}},
	} {
		t.Run(name, func(t *testing.T) {
			_, plan := solveWithin(t, spec)
			if len(plan.Breaks) > 0 {
				t.Errorf("breaks %v", plan.Breaks)
			}
			if plan.Solver.Status != optimise.StatusOptimal || plan.Gap < -1 || plan.Gap > 0.0001*math.Abs(plan.NPSV)+1 {
				t.Errorf("%s, gap £%.2f", plan.Solver.Status, plan.Gap)
			}
			if math.Abs(plan.Appraised-plan.NPSV) > 1 {
				t.Errorf("solver £%.2f, appraisal £%.2f", plan.NPSV, plan.Appraised)
			}
			if plan.NPSV >= free.NPSV-1 {
				t.Errorf("£%.0f within the limit and £%.0f without: it does not bind", plan.NPSV, free.NPSV)
			}
		})
	}
}

// TestLimitsThatNoPlanKeeps wants the nearest plan, what it breaks and which
// limit to relax first.
func TestLimitsThatNoPlanKeeps(t *testing.T) {
	b, plan := solveWithin(t, rationalise.Spec{Capital: map[int]float64{2028: 50000}, Carbon: map[int]float64{2045: 1}})
	if plan.Solver.Status != optimise.StatusInfeasible || len(plan.Breaks) == 0 || plan.RelaxFirst == "" {
		t.Fatalf("%s, breaks %v, relax %q", plan.Solver.Status, plan.Breaks, plan.RelaxFirst)
	}
	t.Logf("breaks %q; relax first %s", plan.Breaks, plan.RelaxFirst)
	if !strings.Contains(plan.RelaxFirst, "2045") || !strings.Contains(strings.Join(plan.Breaks, " "), "emissions in 2045/46") {
		t.Errorf("breaks %q; relax first %s", plan.Breaks, plan.RelaxFirst)
	}
	if len(plan.Solver.Actions) != len(b.Buildings) || len(plan.Scenario.Name) == 0 {
		t.Errorf("no whole plan: %d of %d buildings", len(plan.Solver.Actions), len(b.Buildings))
	}
}
