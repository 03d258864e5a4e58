package businesscase

import (
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// CoverReport writes the report of about four pages that goes before the committee, with the business case annexed.
func CoverReport(cmp *appraisal.Comparison, opt Options) (*document.Document, error) {
	b, err := newBuilder(cmp, opt)
	if err != nil {
		return nil, err
	}
	doc := b.paper("Report: future of the public buildings of " + b.place())
	doc.NumberHeadings = true
	wards := b.wards()
	doc.Facts = append(doc.Facts, document.Fact{Label: "Wards affected", Text: wards}, document.Fact{Label: "Key decision", Text: b.keyDecision()})
	doc.Facts = append(doc.Facts, document.Fact{Label: "Exempt information", Text: b.exemptFact()})
	b.h(1, "Recommendations")
	b.decision()
	b.h(1, "Summary")
	b.headline()
	b.six()
	b.h(1, "Options considered")
	b.glance()
	for _, o := range append(b.baseline(), b.others()...) {
		if o != b.preferred {
			b.add1(document.Paragraph{Runs: mix("“@” @.", o.name, afterColon(b.verdict(o)))})
		}
	}
	b.editionNote()
	b.h(1, "Why change")
	b.coverWhy()
	b.h(1, "Implications")
	b.implications()
	b.typed(b.opt.Override[Summary].After)
	b.add1(document.Legend{})
	b.h(1, "Background papers")
	b.say("The business case, in a public and an exempt edition, is annexed. The workbook behind it recalculates every figure and can be had from the report's author.")
	doc.Blocks = b.out
	return doc, nil
}

// afterColon makes a verdict read on from a name: "was not chosen: worth …".
func afterColon(runs []document.Inline) []document.Inline {
	out := append([]document.Inline(nil), runs...)
	if len(out) == 0 {
		return out
	}
	if t, ok := out[0].(document.Text); ok {
		t.S = strings.Replace(t.S, "Not chosen", "was not chosen", 1)
		t.S = strings.Replace(t.S, "The only scenario", "is the only scenario", 1)
		out[0] = t
	}
	last := len(out) - 1
	if t, ok := out[last].(document.Text); ok {
		t.S = strings.TrimSuffix(t.S, ".")
		out[last] = t
	}
	return out
}

// keyDecision says whether the decision is a key one: in England that is one of
// significant spending or saving by the council's own threshold, or with
// significant effects on communities in two or more wards (SI 2012/2089,
// regulation 8).
func (b *builder) keyDecision() string {
	switch n := len(b.wardsTouched()); {
	case b.opt.Key:
		return "Yes"
	case b.preferred == nil:
		return "No: nothing is to be decided"
	case n > 1:
		return "Yes: it affects " + counted(n) + " wards"
	}
	return "To be settled by the council's own threshold for spending"
}

func (b *builder) exemptFact() string {
	switch {
	case !b.anyExempt():
		return "None"
	case b.isPublic:
		return "Values and receipts are in the exempt edition, under " + exemptLaw
	}
	return "This edition is exempt under " + exemptLaw
}

// wards are those of the buildings that the preferred option touches.
func (b *builder) wards() string {
	if w := strings.TrimSpace(b.opt.Wards); w != "" {
		return w
	}
	list := b.wardsTouched()
	if len(list) == 0 {
		return "All"
	}
	return listing(list)
}

// wardsTouched are the wards in which the preferred option does anything.
func (b *builder) wardsTouched() []string {
	seen := map[string]bool{}
	var list []string
	if o := b.preferred; o != nil {
		for _, a := range effective(o) {
			if x := b.assets[a.Asset]; x != nil && x.Ward != "" && !seen[x.Ward] {
				seen[x.Ward] = true
				list = append(list, x.Ward)
			}
		}
	}
	sort.Strings(list)
	return list
}

func (b *builder) coverWhy() {
	_, _, all := b.estates()
	b.evidence(all, false)
	if all.desks > 0 {
		b.say("Teams use @ of @ desks at their busiest (@).", plain("estate.desks.used", all.used, 0, "desks"), plain("estate.desks", all.desks, 0, "desks"), percent("estate.desks.share", all.used/all.desks, document.Ungraded))
	}
	if all.backlog > 0 {
		b.say("The repair backlog on record is @. Left alone it grows, and part of it fails each year.", pounds("estate.backlog", all.backlog, all.backlogBy.mark()))
	}
	if o := b.preferred; o != nil {
		b.add1(b.valueSentence(o))
		if c := b.cumulativeValue(); c != nil {
			b.figure(c)
		}
	}
}

// implications are the headings that every committee report must answer.
func (b *builder) implications() {
	o := b.preferred
	t := document.Table{Caption: "Implications of the recommendation", Columns: []document.Column{{Heading: "Subject", RowHeader: true, Weight: 1}, {Heading: "What it means", Weight: 4}}}
	put := func(name string, runs []document.Inline) {
		t.Rows = append(t.Rows, document.R(document.CT(name), document.Cell{Runs: runs}))
	}
	if o == nil {
		put("All", mix("None: nothing is to be decided."))
		b.add1(t)
		return
	}
	g := gradeOf(o)
	sold, left, changed := b.closures(o)
	legal := mix("The general power of competence and the powers to hold and dispose of land apply.")
	if sold > 0 {
		legal = append(legal, mix(" Disposals must be for best consideration (section 123 of the Local Government Act 1972) unless consent covers them.")...)
	}
	if left > 0 {
		legal = append(legal, mix(" Break notices must be served in the form and time that each lease asks for.")...)
	}
	if changed > 0 {
		legal = append(legal, mix(" Changes of use may need planning permission.")...)
	}
	put("Legal", legal)
	money := mix("Capital of @", pounds(o.id+".capex", o.capex, g))
	if o.capex < 0.5 {
		money = mix("No capital")
	}
	switch v := b.saving(o); {
	case nothing(v):
		money = append(money, mix(" and no change in yearly running cost by @.", Year(b.lastYear()))...)
	case v > 0:
		money = append(money, mix(" and yearly running cost @ lower than under @ by @.", pounds(o.id+".saving", v, g), b.baseName(), Year(b.lastYear()))...)
	default:
		money = append(money, mix(" and yearly running cost @ higher than under @ by @.", pounds(o.id+".saving", -v, g), b.baseName(), Year(b.lastYear()))...)
	}
	put("Finance", append(money, mix(" Real terms, before financing; see the financial case.")...))
	put("Climate", mix("Emissions over the period @ against @.", b.carbonClause(o), b.baseName()))
	if n := movesOf(o); n > 0 {
		fte := 0.0
		for _, m := range o.Plan.Moves {
			fte += m.FTE
		}
		put("Staff", mix("@, with @ full-time-equivalent staff. Trade unions and staff are consulted before each move.", upper(things(o.id+".count.moves", n, "service changes building", "services change building")), plain(o.id+".moves.fte", fte, 0, "FTE")))
		put("Equality", mix("The duty in section 149 of the Equality Act 2010 applies. An impact assessment is completed for each service that residents visit before it moves."))
	} else {
		put("Staff", mix("No service changes building."))
		put("Equality", mix("The duty in section 149 of the Equality Act 2010 applies; no service changes building."))
	}
	put("Crime and disorder", b.emptyWords(o))
	put("Heritage", b.heritage(o))
	b.add1(t)
}

// emptyWords say whether buildings stand empty.
func (b *builder) emptyWords(o *option) []document.Inline {
	n := 0
	for _, c := range o.Plan.Closures {
		if c.Gone > c.Closed {
			n++
		}
	}
	if n == 0 {
		return mix("No building is planned to stand empty.")
	}
	return mix("@ empty for a time. Empty buildings attract damage, so security is in the holding costs.", upper(things(o.id+".count.empty", n, "building stands", "buildings stand")))
}

// heritage names locked buildings among those that the option touches.
func (b *builder) heritage(o *option) []document.Inline {
	var names []string
	seen := map[string]bool{}
	for _, a := range effective(o) {
		x := b.assets[a.Asset]
		if x == nil || seen[string(x.ID)] {
			continue
		}
		for _, l := range x.Locks {
			if l.Kind == "listed" {
				seen[string(x.ID)] = true
				names = append(names, assetName(x))
				break
			}
		}
	}
	if len(names) == 0 {
		return mix("No building that the option touches is recorded as listed. The National Heritage List should be checked again before works.")
	}
	return mix("@ listed: @. Works may need listed building consent.", upper(things(o.id+".count.listed", len(names), "building is", "buildings are")), someOf(names, 5))
}
