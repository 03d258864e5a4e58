package appraisal

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Bridge walks from the economic view to the cash view, one step a line, so that
// a reader sees that they are two readings of the same streams.
type Bridge struct {
	Lines []BridgeLine
	Gap   float64 // largest difference in any year between the walk and the cash view; 0 but for rounding
}

// BridgeLine is one step, £ by year. Total lines are running totals.
type BridgeLine struct {
	Label string
	Total bool
	Row   []float64
}

// Ties reports whether the walk ends where the cash view stands, to the penny.
func (b Bridge) Ties() bool { return b.Gap < 0.01 }

func (a *Affordability) bridge(c *Comparison, f Funding, option, base *Result) error {
	r, err := newRunner(c)
	if err != nil {
		return err
	}
	by, err := inflators(c, f)
	if err != nil {
		return err
	}
	n := c.Years
	row := func() []float64 { return make([]float64, n) }
	unpriced, others, transfers, inflation := row(), row(), row(), row()
	walk := func(res *Result, sign float64) {
		for i := range res.Plan.Streams {
			s := &res.Plan.Streams[i]
			if !ledger.IsMoney(s) {
				continue
			}
			flow := res.Flows.Row(i)
			mine := counts(r, s, a.Body)
			if mine {
				infl := by(s.Category)
				for t, v := range flow {
					inflation[t] += sign * v * (infl[t] - 1)
				}
			}
			switch {
			case ledger.IsEconomic(s) && mine:
			case ledger.IsEconomic(s) && !ledger.IsCash(s):
				ledger.AddTo(unpriced, flow, -sign)
			case ledger.IsEconomic(s):
				ledger.AddTo(others, flow, -sign)
			case mine:
				ledger.AddTo(transfers, flow, sign)
			}
		}
	}
	walk(option, 1)
	walk(base, -1)

	at := append([]float64(nil), option.Economic...)
	b := Bridge{}
	total := func(label string) {
		b.Lines = append(b.Lines, BridgeLine{label, true, append([]float64(nil), at...)})
	}
	step := func(label string, v []float64) {
		ledger.AddTo(at, v, 1)
		if !nothing(v) {
			b.Lines = append(b.Lines, BridgeLine{label, false, v})
		}
	}
	whose := "public bodies"
	if a.Body != "" {
		whose = string(a.Body)
		if o := c.Project.Organisation(a.Body); o != nil {
			whose = o.Name
		}
	}
	total("Value to society, real, change against the baseline")
	step("less the value of carbon, which nobody pays", scaled(option.CarbonValue, -1))
	if c.TaxBurden > 0 {
		step("less the uplift for the distortion of taxes", minus(minusAll(option, base), minus(option.Economic, option.CarbonValue)))
	}
	step("less other benefits that nobody pays for", unpriced)
	step("less what falls to others than "+whose, others)
	step("with transfers, which society neither gains nor loses by", transfers)
	total("Cash of " + whose + ", real")

	step("with inflation", inflation)
	total("Cash of " + whose + " in the money of each year, before VAT and financing")
	step("less VAT that cannot be reclaimed", scaled(a.VAT, -1))
	step("with grants", a.FromGrants)
	step("with loans drawn", a.FromBorrowing)
	step("less interest", scaled(a.Interest, -1))
	step("less loans repaid", scaled(a.Principal, -1))
	total("Net cash of " + whose)
	for t := range at {
		b.Gap = math.Max(b.Gap, math.Abs(at[t]-a.NetCash[t]))
	}
	a.Bridge = b
	if !b.Ties() {
		return fmt.Errorf("the cash view and the economic view differ by %s in some year: %w", amount(c.currency(), b.Gap), model.ErrConflict)
	}
	return nil
}

// minusAll is the change in economic flows without carbon or uplifts.
func minusAll(option, base *Result) []float64 {
	out := make([]float64, len(option.Economic))
	for _, row := range option.ByCategory {
		ledger.AddTo(out, row, 1)
	}
	for _, row := range base.ByCategory {
		ledger.AddTo(out, row, -1)
	}
	return out
}

func nothing(v []float64) bool {
	for _, x := range v {
		if math.Abs(x) >= halfPenny {
			return false
		}
	}
	return true
}

// PlanRow is one line of a medium-term financial plan, £ nominal by year.
type PlanRow struct {
	Label string
	Total bool
	Row   []float64
}

// MediumTerm is the effect on the revenue budget in the first years, by
// category, as a medium-term financial plan sets it out. Savings are positive.
func (a *Affordability) MediumTerm(years int) []PlanRow {
	n := min(max(years, 1), a.Years)
	var out []PlanRow
	add := func(label string, total bool, row []float64) {
		if total || !nothing(row[:n]) {
			out = append(out, PlanRow{label, total, append([]float64(nil), row[:n]...)})
		}
	}
	for _, k := range a.Categories() {
		add(string(k), false, a.Revenue[k])
	}
	add("costs of sale charged to receipts", false, a.SaleCosts)
	add("costs of change charged to receipts", false, a.FlexibleUse)
	add("capital paid from revenue", false, scaled(a.FromRevenue, -1))
	add("interest", false, scaled(a.Interest, -1))
	add("minimum revenue provision", false, scaled(a.MRP, -1))
	add("effect on the budget", true, a.NetRevenue)
	run, total := make([]float64, a.Years), 0.0
	for t, v := range a.NetRevenue {
		total += v
		run[t] = total
	}
	add("running total", true, run)
	return out
}
