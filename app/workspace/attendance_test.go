package workspace_test

import (
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/app"
)

// TestAttendanceOfTenPeople checks against the binomial distribution by hand:
// ten people who each come with probability 0.6. P(X ≤ 8) = 0.953643,
// P(X ≤ 7) = 0.832710 (binomial table, n = 10, p = 0.6).
func TestAttendanceOfTenPeople(t *testing.T) {
	w := newProject(t)
	people(t, w, 10, 10)
	for level, want := range map[float64]float64{0.83: 7, 0.95: 8, 0.96: 9} {
		a, err := w.Attendance(t.Context(), app.AttendanceQuestion{Asset: "a", Home: 2, Level: level, Peak: 1})
		if err != nil {
			t.Fatal(err)
		}
		if a.Needed != want || math.Abs(a.Mean[0]-6) > 1e-9 || a.People != 10 || a.Desks != 10 {
			t.Errorf("at %g: %+v, want %g desks", level, a, want)
		}
	}
	rota, err := w.Attendance(t.Context(), app.AttendanceQuestion{Asset: "a", Home: 2, Level: 0.95, Peak: 1.2, Rota: true})
	if err != nil || rota.Needed != 6 {
		t.Errorf("by rota %+v, %v", rota, err)
	}
	if _, err := w.Attendance(t.Context(), app.AttendanceQuestion{Asset: "a", Home: 6, Level: 0.95}); err == nil {
		t.Error("six days at home in a week of five")
	}
}
