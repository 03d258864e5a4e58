package action_test

import (
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
		t.Errorf("%s: got %.6f, want %.6f", what, got, want)
	}
}

// TestOneMoveFiveConsequences closes A in 2028 and moves team T to B: the
// design's own example. Every expected figure is worked by hand from the place
// and the catalogue's defaults (area factor 0.7, response 0.5, three months of
// double running, twelve months to a sale, probability 0.9, costs of sale 2 %).
func TestOneMoveFiveConsequences(t *testing.T) {
	p := place()
	plan := build(t, p, scenario(
		model.Action{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2028},
		model.Action{Kind: model.Sell, Asset: "a", Year: 2028},
	))
	if len(plan.Conflicts) != 0 {
		t.Fatalf("conflicts: %v", plan.Conflicts)
	}
	at := func(id model.AssetID, cat ledger.Category) func(*ledger.Stream) bool {
		return func(s *ledger.Stream) bool { return s.Asset == id && s.Category == cat }
	}

	// 1 People and desks: T's 70 people leave A and sit in B from 2028.
	near(t, "people in A, 2027", inYear(t, p, plan, 2027, at("a", ledger.CatPeople)), 70)
	near(t, "people in A, 2028", inYear(t, p, plan, 2028, at("a", ledger.CatPeople)), 0)
	near(t, "people in B, 2028", inYear(t, p, plan, 2028, at("b", ledger.CatPeople)), 170)
	near(t, "desks in B, 2028", inYear(t, p, plan, 2028, at("b", ledger.CatDesks)), 150)

	// 2 Money: A's maintenance stops, B's cleaning rises by 630 m² × £10 × 0.5,
	// grown at 0.5 % for three years by 2029.
	near(t, "maintenance of A, 2028", inYear(t, p, plan, 2028, at("a", ledger.CatMaintenance)), 0)
	near(t, "cleaning of B, 2029", inYear(t, p, plan, 2029, at("b", ledger.CatCleaning)), -(20000+630*10*0.5)*math.Pow(1.005, 3))
	near(t, "fit-out and moves, 2028", inYear(t, p, plan, 2028, at("b", ledger.CatFitOut)), -(630*450*1.24 + 60*1400))
	near(t, "double running, 2028", inYear(t, p, plan, 2028, at("a", ledger.CatDouble)), -60000*0.9*3/12)
	near(t, "receipt, 2029", inYear(t, p, plan, 2029, at("a", ledger.CatReceipt)), 800000*0.9)
	near(t, "costs of sale, 2029", inYear(t, p, plan, 2029, at("a", ledger.CatSaleCost)), -800000*0.9*0.02)

	// 3 Both buildings' energy: A's runs on for the three months in which both
	// run, (100,000 + 120,000) × 3/12, and then falls to nothing; B's rises by
	// 630 m² × its own kWh/m² × 0.5.
	ofA := func(s *ledger.Stream) bool {
		return s.Asset == "a" && s.Ledger == ledger.Carbon && s.Category == ledger.CatEnergy
	}
	near(t, "energy of A, 2028", inYear(t, p, plan, 2028, ofA), 55000)
	near(t, "energy of A, 2029", inYear(t, p, plan, 2029, ofA), 0)
	near(t, "electricity of B, 2028", inYear(t, p, plan, 2028, func(s *ledger.Stream) bool {
		return s.Asset == "b" && ledger.EnergyBy(model.Electricity)(s)
	}), 200000+630*100*0.5)
	near(t, "gas of B, 2028", inYear(t, p, plan, 2028, func(s *ledger.Stream) bool {
		return s.Asset == "b" && ledger.EnergyBy(model.Gas)(s)
	}), 240000+630*120*0.5)

	// 4 Travel of residents and of 70 staff, 440 trips each, a quarter of the
	// distance: 0.01° of longitude at 53.4° N is 663 m.
	km := 6371.0088 * 0.01 * math.Pi / 180 * math.Cos(53.4*math.Pi/180)
	got := inYear(t, p, plan, 2028, at("b", ledger.CatTravel))
	if want := (10000 + 70*440*0.25) * km * 1.3 * 0.55 * 0.167; math.Abs(got-want) > 0.001*want {
		t.Errorf("travel: got %.1f kg, want %.1f kg", got, want)
	}

	// 5 Risk: the receipt waits a year and is not certain; holding costs run.
	holding := inYear(t, p, plan, 2028, at("a", ledger.CatHolding))
	if holding >= 0 || inYear(t, p, plan, 2029, at("a", ledger.CatHolding)) != 0 {
		t.Errorf("A is held empty for exactly 2028/29; got %.0f", holding)
	}
}

