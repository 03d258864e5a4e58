package appraisal

import (
	"fmt"
	"math"
	"time"

	"github.com/planting-the-flag/flagstone/model"
)

// ReviewKind is what happens to the rent at a review.
type ReviewKind string

// The kinds of rent review.
const (
	NoReview   ReviewKind = ""
	UpwardOnly ReviewKind = "upward only to market"
	ToMarket   ReviewKind = "to market, up or down"
	Indexed    ReviewKind = "index, between a collar and a cap"
	Stepped    ReviewKind = "fixed step"
)

// Lease is a lease held, in the money of the day on which its rent was agreed.
// Dates are ISO dates; an empty one means that there is none.
type Lease struct {
	Rent   float64 // £ a year passing at the start of the appraisal
	Market float64 // £ a year the premises would let at now; 0 means the passing rent
	Expiry string

	Review      ReviewKind
	NextReview  string
	EveryYears  int     // between reviews; 0 means 5
	Collar, Cap float64 // of an indexed review, a year, as fractions; both 0 for none
	Step        float64 // of a stepped review, as a fraction

	Breaks       []string
	NoticeMonths int
	BreakPenalty float64 // £ payable on a break

	HoldingOverMonths int     // months stayed after expiry
	HoldingOverRate   float64 // rent while holding over ÷ passing rent; 0 means 1

	Dilapidations float64 // £ in today's money, due on leaving

	SubletRent float64 // £ a year received, fixed until the sublease ends
	SubletEnds string
}

// Calendar says how years and money run in an appraisal.
type Calendar struct {
	BaseYear   int
	Years      int
	StartMonth int     // first month of the financial year, 4 for April
	Inflation  float64 // a year; rents are fixed in the money of the day and shrink in real terms between reviews
	Market     float64 // growth of market rents a year, nominal
}

// PassingRent is a rent grown for some years, which need not be whole. Green Book
// 2003, annex 3, box 3.1: £60,000 at 2.5 % for 4.5 years is £67,052.
func PassingRent(rent, growth, years float64) (float64, error) {
	if !model.Finite(rent) || !model.Finite(growth) || growth <= -1 || !model.Finite(years) {
		return 0, model.Invalid("rent", fmt.Sprintf("a rent of %g cannot grow by %g a year for %g years", rent, growth, years))
	}
	return rent * math.Pow(1+growth, years), nil
}

// NominalRate is the discount rate for flows fixed in the money of the day: real
// rate and inflation compounded, (1+r)(1+i) − 1. Green Book 2003, annex 3.
func NominalRate(realRate, inflation float64) float64 {
	return (1+realRate)*(1+inflation) - 1
}

// RentNPV is the value of a lease's rents on which stamp duty land tax is
// reckoned: each year's rent discounted to the start, the first by one year.
func RentNPV(rents []float64, rate float64) (float64, error) {
	if !model.Finite(rate) || rate <= -1 {
		return 0, model.Invalid("discount rate", fmt.Sprintf("the rate is %g; it must be above -100 %%", rate))
	}
	v := 0.0
	for i, r := range rents {
		if !model.Finite(r) || r < 0 {
			return 0, model.Invalid("rent", fmt.Sprintf("the rent of year %d is %g; it must not be negative", i+1, r))
		}
		v += r / math.Pow(1+rate, float64(i+1))
	}
	return v, nil
}

// Exit is the end of a lease: the day it ends, why, and when notice must be
// served.
type Exit struct {
	Ends    string // first day on which nothing is due
	Notice  string // last day on which notice may be served; empty for an expiry
	Kind    string // "break" or "expiry"
	Penalty float64
}

// EarliestExit is the first break or the expiry that can still be reached by a
// decision taken on a day, notice included.
func (l Lease) EarliestExit(decided string) (Exit, error) {
	day, err := isoDate("decision", decided)
	if err != nil {
		return Exit{}, err
	}
	best := Exit{}
	var bestDay time.Time
	for _, b := range l.Breaks {
		d, err := isoDate("break", b)
		if err != nil {
			return Exit{}, err
		}
		serve := monthsOn(d, -l.NoticeMonths)
		if !serve.Before(day) && (best.Ends == "" || d.Before(bestDay)) {
			best, bestDay = Exit{Ends: b, Notice: serve.Format(time.DateOnly), Kind: "break", Penalty: l.BreakPenalty}, d
		}
	}
	if l.Expiry != "" {
		d, err := isoDate("expiry", l.Expiry)
		if err != nil {
			return Exit{}, err
		}
		if d.Before(day) { // holding over: notice ends it
			d = monthsOn(day, max(l.NoticeMonths, 0))
		}
		if best.Ends == "" || d.Before(bestDay) {
			best = Exit{Ends: d.Format(time.DateOnly), Kind: "expiry"}
		}
	}
	if best.Ends == "" {
		return Exit{}, model.NotFound("break or expiry after", decided)
	}
	return best, nil
}

// Flows is what a lease costs and brings by financial year, real £ in the money
// of the base year, costs positive.
type Flows struct {
	Rent          []float64
	Sublet        []float64
	Dilapidations []float64
	Penalty       []float64
	Passing       []float64 // rent a year in the money of the day at the end of each year, 0 when gone
}

