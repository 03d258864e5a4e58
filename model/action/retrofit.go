package action

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// plant is how a building is heated and powered as the works on it leave it. The
// heat of services that move in is on top of it, by the fuel that the plant then
// has (heatMoved).
type plant struct {
	heat   []ledger.Term  // complements of the savings of heat in force
	power  []ledger.Term  // the same for electricity
	fuel   model.Fuel     // that now makes the heat; empty for gas
	per    []ledger.Term  // kWh of that fuel for each kWh of gas it replaced
	by     *model.Action  // that took the building off gas
	done   map[string]int // measure → year
	panels float64        // kWp
	yield  ledger.Term
	own    ledger.Term // share of the panels' electricity used in the building
}

// carrier is the fuel of the building's heat and what each kWh of its former gas
// has become.
func (p *plant) carrier() (model.Fuel, []ledger.Term) {
	if p.fuel == "" {
		return model.Gas, nil
	}
	return p.fuel, p.per
}

func factors(ts []ledger.Term) float64 {
	v := 1.0
	for _, t := range ts {
		v *= t.Factor()
	}
	return v
}

func chain(parts ...[]ledger.Term) []ledger.Term {
	var out []ledger.Term
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// work carries out one action on plant and power, once it is known until when
// each building runs.
func (b *builder) work(a model.Action) {
	s := &b.sites[b.index[a.Asset]]
	if a.Year > s.closed-1 {
		b.refuse(a, "already closed", fmt.Sprintf("%s closes in %s, so it cannot %s in %s", s.asset.Name,
			model.FinancialYear(s.closed), verb(a.Kind), model.FinancialYear(a.Year)))
		return
	}
	switch a.Kind {
	case model.Retrofit:
		b.retrofit(s, a)
	case HeatNetwork:
		b.heatNetwork(a)
	case EnergyGrid:
		b.energyGrid(a)
	case Charging:
		b.charging(s, a)
	}
}

// retrofit applies measures in order. Each saves from the load that those
// before it leave, in this action and in earlier ones, so the rates of a stream
// are its own saving and the complements of the earlier ones.
func (b *builder) retrofit(s *site, a model.Action) {
	area := s.asset.FloorArea
	if !area.Known() || area.Value <= 0 {
		b.refuse(a, "floor area not known", s.asset.Name+": give its floor area before planning a retrofit")
		return
	}
	if len(a.Measures) == 0 {
		b.refuse(a, "no measures", s.asset.Name+": a retrofit needs at least one measure")
		return
	}
	for _, key := range a.Measures {
		m, ok := measure(key)
		if !ok {
			b.refuse(a, "unknown measure", fmt.Sprintf("%s: %q is not a retrofit measure", s.asset.Name, key))
			continue
		}
		if y, twice := s.plant.done[key]; twice {
			b.refuse(a, "done already", fmt.Sprintf("%s: %s is there from %s and cannot be added again", s.asset.Name, lower(m.Label), model.FinancialYear(y)))
			continue
		}
		size, unit, per := b.measure(s, a, m)
		if size == 0 {
			continue
		}
		if s.plant.done == nil {
			s.plant.done = map[string]int{}
		}
		s.plant.done[key] = a.Year
		b.install(s, a, m, fmt.Sprintf("%s/%s/works", a.ID, m.Key), size, unit, per...)
	}
}

// install pays for a measure, and again whenever its life ends. The size may be
// stated before the terms that it is to be multiplied by.
func (b *builder) install(s *site, a model.Action, m Measure, id string, size float64, unit string, per ...ledger.Term) {
	st := b.base(s, s.asset.Name+": "+m.Label)
	st.ID, st.Action, st.Category, st.Capital = id, a.ID, ledger.CatWorks, true
	st.Quantity, st.QuantityUnit, st.Rates, st.Uplift = -size, unit, chain(per, []ledger.Term{b.term(&a, m.Cost)}), b.term(&a, "retrofit.optimism")
	st.First, st.Last, st.Profile.Every = a.Year, s.closed-1, m.Life
	g, src := b.say(&a, m.Cost)
	st.Grade, st.Source = model.Weakest(s.asset.FloorArea.Grade, g), src+"; replaced every "+fmt.Sprint(m.Life)+" years"
	b.money(st)
}

// measure adds what one measure saves or makes and returns its size, before the
// terms that make it; nothing when it cannot be done.
func (b *builder) measure(s *site, a model.Action, m Measure) (size float64, unit string, per []ledger.Term) {
	p := &s.plant
	gas, elec := s.asset.Energy.Get(model.Gas), s.asset.Energy.Get(model.Electricity)
	f := flow{id: fmt.Sprintf("%s/%s", a.ID, m.Key), from: a.Year, last: s.closed - 1, action: a.ID,
		grade: model.Weakest(model.Estimated, gas.Or(elec).Grade), source: "action catalogue: " + m.Label}
	switch m.Saves {
	case "heat":
		save := b.term(&a, m.Saving)
		fuel, per := p.carrier()
		if fuel != model.Gas || per != nil {
			b.warn(a, "fabric after plant", fmt.Sprintf("%s: %s comes after the heating was replaced, so that plant is larger than it need be", s.asset.Name, lower(m.Label)))
		}
		f.label, f.fuel, f.kWh = fmt.Sprintf("%s: %s saved by %s", s.asset.Name, fuel, m.Label), fuel, -gas.Value
		f.rates = chain([]ledger.Term{save}, p.heat, per)
		p.heat = append(p.heat, complement(save))
		b.energyFlow(s, f)
	case "electricity":
		save := b.term(&a, m.Saving)
		f.label, f.fuel, f.kWh = s.asset.Name+": electricity saved by "+m.Label, model.Electricity, -elec.Value
		f.rates = chain([]ledger.Term{save}, p.power)
		p.power = append(p.power, complement(save))
		b.energyFlow(s, f)
	case "fuel switch":
		size, per = b.heatPump(s, a, m, f, gas)
		return size, "MWh of gas", per
	case "generation":
		return b.solar(s, a, f), "kWp", nil
	case "storage":
		return b.battery(s, a, m, f), "kWh", nil
	}
	return s.asset.FloorArea.Value, "m²", nil
}

// heatPump takes over the heat that is left after the measures before it and
// returns the gas it replaces in MWh with the terms that make its size in kW of it.
func (b *builder) heatPump(s *site, a model.Action, m Measure, f flow, gas model.Figure) (mwh float64, kW []ledger.Term) {
	p := &s.plant
	if !gas.Known() || gas.Value == 0 {
		b.warn(a, "no gas use known", s.asset.Name+": no gas use is on record, so a heat pump saves nothing")
		return 0, nil
	}
	if p.fuel != "" {
		b.refuse(a, "off gas already", s.asset.Name+": its gas boilers are already gone")
		return 0, nil
	}
	id := f.id
	f.id, f.label, f.fuel, f.kWh = id+"/gas", s.asset.Name+": gas replaced by a heat pump", model.Gas, -gas.Value
	f.rates = chain(p.heat)
	b.energyFlow(s, f)
	p.by = &a
	p.fuel, p.per = model.Electricity, []ledger.Term{b.term(&a, "retrofit.boiler.efficiency"), b.term(&a, "retrofit.ashp.input_per_heat")}
	f.id, f.label, f.fuel, f.kWh = id+"/electricity", s.asset.Name+": electricity used by the heat pump", model.Electricity, gas.Value
	f.rates = chain(p.heat, p.per)
	b.energyFlow(s, f)
	heat := chain(p.heat, []ledger.Term{b.term(&a, "retrofit.boiler.efficiency"), b.term(&a, "retrofit.heatload_kw_per_mwh")})
	mwh = gas.Value / 1000
	for len(heat) >= ledger.MaxRates { // fold the earliest so that the cost still fits
		mwh *= heat[0].Factor()
		b.fold(heat[0])
		heat = heat[1:]
	}
	return mwh, heat
}

// heatOf is the heat in kWh a year that the building's boilers still give.
func (b *builder) heatOf(s *site, a *model.Action) float64 {
	b.fold(s.plant.heat...)
	return s.asset.Energy.Get(model.Gas).Value * b.shape(a, "retrofit.boiler.efficiency") * factors(s.plant.heat)
}
