package format

import (
	"math"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// share begins the units of values that are shares of something, which people
// read as percentages.
const share = "fraction"

// ofShare are the things that a share may be of, after the sign.
var ofShare = map[string]string{"": "", "a year": words.Later(" a year"), "of works": words.Later(" of works"), "of price": words.Later(" of price"),
	"of receipt": words.Later(" of receipt")}

// parts are words within the units of the lower layers.
var parts = map[string]string{"FTE": words.Later("FTE"), "FTE hour": words.Later("hour of an FTE"), "building": words.Later("building"), "desk": words.Later("desk"),
	"hectare": words.Later("hectare"), "point": words.Later("point"), "site": words.Later("site"), "trips": words.Later("trips"), "desks": words.Later("desks"),
	"m² net internal": words.Later("m² net internal")}

// IsShare says whether values of a unit are shown as percentages.
func IsShare(unit string) bool {
	rest, ok := strings.CutPrefix(unit, share)
	_, known := ofShare[strings.TrimSpace(rest)]
	return ok && known
}

// Unit writes a unit of the lower layers as people read it, in the user's
// language: "fraction a year" as % a year, "£/m²/year" as £ per m² a year, CO₂
// with its small figure.
func Unit(unit string) string {
	if IsShare(unit) {
		return "%" + words.T(ofShare[strings.TrimSpace(strings.TrimPrefix(unit, share))])
	}
	whole := words.T(unit)
	if p := strings.Split(unit, "/"); len(p) > 1 {
		yearly := p[len(p)-1] == "year"
		if yearly {
			p = p[:len(p)-1]
		}
		whole = part(p[0])
		for _, x := range p[1:] {
			whole = words.F("%s per %s", whole, part(x))
		}
		if yearly {
			whole = words.F("%s a year", whole)
		}
	}
	return strings.ReplaceAll(whole, "CO2", "CO₂")
}

func part(s string) string {
	if w, ok := parts[s]; ok {
		return words.T(w)
	}
	return s
}

// figures is how many significant figures an assumption is shown with; what is
// kept and edited has all of them.
const figures = 4

// InUnit writes the value of an assumption as its unit asks: a share as a
// percentage, a calendar year without a comma, everything else to four
// significant figures and never less than whole.
func InUnit(v float64, unit string) string {
	switch {
	case unit == "year":
		return strconv.Itoa(int(v))
	case IsShare(unit):
		v *= 100
	}
	if !model.Finite(v) {
		return NotKnown()
	}
	decimals := 0
	if a := math.Abs(v); a > 0 && a < 1000 {
		decimals = figures - 1 - int(math.Floor(math.Log10(a)))
	}
	s := Number(v, min(decimals, 12))
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// WithUnit is a value and its unit: 5% a year, £140 per m² a year, 50 years.
func WithUnit(v float64, unit string) string {
	s, u := InUnit(v, unit), Unit(unit)
	switch {
	case unit == "" || unit == "year":
		return s
	case strings.Contains(unit, " = "), strings.Contains(unit, " or "): // what the figure is measured by
		return s + " (" + u + ")"
	case strings.HasPrefix(u, "%"):
		return s + u
	case strings.HasPrefix(u, "£"):
		if rest, ok := strings.CutPrefix(s, minus); ok {
			return minus + "£" + rest + strings.TrimPrefix(u, "£")
		}
		return "£" + s + strings.TrimPrefix(u, "£")
	}
	return s + " " + u
}

// Typed is the value of an assumption as it is typed, with every figure it has.
func Typed(v float64, unit string) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if !IsShare(unit) || !model.Finite(v) {
		return s
	}
	sign := ""
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = "-", rest
	}
	whole, rest, _ := strings.Cut(s, ".") // the point moves; nothing is multiplied, so nothing is rounded
	for len(rest) < 2 {
		rest += "0"
	}
	whole = strings.TrimLeft(whole+rest[:2], "0")
	if whole == "" {
		whole = "0"
	}
	if rest = rest[2:]; rest != "" {
		whole += "." + rest
	}
	return sign + whole
}

// ReadTyped is the value of what was typed for an assumption in a unit; ok is
// false for what is no number. Separators of thousands, £ and % may be there.
func ReadTyped(s, unit string) (v float64, ok bool) {
	s = strings.NewReplacer(",", "", "£", "", " ", "", "%", "", minus, "-").Replace(s)
	if IsShare(unit) && !strings.ContainsAny(s, "eE") {
		s += "e-2" // read as a hundredth, not divided, so that 5.6 is 0.056 to the last figure
	} else if IsShare(unit) {
		v, err := strconv.ParseFloat(s, 64)
		return v / 100, err == nil && model.Finite(v)
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && model.Finite(v)
}
