package mapping

import (
	"strings"
	"unicode"
)

// expand turns short forms into the words they stand for.
var expand = map[string]string{
	"gia": "gross internal area", "nia": "net internal area", "gfa": "gross floor area", "gea": "gross external area", "gifa": "gross internal floor area",
	"ref": "reference", "refs": "reference", "refno": "reference number", "no": "number", "num": "number", "nr": "number", "nos": "number", "cd": "code", "nm": "name",
	"addr": "address", "add": "address", "bldg": "building", "bldgs": "building", "bld": "building", "blg": "building", "prop": "property", "org": "organisation", "organization": "organisation",
	"organizations": "organisation", "elec": "electricity", "electric": "electricity", "electrical": "electricity", "maint": "maintenance", "lat": "latitude", "long": "longitude", "lng": "longitude", "lon": "longitude",
	"zip": "postcode", "zipcode": "postcode", "postalcode": "postcode", "pcode": "postcode", "pc": "postcode", "post code": "postcode", "yr": "year", "dt": "date", "desc": "description", "descr": "description", "qty": "number",
	"eastings": "easting", "northings": "northing", "east": "easting", "north": "northing", "popn": "population", "pop": "population", "fh": "freehold", "lh": "leasehold",
	"auth": "authority", "dept": "department", "wte": "fte", "cat": "category", "cons": "consumption", "consumed": "consumption", "usage": "use", "used": "use",
	"costs": "cost", "annum": "year", "exp": "expiry", "grd": "grade", "occ": "occupancy", "coord": "coordinate", "coords": "coordinate", "coordinates": "coordinate", "co": "co",
	"neighbourhood": "neighborhood", "licence": "license", "sq": "square", "footage": "feet", "estb": "establishment", "estab": "establishment", "req": "required", "st": "street",
	"lsoa21cd": "lsoa code", "lsoa11cd": "lsoa code", "lsoa21nm": "lsoa name", "lsoa11nm": "lsoa name", "msoa21cd": "msoa code", "msoa21nm": "msoa name", "wd23cd": "ward code", "wd22cd": "ward code", "wd24cd": "ward code",
	"oa21cd": "output area code", "lad23cd": "district code", "lad22cd": "district code", "lad23nm": "district name", "wd23nm": "ward name", "hh": "households", "uprns": "uprn", "postcodes": "postcode", "ngr": "grid reference",
	"osgr": "grid reference", "ftes": "fte", "wtes": "fte", "frv": "reversionary value", "nbv": "net book value", "omv": "market value", "euv": "existing use value", "nndr": "business rates", "ll": "landlord", "mv": "market value",
	"cond": "condition", "backlogs": "backlog", "rm": "room", "ft": "feet", "sf": "square feet", "sqft": "square feet", "sqm": "square metres", "metres": "metres", "meters": "metres", "ppl": "people", "dist": "dist",
	"fuels": "fuel", "buildings": "building", "properties": "property", "sites": "site", "assets": "asset", "rents": "rent", "details": "detail", "hours": "hours", "labels": "label", "teams": "team", "services": "service",
	"workstations": "workstation", "desks": "desk", "employees": "employee", "visitors": "visits", "values": "value", "ratings": "rating", "types": "type", "names": "name", "areas": "area",
}

// neutral words neither make nor spoil a header.
var neutral = set("the of for in at a an and or to by on from per is this its with property building site asset premises total annual annually year current latest stated reported self full main primary real " +
	"estimated approx approximate actual est s select if known label text data figure as pa our your dcas e g eg ie etc geo record 1 i " +
	"kwh mwh gwh gj mj kbtu therms m2 m² sqm sqft ha gbp k £k £m ytd fy")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// vocabulary holds every word the catalogue's rules are made of; built once from it.
var vocabulary = map[string]bool{}

// Tokens cuts a header into lower-case words: spaces, punctuation, snake_case and CamelCase are boundaries, short forms are
// expanded, and words run together ("siteref") are parted when the parts are known.
func Tokens(header string) []string {
	var out []string
	header = holdWords.Replace(header)
	for _, raw := range rawTokens(header) {
		if e, ok := expand[raw]; ok {
			out = append(out, strings.Fields(e)...)
			continue
		}
		if vocabulary[raw] || neutral[raw] {
			out = append(out, raw)
			continue
		}
		out = append(out, part(raw)...)
	}
	// "post code", "zip code", "gross floor"
	for i := 0; i+1 < len(out); i++ {
		if (out[i] == "post" || out[i] == "postal" || out[i] == "postcode") && out[i+1] == "code" {
			out = append(out[:i], append([]string{"postcode"}, out[i+2:]...)...)
		}
	}
	return out
}

