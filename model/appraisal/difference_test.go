package appraisal_test

import (
	"errors"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

func TestCausesAddToTheDifference(t *testing.T) {
	p, plans := estate(4, 60, 60)
	a := compare(t, p, plans, appraisal.Options{Set: "greenbook-2022"})
	for _, other := range []appraisal.Options{{Set: "greenbook-2026-02"}, {Set: "greenbook-2026-02-reduced"}, {Set: "review-2026-06"},
		{Set: "greenbook-2026-02", Carbon: appraisal.High}, {Set: "greenbook-2026-02", Prices: appraisal.High}} {
		b := compare(t, p, plans, other)
		list, err := appraisal.Differences(a, b)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			if d.Figure != "npsv" && d.Figure != "npv_public" {
				continue
			}
			sum := 0.0
			for _, c := range d.Causes {
				sum += c.Value
			}
			near(t, string(d.Scenario)+" "+d.Figure, sum, d.To-d.From, 0.05)
		}
	}
	same, err := appraisal.Differences(a, compare(t, p, plans, appraisal.Options{Set: "greenbook-2026-02"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range same { // the 2026 edition left the rates as they were
		equal(t, d.Figure, d.To, d.From)
	}
	q := *p
	q.Horizon = 30
	if _, err := appraisal.Differences(a, compare(t, &q, plans, appraisal.Options{})); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("two horizons: %v", err)
	}
}

// BenchmarkRun appraises three scenarios of 170 buildings, the size of the
// demonstration project; the target is 10 ms.
func BenchmarkRun(b *testing.B) {
	p, plans := estate(8, 170*20, 30)
	b.ResetTimer()
	for b.Loop() {
		if _, err := appraisal.Run(p, plans, appraisal.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
