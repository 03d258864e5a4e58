package outcome_test

import (
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// TestRetrofitsByHand: office A is insulated in 2027. Of 120,000 kWh of gas it
// saves 12 %, 14,400 kWh a year in the nine years to 2035, at 0.182929 kgCO2e a
// kWh (DESNZ Table 2a). In 2035 A burns 105,600 kWh still and B all of its
// 120,000. The same measure in Abatement, of A alone, costs the same.
func TestRetrofitsByHand(t *testing.T) {
	p := place()
	p.Scenarios = append(p.Scenarios, model.Scenario{ID: "x2", Name: "Insulate", Kind: model.Option,
		Actions: []model.Action{{ID: "y1", Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"insulation"}}}})
	c, err := outcome.Evaluate(p, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := outcome.Retrofits(c, "x2")
	if err != nil || len(got) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	m := got[0]
	if m.Asset != "a" || m.Measure.Measure != "insulation" || m.Year != 2027 || m.Action != "y1" {
		t.Errorf("%+v", m)
	}
	if math.Abs(m.KWh[model.Gas]+14400) > 1e-6 || len(m.KWh) != 1 {
		t.Errorf("kWh %v", m.KWh)
	}
	if want := 14400 * 9 * 0.182929 / 1000; math.Abs(m.Tonnes-want) > 0.01 {
		t.Errorf("%.3f t, by hand %.3f t", m.Tonnes, want)
	}
	all, err := outcome.Abatement(p, []string{"insulation"}, 2027, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		if x.Asset == "a" && x != m.Measure {
			t.Errorf("alone %+v, in the scenario %+v", x, m.Measure)
		}
	}
	if steps := outcome.ByMeasure(all); len(steps) != 1 || steps[0].Buildings != 2 || math.Abs(steps[0].Tonnes-2*m.Tonnes) > 1e-9 || math.Abs(steps[0].PerTonne()-m.PerTonne) > 1e-9 {
		t.Errorf("two like buildings: %+v, one: %+v", steps, m.Measure)
	}
	burning, year, err := outcome.StillBurning(c, "x2")
	if err != nil || len(burning) != 2 || year != 2035 {
		t.Fatalf("%+v in %d, %v", burning, year, err)
	}
	if burning[0].Asset != "b" || math.Abs(burning[0].Gas-120000) > 1e-6 || math.Abs(burning[1].Gas-105600) > 1e-6 || burning[0].Oil != 0 {
		t.Errorf("%+v", burning)
	}
	if want := burning[1].Gas * burning[0].Tonnes / burning[0].Gas; math.Abs(burning[1].Tonnes-want) > 1e-9 || want <= 0 {
		t.Errorf("%+v", burning)
	}
	if none, err := outcome.Retrofits(c, "x1"); err != nil || len(none) != 0 {
		t.Errorf("business as usual retrofits %+v, %v", none, err)
	}
	if _, err := outcome.Retrofits(c, "nowhere"); err == nil {
		t.Error("a scenario that is not there has retrofits")
	}
	// The numbers open into what makes them.
	tree, err := appraisal.Explain(c, "x2", appraisal.MeasureFigure("y1", "a", "insulation"))
	if err != nil || math.Abs(tree.Value-m.PerTonne) > 1e-6 || len(tree.Children) != 2 || math.Abs(tree.Children[0].Value-m.Cost) > 1e-6 || math.Abs(tree.Children[1].Value-m.Tonnes) > 1e-9 {
		t.Errorf("%+v, %v", tree, err)
	}
	tree, err = appraisal.Explain(c, "x2", appraisal.BurningFigure("b", 2035))
	if err != nil || math.Abs(tree.Value-burning[0].Tonnes) > 1e-9 {
		t.Errorf("%+v, %v", tree, err)
	}
	if _, err := appraisal.Explain(c, "x2", appraisal.MeasureFigure("y1", "b", "insulation")); err == nil {
		t.Error("a measure that is not there opens")
	}
}
