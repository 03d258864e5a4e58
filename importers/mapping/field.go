// Package mapping says what the columns of a table mean: it suggests a field for each, with a confidence and the reason, and
// holds the choice as an editable mapping that can be saved under a name and used again on the same layout.
//
// Suggestions rest on three things: the words of the header, the unit it states, and the values below it. The rules are general;
// no file has rules of its own.
package mapping

import (
	"strings"

	"github.com/planting-the-flag/flagstone/importers/units"
)

// FieldID names what a column can mean.
type FieldID string

// Group says what kind of thing a field belongs to.
type Group string

// The groups of fields.
const (
	Assets      Group = "assets"
	Services    Group = "services"
	Occupations Group = "occupations"
	Population  Group = "population"
	Boundary    Group = "boundary"
	Energy      Group = "energy"
	Manual      Group = "manual-streams"
	Anything    Group = "" // a field that any kind of table may have
)

// The fields. Their names are those of the mapping file and of the import report.
const (
	UPRN           FieldID = "uprn"
	Reference      FieldID = "reference"
	Name           FieldID = "name"
	Organisation   FieldID = "organisation"
	Address        FieldID = "address"
	StreetNumber   FieldID = "street_number"
	Street         FieldID = "street"
	Locality       FieldID = "locality"
	Town           FieldID = "town"
	County         FieldID = "county"
	Postcode       FieldID = "postcode"
	Latitude       FieldID = "latitude"
	Longitude      FieldID = "longitude"
	Easting        FieldID = "easting"
	Northing       FieldID = "northing"
	Coordinates    FieldID = "coordinates"
	GridReference  FieldID = "grid_reference"
	CRS            FieldID = "coordinate_system"
	SmallArea      FieldID = "small_area"
	Ward           FieldID = "ward"
	TenureKind     FieldID = "tenure"
	TenureDetail   FieldID = "tenure_detail"
	LeaseStart     FieldID = "lease_start"
	LeaseExpiry    FieldID = "lease_expiry"
	LeaseBreak     FieldID = "lease_break"
	RentReview     FieldID = "rent_review"
	Notice         FieldID = "notice_months"
	Landlord       FieldID = "landlord"
	FloorArea      FieldID = "floor_area"
	LandArea       FieldID = "land_area"
	EnergyRating   FieldID = "energy_rating"
	Condition      FieldID = "condition"
	UseType        FieldID = "use"
	Holding        FieldID = "holding_type"
	Detail         FieldID = "detail"
	Rent           FieldID = "rent"
	Rates          FieldID = "rates"
	Maintenance    FieldID = "maintenance"
	Cleaning       FieldID = "cleaning"
	Reception      FieldID = "reception"
	OtherCost      FieldID = "other_cost"
	Income         FieldID = "income"
	ElectricityUse FieldID = "electricity_kwh"
	GasUse         FieldID = "gas_kwh"
	OilUse         FieldID = "oil_kwh"
	HeatUse        FieldID = "district_heat_kwh"
	BiomassUse     FieldID = "biomass_kwh"
	TotalEnergy    FieldID = "energy_kwh"
	ElectricityFee FieldID = "electricity_cost"
	GasFee         FieldID = "gas_cost"
	OilFee         FieldID = "oil_cost"
	EnergyFee      FieldID = "energy_cost"
	BacklogHigh    FieldID = "backlog_high"
	BacklogSig     FieldID = "backlog_significant"
	BacklogMod     FieldID = "backlog_moderate"
	BacklogLow     FieldID = "backlog_low"
	BacklogAll     FieldID = "backlog"
	Value          FieldID = "value"
	Unused         FieldID = "unused_area"
	Desks          FieldID = "desks"
	Capacity       FieldID = "capacity"
	FTE            FieldID = "fte"
	Headcount      FieldID = "headcount"
	OpeningHours   FieldID = "opening_hours"
	EffectiveDate  FieldID = "effective_date"
	Year           FieldID = "year"
	ServiceName    FieldID = "service"
	ServiceKind    FieldID = "service_kind"
	Visits         FieldID = "visits"
	SpaceNeeded    FieldID = "space_needed"
	HomeDays       FieldID = "home_days"
	SecurityClass  FieldID = "class"
	Public         FieldID = "public"
	ShareHere      FieldID = "share"
	AssetRef       FieldID = "asset"
	AreaCode       FieldID = "area_code"
	AreaName       FieldID = "area_name"
	Persons        FieldID = "persons"
	AgeGroup       FieldID = "age_group"
	Group_         FieldID = "people_group"
	Category       FieldID = "category"
	Measure        FieldID = "measure"
	Amount         FieldID = "amount"
	StreamLabel    FieldID = "label"
	YearColumn     FieldID = "year_column"
	Payer          FieldID = "payer"
	IsBenefit      FieldID = "benefit"
	IsCapital      FieldID = "capital"
	PriceBase      FieldID = "price_base"
	Fuel           FieldID = "fuel"
	ReadingDate    FieldID = "reading_date"
	Reading        FieldID = "reading"
)

