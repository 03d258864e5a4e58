package appraisal

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// result makes a scenario's figures from its flows and the baseline's.
func (r *runner) result(s model.Scenario, v, b *view) Result {
	c := r.c
	res := Result{
		Scenario: s, Plan: v.plan, Flows: v.flows, Capex: v.capex, Receipts: v.receipts, RunningCostEnd: v.running,
		EnergyByFuel: v.energy, Area: v.area, People: v.people, DesksUse: v.desks, ByCategory: v.category,
		Cash: minus(v.cash, b.cash), ByBody: map[model.OrganisationID][]float64{}, EvidenceShare: map[model.Grade]float64{},
	}
	r.emissions(&res, v, b)
	res.Economic = minus(v.economic, b.economic)
	ledger.AddTo(res.Economic, res.CarbonValue, 1)

	purse := minus(v.consolidated, b.consolidated)
	goods := minus(v.economic, b.economic)
	if c.TaxBurden > 0 {
		ledger.AddTo(res.Economic, purse, c.TaxBurden)
		ledger.AddTo(goods, purse, c.TaxBurden)
	}
	pvGoods := PresentValue(goods, c.Discount)
	pvCarbon := map[Case]float64{}
	for k, value := range r.value {
		pvCarbon[k] = -PresentValue(times(res.CarbonChange, value), c.Discount)
	}
	res.PVCarbon = pvCarbon[c.CarbonCase]
	res.NPSV = pvGoods + res.PVCarbon
	res.NPSVLow, res.NPSVHigh = pvGoods+pvCarbon[Low], pvGoods+pvCarbon[High]
	res.NPVPublic = PresentValue(res.Cash, c.Discount)
	res.NetPresentCost = -PresentValue(v.cash, c.Discount)
	res.AnnualEquivalent = EquivalentAnnual(res.NPSV, c.Discount)
	res.PaybackYear = PaybackYear(res.Cash, c.BaseYear)

	res.PVPublicCost = clean(-PresentValue(purse, c.Discount))
	res.PVBenefits = res.NPSV + res.PVPublicCost*(1+c.TaxBurden)
	same := v == b
	res.BCR, res.BCRNote = ratio(res.PVBenefits, res.PVPublicCost*(1+c.TaxBurden), same, c.currency())
	if saved := -ledger.Total(res.CarbonChange); saved > 1e-9 {
		x := res.PVPublicCost / saved
		res.CostPerTonne = &x
	}
	if r.reduced != nil {
		npsv := PresentValue(res.Economic, r.reduced)
		cost := clean(-PresentValue(purse, r.reduced)) * (1 + c.TaxBurden)
		x := &Sensitivity{Schedule: "reduced", NPSV: npsv, NPVPublic: PresentValue(res.Cash, r.reduced)}
		x.BCR, _ = ratio(npsv+cost, cost, same, c.currency())
		res.Reduced = x
	}
	for o, row := range v.body {
		res.ByBody[o] = append([]float64(nil), row...)
	}
	for o, row := range b.body {
		ledger.AddTo(rowOf(res.ByBody, o, c.Years), row, -1)
	}
	total := 0.0
	for _, g := range append(model.Grades, model.NotKnown) {
		total += v.weight[g]
	}
	if total > 0 {
		for g, w := range v.weight {
			res.EvidenceShare[g] = w / total
		}
	}
	return res
}

// emissions fills the carbon figures: the footprint with conversion factors,
// the change with marginal ones.
func (r *runner) emissions(res *Result, v, b *view) {
	n := r.c.Years
	parts := CarbonParts{Energy: map[model.Fuel][]float64{}, Embodied: scaled(v.embodied, 0.001), Travel: scaled(v.travel, 0.001), Other: scaled(v.other, 0.001)}
	total := make([]float64, n)
	change := make([]float64, n)
	for _, f := range model.Fuels {
		kWh := v.energy[f]
		if kWh != nil {
			t := scaled(times(kWh, r.factors[f]), 0.001)
			parts.Energy[f] = t
			ledger.AddTo(total, t, 1)
			ledger.AddTo(change, times(kWh, r.change[f]), 0.001)
		}
		if old := b.energy[f]; old != nil {
			ledger.AddTo(change, times(old, r.change[f]), -0.001)
		}
	}
	for _, part := range [][]float64{parts.Embodied, parts.Travel, parts.Other} {
		ledger.AddTo(total, part, 1)
	}
	ledger.AddTo(change, v.direct, 0.001)
	ledger.AddTo(change, b.direct, -0.001)
	if v == b {
		clear(change)
	}
	res.CarbonByYear, res.CarbonTotal, res.CarbonChange, res.CarbonByPart = total, ledger.Total(total), change, parts
	res.CarbonValue = scaled(times(change, r.value[r.c.CarbonCase]), -1)
}

