package importers

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
)

// money reads areas, costs, energy, backlog and the rest of the figures.
func (in *intake) money(row table.Row, a *model.Asset) {
	c := in.c
	positive := func(f mapping.FieldID, dim units.Dimension, grade model.Grade) model.Figure {
		g := c.figure(row, f, dim, grade, "")
		if g.Known() && g.Value < 0 {
			ch, _ := c.first(f)
			c.say(model.Problem, row.Number, ch, fmt.Sprint(g.Value), fmt.Sprintf("%s is negative for %s; it was left out", strings.ToLower(mapping.ByID(f).Title), named(a)), "Correct the cell.", "")
			return model.Figure{}
		}
		return g
	}
	if g := positive(mapping.FloorArea, units.Area, model.Stated); g.Value > 0 {
		a.FloorArea = g
	}
	a.Unused = positive(mapping.Unused, units.Area, model.Stated) // nought says that all of it is used
	if f := a.FloorArea; f.Known() && a.Unused.Known() && a.Unused.Value > f.Value {
		ch, _ := c.first(mapping.Unused)
		c.say(model.Warning, row.Number, ch, fmt.Sprint(a.Unused.Value), fmt.Sprintf("more of %s is said to be empty than its floor area of %.0f m²", named(a), f.Value), "Correct one of the two areas.", "")
	}
	if g := positive(mapping.LandArea, units.Area, model.Stated); g.Value > 0 {
		g.Value /= units.Hectare.Factor
		a.LandArea = g
	}
	in.costs.begin(len(in.has.costs))
	for _, k := range in.has.costs {
		if g := c.figure(row, k.field, units.Money, model.Stated, ""); g.Known() {
			in.costs.add(k.cost, g)
		}
	}
	a.Costs = in.costs.end()
	in.energy.begin(len(in.has.fuels))
	for _, k := range in.has.fuels {
		if g := positive(k.field, units.Energy, in.energyGrade(k.field)); g.Known() {
			in.energy.add(k.fuel, g)
		}
	}
	a.Energy = in.energy.end()
	for _, f := range in.has.bills {
		list := c.of.get(f)
		for i := range list {
			ch := &list[i]
			if in.isFuel(f) && c.unitOf(ch, units.Energy).Symbol != unknownUnit.Symbol {
				continue // read as energy already
			}
			if s := words(row.At(ch.Index)); s != "" && s != "0" {
				in.put(a, column(*ch), s)
			}
		}
	}
	a.Income = c.figure(row, mapping.Income, units.Money, model.Stated, "")
	a.Value = c.figure(row, mapping.Value, units.Money, model.Stated, "")
	a.Backlog = in.backlog(row)
	a.Desks = positive(mapping.Desks, units.Count, model.Stated)
	a.Capacity = positive(mapping.Capacity, units.Count, model.Stated)
	for _, f := range in.has.kept {
		if s := words(row.At(c.of.one(f).Index)); s != "" {
			in.put(a, string(f), s)
		}
	}
}

// entries makes lists of figures in pieces of memory that they share: there are two for each asset.
type entries[K ~string] struct {
	slab []model.Entry[K]
	from int // where the list at hand begins
}

// begin makes room for a list of at most so many.
func (e *entries[K]) begin(most int) {
	if cap(e.slab)-len(e.slab) < most {
		e.slab = make([]model.Entry[K], 0, max(256, most))
	}
	e.from = len(e.slab)
}

// add puts a figure in the place of its key, which the list does not have yet.
func (e *entries[K]) add(k K, f model.Figure) {
	e.slab = append(e.slab, model.Entry[K]{Key: k, Figure: f})
	for i := len(e.slab) - 1; i > e.from && e.slab[i].Key < e.slab[i-1].Key; i-- {
		e.slab[i], e.slab[i-1] = e.slab[i-1], e.slab[i]
	}
}

// end is the list; nil when nothing was added.
func (e *entries[K]) end() model.Figures[K] {
	if len(e.slab) == e.from {
		return nil
	}
	return model.Figures[K](e.slab[e.from:len(e.slab):len(e.slab)])
}

// present are the fields that the table has, of those that come in long lists: every row is asked for each.
type present struct {
	costs []costField
	fuels []fuelField
	bills []mapping.FieldID // energy that may have to be kept as it stands
	kept  []mapping.FieldID // kept in Extra under the name of the field
}

func (c *columns) present() (p present) {
	for _, k := range costFields {
		if c.of.one(k.field) != nil {
			p.costs = append(p.costs, k)
		}
	}
	for _, k := range fuelFields {
		if c.of.one(k.field) != nil {
			p.fuels = append(p.fuels, k)
		}
	}
	among := func(list ...mapping.FieldID) (out []mapping.FieldID) {
		for _, f := range list {
			if c.of.one(f) != nil {
				out = append(out, f)
			}
		}
		return out
	}
	p.bills = among(mapping.ElectricityFee, mapping.GasFee, mapping.OilFee, mapping.EnergyFee, mapping.TotalEnergy, mapping.ElectricityUse, mapping.GasUse, mapping.OilUse, mapping.HeatUse, mapping.BiomassUse)
	p.kept = among(mapping.FTE, mapping.Headcount, mapping.Visits, mapping.OpeningHours, mapping.Year, mapping.EffectiveDate)
	return p
}

type costField struct {
	field mapping.FieldID
	cost  model.Cost
}

type fuelField struct {
	field mapping.FieldID
	fuel  model.Fuel
}

var costFields = []costField{
	{mapping.Rent, model.CostRent}, {mapping.Rates, model.CostRates}, {mapping.Maintenance, model.CostMaintenance},
	{mapping.Cleaning, model.CostCleaning}, {mapping.Reception, model.CostReception}, {mapping.OtherCost, model.CostOther},
}

var fuelFields = []fuelField{
	{mapping.ElectricityUse, model.Electricity}, {mapping.GasUse, model.Gas}, {mapping.OilUse, model.Oil},
	{mapping.HeatUse, model.DistrictHeat}, {mapping.BiomassUse, model.Biomass},
}

func (in *intake) isFuel(f mapping.FieldID) bool {
	for _, k := range fuelFields {
		if k.field == f {
			return true
		}
	}
	return false
}

// energyGrade is measured where the column states a unit of energy, as meter readings and bills do; otherwise only stated.
func (in *intake) energyGrade(f mapping.FieldID) model.Grade {
	if ch := in.c.of.one(f); ch != nil && !ch.In.IsZero() {
		return model.Measured
	}
	return model.Stated
}

// backlog adds up the classes of risk, or takes the total where there are none.
func (in *intake) backlog(row table.Row) model.Figure {
	var out model.Figure
	for _, f := range []mapping.FieldID{mapping.BacklogHigh, mapping.BacklogSig, mapping.BacklogMod, mapping.BacklogLow} {
		g := in.c.figure(row, f, units.Money, model.Stated, "")
		if !g.Known() {
			continue
		}
		if !out.Known() {
			out = g
			continue
		}
		ch, _ := in.c.first(f)
		out.Value += g.Value
		out.Source += " + " + column(ch)
	}
	if out.Known() {
		return out
	}
	return in.c.figure(row, mapping.BacklogAll, units.Money, model.Stated, "")
}
