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
	b.runDown(s, a)
	b.plan.Closures = append(b.plan.Closures, Closure{Action: a.ID, Asset: s.asset.ID, Closed: a.Year, Gone: gone, Route: a.Kind})
	return true
}

// runDown keeps the heating and power of a closing building on for the months in
// which both buildings run: a load falls only when it is really off.
func (b *builder) runDown(s *site, a model.Action) {
	for _, fuel := range model.Fuels {
		if e := s.asset.Energy.Get(fuel); e.Known() && e.Value != 0 {
			b.energyFlow(s, flow{id: fmt.Sprintf("%s/run-down/%s", a.ID, fuel), label: fmt.Sprintf("%s: %s until it is off", s.asset.Name, fuel), fuel: fuel,
				kWh: e.Value / 12, unit: "kWh/month", rates: []ledger.Term{b.term(&a, "hub.double_running_months")}, from: a.Year, last: a.Year, action: a.ID,
				grade: model.Weakest(e.Grade, model.Estimated), source: "load of the building for the months in which both run"})
		}
	}
}

// holding charges the cost of an empty building for a number of months; a
// negative number means for good.
func (b *builder) holding(s *site, a model.Action, months float64) {
	b.hold(s, a, "holding", s.asset.FloorArea.Value, 0, months)
}

// hold charges the cost of empty floor area from so many months after the
// action's year begins, for so many months; for good when they are negative.
func (b *builder) hold(s *site, a model.Action, id string, area, after, months float64, more ...ledger.Term) {
	if !s.asset.FloorArea.Known() || area <= 0 || months == 0 {
		return
	}
	st := b.item(s, &a, id, "security, insurance and minimum services while empty", ledger.CatHolding, -area, "m²", "holding.vacant", more...)
	st.First, st.FirstMissed = inYears(a.Year, after)
	st.Last = b.after - 1
	if months > 0 {
		var into float64
		st.Last, into = inYears(a.Year, after+months)
		st.LastMissed = 1 - into
		if into == 0 {
			st.Last, st.LastMissed = st.Last-1, 0
		}
		if st.First == st.Last && st.FirstMissed > 0 { // a stream's two edges multiply, so a part in the middle of a year is one edge
			st.FirstMissed, st.LastMissed = 1-months/12, 0
		}
	}
	st.Grade = model.Weakest(s.asset.FloorArea.Grade, st.Grade)
	b.money(st)
}

// inYears is the year so many months after the beginning of another, and the
// share of it that has then passed.
func inYears(year int, months float64) (int, float64) {
	whole := int(months / 12)
	return year + whole, months/12 - float64(whole)
}

// byYear is the financial year in which something so many months on is complete:
// what falls within a year is counted in the next, as money is by year ends.
func byYear(year int, months float64) int {
	y, part := inYears(year, months)
	if part > 0 {
		y++
	}
	return y
}

