package numerals_test

import (
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model/numerals"
)

func TestNumbersAndSums(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{numerals.Number(-1234567.891, 2), "−1,234,567.89"}, {numerals.Number(-0.004, 2), "0.00"}, {numerals.Number(999, 0), "999"}, {numerals.Number(math.NaN(), 0), "not known"},
		{numerals.Pounds(4_560_000, numerals.Screen), "£4.56m"}, {numerals.Pounds(12_345, numerals.Screen), "£12.3k"}, {numerals.Pounds(-2.5e9, numerals.Screen), "−£2.50bn"},
		{numerals.Pounds(4_560_000, numerals.Prose), "£4.6m"}, {numerals.Pounds(340_400, numerals.Prose), "£340k"}, {numerals.Pounds(9_412, numerals.Prose), "£9,412"}, {numerals.Pounds(-0.3, numerals.Prose), "£0"},
		{numerals.ExactPounds(-0.4, 0), "£0"}, {numerals.ExactPounds(-1234.5, 2), "−£1,234.50"}, {numerals.ExactPounds(math.Inf(1), 2), "not known"},
	} {
		if c.got != c.want {
			t.Errorf("%q, not %q", c.got, c.want)
		}
	}
}

// TestNoSumIsAThousandOfAUnit walks up the sizes: a thousand thousand is a million.
func TestNoSumIsAThousandOfAUnit(t *testing.T) {
	for _, steps := range [][]numerals.Step{numerals.Screen, numerals.Prose} {
		for v := 1.0; v < 1e9; v *= 1.0007 {
			if s := numerals.Pounds(v, steps); strings.HasPrefix(s, "£1,0") && !strings.HasSuffix(s, "0") && strings.ContainsAny(s, "km") {
				t.Fatalf("%.2f is %s", v, s)
			}
		}
	}
}
