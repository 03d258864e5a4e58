package space_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/space"
)

// TestPatternByHand: ten people with two days at home. By rota six come every
// day. Where they choose, Wednesday has 1.2 times the mean, 0.72, and the other
// days share the remaining 2.28: 0.57. With chance 0.72 P(all ten) = 0.72^10 =
// 0.0374 and P(nine) = 10 × 0.72^9 × 0.28 = 0.1456, so 95 % needs nine desks.
func TestPatternByHand(t *testing.T) {
	rota := space.Hybrid(2, 1.2, 0, true)
	for d := range space.Weekdays {
		if got := space.Quantile(rota.On(d, 10), 0.95); got != 6 {
			t.Errorf("by rota, day %d: %d desks", d, got)
		}
	}
	free := space.Hybrid(2, 1.2, 0, false)
	if math.Abs(free.Days[2]-0.72) > 1e-12 || math.Abs(free.Days[0]-0.57) > 1e-12 {
		t.Errorf("%v", free.Days)
	}
	wed := free.On(2, 10)
	if got := space.Quantile(wed, 0.95); got != 9 {
		t.Errorf("chosen, Wednesday: %d desks", got)
	}
	if got := space.Exceeds(wed, 8); math.Abs(got-0.1830) > 0.0001 {
		t.Errorf("chance of more than eight: %.4f", got)
	}
	if top := space.Hybrid(0, 3, 0, false); top.Days[2] != 1 || top.Days[0] != 1 {
		t.Errorf("with nobody at home everybody is in: %v", top.Days)
	}
}

// TestPoolIsTheSum: two teams of ten at the same chance are one of twenty.
func TestPoolIsTheSum(t *testing.T) {
	ten := space.Team{People: 10, InOffice: 0.6}.Demand()
	twenty := space.Team{People: 20, InOffice: 0.6}.Demand()
	for k, p := range space.Pool(ten, ten) {
		if math.Abs(p-twenty[k]) > 1e-9 {
			t.Errorf("P(%d) = %g, not %g", k, p, twenty[k])
		}
	}
	if m := space.Mean(twenty); math.Abs(m-12) > 1e-9 {
		t.Errorf("mean %g", m)
	}
}

// TestPoolAgainstSimulation draws a hundred thousand busiest days of three teams
// that share desks and holds the closed form to three standard errors.
func TestPoolAgainstSimulation(t *testing.T) {
	rnd := rand.New(rand.NewPCG(21, 22))
	p := space.Hybrid(3, 1.2, 0.1, false)
	sizes := []int{45, 30, 12}
	var parts [][]float64
	for _, n := range sizes {
		parts = append(parts, p.On(2, n))
	}
	pool := space.Pool(parts...)
	desks := space.Quantile(pool, 0.95)
	const days = 100000
	q := p.Days[2]
	s := q*(1-q)/(p.Spread*p.Spread) - 1
	over := 0
	for range days {
		in := 0
		for _, n := range sizes {
			x, y := gamma(rnd, q*s), gamma(rnd, (1-q)*s)
			for range n {
				if rnd.Float64() < x/(x+y) {
					in++
				}
			}
		}
		if in > desks {
			over++
		}
	}
	want, got := space.Exceeds(pool, float64(desks)), float64(over)/days
	if se := math.Sqrt(want * (1 - want) / days); math.Abs(got-want) > 3*se || want > 0.05 {
		t.Errorf("closed form %.4f, simulation %.4f, three standard errors %.4f", want, got, 3*se)
	}
}

// TestRoomsBySession: a clinic in the mornings and a class in the evenings use
// one hall; two clinics at once need two rooms.
func TestRoomsBySession(t *testing.T) {
	am, eve := model.At(0, 0), model.At(0, 2)
	rooms, err := space.Rooms(&model.Asset{Extra: map[string]string{"Rooms:  Hall": "1,050", "rooms: clinic room": "30", "colour": "red"}})
	if err != nil || rooms["hall"] != 1050 || len(rooms) != 2 {
		t.Fatal(rooms, err)
	}
	needs := []space.Need{{Sessions: am, Rooms: map[string]float64{"Hall": 1000, "clinic room": 20}}, {Sessions: eve, Rooms: map[string]float64{"hall": 1000}},
		{Sessions: am | eve, Rooms: map[string]float64{"clinic  room": 20}}}
	got := space.ShortRooms(needs, rooms)
	if len(got) != 1 || got[0].Room != "clinic room" || got[0].Needed != 40 || got[0].Slot != 0 {
		t.Errorf("%+v", got)
	}
	if space.ShortRooms(needs, nil) != nil {
		t.Error("rooms that nobody stated cannot be short")
	}
	if _, err := space.Rooms(&model.Asset{Extra: map[string]string{"rooms: hall": "-3"}}); err == nil {
		t.Error("negative rooms pass")
	}
}
