package appraisal_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/reference"
)

// estate draws a project whose streams use every field that a result reads.
func estate(seed uint64, n, horizon int) (*model.Project, map[model.ScenarioID]*action.Plan) {
	r := rand.New(rand.NewPCG(seed, 9))
	p := &model.Project{Name: "drawn", BaseYear: 2026, Horizon: horizon, PriceBase: 2024, ParameterSet: reference.DefaultID, Currency: "GBP",
		Organisations: []model.Organisation{{ID: "council", Public: true}, {ID: "nhs", Public: true}, {ID: "charity"}},
		Scenarios:     []model.Scenario{{ID: "bau", Name: "Business as usual", Kind: model.BusinessAsUsual}, {ID: "a", Name: "A", Kind: model.Option}, {ID: "b", Name: "B", Kind: model.Option}}}
	plans := map[model.ScenarioID]*action.Plan{}
	var common []ledger.Stream
	for i := range n / 2 {
		common = append(common, draw(r, fmt.Sprint("common/", i), horizon))
	}
	for _, s := range p.Scenarios {
		plan := &action.Plan{Streams: append([]ledger.Stream(nil), common...)}
		for i := range n / 2 {
			plan.Streams = append(plan.Streams, draw(r, fmt.Sprint(s.ID, "/", i), horizon))
		}
		plans[s.ID] = plan
	}
	return p, plans
}

func draw(r *rand.Rand, id string, horizon int) ledger.Stream {
	payers := []model.OrganisationID{"council", "nhs", "charity", model.Residents, ""}
	money := []ledger.Category{ledger.CatRent, ledger.CatRates, ledger.CatEnergy, ledger.CatWorks, ledger.CatReceipt, ledger.CatSaleCost, ledger.CatDouble, ledger.CatIncome, ledger.CatMaintenance}
	s := ledger.Stream{ID: id, Label: "stream " + id, First: 2026 + r.IntN(horizon), Grade: model.Grades[r.IntN(5)], Source: "drawn", Unit: "£", QuantityUnit: "£", PriceBase: 2024,
		Payer: payers[r.IntN(len(payers))], Beneficiary: payers[r.IntN(len(payers))]}
	s.Last = s.First + r.IntN(horizon)
	s.Quantity = math.Round(r.Float64()*4e5 - 2.5e5)
	if r.IntN(2) == 0 {
		s.Rates = []ledger.Term{{Key: "works.light", Value: 0.5 + r.Float64()}}
	}
	if r.IntN(3) == 0 {
		s.Growth = ledger.Term{Key: "costs.growth", Value: 0.01}
	}
	switch r.IntN(5) {
	case 0:
		s.Ledger, s.Unit, s.Category, s.Fuel, s.Quantity = ledger.Carbon, "kWh", ledger.CatEnergy, model.Fuels[r.IntN(5)], math.Abs(s.Quantity)
	case 1:
		s.Ledger, s.Unit, s.Quantity = ledger.Carbon, "kgCO2e", math.Abs(s.Quantity)
		s.Category = []ledger.Category{ledger.CatEmbodied, ledger.CatTravel, ledger.CatOther}[r.IntN(3)]
		if r.IntN(3) == 0 {
			s.Unit = "m³"
		}
	default:
		s.Category = money[r.IntN(len(money))]
		s.Capital = s.Category == ledger.CatWorks || r.IntN(6) == 0
		if s.Category == ledger.CatReceipt {
			s.Quantity = math.Abs(s.Quantity)
		}
		switch r.IntN(6) {
		case 0:
			s.Transfer = true
		case 1:
			s.Unpriced, s.Benefit = true, true
		}
		if s.Category == ledger.CatEnergy {
			s.Index = "price.gas"
		}
	}
	return s
}

func equal(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !model.Finite(got) || math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
		t.Errorf("%s: %.6f and %.6f", what, got, want)
	}
}