func TestConflictsAreNamed(t *testing.T) {
	cases := []struct {
		name string
		edit func(*model.Project)
		acts []model.Action
		want string
	}{
		{"sell with a team inside", nil, []model.Action{{Kind: model.Sell, Asset: "a", Year: 2027}}, "Team T is still there"},
		{"leave before the break", nil, []model.Action{
			{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"l"}, Year: 2027},
			{Kind: model.ExitLease, Asset: "l", Year: 2028}}, "2029/30 at the earliest"},
		{"sell a leased building", nil, []model.Action{
			{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"l"}, Year: 2027},
			{Kind: model.Sell, Asset: "l", Year: 2028}}, "is leased"},
		{"retrofit after the sale", nil, []model.Action{
			{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2027},
			{Kind: model.Sell, Asset: "a", Year: 2027},
			{Kind: model.Retrofit, Asset: "a", Year: 2029, Measures: []string{"led"}}}, "closes in 2027/28"},
		{"too few desks", func(p *model.Project) { p.Assets[1].Desks = stated(100) }, []model.Action{
			{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2027}}, "would need 150 desks and has 100"},
		{"must not share", func(p *model.Project) { p.Services[0].NotWith = []model.ServiceID{"u"} }, []model.Action{
			{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2027}}, "must not share"},
		{"locked", func(p *model.Project) {
			p.Assets[0].Locks = []model.Lock{{Kind: "covenant", Reason: "given for a school"}}
		}, []model.Action{
			{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2027},
			{Kind: model.Sell, Asset: "a", Year: 2027}}, "locked (covenant)"},
		{"emptied and kept", nil, []model.Action{{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2027}}, "nothing closes it"},
		{"outside the horizon", nil, []model.Action{{Kind: model.Retrofit, Asset: "a", Year: 2036, Measures: []string{"led"}}}, "outside the years appraised"},
		{"phases larger than the site", nil, []model.Action{
			{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2027},
			{Kind: model.Develop, Asset: "a", Year: 2027, Phases: []model.Phase{{Name: "homes", Use: model.UseHomes, FloorArea: 1200, Start: 2027}}}},
			"add up to 1200 m²"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := place()
			if c.edit != nil {
				c.edit(p)
			}
			plan := build(t, p, scenario(c.acts...))
			for _, f := range plan.Conflicts {
				if strings.Contains(f.Message, c.want) {
					return
				}
			}
			t.Errorf("no conflict says %q: %v", c.want, plan.Conflicts)
		})
	}
}

// TestRetrofitOrder works the interaction by hand. Gas is 120,000 kWh. Insulation
// saves 12 % of it: 14,400. Controls save 8 % of what is left: 0.08 × 105,600 =
// 8,448. The heat pump takes the remaining 97,152 kWh of gas, which a boiler at
// 92.5 % turned into 89,865.6 kWh of heat, and makes it with 0.3663 of that in
// electricity.
func TestRetrofitOrder(t *testing.T) {
	p := place()
	plan := build(t, p, scenario(model.Action{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"insulation", "bms", "heatpump"}}))
	if len(plan.Conflicts) != 0 {
		t.Fatal(plan.Conflicts)
	}
	gas := func(s *ledger.Stream) bool { return s.Asset == "a" && ledger.EnergyBy(model.Gas)(s) }
	power := func(s *ledger.Stream) bool { return s.Asset == "a" && ledger.EnergyBy(model.Electricity)(s) }
	near(t, "gas before", inYear(t, p, plan, 2026, gas), 120000)
	near(t, "gas after", inYear(t, p, plan, 2027, gas), 0)
	near(t, "electricity after", inYear(t, p, plan, 2027, power), 100000+97152*0.925*0.3663)
	near(t, "saved by insulation", inYear(t, p, plan, 2027, func(s *ledger.Stream) bool { return gas(s) && strings.Contains(s.Label, "insulation") }), -14400)
	near(t, "saved by controls", inYear(t, p, plan, 2027, func(s *ledger.Stream) bool { return gas(s) && strings.Contains(s.Label, "controls") }), -8448)
}
