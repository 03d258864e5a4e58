package action_test

import (
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

func gasOf(id model.AssetID) func(*ledger.Stream) bool {
	return func(s *ledger.Stream) bool { return s.Asset == id && ledger.EnergyBy(model.Gas)(s) }
}

func powerOf(id model.AssetID) func(*ledger.Stream) bool {
	return func(s *ledger.Stream) bool { return s.Asset == id && ledger.EnergyBy(model.Electricity)(s) }
}

func called(words string) func(*ledger.Stream) bool {
	return func(s *ledger.Stream) bool { return s.Ledger == ledger.Money && strings.Contains(s.Label, words) }
}

func price(t *testing.T, p *model.Project, key string) float64 {
	t.Helper()
	a, ok := book(t, p).Get(key)
	if !ok {
		t.Fatalf("no %s in the book", key)
	}
	return a.Value
}

// TestHeatNetworkByHand joins A and B to one heat pump. A burns 120,000 kWh of
// gas, B 240,000; insulation of A in the year before saves 12 %, so 105,600 are
// left there. At 92.5 % that is 97,680 kWh of heat in A and 222,000 in B, made
// with 0.3663 in electricity and 1.1 for losses. Peak plant is 0.55 kW/MWh at
// 0.8 diversity. 400 m of pipe at £1,200 and 44 % optimism are shared by heat.
func TestHeatNetworkByHand(t *testing.T) {
	p := place()
	plan := build(t, p, scenario(
		model.Action{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"insulation"}},
		model.Action{Kind: action.HeatNetwork, Asset: "a", From: []model.AssetID{"b"}, Year: 2028, Values: map[string]float64{"network.metres": 400}},
	))
	if len(plan.Conflicts) != 0 {
		t.Fatal(plan.Conflicts)
	}
	near(t, "gas of A before", inYear(t, p, plan, 2027, gasOf("a")), 105600)
	near(t, "gas of A after", inYear(t, p, plan, 2028, gasOf("a")), 0)
	near(t, "gas of B after", inYear(t, p, plan, 2028, gasOf("b")), 0)
	near(t, "electricity of A", inYear(t, p, plan, 2028, powerOf("a")), 100000+97680*0.3663*1.1)
	near(t, "electricity of B", inYear(t, p, plan, 2028, powerOf("b")), 200000+222000*0.3663*1.1)
	heat := 97680.0 + 222000
	near(t, "pipes paid by A", inYear(t, p, plan, 2028, called("Office a: its share of the heat pipes")), -400*1200*1.44*97680/heat)
	near(t, "pipes in all", inYear(t, p, plan, 2028, called("share of the heat pipes")), -400*1200*1.44)
	near(t, "plant in all", inYear(t, p, plan, 2028, called("share of the shared heat pump")), -heat/1000*0.55*0.8*price(t, p, "retrofit.heatpump.cost")*1.24)
	near(t, "connections", inYear(t, p, plan, 2028, called("connection to the heat network")), -2*15000*1.44)
}

// TestHeatBought: connected to another body's network, B takes 222,000 kWh of
// district heat and no plant of its own.
func TestHeatBought(t *testing.T) {
	p := place()
	plan := build(t, p, scenario(model.Action{Kind: action.HeatNetwork, Asset: "b", Year: 2028, Values: map[string]float64{"network.buy": 1, "network.metres": 50}}))
	near(t, "district heat", inYear(t, p, plan, 2028, ledger.EnergyBy(model.DistrictHeat)), 222000)
	near(t, "plant", inYear(t, p, plan, 2028, called("share of the shared heat pump")), 0)
}

// TestFabricAfterPlant saves electricity, not gas that is no longer burned: 12 %
// of the heat pump's 120,000 × 0.925 × 0.3663. The plant is then too large, which
// is said.
func TestFabricAfterPlant(t *testing.T) {
	p := place()
	plan := build(t, p, scenario(
		model.Action{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"heatpump"}},
		model.Action{Kind: model.Retrofit, Asset: "a", Year: 2029, Measures: []string{"insulation"}}))
	near(t, "electricity", inYear(t, p, plan, 2029, powerOf("a")), 100000+120000*0.925*0.3663*0.88)
	near(t, "gas", inYear(t, p, plan, 2029, gasOf("a")), 0)
	if len(plan.Conflicts) != 1 || plan.Conflicts[0].Kind != "fabric after plant" || plan.Conflicts[0].LeftOut {
		t.Error(plan.Conflicts)
	}
}

