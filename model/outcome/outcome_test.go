package outcome_test

import (
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

func stated(v float64) model.Figure {
	return model.Figure{Value: v, Grade: model.Stated, Source: "test"}
}

func place() *model.Project {
	p := &model.Project{Name: "Two offices", BaseYear: 2026, Horizon: 10, PriceBase: 2024, ParameterSet: "greenbook-2026-02", Currency: "GBP",
		Organisations: []model.Organisation{{ID: "council", Name: "Council", Public: true}},
		Services:      []model.Service{{ID: "t", Organisation: "council", Name: "Team T", Kind: "help in person", FTE: stated(70), Public: true, Visits: stated(1000)}},
		Occupations:   []model.Occupation{{Service: "t", Asset: "a", Area: stated(900), Desks: stated(60), Share: 1}},
		Population:    []model.PopulationPoint{{Code: "E1", Name: "North", Location: model.LatLon{Lat: 53.4, Lon: -2.30}, Placed: model.PlaceGeometry, People: 1500, Groups: map[string]float64{"aged 65 and over": 300}}},
		Scenarios:     []model.Scenario{{ID: "x1", Name: "Business as usual", Kind: model.BusinessAsUsual}}}
	for id, lon := range map[model.AssetID]float64{"a": -2.30, "b": -2.34} {
		p.Assets = append(p.Assets, model.Asset{ID: id, Organisation: "council", Name: "Office " + string(id), Use: model.UseOffice, FloorArea: stated(1000), Desks: stated(80),
			Location: model.LatLon{Lat: 53.4, Lon: lon}, Placed: model.PlaceStated, Costs: model.FiguresOf(map[model.Cost]model.Figure{model.CostCleaning: stated(10000)}),
			Energy: model.FiguresOf(map[model.Fuel]model.Figure{model.Gas: stated(120000)}), Backlog: stated(50000)})
	}
	if p.Assets[0].ID != "a" {
		p.Assets[0], p.Assets[1] = p.Assets[1], p.Assets[0]
	}
	return p
}

// TestBusinessAsUsualIsItsOwnBaseline: compared with itself nothing changes.
func TestBusinessAsUsualIsItsOwnBaseline(t *testing.T) {
	cmp, err := outcome.Evaluate(place(), appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r := cmp.Options[0]; r.NPSV != 0 || r.NPVPublic != 0 || r.NetPresentCost <= 0 {
		t.Errorf("NPSV %g, public %g, cost %g", r.NPSV, r.NPVPublic, r.NetPresentCost)
	}
	for _, c := range outcome.Checks(cmp) {
		if !c.OK {
			t.Errorf("%s: %s", c.What, c.Detail)
		}
	}
}

// TestConsiderAMove shows the card of five consequences for moving T from A to
// B. B's gas rises by 630 m² × 120 kWh/m² × 0.5 = 37,800 kWh (catalogue
// defaults); A keeps running, which the card must say.
func TestConsiderAMove(t *testing.T) {
	c, err := outcome.Consider(place(), "x1", model.Action{Kind: model.CoLocate, Asset: "b", Services: []model.ServiceID{"t"}, Year: 2028}, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.People) != 2 || c.People[0].FTE != -70 || c.People[1].FTE != 70 || c.People[1].DesksIn != 60 {
		t.Errorf("people: %+v", c.People)
	}
	if len(c.Energy) != 1 || c.Energy[0].Asset != "b" || math.Abs(c.Energy[0].KWh-37800) > 1e-6 || c.Energy[0].Tonnes <= 0 {
		t.Errorf("energy: %+v", c.Energy)
	}
	if c.Money.NPSV >= 0 || c.Money.OneOff >= 0 || c.Capital <= 0 {
		t.Errorf("a move that closes nothing costs money: %+v", c.Money)
	}
	// 0.04° of longitude at 53.4° N is 2.65 km: past twenty minutes on foot.
	if len(c.Access) != 1 || c.Access[0].PeopleWorse != 1500 || c.Access[0].Counts[0].Before != 1500 || c.Access[0].Counts[0].After != 0 {
		t.Errorf("access: %+v", c.Access)
	}
	if len(c.Risk) != 1 || c.Risk[0].Kind != "emptied but kept" {
		t.Errorf("risk: %+v", c.Risk)
	}
}

// TestAbatementByHand: insulation of 1,000 m² saves 12 % of 120,000 kWh of gas,
// 14,400 kWh a year from 2027 to 2035, nine years, at 0.182929 kgCO2e/kWh
// (DESNZ Table 2a): 23.71 t. Its capital is the book's £/m² × 1.24.
func TestAbatementByHand(t *testing.T) {
	p := place()
	got, err := outcome.Abatement(p, []string{"insulation"}, 2027, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Measure != "insulation" {
		t.Fatalf("%+v", got)
	}
	if want := 14400 * 9 * 0.182929 / 1000; math.Abs(got[0].Tonnes-want) > 0.01 {
		t.Errorf("%.3f t, by hand %.3f t", got[0].Tonnes, want)
	}
	set, err := outcome.Set(p, "")
	if err != nil {
		t.Fatal(err)
	}
	per, _ := outcome.Book(p, set).Get("retrofit.insulation.cost")
	if want := 1000 * per.Value * 1.24; math.Abs(got[0].Capital-want) > 0.01 {
		t.Errorf("capital £%.2f, by hand £%.2f", got[0].Capital, want)
	}
}
