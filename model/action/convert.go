package action

import (
	"fmt"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

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
	if !b.canRebuild(s, &a, c) || !b.close(s, a, b.after) {
		return
	}
	s.converted = &a
	b.convert(s, a, c, part{name: s.asset.Name, area: f.Value, start: a.Year})
}

func (b *builder) canRebuild(s *site, a *model.Action, c Conversion) bool {
	if b.shape(a, "convert.rebuild") != 1 {
		return true
	}
	for _, l := range s.asset.Locks {
		if l.Kind == listedLock {
			b.refuse(*a, "locked", fmt.Sprintf("%s is listed (%s), so it cannot be demolished and built anew", s.asset.Name, l.Reason))
			return false
		}
	}
	if c.New == "" {
		b.refuse(*a, "not possible", fmt.Sprintf("%s: the catalogue has no cost of building %s anew", s.asset.Name, lower(c.Label)))
		return false
	}
	return true
}

// part is the floor area that one conversion takes on.
type part struct {
	id    string // after the action's, with its stroke; empty for a whole building
	name  string
	phase string
	area  float64
	start int // year in which planning begins
}

// convert adds the works, embodied carbon and proceeds of turning an area to a
// new use. Planning comes first and may fail: what follows consent is weighed by
// its chance, and the other chance leaves the area standing empty.
func (b *builder) convert(s *site, a model.Action, c Conversion, p part) {
	use := "convert." + string(c.Use) + "."
	consent := b.term(&a, "planning.consent."+c.Risk)
	begins := byYear(p.start, b.shape(&a, use+"planning_months"))
	rebuild := b.shape(&a, "convert.rebuild") == 1
	years := max(1, int(b.shape(&a, use+"years")))
	if rebuild {
		years++ // the site is cleared first
	}
	ready := begins + years
	one := func(suffix, label string, cat ledger.Category, q float64, unit string, rates ...ledger.Term) ledger.Stream {
		st := b.base(s, p.name+": "+label)
		st.ID, st.Action, st.Category = string(a.ID)+"/"+p.id+suffix, a.ID, cat
		st.Quantity, st.QuantityUnit, st.Rates = q, unit, append(rates, consent)
		st.Grade, st.Source = model.Placeholder, "action catalogue: "+c.Label
		return once(st, begins)
	}
	b.hold(s, a, p.id+"waiting", p.area, 0, float64(12*(begins-a.Year)))
	b.hold(s, a, p.id+"refused", p.area, float64(12*(begins-a.Year)), -1, complement(consent))

	cost, label, embodied := b.term(&a, c.Cost), "conversion to "+lower(c.Label), b.term(&a, c.Embodied)
	if rebuild {
		cost, label, embodied = b.term(&a, c.New), "building anew as "+lower(c.Label), b.term(&a, "embodied.new")
		d := one("demolition", "demolition", ledger.CatWorks, -p.area, "m²", b.term(&a, "works.demolition"))
		d.Capital, d.Uplift = true, b.term(&a, "works.optimism")
		b.money(d)
		e := one("embodied-demolition", "embodied carbon of demolition", ledger.CatEmbodied, p.area, "m²", b.term(&a, "embodied.demolition"))
		e.Ledger, e.Unit = ledger.Carbon, "kgCO2e"
		b.add(e)
	}
	works := one("works", label, ledger.CatWorks, -p.area/float64(years), "m²/year", cost, b.term(nil, "works.location"))
	works.Last, works.Capital, works.Uplift = ready-1, true, b.term(&a, "works.optimism")
	b.money(works)
	fees := works
	fees.ID, fees.Label = string(a.ID)+"/"+p.id+"fees", p.name+": fees and contingency"
	fees.Rates = append(append([]ledger.Term(nil), works.Rates...), b.term(&a, "works.on_costs"))
	fees.Uplift = ledger.Term{} // contingency is in the rate: never both for the same risk
	b.money(fees)
	em := one("embodied", "embodied carbon of "+label, ledger.CatEmbodied, p.area, "m²", embodied)
	em.Ledger, em.Unit = ledger.Carbon, "kgCO2e"
	b.add(em)
	b.proceeds(s, a, c, p, ready, one)
	b.counted(s, a, c, p, ready, consent.Value)
}

// proceeds is the sale or the income of the finished space.
func (b *builder) proceeds(s *site, a model.Action, c Conversion, p part, ready int,
	one func(suffix, label string, cat ledger.Category, q float64, unit string, rates ...ledger.Term) ledger.Stream) {
	use := "convert." + string(c.Use) + "."
	net := b.term(&a, use+"net_to_gross")
	if _, sells := b.book.Get(use + "sale"); sells {
		r := one("sale", "sale of finished "+lower(c.Label), ledger.CatReceipt, p.area, "m²", net, b.term(&a, use+"sale"))
		r.First, r.Last, r.Capital, r.Exempt = ready, ready, true, true
		b.money(r)
		cost := r
		cost.ID, cost.Label, cost.Category, cost.Quantity = string(a.ID)+"/"+p.id+"sale-cost", p.name+": costs of sale", ledger.CatSaleCost, -p.area
		cost.Rates = append(append([]ledger.Term(nil), r.Rates...), b.term(&a, "sale.cost"))
		b.money(cost)
		return
	}
	inc := one("income", "income as "+lower(c.Label), ledger.CatIncome, p.area, "m²", net, b.term(&a, use+"income"), complement(b.term(&a, "let.void")))
	inc.First, inc.Last = ready, b.after-1
	b.money(inc)
	run := one("running", "landlord's running cost as "+lower(c.Label), ledger.CatOther, -p.area, "m²", b.term(&a, use+"running"))
	run.First, run.Last = ready, b.after-1
	b.money(run)
}

