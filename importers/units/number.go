// Package units reads what people write in cells: numbers, money, areas, energy, dates, percentages, "N/A" and the rest.
//
// It knows units and forms of writing; it does not know columns or buildings. Every reader returns what it understood and in
// which unit, or an error that reads as the second half of a sentence about the value.
package units

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// Absence says why a cell gives no value.
type Absence string

// The ways of saying nothing. Nil is a number: "nil" means none of it, and is read as 0.
const (
	Present       Absence = ""
	Empty         Absence = "blank"
	NotApplicable Absence = "not applicable"
	Unknown       Absence = "not known"
	ToConfirm     Absence = "to be confirmed"
	Withheld      Absence = "withheld"
)

var absences = map[string]Absence{
	"": Empty, "-": NotApplicable, "–": NotApplicable, "—": NotApplicable, "--": NotApplicable, "---": NotApplicable,
	"n/a": NotApplicable, "na": NotApplicable, "n.a.": NotApplicable, "n.a": NotApplicable, "#n/a": NotApplicable, "n / a": NotApplicable,
	"n\\a": NotApplicable, "not applicable": NotApplicable, "does not apply": NotApplicable, "none": NotApplicable, "(blank)": Empty, "<na>": NotApplicable,
	"null": Unknown, "nan": Unknown, "(null)": Unknown, "<null>": Unknown, "unknown": Unknown, "not known": Unknown, "n/k": Unknown, "nk": Unknown,
	"not available": Unknown, "not recorded": Unknown, "not held": Unknown, "no data": Unknown, "data not available": Unknown,
	"?": Unknown, "??": Unknown, "unk": Unknown, "missing": Unknown, "not stated": Unknown, ".": Unknown, "..": Unknown, "...": Unknown,
	"tbc": ToConfirm, "t.b.c.": ToConfirm, "t.b.c": ToConfirm, "tba": ToConfirm, "tbd": ToConfirm, "to be confirmed": ToConfirm,
	"to be advised": ToConfirm, "pending": ToConfirm, "awaited": ToConfirm, "awaiting": ToConfirm,
	"withheld": Withheld, "confidential": Withheld, "exempt": Withheld, "redacted": Withheld, "*": Withheld, "commercial in confidence": Withheld,
}

// absentStart holds the first byte and the length of each, so that most text is known to be something at once.
var absentStart = func() (out [256][25]bool) {
	for w := range absences {
		if w != "" {
			out[w[0]][len(w)] = true
			if c := w[0]; c >= 'a' && c <= 'z' {
				out[c-'a'+'A'][len(w)] = true
			}
		}
	}
	return out
}()

// Absent says whether the text stands for no value, and why.
func Absent(s string) Absence {
	s = Trim(s)
	if len(s) > 24 || len(s) > 0 && !absentStart[s[0]][len(s)] {
		return Present
	}
	if a, ok := absences[s]; ok {
		return a
	}
	if a, ok := absences[strings.ToLower(s)]; ok {
		return a
	}
	return Present
}

// Trim takes away the spaces of every kind around a text, and the apostrophe with which spreadsheets mark text.
func Trim(s string) string {
	if s == "" {
		return s
	}
	if c := s[0]; c > ' ' && c < 0x80 && c != '\'' && s[len(s)-1] > ' ' && s[len(s)-1] < 0x80 {
		return s // the common case: nothing to take away
	}
	s = strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u00a0' || r == '\u200b' || r == '\ufeff' || r == '\u2007' || r == '\u202f'
	})
	return strings.TrimPrefix(s, "'")
}

