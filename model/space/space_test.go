package space_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/space"
)

// TestBinomialByHand: ten people each in with chance 0.6. From any binomial
// table P(X ≤ 8) = 0.9536 and P(X ≤ 7) = 0.8327, so 95 % needs eight desks.
func TestBinomialByHand(t *testing.T) {
	team := space.Team{People: 10, InOffice: 0.6}
	if got := space.DesksFor(team, 0.95); got != 8 {
		t.Errorf("desks for 95 %%: %d", got)
	}
	if got := team.Short(8); math.Abs(got-0.0464) > 0.0001 {
		t.Errorf("chance that more than eight come: %.4f", got)
	}
}

// TestDemandAgainstSimulation draws a hundred thousand days and holds the closed
// form to three standard errors of the sampled chance.
func TestDemandAgainstSimulation(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 12))
	for _, team := range []space.Team{{People: 40, InOffice: 0.2}, {People: 40, InOffice: 0.6, Spread: 0.1}, {People: 120, InOffice: 0.4, Spread: 0.15}} {
		const days = 100000
		a, b := 0.0, 0.0
		if v := team.Spread * team.Spread; v > 0 {
			s := team.InOffice*(1-team.InOffice)/v - 1
			a, b = team.InOffice*s, (1-team.InOffice)*s
		}
		desks := space.DesksFor(team, 0.95)
		over := 0
		for range days {
			p := team.InOffice
			if a > 0 {
				x, y := gamma(rnd, a), gamma(rnd, b)
				p = x / (x + y)
			}
			in := 0
			for range team.People {
				if rnd.Float64() < p {
					in++
				}
			}
			if in > desks {
				over++
			}
		}
		want := team.Short(desks)
		got := float64(over) / days
		if se := math.Sqrt(want * (1 - want) / days); math.Abs(got-want) > 3*se {
			t.Errorf("%+v: closed form %.4f, simulation %.4f, three standard errors %.4f", team, want, got, 3*se)
		}
		if want > 0.05 {
			t.Errorf("%+v: %d desks leave a chance of %.4f", team, desks, want)
		}
	}
}

// gamma draws by Marsaglia and Tsang, "A simple method for generating gamma
// variables", ACM TOMS 26(3), 2000; the shape here is always above one.
func gamma(rnd *rand.Rand, shape float64) float64 {
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rnd.NormFloat64()
		v := math.Pow(1+c*x, 3)
		if v > 0 && math.Log(rnd.Float64()) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// TestRoomSharedBySessions: a clinic in the mornings and a class in the evenings
// need one room, not two.
func TestRoomSharedBySessions(t *testing.T) {
	var mornings, evenings model.Session
	for d := range 5 {
		mornings |= model.At(d, 0)
		evenings |= model.At(d, 2)
	}
	seats := []space.Seat{{Asset: "a", Service: "clinic", Area: 60, Desks: 2, Sessions: mornings}, {Asset: "a", Service: "class", Area: 50, Sessions: evenings}}
	w := space.Timetable(seats)["a"]
	if got := w.Shared(seats); got != 50 {
		t.Errorf("shared %g m², not 50", got)
	}
	if desks, slot := w.Peak(); desks != 2 || space.SlotName(slot) != "Monday morning" {
		t.Errorf("peak %g on %s", desks, space.SlotName(slot))
	}
	if s := space.Fits(w, space.Seat{Area: 30, Sessions: evenings}, -1, 75); s != 2 {
		t.Errorf("80 m² in the evening cannot fit 75; got slot %d", s)
	}
	if s := space.Fits(w, space.Seat{Area: 15, Sessions: mornings | evenings}, -1, 75); s != -1 {
		t.Errorf("75 m² fits 75; got slot %d", s)
	}
}

func TestDemandAddsUp(t *testing.T) {
	for _, team := range []space.Team{{}, {People: 1, InOffice: 1}, {People: 3, InOffice: 0}, {People: 500, InOffice: 0.37, Spread: 0.3}, {People: 9, InOffice: 0.5, Spread: 5}} {
		sum := 0.0
		for _, p := range team.Demand() {
			sum += p
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("%+v adds up to %g", team, sum)
		}
	}
}
