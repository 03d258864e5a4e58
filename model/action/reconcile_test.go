package action_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// TestPeopleAndAreaReconcile draws a thousand scenarios, sensible or not, and
// checks in every year of each that nobody and no square metre is lost: people
// in = people out, and occupied + spare + vacant + converted + released = what
// there was.
func TestPeopleAndAreaReconcile(t *testing.T) {
	p := place()
	p.Services[0].Sessions = model.At(0, 2) | model.Weekend // one of the three keeps other hours, so rooms are shared
	p.Services = append(p.Services, model.Service{ID: "w", Organisation: "council", Name: "Team W", FTE: stated(8)})
	p.Occupations = append(p.Occupations, model.Occupation{Service: "w", Asset: "a", Area: stated(60), Desks: stated(4), Share: 0.5},
		model.Occupation{Service: "w", Asset: "l", Area: stated(30), Desks: stated(2), Share: 0.25},
		model.Occupation{Service: "w", Asset: "l", Part: "first floor", Area: stated(30), Desks: stated(2), Share: 0.25})
	bk := book(t, p)
	rnd := rand.New(rand.NewPCG(1, 2))
	for n := range 1000 {
		s := scenario(randomActions(rnd)...)
		plan, err := action.Build(p, s, bk)
		if err != nil {
			t.Fatal(err)
		}
		m, err := ledger.Expand(plan.Streams, context(p, plan))
		if err != nil {
			t.Fatalf("scenario %d: %v\n%+v", n, err, s.Actions)
		}
		people := ledger.Sum(plan.Streams, m, func(s *ledger.Stream) bool { return s.Category == ledger.CatPeople })
		area := ledger.Sum(plan.Streams, m, func(s *ledger.Stream) bool { return s.Category == ledger.CatArea })
		for y := range people {
			if math.Abs(people[y]-208) > 1e-9 {
				t.Fatalf("scenario %d, year %d: %.6f people, not 208\n%+v", n, base+y, people[y], s.Actions)
			}
			if math.Abs(area[y]-3500) > 1e-9 {
				t.Fatalf("scenario %d, year %d: %.6f m², not 3,500\n%+v", n, base+y, area[y], s.Actions)
			}
		}
		seen := map[string]bool{}
		for i := range plan.Streams {
			if id := plan.Streams[i].ID; seen[id] {
				t.Fatalf("scenario %d: two streams are called %s\n%+v", n, id, s.Actions)
			} else {
				seen[id] = true
			}
		}
	}
}

func randomActions(rnd *rand.Rand) []model.Action {
	ids := []model.AssetID{"a", "b", "l"}
	measures := []string{"insulation", "glazing", "bms", "led", "heatpump", "pv", "battery"}
	kinds := action.Entries()
	out := make([]model.Action, 1+rnd.IntN(6))
	for i := range out {
		a := model.Action{Kind: kinds[rnd.IntN(len(kinds))].Kind, Asset: ids[rnd.IntN(3)], Year: base + rnd.IntN(11)}
		switch a.Kind {
		case model.CoLocate, action.HeatNetwork, action.EnergyGrid:
			a.From = []model.AssetID{ids[rnd.IntN(3)], ids[rnd.IntN(3)]}
			a.Measures = measures[rnd.IntN(len(measures)):]
		case model.Flex:
			a.Values = map[string]float64{"flex.home_days": float64(rnd.IntN(6)), "flex.fixed_days": float64(rnd.IntN(2))}
		case model.Sell, model.Transfer:
			a.Values = map[string]float64{"sale.slip_months": float64(rnd.IntN(30)), "sale.months": float64(rnd.IntN(30))}
		case model.Retrofit:
			a.Measures = measures[:1+rnd.IntN(len(measures))]
		case model.Repurpose:
			a.NewUse = action.Conversions()[rnd.IntN(len(action.Conversions()))].Use
		case model.Develop:
			a.Phases = []model.Phase{{Name: "one", Use: model.UseHomes, FloorArea: 100, Start: a.Year}, {Name: "two", Use: model.UseClinic, FloorArea: 100, Start: a.Year + 1,
				Values: map[string]float64{"phase.stop": float64(rnd.IntN(2)), "phase.grow": 2 * rnd.Float64()}}}
		}
		out[i] = a
	}
	return out
}

// TestStreamsAreDeterministic builds the same scenario twice.
func TestStreamsAreDeterministic(t *testing.T) {
	p := place()
	s := scenario(model.Action{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"a", "l"}, Year: 2029},
		model.Action{Kind: model.Sell, Asset: "a", Year: 2029}, model.Action{Kind: model.ExitLease, Asset: "l", Year: 2029})
	one, two := build(t, p, s), build(t, p, s)
	if len(one.Streams) != len(two.Streams) {
		t.Fatal("different number of streams")
	}
	for i := range one.Streams {
		if one.Streams[i].ID != two.Streams[i].ID || one.Streams[i].Amount() != two.Streams[i].Amount() {
			t.Errorf("stream %d differs: %s and %s", i, one.Streams[i].ID, two.Streams[i].ID)
		}
	}
}
