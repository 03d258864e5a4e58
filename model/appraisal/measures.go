package appraisal

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// PresentValue discounts flows by year. Both begin in year 0 of the appraisal.
func PresentValue(flows, discount []float64) float64 {
	v := 0.0
	for t, f := range flows {
		v += f * discount[t]
	}
	return v
}

// AnnuityFactor is the present value of £1 a year in years 1 to n, where n is
// the last year discounted. Year 0 is not counted: Green Book 2022 A4 and the
// reference formula Σ_{t=1..n} DF_t.
func AnnuityFactor(discount []float64) float64 {
	v := 0.0
	for t := 1; t < len(discount); t++ {
		v += discount[t]
	}
	return v
}

// EquivalentAnnual is the yearly amount in years 1 to n that is worth as much as
// a present value. A horizon of the base year alone is its own equivalent.
func EquivalentAnnual(pv float64, discount []float64) float64 {
	if a := AnnuityFactor(discount); a > 0 {
		return pv / a
	}
	return pv
}

// halfPenny is the amount below which a sum of money is nothing.
const halfPenny = 0.005

// PaybackYear is the first financial year from which the running total of the
// flows is positive and stays so; nil when it never is.
func PaybackYear(flows []float64, base int) *int {
	total, since := 0.0, -1
	for t, f := range flows {
		total += f
		switch {
		case total <= halfPenny:
			since = -1
		case since < 0:
			since = t
		}
	}
	if since < 0 {
		return nil
	}
	y := base + since
	return &y
}

// OptimismBias is a project type's uplift of cost and what of it has been
// mitigated, as fractions.
type OptimismBias struct {
	Upper      float64
	Mitigation float64
}

// Uplift is what the cost is raised by: u(1−m). HM Treasury supplementary
// guidance on optimism bias; cost × (1 + u(1−m)).
func (o OptimismBias) Uplift() (float64, error) {
	if !model.Finite(o.Upper) || o.Upper < 0 {
		return 0, model.Invalid("optimism bias", fmt.Sprintf("the optimism bias is %g; it must not be negative", o.Upper))
	}
	if !(o.Mitigation >= 0 && o.Mitigation <= 1) {
		return 0, model.Invalid("mitigation", fmt.Sprintf("the mitigation is %g; it must be between 0 and 1", o.Mitigation))
	}
	return o.Upper * (1 - o.Mitigation), nil
}

// Share is a part of a mixed project and its optimism bias.
type Share struct{ Share, Bias float64 }

// MixedBias is the optimism bias of a mixed project: Σ share × bias. The shares
// must sum to 1.
func MixedBias(parts []Share) (float64, error) {
	total, u := 0.0, 0.0
	for _, p := range parts {
		if !model.Finite(p.Share) || !model.Finite(p.Bias) || p.Share < 0 {
			return 0, model.Invalid("share", fmt.Sprintf("a part of the project has the share %g and the bias %g", p.Share, p.Bias))
		}
		total += p.Share
		u += p.Share * p.Bias
	}
	if total < 1-1e-6 || total > 1+1e-6 {
		return 0, model.Invalid("shares", fmt.Sprintf("the shares of a mixed project sum to %g; they must sum to 1", total))
	}
	return u, nil
}

// Contributor is one factor behind an optimism-bias bound: its share of the
// bound, in per cent, and how far it is managed, from 0 to 1.
type Contributor struct{ Share, Managed float64 }

// ManagedBias is an upper bound less what its managed contributors account for,
// by the worked examples of Mott MacDonald's review (2002): a contributor of
// 22 % that is 40 % managed takes 8.8 % of the bound away.
func ManagedBias(upper float64, contributors []Contributor) (managed, bias float64, err error) {
	for _, c := range contributors {
		if !(c.Managed >= 0 && c.Managed <= 1) || !model.Finite(c.Share) || c.Share < 0 {
			return 0, 0, model.Invalid("contributor", fmt.Sprintf("a contributor has the share %g %% and is managed %g", c.Share, c.Managed))
		}
		managed += c.Share / 100 * c.Managed
	}
	if managed > 1+1e-9 {
		return 0, 0, model.Invalid("contributors", fmt.Sprintf("the contributors take %.1f %% of the bound away", managed*100))
	}
	o := OptimismBias{Upper: upper, Mitigation: min(managed, 1)}
	bias, err = o.Uplift()
	return managed, bias, err
}

// named is a number with the word that a refusal uses for it.
type named struct {
	what string
	v    float64
}
