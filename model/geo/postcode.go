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

var (
	outwardForm = regexp.MustCompile(`^([A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]?|GIR)$`)
	inwardForm  = regexp.MustCompile(`^[0-9][ABD-HJLNP-UW-Z]{2}$`)
)

// ParsePostcode reads a postcode however it is spaced or cased: whole ("WA14 1PF", "wa141pf"), a sector ("WA14 1") or a district
// ("WA14"). The letter O written for a nought (and I for a one) is put right and said in Corrected. Other text, such as an
// American ZIP code, is not a postcode.
func ParsePostcode(s string) (Postcode, bool) {
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
	if len(fields) == 1 && outwardForm.MatchString(joined) {
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
	if !inwardForm.MatchString(i) {
		return Postcode{}, false
	}
	return Postcode{Outward: o, Inward: i, Corrected: fixedOut || fixedIn}, true
}

func fixOutward(out string) (string, bool, bool) {
	if outwardForm.MatchString(out) {
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
		if outwardForm.Match(b) {
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
