package geo

import (
	"regexp"
	"strings"
)

// Postcode is a United Kingdom postcode, whole or in part.
type Postcode struct {
	Outward   string // "WA14"
	Inward    string // "1PF", "1" for a sector, or empty for a district alone
	Corrected bool   // a letter O, I or S standing for a digit (or the reverse) was put right
}

// String writes the postcode with one space: "WA14 1PF", "WA14 1", "WA14".
func (p Postcode) String() string { return strings.TrimSpace(p.Outward + " " + p.Inward) }

// Whole says whether the postcode names a unit (a street side, usually about 15 addresses).
func (p Postcode) Whole() bool { return len(p.Inward) == 3 }

// Sector is "WA14 1", empty when only the district is known.
func (p Postcode) Sector() string {
	if p.Inward == "" {
		return ""
	}
	return p.Outward + " " + p.Inward[:1]
}

// outward says whether the text has the form of a district: one or two letters, a digit, and perhaps a digit or a letter.
func outward(s string) bool {
	if s == "GIR" {
		return true
	}
	i := 0
	for i < len(s) && s[i] >= 'A' && s[i] <= 'Z' {
		i++
	}
	if i < 1 || i > 2 || i >= len(s) || len(s)-i > 2 || strings.IndexByte("QVX", s[0]) >= 0 || i == 2 && strings.IndexByte("IJZ", s[1]) >= 0 {
		return false
	}
	if s[i] < '0' || s[i] > '9' {
		return false
	}
	if len(s) == i+2 {
		c := s[i+1]
		return c >= '0' && c <= '9' || strings.IndexByte("ABCDEFGHJKMNPRSTUVWXY", c) >= 0
	}
	return true
}

// inward says whether the text is a digit and two letters, none of C, I, K, M, O and V.
func inward(s string) bool {
	return len(s) == 3 && s[0] >= '0' && s[0] <= '9' && unitLetter(s[1]) && unitLetter(s[2])
}

func unitLetter(c byte) bool { return c >= 'A' && c <= 'Z' && strings.IndexByte("CIKMOV", c) < 0 }

// ParsePostcode reads a postcode however it is spaced or cased: whole ("WA14 1PF", "wa141pf"), a sector ("WA14 1") or a district
// ("WA14"). The letter O written for a nought (and I for a one) is put right and said in Corrected. Other text, such as an
// American ZIP code, is not a postcode.
func ParsePostcode(s string) (Postcode, bool) {
	if i := strings.IndexByte(s, ' '); i > 1 && len(s) == i+4 && outward(s[:i]) && inward(s[i+1:]) {
		return Postcode{Outward: s[:i], Inward: s[i+1:]}, true // as it should be
	}
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) < 2 || len(s) > 12 {
		return Postcode{}, false
	}
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\u00a0' || r == '-' || r == '.' || r == '\t' })
	joined := strings.Join(fields, "")
	for _, c := range joined {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return Postcode{}, false
		}
	}
	if len(joined) < 2 || len(joined) > 7 {
		return Postcode{}, false
	}
	if len(joined) >= 5 {
		out, in := joined[:len(joined)-3], joined[len(joined)-3:]
		if p, ok := fit(out, in); ok {
			return p, true
		}
	}
	if len(fields) == 2 && len(fields[1]) == 1 {
		if o, fixed, ok := fixOutward(fields[0]); ok && fields[1][0] >= '0' && fields[1][0] <= '9' {
			return Postcode{Outward: o, Inward: fields[1], Corrected: fixed}, true
		}
	}
	if len(fields) == 1 && outward(joined) {
		return Postcode{Outward: joined}, true
	}
	return Postcode{}, false
}

func fit(out, in string) (Postcode, bool) {
	o, fixedOut, ok := fixOutward(out)
	if !ok {
		return Postcode{}, false
	}
	i, fixedIn := fixInward(in)
	if !inward(i) {
		return Postcode{}, false
	}
	return Postcode{Outward: o, Inward: i, Corrected: fixedOut || fixedIn}, true
}

func fixOutward(out string) (string, bool, bool) {
	if outward(out) {
		return out, false, true
	}
	// A letter O or I after the area letters stands for a digit.
	b := []byte(out)
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case 'O':
			b[i] = '0'
		case 'I', 'L':
			b[i] = '1'
		default:
			continue
		}
		if outward(string(b)) {
			return string(b), true, true
		}
	}
	return out, false, false
}

func fixInward(in string) (string, bool) {
	b := []byte(in)
	switch b[0] {
	case 'O':
		b[0] = '0'
	case 'I', 'L':
		b[0] = '1'
	case 'S':
		b[0] = '5'
	}
	return string(b), string(b) != in
}

// postcodeInText finds a postcode within an address.
var postcodeInText = regexp.MustCompile(`(?i)\b([A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]?)\s*([0-9][ABD-HJLNP-UW-Z]{2})\b`)

// FindPostcode finds the last whole postcode written inside a longer text, such as an address.
func FindPostcode(text string) (Postcode, bool) {
	m := postcodeInText.FindAllStringSubmatch(text, -1)
	if len(m) == 0 {
		return Postcode{}, false
	}
	last := m[len(m)-1]
	return Postcode{Outward: strings.ToUpper(last[1]), Inward: strings.ToUpper(last[2])}, true
}
