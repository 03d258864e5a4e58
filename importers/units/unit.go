package units

import (
	"regexp"
	"sort"
	"strings"
)

// Dimension is what a unit measures.
type Dimension string

// The dimensions Flagstone reads, with the base unit of each.
const (
	None       Dimension = ""
	Area       Dimension = "area"       // m²
	Energy     Dimension = "energy"     // kWh
	Money      Dimension = "money"      // whole units of the currency
	Share      Dimension = "percentage" // 0 to 1
	Volume     Dimension = "volume"     // m³
	Liquid     Dimension = "liquid"     // litres
	Emission   Dimension = "emission"   // kg CO2e
	Length     Dimension = "length"     // m
	Count      Dimension = "count"
	Time       Dimension = "time" // hours
	Power      Dimension = "power"
	Ratio      Dimension = "ratio" // one unit over another: kBtu/sq ft, £/m²
	EnergyArea Dimension = "energy intensity"
)

// Unit is a way of counting a dimension.
type Unit struct {
	Symbol    string    `json:"symbol"`
	Dimension Dimension `json:"dimension,omitempty"`
	Factor    float64   `json:"factor,omitempty"`   // one of this unit in the base unit
	Currency  string    `json:"currency,omitempty"` // ISO 4217, of money
}

// IsZero says whether no unit is named.
func (u Unit) IsZero() bool { return u.Symbol == "" }

// Square metres, hectares and the rest, for callers that know what they want.
var (
	SquareMetre = Unit{Symbol: "m²", Dimension: Area, Factor: 1}
	SquareFoot  = Unit{Symbol: "sq ft", Dimension: Area, Factor: 0.09290304}
	Hectare     = Unit{Symbol: "ha", Dimension: Area, Factor: 10000}
	Acre        = Unit{Symbol: "acres", Dimension: Area, Factor: 4046.8564224}
	KWh         = Unit{Symbol: "kWh", Dimension: Energy, Factor: 1}
	Pound       = Unit{Symbol: "£", Dimension: Money, Factor: 1, Currency: "GBP"}
	PerCent     = Unit{Symbol: "%", Dimension: Share, Factor: 0.01}
	CubicMetre  = Unit{Symbol: "m³", Dimension: Volume, Factor: 1}
	Litre       = Unit{Symbol: "litres", Dimension: Liquid, Factor: 1}
)

// GasPerCubicMetre is kWh in a cubic metre of natural gas: volume correction 1.02264, calorific value 39.5 MJ/m³, as on a United
// Kingdom gas bill.
const GasPerCubicMetre = 1.02264 * 39.5 / 3.6

// spellings of each unit, in lower case without spaces or full stops.
var spellings = map[string]Unit{}

func spell(u Unit, words ...string) {
	for _, w := range words {
		spellings[w] = u
	}
}

func money(symbol string, factor float64, currency string) Unit {
	return Unit{Symbol: symbol, Dimension: Money, Factor: factor, Currency: currency}
}

