package businesscase

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/reports/document"
)

// method says which rules and figures were used and whose data are in the paper.
func (b *builder) method() {
	b.h(2, "Parameters")
	b.say("The appraisal follows the parameter set “@”, issued @. Everything is in @ prices, over @ years from @, with the @ discount rates; the first year is not discounted.", b.cmp.SetName, Date(b.cmp.Vintage), fmt.Sprint(b.cmp.PriceBase),
		plain("appraisal.years", float64(b.cmp.Years), 0, "years"), Year(b.cmp.BaseYear), scheduleWord(b.cmp.Schedule))
	if len(b.cmp.Notes) > 0 {
		l := document.List{}
		for _, n := range b.cmp.Notes {
			l.Items = append(l.Items, item("@", sentence(b.free(percents(n)))))
		}
		b.add1(l)
	}
	b.h(2, "Method")
	b.add1(document.List{Items: []document.ListItem{
		item("Every effect of every action is a stream: an amount, the years in which it runs, what drives it and how sure it is. Every figure in this paper is a sum of streams."),
		item("Social value counts costs and benefits to everybody, carbon included; payments within society, such as business rates, are left out. The public purse counts what public bodies pay and receive."),
		item("Costs of works are raised for optimism bias. Receipts allow for the chance that a sale does not complete."),
		item("A footprint uses yearly conversion factors; a change in emissions uses long-run marginal factors and is valued at the published values of carbon."),
		item("A figure is marked when it was not measured or stated by its owner. A total of mixed evidence carries the mark for modelled."),
	}})
	b.h(2, "Version")
	if b.opt.Hash != "" {
		b.say("This paper was made from the project version @. The same version gives the same paper.", b.opt.Hash)
	} else {
		b.say("This paper was made from a working version of the project that has not been frozen. Freeze it before a decision, so that the figures can be found again.")
	}
	if n := len(b.p.Decisions); n > 0 {
		d := b.p.Decisions[n-1]
		b.say("The last frozen version is number @, “@”, of @.", document.Field{Key: "decision.number", Text: fmt.Sprint(d.Number), Value: float64(d.Number)}, b.free(short(d.Name, 80)), Date(d.When))
	}
	if b.p.ModelledNote != "" {
		b.h(2, "How figures were modelled")
		b.say("@", sentence(b.free(b.p.ModelledNote)))
	}
	b.h(2, "Sources")
	if len(b.p.Attribution) == 0 {
		b.say("The data were supplied by the organisations named in this paper.")
		return
	}
	l := document.List{}
	for _, a := range b.p.Attribution {
		l.Items = append(l.Items, item("@", sentence(b.free(a))))
	}
	b.add1(l)
}

func scheduleWord(s string) string {
	if s == "" || s == "standard" {
		return "standard Green Book"
	}
	return "“" + s + "”"
}
