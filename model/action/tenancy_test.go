package action_test

import (
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

func leave(year int) []model.Action {
	return []model.Action{{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"l"}, Year: year}, {Kind: model.ExitLease, Asset: "l", Year: year}}
}

// yearly is the flow of a category in the leased office, year by year.
func yearly(t *testing.T, p *model.Project, plan *action.Plan, cat ledger.Category) []float64 {
	t.Helper()
	m, err := ledger.Expand(plan.Streams, context(p, plan))
	if err != nil {
		t.Fatal(err)
	}
	return ledger.Sum(plan.Streams, m, func(s *ledger.Stream) bool {
		return s.Ledger == ledger.Money && s.Asset == "l" && s.Category == cat && !strings.Contains(s.ID, "/break")
	})
}

func says(plan *action.Plan, kind, words string) bool {
	for _, c := range plan.Conflicts {
		if c.Kind == kind && strings.Contains(c.Message, words) {
			return true
		}
	}
	return false
}

// TestRentRunsToTheBreak, by hand. Left in 2028/29, first break 29 September
// 2029: rent of £75,000 for three whole years, then for April to August and 28
// of 30 days of September, 5.9333 months: £75,000 × 5.9333 / 12 = £37,083.33.
// The empty building costs from April 2028, 17.9333 months at 500 m².
func TestRentRunsToTheBreak(t *testing.T) {
	p := place()
	p.Assets[2].Tenure.NoticeMonths = 6
	p.Assets[2].Tenure.Dilapidations = stated(40000)
	p.Assets[2].Extra = map[string]string{"Break penalty (£)": "£10,000"}
	p.Assumptions = []model.Assumption{{Key: "deflator.growth", Value: 0.025, Unit: "fraction a year"}}
	plan := build(t, p, scenario(leave(2028)...))
	rent := yearly(t, p, plan, ledger.CatRent)
	for i, want := range []float64{-75000, -75000, -75000, -37083.3333, 0, 0} {
		if math.Abs(rent[i]-want) > 0.01 {
			t.Errorf("rent of year %d: got %.2f, want %.2f", base+i, rent[i], want)
		}
	}
	rate, _ := book(t, p).Get("holding.vacant")
	near(t, "empty building", ledger.Total(yearly(t, p, plan, ledger.CatHolding)), -500*rate.Value*(12+5+28.0/30)/12)
	dilaps := yearly(t, p, plan, ledger.CatDilaps)
	near(t, "dilapidations in the year in which the lease ends", dilaps[3], -40000)
	// £10,000 of the money of 2029/30 is 10,000 / 1.025³ = £9,285.99 of that of 2026/27.
	near(t, "payment to break", inYear(t, p, plan, 2029, func(s *ledger.Stream) bool { return strings.HasSuffix(s.ID, "/break") }), -9285.99)
	c := plan.Closures[0]
	if c.LeaseEnds != "2029-09-29" || c.NoticeBy != "2029-03-29" || c.LeaseEnd != "break" || c.Gone != 2030 {
		t.Errorf("the closure says %+v", c)
	}
	if !says(plan, "before the lease can end", "2029/30 at the earliest") {
		t.Error(plan.Conflicts)
	}
}

// TestABreakMissedIsSaid: notice that had to be served before the appraisal
// begins, and a break before the building is left, both leave the expiry.
func TestABreakMissedIsSaid(t *testing.T) {
	p := place()
	p.Assets[2].Tenure.NoticeMonths = 48
	plan := build(t, p, scenario(leave(2029)...))
	if !says(plan, "break notice passed", "notice had to be served by 29 September 2025; the lease ends on 28 September 2034 instead") {
		t.Error(plan.Conflicts)
	}
	p = place()
	plan = build(t, p, scenario(leave(2030)...))
	if !says(plan, "before the lease can end", "because its break of 29 September 2029 has passed by then") {
		t.Error(plan.Conflicts)
	}
	rent := yearly(t, p, plan, ledger.CatRent)
	near(t, "rent goes on over the empty building", rent[2033-base], -75000)
	near(t, "to the expiry of 28 September 2034", rent[2034-base], -75000*(5+27.0/30)/12)
	if rent[2035-base] != 0 {
		t.Error(rent)
	}
}

