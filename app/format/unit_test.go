package format_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/app/format"
)

func TestUnits(t *testing.T) {
	for _, c := range []struct {
		v                 float64
		unit, want, typed string
	}{
		{0.05, "fraction a year", "5% a year", "5"},
		{0.056, "fraction a year", "5.6% a year", "5.6"},
		{0.0125, "fraction of price", "1.25% of price", "1.25"},
		{1, "fraction", "100%", "100"},
		{-0.001234567, "fraction", "−0.1235%", "-0.1234567"},
		{0, "fraction of works", "0% of works", "0"},
		{312.37985390234525, "£/tCO2e", "£312.4 per tCO₂e", "312.37985390234525"},
		{0.05767012687427912, "£/kWh", "£0.05767 per kWh", "0.05767012687427912"},
		{140, "£/m²/year", "£140 per m² a year", "140"},
		{-18000, "£/year", "−£18,000 a year", "-18000"},
		{2570725.199920624, "£", "£2,570,725", "2570725.199920624"},
		{0.33378, "kgCO2e/FTE hour", "0.3338 kgCO₂e per hour of an FTE", "0.33378"},
		{2050, "year", "2050", "2050"},
		{50, "years", "50 years", "50"},
		{0.93, "UK = 1.00", "0.93 (UK = 1.00)", "0.93"},
		{865.0519, "£/m²", "£865.1 per m²", "865.0519"},
		{0.5, "fraction of something new", "0.5 fraction of something new", "0.5"},
	} {
		if got := format.WithUnit(c.v, c.unit); got != c.want {
			t.Errorf("%v %s is %q, wanted %q", c.v, c.unit, got, c.want)
		}
		if got := format.Typed(c.v, c.unit); got != c.typed {
			t.Errorf("%v %s is typed %q, wanted %q", c.v, c.unit, got, c.typed)
		}
		if got, ok := format.ReadTyped(c.typed, c.unit); !ok || got != c.v {
			t.Errorf("%q in %s is read as %v, %v", c.typed, c.unit, got, ok)
		}
	}
	for s, want := range map[string]float64{"5 %": 0.05, "5.6%": 0.056, "−1.5": -0.015, "1,250": 12.5} {
		if got, ok := format.ReadTyped(s, "fraction a year"); !ok || got != want {
			t.Errorf("%q is read as %v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "five", "1e999", "nan", "%"} {
		if got, ok := format.ReadTyped(s, "£"); ok {
			t.Errorf("%q is read as %v", s, got)
		}
	}
}
