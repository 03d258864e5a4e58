package geo

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// System is how a pair of numbers names a place.
type System string

// The systems Flagstone reads. LonLat and NorthEast are the same two numbers in the other order.
const (
	SystemNone      System = ""
	SystemLatLon    System = "latitude, longitude"
	SystemLonLat    System = "longitude, latitude"
	SystemOSGB      System = "British National Grid easting, northing"
	SystemNorthEast System = "British National Grid northing, easting"
	SystemIrish     System = "Irish Grid easting, northing"
	SystemMercator  System = "Web Mercator metres"
)

// Geographic says whether the pair is in degrees.
func (s System) Geographic() bool { return s == SystemLatLon || s == SystemLonLat }

// Swapped is the same system with the numbers the other way round.
func (s System) Swapped() System {
	switch s {
	case SystemLatLon:
		return SystemLonLat
	case SystemLonLat:
		return SystemLatLon
	case SystemOSGB:
		return SystemNorthEast
	case SystemNorthEast:
		return SystemOSGB
	}
	return SystemNone
}

// Place reads the pair a, b in the system; it fails when the numbers cannot be a place there.
func (s System) Place(a, b float64) (LatLon, bool) {
	var p LatLon
	switch s {
	case SystemLatLon:
		p = LatLon{Lat: a, Lon: b}
	case SystemLonLat:
		p = LatLon{Lat: b, Lon: a}
	case SystemOSGB, SystemNorthEast:
		g := Grid{E: a, N: b}
		if s == SystemNorthEast {
			g = Grid{E: b, N: a}
		}
		if !g.InBritain() {
			return LatLon{}, false
		}
		p = FromOSGB(g)
	case SystemIrish:
		g := Grid{E: a, N: b}
		if !g.InIreland() {
			return LatLon{}, false
		}
		p = FromIrishGrid(g)
	case SystemMercator:
		const half = 20037508.342789244
		if math.Abs(a) > half || math.Abs(b) > half || (math.Abs(a) < 1000 && math.Abs(b) < 1000) {
			return LatLon{}, false
		}
		p = LatLon{
			Lat: degrees(2*math.Atan(math.Exp(b/6378137)) - math.Pi/2),
			Lon: degrees(a / 6378137),
		}
	default:
		return LatLon{}, false
	}
	return p, p.Valid()
}

// Pair is one pair of numbers as it stands in a table, first column first.
type Pair struct{ A, B float64 }

// GuessSystem says which system most of the pairs are in. home, when it is valid, is a place the data is known to be near (from
// its postcodes, say) and settles what the numbers alone leave open. The share is of the pairs that fit.
func GuessSystem(pairs []Pair, home LatLon) (System, float64) {
	if len(pairs) == 0 {
		return SystemNone, 0
	}
	best, bestScore, share := SystemNone, 0.0, 0.0
	for _, s := range []System{SystemOSGB, SystemLatLon, SystemLonLat, SystemNorthEast, SystemIrish, SystemMercator} {
		var score float64
		var fits int
		for _, p := range pairs {
			at, ok := s.Place(p.A, p.B)
			if !ok || (s.Geographic() && wholeNumbers(p)) {
				continue
			}
			fits++
			score += plausibility(s, at, home)
		}
		if score > bestScore {
			best, bestScore, share = s, score, float64(fits)/float64(len(pairs))
		}
	}
	return best, share
}

// wholeNumbers catches identifiers: degrees of a building are never both whole.
func wholeNumbers(p Pair) bool { return p.A == math.Trunc(p.A) && p.B == math.Trunc(p.B) }

// plausibility weighs one reading of one pair between 0 and 1.
func plausibility(s System, at, home LatLon) float64 {
	if home.Valid() {
		d := Distance(at, home)
		return 1 / (1 + sq(d/100000))
	}
	w := 0.5
	switch {
	case InBritishIsles(at):
		w = 1
	case NorthAmerica.Contains(at):
		w = 0.9
	}
	switch s {
	case SystemNorthEast, SystemIrish:
		w *= 0.6 // the usual order and the usual grid win a tie
	case SystemMercator:
		w *= 0.4
	case SystemLonLat:
		w *= 0.95
	}
	return w
}

// NorthAmerica bounds the United States and Canada.
var NorthAmerica = Rectangle{South: 18, West: -180, North: 84, East: -52}

// ReadPair reads one pair in the system of its column and, when that fails or lies more than reach metres from home, the other
// way round. It says which it was.
func ReadPair(s System, a, b float64, home LatLon, reach float64) (at LatLon, swapped, ok bool) {
	at, ok = s.Place(a, b)
	if ok && (!home.Valid() || Distance(at, home) <= reach) {
		return at, false, true
	}
	other, otherOK := s.Swapped().Place(a, b)
	if otherOK && home.Valid() && Distance(other, home) <= reach {
		return other, true, true
	}
	if !ok && otherOK {
		return other, true, true
	}
	return at, false, ok
}