// Flows works the lease out month by month until it ends: by exit, or by expiry
// and any holding over. An empty exit means that it runs out.
func (l Lease) Flows(c Calendar, exit Exit) (*Flows, error) {
	m, err := l.months(c, exit)
	if err != nil {
		return nil, err
	}
	f := &Flows{Rent: make([]float64, c.Years), Sublet: make([]float64, c.Years), Dilapidations: make([]float64, c.Years), Penalty: make([]float64, c.Years), Passing: make([]float64, c.Years)}
	passing, atReview := l.Rent, 0
	for k := range 12 * c.Years {
		t := k / 12
		if m.reviewed(k) {
			passing = l.reviewedRent(c, passing, k, atReview)
			atReview = k
		}
		if k >= m.gone {
			break
		}
		rent := passing
		if k >= m.expiry {
			rent *= orDefault(l.HoldingOverRate, 1)
		}
		real := math.Pow(1+c.Inflation, -float64(k)/12)
		f.Rent[t] += rent / 12 * real
		f.Passing[t] = rent
		if k < m.sublet {
			f.Sublet[t] += l.SubletRent / 12 * real
		}
	}
	if t := m.gone / 12; m.gone >= 0 && t < c.Years {
		f.Dilapidations[t] = l.Dilapidations
		f.Penalty[t] = exit.Penalty * math.Pow(1+c.Inflation, -float64(m.gone)/12)
	}
	return f, nil
}

// reviewedRent is the rent after a review in month k.
func (l Lease) reviewedRent(c Calendar, passing float64, k, last int) float64 {
	switch l.Review {
	case UpwardOnly, ToMarket:
		market := orDefault(l.Market, l.Rent) * math.Pow(1+c.Market, float64(k)/12)
		if l.Review == UpwardOnly {
			return max(passing, market)
		}
		return market
	case Indexed:
		g := c.Inflation
		if l.Collar != 0 || l.Cap != 0 {
			g = min(max(g, l.Collar), l.Cap)
		}
		return passing * math.Pow(1+g, float64(k-last)/12)
	case Stepped:
		return passing * (1 + l.Step)
	}
	return passing
}

// schedule is the dates of a lease as months from the start of the appraisal.
type schedule struct {
	expiry, gone, sublet int
	review, every        int
}

func (s schedule) reviewed(k int) bool {
	return s.review >= 0 && k >= s.review && (k-s.review)%s.every == 0
}

const never = 1 << 30

func (l Lease) months(c Calendar, exit Exit) (schedule, error) {
	if c.Years < 1 || c.StartMonth < 1 || c.StartMonth > 12 {
		return schedule{}, model.Invalid("calendar", fmt.Sprintf("a calendar of %d years beginning in month %d", c.Years, c.StartMonth))
	}
	for _, n := range []named{{"rent", l.Rent}, {"market rent", l.Market}, {"penalty", l.BreakPenalty}, {"dilapidations", l.Dilapidations}, {"sublet rent", l.SubletRent}, {"holding-over rate", l.HoldingOverRate}} {
		what, v := n.what, n.v
		if !model.Finite(v) || v < 0 {
			return schedule{}, model.Invalid(what, fmt.Sprintf("the %s of the lease is %g; it must not be negative", what, v))
		}
	}
	for _, n := range []named{{"inflation", c.Inflation}, {"market growth", c.Market}, {"step", l.Step}} {
		what, v := n.what, n.v
		if !model.Finite(v) || v <= -1 {
			return schedule{}, model.Invalid(what, fmt.Sprintf("the %s is %g; it must be above -100 %%", what, v))
		}
	}
	if l.Collar > l.Cap {
		return schedule{}, model.Invalid("collar", fmt.Sprintf("the collar %g is above the cap %g", l.Collar, l.Cap))
	}
	s := schedule{expiry: never, gone: never, sublet: never, review: -1, every: 12 * max(l.EveryYears, 0)}
	if s.every == 0 {
		s.every = 60
	}
	var err error
	month := func(what, date string, into *int) {
		if date == "" || err != nil {
			return
		}
		var d time.Time
		if d, err = isoDate(what, date); err == nil {
			*into = monthsFrom(c, d)
		}
	}
	month("expiry", l.Expiry, &s.expiry)
	month("sublease end", l.SubletEnds, &s.sublet)
	if l.Review != NoReview {
		review := never
		month("review", l.NextReview, &review)
		for review < 0 && review != never { // a review already held: the next falls a period on
			review += s.every
		}
		s.review = review
	}
	if s.expiry != never {
		s.gone = s.expiry + max(l.HoldingOverMonths, 0)
	}
	if exit.Ends != "" {
		month("exit", exit.Ends, &s.gone)
	}
	if l.SubletRent == 0 {
		s.sublet = 0
	}
	s.sublet = min(s.sublet, s.gone)
	return s, err
}

func monthsFrom(c Calendar, d time.Time) int {
	return (d.Year()-c.BaseYear)*12 + int(d.Month()) - c.StartMonth
}

// monthsOn moves a day by whole months; where the month has no such day, to its
// last: six months before 31 August is 28 February, never 3 March, because
// notice served late is no notice.
func monthsOn(d time.Time, months int) time.Time {
	first := time.Date(d.Year(), d.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(d.Day(), last)-1)
}

func isoDate(what, date string) (time.Time, error) {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return d, model.Invalid(what, fmt.Sprintf("the date of the %s is %q; it must be written 2029-03-25", what, date))
	}
	return d, nil
}
