package appraisal

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// DefaultFunding is the usual starting point of a plan: receipts pay for capital
// first, 25-year annuity loans for the rest at the rate in the assumption book,
// and equal instalments over the same life. The rate is a placeholder until the
// day's rate is entered.
func DefaultFunding(c *Comparison) (Funding, error) {
	rate, ok := c.Book.Get("pwlb.rate.25")
	if !ok {
		return Funding{}, model.NotFound("assumption", "pwlb.rate.25")
	}
	f := Funding{Loan: Loan{Rate: rate.Value, Years: 25, Kind: AnnuityLoan}, MRP: MRP{Method: MRPEqual, Life: 25, Rate: rate.Value}}
	for key, into := range map[string]*float64{"sale.cost_cap": &f.ReceiptCostCap, "works.vat": &f.VATRate} {
		if a, ok := c.Book.Get(key); ok {
			*into = a.Value
		}
	}
	f.VATSticks = 1
	if a, ok := c.Book.Get("mrp.max_life"); ok {
		f.MRP.MaxLife = int(a.Value)
	}
	return f, nil
}

// fund pays for capital year by year: grants first, then capital paid from
// revenue, reserves, receipts that have come in, and loans for the rest.
// Receipts pay for capital or repay debt; they do not pay for revenue, except
// for the costs of change in the years a direction allows it.
func (a *Affordability) fund(f Funding) error {
	held := 0.0
	var late float64
	for t := range a.Years {
		year := a.BaseYear + t
		a.chargeSaleCosts(f, t)
		held += a.Receipts[t] - a.SaleCosts[t]
		if f.Flexible && year >= f.FlexibleFrom && year <= f.FlexibleTo {
			if use := min(max(held, 0), max(-a.costsOfChange(t), 0)); use > 0 {
				a.FlexibleUse[t] = use
				held -= use
			}
		}
		need := max(a.Capital[t], 0)
		if a.Capital[t] < 0 { // the option spends less than the baseline would have: that much need not be borrowed
			a.FromBorrowing[t] = a.Capital[t]
		}
		take := func(into []float64, offered float64) {
			x := min(need, max(offered, 0))
			into[t] = x
			need -= x
		}
		take(a.FromGrants, f.Grants[year])
		take(a.FromRevenue, f.Revenue[year])
		take(a.FromReserves, f.Reserves[year])
		if !f.HoldReceipts {
			take(a.FromReceipts, held)
			held -= a.FromReceipts[t]
		}
		if need > 0 {
			a.FromBorrowing[t] = need
		}
		a.ReceiptsLeft[t] = held
		late = held
		for _, offer := range []struct {
			what          string
			offered, used float64
		}{{"grant", f.Grants[year], a.FromGrants[t]}, {"contribution from revenue", f.Revenue[year], a.FromRevenue[t]}, {"reserves", f.Reserves[year], a.FromReserves[t]}} {
			if lost := offer.offered - offer.used; lost > halfPenny {
				a.Notes = append(a.Notes, fmt.Sprintf("%s: %s of the %s has nothing to pay for and is left out.", model.FinancialYear(year), amount(a.Currency, lost), offer.what))
			}
		}
	}
	if late > halfPenny {
		a.Notes = append(a.Notes, fmt.Sprintf("%s of receipts is left at the end. Receipts may pay for capital or repay debt; they may not fund revenue, and may not stand in for the provision.", amount(a.Currency, late)))
	}
	return a.borrow(f)
}

// chargeSaleCosts takes the costs of a sale from its receipt up to the cap.
func (a *Affordability) chargeSaleCosts(f Funding, t int) {
	row := a.Revenue[ledger.CatSaleCost]
	if row == nil || row[t] >= 0 || a.Receipts[t] <= 0 {
		return
	}
	a.SaleCosts[t] = min(-row[t], f.ReceiptCostCap*a.Receipts[t])
}

// costsOfChange is the revenue cost of making the change happen: double running,
// moves and fit-out that is not capital. It is negative.
func (a *Affordability) costsOfChange(t int) float64 {
	v := 0.0
	for _, k := range []ledger.Category{ledger.CatDouble, ledger.CatFitOut} {
		if row := a.Revenue[k]; row != nil {
			v += min(row[t], 0)
		}
	}
	return v
}

// borrow draws a loan for each year's borrowing and sets the provision aside.
// Borrowing that the option avoids is a loan of the baseline that is not taken.
func (a *Affordability) borrow(f Funding) error {
	any := false
	for _, v := range a.FromBorrowing {
		any = any || v != 0
	}
	if !any {
		return nil
	}
	debt, provided := 0.0, 0.0
	principal, interest, charge := make([]float64, a.Years), make([]float64, a.Years), make([]float64, a.Years)
	for t, amount := range a.FromBorrowing {
		if amount == 0 {
			continue
		}
		size, sign := amount, 1.0
		if size < 0 {
			size, sign = -size, -1
		}
		l := f.Loan
		l.Principal = size
		pays, err := l.Schedule()
		if err != nil {
			return err
		}
		for i, p := range pays {
			if k := t + 1 + i; k < a.Years {
				interest[k] += sign * p.Interest
				principal[k] += sign * p.Principal
			}
		}
		charges, err := f.MRP.Charges(size)
		if err != nil {
			return err
		}
		year := a.BaseYear + t
		begins := year + 1
		if f.Operational != nil {
			begins = max(begins, f.Operational(year)+1)
		}
		for i, p := range charges {
			if k := begins - a.BaseYear + i; k < a.Years {
				charge[k] += sign * p
			}
		}
	}
	for t := range a.Years {
		debt += a.FromBorrowing[t] - principal[t]
		provided += a.FromBorrowing[t] - charge[t]
		a.Debt[t], a.CFR[t] = clean(debt), clean(provided)
	}
	a.Interest, a.Principal, a.MRP = interest, principal, charge
	return nil
}