// Number reads a plain number as people write it: "1,234.50", "1 234", "(1,234)" and "1,234-" for negatives, "1.234,50" where the
// comma can only be a decimal comma, "3,5e6", "nil". It does not accept words or units beside the number; see Quantity.
func Number(s string) (float64, error) {
	s = Trim(s)
	if v, ok := Plain(s); ok {
		return v, nil
	}
	if len(s) > 0 && len(s) < 40 && s[0] != '+' && s[0] != 'I' && s[0] != 'i' {
		if v, err := strconv.ParseFloat(s, 64); err == nil && plain(s) && !math.IsInf(v, 0) {
			return v, nil
		}
	}
	if strings.EqualFold(s, "nil") || strings.EqualFold(s, "zero") {
		return 0, nil
	}
	negative := false
	if n := len(s); n > 2 && s[0] == '(' && s[n-1] == ')' {
		s, negative = Trim(s[1:n-1]), true
	}
	if t, ok := strings.CutSuffix(s, "-"); ok && len(t) > 0 {
		s, negative = Trim(t), !negative
	}
	if t, ok := strings.CutPrefix(s, "−"); ok { // the real minus sign
		s, negative = Trim(t), !negative
	} else if t, ok := strings.CutPrefix(s, "–"); ok && len(t) > 0 {
		s, negative = Trim(t), !negative
	}
	s = strings.TrimPrefix(s, "+")
	clean, err := separators(s)
	if err != nil {
		return 0, err
	}
	v, err := strconv.ParseFloat(clean, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || !plain(clean) {
		return 0, fmt.Errorf("is not a number")
	}
	if negative {
		v = -v
	}
	return v, nil
}

var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// Plain reads a number of digits alone, at most 15, with a sign and a point or without: nearly all that registers hold. It gives what
// strconv.ParseFloat gives, since both the digits and the power of ten are exact.
func Plain(s string) (v float64, ok bool) {
	i, after, n := 0, -1, len(s)
	if n > 0 && s[0] == '-' {
		i = 1
	}
	if n-i == 0 || n-i > 16 || s[i] == '.' || s[n-1] == '.' {
		return 0, false
	}
	var m uint64
	digits := 0
	for ; i < n; i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			m = m*10 + uint64(c-'0')
			digits++
		case c == '.' && after < 0:
			after = n - i - 1
		default:
			return 0, false
		}
	}
	if digits > 15 {
		return 0, false
	}
	v = float64(m)
	if after > 0 {
		v /= tens[after]
	}
	if s[0] == '-' {
		v = -v
	}
	return v, true
}

// plain keeps out what strconv reads and no spreadsheet means: hexadecimal, underscores, "inf", "nan".
func plain(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9', c == '.', c == '-', c == '+', c == 'e', c == 'E':
		default:
			return false
		}
	}
	return s != ""
}

// separators takes out the marks between thousands and makes the decimal mark a point.
func separators(s string) (string, error) {
	if s == "" || len(s) > 60 {
		return "", fmt.Errorf("is not a number")
	}
	var b strings.Builder
	commas, points := strings.Count(s, ","), strings.Count(s, ".")
	decimal := byte('.')
	switch {
	case commas == 1 && points == 0 && !thousands(s, ','):
		decimal = ','
	case commas >= 1 && points == 1 && strings.LastIndexByte(s, ',') > strings.IndexByte(s, '.'):
		decimal = ',' // 1.234,50
	case commas == 0 && points > 1:
		decimal = ',' // 1.234.567
	case commas == 1 && points > 1 && strings.LastIndexByte(s, ',') > strings.LastIndexByte(s, '.'):
		decimal = ','
	}
	other := byte(',')
	if decimal == ',' {
		other = '.'
	}
	if strings.IndexByte(s, other) >= 0 && !thousands(s, other) && !(other == ',' && indian(s)) {
		return "", fmt.Errorf("is not a number: its commas and points are in odd places")
	}
	for _, r := range s {
		switch {
		case r == rune(other), r == ' ', r == '\u00a0', r == '\u202f', r == '\u2009', r == '\'', r == '’':
		case r == rune(decimal):
			b.WriteByte('.')
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), nil
}

// thousands says whether every mark in s has three digits after it up to the next mark or the decimal.
func thousands(s string, mark byte) bool {
	rest := s
	first := true
	for {
		i := strings.IndexByte(rest, mark)
		if i < 0 {
			return !first && leadingDigits(rest) == 3
		}
		if first {
			if d := i; d == 0 || d > 4 {
				return false
			}
		} else if i != 3 {
			return false
		}
		rest, first = rest[i+1:], false
	}
}

// indian allows "12,34,567": groups of two or three digits.
func indian(s string) bool {
	parts := strings.Split(strings.SplitN(s, ".", 2)[0], ",")
	for i, p := range parts {
		if i > 0 && (len(p) < 2 || len(p) > 3) {
			return false
		}
	}
	return len(parts[len(parts)-1]) == 3
}

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
