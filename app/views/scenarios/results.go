package scenarios

import (
	"math"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/glossary"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

// measure is one row of the comparison.
type measure struct {
	figure     string // what it opens as; LAST stands for the last year
	label, tip string
	value      func(*appraisal.Result) (float64, bool)
	write      func(float64) string
	exact      func(float64) string
	better     int // +1 more is better, −1 less is better, 0 neither
	change     bool
}

func always(f func(*appraisal.Result) float64) func(*appraisal.Result) (float64, bool) {
	return func(r *appraisal.Result) (float64, bool) { return f(r), true }
}

func last(v []float64) (float64, bool) {
	if len(v) == 0 {
		return 0, false
	}
	return v[len(v)-1], true
}

var measures = []measure{
	{"npsv", words.Later("Value to society"), glossary.Tip("NPSV"), always(func(r *appraisal.Result) float64 { return r.NPSV }), format.Pounds, format.ExactPounds, 1, true},
	{"npv_public", words.Later("Value to the public purse"), glossary.Tip("NPV"), always(func(r *appraisal.Result) float64 { return r.NPVPublic }), format.Pounds, format.ExactPounds, 1, true},
	{"net_present_cost", words.Later("Cost of the estate"), words.Later("Present cost of the whole estate to public bodies over the period"), always(func(r *appraisal.Result) float64 { return r.NetPresentCost }), format.Pounds, format.ExactPounds, -1, false},
	{"capex", words.Later("Capital cost"), glossary.Tip("capital cost"), always(func(r *appraisal.Result) float64 { return r.Capex }), format.Pounds, format.ExactPounds, 0, false},
	{"receipts", words.Later("Sale receipts"), glossary.Tip("receipts"), always(func(r *appraisal.Result) float64 { return r.Receipts }), format.Pounds, format.ExactPounds, 0, false},
	{"running_cost", words.Later("Running cost, last year"), words.Later("What the estate costs to run in the last year, in the prices of the project"), always(func(r *appraisal.Result) float64 { return r.RunningCostEnd }), format.Pounds, format.ExactPounds, -1, false},
	{"bcr", words.Later("Benefits per £ of cost"), glossary.Tip("BCR"), func(r *appraisal.Result) (float64, bool) {
		if r.BCR == nil {
			return 0, false
		}
		return *r.BCR, true
	}, two, two, 0, false},
	{"payback_year", words.Later("Pays for itself by"), glossary.Tip("payback"), func(r *appraisal.Result) (float64, bool) {
		if r.PaybackYear == nil {
			return 0, false
		}
		return float64(*r.PaybackYear), true
	}, func(v float64) string { return format.Year(int(v)) }, func(v float64) string { return format.Year(int(v)) }, 0, false},
	{"carbon_total", words.Later("Carbon, tCO₂e"), words.Later("Footprint of the estate over the period"), always(func(r *appraisal.Result) float64 { return r.CarbonTotal }), format.Whole, func(v float64) string { return format.Number(v, 1) + " tCO₂e" }, -1, false},
	{"npsv_low", words.Later("With low carbon values"), words.Later("Value to society with the low series of carbon values"), always(func(r *appraisal.Result) float64 { return r.NPSVLow }), format.Pounds, format.ExactPounds, 1, true},
	{"npsv_high", words.Later("With high carbon values"), words.Later("Value to society with the high series of carbon values"), always(func(r *appraisal.Result) float64 { return r.NPSVHigh }), format.Pounds, format.ExactPounds, 1, true},
	{"annual_equivalent", words.Later("Value to society, a year"), words.Later("Equivalent annual value: the same value to society as an equal amount every year"), always(func(r *appraisal.Result) float64 { return r.AnnualEquivalent }), format.Pounds, format.ExactPounds, 1, true},
	{"cost_per_tonne", words.Later("Cost of a tonne saved"), words.Later("Present cost to the public purse for each tonne of CO₂e saved; none when nothing is saved, negative when it saves money too"), func(r *appraisal.Result) (float64, bool) {
		if r.CostPerTonne == nil {
			return 0, false
		}
		return *r.CostPerTonne, true
	}, format.Pounds, format.ExactPounds, -1, false},
	{"energy@LAST", words.Later("Energy in the last year, kWh"), words.Later("Energy of every fuel in the last year"), func(r *appraisal.Result) (float64, bool) {
		sum := 0.0
		for _, f := range model.Fuels {
			v, _ := last(r.EnergyByFuel[f])
			sum += v
		}
		return sum, true
	}, format.Whole, func(v float64) string { return format.Number(v, 0) + " kWh" }, -1, false},
	{"people@LAST", words.Later("People housed at the end"), words.Later("Full-time equivalent staff with a place in the last year"), func(r *appraisal.Result) (float64, bool) { return last(r.People) }, format.Whole, func(v float64) string { return format.Number(v, 1) }, 0, false},
	{"area@LAST", words.Later("Floor area at the end, m²"), words.Later("Floor area in use in the last year"), func(r *appraisal.Result) (float64, bool) { return last(r.Area) }, format.Whole, func(v float64) string { return format.Number(v, 1) + " m²" }, 0, false},
	{"desks@LAST", words.Later("Desks in use at the end"), words.Later("Desks in use in the last year"), func(r *appraisal.Result) (float64, bool) { return last(r.DesksUse) }, format.Whole, func(v float64) string { return format.Number(v, 1) }, 0, false},
}

func two(v float64) string { return format.Number(v, 2) }

// compareRows turns results into the grid. A scenario whose results are not
// there yet shows dots.
func compareRows(list []*model.Scenario, c *appraisal.Comparison, result func(model.ScenarioID) *appraisal.Result) ([]widgets.Heading, []widgets.Measure) {
	heads := make([]widgets.Heading, 0, len(list))
	var rs []*appraisal.Result
	for _, sc := range list {
		under := words.T(string(sc.Kind))
		if n := len(sc.Actions); n > 0 {
			under = format.Count(n, "action", "actions")
		}
		if c != nil && c.Baseline == sc.ID {
			under = words.T("baseline")
		}
		if sc.Locked {
			under = words.F("locked, %s", under)
		}
		heads = append(heads, widgets.Heading{ID: string(sc.ID), Name: sc.Name, Under: under})
		rs = append(rs, result(sc.ID))
	}
	rows := make([]widgets.Measure, 0, len(measures))
	for _, m := range measures {
		row := widgets.Measure{Label: words.T(m.label), Tip: words.T(m.tip)}
		best := bestOf(m, rs)
		for i, r := range rs {
			cell := widgets.CompareCell{Text: "…"}
			if r != nil {
				if v, ok := m.value(r); ok {
					cell.Text, cell.Tip = m.write(v), m.exact(v)
					if m.change && c != nil && c.Baseline == list[i].ID {
						cell.Text, cell.Tip = "–", words.T("Nothing to show: the others are measured against this one")
					} else if m.change {
						cell.Text = format.Signed(cell.Text, v)
					}
					cell.Best = i == best
				} else {
					cell.Text = words.T("none")
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		rows = append(rows, row)
	}
	return heads, rows
}

// bestOf is the column that is clearly best, −1 for none.
func bestOf(m measure, rs []*appraisal.Result) int {
	if m.better == 0 || len(rs) < 2 {
		return -1
	}
	best, at, tie := math.Inf(-1), -1, false
	for i, r := range rs {
		if r == nil {
			return -1
		}
		v, ok := m.value(r)
		if !ok {
			continue
		}
		v *= float64(m.better)
		switch {
		case v > best+1e-6:
			best, at, tie = v, i, false
		case math.Abs(v-best) <= 1e-6:
			tie = true
		}
	}
	if tie {
		return -1
	}
	return at
}

// draw shows the picture chosen for the scenario being edited.
func (v *View) draw() {
	c, sc := v.desk.Comparison(), v.desk.Scenario()
	if c == nil || sc == nil || v.desk.Result(sc.ID) == nil {
		v.chart.Set(nil)
		return
	}
	if v.first.offer(v, sc) {
		return
	}
	v.chart.Set(Picture(v.picture, c, sc.ID))
}

// Picture is the definition of a chart of the results.
func Picture(which string, c *appraisal.Comparison, id model.ScenarioID) *chart.Chart {
	var r, base *appraisal.Result
	for i := range c.Options {
		if c.Options[i].Scenario.ID == id {
			r = &c.Options[i]
		}
		if c.Options[i].Scenario.ID == c.Baseline {
			base = &c.Options[i]
		}
	}
	if r == nil {
		return nil
	}
	years := make([]float64, c.Years)
	for i := range years {
		years[i] = float64(c.BaseYear + i)
	}
	ch := &chart.Chart{X: chart.Axis{Unit: chart.Unit{Kind: chart.FinYear}}, Source: words.F("Flagstone, %s", c.SetName)}
	lines := func(pick func(*appraisal.Result) []float64) chart.Lines {
		l := chart.Lines{X: years, Zero: true}
		if base != nil && base != r {
			l.Series = append(l.Series, chart.LineSeries{Name: base.Scenario.Name, Values: pick(base)})
		}
		l.Series = append(l.Series, chart.LineSeries{Name: r.Scenario.Name, Values: pick(r), Strong: true})
		return l
	}
	switch which {
	case pictures()[1]:
		ch.Title = carbonTitle(r, base)
		ch.Y = chart.Axis{Label: words.T("Carbon a year"), Unit: chart.Unit{Suffix: " t"}}
		ch.Plot = lines(func(r *appraisal.Result) []float64 { return r.CarbonByYear })
	case pictures()[2]:
		ch.Title = words.F("%s: floor area in use", r.Scenario.Name)
		if v, ok := last(r.Area); ok && base != nil {
			if b, ok := last(base.Area); ok && base != r {
				ch.Title = words.F("%s ends with %s m² less in use", r.Scenario.Name, format.Whole(b-v))
				if v > b {
					ch.Title = words.F("%s ends with %s m² more in use", r.Scenario.Name, format.Whole(v-b))
				}
			}
		}
		ch.Y = chart.Axis{Label: words.T("Floor area"), Unit: chart.Unit{Suffix: " m²"}}
		ch.Plot = lines(func(r *appraisal.Result) []float64 { return r.Area })
	default:
		ch.Title = cashTitle(r)
		ch.Y = chart.Axis{Label: words.T("Against the baseline"), Unit: chart.Unit{Kind: chart.Pounds}}
		ch.Plot = chart.Lines{X: years, Zero: true, Series: []chart.LineSeries{{Name: words.T("Cash of public bodies"), Values: r.Cash, Strong: true}}}
	}
	return ch
}

func cashTitle(r *appraisal.Result) string {
	zero := true
	for _, v := range r.Cash {
		zero = zero && v == 0
	}
	switch {
	case zero:
		return words.F("%s: no change in cash against the baseline", r.Scenario.Name)
	case r.PaybackYear != nil:
		return words.F("%s pays for itself by %s", r.Scenario.Name, format.Year(*r.PaybackYear))
	}
	return words.F("%s does not pay for itself in the period", r.Scenario.Name)
}

func carbonTitle(r, base *appraisal.Result) string {
	if base == nil || base == r {
		return words.F("%s: %s t over the period", r.Scenario.Name, format.Whole(r.CarbonTotal))
	}
	d := base.CarbonTotal - r.CarbonTotal
	if d >= 0 {
		return words.F("%s avoids %s t over the period", r.Scenario.Name, format.Whole(d))
	}
	return words.F("%s adds %s t over the period", r.Scenario.Name, format.Whole(-d))
}