func init() {
	spell(SquareMetre, "m²", "m2", "sqm", "sqmt", "sqmts", "sqmtr", "sqmtrs", "sqmetre", "sqmetres", "sqmeter", "sqmeters", "squaremetre", "squaremetres",
		"squaremeter", "squaremeters", "msq", "m^2", "metressquared", "mtrs2", "gia(m2)", "m²gia", "m2gia", "sqmgia", "m²nia", "m2nia")
	spell(SquareFoot, "sqft", "ft2", "ft²", "sf", "gsf", "rsf", "usf", "sqfeet", "squarefoot", "squarefeet", "ftsq", "ft^2", "sqfoot", "squareft")
	spell(Unit{"sq yd", Area, 0.83612736, ""}, "sqyd", "sqyds", "squareyards", "yd2", "yd²")
	spell(Hectare, "ha", "hectare", "hectares", "has", "hect", "hecs", "hctares")
	spell(Acre, "acre", "acres", "ac")
	spell(Unit{"km²", Area, 1e6, ""}, "km2", "km²", "sqkm")
	spell(KWh, "kwh", "kwhr", "kwhrs", "kilowatthours", "kilowatthour", "kwhours", "kwh/yr", "kwhpa", "kwh/a", "kwh/year", "kwhperannum", "kw/h")
	spell(Unit{"MWh", Energy, 1000, ""}, "mwh", "megawatthours", "mwhr", "mwhrs")
	spell(Unit{"GWh", Energy, 1e6, ""}, "gwh", "gigawatthours")
	spell(Unit{"Wh", Energy, 1e-3, ""}, "wh")
	spell(Unit{"GJ", Energy, 1000 / 3.6, ""}, "gj", "gigajoules", "gigajoule")
	spell(Unit{"MJ", Energy, 1 / 3.6, ""}, "mj", "megajoules")
	spell(Unit{"TJ", Energy, 1e6 / 3.6, ""}, "tj")
	spell(Unit{"therms", Energy, 29.3071, ""}, "therm", "therms", "thm")
	spell(Unit{"kBtu", Energy, 0.29307107, ""}, "kbtu", "kbtus", "mbh", "thousandbtu")
	spell(Unit{"MMBtu", Energy, 293.07107, ""}, "mmbtu", "mbtu", "millionbtu")
	spell(Unit{"toe", Energy, 11630, ""}, "toe")
	spell(Pound, "£", "gbp", "pounds", "poundssterling", "sterling", "£pa", "£/yr", "£perannum", "£/annum", "£/pa", "£/year", "£exvat", "£exclvat")
	spell(money("£k", 1e3, "GBP"), "£k", "£000", "£000s", "£'000", "£’000", "£'000s", "£’000s", "k£", "gbpk", "gbp000", "£thousand", "£thousands", "£ths", "thousandpounds", "£1000", "£1,000", "£000'", "000s", "£,000", "£m'000")
	spell(money("£m", 1e6, "GBP"), "£m", "£mn", "£million", "£millions", "gbpm", "£mil", "£ms", "millionpounds")
	spell(money("p", 0.01, "GBP"), "pence", "p")
	spell(money("US$", 1, "USD"), "$", "us$", "usd", "dollars")
	spell(money("US$k", 1e3, "USD"), "$k", "$000", "$000s", "$'000", "usdk")
	spell(money("US$m", 1e6, "USD"), "$m", "$million", "usdm")
	spell(money("€", 1, "EUR"), "€", "eur", "euro", "euros")
	spell(money("€k", 1e3, "EUR"), "€k", "€000", "€'000", "eurk", "k€", "t€")
	spell(money("€m", 1e6, "EUR"), "€m", "€million", "m€", "eurm")
	spell(money("C$", 1, "CAD"), "c$", "cad", "ca$")
	spell(money("A$", 1, "AUD"), "a$", "aud", "au$")
	spell(money("NZ$", 1, "NZD"), "nz$", "nzd")
	spell(money("CHF", 1, "CHF"), "chf")
	spell(money("kr", 1, "SEK"), "sek")
	spell(money("kr", 1, "DKK"), "dkk")
	spell(money("kr", 1, "NOK"), "nok")
	spell(money("zł", 1, "PLN"), "pln", "zł")
	spell(money("¥", 1, "JPY"), "¥", "jpy")
	spell(money("₹", 1, "INR"), "₹", "inr")
	spell(PerCent, "%", "percent", "percentage", "pct", "pc", "percentage%")
	spell(CubicMetre, "m³", "m3", "cum", "cubicmetres", "cubicmetre", "cubicmeters", "m^3", "cbm")
	spell(Unit{"hundred ft³", Volume, 2.8316846592, ""}, "ccf", "hcf", "hundredcubicfeet", "100cf")
	spell(Unit{"ft³", Volume, 0.028316846592, ""}, "cf", "ft3", "ft³", "cubicfeet", "cuft")
	spell(Unit{"thousand US gallons", Volume, 3.785411784, ""}, "kgal", "kgals")
	spell(Litre, "l", "litre", "litres", "ltr", "ltrs", "liter", "liters")
	spell(Unit{"US gallons", Liquid, 3.785411784, ""}, "gal", "gals", "gallons", "usgallons", "usgal")
	spell(Unit{"kgCO2e", Emission, 1, ""}, "kgco2e", "kgco2", "kgco₂e", "kgco₂")
	spell(Unit{"tCO2e", Emission, 1000, ""}, "tco2e", "tco2", "tonnesco2e", "tonnesco2", "mtco2e", "metrictonsco2e", "tonsco2e", "tco₂e", "tonnesofco2")
	spell(Unit{"tonnes", None, 0, ""}, "tonnes", "tonne", "tons", "t")
	spell(Unit{"m", Length, 1, ""}, "m", "metres", "meters", "metre")
	spell(Unit{"ft", Length, 0.3048, ""}, "ft", "feet")
	spell(Unit{"km", Length, 1000, ""}, "km")
	spell(Unit{"miles", Length, 1609.344, ""}, "mi", "miles")
	spell(Unit{"number", Count, 1, ""}, "no", "nos", "number", "num", "count", "nr", "#", "qty", "people", "persons", "beds", "desks", "spaces", "workstations", "staff", "households", "dwellings", "homes", "units")
	spell(Unit{"FTE", Count, 1, ""}, "fte", "ftes", "wte", "wtes")
	spell(Unit{"hours", Time, 1, ""}, "hours", "hrs", "hr", "h")
	spell(Unit{"kW", Power, 1, ""}, "kw", "kwp", "kva", "kwe")
	for w, u := range map[string]Unit{"kbtu/ft2": {"kBtu/sq ft", EnergyArea, 3.15459, ""}, "kbtu/sf": {"kBtu/sq ft", EnergyArea, 3.15459, ""},
		"gj/m²": {"GJ/m²", EnergyArea, 1000 / 3.6, ""}, "kwh/m²": {"kWh/m²", EnergyArea, 1, ""}, "kwh/m2": {"kWh/m²", EnergyArea, 1, ""},
		"kwh/sqm": {"kWh/m²", EnergyArea, 1, ""}, "gj/m2": {"GJ/m²", EnergyArea, 1000 / 3.6, ""}} {
		spellings[w] = u
	}
}

