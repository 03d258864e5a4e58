package workbook

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// Columns of the assumption book.
const (
	asKey = iota + 1
	asLabel
	asValue
	asUnit
	asPriceBase
	asGrade
	asGroup
	asName
	asSource
	asConfidence
	asDate
	asOwner
	asReason
	asLast = asReason
)

var assumptionHeads = []string{"Key", "Assumption", "Value", "Unit", "Price base", "Evidence grade", "Group", "Name of the cell", "Source", "Confidence", "Date", "Owner", "Why it was changed"}

const asFirst = 6

// buildAssumptions writes every entry of the assumption book with a named cell
// for its value.
func (b *builder) buildAssumptions() error {
	s := b.add(newSheet("Assumptions"), "Every assumption with its value in a named cell, unit, evidence grade and source")
	b.assume = s
	s.put(1, 1, txt(stTitle, "Assumptions"))
	s.put(2, 1, txt(stSubtitle, "Inputs. Change a value in the blue column and every sheet follows. Money is in the price base stated on its row."))
	s.put(3, 1, txt(stNote, "Evidence grades, best first: measured, stated, benchmark, estimated, placeholder."))
	s.heads(asFirst-1, 1, assumptionHeads...)
	s.frozen, s.titles = [2]int{asFirst - 1, 2}, asFirst-1
	for c, w := range map[int]float64{asKey: 34, asLabel: 46, asValue: 14, asUnit: 16, asPriceBase: 10, asGrade: 13, asGroup: 26, asName: 34, asSource: 60, asConfidence: 26, asDate: 12, asOwner: 20, asReason: 30} {
		s.widths[c] = w
	}
	var all []model.Assumption
	if b.cmp.Book != nil {
		all = b.cmp.Book.All()
	}
	r := asFirst
	for _, a := range all {
		if a.Exempt && b.opt.Edition == Public {
			continue
		}
		if !model.Finite(a.Value) {
			return model.Invalid(a.Key, fmt.Sprintf("assumption %s is not a number (%v); mend it and export again", a.Key, a.Value))
		}
		n := b.defined.defined(a.Key)
		b.nameOf[a.Key], b.valueBy[a.Key] = n, a.Value
		base := blank(stText)
		if a.PriceBase != 0 {
			base = num(stYearPlain, float64(a.PriceBase))
		}
		s.row(r, 1, txt(stText, a.Key), txt(stText, a.Label), num(stInput, a.Value), txt(stText, a.Unit), base,
			txt(stText, gradeName(a.Grade)), txt(stText, a.Group), txt(stText, n), txt(stText, a.Source), txt(stText, a.Confidence),
			txt(stText, a.Date), txt(stText, a.Owner), txt(stText, a.Reason))
		b.define(n, s.out(r, asValue), a.Label)
		r++
	}
	if r > asFirst {
		s.tables = append(s.tables, table{name: "AssumptionBook", row: asFirst - 1, col: 1, rows: r - asFirst, cols: asLast, heads: assumptionHeads})
	} else {
		s.put(r, 1, txt(stNote, "The assumption book is empty."))
	}
	return nil
}

func gradeName(g model.Grade) string {
	if g == model.NotKnown {
		return "not known"
	}
	return string(g)
}
