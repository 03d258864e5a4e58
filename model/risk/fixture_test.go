package risk_test

import (
	"context"
	"fmt"
	"math"
	"sync"
	"testing"

	"github.com/planting-the-flag/flagstone/importers/demo"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/risk"
)

// trafford is the demonstration place appraised.
var trafford = sync.OnceValues(func() (*appraisal.Comparison, error) {
	p, err := demo.Build(context.Background())
	if err != nil {
		return nil, err
	}
	return outcome.Evaluate(p, appraisal.Options{})
})

func demonstration(t testing.TB) *appraisal.Comparison {
	t.Helper()
	c, err := trafford()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func fig(v float64, g model.Grade) model.Figure {
	return model.Figure{Value: v, Grade: g, Source: "test"}
}

// empty is a project with nothing but business as usual and an option.
func empty() *model.Project {
	return &model.Project{Name: "Nowhere", BaseYear: 2026, Horizon: 30, PriceBase: 2024, ParameterSet: "greenbook-2026-02", Currency: "GBP",
		Organisations: []model.Organisation{{ID: "council", Name: "Council", Public: true}, {ID: "nhs", Name: "NHS", Public: true}},
		Scenarios:     []model.Scenario{{ID: "x1", Name: "Business as usual", Kind: model.BusinessAsUsual}, {ID: "x2", Name: "Option", Kind: model.Option}}}
}

// sums adds to the option one typed amount of a category of its own for each value, in the base year, which is not discounted:
// the value of the option is the sum of them.
func sums(values ...float64) *model.Project {
	p := empty()
	for i, v := range values {
		p.Scenarios[1].Manual = append(p.Scenarios[1].Manual, model.ManualStream{Label: "row", Category: string(rune('a' + i)), Payer: "council", First: 2026, Values: []float64{v}, Grade: model.Stated})
	}
	return p
}

// everything has every kind of action that shapes a plan.
func everything() *model.Project {
	p := empty()
	for i := range 12 {
		size := 700 + 50*float64(i)
		id := model.AssetID(fmt.Sprintf("a%d", i))
		a := model.Asset{ID: id, Organisation: "council", Name: "House " + string(id), Use: model.UseOffice, Location: model.LatLon{Lat: 53.4 + 0.01*float64(i), Lon: -2.3}, Placed: model.PlaceStated,
			FloorArea: fig(size, model.Stated), LandArea: fig(0.3, model.Stated), Desks: fig(size/8, model.Estimated), Backlog: fig(90*size, model.Benchmark), Value: fig(1100*size, model.Stated),
			Costs:  model.FiguresOf(map[model.Cost]model.Figure{model.CostMaintenance: fig(20*size, model.Stated), model.CostCleaning: fig(12*size, model.Estimated), model.CostRates: fig(30*size, model.Stated)}),
			Energy: model.FiguresOf(map[model.Fuel]model.Figure{model.Electricity: fig(90*size, model.Measured), model.Gas: fig(120*size, model.Benchmark)}), Tenure: model.Tenure{Kind: model.Freehold}}
		if i == 5 {
			a.Value = model.Figure{}
		}
		if i == 9 {
			a.Tenure = model.Tenure{Kind: model.Leasehold, Break: "2029-09-29", Expiry: "2034-09-28"}
			a.Costs.Set(model.CostRent, fig(90*size, model.Stated))
		}
		p.Assets = append(p.Assets, a)
		if i < 4 {
			s := model.ServiceID("s" + string(id))
			p.Services = append(p.Services, model.Service{ID: s, Organisation: []model.OrganisationID{"council", "nhs"}[i%2], Name: "Team " + string(id), FTE: fig(20.4, model.Estimated), Public: true, Visits: fig(5000, model.Estimated)})
			p.Occupations = append(p.Occupations, model.Occupation{Service: s, Asset: id, Area: fig(0.4*size, model.Estimated), Desks: fig(18, model.Estimated), Share: 1})
		}
	}
	x := &p.Scenarios[1]
	x.Actions = []model.Action{{Kind: model.CoLocate, Asset: "a0", From: []model.AssetID{"a1"}, Year: 2028}, {Kind: model.Sell, Asset: "a1", Year: 2029}, {Kind: model.Flex, Asset: "a2", Year: 2028},
		{Kind: model.Retrofit, Asset: "a0", Year: 2028, Measures: []string{"insulation", "glazing", "bms", "led", "heatpump", "pv"}}, {Kind: model.Retain, Asset: "a3", Year: 2027},
		{Kind: model.Repurpose, Asset: "a4", NewUse: model.UseHomes, Year: 2029}, {Kind: model.Transfer, Asset: "a5", Year: 2028}, {Kind: model.Mothball, Asset: "a6", Year: 2028},
		{Kind: model.Greening, Asset: "a7", Year: 2028}, {Kind: model.LetOut, Asset: "a8", Year: 2028}, {Kind: model.ExitLease, Asset: "a9", Year: 2030},
		{Kind: model.Develop, Asset: "a10", Year: 2028, Phases: []model.Phase{{Name: "north", Use: model.UseWorkspace, FloorArea: 400, Start: 2029}, {Name: "south", Use: model.UseClinic, FloorArea: 300, Start: 2031}}},
		{Kind: model.Repurpose, Asset: "a11", NewUse: model.UseNursery, Year: 2030}}
	for i := range x.Actions {
		x.Actions[i].ID = model.ActionID(fmt.Sprintf("x2.%d", i+1))
	}
	return p
}

func compare(t testing.TB, p *model.Project) *appraisal.Comparison {
	t.Helper()
	c, err := outcome.Evaluate(p, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func run(t testing.TB, c *appraisal.Comparison, m *risk.Model, o risk.Options) *risk.Result {
	t.Helper()
	r, err := risk.Run(context.Background(), c, m, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func model1(t testing.TB, c *appraisal.Comparison, spec string) *risk.Model {
	t.Helper()
	m, err := risk.ParseSpec(context.Background(), []byte(spec), c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// within fails when got is further from want than tol.
func within(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tol {
		t.Errorf("%s is %.6g; it must be %.6g within %.3g", what, got, want, tol)
	}
}
