package businesscase

import (
	"fmt"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// actionLists prints the actions of every scenario as they were planned.
func (b *builder) actionLists() {
	for _, o := range append(b.baseline(), b.others()...) {
		b.h(2, o.name)
		list := o.Scenario.ByYear()
		if len(list) == 0 && len(o.Scenario.Manual) == 0 {
			b.say("This scenario has no actions: it carries the estate on as it is, with its backlog growing.")
			continue
		}
		b.actionTable(o, list)
		b.manualTable(o)
	}
}

func (b *builder) actionTable(o *option, list []model.Action) {
	if len(list) == 0 {
		return
	}
	how := carried(o)
	sensitive := map[model.ActionID]bool{}
	for i := range o.Plan.Streams {
		if s := &o.Plan.Streams[i]; s.Exempt {
			sensitive[s.Action] = true
		}
	}
	type line struct {
		kind    model.ActionKind
		year    int
		details string
		names   []string
	}
	var lines []*line
	at := map[string]*line{}
	for _, a := range list {
		details := b.details(a)
		if r := b.reason(a.Reason, sensitive[a.ID] || sells(a.Kind)); r != "" {
			details = joinSentences(details, sentence(capital(short(r, 240))))
		}
		switch how[a.ID] {
		case leftOut:
			details = joinSentences("Cannot be carried out as written; left out of all figures.", details)
		case partly:
			details = joinSentences("Part of it cannot be carried out and is left out of all figures.", details)
		}
		k := fmt.Sprintf("%d/%s/%s", a.Year, a.Kind, details)
		l := at[k]
		if l == nil || len(l.names) == mostNames {
			l = &line{kind: a.Kind, year: a.Year, details: details}
			at[k] = l
			lines = append(lines, l)
		}
		l.names = append(l.names, b.asset(a.Asset))
	}
	t := document.Table{Caption: "Actions of “" + o.name + "”", Columns: []document.Column{{Heading: "Year", RowHeader: true, Weight: 0.7}, {Heading: "Action", Weight: 1.2}, {Heading: "Buildings", Weight: 2.6}, {Heading: "Details", Weight: 2.6}}}
	for _, l := range lines {
		t.Rows = append(t.Rows, document.R(document.CT(Year(l.year)), document.CT(capital(kindWord(l.kind))), document.CT(strings.Join(l.names, ", ")), document.CT(l.details)))
	}
	b.add1(t)
}

// mostNames is how many buildings one row lists.
const mostNames = 25

func sells(k model.ActionKind) bool {
	switch k {
	case model.Sell, model.Transfer, model.ExitLease, model.Repurpose, model.Develop, model.LetOut:
		return true
	}
	return false
}

func joinSentences(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + " " + b
}

// details says what an action moves, fits or becomes.
func (b *builder) details(a model.Action) string {
	var s string
	if len(a.From) > 0 {
		names := make([]string, len(a.From))
		for i, id := range a.From {
			names[i] = b.asset(id)
		}
		s = joinSentences(s, "From "+someOf(names, 6)+".")
	}
	if len(a.Services) > 0 {
		names := make([]string, len(a.Services))
		for i, id := range a.Services {
			names[i] = b.service(id)
		}
		s = joinSentences(s, "Services: "+someOf(names, 8)+".")
	}
	if len(a.Measures) > 0 {
		label := map[string]string{}
		for _, m := range action.Measures() {
			label[m.Key] = lower(m.Label)
		}
		names := make([]string, len(a.Measures))
		for i, k := range a.Measures {
			names[i] = label[k]
			if names[i] == "" {
				names[i] = short(b.free(k), 40)
			}
		}
		s = joinSentences(s, "Measures, in this order: "+listing(names)+".")
	}
	if a.NewUse != "" {
		s = joinSentences(s, "New use: "+useWord(a.NewUse)+".")
	}
	for _, ph := range a.Phases {
		s = joinSentences(s, capital(short(b.free(ph.Name), 40))+": "+useWord(ph.Use)+" from "+Year(ph.Start)+".")
	}
	if n := len(a.Values); n > 0 {
		s = joinSentences(s, capital(counted(n))+" "+plural(n, "value differs", "values differ")+" from the catalogue.")
	}
	return s
}

func (b *builder) manualTable(o *option) {
	if len(o.Scenario.Manual) == 0 {
		return
	}
	t := document.Table{Caption: "Typed or pasted rows of “" + o.name + "”", Columns: []document.Column{{Heading: "Row", RowHeader: true, Weight: 2.4}, {Heading: "Who", Weight: 1.4}, {Heading: "Kind"}, {Heading: "From"}, {Heading: "Whole period", Unit: "£", Align: document.Right, Weight: 1.2}, {Heading: "Evidence"}}}
	for i, m := range o.Scenario.Manual {
		kind := "revenue"
		switch {
		case m.Benefit:
			kind = "benefit"
		case m.Capital:
			kind = "capital"
		}
		sum := document.CF(exact(key(o, "manual.%d", i+1), ledger.Total(m.Values), mark(m.Grade)))
		if m.Exempt && b.isPublic {
			sum = document.CF(withheld(key(o, "manual.%d", i+1)))
		}
		t.Rows = append(t.Rows, document.R(document.CT(short(b.reason(m.Label, m.Exempt), 120)), document.CT(b.org(m.Payer)), document.CT(kind), document.CT(Year(m.First)), sum, document.CT(gradeWord(m.Grade))))
	}
	b.add1(t)
}

// used are the assumption keys that any stream of any scenario rests on.
func (b *builder) used() map[string]bool {
	out := map[string]bool{}
	put := func(k string) {
		if k != "" {
			out[k] = true
		}
	}
	for _, o := range b.options {
		for i := range o.Plan.Streams {
			s := &o.Plan.Streams[i]
			for _, t := range s.Rates {
				put(t.Key)
			}
			put(s.Growth.Key)
			put(s.Uplift.Key)
		}
	}
	for _, a := range b.p.Assumptions {
		put(a.Key)
	}
	return out
}

// assumptionBook prints every number that the figures rest on, with its source and grade.
func (b *builder) assumptionBook() {
	used := b.used()
	var list []model.Assumption
	rest := 0
	for _, a := range b.cmp.Book.All() {
		if used[a.Key] {
			list = append(list, a)
		} else {
			rest++
		}
	}
	grades := map[model.Grade]int{}
	for _, a := range list {
		grades[a.Grade]++
	}
	b.say("@ behind the figures of this paper. The assumption book holds @ that no figure here uses; the workbook lists them all.", upper(things("assumptions.used", len(list), "assumption stands", "assumptions stand")), count("assumptions.unused", rest))
	if n := grades[model.Placeholder]; n > 0 {
		b.say("@ of them @ without a source and should be replaced by the place's own figure before anybody relies on the result.", upper([]document.Inline{count("assumptions.placeholders", n)}), plural(n, "is a placeholder", "are placeholders"))
	}
	t := document.Table{Caption: "Assumptions behind the figures", Columns: []document.Column{{Heading: "Assumption", RowHeader: true, Weight: 2.6}, {Heading: "Value", Align: document.Right, Weight: 1}, {Heading: "Unit", Weight: 1.3}, {Heading: "Evidence", Weight: 1}, {Heading: "Source", Weight: 2.6}}}
	t.Notes = append(t.Notes, fmt.Sprintf("Money is in %d prices unless another year is given.", b.cmp.PriceBase))
	group := ""
	hidden := 0
	for i, a := range list {
		if a.Group != group || i == 0 {
			group = a.Group
			label := group
			if label == "" {
				label = "Of this project"
			}
			t.Rows = append(t.Rows, document.Row{Kind: document.Subhead, Cells: []document.Cell{document.CT(b.free(label))}})
		}
		number, unit := assumed(a, b.cmp.PriceBase)
		value := document.CF(number)
		source := b.free(short(sourced(a.Source), 160))
		if b.isPublic && b.hush[a.Key] {
			value = document.CF(withheld("assumption." + a.Key))
			source = "withheld with the figure"
			hidden++
		}
		if a.Reason != "" && !(b.isPublic && b.hush[a.Key]) {
			source = joinSentences(sentence(source), "Changed: "+sentence(b.free(short(a.Reason, 120))))
		}
		t.Rows = append(t.Rows, document.R(document.CT(capital(b.free(short(a.Label, 120)))), value, document.CT(unit), document.CT(gradeWord(a.Grade)), document.CT(source)))
	}
	if hidden > 0 {
		t.Notes = append(t.Notes, "Values that an exempt amount could be worked out from are withheld.")
	}
	b.add1(t)
}

// sourced writes the source of an assumption for somebody who reads a paper: the
// remarks of whoever made the tables stay in the workbook.
func sourced(s string) string {
	if rest, ok := strings.CutPrefix(s, "project default, not sourced"); ok {
		s = "no source: a default of the program, to be replaced by the place's own figure"
		if _, restated, ok := strings.Cut(rest, "restated in "); ok {
			year, _, _ := strings.Cut(restated, " ")
			s += "; restated in " + year + " prices"
		}
	}
	s = strings.Replace(s, "Flagstone catalogue default; enter your own", "no source: a default of the program, to be replaced by the place's own figure", 1)
	return capital(percents(strings.NewReplacer("SYNTHETIC", "synthetic", ". WEAK.", "; weak evidence.").Replace(s)))
}

// assumed is the value of an assumption and its unit as the paper prints them: shares as percentages, three or four figures.
func assumed(a model.Assumption, priceBase int) (document.Field, string) {
	f := document.Field{Key: "assumption." + a.Key, Value: safe(a.Value), Unit: a.Unit}
	unit := strings.ReplaceAll(a.Unit, "CO2e", "CO₂e")
	if rest, ok := strings.CutPrefix(unit, "fraction"); ok {
		f.Text = significant(a.Value*100) + "%"
		if unit = strings.TrimSpace(rest); unit == "" {
			unit = "–"
		}
	} else {
		f.Text = significant(a.Value)
	}
	if a.PriceBase > 0 && a.PriceBase != priceBase {
		unit = fmt.Sprintf("%s, %d prices", unit, a.PriceBase)
	}
	return f, unit
}

// significant writes a number with as many decimals as three figures need, and none that are nought.
func significant(v float64) string {
	decimals := 0
	for a := math.Abs(v); a != 0 && a < 100 && decimals < 8; a *= 10 {
		decimals++
	}
	s := Number(v, decimals)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
