// Package format writes figures as people read them: pounds in thousands and
// millions with the exact value beside, areas, years, "not known".
//
// It knows how a number looks on a screen. It refuses to know what the number
// means or where it is shown; it imports no Fyne.
package format

import (
	"math"
	"strings"
	"time"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/numerals"
)

// Missing is what stands where a figure is not known, in English.
const Missing = numerals.Missing

// NotKnown is Missing in the user's language.
func NotKnown() string { return words.T(Missing) }

// minus is the minus sign, as wide as a figure.
const minus = numerals.Minus

// Whole writes a number without decimals and with separators: −12,345.
func Whole(v float64) string { return Number(v, 0) }

// Number writes a number with separators and a fixed count of decimals.
func Number(v float64, decimals int) string {
	if !model.Finite(v) {
		return NotKnown()
	}
	return numerals.Number(v, decimals)
}

// Pounds writes money short: £950, £12.3k, £4.56m, −£1.2m.
func Pounds(v float64) string {
	if !model.Finite(v) {
		return NotKnown()
	}
	if math.Abs(v) >= numerals.Screen[0].From { // the word for a thousand million is a language's own
		sign := ""
		if v < 0 {
			sign = minus
		}
		return words.F("%s£%sbn", sign, Number(math.Abs(v)/1e9, 2))
	}
	return numerals.Pounds(v, numerals.Screen)
}

// ExactPounds writes money to the penny.
func ExactPounds(v float64) string {
	if !model.Finite(v) {
		return NotKnown()
	}
	return numerals.ExactPounds(v, 2)
}

// Signed puts a plus before what is above nothing, for changes.
func Signed(s string, v float64) string {
	if v > 0 && s != NotKnown() && strings.Trim(s, "£0,.km") != "" {
		return "+" + s
	}
	return s
}

// Tonnes writes tonnes of carbon.
func Tonnes(v float64) string {
	if v == 0 {
		return "0"
	}
	if math.Abs(v) < 99.5 {
		return Number(v, 1)
	}
	return Whole(v)
}

// Figure writes a figure with the function, or that it is not known.
func Figure(f model.Figure, write func(float64) string) string {
	if !f.Known() {
		return NotKnown()
	}
	return write(f.Value)
}

// Year writes a financial year, 2026/27; 0 is not known.
func Year(y int) string {
	if y == 0 {
		return NotKnown()
	}
	return model.FinancialYear(y)
}

// Date writes an ISO date as 3 March 2028; what is no date is given back.
func Date(iso string) string {
	if iso == "" {
		return NotKnown()
	}
	t, err := time.Parse("2006-01-02", iso[:min(10, len(iso))])
	if err != nil {
		return iso
	}
	return t.Format("2 ") + words.T(t.Month().String()) + t.Format(" 2006")
}

// Percent writes a share, 0.125 as 12.5%.
func Percent(v float64) string {
	s := Number(v*100, 1)
	return strings.TrimSuffix(s, ".0") + "%"
}

// Count writes how many there are of something in the user's language: "1 asset", "12 assets".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + words.T(one)
	}
	return Whole(float64(n)) + " " + words.T(many)
}

// Counted writes a sentence about a number of things in the user's language: one pattern for one of them, another for any other
// number. The number, with its thousands apart, is the first argument of the patterns.
func Counted(n int, one, many string, args ...any) string {
	pattern := many
	if n == 1 {
		pattern = one
	}
	return words.F(pattern, append([]any{Whole(float64(n))}, args...)...)
}

// Remaining writes how long a job still needs.
func Remaining(d time.Duration) string {
	switch {
	case d < 0:
		return ""
	case d < 10*time.Second:
		return words.T("a few seconds left")
	case d < 90*time.Second:
		return words.F("%s seconds left", Whole(math.Ceil(d.Seconds()/10)*10))
	}
	return words.F("%s minutes left", Whole(math.Ceil(d.Minutes())))
}

// Short cuts a text to a number of letters, where a place has no room for more.
func Short(s string, most int) string {
	if len(s) <= most {
		return s
	}
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return strings.TrimRight(string(r[:most-1]), " ") + "…"
}

// Capital gives a word its capital letter.
func Capital(s string) string { return words.Capital(s) }

// Word is a fixed word of the lower layers, a kind of building or a cost, in the user's language and with its capital letter.
func Word(s string) string {
	c := Capital(s)
	if t := words.T(c); t != c {
		return t
	}
	return Capital(words.T(s))
}

// Evidence says what stands behind a figure: its grade in words and its source.
func Evidence(g model.Grade, source string) string {
	grade := map[model.Grade]string{
		model.Measured:    words.T("Measured"),
		model.Stated:      words.T("Stated by the owner"),
		model.Benchmark:   words.T("Modelled from a published benchmark"),
		model.Estimated:   words.T("Modelled by a documented rule"),
		model.Placeholder: words.T("A default with no source yet"),
		model.NotKnown:    words.T("Not known"),
	}[g]
	if source == "" {
		return grade
	}
	return grade + ": " + source
}
