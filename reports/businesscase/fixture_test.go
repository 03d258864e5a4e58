package businesscase_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
)

const base = 2026

func fig(v float64, g model.Grade) model.Figure {
	return model.Figure{Value: v, Grade: g, Source: "test"}
}

// place makes n offices, every fifth of them leased, each with a team, and a plan that moves every other team next door and
// lets its building go.
func place(n int) *model.Project {
	p := &model.Project{Name: "Middleton", BaseYear: base, Horizon: 30, PriceBase: 2024, ParameterSet: "greenbook-2026-02", Currency: "GBP",
		ModelledNote: "Running costs that nobody published are modelled from benchmarks", Attribution: []string{"Contains public sector information licensed under the Open Government Licence v3.0"}}
	p.Organisations = []model.Organisation{{ID: "council", Name: "Middleton Council", Kind: "council", Public: true}, {ID: "nhs", Name: "Middleton NHS Trust", Kind: "NHS", Public: true}}
	p.Scenarios = []model.Scenario{{ID: "x1", Name: "Business as usual", Kind: model.BusinessAsUsual}, {ID: "x2", Name: "Do minimum", Kind: model.DoMinimum}, {ID: "x3", Name: "Community hubs", Kind: model.Option, Description: "Services share buildings near the high street"}}
	for i := range n {
		size := 613.0 + 37*float64(i%11)
		id := model.AssetID(fmt.Sprintf("a%02d", i))
		a := model.Asset{ID: id, Organisation: "council", Name: fmt.Sprintf("%s House", letters(i)), Ward: "Ward " + letters(i%4), Use: model.UseOffice, Postcode: "M33 7ZF",
			Location: model.LatLon{Lat: 53.40 + 0.004*float64(i%7), Lon: -2.33 + 0.006*float64(i/7)}, Placed: model.PlaceStated,
			FloorArea: fig(size, model.Stated), Desks: fig(size/9, model.Estimated), Backlog: fig(91*size, model.Benchmark), Value: fig(1234.5*size, model.Stated),
			Costs:  model.FiguresOf(map[model.Cost]model.Figure{model.CostMaintenance: fig(21*size, model.Stated), model.CostCleaning: fig(13*size, model.Estimated), model.CostRates: fig(31*size, model.Stated)}),
			Energy: model.FiguresOf(map[model.Fuel]model.Figure{model.Electricity: fig(95*size, model.Measured), model.Gas: fig(120*size, model.Benchmark)}), Tenure: model.Tenure{Kind: model.Freehold}, EnergyRating: "D"}
		if i%7 == 3 {
			a.Organisation, a.Use = "nhs", model.UseClinic
		}
		if i%5 == 4 {
			a.Tenure = model.Tenure{Kind: model.Leasehold, Landlord: "Harbour Estates", Break: "2029-09-29", Expiry: "2034-09-28", NoticeMonths: 6, Dilapidations: fig(54321+float64(i), model.Stated)}
			a.Costs.Set(model.CostRent, fig(97*size, model.Stated))
		}
		p.Assets = append(p.Assets, a)
		sid := model.ServiceID(fmt.Sprintf("s%02d", i))
		p.Services = append(p.Services, model.Service{ID: sid, Organisation: a.Organisation, Name: "Team " + letters(i), Kind: "advice", FTE: fig(24, model.Estimated), Public: i%2 == 0, Visits: fig(5300, model.Estimated), Sessions: model.OfficeHours})
		p.Occupations = append(p.Occupations, model.Occupation{Service: sid, Asset: id, Area: fig(0.4*size, model.Estimated), Desks: fig(21, model.Estimated), Share: 1})
		p.Scenarios[1].Actions = append(p.Scenarios[1].Actions, model.Action{ID: model.ActionID(fmt.Sprintf("x2.%d", i)), Kind: model.Retain, Asset: id, Year: base + 1})
	}
	hub := &p.Scenarios[2]
	add := func(a model.Action) {
		a.ID = model.ActionID(fmt.Sprintf("x3.%d", len(hub.Actions)+1))
		hub.Actions = append(hub.Actions, a)
	}
	for i := 0; i+1 < n; i += 2 {
		from, to := p.Assets[i+1], p.Assets[i]
		y := base + 2 + i%5
		add(model.Action{Kind: model.CoLocate, Asset: to.ID, From: []model.AssetID{from.ID}, Year: y})
		if from.Tenure.Kind == model.Leasehold {
			add(model.Action{Kind: model.ExitLease, Asset: from.ID, Year: base + 8})
		} else {
			add(model.Action{Kind: model.Sell, Asset: from.ID, Year: y + 1, Reason: "Bidder named £777k; nobody else came near"})
		}
		add(model.Action{Kind: model.Retrofit, Asset: to.ID, Year: y, Measures: []string{"insulation", "bms", "heatpump", "pv"}})
	}
	if n == 1 {
		add(model.Action{Kind: model.Retrofit, Asset: p.Assets[0].ID, Year: base + 1, Measures: []string{"insulation", "pv"}})
	}
	return p
}

func letters(i int) string {
	return string(rune('A'+i/26)) + strings.ToLower(string(rune('A'+i%26))) + "ford"
}

func compare(t testing.TB, p *model.Project) *appraisal.Comparison {
	t.Helper()
	cmp, err := outcome.Evaluate(p, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return cmp
}

func options(e document.Edition) businesscase.Options {
	return businesscase.Options{Edition: e, Hash: "c0ffee12", Created: time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC), House: document.House{Organisation: "Middleton Council"},
		Committee: "The executive", Date: "2026-10-12", Author: "Director of Place"}
}

func build(t testing.TB, cmp *appraisal.Comparison, opt businesscase.Options) *document.Document {
	t.Helper()
	d, err := businesscase.Build(cmp, opt)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
