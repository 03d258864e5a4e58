package store_test

import (
	"database/sql"
	"errors"
	"math"
	"reflect"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

func TestResultsAreThereForOtherReaders(t *testing.T) {
	p := minimal()
	p.Organisations = []model.Organisation{{ID: "o", Name: "Council"}}
	stated := func(v float64) model.Figure { return model.Figure{Value: v, Grade: model.Stated} }
	p.Assets = []model.Asset{{ID: "a", Name: "Town Hall", Organisation: "o", FloorArea: stated(1200), Costs: model.FiguresOf(map[model.Cost]model.Figure{
		model.CostRates: stated(100.25), model.CostRent: stated(50)}), Tenure: model.Tenure{Kind: model.Leasehold, Break: "2029-03-25"}}}
	p.Services = []model.Service{{ID: "s", Name: "Library", FTE: stated(12)}}
	p.Occupations = []model.Occupation{{Service: "s", Asset: "a", Share: 0.5, Desks: stated(6), Area: stated(90)}}
	p.Scenarios = []model.Scenario{{ID: "c", Name: "Hubs", Kind: model.Option}}
	f := newFile(t, p)
	rows := []store.FlowRow{
		{Ledger: "space", Asset: "a", Category: "people", Label: "Library", Unit: "FTE", Year: 2027, Value: 12},
		{Ledger: "money", Asset: "a", Category: "rent", Label: "Rent", Payer: "o", Unit: "£", Year: 2027, Value: -50},
		{Ledger: "money", Asset: "a", Category: "rent", Label: "Rent", Payer: "o", Unit: "£", Year: 2026, Value: -20},
		{Ledger: "money", Asset: "a", Category: "rent", Label: "Rent", Payer: "o", Unit: "£", Year: 2026, Value: -30.5},
		{Scenario: "c", Ledger: "carbon", Asset: "a", Action: "x1", Category: "energy", Label: "Gas", Unit: "kWh", Year: 2026, Value: 9},
	}
	for range 2 { // the second time takes the place of the first
		if err := f.StoreResults(map[model.ScenarioID][]store.FlowRow{"c": rows}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := f.Flows("c")
	want := []store.FlowRow{rows[4], {Scenario: "c", Ledger: "money", Asset: "a", Category: "rent", Label: "Rent", Payer: "o", Unit: "£", Year: 2026, Value: -50.5}, rows[1], rows[0]}
	want[2].Scenario, want[3].Scenario = "c", "c"
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("flows are %+v, %v", got, err)
	}
	state := func() store.ResultState {
		r, err := f.Results()
		if err != nil || len(r) != 1 {
			t.Fatalf("results are %+v, %v", r, err)
		}
		return r[0]
	}
	if r := state(); r.OutOfDate || r.Lines != 3 {
		t.Errorf("result is %+v", r)
	}
	if err := f.Do(store.Freeze{}); err != nil {
		t.Fatal(err)
	}
	if state().OutOfDate {
		t.Error("freezing a decision put the results out of date")
	}
	if err := f.Do(store.PutAssumption{Assumption: model.Assumption{Key: "k"}}); err != nil {
		t.Fatal(err)
	}
	if !state().OutOfDate {
		t.Error("a new assumption did not put the results out of date")
	}
	for _, bad := range []store.FlowRow{{Ledger: "money", Value: math.Inf(1)}, {Ledger: "gold"}, {Ledger: "money", Scenario: "d"}} {
		if err := f.StoreResults(map[model.ScenarioID][]store.FlowRow{"c": {bad}}); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if err := f.StoreResults(map[model.ScenarioID][]store.FlowRow{"d": nil}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("unknown scenario: %v", err)
	}
	f.Close()
	db, err := sql.Open("sqlite", "file:"+f.Path()+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for q, want := range map[string]string{
		`SELECT name || '|' || organisation || '|' || running_cost || '|' || lease_break || '|' || services || '|' || fte FROM v_asset`: "Town Hall|Council|150.25|2029-03-25|1|6.0",
		`SELECT group_concat(asset_name || ' ' || year || ' ' || pounds, ', ') FROM v_money_flow`:                                       "Town Hall 2026 -50.5, Town Hall 2027 -50.0",
		`SELECT scenario_name || ' ' || unit || ' ' || value FROM v_carbon_flow`:                                                        "Hubs kWh 9.0",
		`SELECT group_concat(scenario || ' ' || label || ' ' || category || ' ' || year || ' ' || value, ', ') FROM v_space`:            " Library people 2026 6.0,  Library desks 2026 6.0,  Library floor area 2026 90.0, c Library people 2027 12.0",
	} {
		var got string
		if err := db.QueryRow(q).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %q, %v", q, got, err)
		}
	}
	g := reopen(t, f)
	if err := g.Do(store.RemoveScenario{ID: "c"}); err != nil {
		t.Fatal(err)
	}
	if r, err := g.Results(); err != nil || len(r) != 0 {
		t.Errorf("results of a scenario that is gone: %+v, %v", r, err)
	}
}
