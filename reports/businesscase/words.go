package businesscase

import (
	"math"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/numerals"
)

const (
	minus    = numerals.Minus
	nbsp     = "\u00a0"
	notKnown = numerals.Missing
	carbon   = "tCO₂e"
)

// Number writes a number with thousands separators and a fixed count of decimals.
func Number(v float64, decimals int) string { return numerals.Number(v, decimals) }

// Pounds writes money as prose wants it: £1.2m, £340k, £9,412, −£1.2m.
func Pounds(v float64) string { return numerals.Pounds(v, numerals.Prose) }

// ExactPounds writes money to the pound: £1,234,567.
func ExactPounds(v float64) string { return numerals.ExactPounds(v, 0) }

// Thousands writes money for a column headed £000.
func Thousands(v float64) string { return Number(v/1000, 0) }

// Area writes floor area: 12,345 m².
func Area(v float64) string {
	if !model.Finite(v) {
		return notKnown
	}
	return Number(v, 0) + nbsp + "m²"
}

// Tonnes writes emissions: 1,234 tCO₂e, 3.4 tCO₂e.
func Tonnes(v float64) string {
	if !model.Finite(v) {
		return notKnown
	}
	return tonnesBare(v) + nbsp + carbon
}

func tonnesBare(v float64) string {
	if a := math.Abs(v); a < 9.95 && a >= 0.05 {
		return Number(v, 1)
	}
	return Number(v, 0)
}

// Percent writes a share: 0.125 is 12.5%, 0.5 is 50%.
func Percent(v float64) string {
	if !model.Finite(v) {
		return notKnown
	}
	s := Number(v*100, 1)
	if math.Abs(v) >= 0.0995 || strings.HasSuffix(s, ".0") {
		s = Number(v*100, 0)
	}
	return s + "%"
}

// Year writes a financial year: 2028/29.
func Year(y int) string {
	if y == 0 {
		return notKnown
	}
	return model.FinancialYear(y)
}

// Date writes an ISO date as 3 March 2028. What is no date is given back.
func Date(iso string) string {
	if iso == "" {
		return notKnown
	}
	t, err := time.Parse("2006-01-02", iso[:min(10, len(iso))])
	if err != nil {
		return iso
	}
	return t.Format("2" + nbsp + "January" + nbsp + "2006")
}

var small = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

// counted writes a whole number in running text: words to nine, figures from ten.
func counted(n int) string {
	if n >= 0 && n < len(small) {
		return small[n]
	}
	return Number(float64(n), 0)
}

// plural chooses between the forms for one and for any other number.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// listing joins words as a sentence does: a, b and c.
func listing(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// capital gives a sentence its capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return strings.ToUpper(string(r)) + s[n:]
}

// lower takes the capital away from the first word, unless the word is all capitals.
func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); n == 0 || strings.ToUpper(string(next)) == string(next) && strings.ToLower(string(next)) != string(next) {
		return s
	}
	return strings.ToLower(string(r)) + s[n:]
}

// short cuts a name that would fill a page: at most n characters, cut at a word.
func short(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)[:n-1]
	cut := string(r)
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,.;:-–") + "…"
}

var (
	spacedPercent = regexp.MustCompile(`(\d) %`)
	hyphenMinus   = regexp.MustCompile(`(^|[ (])-(\d)`)
)

// percents writes percentages and negative numbers in words of others as the paper does.
func percents(s string) string {
	return hyphenMinus.ReplaceAllString(spacedPercent.ReplaceAllString(s, "$1%"), "$1−$2")
}

// sentence ends words with a full stop unless they end already.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}
