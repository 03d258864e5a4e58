package appraisal

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
)

// Repayment is how a loan is paid back.
type Repayment string

// The two kinds of loan of the Public Works Loan Board that a plan needs.
const (
	AnnuityLoan Repayment = "annuity" // the same payment every year
	EIPLoan     Repayment = "equal instalments of principal"
)

// Loan is money borrowed at the end of a year; the first payment falls a year
// later.
type Loan struct {
	Principal float64
	Rate      float64 // a year, as a fraction
	Years     int
	Kind      Repayment
}

// Payment is one year of a loan.
type Payment struct{ Interest, Principal, Balance float64 }

// Schedule is every payment of a loan. Annuity: payment = P·r ÷ (1 − (1+r)^−n).
func (l Loan) Schedule() ([]Payment, error) {
	switch {
	case !model.Finite(l.Principal) || l.Principal < 0:
		return nil, model.Invalid("loan", fmt.Sprintf("the loan is £%g; it must not be negative", l.Principal))
	case !model.Finite(l.Rate) || l.Rate < 0 || l.Rate > 1:
		return nil, model.Invalid("loan rate", fmt.Sprintf("the loan rate is %g; it must be a fraction between 0 and 1", l.Rate))
	case l.Years < 1 || l.Years > 100:
		return nil, model.Invalid("loan term", fmt.Sprintf("the loan runs for %d years; it must be 1 to 100", l.Years))
	case l.Kind != "" && l.Kind != AnnuityLoan && l.Kind != EIPLoan:
		return nil, model.Invalid("loan", fmt.Sprintf("a loan cannot be repaid by %q", l.Kind))
	}
	level := l.Principal / float64(l.Years)
	if l.Kind != EIPLoan && l.Rate > 0 {
		level = l.Principal * l.Rate / (1 - math.Pow(1+l.Rate, -float64(l.Years)))
	}
	out := make([]Payment, l.Years)
	balance := l.Principal
	for i := range out {
		p := Payment{Interest: balance * l.Rate}
		switch {
		case i == l.Years-1:
			p.Principal = balance
		case l.Kind == EIPLoan:
			p.Principal = level
		default:
			p.Principal = level - p.Interest
			if l.Rate == 0 {
				p.Principal = level
			}
		}
		balance -= p.Principal
		p.Balance = balance
		out[i] = p
	}
	return out, nil
}

// MRPMethod is how a council sets money aside to repay debt.
type MRPMethod string

// The two asset-life methods of the statutory guidance.
const (
	MRPEqual   MRPMethod = "equal instalments"
	MRPAnnuity MRPMethod = "annuity"
)

// MRP is the minimum revenue provision for spending that was borrowed for.
type MRP struct {
	Method  MRPMethod
	Life    int     // years of the asset's life
	Rate    float64 // of the annuity method, usually the loan rate for that life
	MaxLife int     // longest life allowed; 0 stands for the guidance's 50
}

// Charges is the provision of each year of an asset's life. Equal instalments:
// (A − B) ÷ C. Annuity: A·r(1+r)^(k−1) ÷ ((1+r)^n − 1). Statutory guidance on
// minimum revenue provision, asset life method.
func (m MRP) Charges(amount float64) ([]float64, error) {
	longest := m.MaxLife
	if longest == 0 {
		longest = 50
	}
	switch {
	case !model.Finite(amount) || amount < 0:
		return nil, model.Invalid("provision", fmt.Sprintf("the amount to provide for is £%g; it must not be negative", amount))
	case m.Life < 1 || m.Life > longest:
		return nil, model.Invalid("asset life", fmt.Sprintf("the asset life is %d years; it must be 1 to %d unless a qualified opinion supports longer", m.Life, longest))
	case !model.Finite(m.Rate) || m.Rate < 0 || m.Rate > 1:
		return nil, model.Invalid("provision rate", fmt.Sprintf("the rate of the provision is %g; it must be a fraction between 0 and 1", m.Rate))
	}
	out := make([]float64, m.Life)
	n, r := float64(m.Life), m.Rate
	switch {
	case m.Method == "" || m.Method == MRPEqual || m.Method == MRPAnnuity && r == 0:
		for k := range out {
			out[k] = amount / n
		}
	case m.Method == MRPAnnuity:
		for k := range out {
			out[k] = amount * r * math.Pow(1+r, float64(k)) / (math.Pow(1+r, n) - 1)
		}
	default:
		return nil, model.Invalid("provision", fmt.Sprintf("the provision cannot be made by %q", m.Method))
	}
	return out, nil
}
