package shell

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
)

// Six offices state what maintenance costs and one does not: its gap is filled at their rate, said in words, and nothing else is touched.
func TestGapsAreSaidBeforeTheyAreFilled(t *testing.T) {
	p := &model.Project{Name: "P", ParameterSet: "greenbook-2026-02", BaseYear: 2026, Horizon: 30, PriceBase: 2024}
	for i := range 7 {
		a := model.Asset{ID: model.AssetID(rune('a' + i)), Name: string(rune('A' + i)), Use: model.UseOffice, Tenure: model.Tenure{Kind: model.Freehold},
			FloorArea: model.Figure{Value: 1000, Grade: model.Stated}}
		if i > 0 {
			a.Costs = model.FiguresOf(map[model.Cost]model.Figure{model.CostMaintenance: {Value: 20000, Grade: model.Stated}})
		}
		p.Assets = append(p.Assets, a)
	}
	f, err := findGaps(p)
	if err != nil {
		t.Fatal(err)
	}
	filled, _ := f.lines()
	if !strings.Contains(strings.Join(filled, "\n"), "Maintenance: 1 figure, marked estimated") {
		t.Errorf("%q", filled)
	}
	var got model.Figure
	for _, a := range f.assets {
		if a.ID == "a" {
			got = a.Costs.Get(model.CostMaintenance)
		}
	}
	if got.Value != 20000 || !gaps.Filled(got) || p.Assets[0].Costs != nil || f.after.Score <= f.before.Score {
		t.Errorf("%+v, known %v to %v", got, f.before.Score, f.after.Score)
	}
}
