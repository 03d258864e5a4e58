package action_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// TestHeatMovesToThePlantThatIsThere, by hand. Team T gives up 900 m² of A and
// takes them in B at the area factor; B burns 120 kWh of gas for each m², of which
// a share r follows people. From 2029 B has a heat pump, so what T brings is no
// longer gas: each kWh becomes 0.925 × 0.3663 of electricity, and the pump is
// larger by 0.925 × 0.55 kW for each MWh.
func TestHeatMovesToThePlantThatIsThere(t *testing.T) {
	p := place()
	move := model.Action{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2027}
	pump := model.Action{Kind: model.Retrofit, Asset: "b", Year: 2029, Measures: []string{"heatpump"}}
	plan := build(t, p, scenario(move, pump))
	r, factor := price(t, p, "hub.load_response"), price(t, p, "hub.area_factor")
	gas, power := 900*factor*120*r, 900*factor*100*r
	near(t, "gas of B while it has boilers", inYear(t, p, plan, 2028, gasOf("b")), 240000+gas)
	near(t, "gas of B without", inYear(t, p, plan, 2029, gasOf("b"))+1, 1)
	near(t, "electricity of B", inYear(t, p, plan, 2029, powerOf("b")), 200000+power+(240000+gas)*0.925*0.3663)
	kW := price(t, p, "retrofit.heatpump.cost") * 1.24 * 0.925 * price(t, p, "retrofit.heatload_kw_per_mwh")
	near(t, "heat pump", inYear(t, p, plan, 2029, called("Office b: "+"Air-source heat pump")), -(240000+gas)/1000*kW)

	// As the optimiser prices it: on the fuel of today, and it says so.
	move.Values = map[string]float64{"hub.heat_as_today": 1}
	plan = build(t, p, scenario(move, pump))
	near(t, "gas as today", inYear(t, p, plan, 2029, gasOf("b")), gas)
	if len(plan.Conflicts) == 0 || plan.Conflicts[len(plan.Conflicts)-1].Kind != "heat as today" {
		t.Error(plan.Conflicts)
	}
}

// TestHeatMovesOntoANetwork: heat bought is heat, at the boilers' efficiency.
func TestHeatMovesOntoANetwork(t *testing.T) {
	p := place()
	plan := build(t, p, scenario(model.Action{Kind: action.HeatNetwork, Asset: "b", Year: 2027, Values: map[string]float64{"network.buy": 1, "network.metres": 50}},
		model.Action{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2028}))
	near(t, "gas of B", inYear(t, p, plan, 2029, gasOf("b"))+1, 1)
	heat := (240000 + 900*price(t, p, "hub.area_factor")*120*price(t, p, "hub.load_response")) * 0.925
	near(t, "district heat of B", inYear(t, p, plan, 2029, func(s *ledger.Stream) bool { return s.Asset == "b" && ledger.EnergyBy(model.DistrictHeat)(s) }), heat)
}
