package action_test

import (
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
)

// TestBadInputIsNamed: every contradiction and every unusable figure is a named
// conflict, and none is silently repaired.
func TestBadInputIsNamed(t *testing.T) {
	mornings := model.At(0, 0) | model.At(1, 0)
	empty := model.Action{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2027}
	cases := []struct {
		name    string
		edit    func(*model.Project)
		acts    []model.Action
		kind    string
		says    string
		leftOut bool
	}{
		{"disposal, then retrofit", nil, []model.Action{empty, {Kind: model.Sell, Asset: "a", Year: 2027}, {Kind: model.Retrofit, Asset: "a", Year: 2028, Measures: []string{"led"}}}, "already closed", "be retrofitted in 2028/29", true},
		{"retrofit in the year it closes", nil, []model.Action{empty, {Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"led"}}, {Kind: model.Sell, Asset: "a", Year: 2027}}, "already closed", "closes in 2027/28", true},
		{"hub after its closure", nil, []model.Action{empty, {Kind: model.Sell, Asset: "a", Year: 2027}, {Kind: model.CoLocate, Asset: "a", From: []model.AssetID{"l"}, Year: 2028}}, "already closed", "take services in", true},
		{"a service with nowhere to go", nil, []model.Action{{Kind: model.Transfer, Asset: "a", Year: 2027}}, "service with nowhere to go", "Team T", true},
		{"over capacity in one session", func(p *model.Project) {
			p.Assets[1].Desks = stated(100)
			p.Services[0].Sessions, p.Services[1].Sessions = mornings, mornings
		}, []model.Action{empty}, "over capacity", "(Monday morning)", false},
		{"too little of a room", func(p *model.Project) {
			p.Services[0].Needs = map[string]float64{"Clinic room": 80}
			p.Assets[1].Extra = map[string]string{"rooms: clinic room": "60"}
		}, []model.Action{empty}, "over capacity", "80 m² of clinic room and has 60 m²", false},
		{"rooms larger than the area taken", func(p *model.Project) { p.Services[0].Needs = map[string]float64{"hall": 700} }, []model.Action{empty}, "rooms do not fit", "would take only 630 m²", false},
		{"rooms that are no number", func(p *model.Project) { p.Assets[1].Extra = map[string]string{"rooms: hall": "big"} }, []model.Action{empty}, "rooms not readable", `"big"`, false},
		{"a rule of the service already there", func(p *model.Project) { p.Services[1].NotWith = []model.ServiceID{"t"} }, []model.Action{empty}, "must not share", "Team U must not share", true},
		{"a date before the lease can end", nil, []model.Action{{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"l"}, Year: 2027}, {Kind: model.ExitLease, Asset: "l", Year: 2027}}, "before the lease can end", "2029/30 at the earliest", false},
		{"a part larger than its building", func(p *model.Project) { p.Assets[0].Parts = []model.Part{{ID: "x", FloorArea: 1200}} }, nil, "part larger than its building", "parts add up to 1200 m²", false},
		{"a building over full from the start", func(p *model.Project) { p.Occupations[0].Area = stated(1100) }, nil, "over capacity", "take 1100 m² already (Monday morning)", false},
		{"more desks in use than there are", func(p *model.Project) { p.Assets[0].Desks = stated(40) }, nil, "over capacity", "use 60 already", false},
		{"a part over full", func(p *model.Project) {
			p.Assets[0].Parts = []model.Part{{ID: "x", Name: "ground floor", FloorArea: 500}}
			p.Occupations[0].Part = "x"
		}, nil, "over capacity", "ground floor has 500 m² but its services take 900 m²", false},
		{"a part that is not there", func(p *model.Project) { p.Occupations[0].Part = "zz" }, nil, "unknown part", `"zz"`, false},
		{"shares that do not sum", func(p *model.Project) { p.Occupations[0].Share = 0.6 }, nil, "shares do not sum", "add up to 60 %", false},
		{"an occupation of nobody", func(p *model.Project) {
			p.Occupations = append(p.Occupations, model.Occupation{Service: "zz", Asset: "a", Share: 1})
		}, nil, "unknown service", `"zz"`, false},
		{"an occupation nowhere", func(p *model.Project) { p.Occupations[0].Asset = "zz" }, nil, "unknown building", `"zz"`, false},
		{"a building that is not there", nil, []model.Action{{Kind: model.Sell, Asset: "zz", Year: 2027}}, "unknown building", `"zz"`, true},
		{"a move from itself", nil, []model.Action{{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"b", "a"}, Year: 2027}}, "nobody to move", "there already", false},
		{"a service that is not there", nil, []model.Action{{Kind: model.CoLocate, Asset: "b", Services: []model.ServiceID{"t", "zz"}, Year: 2027}}, "unknown service", `"zz"`, false},
		{"a value nothing reads", nil, []model.Action{{Kind: model.Retain, Asset: "a", Year: 2027, Values: map[string]float64{"clear.yeers": 3}}}, "unknown value", "clear.yeers", false},
		{"a share above one", nil, []model.Action{empty, {Kind: model.Sell, Asset: "a", Year: 2027, Values: map[string]float64{"sale.probability": 1.5}}}, "not possible", "between 0 and 1", true},
		{"a negative price", nil, []model.Action{{Kind: model.LetOut, Asset: "b", Year: 2027, Values: map[string]float64{"let.rent": -5}}}, "not possible", "must not be negative", true},
		{"no number", nil, []model.Action{{Kind: model.LetOut, Asset: "b", Year: 2027, Values: map[string]float64{"let.rent": math.NaN()}}}, "not a number", "not a usable number", true},
		{"neither yes nor no", nil, []model.Action{{Kind: action.HeatNetwork, Asset: "b", Year: 2027, Values: map[string]float64{"network.buy": 2}}}, "not possible", "0 or 1", true},
		{"a bad figure in a phase", nil, []model.Action{empty, {Kind: model.Develop, Asset: "a", Year: 2027, Phases: []model.Phase{{Name: "one", Use: model.UseHomes, FloorArea: 10, Start: 2027, Values: map[string]float64{"let.void": 3}}}}}, "not possible", "let.void", true},
		{"a phase of nothing", nil, []model.Action{empty, {Kind: model.Develop, Asset: "a", Year: 2027, Phases: []model.Phase{{Name: "one", Use: model.UseHomes, Start: 2027}}}}, "not possible", "more than nothing", true},
		{"the same measure twice", nil, []model.Action{{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"led"}}, {Kind: model.Retrofit, Asset: "a", Year: 2029, Measures: []string{"led"}}}, "done already", "from 2027/28", true},
		{"no measures", nil, []model.Action{{Kind: model.Retrofit, Asset: "a", Year: 2027}}, "no measures", "at least one", true},
		{"a battery without panels", nil, []model.Action{{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"battery"}}}, "no panels", "panels must come before", true},
		{"a battery that keeps more than is sold", nil, []model.Action{{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"pv", "battery"}, Values: map[string]float64{"retrofit.battery.shift": 0.4}}}, "more than is sold", "25 % would be sold", true},
		{"more sun than load", func(p *model.Project) { p.Assets[0].Energy.Set(model.Electricity, stated(1000)) }, []model.Action{{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"pv"}}}, "more sun than load", "uses only 1000", false},
		{"two heat pumps' worth", nil, []model.Action{{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"heatpump"}}, {Kind: action.HeatNetwork, Asset: "a", Year: 2029}}, "nobody to connect", "no building with gas", true},
		{"neighbours that are not", nil, []model.Action{{Kind: action.HeatNetwork, Asset: "a", From: []model.AssetID{"l"}, Year: 2027}}, "far apart", "in a straight line", false},
		{"neighbours off the map", func(p *model.Project) { p.Assets[1].Placed = model.PlaceUnknown }, []model.Action{{Kind: action.EnergyGrid, Asset: "a", From: []model.AssetID{"b"}, Year: 2027}}, "not on the map", "grid.metres", true},
		{"no charging points", nil, []model.Action{{Kind: action.Charging, Asset: "a", Year: 2027, Values: map[string]float64{"ev.points": 0}}}, "not possible", "more than nothing", true},
		{"let while it is full", nil, []model.Action{{Kind: model.LetOut, Asset: "a", Year: 2027}}, "not free", "only 100 m²", false},
		{"a sale after the horizon", nil, []model.Action{{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2035}, {Kind: model.Sell, Asset: "a", Year: 2035}}, "outside the horizon", "receipt is not counted", false},
		{"a listed building changed", func(p *model.Project) { p.Assets[0].Locks = []model.Lock{{Kind: "listed", Reason: "grade II"}} }, []model.Action{{Kind: model.Retrofit, Asset: "a", Year: 2027, Measures: []string{"glazing"}}}, "listed", "listed building consent", false},
		{"a listed building demolished", func(p *model.Project) {
			p.Assets[0].Locks, p.Assets[0].LandArea = []model.Lock{{Kind: "listed", Reason: "grade II"}}, stated(0.3)
		}, []model.Action{empty, {Kind: model.Greening, Asset: "a", Year: 2027}}, "locked", "grade II", true},
		{"a listed building built anew", func(p *model.Project) { p.Assets[0].Locks = []model.Lock{{Kind: "listed", Reason: "grade II"}} }, []model.Action{empty, {Kind: model.Repurpose, Asset: "a", NewUse: model.UseHomes, Year: 2027, Values: map[string]float64{"convert.rebuild": 1}}}, "locked", "cannot be demolished", true},
		{"nothing to build anew", nil, []model.Action{empty, {Kind: model.Repurpose, Asset: "a", NewUse: model.UseEnergyHub, Year: 2027, Values: map[string]float64{"convert.rebuild": 1}}}, "not possible", "no cost of building", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := place()
			if c.edit != nil {
				c.edit(p)
			}
			plan := build(t, p, scenario(c.acts...))
			for _, f := range plan.Conflicts {
				if f.Kind == c.kind && strings.Contains(f.Message, c.says) && f.LeftOut == c.leftOut {
					return
				}
			}
			t.Errorf("no conflict of the kind %q says %q (left out: %v): %+v", c.kind, c.says, c.leftOut, plan.Conflicts)
		})
	}
}

