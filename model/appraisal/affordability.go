package appraisal

import (
	"fmt"
	"math"
	"slices"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Funding says how a plan is paid for. Its zero value borrows everything that
// receipts do not cover.
type Funding struct {
	Body model.OrganisationID // whose books; empty for all public bodies together

	Grants   map[int]float64 // £ nominal by financial year, for capital only
	Reserves map[int]float64 // £ nominal by financial year, for capital only
	Revenue  map[int]float64 // £ nominal by financial year, capital paid from revenue

	HoldReceipts   bool    // keep receipts instead of spending them on capital
	ReceiptCostCap float64 // share of a receipt that its own costs of sale may take from it; the rest is revenue
	Flexible       bool    // flexible use of receipts for the revenue costs of change, within FlexibleFrom to FlexibleTo
	FlexibleFrom   int
	FlexibleTo     int

	Loan Loan // rate, years and kind; the principal is worked out
	MRP  MRP
	// Operational gives the financial year in which what was built in a year
	// comes into use; the provision begins the year after. Nil: the year after
	// spending.
	Operational func(spent int) int

	Inflation map[ledger.Category]float64 // nominal growth a year of a category, from the base year; others take general inflation
	VATRate   float64                     // on capital spending
	VATSticks float64                     // share of it that cannot be recovered
}

// Affordability is a scenario as cash in the money of each year. Costs are
// negative, except in Capital and Debt, where spending and debt are positive.
type Affordability struct {
	Scenario model.ScenarioID
	BaseYear int
	Years    int
	Body     model.OrganisationID
	Currency string // ISO 4217

	Revenue   map[ledger.Category][]float64 // £ nominal by year, change against the baseline
	Capital   []float64                     // spending, VAT that sticks included, change
	VAT       []float64                     // of which VAT that sticks
	Receipts  []float64                     // change
	SaleCosts []float64                     // of which charged to receipts

	FromGrants    []float64
	FromReserves  []float64
	FromReceipts  []float64
	FromRevenue   []float64
	FromBorrowing []float64
	ReceiptsLeft  []float64 // unspent at the end of each year
	FlexibleUse   []float64 // receipts that paid for revenue costs of change

	Interest  []float64
	Principal []float64 // loans repaid
	MRP       []float64 // provision charged to revenue
	Debt      []float64 // loans outstanding at the end of each year
	CFR       []float64 // capital financing requirement: borrowed and not yet provided for

	NetRevenue []float64 // running costs, interest, provision and capital paid from revenue: the effect on the budget
	NetCash    []float64 // everything that moves money, loans included
	Bridge     Bridge
	Notes      []string
}

// Afford reads the streams of an option as nominal cash: the same streams as the
// economic view, a second reading.
func Afford(c *Comparison, scenario model.ScenarioID, f Funding) (*Affordability, error) {
	option, base, err := c.pair(scenario)
	if err != nil {
		return nil, err
	}
	a, err := newAffordability(c, scenario, f)
	if err != nil {
		return nil, err
	}
	if err := a.nominal(c, f, option, base); err != nil {
		return nil, err
	}
	if err := a.fund(f); err != nil {
		return nil, err
	}
	a.net()
	if err := a.bridge(c, f, option, base); err != nil {
		return nil, err
	}
	return a, a.finite()
}

func newAffordability(c *Comparison, scenario model.ScenarioID, f Funding) (*Affordability, error) {
	for _, n := range []named{{"VAT rate", f.VATRate}, {"share of VAT that cannot be reclaimed", f.VATSticks}, {"cap on costs of sale", f.ReceiptCostCap}} {
		what, v := n.what, n.v
		if !(v >= 0 && v <= 1) {
			return nil, model.Invalid(what, fmt.Sprintf("the %s is %g; it must be a fraction between 0 and 1", what, v))
		}
	}
	for cat, g := range f.Inflation {
		if !model.Finite(g) || g <= -1 {
			return nil, model.Invalid("inflation", fmt.Sprintf("inflation of %s is %g; it must be above -100 %%", cat, g))
		}
	}
	for _, n := range []struct {
		what string
		v    map[int]float64
	}{{"grant", f.Grants}, {"reserve", f.Reserves}, {"revenue contribution", f.Revenue}} {
		what, m := n.what, n.v
		for y, v := range m {
			if !model.Finite(v) || v < 0 {
				return nil, model.Invalid(what, fmt.Sprintf("the %s of %s is £%g; it must not be negative", what, model.FinancialYear(y), v))
			}
			if y < c.BaseYear || y >= c.BaseYear+c.Years {
				return nil, model.Invalid(what, fmt.Sprintf("there is a %s for %s, outside the horizon", what, model.FinancialYear(y)))
			}
		}
	}
	a := &Affordability{Scenario: scenario, BaseYear: c.BaseYear, Years: c.Years, Body: f.Body, Currency: c.currency(), Revenue: map[ledger.Category][]float64{}}
	for _, row := range a.rows() {
		*row = make([]float64, c.Years)
	}
	return a, nil
}

// rows lists every yearly row but the categories of revenue.
func (a *Affordability) rows() []*[]float64 {
	return []*[]float64{&a.Capital, &a.VAT, &a.Receipts, &a.SaleCosts, &a.FromGrants, &a.FromReserves, &a.FromReceipts, &a.FromRevenue, &a.FromBorrowing,
		&a.ReceiptsLeft, &a.FlexibleUse, &a.Interest, &a.Principal, &a.MRP, &a.Debt, &a.CFR, &a.NetRevenue, &a.NetCash}
}

// inflators gives, for a category, the factor from real money in the price base
// to the money of each year.
func inflators(c *Comparison, f Funding) (func(ledger.Category) []float64, error) {
	p, ok := c.Paths["deflator"]
	if !ok {
		return nil, model.NotFound("path", "deflator")
	}
	general := make([]float64, c.Years)
	for t := range general {
		general[t] = p.At(c.BaseYear + t)
	}
	cache := map[ledger.Category][]float64{}
	return func(k ledger.Category) []float64 {
		g, own := f.Inflation[k]
		if !own {
			return general
		}
		row := cache[k]
		if row == nil {
			row = make([]float64, c.Years)
			for t := range row {
				row[t] = general[0] * math.Pow(1+g, float64(t))
			}
			cache[k] = row
		}
		return row
	}, nil
}

// counts says whether a stream's cash is on the books asked for.
func counts(r *runner, s *ledger.Stream, body model.OrganisationID) bool {
	if !ledger.IsMoney(s) || !ledger.IsCash(s) {
		return false
	}
	if body != "" {
		return s.Payer == body
	}
	return r.isPublic(s.Payer)
}

// nominal restates the change in cash in the money of each year and sorts it
// into revenue, capital, receipts and VAT.
func (a *Affordability) nominal(c *Comparison, f Funding, option, base *Result) error {
	r, err := newRunner(c)
	if err != nil {
		return err
	}
	by, err := inflators(c, f)
	if err != nil {
		return err
	}
	add := func(res *Result, sign float64) {
		for i := range res.Plan.Streams {
			s := &res.Plan.Streams[i]
			if !counts(r, s, f.Body) {
				continue
			}
			flow, infl := res.Flows.Row(i), by(s.Category)
			capital := s.Capital || s.Category == ledger.CatReceipt
			var row []float64
			if !capital {
				row = rowOf(a.Revenue, s.Category, c.Years)
			}
			for t, v := range flow {
				x := sign * v * infl[t]
				switch {
				case !capital:
					row[t] += x
				case v > 0:
					a.Receipts[t] += x
				default:
					a.Capital[t] -= x
					a.VAT[t] -= x * f.VATRate * f.VATSticks
				}
			}
		}
	}
	add(option, 1)
	add(base, -1)
	ledger.AddTo(a.Capital, a.VAT, 1)
	for _, row := range a.Revenue {
		dust(row)
	}
	for _, row := range [][]float64{a.Capital, a.VAT, a.Receipts} {
		dust(row)
	}
	return nil
}

// dust turns what rounding leaves of amounts that cancel into 0.
func dust(row []float64) {
	for t, v := range row {
		if math.Abs(v) < 1e-6 {
			row[t] = 0
		}
	}
}

// Categories lists the categories of revenue in order of name.
func (a *Affordability) Categories() []ledger.Category {
	var out []ledger.Category
	for k := range a.Revenue {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// net adds up what reaches the revenue budget and what reaches the bank.
func (a *Affordability) net() {
	for _, k := range a.Categories() { // in a fixed order, so that the last digit is always the same
		ledger.AddTo(a.NetRevenue, a.Revenue[k], 1)
	}
	ledger.AddTo(a.NetCash, a.NetRevenue, 1)
	for _, row := range [][]float64{a.Interest, a.MRP, a.FromRevenue} {
		ledger.AddTo(a.NetRevenue, row, -1)
	}
	// Costs of sale and costs of change that receipts paid for do not fall on
	// revenue; the cash is the same.
	ledger.AddTo(a.NetRevenue, a.SaleCosts, 1)
	ledger.AddTo(a.NetRevenue, a.FlexibleUse, 1)
	ledger.AddTo(a.NetCash, a.Capital, -1)
	ledger.AddTo(a.NetCash, a.Receipts, 1)
	ledger.AddTo(a.NetCash, a.FromGrants, 1)
	ledger.AddTo(a.NetCash, a.FromBorrowing, 1)
	ledger.AddTo(a.NetCash, a.Interest, -1)
	ledger.AddTo(a.NetCash, a.Principal, -1)
}

func (a *Affordability) finite() error {
	for _, row := range a.rows() {
		for _, v := range *row {
			if !model.Finite(v) {
				return model.Invalid("affordability", "the cash view holds an amount that is not a finite number")
			}
		}
	}
	return nil
}
