// Package planchart draws what is known of plans found by a search: how the best
// plan and its bound came together, what value trades against, and how many
// hubs reach how many residents.
//
// It knows what each of these pictures says. It refuses to know how a plan is
// found, and where the picture goes.
package planchart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

var money = chart.Unit{Kind: chart.Pounds}

// Moment is how far a search was.
type Moment struct {
	At    float64 // seconds, or units of work
	Plan  float64 // £ of the best plan so far
	Bound float64 // £ that no plan can pass
}

// mostMoments keeps a picture quick however long the search ran.
const mostMoments = 240

// wide is the gap, as a share of the last plan, from which on a search is shown:
// what went before would flatten the rest.
const wide = 0.25

// Convergence draws the plan and its bound over time, or over work done. Value
// says whether more is better; otherwise Plan is a cost and Bound the least.
func Convergence(trail []Moment, work, value bool) *chart.Chart {
	if len(trail) == 0 {
		return nil
	}
	last := trail[len(trail)-1]
	gap := func(m Moment) float64 { return math.Abs(m.Bound-m.Plan) / math.Max(math.Abs(last.Plan), 1) }
	from := slices.IndexFunc(trail, func(m Moment) bool { return gap(m) <= wide })
	left := ""
	if from > 0 && len(trail)-from >= 2 {
		trail = trail[from:]
		left = "The start, where the gap was wider than " + percent(wide) + ", is left out"
	}
	x := chart.Axis{Label: "Seconds", Unit: chart.Unit{Suffix: " s"}}
	after := " after " + strconv.FormatFloat(last.At, 'f', 0, 64) + " s"
	if last.At < 1 {
		after = " in less than a second"
	}
	if work {
		x = chart.Axis{Label: "Work done"}
		after = " after " + strconv.FormatFloat(last.At, 'f', 0, 64) + " steps of work"
	}
	var at, plan, bound []float64
	step := 1 + len(trail)/mostMoments
	put := func(m Moment) { at, plan, bound = append(at, m.At), append(plan, m.Plan), append(bound, m.Bound) }
	for i := 0; i < len(trail)-1; i += step {
		put(trail[i])
	}
	put(last)
	if !work && last.At < 1 { // the axis counts whole seconds: what was found at once holds for the first of them
		at, plan, bound = append(at, 1), append(plan, last.Plan), append(bound, last.Bound)
	}
	if !work && at[0] < 1 && at[len(at)-1] <= 1 {
		at[0] = 0
	}
	if len(at) == 1 {
		at, plan, bound = append(at, at[0]+1), append(plan, last.Plan), append(bound, last.Bound)
	}
	title := "The plan is proven best" + after
	if g := gap(last); g > proof.Proven {
		title = "The plan is within " + percent(g) + " of the best possible" + after
	}
	low, high, y := plan, bound, "Value to society"
	if !value {
		low, high, y = bound, plan, "Cost"
	}
	return &chart.Chart{Title: title, Source: left, X: x, Y: chart.Axis{Label: y, Unit: money},
		Alt: title + ". Line chart of the best plan found so far and of the value that no plan can pass; the band between them is what is not known.",
		Plot: chart.Lines{X: at, Series: []chart.LineSeries{{Name: "Best plan so far", Values: plan, Strong: true, Step: true}, {Name: "Cannot be passed", Values: bound, Step: true}},
			Bands: []chart.Band{{Name: "not yet ruled out", Low: low, High: high, Step: true}}}}
}

// percent writes a share so that a small one is not 0.
func percent(share float64) string {
	places := 1
	if share < 0.001 {
		places = 3
	}
	return strings.TrimSuffix(strconv.FormatFloat(100*share, 'f', places, 64), ".0") + " %"
}

