package units

import (
	"fmt"
	"regexp"
	"strings"
)

// Value is a number with the unit it was written in.
type Value struct {
	Number  float64 // in the unit
	Unit    Unit    // as written beside the number; zero when the cell held a bare number
	Approx  bool    // "c. 500", "approx. 500"
	Spelled bool    // the unit stood in the cell, not only in the header
}

// Base is the value in the base unit of its dimension.
func (v Value) Base() float64 {
	if v.Unit.Factor == 0 {
		return v.Number
	}
	return v.Number * v.Unit.Factor
}

var (
	approxWords = regexp.MustCompile(`(?i)^(?:circa|c\.|ca\.|c(?:\s|a\s)|approx(?:imately|\.)?|about|est(?:imated|\.)?|around|~|≈)\s*`)
	leading     = regexp.MustCompile(`(?i)^(£|us\$|c\$|a\$|nz\$|\$|€|gbp|usd|eur|¥|₹)\s*(\(?\s*[-−–]?\s*\d[\d,.'’ \x{00a0}]*\)?)\s*(k|m|mn|million|thousand|bn|billion|000s)?\b\s*(.*)$`)
	number      = regexp.MustCompile(`^[-−–+]?\s*(?:\d{1,3}(?:[, \x{00a0}'’]\d{3})+|\d+)?(?:[.,]\d+)?(?:[eE][-+]?\d+)?`)
)

// Quantity reads a number that may carry its unit: "0.537 hectares (1.33 acres)", "1,250 sq ft", "£1.2m", "(£500)", "45%", "c. 300 m2",
// or a bare number. When two units are given the first counts. Absent text is an error; ask Absent first.
func Quantity(s string) (Value, error) {
	s = Trim(s)
	if v, err := Number(s); err == nil {
		return Value{Number: v}, nil
	}
	if len(s) > 120 {
		return Value{}, fmt.Errorf("is a text, not a number")
	}
	var out Value
	if m := approxWords.FindString(s); m != "" && len(m) < len(s) {
		out.Approx = true
		s = Trim(s[len(m):])
		if v, err := Number(s); err == nil {
			out.Number = v
			return out, nil
		}
	}
	negative := false
	if strings.HasPrefix(s, "-£") || strings.HasPrefix(s, "-$") || strings.HasPrefix(s, "-€") {
		s, negative = s[1:], true
	} else if n := len(s); n > 2 && s[0] == '(' && s[n-1] == ')' && strings.Count(s, "(") == 1 {
		s, negative = Trim(s[1:n-1]), true
	}
	if m := leading.FindStringSubmatch(s); m != nil {
		u := spellings[strings.ToLower(m[1])]
		v, err := Number(strings.ReplaceAll(m[2], " ", ""))
		if err != nil {
			return Value{}, err
		}
		if !tailAllowed(m[4]) {
			return Value{}, fmt.Errorf("holds more than a sum of money")
		}
		out.Number, out.Unit, out.Spelled = v*scale(m[3]), u, true
		return out.signed(negative), nil
	}
	num := strings.TrimRight(number.FindString(s), " ")
	if strings.Trim(num, "-−–+ ") == "" {
		return Value{}, fmt.Errorf("is not a number")
	}
	v, err := Number(num)
	if err != nil {
		return Value{}, err
	}
	rest := Trim(s[len(num):])
	u, tail, ok := leadingUnit(rest)
	if !ok {
		if k := scale(strings.ToLower(rest)); k != 1 {
			out.Number = v * k
			return out.signed(negative), nil
		}
		return Value{}, fmt.Errorf("has %q after the number", clip(rest))
	}
	if !tailAllowed(tail) {
		return Value{}, fmt.Errorf("has %q after the number", clip(rest))
	}
	out.Number, out.Unit, out.Spelled = v, u, true
	return out.signed(negative), nil
}

func (v Value) signed(negative bool) Value {
	if negative {
		v.Number = -v.Number
	}
	return v
}

// leadingUnit takes the longest unit from the beginning of a text.
func leadingUnit(s string) (Unit, string, bool) {
	words := strings.Fields(s)
	for n := min(3, len(words)); n >= 1; n-- {
		k := strings.TrimRight(squeeze(strings.Join(words[:n], "")), ",;:")
		if u, ok := Look(k); ok {
			return u, strings.Join(words[n:], " "), true
		}
		// "hectares(1.33 acres)" without a space
		if i := strings.IndexAny(k, "(["); i > 0 && n == 1 {
			if u, ok := Look(k[:i]); ok {
				return u, "(" + strings.Join(words, " "), true
			}
		}
	}
	return Unit{}, s, false
}

// tailAllowed accepts what may follow a quantity: nothing, the same in another unit in brackets, or "per annum".
func tailAllowed(s string) bool {
	s = strings.ToLower(Trim(s))
	if s == "" || s[0] == '(' || s[0] == '[' || s[0] == '/' {
		return true
	}
	switch strings.Trim(squeeze(s), ",;()") {
	case "pa", "perannum", "peryear", "annually", "ayear", "/yr", "pcm", "approx", "approximately", "gia", "nia", "gea", "gross", "net", "total", "exvat", "+vat", "plusvat", "est", "estimated":
		return true
	}
	return false
}

func scale(s string) float64 {
	switch strings.ToLower(s) {
	case "k", "thousand", "000s":
		return 1e3
	case "m", "mn", "million":
		return 1e6
	case "bn", "billion":
		return 1e9
	}
	return 1
}

func clip(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}
