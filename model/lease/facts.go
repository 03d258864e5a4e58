package lease

import (
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/planting-the-flag/flagstone/model"
)

// Facts is what is known of the lease of a building.
type Facts struct {
	Lease
	Taken  []string // what stands in for what nobody said, as words of a sentence
	Unread []string // what was said and cannot be read: "break penalty “see file”"
}

// EndKnown reports whether a break or the expiry is known.
func (f *Facts) EndKnown() bool { return len(f.Breaks) > 0 || f.Expiry != "" }

// Says is a sentence on how the rent is worked out.
func (f *Facts) Says() string {
	if f.Paced {
		return "rent reviews not known, so the rent keeps pace with prices" + f.after("also")
	}
	s := "rent fixed in the money of the day"
	if f.Review != NoReview {
		every := f.EveryYears
		if every <= 0 {
			every = 5
		}
		s += ", reviewed " + string(f.Review) + " every " + strconv.Itoa(every) + " years"
		if f.NextReview != "" {
			s += " from " + Day(f.NextReview)
		}
	} else {
		s += " and not reviewed"
	}
	s += f.after("renewed at the market rent")
	if len(f.Taken) > 0 {
		s += " (taken: " + strings.Join(f.Taken, "; ") + ")"
	}
	return s
}

// after says what is taken for the time after expiry in a building that is kept.
func (f *Facts) after(how string) string {
	if f.Expiry == "" || !f.Renews {
		return ""
	}
	return ", " + how + " after expiry on " + Day(f.Expiry) + " while the building is kept"
}

// Day writes an ISO date as people do: 24 June 2028. What is no date stays.
func Day(iso string) string {
	d, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return d.Format("2 January 2006")
}

// Columns of an asset's source that say more of its lease than the tenure holds.
// They are kept as they were, and read here by their usual names.
var columns = map[string]string{
	"rent review basis": "basis", "rent review type": "basis", "rent review mechanism": "basis", "review basis": "basis", "review type": "basis", "basis of review": "basis", "basis of rent review": "basis",
	"years between reviews": "every", "review frequency": "every", "rent review frequency": "every", "review cycle": "every", "rent review cycle": "every", "review pattern": "every", "rent review pattern": "every",
	"rent review cap": "cap", "review cap": "cap", "rent cap": "cap", "rent review collar": "collar", "review collar": "collar", "rent collar": "collar",
	"rent step": "step", "fixed increase": "step", "fixed uplift": "step", "rent uplift": "step",
	"market rent": "market", "estimated rental value": "market", "erv": "market",
	"rent free until": "free", "rent free ends": "free", "rent free end": "free", "rent free expiry": "free", "end of rent free": "free",
	"break penalty": "penalty", "break payment": "penalty", "penalty on break": "penalty", "break fee": "penalty", "break premium": "penalty",
	"further breaks": "breaks", "further break": "breaks", "other breaks": "breaks", "second break": "breaks", "later breaks": "breaks",
	"holding over months": "overmonths", "holding over rent": "overrate", "holding over rate": "overrate",
	"sublet rent": "sublet", "sublease rent": "sublet", "subletting income": "sublet", "sublet income": "sublet", "subtenant rent": "sublet", "underlease rent": "sublet",
	"sublease ends": "subends", "sublease end": "subends", "sublet until": "subends", "sublease expiry": "subends", "sublet expiry": "subends", "underlease expiry": "subends",
	"lease penalty": "penalty",
}

// Of reads what is known of the lease of a building; nil when it is not held on
// one. A date or figure that cannot be read is named and left out.
func Of(a *model.Asset) *Facts {
	t := &a.Tenure
	if t.Kind != model.Leasehold && t.Kind != model.Licence {
		return nil
	}
	f := &Facts{Lease: Lease{NoticeMonths: max(t.NoticeMonths, 0), Renews: true}}
	if r := a.Costs.Get(model.CostRent); r.Known() && r.Value > 0 {
		f.Rent = r.Value
	}
	f.Dilapidations = max(t.Dilapidations.Value, 0)
	date := func(what, s string, into *string) {
		if s == "" {
			return
		}
		d, ok := readDate(s)
		if !ok {
			f.Unread = append(f.Unread, what+" “"+s+"”")
			return
		}
		*into = d
	}
	brk := ""
	date("break", t.Break, &brk)
	date("expiry", t.Expiry, &f.Expiry)
	date("rent review", t.Review, &f.NextReview)
	if brk != "" {
		f.Breaks = append(f.Breaks, brk)
	}
	said := f.kept(a.Extra, date)
	f.settle(said)
	return f
}

