package businesscase

import (
	"fmt"
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// economic says what each option is worth to society and to the public purse.
func (b *builder) economic() {
	b.h(2, "The short list")
	b.shortList()
	if len(b.others()) == 0 {
		b.say("There is no option to appraise against @ yet.", b.baseName())
		return
	}
	b.h(2, "Value of each option")
	b.valueTable()
	for _, o := range b.others() {
		b.add1(b.valueSentence(o))
	}
	b.figure(b.cumulativeValue())
	b.proven()
	b.h(2, "What makes up the value")
	b.biggest()
	b.figure(b.waterfall())
	b.costsAndBenefits()
	b.h(2, "How sure it is")
	b.biasWords()
	b.switching()
	b.sensitivities()
	b.uncertainty()
}

// shortList is every scenario with what it does and its place in the choice.
func (b *builder) shortList() {
	n := len(b.options)
	minimum := false
	for _, o := range b.options {
		minimum = minimum || o.Scenario.Kind == model.DoMinimum
	}
	b.say("@ been appraised on the same footing, over @ years from @.", upper(things("options.count", n, "scenario has", "scenarios have")),
		plain("appraisal.years", float64(b.cmp.Years), 0, "years"), Year(b.cmp.BaseYear))
	if !minimum {
		b.say("No “do minimum” scenario is among them. The Green Book expects one beside business as usual.")
	}
	t := document.Table{Caption: "The short list", Columns: []document.Column{{Heading: "Scenario", RowHeader: true, Weight: 1.4}, {Heading: "Part in the choice", Weight: 1.1}, {Heading: "What it does", Weight: 2.6}, {Heading: "Result", Weight: 2}}}
	for _, o := range append(b.baseline(), b.others()...) {
		desc := b.free(proof.Without(o.Scenario.Description))
		what := append(upper(b.what(o)), document.T("."))
		if desc != "" {
			what = append(what, document.T(" "+sentence(short(desc, 300))))
		}
		t.Rows = append(t.Rows, document.R(document.CT(o.name), document.CT(b.part(o)), document.Cell{Runs: what}, document.Cell{Runs: b.verdict(o)}))
	}
	b.add1(t)
}

func (b *builder) part(o *option) string {
	switch {
	case o == b.preferred && b.losing():
		return "best of the options"
	case o == b.preferred:
		return "preferred option"
	case o.baseline:
		return "baseline for the others"
	case o.Scenario.Kind == model.DoMinimum:
		return "do minimum"
	case o.Scenario.Kind == model.BusinessAsUsual:
		return "business as usual"
	}
	return "option"
}

// verdict says in a cell why a scenario was chosen or not.
func (b *builder) verdict(o *option) []document.Inline {
	switch {
	case b.preferred == nil:
		return mix("The only scenario so far.")
	case b.losing() && o.baseline:
		return mix("To be carried on with, because no option is worth more to society.")
	case b.losing() && o == b.preferred:
		return mix("The best of the options: @.", b.valuedShort(o))
	case o == b.preferred && b.opt.Preferred != "" && b.leader() != nil && b.leader() != o:
		return mix("Preferred by choice of the authors, although “@” is worth more.", b.leader().name)
	case o == b.preferred:
		return mix("Preferred: @.", b.valuedShort(o))
	case o.baseline && b.worth(b.preferred) > 0:
		return mix("Not chosen: the preferred option is worth more to society.")
	case o.baseline:
		return mix("Not chosen, although the preferred option is worth no more to society.")
	}
	gap := b.worth(b.preferred) - b.worth(o)
	switch {
	case b.shut(o) != b.shut(b.preferred):
		return mix("Not chosen: @.", b.valuedShort(o))
	case nothing(gap):
		return mix("Not chosen: worth the same as the preferred option.")
	case gap > 0:
		return mix("Not chosen: worth @ less than the preferred option@.", b.gap(o, gap), b.gapSuffix(o))
	}
	return mix("Not chosen, although worth @ more than the preferred option@.", b.gap(o, -gap), b.gapSuffix(o))
}

func (b *builder) gapSuffix(o *option) string {
	if b.shut(o) {
		return ", before exempt amounts"
	}
	return ""
}

func (b *builder) gap(o *option, v float64) document.Field {
	return pounds(o.id+".npsv.gap", v, gradeOf(o))
}

// leader is the option of the highest value that the edition can speak of.
func (b *builder) leader() *option {
	var best *option
	for _, o := range b.others() {
		if best == nil || o.NPSV > best.NPSV {
			best = o
		}
	}
	return best
}

func (b *builder) valuedShort(o *option) []document.Inline {
	return mix("@ against @", b.worthWords(o), b.baseName())
}

// valueTable is the headline table of the appraisal.
func (b *builder) valueTable() {
	opts := b.others()
	const most = 4
	for from := 0; from < len(opts); from += most {
		part := opts[from:min(from+most, len(opts))]
		t := document.Table{Caption: "Value of the options against " + b.baseName() + ", present values", Continues: from > 0,
			Columns: []document.Column{{Heading: "", RowHeader: true, Weight: 2.2}}}
		for _, o := range part {
			t.Columns = append(t.Columns, document.Column{Heading: o.name, Align: document.Right, Weight: 1.3})
		}
		row := func(label string, f func(*option) document.Cell) {
			r := document.Row{Cells: []document.Cell{document.CT(label)}}
			for _, o := range part {
				r.Cells = append(r.Cells, f(o))
			}
			t.Rows = append(t.Rows, r)
		}
		total := func(k string, v func(*option) float64) func(*option) document.Cell {
			return func(o *option) document.Cell { return document.CF(b.whole(o, k, v(o))) }
		}
		row("Net present social value, carbon included", total("npsv", func(o *option) float64 { return o.NPSV }))
		if b.anyBefore() {
			row("… before exempt amounts", func(o *option) document.Cell { return document.CF(b.npsvBefore(o)) })
		}
		row("… with low carbon values", total("npsv_low", func(o *option) float64 { return o.NPSVLow }))
		row("… with high carbon values", total("npsv_high", func(o *option) float64 { return o.NPSVHigh }))
		row("… as an equal amount each year", total("annual_equivalent", func(o *option) float64 { return o.AnnualEquivalent }))
		row("Net present value to the public purse", total("npv_public", func(o *option) float64 { return o.NPVPublic }))
		if b.anyBefore() {
			row("… before exempt amounts", func(o *option) document.Cell {
				return document.CF(pounds(o.id+".npv_public.before_exempt", o.npv, gradeOf(o)))
			})
		}
		row("Benefit–cost ratio", b.ratioCell)
		row("Public money is back by"+b.suffix(), func(o *option) document.Cell { return document.CT(paybackWord(o)) })
		t.Notes = append(t.Notes, "All figures are real, in "+fmt.Sprint(b.cmp.PriceBase)+" prices. A positive figure is a gain.",
			"The benefit–cost ratio sets the present value of benefits to everybody but the public purse, carbon included, against the present value of the net cost to the public purse; business rates and payments between public bodies are left out. There is no pass mark: a ratio below one is not of itself poor value.")
		b.add1(t)
	}
}

func (b *builder) ratioCell(o *option) document.Cell {
	switch {
	case b.shut(o):
		return document.CF(withheld(o.id + ".bcr"))
	case o.BCR == nil:
		return document.CT("no ratio")
	}
	f := plain(o.id+".bcr", *o.BCR, 2, "ratio")
	f.Grade = gradeOf(o)
	return document.CF(f)
}

func paybackWord(o *option) string {
	if allNothing(o.cash) {
		return "no change"
	}
	if o.payback == nil {
		return "not within the period"
	}
	return Year(*o.payback)
}

// valueSentence says what the figures of one option say.
func (b *builder) valueSentence(o *option) document.Paragraph {
	v := b.worth(o)
	var runs []document.Inline
	bit := func(pattern string, args ...any) { runs = append(runs, mix(pattern, args...)...) }
	suffix := ""
	npsv := b.npsvOf(o)
	if b.shut(o) {
		suffix, npsv = ", before exempt amounts", b.npsvBefore(o)
	}
	npsv.Text = Pounds(math.Abs(v))
	switch {
	case nothing(v):
		bit("“@” is worth as much to society as @@. ", o.name, b.baseName(), suffix)
	case v > 0:
		bit("“@” is worth @ more to society than @@. ", o.name, npsv, b.baseName(), suffix)
	default:
		bit("“@” is worth @ less to society than @@. ", o.name, npsv, b.baseName(), suffix)
	}
	p := b.purse(o)
	f := b.purseOf(o, p)
	f.Text = Pounds(math.Abs(p))
	switch {
	case nothing(p):
		bit("It costs the public purse what @ costs", b.baseName())
	case p > 0:
		bit("It saves the public purse @", f)
	default:
		bit("It costs the public purse @ more", f)
	}
	switch c := b.carbonSaved(o); {
	case math.Abs(c) < 0.05:
		bit(" and emissions stay as they are. ")
	case c > 0:
		bit(" and emits @ less. ", tonnes(o.id+".carbon.saved", c, gradeOf(o)))
	default:
		bit(" and emits @ more. ", tonnes(o.id+".carbon.saved", -c, gradeOf(o)))
	}
	switch {
	case b.shut(o):
		bit("Its benefit–cost ratio is withheld.")
	case o.BCR != nil:
		x := plain(o.id+".bcr", *o.BCR, 2, "ratio")
		x.Text, x.Grade = "£"+x.Text, gradeOf(o)
		if *o.BCR < 0 {
			x.Text = minus + "£" + Number(-*o.BCR, 2)
		}
		bit("Each pound of net public cost buys @ of benefit.", x)
	case o.PVPublicCost <= 0.005 && o.PVBenefits >= o.PVPublicCost:
		bit("There is no benefit–cost ratio, because it costs the public purse no more than @.", b.baseName())
	default:
		bit("There is no benefit–cost ratio, because it saves the public purse money while everybody else loses by it.")
	}
	return document.Paragraph{Runs: runs}
}

// presentRow is what one kind of cost or benefit adds to the value of an option.
type presentRow struct {
	key, label string
	of         func(*option) float64
}

// presentRows are the categories in which any option differs from the baseline, then carbon.
func (b *builder) presentRows() []presentRow {
	var out []presentRow
	for _, c := range categories {
		of := func(o *option) float64 { return o.category[c] - b.base.category[c] }
		used := false
		for _, o := range b.others() {
			used = used || !nothing(of(o))
		}
		if used {
			out = append(out, presentRow{string(c), capital(categoryWord(c)), of})
		}
	}
	return append(out, presentRow{"carbon", "Carbon, at central values", func(o *option) float64 { return o.PVCarbon }})
}

// categories are the money categories in the order of the papers.
var categories = append(append([]ledger.Category{}, runningCosts...), ledger.CatBacklog, ledger.CatLifecycle, ledger.CatWorks, ledger.CatFitOut, ledger.CatDouble,
	ledger.CatDilaps, ledger.CatSaleCost, ledger.CatReceipt, ledger.CatIncome, ledger.CatBenefit)

func categoryWord(c ledger.Category) string {
	switch c {
	case ledger.CatBacklog:
		return "backlog: repairs and failures"
	case ledger.CatManual:
		return "typed or pasted rows"
	}
	return string(c)
}

// costsAndBenefits is the table of what makes up the value.
func (b *builder) costsAndBenefits() {
	rows := b.presentRows()
	opts := b.others()
	const most = 5
	for from := 0; from < len(opts); from += most {
		part := opts[from:min(from+most, len(opts))]
		t := document.Table{Caption: "Costs and benefits against " + b.baseName() + ", present value" + b.suffix(), Continues: from > 0,
			Columns: []document.Column{{Heading: "Cost or benefit", RowHeader: true, Weight: 2}}, ID: "costs-and-benefits"}
		if from > 0 {
			t.ID = ""
		}
		for _, o := range part {
			t.Columns = append(t.Columns, document.Column{Heading: o.name, Unit: "£000", Align: document.Right, Weight: 1.2})
		}
		parts, totals := make([][]float64, len(part)), make([]float64, len(part))
		for _, r := range rows {
			row := document.R(document.CT(r.label))
			for i, o := range part {
				row.Cells = append(row.Cells, document.CF(thousands(key(o, "pv.%s", r.key), r.of(o))))
				parts[i] = append(parts[i], r.of(o)/1000)
			}
			t.Rows = append(t.Rows, row)
		}
		label := "Net present social value"
		total := document.Row{Kind: document.Total, Cells: []document.Cell{document.CT(label + b.suffix())}}
		for i, o := range part {
			total.Cells = append(total.Cells, document.CF(bold(thousands(o.id+".npsv.edition", o.npsv))))
			totals[i] = o.npsv / 1000
		}
		t.Rows = append(t.Rows, total)
		if b.anyBefore() {
			row := document.R(document.CT("Exempt amounts, all together (receipts, costs of sale, dilapidations)"))
			with := document.Row{Kind: document.Total, Cells: []document.Cell{document.CT(label)}}
			for _, o := range part {
				switch {
				case !o.exempt:
					row.Cells = append(row.Cells, document.CT("none"))
					with.Cells = append(with.Cells, document.CF(bold(thousands(o.id+".npsv", o.NPSV))))
				case b.shut(o):
					row.Cells = append(row.Cells, document.CF(withheld(o.id+".exempt")))
					with.Cells = append(with.Cells, document.CF(withheld(o.id+".npsv")))
				default:
					row.Cells = append(row.Cells, document.CF(thousands(o.id+".exempt.together", o.NPSV-o.npsv)))
					with.Cells = append(with.Cells, document.CF(bold(thousands(o.id+".npsv", o.NPSV))))
				}
			}
			t.Rows = append(t.Rows, row, with)
		}
		t.Notes = append(t.Notes, "Real, in "+fmt.Sprint(b.cmp.PriceBase)+" prices. A positive figure is a gain against "+b.baseName()+", a negative one a cost. Business rates and other transfers within society are not counted here; they are in the public purse. Figures are modelled.")
		t.Notes = roundingNote(t.Notes, totals, parts...)
		b.add1(t)
	}
}

// biggest names the largest gain and the largest cost of the preferred option.
func (b *builder) biggest() {
	o := b.preferred
	rows := b.presentRows()
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].of(o) > rows[j].of(o) })
	up, down := rows[0], rows[len(rows)-1]
	g := gradeOf(o)
	pv := func(r presentRow) document.Field { return pounds(key(o, "pv.%s", r.key), math.Abs(r.of(o)), g) }
	switch hasUp, hasDown := up.of(o) >= 0.5, down.of(o) <= -0.5; {
	case hasUp && hasDown:
		b.say("For the preferred option the largest gain is @ (@) and the largest cost is @ (@)@.", lower(up.label), pv(up), lower(down.label), pv(down), b.suffix())
	case hasUp:
		b.say("For the preferred option the largest gain is @ (@)@; nothing costs more than under @.", lower(up.label), pv(up), b.suffix(), b.baseName())
	case hasDown:
		b.say("For the preferred option the largest cost is @ (@)@; nothing costs less than under @.", lower(down.label), pv(down), b.suffix(), b.baseName())
	default:
		b.say("The preferred option changes no cost or benefit@.", b.suffix())
	}
}