// sell closes the building, holds it empty until completion and receives the
// expected price less the costs of sale. A community asset transfer is the same
// at a share of market value.
func (b *builder) sell(s *site, a model.Action) {
	months, slip := b.shape(&a, "sale.months"), b.shape(&a, "sale.slip_months")
	done := byYear(a.Year, months+slip)
	if s.asset.Tenure.Kind == model.Leasehold {
		b.refuse(a, "not ours to sell", s.asset.Name+" is leased: leave it at a break or expiry instead")
		return
	}
	if !b.close(s, a, done) {
		return
	}
	b.slipped(s, a, slip)
	b.hold(s, a, "holding", s.asset.FloorArea.Value, slip, months)
	if done >= b.after {
		b.warn(a, "outside the horizon", fmt.Sprintf("%s: the sale completes in %s, after the years appraised, so its receipt is not counted",
			s.asset.Name, model.FinancialYear(done)))
	}
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
		price := b.term(&a, "transfer.price_share")
		b.undervalue(s, a, r, price, done)
		r.Rates = append(r.Rates, price)
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

// slipped charges the months by which a disposal comes later than planned: the
// building runs on beside the one that its services went to, and everything
// that follows, holding and receipt, moves with it.
func (b *builder) slipped(s *site, a model.Action, months float64) {
	yearly, grade := runningCost(s.asset)
	if months <= 0 || yearly == 0 {
		return
	}
	st := b.item(s, &a, "slip", "running on while the disposal slips", ledger.CatDouble, -yearly/12, "£/month", "sale.slip_months")
	st.Grade, st.Source = grade, "running cost of the building, for the months of slip"
	b.money(st)
}

// undervalue names what a transfer gives away. It is shown and counted nowhere:
// no cash passes, and what the owner forgoes the community has.
func (b *builder) undervalue(s *site, a model.Action, receipt ledger.Stream, price ledger.Term, year int) {
	u := receipt
	u.ID, u.Label = string(a.ID)+"/undervalue", s.asset.Name+": value passed to the community body below the market price (shown, not counted)"
	u.Category, u.Beneficiary = ledger.CatBenefit, model.Society
	u.Rates = append(append([]ledger.Term(nil), receipt.Rates...), complement(price))
	u.Capital, u.Benefit, u.Transfer, u.Unpriced = false, true, true, true
	b.money(once(u, year))
	b.count(Outcome{Action: a.ID, Asset: s.asset.ID, Kind: Undervalue, Quantity: u.Amount(), Unit: "£", Year: year, Grade: u.Grade, Exempt: true,
		Source: u.Source, Note: "expected value forgone; a transfer, so neither a cost to society nor cash"})
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
	if v, ok := a.Values["green.hectares"]; ok {
		land = model.Figure{Value: v, Grade: model.Stated, Source: "set by the scenario"}
	}
	if !land.Known() || land.Value <= 0 {
		b.refuse(a, "land area not known", s.asset.Name+": give its land area, or green.hectares, before turning it into green space")
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
	b.count(Outcome{Action: a.ID, Asset: s.asset.ID, Kind: GreenSpace, Quantity: land.Value, Unit: "hectares", Year: a.Year + 1, Grade: land.Grade, Source: land.Source})
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
	if spare := b.spare(b.index[s.asset.ID], a.Year); s.closed > a.Year && area > spare+0.5 {
		b.warn(a, "not free", fmt.Sprintf("%s: %.0f m² are to be let in %s but only %.0f m² are not taken by services", s.asset.Name, area, model.FinancialYear(a.Year), spare))
	}
	st := b.item(s, &a, "rent", "rent of let space", ledger.CatIncome, area, "m²", "let.rent", complement(b.term(&a, "let.void")))
	st.Last = b.after - 1
	st.First, st.FirstMissed = inYears(a.Year, b.shape(&a, "let.incentive_months"))
	if n := len(b.plan.Streams); st.Last >= st.First {
		if b.money(st); len(b.plan.Streams) > n {
			s.lets = append(s.lets, n)
		}
	}
	works := b.item(s, &a, "let-works", "works to make space ready to let", ledger.CatWorks, -area, "m²", "let.works")
	if works.Amount() != 0 {
		works.Capital, works.Uplift = true, b.term(&a, "works.optimism")
		b.money(works)
	}
}

// endLets ends rents in the year in which a building is no longer held.
func (b *builder) endLets() {
	for i := range b.sites {
		for _, n := range b.sites[i].lets {
			if st := &b.plan.Streams[n]; st.Last >= b.sites[i].gone {
				st.Last = b.sites[i].gone - 1
				if st.Last < st.First { // gone before a rent came in
					st.First, st.Last, st.FirstMissed, st.Quantity = b.p.BaseYear, b.p.BaseYear, 0, 0
				}
			}
		}
	}
}

// spare is the floor area that services leave free in a year.
func (b *builder) spare(i, year int) float64 {
	taken, _ := b.taken(i, year)
	return b.sites[i].asset.FloorArea.Value - taken
}
