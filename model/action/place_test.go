package action_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/reference"
)

const base = 2026

func stated(v float64) model.Figure {
	return model.Figure{Value: v, Grade: model.Stated, Source: "test"}
}

// place is two council offices and a leased one, small enough to work by hand.
func place() *model.Project {
	p := &model.Project{Name: "Two offices", BaseYear: base, Horizon: 10, PriceBase: 2024, ParameterSet: "greenbook-2026-02", Currency: "GBP"}
	p.Organisations = []model.Organisation{{ID: "council", Name: "Council", Kind: "council", Public: true}}
	office := func(id model.AssetID, area, desks float64, lon float64) model.Asset {
		return model.Asset{ID: id, Organisation: "council", Name: "Office " + string(id), Use: model.UseOffice, FloorArea: stated(area), Desks: stated(desks),
			Location: model.LatLon{Lat: 53.4, Lon: lon}, Placed: model.PlaceStated,
			Costs:   model.FiguresOf(map[model.Cost]model.Figure{model.CostMaintenance: stated(20 * area), model.CostCleaning: stated(10 * area), model.CostRates: stated(30 * area)}),
			Energy:  model.FiguresOf(map[model.Fuel]model.Figure{model.Electricity: stated(100 * area), model.Gas: stated(120 * area)}),
			Backlog: stated(100 * area), Value: stated(800 * area), Tenure: model.Tenure{Kind: model.Freehold}}
	}
	p.Assets = []model.Asset{office("a", 1000, 80, -2.30), office("b", 2000, 200, -2.31), office("l", 500, 40, -2.32)}
	p.Assets[2].Tenure = model.Tenure{Kind: model.Leasehold, Break: "2029-09-29", Expiry: "2034-09-28"}
	p.Assets[2].Costs.Set(model.CostRent, stated(75000))
	p.Services = []model.Service{
		{ID: "t", Organisation: "council", Name: "Team T", FTE: stated(70), Public: true, Visits: stated(10000), Sessions: model.OfficeHours},
		{ID: "u", Organisation: "council", Name: "Team U", FTE: stated(100), Sessions: model.OfficeHours},
		{ID: "v", Organisation: "council", Name: "Team V", FTE: stated(30), Sessions: model.OfficeHours},
	}
	p.Occupations = []model.Occupation{
		{Service: "t", Asset: "a", Area: stated(900), Desks: stated(60), Share: 1},
		{Service: "u", Asset: "b", Area: stated(1200), Desks: stated(90), Share: 1},
		{Service: "v", Asset: "l", Area: stated(400), Desks: stated(30), Share: 1},
	}
	p.Scenarios = []model.Scenario{{ID: "x1", Name: "Business as usual", Kind: model.BusinessAsUsual}}
	return p
}

func book(t testing.TB, p *model.Project) *model.Book {
	t.Helper()
	set, err := reference.Load(p.ParameterSet)
	if err != nil {
		t.Fatal(err)
	}
	return model.NewBook(set.Assumptions(), action.Assumptions(p.PriceBase), p.Assumptions)
}

func scenario(acts ...model.Action) *model.Scenario {
	for i := range acts {
		acts[i].ID = model.ActionID("x2." + string(rune('1'+i)))
	}
	return &model.Scenario{ID: "x2", Name: "Option", Kind: model.Option, Actions: acts}
}

func build(t testing.TB, p *model.Project, s *model.Scenario) *action.Plan {
	t.Helper()
	plan, err := action.Build(p, s, book(t, p))
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// context gives flat paths for every index a stream names.
func context(p *model.Project, plan *action.Plan) *ledger.Context {
	c := &ledger.Context{BaseYear: p.BaseYear, Years: p.Horizon, PriceBase: p.PriceBase, Paths: map[string]model.Path{}}
	flat := make([]float64, p.Horizon)
	for i := range flat {
		flat[i] = 1
	}
	for _, s := range plan.Streams {
		if s.Index != "" {
			c.Paths[s.Index] = model.Path{Key: s.Index, Start: p.BaseYear, Values: flat}
		}
	}
	return c
}

// inYear adds the flows of one year over the streams that keep accepts.
func inYear(t testing.TB, p *model.Project, plan *action.Plan, year int, keep func(*ledger.Stream) bool) float64 {
	t.Helper()
	m, err := ledger.Expand(plan.Streams, context(p, plan))
	if err != nil {
		t.Fatal(err)
	}
	return ledger.Sum(plan.Streams, m, keep)[year-p.BaseYear]
}
