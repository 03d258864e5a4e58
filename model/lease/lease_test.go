package lease_test

import (
	"errors"
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/lease"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

func steady(years int) lease.Calendar {
	return lease.Calendar{BaseYear: 2026, Years: years, StartMonth: 4}
}

func flows(t *testing.T, l lease.Lease, c lease.Calendar, e lease.Exit) *lease.Flows {
	t.Helper()
	f, err := l.Flows(c, e)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestALeaseRunsOutInThePartYearOfItsExpiry(t *testing.T) {
	l := lease.Lease{Rent: 12000, Expiry: "2028-10-01", Dilapidations: 50000}
	f := flows(t, l, steady(5), lease.Exit{})
	for i, want := range []float64{12000, 12000, 6000, 0, 0} {
		near(t, "rent", f.Rent[i], want, 1e-9)
	}
	near(t, "dilapidations", f.Dilapidations[2], 50000, 1e-9)
	l.HoldingOverMonths, l.HoldingOverRate = 9, 1.5
	f = flows(t, l, steady(5), lease.Exit{})
	near(t, "held over to the end of the year", f.Rent[2], 6000+6*1500, 1e-9)
	near(t, "and three months of the next", f.Rent[3], 3*1500, 1e-9)
	near(t, "dilapidations wait", f.Dilapidations[3], 50000, 1e-9)
}

func TestRentReviews(t *testing.T) {
	c := lease.Calendar{BaseYear: 2026, Years: 12, StartMonth: 4, Inflation: 0.02, Market: -0.01}
	l := lease.Lease{Rent: 10000, Review: lease.UpwardOnly, NextReview: "2028-04-01"}
	near(t, "never down", flows(t, l, c, lease.Exit{}).Passing[11], 10000, 1e-9)
	l.Review = lease.ToMarket
	near(t, "down with the market", flows(t, l, c, lease.Exit{}).Passing[2], 10000*math.Pow(0.99, 2), 1e-9)
	l.Review = lease.Indexed
	f := flows(t, l, c, lease.Exit{})
	near(t, "with the index since the start", f.Passing[2], 10000*math.Pow(1.02, 2), 1e-9)
	near(t, "and again after five years", f.Passing[7], 10000*math.Pow(1.02, 7), 1e-9)
	l.Collar, l.Cap = 0.03, 0.05
	near(t, "not below the collar", flows(t, l, c, lease.Exit{}).Passing[2], 10000*math.Pow(1.03, 2), 1e-9)
	l = lease.Lease{Rent: 10000, Review: lease.Stepped, Step: 0.1, NextReview: "2024-04-01", EveryYears: 3}
	f = flows(t, l, c, lease.Exit{})
	near(t, "a review before the start is over", f.Passing[0], 10000, 1e-9)
	near(t, "the next comes a period later", f.Passing[1], 11000, 1e-9)
	real := flows(t, lease.Lease{Rent: 12000}, c, lease.Exit{}).Rent
	if !(real[11] < real[0] && real[11] > 12000*math.Pow(1.02, -12)) {
		t.Errorf("a rent fixed in the money of the day shrinks in real terms: %v", real)
	}
}

func TestTheEarliestWayOutKeepsTheNotice(t *testing.T) {
	l := lease.Lease{Rent: 1, Breaks: []string{"2027-06-24", "2029-08-31"}, NoticeMonths: 6, BreakPenalty: 500, Expiry: "2035-03-25"}
	for decided, want := range map[string]lease.Exit{
		"2026-12-24": {Ends: "2027-06-24", Notice: "2026-12-24", Kind: "break", Penalty: 500},
		"2026-12-25": {Ends: "2029-08-31", Notice: "2029-02-28", Kind: "break", Penalty: 500},
		"2029-03-01": {Ends: "2035-03-25", Kind: "expiry"},
		"2036-01-10": {Ends: "2036-07-10", Notice: "2036-01-10", Kind: "notice"}, // holding over
	} {
		got, err := l.EarliestExit(decided)
		if err != nil || got != want {
			t.Errorf("decided %s: got %+v, %v", decided, got, err)
		}
	}
	if _, err := (lease.Lease{}).EarliestExit("2026-01-01"); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("no way out: %v", err)
	}
	if _, err := l.EarliestExit("1 May"); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("bad date: %v", err)
	}
}

func TestLeaseStreamsCarryTheFlows(t *testing.T) {
	l := lease.Lease{Rent: 12000, SubletRent: 2400, SubletEnds: "2027-04-01", Breaks: []string{"2028-10-01"}, BreakPenalty: 900, Dilapidations: 3000}
	exit, err := l.EarliestExit("2026-04-01")
	if err != nil {
		t.Fatal(err)
	}
	f := flows(t, l, steady(6), exit)
	like := ledger.Stream{ID: "a1", Asset: "a1", Payer: "council", PriceBase: 2024}
	streams := f.Streams(like, l, 2026, 0.5)
	m, err := ledger.Expand(streams, &ledger.Context{BaseYear: 2026, Years: 6, PriceBase: 2024})
	if err != nil {
		t.Fatal(err)
	}
	total := map[string]float64{}
	for i := range streams {
		total[streams[i].ID] = ledger.Total(m.Row(i))
	}
	for id, want := range map[string]float64{"a1/rent": -15000, "a1/sublet": 1200, "a1/dilapidations": -1500, "a1/penalty": -450} {
		near(t, id, total[id], want, 1e-9)
	}
}

func TestABadLeaseIsRefused(t *testing.T) {
	for name, l := range map[string]lease.Lease{
		"negative rent":        {Rent: -1},
		"not a date":           {Rent: 1, Expiry: "25/03/2029"},
		"rent not a number":    {Rent: math.NaN()},
		"collar above the cap": {Rent: 1, Collar: 0.05, Cap: 0.01},
		"step of -100 %":       {Rent: 1, Step: -1},
	} {
		if _, err := l.Flows(steady(3), lease.Exit{}); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func near(t testing.TB, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
