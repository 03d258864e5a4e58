package ledger

import (
	"fmt"
	"time"

	"github.com/planting-the-flag/flagstone/model"
)

// PartYear says in which financial year a date falls and what share of that
// year had passed when it came, by whole months: 1 October is half of a year
// that begins in April. A stream that begins on the date has it as FirstMissed;
// one that ends on it has 1 less it as LastMissed.
func PartYear(date string, startMonth int) (year int, passed float64, err error) {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0, 0, model.Invalid("date", fmt.Sprintf("the date is %q; it must be written 2029-03-25", date))
	}
	if startMonth < 1 || startMonth > 12 {
		return 0, 0, model.Invalid("financial year", fmt.Sprintf("the financial year begins in month %d; it must be 1 to 12", startMonth))
	}
	year, into := d.Year(), int(d.Month())-startMonth
	if into < 0 {
		year, into = year-1, into+12
	}
	return year, float64(into) / 12, nil
}

// ByMonth spreads an amount evenly over months of work and sums it by financial
// year: the first year, and the share of the whole in each.
func ByMonth(begins string, months, startMonth int) (first int, shares []float64, err error) {
	first, passed, err := PartYear(begins, startMonth)
	if err != nil {
		return 0, nil, err
	}
	if months < 1 || months > 1200 {
		return 0, nil, model.Invalid("months", fmt.Sprintf("the work takes %d months; it must be 1 to 1,200", months))
	}
	at := int(passed*12 + 0.5)
	for k := range months {
		t := (at + k) / 12
		for len(shares) <= t {
			shares = append(shares, 0)
		}
		shares[t] += 1 / float64(months)
	}
	return first, shares, nil
}