// TestSolarByRegion: 1,000 m² of floor is 500 m² of roof, 30 % of it covered at
// 0.2 kWp/m²: 30 kWp. Near Manchester that is 854 kWh each, near Exeter 994; three
// quarters are used in the building. A battery keeps another 12 % from sale.
func TestSolarByRegion(t *testing.T) {
	acts := []model.Action{{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"pv", "battery"}}}
	for _, c := range []struct {
		name  string
		edit  func(*model.Project, *model.Action)
		yield float64
		kWp   float64
	}{
		{"near Manchester", func(*model.Project, *model.Action) {}, 854, 30},
		{"near Exeter", func(p *model.Project, _ *model.Action) {
			p.Assets[0].Location = model.LatLon{Lat: 50.6, Lon: -3.6}
		}, 994, 30},
		{"not on the map", func(p *model.Project, _ *model.Action) { p.Assets[0].Placed = model.PlaceUnknown }, 854, 30},
		{"the project's own", func(p *model.Project, _ *model.Action) {
			p.Assumptions = []model.Assumption{{Key: "pv.yield", Value: 900, Grade: model.Stated}}
		}, 900, 30},
		{"the action's own, half of the roof", func(_ *model.Project, a *model.Action) {
			a.Values = map[string]float64{"pv.yield": 700, "pv.roof_m2": 600, "retrofit.pv.roof_share": 0.5}
		}, 700, 60},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := place()
			s := scenario(acts[0])
			c.edit(p, &s.Actions[0])
			plan := build(t, p, s)
			if len(plan.Conflicts) != 0 {
				t.Fatal(plan.Conflicts)
			}
			made := c.kWp * c.yield
			near(t, "electricity", inYear(t, p, plan, 2027, powerOf("a")), 100000-made*(0.75+0.12))
			near(t, "sold", inYear(t, p, plan, 2027, func(s *ledger.Stream) bool { return called("solar electricity")(s) && !s.Capital }), 0.87*made*price(t, p, "energy.price.electricity")+0.13*made*price(t, p, "seg.export"))
			near(t, "panels", inYear(t, p, plan, 2027, called("Rooftop solar panels")), -c.kWp*price(t, p, "retrofit.pv.cost")*1.24)
		})
	}
}

// TestSharedPower: A and B carry 30 and 60 kWp, 76,860 kWh a year, 90 % of it used
// between them by their loads of 100,000 and 200,000 kWh.
func TestSharedPower(t *testing.T) {
	p := place()
	plan := build(t, p, scenario(model.Action{Kind: action.EnergyGrid, Asset: "b", From: []model.AssetID{"a"}, Year: 2027, Values: map[string]float64{"grid.metres": 300}}))
	if len(plan.Conflicts) != 0 {
		t.Fatal(plan.Conflicts)
	}
	near(t, "electricity of A", inYear(t, p, plan, 2027, powerOf("a")), 100000-90*854*0.9/3)
	near(t, "electricity of B", inYear(t, p, plan, 2027, powerOf("b")), 200000-90*854*0.9*2/3)
	near(t, "sold", inYear(t, p, plan, 2027, called("shared solar electricity sold")), 90*854*0.1*price(t, p, "seg.export"))
	near(t, "cable", inYear(t, p, plan, 2027, called("private cable")), -300*250*1.44)
}

// TestCharging: four points take 14,000 kWh. A fifth, 2,800, is the estate's own
// and in its footprint, and spares 2,800 × 5.5 km of driving; the rest is bought
// and sold on.
func TestCharging(t *testing.T) {
	p := place()
	plan := build(t, p, scenario(model.Action{Kind: action.Charging, Asset: "a", Year: 2027}))
	near(t, "electricity", inYear(t, p, plan, 2027, powerOf("a")), 100000+2800)
	near(t, "sold", inYear(t, p, plan, 2027, called("other drivers, sold")), 11200*0.45)
	near(t, "bought for others", inYear(t, p, plan, 2027, called("other drivers, bought")), -11200*price(t, p, "energy.price.electricity"))
	near(t, "fuel spared", inYear(t, p, plan, 2027, func(s *ledger.Stream) bool { return s.Ledger == ledger.Carbon && s.Category == ledger.CatTravel }), -2800*5.5*0.167)
	near(t, "points", inYear(t, p, plan, 2027, called("Office a: charging points")), -4*4500*1.24)
}

// TestEveryStreamHasItsSource: each effect of the low-carbon works says where it
// comes from and how sure it is.
func TestEveryStreamHasItsSource(t *testing.T) {
	p := place()
	plan := build(t, p, scenario(
		model.Action{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"insulation", "glazing", "bms", "led", "heatpump", "pv", "battery"}},
		model.Action{Kind: action.HeatNetwork, Asset: "b", From: []model.AssetID{"l"}, Year: 2028},
		model.Action{Kind: action.EnergyGrid, Asset: "b", From: []model.AssetID{"l"}, Year: 2028, Measures: []string{"battery"}},
		model.Action{Kind: action.Charging, Asset: "l", Year: 2028}))
	n := 0
	for i := range plan.Streams {
		s := &plan.Streams[i]
		if s.Action == "" {
			continue
		}
		n++
		if s.Source == "" || s.Grade == model.NotKnown || len(s.Rates) > ledger.MaxRates || math.IsNaN(s.Amount()) {
			t.Errorf("%s: source %q, grade %q, %d rates", s.ID, s.Source, s.Grade, len(s.Rates))
		}
	}
	if n < 45 {
		t.Errorf("only %d streams", n)
	}
}
