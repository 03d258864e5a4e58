package outcome

import (
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/carbon"
)

// TargetKey is the assumption that holds the year by which nothing is to be
// emitted.
const TargetKey = "carbon.target_year"

// Target is the straight way from the baseline's emissions in the first year, t,
// to nothing in the target year; ok is false when there is no target, or
// nothing to bring down.
func Target(c *appraisal.Comparison) (p model.Path, ok bool) {
	if c == nil || c.Book == nil {
		return p, false
	}
	year, ok := c.Book.Get(TargetKey)
	if !ok || int(year.Value) <= c.BaseYear {
		return p, false
	}
	for i := range c.Options {
		o := &c.Options[i]
		if o.Scenario.ID != c.Baseline || len(o.CarbonByYear) == 0 || o.CarbonByYear[0] < 0.05 {
			continue
		}
		t := carbon.Target{Label: "target: nothing by " + model.FinancialYear(int(year.Value)), Base: c.BaseYear, Year: int(year.Value)}
		p, err := t.Pathway(o.CarbonByYear[0], c.BaseYear, c.Years, false)
		return p, err == nil
	}
	return p, false
}

// Stranded is the first year in which a scenario emits more than the target
// allows; nil when it never does, or there is no target.
func Stranded(c *appraisal.Comparison, r *appraisal.Result) *int {
	p, ok := Target(c)
	if !ok {
		return nil
	}
	y, err := carbon.StrandingYear(model.Path{Label: r.Scenario.Name, Start: c.BaseYear, Values: r.CarbonByYear}, p)
	if err != nil {
		return nil
	}
	return y
}
