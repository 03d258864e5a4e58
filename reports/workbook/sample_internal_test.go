package workbook

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// sample is a project with random plans that use every feature of a stream.
// size is the number of assets, own the share of them that differs by scenario.
type sample struct {
	project *model.Project
	plans   map[model.ScenarioID]*action.Plan
	inputs  *appraisal.Inputs
}

func newSample(t testing.TB, seed uint64, size, horizon, options int, own float64) *sample {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	p := &model.Project{Name: "Sample place", BaseYear: 2026, Horizon: horizon, PriceBase: 2024, ParameterSet: "greenbook-2026-02", Currency: "GBP",
		ModelledNote: "Costs are modelled from benchmarks.", Attribution: []string{"Contains public sector information licensed under the OGL v3.0."},
		Organisations: []model.Organisation{{ID: "council", Name: "Borough Council", Kind: "council", Public: true}, {ID: "nhs", Name: "=NHS *Trust*?", Kind: "NHS", Public: true},
			{ID: "trust", Name: "Leisure Trust", Kind: "charity"}},
		Findings: []model.Finding{{Severity: model.Warning, File: "register.xlsx", Sheet: "Assets", Row: 12, Column: "UPRN", Value: "0012", Message: "The UPRN has leading zeros.", Remedy: "Look it up."}},
		Assumptions: []model.Assumption{{Key: "hub.cost", Label: "Fit-out of a hub", Value: 850, Unit: "£/m²", PriceBase: 2024, Grade: model.Stated, Reason: "Tender of 2024", Owner: "Head of estates"},
			{Key: "ab.12", Label: "A key that looks like a cell", Value: 0.25, Unit: "share", Grade: model.Estimated},
			{Key: "load.saved", Label: "Load that a measure saves", Value: 0.18, Unit: "share", Grade: model.Benchmark},
			{Key: "growth.test", Label: "Real growth of running cost", Value: 0.012, Unit: "a year", Grade: model.Placeholder},
			{Key: "bias.test", Label: "Optimism bias", Value: 0.24, Unit: "share", Grade: model.Benchmark}},
		Decisions: []model.Decision{{Number: 1, Name: "Outline case", When: "2026-11-01T10:00:00Z", Who: "A. Officer", Hash: "abc"}},
	}
	p.Scenarios = append(p.Scenarios, model.Scenario{ID: "bau", Name: "Business as usual", Kind: model.BusinessAsUsual, Description: "Nothing changes; the backlog grows."})
	for i := range options {
		p.Scenarios = append(p.Scenarios, model.Scenario{ID: model.ScenarioID(fmt.Sprintf("o%d", i+1)), Name: fmt.Sprintf("Option %d: hubs & homes", i+1), Kind: model.Option})
	}
	for i := range size {
		a := model.Asset{ID: model.AssetID(fmt.Sprintf("a%d", i)), Name: fmt.Sprintf("Building %d", i), Organisation: "council", FloorArea: model.Figure{Value: float64(100 + r.IntN(5000)), Grade: model.Measured}}
		if i%5 == 0 {
			a.Tenure = model.Tenure{Kind: model.Leasehold, Break: "2029-03-25", Expiry: "2034-03-24", Landlord: "A landlord"}
		}
		p.Assets = append(p.Assets, a)
	}
	in, err := appraisal.Prepare(p, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &sample{project: p, inputs: in, plans: map[model.ScenarioID]*action.Plan{}}
	base := make([][]ledger.Stream, size)
	for i := range size {
		base[i] = randomStreams(r, p, i, "")
	}
	for k := range p.Scenarios {
		plan := &action.Plan{}
		for i := range size {
			if k > 0 && r.Float64() < own {
				plan.Streams = append(plan.Streams, randomStreams(r, p, i, fmt.Sprintf("/s%d", k))...)
				plan.Closures = append(plan.Closures, action.Closure{Action: "x", Asset: p.Assets[i].ID, Closed: 2028, Gone: 2029 + r.IntN(3), Route: model.Sell})
			} else {
				plan.Streams = append(plan.Streams, base[i]...)
			}
		}
		s.plans[p.Scenarios[k].ID] = plan
	}
	return s
}

// randomStreams makes the streams of one asset.
func randomStreams(r *rand.Rand, p *model.Project, i int, mark string) []ledger.Stream {
	a := p.Assets[i]
	last := p.BaseYear + p.Horizon - 1
	from := p.BaseYear + r.IntN(min(p.Horizon, 6))
	until := min(last, from+r.IntN(40))
	id := func(s string) string { return string(a.ID) + "/" + s + mark }
	bodies := []model.OrganisationID{"council", "nhs", "trust", ""}
	money := func(kind string, cat ledger.Category, q float64) ledger.Stream {
		return ledger.Stream{ID: id(kind), Ledger: ledger.Money, Asset: a.ID, Category: cat, Label: a.Name + ": " + kind, Payer: bodies[r.IntN(4)], Beneficiary: model.Market,
			Quantity: q, QuantityUnit: "£", Unit: "£", PriceBase: p.PriceBase, First: p.BaseYear, Last: last, Grade: model.Grades[r.IntN(5)], Source: "made up"}
	}
	rent := money("rent", ledger.CatRent, -1000*r.Float64()-12345.67)
	rent.First, rent.Last, rent.FirstMissed, rent.LastMissed = from, until, r.Float64(), 0.25
	rates := money("rates", ledger.CatRates, -2500)
	rates.Transfer = true
	rates.Rates = []ledger.Term{{Key: "ab.12", Value: 0.25}}
	clean := money("cleaning", ledger.CatCleaning, -a.FloorArea.Value)
	clean.QuantityUnit, clean.Rates, clean.Growth = "m²", []ledger.Term{{Value: 17.5}, {Key: "load.saved", Value: 0.18, Complement: true}}, ledger.Term{Key: "growth.test", Value: 0.012}
	works := money("works", ledger.CatWorks, -a.FloorArea.Value)
	works.Rates, works.Uplift, works.Capital = []ledger.Term{{Key: "hub.cost", Value: 850}}, ledger.Term{Key: "bias.test", Value: 0.24}, true
	works.First, works.Last, works.Profile.Shares = from, from+2, []float64{0.2, 0.5, 0.3}
	life := money("lifecycle", ledger.CatLifecycle, -9999)
	life.First, life.Profile.Every, life.Profile.Ramp, life.Capital = p.BaseYear-3, 7, 4, true
	receipt := money("receipt", ledger.CatReceipt, 1e6*r.Float64())
	receipt.First, receipt.Last, receipt.Capital, receipt.Exempt = until, until, true, mark != ""
	energy := money("energy cost", ledger.CatEnergy, -40000)
	energy.Index, energy.Rates = "price.electricity", []ledger.Term{{Key: "energy.price.electricity", Value: 0}}
	benefit := money("benefit", ledger.CatBenefit, 5000)
	benefit.Benefit, benefit.Unpriced, benefit.Payer, benefit.Beneficiary, benefit.Profile.Ramp, benefit.First = true, true, "", model.Residents, 5, from
	kwh := ledger.Stream{ID: id("kWh"), Ledger: ledger.Carbon, Asset: a.ID, Category: ledger.CatEnergy, Label: a.Name + ": electricity", Payer: "council", Quantity: 40000 * (1 + r.Float64()),
		QuantityUnit: "kWh", Unit: "kWh", Fuel: model.Fuels[r.IntN(len(model.Fuels))], First: p.BaseYear, Last: until, Grade: model.Measured}
	kg := ledger.Stream{ID: id("embodied"), Ledger: ledger.Carbon, Asset: a.ID, Category: ledger.CatEmbodied, Label: "embodied", Quantity: a.FloorArea.Value, QuantityUnit: "m²",
		Rates: []ledger.Term{{Value: 120}}, Unit: "kgCO2e", First: from, Last: from}
	people := ledger.Stream{ID: id("people"), Ledger: ledger.Space, Asset: a.ID, Category: ledger.CatPeople, Label: "Team", Quantity: float64(10 + i%7), QuantityUnit: "FTE", Unit: "FTE", First: p.BaseYear, Last: last}
	area := ledger.Stream{ID: id("area"), Ledger: ledger.Space, Asset: a.ID, Category: ledger.CatArea, Label: action.AreaOccupied, Quantity: a.FloorArea.Value, QuantityUnit: "m²", Unit: "m²", First: p.BaseYear, Last: last}
	out := []ledger.Stream{rent, rates, clean, works, life, receipt, energy, benefit, kwh, kg, people, area}
	if until > last-1 {
		out = out[:len(out):len(out)]
	}
	return out
}

// compare appraises the sample, its rates brought into line with its book.
func (s *sample) compare(t testing.TB) *appraisal.Comparison {
	t.Helper()
	for _, plan := range s.plans {
		for i := range plan.Streams {
			st := &plan.Streams[i]
			terms := []*ledger.Term{&st.Growth, &st.Uplift}
			for k := range st.Rates {
				terms = append(terms, &st.Rates[k])
			}
			for _, x := range terms {
				if a, ok := s.inputs.Book.Get(x.Key); ok {
					x.Value = a.Value
				}
			}
		}
	}
	c, err := appraisal.RunWith(s.project, s.plans, s.inputs, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
