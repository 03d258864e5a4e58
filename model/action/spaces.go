package action

import (
	"strconv"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/space"
)

// Labels of the floor-area streams: what becomes of every square metre that the
// estate holds in the base year. In any year they add up to the same total.
const (
	AreaOccupied  = "occupied"  // taken by services
	AreaSpare     = "spare"     // in a running building, taken by nobody
	AreaVacant    = "vacant"    // closed, not yet gone
	AreaReleased  = "released"  // gone
	AreaConverted = "converted" // put to another use
)

// space writes the space ledger: who sits where, and what becomes of the area.
func (b *builder) space() {
	b.plan.sat = b.seats
	for k := range b.seats {
		s := &b.seats[k]
		if s.to <= s.from {
			continue
		}
		a := b.sites[s.site].asset
		st := ledger.Stream{Ledger: ledger.Space, Asset: a.ID, Service: s.service.ID, Label: s.service.Name + " in " + a.Name,
			Payer: s.service.Organisation, First: s.from, Last: s.to - 1, Grade: s.grade, Source: s.source}
		id := string(a.ID) + "/" + string(s.service.ID) + "/" + strconv.Itoa(s.from) + b.again(k)
		st.ID, st.Category, st.Quantity, st.QuantityUnit, st.Unit = id+"/people", ledger.CatPeople, s.service.FTE.Value*s.share, "FTE", "FTE"
		b.add(st)
		st.ID, st.Category, st.Quantity, st.QuantityUnit, st.Unit = id+"/desks", ledger.CatDesks, s.desks, "desks", "desks"
		b.add(st)
	}
	for i := range b.sites {
		b.area(i)
	}
}

// again marks a seat of a service that has another in the same building from the
// same year: parts of it that were apart, or two parts of one building.
func (b *builder) again(k int) string {
	n, s := 1, &b.seats[k]
	for _, j := range b.at[s.site] {
		if q := &b.seats[j]; j < k && q.service == s.service && q.from == s.from && q.to > q.from {
			n++
		}
	}
	if n == 1 {
		return ""
	}
	return "." + strconv.Itoa(n)
}

// area splits the floor of one building, year by year, into occupied and spare
// while it runs, and into vacant, converted or released afterwards.
func (b *builder) area(i int) {
	s := &b.sites[i]
	f := s.asset.FloorArea
	if !f.Known() || f.Value <= 0 {
		return
	}
	add := func(what string, q float64, first, last int) {
		b.add(ledger.Stream{ID: string(s.asset.ID) + "/area/" + what + "/" + strconv.Itoa(first), Ledger: ledger.Space, Asset: s.asset.ID,
			Category: ledger.CatArea, Label: what, Payer: s.asset.Organisation, Quantity: q, QuantityUnit: "m²", Unit: "m²",
			First: first, Last: last, Grade: f.Grade, Source: f.Source})
	}
	// Occupied area changes only when a service comes or goes.
	from := b.p.BaseYear
	for from < s.closed {
		taken, until := b.taken(i, from)
		taken = min(taken, f.Value)
		add(AreaOccupied, taken, from, until-1)
		add(AreaSpare, f.Value-taken, from, until-1)
		from = until
	}
	if s.converted != nil {
		add(AreaConverted, f.Value, s.closed, b.after-1)
		return
	}
	add(AreaVacant, f.Value, s.closed, s.gone-1)
	add(AreaReleased, f.Value, s.gone, b.after-1)
}

// taken is the floor area in use in a building in a year, and the first later
// year, its closing at the latest, in which that changes. Services that are there
// at different sessions share rooms, so it is the area of the busiest session and
// not the sum.
func (b *builder) taken(i, year int) (area float64, until int) {
	until = b.sites[i].closed
	var first model.Session
	sum, alike := 0.0, true
	for n, k := range b.at[i] {
		q := &b.seats[k]
		for _, y := range [2]int{q.from, q.to} {
			if y > year && y < until {
				until = y
			}
		}
		if q.from > year || q.to <= year {
			continue
		}
		if n == 0 || sum == 0 {
			first = q.sessions
		}
		alike = alike && q.sessions == first
		sum += q.area
	}
	if alike { // nearly always: then the busiest session holds them all
		return sum, until
	}
	var week space.Week
	for _, k := range b.at[i] {
		if q := &b.seats[k]; q.from <= year && q.to > year {
			week.Add(space.Seat{Area: q.area, Sessions: q.sessions}, 1)
		}
	}
	return week.PeakArea(), until
}
