// Package carbon is the place that shows the footprint of the estate by year
// for every scenario, the energy behind it by fuel, what each tonne that
// retrofit saves costs, and which buildings are retrofitted and which still burn
// gas or oil.
package carbon

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/glossary"
	"github.com/planting-the-flag/flagstone/app/views/detail"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

// View is the place.
type View struct {
	desk   *app.Desk
	path   *widgets.Chart
	fuel   *widgets.Chart
	table  *widgets.DataTable[Row]
	full   fyne.CanvasObject
	empty  fyne.CanvasObject // shown while there is no building
	object *fyne.Container

	choose     *widget.Select
	trace      *widgets.Button
	plan       *widgets.Button
	pages      []fyne.CanvasObject
	page       *fyne.Container
	cost       *widgets.Chart // the curve
	steps      *widgets.DataTable[Step]
	measures   *widgets.DataTable[Measure]
	burning    *widgets.DataTable[Burning]
	says       *widget.Label // what stands over each table
	now, still *widget.Label
	stepped    map[string]*Step
	measured   map[string]opens
	burnt      map[string]string
	last       string // the number of the row chosen last
	shown      *retrofits
	of         *appraisal.Comparison // what is shown, or being worked out, is of
	forID      model.ScenarioID
	cancel     context.CancelFunc
}

// Row is one year of the scenario being edited, ready for display.
type Row struct {
	Year                                   string
	tonnes, change, value, electric, other string
	Tonnes, Change, Value, Electric, Other model.Figure
}

// New makes the place; empty is what it says while there is no building.
func New(d *app.Desk, empty func() fyne.CanvasObject) *View {
	v := &View{desk: d, empty: empty(), path: widgets.NewChart(d.Post), fuel: widgets.NewChart(d.Post)}
	type c = widgets.Column[Row]
	v.table = widgets.NewDataTable([]c{
		{ID: "year", Label: words.T("Year"), Width: 84, Tip: glossary.Tip("financial year"), Text: func(r *Row) string { return r.Year }},
		{ID: "tonnes", Label: words.T("Footprint tCO₂e"), Width: 124, Numeric: true, Tip: glossary.Tip("footprint"), Text: func(r *Row) string { return r.tonnes }, Figure: func(r *Row) model.Figure { return r.Tonnes }},
		{ID: "change", Label: words.T("Change tCO₂e"), Width: 112, Numeric: true, Tip: glossary.Tip("change in carbon"), Text: func(r *Row) string { return r.change }, Figure: func(r *Row) model.Figure { return r.Change }},
		{ID: "value", Label: words.T("Worth £"), Width: 104, Numeric: true, Tip: glossary.Tip("value of carbon"), Text: func(r *Row) string { return r.value }, Figure: func(r *Row) model.Figure { return r.Value }},
		{ID: "electric", Label: words.T("Electricity kWh"), Width: 122, Numeric: true, Tip: glossary.Tip("electricity"), Text: func(r *Row) string { return r.electric }, Figure: func(r *Row) model.Figure { return r.Electric }},
		{ID: "other", Label: words.T("Other fuel kWh"), Width: 122, Numeric: true, Tip: glossary.Tip("other fuel"), Text: func(r *Row) string { return r.other }, Figure: func(r *Row) model.Figure { return r.Other }},
	}, func(r *Row) string { return r.Year }, d.Post)
	v.table.Placeholder = words.T("The results are being worked out.")
	v.table.OnSelected = func(year string) { // each figure of the year opens in the detail pane
		if sc := d.Scenario(); sc != nil && len(year) >= 4 {
			d.Trace(sc.ID, detail.YearFigure+"@"+year[:4])
		}
	}
	charts := container.NewGridWithColumns(2, widgets.Inset(8, 8, v.path), widgets.Inset(8, 8, v.fuel))
	v.full = v.pagesOf(widgets.SplitOver("carbon", 0.56, charts, widgets.AtLeast(0, 120, v.table)))
	v.object = container.NewStack(v.full)
	d.OnAny(v.show, app.ResultsChanged, app.ScenarioChanged)
	return v
}

// Object is what the shell shows.
func (v *View) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go.
func (v *View) Focus() fyne.Focusable {
	switch v.on() {
	case curve:
		return v.steps
	case byBuilding:
		return v.measures
	}
	return v.table
}

// Shown is how many rows are listed.
func (v *View) Shown() (shown, all int) {
	switch v.on() {
	case curve:
		return v.steps.Count()
	case byBuilding:
		return v.measures.Count()
	}
	return v.table.Count()
}

// Restyle redraws after a change of theme.
func (v *View) Restyle() { v.path.Restyle(); v.fuel.Restyle(); v.cost.Restyle() }