// AxisOf is how amounts of what a trade is about are written: the unit follows
// the last comma.
func AxisOf(what string) chart.Axis {
	i := strings.LastIndex(what, ", ")
	if i < 0 {
		return chart.Axis{Label: upper(what)}
	}
	a := chart.Axis{Label: upper(what[:i])}
	switch what[i+2:] {
	case "£":
		a.Unit = money
	case "share":
		a.Unit = chart.Unit{Kind: chart.Percent}
	case "t":
		a.Unit = chart.Unit{Suffix: " t"}
	default:
		a.Label = upper(what)
	}
	return a
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Frontier draws the best plans at several limits with their bounds; chosen is
// marked, −1 marks none.
func Frontier(t *proof.Trade, chosen int) *chart.Chart {
	if t == nil || len(t.Points) == 0 {
		return nil
	}
	f := chart.Frontier{}
	least, most := t.Points[0], t.Points[0]
	for i, p := range t.Points {
		on := !slices.ContainsFunc(t.Points, func(q proof.Point) bool { return q.Used <= p.Used && q.NPSV > p.NPSV+0.5 })
		f.Points = append(f.Points, chart.FrontierPoint{X: p.Used, Y: p.NPSV, OnFrontier: on, Chosen: i == chosen})
		f.Bound = append(f.Bound, chart.XY{X: p.Limit, Y: p.Bound})
		if p.NPSV < least.NPSV {
			least = p
		}
		if p.NPSV > most.NPSV {
			most = p
		}
	}
	x := AxisOf(t.What)
	title := "Value against " + lower(x.Label)
	if most.NPSV-least.NPSV > 0.5 {
		title = "Tightening the limit takes up to " + Pounds(most.NPSV-least.NPSV) + " of value"
	}
	return &chart.Chart{Title: title, X: x, Y: chart.Axis{Label: "Value to society", Unit: money}, Plot: f,
		Alt: fmt.Sprintf("%s. Each mark is the best plan found within one limit on %s; the dashed line is the value that no plan within the limit can pass.", title, lower(x.Label))}
}

func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// Pounds writes an amount as £1.2m, £340k or £120.
func Pounds(v float64) string {
	sign := ""
	if v < 0 {
		sign, v = "−", -v
	}
	switch {
	case v >= 999_500:
		return sign + "£" + strconv.FormatFloat(v/1e6, 'f', 1, 64) + "m"
	case v >= 999.5:
		return sign + "£" + strconv.FormatFloat(v/1e3, 'f', 0, 64) + "k"
	}
	return sign + "£" + strconv.FormatFloat(v, 'f', 0, 64)
}

// mostLines is how many limits of the second axis are drawn.
const mostLines = 5

// Grid draws value against the limits of a first axis, one line for each of some
// limits of a second. Values and bounds go by first limit, then by second, and
// are not a number where there is no plan; names are those of the second limits,
// tightest first. The band is that of the loosest.
func Grid(first, second string, limits []float64, names []string, npsv, bound [][]float64) *chart.Chart {
	p := chart.Lines{X: limits}
	n := len(names)
	lines := min(n, mostLines)
	for k := range lines {
		j := n - 1 - k*(n-1)/max(1, lines-1)
		s := chart.LineSeries{Name: names[j], Strong: k == 0}
		b := chart.Band{Name: "not yet ruled out at " + names[j]}
		for i := range limits {
			s.Values, b.Low, b.High = append(s.Values, npsv[i][j]), append(b.Low, npsv[i][j]), append(b.High, bound[i][j])
		}
		p.Series = append(p.Series, s)
		if k == 0 {
			p.Bands = append(p.Bands, b)
		}
	}
	x, y := AxisOf(first), AxisOf(second)
	title := "Value against " + lower(x.Label) + ", at limits on " + lower(y.Label)
	return &chart.Chart{Title: title, X: x, Y: chart.Axis{Label: "Value to society", Unit: money}, Plot: p,
		Alt: title + ". One line for each limit on the second; where a line begins no tighter pair of limits can be kept."}
}

// Cover is what so many hubs reach.
type Cover struct {
	Hubs         int
	Share, Bound float64 // of residents, 0–1
}

// Hubs draws hubs against the share of residents within reach; target is the
// share wanted, within what that means.
func Hubs(cs []Cover, target float64, within string) *chart.Chart {
	if len(cs) == 0 {
		return nil
	}
	var x, share, bound []float64
	open := false
	for _, c := range cs {
		x, share, bound = append(x, float64(c.Hubs)), append(share, c.Share), append(bound, c.Bound)
		open = open || c.Bound > c.Share+1e-6
	}
	last := cs[len(cs)-1]
	most := chart.Axis{Label: "Residents " + within, Unit: chart.Unit{Kind: chart.Percent}}
	title := fmt.Sprintf("%d hubs bring %s of residents %s", last.Hubs, percent(last.Share), within)
	if last.Share < target {
		title += fmt.Sprintf("; %s is not reached", percent(target))
	}
	p := chart.Lines{X: x, Zero: true, Series: []chart.LineSeries{{Name: "Within reach", Values: share, Strong: true}}, Levels: []chart.Reference{{Name: percent(target) + " wanted", Value: target}}}
	if open {
		p.Bands = []chart.Band{{Name: "not yet ruled out", Low: share, High: bound}}
	}
	return &chart.Chart{Title: title, X: chart.Axis{Label: "Hubs"}, Y: most, Plot: p, Alt: title + ". Line chart of the greatest share of residents that each number of hubs can bring within reach."}
}
