package outcome_test

import (
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
)

// shared is place with a clinic of the NHS in A, and a plan in which everybody
// moves to B, A becomes workspace and homes in phases, and B is retrofitted.
func shared() *model.Project {
	p := place()
	p.Organisations = append(p.Organisations, model.Organisation{ID: "nhs", Name: "NHS", Public: true})
	p.Services = append(p.Services, model.Service{ID: "c", Organisation: "nhs", Name: "Clinic", Kind: "clinic", FTE: stated(10), Sessions: model.At(0, 2)})
	p.Occupations = append(p.Occupations, model.Occupation{Service: "c", Asset: "b", Area: stated(80), Desks: stated(5), Share: 1})
	p.Assets[0].Value = stated(900000)
	p.Scenarios = append(p.Scenarios, model.Scenario{ID: "x2", Name: "Option", Kind: model.Option, Actions: []model.Action{
		{ID: "x2.1", Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2027, Reason: "one hub"},
		{ID: "x2.2", Kind: model.Develop, Asset: "a", Year: 2027, Phases: []model.Phase{{Name: "work", Use: model.UseWorkspace, FloorArea: 400, Start: 2027, Years: 1},
			{Name: "homes", Use: model.UseHomes, FloorArea: 500, Start: 2029, Years: 2, Values: map[string]float64{"convert.homes.sale": 3000}}}},
		{ID: "x2.3", Kind: model.Retrofit, Asset: "b", Year: 2028, Measures: []string{"insulation", "heatpump"}, Values: map[string]float64{"sale.probability": 0.5}},
	}})
	return p
}