func (v *View) show() {
	show := v.full
	if s := v.desk.Snapshot(); s != nil && len(s.Assets) == 0 {
		show = v.empty
	}
	if v.object.Objects[0] != show {
		v.object.Objects[0] = show
		v.object.Refresh()
	}
	if v.on() != footprint {
		v.price()
	}
	c, sc := v.desk.Comparison(), v.desk.Scenario()
	if c == nil || sc == nil || v.desk.Result(sc.ID) == nil {
		v.path.Set(nil)
		v.fuel.Set(nil)
		v.table.SetRows(nil)
		return
	}
	r := v.desk.Result(sc.ID)
	v.path.Set(pathChart(c, sc.ID))
	v.fuel.Set(fuelChart(c, r))
	v.table.SetRows(rows(c, r))
}

func known(v float64) model.Figure { return model.Figure{Value: v, Grade: model.Stated} }

func at(v []float64, i int) float64 {
	if i < len(v) {
		return v[i]
	}
	return 0
}

func rows(c *appraisal.Comparison, r *appraisal.Result) []Row {
	out := make([]Row, c.Years)
	for i := range out {
		x := Row{Year: model.FinancialYear(c.BaseYear + i), Tonnes: known(at(r.CarbonByYear, i)), Change: known(at(r.CarbonChange, i)), Value: known(at(r.CarbonValue, i)),
			Electric: known(at(r.EnergyByFuel[model.Electricity], i))}
		other := 0.0
		for _, f := range model.Fuels {
			if f != model.Electricity {
				other += at(r.EnergyByFuel[f], i)
			}
		}
		x.Other = known(other)
		x.tonnes, x.change = format.Tonnes(x.Tonnes.Value), format.Tonnes(x.Change.Value)
		x.value, x.electric, x.other = format.Whole(x.Value.Value), format.Whole(x.Electric.Value), format.Whole(other)
		if c.Baseline == r.Scenario.ID { // what the others are measured against does not differ from itself
			x.change, x.value = "–", "–"
		}
		out[i] = x
	}
	return out
}

func years(c *appraisal.Comparison) []float64 {
	out := make([]float64, c.Years)
	for i := range out {
		out[i] = float64(c.BaseYear + i)
	}
	return out
}

// mostLines keeps a chart readable: more scenarios than this are left to the
// table of scenarios.
const mostLines = 5

func pathChart(c *appraisal.Comparison, id model.ScenarioID) *chart.Chart {
	l := chart.Lines{X: years(c), Zero: true}
	title := words.T("Footprint of the estate by year")
	for i := range c.Options {
		o := &c.Options[i]
		mine := o.Scenario.ID == id
		if !mine && o.Scenario.ID != c.Baseline && len(l.Series) >= mostLines-1 {
			continue
		}
		if mine && len(o.CarbonByYear) > 1 && o.CarbonByYear[0] > 0 {
			end := o.CarbonByYear[len(o.CarbonByYear)-1]
			title = words.F("%s: from %s to %s t a year", o.Scenario.Name, format.Tonnes(o.CarbonByYear[0]), format.Tonnes(end))
			if y := outcome.Stranded(c, o); y != nil {
				title = words.F("%s: from %s to %s t a year, above the target from %s", o.Scenario.Name, format.Tonnes(o.CarbonByYear[0]), format.Tonnes(end), format.Year(*y))
			}
		}
		l.Series = append(l.Series, chart.LineSeries{Name: o.Scenario.Name, Values: o.CarbonByYear, Strong: mine})
	}
	if p, ok := outcome.Target(c); ok && len(p.Values) == c.Years {
		year, _ := c.Book.Get(outcome.TargetKey)
		l.Series = append(l.Series, chart.LineSeries{Name: words.F("Target, %s", format.Year(int(year.Value))), Values: p.Values})
	}
	return &chart.Chart{Title: title, Source: words.F("Flagstone, %s", c.SetName), X: chart.Axis{Unit: chart.Unit{Kind: chart.FinYear}},
		Y: chart.Axis{Label: words.T("tCO₂e a year"), Unit: chart.Unit{Suffix: " t"}}, Plot: l}
}

func fuelChart(c *appraisal.Comparison, r *appraisal.Result) *chart.Chart {
	b := chart.Lines{X: years(c), Zero: true}
	for _, f := range model.Fuels {
		e := r.EnergyByFuel[f]
		total := 0.0
		mwh := make([]float64, c.Years)
		for i := range mwh {
			mwh[i] = at(e, i) / 1000 // MWh read better than kWh on an axis
			total += mwh[i]
		}
		if total > 0 {
			b.Series = append(b.Series, chart.LineSeries{Name: format.Word(string(f)), Values: mwh})
		}
	}
	if len(b.Series) == 0 {
		return nil
	}
	return &chart.Chart{Title: words.F("%s: energy by fuel", r.Scenario.Name), Source: words.F("Flagstone, %s", c.SetName), X: chart.Axis{Unit: chart.Unit{Kind: chart.FinYear}},
		Y: chart.Axis{Label: words.T("Energy a year"), Unit: chart.Unit{Suffix: " MWh"}}, Plot: b}
}