// Many says how a field takes more than one column.
type Many uint8

// One column; several joined as text; several added up; or one each for its own named group.
const (
	Single Many = iota
	Join
	Sum
	Each
)

// Field is one entry of the catalogue.
type Field struct {
	ID        FieldID
	Title     string
	Groups    []Group // kinds of table it occurs in
	Dimension units.Dimension
	Many      Many
	Rules     []rule
	Veto      map[string]bool // words that rule the field out
	Test      func(*Values) (float64, string)
	Alone     func(*Values) (float64, string) // confidence from values when no word speaks
}

// In says whether the field occurs in a kind of table.
func (f *Field) In(g Group) bool {
	for _, x := range f.Groups {
		if x == g {
			return true
		}
	}
	return false
}

// rule is one way of naming a field: every word of it must stand in the header.
type rule struct {
	words [][]string // alternatives for each word
	exact bool       // nothing else but neutral words may stand there
	score float64
}

// names builds rules from lines such as "asset/property code/reference 0.95" or "=name 0.9".
func names(lines ...string) []rule {
	var out []rule
	for _, l := range lines {
		f := strings.Fields(l)
		r := rule{score: parseScore(f[len(f)-1])}
		f = f[:len(f)-1]
		if strings.HasPrefix(f[0], "=") {
			r.exact, f[0] = true, f[0][1:]
		}
		for _, w := range f {
			alts := strings.Split(w, "/")
			r.words = append(r.words, alts)
			for _, a := range alts {
				vocabulary[a] = true
			}
		}
		out = append(out, r)
	}
	return out
}

func parseScore(s string) float64 {
	v, err := units.Number(s)
	if err != nil || v <= 0 || v > 1 {
		panic("mapping: a rule must end with its score: " + s)
	}
	return v
}

// match scores a header's words against the field's rules.
func (f *Field) match(tokens []string) (float64, string) {
	for _, t := range tokens {
		if f.Veto[t] && !(t == "generated" && holds(tokens, "purchase")) {
			return 0, ""
		}
	}
	best, why := 0.0, ""
	for _, r := range f.Rules {
		if s, said := r.match(tokens); s > best {
			best, why = s, said
		}
	}
	return best, why
}

func (r rule) match(tokens []string) (float64, string) {
	hit := make([]bool, len(tokens))
	var said []string
	for _, alts := range r.words {
		found := false
	search:
		for i, t := range tokens {
			for _, a := range alts {
				if t == a && !hit[i] {
					hit[i], found = true, true
					said = append(said, a)
					break search
				}
			}
		}
		if !found {
			return 0, ""
		}
	}
	score := r.score
	for i, t := range tokens {
		if hit[i] || neutral[t] || repeated(tokens, hit, t) || yearWord(tokens, i) {
			continue
		}
		if r.exact {
			return 0, ""
		}
		score *= 0.86
	}
	if score < r.score*0.4 {
		score = r.score * 0.4
	}
	return score, strings.Join(said, " ")
}

// yearWord says whether a word is a year, or the second half of one: "2023", "24" of "2023/24".
func yearWord(tokens []string, i int) bool {
	t := tokens[i]
	if len(t) == 4 && (strings.HasPrefix(t, "19") || strings.HasPrefix(t, "20")) && strings.Trim(t, "0123456789") == "" {
		return true
	}
	return len(t) == 2 && i > 0 && strings.Trim(t, "0123456789") == "" && len(tokens[i-1]) == 4 && yearWord(tokens, i-1)
}

func holds(tokens []string, word string) bool {
	for _, t := range tokens {
		if t == word {
			return true
		}
	}
	return false
}

// repeated says whether the word was already matched elsewhere in the header ("Area – Gross Internal Area").
func repeated(tokens []string, hit []bool, t string) bool {
	for i, u := range tokens {
		if hit[i] && u == t {
			return true
		}
	}
	return false
}