// Look finds a unit by its spelling alone: "sq. ft.", "M2", "£'000", "kWh p.a.".
func Look(s string) (Unit, bool) {
	k := squeeze(s)
	if k == "" || len(k) > 30 {
		return Unit{}, false
	}
	if u, ok := spellings[k]; ok {
		return u, true
	}
	for _, tail := range []string{"perannum", "peryear", "ayear", "/annum", "/year", "/yr", "pa", "annual", "peryr"} {
		if t, ok := strings.CutSuffix(k, tail); ok {
			if u, ok := spellings[t]; ok {
				return u, true
			}
		}
	}
	if over, under, ok := cutRatio(k); ok {
		a, okA := spellings[over]
		_, okB := spellings[under]
		if okA && okB {
			return Unit{Symbol: a.Symbol + "/" + under, Dimension: Ratio}, true
		}
	}
	return Unit{}, false
}

func cutRatio(k string) (over, under string, ok bool) {
	if over, under, ok = strings.Cut(k, "/"); ok {
		return over, under, true
	}
	return strings.Cut(k, "per")
}

// squeeze lowers the case and drops spaces, full stops and underscores.
func squeeze(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch r {
		case ' ', '.', '_', '\u00a0', '\n', '\r', '\t', '-':
		case '²':
			b.WriteRune('²')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

var (
	inBrackets = regexp.MustCompile(`[(\[{]([^()\[\]{}]*)[)\]}]`)
	trailing   []string // spellings that may stand as the last word of a header, longest first
)

func init() {
	for w, u := range spellings {
		switch {
		case len([]rune(w)) < 2 && w != "£" && w != "%" && w != "$" && w != "€":
			continue // a lone letter is no unit without brackets
		case u.Dimension == Count || u.Dimension == None || u.Dimension == Length || u.Dimension == Time:
			continue
		case w == "ac" || w == "pc" || w == "sf" || w == "cf" || w == "has" || w == "gal" || w == "sterling":
			if w != "sf" {
				continue
			}
		}
		trailing = append(trailing, w)
	}
	sort.Slice(trailing, func(i, j int) bool {
		if len(trailing[i]) != len(trailing[j]) {
			return len(trailing[i]) > len(trailing[j])
		}
		return trailing[i] < trailing[j]
	})
}

// InHeader finds the unit a header states – in brackets, after a comma, dash or underscore, or as its last word or words – and
// returns the header without it.
func InHeader(header string) (u Unit, rest string, ok bool) {
	for _, m := range inBrackets.FindAllStringSubmatchIndex(header, -1) {
		inside := header[m[2]:m[3]]
		if u, ok := Look(inside); ok {
			return u, strings.TrimSpace(header[:m[0]] + " " + header[m[1]:]), true
		}
		// "(GIA m2)", "(£ per annum)", "(sq ft, gross)": any part that is a unit by itself.
		for _, part := range strings.FieldsFunc(inside, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
			if u, ok := Look(part); ok && u.Dimension != Count && u.Dimension != Length {
				return u, header, true
			}
		}
	}
	words := strings.FieldsFunc(header, func(r rune) bool {
		return r == ' ' || r == '_' || r == ',' || r == ':' || r == '\n' || r == '\r' || r == '\t' || r == '–' || r == '|'
	})
	for n := min(3, len(words)); n >= 1; n-- {
		tail := strings.Join(words[len(words)-n:], "")
		k := strings.Trim(squeeze(tail), "()[]")
		if u, ok := spellings[k]; ok && mayTrail(k) {
			return u, strings.Join(words[:len(words)-n], " "), true
		}
	}
	if len(words) > 0 && len(words) > 1 {
		if k := squeeze(words[0]); (strings.HasPrefix(k, "£") || strings.HasPrefix(k, "$") || strings.HasPrefix(k, "€") || k == "gbp") && spellings[k].Dimension == Money {
			return spellings[k], strings.Join(words[1:], " "), true // "£ rent"
		}
	}
	// A unit in the midst of the words: "Electricity kWh 2023/24".
	for i, w := range words {
		if k := strings.Trim(squeeze(w), "()[]"); len(k) > 1 && mayTrail(k) {
			rest := append(append([]string(nil), words[:i]...), words[i+1:]...)
			return spellings[k], strings.Join(rest, " "), true
		}
	}
	return Unit{}, header, false
}

func mayTrail(k string) bool {
	i := sort.Search(len(trailing), func(i int) bool {
		return len(trailing[i]) < len(k) || (len(trailing[i]) == len(k) && trailing[i] >= k)
	})
	return i < len(trailing) && trailing[i] == k
}
