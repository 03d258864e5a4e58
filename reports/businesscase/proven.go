package businesscase

import (
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
	"github.com/planting-the-flag/flagstone/reports/planchart"
)

// proven says of options that a search found how good they are proven to be, and
// what the limits cost where plans at other limits were looked for.
func (b *builder) proven() {
	headed := false
	for _, o := range b.others() {
		e, _, ok := proof.Read(o.Scenario.Description)
		if !ok {
			continue
		}
		if !headed {
			b.h(2, "How good the plans are")
			headed = true
		}
		if math.Abs(e.NPSV-o.NPSV) > 1 {
			b.say("“@” was found by a search for the best plan. The plan, or a figure that it rests on, has been changed since, so what was proven then no longer holds.", o.name)
			continue
		}
		b.gapOf(o, e)
		b.trade(o, e.Trade)
	}
}

// gapOf says how much could be left on the table.
func (b *builder) gapOf(o *option, e proof.Evidence) {
	gap, share := e.Gap()
	part := percent(o.id+".plan.gap_share", share, document.Ungraded)
	switch {
	case e.Best():
		b.say("“@” was found by a search and is proven to be the best plan within the limits that it was given: no other plan that keeps them is worth more to society.", o.name)
	case b.shut(o):
		b.say("“@” was found by a search, which also proved how much better a plan within the same limits could be: by at most @ of its value to society. It is not proven to be the best.", o.name, part)
	default:
		b.say("“@” was found by a search, which also proved how much better a plan within the same limits could be: by at most @, which is @ of its value to society. It is not proven to be the best.",
			o.name, pounds(o.id+".plan.gap", gap, gradeOf(o)), part)
	}
}

// trade shows the plans at other limits. Their values differ by single sales, so
// an edition that leaves exempt amounts out leaves them out too.
func (b *builder) trade(o *option, t *proof.Trade) {
	if t == nil || len(t.Points) < 2 {
		return
	}
	if b.before(o) {
		b.say("Plans at other limits were looked for too. What they are worth is left out here, because it would give exempt amounts away.")
		return
	}
	least, most, chosen := math.Inf(1), math.Inf(-1), -1
	for i, p := range t.Points {
		least, most = math.Min(least, p.NPSV), math.Max(most, p.NPSV)
		if math.Abs(p.NPSV-o.NPSV) <= 1 {
			chosen = i
		}
	}
	c := planchart.Frontier(t, chosen)
	limit := limitOn(t.What)
	c.Title = "Tightening the limit on " + limit + " takes up to " + Pounds(most-least) + " of value"
	if nothing(most - least) {
		c.Title = "Tightening the limit on " + limit + " takes no value"
	}
	c.X.Label = limit
	c.Source, c.Grade = "search for the best plan at each limit, "+b.source(), string(gradeOf(o))
	c.Alt = c.Title + ". Each mark is the best plan found within one limit on " + limit + "; the dashed line is the value that no plan within the limit can pass, and the band between is what is not known."
	b.say("The search was repeated at other limits on @. From the tightest that any plan can keep to one that no longer binds, value to society rises by @.", limit, pounds(o.id+".plan.trade", most-least, gradeOf(o)))
	b.figure(c)
	b.add1(b.tradeTable(o, t, c.X.Unit))
}

// tradeTable is the chart in figures.
func (b *builder) tradeTable(o *option, t *proof.Trade, unit chart.Unit) document.Table {
	table := document.Table{Caption: "The best plan found within each limit on " + limitOn(t.What), Columns: []document.Column{{Heading: "Plan uses", Align: document.Right}, {Heading: "Worth to society", Align: document.Right}, {Heading: "No plan is worth more than", Align: document.Right}}}
	for i, p := range t.Points {
		at := func(what string) string { return o.id + ".plan.trade." + what + "." + string(rune('a'+i%26)) }
		used := plain(at("used"), p.Used, 0, "")
		switch unit.Kind {
		case chart.Pounds:
			used = pounds(at("used"), p.Used, gradeOf(o))
		case chart.Percent:
			used = percent(at("used"), p.Used, document.Ungraded)
		default:
			if unit.Suffix == " t" {
				used = tonnes(at("used"), p.Used, gradeOf(o))
			}
		}
		table.Rows = append(table.Rows, document.R(document.CF(used), document.CF(pounds(at("npsv"), p.NPSV, gradeOf(o))), document.CF(pounds(at("bound"), p.Bound, gradeOf(o)))))
	}
	return table
}

// limitOn is what a trade is about without its unit.
func limitOn(what string) string {
	if i := strings.LastIndex(what, ", "); i >= 0 {
		what = what[:i]
	}
	if rest, ok := strings.CutPrefix(what, "carbon"); ok {
		return "emissions" + rest
	}
	if strings.HasPrefix(what, "residents") {
		return "residents out of reach of a public building"
	}
	return what
}
