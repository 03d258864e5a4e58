package businesscase

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
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

const ganttRows = 24 // as many buildings as one chart holds legibly

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

// The kinds of span in a programme.
const (
	inMove = iota
	inWorks
	inVacancy
)

// gantts has a row for every building that something happens to, and one more for the moves into it, in the order in which they begin.
func (b *builder) gantts(o *option) []gantt {
	years := b.busy(o)
	closed := map[model.ActionID]action.Closure{}
	for _, c := range o.Plan.Closures {
		closed[c.Action] = c
	}
	rows := map[string]*chart.GanttRow{}
	var order []string
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, a := range effective(o) {
		moves := a.Kind == model.CoLocate || a.Kind == model.Flex
		id, label := string(a.Asset), short(b.asset(a.Asset), 42)
		if moves {
			id, label = id+"/moves", short(b.asset(a.Asset), 30)+": moves"
		}
		r := rows[id]
		if r == nil {
			r = &chart.GanttRow{Label: label}
			rows[id] = r
			order = append(order, id)
		}
		s := chart.Span{From: float64(a.Year), To: float64(max(years[a.ID], a.Year) + 1), Class: inWorks}
		c, closes := closed[a.ID]
		switch {
		case closes && c.Gone > c.Closed && c.Gone < b.cmp.BaseYear+b.cmp.Years:
			s = chart.Span{From: float64(c.Closed), To: float64(c.Gone), Class: inVacancy}
			r.Milestones = append(r.Milestones, chart.Milestone{At: s.To, Label: "gone"})
		case closes && c.Gone == c.Closed:
			s.To = s.From
			r.Milestones = append(r.Milestones, chart.Milestone{At: s.From, Label: "lease ends"})
		case moves:
			s.Class, s.To = inMove, s.From+1
		}
		if s.To > s.From && !covered(r.Spans, s) {
			r.Spans = append(r.Spans, s)
		}
		lo, hi = math.Min(lo, s.From), math.Max(hi, s.To)
	}
	first, last := lo, hi+1.5 // room for the words beside the last milestone
	var out []gantt
	for from := 0; from < len(order); from += ganttRows {
		part := order[from:min(from+ganttRows, len(order))]
		p := chart.Gantt{Classes: []string{"Services move", "Works", "Empty until costs end"}}
		for _, id := range part {
			p.Rows = append(p.Rows, *rows[id])
		}
		title := fmt.Sprintf("%s begins in %s and its last step ends by %s", o.name, Year(int(lo)), Year(int(hi)-1))
		if from > 0 {
			title = "Programme, continued"
		}
		x := finYears
		x.Min, x.Max = &first, &last
		out = append(out, gantt{chart.Chart{Title: title, X: x, Plot: p, Source: "the actions of " + o.name,
			Alt: title + ". Each row is one building with the years of its works and vacancy, or of the moves into it; the same years are in the appendix of actions."}, 62 + 15*float64(len(part))})
	}
	return out
}

// covered reports whether the same years are drawn already: works in the year of a move are drawn as the move.
func covered(spans []chart.Span, s chart.Span) bool {
	for _, x := range spans {
		if x.From <= s.From && x.To >= s.To {
			return true
		}
	}
	return false
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
	row("Floor area in use", area("estate.area.in_use", b.areaNow(), all.areaBy.mark()), area(b.base.id+".area.end", areaEnd(b.base), all.areaBy.mark()), area(o.id+".area.end", areaEnd(o), all.areaBy.mark()))
	row("Running cost a year, real", pounds("estate.running", all.cost, all.costBy.mark()), pounds(b.base.id+".running.end", b.base.running, gradeOf(b.base)), pounds(o.id+".running.end", o.running, g))
	row("Emissions a year", tonnes(b.base.id+".carbon.first", b.base.CarbonByYear[0], g), tonnes(b.base.id+".carbon.end", end(b.base.CarbonByYear), g), tonnes(o.id+".carbon.end", end(o.CarbonByYear), g))
	row("Staff housed, full-time equivalent", plain("estate.people", b.base.People[0], 0, "FTE"), plain(b.base.id+".people.end", end(b.base.People), 0, "FTE"), plain(o.id+".people.end", end(o.People), 0, "FTE"))
	b.add1(t)
}
