package appraisal

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
)

// Compounding is how often interest is added.
type Compounding int

// The compounding periods a scheme may be financed on.
const (
	Yearly    Compounding = 1
	Quarterly Compounding = 4
)

// Basis is what a developer's profit is reckoned on.
type Basis string

// The bases of profit.
const (
	OnValue Basis = "value" // of the net development value
	OnCost  Basis = "cost"  // of all costs, finance included, land not
)

// Scheme is one part of a development, in £ of one price base.
type Scheme struct {
	Label string

	Rent  float64 // £ a year when let; 0 for a scheme that is sold
	Yield float64 // at which the rent is capitalised
	Sales float64 // £ from sales; added to the value of the rent

	PurchasersCosts float64 // fraction of the value that an investor deducts for costs of buying
	Build           float64 // £
	Fees            float64 // fraction of build
	Contingency     float64 // fraction of build
	Other           float64 // £: infrastructure, planning obligations, remediation
	LettingCosts    float64 // fraction of the first year's rent
	SaleCosts       float64 // fraction of the net value

	Rate       float64     // finance, a year
	Compounded Compounding // 0 is yearly
	BuildYears float64
	VoidYears  float64 // from completion until let or sold
	BuildShare float64 // share of the build cost on which finance runs over the build period; 0 means one half
	VoidShare  float64 // share of all cost on which finance runs over the void; 0 means the whole

	Profit   float64
	ProfitOn Basis // empty is on value
}

// Residual is what is left for the land, and every step on the way. Amounts
// are £; costs are positive.
type Residual struct {
	GrossValue   float64
	Purchasers   float64
	NetValue     float64 // net development value
	Build        float64
	Fees         float64
	Contingency  float64
	Other        float64
	Letting      float64
	Selling      float64
	FinanceBuild float64
	FinanceVoid  float64
	Profit       float64
	AtCompletion float64 // net value − costs − finance − profit, at the end of build and void
	Land         float64 // what can be paid today: AtCompletion less the interest the land itself would bear
	Statement    string  // how finance was reckoned
}

// Residual works a scheme out: income or sales value, less purchaser's costs,
// build, fees, other costs, letting costs (on rent), sale costs (on net value),
// finance and profit. A negative result says that the scheme needs that much
// help; it is not cut off at nothing.
func (s Scheme) Residual() (*Residual, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	r := &Residual{}
	r.GrossValue = s.Sales
	if s.Rent > 0 {
		r.GrossValue += s.Rent / s.Yield
	}
	r.NetValue = r.GrossValue / (1 + s.PurchasersCosts)
	r.Purchasers = r.GrossValue - r.NetValue
	r.Build, r.Fees, r.Contingency, r.Other = s.Build, s.Build*s.Fees, s.Build*s.Contingency, s.Other
	r.Letting, r.Selling = s.Rent*s.LettingCosts, r.NetValue*s.SaleCosts

	buildShare, voidShare := orDefault(s.BuildShare, 0.5), orDefault(s.VoidShare, 1)
	works := r.Build + r.Fees + r.Contingency + r.Other
	r.FinanceBuild = works * buildShare * s.growth(s.BuildYears)
	r.FinanceVoid = (works + r.FinanceBuild) * voidShare * s.growth(s.VoidYears)
	costs := works + r.Letting + r.Selling + r.FinanceBuild + r.FinanceVoid
	switch s.ProfitOn {
	case OnCost:
		r.Profit = costs * s.Profit
	default:
		r.Profit = r.NetValue * s.Profit
	}
	r.AtCompletion = r.NetValue - costs - r.Profit
	r.Land = r.AtCompletion / (1 + s.growth(s.BuildYears+s.VoidYears))
	every := "year"
	if s.Compounded == Quarterly {
		every = "quarter"
	}
	r.Statement = fmt.Sprintf("Finance at %g %% a year compounded every %s: on %g %% of works over %g years of build, on %g %% of all cost over %g years of void, and on the land throughout.",
		s.Rate*100, every, buildShare*100, s.BuildYears, voidShare*100, s.VoidYears)
	return r, nil
}

// growth is the interest on £1 over some years.
func (s Scheme) growth(years float64) float64 {
	n := float64(s.Compounded)
	if n == 0 {
		n = float64(Yearly)
	}
	return math.Pow(1+s.Rate/n, n*years) - 1
}

func (s Scheme) check() error {
	for _, n := range []named{{"rent", s.Rent}, {"sales", s.Sales}, {"purchaser's costs", s.PurchasersCosts}, {"build cost", s.Build}, {"fees", s.Fees},
		{"contingency", s.Contingency}, {"other costs", s.Other}, {"letting costs", s.LettingCosts}, {"costs of sale", s.SaleCosts}, {"years of build", s.BuildYears},
		{"years of void", s.VoidYears}, {"profit", s.Profit}, {"finance rate", s.Rate}, {"share of build financed", s.BuildShare}, {"share of void financed", s.VoidShare}} {
		what, v := n.what, n.v
		if !model.Finite(v) || v < 0 {
			return model.Invalid(what, fmt.Sprintf("%s: the %s is %g; it must not be negative", s.Label, what, v))
		}
	}
	if s.Rent > 0 && !(s.Yield > 0) {
		return model.Invalid("yield", fmt.Sprintf("%s: a rent needs a yield to be capitalised at; it is %g", s.Label, s.Yield))
	}
	if s.Compounded != 0 && s.Compounded != Yearly && s.Compounded != Quarterly {
		return model.Invalid("compounding", fmt.Sprintf("%s: interest is compounded %d times a year; it must be 1 or 4", s.Label, s.Compounded))
	}
	if s.ProfitOn != "" && s.ProfitOn != OnValue && s.ProfitOn != OnCost {
		return model.Invalid("profit", fmt.Sprintf("%s: profit is on %q; it must be on value or on cost", s.Label, s.ProfitOn))
	}
	return nil
}

func orDefault(v, def float64) float64 {
	if v == 0 {
		return def
	}
	return v
}
