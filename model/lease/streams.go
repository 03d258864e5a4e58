package appraisal

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Streams writes the flows of a lease as streams with a share a year, so that
// the workbook shows the rent of every year and its sum. Like gives asset,
// action, payer, price base, grade and source; its ID is the start of theirs.
// Restate is the factor from the money of the base year to the price base, 1
// when they are the same (reference.Set.Deflator gives it).
func (f *Flows) Streams(like ledger.Stream, baseYear int, restate float64) []ledger.Stream {
	var out []ledger.Stream
	add := func(id, label string, cat ledger.Category, row []float64, sign float64) {
		first, last := -1, -1
		for t, v := range row {
			if v != 0 {
				if first < 0 {
					first = t
				}
				last = t
			}
		}
		if first < 0 {
			return
		}
		s := like
		s.ID, s.Label, s.Category = fmt.Sprintf("%s/%s", like.ID, id), label, cat
		s.Ledger, s.Unit, s.Quantity, s.QuantityUnit, s.Rates = ledger.Money, "£", sign, "£", nil
		if restate != 1 {
			s.Rates = []ledger.Term{{Value: restate}}
		}
		s.First, s.Last = baseYear+first, baseYear+last
		s.Profile = ledger.Profile{Shares: append([]float64(nil), row[first:last+1]...)}
		out = append(out, s)
	}
	add("rent", "Rent", ledger.CatRent, f.Rent, -1)
	add("sublet", "Rent from a sublease", ledger.CatIncome, f.Sublet, 1)
	add("dilapidations", "Dilapidations", ledger.CatDilaps, f.Dilapidations, -1)
	add("penalty", "Payment to break the lease", ledger.CatRent, f.Penalty, -1)
	for i := range out {
		if out[i].Grade == model.NotKnown {
			out[i].Grade = model.Estimated
		}
	}
	return out
}