var holdWords = strings.NewReplacer("F/H", " freehold ", "f/h", " freehold ", "L/H", " leasehold ", "l/h", " leasehold ", "F / H", " freehold ", "L / H", " leasehold ",
	"kWh", "kwh", "KWh", "kwh", "kwH", "kwh", "MWh", "mwh", "GWh", "gwh", "kBtu", "kbtu", "kBTU", "kbtu", "m²", "m2", "m³", "m3", "ft²", "ft2", "CO2", "co2", "NaN", "nan")

func rawTokens(s string) []string {
	var out []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			out = append(out, strings.ToLower(b.String()))
			b.Reset()
		}
	}
	rs := []rune(s)
	for i, r := range rs {
		switch {
		case r == '\'' || r == '’':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case i > 0 && unicode.IsUpper(r):
			prev := rs[i-1]
			nextLower := i+1 < len(rs) && unicode.IsLower(rs[i+1])
			if unicode.IsLower(prev) || (unicode.IsUpper(prev) && nextLower && !lonePlural(rs, i)) {
				flush()
			}
		case i > 0 && unicode.IsDigit(r) != unicode.IsDigit(rs[i-1]) && b.Len() > 0:
			if !(strings.HasPrefix(strings.ToLower(b.String()), "m") && b.Len() == 1) && !gssWord(rs, i) {
				flush()
			}
		}
		b.WriteRune(r)
	}
	flush()
	return out
}

// lonePlural keeps "FTEs" and "UPRNs" whole.
func lonePlural(rs []rune, i int) bool {
	return i+2 == len(rs) && rs[i+1] == 's' || i+2 < len(rs) && rs[i+1] == 's' && !unicode.IsLetter(rs[i+2])
}

// gssWord keeps "LSOA21CD" and its kin whole.
func gssWord(rs []rune, i int) bool {
	s := strings.ToUpper(string(rs))
	for _, w := range []string{"LSOA21CD", "LSOA11CD", "LSOA21NM", "LSOA11NM", "MSOA21CD", "MSOA21NM", "WD23CD", "WD22CD", "WD24CD", "WD23NM", "OA21CD", "LAD23CD", "LAD22CD", "LAD23NM"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// longestPart is how long a word written together may be, in bytes: no header has three known words that are longer, and every way to
// split it in three is tried.
const longestPart = 80

// part splits a word written together into two or three known words, or completes one cut off at ten letters by an old file format.
func part(w string) []string {
	if len(w) < 5 || len(w) > longestPart {
		return []string{w}
	}
	for i := len(w) - 2; i >= 3; i-- {
		a, b := w[:i], w[i:]
		if known(a) && known(b) {
			return append(words(a), words(b)...)
		}
	}
	for i := 3; i < len(w)-5; i++ {
		for j := i + 3; j < len(w)-1; j++ {
			if known(w[:i]) && known(w[i:j]) && known(w[j:]) {
				return append(append(words(w[:i]), words(w[i:j])...), words(w[j:])...)
			}
		}
	}
	for _, tail := range []string{"name", "code", "type", "date", "reference", "postcode", "address"} {
		if a, ok := strings.CutSuffix(w, tail); ok && len(a) >= 2 {
			return append(words(a), tail)
		}
	}
	if len(w) >= 8 && len(w) <= 10 {
		whole := ""
		for v := range vocabulary {
			if strings.HasPrefix(v, w) && len(v) > len(w) && (whole == "" || len(v) < len(whole) || len(v) == len(whole) && v < whole) {
				whole = v
			}
		}
		if whole != "" {
			return []string{whole}
		}
	}
	if s, ok := strings.CutSuffix(w, "s"); ok && vocabulary[s] {
		return []string{s}
	}
	return []string{w}
}

func known(w string) bool {
	if len(w) < 2 {
		return false
	}
	if vocabulary[w] || expand[w] != "" {
		return true
	}
	return neutral[w] && len(w) > 3
}

func words(w string) []string {
	if e, ok := expand[w]; ok {
		return strings.Fields(e)
	}
	return []string{w}
}

// Known says whether a header is made of words that tables of buildings, services or people use.
func Known(header string) bool {
	toks := Tokens(header)
	hits, all := 0, 0
	for _, t := range toks {
		if len(t) < 2 {
			continue
		}
		all++
		if vocabulary[t] || (neutral[t] && len(t) > 3) {
			hits++
		}
	}
	return all > 0 && all <= 12 && hits*2 >= all && hits > 0
}

// Names says whether a header is that of a column which names things: buildings, services or areas.
func Names(header string) bool {
	toks := Tokens(header)
	for _, id := range []FieldID{Name, Reference, UPRN, ServiceName, AreaCode} {
		if f := ByID(id); f != nil {
			if score, _ := f.match(toks); score >= 0.6 {
				return true
			}
		}
	}
	return false
}
