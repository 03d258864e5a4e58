package action

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Kinds of action that several neighbouring buildings take part in, and that
// serve vehicles. They stand beside the kinds of package model.
const (
	HeatNetwork model.ActionKind = "heat-network" // one plant heats this building and its neighbours
	EnergyGrid  model.ActionKind = "energy-grid"  // panels feed this building and its neighbours
	Charging    model.ActionKind = "ev-charging"  // charging points for vehicles
)

// Lives in years of what goes into the ground and the plant room.
const (
	pipeLife  = 40
	plantLife = 20
	meterLife = 20
)

// neighbours are the buildings of a shared scheme: the one that the action is
// on, then those it names. What cannot take part is named.
func (b *builder) neighbours(a model.Action) []*site {
	var out []*site
	seen := map[model.AssetID]bool{}
	for _, id := range append([]model.AssetID{a.Asset}, a.From...) {
		i, ok := b.index[id]
		switch {
		case !ok:
			b.warn(a, "unknown building", fmt.Sprintf("there is no building %q to connect", id))
		case seen[id]:
		case b.sites[i].closed <= a.Year:
			b.warn(a, "already closed", fmt.Sprintf("%s closes in %s, so it is not connected in %s", b.sites[i].asset.Name,
				model.FinancialYear(b.sites[i].closed), model.FinancialYear(a.Year)))
		default:
			out = append(out, &b.sites[i])
		}
		seen[id] = true
	}
	return out
}

// metres is the length of pipe or cable that joins the buildings: the action's
// own figure, or the shortest tree of straight lines times the route factor.
func (b *builder) metres(a model.Action, own string, sites []*site) (float64, bool) {
	if v, ok := a.Values[own]; ok {
		return v, true
	}
	if len(sites) < 2 {
		return 0, true
	}
	for _, s := range sites {
		if !s.asset.Located() {
			b.refuse(a, "not on the map", fmt.Sprintf("%s is not on the map, so the way between the buildings is not known: give %s", s.asset.Name, own))
			return 0, false
		}
	}
	total, longest := span(sites)
	if most := b.term(&a, "network.most_metres").Value; longest > most {
		b.warn(a, "far apart", fmt.Sprintf("%s: %.0f m in a straight line to the next building of the scheme is more than the %.0f m of neighbours",
			sites[0].asset.Name, longest, most))
	}
	return total * b.shape(&a, "network.route"), true
}

// heatNetwork heats neighbouring buildings from one heat pump, or connects them
// to another body's network. Each pays by its heat and keeps what it saves; the
// gas that the measures before it left is what it replaces.
func (b *builder) heatNetwork(a model.Action) {
	var on []*site
	total := 0.0
	for _, s := range b.neighbours(a) {
		switch {
		case s.asset.Energy.Get(model.Gas).Value <= 0:
			b.warn(a, "no gas use known", s.asset.Name+": no gas use is on record, so a heat network replaces nothing there")
		case s.plant.fuel != "":
			b.warn(a, "off gas already", s.asset.Name+": its gas boilers are already gone, so it is not connected")
		default:
			on = append(on, s)
			total += b.heatOf(s, &a)
		}
	}
	if len(on) == 0 || total <= 0 {
		b.refuse(a, "nobody to connect", "the heat network has no building with gas to replace in "+model.FinancialYear(a.Year))
		return
	}
	metres, ok := b.metres(a, "network.metres", on)
	if !ok {
		return
	}
	bought := b.shape(&a, "network.buy") == 1
	boiler := b.term(&a, "retrofit.boiler.efficiency")
	per, fuel, what := []ledger.Term{boiler}, model.DistrictHeat, "heat bought from the network"
	if !bought {
		per = append(per, b.term(&a, "retrofit.ashp.input_per_heat"), b.term(&a, "network.heat_made"))
		fuel, what = model.Electricity, "electricity of the shared heat pump, by heat"
	}
	for _, s := range on {
		id := "net/" + string(s.asset.ID)
		gas := s.asset.Energy.Get(model.Gas)
		heat := b.heatOf(s, &a)
		f := flow{id: fmt.Sprintf("%s/%s/gas", a.ID, id), label: s.asset.Name + ": gas replaced by the heat network", fuel: model.Gas, kWh: -gas.Value,
			rates: chain(s.plant.heat), from: a.Year, last: s.closed - 1, action: a.ID, grade: model.Weakest(model.Estimated, gas.Grade),
			source: "action catalogue: heat network, on the load that earlier measures leave"}
		b.energyFlow(s, f)
		s.plant.fuel, s.plant.per, s.plant.by = fuel, per, &a
		f.id, f.label, f.fuel, f.kWh = fmt.Sprintf("%s/%s/heat", a.ID, id), s.asset.Name+": "+what, fuel, gas.Value
		f.rates = chain(s.plant.heat, per)
		b.energyFlow(s, f)
		if !bought {
			kW := heat / 1000 * b.shape(&a, "retrofit.heatload_kw_per_mwh")
			peak := b.term(&a, "network.diversity")
			st := b.item(s, &a, id+"/plant", "its share of the shared heat pump", ledger.CatWorks, -kW, "kW", "retrofit.heatpump.cost", peak)
			b.lasting(st, s, plantLife, b.term(&a, "retrofit.optimism"))
			up := b.item(s, &a, id+"/upkeep", "its share of the upkeep of the shared heat pump", ledger.CatMaintenance, -kW, "kW", "retrofit.heatpump.upkeep", peak)
			up.Last = s.closed - 1
			b.money(up)
		}
		if metres > 0 {
			st := b.item(s, &a, id+"/pipes", "its share of the heat pipes, by heat", ledger.CatWorks, -metres*heat/total, "m", "network.pipe_cost")
			b.lasting(st, s, pipeLife, b.term(&a, "network.optimism"))
		}
		st := b.item(s, &a, id+"/connection", "connection to the heat network", ledger.CatWorks, -1, "building", "network.connection")
		b.lasting(st, s, plantLife, b.term(&a, "network.optimism"))
	}
}

