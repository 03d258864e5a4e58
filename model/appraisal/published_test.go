package appraisal_test

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/lease"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/reference"
)

// published is testdata/published.json; its README says where it is from.
type published struct {
	C1 struct {
		Rate     float64
		Cash     []float64
		NPV, Tol float64
	}
	C3 struct {
		Rate, Annual float64
		Ramp         []float64
		Years        int
		FirstYear    int `json:"first_year"`
		PV           float64
		CrimeAnnual  float64 `json:"crime_annual"`
		CrimePV      float64 `json:"crime_pv"`
		CostPV       float64 `json:"cost_pv"`
		BCR          float64
	}
	C4 struct {
		NPC      map[string]float64 `json:"npc_m"`
		Score    map[string]float64
		PerPoint map[string]float64 `json:"cost_per_point"`
		Marginal map[string]float64 `json:"marginal_vs_P"`
		Dominat  []string           `json:"dominated"`
	}
	C5 struct {
		UpperCapex    map[string]float64 `json:"upper_capex"`
		UpperDuration map[string]float64 `json:"upper_duration"`
		LowerCapex    map[string]float64 `json:"lower_capex"`
		LowerDuration map[string]float64 `json:"lower_duration"`
		Mix           map[string]float64 `json:"mix_30_70"`
		Duration      struct {
			Months      float64
			Contrib     [][2]float64
			Managed, OB float64
			MonthsOB    float64 `json:"months_with_ob"`
			Unmanaged   float64
		} `json:"duration_example"`
		Capex struct {
			NPC       float64 `json:"npc_m"`
			Mitigated float64 `json:"mitigated_pct"`
			Upper, OB float64
			NPCOB     float64 `json:"npc_with_ob_m"`
		} `json:"capex_example"`
	}
	C6 struct {
		Rent, Growth, Exponent float64
		Passing                float64 `json:"passing_rent"`
		Double                 float64 `json:"double_discount"`
	}
	C10 struct {
		Bands       [][3]float64
		Sensitivity [][3]float64
		DF          map[string]float64
		DFSens      map[string]float64 `json:"df_sens"`
	}
}

