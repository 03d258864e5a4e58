package outcome_test

import (
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// The way to nothing by hand: 100 t in 2026/27 and none in 2030/31 leave 75, 50 and 25 t between; 60 t in the third year are too many.
func TestTargetByHand(t *testing.T) {
	book := model.NewBook([]model.Assumption{{Key: outcome.TargetKey, Value: 2030, Unit: "year", Grade: model.Stated}})
	option := func(id string, t ...float64) appraisal.Result {
		return appraisal.Result{Scenario: model.Scenario{ID: model.ScenarioID(id), Name: id}, CarbonByYear: t}
	}
	c := &appraisal.Comparison{BaseYear: 2026, Years: 5, Baseline: "now", Book: book,
		Options: []appraisal.Result{option("now", 100, 100, 100, 100, 100), option("slow", 100, 70, 60, 20, 0), option("quick", 100, 75, 40, 20, 0)}}
	p, ok := outcome.Target(c)
	if !ok || len(p.Values) != 5 {
		t.Fatalf("no target: %+v", p)
	}
	for i, want := range []float64{100, 75, 50, 25, 0} {
		if math.Abs(p.Values[i]-want) > 1e-9 {
			t.Errorf("%v t in year %d, wanted %v", p.Values[i], i, want)
		}
	}
	for i, want := range []int{2027, 2028, 0} {
		y := outcome.Stranded(c, &c.Options[i])
		if want == 0 && y != nil || want != 0 && (y == nil || *y != want) {
			t.Errorf("%s leaves the target in %v, wanted %d", c.Options[i].Scenario.Name, y, want)
		}
	}
	c.Options[0].CarbonByYear = make([]float64, 5)
	if _, ok := outcome.Target(c); ok {
		t.Error("an estate that emits nothing has a way to nothing")
	}
	if _, ok := outcome.Target(nil); ok {
		t.Error("a target without results")
	}
}
