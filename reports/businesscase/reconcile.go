package businesscase

import (
	"math"

	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// reconciliation shows that people, desks, floor area and money add up, by printing both sides.
func (b *builder) reconciliation() {
	if b.base == nil {
		return
	}
	b.say("What goes in must come out: nobody is lost in a move, every square metre is accounted for, and the parts of a sum make the sum.")
	b.h(2, "People, desks and floor area")
	b.spaceTable()
	b.h(2, "Money")
	b.moneyTable()
}

func (b *builder) spaceTable() {
	opts := append(b.baseline(), b.shownOptions(4)...)
	last := Year(b.lastYear())
	t := document.Table{Caption: "People, desks and floor area, first and last year", Columns: []document.Column{{Heading: "", RowHeader: true, Weight: 2.2}, {Heading: Year(b.cmp.BaseYear) + ", all scenarios", Align: document.Right, Weight: 1.1}}}
	for _, o := range opts {
		t.Columns = append(t.Columns, document.Column{Heading: last + ", " + o.name, Align: document.Right, Weight: 1.2})
	}
	row := func(kind document.RowKind, label, k string, start float64, of func(*option) float64, unit string) {
		r := document.Row{Kind: kind, Cells: []document.Cell{document.CT(label), document.CF(plain("estate."+k, start, 0, unit))}}
		for _, o := range opts {
			r.Cells = append(r.Cells, document.CF(plain(o.id+"."+k+".end", of(o), 0, unit)))
		}
		t.Rows = append(t.Rows, r)
	}
	row(document.Body, "Staff housed, full-time equivalent", "people", first(b.base.People), func(o *option) float64 { return end(o.People) }, "FTE")
	row(document.Body, "Desks used", "desks.used", first(b.base.DesksUse), func(o *option) float64 { return end(o.DesksUse) }, "desks")
	kinds := []struct{ key, label string }{{action.AreaOccupied, "Floor area taken by services, m²"}, {action.AreaSpare, "Floor area run but not taken, m²"}, {action.AreaVacant, "Floor area closed and empty, m²"},
		{action.AreaConverted, "Floor area put to another use, m²"}, {action.AreaReleased, "Floor area released, m²"}}
	sum := func(o *option, f func([]float64) float64) float64 {
		v := 0.0
		for _, k := range kinds {
			v += f(o.use[k.key])
		}
		return v
	}
	parts := make([][]float64, len(opts)+1)
	for _, k := range kinds {
		row(document.Body, k.label, "area."+k.key, first(b.base.use[k.key]), func(o *option) float64 { return end(o.use[k.key]) }, "m²")
		parts[0] = append(parts[0], first(b.base.use[k.key]))
		for i, o := range opts {
			parts[i+1] = append(parts[i+1], end(o.use[k.key]))
		}
	}
	row(document.Total, "All floor area, m²", "area.all", sum(b.base, first), func(o *option) float64 { return sum(o, end) }, "m²")
	sums := []float64{sum(b.base, first)}
	for _, o := range opts {
		sums = append(sums, sum(o, end))
	}
	t.Notes = roundingNote(nil, sums, parts...)
	b.add1(t)
	b.spaceWords(opts, sums)
}

func (b *builder) spaceWords(opts []*option, sums []float64) {
	lostArea, lostPeople := "", ""
	for i, o := range opts {
		if math.Abs(sums[i+1]-sums[0]) > 0.5 {
			lostArea = o.name
		}
		if math.Abs(end(o.People)-first(b.base.People)) > 0.05 {
			lostPeople = o.name
		}
	}
	if lostArea == "" && lostPeople == "" {
		b.say("In every scenario as many people and as many square metres are accounted for at the end as at the beginning.")
		return
	}
	if lostPeople != "" {
		b.say("The number of people at the end differs from the beginning under “@”. That is an error in the plan or a service that ends; it should be explained before this paper is used.", lostPeople)
	}
	if lostArea != "" {
		b.say("The floor area at the end differs from the beginning under “@”. It should be explained before this paper is used.", lostArea)
	}
}

// moneyTable shows for each option that its kinds of cost make its value, and its years make its value.
func (b *builder) moneyTable() {
	rows := b.presentRows()
	t := document.Table{Caption: "Three ways to the same net present social value, £000" + b.suffix(), Columns: []document.Column{{Heading: "Option", RowHeader: true, Weight: 2.2}, {Heading: "By kind of cost and benefit", Align: document.Right, Weight: 1.2},
		{Heading: "By year, discounted", Align: document.Right, Weight: 1.2}, {Heading: "As printed in this paper", Align: document.Right, Weight: 1.2}, {Heading: "Difference", Align: document.Right}}}
	worst := 0.0
	for _, o := range b.others() {
		kinds := 0.0
		for _, r := range rows {
			kinds += r.of(o)
		}
		years := 0.0
		for i, v := range o.eco {
			years += v * b.cmp.Discount[i]
		}
		diff := math.Max(math.Abs(kinds-o.npsv), math.Abs(years-o.npsv))
		worst = math.Max(worst, diff)
		t.Rows = append(t.Rows, document.R(document.CT(o.name), document.CF(thousands(o.id+".reconcile.kinds", kinds)), document.CF(thousands(o.id+".reconcile.years", years)), document.CF(thousands(o.id+".npsv.edition", o.npsv)), document.CF(thousands(o.id+".reconcile.difference", diff))))
	}
	if len(t.Rows) == 0 {
		b.say("There is no option whose money could be reconciled.")
		return
	}
	b.add1(t)
	var paid float64
	if o := b.preferred; o != nil {
		for id, f := range o.body {
			if b.public(id) {
				paid += appraisal.PresentValue(f.capital, b.cmp.Discount) + appraisal.PresentValue(f.revenue, b.cmp.Discount)
			}
		}
		worst = math.Max(worst, math.Abs(paid-o.npv))
		b.say("What the public bodies pay and gain under the preferred option adds up to @ in present value, and the yearly table of the financial case to @@.",
			exact(o.id+".reconcile.bodies", paid, gradeOf(o)), exact(o.id+".npv_public.edition", o.npv, gradeOf(o)), b.suffix())
	}
	if worst < 1 {
		b.say("All of these agree to the pound.")
	} else {
		b.say("The largest difference is @. It must be explained before this paper is used.", exact("reconcile.worst", worst, document.Ungraded))
	}
}