// counted adds what the new use brings that has no price here: homes, jobs, and
// the embodied carbon that rebuilding would have cost.
func (b *builder) counted(s *site, a model.Action, c Conversion, p part, ready int, consent float64) {
	use := "convert." + string(c.Use) + "."
	out := Outcome{Action: a.ID, Asset: s.asset.ID, Phase: p.phase, Year: ready, Grade: model.Placeholder, Source: "action catalogue: " + c.Label,
		Note: fmt.Sprintf("if consent is given: %s; chance %.0f %%", strings.TrimSuffix(c.Planning, "."), 100*consent)}
	net := p.area * b.term(&a, use+"net_to_gross").Value
	for _, k := range []struct{ key, kind string }{{"m2_each", Homes}, {"m2_per_job", Jobs}} {
		if each, ok := b.book.Get(use + k.key); ok && b.term(&a, use+k.key).Value > 0 {
			o := out
			o.Kind, o.Unit, o.Quantity = k.kind, k.kind, math.Floor(net/b.term(&a, use+k.key).Value+1e-9)
			o.Grade = model.Weakest(each.Grade, model.Estimated)
			b.count(o)
		}
	}
	if o := out; c.New != "" && b.term(&a, "convert.rebuild").Value == 0 {
		o.Kind, o.Unit, o.Grade = CarbonSpared, "tCO2e", model.Estimated
		o.Quantity = p.area / 1000 * (b.term(&a, "embodied.demolition").Value + b.term(&a, "embodied.new").Value - b.term(&a, c.Embodied).Value)
		b.count(o)
	}
	o := out
	o.Kind, o.Unit, o.Quantity, o.Note = Consent, "chance", consent, c.Planning+" (risk "+c.Risk+")"
	b.count(o)
}

// Choices about a phase, set among its values: stop it and all after it, put it
// to another use (phase.swap.workspace), or build more or less of it.
const (
	phaseStop = "phase.stop"
	phaseSwap = "phase.swap."
	phaseGrow = "phase.grow"
)

// chosen is a phase as its choices leave it.
func chosen(ph model.Phase) model.Phase {
	if v, ok := ph.Values[phaseGrow]; ok {
		ph.FloorArea *= v
	}
	for _, c := range Conversions() { // in the catalogue's order
		if ph.Values[phaseSwap+string(c.Use)] == 1 {
			ph.Use = c.Use
		}
	}
	return ph
}

// Phases is the phases of a development as their choices leave them, those that
// are stopped left out.
func Phases(a *model.Action) []model.Phase {
	var out []model.Phase
	for _, ph := range a.Phases {
		if ph.Values[phaseStop] == 1 {
			break
		}
		out = append(out, chosen(ph))
	}
	return out
}

// develop carries out the phases of a site. Each stands on its own: no phase
// counts on money from a later one, and what no phase has taken yet, or never
// will, is held empty.
func (b *builder) develop(s *site, a model.Action) {
	if len(a.Phases) == 0 {
		b.refuse(a, "no phases", s.asset.Name+": a development needs at least one phase")
		return
	}
	going := Phases(&a)
	total := 0.0
	for _, ph := range going {
		c, ok := conversion(ph.Use)
		switch {
		case !ok:
			b.refuse(a, "unknown change of use", fmt.Sprintf("%s, phase %s: there is no conversion to %q in the catalogue", s.asset.Name, ph.Name, ph.Use))
			return
		case ph.Start < a.Year:
			b.refuse(a, "phase before its action", fmt.Sprintf("%s, phase %s starts in %s, before the site is free in %s", s.asset.Name, ph.Name,
				model.FinancialYear(ph.Start), model.FinancialYear(a.Year)))
			return
		case ph.FloorArea <= 0 || !model.Finite(ph.FloorArea):
			b.refuse(a, "not possible", fmt.Sprintf("%s, phase %s: its floor area must be more than nothing", s.asset.Name, ph.Name))
			return
		case !b.canRebuild(s, &a, c):
			return
		}
		total += ph.FloorArea
	}
	f := s.asset.FloorArea
	if f.Known() && s.asset.Use.Built() && total > f.Value*1.001 {
		b.refuse(a, "larger than the building", fmt.Sprintf("%s has %.0f m² but its phases add up to %.0f m²", s.asset.Name, f.Value, total))
		return
	}
	if !b.close(s, a, b.after) {
		return
	}
	s.converted = &a
	for i, ph := range going {
		c, _ := conversion(ph.Use)
		phase := a
		phase.Values = map[string]float64{}
		for _, from := range []map[string]float64{a.Values, ph.Values} {
			for k, v := range from {
				phase.Values[k] = v
			}
		}
		if ph.Years > 0 {
			phase.Values["convert."+string(ph.Use)+".years"] = float64(ph.Years)
		}
		b.convert(s, phase, c, part{id: fmt.Sprintf("phase%d/", i+1), name: s.asset.Name + ", " + ph.Name, phase: ph.Name, area: ph.FloorArea, start: ph.Start})
	}
	if f.Known() && s.asset.Use.Built() {
		b.hold(s, a, "rest", f.Value-total, 0, -1)
	}
}
