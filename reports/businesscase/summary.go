package businesscase

import (
	"math"

	"github.com/planting-the-flag/flagstone/reports/document"
)

// summary is the page that most readers read: the decision, six figures, the options at a glance.
func (b *builder) summary() {
	b.headline()
	b.six()
	b.h(2, "The decision asked for")
	b.decision()
	b.h(2, "Options at a glance")
	b.glance()
	b.editionNote()
	b.add1(document.Legend{})
}

// headline says in a few sentences what the figures say.
func (b *builder) headline() {
	_, _, all := b.estates()
	if all.built > 0 {
		b.say("The public bodies of @ hold @ of floor area in @. Running @ costs @ in @.", b.place(), area("estate.area", all.area, all.areaBy.mark()),
			things("estate.built", all.built, "building", "buildings"), plural(all.built, "it", "them"), pounds("estate.running", all.cost, all.costBy.mark()), Year(b.cmp.BaseYear))
	} else {
		b.say("No floor area is on record for @ yet.", b.place())
	}
	o := b.preferred
	if o == nil {
		b.add1(lead("Only @ has been appraised, so there is nothing yet to compare it with and nothing to recommend.", b.options[0].name))
		return
	}
	b.add1(lead("@ @. Against @ over @ years it is @@.", o.name, b.what(o), b.baseName(),
		plain("appraisal.years", float64(b.cmp.Years), 0, "years"), b.worthWords(o), b.purseClause(o)))
	runs := mix("By @ the floor area in use @", Year(b.lastYear()), b.areaClause(o))
	runs = append(runs, mix(", yearly running cost @ and emissions over the period @.", b.savingClause(o), b.carbonClause(o))...)
	b.add1(document.Paragraph{Runs: runs})
	b.accessWords()
	if b.losing() {
		b.say("No option appraised here is worth more than @. “@” comes nearest and is set out below as if it were preferred, so that its figures can be seen.", b.baseName(), o.name)
	} else if b.worth(o) < 0 && !nothing(b.worth(o)) {
		b.say("On these figures the preferred option is worth less than @. It should be chosen only for reasons that the figures do not hold, and those reasons should be stated.", b.baseName())
	}
}

func (b *builder) baseName() string {
	if b.base == nil {
		return "business as usual"
	}
	return lower(b.base.name)
}

// purseClause is " and saves the public purse £1.2m" or " and costs the public purse £340k more", in present value.
func (b *builder) purseClause(o *option) []document.Inline {
	v := b.purse(o)
	switch {
	case nothing(v):
		return mix(" and leaves the public purse where it is")
	case v > 0:
		return mix(" and saves the public purse @ (present value)", b.purseOf(o, v))
	}
	f := b.purseOf(o, v)
	f.Text = Pounds(-v)
	return mix(" and costs the public purse @ more (present value)", f)
}

func (b *builder) areaClause(o *option) []document.Inline {
	now, then := b.areaNow(), areaEnd(o)
	fall := now - then
	if math.Abs(fall) < 0.5 {
		return mix("stays at @", area(o.id+".area.end", then, document.Ungraded))
	}
	word := "falls"
	if fall < 0 {
		word = "rises"
	}
	if now <= 0 {
		return mix(word+" to @", area(o.id+".area.end", then, document.Ungraded))
	}
	return mix(word+" by @ (@) to @", area(o.id+".area.fall", math.Abs(fall), document.Ungraded),
		percent(o.id+".area.fall.share", math.Abs(fall)/now, document.Ungraded), area(o.id+".area.end", then, document.Ungraded))
}

func (b *builder) savingClause(o *option) []document.Inline {
	v := b.saving(o)
	switch {
	case nothing(v):
		return mix("is the same as under @", b.baseName())
	case v > 0:
		return mix("is @ lower than under @", pounds(o.id+".saving", v, gradeOf(o)), b.baseName())
	}
	return mix("is @ higher than under @", pounds(o.id+".saving", -v, gradeOf(o)), b.baseName())
}

func (b *builder) carbonClause(o *option) []document.Inline {
	v := b.carbonSaved(o)
	switch {
	case math.Abs(v) < 0.05:
		return mix("do not change")
	case v > 0:
		return mix("fall by @", tonnes(o.id+".carbon.saved", v, gradeOf(o)))
	}
	return mix("rise by @", tonnes(o.id+".carbon.saved", -v, gradeOf(o)))
}

