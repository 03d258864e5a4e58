package appraisal_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/carbon"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// vectorAppraise: costs with optimism bias and the historic tax burden.
func vectorAppraise(t *testing.T, v vector) {
	u, err := appraisal.OptimismBias{Upper: v.num("ob"), Mitigation: v.num("ob_mitigation")}.Uplift()
	if err != nil {
		t.Fatal(err)
	}
	benefits := row("benefits", v.list("benefits"))
	benefits.Payer, benefits.Benefit = "", true
	p, plans := place(t, 2026, len(benefits.Values), row("costs", minusOf(v.list("costs"))), benefits)
	plans["option"].Streams[0].Uplift = ledger.Term{Key: "optimism", Value: u}
	r := run(t, p, plans, appraisal.Options{TaxBurden: v.num("metb")})
	near(t, "NPV", r.NPSV, v.part("npv"), v.Tolerance)
	near(t, "PV of benefits", r.PVBenefits, v.part("pv_benefits"), v.Tolerance)
	near(t, "cost of year 0", -r.Economic[0], v.part("cost_year0"), v.Tolerance)
}

func vectorOptimism(t *testing.T, v vector) {
	u, err := appraisal.OptimismBias{Upper: v.num("ob"), Mitigation: v.num("mitigation")}.Uplift()
	if err != nil {
		t.Fatal(err)
	}
	want, _ := v.Expected.([]any)
	costs := v.list("costs")
	p, plans := place(t, 2026, len(costs), row("costs", minusOf(costs)))
	plans["option"].Streams[0].Uplift = ledger.Term{Value: u}
	r := run(t, p, plans, appraisal.Options{})
	for i := range costs {
		x, _ := want[i].(float64)
		near(t, v.ID, -r.Cash[i], x, v.Tolerance)
	}
}

func vectorOptimismTable(t *testing.T, v vector) {
	x, err := set(t).Optimism(v.str("dimension"), v.str("category"), "upper")
	if err != nil {
		t.Fatal(err)
	}
	near(t, v.ID, x, v.want(), v.Tolerance)
}

// vectorWellby: people × points × years at the published value of a point, as a
// stream with the assumption as its rate, undiscounted.
func vectorWellby(t *testing.T, v vector) {
	s, err := set(t).At(int(v.num("base_year")))
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Assumption("social.wellby.central")
	if err != nil {
		t.Fatal(err)
	}
	years := int(v.num("years"))
	flow := make([]float64, years)
	for i := range flow {
		flow[i] = v.num("points") * v.num("persons")
	}
	p, plans := place(t, 2026, years, row("wellbeing", flow))
	plans["option"].Streams[0].Rates = []ledger.Term{{Key: a.Key, Value: a.Value}}
	zero := 0.0
	near(t, v.ID, run(t, p, plans, appraisal.Options{Flat: &zero}).NPSV, v.want(), v.Tolerance)
}

func vectorCarbonValue(t *testing.T, v vector) {
	s, err := set(t).At(int(v.num("base_year")))
	if err != nil {
		t.Fatal(err)
	}
	x, err := s.CarbonValue(v.str("scenario"), int(v.num("year")))
	if err != nil {
		t.Fatal(err)
	}
	near(t, v.ID, x, v.want(), v.Tolerance)
}

// vectorCarbonNPV: emissions as a carbon stream. The base year is before the
// marginal electricity factors begin, so the nearest year is accepted, as a user
// would; no electricity is in the case.
func vectorCarbonNPV(t *testing.T, v vector) {
	tonnes, years := v.list("emissions_t"), v.list("years")
	p, plans := place(t, int(years[0]), len(years))
	kg := make([]float64, len(tonnes))
	for i, x := range tonnes {
		kg[i] = x * 1000
	}
	plans["option"].Streams = []ledger.Stream{{ID: "x", Ledger: ledger.Carbon, Category: ledger.CatEmbodied, Unit: "kgCO2e", Quantity: 1, QuantityUnit: "kg",
		First: p.BaseYear, Last: p.LastYear(), Profile: ledger.Profile{Shares: kg}, Grade: model.Stated}}
	if _, err := appraisal.Run(p, plans, appraisal.Options{}); err == nil {
		t.Error("a base year before the marginal factors was accepted without a word")
	}
	near(t, v.ID, run(t, p, plans, appraisal.Options{Nearest: true}).NPSV, v.want(), v.Tolerance)
}

