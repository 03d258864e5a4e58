package risk

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/planting-the-flag/flagstone/model"
)

// Kind is a family of distributions.
type Kind string

// The families.
const (
	Fixed      Kind = "fixed"
	Uniform    Kind = "uniform"
	Triangular Kind = "triangular"
	PERT       Kind = "pert"
	Normal     Kind = "normal"
	Lognormal  Kind = "lognormal"
)

// Kinds lists the families.
var Kinds = []Kind{Fixed, Uniform, Triangular, PERT, Normal, Lognormal}

// Distribution is what an uncertain number may be. Which fields count depends on
// the family: Low and High are the ends of uniform, triangular and PERT, Mid the
// most likely value of the last two. A normal has the mean Mid and the standard
// deviation Spread; a lognormal the median Mid and the standard deviation Spread
// of its logarithm; a fixed number is Mid.
type Distribution struct {
	Kind           Kind
	Low, Mid, High float64
	Spread         float64
}

// Check reports what makes the distribution impossible.
func (d Distribution) Check() error {
	bad := func(f string, a ...any) error {
		return model.Invalid("distribution", fmt.Sprintf("the %s distribution ", d.Kind)+fmt.Sprintf(f, a...))
	}
	for _, v := range []float64{d.Low, d.Mid, d.High, d.Spread} {
		if !model.Finite(v) || math.Abs(v) > 1e15 {
			return bad("holds a number that cannot be used")
		}
	}
	switch d.Kind {
	case Fixed:
	case Uniform:
		if d.Low > d.High {
			return bad("goes from %g down to %g", d.Low, d.High)
		}
	case Triangular, PERT:
		if d.Low > d.Mid || d.Mid > d.High {
			return bad("has the ends %g and %g and most likely %g, which must lie between them", d.Low, d.High, d.Mid)
		}
	case Normal:
		if d.Spread < 0 {
			return bad("has a negative standard deviation")
		}
	case Lognormal:
		if d.Mid <= 0 || d.Spread < 0 || d.Spread > 5 {
			return bad("needs a median above 0 and a standard deviation of its logarithm from 0 to 5")
		}
	default:
		return model.Invalid("distribution", fmt.Sprintf("%q is not a distribution; the distributions are %v", d.Kind, Kinds))
	}
	return nil
}

// sure reports whether there is only one value that it can take.
func (d Distribution) sure() bool {
	switch d.Kind {
	case Uniform, Triangular, PERT:
		return !(d.High > d.Low)
	case Normal, Lognormal:
		return d.Spread == 0
	}
	return true
}

// scaled multiplies the values of the distribution.
func (d Distribution) scaled(by float64) Distribution {
	d.Low, d.Mid, d.High = d.Low*by, d.Mid*by, d.High*by
	if by < 0 {
		d.Low, d.High = d.High, d.Low
	}
	if d.Kind == Normal {
		d.Spread *= math.Abs(by)
	}
	return d
}

// Quantile is the value that is not passed with the chance p, for p between 0
// and 1. The distribution must have passed Check.
func (d Distribution) Quantile(p float64) float64 {
	return d.quantiles()(p)
}

// quantiles prepares Quantile for many values of p.
func (d Distribution) quantiles() func(p float64) float64 {
	if d.sure() {
		v := d.Mid
		if d.Kind == Uniform {
			v = d.Low
		}
		return func(float64) float64 { return v }
	}
	switch d.Kind {
	case Uniform:
		return distuv.Uniform{Min: d.Low, Max: d.High}.Quantile
	case Triangular:
		return distuv.NewTriangle(d.Low, d.High, d.Mid, nil).Quantile
	case PERT:
		b := d.beta()
		return func(p float64) float64 { return d.Low + (d.High-d.Low)*b.Quantile(p) }
	case Lognormal:
		return distuv.LogNormal{Mu: math.Log(d.Mid), Sigma: d.Spread}.Quantile
	}
	return distuv.Normal{Mu: d.Mid, Sigma: d.Spread}.Quantile
}

// beta is the PERT distribution between 0 and 1. Malcolm, Roseboom, Clark and
// Fazar (1959), in the usual form with weight 4 on the most likely value.
func (d Distribution) beta() distuv.Beta {
	w := d.High - d.Low
	return distuv.Beta{Alpha: 1 + 4*(d.Mid-d.Low)/w, Beta: 1 + 4*(d.High-d.Mid)/w}
}

// Mean is the expected value.
func (d Distribution) Mean() float64 {
	switch d.Kind {
	case Uniform:
		return d.Low + (d.High-d.Low)/2
	case Triangular:
		return d.Low/3 + d.Mid/3 + d.High/3
	case PERT:
		return d.Low/6 + d.Mid*4/6 + d.High/6
	case Lognormal:
		return d.Mid * math.Exp(d.Spread*d.Spread/2)
	}
	return d.Mid
}
