// Package lease says what a lease costs, year by year, and when it can end: rent
// reviews, rent-free months, breaks with their notice and payment, expiry and
// what follows it, subleases and dilapidations.
//
// It knows the terms of one lease and general inflation. It refuses to know what
// else a building costs and what is decided about it (package action), and
// discounting (package appraisal).
package lease

import (
	"fmt"
	"math"
	"time"

	"github.com/planting-the-flag/flagstone/model"
)

// Review is what happens to the rent at a review.
type Review string

// The kinds of rent review.
const (
	NoReview   Review = ""
	UpwardOnly Review = "upward only to market"
	ToMarket   Review = "to market, up or down"
	Indexed    Review = "with an index"
	Stepped    Review = "in fixed steps"
)

// Lease is a lease held, in the money of the day on which its rent was agreed.
// Dates are ISO dates; an empty one means that there is none.
type Lease struct {
	Rent     float64 // £ a year passing at the start of the appraisal
	Market   float64 // £ a year the premises would let at then; 0 means the passing rent
	RentFree string  // first day on which rent is due, while a rent-free period runs
	Expiry   string

	Review      Review
	NextReview  string
	EveryYears  int     // between reviews; 0 means 5
	Collar, Cap float64 // of an indexed review, a year, as fractions; both 0 for none
	Step        float64 // of a stepped review, as a fraction
	Paced       bool    // reviews are not known: the rent keeps pace with prices instead

	Breaks       []string
	NoticeMonths int
	BreakPenalty float64 // £ payable on a break

	HoldingOverMonths int     // months stayed after expiry
	HoldingOverRate   float64 // rent while holding over ÷ passing rent; 0 means 1
	Renews            bool    // goes on after expiry and any holding over, at the market rent of that day

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

// Exit is the end of a lease: the day it ends, why, and when notice must be
// served.
type Exit struct {
	Ends    string // first day on which nothing is due
	Notice  string // last day on which notice may be served; empty for an expiry
	Kind    string // "break", "expiry" or, after expiry, "notice"
	Penalty float64
}

// The kinds of exit.
const (
	AtBreak  = "break"
	AtExpiry = "expiry"
	ByNotice = "notice" // while holding over
)

// EarliestExit is the first break or the expiry that can still be reached by a
// decision taken on a day, notice included.
func (l Lease) EarliestExit(decided string) (Exit, error) {
	return l.Leave(decided, decided)
}

// Leave is the first break or the expiry on or after a day that can be reached by
// notice served at the earliest on another.
func (l Lease) Leave(after, decided string) (Exit, error) {
	from, err := isoDate("leaving", after)
	if err != nil {
		return Exit{}, err
	}
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
		if !d.Before(from) && !serve.Before(day) && (best.Ends == "" || d.Before(bestDay)) {
			best, bestDay = Exit{Ends: b, Notice: serve.Format(time.DateOnly), Kind: AtBreak, Penalty: l.BreakPenalty}, d
		}
	}
	if l.Expiry != "" {
		d, err := isoDate("expiry", l.Expiry)
		if err != nil {
			return Exit{}, err
		}
		end := Exit{Ends: l.Expiry, Kind: AtExpiry}
		if d.Before(from) { // holding over: notice ends it
			if d = monthsOn(day, l.NoticeMonths); d.Before(from) {
				d = from
			}
			end = Exit{Ends: d.Format(time.DateOnly), Notice: monthsOn(d, -l.NoticeMonths).Format(time.DateOnly), Kind: ByNotice}
		}
		if best.Ends == "" || d.Before(bestDay) {
			best = end
		}
	}
	if best.Ends == "" {
		return Exit{}, model.NotFound("break or expiry after", after)
	}
	return best, nil
}

// Missed lists the breaks that a decision comes too late for, because notice
// would have had to be served before it, and that would otherwise have let the
// lease end on or after a day.
func (l Lease) Missed(after, decided string) []Exit {
	var out []Exit
	for _, b := range l.Breaks {
		d, err := isoDate("break", b)
		if err != nil {
			continue
		}
		if serve := monthsOn(d, -l.NoticeMonths).Format(time.DateOnly); b >= after && serve < decided {
			out = append(out, Exit{Ends: b, Notice: serve, Kind: AtBreak})
		}
	}
	return out
}

// Past is the latest break before a day; empty when there is none.
func (l Lease) Past(day string) string {
	last := ""
	for _, b := range l.Breaks {
		if b < day && b > last {
			last = b
		}
	}
	return last
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

// Months is how far into an appraisal a date lies, in months; a day within a
// month is a share of it.
func (c Calendar) Months(date string) (float64, error) {
	d, err := isoDate("event", date)
	if err != nil {
		return 0, err
	}
	last := time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return float64((d.Year()-c.BaseYear)*12+int(d.Month())-c.StartMonth) + float64(d.Day()-1)/float64(last), nil
}