func compared(t *testing.T, p *model.Project) *appraisal.Comparison {
	t.Helper()
	cmp, err := outcome.Evaluate(p, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return cmp
}

// TestBodiesAddUp: what the organisations pay and gain is what the plan costs and
// brings, year by year; so is their carbon, and their space.
func TestBodiesAddUp(t *testing.T) {
	p := shared()
	p.Assets[1].Organisation = "nhs"
	cmp := compared(t, p)
	bodies, err := outcome.ByOrganisation(cmp, "x2")
	if err != nil {
		t.Fatal(err)
	}
	r := cmp.Options[1]
	cash := make([]float64, cmp.Years)
	npv, capital, carbon, area, housed := 0.0, 0.0, 0.0, 0.0, 0.0
	for _, b := range bodies {
		npv += b.NPV
		capital += b.Capital
		carbon += b.CarbonChange
		area += b.AreaHeld
		housed += b.Housed
		for y, v := range b.Cash {
			cash[y] += v
		}
	}
	for y := range cash {
		if math.Abs(cash[y]-r.Cash[y]) > 0.005 {
			t.Errorf("year %d: bodies £%.2f, plan £%.2f", y, cash[y], r.Cash[y])
		}
	}
	if math.Abs(npv-r.NPVPublic) > 0.01 || math.Abs(capital-r.Capex) > 0.01 {
		t.Errorf("NPV %.2f and %.2f, capital %.2f and %.2f", npv, r.NPVPublic, capital, r.Capex)
	}
	if want := r.CarbonTotal - cmp.Options[0].CarbonTotal; math.Abs(carbon-want) > 0.01 {
		t.Errorf("carbon %.3f t, plan %.3f t", carbon, want)
	}
	if area != 1000 || housed != 80 || bodies[1].Guests != 70 || bodies[0].Abroad != 70 || bodies[0].AreaHeldStart != 1000 {
		t.Errorf("area %g, housed %g, %+v", area, housed, bodies)
	}
	for _, b := range bodies { // the hub's owner is paid by its guest
		if got := b.Cash[5]; b.Organisation == "nhs" && got == 0 {
			t.Error("the NHS gains and pays nothing")
		}
	}
}

// TestAPartnerSeesNoSecrets: in the council's project as the NHS may see it the
// council's value, notes and negotiating figures are gone, its own are not, and
// the original is untouched.
func TestAPartnerSeesNoSecrets(t *testing.T) {
	p := shared()
	p.Assets[1].Organisation, p.Assets[1].Value = "nhs", stated(5)
	p.Assets[0].Tenure = model.Tenure{Detail: "surrender under talks", Landlord: "X", Break: "2029-01-01", Dilapidations: stated(7)}
	p.Assets[0].Costs.Set(model.CostRent, stated(50000))
	p.Assets[0].Extra = map[string]string{"note": "sell at 800k"}
	p.Assets[0].Locks = []model.Lock{{Kind: "political", Reason: "x"}, {Kind: "listed", Reason: "y"}}
	p.Assumptions = []model.Assumption{{Key: "value.built", Value: 700, Exempt: true, Owner: "council"}, {Key: "let.rent", Value: 80}}
	p.Findings = []model.Finding{{Asset: "a", Value: "800k"}, {Asset: "b"}}
	p.Decisions = []model.Decision{{Number: 1, Content: []byte("800k")}}
	p.Scenarios[1].Manual = []model.ManualStream{{Label: "bid", Payer: "council", Exempt: true, First: 2026, Values: []float64{1}}, {Label: "ours", Payer: "nhs", Exempt: true, First: 2026, Values: []float64{1}}}
	p.Papers = []model.PaperPart{{Section: "summary", Words: "They will take 800k."}}
	p.Scenarios[1].Description = proof.Evidence{NPSV: 812345, Bound: 900000, Work: 7, Seed: 1}.On("Share one hub.")
	q := outcome.For(p, "nhs")
	if d := q.Scenarios[1].Description; d != "Share one hub." || len(q.Papers) != 0 || p.Scenarios[1].Description == d {
		t.Errorf("%q, %d papers", d, len(q.Papers))
	}
	a := q.Asset("a")
	if a.Value.Known() || a.Tenure.Dilapidations.Known() || a.Tenure.Break != "" || a.Tenure.Detail != "" || a.Extra != nil || a.Costs.Get(model.CostRent).Known() ||
		len(a.Locks) != 1 || len(q.Decisions) != 0 || len(q.Findings) != 1 || len(q.Assumptions) != 1 || len(q.Scenarios[1].Manual) != 1 {
		t.Errorf("%+v", a)
	}
	if !a.FloorArea.Known() || !a.Costs.Get(model.CostCleaning).Known() || q.Asset("b").Value.Value != 5 {
		t.Error("what is not private is gone")
	}
	acts := q.Scenarios[1].Actions
	if _, ok := acts[1].Phases[1].Values["convert.homes.sale"]; ok || acts[2].Values["sale.probability"] != 0.5 || acts[0].Reason != "one hub" {
		t.Errorf("%+v", acts)
	}
	if !p.Asset("a").Value.Known() || p.Scenarios[1].Actions[1].Phases[1].Values["convert.homes.sale"] != 3000 || p.Asset("a").Costs.Get(model.CostRent).Value != 50000 {
		t.Error("the original was changed")
	}
	compared(t, q)
}

// TestGrantByHand: B's works from 2028 replace 120,000 kWh of gas a year, which
// insulation cuts by 12 %, by a heat pump, for eight years. The pump also makes the
// heat of T, which gives up 900 m² of A and takes them in B at the area factor; B
// burns 120 kWh of gas for each m², of which a share follows people.
func TestGrantByHand(t *testing.T) {
	cmp := compared(t, shared())
	got, limit, err := outcome.Grants(cmp, "x2")
	if err != nil || len(got) != 1 || got[0].Asset != "b" {
		t.Fatal(got, err)
	}
	per := func(k string) float64 { a, _ := cmp.Book.Get(k); return a.Value }
	gas := 120000*0.88 + 900*per("hub.area_factor")*120*per("hub.load_response")
	capital := 1.24 * (1000*per("retrofit.insulation.cost") + gas/1000*0.925*0.55*per("retrofit.heatpump.cost"))
	tonnes := 0.0
	for y := 2028; y < 2036; y++ {
		g, e := cmp.Paths["marginal.gas"], cmp.Paths["marginal.electricity"]
		tonnes += ((gas+120000*0.12)*g.At(y) - gas*0.925*0.3663*e.At(y)) / 1000
	}
	if math.Abs(got[0].Capital-capital) > 0.01 || math.Abs(got[0].Tonnes-tonnes) > 1e-6 || got[0].Within != (capital/tonnes <= limit) {
		t.Errorf("%+v; by hand £%.2f and %.3f t, limit £%.0f/t", got[0], capital, tonnes, limit)
	}
}

// TestResidualByPhase: the homes sell for 500 × 0.8 × £3,000, less 500 m² at the
// book's cost with fees and contingency, half of it financed for two years at
// 7 %, costs of sale and 17.5 % profit; the land waits two years and eight months.
func TestResidualByPhase(t *testing.T) {
	p := shared()
	cmp := compared(t, p)
	got, err := outcome.Residuals(p, p.Scenario("x2"), cmp.Book)
	if err != nil || len(got) != 2 || got[1].Phase != "homes" {
		t.Fatal(got, err)
	}
	per := func(k string) float64 { a, _ := cmp.Book.Get(k); return a.Value }
	value := 500 * 0.8 * 3000.0
	works := 500 * per("works.office_to_homes") * per("works.location") * (1 + per("works.fees") + per("works.contingency"))
	left := value - works - works*0.5*(math.Pow(1.07, 2)-1) - value*per("sale.cost") - value*0.175
	if want := left / math.Pow(1.07, 2+8.0/12); math.Abs(got[1].Value.Land-want) > 0.01 {
		t.Errorf("land £%.2f, by hand £%.2f", got[1].Value.Land, want)
	}
	if got[0].Use != model.UseWorkspace || got[0].Value.GrossValue <= 0 || !strings.Contains(got[1].Value.Statement, "8 months of planning") {
		t.Errorf("%+v", got[0].Value)
	}
	stopped := *p.Scenario("x2")
	stopped.Actions = append([]model.Action(nil), stopped.Actions...)
	stopped.Actions[1].Phases = []model.Phase{stopped.Actions[1].Phases[0], {Name: "homes", Use: model.UseHomes, FloorArea: 500, Start: 2029, Values: map[string]float64{"phase.stop": 1}}}
	if got, _ := outcome.Residuals(p, &stopped, cmp.Book); len(got) != 1 {
		t.Errorf("a stopped phase has a land value: %+v", got)
	}
}

// TestTimelineAndRooms reads when things happen and how full buildings are.
func TestTimelineAndRooms(t *testing.T) {
	p := shared()
	cmp := compared(t, p)
	r := &cmp.Options[1]
	seen := map[string][2]int{}
	for _, b := range outcome.Timeline(r) {
		seen[string(b.Action)+" "+b.Phase+" "+b.What] = [2]int{b.First, b.Last}
	}
	for k, want := range map[string][2]int{"x2.2 work works": {2027, 2027}, "x2.2 homes works": {2030, 2031}, "x2.1  works": {2027, 2027}, "x2.3  works": {2028, 2028}, "x2.2 work earning": {2028, 2035}} {
		if seen[k] != want {
			t.Errorf("%s: %v, not %v; all: %v", k, seen[k], want, seen)
		}
	}
	// T takes 0.7 × 900 m² in office hours, the clinic 80 m² on Monday evenings.
	rooms := outcome.Rooms(p, r.Plan, 2030)
	if len(rooms) != 1 || math.Abs(rooms[0].Taken-630) > 1e-9 || math.Abs(rooms[0].Shared-80) > 1e-9 || math.Abs(rooms[0].Spare-370) > 1e-9 || rooms[0].Desks != 60 {
		t.Errorf("%+v", rooms)
	}
	if r.Plan.Count(action.Homes, 2035) != 5 {
		t.Errorf("%g homes", r.Plan.Count(action.Homes, 2035))
	}
}
