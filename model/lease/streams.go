package lease

import (
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Rent writes a row of yearly rents as one stream: the rent of a full year times
// the share of it due in each year, so that the rent stays an input of the
// workbook and every figure follows from it. Like gives identifier, label,
// category, asset, payer, grade and source. It is false when nothing flows.
func Rent(like ledger.Stream, yearly float64, row []float64, baseYear int, sign float64) (ledger.Stream, bool) {
	first, last := span(row)
	if first < 0 || yearly == 0 {
		return like, false
	}
	s := like
	s.Quantity, s.QuantityUnit = sign*yearly, "£"
	s.First, s.Last = baseYear+first, baseYear+last
	shares := make([]float64, last-first+1)
	whole := true
	for i := range shares {
		shares[i] = row[first+i] / yearly
		if math.Abs(shares[i]-1) < 1e-12 {
			shares[i] = 1
		}
		edge := i == 0 || i == len(shares)-1
		whole = whole && (shares[i] == 1 || edge && shares[i] > 0 && shares[i] < 1)
	}
	if whole { // a rent that only begins or ends within a year needs no share a year
		s.FirstMissed = 1 - shares[0]
		if n := len(shares) - 1; n > 0 {
			s.LastMissed = 1 - shares[n]
		}
		return s, true
	}
	s.Profile = ledger.Profile{Shares: shares}
	return s, true
}

// Streams writes the flows of a lease as streams: rent, rent from a sublease,
// dilapidations and the payment to break. Like gives asset, action, payer, price
// base, grade and source; its ID is the start of theirs. Restate is the factor
// from the money of the base year to the price base, 1 when they are the same.
func (f *Flows) Streams(like ledger.Stream, l Lease, baseYear int, restate float64) []ledger.Stream {
	var out []ledger.Stream
	add := func(id, label string, cat ledger.Category, yearly float64, row []float64, sign float64) {
		s := like
		s.ID, s.Label, s.Category = like.ID+"/"+id, label, cat
		s.Ledger, s.Unit, s.Rates = ledger.Money, "£", nil
		if restate != 1 {
			s.Rates = []ledger.Term{{Value: restate}}
		}
		if s.Grade == model.NotKnown {
			s.Grade = model.Estimated
		}
		if s, ok := Rent(s, yearly, row, baseYear, sign); ok {
			out = append(out, s)
		}
	}
	add("rent", "Rent", ledger.CatRent, l.Rent, f.Rent, -1)
	add("sublet", "Rent from a sublease", ledger.CatIncome, l.SubletRent, f.Sublet, 1)
	add("dilapidations", "Dilapidations", ledger.CatDilaps, ledger.Total(f.Dilapidations), f.Dilapidations, -1)
	add("penalty", "Payment to break the lease", ledger.CatRent, ledger.Total(f.Penalty), f.Penalty, -1)
	return out
}

// span is the first and the last year in which something flows, -1 when none.
func span(row []float64) (first, last int) {
	first, last = -1, -1
	for t, v := range row {
		if v != 0 {
			if first < 0 {
				first = t
			}
			last = t
		}
	}
	return first, last
}
