package outcome_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// large is an estate of n assets and three services an asset, with a scenario
// of moves, sales and retrofits.
func large(n int) *model.Project {
	rnd := rand.New(rand.NewPCG(7, 8))
	p := &model.Project{Name: "Large", BaseYear: 2026, Horizon: 30, PriceBase: 2024, ParameterSet: "greenbook-2026-02", Currency: "GBP",
		Organisations: []model.Organisation{{ID: "council", Name: "Council", Public: true}},
		Scenarios:     []model.Scenario{{ID: "x1", Name: "Business as usual", Kind: model.BusinessAsUsual}, {ID: "x2", Name: "Option", Kind: model.Option}}}
	for i := range n {
		id := model.AssetID(fmt.Sprintf("a%d", i))
		area := 200 + 3000*rnd.Float64()
		p.Assets = append(p.Assets, model.Asset{ID: id, Organisation: "council", Name: string(id), Use: model.UseOffice, FloorArea: stated(area), Desks: stated(area / 10),
			Location: model.LatLon{Lat: 53.3 + 0.2*rnd.Float64(), Lon: -2.4 + 0.2*rnd.Float64()}, Placed: model.PlaceStated,
			Costs:  model.FiguresOf(map[model.Cost]model.Figure{model.CostMaintenance: stated(20 * area), model.CostCleaning: stated(10 * area), model.CostRates: stated(30 * area), model.CostOther: stated(9 * area)}),
			Energy: model.FiguresOf(map[model.Fuel]model.Figure{model.Electricity: stated(90 * area), model.Gas: stated(120 * area)}), Backlog: stated(100 * area)})
		for k := range 3 {
			s := model.ServiceID(fmt.Sprintf("s%d", 3*i+k))
			p.Services = append(p.Services, model.Service{ID: s, Organisation: "council", Name: string(s), FTE: stated(5), Visits: stated(500)})
			p.Occupations = append(p.Occupations, model.Occupation{Service: s, Asset: id, Area: stated(area / 4), Desks: stated(5), Share: 1})
		}
	}
	var acts []model.Action
	for i := 0; i+1 < n; i += 4 {
		a, b := p.Assets[i].ID, p.Assets[i+1].ID
		acts = append(acts, model.Action{ID: model.ActionID(fmt.Sprintf("m%d", i)), Kind: model.CoLocate, Asset: b, From: []model.AssetID{a}, Year: 2028},
			model.Action{ID: model.ActionID(fmt.Sprintf("d%d", i)), Kind: model.Sell, Asset: a, Year: 2028},
			model.Action{ID: model.ActionID(fmt.Sprintf("r%d", i)), Kind: model.Retrofit, Asset: b, Year: 2030, Measures: []string{"insulation", "led", "heatpump", "pv"}})
	}
	p.Scenarios[1].Actions = acts
	return p
}

// BenchmarkEdit rebuilds and re-appraises a scenario of 1,000 assets and 3,000
// services against its baseline: what an edit costs.
func BenchmarkEdit(b *testing.B) {
	p := large(1000)
	set, err := outcome.Set(p, "")
	if err != nil {
		b.Fatal(err)
	}
	book := outcome.Book(p, set)
	base, err := action.Build(p, &p.Scenarios[0], book)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		plan, err := action.Build(p, &p.Scenarios[1], book)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := appraisal.Run(p, map[model.ScenarioID]*action.Plan{"x1": base, "x2": plan}, appraisal.Options{Book: book}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(base.Streams)), "streams")
}

// BenchmarkBuild is the part of an edit that makes the streams.
func BenchmarkBuild(b *testing.B) {
	p := large(1000)
	set, _ := outcome.Set(p, "")
	book := outcome.Book(p, set)
	for b.Loop() {
		if _, err := action.Build(p, &p.Scenarios[1], book); err != nil {
			b.Fatal(err)
		}
	}
}
