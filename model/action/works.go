package action

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// retain clears the backlog, or a share of it, in equal yearly parts.
func (b *builder) retain(s *site, a model.Action) {
	f := s.asset.Backlog
	if !f.Known() || f.Value == 0 {
		b.warn(a, "no backlog known", s.asset.Name+" has no backlog on record, so keeping it in repair costs nothing extra here")
		return
	}
	years := max(1, int(b.term(&a, "clear.years").Value))
	st := b.base(s, s.asset.Name+": clearing the backlog")
	st.ID, st.Action, st.Category, st.Capital = string(a.ID)+"/clear", a.ID, ledger.CatBacklog, true
	st.Quantity, st.QuantityUnit = -f.Value/float64(years), "£"
	st.Rates = []ledger.Term{b.term(&a, "clear.share")}
	st.Uplift = b.term(&a, "works.optimism")
	st.First, st.Last = a.Year, a.Year+years-1
	st.Grade, st.Source = f.Grade, f.Source
	b.money(st)
}

// retrofit applies measures in order. Each saves from the load that those
// before it leave, so the rates of a stream are its own saving and the
// complements of the earlier ones.
func (b *builder) retrofit(s *site, a model.Action, last int) {
	area := s.asset.FloorArea
	if a.Year > last {
		return
	}
	if !area.Known() || area.Value <= 0 {
		b.refuse(a, "floor area not known", s.asset.Name+": give its floor area before planning a retrofit")
		return
	}
	gas := s.asset.Energy[model.Gas]
	elec := s.asset.Energy[model.Electricity]
	var heatLeft, powerLeft []ledger.Term
	for _, key := range a.Measures {
		m, ok := measure(key)
		if !ok {
			b.refuse(a, "unknown measure", fmt.Sprintf("%s: %q is not a retrofit measure", s.asset.Name, key))
			continue
		}
		size, unit := area.Value, "m²"
		kWh := flow{id: fmt.Sprintf("%s/%s", a.ID, m.Key), from: a.Year, last: last, action: a.ID,
			grade: model.Weakest(model.Estimated, gas.Or(elec).Grade), source: "action catalogue: " + m.Label}
		switch m.Saves {
		case "heat":
			if len(heatLeft) >= ledger.MaxRates-2 {
				b.refuse(a, "too many measures", fmt.Sprintf("%s: %s is one measure on the same load too many", s.asset.Name, m.Label))
				continue
			}
			save := b.term(&a, m.Saving)
			kWh.label, kWh.fuel, kWh.kWh = s.asset.Name+": gas saved by "+m.Label, model.Gas, -gas.Value
			kWh.rates = append([]ledger.Term{save}, heatLeft...)
			heatLeft = append(heatLeft, complement(save))
			b.energyFlow(s, kWh)
		case "electricity":
			save := b.term(&a, m.Saving)
			kWh.label, kWh.fuel, kWh.kWh = s.asset.Name+": electricity saved by "+m.Label, model.Electricity, -elec.Value
			kWh.rates = append([]ledger.Term{save}, powerLeft...)
			powerLeft = append(powerLeft, complement(save))
			b.energyFlow(s, kWh)
		case "fuel switch":
			size, unit = b.heatPump(s, a, m, kWh, gas, heatLeft), "kW"
			heatLeft = append(heatLeft, ledger.Term{Value: 1, Complement: true}) // no gas is left
		case "generation":
			size, unit = area.Value*b.term(&a, "retrofit.pv.kwp_per_m2").Value, "kWp"
			b.solar(s, a, m, kWh, size)
		}
		if size == 0 {
			continue
		}
		st := b.base(s, s.asset.Name+": "+m.Label)
		st.ID, st.Action, st.Category, st.Capital = fmt.Sprintf("%s/%s/works", a.ID, m.Key), a.ID, ledger.CatWorks, true
		st.Quantity, st.QuantityUnit, st.Rates, st.Uplift = -size, unit, []ledger.Term{b.term(&a, m.Cost)}, b.term(&a, "retrofit.optimism")
		st.First, st.Last, st.Profile.Every = a.Year, last, m.Life
		g, src := b.grade(m.Cost)
		st.Grade, st.Source = model.Weakest(area.Grade, g), src+"; replaced every "+fmt.Sprint(m.Life)+" years"
		b.money(st)
	}
}

