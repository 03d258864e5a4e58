package appraisal

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// categorySwitches says by what share all the money of a category, as a change
// against the baseline, would have to move.
func categorySwitches(c *Comparison, option, base *Result, l *lenses) []Switch {
	see := l.npsv(c.Discount)
	sums := map[ledger.Category]float64{}
	grades := map[ledger.Category]model.Grade{}
	add := func(r *Result, sign float64) {
		for i := range r.Plan.Streams {
			s := &r.Plan.Streams[i]
			if !ledger.IsEconomic(s) {
				continue
			}
			sums[s.Category] += sign * see(s, r.Flows.Row(i))
			if g, ok := grades[s.Category]; ok {
				grades[s.Category] = model.Weakest(g, s.Grade)
			} else {
				grades[s.Category] = s.Grade
			}
		}
	}
	add(option, 1)
	add(base, -1)
	var out []Switch
	for k, v := range sums {
		s := Switch{Key: "category:" + string(k), Label: allOf(k), Unit: "£ present value, change", Now: v, Grade: grades[k]}
		if math.Abs(v) > halfPenny {
			s.At = v - option.NPSV
			s.Change = s.At/v - 1
			s.Reached = true
		} else {
			s.Note = fmt.Sprintf("the option does not change %s", k)
		}
		out = append(out, s)
	}
	return out
}

// carbonSwitch says by what share all carbon values would have to move.
func carbonSwitch(option *Result) *Switch {
	if math.Abs(option.PVCarbon) <= halfPenny {
		return nil
	}
	at := option.PVCarbon - option.NPSV
	return &Switch{Key: "carbon", Label: "All values of carbon", Unit: "£ present value, change", Now: option.PVCarbon, At: at, Change: at/option.PVCarbon - 1, Reached: true, Grade: model.Benchmark}
}

// rateSwitch is the single discount rate at which the option is worth nothing:
// its internal rate of return to society. Flows that change sign more than once
// may have several; the one nearest to the rate in use is given.
func rateSwitch(c *Comparison, option *Result) Switch {
	s := Switch{Key: "discount", Label: "Discount rate, the same in every year", Unit: "fraction a year", Grade: model.Benchmark}
	if len(c.Discount) > 1 {
		s.Now = 1/c.Discount[1] - 1
	}
	at := func(rate float64) float64 {
		v, f := 0.0, 1.0
		for _, x := range option.Economic {
			v += x * f
			f /= 1 + rate
		}
		return v
	}
	const lowest, highest, step = -0.3, 1.0, 0.005
	best, found := 0.0, 0
	for r := lowest; r < highest; r += step {
		lo, hi := at(r), at(r+step)
		if (lo < 0) == (hi < 0) || math.Abs(lo) <= halfPenny && math.Abs(hi) <= halfPenny {
			continue
		}
		x, err := bisect(func(x float64) (float64, error) { return at(x), nil }, r, r+step, lo, 1e-6)
		if err != nil {
			continue
		}
		found++
		if found == 1 || math.Abs(x-s.Now) < math.Abs(best-s.Now) {
			best = x
		}
	}
	switch {
	case found == 0:
		s.Note = "no rate between -30 % and 100 % brings the net present social value to nothing"
		return s
	case found > 1:
		s.Note = fmt.Sprintf("the flows change sign more than once: %d rates do it, and this is the nearest", found)
	}
	s.Reached, s.At = true, best
	if s.Now != 0 {
		s.Change = best/s.Now - 1
	}
	return s
}

// SwitchFlow is the value of one year's cost or benefit at which the present
// value of a row is 0, everything else as it is.
func SwitchFlow(flows, discount []float64, year int) (at, change float64, err error) {
	if year < 0 || year >= len(flows) || flows[year] == 0 {
		return 0, 0, model.Invalid("year", fmt.Sprintf("year %d holds nothing that could change", year))
	}
	pv := PresentValue(flows, discount)
	at = flows[year] - pv/discount[year]
	return at, at/flows[year] - 1, nil
}

// allOf names everything of a category.
func allOf(k ledger.Category) string {
	switch k {
	case ledger.CatReceipt:
		return "All sale receipts"
	case ledger.CatBacklog:
		return "All repairs and failures from backlog"
	case ledger.CatManual:
		return "All typed or pasted rows"
	}
	return "All " + string(k)
}
