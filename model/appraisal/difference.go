package appraisal

import (
	"fmt"
	"math"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Cause is one reason why a figure differs between two runs. The causes of a
// figure add to its difference.
type Cause struct {
	Label string
	Value float64 // £
}

// Difference is a scenario's figure in two runs of the same project.
type Difference struct {
	Scenario model.ScenarioID
	Name     string
	Figure   string
	Unit     string
	From, To float64
	Causes   []Cause // largest first; none for figures that are not a sum
}

// Differences sets two runs of the same project side by side, under two
// parameter sets or two schedules, and says of each present value how much of
// the difference is discounting, carbon, and each category of money.
func Differences(a, b *Comparison) ([]Difference, error) {
	if a.BaseYear != b.BaseYear || a.Years != b.Years {
		return nil, model.Invalid("horizon", fmt.Sprintf("one run covers %d years from %d and the other %d from %d", a.Years, a.BaseYear, b.Years, b.BaseYear))
	}
	if a.PriceBase != b.PriceBase {
		return nil, model.Invalid("price base", fmt.Sprintf("one run is in %d prices and the other in %d prices: restate one of them", a.PriceBase, b.PriceBase))
	}
	baseA, baseB := a.Result(a.Baseline), b.Result(b.Baseline)
	if baseA == nil || baseB == nil {
		return nil, model.NotFound("baseline scenario", string(a.Baseline))
	}
	var out []Difference
	for i := range a.Options {
		x := &a.Options[i]
		y := b.Result(x.Scenario.ID)
		if y == nil {
			return nil, model.NotFound("scenario in the second run", x.Scenario.Name)
		}
		add := func(figure, unit string, from, to float64, causes []Cause) {
			out = append(out, Difference{x.Scenario.ID, x.Scenario.Name, figure, unit, from, to, causes})
		}
		add("npsv", "£", x.NPSV, y.NPSV, causes(a, b, x.Economic, y.Economic, func() []Cause {
			list := byCategory(b, moneyChange(x, baseA), moneyChange(y, baseB))
			return append(list, Cause{"value of carbon", PresentValue(minus(y.CarbonValue, x.CarbonValue), b.Discount)})
		}))
		add("npv_public", "£", x.NPVPublic, y.NPVPublic, causes(a, b, x.Cash, y.Cash, nil))
		add("annual_equivalent", "£/year", x.AnnualEquivalent, y.AnnualEquivalent, nil)
		add("carbon_total", "tCO2e", x.CarbonTotal, y.CarbonTotal, nil)
		if x.BCR != nil && y.BCR != nil {
			add("bcr", "ratio", *x.BCR, *y.BCR, nil)
		}
	}
	return out, nil
}

// causes splits the difference of two present values: the first run's flows at
// the second's rates less at its own, then the change in flows at the second's
// rates. The detail splits the latter; what it does not reach is "other".
func causes(a, b *Comparison, from, to []float64, detail func() []Cause) []Cause {
	out := []Cause{{"discounting", PresentValue(from, b.Discount) - PresentValue(from, a.Discount)}}
	flows := PresentValue(minus(to, from), b.Discount)
	if detail != nil {
		for _, c := range detail() {
			out = append(out, c)
			flows -= c.Value
		}
	}
	out = append(out, Cause{"other changes in flows", flows})
	kept := out[:0]
	for _, c := range out {
		if math.Abs(c.Value) >= halfPenny {
			kept = append(kept, c)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool { return math.Abs(kept[i].Value) > math.Abs(kept[j].Value) })
	return kept
}

func moneyChange(r, base *Result) map[ledger.Category][]float64 {
	out := map[ledger.Category][]float64{}
	for k, row := range r.ByCategory {
		ledger.AddTo(rowOf(out, k, len(row)), row, 1)
	}
	for k, row := range base.ByCategory {
		ledger.AddTo(rowOf(out, k, len(row)), row, -1)
	}
	return out
}

func byCategory(b *Comparison, from, to map[ledger.Category][]float64) []Cause {
	diff := map[ledger.Category]float64{}
	for k, row := range to {
		diff[k] += PresentValue(row, b.Discount)
	}
	for k, row := range from {
		diff[k] -= PresentValue(row, b.Discount)
	}
	var out []Cause
	for k, v := range diff {
		out = append(out, Cause{string(k), v})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Label < out[j].Label })
	return out
}