func (b *builder) six() {
	o := b.preferred
	if o == nil {
		_, _, all := b.estates()
		b.add1(document.KeyFigures{Items: []document.KeyFigure{
			{Label: "floor area held", Value: orUnknown(all.areaBy, area("estate.area", all.area, all.areaBy.mark()))},
			{Label: "running cost", Value: orUnknown(all.costBy, pounds("estate.running", all.cost, all.costBy.mark())), Note: "in " + Year(b.cmp.BaseYear)},
			{Label: "emissions", Value: orUnknown(all.carbonBy, tonnes("estate.carbon", all.carbon, all.carbonBy.mark())), Note: "in " + Year(b.cmp.BaseYear)},
			{Label: "repair backlog", Value: orUnknown(all.backlogBy, pounds("estate.backlog", all.backlog, all.backlogBy.mark()))},
		}})
		return
	}
	g, against := gradeOf(o), "against "+b.baseName()
	value := document.KeyFigure{Label: "net present social value", Value: b.npsvOf(o), Note: against}
	purse := document.KeyFigure{Label: "net present value to the public purse", Value: b.npvOf(o), Note: against}
	if b.shut(o) {
		value = document.KeyFigure{Label: "net present social value", Value: b.npsvBefore(o), Note: "before exempt amounts, " + against}
		purse = document.KeyFigure{Label: "net present value to the public purse", Value: b.purseOf(o, o.npv), Note: "before exempt amounts, " + against}
	}
	b.add1(document.KeyFigures{Items: []document.KeyFigure{
		value, purse,
		{Label: "capital spending", Value: pounds(o.id+".capex", o.capex, g), Note: "real, optimism bias included, without renewals"},
		{Label: "change in yearly running cost", Value: pounds(o.id+".running.change", -b.saving(o), g), Note: "in " + Year(b.lastYear())},
		{Label: "change in emissions", Value: tonnes(o.id+".carbon.change", -b.carbonSaved(o), g), Note: "over the whole period"},
		{Label: "floor area in use", Value: area(o.id+".area.end", areaEnd(o), document.Ungraded), Note: "in " + Year(b.lastYear())},
	}})
}

// glance is one row an option.
func (b *builder) glance() {
	t := document.Table{Caption: "Options at a glance, changes against " + b.baseName(), ID: "glance", Columns: []document.Column{
		{Heading: "Option", RowHeader: true, Weight: 2.6}, {Heading: "Capital", Align: document.Right}, {Heading: "Running cost a year, end", Align: document.Right, Weight: 1.2},
		{Heading: "Floor area, end", Unit: "m²", Align: document.Right, Weight: 1.1}, {Heading: "Emissions, whole period", Unit: carbon, Align: document.Right, Weight: 1.2},
		{Heading: "Public purse, present value", Align: document.Right, Weight: 1.2}, {Heading: "Social value, present value", Align: document.Right, Weight: 1.2}}}
	if b.anyBefore() {
		t.Columns = append(t.Columns, document.Column{Heading: "Social value before exempt amounts", Align: document.Right, Weight: 1.3})
	}
	for _, o := range append(b.baseline(), b.others()...) {
		name := document.CT(o.name)
		if o == b.preferred {
			name = document.C(document.B(o.name), document.T(" (preferred)"))
		}
		g := gradeOf(o)
		cells := []document.Cell{name, document.CF(pounds(o.id+".capex", o.capex, g)), document.CF(pounds(o.id+".running.end", o.running, g)),
			document.CF(plain(o.id+".area.end", areaEnd(o), 0, "m²")), document.CF(document.Field{Key: o.id + ".carbon.total", Text: tonnesBare(o.CarbonTotal), Value: o.CarbonTotal, Unit: "tCO2e", Grade: g})}
		if o.baseline {
			cells = append(cells, document.CT("baseline"), document.CT("baseline"))
		} else {
			cells = append(cells, document.CF(b.npvOf(o)), document.CF(b.npsvOf(o)))
		}
		if b.anyBefore() {
			if o.baseline {
				cells = append(cells, document.CT("baseline"))
			} else {
				cells = append(cells, document.CF(b.npsvBefore(o)))
			}
		}
		t.Rows = append(t.Rows, document.R(cells...))
	}
	t.Notes = append(t.Notes, "Capital is what the option's own actions cost, undiscounted and real, with optimism bias and without renewals. Present values are at the discount rates of "+b.cmp.SetName+". Costs are positive in the first three columns; in the last ones a positive figure is a gain.")
	b.add1(t)
}

func (b *builder) baseline() []*option {
	if b.base == nil {
		return nil
	}
	return []*option{b.base}
}

// editionNote says what the public edition leaves out and how.
func (b *builder) editionNote() {
	if !b.isPublic || !b.anyBefore() {
		return
	}
	hidden := 0
	for _, o := range b.options {
		if o.exempt && o.hidden {
			hidden++
		}
	}
	blocks := []document.Block{para("Sale receipts, costs of sale, dilapidations and the figures that they rest on are commercially sensitive. This edition leaves them out. Every breakdown, yearly series and chart in it is “before exempt amounts”, that is, without them.")}
	if hidden > 0 {
		who := mix("one option")
		if hidden > 1 {
			who = mix("@ options", count("edition.hidden", hidden))
		}
		blocks = append(blocks, para("Totals that include exempt amounts are withheld for @, because a single amount, or one of very few, could be worked out from them.", who))
	}
	if n := len(b.sharing()); n > hidden {
		blocks = append(blocks, para("Where a total that includes exempt amounts is printed, enough buildings stand behind it that no single amount can be worked out, even by comparing options."))
	}
	b.add1(document.Callout{Kind: document.Note, Title: "What this edition leaves out", Blocks: blocks})
}

// sharing are the options with exempt amounts.
func (b *builder) sharing() []*option {
	var out []*option
	for _, o := range b.options {
		if o.exempt {
			out = append(out, o)
		}
	}
	return out
}