func compare(t testing.TB, p *model.Project, plans map[model.ScenarioID]*action.Plan, opt appraisal.Options) *appraisal.Comparison {
	t.Helper()
	c, err := appraisal.Run(p, plans, opt)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheFiguresOfAResultAgreeWithEachOther(t *testing.T) {
	for seed := range uint64(20) {
		p, plans := estate(seed, 60, 1+int(seed)*4)
		opt := appraisal.Options{}
		if seed%5 == 4 {
			opt.TaxBurden = 0.2
		}
		c := compare(t, p, plans, opt)
		for _, r := range c.Options {
			equal(t, "NPSV is the present value of the economic flows", r.NPSV, appraisal.PresentValue(r.Economic, c.Discount))
			equal(t, "public NPV is the present value of public cash", r.NPVPublic, appraisal.PresentValue(r.Cash, c.Discount))
			equal(t, "NPSV is benefits less cost", r.NPSV, r.PVBenefits-r.PVPublicCost*(1+opt.TaxBurden))
			parts := append([]float64(nil), r.CarbonByPart.Embodied...)
			ledger.AddTo(parts, r.CarbonByPart.Travel, 1)
			ledger.AddTo(parts, r.CarbonByPart.Other, 1)
			for _, e := range r.CarbonByPart.Energy {
				ledger.AddTo(parts, e, 1)
			}
			for i := range parts {
				equal(t, "the carbon of the parts is the carbon of the whole", parts[i], r.CarbonByYear[i])
			}
			cash := make([]float64, c.Years)
			for body, row := range r.ByBody {
				if o := p.Organisation(body); body == "" || o != nil && o.Public {
					ledger.AddTo(cash, row, 1)
				}
			}
			for i := range cash {
				equal(t, "public bodies' cash is the cash", cash[i], r.Cash[i])
			}
			share := 0.0
			for _, s := range r.EvidenceShare {
				share += s
			}
			equal(t, "evidence shares", share, 1)
			if r.Scenario.ID == c.Baseline && (r.NPSV != 0 || r.NPVPublic != 0 || r.BCR != nil || r.PaybackYear != nil) {
				t.Errorf("the baseline changes against itself: %+v", r.NPSV)
			}
			if r.NPSVLow > r.NPSVHigh && appraisal.PresentValue(r.CarbonValue, c.Discount) > 0 {
				t.Error("low carbon values give more than high ones")
			}
		}
	}
}

func TestPermutingStreamsChangesNoResult(t *testing.T) {
	p, plans := estate(3, 80, 40)
	before := compare(t, p, plans, appraisal.Options{})
	r := rand.New(rand.NewPCG(1, 2))
	for _, plan := range plans {
		r.Shuffle(len(plan.Streams), func(i, j int) { plan.Streams[i], plan.Streams[j] = plan.Streams[j], plan.Streams[i] })
	}
	after := compare(t, p, plans, appraisal.Options{})
	for i := range before.Options {
		a, b := before.Options[i], after.Options[i]
		equal(t, "NPSV", a.NPSV, b.NPSV)
		equal(t, "public NPV", a.NPVPublic, b.NPVPublic)
		equal(t, "carbon", a.CarbonTotal, b.CarbonTotal)
		equal(t, "capex", a.Capex, b.Capex)
	}
}

func TestExplanationsAddToTheFigure(t *testing.T) {
	for seed := range uint64(8) {
		p, plans := estate(seed, 60, 30)
		opt := appraisal.Options{}
		if seed == 7 {
			opt.TaxBurden = 0.2
		}
		c := compare(t, p, plans, opt)
		for _, id := range []model.ScenarioID{"bau", "a", "b"} {
			for _, figure := range appraisal.Figures {
				figure = strings.Replace(figure, "YEAR", "2031", 1)
				tree, err := appraisal.Explain(c, id, figure)
				if err != nil {
					t.Fatal(err)
				}
				checkTree(t, figure, tree)
			}
		}
		res := c.Result("a")
		tree, err := appraisal.Explain(c, "a", "npsv")
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "npsv", tree.Value, res.NPSV)
	}
	p, plans := estate(1, 10, 10)
	c := compare(t, p, plans, appraisal.Options{})
	for figure, want := range map[string]error{"happiness": model.ErrNotFound, "cash@1999": model.ErrInvalid, "cash@soon": model.ErrInvalid} {
		if _, err := appraisal.Explain(c, "a", figure); !errors.Is(err, want) {
			t.Errorf("%s: %v", figure, err)
		}
	}
}

// checkTree holds every sum in a tree: groups under a figure and streams under
// a group.
func checkTree(t *testing.T, figure string, n *appraisal.Tree) {
	t.Helper()
	sum, summed := 0.0, false
	for i := range n.Children {
		c := &n.Children[i]
		if c.Kind == "group" || c.Kind == "stream" {
			sum += c.Value
			summed = true
		}
		if n.Kind != "stream" {
			checkTree(t, figure, c)
		}
		if c.Kind == "stream" && (c.Source == "" || len(c.Children) == 0) {
			t.Errorf("%s: stream %s has no source or terms", figure, c.Stream)
		}
	}
	if summed {
		equal(t, figure+": "+n.Label, sum, n.Value)
	}
}

func TestTheTwoViewsTie(t *testing.T) {
	for seed := range uint64(20) {
		p, plans := estate(seed, 60, 30)
		c := compare(t, p, plans, appraisal.Options{})
		f, err := appraisal.DefaultFunding(c)
		if err != nil {
			t.Fatal(err)
		}
		f.VATRate, f.VATSticks = 0.2, 0.3
		f.Grants = map[int]float64{2027: 40000, 2030: 1e6}
		f.Reserves = map[int]float64{2026: 10000}
		f.Revenue = map[int]float64{2028: 5000}
		f.Inflation = map[ledger.Category]float64{ledger.CatWorks: 0.04, ledger.CatEnergy: 0.01}
		f.HoldReceipts = seed%3 == 0
		if seed%2 == 0 {
			f.Body = "council"
		}
		a, err := appraisal.Afford(c, "a", f)
		if err != nil {
			t.Fatal(err)
		}
		if !a.Bridge.Ties() {
			t.Errorf("seed %d: the bridge misses by %g", seed, a.Bridge.Gap)
		}
		for i := range a.Capital {
			paid := a.FromGrants[i] + a.FromRevenue[i] + a.FromReserves[i] + a.FromReceipts[i] + a.FromBorrowing[i]
			equal(t, "capital is paid for", paid, a.Capital[i])
		}
	}
}

