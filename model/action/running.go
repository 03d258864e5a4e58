package action

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

var categoryOf = map[model.Cost]ledger.Category{
	model.CostRent: ledger.CatRent, model.CostRates: ledger.CatRates, model.CostMaintenance: ledger.CatMaintenance,
	model.CostCleaning: ledger.CatCleaning, model.CostReception: ledger.CatReception, model.CostOther: ledger.CatOther,
}

// running adds what a building costs and uses from the base year until it
// closes, with the retrofits and the services that came in.
func (b *builder) running(s *site) {
	last := s.closed - 1
	b.costs(s, last)
	b.energy(s, last)
	b.decay(s, last)
}

func (b *builder) id(s *site, rest string) string { return string(s.asset.ID) + "/" + rest }

func (b *builder) base(s *site, label string) ledger.Stream {
	return ledger.Stream{Asset: s.asset.ID, Label: label, Payer: s.asset.Organisation, Beneficiary: model.Market}
}

func (b *builder) costs(s *site, last int) {
	for _, c := range model.Costs {
		f, ok := s.asset.Costs.Lookup(c)
		if !ok || !f.Known() || f.Value == 0 {
			continue
		}
		if c == model.CostRent && s.lease != nil {
			b.rent(s, f)
			continue
		}
		st := b.base(s, s.asset.Name+": "+string(c))
		st.ID, st.Category = b.id(s, string(categoryOf[c])), categoryOf[c]
		st.Quantity, st.QuantityUnit = -f.Value, "£"
		st.First, st.Last = b.p.BaseYear, last
		st.Transfer = c == model.CostRates // a tax: society gains what the payer loses
		switch c {
		case model.CostRates:
			st.Growth = b.term(nil, "rates.growth")
		case model.CostMaintenance, model.CostCleaning, model.CostOther, model.CostReception:
			st.Growth = b.term(nil, "costs.growth")
		}
		st.Grade, st.Source = f.Grade, f.Source
		b.money(st)
		if c == model.CostCleaning || c == model.CostOther {
			b.costOfAdded(s, st, last)
		}
	}
	if f := s.asset.Income; f.Known() && f.Value != 0 {
		st := b.base(s, s.asset.Name+": income")
		st.ID, st.Category, st.Quantity, st.QuantityUnit = b.id(s, "income"), ledger.CatIncome, f.Value, "£"
		if s.lease != nil && s.lease.SubletRent > 0 { // the sublease is a stream of its own
			st.Quantity = max(0, f.Value-s.lease.SubletRent)
			st.Label += " besides the sublease"
		}
		st.First, st.Last, st.Grade, st.Source = b.p.BaseYear, last, f.Grade, f.Source
		b.money(st)
	}
	if fl := s.asset.FloorArea; fl.Known() && s.asset.Use.Built() {
		st := b.base(s, s.asset.Name+": lifecycle replacement")
		st.ID, st.Category, st.Capital = b.id(s, "lifecycle"), ledger.CatLifecycle, true
		st.Quantity, st.QuantityUnit, st.Rates = -fl.Value, "m²", []ledger.Term{b.term(nil, "lifecycle.cost")}
		st.First, st.Last = b.p.BaseYear, last
		g, src := b.grade("lifecycle.cost")
		st.Grade, st.Source = model.Weakest(fl.Grade, g), src
		b.money(st)
	}
}

// costOfAdded raises a cost that follows people by what moving services bring.
func (b *builder) costOfAdded(s *site, like ledger.Stream, last int) {
	area := s.asset.FloorArea.Value
	if area <= 0 {
		return
	}
	for _, l := range s.added {
		st := like
		st.ID = fmt.Sprintf("%s/from/%s", like.ID, l.action)
		st.Label = like.Label + " for services moved in"
		st.Action = l.action
		st.Quantity = like.Quantity * l.area / area
		st.Rates = []ledger.Term{l.factor, b.term(nil, "hub.load_response")}
		st.First, st.Last = l.from, last
		st.Grade = model.Weakest(like.Grade, model.Estimated)
		b.money(st)
	}
}

// flow is a quantity of one fuel a year with the terms that change it.
type flow struct {
	id, label string
	fuel      model.Fuel
	kWh       float64
	unit      string // of kWh where it is not kWh itself but what the rates turn into it
	rates     []ledger.Term
	from      int
	last      int
	action    model.ActionID
	grade     model.Grade
	source    string
}

