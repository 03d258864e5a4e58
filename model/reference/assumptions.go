package reference

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/planting-the-flag/flagstone/model"
)

// Groups of the assumption book, in plain English.
const (
	groupEnergy    = "Energy prices"
	groupWorks     = "Works costs"
	groupHolding   = "Holding, selling and leaving"
	groupOptimism  = "Optimism bias"
	groupRetrofit  = "Retrofit measures"
	groupSolar     = "Solar power"
	groupSpace     = "Space"
	groupCondition = "Condition"
	groupEmbodied  = "Embodied carbon"
	groupTM46      = "Energy benchmarks"
	groupFinance   = "Borrowing and funding"
	groupTax       = "Stamp duty land tax"
	groupCarbon    = "Carbon factors that do not change by year"
	groupSocial    = "Value to society"
	groupPrices    = "General inflation"
)

// spec says which row of which table an assumption comes from and how it is
// turned into the unit of the model.
type spec struct {
	key, label, group string
	series, item      string
	unit              string  // unit of the assumption
	scale             float64 // what the printed value is multiplied by; 0 means 1
	money             bool    // rebased to the set's price base
	note              string  // why this row was chosen
	only              string  // take the row of this year rather than the latest
}

// Assumptions returns every single-valued parameter of the set, money in the
// set's price base. A row the tables lack gives no assumption: whoever needs it
// fails by its name.
func (s *Set) Assumptions() []model.Assumption {
	var out []model.Assumption
	add := func(list []spec) {
		for _, sp := range list {
			if a, ok := s.assumption(sp); ok {
				out = append(out, a)
			}
		}
	}
	add(moneySpecs)
	add(rateSpecs)
	add(optimismSpecs())
	add(s.regionSpecs())
	add(s.tm46Specs())
	add(sdltSpecs)
	out = append(out, s.impliedAssumptions()...)
	return s.directAssumptions(out)
}

// Assumption returns the assumption under a key.
func (s *Set) Assumption(key string) (model.Assumption, error) {
	for _, a := range s.Assumptions() {
		if a.Key == key {
			return a, nil
		}
	}
	return model.Assumption{}, model.NotFound("parameter", key)
}

func (s *Set) assumption(sp spec) (model.Assumption, bool) {
	r := s.table.find(sp.series, sp.item)
	if sp.only != "" {
		r = nil
		for _, x := range s.table.bySeries[sp.series] {
			if x.Item == sp.item && x.Year == sp.only {
				r = x
			}
		}
	}
	if r == nil || !r.Numeric {
		return model.Assumption{}, false
	}
	v := r.Value
	if sp.scale != 0 {
		v = tidy(v * sp.scale)
	}
	a := model.Assumption{Key: sp.key, Label: sp.label, Group: sp.group, Value: v, Unit: sp.unit, Grade: r.Grade(),
		Source: cite(r), Confidence: r.Confidence, Owner: s.Name}
	if y, ok := r.YearNumber(); ok {
		a.Date = strconv.Itoa(y)
	}
	if sp.money {
		a = s.restate(a, r)
	}
	for _, n := range []string{sp.note, r.Note} {
		if n != "" {
			a.Source += ". " + n
		}
	}
	return a, true
}

// restate puts an amount of money into the set's price base and says so in the
// source.
func (s *Set) restate(a model.Assumption, r *Row) model.Assumption {
	a.PriceBase = s.PriceBase
	from, ok := priceYear(r)
	if !ok {
		a.Grade = model.Placeholder
		a.Source += fmt.Sprintf(". Price base not stated; taken as %d", s.PriceBase)
		return a
	}
	if from == s.PriceBase {
		a.Source += fmt.Sprintf(". In %d prices as published", from)
		return a
	}
	f, projected, err := s.deflator(from, s.PriceBase)
	if err != nil {
		a.Grade = model.Placeholder
		a.Source += fmt.Sprintf(". In %d prices: not restated, because %v", from, err)
		a.PriceBase = from
		return a
	}
	a.Source += fmt.Sprintf(". Published as %s %s in %d prices; restated in %d prices with the GDP deflator (× %.4f)", r.Text, r.Unit, from, s.PriceBase, f)
	if projected {
		a.Grade = model.Weakest(a.Grade, model.Estimated)
		a.Source += fmt.Sprintf(", projected at %g %% a year where there is no outturn", s.inflation*100)
	}
	a.Value *= f
	return a
}

// priceYear is the calendar year of prices of a row: its price base, or its own
// year when the price base only says "nominal".
func priceYear(r *Row) (int, bool) {
	if len(r.PriceBase) >= 4 {
		if y, err := strconv.Atoi(r.PriceBase[:4]); err == nil {
			return y, true
		}
	}
	if strings.HasPrefix(r.PriceBase, "nominal") {
		return r.YearNumber()
	}
	return 0, false
}

// tidy removes the last binary digits that a change of unit leaves behind, so
// that 1.25 % is 0.0125 wherever it is shown.
func tidy(v float64) float64 {
	t, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	if err != nil || math.Abs(t-v) > 1e-11*math.Abs(v) {
		return v
	}
	return t
}

// slug writes a name as part of a key: lower case, words joined by
// underscores, what is in brackets dropped.
func slug(name string) string {
	if i := strings.IndexByte(name, '('); i > 0 {
		name = name[:i]
	}
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(r)
		} else {
			gap = true
		}
	}
	return b.String()
}
