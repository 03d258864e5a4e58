package appraisal

import (
	"testing"

	"github.com/planting-the-flag/flagstone/model/ledger"
)

func TestSharesAreTold(t *testing.T) {
	s := &ledger.Stream{First: 2026, Last: 2029, Profile: ledger.Profile{Shares: []float64{1, 1, 1.03456, 0.5}}}
	if got, want := profileWords(s), ", of a full year 100 % to 2027/28, 103.46 % in 2028/29, 50 % in 2029/30"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}