// lasting is capital that is renewed at the end of its life while the building
// runs.
func (b *builder) lasting(st ledger.Stream, s *site, life int, uplift ledger.Term) {
	st.Capital, st.Uplift = true, uplift
	st.Last, st.Profile.Every = s.closed-1, life
	st.Source += fmt.Sprintf("; replaced every %d years", life)
	b.money(st)
}

// energyGrid puts panels on every roof and lets the buildings use each other's
// electricity over a private cable. What is used is shared out by electricity
// load; the building that the action is on sells the rest.
func (b *builder) energyGrid(a model.Action) {
	on := b.neighbours(a)
	total, load := 0.0, 0.0
	kept := on[:0]
	for _, s := range on {
		switch {
		case s.asset.FloorArea.Value <= 0:
			b.warn(a, "floor area not known", s.asset.Name+": give its floor area before planning panels")
		case s.asset.Energy.Get(model.Electricity).Value <= 0:
			b.warn(a, "no electricity use known", s.asset.Name+": no electricity use is on record, so it is not connected")
		case s.plant.panels > 0:
			b.warn(a, "done already", s.asset.Name+" already has panels, so it is not connected")
		default:
			kept = append(kept, s)
			total += b.panels(s, &a)
			load += s.asset.Energy.Get(model.Electricity).Value * factors(s.plant.power)
		}
	}
	if len(kept) == 0 || total <= 0 {
		b.refuse(a, "nobody to connect", "the shared grid has no building with a roof and a load in "+model.FinancialYear(a.Year))
		return
	}
	metres, ok := b.metres(a, "grid.metres", kept)
	if !ok {
		return
	}
	host := kept[0]
	yield, own, shift := b.yield(host, &a), b.term(&a, "grid.self_use"), ledger.Term{}
	pv, _ := measure("pv")
	store, battery := measure("battery")
	battery = battery && contains(a.Measures, "battery")
	if battery {
		if shift = b.term(&a, store.Saving); shift.Value > 1-own.Value+1e-9 {
			b.refuse(a, "more than is sold", fmt.Sprintf("%s: a battery cannot keep %.0f %% of the panels' electricity when only %.0f %% would be sold",
				host.asset.Name, 100*shift.Value, 100*(1-own.Value)))
			return
		}
	}
	if used := total * yield.Value * (own.Value + shift.Value); used > load+0.5 {
		b.warn(a, "more sun than load", fmt.Sprintf("the buildings of the shared grid would use %.0f kWh a year from their panels but use only %.0f: lower grid.self_use or the roof share", used, load))
	}
	for _, s := range kept {
		id := fmt.Sprintf("%s/grid/%s", a.ID, s.asset.ID)
		kWp, e := b.panels(s, &a), s.asset.Energy.Get(model.Electricity)
		b.fold(s.plant.power...)
		share := e.Value * factors(s.plant.power) / load
		s.plant.panels, s.plant.yield, s.plant.own = kWp, yield, own
		b.install(s, a, pv, id+"/works", kWp, "kWp")
		f := flow{id: id + "/own", label: s.asset.Name + ": shared solar electricity used, by load", fuel: model.Electricity, kWh: -total * share, unit: "kWp",
			rates: []ledger.Term{yield, own}, from: a.Year, last: s.closed - 1, action: a.ID, grade: model.Weakest(model.Estimated, e.Grade),
			source: "action catalogue: shared solar power"}
		b.energyFlow(s, f)
		if battery {
			b.install(s, a, store, id+"/battery", kWp*b.shape(&a, "retrofit.battery.kwh_per_kwp"), "kWh")
			f.id, f.label, f.rates = id+"/kept", s.asset.Name+": shared solar electricity kept by the battery", []ledger.Term{yield, shift}
			b.energyFlow(s, f)
		}
		if metres > 0 {
			st := b.item(s, &a, "grid/"+string(s.asset.ID)+"/cable", "its share of the private cable, by load", ledger.CatWorks, -metres*share, "m", "grid.wire_cost")
			b.lasting(st, s, pipeLife, b.term(&a, "network.optimism"))
		}
		st := b.item(s, &a, "grid/"+string(s.asset.ID)+"/meter", "meter and switchgear of the shared grid", ledger.CatWorks, -1, "building", "grid.meter")
		b.lasting(st, s, meterLife, b.term(&a, "network.optimism"))
	}
	b.export(host, a, string(a.ID)+"/grid/export", "shared solar electricity sold", total, yield, complement(own))
	if battery {
		b.export(host, a, string(a.ID)+"/grid/export-kept", "shared solar electricity no longer sold", -total, yield, shift)
	}
}

