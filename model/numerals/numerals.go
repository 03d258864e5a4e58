// Package numerals writes numbers and amounts of money as people read them, by
// one rule for the window and the papers.
//
// It knows separators, signs and how large a unit a sum is told in. It refuses
// to know units of measure, languages and where a number is shown.
package numerals

import (
	"math"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// Missing is what stands where a figure is not known.
const Missing = "not known"

// Minus is the minus sign, as wide as a figure.
const Minus = "−"

// Number writes a number with separators and a fixed count of decimals: −12,345.
// What rounds to nothing has no sign; what is no number is Missing.
func Number(v float64, decimals int) string {
	if !model.Finite(v) {
		return Missing
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, rest, _ := strings.Cut(s, ".")
	var b strings.Builder
	if v < 0 && strings.Trim(s, "0.") != "" {
		b.WriteString(Minus)
	}
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if rest != "" {
		b.WriteByte('.')
		b.WriteString(rest)
	}
	return b.String()
}

// Step is how sums from a size on are told: in which unit and with how many
// decimals.
type Step struct {
	From     float64 // £ from which it holds, below the round sum so that nothing is written as 1,000 of a unit
	Per      float64 // £ in the unit
	Unit     string
	Decimals int
}

// Screen tells sums to three figures: £12.3k, £4.56m.
var Screen = []Step{{999_500_000, 1e9, "bn", 2}, {99_950_000, 1e6, "m", 0}, {9_995_000, 1e6, "m", 1}, {999_500, 1e6, "m", 2}, {99_950, 1e3, "k", 0}, {9_995, 1e3, "k", 1}}

// Prose tells sums as running text wants them: £340k, £1.2m.
var Prose = []Step{{999_500_000, 1e9, "bn", 2}, {99_950_000, 1e6, "m", 0}, {999_500, 1e6, "m", 1}, {9_999.5, 1e3, "k", 0}}

// Pounds writes money short. Sums below the last step are told to the pound.
func Pounds(v float64, steps []Step) string {
	if !model.Finite(v) {
		return Missing
	}
	sign, a := "", math.Abs(v)
	if v < 0 {
		sign = Minus
	}
	for _, s := range steps {
		if a >= s.From {
			return sign + "£" + Number(a/s.Per, s.Decimals) + s.Unit
		}
	}
	if math.Round(a) == 0 {
		return "£0"
	}
	return sign + "£" + Number(a, 0)
}

// ExactPounds writes money with a fixed count of decimals: −£1,234.50.
func ExactPounds(v float64, decimals int) string {
	if !model.Finite(v) {
		return Missing
	}
	if s := Number(-v, decimals); v < 0 && strings.Trim(s, "0,.") != "" {
		return Minus + "£" + s
	}
	return "£" + Number(math.Abs(v), decimals)
}