// heatPump takes over the heat that is left after the fabric measures and
// returns the size of plant in kW.
func (b *builder) heatPump(s *site, a model.Action, m Measure, f flow, gas model.Figure, left []ledger.Term) float64 {
	if !gas.Known() || gas.Value == 0 {
		b.warn(a, "no gas use known", s.asset.Name+": no gas use is on record, so a heat pump saves nothing")
		return 0
	}
	f.label, f.fuel, f.kWh = s.asset.Name+": gas replaced by a heat pump", model.Gas, -gas.Value
	f.rates = append([]ledger.Term(nil), left...)
	id := f.id
	f.id = id + "/gas"
	b.energyFlow(s, f)
	f.id, f.label, f.fuel, f.kWh = id+"/electricity", s.asset.Name+": electricity used by the heat pump", model.Electricity, gas.Value
	f.rates = append(append([]ledger.Term(nil), left...), b.term(&a, "retrofit.boiler.efficiency"), b.term(&a, "retrofit.ashp.input_per_heat"))
	for len(f.rates) >= ledger.MaxRates { // fold the earliest complement so that the price still fits
		f.kWh *= f.rates[0].Factor()
		f.rates = f.rates[1:]
	}
	b.energyFlow(s, f)
	heat := gas.Value * b.term(&a, "retrofit.boiler.efficiency").Value / 1000
	for _, t := range left {
		heat *= t.Factor()
	}
	return heat * b.term(&a, "retrofit.heatload_kw_per_mwh").Value
}

// solar uses part of what the panels make in the building and sells the rest.
func (b *builder) solar(s *site, a model.Action, m Measure, f flow, kWp float64) {
	yield := b.term(&a, PVYieldKey)
	own := b.term(&a, "retrofit.pv.self_use")
	f.label, f.fuel, f.kWh = s.asset.Name+": solar electricity used in the building", model.Electricity, -kWp
	f.rates = []ledger.Term{yield, own}
	f.category = ledger.CatEnergy
	id := f.id
	f.id = id + "/own"
	b.energyFlow(s, f)
	st := b.base(s, s.asset.Name+": solar electricity sold")
	st.ID, st.Action, st.Category = id+"/export", a.ID, ledger.CatIncome
	st.Quantity, st.QuantityUnit = kWp, "kWp"
	st.Rates = []ledger.Term{yield, complement(own), b.term(&a, "seg.export")}
	st.First, st.Last = f.from, f.last
	g, src := b.grade("seg.export")
	st.Grade, st.Source = g, src
	b.money(st)
}

// PVYieldKey is the assumption used for the yield of solar panels where the
// project does not override it: the north-west of England.
const PVYieldKey = "pv.yield"

// repurpose converts a building: it closes to its present use, is converted
// over some years, and then earns the income or receipt of the new use.
func (b *builder) repurpose(s *site, a model.Action) {
	c, ok := conversion(a.NewUse)
	if !ok {
		b.refuse(a, "unknown change of use", fmt.Sprintf("%s: there is no conversion to %q in the catalogue", s.asset.Name, a.NewUse))
		return
	}
	f := s.asset.FloorArea
	if !f.Known() || f.Value <= 0 {
		b.refuse(a, "floor area not known", s.asset.Name+": give its floor area before planning a change of use")
		return
	}
	if !b.close(s, a, b.after) {
		return
	}
	s.converted = &a
	b.convert(s, a, c, string(a.ID), s.asset.Name, f.Value, a.Year)
}