// TestReviewedRent, by hand. Inflation 2 %, market rents grow with it, market
// rent £90,000. Review on 1 October 2027, 18 months on, upward only:
// 90,000 × 1.02^1.5 = £92,713.46 passing. 2027/28: (75,000 + 92,713.46) / 2 =
// 83,856.73, in the money of 2026/27 ÷ 1.02 = £82,212.48. 2028/29:
// 92,713.46 ÷ 1.02² = £89,113.28.
func TestReviewedRent(t *testing.T) {
	p := place()
	p.Assets[2].Tenure.Review = "2027-10-01"
	p.Assets[2].Extra = map[string]string{"ERV": "90000", "Rent review basis": "Upward only, open market"}
	p.Assumptions = []model.Assumption{{Key: "deflator.growth", Value: 0.02, Unit: "fraction a year"}}
	bau := build(t, p, &p.Scenarios[0])
	rent := yearly(t, p, bau, ledger.CatRent)
	for i, want := range []float64{-75000, -82212.48, -89113.28} {
		if math.Abs(rent[i]-want) > 0.01 {
			t.Errorf("rent of year %d: got %.2f, want %.2f", base+i, rent[i], want)
		}
	}
	for i := range bau.Streams {
		if s := &bau.Streams[i]; s.ID == "l/rent" {
			if s.Quantity != -75000 || len(s.Profile.Shares) == 0 || !strings.Contains(s.Source, "upward only to market every 5 years from 1 October 2027") {
				t.Errorf("the rent stays the input and its source says how it is reviewed: %+v", s)
			}
		}
	}
	// The same without the date of review keeps pace with prices, and says so.
	p.Assets[2].Tenure.Review, p.Assets[2].Extra = "", nil
	bau = build(t, p, &p.Scenarios[0])
	for _, v := range yearly(t, p, bau, ledger.CatRent) {
		near(t, "rent that keeps pace", v, -75000)
	}
	for i := range bau.Streams {
		if s := &bau.Streams[i]; s.ID == "l/rent" && !strings.Contains(s.Source, "rent reviews not known") {
			t.Error(s.Source)
		}
	}
}

// TestSublease: £12,000 to 1 October 2027 of an income of £20,000; the other
// £8,000 are the building's own. Fixed money: half of 12,000 ÷ 1.02 in the second year.
func TestSublease(t *testing.T) {
	p := place()
	p.Assets[2].Income = stated(20000)
	p.Assets[2].Extra = map[string]string{"Sublet rent": "12,000", "Sublease ends": "01/10/2027", "Rent free until": "2026-07-01"}
	p.Assumptions = []model.Assumption{{Key: "deflator.growth", Value: 0.02, Unit: "fraction a year"}}
	bau := build(t, p, &p.Scenarios[0])
	income := yearly(t, p, bau, ledger.CatIncome)
	near(t, "first year", income[0], 20000)
	near(t, "second year", income[1], 8000+6000/1.02)
	near(t, "third year", income[2], 8000)
	near(t, "nine months of rent", yearly(t, p, bau, ledger.CatRent)[0], -75000*0.75)
}

// TestALeaseOutlivesItsUse: rent goes on in a building that is mothballed.
func TestALeaseOutlivesItsUse(t *testing.T) {
	p := place()
	plan := build(t, p, scenario(model.Action{Kind: model.CoLocate, Asset: "b", From: []model.AssetID{"l"}, Year: 2027}, model.Action{Kind: model.Mothball, Asset: "l", Year: 2027}))
	near(t, "rent while mothballed", yearly(t, p, plan, ledger.CatRent)[8], -75000)
	p.Assets[2].Extra = map[string]string{"Break penalty": "see file"}
	if !says(build(t, p, &p.Scenarios[0]), "lease not readable", "break penalty “see file”") {
		t.Error("a figure that cannot be read is named")
	}
}
