package businesscase

import (
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// climate says what the options do to emissions and what that is worth.
func (b *builder) climate() {
	if b.base == nil {
		return
	}
	start := b.base.CarbonByYear[0]
	if start < 0.05 && end(b.base.CarbonByYear) < 0.05 && len(b.others()) == 0 {
		b.say("No energy use is on record, so emissions are not known.")
		return
	}
	b.h(2, "Emissions by year")
	_, _, all := b.estates()
	g := all.carbonBy.mark()
	if start < 0.05 {
		b.say("No energy use is on record for the estate today, so its emissions are not known. What follows shows only what the options add or take away.")
	} else {
		b.say("The estate emits @ in @. Under @ this becomes @ by @, @.", tonnes("estate.carbon", start, g), Year(b.cmp.BaseYear), b.baseName(),
			tonnes(b.base.id+".carbon.end", end(b.base.CarbonByYear), g), Year(b.lastYear()), b.gridWords(start))
	}
	if o := b.preferred; o != nil {
		b.carbonChoice(o)
	}
	b.targetWords()
	b.figure(b.pathway())
	b.carbonTable()
	b.h(2, "Where emissions come from")
	b.energyTable()
	if o := b.preferred; o != nil {
		b.h(2, "What the change is worth")
		b.carbonValue(o)
	}
	b.abatement()
}

// gridWords say why a do-nothing footprint falls.
func (b *builder) gridWords(start float64) string {
	switch last := end(b.base.CarbonByYear); {
	case last < start*0.995:
		return "because the electricity grid gets cleaner, not because anything is done"
	case last > start*1.005:
		return "because use grows faster than the electricity grid gets cleaner"
	}
	return "which is no change"
}

func (b *builder) carbonChoice(o *option) {
	v := b.carbonSaved(o)
	g := gradeOf(o)
	last := end(o.CarbonByYear)
	switch {
	case math.Abs(v) < 0.05:
		b.say("The preferred option does not change emissions.")
	case v > 0:
		b.say("The preferred option brings the last year down to @ and saves @ over the whole period against @.", tonnes(o.id+".carbon.end", last, g), tonnes(o.id+".carbon.saved", v, g), b.baseName())
	default:
		b.say("The preferred option takes the last year to @ and adds @ over the whole period against @.", tonnes(o.id+".carbon.end", last, g), tonnes(o.id+".carbon.saved", -v, g), b.baseName())
	}
	if em := total(o.CarbonByPart.Embodied); em >= 0.05 {
		b.say("In this the carbon embodied in works counts for @, and the longer trips of visitors and staff for @.", tonnes(o.id+".carbon.embodied", em, g), tonnes(o.id+".carbon.travel", total(o.CarbonByPart.Travel), g))
	}
}

func (b *builder) carbonTable() {
	opts := append(b.baseline(), b.shownOptions(4)...)
	t := document.Table{Caption: "Footprint of the estate by year", Columns: []document.Column{{Heading: "Year", RowHeader: true, Weight: 1.4}}}
	for _, o := range opts {
		t.Columns = append(t.Columns, document.Column{Heading: o.name, Unit: carbon, Align: document.Decimal, Weight: 1.2})
	}
	parts, sums := make([][]float64, len(opts)), make([]float64, len(opts))
	cells := func(v float64, k string) document.Cell {
		return document.CF(document.Field{Key: k, Text: Number(v, 0), Value: v, Unit: "tCO2e"})
	}
	for _, s := range b.spans() {
		row := document.R(document.CT(s.label))
		for i, o := range opts {
			v := s.sum(o.CarbonByYear)
			row.Cells = append(row.Cells, cells(v, key(o, "carbon.%d", b.cmp.BaseYear+s.from)))
			parts[i] = append(parts[i], v)
			sums[i] += v
		}
		t.Rows = append(t.Rows, row)
	}
	row := document.Row{Kind: document.Total, Cells: []document.Cell{document.CT("Whole period")}}
	for i, o := range opts {
		f := bold(document.Field{Key: o.id + ".carbon.total", Text: Number(sums[i], 0), Value: sums[i], Unit: "tCO2e"})
		row.Cells = append(row.Cells, document.CF(f))
	}
	t.Rows = append(t.Rows, row)
	t.Notes = roundingNote([]string{"Conversion factors of the parameter set, with losses on the way and the supply of fuels (scopes 1, 2 and 3), embodied carbon of works and extra trips. Figures are modelled where energy use is."}, sums, parts...)
	b.add1(t)
}

// energyTable sets energy and emissions of the first and last year side by side.
func (b *builder) energyTable() {
	o := b.preferred
	if o == nil {
		o = b.base
	}
	t := document.Table{Caption: "Energy use and its emissions", Columns: []document.Column{{Heading: "Source", RowHeader: true, Weight: 2}, {Heading: Year(b.cmp.BaseYear), Unit: "MWh", Align: document.Right}, {Heading: Year(b.cmp.BaseYear), Unit: carbon, Align: document.Right},
		{Heading: Year(b.lastYear()), Unit: "MWh", Align: document.Right}, {Heading: Year(b.lastYear()), Unit: carbon, Align: document.Right}},
		Groups: []document.Group{{Text: "", Span: 1}, {Text: "Today", Span: 2}, {Text: o.name, Span: 2}}}
	var sums [4]float64
	var parts [4][]float64
	row := func(label, k string, v [4]float64, mwh bool) {
		r := document.R(document.CT(label))
		for i, x := range v {
			unit := "tCO2e"
			if i%2 == 0 {
				unit = "MWh"
			}
			if unit == "MWh" && !mwh {
				r.Cells = append(r.Cells, document.CT(""))
			} else {
				r.Cells = append(r.Cells, document.CF(plain(key(o, "energy.%s.%d", k, i), x, 0, unit)))
				parts[i] = append(parts[i], x)
			}
			sums[i] += x
		}
		t.Rows = append(t.Rows, r)
	}
	for _, f := range model.Fuels {
		v := [4]float64{first(b.base.EnergyByFuel[f]) / 1000, first(b.base.CarbonByPart.Energy[f]), end(o.EnergyByFuel[f]) / 1000, end(o.CarbonByPart.Energy[f])}
		if v != [4]float64{} {
			row(capital(string(f)), string(f), v, true)
		}
	}
	rest := [4]float64{0, first(b.base.CarbonByPart.Travel) + first(b.base.CarbonByPart.Embodied) + first(b.base.CarbonByPart.Other), 0, end(o.CarbonByPart.Travel) + end(o.CarbonByPart.Embodied) + end(o.CarbonByPart.Other)}
	if math.Abs(rest[1])+math.Abs(rest[3]) >= 0.05 {
		row("Travel, works and other", "rest", rest, false)
	}
	if len(t.Rows) == 0 {
		b.say("No energy use is on record.")
		return
	}
	r := document.Row{Kind: document.Total, Cells: []document.Cell{document.CT("All")}}
	for i, x := range sums {
		unit := "tCO2e"
		if i%2 == 0 {
			unit = "MWh"
		}
		r.Cells = append(r.Cells, document.CF(bold(plain(key(o, "energy.all.%d", i), x, 0, unit))))
	}
	t.Rows = append(t.Rows, r)
	t.Notes = roundingNote(t.Notes, sums[:], parts[:]...)
	b.add1(t)
}

func first(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	return v[0]
}

// carbonValue says what the change in emissions is worth and what it costs.
func (b *builder) carbonValue(o *option) {
	change := total(o.CarbonChange)
	g := gradeOf(o)
	if math.Abs(change) < 0.05 {
		b.say("Emissions do not change, so no value of carbon is in the appraisal.")
		return
	}
	if change < 0 {
		b.say("A change in energy use is counted with the emissions of the power stations that would have met it (long-run marginal factors), so it differs from the change in the footprint. On that basis the preferred option saves @, worth @ to society in present value at central carbon values.",
			tonnes(o.id+".carbon.change", -change, g), pounds(o.id+".pv.carbon", o.PVCarbon, g))
	} else {
		b.say("A change in energy use is counted with the emissions of the power stations that meet it (long-run marginal factors), so it differs from the change in the footprint. On that basis the preferred option adds @, which costs society @ in present value at central carbon values.",
			tonnes(o.id+".carbon.change", change, g), pounds(o.id+".pv.carbon", -o.PVCarbon, g))
	}
	switch {
	case o.CostPerTonne == nil:
		b.say("There is no cost for each tonne saved, because none is saved.")
	case b.shut(o):
		b.say("The cost of each tonne saved is withheld in this edition.")
	case *o.CostPerTonne <= 0:
		b.say("Saving carbon costs the public purse nothing here: each tonne comes with a saving of @.", pounds(o.id+".cost_per_tonne", -*o.CostPerTonne, g))
	default:
		b.say("Each tonne saved costs the public purse @ in present value.", pounds(o.id+".cost_per_tonne", *o.CostPerTonne, g))
	}
	t := document.Table{Caption: "Change in emissions under " + o.name + " and its value", Columns: []document.Column{{Heading: "Years", RowHeader: true, Weight: 1.6}, {Heading: "Change in emissions", Unit: carbon, Align: document.Right},
		{Heading: "Value to society", Unit: "£000", Align: document.Right}}}
	var parts [2][]float64
	for i := 0; i < b.cmp.Years; i += 5 {
		s := span{from: i, to: min(i+4, b.cmp.Years-1)}
		label := Year(b.cmp.BaseYear+s.from) + " to " + Year(b.cmp.BaseYear+s.to)
		if s.from == s.to {
			label = Year(b.cmp.BaseYear + s.from)
		}
		c, v := s.sum(o.CarbonChange), s.sum(o.CarbonValue)
		parts[0], parts[1] = append(parts[0], c), append(parts[1], v/1000)
		t.Rows = append(t.Rows, document.R(document.CT(label), document.CF(plain(key(o, "carbon.change.%d", b.cmp.BaseYear+i), c, 0, "tCO2e")), document.CF(thousands(key(o, "carbon.value.%d", b.cmp.BaseYear+i), v))))
	}
	sums := []float64{change, total(o.CarbonValue) / 1000}
	t.Rows = append(t.Rows, document.Row{Kind: document.Total, Cells: []document.Cell{document.CT("Whole period"), document.CF(bold(plain(o.id+".carbon.change.total", change, 0, "tCO2e"))), document.CF(bold(thousands(o.id+".carbon.value.total", sums[1]*1000)))}})
	t.Notes = roundingNote([]string{"A negative change is a fall in emissions; a positive value is a gain. Not discounted, real. Figures are modelled."}, sums, parts[:]...)
	b.add1(t)
}
