package space

import (
	"math"
	"math/bits"

	"github.com/planting-the-flag/flagstone/model"
)

// Slots is how many sessions a week has: weekday × morning, afternoon, evening,
// and the weekend.
const Slots = 16

// SlotName says which session a number stands for.
func SlotName(slot int) string {
	if slot == 15 {
		return "weekend"
	}
	days := [5]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
	parts := [3]string{"morning", "afternoon", "evening"}
	return days[slot/3] + " " + parts[slot%3]
}

// Seat is a service at work in a building.
type Seat struct {
	Asset    model.AssetID
	Service  model.ServiceID
	FTE      float64
	Desks    float64
	Area     float64 // m²
	Sessions model.Session
}

// Slot is what one session asks of a building.
type Slot struct {
	Desks float64
	Area  float64
	FTE   float64
}

// Week is a building's timetable.
type Week [Slots]Slot

// Peak is the busiest session by desks, and which it is; ties go to the earlier.
func (w *Week) Peak() (desks float64, slot int) {
	for i := range w {
		if w[i].Desks > desks {
			desks, slot = w[i].Desks, i
		}
	}
	return desks, slot
}

// Shared is how many square metres fewer the week needs because services use
// the same room at different sessions: the sum of each service's own area less
// the busiest session's.
func (w *Week) Shared(seats []Seat) float64 {
	sum := 0.0
	for _, s := range seats {
		sum += s.Area
	}
	return math.Max(0, sum-w.PeakArea())
}

// Add puts a seat into the week, by times: −1 takes it out again.
func (w *Week) Add(s Seat, by float64) {
	for m := uint16(hours(s.Sessions)); m != 0; m &= m - 1 {
		slot := &w[bits.TrailingZeros16(m)]
		slot.Desks += by * s.Desks
		slot.Area += by * s.Area
		slot.FTE += by * s.FTE
	}
}

// PeakArea is the floor area of the busiest session.
func (w *Week) PeakArea() float64 {
	peak := 0.0
	for i := range w {
		peak = math.Max(peak, w[i].Area)
	}
	return peak
}

// Timetable lays services out over the week by building. A service without
// sessions is taken to keep office hours.
func Timetable(seats []Seat) map[model.AssetID]*Week {
	out := map[model.AssetID]*Week{}
	for _, s := range seats {
		w := out[s.Asset]
		if w == nil {
			w = &Week{}
			out[s.Asset] = w
		}
		w.Add(s, 1)
	}
	return out
}

// Busiest is the session in which a measure of the week is greatest, and that
// measure; ties go to the earlier.
func (w *Week) Busiest(of func(Slot) float64) (most float64, slot int) {
	for i := range w {
		if v := of(w[i]); v > most {
			most, slot = v, i
		}
	}
	return most, slot
}

func hours(s model.Session) model.Session {
	if s == 0 {
		return model.OfficeHours
	}
	return s
}

// Fits says whether a building with so many desks and square metres can take a
// seat beside what its week already holds: the first session that is short, or
// −1 when every one fits. A negative capacity means "not known" and never binds.
func Fits(w *Week, add Seat, desks, area float64) int {
	if w == nil {
		w = &Week{}
	}
	for m := uint16(hours(add.Sessions)); m != 0; m &= m - 1 {
		i := bits.TrailingZeros16(m)
		if desks >= 0 && w[i].Desks+add.Desks > desks+0.5 {
			return i
		}
		if area >= 0 && w[i].Area+add.Area > area*1.001 {
			return i
		}
	}
	return -1
}
