package outcome_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// TestEvaluatorFollowsEdits makes edits one after another and compares what the
// evaluator says with a project worked out from nothing.
func TestEvaluatorFollowsEdits(t *testing.T) {
	p := large(12)
	p.Scenarios = append(p.Scenarios, model.Scenario{ID: "x3", Name: "Do minimum", Kind: model.DoMinimum},
		model.Scenario{ID: "x4", Name: "A row of cash", Kind: model.Option, Manual: []model.ManualStream{{Label: "Grant", Payer: "nobody", First: 2027, Values: []float64{5000}}}})
	var e outcome.Evaluator
	baseline := model.ScenarioID("")
	said := func(what string) *appraisal.Comparison {
		got, err := e.Evaluate(t.Context(), p, baseline)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		want, err := outcome.Evaluate(p, appraisal.Options{Baseline: baseline})
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if got.Project != p || len(got.Options) != len(want.Options) || !reflect.DeepEqual(got.Notes, want.Notes) {
			t.Fatalf("%s: another comparison: %v instead of %v", what, got.Notes, want.Notes)
		}
		for i := range want.Options {
			if !reflect.DeepEqual(got.Options[i], want.Options[i]) {
				t.Errorf("%s: %s: NPSV %v instead of %v, or another figure differs", what, want.Options[i].Scenario.Name, got.Options[i].NPSV, want.Options[i].NPSV)
			}
		}
		return got
	}
	edit := func(change func(*model.Project)) { // as the project file does: lists that change are new ones
		next := *p
		next.Scenarios = append([]model.Scenario(nil), p.Scenarios...)
		change(&next)
		p = &next
	}
	first := said("opened")
	if first.Options[0].Plan != first.Options[2].Plan {
		t.Error("two scenarios without actions have a plan each")
	}
	edit(func(n *model.Project) { n.Scenarios[1].Actions = n.Scenarios[1].Actions[:4] })
	second := said("actions taken out")
	if second.Options[3].Plan != first.Options[3].Plan {
		t.Error("a scenario that was not edited was planned again")
	}
	if second.Options[1].NPSV == first.Options[1].NPSV {
		t.Error("the edit changed nothing, so this test says nothing")
	}
	edit(func(n *model.Project) { n.Scenarios[1].Name = "Renamed" })
	said("renamed")
	edit(func(n *model.Project) {
		n.Scenarios[0].Actions = []model.Action{{ID: "r", Kind: model.Retrofit, Asset: "a3", Year: 2029, Measures: []string{"led"}}}
	})
	said("another baseline")
	baseline = "x3"
	said("measured against another scenario")
	edit(func(n *model.Project) { n.Scenarios = n.Scenarios[:3] })
	said("a scenario removed")
	edit(func(n *model.Project) {
		n.Assets = append([]model.Asset(nil), n.Assets...)
		n.Assets[0].Costs = model.FiguresOf(map[model.Cost]model.Figure{model.CostMaintenance: stated(1)})
	})
	said("an asset edited")
	edit(func(n *model.Project) { n.Horizon = 20 })
	said("another horizon")
}

func TestEvaluatorStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var e outcome.Evaluator
	if _, err := e.Evaluate(ctx, large(4), ""); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled evaluation says %v", err)
	}
}

// BenchmarkEditAgain edits one scenario of three over 1,000 assets with what
// was worked out before at hand.
func BenchmarkEditAgain(b *testing.B) {
	p := large(1000)
	p.Scenarios = append(p.Scenarios, model.Scenario{ID: "x3", Name: "Do minimum", Kind: model.DoMinimum})
	var e outcome.Evaluator
	n := 0
	for b.Loop() {
		next := *p
		next.Scenarios = append([]model.Scenario(nil), p.Scenarios...)
		next.Scenarios[1].Actions = next.Scenarios[1].Actions[:len(next.Scenarios[1].Actions)-1-n%2]
		n++
		if _, err := e.Evaluate(b.Context(), &next, ""); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFromNothing is the same edit with nothing at hand.
func BenchmarkFromNothing(b *testing.B) {
	p := large(1000)
	p.Scenarios = append(p.Scenarios, model.Scenario{ID: "x3", Name: "Do minimum", Kind: model.DoMinimum})
	for b.Loop() {
		if _, err := outcome.Evaluate(p, appraisal.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
