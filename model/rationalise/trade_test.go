package rationalise_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/rationalise"
	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
)

var work = optimise.Options{WorkLimit: 1 << 18, Seed: 1}

// TestTradeOfEveryAxis holds each plan to its limit in its appraisal, and value
// to fall as the limit tightens.
func TestTradeOfEveryAxis(t *testing.T) {
	p := district()
	for _, axis := range []string{rationalise.AxisCarbon, rationalise.AxisCapital, rationalise.AxisAccess, rationalise.AxisResidents, "carbon:2035"} {
		t.Run(axis, func(t *testing.T) {
			b, err := rationalise.Build(p, rationalise.Spec{Measures: measures})
			if err != nil {
				t.Fatal(err)
			}
			a, points, err := rationalise.Trade(context.Background(), b, axis, 3, work)
			if err != nil {
				t.Fatal(err)
			}
			if len(points) != 3 {
				t.Fatalf("%d points", len(points))
			}
			for i := range points {
				x := &points[i]
				if x.Plan == nil {
					t.Errorf("point %d has no plan", i)
					continue
				}
				t.Logf("at most %s: uses %s, worth £%.0f of at most £%.0f (%s)", a.Amount(x.Limit), a.Amount(x.Used), x.Plan.NPSV, x.Bound, x.Status)
				if x.Used > x.Limit+1e-4*math.Abs(x.Limit)+1e-6 || x.Plan.NPSV > x.Bound+0.01 || math.Abs(x.Plan.Appraised-x.Plan.NPSV) > 1 {
					t.Errorf("point %d: used %v of %v, worth %v (appraised %v) of %v", i, x.Used, x.Limit, x.Plan.NPSV, x.Plan.Appraised, x.Bound)
				}
				if i > 0 {
					if x.Limit <= points[i-1].Limit || x.Plan.NPSV < points[i-1].Plan.NPSV-1 {
						t.Errorf("point %d: worth £%.0f at %v, after £%.0f at %v", i, x.Plan.NPSV, x.Limit, points[i-1].Plan.NPSV, points[i-1].Limit)
					}
					if words := a.PriceWords(&points[i-1], x); !strings.Contains(words, "more is worth") {
						t.Errorf("prices: %q", words)
					} else {
						t.Log(words)
					}
				}
				e, rest, ok := proof.Read(x.Plan.Scenario.Description)
				if !ok || e.Trade == nil || len(e.Trade.Points) != 3 || math.Abs(e.NPSV-x.Plan.NPSV) > 0.01 || !strings.Contains(rest, a.What) {
					t.Errorf("point %d keeps %q", i, x.Plan.Scenario.Description)
				}
			}
			if points[0].Plan.NPSV >= points[2].Plan.NPSV {
				t.Error("the limit does not bind")
			}
		})
	}
}

func TestGridOfCarbonAndResidents(t *testing.T) {
	b, err := rationalise.Build(district(), rationalise.Spec{Measures: measures})
	if err != nil {
		t.Fatal(err)
	}
	g, err := rationalise.Grid(context.Background(), b, [2]string{rationalise.AxisCarbon, rationalise.AxisResidents}, [2]int{3, 3}, work)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range g.Points {
		for j, x := range row {
			if x.Plan == nil {
				continue
			}
			if x.Used > x.Limit+0.01 || x.UsedOf > x.Other+1e-6 || x.Plan.NPSV > x.Bound+0.01 {
				t.Errorf("%d, %d: %v of %v, %v of %v, worth %v of %v", i, j, x.Used, x.Limit, x.UsedOf, x.Other, x.Plan.NPSV, x.Bound)
			}
			if i > 0 && g.Points[i-1][j].Plan != nil && g.Points[i-1][j].Plan.NPSV > x.Plan.NPSV+1 || j > 0 && row[j-1].Plan != nil && row[j-1].Plan.NPSV > x.Plan.NPSV+1 {
				t.Errorf("%d, %d: worth less than with a tighter limit", i, j)
			}
		}
	}
	if last := g.Points[2][2]; last.Plan == nil || g.Points[2][0].Plan == nil || last.Plan.NPSV <= g.Points[2][0].Plan.NPSV {
		t.Error("the second limit does not bind")
	}
	if _, err := rationalise.Grid(context.Background(), b, [2]string{rationalise.AxisCarbon, "carbon"}, [2]int{3, 3}, work); err == nil {
		t.Error("one axis twice is taken")
	}
}

