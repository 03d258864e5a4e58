package appraisal_test

import (
	"errors"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/reference"
)

func TestCausesAddToTheDifference(t *testing.T) {
	p, plans := estate(4, 60, 60)
	a := compare(t, p, plans, appraisal.Options{Set: "greenbook-2022"})
	for _, other := range []appraisal.Options{{Set: "greenbook-2026-02"}, {Set: "greenbook-2026-02-reduced"}, {Set: "review-2026-06"},
		{Set: "greenbook-2026-02", Carbon: appraisal.High}, {Set: "greenbook-2026-02", Prices: appraisal.High}} {
		b := compare(t, p, plans, other)
		list, err := appraisal.Differences(a, b)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			if d.Figure != "npsv" && d.Figure != "npv_public" {
				continue
			}
			sum := 0.0
			for _, c := range d.Causes {
				sum += c.Value
			}
			near(t, string(d.Scenario)+" "+d.Figure, sum, d.To-d.From, 0.05)
		}
	}
	same, err := appraisal.Differences(a, compare(t, p, plans, appraisal.Options{Set: "greenbook-2026-02"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range same { // the 2026 edition left the rates as they were
		equal(t, d.Figure, d.To, d.From)
	}
	q := *p
	q.Horizon = 30
	if _, err := appraisal.Differences(a, compare(t, &q, plans, appraisal.Options{})); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("two horizons: %v", err)
	}
}

// A set of another country: its own currency, calendar years, one rate, one fuel.
func TestAProjectElsewhere(t *testing.T) {
	r := func(series, year string, v float64, unit, base string) reference.Row {
		return reference.Row{Series: series, Item: "x", Year: year, Value: v, Numeric: true, Unit: unit, PriceBase: base, Source: "there", Confidence: "one copy"}
	}
	rows := []reference.Row{r("gdp_deflator", "2025", 100, "index", ""), {Series: "stpr_flat", Item: "years 0+", Year: "0", Value: 4, Numeric: true},
		r("path.footprint.electricity", "2026", 0.05, "kgCO2e/kWh", ""), r("path.marginal.electricity", "2026", 0.06, "kgCO2e/kWh", ""),
		r("path.carbon.low", "2026", 50, "€/tCO2e", "2025"), r("path.carbon.central", "2026", 100, "€/tCO2e", "2025"), r("path.carbon.high", "2026", 200, "€/tCO2e", "2025")}
	set, err := reference.New(reference.Info{ID: "there", Name: "There", Currency: "EUR", FiscalYearStartMonth: 1, Schedule: "flat"}, rows)
	if err != nil {
		t.Fatal(err)
	}
	p, plans := place(t, 2026, 2)
	p.Currency, p.PriceBase = "EUR", 2025
	energy := ledger.Stream{ID: "e", Ledger: ledger.Carbon, Unit: "kWh", Category: ledger.CatEnergy, Fuel: model.Electricity, Quantity: 1e6, First: 2026, Last: 2027, Grade: model.Stated}
	plans["bau"] = &action.Plan{Streams: []ledger.Stream{energy}}
	in, err := appraisal.PrepareWith(p, set, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := appraisal.RunWith(p, plans, in, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "60 t a year at 100", c.Result("option").NPSV, 6000*(1+1/1.04), 1e-9)
	near(t, "footprint", c.Result("bau").CarbonTotal, 100, 1e-9)
	plans["bau"].Streams[0].Fuel = model.Gas
	if _, err := appraisal.RunWith(p, plans, in, appraisal.Options{}); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("a fuel without factors there: %v", err)
	}
}

// BenchmarkRun appraises three scenarios of 170 buildings, the size of the
// demonstration project; the target is 10 ms.
func BenchmarkRun(b *testing.B) {
	p, plans := estate(8, 170*20, 30)
	b.ResetTimer()
	for b.Loop() {
		if _, err := appraisal.Run(p, plans, appraisal.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
