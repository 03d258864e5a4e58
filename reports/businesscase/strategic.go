package businesscase

import (
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// strategic shows what is there, where, how it is used and what is known about it.
func (b *builder) strategic() {
	b.h(2, "The estate today")
	ids, by, all := b.estates()
	if all.assets == 0 {
		b.say("The project holds no buildings or land yet.")
		return
	}
	b.holdings(all)
	b.byOrganisation(ids, by, all)
	b.evidence(all, true)
	b.byUse()
	b.h(2, "Where it is")
	b.placeMap(all)
	b.h(2, "What it costs and how it is used")
	b.largest()
	b.useOfSpace(all)
	b.challenged()
	b.h(2, "What the options must achieve")
	b.add1(document.List{Items: []document.ListItem{
		item("Keep every public service that is provided from these buildings within reach of the people who use it."),
		item("Spend less on buildings, in ways that can be seen in budgets and not only in appraisals."),
		item("Bring down emissions from the buildings in use."),
		item("Hold floor area, not the number of buildings, to account: closing many small buildings can leave the estate almost as large as before."),
	}})
}

// holdings says how many assets there are and of what kind.
func (b *builder) holdings(e *estate) {
	var kinds [][]document.Inline
	if e.built > 0 {
		kinds = append(kinds, mix("@ with a known floor area", things("estate.built", e.built, "building", "buildings")))
	}
	if e.unknownArea > 0 {
		kinds = append(kinds, mix("@ whose floor area is not known", things("estate.unknown_area", e.unknownArea, "building", "buildings")))
	}
	if e.land > 0 {
		kinds = append(kinds, things("estate.land", e.land, "piece of land", "pieces of land"))
	}
	runs := mix("@ on record: @.", upper(things("estate.assets", e.assets, "asset is", "assets are")), joined(kinds))
	if e.areaBy.known() {
		runs = append(runs, mix(" The floor area comes to @.", area("estate.area", e.area, e.areaBy.mark()))...)
	}
	if e.hectares >= 0.05 {
		runs = append(runs, mix(" The land recorded comes to @.", document.Field{Key: "estate.hectares", Text: Number(e.hectares, 1) + nbsp + "hectares", Value: e.hectares, Unit: "hectares"})...)
	}
	b.add1(document.Paragraph{Runs: runs})
}

// figureOr prints a total, or that it is not known when nothing stands behind it.
func figureOr(e evidence, f document.Field) document.Cell {
	if !e.known() {
		return document.CT(notKnown)
	}
	f.Grade = e.mark()
	return document.CF(f)
}

func (b *builder) byOrganisation(ids []model.OrganisationID, by map[model.OrganisationID]*estate, all *estate) {
	t := document.Table{Caption: "The estate by organisation, " + Year(b.cmp.BaseYear), ID: "estate", Columns: []document.Column{
		{Heading: "Organisation", RowHeader: true, Weight: 2.4}, {Heading: "Assets", Align: document.Right, Weight: 0.8}, {Heading: "Floor area", Unit: "m²", Align: document.Right},
		{Heading: "Running cost", Unit: "£000 a year", Align: document.Right, Weight: 1.1}, {Heading: "Emissions", Unit: carbon + " a year", Align: document.Right, Weight: 1.1},
		{Heading: "Repair backlog", Unit: "£000", Align: document.Right}, {Heading: "Desks", Align: document.Right, Weight: 0.9},
		{Heading: "Running cost measured or stated", Align: document.Right, Weight: 1.2}}}
	row := func(k string, name document.Cell, e *estate, kind document.RowKind) {
		share := document.CT(notKnown)
		if e.costAll > 0 {
			share = document.CF(percent(k+".sure", e.sure/e.costAll, document.Ungraded))
		}
		t.Rows = append(t.Rows, document.Row{Kind: kind, Cells: []document.Cell{name, document.CF(plain(k+".assets", float64(e.assets), 0, "")),
			figureOr(e.areaBy, plain(k+".area", e.area, 0, "m²")), figureOr(e.costBy, thousands(k+".running", e.cost)),
			figureOr(e.carbonBy, document.Field{Key: k + ".carbon", Text: tonnesBare(e.carbon), Value: e.carbon, Unit: "tCO2e"}),
			figureOr(e.backlogBy, thousands(k+".backlog", e.backlog)), figureOr(e.desksBy, plain(k+".desks", e.desks, 0, "desks")), share}})
	}
	var parts [3][]float64
	for _, id := range ids {
		e := by[id]
		row("estate."+string(id), document.CT(b.org(id)), e, document.Body)
		parts[0], parts[1], parts[2] = append(parts[0], e.area), append(parts[1], e.cost/1000), append(parts[2], e.backlog/1000)
	}
	if len(ids) > 1 {
		row("estate", document.CT("All"), all, document.Total)
		t.Notes = roundingNote(t.Notes, []float64{all.area, all.cost / 1000, all.backlog / 1000}, parts[:]...)
	}
	t.Notes = append(t.Notes, "A mark shows the evidence that most of a figure rests on; a figure of mixed evidence is marked as modelled.")
	b.add1(t)
}

// roundingNote adds a note when printed parts do not add up to the printed total.
func roundingNote(notes []string, totals []float64, parts ...[]float64) []string {
	for i, p := range parts {
		sum := 0.0
		for _, v := range p {
			sum += math.Round(v)
		}
		if sum != math.Round(totals[i]) {
			return append(notes, "Figures are rounded, so they may not add up to the totals printed.")
		}
	}
	return notes
}

func (b *builder) evidence(e *estate, how bool) {
	if e.costAll <= 0 {
		return
	}
	s := e.sure / e.costAll
	switch {
	case s > 0.995:
		b.say("Every running cost was measured or stated by its owner.")
	case s < 0.005:
		b.say("None of the running costs was measured or stated by its owner. All of them are modelled, so the first step is to replace them with figures from the accounts.")
	default:
		b.say("Of the running cost, @ was measured or stated by the owners of the buildings. The rest is modelled and is marked so wherever it appears.", percent("estate.sure", s, document.Ungraded))
	}
	if how && b.p.ModelledNote != "" {
		b.add1(smallPrint("How figures were modelled: @", sentence(b.free(b.p.ModelledNote))))
	}
}

// byUse splits the floor area by what it is for.
func (b *builder) byUse() {
	type sum struct {
		use   model.Use
		n     int
		area  float64
		grade evidence
	}
	by := map[model.Use]*sum{}
	total := 0.0
	for i := range b.p.Assets {
		a := &b.p.Assets[i]
		if !a.FloorArea.Known() || a.FloorArea.Value <= 0 {
			continue
		}
		s := by[a.Use]
		if s == nil {
			s = &sum{use: a.Use}
			by[a.Use] = s
		}
		s.n++
		s.area += a.FloorArea.Value
		s.grade.add(a.FloorArea.Grade, a.FloorArea.Value)
		total += a.FloorArea.Value
	}
	if len(by) < 2 {
		return
	}
	var list []*sum
	for _, s := range by {
		list = append(list, s)
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].area != list[j].area {
			return list[i].area > list[j].area
		}
		return list[i].use < list[j].use
	})
	t := document.Table{Caption: "Floor area by use", Columns: []document.Column{{Heading: "Use", RowHeader: true, Weight: 2}, {Heading: "Buildings", Align: document.Right},
		{Heading: "Floor area", Unit: "m²", Align: document.Right}, {Heading: "Share", Align: document.Right}}}
	for _, s := range list {
		k := "estate.use." + string(s.use)
		f := plain(k+".area", s.area, 0, "m²")
		f.Grade = s.grade.mark()
		t.Rows = append(t.Rows, document.R(document.CT(capital(useWord(s.use))), document.CF(plain(k+".count", float64(s.n), 0, "")), document.CF(f),
			document.CF(percent(k+".share", s.area/total, document.Ungraded))))
	}
	b.add1(t)
}

