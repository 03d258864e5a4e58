package businesscase

import (
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// exemptAppendix lists the values, receipts and dilapidations behind the figures. It is in the exempt edition only.
func (b *builder) exemptAppendix() {
	b.add1(document.Callout{Kind: document.Warning, Title: "Not for publication", Blocks: []document.Block{para("This appendix holds information about the financial and business affairs of the bodies named, exempt under @.", exemptLaw)}})
	for _, o := range append(b.baseline(), b.others()...) {
		b.exemptTable(o)
	}
	b.values()
}

func (b *builder) exemptTable(o *option) {
	t := document.Table{Caption: "Exempt amounts of “" + o.name + "”", Columns: []document.Column{{Heading: "What", RowHeader: true, Weight: 3}, {Heading: "Year"}, {Heading: "Amount", Unit: "£", Align: document.Right, Weight: 1.2}, {Heading: "Evidence"}, {Heading: "Source", Weight: 2}}}
	all := 0.0
	var parts []float64
	type line struct {
		row  document.Row
		year int
	}
	var lines []line
	for i := range o.Plan.Streams {
		s := &o.Plan.Streams[i]
		if !s.Exempt || s.Ledger != ledger.Money {
			continue
		}
		v := total(o.Flows.Row(i))
		if nothing(v) {
			continue
		}
		f := plain(o.id+".exempt."+s.ID, v, 0, "£")
		f.Exempt, f.Grade = true, mark(s.Grade)
		lines = append(lines, line{document.R(document.CT(short(b.label(s), 140)), document.CT(Year(s.First)), document.CF(f), document.CT(gradeWord(s.Grade)), document.CT(short(sourced(s.Source), 120))), s.First})
		all += v
		parts = append(parts, v)
	}
	if len(lines) == 0 {
		return
	}
	sort.SliceStable(lines, func(i, j int) bool { return lines[i].year < lines[j].year })
	for _, l := range lines {
		t.Rows = append(t.Rows, l.row)
	}
	f := bold(plain(o.id+".exempt.all", all, 0, "£"))
	f.Exempt = true
	t.Rows = append(t.Rows, document.Row{Kind: document.Total, Cells: []document.Cell{document.CT("All"), document.CT(""), document.CF(f), document.CT(""), document.CT("")}})
	t.Notes = roundingNote([]string{"Real, not discounted, with the chance of completion."}, []float64{all}, parts)
	b.add1(t)
}

// label is what a stream is, with its building's name as the paper writes it.
func (b *builder) label(s *ledger.Stream) string {
	if a := b.assets[s.Asset]; a != nil && a.Name != "" {
		if rest, ok := strings.CutPrefix(s.Label, a.Name); ok {
			return assetName(a) + rest
		}
	}
	return s.Label
}

// values lists the open-market values of the buildings that any option closes.
func (b *builder) values() {
	t := document.Table{Caption: "Open-market values of buildings that an option closes", Columns: []document.Column{{Heading: "Building", RowHeader: true, Weight: 3}, {Heading: "Value", Unit: "£", Align: document.Right, Weight: 1.2}, {Heading: "Evidence"}, {Heading: "Source", Weight: 2}}}
	seen := map[string]bool{}
	for _, o := range b.others() {
		for _, c := range o.Plan.Closures {
			a := b.assets[c.Asset]
			if a == nil || seen[string(a.ID)] {
				continue
			}
			seen[string(a.ID)] = true
			value := document.CT(notKnown)
			if a.Value.Known() {
				f := plain("asset."+string(a.ID)+".value", a.Value.Value, 0, "£")
				f.Exempt, f.Grade = true, mark(a.Value.Grade)
				value = document.CF(f)
			}
			t.Rows = append(t.Rows, document.R(document.CT(assetName(a)), value, document.CT(gradeWord(a.Value.Grade)), document.CT(short(sourced(a.Value.Source), 120))))
		}
	}
	if len(t.Rows) > 0 {
		b.add1(t)
	} else {
		b.say("No option closes a building, so there are no values to set out.")
	}
}
