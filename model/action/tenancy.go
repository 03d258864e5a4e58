package action

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/lease"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// startMonth is the month in which a financial year begins.
const startMonth = 4

// yearBegins is the first day of a financial year.
func yearBegins(year int) string { return fmt.Sprintf("%d-%02d-01", year, startMonth) }

// calendar is how years and money run for a lease.
func (b *builder) calendar(l *lease.Facts) lease.Calendar {
	c := lease.Calendar{BaseYear: b.p.BaseYear, Years: b.p.Horizon, StartMonth: startMonth}
	if _, ok := b.book.Get("deflator.growth"); ok {
		c.Inflation = b.shape(nil, "deflator.growth")
	}
	if !l.Paced {
		c.Market = (1+c.Inflation)*(1+b.shape(nil, "lease.rent_growth")) - 1
	}
	return c
}

// rent adds what a building held on a lease pays and what its subtenants bring,
// until the lease ends: a lease runs on over an empty building.
func (b *builder) rent(s *site, f model.Figure) {
	l := s.lease.Lease
	if l.EveryYears <= 0 && !l.Paced {
		l.EveryYears = int(b.shape(nil, "lease.review_years"))
	}
	exit := lease.Exit{}
	if s.exit != nil {
		exit = *s.exit
	} else if s.gone < b.after {
		exit.Ends = yearBegins(s.gone)
	}
	flows, err := l.Flows(b.calendar(s.lease), exit)
	if err != nil {
		b.of(s.asset.ID, "lease not usable", "%s: %v; its rent is left out", s.asset.Name, err)
		return
	}
	st := b.base(s, s.asset.Name+": "+string(model.CostRent))
	st.ID, st.Category = b.id(s, string(ledger.CatRent)), ledger.CatRent
	st.Grade, st.Source = f.Grade, f.Source+"; "+s.lease.Says()
	if len(s.lease.Taken) > 0 {
		st.Grade = model.Weakest(st.Grade, model.Estimated)
	}
	if l.Paced {
		st.Growth = b.term(nil, "lease.rent_growth")
	}
	if st, ok := lease.Rent(st, l.Rent, flows.Rent, b.p.BaseYear, -1); ok {
		b.money(st)
	}
	if l.SubletRent > 0 {
		st := b.base(s, s.asset.Name+": rent from a sublease")
		st.ID, st.Category, st.Grade = b.id(s, "sublet"), ledger.CatIncome, model.Stated
		st.Source = "kept column of the building's source; fixed in the money of the day until the sublease ends"
		if l.SubletEnds == "" {
			st.Source += ", which is not known: taken to last as long as the lease"
		}
		if st, ok := lease.Rent(st, l.SubletRent, flows.Sublet, b.p.BaseYear, 1); ok {
			b.money(st)
		}
	}
}

