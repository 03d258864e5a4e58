package carbon

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
)

// Target is a pledge: emissions of a base year, and what share of them is left
// by another.
type Target struct {
	Label string
	Base  int     // year of the emissions that the target starts from
	Year  int     // year by which it is to be met
	Left  float64 // share of the base year's emissions left in that year, 0 for none
}

// Pathway is the target year by year from the emissions of its base year:
// straight when steady is false, and otherwise by the same share every year (a
// target of nothing left is then taken as 1 % left, since no steady decline
// reaches nothing). After the target year it stays.
func (t Target) Pathway(emissions float64, first, years int, steady bool) (model.Path, error) {
	p := model.Path{Key: "target", Label: t.Label, Unit: "tCO2e", Start: first, Values: make([]float64, max(years, 0)), Grade: model.Stated, Source: t.Label}
	switch {
	case t.Year <= t.Base:
		return p, model.Invalid("target", fmt.Sprintf("the target year %d is not after its base year %d", t.Year, t.Base))
	case !(t.Left >= 0 && t.Left <= 1):
		return p, model.Invalid("target", fmt.Sprintf("the share left is %g; it must be between 0 and 1", t.Left))
	case !model.Finite(emissions) || emissions < 0:
		return p, model.Invalid("target", fmt.Sprintf("the emissions of the base year are %g t; they must not be negative", emissions))
	}
	left := t.Left
	if steady {
		left = max(left, 0.01)
	}
	for i := range p.Values {
		x := float64(first+i-t.Base) / float64(t.Year-t.Base)
		x = min(max(x, 0), 1)
		if steady {
			p.Values[i] = emissions * math.Pow(left, x)
		} else {
			p.Values[i] = emissions * (1 + (left-1)*x)
		}
	}
	return p, nil
}

// Budget is how much of a pathway's total is used: emissions and target summed
// over the years they share.
func Budget(actual, target model.Path) (used, allowed float64) {
	for y := max(actual.Start, target.Start); y < min(actual.Start+len(actual.Values), target.Start+len(target.Values)); y++ {
		used += actual.At(y)
		allowed += target.At(y)
	}
	return used, allowed
}