// charging puts in points for vehicles. All electricity is paid for; only what
// the estate's own vehicles take is in its footprint, less the fuel they no
// longer burn.
func (b *builder) charging(s *site, a model.Action) {
	points := b.shape(&a, "ev.points")
	if points <= 0 {
		b.refuse(a, "not possible", s.asset.Name+": the number of charging points must be more than nothing")
		return
	}
	last := s.closed - 1
	run := func(id, label string, cat ledger.Category, q float64, key string, more ...ledger.Term) ledger.Stream {
		st := b.item(s, &a, id, label, cat, q, "points", key, more...)
		st.Last = last
		return st
	}
	own, kWh := b.term(&a, "ev.own_share"), b.term(&a, "ev.kwh")
	works := run("points", "charging points", ledger.CatWorks, -points, "ev.cost")
	b.lasting(works, s, 12, b.term(&a, "retrofit.optimism"))
	b.money(run("upkeep", "upkeep of charging points", ledger.CatMaintenance, -points, "ev.upkeep"))
	g, src := b.say(&a, "ev.kwh")
	b.energyFlow(s, flow{id: string(a.ID) + "/own", label: s.asset.Name + ": electricity for the estate's own vehicles", fuel: model.Electricity, kWh: points, unit: "points",
		rates: []ledger.Term{kWh, own}, from: a.Year, last: last, action: a.ID, grade: g, source: src})
	sold := run("others/cost", "electricity for other drivers, bought", ledger.CatEnergy, -points, "ev.kwh", complement(own), b.term(nil, "energy.price.electricity"))
	sold.Index = ledger.PathKey("price", model.Electricity)
	b.money(sold)
	b.money(run("others", "electricity for other drivers, sold", ledger.CatIncome, points, "ev.tariff", kWh, complement(own)))
	km := b.term(&a, "ev.km_per_kwh")
	b.money(run("fuel", "fuel not bought by the estate's own vehicles", ledger.CatOther, points, "ev.fuel_per_km", kWh, own, km))
	spared := run("fuel/carbon", "fuel not burned by the estate's own vehicles", ledger.CatTravel, -points, "travel.car_kg_per_km", kWh, own, km)
	spared.Ledger, spared.Unit = ledger.Carbon, "kgCO2e"
	b.add(spared)
}

func contains(list []string, x string) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
