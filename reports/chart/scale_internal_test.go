package chart

import (
	"slices"
	"testing"
)

// Figures that are all nought say nothing about how large a pound is drawn: only nought is named on their axis.
func TestNoughtAloneIsNamed(t *testing.T) {
	if s := nice(0, 0, Axis{}, 0, 200, 40, false); !slices.Equal(s.ticks, []float64{0}) || s.hi <= s.lo {
		t.Errorf("ticks %v from %v to %v", s.ticks, s.lo, s.hi)
	}
	if s := nice(0, 10, Axis{}, 0, 200, 40, false); len(s.ticks) < 3 || s.ticks[0] != 0 {
		t.Errorf("ticks %v", s.ticks)
	}
	most := 1.0
	if s := nice(0, 0, Axis{Max: &most}, 0, 200, 40, false); len(s.ticks) < 2 {
		t.Errorf("an axis with an end of its own has ticks %v", s.ticks)
	}
}
