package units

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Identifier reads a reference as it stands: text is kept with its leading zeros; a number that a spreadsheet stored as one loses a
// ".0" it never had; "1.00013E+11" has lost its last digits and is an error.
func Identifier(s string) (string, error) {
	if s = Trim(s); !oneWord(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	if i := strings.IndexAny(s, "eE"); i > 0 && strings.Contains(s, "+") {
		if v, err := strconv.ParseFloat(s, 64); err == nil && v > 1e6 {
			mantissa := len(strings.Trim(strings.ReplaceAll(s[:i], ".", ""), "-"))
			if math.Log10(v) >= float64(mantissa) {
				return "", fmt.Errorf("was shortened by a spreadsheet program and its last digits are lost")
			}
			return strconv.FormatFloat(v, 'f', -1, 64), nil
		}
	}
	if t, ok := strings.CutSuffix(s, ".0"); ok && digits(t) {
		return t, nil
	}
	return s, nil
}

// UPRN reads a unique property reference number: up to twelve digits, without leading zeros.
func UPRN(s string) (string, error) {
	if len(s) > 0 && len(s) <= 12 && s[0] != '0' && digits(s) {
		return s, nil
	}
	id, err := Identifier(s)
	if err != nil {
		return "", err
	}
	id = strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(id), "uprn"), ":"), " ", "")
	id = strings.TrimLeft(id, "0")
	switch {
	case id == "":
		return "", fmt.Errorf("holds no digits")
	case !digits(id):
		return "", fmt.Errorf("is not a UPRN: a UPRN is up to 12 digits")
	case len(id) > 12:
		return "", fmt.Errorf("is not a UPRN: it has %d digits, the most is 12", len(id))
	}
	return id, nil
}

// oneWord says whether a text is of plain characters without any space.
func oneWord(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// EnergyRating reads an energy performance or display certificate band: "B", "b (45)", "EPC C", "D 92", or the number alone.
func EnergyRating(s string) (string, error) {
	if len(s) == 1 && s[0] >= 'A' && s[0] <= 'G' {
		return s, nil
	}
	t := strings.ToUpper(Trim(s))
	for _, p := range []string{"EPC", "DEC", "RATING", "BAND", "GRADE", ":", "-"} {
		t = strings.TrimSpace(strings.TrimPrefix(t, p))
	}
	if t == "" {
		return "", fmt.Errorf("is not an energy rating")
	}
	if t[0] >= 'A' && t[0] <= 'G' {
		rest := strings.TrimSpace(t[1:])
		if rest == "" || rest[0] == '+' || rest[0] == '(' || rest[0] == '-' || rest[0] == '/' || (rest[0] >= '0' && rest[0] <= '9') {
			if rest != "" && rest[0] == '+' && t[0] == 'A' {
				return "A+", nil
			}
			return t[:1], nil
		}
	}
	if v, err := Number(t); err == nil && v >= -50 && v <= 500 {
		// Non-domestic certificates: 0–25 is A, then a band each 25.
		band := int(math.Ceil(v/25)) - 1
		return string(rune('A' + min(6, max(0, band)))), nil
	}
	return "", fmt.Errorf("is not an energy rating: A to G, or the number of the certificate")
}