// energyFlow adds the kWh to the carbon ledger and the same kWh priced to the
// money ledger: one quantity, two readings.
func (b *builder) energyFlow(s *site, f flow) {
	st := b.base(s, f.label)
	st.ID, st.Action, st.Category, st.Fuel = f.id, f.action, ledger.CatEnergy, f.fuel
	for len(f.rates) >= ledger.MaxRates { // fold the earliest so that the price still fits
		f.kWh *= f.rates[0].Factor()
		b.fold(f.rates[0])
		f.rates = f.rates[1:]
	}
	if f.unit == "" {
		f.unit = "kWh"
	}
	st.Quantity, st.QuantityUnit, st.Rates = f.kWh, f.unit, f.rates
	st.First, st.Last, st.Grade, st.Source = f.from, f.last, f.grade, f.source
	energy := st
	energy.Ledger, energy.Unit = ledger.Carbon, "kWh"
	b.add(energy)
	price := b.price(f.fuel)
	st.ID += "/cost"
	st.Quantity = -f.kWh
	st.Rates = append(append(make([]ledger.Term, 0, len(f.rates)+1), f.rates...), price.term)
	st.Index = price.index
	st.Grade = model.Weakest(f.grade, price.grade)
	b.money(st)
}

// price is what a kWh of a fuel costs, and how that changes.
type price struct {
	fuel  model.Fuel
	term  ledger.Term
	index string // path of the price
	grade model.Grade
}

// price looks a fuel's price up once: half of all streams are energy.
func (b *builder) price(f model.Fuel) price {
	for _, p := range b.prices {
		if p.fuel == f {
			return p
		}
	}
	key := ledger.PathKey("energy.price", f)
	p := price{fuel: f, term: b.term(nil, key), index: ledger.PathKey("price", f)}
	p.grade, _ = b.grade(key)
	b.prices = append(b.prices, p)
	return p
}

func (b *builder) energy(s *site, last int) {
	area := s.asset.FloorArea.Value
	for _, fuel := range model.Fuels {
		f, ok := s.asset.Energy.Lookup(fuel)
		if !ok || !f.Known() || f.Value == 0 {
			continue
		}
		label := s.asset.Name + ": " + string(fuel)
		b.energyFlow(s, flow{id: b.id(s, "energy/"+string(fuel)), label: label, fuel: fuel, kWh: f.Value,
			from: b.p.BaseYear, last: last, grade: f.Grade, source: f.Source})
		if area <= 0 {
			continue
		}
		for _, l := range s.added {
			b.energyFlow(s, flow{id: fmt.Sprintf("%s/from/%s", b.id(s, "energy/"+string(fuel)), l.action),
				label: label + " for services moved in", fuel: fuel, kWh: f.Value * l.area / area,
				rates: []ledger.Term{l.factor, b.term(nil, "hub.load_response")}, from: l.from, last: last, action: l.action,
				grade: model.Weakest(f.Grade, model.Estimated), source: "load of the building per m² × area taken × response"})
		}
	}
}

// decay adds the cost of a backlog: failures that must be mended, growing until
// the backlog is cleared or the building closes.
func (b *builder) decay(s *site, last int) {
	f := s.asset.Backlog
	if !f.Known() || f.Value == 0 {
		return
	}
	left := 1.0
	until := last
	st := b.base(s, s.asset.Name+": failures from uncleared backlog")
	st.ID, st.Category = b.id(s, "backlog"), ledger.CatBacklog
	st.Quantity, st.QuantityUnit = -f.Value, "£"
	st.Rates = []ledger.Term{b.term(nil, "backlog.failure")}
	st.Growth = b.term(nil, "backlog.growth")
	st.Grade, st.Source = model.Weakest(f.Grade, model.Placeholder), f.Source+"; growth and failure share from the assumption book"
	if c := s.cleared; c != nil {
		years := int(b.shape(c, "clear.years"))
		left = 1 - b.shape(c, "clear.share")
		until = min(last, c.Year+max(years, 1)-1)
	}
	st.First, st.Last = b.p.BaseYear, until
	b.money(st)
	if s.cleared != nil && left > 0 && until < last {
		st.ID, st.Label = b.id(s, "backlog/left"), s.asset.Name+": failures from backlog left uncleared"
		st.First, st.Last = until+1, last
		st.Rates = append(st.Rates, complement(b.term(s.cleared, "clear.share")))
		b.money(st)
	}
}
