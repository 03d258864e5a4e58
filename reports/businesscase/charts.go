package businesscase

import (
	"fmt"
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

var (
	money    = chart.Unit{Kind: chart.Pounds}
	finYears = chart.Axis{Unit: chart.Unit{Kind: chart.FinYear}}
)

// figure places a chart, or nothing when there is none to draw.
func (b *builder) figure(c *chart.Chart) {
	if c != nil {
		b.add1(document.Figure{Chart: c})
	}
}

func (b *builder) source() string {
	return "this comparison, " + b.cmp.SetName
}

func (b *builder) years() []float64 {
	out := make([]float64, b.cmp.Years)
	for i := range out {
		out[i] = float64(b.cmp.BaseYear + i)
	}
	return out
}

// shownOptions are the options that fit in one chart: the preferred one and the next by value.
func (b *builder) shownOptions(most int) []*option {
	o := b.others()
	return o[:min(most, len(o))]
}

// suffix says that exempt amounts are left out, where they are.
func (b *builder) suffix() string {
	if b.anyBefore() {
		return ", before exempt amounts"
	}
	return ""
}

func discounted(v, d []float64) []float64 {
	out := make([]float64, len(v))
	for i := range v {
		out[i] = v[i] * d[i]
	}
	return out
}

// cumulativeValue is the running total of social value, discounted.
func (b *builder) cumulativeValue() *chart.Chart {
	opts := b.shownOptions(4)
	if len(opts) == 0 || b.cmp.Years < 2 {
		return nil
	}
	p := chart.Lines{X: b.years(), Zero: true}
	for _, o := range opts {
		p.Series = append(p.Series, chart.LineSeries{Name: o.name, Values: cumulative(discounted(o.eco, b.cmp.Discount)), Strong: o == b.preferred})
	}
	o := opts[0]
	title := fmt.Sprintf("%s %s %s by %s%s", o.name, gainWord(o.npsv), amountOf(o.npsv), Year(b.lastYear()), b.suffix())
	return &chart.Chart{Title: title, X: finYears, Y: chart.Axis{Label: "cumulative net present social value" + b.suffix(), Unit: money}, Plot: p, Source: b.source(), Grade: string(gradeOf(o)),
		Alt: title + ". Line chart of cumulative net present social value against " + b.baseName() + " for " + optionCount(len(opts)) + ", from " + Year(b.cmp.BaseYear) + " to " + Year(b.lastYear()) + "."}
}

func gainWord(v float64) string {
	switch {
	case nothing(v):
		return "changes nothing:"
	case v > 0:
		return "is worth"
	}
	return "costs society"
}

func amountOf(v float64) string { return Pounds(math.Abs(v)) }

func optionCount(n int) string { return counted(n) + plural(n, " option", " options") }

// cashChart shows public money by year and its running total.
func (b *builder) cashChart() *chart.Chart {
	o := b.preferred
	if o == nil || b.cmp.Years < 2 {
		return nil
	}
	cum := cumulative(o.cash)
	p := chart.Lines{X: b.years(), Zero: true, Series: []chart.LineSeries{{Name: "Running total", Values: cum, Strong: true}, {Name: "Each year", Values: o.cash, Step: true}}}
	title := "Public money does not come back within the period" + b.suffix()
	switch {
	case allNothing(o.cash):
		title = "Public money does not change" + b.suffix()
	case o.payback != nil && *o.payback <= b.cmp.BaseYear:
		title = "Public money is saved from the first year" + b.suffix()
	case o.payback != nil:
		title = "Public money is back by " + Year(*o.payback) + b.suffix()
		p.Marks = []chart.Reference{{Name: "pays back " + Year(*o.payback), Value: float64(*o.payback)}}
	}
	return &chart.Chart{Title: title, X: finYears, Y: chart.Axis{Label: "public cash against " + b.baseName() + b.suffix(), Unit: money}, Plot: p, Source: b.source(), Grade: string(gradeOf(o)),
		Alt: title + ". Line chart of the change in public cash, each year and as a running total, which ends at " + Pounds(end(cum)) + " in " + Year(b.lastYear()) + "."}
}

// waterfall walks from nothing to the value of the preferred option, the largest parts first.
func (b *builder) waterfall() *chart.Chart {
	o := b.preferred
	rows := b.presentRows()
	sort.SliceStable(rows, func(i, j int) bool { return math.Abs(rows[i].of(o)) > math.Abs(rows[j].of(o)) })
	const most = 8
	var p chart.Waterfall
	rest := 0.0
	for i, r := range rows {
		switch v := r.of(o); {
		case nothing(v):
		case i < most:
			p.Steps = append(p.Steps, chart.Step{Label: r.label, Value: v})
		default:
			rest += v
		}
	}
	if len(p.Steps) < 2 {
		return nil
	}
	if !nothing(rest) {
		p.Steps = append(p.Steps, chart.Step{Label: "Everything else", Value: rest})
	}
	sort.SliceStable(p.Steps, func(i, j int) bool { return p.Steps[i].Value > p.Steps[j].Value })
	parts := make([]string, len(p.Steps))
	for i, s := range p.Steps {
		parts[i] = lower(s.Label) + " " + Pounds(s.Value)
	}
	p.Steps = append(p.Steps, chart.Step{Label: "Social value", Total: true})
	title := capital(lower(p.Steps[0].Label)) + " is the largest gain of " + o.name + b.suffix()
	if p.Steps[0].Value <= 0 {
		title = "Nothing in " + o.name + " is a gain" + b.suffix()
	}
	return &chart.Chart{Title: title, Y: chart.Axis{Label: "present value against " + b.baseName() + b.suffix(), Unit: money}, Plot: p, Source: b.source(), Grade: string(gradeOf(o)),
		Alt: title + ". Waterfall of present values: " + listing(parts) + "; together " + Pounds(o.npsv) + "."}
}

func allNothing(v []float64) bool {
	for _, x := range v {
		if !nothing(x) {
			return false
		}
	}
	return true
}

// pathway shows the footprint of the baseline and of the options.
func (b *builder) pathway() *chart.Chart {
	if b.base == nil || b.cmp.Years < 2 || b.base.CarbonTotal == 0 && len(b.others()) == 0 {
		return nil
	}
	p := chart.Lines{X: b.years(), Zero: true}
	for _, o := range b.shownOptions(3) {
		p.Series = append(p.Series, chart.LineSeries{Name: o.name, Values: o.CarbonByYear, Strong: o == b.preferred})
	}
	p.Series = append(p.Series, chart.LineSeries{Name: b.base.name, Values: b.base.CarbonByYear})
	if t, ok := b.target(); ok {
		p.Series = append(p.Series, chart.LineSeries{Name: t.Label, Values: t.Values})
		if o := b.preferred; o != nil {
			if y := b.stranded(o); y != nil {
				p.Marks = append(p.Marks, chart.Reference{Name: "above target from " + Year(*y), Value: float64(*y)})
			}
		}
	}
	first, last := b.base.CarbonByYear[0], end(b.base.CarbonByYear)
	title := "Emissions " + moved(first, last) + " by " + Year(b.lastYear())
	if o := b.preferred; o != nil {
		first, last = o.CarbonByYear[0], end(o.CarbonByYear)
		title = "Emissions " + moved(first, last) + " by " + Year(b.lastYear()) + " under " + o.name + "; under " + b.baseName() + " they " + moved(b.base.CarbonByYear[0], end(b.base.CarbonByYear))
	}
	g := document.Modelled
	return &chart.Chart{Title: title, X: finYears, Y: chart.Axis{Label: carbon + " a year"}, Plot: p, Source: b.source(), Grade: string(g),
		Alt: fmt.Sprintf("%s, from %s in %s to %s in %s. Line chart by year of the baseline and the options.", title, Tonnes(first), Year(b.cmp.BaseYear), Tonnes(last), Year(b.lastYear()))}
}

// moved says how far something goes from one figure to another: "fall by 44%".
func moved(from, to float64) string {
	switch {
	case from <= 0.05 && math.Abs(to) <= 0.05:
		return "stay at nought"
	case from <= 0.05:
		return "go from nought to " + Tonnes(to)
	case to < from*0.995:
		return "fall by " + Percent(1-to/from)
	case to > from*1.005:
		return "rise by " + Percent(to/from-1)
	}
	return "do not change"
}

// quadrant shows cost per square metre against use of desks.
func (b *builder) quadrant() *chart.Chart {
	cost, _ := b.costOf()
	used := map[model.AssetID]float64{}
	if b.base == nil {
		return nil
	}
	for i := range b.base.Plan.Streams {
		if s := &b.base.Plan.Streams[i]; s.Ledger == ledger.Space && s.Category == ledger.CatDesks {
			used[s.Asset] += b.base.Flows.Row(i)[0]
		}
	}
	p := chart.Scatter{SizeName: "floor area", Quadrants: [4]string{"Costly and little used", "Costly and well used", "Cheap and little used", "Cheap and well used"}}
	var all, costs float64
	for i := range b.p.Assets {
		a := &b.p.Assets[i]
		c, ok := cost[a.ID]
		if !ok || !a.Desks.Known() || a.Desks.Value <= 0 || !a.FloorArea.Known() || a.FloorArea.Value <= 0 || used[a.ID] == 0 {
			continue
		}
		p.Points = append(p.Points, chart.Point{X: used[a.ID] / a.Desks.Value, Y: c / a.FloorArea.Value, Size: a.FloorArea.Value, Label: short(assetName(a), 30)})
		all += a.FloorArea.Value
		costs += c
	}
	if len(p.Points) < 5 || all <= 0 {
		return nil
	}
	x, y, zero := 0.6, costs/all, 0.0
	p.XSplit, p.YSplit = &x, &y
	dear := 0
	for _, q := range p.Points {
		if q.X < x && q.Y > y {
			dear++
		}
	}
	title := "No building is both dearer than average and little used"
	if dear > 0 {
		title = capital(counted(dear)) + plural(dear, " building costs", " buildings cost") + " more than average per m² and " + plural(dear, "is", "are") + " little used"
	}
	return &chart.Chart{Title: title, X: chart.Axis{Label: "desks used at the busiest time, share of desks", Unit: chart.Unit{Kind: chart.Percent}, Min: &zero},
		Y: chart.Axis{Label: "running cost, £ per m² a year", Unit: money, Min: &zero}, Plot: p, Source: "the register and " + b.source(), Grade: string(document.Modelled),
		Alt: title + ". Each building with known desks is drawn by its use of desks and its running cost per square metre; “little used” is below " + Percent(x) + " of desks, the average cost is " + Pounds(y) + " per square metre."}
}

// costOf is the running cost of every asset in the base year, with the weakest grade behind it.
func (b *builder) costOf() (map[model.AssetID]float64, map[model.AssetID]model.Grade) {
	out, grade := map[model.AssetID]float64{}, map[model.AssetID]model.Grade{}
	if b.base == nil {
		return out, grade
	}
	for i := range b.base.Plan.Streams {
		s := &b.base.Plan.Streams[i]
		v := b.base.Flows.Row(i)[0]
		if s.Asset == "" || v == 0 || s.Ledger != ledger.Money || !ledger.IsCash(s) || s.Capital || s.Benefit || !isRunning[s.Category] || b.isPublic && s.Exempt {
			continue
		}
		out[s.Asset] -= v
		g := grade[s.Asset]
		worse(&g, model.Figure{Grade: s.Grade})
		grade[s.Asset] = g
	}
	return out, grade
}
