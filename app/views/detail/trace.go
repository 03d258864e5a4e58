package detail

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// trace is a number opened into what makes it, of one comparison.
type trace struct {
	of      *appraisal.Comparison
	id      string
	tree    *appraisal.Tree // nil while it is being opened
	problem string
	open    map[string]bool // which parts are written out
	all     map[string]bool // of which parts every stream is listed
}

// mostParts is how many streams of a part are listed until all are asked for.
const mostParts = 12

// YearFigure is the identifier under which every figure of a year is listed.
const YearFigure = "year"

// figure shows a number of the results: what it is and what makes it.
func (v *View) figure(sel app.Selection) (kind, title string, out []widgets.Fact) {
	id, name := sel.Figure()
	c := v.desk.Comparison()
	kind = words.T("Where this number comes from")
	if c == nil {
		return kind, words.T("Working out…"), facts{{Value: words.T("The results are being worked out."), Prose: true}}
	}
	if rest, ok := strings.CutPrefix(name, YearFigure+"@"); ok {
		return v.yearFigures(id, rest)
	}
	t := v.tracing
	if t == nil || t.of != c || t.id != sel.ID {
		open := map[string]bool{}
		if t != nil && t.id == sel.ID {
			open = t.open // the same number worked out again
		}
		t = &trace{of: c, id: sel.ID, open: open, all: map[string]bool{}}
		v.tracing = t
		v.desk.Jobs.Start(words.T("Opening a number"), func(context.Context, *jobs.Progress) error {
			tree, err := appraisal.Explain(c, id, name)
			v.desk.Post(func() {
				if v.tracing != t {
					return
				}
				if err != nil {
					t.problem = app.Explain(words.T("Opening a number"), err).Text
				} else {
					t.tree = tree
				}
				v.show()
			})
			return err
		})
	}
	scenario := ""
	if r := v.desk.Result(id); r != nil {
		scenario = r.Scenario.Name
	}
	switch {
	case t.problem != "":
		return kind, scenario, facts{{Value: t.problem, Prose: true, Warn: true}}
	case t.tree == nil:
		return kind, scenario, facts{{Value: words.T("Opening it…"), Prose: true}}
	}
	var f facts
	f = append(f, widgets.Fact{Label: words.T("Value"), Value: amount(t.tree), Tip: exact(t.tree)})
	f.link(words.T("Scenario"), scenario, func() { v.desk.Select(app.OneScenario, string(id)) })
	if base := v.desk.Result(c.Baseline); base != nil && strings.HasPrefix(t.tree.Note, "change against") {
		bid := string(base.Scenario.ID)
		f.link(words.T("Measured against"), base.Scenario.Name, func() { v.desk.Select(app.OneScenario, bid) })
	} else if t.tree.Note != "" {
		f.prose(app.Sentence(t.tree.Note))
	}
	f.section(words.T("What it is made of"))
	if len(t.tree.Children) == 0 {
		f.prose(words.T("Nothing: no stream changes it."))
	}
	r := v.desk.Result(id)
	for i := range t.tree.Children {
		v.part(&f, t, r, &t.tree.Children[i], fmt.Sprint(i), 0)
	}
	return kind, t.tree.Label, f
}

// part writes one part of a figure and, when it is open, the parts of that.
func (v *View) part(f *facts, t *trace, r *appraisal.Result, n *appraisal.Tree, at string, level int) {
	x := widgets.Fact{Label: partLabel(n), Value: amount(n), Level: level, Modelled: n.Grade.Modelled()}
	if x.Value == "" {
		x.Value = n.Note
	}
	switch n.Kind {
	case "term", "path", "note":
		x.Tip = join(n.Note, evidence(n))
		if c := v.desk.Comparison(); n.Key != "" && c != nil {
			if _, ok := c.Book.Get(n.Key); ok {
				key := n.Key
				x.Do = func() { v.desk.Select(app.OneAssumption, key) }
			}
		}
		*f = append(*f, x)
		return
	}
	x.Tip = join(exact(n), join(n.Note, evidence(n)))
	if len(n.Children) == 0 {
		*f = append(*f, x)
		return
	}
	x.Fold = widgets.Folded
	if t.open[at] {
		x.Fold = widgets.Unfolded
	}
	x.Do = func() { t.open[at] = !t.open[at]; v.show() }
	*f = append(*f, x)
	if !t.open[at] {
		return
	}
	if n.Kind == "stream" {
		v.streamPart(f, r, n, level+1)
	}
	most := len(n.Children)
	if n.Kind == "group" && !t.all[at] {
		most = min(most, mostParts)
	}
	for i := range n.Children[:most] {
		v.part(f, t, r, &n.Children[i], fmt.Sprintf("%s.%d", at, i), level+1)
	}
	if left := len(n.Children) - most; left > 0 {
		rest := 0.0
		for i := most; i < len(n.Children); i++ {
			rest += n.Children[i].Value
		}
		*f = append(*f, widgets.Fact{Label: format.Count(left, "more", "more"), Value: amount(&appraisal.Tree{Value: rest, Unit: n.Unit}), Level: level + 1,
			Tip: words.T("Show every one"), Do: func() { t.all[at] = true; v.show() }})
	}
}

