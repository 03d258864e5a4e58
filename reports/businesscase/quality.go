package businesscase

import (
	"sort"
	"strconv"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// dataQuality says how good the data are and what is wrong with them.
func (b *builder) dataQuality() {
	b.h(2, "Evidence behind the money")
	b.shareTable()
	b.h(2, "What is known about the buildings")
	b.known()
	b.h(2, "Findings")
	b.findings()
}

func (b *builder) shareTable() {
	opts := append(b.baseline(), b.shownOptions(4)...)
	t := document.Table{Caption: "Share of all money in the appraisal by evidence" + b.suffix(), Columns: []document.Column{{Heading: "Evidence", RowHeader: true, Weight: 2.6}}}
	for _, o := range opts {
		t.Columns = append(t.Columns, document.Column{Heading: o.name, Align: document.Right, Weight: 1.1})
	}
	words := map[model.Grade]string{model.Measured: "Measured: metered, surveyed or counted", model.Stated: "Stated by the owner", model.Benchmark: "Published benchmark", model.Estimated: "Modelled by a stated rule",
		model.Placeholder: "Placeholder without a source", model.NotKnown: "Not graded"}
	for _, g := range append(append([]model.Grade(nil), model.Grades...), model.NotKnown) {
		row, any := document.R(document.CT(words[g])), false
		for _, o := range opts {
			any = any || o.share[g] > 0
			row.Cells = append(row.Cells, document.CF(document.Field{Key: key(o, "evidence.%s", g), Text: Number(o.share[g]*100, 1) + "%", Value: o.share[g], Unit: "share"}))
		}
		if any {
			t.Rows = append(t.Rows, row)
		}
	}
	if len(t.Rows) == 0 {
		b.say("There is no money in the appraisal.")
		return
	}
	t.Notes = append(t.Notes, "By present value, costs and gains counted alike.")
	b.add1(t)
}

// known counts for how many buildings each fact is known.
func (b *builder) known() {
	facts := []struct {
		label string
		of    func(*model.Asset) model.Figure
	}{
		{"Floor area", func(a *model.Asset) model.Figure { return a.FloorArea }},
		{"Maintenance cost", func(a *model.Asset) model.Figure { return a.Costs.Get(model.CostMaintenance) }},
		{"Electricity use", func(a *model.Asset) model.Figure { return a.Energy.Get(model.Electricity) }},
		{"Gas use", func(a *model.Asset) model.Figure { return a.Energy.Get(model.Gas) }},
		{"Repair backlog", func(a *model.Asset) model.Figure { return a.Backlog }},
		{"Desks", func(a *model.Asset) model.Figure { return a.Desks }},
	}
	var built []*model.Asset
	located, uprn, rated := 0, 0, 0
	for i := range b.p.Assets {
		a := &b.p.Assets[i]
		if a.Located() {
			located++
		}
		if a.UPRN != "" {
			uprn++
		}
		if a.Use.Built() {
			built = append(built, a)
			if a.EnergyRating != "" {
				rated++
			}
		}
	}
	n := len(b.p.Assets)
	if n == 0 {
		b.say("The project holds no assets.")
		return
	}
	b.say("Of @, @ on the map and @ a unique property reference number. Of @, @ an energy rating.", things("estate.assets", n, "asset", "assets"), things("estate.located", located, "is", "are"), things("estate.uprn", uprn, "has", "have"),
		things("estate.buildings", len(built), "building", "buildings"), things("estate.rated", rated, "has", "have"))
	t := document.Table{Caption: "Buildings for which a fact is known, by evidence", Columns: []document.Column{{Heading: "Fact", RowHeader: true, Weight: 1.8}, {Heading: "Measured", Align: document.Right}, {Heading: "Stated", Align: document.Right}, {Heading: "Benchmark", Align: document.Right},
		{Heading: "Modelled", Align: document.Right}, {Heading: "Placeholder", Align: document.Right}, {Heading: "Not known", Align: document.Right}}}
	for _, f := range facts {
		by := map[model.Grade]int{}
		for _, a := range built {
			by[f.of(a).Grade]++
		}
		row := document.R(document.CT(f.label))
		for _, g := range append(append([]model.Grade(nil), model.Grades...), model.NotKnown) {
			row.Cells = append(row.Cells, document.CF(plain("quality."+f.label+"."+string(g), float64(by[g]), 0, "")))
		}
		t.Rows = append(t.Rows, row)
	}
	b.add1(t)
	b.complete()
}

// complete scores how much is known, field by field, of the whole portfolio and of what each option decides on.
func (b *builder) complete() {
	all := gaps.QualityOfAll(b.p.Assets)
	type column struct {
		name, key string
		q         gaps.Quality
	}
	columns := []column{{"All assets", "estate", all}}
	for _, o := range b.shownOptions(4) {
		if q, n := gaps.QualityOfDecision(b.p, &o.Scenario); n > 0 {
			columns = append(columns, column{o.name, o.id, q})
		}
	}
	t := document.Table{Caption: "How much is known, out of 100: of all assets, and of those that each option decides on",
		Columns: []document.Column{{Heading: "Field", RowHeader: true, Weight: 1.8}}}
	for _, c := range columns {
		t.Columns = append(t.Columns, document.Column{Heading: c.name, Align: document.Right})
	}
	score := func(key string, v float64, asked bool) document.Cell {
		if !asked {
			return document.CT("not asked")
		}
		return document.CF(plain(key, 100*v, 0, "out of 100"))
	}
	for _, f := range gaps.Fields() {
		row := document.R(document.CT(capital(f)))
		for _, c := range columns {
			v, asked := c.q.Fields[f]
			row.Cells = append(row.Cells, score(c.key+".known."+f, v, asked))
		}
		t.Rows = append(t.Rows, row)
	}
	total := document.R(document.CT("All, weighed by what an appraisal needs"))
	for _, c := range columns {
		total.Cells = append(total.Cells, score(c.key+".known", c.q.Score, true))
	}
	total.Kind = document.Total
	t.Rows = append(t.Rows, total)
	t.Notes = append(t.Notes, "A measured figure counts in full, a stated one 0.9, a benchmark 0.4, a modelled one 0.3, a placeholder 0.1. Land is not asked for floor area, running cost, energy, backlog or desks.")
	b.add1(t)
	if n, in := gaps.CountFilled(b.p.Assets); n > 0 {
		b.say("@ of @ that nobody had stated @ filled from like buildings of the portfolio or from published benchmarks, and @ marked so wherever @ stand@.",
			upper(things("estate.filled", n, "figure", "figures")), things("estate.filled.assets", in, "building", "buildings"), plural(n, "was", "were"), plural(n, "is", "are"), plural(n, "it", "they"), plural(n, "s", ""))
	}
}

const mostFindings = 20

// findings counts what is wrong with the data and lists the worst of it.
func (b *builder) findings() {
	list := append([]model.Finding(nil), b.p.Findings...)
	if len(list) == 0 {
		b.say("Nothing wrong or missing was recorded when the data were read.")
		return
	}
	rank := map[model.Severity]int{model.Problem: 0, model.Warning: 1, model.Note: 2}
	sort.SliceStable(list, func(i, j int) bool { return rank[list[i].Severity] < rank[list[j].Severity] })
	n := map[model.Severity]int{}
	for _, f := range list {
		n[f.Severity]++
	}
	b.say("Reading the data left @: @, @ and @.", things("findings", len(list), "finding", "findings"), things("findings.problems", n[model.Problem], "problem", "problems"),
		things("findings.warnings", n[model.Warning], "warning", "warnings"), things("findings.notes", n[model.Note], "note", "notes"))
	if n[model.Problem] > 0 {
		b.say("A problem means that a row or a value could not be used, so the figures of this paper are without it.")
	}
	t := document.Table{Caption: "The first findings, the most serious first", Columns: []document.Column{{Heading: "Kind", RowHeader: true, Weight: 0.8}, {Heading: "Where", Weight: 1.8}, {Heading: "What", Weight: 2.6}, {Heading: "What to do", Weight: 2}}}
	for _, f := range list[:min(len(list), mostFindings)] {
		where := short(f.File, 40)
		if f.Sheet != "" {
			where += ", " + short(f.Sheet, 30)
		}
		if f.Row > 0 {
			where += ", row " + strconv.Itoa(f.Row)
		}
		if f.Column != "" {
			where += ", " + short(f.Column, 30)
		}
		t.Rows = append(t.Rows, document.R(document.CT(string(f.Severity)), document.CT(where), document.CT(sentence(capital(b.free(short(b.written(f.Message), 200))))), document.CT(sentence(b.free(short(f.Remedy, 160))))))
	}
	if len(list) > mostFindings {
		t.Notes = append(t.Notes, "The project lists the others.")
	}
	b.add1(t)
}
