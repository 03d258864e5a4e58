package reference

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

const (
	sdltFreehold = "sdlt_non_residential_freehold_band"
	sdltLease    = "sdlt_non_residential_lease_npv_band"
)

// TaxBand is a slice of a price and the rate on that slice.
type TaxBand struct {
	From, To float64 // £; To is 0 in the last band
	Rate     float64
}

// taxBands reads a banded tax from the items "0-150000", "250000+".
func (s *Set) taxBands(series string) ([]TaxBand, error) {
	var out []TaxBand
	for _, r := range s.table.bySeries[series] {
		from, to, _ := strings.Cut(strings.TrimSuffix(r.Item, "+"), "-")
		var b TaxBand
		var err error
		if b.From, err = strconv.ParseFloat(from, 64); err != nil {
			return nil, fmt.Errorf("tax band %q of %s: %w", r.Item, series, err)
		}
		if to != "" {
			if b.To, err = strconv.ParseFloat(to, 64); err != nil {
				return nil, fmt.Errorf("tax band %q of %s: %w", r.Item, series, err)
			}
		}
		b.Rate = r.Value / 100
		out = append(out, b)
	}
	if len(out) == 0 {
		return nil, model.NotFound("reference series", series)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].From < out[j].From })
	return out, nil
}

// SDLTFreehold is the tax a buyer pays on a non-residential freehold in England
// and Northern Ireland. Source: gov.uk, stamp duty land tax, non-residential
// and mixed-use rates.
func (s *Set) SDLTFreehold(price float64) (float64, error) { return s.sdlt(sdltFreehold, price) }

// SDLTLease is the tax on the net present value of the rents of a new
// non-residential lease; a premium is taxed by SDLTFreehold besides.
func (s *Set) SDLTLease(npv float64) (float64, error) { return s.sdlt(sdltLease, npv) }

func (s *Set) sdlt(series string, amount float64) (float64, error) {
	if !model.Finite(amount) || amount < 0 {
		return 0, model.Invalid("price", fmt.Sprintf("the price is %g; it must not be negative", amount))
	}
	bands, err := s.taxBands(series)
	if err != nil {
		return 0, err
	}
	tax := 0.0
	for _, b := range bands {
		top := amount
		if b.To > 0 {
			top = min(amount, b.To)
		}
		if top > b.From {
			tax += (top - b.From) * b.Rate
		}
	}
	return tax, nil
}