// exitLease ends a tenancy at the first break or expiry that can be had from the
// year in which the building is left. Until then it stands empty and its rent
// goes on.
func (b *builder) exitLease(s *site, a model.Action) {
	l := s.lease
	if l == nil {
		b.refuse(a, "not leased", s.asset.Name+" is not held on a lease")
		return
	}
	terms, name := l.Lease, s.asset.Name
	if v, ok := a.Values["lease.break_penalty"]; ok {
		terms.BreakPenalty = v
	}
	from, decided := yearBegins(a.Year), yearBegins(b.p.BaseYear)
	exit, err := terms.Leave(from, decided)
	known := err == nil
	if !known {
		exit = lease.Exit{Ends: from}
	}
	months, err := b.calendar(l).Months(exit.Ends)
	if err != nil {
		b.refuse(a, "lease not usable", fmt.Sprintf("%s: %v", name, err))
		return
	}
	months -= float64(12 * (a.Year - b.p.BaseYear))
	gone := byYear(a.Year, months)
	if !b.close(s, a, min(gone, b.after)) {
		return
	}
	s.exit = &exit
	c := &b.plan.Closures[len(b.plan.Closures)-1]
	c.LeaseEnds, c.NoticeBy, c.LeaseEnd = exit.Ends, exit.Notice, exit.Kind
	b.leaving(s, a, exit, known)
	b.hold(s, a, "holding", s.asset.FloorArea.Value, 0, months)
	year := a.Year + int(months/12)
	if exit.Penalty > 0 { // a term of the lease, as public as its rent; dilapidations are negotiated
		p := b.base(s, name+": payment to break the lease")
		p.ID, p.Action, p.Category = string(a.ID)+"/break", a.ID, ledger.CatRent
		p.Quantity, p.QuantityUnit, p.Grade = -exit.Penalty, "£", model.Stated
		p.Source = "stated of the lease, in the money of the day"
		if r := deflated(b.calendar(l), year-b.p.BaseYear); r != 1 {
			p.Profile.Shares = []float64{r}
		}
		b.money(once(p, year))
	}
	st := b.base(s, name+": dilapidations on leaving")
	st.ID, st.Action, st.Category, st.Exempt = string(a.ID)+"/dilapidations", a.ID, ledger.CatDilaps, true
	if d := s.asset.Tenure.Dilapidations; d.Known() {
		st.Quantity, st.QuantityUnit, st.Grade, st.Source = -d.Value, "£", d.Grade, d.Source
	} else if f := s.asset.FloorArea; f.Known() {
		st.Quantity, st.QuantityUnit, st.Rates = -f.Value, "m²", []ledger.Term{b.term(&a, "space.nia_per_gia"), b.term(&a, "lease.dilapidations")}
		g, src := b.grade("lease.dilapidations")
		st.Grade, st.Source = g, src
	}
	b.money(once(st, year))
}

// leaving says what the dates of a lease mean for a decision to leave it.
func (b *builder) leaving(s *site, a model.Action, exit lease.Exit, known bool) {
	name := s.asset.Name
	if !known {
		what := "neither a break nor an expiry is known"
		if s.lease.EndKnown() {
			what = "no break that can still be had is known, and no expiry"
		}
		b.warn(a, "lease dates not known", name+": "+what+"; the year given is taken on trust")
		return
	}
	if s.gone >= b.after {
		b.warn(a, "outside the horizon", fmt.Sprintf("%s: its lease ends on %s, after the years appraised, so its rent goes on throughout and dilapidations are not counted", name, lease.Day(exit.Ends)))
	}
	for _, m := range s.lease.Missed(yearBegins(a.Year), yearBegins(b.p.BaseYear)) {
		if m.Ends < exit.Ends {
			b.warn(a, "break notice passed", fmt.Sprintf("%s: the break of %s cannot be used, because notice had to be served by %s; the lease ends on %s instead",
				name, lease.Day(m.Ends), lease.Day(m.Notice), lease.Day(exit.Ends)))
		}
	}
	if y, ok := YearOf(exit.Ends); ok && y > a.Year {
		why := ""
		if gone := s.lease.Past(yearBegins(a.Year)); gone != "" {
			why = ", because its break of " + lease.Day(gone) + " has passed by then"
		}
		b.warn(a, "before the lease can end", fmt.Sprintf("%s is left in %s, but its lease can end in %s at the earliest (%s, %s)%s; rent and the cost of an empty building go on until then",
			name, model.FinancialYear(a.Year), model.FinancialYear(y), exit.Kind, lease.Day(exit.Ends), why))
	}
}

// deflated turns money of the day, so many years on, into that of the base year.
func deflated(c lease.Calendar, years int) float64 {
	v := 1.0
	for range years {
		v /= 1 + c.Inflation
	}
	return v
}

// unread names what is said of leases and cannot be read.
func (b *builder) unread() {
	for i := range b.sites {
		if l := b.sites[i].lease; l != nil && len(l.Unread) > 0 {
			b.of(b.sites[i].asset.ID, "lease not readable", "%s: %s cannot be read and is left out", b.sites[i].asset.Name, strings.Join(l.Unread, ", "))
		}
	}
}