// ratio is the benefit-cost ratio and what it means, or why there is none.
func ratio(benefits, cost float64, same bool, currency string) (*float64, string) {
	switch {
	case same:
		return nil, "This is the baseline: there is nothing to compare it with."
	case math.Abs(cost) <= halfPenny:
		return nil, "No ratio: the option costs the public purse neither more nor less than the baseline. Judge it by its net present social value."
	case cost <= halfPenny && benefits >= cost:
		return nil, fmt.Sprintf("No ratio: the option costs the public purse nothing more than the baseline (it saves %s in present value). Judge it by its net present social value.", amount(currency, -cost))
	case cost <= halfPenny:
		return nil, fmt.Sprintf("No ratio: the option saves the public purse %s in present value and everybody else loses %s. Judge it by its net present social value.", amount(currency, -cost), amount(currency, -benefits))
	}
	x := benefits / cost
	return &x, "Present value of benefits (to everybody but the public purse, carbon included) over the present value of the net cost to the public purse (business rates and payments between public bodies left out). There is no pass mark."
}

// finite refuses a result that is not made of ordinary numbers.
func (res *Result) finite() error {
	for _, n := range []named{{"NPSV", res.NPSV}, {"NPSV with low carbon values", res.NPSVLow}, {"NPSV with high carbon values", res.NPSVHigh},
		{"NPV to the public purse", res.NPVPublic}, {"net present cost", res.NetPresentCost}, {"annual equivalent", res.AnnualEquivalent},
		{"capital cost", res.Capex}, {"receipts", res.Receipts}, {"running cost", res.RunningCostEnd}, {"carbon", res.CarbonTotal},
		{"benefits", res.PVBenefits}, {"public cost", res.PVPublicCost}} {
		name, v := n.what, n.v
		if !model.Finite(v) {
			return model.Invalid(name, fmt.Sprintf("the %s is not a finite number: some amount in the streams is too large", name))
		}
	}
	for _, n := range []struct {
		what string
		v    []float64
	}{{"economic flows", res.Economic}, {"cash", res.Cash}, {"carbon", res.CarbonByYear}, {"change in carbon", res.CarbonChange},
		{"value of carbon", res.CarbonValue}, {"area", res.Area}, {"people", res.People}, {"desks", res.DesksUse}} {
		name, rows := n.what, n.v
		for _, v := range rows {
			if !model.Finite(v) {
				return model.Invalid(name, fmt.Sprintf("the %s are not all finite numbers: some amount in the streams is too large", name))
			}
		}
	}
	return nil
}

// minus takes b from a. Where the two are the same but for the order in which
// their parts were added, the rest is rounding and becomes 0.
func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		if d := a[i] - b[i]; math.Abs(d) > 1e-12*math.Max(math.Abs(a[i]), math.Abs(b[i])) {
			out[i] = d
		}
	}
	return out
}

func times(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] * b[i]
	}
	return out
}

func scaled(a []float64, by float64) []float64 {
	out := make([]float64, len(a))
	for i, v := range a {
		if v != 0 { // 0 × −1 would be printed as −0
			out[i] = v * by
		}
	}
	return out
}

// clean turns a negative zero and rounding dust into zero.
func clean(v float64) float64 {
	if v > -1e-9 && v < 1e-9 {
		return 0
	}
	return v
}

// currency is the ISO code of the money in a comparison.
func (c *Comparison) currency() string {
	if c.Project.Currency != "" {
		return c.Project.Currency
	}
	return "GBP"
}

// symbols of the currencies that have a short one; others are written by code.
var symbols = map[string]string{"GBP": "£", "EUR": "€", "USD": "$"}

// amount writes whole units of a currency with thousands apart.
func amount(currency string, v float64) string {
	s := fmt.Sprintf("%.0f", v)
	sign := ""
	if s[0] == '-' {
		sign, s = "−", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	mark, ok := symbols[currency]
	if !ok {
		mark = currency + " "
	}
	return sign + mark + s
}
