package risk_test

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/risk"
)

func alone(t testing.TB, c *appraisal.Comparison, id model.ScenarioID) map[string]risk.Effect {
	t.Helper()
	at, of := 0, 0
	all, err := risk.Alone(context.Background(), c, id, func(done, n int) {
		if done <= at {
			t.Errorf("progress goes from %d to %d", at, done)
		}
		at, of = done, n
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(c.Book.All()) || id != c.Baseline && (at != of || of != len(all)) {
		t.Errorf("%d effects of %d assumptions, %d of %d done", len(all), len(c.Book.All()), at, of)
	}
	out := map[string]risk.Effect{}
	for _, e := range all {
		out[e.Key] = e
	}
	return out
}

func list(by map[string]risk.Effect) []risk.Effect {
	return slices.Collect(maps.Values(by))
}

// last is the scenario of the demonstration place that sells, shares and moves.
func last(c *appraisal.Comparison) model.ScenarioID { return c.Options[len(c.Options)-1].Scenario.ID }

// TestTheEffectOfTheCostOfASaleByHand sells a building for £1m with a chance of
// nine in ten in 2028, completed a year later. What the sale costs is a share of
// that, and of nothing else: the value changes by £900,000 × the change of the
// share ÷ 1.035³.
func TestTheEffectOfTheCostOfASaleByHand(t *testing.T) {
	p := empty()
	p.Assets = []model.Asset{{ID: "a", Organisation: "council", Name: "House", Use: model.UseOffice, Location: model.LatLon{Lat: 53.4, Lon: -2.3}, Placed: model.PlaceStated,
		FloorArea: fig(1000, model.Stated), Value: fig(1e6, model.Stated), Tenure: model.Tenure{Kind: model.Freehold}}}
	p.Scenarios[1].Actions = []model.Action{{ID: "x2.1", Kind: model.Sell, Asset: "a", Year: 2028}}
	p.Assumptions = []model.Assumption{{Key: "sale.cost", Value: 0.02, Grade: model.Placeholder}, {Key: "sale.probability", Value: 0.9, Grade: model.Placeholder},
		{Key: "sale.months", Value: 12, Grade: model.Placeholder}}
	got := alone(t, compare(t, p), "x2")
	e := got["sale.cost"]
	// A triangle from 0.012 over 0.02 to 0.032: its P10 is 0.012 + √(0.1 × 0.020 × 0.008), its P90 0.032 − √(0.1 × 0.020 × 0.012).
	if math.Abs(e.LowAt-0.016) > 1e-9 || math.Abs(e.HighAt-0.0271010205) > 1e-9 || e.Ends != risk.EndsByEvidence {
		t.Errorf("the ends are %g and %g by %s", e.LowAt, e.HighAt, e.Ends)
	}
	low, high := e.Change()
	if year := math.Pow(1.035, 3); !e.Acts || math.Abs(low-900_000*0.004/year) > 0.01 || math.Abs(high+900_000*0.0071010205/year) > 0.01 {
		t.Errorf("the value changes by £%.2f and £%.2f", low, high)
	}
	if w := 900_000 * 0.0111010205 / math.Pow(1.035, 3); math.Abs(e.Width()-w) > 0.01 {
		t.Errorf("the width is £%.2f, by hand £%.2f", e.Width(), w)
	}
	if x := got["retrofit.led.cost"]; x.Key == "" || x.Acts || x.Width() != 0 {
		t.Errorf("lamps that nobody changes act: %+v", x)
	}
}

// TestEffectsAreThoseOfTheAppraisal changes assumptions of the demonstration
// place in the project itself, as a user does, and works everything out anew.
func TestEffectsAreThoseOfTheAppraisal(t *testing.T) {
	c := demonstration(t)
	id := last(c)
	got := alone(t, c, id)
	acting := 0
	for _, a := range c.Book.All() {
		e, ok := got[a.Key]
		if !ok {
			t.Fatalf("%s has no effect", a.Key)
		}
		if e.Acts {
			acting++
		}
		if e.Err != nil {
			t.Errorf("%s: %v", a.Key, e.Err)
		}
		for k, x := range [2]float64{e.LowAt, e.HighAt} {
			if x == e.Now {
				continue
			}
			p := *c.Project
			a.Value = x
			p.Assumptions = append(append([]model.Assumption(nil), p.Assumptions...), a)
			again, err := outcome.Evaluate(&p, appraisal.Options{})
			if err != nil {
				t.Fatalf("%s at %g: %v", a.Key, x, err)
			}
			if want := again.Result(id).NPSV; math.Abs(want-e.NPSV[k]) > 0.01 {
				t.Errorf("%s at %g: £%.2f, appraised £%.2f", a.Key, x, e.NPSV[k], want)
			}
		}
	}
	if w := risk.Widest(list(got), 12); len(w) != 12 || w[0].Width() < w[11].Width() || w[11].Width() <= 0 {
		t.Errorf("the widest dozen is %v", w)
	}
	if acting < 20 || acting == len(got) {
		t.Errorf("%d of %d act", acting, len(got))
	}
}

// TestEffectsStopWhenAsked gives the error of the context.
func TestEffectsStopWhenAsked(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	c := demonstration(t)
	if _, err := risk.Alone(ctx, c, last(c), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("gave %v", err)
	}
}

// TestTheBaselineIsMovedByNothing: it is measured against itself.
func TestTheBaselineIsMovedByNothing(t *testing.T) {
	c := compare(t, empty())
	for k, e := range alone(t, c, c.Baseline) {
		if e.Acts || e.Width() != 0 {
			t.Errorf("%s acts: %+v", k, e)
		}
	}
	if _, err := risk.Alone(context.Background(), c, "nobody", nil); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("a scenario that is not there gives %v", err)
	}
}

// BenchmarkAlone is the whole book of the demonstration place.
func BenchmarkAlone(b *testing.B) {
	c := demonstration(b)
	for b.Loop() {
		if _, err := risk.Alone(context.Background(), c, last(c), nil); err != nil {
			b.Fatal(err)
		}
	}
}
