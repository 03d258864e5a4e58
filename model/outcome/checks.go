package outcome

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Check is one thing that must hold of every comparison.
type Check struct {
	What   string `json:"what"`
	Detail string `json:"detail"`
	OK     bool   `json:"ok"`
}

// Checks reconciles a comparison: people and floor area in equal people and
// floor area out in every year, money by category equals money by total, NPSV
// equals the discounted yearly figures.
func Checks(c *appraisal.Comparison) []Check {
	var out []Check
	for i := range c.Options {
		r := &c.Options[i]
		add := func(what string, worst, allowed float64, unit string) {
			out = append(out, Check{What: r.Scenario.Name + ": " + what, Detail: fmt.Sprintf("largest difference %.2g %s", worst, unit), OK: worst <= allowed})
		}
		add("people in = people out in every year", steady(r, ledger.CatPeople, seated(c.Project)), 1e-6, "FTE")
		add("floor area occupied, spare, vacant, converted and released = floor area held", steady(r, ledger.CatArea, held(c.Project)), 1e-6, "m²")
		economic := ledger.Sum(r.Plan.Streams, r.Flows, ledger.IsEconomic)
		worst := 0.0
		for y, v := range economic {
			for _, row := range r.ByCategory {
				v -= row[y]
			}
			worst = math.Max(worst, math.Abs(v))
		}
		add("£ by category = £ in total in every year", worst, 0.005, "£")
		npsv := 0.0
		for y, v := range r.Economic {
			npsv += v * c.Discount[y]
		}
		add("NPSV = discounted yearly figures", math.Abs(npsv-r.NPSV), 0.005, "£")
	}
	return out
}

func steady(r *appraisal.Result, cat ledger.Category, want float64) float64 {
	worst := 0.0
	for _, v := range ledger.Sum(r.Plan.Streams, r.Flows, func(s *ledger.Stream) bool { return s.Ledger == ledger.Space && s.Category == cat }) {
		worst = math.Max(worst, math.Abs(v-want))
	}
	return worst
}

func seated(p *model.Project) float64 {
	total := 0.0
	for _, o := range p.Occupations {
		if s := p.Service(o.Service); s != nil && p.Asset(o.Asset) != nil {
			total += s.FTE.Value * o.Share
		}
	}
	return total
}

func held(p *model.Project) float64 {
	total := 0.0
	for i := range p.Assets {
		if f := p.Assets[i].FloorArea; f.Known() && f.Value > 0 {
			total += f.Value
		}
	}
	return total
}
