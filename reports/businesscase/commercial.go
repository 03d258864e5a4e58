package businesscase

import (
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/naming"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// commercial says which buildings go, how and when, and what happens to leases.
func (b *builder) commercial() {
	o := b.preferred
	b.h(2, "Buildings that go or change")
	if o == nil || len(o.Plan.Closures) == 0 {
		b.say("No building is sold, left or put to another use.")
	} else {
		b.disposals(o)
	}
	if c := b.changeMap(); c != nil {
		b.add1(document.Figure{Chart: c, Height: 340})
	}
	b.newUses(o)
	b.h(2, "Leases")
	b.leases()
}

// disposals is the schedule of buildings that close under an option.
func (b *builder) disposals(o *option) {
	list := append([]action.Closure(nil), o.Plan.Closures...)
	sort.SliceStable(list, func(i, j int) bool { return list[i].Closed < list[j].Closed })
	total := 0.0
	unknown := 0
	for _, c := range list {
		if a := b.assets[c.Asset]; a != nil && a.FloorArea.Known() {
			total += a.FloorArea.Value
		} else {
			unknown++
		}
	}
	sold, left, changed := b.closures(o)
	b.say("Under the preferred option @ or put to another use, with @ of floor area@.", things(o.id+".closures", len(list), "building is closed", "buildings are closed"),
		area(o.id+".closures.area", total, document.Ungraded), b.routes(o, sold, left, changed))
	t := document.Table{Caption: "Disposal schedule", ID: "disposals", Columns: []document.Column{{Heading: "Building", RowHeader: true, Weight: 2.6}, {Heading: "Route", Weight: 1.5}, {Heading: "Closes"}, {Heading: "Costs end", Weight: 1},
		{Heading: "Floor area", Unit: "m²", Align: document.Right}, {Heading: "Expected receipt", Align: document.Right, Weight: 1.2}, {Heading: "Evidence for value", Weight: 1.2}}}
	horizon := b.cmp.BaseYear + b.cmp.Years
	for _, c := range list {
		a := b.assets[c.Asset]
		size := document.CT(notKnown)
		if a != nil && a.FloorArea.Known() {
			f := plain("asset."+string(a.ID)+".area", a.FloorArea.Value, 0, "m²")
			f.Grade = mark(a.FloorArea.Grade)
			size = document.CF(f)
		}
		ends := "go on"
		if c.Gone < horizon {
			ends = Year(c.Gone)
		}
		receipt, grade := b.receipt(o, c)
		t.Rows = append(t.Rows, document.R(document.CT(b.asset(c.Asset)), document.CT(routeWord(c.Route)), document.CT(Year(c.Closed)), document.CT(ends), size, receipt, document.CT(grade)))
	}
	if len(list) > 1 {
		f := bold(plain(o.id+".closures.area", total, 0, "m²"))
		t.Rows = append(t.Rows, document.Row{Kind: document.Total, Cells: []document.Cell{document.CT("All"), document.CT(""), document.CT(""), document.CT(""), document.CF(f), b.receipts(o), document.CT("")}})
	}
	t.Notes = append(t.Notes, "Receipts allow for the chance that a sale does not complete; they are exempt. “Costs end” is the first year in which the building costs its owner nothing; “go on” means that holding or upkeep stays.")
	if unknown > 0 {
		t.Notes = append(t.Notes, "The floor area of some buildings is not known and not in the total.")
	}
	b.add1(t)
	if sold > 0 {
		b.say("A council must obtain the best consideration that can reasonably be had for land it sells, unless the Secretary of State consents or a general consent applies. Each sale therefore needs an independent valuation before terms are agreed. Land at a lower price, as in a community asset transfer, needs the difference to be stated and justified.")
	}
}

func (b *builder) routes(o *option, sold, left, changed int) []document.Inline {
	var parts [][]document.Inline
	if sold > 0 {
		parts = append(parts, mix("@ sold or transferred", count(o.id+".count.sold", sold)))
	}
	if left > 0 {
		parts = append(parts, mix("@ left at the end of a lease", count(o.id+".count.left", left)))
	}
	if changed > 0 {
		parts = append(parts, mix("@ put to another use", count(o.id+".count.changed", changed)))
	}
	if len(parts) == 0 {
		return nil
	}
	return mix(": @", joined(parts))
}

// receipt is what a closure brings in and the evidence for it.
func (b *builder) receipt(o *option, c action.Closure) (document.Cell, string) {
	v, g, any := 0.0, model.NotKnown, false
	for i := range o.Plan.Streams {
		s := &o.Plan.Streams[i]
		if s.Action == c.Action && s.Category == ledger.CatReceipt {
			any = true
			v += total(o.Flows.Row(i))
			worse(&g, model.Figure{Grade: s.Grade})
		}
	}
	if !any {
		return document.CT("none"), "–"
	}
	k := "receipt." + o.id + "." + string(c.Asset)
	if b.isPublic {
		return document.CF(withheld(k)), gradeWord(g)
	}
	f := exact(k, v, mark(g))
	f.Exempt = true
	return document.CF(f), gradeWord(g)
}

// receipts is the sum of all receipts of an option.
func (b *builder) receipts(o *option) document.Cell {
	v, any := 0.0, false
	for i := range o.Plan.Streams {
		if s := &o.Plan.Streams[i]; s.Category == ledger.CatReceipt && s.Action != "" {
			any = true
			v += total(o.Flows.Row(i))
		}
	}
	if !any {
		return document.CT("none")
	}
	if b.isPublic {
		return document.CF(withheld(o.id + ".receipts"))
	}
	f := bold(exact(o.id+".receipts", v, document.Ungraded))
	f.Exempt = true
	return document.CF(f)
}

func total(v []float64) float64 { return ledger.Total(v) }

// newUses lists changes of use with their planning route.
func (b *builder) newUses(o *option) {
	if o == nil {
		return
	}
	by := map[model.Use]action.Conversion{}
	for _, c := range action.Conversions() {
		by[c.Use] = c
	}
	t := document.Table{Caption: "Changes of use", Columns: []document.Column{{Heading: "Building", RowHeader: true, Weight: 2.4}, {Heading: "New use", Weight: 1.3}, {Heading: "From"}, {Heading: "Planning route", Weight: 2.2}, {Heading: "Planning risk", Weight: 0.9}}}
	put := func(id model.AssetID, part string, u model.Use, year int) {
		name := b.asset(id)
		if part != "" {
			name += ", " + short(b.free(part), 40)
		}
		c := by[u]
		label := c.Label
		if label == "" {
			label = useWord(u)
		}
		t.Rows = append(t.Rows, document.R(document.CT(name), document.CT(label), document.CT(Year(year)), document.CT(c.Planning), document.CT(c.Risk)))
	}
	for _, a := range effective(o) {
		switch a.Kind {
		case model.Repurpose:
			put(a.Asset, "", a.NewUse, a.Year)
		case model.Develop:
			for _, ph := range a.Phases {
				put(a.Asset, ph.Name, ph.Use, ph.Start)
			}
		}
	}
	if len(t.Rows) > 0 {
		b.add1(t)
	}
}

// leases lists every lease with its events and what the preferred option does about it.
func (b *builder) leases() {
	ends := map[model.AssetID]action.Closure{}
	if b.preferred != nil {
		for _, c := range b.preferred.Plan.Closures {
			if c.Route == model.ExitLease {
				ends[c.Asset] = c
			}
		}
	}
	var list []*model.Asset
	noDates := 0
	for i := range b.p.Assets {
		a := &b.p.Assets[i]
		if t := a.Tenure; t.Kind == model.Leasehold || t.Kind == model.Licence {
			list = append(list, a)
			if t.Break == "" && t.Expiry == "" {
				noDates++
			}
		}
	}
	if len(list) == 0 {
		b.say("No asset is recorded as held on a lease.")
		return
	}
	b.say("@ held on @.@", upper(things("leases", len(list), "asset is", "assets are")), plural(len(list), "a lease or licence", "leases or licences"), b.noDates(noDates, len(list)))
	var dated []*model.Asset
	for _, a := range list {
		if _, leaves := ends[a.ID]; leaves || firstDate(a.Tenure) != "9999" || a.Costs.Get(model.CostRent).Known() {
			dated = append(dated, a)
		}
	}
	if len(dated) == 0 {
		return
	}
	sort.SliceStable(dated, func(i, j int) bool { return firstDate(dated[i].Tenure) < firstDate(dated[j].Tenure) })
	t := document.Table{Caption: "Leases of which something is recorded, and their next events", Columns: []document.Column{{Heading: "Building", RowHeader: true, Weight: 2.4}, {Heading: "Landlord", Weight: 1.4}, {Heading: "Next break", Weight: 1.2}, {Heading: "Expiry", Weight: 1.2}, {Heading: "Rent review", Weight: 1.2},
		{Heading: "Notice", Unit: "months", Align: document.Right, Weight: 0.8}, {Heading: "Rent", Unit: "£ a year", Align: document.Right}, {Heading: "Preferred option", Weight: 2}}}
	for _, a := range dated {
		k := "asset." + string(a.ID)
		rent, notice := document.CT(notKnown), document.CT(notKnown)
		if f := a.Costs.Get(model.CostRent); f.Known() {
			x := plain(k+".rent", f.Value, 0, "£")
			x.Grade = mark(f.Grade)
			rent = document.CF(x)
		}
		if n := a.Tenure.NoticeMonths; n > 0 {
			notice = document.CF(plain(k+".notice", float64(n), 0, "months"))
		}
		what := "keeps it"
		if c, ok := ends[a.ID]; ok {
			what = leaves(c)
		}
		landlord := short(naming.Name(b.free(a.Tenure.Landlord)), 60)
		if landlord == "" {
			landlord = notKnown
		}
		t.Rows = append(t.Rows, document.R(document.CT(assetName(a)), document.CT(landlord), document.CT(Date(a.Tenure.Break)), document.CT(Date(a.Tenure.Expiry)), document.CT(Date(a.Tenure.Review)), notice, rent, document.CT(what)))
	}
	b.add1(withoutEmpty(t))
}

// leaves says when a building is left, and when its lease ends and notice is due.
func leaves(c action.Closure) string {
	s := "leaves in " + Year(c.Closed)
	switch {
	case c.LeaseEnd == "":
		return s + "; when the lease can end is not known"
	case c.NoticeBy != "" && c.NoticeBy != c.LeaseEnds:
		return s + "; lease ends " + Date(c.LeaseEnds) + " (" + c.LeaseEnd + "), notice by " + Date(c.NoticeBy)
	}
	return s + "; lease ends " + Date(c.LeaseEnds) + " (" + c.LeaseEnd + ")"
}

// withoutEmpty drops the columns of which nothing is known in any row.
func withoutEmpty(t document.Table) document.Table {
	for i := len(t.Columns) - 1; i > 0; i-- {
		known := false
		for _, r := range t.Rows {
			known = known || i >= len(r.Cells) || document.RunsText(r.Cells[i].Runs) != notKnown
		}
		if known {
			continue
		}
		t.Notes = append(t.Notes, t.Columns[i].Heading+": not known for any of them.")
		t.Columns = append(t.Columns[:i:i], t.Columns[i+1:]...)
		for j, r := range t.Rows {
			t.Rows[j].Cells = append(r.Cells[:i:i], r.Cells[i+1:]...)
		}
	}
	return t
}

func (b *builder) noDates(n, of int) []document.Inline {
	switch {
	case n == 0:
		return nil
	case n == of && of == 1:
		return mix(" Neither a break nor an expiry is recorded for it; the lease should be read before anything is decided.")
	case n == of:
		return mix(" No break or expiry is recorded for any of them; the leases should be read before anything is decided.")
	}
	return mix(" For @ of them neither a break nor an expiry is recorded; @ should be read before anything is decided.", count("leases.undated", n), plural(n, "that lease", "those leases"))
}

func firstDate(t model.Tenure) string {
	switch {
	case t.Break != "" && (t.Expiry == "" || t.Break < t.Expiry):
		return t.Break
	case t.Expiry != "":
		return t.Expiry
	}
	return "9999"
}