var (
	numberPair = regexp.MustCompile(`^[\s(\[]*([-+]?\d+(?:\.\d+)?)\s*[,;/ |]\s*([-+]?\d+(?:\.\d+)?)[\s)\]]*$`)
	thousands  = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+$`) // 88,434 is one number
	pairWithin = regexp.MustCompile(`\(\s*([-+]?\d{1,3}\.\d+)\s*,\s*([-+]?\d{1,3}\.\d+)\s*\)`)
	wktPoint   = regexp.MustCompile(`(?i)^\s*(?:SRID=\d+;)?POINT\s*Z?\s*\(\s*([-+]?\d+(?:\.\d+)?)\s+([-+]?\d+(?:\.\d+)?)(?:\s+[-+]?\d+(?:\.\d+)?)?\s*\)\s*$`)
	dmsPart    = regexp.MustCompile(`(?i)([NSEW])?\s*(\d{1,3}(?:\.\d+)?)\s*[°ºd]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′’m]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″”s]|'')\s*)?([NSEW])?`)
)

// Text is a place found in a text: either a pair of numbers whose system its column must settle, or a place outright.
type Text struct {
	Pair   Pair
	Place  LatLon
	Placed bool // Place is known; otherwise Pair holds the numbers
}

// ParseText reads a place written in one cell: "440715,354526", "(51.388, -2.365)", an address ending in such a pair,
// "POINT(-2.3 53.4)", "53°23'16\"N 2°21'8\"W" or a grid reference.
func ParseText(s string) (Text, error) {
	s = strings.TrimSpace(s)
	if len(s) > 2000 {
		return Text{}, fmt.Errorf("too long for a place")
	}
	if m := wktPoint.FindStringSubmatch(s); m != nil {
		lon, lat := toFloat(m[1]), toFloat(m[2])
		p := LatLon{Lat: lat, Lon: lon}
		if p.Valid() {
			return Text{Place: p, Placed: true}, nil
		}
		return Text{Pair: Pair{lon, lat}}, nil
	}
	if m := numberPair.FindStringSubmatch(s); m != nil && !thousands.MatchString(s) {
		return Text{Pair: Pair{toFloat(m[1]), toFloat(m[2])}}, nil
	}
	if m := pairWithin.FindStringSubmatch(s); m != nil {
		return Text{Pair: Pair{toFloat(m[1]), toFloat(m[2])}}, nil
	}
	if p, ok := parseDMS(s); ok {
		return Text{Place: p, Placed: true}, nil
	}
	// One letter and eight digits is a code of a statistical area more often than an Irish grid reference without spaces.
	if r, err := ParseGridRef(s); err == nil && (!r.Ireland || strings.ContainsAny(s, " \t")) {
		p := r.Place()
		return Text{Place: p, Placed: true}, nil
	}
	return Text{}, fmt.Errorf("%q is not a place", shorten(s))
}

// ParseDegrees reads one latitude or longitude: "53.3879", "-2,352", "53°23'16\"N", "2.35 W".
func ParseDegrees(s string) (float64, error) {
	s = strings.TrimSpace(s)
	if v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64); err == nil && finite(v) {
		return v, nil
	}
	if m := dmsPart.FindStringSubmatch(s); m != nil && len(m[0]) == len(s) {
		return fromDMS(m), nil
	}
	if n := len(s); n > 1 {
		if v, err := strconv.ParseFloat(strings.TrimSpace(s[:n-1]), 64); err == nil && finite(v) {
			switch s[n-1] {
			case 'N', 'E', 'n', 'e':
				return v, nil
			case 'S', 'W', 's', 'w':
				return -v, nil
			}
		}
	}
	return 0, fmt.Errorf("%q is not a latitude or longitude", shorten(s))
}

func parseDMS(s string) (LatLon, bool) {
	m := dmsPart.FindAllStringSubmatch(s, -1)
	if len(m) != 2 {
		return LatLon{}, false
	}
	a, b := fromDMS(m[0]), fromDMS(m[1])
	if h := strings.ToUpper(m[0][1] + m[0][5]); h == "E" || h == "W" {
		a, b = b, a
	}
	p := LatLon{Lat: a, Lon: b}
	return p, p.Valid()
}

func fromDMS(m []string) float64 {
	v := toFloat(m[2]) + toFloat(m[3])/60 + toFloat(m[4])/3600
	if h := strings.ToUpper(m[1] + m[5]); strings.ContainsAny(h, "SW") {
		return -v
	}
	return v
}

func toFloat(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !finite(v) {
		return 0
	}
	return v
}