func vectorSwitching(t *testing.T, v vector) {
	flow := v.list("cashflow")
	cost := row("cost", []float64{-1})
	rest := append([]float64{0}, flow[1:]...)
	p, plans := place(t, 2026, len(flow), cost, row("income", rest))
	plans["option"].Streams[0].Rates = []ledger.Term{{Key: "works.cost", Value: -flow[0]}}
	c, err := appraisal.Run(p, plans, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := appraisal.SwitchingValues(c, "option")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		if s.Key == "works.cost" {
			near(t, "switching value", s.At, v.part("switch_value"), 1e-6)
			near(t, "change", s.Change, v.part("pct_change"), 1e-8)
			at, change, err := appraisal.SwitchFlow(flow, c.Discount, 0)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "closed form", -at, v.part("switch_value"), v.Tolerance)
			near(t, "closed form, change", change, v.part("pct_change"), v.Tolerance)
			return
		}
	}
	t.Error("the cost has no switching value")
}

func vectorFootprint(t *testing.T, v vector) {
	year := int(v.num("year"))
	paths, err := set(t).Paths(year, 1)
	if err != nil {
		t.Fatal(err)
	}
	f, err := carbon.NewFootprint(paths)
	if err != nil {
		t.Fatal(err)
	}
	energy := map[model.Fuel][]float64{}
	if x := v.num("district_heat_kwh"); x > 0 {
		energy[model.DistrictHeat] = []float64{x}
	}
	if x := v.num("elec_kwh"); x > 0 {
		energy[model.Electricity] = []float64{x}
	}
	s, err := f.Scopes(year, 1, energy, carbon.Other{}, carbon.Water{})
	if err != nil {
		t.Fatal(err)
	}
	got := 0.0
	raw, _ := v.Inputs["include"].([]any)
	for _, part := range raw {
		switch part {
		case "generation":
			got += s.Scope1[0] + s.Scope2[0]
		case "td", "distribution_loss":
			got += s.Losses[0]
		case "wtt":
			got += s.Upstream[0]
		case "wtt_generation": // the well to tank of what is generated, without that of what is lost on the way
			for _, r := range set(t).Rows("ghg_conversion_factor") {
				if y, _ := r.YearNumber(); y == year && r.Item == "WTT electricity generation" {
					got += v.num("elec_kwh") * r.Value
				}
			}
		}
	}
	near(t, v.ID, got, v.want(), v.Tolerance)
}

func vectorBenchmark(t *testing.T, v vector) {
	b, err := set(t).Benchmark(int(v.num("category")))
	if err != nil {
		t.Fatal(err)
	}
	d, err := set(t).DEC()
	if err != nil {
		t.Fatal(err)
	}
	near(t, v.ID, d.Benchmark(b.Yardstick(0, 0, 0)), v.want(), v.Tolerance)
}

func vectorCRREM(t *testing.T, v vector) {
	grid := model.Path{Start: 2024, Values: []float64{v.num("ef_elec_2024")}}
	l := carbon.Location{Grid: grid, Gas: v.num("ef_gas"), Heat: v.num("ef_dh"), Cooling: v.num("ef_dc")}
	b := carbon.Building{Area: v.num("gia_m2"), Electricity: v.num("elec_kwh"), Gas: v.num("gas_kwh"), Heat: v.num("district_heat_kwh"), Cooling: v.num("district_cooling_kwh"),
		RenewableUsed: v.num("renew_consumed_kwh"), RenewableExported: v.num("renew_exported_kwh")}
	s, err := l.In(b, 2024)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "energy", s.Energy, v.part("total_energy_kwh"), 0.5)
	near(t, "EUI", s.EUI, v.part("eui"), 1)
	near(t, "intensity", s.Intensity, v.part("intensity"), v.Tolerance)
	// The fixture prints its factors to four figures or so and its net to the kilogram: 2 in 10,000 is what that leaves.
	near(t, "net", s.Net, v.part("co2_net"), 2e-4*v.part("co2_net"))
	if x := v.part("co2_gross"); x > 0 {
		near(t, "gross", s.Gross, x, 10)
		near(t, "export credit", s.ExportCredit, v.part("export_credit"), 1)
	}
	year := int(v.part("misalignment_year"))
	target := model.Path{Start: 2024, Values: []float64{v.part("pathway_2024")}, Label: "pathway"}
	expected, _ := v.Expected.(map[string]any)
	if curve, ok := expected["pathway_curve"].([]any); ok {
		target.Values = nil
		for _, x := range curve {
			f, _ := x.(float64)
			target.Values = append(target.Values, f)
		}
		if l.Grid, err = set(t).Grid(); err != nil {
			t.Fatal(err)
		}
	} else if why := partly[v.ID]; why != "" {
		t.Log(why)
		return
	}
	asset, err := l.Curve(b, 2024, 2024+len(target.Values)-1)
	if err != nil {
		t.Fatal(err)
	}
	if want, ok := expected["asset_curve"].([]any); ok {
		for i, x := range want {
			f, _ := x.(float64)
			near(t, "asset curve", asset.Values[i], f, 0.002)
		}
	}
	got, err := carbon.StrandingYear(asset, target)
	if err != nil {
		t.Fatal(err)
	}
	if got == nil || *got != year {
		t.Errorf("misalignment year %v, want %d", got, year)
	}
}
