package gaps

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/planting-the-flag/flagstone/model"
)

// floorArea estimates the size of a building from its desks, or from buildings like it.
func (f *finder) floorArea(a *model.Asset) (model.Figure, []model.AssetID, string) {
	if firm(a.Desks) && a.Desks.Value > 0 {
		r, ok := f.peers.find(rateKey{use: a.Use, what: "area of a desk"}, func(b *model.Asset) (float64, bool) {
			return b.FloorArea.Value / b.Desks.Value, firm(b.Desks) && b.Desks.Value > 0
		})
		if ok {
			return model.Figure{Value: math.Round(r.value * a.Desks.Value), Grade: model.Estimated,
				Source: fmt.Sprintf("%s × %s desks", r.says("m² a desk"), number(a.Desks.Value))}, r.ids, ""
		}
		if m2, grade, said, ok := f.deskArea(); ok && office(a.Use) {
			return model.Figure{Value: math.Round(m2 * a.Desks.Value), Grade: grade, Source: fmt.Sprintf("%s × %s desks", said, number(a.Desks.Value))}, nil, ""
		}
	}
	r, ok := f.peers.find(rateKey{use: a.Use, field: FloorArea, alone: true}, func(b *model.Asset) (float64, bool) { return b.FloorArea.Value, true })
	if !ok {
		return model.Figure{}, nil, few(a.Use, "theirs")
	}
	g := model.Figure{Value: math.Round(r.value), Grade: model.Estimated, Source: r.says("m²")}
	if r.high > tooWide*r.low {
		g.Grade = model.Placeholder
		g.Source += ": they differ so widely that the figure only holds the place"
	}
	return g, r.ids, ""
}

// tooWide is how many times the lower quartile the upper may be before the middle of sizes says little of one building.
const tooWide = 4

func office(u model.Use) bool {
	return u == model.UseOffice || u == model.UseTownHall || u == model.UseWorkspace
}

// deskArea is the gross internal area that a desk comes with by the space standards, with the weakest grade among them.
func (f *finder) deskArea() (m2 float64, grade model.Grade, said string, ok bool) {
	fte, ok1 := f.book.Get("space.m2_per_fte")
	desks, ok2 := f.book.Get("space.desks_per_fte")
	gross, ok3 := f.book.Get("space.gia_per_nia")
	if !ok1 || !ok2 || !ok3 || desks.Value <= 0 || fte.Value <= 0 || gross.Value <= 0 {
		return 0, "", "", false
	}
	m2 = fte.Value * gross.Value / desks.Value
	grade = model.Weakest(model.Benchmark, model.Weakest(fte.Grade, model.Weakest(desks.Grade, gross.Grade)))
	return m2, grade, fmt.Sprintf("space standard: %s m² net for each FTE × %s gross to net ÷ %s desks for each FTE = %s m² a desk", number(fte.Value), number(gross.Value), number(desks.Value), number(m2)), true
}

// seats fills the desks of offices and the room for people of public buildings.
func (f *finder) seats(a *model.Asset) {
	if office(a.Use) && gap(a.Desks) && !a.SaidEmpty() {
		if r, ok := f.peers.find(rateKey{use: a.Use, field: Desks}, perArea(Desks)); ok {
			f.propose(a, Desks, scaled(r.value, model.Estimated, a, r.says("desks/m²")), r.ids)
		} else if m2, grade, said, ok := f.deskArea(); ok {
			g := scaled(1/m2, grade, a, said)
			g.Value = math.Floor(a.FloorArea.Value/m2 + 1e-9)
			f.propose(a, Desks, g, nil)
		} else {
			f.leave(a, Desks, few(a.Use, "their desks"))
		}
	}
	switch a.Use {
	case model.UseLibrary, model.UseCommunity, model.UseLeisure, model.UseYouth, model.UseNursery:
		if !gap(a.Capacity) || a.SaidEmpty() {
			return
		}
		if r, ok := f.peers.find(rateKey{use: a.Use, field: Capacity}, perArea(Capacity)); ok {
			f.propose(a, Capacity, scaled(r.value, model.Estimated, a, r.says("people/m²")), r.ids)
		} else {
			f.leave(a, Capacity, few(a.Use, "how many people they take"))
		}
	}
}

// heats are the fuels that warm a building.
var heats = []model.Fuel{model.Gas, model.Oil, model.DistrictHeat, model.Biomass}

