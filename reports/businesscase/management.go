package businesscase

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

const toBeNamed = "to be named"

// management says when things happen, what could go wrong and how success is seen.
func (b *builder) management() {
	o := b.preferred
	if o == nil {
		b.say("There is no programme until an option has been chosen.")
		return
	}
	b.h(2, "Programme")
	acts := effective(o)
	if len(acts) == 0 {
		b.say("The preferred option has no actions, so there is no programme.")
	} else {
		first, last := acts[0].Year, acts[len(acts)-1].Year
		switch {
		case len(acts) == 1:
			b.say("The programme is a single action, in @.", Year(first))
		case first == last:
			b.say("All @ actions begin in @.", count(o.id+".actions", len(acts)), Year(first))
		default:
			b.say("The @ actions begin between @ and @. Services move before a building is closed, and a building is not sold before it is empty.", count(o.id+".actions", len(acts)), Year(first), Year(last))
		}
		b.programme(o)
	}
	b.h(2, "Risks")
	b.risks(o)
	b.h(2, "Benefits and how they will be measured")
	b.benefits(o)
	b.h(2, "When to stop")
	b.add1(document.List{Items: []document.ListItem{
		item("Before each move: the equality impact assessment is complete and the receiving building has the desks and rooms."),
		item("Before each contract: the tendered price is within the capital figure of this paper, optimism bias included."),
		item("Before each sale: an independent valuation supports the price and the building is empty."),
		item("Each year: benefits are measured. Where a benefit is missed two years running, what remains of the programme is appraised again."),
	}})
}

const ganttRows = 34 // as many actions as one chart holds legibly

// programme draws the actions over the years, split into as many charts as it takes.
func (b *builder) programme(o *option) {
	charts := b.gantts(o)
	for i := range charts {
		b.add1(document.Figure{Chart: &charts[i].Chart, Height: charts[i].height})
	}
}

type gantt struct {
	chart.Chart
	height float64
}

func (b *builder) gantts(o *option) []gantt {
	acts := effective(o)
	years := b.busy(o)
	var out []gantt
	for from := 0; from < len(acts); from += ganttRows {
		part := acts[from:min(from+ganttRows, len(acts))]
		p := chart.Gantt{Classes: []string{"Works and moves", "Vacant, until costs end"}}
		for _, a := range part {
			row := chart.GanttRow{Label: short(b.asset(a.Asset), 38) + ": " + kindWord(a.Kind)}
			start, until := float64(a.Year), float64(years[a.ID]+1)
			gone := false
			for _, c := range o.Plan.Closures {
				if c.Action == a.ID && c.Gone > c.Closed && c.Gone < b.cmp.BaseYear+b.cmp.Years {
					row.Spans = append(row.Spans, chart.Span{From: float64(c.Closed), To: float64(c.Gone), Class: 1})
					row.Milestones = append(row.Milestones, chart.Milestone{At: float64(c.Gone), Label: "gone"})
					gone = true
				} else if c.Action == a.ID && c.Gone == c.Closed {
					row.Milestones = append(row.Milestones, chart.Milestone{At: float64(c.Closed), Label: "ends"})
					gone = true
				}
			}
			if !gone {
				row.Spans = append(row.Spans, chart.Span{From: start, To: max(until, start+1), Class: 0})
			}
			p.Rows = append(p.Rows, row)
		}
		lo, hi := float64(part[0].Year), 0.0
		for _, r := range p.Rows {
			for _, s := range r.Spans {
				lo, hi = math.Min(lo, s.From), math.Max(hi, s.To)
			}
			for _, m := range r.Milestones {
				hi = math.Max(hi, m.At+1)
			}
		}
		title := fmt.Sprintf("%s begins in %s and the last of it ends by %s", o.name, Year(int(lo)), Year(int(hi)-1))
		if from > 0 {
			title = "Programme, continued"
		}
		out = append(out, gantt{chart.Chart{Title: title, X: finYears, Plot: p, Source: "the actions of " + o.name,
			Alt: title + ". Each row is one action with its years; the same dates are in the appendix of actions."}, 70 + 15*float64(len(part))})
	}
	return out
}

// busy is the last year in which each action still does one-off work.
func (b *builder) busy(o *option) map[model.ActionID]int {
	out := map[model.ActionID]int{}
	for i := range o.Plan.Streams {
		s := &o.Plan.Streams[i]
		if s.Action == "" || !s.Capital || s.Profile.Every > 1 {
			continue
		}
		if s.Last > out[s.Action] && s.Last-s.First < 10 {
			out[s.Action] = s.Last
		}
	}
	return out
}

// benefits is the register of what is to be measured.
func (b *builder) benefits(o *option) {
	if b.base == nil {
		return
	}
	y, last := Year(b.cmp.BaseYear), Year(b.lastYear())
	_, _, all := b.estates()
	t := document.Table{Caption: "Benefits register", Columns: []document.Column{{Heading: "Benefit", RowHeader: true, Weight: 2}, {Heading: "Now, " + y, Align: document.Right, Weight: 1.2}, {Heading: last + " under " + b.base.name, Align: document.Right, Weight: 1.3},
		{Heading: last + ", target", Align: document.Right, Weight: 1.2}, {Heading: "Owner", Weight: 1}}}
	row := func(label string, a, c, d document.Field) {
		t.Rows = append(t.Rows, document.R(document.CT(label), document.CF(a), document.CF(c), document.CF(d), document.CT(toBeNamed)))
	}
	g := gradeOf(o)
	row("Floor area in use", area("estate.area.in_use", b.areaNow(), mark(all.areaGrade)), area(b.base.id+".area.end", areaEnd(b.base), mark(all.areaGrade)), area(o.id+".area.end", areaEnd(o), mark(all.areaGrade)))
	row("Running cost a year, real", pounds("estate.running", all.cost, mark(all.costGrade)), pounds(b.base.id+".running.end", b.base.running, gradeOf(b.base)), pounds(o.id+".running.end", o.running, g))
	row("Emissions a year", tonnes(b.base.id+".carbon.first", b.base.CarbonByYear[0], g), tonnes(b.base.id+".carbon.end", end(b.base.CarbonByYear), g), tonnes(o.id+".carbon.end", end(o.CarbonByYear), g))
	row("Staff housed, full-time equivalent", plain("estate.people", b.base.People[0], 0, "FTE"), plain(b.base.id+".people.end", end(b.base.People), 0, "FTE"), plain(o.id+".people.end", end(o.People), 0, "FTE"))
	b.add1(t)
}