// kept reads the columns kept of the source and reports the basis of review as
// stated, in small letters.
func (f *Facts) kept(extra map[string]string, date func(what, s string, into *string)) (basis string) {
	names := make([]string, 0, len(extra))
	for k := range extra {
		if columns[heading(k)] != "" {
			names = append(names, k)
		}
	}
	sort.Strings(names)
	for _, k := range names {
		v := strings.TrimSpace(extra[k])
		if v == "" {
			continue
		}
		number := func(into *float64, share bool) {
			x, ok := readNumber(v, share)
			if !ok {
				f.Unread = append(f.Unread, heading(k)+" “"+v+"”")
				return
			}
			*into = x
		}
		var whole float64
		switch columns[heading(k)] {
		case "basis":
			basis = strings.ToLower(v)
		case "every":
			number(&whole, false)
			f.EveryYears = int(whole)
		case "cap":
			number(&f.Cap, true)
		case "collar":
			number(&f.Collar, true)
		case "step":
			number(&f.Step, true)
		case "market":
			number(&f.Market, false)
		case "free":
			date(heading(k), v, &f.RentFree)
		case "penalty":
			number(&f.BreakPenalty, false)
		case "breaks":
			for _, one := range strings.FieldsFunc(v, func(r rune) bool { return r == ';' || r == ',' || r == '\n' }) {
				d := ""
				if date(heading(k), strings.TrimSpace(one), &d); d != "" {
					f.Breaks = append(f.Breaks, d)
				}
			}
		case "overmonths":
			number(&whole, false)
			f.HoldingOverMonths = int(whole)
		case "overrate":
			number(&f.HoldingOverRate, true)
		case "sublet":
			number(&f.SubletRent, false)
		case "subends":
			date(heading(k), v, &f.SubletEnds)
		}
	}
	sort.Strings(f.Breaks)
	return basis
}

// settle decides how the rent is reviewed, and says what was taken for it.
func (f *Facts) settle(basis string) {
	take := func(s string) { f.Taken = append(f.Taken, s) }
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(basis, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("none", "no review", "not reviewed", "fixed rent"):
		f.Review, f.NextReview = NoReview, ""
		return
	case has("index", "rpi", "cpi", "inflation"):
		f.Review = Indexed
		if f.Cap == 0 && f.Collar != 0 {
			f.Cap = 1 // a floor without a ceiling
		}
	case f.Step > 0 || has("fixed", "step"):
		f.Review = Stepped
		if f.Step == 0 {
			take("the step is not known, so the rent stays")
		}
	case has("down") && has("up"):
		f.Review = ToMarket
	case has("upward", "market", "omv", "open"):
		f.Review = UpwardOnly
	case f.NextReview != "":
		f.Review = UpwardOnly
		take("upward only, as most leases are")
	default:
		f.Paced = true
		return
	}
	if f.NextReview == "" { // how, but not when
		f.Review, f.Paced = NoReview, true
		return
	}
	if f.Market == 0 && (f.Review == UpwardOnly || f.Review == ToMarket) {
		take("the market rent is today's rent")
	}
	if f.Collar > f.Cap {
		f.Collar, f.Cap = f.Cap, f.Collar
	}
}

// heading writes a column's name as it is matched by: small letters, words
// apart, without units.
func heading(s string) string {
	if i := strings.IndexByte(s, '('); i > 0 {
		s = s[:i]
	}
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for len(words) > 1 {
		switch words[len(words)-1] {
		case "pa", "p", "a", "gbp", "annum", "per", "year", "date", "amount":
			words = words[:len(words)-1]
			continue
		}
		break
	}
	return strings.Join(words, " ")
}

func readDate(s string) (string, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.DateOnly, "2/1/2006", "2.1.2006", "2-1-2006", "2 January 2006", "2 Jan 2006", "2-Jan-2006", "2-Jan-06", "2/1/06", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05"} {
		if d, err := time.Parse(layout, s); err == nil && d.Year() > 1900 && d.Year() < 2300 {
			return d.Format(time.DateOnly), true
		}
	}
	return "", false
}

// readNumber reads an amount, or a share: "4 %", "4" and "0.04" are the same
// share, and 150 % is "1.5".
func readNumber(s string, share bool) (float64, bool) {
	t := strings.NewReplacer("£", "", ",", "", " ", "").Replace(strings.ToLower(s))
	t = strings.TrimSuffix(strings.TrimSuffix(t, "pa"), "p.a.")
	t = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(t, "years"), "months"), "yearly")
	percent := strings.HasSuffix(t, "%")
	v, err := strconv.ParseFloat(strings.TrimSuffix(t, "%"), 64)
	if err != nil || !model.Finite(v) || v < 0 {
		return 0, false
	}
	if share && (percent || v > 2) {
		v /= 100
	}
	return v, true
}
