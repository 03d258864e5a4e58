package optimise

import (
	"context"
	"testing"
)

// TestRoomPricesByHand has two of three teams of 5 fit into the near building of
// 10; the third pays 10 more elsewhere. One more unit of room takes a fifth of it.
func TestRoomPricesByHand(t *testing.T) {
	withHiGHS(t)
	p := &Problem{Buildings: []Building{{ID: "near"}, {ID: "far"}}}
	p.Actions = [][]Action{{{Name: "keep", Cap: 10, Tags: []string{"x"}}, {Name: "sell"}}, {{Name: "keep", Cap: 100, Tags: []string{"x"}}}}
	plan := Plan{Actions: map[string]string{"near": "keep", "far": "keep"}, Assignment: map[string]string{}}
	for s, id := range []string{"a", "b", "c"} {
		p.Services = append(p.Services, Service{ID: id, Class: "x", Demand: 5})
		p.Arcs = append(p.Arcs, Arc{Service: s, Building: 0}, Arc{Service: s, Building: 1, Cost: 10})
		plan.Assignment[id] = "near"
	}
	plan.Assignment["c"] = "far"
	opt := Options{HiGHS: loader()}
	got, err := RoomPrices(context.Background(), p, &plan, opt)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Kind != KindCapacity || got[0].What != "near" || abs(got[0].Price-2) > 1e-6 {
		t.Errorf("%+v", got)
	}
	if got, err := RoomPrices(context.Background(), p, &plan, Options{}); err != nil || got != nil {
		t.Errorf("without HiGHS: %v, %v", got, err)
	}
	// By the week: 2 in each of two sessions.
	for k := range p.Actions {
		p.Actions[k][0].Sessions = []float64{100, 10}
	}
	for k := range p.Services {
		p.Services[k].Demand, p.Services[k].Sessions = 1, []float64{1, 5}
	}
	p.Actions[1][0].Sessions[1] = 100
	if got, err = RoomPrices(context.Background(), p, &plan, opt); err != nil || len(got) != 1 || abs(got[0].Price-2) > 1e-6 {
		t.Errorf("by sessions: %+v, %v", got, err)
	}
	plan.Actions["near"] = "sell"
	if _, err := RoomPrices(context.Background(), p, &plan, opt); err == nil {
		t.Error("services in a building that is sold are priced")
	}
}
