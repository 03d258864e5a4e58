package chart

import (
	"math"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/reports/chart/face"
)

const minus = "−"

// width measures text in points.
func width(s string, size float64, bold bool) float64 {
	return face.Width(s, size, face.Style{Bold: bold})
}

// fit shortens text with … until it is no wider than w; at least one character stays.
func fit(s string, w, size float64, bold bool) string {
	if width(s, size, bold) <= w {
		return s
	}
	room, n := w-width("…", size, bold), 0
	for i, r := range s {
		if room -= width(string(r), size, bold); room < 0 && i > 0 {
			break
		}
		n = i + len(string(r))
	}
	return strings.TrimRight(s[:n], " ,.") + "…"
}

// wrap breaks text into at most lines lines no wider than w; what does not fit ends with ….
func wrap(s string, w, size float64, bold bool, lines int) []string {
	var out []string
	rest := strings.Fields(s)
	for len(rest) > 0 && len(out) < lines {
		if len(out) == lines-1 {
			out = append(out, fit(strings.Join(rest, " "), w, size, bold))
			break
		}
		n, line := 1, rest[0]
		for n < len(rest) && width(line+" "+rest[n], size, bold) <= w {
			line += " " + rest[n]
			n++
		}
		out = append(out, fit(line, w, size, bold))
		rest = rest[n:]
	}
	return out
}

// format writes a value in a unit. For the numbers of an axis, scale is the largest of them, so that all share £m or £k, and step
// the distance between ticks, which decides the decimals. With step 0 the value stands alone: its own £m or £k, three figures.
func format(v float64, u Unit, scale, step float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "not known"
	}
	sign := ""
	if v < 0 {
		sign, v = minus, -v
	}
	div, prefix, suffix := 1.0, "", u.Suffix
	switch u.Kind {
	case Year:
		return sign + strconv.Itoa(int(math.Round(v)))
	case FinYear:
		y := int(math.Round(v))
		return strconv.Itoa(y) + "/" + strconv.Itoa(100 + (y+1)%100)[1:]
	case Percent:
		div, suffix = 0.01, "%"
	case Pounds:
		if v == 0 {
			return "£0" + u.Suffix
		}
		prefix = "£"
		if step == 0 {
			scale = v
		}
		switch scale = math.Abs(scale); {
		case scale >= 1e9:
			div, suffix = 1e9, "bn"+u.Suffix
		case scale >= 1e6:
			div, suffix = 1e6, "m"+u.Suffix
		case scale >= 1e4:
			div, suffix = 1e3, "k"+u.Suffix
		}
	}
	v /= div
	places := 0
	if step != 0 {
		for s := math.Abs(step / div); places < 6 && math.Abs(s-math.Round(s)) > 1e-6*max(s, 1e-9); s *= 10 {
			places++
		}
	} else {
		switch {
		case v == 0 || v >= 99.95:
		case v >= 9.995:
			places = 1
		default:
			places = 2
		}
	}
	s := strconv.FormatFloat(v, 'f', places, 64)
	if step == 0 && strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if strings.Trim(s, "0.") == "" {
		sign = ""
	}
	return sign + prefix + thousands(s) + suffix
}

// signed writes a change with its sign, + included.
func signed(v float64, u Unit, scale float64) string {
	s := format(v, u, scale, 0)
	if v > 0 && strings.ContainsAny(s, "123456789") {
		return "+" + s
	}
	return s
}

func thousands(s string) string {
	whole, frac, dot := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dot {
		return whole + "." + frac
	}
	return whole
}
