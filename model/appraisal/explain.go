package appraisal

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Tree is a figure and what makes it. The children of a figure, and of a group,
// add to their parent's value; the children of a stream are the terms that are
// multiplied, with their sources.
type Tree struct {
	Label    string      `json:"label"`
	Value    float64     `json:"value"`
	Unit     string      `json:"unit,omitempty"`
	Kind     string      `json:"kind"`             // "figure", "group", "stream", "term", "path", "note"
	Stream   string      `json:"stream,omitempty"` // identifier of the stream, on streams
	Key      string      `json:"key,omitempty"`    // assumption or path key, on terms and paths
	Grade    model.Grade `json:"grade,omitempty"`
	Source   string      `json:"source,omitempty"`
	Note     string      `json:"note,omitempty"`
	Children []Tree      `json:"children,omitempty"`
}

// Figures lists what Explain can open. A figure of one year is written with the
// year: "cash@2030".
var Figures = []string{"npsv", "npv_public", "public_cost", "bcr", "annual_equivalent", "payback_year", "capex", "receipts", "carbon_total",
	"cost_per_tonne", "net_present_cost", "running_cost", "npsv_low", "npsv_high", "cash@YEAR", "economic@YEAR", "carbon@YEAR", "carbon_change@YEAR", "carbon_value@YEAR",
	"energy@YEAR", "energy.electricity@YEAR", "energy.other@YEAR", "area@YEAR", "people@YEAR", "desks@YEAR"}

// Explain opens a figure of a scenario into the streams, factors and sources
// that make it: one of Figures, a MeasureFigure or a BurningFigure.
func Explain(c *Comparison, scenario model.ScenarioID, figure string) (*Tree, error) {
	option, base, err := c.pair(scenario)
	if err != nil {
		return nil, err
	}
	l, err := c.lenses()
	if err != nil {
		return nil, err
	}
	x := &explainer{c: c, l: l, option: option, base: base}
	if tree, err := x.ofBuilding(figure); tree != nil || err != nil {
		return tree, err
	}
	name, year, dated := strings.Cut(figure, "@")
	if dated {
		y, err := strconv.Atoi(year)
		if err != nil || y < c.BaseYear || y >= c.BaseYear+c.Years {
			return nil, model.Invalid("year", fmt.Sprintf("the figure %q asks for a year outside %d to %d", figure, c.BaseYear, c.BaseYear+c.Years-1))
		}
		return x.ofYear(name, y)
	}
	switch name {
	case "npsv":
		return x.change("Net present social value", "£", option.NPSV, l.npsv(c.Discount)), nil
	case "npv_public":
		return x.change("Net present value to the public purse", "£", option.NPVPublic, l.public(c.Discount)), nil
	case "public_cost":
		return x.change("Present cost to the public purse, change", "£", option.PVPublicCost, l.cost(c.Discount)), nil
	case "capex":
		return x.absolute("Capital cost", "£", option.Capex, l.capex()), nil
	case "receipts":
		return x.absolute("Receipts", "£", option.Receipts, l.receipts()), nil
	case "carbon_total":
		return x.absolute("Footprint over the horizon", "tCO2e", option.CarbonTotal, l.footprint()), nil
	}
	if tree := x.estate(name); tree != nil {
		return tree, nil
	}
	return x.derived(name)
}

type explainer struct {
	c            *Comparison
	l            *lenses
	option, base *Result
}

// ofYear opens a figure of one year, undiscounted.
func (x *explainer) ofYear(name string, year int) (*Tree, error) {
	t := year - x.c.BaseYear
	when := " in " + model.FinancialYear(year)
	one := make([]float64, x.c.Years)
	one[t] = 1 // present value with this is the flow of the year
	switch name {
	case "cash":
		return x.change("Public cash, change,"+when, "£", x.option.Cash[t], x.l.public(one)), nil
	case "economic":
		return x.change("Value to society, change,"+when, "£", x.option.Economic[t], x.l.npsv(one)), nil
	case "carbon":
		return x.absolute("Footprint"+when, "tCO2e", x.option.CarbonByYear[t], inYear(t, func(s *ledger.Stream, t int, q float64) float64 {
			if s.Ledger != ledger.Carbon {
				return 0
			}
			return q * x.l.footprintFactor(s, t) / 1000
		})), nil
	}
	if tree := x.estateOf(name, t, when); tree != nil {
		return tree, nil
	}
	return nil, model.NotFound("figure", name)
}