func useWord(u model.Use) string {
	if u == "" {
		return "use not stated"
	}
	return string(u)
}

// largest is the table of the biggest buildings.
func (b *builder) largest() {
	var list []*model.Asset
	for i := range b.p.Assets {
		if a := &b.p.Assets[i]; a.FloorArea.Known() && a.FloorArea.Value > 0 {
			list = append(list, a)
		}
	}
	if len(list) == 0 {
		return
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].FloorArea.Value > list[j].FloorArea.Value })
	cost, costGrade := b.costOf()
	whole, top := 0.0, 0.0
	n := min(10, len(list))
	for i, a := range list {
		whole += a.FloorArea.Value
		if i < n {
			top += a.FloorArea.Value
		}
	}
	if len(list) > n {
		b.say("The @ largest buildings hold @ of the floor area.", count("estate.top.count", n), percent("estate.top.share", top/whole, document.Ungraded))
	}
	caption := "The largest buildings"
	if len(list) == 1 {
		caption = "The building"
	}
	t := document.Table{Caption: caption, Columns: []document.Column{{Heading: "Building", RowHeader: true, Weight: 3}, {Heading: "Use", Weight: 1.2}, {Heading: "Floor area", Unit: "m²", Align: document.Right},
		{Heading: "Running cost", Unit: "£ per m² a year", Align: document.Right, Weight: 1.1}, {Heading: "Repair backlog", Unit: "£000", Align: document.Right}, {Heading: "Energy rating", Weight: 0.8}}}
	for _, a := range list[:n] {
		k := "asset." + string(a.ID)
		f := plain(k+".area", a.FloorArea.Value, 0, "m²")
		f.Grade = mark(a.FloorArea.Grade)
		per := document.CT(notKnown)
		if c, ok := cost[a.ID]; ok {
			x := plain(k+".running_per_m2", c/a.FloorArea.Value, 0, "£/m²")
			x.Grade = mark(costGrade[a.ID])
			per = document.CF(x)
		}
		backlog := document.CT(notKnown)
		if a.Backlog.Known() {
			x := thousands(k+".backlog", a.Backlog.Value)
			x.Grade = mark(a.Backlog.Grade)
			backlog = document.CF(x)
		}
		rating := a.EnergyRating
		if rating == "" {
			rating = notKnown
		}
		t.Rows = append(t.Rows, document.R(document.CT(assetName(a)), document.CT(useWord(a.Use)), document.CF(f), per, backlog, document.CT(short(rating, 12))))
	}
	b.add1(t)
}

// useOfSpace says how desks are used, as far as that is known.
func (b *builder) useOfSpace(e *estate) {
	if e.desks <= 0 {
		b.say("How many desks the buildings have is not known.")
		return
	}
	people := 0.0
	if b.base != nil && len(b.base.People) > 0 {
		people = b.base.People[0]
	}
	b.say("There are @ and teams use @ of them at their busiest (@). The services housed have @ full-time-equivalent staff.",
		document.Field{Key: "estate.desks", Text: Number(e.desks, 0) + " desks", Value: e.desks, Unit: "desks", Grade: e.desksBy.mark()},
		plain("estate.desks.used", e.used, 0, "desks"), percent("estate.desks.share", e.used/e.desks, document.Ungraded), plain("estate.people", people, 0, "FTE"))
	b.figure(b.quadrant())
}
