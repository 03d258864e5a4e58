package action

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// heatMoved has the heat of services that moved into a building come from the
// plant that the building then has. What moves is a demand for heat: where the
// gas boilers are gone, none is burned for it.
func (b *builder) heatMoved() {
	for i := range b.sites {
		s := &b.sites[i]
		gas, area := s.asset.Energy.Get(model.Gas), s.asset.FloorArea.Value
		if s.plant.by == nil || area <= 0 || !gas.Known() {
			continue
		}
		said := false
		for n, l := range s.added {
			from := max(l.from, s.plant.by.Year)
			if from >= s.closed {
				continue
			}
			if l.today && said {
				continue
			}
			if l.today {
				said = true
				b.warn(*s.plant.by, "heat as today", fmt.Sprintf("%s has no gas boilers from %s, but the heat of services that move in is reckoned as gas, as the scenario sets it (hub.heat_as_today)",
					s.asset.Name, model.FinancialYear(s.plant.by.Year)))
				continue
			}
			b.heatOfMoved(s, l, n, from, gas.Value*l.area/area)
		}
	}
}

// heatOfMoved replaces the gas of one move by the fuel that makes the heat, and
// makes a heat pump of the building's own so much larger.
func (b *builder) heatOfMoved(s *site, l load, n, from int, kWh float64) {
	gas := s.asset.Energy.Get(model.Gas)
	moved := []ledger.Term{l.factor, b.term(nil, "hub.load_response")}
	f := flow{id: fmt.Sprintf("%s/moved%d/gas", s.plant.by.ID, n+1), label: s.asset.Name + ": gas not burned for services moved in", fuel: model.Gas, kWh: -kWh,
		rates: moved, from: from, last: s.closed - 1, action: s.plant.by.ID, grade: model.Weakest(gas.Grade, model.Estimated),
		source: "heat demand of the services moved in, by the fuel that the building then has"}
	b.energyFlow(s, f)
	f.id, f.fuel, f.kWh = fmt.Sprintf("%s/moved%d/heat", s.plant.by.ID, n+1), s.plant.fuel, kWh
	f.label = fmt.Sprintf("%s: %s for the heat of services moved in", s.asset.Name, s.plant.fuel)
	f.rates = chain(moved, s.plant.per)
	b.energyFlow(s, f)
	m, ok := measure("heatpump")
	if _, own := s.plant.done[m.Key]; !ok || !own {
		return
	}
	a := *s.plant.by
	a.Year = from
	b.install(s, a, m, fmt.Sprintf("%s/moved%d/works", a.ID, n+1), kWh/1000, "MWh of gas",
		chain(moved, []ledger.Term{b.term(&a, "retrofit.boiler.efficiency"), b.term(&a, "retrofit.heatload_kw_per_mwh")})...)
}
