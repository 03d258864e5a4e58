package action

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// PVYieldKey is the assumption used for the yield of solar panels on a building
// that is not on the map. A project that overrides it means it for every
// building.
const PVYieldKey = "pv.yield"

// pvRegions are the stations whose irradiation stands for a region in the
// reference table of yields (PVGIS), each under the key of its region.
var pvRegions = []struct {
	key string
	at  geo.LatLon
}{
	{"east_anglia", geo.LatLon{Lat: 52.63, Lon: 1.30}},             // Norwich
	{"england_e_and_ne", geo.LatLon{Lat: 54.97, Lon: -1.61}},       // Newcastle
	{"england_nw_and_n_wales", geo.LatLon{Lat: 53.48, Lon: -2.24}}, // Manchester
	{"england_se_and_central_s", geo.LatLon{Lat: 51.47, Lon: -0.45}},
	{"england_sw_and_s_wales", geo.LatLon{Lat: 50.72, Lon: -3.53}}, // Exeter
	{"midlands", geo.LatLon{Lat: 52.48, Lon: -1.90}},               // Birmingham
	{"scotland_e", geo.LatLon{Lat: 55.95, Lon: -3.19}},             // Edinburgh
	{"scotland_n", geo.LatLon{Lat: 57.48, Lon: -4.22}},             // Inverness
	{"scotland_w", geo.LatLon{Lat: 55.51, Lon: -4.59}},             // Prestwick
}

// farthestRegion is how far, in metres, a building may be from every station
// before none of them speaks for it: then it lies outside Great Britain.
const farthestRegion = 400_000

// yield is the kWh a year of a kWp on the building: the action's own, the
// project's own, or else that of the nearest region of the reference table.
func (b *builder) yield(s *site, a *model.Action) ledger.Term {
	if _, set := a.Values[PVYieldKey]; set || !s.asset.Located() {
		return b.term(a, PVYieldKey)
	}
	for i := range b.p.Assumptions {
		if b.p.Assumptions[i].Key == PVYieldKey {
			return b.term(a, PVYieldKey)
		}
	}
	key, best := PVYieldKey, float64(farthestRegion)
	for _, r := range pvRegions {
		if _, ok := b.book.Get(PVYieldKey + "." + r.key); !ok {
			continue
		}
		if d := geo.Distance(geo.LatLon(s.asset.Location), r.at); d < best {
			key, best = PVYieldKey+"."+r.key, d
		}
	}
	return b.term(a, key)
}

// panels is the kWp that the roof carries: its area as the action states it, or
// read from the floor area, the share that can carry panels, and their power.
func (b *builder) panels(s *site, a *model.Action) float64 {
	roof, stated := a.Values["pv.roof_m2"]
	if !stated || s.asset.ID != a.Asset {
		roof = s.asset.FloorArea.Value * b.shape(a, "retrofit.pv.roof_per_floor")
	}
	return roof * b.shape(a, "retrofit.pv.roof_share") * b.shape(a, "retrofit.pv.kwp_per_roof")
}

// solar uses part of what the panels make in the building, sells the rest and
// returns the kWp.
func (b *builder) solar(s *site, a model.Action, f flow) float64 {
	p := &s.plant
	kWp := b.panels(s, &a)
	p.panels, p.yield, p.own = kWp, b.yield(s, &a), b.term(&a, "retrofit.pv.self_use")
	id := f.id
	f.id, f.label = id+"/own", s.asset.Name+": solar electricity used in the building"
	f.fuel, f.kWh, f.unit = model.Electricity, -kWp, "kWp"
	f.rates = []ledger.Term{p.yield, p.own}
	b.energyFlow(s, f)
	b.export(s, a, id+"/export", "solar electricity sold", kWp, p.yield, complement(p.own))
	b.enough(s, a, kWp*p.yield.Value*p.own.Value)
	return kWp
}

// enough warns where a building would use more solar electricity than it uses
// electricity.
func (b *builder) enough(s *site, a model.Action, used float64) {
	if e := s.asset.Energy.Get(model.Electricity); e.Known() && used > e.Value*factors(s.plant.power)+0.5 {
		b.warn(a, "more sun than load", fmt.Sprintf("%s would use %.0f kWh a year from its panels but uses only %.0f: lower the share used in the building",
			s.asset.Name, used, e.Value*factors(s.plant.power)))
	}
}

// export sells electricity to the grid; a negative kWp sells less.
func (b *builder) export(s *site, a model.Action, id, label string, kWp float64, rates ...ledger.Term) {
	st := b.base(s, s.asset.Name+": "+label)
	st.ID, st.Action, st.Category = id, a.ID, ledger.CatIncome
	st.Quantity, st.QuantityUnit = kWp, "kWp"
	st.Rates = append(append([]ledger.Term(nil), rates...), b.term(&a, "seg.export"))
	st.First, st.Last = a.Year, s.closed-1
	st.Grade, st.Source = b.say(&a, "seg.export")
	b.money(st)
}

// battery keeps for the building some of what its panels would have sold, and
// returns its size in kWh.
func (b *builder) battery(s *site, a model.Action, m Measure, f flow) float64 {
	p := &s.plant
	if p.panels == 0 {
		b.refuse(a, "no panels", s.asset.Name+": a battery stores solar electricity, so panels must come before it")
		return 0
	}
	shift := b.term(&a, m.Saving)
	if sold := 1 - p.own.Value; shift.Value > sold+1e-9 {
		b.refuse(a, "more than is sold", fmt.Sprintf("%s: a battery cannot keep %.0f %% of the panels' electricity when only %.0f %% would be sold",
			s.asset.Name, 100*shift.Value, 100*sold))
		return 0
	}
	id := f.id
	f.id, f.label = id+"/own", s.asset.Name+": solar electricity kept by the battery"
	f.fuel, f.kWh, f.unit = model.Electricity, -p.panels, "kWp"
	f.rates = []ledger.Term{p.yield, shift}
	b.energyFlow(s, f)
	b.export(s, a, id+"/export", "solar electricity no longer sold", -p.panels, p.yield, shift)
	b.enough(s, a, p.panels*p.yield.Value*(p.own.Value+shift.Value))
	return p.panels * b.shape(&a, "retrofit.battery.kwh_per_kwp")
}

// span is the length in metres of the shortest tree of straight lines that joins
// the buildings, and its longest branch. (Prim, R. C., 1957, "Shortest
// connection networks and some generalizations", Bell System Technical Journal.)
func span(sites []*site) (total, longest float64) {
	dist := make([]float64, len(sites))
	in := make([]bool, len(sites))
	for i := range dist {
		dist[i] = math.Inf(1)
	}
	dist[0] = 0
	for range sites {
		at := -1
		for i := range sites {
			if !in[i] && (at < 0 || dist[i] < dist[at]) {
				at = i
			}
		}
		in[at] = true
		total, longest = total+dist[at], math.Max(longest, dist[at])
		for i := range sites {
			if !in[i] {
				dist[i] = math.Min(dist[i], geo.Distance(geo.LatLon(sites[at].asset.Location), geo.LatLon(sites[i].asset.Location)))
			}
		}
	}
	return total, longest
}
