package lease_test

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/lease"
)

func leased(extra map[string]string) *model.Asset {
	return &model.Asset{Name: "Office", Tenure: model.Tenure{Kind: model.Leasehold, Break: "2028-06-24", Expiry: "2033-06-23", Review: "2028-06-24"},
		Costs: model.FiguresOf(map[model.Cost]model.Figure{model.CostRent: {Value: 50000, Grade: model.Stated}}), Extra: extra}
}

func TestFactsAreReadFromTheSource(t *testing.T) {
	f := lease.Of(leased(map[string]string{"Rent Review Basis": "Annual CPI", "Rent review cap": "4%", "Rent Review Collar ": "1 %", "Review frequency (years)": "3",
		"Break payment £": "25,000.00", "Further breaks": "24/06/2030; 24 June 2031", "Holding over rent": "150%", "Market rent (£ pa)": "£55,000"}))
	if f.Rent != 50000 || f.Review != lease.Indexed || f.Cap != 0.04 || f.Collar != 0.01 || f.EveryYears != 3 || f.BreakPenalty != 25000 || f.Market != 55000 || f.HoldingOverRate != 1.5 {
		t.Errorf("%+v", f)
	}
	if strings.Join(f.Breaks, " ") != "2028-06-24 2030-06-24 2031-06-24" || len(f.Unread) != 0 {
		t.Errorf("%v %v", f.Breaks, f.Unread)
	}
	if got := f.Says(); !strings.Contains(got, "with an index every 3 years from 24 June 2028") {
		t.Error(got)
	}
}

func TestHowARentIsReviewed(t *testing.T) {
	for said, want := range map[string]lease.Review{"Upward only": lease.UpwardOnly, "Open market rent": lease.UpwardOnly, "Market, upwards or downwards": lease.ToMarket, "RPI": lease.Indexed,
		"Fixed step": lease.Stepped, "None": lease.NoReview, "": lease.UpwardOnly} {
		f := lease.Of(leased(map[string]string{"Basis of review": said}))
		if f.Review != want || f.Paced {
			t.Errorf("%q: %q, paced %v", said, f.Review, f.Paced)
		}
	}
	a := leased(nil)
	a.Tenure.Review = ""
	if f := lease.Of(a); !f.Paced || !strings.Contains(f.Says(), "not known") {
		t.Errorf("nobody says when it is reviewed: %+v", f)
	}
	a.Tenure.Kind = model.Freehold
	if lease.Of(a) != nil {
		t.Error("a freehold has no lease")
	}
}

// TestRenewalIsAtTheMarket, by hand: £10,000 passing, £8,000 in the market and no
// growth; the lease ends on 1 October 2027 and is renewed: 5,000 + 4,000, then
// 8,000. A renewal while it is reviewed upward only may go down all the same.
func TestRenewalIsAtTheMarket(t *testing.T) {
	l := lease.Lease{Rent: 10000, Market: 8000, Expiry: "2027-10-01", Review: lease.UpwardOnly, NextReview: "2026-10-01", Renews: true}
	f := flows(t, l, steady(4), lease.Exit{})
	for i, want := range []float64{10000, 9000, 8000, 8000} {
		near(t, "rent", f.Rent[i], want, 1e-9)
	}
	l.HoldingOverMonths, l.HoldingOverRate = 6, 1.2
	near(t, "held over first", flows(t, l, steady(4), lease.Exit{}).Rent[1], 5000+6000, 1e-9)
}
