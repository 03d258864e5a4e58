package businesscase

import (
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// steps prices every measure in every building as it stands today, cheapest
// per tonne first.
func (b *builder) steps() []outcome.Step {
	steps, _, err := outcome.Potential(b.p, appraisal.Options{Set: b.cmp.Set})
	if err != nil {
		return nil // a project that cannot be appraised alone has no curve
	}
	return steps
}

// abatement says what each retrofit measure would save across the estate and at
// what cost, whether or not the options use it.
func (b *builder) abatement() {
	steps := b.steps()
	if len(steps) == 0 {
		return
	}
	b.h(2, "What retrofit could save")
	b.say("If every building with energy use on record were retrofitted in @, measure after measure in the order of the list of measures, each would save what the table shows. The cost is over the whole period, savings on bills taken off, in present value.",
		document.T(Year(min(b.cmp.BaseYear+1, b.lastYear()))))
	t := document.Table{Caption: "Retrofit measures across the estate, cheapest tonne first", Columns: []document.Column{{Heading: "Measure", RowHeader: true, Weight: 2.4},
		{Heading: "Buildings", Align: document.Right, Weight: 0.8}, {Heading: "Capital", Unit: "£000", Align: document.Right}, {Heading: "Saves", Unit: "tCO₂e", Align: document.Right},
		{Heading: "Cost of a tonne", Unit: "£", Align: document.Right, Weight: 1.1}, {Heading: "Within the grant test", Align: document.Right, Weight: 1}}}
	for i := range steps {
		s := &steps[i]
		k := "abatement." + s.Measure
		tonnes := document.Field{Key: k + ".tonnes", Text: tonnesBare(s.Tonnes), Value: s.Tonnes, Unit: "tCO2e", Grade: document.Modelled}
		t.Rows = append(t.Rows, document.R(document.CT(outcome.MeasureLabel(s.Measure)), document.CF(plain(k+".buildings", float64(s.Buildings), 0, "")), document.CF(thousands(k+".capital", s.Capital)),
			document.CF(tonnes), document.CF(plain(k+".per_tonne", s.PerTonne(), 0, "£")), document.CF(plain(k+".grant", float64(s.Grants), 0, ""))))
	}
	if limit, ok := b.cmp.Book.Get("grant.cap_per_tonne"); ok {
		t.Notes = append(t.Notes, "A building passes the grant test when its capital is no more than "+Pounds(limit.Value)+" for each tonne saved over the period.")
	}
	t.Notes = append(t.Notes, "Tonnes are counted with the emissions of the power stations that would have met the demand. Savings shrink as the grid gets cleaner.")
	b.add1(t)
	b.figure(b.abatementChart(steps))
}

func (b *builder) abatementChart(steps []outcome.Step) *chart.Chart {
	if len(steps) < 2 {
		return nil
	}
	s := chart.Series{Name: "cost of a tonne"}
	bars := chart.Bars{Horizontal: true}
	paying := 0
	for i := range steps {
		x := &steps[i]
		bars.Categories = append(bars.Categories, outcome.MeasureLabel(x.Measure))
		s.Values = append(s.Values, x.PerTonne())
		if x.PerTonne() < 0 {
			paying++
		}
	}
	bars.Series = []chart.Series{s}
	if central, ok := b.cmp.Paths["carbon.central"]; ok {
		bars.Target = &chart.Reference{Name: "value of a tonne in " + Year(b.cmp.BaseYear), Value: central.At(b.cmp.BaseYear)}
	}
	title := "No measure pays for itself"
	if paying > 0 {
		title = capital(counted(paying)) + plural(paying, " measure pays for itself", " measures pay for themselves")
	}
	return &chart.Chart{Title: title, Plot: bars, Y: chart.Axis{Label: "£ a tonne, present cost less savings on bills", Unit: money}, Source: b.source(), Grade: string(document.Modelled),
		Alt: title + ". Each bar is what one tonne costs by that measure across the estate; below nought the savings on bills are greater than the cost."}
}