// TestSwitchingValues changes the receipt of a building to the value told and
// appraises both plans anew: they must then be worth the same.
func TestSwitchingValues(t *testing.T) {
	p := estate(8)
	for i := range p.Assets {
		p.Assets[i].Energy = nil // so that running cost is all money
		p.Assets[i].Costs.Delete(model.CostRates)
	}
	b, plan := bestOf(t, p, rationalise.Spec{})
	tried := map[string]int{}
	for i := range p.Assets {
		id := p.Assets[i].ID
		w, err := rationalise.Explain(context.Background(), b, plan, id, work)
		if err != nil {
			t.Log(err)
			continue
		}
		if w.Low > w.NPSV+1 || w.High < w.NPSV-1 || w.Proven && w.High-w.Low > 0.001*math.Abs(plan.NPSV) {
			t.Errorf("%s: loses £%.0f, between £%.0f and £%.0f", id, w.NPSV, w.Low, w.High)
		}
		far := 0.0
		for _, m := range w.Moves {
			far += m.KM * m.Visits
		}
		if len(w.Moves) != len(w.Stay) || math.Abs(far-w.Travel) > 1e-6 {
			t.Errorf("%s: %d moves of %d services, %.1f visits × km of %.1f", id, len(w.Moves), len(w.Stay), far, w.Travel)
		}
		for _, x := range w.Switching {
			if !x.Reached {
				continue
			}
			q := *p
			q.Assets = append([]model.Asset(nil), p.Assets...)
			a := &q.Assets[i]
			switch x.What {
			case rationalise.TurnReceipt:
				a.Value.Value *= x.At / x.Now
			case rationalise.TurnRunning:
				for k, v := range a.Costs.All() {
					v.Value *= x.At / x.Now
					a.Costs.Set(k, v)
				}
			default:
				continue
			}
			q.Scenarios = []model.Scenario{p.Scenarios[0], plan.Scenario, w.Other.Scenario}
			q.Scenarios[2].ID = "other"
			cmp, err := outcome.Evaluate(&q, appraisal.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Options[1].NPSV - cmp.Options[2].NPSV; math.Abs(d) > 0.01*math.Abs(w.NPSV)+1 {
				t.Errorf("%s: with a %s of £%.0f instead of £%.0f the plan is still worth £%.0f more, of £%.0f", id, x.What, x.At, x.Now, d, w.NPSV)
			}
			tried[x.What]++
		}
	}
	t.Log(tried)
	if tried[rationalise.TurnReceipt] == 0 || tried[rationalise.TurnRunning] == 0 {
		t.Errorf("tried %v", tried)
	}
}

// TestPricesOfLimits solves with each limit relaxed by hand.
func TestPricesOfLimits(t *testing.T) {
	p := district()
	spec := rationalise.Spec{Measures: measures, Capital: map[int]float64{2028: 900000}, Counts: []rationalise.Count{{What: "closures", AtMost: n(3)}}}
	b, plan := bestOf(t, p, spec)
	prices, err := rationalise.Prices(context.Background(), b, plan, work)
	if err != nil {
		t.Fatal(err)
	}
	if len(prices) == 0 {
		t.Fatal("no limit binds")
	}
	for _, x := range prices {
		t.Log(x.String())
		more := spec
		if strings.HasPrefix(x.Limit, "capital") {
			more.Capital = map[int]float64{2028: 900000 + x.Step*1e6}
		} else {
			more.Counts = []rationalise.Count{{What: "closures", AtMost: n(4)}}
		}
		_, better := bestOf(t, p, more)
		if got := (better.NPSV - plan.NPSV) / x.Step; x.Proven && math.Abs(got-x.Worth) > 0.001*math.Abs(plan.NPSV)/x.Step || got < x.Low-1 || got > x.High+1 {
			t.Errorf("%s: by hand £%.0f, says £%.0f (£%.0f to £%.0f)", x.Limit, got, x.Worth, x.Low, x.High)
		}
		if x.Worth <= 0 {
			t.Errorf("%s is worth £%.0f", x.Limit, x.Worth)
		}
	}
}
