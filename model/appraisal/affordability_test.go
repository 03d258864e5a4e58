package appraisal_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// spend is £1,000 of capital in 2026, £100 a year saved after, prices steady.
func spend(t *testing.T, more ...ledger.Stream) *appraisal.Comparison {
	t.Helper()
	capital := row("works", []float64{-1000})
	capital.Capital = true
	p, plans := place(t, 2026, 10, capital, row("saving", []float64{0, 100, 100, 100, 100, 100, 100, 100, 100, 100}))
	plans["option"].Streams = append(plans["option"].Streams, more...)
	zero := 0.0
	c, err := appraisal.Run(p, plans, appraisal.Options{Inflation: &zero})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func fiveYears() appraisal.Funding {
	return appraisal.Funding{Loan: appraisal.Loan{Rate: 0.05, Years: 5, Kind: appraisal.AnnuityLoan}, MRP: appraisal.MRP{Method: appraisal.MRPEqual, Life: 5}}
}

func afford(t *testing.T, c *appraisal.Comparison, f appraisal.Funding) *appraisal.Affordability {
	t.Helper()
	a, err := appraisal.Afford(c, "option", f)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestBorrowingReachesTheBudgetAsInterestAndProvision(t *testing.T) {
	a := afford(t, spend(t), fiveYears())
	near(t, "borrowed", a.FromBorrowing[0], 1000, 1e-9)
	payment := 1000 * 0.05 / (1 - math.Pow(1.05, -5))
	for y := 1; y <= 5; y++ {
		near(t, "loan payment", a.Interest[y]+a.Principal[y], payment, 1e-9)
		near(t, "provision", a.MRP[y], 200, 1e-9)
		near(t, "effect on the budget", a.NetRevenue[y], 100-a.Interest[y]-200, 1e-9)
		near(t, "cash", a.NetCash[y], 100-payment, 1e-9)
	}
	near(t, "first interest", a.Interest[1], 50, 1e-9)
	near(t, "year of works", a.NetCash[0], 0, 1e-9)
	near(t, "after the loan", a.NetRevenue[6], 100, 1e-9)
	near(t, "debt at the end", a.Debt[5], 0, 1e-9)
	near(t, "financing requirement after two years", a.CFR[2], 600, 1e-9)
	plan := a.MediumTerm(4)
	last := plan[len(plan)-1]
	if last.Label != "running total" || len(last.Row) != 4 {
		t.Fatalf("medium-term plan ends with %+v", last)
	}
	near(t, "running total", last.Row[3], a.NetRevenue[0]+a.NetRevenue[1]+a.NetRevenue[2]+a.NetRevenue[3], 1e-9)
}

func TestProvisionBeginsWhenTheBuildingIsInUse(t *testing.T) {
	f := fiveYears()
	f.Operational = func(spent int) int { return spent + 2 }
	a := afford(t, spend(t), f)
	for y, want := range []float64{0, 0, 0, 200, 200, 200, 200, 200, 0, 0} {
		near(t, "provision", a.MRP[y], want, 1e-9)
	}
	near(t, "interest does not wait", a.Interest[1], 50, 1e-9)
}

func TestEqualInstalmentsOfPrincipal(t *testing.T) {
	f := fiveYears()
	f.Loan.Kind = appraisal.EIPLoan
	a := afford(t, spend(t), f)
	for y := 1; y <= 5; y++ {
		near(t, "principal", a.Principal[y], 200, 1e-9)
		near(t, "interest", a.Interest[y], 0.05*(1000-200*float64(y-1)), 1e-9)
	}
}

func TestReceiptsPayForCapitalAndNeverForRevenue(t *testing.T) {
	receipt := ledger.Stream{ID: "sale", Label: "Sale", PriceBase: 2024, Unit: "£", Category: ledger.CatReceipt, Payer: "council", Quantity: 1500, First: 2026, Last: 2026, Capital: true, Grade: model.Stated}
	cost := receipt
	cost.ID, cost.Category, cost.Quantity, cost.Capital = "sale/cost", ledger.CatSaleCost, -90, false
	f := fiveYears()
	f.ReceiptCostCap = 0.04
	a := afford(t, spend(t, receipt, cost), f)
	near(t, "from receipts", a.FromReceipts[0], 1000, 1e-9)
	near(t, "borrowed", a.FromBorrowing[0], 0, 1e-9)
	near(t, "cost of sale within the cap", a.SaleCosts[0], 60, 1e-9)
	near(t, "the rest falls on revenue", a.NetRevenue[0], -30, 1e-9)
	near(t, "left", a.ReceiptsLeft[9], 440, 1e-9)
	if len(a.Notes) == 0 || !strings.Contains(a.Notes[len(a.Notes)-1], "may not fund revenue") {
		t.Errorf("notes: %v", a.Notes)
	}
	double := cost
	double.ID, double.Category, double.Quantity = "double", ledger.CatDouble, -200
	f.Flexible, f.FlexibleFrom, f.FlexibleTo = true, 2025, 2029
	a = afford(t, spend(t, receipt, cost, double), f)
	near(t, "flexible use", a.FlexibleUse[0], 200, 1e-9)
	near(t, "budget of the first year", a.NetRevenue[0], -30, 1e-9)
	f.FlexibleFrom, f.FlexibleTo = 2030, 2031
	a = afford(t, spend(t, receipt, cost, double), f)
	near(t, "outside the direction", a.NetRevenue[0], -230, 1e-9)
}

func TestVATThatSticksAndInflationByCategory(t *testing.T) {
	f := fiveYears()
	f.VATRate, f.VATSticks = 0.2, 0.25
	f.Inflation = map[ledger.Category]float64{ledger.CatManual: 0.03}
	a := afford(t, spend(t), f)
	near(t, "capital with VAT", a.Capital[0], 1050, 1e-9)
	near(t, "VAT", a.VAT[0], 50, 1e-9)
	near(t, "saving in the money of the year", a.Revenue[ledger.CatManual][4], 100*math.Pow(1.03, 4), 1e-9)
}

func TestBadFundingIsRefused(t *testing.T) {
	c := spend(t)
	for name, change := range map[string]func(*appraisal.Funding){
		"loan for no years":         func(f *appraisal.Funding) { f.Loan.Years = 0 },
		"life over the limit":       func(f *appraisal.Funding) { f.MRP.Life = 60 },
		"rate of 500 %":             func(f *appraisal.Funding) { f.Loan.Rate = 5 },
		"grant outside the horizon": func(f *appraisal.Funding) { f.Grants = map[int]float64{2050: 1} },
		"negative reserve":          func(f *appraisal.Funding) { f.Reserves = map[int]float64{2026: -1} },
		"VAT of 120 %":              func(f *appraisal.Funding) { f.VATRate = 1.2 },
		"inflation of -100 %":       func(f *appraisal.Funding) { f.Inflation = map[ledger.Category]float64{ledger.CatRent: -1} },
		"odd loan":                  func(f *appraisal.Funding) { f.Loan.Kind = "balloon" },
	} {
		f := fiveYears()
		change(&f)
		if _, err := appraisal.Afford(c, "option", f); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := appraisal.Afford(c, "zzz", fiveYears()); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("unknown scenario: %v", err)
	}
}
