package businesscase

import (
	"fmt"
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// financial says what the preferred option does to revenue and capital, year by year and body by body.
func (b *builder) financial() {
	o := b.preferred
	b.runningNow()
	if o == nil {
		b.say("With no option to compare there is no change in budgets to show.")
		return
	}
	b.h(2, "Revenue and capital by year")
	b.cashWords(o)
	b.yearTable(o)
	b.figure(b.cashChart())
	b.h(2, "Who pays and who gains")
	b.bodies(o)
	if b.affordable(o) {
		b.say("The tables before this section are in real terms, in @ prices and before financing; those in it are in the money of each year. The finance officer should set each scheme against the medium-term financial plan before it is approved.", fmt.Sprint(b.cmp.PriceBase))
		return
	}
	b.say("The figures above are real figures in @ prices, before financing. Borrowing, minimum revenue provision, inflation and VAT are not in them. A scheme that is worth having can still be hard to afford in one year, so the finance officer should set each scheme against the medium-term financial plan before it is approved.", fmt.Sprint(b.cmp.PriceBase))
}

// runningNow is the running cost by category today and at the end.
func (b *builder) runningNow() {
	if b.base == nil {
		return
	}
	b.h(2, "What running the estate costs")
	cols := append(b.baseline(), b.shownOptions(3)...)
	t := document.Table{Caption: "Running cost by kind, £000 a year, real", Columns: []document.Column{{Heading: "Kind of cost", RowHeader: true, Weight: 2}, {Heading: Year(b.cmp.BaseYear) + ", all scenarios", Align: document.Right, Weight: 1.3}}}
	for _, o := range cols {
		t.Columns = append(t.Columns, document.Column{Heading: Year(b.lastYear()) + ", " + o.name, Align: document.Right, Weight: 1.3})
	}
	parts := make([][]float64, len(cols)+1)
	sums := make([]float64, len(cols)+1)
	for _, c := range runningCosts {
		values := []float64{}
		if r := b.base.runBy[c]; r != nil {
			values = append(values, r[0])
		} else {
			values = append(values, 0)
		}
		for _, o := range cols {
			values = append(values, end(o.runBy[c]))
		}
		if allNothing(values) {
			continue
		}
		row := document.R(document.CT(capital(categoryWord(c))))
		for i, v := range values {
			k := key(b.base, "running.%s.%d", c, b.cmp.BaseYear)
			if i > 0 {
				k = key(cols[i-1], "running.%s.%d", c, b.lastYear())
			}
			row.Cells = append(row.Cells, document.CF(thousands(k, v)))
			parts[i] = append(parts[i], v/1000)
			sums[i] += v / 1000
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		b.say("No running cost is known for any building.")
		return
	}
	totalRow := document.Row{Kind: document.Total, Cells: []document.Cell{document.CT("All running cost")}}
	for i, v := range sums {
		k := "estate.running.total"
		if i > 0 {
			k = key(cols[i-1], "running.end")
		}
		totalRow.Cells = append(totalRow.Cells, document.CF(bold(thousands(k, v*1000))))
	}
	t.Rows = append(t.Rows, totalRow)
	t.Notes = roundingNote(t.Notes, sums, parts...)
	t.Notes = append(t.Notes, "Income, repairs from backlog and replacement of worn-out parts are not running cost; they are in the tables that follow. Negative figures are savings from sharing. Figures are modelled where the register has none.")
	b.add1(t)
}

// cashWords say what happens to public money.
func (b *builder) cashWords(o *option) {
	spend, rev := o.capex, total(o.revenue)
	g := gradeOf(o)
	switch {
	case spend < 0.5:
		b.say("The actions of the preferred option need no capital spending.")
	default:
		peak, when := 0.0, b.cmp.BaseYear
		for t, v := range spending(o, b) {
			if v > peak {
				peak, when = v, b.cmp.BaseYear+t
			}
		}
		if math.Abs(peak-spend) < 0.5 {
			b.say("The actions of the preferred option need @ of capital spending, all of it in @.", pounds(o.id+".capex", spend, g), Year(when))
		} else {
			b.say("The actions of the preferred option need @ of capital spending; the most in one year, @, falls in @.", pounds(o.id+".capex", spend, g), pounds(o.id+".capex.peak", peak, g), Year(when))
		}
		if o.renewals >= 0.5 {
			b.say("Replacing what wears out within the period costs another @. It is in all present values but not in the capital asked for.", pounds(o.id+".renewals", o.renewals, g))
		}
	}
	f := pounds(o.id+".revenue.total", math.Abs(rev), g)
	switch {
	case nothing(rev):
		b.say("Revenue budgets do not change@.", b.suffix())
	case rev > 0:
		b.say("Over the period revenue budgets of public bodies are better off by @ than under @@.", f, b.baseName(), b.suffix())
	default:
		b.say("Over the period revenue budgets of public bodies are worse off by @ than under @@.", f, b.baseName(), b.suffix())
	}
	switch {
	case allNothing(o.cash):
	case o.payback == nil:
		b.say("Counted in real money and not discounted, the spending is not recovered within the @ years@.", plain("appraisal.years", float64(b.cmp.Years), 0, "years"), b.suffix())
	case *o.payback <= b.cmp.BaseYear:
		b.say("Counted in real money and not discounted, it is ahead of @ from the first year@.", b.baseName(), b.suffix())
	default:
		b.say("Counted in real money and not discounted, it is ahead of @ for good from @@.", b.baseName(), Year(*o.payback), b.suffix())
	}
}

// span is a run of years printed as one row.
type span struct {
	label    string
	from, to int // years counted from the base year, both included
}

// spans are single years as far as a page holds them, then blocks of five.
func (b *builder) spans() []span {
	const page = 31
	single := b.cmp.Years
	if single > page {
		single = 10
	}
	var out []span
	for i := range single {
		out = append(out, span{Year(b.cmp.BaseYear + i), i, i})
	}
	for i := single; i < b.cmp.Years; i += 5 {
		j := min(i+4, b.cmp.Years-1)
		label := Year(b.cmp.BaseYear+i) + " to " + Year(b.cmp.BaseYear+j)
		if i == j {
			label = Year(b.cmp.BaseYear + i)
		}
		out = append(out, span{label, i, j})
	}
	return out
}

func (s span) sum(v []float64) float64 {
	t := 0.0
	for i := s.from; i <= s.to && i < len(v); i++ {
		t += v[i]
	}
	return t
}

func (b *builder) yearTable(o *option) {
	t := document.Table{Caption: "Change in public money by year under " + o.name + b.suffix(), ID: "cash", Columns: []document.Column{{Heading: "Year", RowHeader: true, Weight: 1.4}, {Heading: "Capital", Unit: "£000", Align: document.Right},
		{Heading: "Revenue", Unit: "£000", Align: document.Right}, {Heading: "Both", Unit: "£000", Align: document.Right}, {Heading: "Running total", Unit: "£000", Align: document.Right}}}
	cum := cumulative(o.cash)
	var parts [3][]float64
	for _, s := range b.spans() {
		y := b.cmp.BaseYear + s.from
		v := [3]float64{s.sum(o.capital), s.sum(o.revenue), s.sum(o.cash)}
		for i := range v {
			parts[i] = append(parts[i], v[i]/1000)
		}
		t.Rows = append(t.Rows, document.R(document.CT(s.label), document.CF(thousands(key(o, "capital.%d", y), v[0])), document.CF(thousands(key(o, "revenue.%d", y), v[1])),
			document.CF(thousands(key(o, "cash.%d", y), v[2])), document.CF(thousands(key(o, "cash.cumulative.%d", y+s.to-s.from), cum[s.to]))))
	}
	sums := []float64{total(o.capital), total(o.revenue), total(o.cash)}
	t.Rows = append(t.Rows, document.Row{Kind: document.Total, Cells: []document.Cell{document.CT("Whole period"), document.CF(bold(thousands(o.id+".capital.total", sums[0]))), document.CF(bold(thousands(o.id+".revenue.total", sums[1]))),
		document.CF(bold(thousands(o.id+".cash.total", sums[2]))), document.CT("")}})
	t.Notes = append(t.Notes, "Real, in "+fmt.Sprint(b.cmp.PriceBase)+" prices, not discounted, against "+b.baseName()+". A positive figure is money saved or received, a negative one money spent. Public bodies only, business rates included. Capital includes what no longer has to be replaced in buildings that go. Figures are modelled.")
	for i := range sums {
		sums[i] /= 1000
	}
	t.Notes = roundingNote(t.Notes, sums, parts[:]...)
	if b.before(o) {
		t.Notes = append(t.Notes, "Sale receipts, costs of sale and dilapidations are exempt and left out of every year.")
	}
	b.add1(t)
}

// bodies says who pays and who gains.
func (b *builder) bodies(o *option) {
	var ids []model.OrganisationID
	for id, f := range o.body {
		if !allNothing(f.capital) || !allNothing(f.revenue) {
			ids = append(ids, id)
		}
	}
	sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
	if len(ids) == 0 {
		b.say("No body pays more or less than under @@.", b.baseName(), b.suffix())
		return
	}
	t := document.Table{Caption: "Who pays and who gains under " + o.name + b.suffix(), Columns: []document.Column{{Heading: "Body", RowHeader: true, Weight: 2.2}, {Heading: "Capital", Unit: "£000", Align: document.Right},
		{Heading: "Revenue", Unit: "£000", Align: document.Right}, {Heading: "Both", Unit: "£000", Align: document.Right}, {Heading: "Present value", Unit: "£000", Align: document.Right, Weight: 1.1}}}
	type worth struct {
		name string
		pv   float64
		id   model.OrganisationID
	}
	var list []worth
	for _, id := range ids {
		f := o.body[id]
		both := less(f.capital, negative(f.revenue))
		pv := appraisal.PresentValue(both, b.cmp.Discount)
		list = append(list, worth{b.org(id), pv, id})
		k := o.id + ".body." + string(id)
		t.Rows = append(t.Rows, document.R(document.CT(b.org(id)), document.CF(thousands(k+".capital", total(f.capital))), document.CF(thousands(k+".revenue", total(f.revenue))),
			document.CF(thousands(k+".cash", total(both))), document.CF(thousands(k+".pv", pv))))
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].pv > list[j].pv })
	top, low := list[0], list[len(list)-1]
	g := gradeOf(o)
	pv := func(w worth) document.Field {
		return pounds(o.id+".body."+string(w.id)+".pv", math.Abs(w.pv), g)
	}
	switch {
	case top.pv >= 0.5 && low.pv <= -0.5:
		b.say("In present value @ gains most (@) and @ pays most (@)@.", top.name, pv(top), low.name, pv(low), b.suffix())
	case top.pv >= 0.5 && len(list) == 1:
		b.say("In present value @ gains @@. No other body is affected.", top.name, pv(top), b.suffix())
	case top.pv >= 0.5:
		b.say("In present value @ gains most (@)@, and nobody is worse off.", top.name, pv(top), b.suffix())
	case low.pv <= -0.5 && len(list) == 1:
		b.say("In present value @ pays @@. No other body is affected.", low.name, pv(low), b.suffix())
	case low.pv <= -0.5:
		b.say("In present value @ pays most (@)@, and nobody is better off.", low.name, pv(low), b.suffix())
	}
	t.Notes = append(t.Notes, "What each body pays and receives in cash, real, against "+b.baseName()+"; a positive figure is a gain. The last column is discounted, the others are not. Figures are modelled.")
	b.add1(t)
}

func negative(v []float64) []float64 {
	out := make([]float64, len(v))
	for i, x := range v {
		out[i] = -x
	}
	return out
}
