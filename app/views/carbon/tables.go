package carbon

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/glossary"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// Step is one block of the curve in the list beside it.
type Step struct {
	Key, Label, Where        string
	Asset                    model.AssetID // empty for a measure over the estate
	Trace                    string        // what opens its cost of a tonne; empty for none
	At                       int           // counted from one, as the blocks are
	Tonnes, PerTonne         model.Figure
	number, tonnes, perTonne string
}

func newStep(at int, key, label, where string, tonnes, perTonne float64) Step {
	return Step{Key: key, Label: label, Where: where, At: at, Tonnes: known(tonnes), PerTonne: known(perTonne),
		number: format.Whole(float64(at)), tonnes: format.Tonnes(tonnes), perTonne: format.Whole(perTonne)}
}

// Measure is one retrofit measure in one building.
type Measure struct {
	Key, Name, Label, Year             string
	Asset                              model.AssetID
	Trace                              string
	Cost, Gas, Electric, Other         model.Figure
	Tonnes, PerTonne                   model.Figure
	cost, gas, electric, other, tonnes string
	perTonne                           string
}

func (m *Measure) write() {
	change := func(f model.Figure) string { return format.Signed(format.Whole(f.Value), f.Value) }
	m.cost, m.gas, m.electric, m.other, m.tonnes = format.Whole(m.Cost.Value), change(m.Gas), change(m.Electric), change(m.Other), format.Tonnes(m.Tonnes.Value)
}

// Burning is one building that still burns gas or oil.
type Burning struct {
	Name             string
	Asset            model.AssetID
	Trace            string
	Gas, Oil, Tonnes model.Figure
	gas, oil, tonnes string
}

func newSteps(d *app.Desk) *widgets.DataTable[Step] {
	type c = widgets.Column[Step]
	t := widgets.NewDataTable([]c{
		{ID: "number", Label: words.T("No."), Width: 48, Tip: words.T("The number of the block, cheapest first"), Text: func(r *Step) string { return r.number }, Key: func(r *Step) string { return fmt.Sprintf("%06d", r.At) }},
		{ID: "measure", Label: words.T("Measure"), Width: 176, Text: func(r *Step) string { return r.Label }},
		{ID: "where", Label: words.T("Where"), Width: 150, Grow: true, Text: func(r *Step) string { return r.Where }},
		{ID: "pertonne", Label: words.T("£ a tonne"), Width: 84, Numeric: true, Tip: perTonneTip(), Text: func(r *Step) string { return r.perTonne }, Figure: func(r *Step) model.Figure { return r.PerTonne }},
		{ID: "tonnes", Label: words.T("Saves t"), Width: 76, Numeric: true, Tip: tonnesTip(), Text: func(r *Step) string { return r.tonnes }, Figure: func(r *Step) model.Figure { return r.Tonnes }},
	}, func(r *Step) string { return r.Key }, d.Post)
	return t
}

func newMeasures(d *app.Desk) *widgets.DataTable[Measure] {
	type c = widgets.Column[Measure]
	return widgets.NewDataTable([]c{
		{ID: "name", Label: words.T("Building"), Width: 150, Grow: true, Text: func(r *Measure) string { return r.Name }},
		{ID: "measure", Label: words.T("Measure"), Width: 140, Choices: true, Text: func(r *Measure) string { return r.Label }},
		{ID: "year", Label: words.T("Year"), Width: 72, Tip: glossary.Tip("financial year"), Text: func(r *Measure) string { return r.Year }},
		{ID: "cost", Label: words.T("Cost £"), Width: 84, Numeric: true, Tip: glossary.Tip("capital cost"), Text: func(r *Measure) string { return r.cost }, Figure: func(r *Measure) model.Figure { return r.Cost }},
		{ID: "gas", Label: words.T("Gas kWh"), Width: 86, Numeric: true, Tip: kWhTip(), Text: func(r *Measure) string { return r.gas }, Figure: func(r *Measure) model.Figure { return r.Gas }},
		{ID: "electric", Label: words.T("Electricity kWh"), Width: 114, Numeric: true, Tip: kWhTip(), Text: func(r *Measure) string { return r.electric }, Figure: func(r *Measure) model.Figure { return r.Electric }},
		{ID: "other", Label: words.T("Other fuel kWh"), Width: 120, Numeric: true, Hidden: true, Tip: kWhTip(), Text: func(r *Measure) string { return r.other }, Figure: func(r *Measure) model.Figure { return r.Other }},
		{ID: "tonnes", Label: words.T("Saves t"), Width: 76, Numeric: true, Tip: tonnesTip(), Text: func(r *Measure) string { return r.tonnes }, Figure: func(r *Measure) model.Figure { return r.Tonnes }},
		{ID: "pertonne", Label: words.T("£ a tonne"), Width: 96, Numeric: true, Tip: perTonneTip(), Text: func(r *Measure) string { return r.perTonne }, Figure: func(r *Measure) model.Figure { return r.PerTonne }},
	}, func(r *Measure) string { return r.Key }, d.Post)
}

func newBurning(d *app.Desk) *widgets.DataTable[Burning] {
	type c = widgets.Column[Burning]
	return widgets.NewDataTable([]c{
		{ID: "name", Label: words.T("Building"), Width: 200, Grow: true, Text: func(r *Burning) string { return r.Name }},
		{ID: "gas", Label: words.T("Gas kWh"), Width: 104, Numeric: true, Text: func(r *Burning) string { return r.gas }, Figure: func(r *Burning) model.Figure { return r.Gas }},
		{ID: "oil", Label: words.T("Oil kWh"), Width: 104, Numeric: true, Text: func(r *Burning) string { return r.oil }, Figure: func(r *Burning) model.Figure { return r.Oil }},
		{ID: "tonnes", Label: words.T("Emits tCO₂e"), Width: 116, Numeric: true, Tip: glossary.Tip("footprint"), Text: func(r *Burning) string { return r.tonnes }, Figure: func(r *Burning) model.Figure { return r.Tonnes }},
	}, func(r *Burning) string { return string(r.Asset) }, d.Post)
}

func kWhTip() string {
	return words.T("What the measure changes in its first full year; a saving is negative.")
}

func tonnesTip() string {
	return words.T("Tonnes of CO₂e saved over the period, with long-run marginal factors, carbon of the works taken off.")
}

func perTonneTip() string {
	return words.T("Present cost over the period, savings on bills taken off, for each tonne saved. Negative pays for itself.")
}
