package ledger_test

import (
	"errors"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

func TestDatesFallInFinancialYears(t *testing.T) {
	for date, want := range map[string]struct {
		year   int
		passed float64
	}{"2026-04-01": {2026, 0}, "2026-10-15": {2026, 0.5}, "2027-03-31": {2026, 11.0 / 12}, "2027-01-01": {2026, 0.75}} {
		y, p, err := ledger.PartYear(date, 4)
		if err != nil || y != want.year || !close(p, want.passed) {
			t.Errorf("%s: %d, %g, %v", date, y, p, err)
		}
	}
	if y, p, _ := ledger.PartYear("2026-07-01", 1); y != 2026 || p != 0.5 {
		t.Errorf("calendar year: %d, %g", y, p)
	}
	for _, date := range []string{"", "1.4.2026", "2026-13-01"} {
		if _, _, err := ledger.PartYear(date, 4); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%q: %v", date, err)
		}
	}
}

func TestWorkByMonthIsSpreadOverItsYears(t *testing.T) {
	first, shares, err := ledger.ByMonth("2026-12-01", 18, 4) // four months, twelve, two
	if err != nil || first != 2026 || len(shares) != 3 || !close(shares[0], 4.0/18) || !close(shares[1], 12.0/18) || !close(shares[2], 2.0/18) {
		t.Errorf("%d %v %v", first, shares, err)
	}
	if _, _, err := ledger.ByMonth("2026-12-01", 0, 4); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("no months: %v", err)
	}
}