func TestBadInputIsRefusedInASentence(t *testing.T) {
	p, plans := estate(1, 10, 10)
	for name, c := range map[string]struct {
		change func(*model.Project, *appraisal.Options, map[model.ScenarioID]*action.Plan)
		want   error
		says   string
	}{
		"horizon of nothing": {func(p *model.Project, _ *appraisal.Options, _ map[model.ScenarioID]*action.Plan) { p.Horizon = 0 }, model.ErrInvalid, "1 to 100"},
		"horizon of 101":     {func(p *model.Project, _ *appraisal.Options, _ map[model.ScenarioID]*action.Plan) { p.Horizon = 101 }, model.ErrInvalid, "1 to 100"},
		"no baseline": {func(p *model.Project, _ *appraisal.Options, _ map[model.ScenarioID]*action.Plan) {
			p.Scenarios = p.Scenarios[1:]
		}, model.ErrNotFound, "business as usual"},
		"baseline that is not there": {func(_ *model.Project, o *appraisal.Options, _ map[model.ScenarioID]*action.Plan) { o.Baseline = "zzz" }, model.ErrNotFound, "zzz"},
		"baseline without a plan": {func(_ *model.Project, _ *appraisal.Options, plans map[model.ScenarioID]*action.Plan) {
			delete(plans, "bau")
		},
			model.ErrNotFound, "no plan"},
		"unknown set": {func(_ *model.Project, o *appraisal.Options, _ map[model.ScenarioID]*action.Plan) {
			o.Set = "greenbook-1997"
		}, model.ErrNotFound, "greenbook-1997"},
		"unknown schedule": {func(_ *model.Project, o *appraisal.Options, _ map[model.ScenarioID]*action.Plan) { o.Schedule = "zzz" }, model.ErrNotFound, "zzz"},
		"rate of -100 %": {func(_ *model.Project, o *appraisal.Options, _ map[model.ScenarioID]*action.Plan) {
			x := -1.0
			o.Flat = &x
		}, model.ErrInvalid, "-100 %"},
		"two price bases": {func(p *model.Project, _ *appraisal.Options, _ map[model.ScenarioID]*action.Plan) {
			p.Assumptions = []model.Assumption{{Key: "works.light", Value: 1, PriceBase: 2019}}
		}, model.ErrInvalid, "2019"},
		"an assumption that is not a number": {func(p *model.Project, _ *appraisal.Options, _ map[model.ScenarioID]*action.Plan) {
			p.Assumptions = []model.Assumption{{Key: "works.light", Value: math.NaN()}}
		}, model.ErrInvalid, "not a number"},
		"another currency":              {func(p *model.Project, _ *appraisal.Options, _ map[model.ScenarioID]*action.Plan) { p.Currency = "EUR" }, model.ErrInvalid, "EUR"},
		"a base year before the tables": {func(p *model.Project, _ *appraisal.Options, _ map[model.ScenarioID]*action.Plan) { p.BaseYear = 2012 }, model.ErrNotFound, "nearest"},
		"an amount too large to add": {func(_ *model.Project, _ *appraisal.Options, plans map[model.ScenarioID]*action.Plan) {
			s := ledger.Stream{ID: "big", PriceBase: 2024, Quantity: 1.7e308, First: 2026, Last: 2030, Grade: model.Stated}
			s2 := s
			s2.ID = "big2"
			plans["a"] = &action.Plan{Streams: []ledger.Stream{s, s2}}
		}, model.ErrInvalid, "too large"},
		"energy of no fuel": {func(_ *model.Project, _ *appraisal.Options, plans map[model.ScenarioID]*action.Plan) {
			plans["a"] = &action.Plan{Streams: []ledger.Stream{{ID: "e", Ledger: ledger.Carbon, Unit: "kWh", Quantity: 1, First: 2026, Last: 2030}}}
		}, model.ErrInvalid, "fuel"},
	} {
		q := *p
		q.Scenarios = append([]model.Scenario(nil), p.Scenarios...)
		var o appraisal.Options
		mine := map[model.ScenarioID]*action.Plan{}
		for k, v := range plans {
			mine[k] = v
		}
		c.change(&q, &o, mine)
		_, err := appraisal.Run(&q, mine, o)
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