func readPublished(t testing.TB) published {
	t.Helper()
	b, err := os.ReadFile("testdata/published.json")
	if err != nil {
		t.Fatal(err)
	}
	var p published
	if err := json.Unmarshal(b, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// place is a project with business as usual and one option, made of cash-flow
// rows by the same function that pasted rows go through.
func place(t testing.TB, base, horizon int, rows ...model.ManualStream) (*model.Project, map[model.ScenarioID]*action.Plan) {
	t.Helper()
	p := &model.Project{Name: "case", BaseYear: base, Horizon: horizon, PriceBase: 2024, ParameterSet: reference.DefaultID, Currency: "GBP",
		Organisations: []model.Organisation{{ID: "council", Name: "Council", Kind: "council", Public: true}},
		Scenarios: []model.Scenario{{ID: "bau", Name: "Business as usual", Kind: model.BusinessAsUsual},
			{ID: "option", Name: "Option", Kind: model.Option, Manual: rows}}}
	plan := &action.Plan{}
	for i, m := range rows {
		s, err := ledger.FromManual(m, "option/manual/"+strconv.Itoa(i+1), p.PriceBase, nil)
		if err != nil {
			t.Fatal(err)
		}
		plan.Streams = append(plan.Streams, s)
	}
	return p, map[model.ScenarioID]*action.Plan{"bau": {}, "option": plan}
}

func run(t testing.TB, p *model.Project, plans map[model.ScenarioID]*action.Plan, opt appraisal.Options) *appraisal.Result {
	t.Helper()
	c, err := appraisal.Run(p, plans, opt)
	if err != nil {
		t.Fatal(err)
	}
	return &c.Options[len(c.Options)-1]
}

func near(t testing.TB, what string, got, want, tol float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tol {
		t.Errorf("%s: got %.9g, want %.9g ± %g", what, got, want, tol)
	}
}

// C1: NHSScotland capital guidance, annex A, discounted cash-flow example.
func TestC1DiscountedCashFlow(t *testing.T) {
	c := readPublished(t).C1
	p, plans := place(t, 2026, len(c.Cash), model.ManualStream{Label: "cash", Payer: "council", First: 2026, Values: c.Cash, Grade: model.Stated})
	for name, opt := range map[string]appraisal.Options{"the set's schedule": {}, "the printed rate": {Flat: &c.Rate}} {
		r := run(t, p, plans, opt)
		near(t, "C1 NPSV with "+name, r.NPSV, c.NPV, c.Tol)
		near(t, "C1 NPV to the public purse with "+name, r.NPVPublic, c.NPV, c.Tol)
	}
}

// C3: street-lighting PFI business-case model, PPP online library. Benefits
// grow over four years to their full amount; the cost is a present value.
func TestC3StreetLighting(t *testing.T) {
	c := readPublished(t).C3
	ramped := func(annual float64) []float64 {
		out := make([]float64, c.Years)
		for k := range out {
			out[k] = annual
			if k < len(c.Ramp) {
				out[k] *= c.Ramp[k]
			}
		}
		return out
	}
	row := func(label string, annual float64) model.ManualStream {
		return model.ManualStream{Label: label, Benefit: true, Beneficiary: model.Society, First: 2026 + c.FirstYear, Values: ramped(annual), Grade: model.Stated}
	}
	cost := model.ManualStream{Label: "cost", Payer: "council", First: 2026, Values: []float64{-c.CostPV}, Grade: model.Stated}
	horizon := c.Years + c.FirstYear

	p, plans := place(t, 2026, horizon, row("accidents", c.Annual))
	near(t, "C3 accidents", run(t, p, plans, appraisal.Options{Flat: &c.Rate}).NPSV, c.PV, 1)
	p, plans = place(t, 2026, horizon, row("crime", c.CrimeAnnual))
	// The yearly amount is printed in whole pounds; half a pound a year over these factors is worth £7.30.
	near(t, "C3 crime", run(t, p, plans, appraisal.Options{Flat: &c.Rate}).NPSV, c.CrimePV, 0.5*c.CrimePV/c.CrimeAnnual)

	p, plans = place(t, 2026, horizon, row("accidents", c.Annual), row("crime", c.CrimeAnnual), cost)
	r := run(t, p, plans, appraisal.Options{Flat: &c.Rate})
	if r.BCR == nil {
		t.Fatal("C3: no ratio: " + r.BCRNote)
	}
	near(t, "C3 BCR", *r.BCR, c.BCR, 0.005)
	near(t, "C3 public cost", r.PVPublicCost, c.CostPV, 0.01)
}

// C10: Green Book discount rates (February 2026) via the DfT TAG notice.
func TestC10DiscountFactors(t *testing.T) {
	c := readPublished(t).C10
	for id, want := range map[string]map[string]float64{"greenbook-2026-02": c.DF, "greenbook-2026-02-reduced": c.DFSens} {
		set, err := reference.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		sc, err := set.ScheduleByID("")
		if err != nil {
			t.Fatal(err)
		}
		bands := c.Bands
		if id != "greenbook-2026-02" {
			bands = c.Sensitivity
		}
		for _, b := range bands {
			for y := int(b[0]); y <= int(b[1]); y++ {
				r, err := sc.Rate(y)
				if err != nil {
					t.Fatal(err)
				}
				near(t, id+" rate of year "+strconv.Itoa(y), r, b[2], 1e-12)
			}
		}
		f, err := set.DiscountFactors("", 101)
		if err != nil {
			t.Fatal(err)
		}
		for y, v := range want {
			n, _ := strconv.Atoi(y)
			near(t, id+" factor of year "+y, f[n], v, 5e-7)
			// The same factor out of the engine: £1 in that year alone.
			if n == 0 || n >= model.MaxHorizon {
				continue
			}
			p, plans := place(t, 2026, n+1, model.ManualStream{Label: "one pound", First: 2026 + n, Values: []float64{1}, Payer: "council", Grade: model.Stated})
			near(t, id+" £1 in year "+y, run(t, p, plans, appraisal.Options{Set: id}).NPSV, v, 5e-7)
		}
	}
}

func TestTheReducedRateSensitivityAddsItselfPastFiftyYears(t *testing.T) {
	row := model.ManualStream{Label: "yearly", First: 2026, Values: ones(61), Payer: "council", Grade: model.Stated}
	p, plans := place(t, 2026, 61, row)
	r := run(t, p, plans, appraisal.Options{})
	if r.Reduced == nil || r.Reduced.NPSV <= r.NPSV {
		t.Fatalf("61 years: %+v against %g", r.Reduced, r.NPSV)
	}
	again := run(t, p, plans, appraisal.Options{Set: "greenbook-2026-02-reduced"})
	near(t, "sensitivity equals the reduced set", r.Reduced.NPSV, again.NPSV, 1e-9)
	p.Horizon = 50
	if r := run(t, p, plans, appraisal.Options{}); r.Reduced != nil {
		t.Error("50 years has a sensitivity")
	}
}

func ones(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// C4: Scottish option-appraisal guidance, weighted scoring against cost.
func TestC4CostEffectiveness(t *testing.T) {
	c := readPublished(t).C4
	var options []appraisal.Scored
	for name, m := range c.NPC {
		options = append(options, appraisal.Scored{Name: name, Cost: m * 1e6, Score: c.Score[name]})
	}
	got, err := appraisal.CostEffectiveness(options)
	if err != nil {
		t.Fatal(err)
	}
	dominated := map[string]bool{}
	for _, name := range c.Dominat {
		dominated[name] = true
	}
	for _, e := range got {
		if want, ok := c.PerPoint[e.Name]; ok {
			near(t, "C4 cost per point of "+e.Name, e.PerPoint, want, 0.5)
		}
		if want, ok := c.Marginal[e.Name]; ok {
			near(t, "C4 marginal cost of "+e.Name, e.Marginal, want, 0.5)
		}
		if (e.DominatedBy != "") != dominated[e.Name] {
			t.Errorf("C4: %s dominated by %q", e.Name, e.DominatedBy)
		}
	}
}

// C5: Mott MacDonald, Review of large public procurement (2002), worked
// examples; the table of HM Treasury's supplementary guidance.
func TestC5OptimismBias(t *testing.T) {
	c := readPublished(t).C5
	s := set(t)
	for _, table := range []struct {
		dimension, bound string
		want             map[string]float64
	}{{"capex", "upper", c.UpperCapex}, {"duration", "upper", c.UpperDuration}, {"capex", "lower", c.LowerCapex}, {"duration", "lower", c.LowerDuration}} {
		for short, category := range map[string]string{"std": "standard_buildings", "nonstd": "non_standard_buildings"} {
			x, err := s.Optimism(table.dimension, category, table.bound)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "C5 "+table.dimension+" "+table.bound+" "+category, x*100, table.want[short], 1e-9)
		}
	}
	for dimension, want := range c.Mix {
		std, _ := s.Optimism(dimension, "standard_buildings", "upper")
		non, _ := s.Optimism(dimension, "non_standard_buildings", "upper")
		u, err := appraisal.MixedBias([]appraisal.Share{{Share: 0.3, Bias: non}, {Share: 0.7, Bias: std}})
		if err != nil {
			t.Fatal(err)
		}
		near(t, "C5 mixed "+dimension, u*100, want, 0.05)
	}
	var parts []appraisal.Contributor
	for _, x := range c.Duration.Contrib {
		parts = append(parts, appraisal.Contributor{Share: x[0], Managed: x[1]})
	}
	upper, _ := s.Optimism("duration", "non_standard_buildings", "upper")
	managed, bias, err := appraisal.ManagedBias(upper, parts)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "C5 managed", managed*100, c.Duration.Managed, 0.05)
	near(t, "C5 bias left", bias*100, c.Duration.OB, 0.05)
	near(t, "C5 months", c.Duration.Months*(1+bias), c.Duration.MonthsOB, 0.05)
	near(t, "C5 months unmanaged", c.Duration.Months*(1+upper), c.Duration.Unmanaged, 0.05)

	u, err := appraisal.OptimismBias{Upper: c.Capex.Upper / 100, Mitigation: c.Capex.Mitigated / 100}.Uplift()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "C5 capital bias", u*100, c.Capex.OB, 0.5)
	p, plans := place(t, 2026, 1, row("capital", []float64{-c.Capex.NPC * 1e6}))
	plans["option"].Streams[0].Uplift = ledger.Term{Value: u}
	near(t, "C5 net present cost", -run(t, p, plans, appraisal.Options{}).NPSV/1e6, c.Capex.NPCOB, 0.5)
}

// C6: Green Book 2003, annex 3, notes to box 3.1.
func TestC6Rent(t *testing.T) {
	c := readPublished(t).C6
	rent, err := lease.PassingRent(c.Rent, c.Growth, c.Exponent)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "C6 passing rent", rent, c.Passing, 0.5)
	near(t, "C6 nominal discount rate", lease.NominalRate(0.035, c.Growth), c.Double, 1e-12)
	// The same rent out of the lease engine: reviewed to market after four and a half years.
	l := lease.Lease{Rent: c.Rent, Market: c.Rent, Review: lease.UpwardOnly, NextReview: "2030-10-01"}
	f, err := l.Flows(lease.Calendar{BaseYear: 2026, Years: 6, StartMonth: 4, Inflation: c.Growth, Market: c.Growth}, lease.Exit{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "C6 passing rent from the lease", f.Passing[4], c.Passing, 0.5)
}