// TestRoomsMadeByFitOut: the hub's fit-out may make the rooms that are wanting.
func TestRoomsMadeByFitOut(t *testing.T) {
	p := place()
	p.Services[0].Needs = map[string]float64{"clinic room": 80}
	p.Assets[1].Extra = map[string]string{"Rooms: Clinic room": "60"}
	plan := build(t, p, scenario(model.Action{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a"}, Year: 2027, Values: map[string]float64{"rooms.clinic room": 20}},
		model.Action{Kind: model.Sell, Asset: "a", Year: 2027}))
	if len(plan.Conflicts) != 0 {
		t.Error(plan.Conflicts)
	}
}

// TestSharedRoomsCountOnce: T moves in for the mornings and V for the evenings, so
// B is as full as the larger of them makes it. 1,200 + max(630, 280) m².
func TestSharedRoomsCountOnce(t *testing.T) {
	p := place()
	var am, eve model.Session
	for d := range 5 {
		am |= model.At(d, 0)
		eve |= model.At(d, 2)
	}
	p.Services[0].Sessions, p.Services[2].Sessions = am, eve
	p.Services[1].Sessions = am | eve
	p.Assets[1].Desks = stated(150)
	plan := build(t, p, scenario(model.Action{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a", "l"}, Year: 2027}))
	for _, c := range plan.Conflicts {
		if c.Kind == "over capacity" { // 90 + 60 in the morning, 90 + 30 in the evening: never 180 at once
			t.Error(c.Message)
		}
	}
	taken := 0.0
	for i := range plan.Streams {
		if s := &plan.Streams[i]; s.Asset == "b" && s.Label == action.AreaOccupied && s.First <= 2028 && s.Last >= 2028 {
			taken += s.Quantity
		}
	}
	near(t, "occupied", taken, 1200+630)
}
