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
	asActs
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

var assumptionHeads = []string{"Key", "Assumption", "Value", "Unit", "Where it acts", "Price base", "Evidence grade", "Group", "Name of the cell", "Source", "Confidence", "Date", "Owner", "Why it was changed"}

const asFirst = 6

// buildAssumptions writes every entry of the assumption book with a named cell
// for its value.
func (b *builder) buildAssumptions() error {
	s := b.add(newSheet("Assumptions"), "Every assumption with its value in a named cell, unit, evidence grade and source")
	b.assume = s
	s.put(1, 1, txt(stTitle, "Assumptions"))
	s.put(2, 1, txt(stSubtitle, "Inputs. Change a value in the blue column; “Where it acts” says what follows. Money is in the price base stated on its row."))
	s.put(3, 1, txt(stNote, "“"+actsHere+"”: every sheet follows. “"+actsPart+"” and “"+actsAway+"” (in italics): the figure decides dates, numbers of years or sizes, which Flagstone works out. Change it here, send the book back, and Flagstone takes the change in and writes the book again. “"+actsNot+"”: no scenario in this book rests on it."))
	s.put(4, 1, txt(stNote, "Evidence grades, best first: measured, stated, benchmark, estimated, placeholder."))
	s.heads(asFirst-1, 1, assumptionHeads...)
	s.frozen, s.titles = [2]int{asFirst - 1, 2}, asFirst-1
	s.wide, s.sides = 2, "$A:$B"
	for c, w := range map[int]float64{asKey: 34, asLabel: 46, asValue: 14, asUnit: 16, asActs: 22, asPriceBase: 10, asGrade: 13, asGroup: 26, asName: 34, asSource: 60, asConfidence: 26, asDate: 12, asOwner: 20, asReason: 30} {
		s.widths[c] = w
	}
	var all []model.Assumption
	if b.cmp.Book != nil {
		all = b.cmp.Book.All()
	}
	r := asFirst
	acts := b.terms()
	for _, a := range all {
		if a.Exempt && b.opt.Edition == Public {
			continue
		}
		if !model.Finite(a.Value) {
			return model.Invalid(a.Key, fmt.Sprintf("assumption %s is not a number (%v); mend it and export again", a.Key, a.Value))
		}
		n := b.defined.defined(a.Key)
		b.nameOf[a.Key], b.valueBy[a.Key] = n, a.Value
		where, look := b.acts(acts, a.Key), stInput
		if where == actsAway || where == actsPart {
			look = stInputAway
		}
		base := blank(stText)
		if a.PriceBase != 0 {
			base = num(stYearPlain, float64(a.PriceBase))
		}
		s.row(r, 1, txt(stText, a.Key), txt(stText, a.Label), num(look, a.Value), txt(stText, a.Unit), txt(stText, where), base,
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

// Where a change of an assumption acts.
const (
	actsHere = "this book"
	actsPart = "this book in part"
	actsAway = "Flagstone"
	actsNot  = "not used"
)

// readHere are assumptions that formulas of other sheets look up, when a book has
// them; readAway are those that only the program reads.
var (
	readHere = map[string]bool{"pwlb.rate.25": true, "works.vat": true, "sale.cost_cap": true, "water.supply": true, "water.treatment": true}
	readAway = map[string]bool{"deflator.growth": true, "mrp.max_life": true}
)

// terms are the assumptions that are a term of any stream.
func (b *builder) terms() map[string]bool {
	out := map[string]bool{}
	for _, bl := range b.blocks() {
		for _, st := range bl.streams {
			for _, t := range st.Rates {
				out[t.Key] = true
			}
			out[st.Growth.Key], out[st.Uplift.Key] = true, true
		}
	}
	return out
}

// acts says where a change of an assumption acts.
func (b *builder) acts(terms map[string]bool, key string) string {
	shapes := readAway[key]
	for _, sc := range b.scenarios {
		shapes = shapes || sc.res.Plan.Shapes[key]
	}
	switch {
	case terms[key] && shapes:
		return actsPart
	case terms[key] || readHere[key]:
		return actsHere
	case shapes:
		return actsAway
	}
	return actsNot
}

func gradeName(g model.Grade) string {
	if g == model.NotKnown {
		return "not known"
	}
	return string(g)
}