// energy fills electricity and heat.
func (f *finder) energy(a *model.Asset) {
	power, heat := gap(a.Energy.Get(model.Electricity)), true
	for _, k := range heats {
		heat = heat && gap(a.Energy.Get(k))
	}
	if !power && !heat {
		return
	}
	if a.SaidEmpty() {
		f.leave(a, "energy", "the building is said to be empty: buildings in use do not tell what it takes")
		return
	}
	category, kWh, kWhHeat := f.benchmark(a.Use)
	if power {
		if r, ok := f.peers.find(rateKey{use: a.Use, field: Field(model.Electricity)}, perArea(Field(model.Electricity))); ok {
			f.propose(a, Field(model.Electricity), scaled(r.value, model.Estimated, a, r.says("kWh/m²")), r.ids)
		} else if category != "" {
			f.propose(a, Field(model.Electricity), tm46(a, category, kWh), nil)
		} else {
			f.leave(a, Field(model.Electricity), "no energy benchmark stands for the use "+string(a.Use))
		}
	}
	if !heat {
		return
	}
	if e := a.Energy.Get(model.Electricity); firm(e) && category != "" && kWhHeat > 0 && e.Value >= (kWh+kWhHeat/3)*a.FloorArea.Value {
		f.leave(a, "heat", "its electricity is enough to heat the building too, so that no other fuel was assumed")
		return
	}
	if r, ok := f.peers.find(rateKey{use: a.Use, what: "heat"}, heatRate); ok {
		f.propose(a, Field(r.heating()), scaled(r.value, model.Estimated, a, r.says("kWh/m² of heating fuel")), r.ids)
	} else if category != "" && kWhHeat > 0 {
		f.propose(a, Field(model.Gas), tm46(a, category, kWhHeat), nil)
	}
}

func heatRate(a *model.Asset) (float64, bool) {
	sum := 0.0
	for _, k := range heats {
		if g := a.Energy.Get(k); firm(g) {
			sum += g.Value
		}
	}
	return sum / a.FloorArea.Value, sum > 0
}

// heating is the fuel that most of the peers heat with; of equals the first in reporting order.
func (r *rate) heating() model.Fuel {
	if r.fuel != "" {
		return r.fuel
	}
	n := map[model.Fuel]int{}
	for _, a := range r.peers {
		for _, k := range heats {
			if g := a.Energy.Get(k); firm(g) && g.Value > 0 {
				n[k]++
			}
		}
	}
	r.fuel = model.Gas
	for _, k := range heats {
		if n[k] > n[r.fuel] {
			r.fuel = k
		}
	}
	return r.fuel
}

// benchmark looks a use up once.
func (f *finder) benchmark(u model.Use) (category string, electricity, heat float64) {
	b, ok := f.tm46[u]
	if !ok {
		b.category, b.electricity, b.heat = f.set.TM46For(u)
		f.tm46[u] = b
	}
	return b.category, b.electricity, b.heat
}

// tm46 is a benchmark figure. Where the use is not known the category is a guess, and the figure a placeholder.
func tm46(a *model.Asset, category string, kWh float64) model.Figure {
	g := scaled(kWh, model.Benchmark, a, fmt.Sprintf("CIBSE TM46 typical benchmark %q, %s kWh/m²", category, number(kWh)))
	if a.Use == "" || a.Use == model.UseOther {
		g.Grade = model.Placeholder
		g.Source += "; the use of the building is not known"
	}
	return g
}

// kept are the running costs other than rent, in reporting order.
var kept = func() []model.Cost {
	var out []model.Cost
	for _, k := range model.Costs {
		if k != model.CostRent {
			out = append(out, k)
		}
	}
	return out
}()

// pattern says which running costs a building states. Costs are filled as whole patterns: a register that gives one sum for
// everything and one that gives each cost apart must not be added together.
func pattern(a *model.Asset) (p uint) {
	for i, k := range kept {
		if firm(a.Costs.Get(k)) {
			p |= 1 << i
		}
	}
	return p
}