// derived opens the figures that are worked out of others.
func (x *explainer) derived(name string) (*Tree, error) {
	o, c := x.option, x.c
	npsv := x.change("Net present social value", "£", o.NPSV, x.l.npsv(c.Discount))
	cost := x.change("Present cost to the public purse, change", "£", o.PVPublicCost, x.l.cost(c.Discount))
	switch name {
	case "bcr":
		t := &Tree{Label: "Benefit-cost ratio", Kind: "figure", Note: o.BCRNote}
		if o.BCR == nil {
			t.Unit = "none"
			t.Value = 0
		} else {
			t.Value, t.Unit = *o.BCR, "ratio"
		}
		t.Children = []Tree{{Label: "Present value of benefits", Kind: "figure", Value: o.PVBenefits, Unit: "£", Note: "net present social value plus the cost to the public purse", Children: []Tree{*npsv}}, *cost}
		return t, nil
	case "annual_equivalent":
		return &Tree{Label: "Equivalent annual value", Kind: "figure", Value: o.AnnualEquivalent, Unit: "£/year", Children: []Tree{*npsv,
			{Label: "Annuity factor", Kind: "term", Value: AnnuityFactor(c.Discount), Unit: "years", Source: "sum of the discount factors of years 1 to " + strconv.Itoa(c.Years-1)}},
			Note: "net present social value ÷ annuity factor"}, nil
	case "payback_year":
		t := &Tree{Label: "Payback year", Kind: "figure", Note: "the running total of public cash never stays above nothing"}
		if o.PaybackYear != nil {
			t.Value, t.Unit, t.Note = float64(*o.PaybackYear), "financial year", "first year from which the running total of public cash is positive and stays so"
		}
		total := 0.0
		for i, v := range o.Cash {
			total += v
			t.Children = append(t.Children, Tree{Label: model.FinancialYear(c.BaseYear + i), Kind: "note", Value: total, Unit: "£ so far", Note: fmt.Sprintf("£%.2f in the year", v)})
		}
		return t, nil
	case "cost_per_tonne":
		t := &Tree{Label: "Public cost per tonne saved", Kind: "figure", Unit: "£/tCO2e", Note: "present cost to the public purse ÷ tonnes saved, undiscounted"}
		if o.CostPerTonne == nil {
			t.Note = "nothing is saved"
			return t, nil
		}
		t.Value = *o.CostPerTonne
		saved := x.change("Tonnes saved with marginal factors", "tCO2e", -ledger.Total(o.CarbonChange), func(s *ledger.Stream, flow []float64) float64 {
			if s.Ledger != ledger.Carbon {
				return 0
			}
			v := 0.0
			for i, q := range flow {
				if q != 0 {
					v -= q * x.l.changeFactor(s, i) / 1000
				}
			}
			return v
		})
		t.Children = []Tree{*cost, *saved}
		return t, nil
	}
	return nil, model.NotFound("figure", name)
}

// change opens a difference against the baseline: what the option adds and what
// of the baseline it does away with, by category. Streams that are the same in
// both cancel and are left out.
func (x *explainer) change(label, unit string, total float64, see lens) *Tree {
	sums := map[string]*part{}
	x.collect(sums, x.option, 1, see)
	if x.option != x.base {
		x.collect(sums, x.base, -1, see)
	} else {
		clear(sums)
	}
	return x.tree(label, unit, total, sums, "change against "+x.base.Scenario.Name)
}

// absolute opens a figure of the scenario alone.
func (x *explainer) absolute(label, unit string, total float64, see lens) *Tree {
	sums := map[string]*part{}
	x.collect(sums, x.option, 1, see)
	return x.tree(label, unit, total, sums, "")
}

// part is what one stream adds, in the option and in the baseline.
type part struct {
	value    float64
	stream   *ledger.Stream
	inOption bool
	inBase   bool
}

func (x *explainer) collect(sums map[string]*part, r *Result, sign float64, see lens) {
	for i := range r.Plan.Streams {
		s := &r.Plan.Streams[i]
		v := see(s, r.Flows.Row(i))
		if v == 0 {
			continue
		}
		p := sums[s.ID]
		if p == nil {
			p = &part{stream: s}
			sums[s.ID] = p
		}
		p.value += sign * v
		if sign > 0 {
			p.inOption = true
		} else {
			p.inBase = true
		}
	}
}

func (x *explainer) tree(label, unit string, total float64, sums map[string]*part, note string) *Tree {
	groups := map[string]*Tree{}
	for id, p := range sums {
		if p.inOption && p.inBase && math.Abs(p.value) < 1e-9 {
			continue
		}
		name := p.stream.Ledger.String() + ": " + string(p.stream.Category)
		g := groups[name]
		if g == nil {
			g = &Tree{Label: name, Kind: "group", Unit: unit}
			groups[name] = g
		}
		n := Tree{Label: p.stream.Label, Value: p.value, Unit: unit, Kind: "stream", Stream: id, Grade: p.stream.Grade, Source: p.stream.Source, Children: x.terms(p.stream)}
		switch {
		case p.inOption && p.inBase:
			n.Note = "in both, and differs"
		case p.inBase:
			n.Note = "in the baseline only: avoided"
		}
		g.Value += p.value
		g.Children = append(g.Children, n)
	}
	t := &Tree{Label: label, Value: total, Unit: unit, Kind: "figure", Note: note}
	for _, g := range groups {
		sortTrees(g.Children)
		t.Children = append(t.Children, *g)
	}
	sortTrees(t.Children)
	return t
}

// sortTrees puts the largest parts first.
func sortTrees(list []Tree) {
	sort.SliceStable(list, func(i, j int) bool {
		if a, b := math.Abs(list[i].Value), math.Abs(list[j].Value); a != b {
			return a > b
		}
		if list[i].Label != list[j].Label {
			return list[i].Label < list[j].Label
		}
		return list[i].Stream < list[j].Stream
	})
}