// convert adds the works, embodied carbon and proceeds of turning an area to a
// new use from the year given.
func (b *builder) convert(s *site, a model.Action, c Conversion, id, name string, area float64, start int) {
	use := "convert." + string(c.Use) + "."
	years := max(1, int(b.term(&a, use+"years").Value))
	ready := start + years
	one := func(suffix, label string, cat ledger.Category, q float64, unit string, rates ...ledger.Term) ledger.Stream {
		st := b.base(s, name+": "+label)
		st.ID, st.Action, st.Category = id+"/"+suffix, a.ID, cat
		st.Quantity, st.QuantityUnit, st.Rates = q, unit, rates
		st.Grade, st.Source = model.Placeholder, "action catalogue: "+c.Label
		return once(st, start)
	}
	works := one("works", "conversion to "+lower(c.Label), ledger.CatWorks, -area/float64(years), "m²/year",
		b.term(&a, c.Cost), b.term(nil, "works.location"))
	works.Last, works.Capital, works.Uplift = ready-1, true, b.term(&a, "works.optimism")
	b.money(works)
	fees := works
	fees.ID, fees.Label = id+"/fees", name+": fees and contingency"
	fees.Rates = append(append([]ledger.Term(nil), works.Rates...), b.term(&a, "works.on_costs"))
	fees.Uplift = ledger.Term{} // contingency is in the rate: never both for the same risk
	b.money(fees)
	em := one("embodied", "embodied carbon of conversion", ledger.CatEmbodied, area, "m²", b.term(&a, c.Embodied))
	em.Ledger, em.Unit = ledger.Carbon, "kgCO2e"
	b.add(em)
	net := b.term(&a, use+"net_to_gross")
	if _, sells := b.book.Get(use + "sale"); sells {
		r := one("sale", "sale of finished "+lower(c.Label), ledger.CatReceipt, area, "m²", net, b.term(&a, use+"sale"))
		r.First, r.Last, r.Capital, r.Exempt = ready, ready, true, true
		b.money(r)
		cost := r
		cost.ID, cost.Label, cost.Category, cost.Quantity = id+"/sale-cost", name+": costs of sale", ledger.CatSaleCost, -area
		cost.Rates = append(append([]ledger.Term(nil), r.Rates...), b.term(&a, "sale.cost"))
		b.money(cost)
		return
	}
	inc := one("income", "income as "+lower(c.Label), ledger.CatIncome, area, "m²", net, b.term(&a, use+"income"), complement(b.term(&a, "let.void")))
	inc.First, inc.Last = ready, b.after-1
	b.money(inc)
	run := one("running", "landlord's running cost as "+lower(c.Label), ledger.CatOther, -area, "m²", b.term(&a, use+"running"))
	run.First, run.Last = ready, b.after-1
	b.money(run)
}

// develop carries out the phases of a site. Each stands on its own: no phase
// counts on money from a later one.
func (b *builder) develop(s *site, a model.Action) {
	total := 0.0
	for _, ph := range a.Phases {
		if _, ok := conversion(ph.Use); !ok {
			b.refuse(a, "unknown change of use", fmt.Sprintf("%s, phase %s: there is no conversion to %q in the catalogue", s.asset.Name, ph.Name, ph.Use))
			return
		}
		if ph.Start < a.Year {
			b.refuse(a, "phase before its action", fmt.Sprintf("%s, phase %s starts in %s, before the site is free in %s", s.asset.Name, ph.Name,
				model.FinancialYear(ph.Start), model.FinancialYear(a.Year)))
			return
		}
		total += ph.FloorArea
	}
	if len(a.Phases) == 0 {
		b.refuse(a, "no phases", s.asset.Name+": a development needs at least one phase")
		return
	}
	if f := s.asset.FloorArea; f.Known() && s.asset.Use.Built() && total > f.Value*1.001 {
		b.refuse(a, "larger than the building", fmt.Sprintf("%s has %.0f m² but its phases add up to %.0f m²", s.asset.Name, f.Value, total))
		return
	}
	if !b.close(s, a, b.after) {
		return
	}
	s.converted = &a
	for i, ph := range a.Phases {
		c, _ := conversion(ph.Use)
		phase := a
		phase.Values = map[string]float64{}
		for k, v := range a.Values {
			phase.Values[k] = v
		}
		for k, v := range ph.Values {
			phase.Values[k] = v
		}
		if ph.Years > 0 {
			phase.Values["convert."+string(ph.Use)+".years"] = float64(ph.Years)
		}
		b.convert(s, phase, c, fmt.Sprintf("%s/phase%d", a.ID, i+1), s.asset.Name+", "+ph.Name, ph.FloorArea, ph.Start)
	}
}