// costs fills running costs and rents.
func (f *finder) costs(a *model.Asset) {
	f.rent(a)
	var open, known []model.Cost
	for _, k := range kept {
		if gap(a.Costs.Get(k)) {
			open = append(open, k)
		} else {
			known = append(known, k)
		}
	}
	if len(open) == 0 {
		return
	}
	if len(known) > 0 {
		f.completed(a, open)
		return
	}
	if a.SaidEmpty() {
		if h, ok := f.book.Get("holding.vacant"); ok {
			f.propose(a, Field(model.CostOther), scaled(h.Value, model.Weakest(model.Benchmark, h.Grade), a, fmt.Sprintf("an empty building, held at £%s/m² (%s)", number(h.Value), h.Key)), nil)
		}
		return
	}
	p, ok := f.usual(a.Use)
	if !ok {
		f.leave(a, "running cost", few(a.Use, "the same running costs"))
		return
	}
	for i, k := range kept {
		if p&(1<<i) == 0 {
			continue
		}
		if r, ok := f.peers.find(rateKey{use: a.Use, what: "cost of the pattern", field: Field(k), with: p}, func(b *model.Asset) (float64, bool) { return b.Costs.Get(k).Value / b.FloorArea.Value, pattern(b) == p }); ok {
			f.propose(a, Field(k), scaled(r.value, model.Estimated, a, r.says("£/m²")), r.ids)
		}
	}
}

// usual is the pattern of costs that most buildings of a use state, if at least five do, or else most buildings of like uses; of
// equals the one with more costs.
func (f *finder) usual(use model.Use) (best uint, ok bool) {
	if use == "" || use == model.UseOther {
		return 0, false
	}
	if best, ok := f.patterns[use]; ok {
		return best, best != 0
	}
	n := make([]int, 1<<len(kept))
	for _, uses := range [][]model.Use{{use}, f.peers.kin[use]} {
		clear(n)
		for _, u := range uses {
			for _, a := range f.peers.by[u] {
				n[pattern(a)]++
			}
		}
		n[0] = 0 // states none
		for p := uint(1); p < uint(len(n)); p++ {
			if n[p] >= leastPeers && (n[p] > n[best] || n[p] == n[best] && bits.OnesCount(p) > bits.OnesCount(best)) {
				best = p
			}
		}
		if best != 0 {
			break
		}
	}
	f.patterns[use] = best
	return best, best != 0
}

// completed fills single costs of a building that states others, from buildings that state those and the missing one. What it
// states may be the whole already: then nothing is added.
func (f *finder) completed(a *model.Asset, open []model.Cost) {
	has := pattern(a)
	stated := 0.0
	for _, k := range kept {
		if g := a.Costs.Get(k); !gap(g) {
			stated += g.Value / a.FloorArea.Value
		}
	}
	for _, k := range open {
		more := func(b *model.Asset) bool { return has != 0 && pattern(b)&has == has && firm(b.Costs.Get(k)) }
		r, ok := f.peers.find(rateKey{use: a.Use, what: "further cost", field: Field(k), with: has}, func(b *model.Asset) (float64, bool) {
			return b.Costs.Get(k).Value / b.FloorArea.Value, more(b)
		})
		if !ok {
			continue
		}
		whole, _ := f.peers.find(rateKey{use: a.Use, what: "whole cost", field: Field(k), with: has}, func(b *model.Asset) (float64, bool) {
			sum := 0.0
			for _, c := range kept {
				if g := b.Costs.Get(c); firm(g) {
					sum += g.Value
				}
			}
			return sum / b.FloorArea.Value, more(b)
		})
		if stated >= whole.value {
			f.leave(a, Field(k), "what the building states of its running cost is as much as others spend in all, and may hold this already")
			continue
		}
		f.propose(a, Field(k), scaled(r.value, model.Estimated, a, r.says("£/m²")), r.ids)
	}
}

// rent is filled for what is held on a lease or licence, from others that are.
func (f *finder) rent(a *model.Asset) {
	held := func(b *model.Asset) bool {
		return b.Tenure.Kind == model.Leasehold || b.Tenure.Kind == model.Licence
	}
	if !held(a) || !gap(a.Costs.Get(model.CostRent)) {
		return
	}
	r, ok := f.peers.find(rateKey{use: a.Use, field: Field(model.CostRent)}, func(b *model.Asset) (float64, bool) {
		g := b.Costs.Get(model.CostRent)
		return g.Value / b.FloorArea.Value, held(b) && firm(g) && g.Value > 0
	})
	if !ok {
		f.leave(a, Field(model.CostRent), few(a.Use, "a rent"))
		return
	}
	f.propose(a, Field(model.CostRent), scaled(r.value, model.Estimated, a, r.says("£/m²")), r.ids)
}
