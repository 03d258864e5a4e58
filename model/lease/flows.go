package lease

import (
	"fmt"
	"math"
	"slices"

	"github.com/planting-the-flag/flagstone/model"
)

// Flows is what a lease costs and brings by financial year, real £ in the money
// of the base year, costs positive.
type Flows struct {
	Rent          []float64
	Sublet        []float64
	Dilapidations []float64
	Penalty       []float64
	Passing       []float64 // rent a year in the money of the day at the end of each year, 0 when gone
}

// Flows works the lease out from event to event until it ends: by exit, or by
// expiry and any holding over. An empty exit means that it runs out, or is
// renewed where Renews says so. Money of the day is turned into real money by
// whole years, as the cash view turns it back.
func (l Lease) Flows(c Calendar, exit Exit) (*Flows, error) {
	s, err := l.schedule(c, exit)
	if err != nil {
		return nil, err
	}
	row := func() []float64 { return make([]float64, c.Years) }
	f := &Flows{Rent: row(), Sublet: row(), Dilapidations: row(), Penalty: row(), Passing: row()}
	passing, since := l.Rent, 0.0
	end := float64(12 * c.Years)
	for i, from := range s.cuts[:len(s.cuts)-1] {
		for len(s.reviews) > 0 && s.reviews[0] <= from {
			passing = l.reviewed(c, passing, s.reviews[0], since, s.reviews[0] == s.renewed)
			since, s.reviews = s.reviews[0], s.reviews[1:]
		}
		if from >= min(s.gone, end) {
			break
		}
		to := s.cuts[i+1]
		t := int(from / 12)
		share := (to - from) / 12
		level := math.Pow(1+c.Inflation, float64(t))
		rent := passing
		if from >= s.expiry && from < s.renewed {
			rent *= orDefault(l.HoldingOverRate, 1)
		}
		if from < s.free {
			rent = 0
		}
		f.Passing[t] = rent
		if l.Paced {
			f.Rent[t] += rent * share
		} else {
			f.Rent[t] += rent * share / level
		}
		if from < s.sublet {
			f.Sublet[t] += l.SubletRent * share / level
		}
		if to == s.gone && math.Mod(to, 12) != 0 {
			f.Passing[t] = 0
		}
	}
	if t := int(s.gone / 12); s.gone >= 0 && s.gone < end {
		f.Dilapidations[t] = l.Dilapidations
		f.Penalty[t] = exit.Penalty / math.Pow(1+c.Inflation, float64(t))
	}
	return f, nil
}

// reviewed is the rent after a review so many months on, the last having been
// since. A renewal is at the market rent, whatever the old lease said.
func (l Lease) reviewed(c Calendar, passing, at, since float64, renewal bool) float64 {
	market := orDefault(l.Market, l.Rent) * math.Pow(1+c.Market, at/12)
	switch {
	case renewal || l.Review == ToMarket:
		return market
	case l.Review == UpwardOnly:
		return max(passing, market)
	case l.Review == Indexed:
		g := c.Inflation
		if l.Collar != 0 || l.Cap != 0 {
			g = min(max(g, l.Collar), l.Cap)
		}
		return passing * math.Pow(1+g, (at-since)/12)
	case l.Review == Stepped:
		return passing * (1 + l.Step)
	}
	return passing
}

// schedule is the events of a lease in months from the start of the appraisal.
type schedule struct {
	expiry, gone, sublet, free, renewed float64
	reviews                             []float64 // in order
	cuts                                []float64 // year ends and every event between which nothing changes
}

func (l Lease) schedule(c Calendar, exit Exit) (*schedule, error) {
	if err := l.check(c); err != nil {
		return nil, err
	}
	never := math.Inf(1)
	s := &schedule{expiry: never, gone: never, sublet: never, renewed: never}
	var err error
	on := func(date string, into *float64) {
		if date == "" || err != nil {
			return
		}
		*into, err = c.Months(date)
	}
	review := never
	on(l.Expiry, &s.expiry)
	on(l.SubletEnds, &s.sublet)
	on(l.RentFree, &s.free)
	if l.Review != NoReview && !l.Paced {
		on(l.NextReview, &review)
	}
	if s.expiry < never {
		stays := s.expiry + float64(max(l.HoldingOverMonths, 0))
		if l.Renews {
			s.renewed = stays
		} else {
			s.gone = stays
		}
	}
	on(exit.Ends, &s.gone)
	if err != nil {
		return nil, err
	}
	if exit.Ends != "" && s.gone <= s.renewed {
		s.renewed = never
	}
	if l.SubletRent == 0 {
		s.sublet = 0
	}
	s.sublet = min(s.sublet, s.gone)
	end := float64(12 * c.Years)
	every := 12 * float64(l.EveryYears)
	if l.EveryYears <= 0 {
		every = 60
	}
	for review < 0 { // a review already held: the next falls a period on
		review += every
	}
	for ; review < min(end, s.gone, s.expiry); review += every {
		s.reviews = append(s.reviews, review)
	}
	if s.renewed < end && !l.Paced {
		s.reviews = append(s.reviews, max(s.renewed, 0))
		s.renewed = max(s.renewed, 0)
		for at := s.renewed + every; l.Review != NoReview && at < end; at += every {
			s.reviews = append(s.reviews, at)
		}
	}
	for t := 0.0; t <= end; t += 12 {
		s.cuts = append(s.cuts, t)
	}
	for _, at := range append([]float64{s.expiry, s.gone, s.sublet, s.free, s.renewed}, s.reviews...) {
		if at > 0 && at < end {
			s.cuts = append(s.cuts, at)
		}
	}
	slices.Sort(s.cuts)
	s.cuts = slices.Compact(s.cuts)
	return s, nil
}

// check names the first term of the lease or the calendar that cannot be.
func (l Lease) check(c Calendar) error {
	if c.Years < 1 || c.StartMonth < 1 || c.StartMonth > 12 {
		return model.Invalid("calendar", fmt.Sprintf("a calendar of %d years beginning in month %d", c.Years, c.StartMonth))
	}
	for _, n := range []struct {
		what string
		v    float64
	}{{"rent", l.Rent}, {"market rent", l.Market}, {"penalty", l.BreakPenalty}, {"dilapidations", l.Dilapidations}, {"sublet rent", l.SubletRent}, {"holding-over rate", l.HoldingOverRate}} {
		if !model.Finite(n.v) || n.v < 0 {
			return model.Invalid(n.what, fmt.Sprintf("the %s of the lease is %g; it must not be negative", n.what, n.v))
		}
	}
	for _, n := range []struct {
		what string
		v    float64
	}{{"inflation", c.Inflation}, {"market growth", c.Market}, {"step", l.Step}} {
		if !model.Finite(n.v) || n.v <= -1 {
			return model.Invalid(n.what, fmt.Sprintf("the %s is %g; it must be above -100 %%", n.what, n.v))
		}
	}
	if l.Collar > l.Cap {
		return model.Invalid("collar", fmt.Sprintf("the collar %g is above the cap %g", l.Collar, l.Cap))
	}
	return nil
}

func orDefault(v, instead float64) float64 {
	if v == 0 {
		return instead
	}
	return v
}