// streamPart says what a stream is about and where its figure comes from.
func (v *View) streamPart(f *facts, r *appraisal.Result, n *appraisal.Tree, level int) {
	if r == nil || r.Plan == nil {
		return
	}
	for i := range r.Plan.Streams {
		s := &r.Plan.Streams[i]
		if s.ID != n.Stream {
			continue
		}
		if a := v.desk.Snapshot().Asset(s.Asset); a != nil {
			id := string(a.ID)
			*f = append(*f, widgets.Fact{Label: words.T("Building"), Value: format.Name(a.Name), Level: level, Do: func() { v.desk.Select(app.OneAsset, id) }})
		}
		if s.Action != "" {
			id := string(s.Action)
			*f = append(*f, widgets.Fact{Label: words.T("Made by an action"), Value: words.T("Show it"), Level: level, Do: func() { v.desk.Select(app.OneAction, id) }})
		}
		break
	}
	if n.Source != "" {
		*f = append(*f, widgets.Fact{Label: words.T("Source"), Value: n.Source, Level: level, Prose: true, Tip: evidence(n)})
	}
}

func evidence(n *appraisal.Tree) string {
	if n.Grade == model.NotKnown && n.Source == "" {
		return ""
	}
	return format.Evidence(n.Grade, n.Source)
}

func join(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + "\n" + b
}

// partLabel is a part in words: "money: rent" is said as "Rent".
func partLabel(n *appraisal.Tree) string {
	label := n.Label
	for _, ledger := range []string{"money: ", "space: "} {
		label = strings.TrimPrefix(label, ledger)
	}
	if rest, ok := strings.CutPrefix(label, "carbon: "); ok {
		return format.Capital(words.F("%s (carbon)", words.T(rest)))
	}
	return format.Capital(words.T(label))
}

// amount writes a value with its unit, short.
func amount(n *appraisal.Tree) string {
	v := n.Value
	switch n.Unit {
	case "£":
		return format.Pounds(v)
	case "£/year":
		return words.F("%s a year", format.Pounds(v))
	case "tCO2e":
		return format.Tonnes(v) + " tCO₂e"
	case "financial year":
		return format.Year(int(v))
	case "ratio":
		return format.Number(v, 2)
	case "none":
		return words.T("no ratio")
	case "£ so far":
		return words.F("%s so far", format.Pounds(v))
	case "":
		if n.Kind == "note" || v == 0 && n.Kind == "figure" {
			return ""
		}
		return Value(round(v))
	case "kWh", "m²", "desks", "FTE":
		return format.Whole(v) + " " + format.Unit(n.Unit)
	}
	if format.IsShare(n.Unit) {
		return format.WithUnit(v, n.Unit)
	}
	return strings.TrimSpace(Value(round(v)) + " " + format.Unit(n.Unit))
}

// round keeps a factor to six figures, which is what anybody can compare.
func round(v float64) float64 {
	if v == 0 || !model.Finite(v) {
		return v
	}
	k := math.Pow(10, 5-math.Floor(math.Log10(math.Abs(v))))
	return math.Round(v*k) / k
}

// exact is the value in full where amount shortens it.
func exact(n *appraisal.Tree) string {
	switch n.Unit {
	case "£", "£/year", "£ so far":
		return format.ExactPounds(n.Value)
	case "tCO2e":
		return format.Number(n.Value, 3) + " tCO₂e"
	}
	return ""
}

// yearOf are the figures of one year that can be opened, in order.
var yearOf = []struct {
	name, label string
	value       func(r *appraisal.Result, t int) (float64, string)
}{
	{"cash", words.Later("Cash of public bodies"), func(r *appraisal.Result, t int) (float64, string) { return at(r.Cash, t), "£" }},
	{"economic", words.Later("Worth to society"), func(r *appraisal.Result, t int) (float64, string) { return at(r.Economic, t), "£" }},
	{"carbon", words.Later("Footprint"), func(r *appraisal.Result, t int) (float64, string) { return at(r.CarbonByYear, t), "tCO2e" }},
	{"carbon_change", words.Later("Change in emissions"), func(r *appraisal.Result, t int) (float64, string) { return at(r.CarbonChange, t), "tCO2e" }},
	{"carbon_value", words.Later("Worth of that change"), func(r *appraisal.Result, t int) (float64, string) { return at(r.CarbonValue, t), "£" }},
	{"energy.electricity", words.Later("Electricity"), func(r *appraisal.Result, t int) (float64, string) {
		return at(r.EnergyByFuel[model.Electricity], t), "kWh"
	}},
	{"energy.other", words.Later("Other fuel"), func(r *appraisal.Result, t int) (float64, string) {
		sum := 0.0
		for _, f := range model.Fuels {
			if f != model.Electricity {
				sum += at(r.EnergyByFuel[f], t)
			}
		}
		return sum, "kWh"
	}},
	{"area", words.Later("Floor area in use"), func(r *appraisal.Result, t int) (float64, string) { return at(r.Area, t), "m²" }},
	{"desks", words.Later("Desks in use"), func(r *appraisal.Result, t int) (float64, string) { return at(r.DesksUse, t), "desks" }},
}

func at(v []float64, i int) float64 {
	if i >= 0 && i < len(v) {
		return v[i]
	}
	return 0
}

// yearFigures lists the figures of one year; each opens.
func (v *View) yearFigures(id model.ScenarioID, year string) (kind, title string, out []widgets.Fact) {
	c, r := v.desk.Comparison(), v.desk.Result(id)
	y := 0
	if _, err := fmt.Sscan(year, &y); err != nil || r == nil {
		return words.T("Year"), year, facts{{Value: words.T("The results are being worked out."), Prose: true}}
	}
	var f facts
	for _, x := range yearOf {
		value, unit := x.value(r, y-c.BaseYear)
		n := &appraisal.Tree{Value: value, Unit: unit}
		name := x.name + "@" + year
		f = append(f, widgets.Fact{Label: words.T(x.label), Value: amount(n), Tip: exact(n), Do: func() { v.desk.Trace(id, name) }})
	}
	f.prose(words.T("Choose a figure to see the streams and sources that make it."))
	return words.F("“%s” in one year", r.Scenario.Name), format.Year(y), f
}
