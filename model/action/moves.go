package action

import (
	"fmt"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// coLocate moves services of other buildings into this one.
func (b *builder) coLocate(at int, a model.Action) {
	hub := &b.sites[at]
	moving := b.moving(at, a)
	if len(moving) == 0 {
		b.refuse(a, "nobody to move", fmt.Sprintf("%s: no service is in the buildings named when the move is due in %s",
			hub.asset.Name, model.FinancialYear(a.Year)))
		return
	}
	if !b.fits(at, a, moving) {
		return
	}
	factor := b.term(&a, "hub.area_factor")
	b.shape(&a, "hub.area_factor") // of how much room is left
	var given, desks float64       // m² given up elsewhere, and desks
	public := 0
	left := map[int]float64{}                    // site index → m² given up there
	guests := map[model.OrganisationID]float64{} // partner → m² given up, or desks where those are the key
	byDesks := b.shape(&a, "hub.share_by_desks") == 1
	type way struct {
		service *model.Service
		site    int
	}
	ways := map[way]int{}
	for _, k := range moving {
		b.seats[k].to = a.Year
		old := b.seats[k]
		take := old.area * factor.Value
		given += old.area
		desks += old.desks
		left[old.site] += old.area
		if org := old.service.Organisation; org != hub.asset.Organisation {
			if byDesks {
				guests[org] += old.desks
			} else {
				guests[org] += old.area
			}
		}
		if old.service.Public {
			public++
		}
		moved := old
		moved.site, moved.area, moved.from, moved.to = at, take, a.Year, b.after
		b.sit(moved)
		b.plan.Moves = append(b.plan.Moves, Move{Action: a.ID, Service: moved.service.ID, From: b.sites[old.site].asset.ID,
			To: hub.asset.ID, Year: a.Year, FTE: moved.service.FTE.Value * moved.share, Desks: moved.desks, Area: take, Left: old.area})
		w := way{old.service, old.site}
		ways[w]++ // a service may have two parts of one building
		b.travel(a, b.sites[old.site].asset, hub.asset, moved, ways[w])
	}
	hub.added = append(hub.added, load{action: a.ID, area: given, factor: factor, from: a.Year, today: b.shape(&a, "hub.heat_as_today") == 1})

	one := func(id, label string, cat ledger.Category, q float64, unit string, rates ...ledger.Term) ledger.Stream {
		st := b.base(hub, hub.asset.Name+": "+label)
		st.ID, st.Action, st.Category = string(a.ID)+"/"+id, a.ID, cat
		st.Quantity, st.QuantityUnit, st.Rates = q, unit, rates
		st.Grade, st.Source = model.Placeholder, "action catalogue: share buildings"
		return once(st, a.Year)
	}
	fit := one("fit-out", "fit-out for services moving in", ledger.CatFitOut, -given, "m² given up", factor, b.term(&a, "hub.fitout"))
	fit.Capital, fit.Uplift = true, b.term(&a, "hub.optimism")
	b.money(fit)
	b.money(one("moves", "moves, furniture and ICT", ledger.CatFitOut, -desks, "desks", b.term(&a, "hub.move")))
	if public > 0 {
		st := one("reception", "shared reception", ledger.CatReception, float64(public), "services", b.term(&a, "hub.reception_saving"))
		st.Last = b.after - 1
		b.money(st)
	}
	b.share(a, hub, guests)
	b.doubleRunning(a, hub, left)
	em := one("embodied", "embodied carbon of fit-out", ledger.CatEmbodied, given, "m² given up", factor, b.term(&a, "embodied.light"))
	em.Ledger, em.Unit = ledger.Carbon, "kgCO2e"
	b.add(em)
}

// moving returns the seats that the action moves: those of the services named,
// or every one, in the buildings it empties.
func (b *builder) moving(hub int, a model.Action) []int {
	seen := map[int]bool{}
	var from []int
	for _, id := range a.From {
		if i, ok := b.index[id]; ok {
			if !seen[i] {
				from = append(from, i)
			}
			seen[i] = true
		} else {
			b.warn(a, "unknown building", fmt.Sprintf("there is no building %q to move from", id))
		}
	}
	if seen[hub] {
		b.warn(a, "nobody to move", fmt.Sprintf("%s is named among the buildings to move from, but its services are there already", b.sites[hub].asset.Name))
	}
	named := map[model.ServiceID]bool{}
	for _, id := range a.Services {
		named[id] = true
		if b.services[id] == nil {
			b.warn(a, "unknown service", fmt.Sprintf("there is no service %q to move", id))
		}
	}
	if len(a.From) == 0 && len(named) > 0 { // wherever they are
		for i := range b.sites {
			from = append(from, i)
		}
	}
	var out []int
	for _, i := range from {
		for _, k := range b.at[i] {
			s := &b.seats[k]
			if i != hub && s.from <= a.Year && s.to > a.Year && (len(named) == 0 || named[s.service.ID]) {
				out = append(out, k)
			}
		}
	}
	return out
}

// share has partners pay the hub's owner their part of its running cost, by the
// floor area or the desks they take. Nothing is gained or lost by it in society: one body
// pays what the other receives.
func (b *builder) share(a model.Action, hub *site, guests map[model.OrganisationID]float64) {
	area, key := hub.asset.FloorArea, "its floor area"
	rates := []ledger.Term{b.term(&a, "hub.area_factor"), b.term(&a, "hub.cost_share")}
	if b.shape(&a, "hub.share_by_desks") == 1 {
		area, key, rates = hub.asset.Desks, "its desks", rates[1:]
	}
	if !area.Known() || area.Value <= 0 {
		if len(guests) > 0 {
			b.warn(a, "no key to share by", fmt.Sprintf("%s: %s are not known, so its partners' share of the running cost cannot be worked out", hub.asset.Name, strings.TrimPrefix(key, "its ")))
		}
		return
	}
	yearly, grade := runningCost(hub.asset)
	for _, o := range b.p.Organisations { // in the project's order
		taken := guests[o.ID]
		if taken == 0 || yearly == 0 {
			continue
		}
		st := b.base(hub, fmt.Sprintf("%s: share of running costs paid by %s", hub.asset.Name, o.Name))
		st.ID, st.Action, st.Category, st.Transfer = fmt.Sprintf("%s/share/%s/paid", a.ID, o.ID), a.ID, ledger.CatShared, true
		st.Payer, st.Beneficiary = o.ID, hub.asset.Organisation
		st.Quantity, st.QuantityUnit = -yearly*taken/area.Value, "£"
		st.Rates, st.Growth = rates, b.term(nil, "costs.growth")
		st.First, st.Last = a.Year, b.after-1
		st.Grade, st.Source = grade, "running cost of the hub × share of "+key+" taken"
		b.money(st)
		st.ID = fmt.Sprintf("%s/share/%s/received", a.ID, o.ID)
		st.Label = fmt.Sprintf("%s: share of running costs received from %s", hub.asset.Name, o.Name)
		st.Payer, st.Beneficiary, st.Quantity = hub.asset.Organisation, o.ID, -st.Quantity
		b.money(st)
	}
}

// runningCost is what a building costs a year besides energy, and how sure that is.
func runningCost(a *model.Asset) (float64, model.Grade) {
	yearly, grade := 0.0, model.Estimated
	for _, c := range model.Costs {
		if f := a.Costs.Get(c); f.Known() {
			yearly += f.Value
			grade = model.Weakest(grade, f.Grade)
		}
	}
	return yearly, grade
}

// doubleRunning charges some months of what the emptied space costs while both
// buildings run.
func (b *builder) doubleRunning(a model.Action, hub *site, left map[int]float64) {
	months := b.term(&a, "hub.double_running_months")
	for i := range b.sites {
		area, ok := left[i]
		from := b.sites[i].asset
		if !ok || from.FloorArea.Value <= 0 {
			continue
		}
		yearly, grade := runningCost(from)
		if l := b.sites[i].lease; l != nil && l.EndKnown() { // its rent runs until the lease ends, whoever is in the building
			yearly -= l.Rent
		}
		st := b.base(&b.sites[i], from.Name+": both buildings running during the move to "+hub.asset.Name)
		st.ID, st.Action, st.Category = fmt.Sprintf("%s/double/%s", a.ID, from.ID), a.ID, ledger.CatDouble
		st.Quantity, st.QuantityUnit = -yearly*math.Min(1, area/from.FloorArea.Value)/12, "£/month"
		st.Rates = []ledger.Term{months}
		st.Grade, st.Source = grade, "running cost of the space left, for the months in which both run"
		b.money(once(st, a.Year))
	}
}

// emptied names the buildings that a move left without services and that
// nothing closes: their running costs go on.
func (b *builder) emptied() {
	for _, m := range b.plan.Moves {
		i := b.index[m.From]
		s := &b.sites[i]
		if s.closed < b.after || s.converted != nil {
			continue
		}
		still := false
		for _, k := range b.at[i] {
			still = still || b.seats[k].to > m.Year
		}
		if !still {
			c := Conflict{Action: m.Action, Asset: m.From, Kind: "emptied but kept",
				Message: fmt.Sprintf("%s is empty from %s but nothing closes it, so its running costs go on", s.asset.Name, model.FinancialYear(m.Year))}
			if n := len(b.plan.Conflicts); n == 0 || b.plan.Conflicts[n-1] != c {
				b.plan.Conflicts = append(b.plan.Conflicts, c)
			}
		}
	}
}
