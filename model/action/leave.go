package action

import (
	"fmt"
	"strconv"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// close ends the building's services and running costs, unless services are
// still there.
func (b *builder) close(s *site, a model.Action, gone int) bool {
	for _, k := range b.at[b.index[s.asset.ID]] {
		if q := &b.seats[k]; q.from <= a.Year && q.to > a.Year {
			b.refuse(a, "service with nowhere to go", fmt.Sprintf("%s cannot %s in %s: %s is still there and no move takes it elsewhere",
				s.asset.Name, verb(a.Kind), model.FinancialYear(a.Year), q.service.Name))
			return false
		}
	}
	s.closed, s.gone = a.Year, gone
	b.plan.Closures = append(b.plan.Closures, Closure{Action: a.ID, Asset: s.asset.ID, Closed: a.Year, Gone: gone, Route: a.Kind})
	return true
}

// holding charges the cost of an empty building for a number of months; a
// negative number means for good.
func (b *builder) holding(s *site, a model.Action, months float64) {
	area := s.asset.FloorArea
	if !area.Known() || area.Value == 0 || months == 0 {
		return
	}
	st := b.base(s, s.asset.Name+": security, insurance and minimum services while empty")
	st.ID, st.Action, st.Category = string(a.ID)+"/holding", a.ID, ledger.CatHolding
	st.Quantity, st.QuantityUnit, st.Rates = -area.Value, "m²", []ledger.Term{b.term(&a, "holding.vacant")}
	st.First, st.Last = a.Year, b.after-1
	if months > 0 {
		whole := int(months) / 12
		rest := months/12 - float64(whole)
		st.Last = a.Year + whole
		st.LastMissed = 1 - rest
		if rest == 0 {
			st.Last, st.LastMissed = st.Last-1, 0
		}
	}
	g, src := b.grade("holding.vacant")
	st.Grade, st.Source = model.Weakest(area.Grade, g), src
	b.money(st)
}

// sell closes the building, holds it empty until completion and receives the
// expected price less the costs of sale. A community asset transfer is the same
// at a share of market value.
func (b *builder) sell(s *site, a model.Action) {
	months := b.term(&a, "sale.months").Value
	if months < 0 {
		b.refuse(a, "not possible", s.asset.Name+": the months to completion are negative")
		return
	}
	done := a.Year + int(months)/12
	if int(months)%12 != 0 {
		done++
	}
	if s.asset.Tenure.Kind == model.Leasehold {
		b.refuse(a, "not ours to sell", s.asset.Name+" is leased: leave it at a break or expiry instead")
		return
	}
	if !b.close(s, a, done) {
		return
	}
	b.holding(s, a, months)
	value := ledger.Stream{Quantity: s.asset.Value.Value, QuantityUnit: "£", Grade: s.asset.Value.Grade, Source: s.asset.Value.Source}
	if !s.asset.Value.Known() {
		value = b.modelledValue(s)
		if value.Quantity == 0 {
			b.warn(a, "no value", s.asset.Name+" has no value, floor area or land area, so the sale brings nothing in")
			return
		}
	}
	r := b.base(s, s.asset.Name+": sale receipt, allowing for the chance that it does not complete")
	r.ID, r.Action, r.Category = string(a.ID)+"/receipt", a.ID, ledger.CatReceipt
	r.Quantity, r.QuantityUnit = value.Quantity, value.QuantityUnit
	r.Rates = append(append([]ledger.Term(nil), value.Rates...), b.term(&a, "sale.probability"))
	r.Capital, r.Exempt = true, true
	r.Grade, r.Source = value.Grade, value.Source
	if a.Kind == model.Transfer {
		r.Label = s.asset.Name + ": price paid in the community asset transfer"
		r.Rates = append(r.Rates, b.term(&a, "transfer.price_share"))
		legal := b.base(s, s.asset.Name+": legal and survey costs of the transfer")
		legal.ID, legal.Action, legal.Category = string(a.ID)+"/legal", a.ID, ledger.CatSaleCost
		legal.Quantity, legal.QuantityUnit, legal.Rates = -1, "transfer", []ledger.Term{b.term(&a, "transfer.legal")}
		legal.Grade, legal.Source = model.Placeholder, "action catalogue: community asset transfer"
		b.money(once(legal, a.Year))
	} else {
		c := r
		c.ID, c.Category = string(a.ID)+"/sale-cost", ledger.CatSaleCost
		c.Label = s.asset.Name + ": agents and lawyers"
		c.Quantity = -r.Quantity
		c.Rates = append(append([]ledger.Term(nil), r.Rates...), b.term(&a, "sale.cost"))
		g, _ := b.grade("sale.cost")
		c.Grade = model.Weakest(r.Grade, g)
		b.money(once(c, done))
	}
	b.money(once(r, done))
}

// modelledValue stands in for a value that nobody has given: floor area, or
// else land area, at the book's rate.
func (b *builder) modelledValue(s *site) ledger.Stream {
	key, f, unit := "value.built", s.asset.FloorArea, "m²"
	if !f.Known() || f.Value == 0 || !s.asset.Use.Built() {
		key, f, unit = "value.land", s.asset.LandArea, "hectares"
	}
	if !f.Known() {
		return ledger.Stream{}
	}
	_, src := b.grade(key)
	return ledger.Stream{Quantity: f.Value, QuantityUnit: unit, Rates: []ledger.Term{b.term(nil, key)}, Grade: model.Placeholder, Source: src}
}

// exitLease ends a tenancy at a lease event.
func (b *builder) exitLease(s *site, a model.Action) {
	t := s.asset.Tenure
	if t.Kind != model.Leasehold && t.Kind != model.Licence {
		b.refuse(a, "not leased", s.asset.Name+" is not held on a lease")
		return
	}
	event := firstEvent(t)
	if y, ok := YearOf(event); ok && a.Year < y {
		b.refuse(a, "before the lease can end", fmt.Sprintf("%s can be left in %s at the earliest (%s), not in %s", s.asset.Name,
			model.FinancialYear(y), event, model.FinancialYear(a.Year)))
		return
	} else if !ok {
		b.warn(a, "lease dates not known", s.asset.Name+": neither a break nor an expiry is known; the year given is taken on trust")
	}
	if !b.close(s, a, a.Year) {
		return
	}
	st := b.base(s, s.asset.Name+": dilapidations on leaving")
	st.ID, st.Action, st.Category, st.Exempt = string(a.ID)+"/dilapidations", a.ID, ledger.CatDilaps, true
	if d := t.Dilapidations; d.Known() {
		st.Quantity, st.QuantityUnit, st.Grade, st.Source = -d.Value, "£", d.Grade, d.Source
	} else if f := s.asset.FloorArea; f.Known() {
		st.Quantity, st.QuantityUnit, st.Rates = -f.Value, "m²", []ledger.Term{b.term(&a, "space.nia_per_gia"), b.term(&a, "lease.dilapidations")}
		g, src := b.grade("lease.dilapidations")
		st.Grade, st.Source = g, src
	}
	b.money(once(st, a.Year))
}

// firstEvent is the earlier of break and expiry, as an ISO date.
func firstEvent(t model.Tenure) string {
	if t.Break != "" && (t.Expiry == "" || t.Break < t.Expiry) {
		return t.Break
	}
	return t.Expiry
}

// YearOf is the financial year in which an ISO date falls, April to March.
func YearOf(date string) (int, bool) {
	if len(date) < 7 {
		return 0, false
	}
	y, err1 := strconv.Atoi(date[:4])
	m, err2 := strconv.Atoi(date[5:7])
	if err1 != nil || err2 != nil {
		return 0, false
	}
	if m < 4 {
		y--
	}
	return y, true
}

func (b *builder) mothball(s *site, a model.Action) {
	if !b.close(s, a, b.after) {
		return
	}
	if f := s.asset.FloorArea; f.Known() {
		st := b.base(s, s.asset.Name+": closing and securing")
		st.ID, st.Action, st.Category = string(a.ID)+"/secure", a.ID, ledger.CatWorks
		st.Quantity, st.QuantityUnit, st.Rates, st.Uplift = -f.Value, "m²", []ledger.Term{b.term(&a, "mothball.cost")}, b.term(&a, "works.optimism")
		st.Grade, st.Source = model.Placeholder, "action catalogue: mothball"
		b.money(once(st, a.Year))
	}
	b.holding(s, a, -1)
}

// greening demolishes the building and makes green space of the land.
func (b *builder) greening(s *site, a model.Action) {
	land := s.asset.LandArea
	if !land.Known() {
		b.refuse(a, "land area not known", s.asset.Name+": give its land area before turning it into green space")
		return
	}
	if s.closed > a.Year && !b.close(s, a, b.after) {
		return
	}
	one := func(id, label string, q float64, unit, key string) ledger.Stream {
		st := b.base(s, s.asset.Name+": "+label)
		st.ID, st.Action, st.Category = string(a.ID)+"/"+id, a.ID, ledger.CatWorks
		st.Quantity, st.QuantityUnit, st.Rates = q, unit, []ledger.Term{b.term(&a, key)}
		g, src := b.grade(key)
		st.Grade, st.Source = g, src
		return once(st, a.Year)
	}
	if f := s.asset.FloorArea; f.Known() {
		d := one("demolition", "demolition", -f.Value, "m²", "works.demolition")
		d.Capital, d.Uplift = true, b.term(&a, "works.optimism")
		b.money(d)
		e := one("embodied", "embodied carbon of demolition", f.Value, "m²", "embodied.demolition")
		e.Ledger, e.Unit, e.Category = ledger.Carbon, "kgCO2e", ledger.CatEmbodied
		b.add(e)
	}
	g := one("planting", "making green space", -land.Value, "hectares", "green.cost")
	g.Capital, g.Uplift = true, b.term(&a, "works.optimism")
	b.money(g)
	up := one("upkeep", "upkeep of green space", -land.Value, "hectares", "green.upkeep")
	up.Category, up.First, up.Last = ledger.CatOther, a.Year+1, b.after-1
	b.money(up)
}

// letOut earns a rent on the share of the building that is let.
func (b *builder) letOut(s *site, a model.Action) {
	f := s.asset.FloorArea
	if !f.Known() {
		b.refuse(a, "floor area not known", s.asset.Name+": give its floor area before letting it")
		return
	}
	if s.gone <= a.Year {
		b.refuse(a, "already gone", s.asset.Name+" is no longer held in "+model.FinancialYear(a.Year))
		return
	}
	area := a.Value("let.area", f.Value)
	if area <= 0 || area > f.Value {
		b.refuse(a, "larger than the building", fmt.Sprintf("%s has %.0f m²; %.0f m² cannot be let", s.asset.Name, f.Value, area))
		return
	}
	st := b.base(s, s.asset.Name+": rent of let space")
	st.ID, st.Action, st.Category = string(a.ID)+"/rent", a.ID, ledger.CatIncome
	st.Quantity, st.QuantityUnit = area, "m²"
	st.Rates = []ledger.Term{b.term(&a, "let.rent"), complement(b.term(&a, "let.void"))}
	st.First, st.Last, st.Grade, st.Source = a.Year, b.after-1, model.Placeholder, "action catalogue: let to others"
	b.money(st)
}
