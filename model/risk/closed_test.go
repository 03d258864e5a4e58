package risk_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/model/risk"
)

// TestQuantiles holds quantiles to formulae that are not gonum's: the triangular and uniform ones inverted by hand, published
// tables of the normal, and the beta distribution integrated step by step.
func TestQuantiles(t *testing.T) {
	tri := risk.Distribution{Kind: risk.Triangular, Low: 10, Mid: 12, High: 20}
	for _, p := range []float64{0, 0.05, 0.1, 0.2, 0.5, 0.9, 1} {
		want := 20 - math.Sqrt((1-p)*10*8)
		if p < 0.2 {
			want = 10 + math.Sqrt(p*10*2)
		}
		within(t, fmt.Sprintf("triangular at %g", p), tri.Quantile(p), want, 1e-12)
	}
	within(t, "mean of a triangular", tri.Mean(), 14, 1e-12)
	within(t, "uniform", risk.Distribution{Kind: risk.Uniform, Low: -3, High: 5}.Quantile(0.25), -1, 1e-12)
	normal := risk.Distribution{Kind: risk.Normal, Mid: 100, Spread: 15}
	for p, z := range map[float64]float64{0.5: 0, 0.9: 1.2815515655, 0.975: 1.9599639845, 0.01: -2.3263478740} { // NIST/SEMATECH, section 1.3.6.7.1
		within(t, fmt.Sprintf("normal at %g", p), normal.Quantile(p), 100+15*z, 1e-6)
	}
	within(t, "lognormal P90", risk.Distribution{Kind: risk.Lognormal, Mid: 4, Spread: 0.5}.Quantile(0.9), 4*math.Exp(0.5*1.2815515655), 1e-8)

	pert := risk.Distribution{Kind: risk.PERT, Low: 0, Mid: 2, High: 10}
	a, b := 1+4*0.2, 1+4*0.8
	const n = 200_000
	density := func(x float64) float64 { return math.Pow(x, a-1) * math.Pow(1-x, b-1) }
	total, area := 0.0, 0.0
	for i := range n {
		total += density((float64(i) + 0.5) / n)
	}
	for i := range n {
		area += density((float64(i) + 0.5) / n)
		for _, p := range []float64{0.1, 0.5, 0.9} {
			if before := area - density((float64(i)+0.5)/n); before/total < p && area/total >= p {
				within(t, fmt.Sprintf("PERT at %g", p), pert.Quantile(p), 10*(float64(i)+0.5)/n, 1e-3)
			}
		}
	}
	within(t, "mean of a PERT", pert.Mean(), 18.0/6, 1e-12)
}

// TestSumOfNormals: the sum of independent normal amounts is normal, mean and variance added.
func TestSumOfNormals(t *testing.T) {
	values := []float64{-100_000, 250_000, 40_000, -7_000}
	sd := []float64{0.10, 0.20, 0.05, 0.5}
	c := compare(t, sums(values...))
	spec, mean, variance := "", 0.0, 0.0
	for i, v := range values {
		spec += fmt.Sprintf(`,{"key":"amount:%c","distribution":"normal","mean":1,"sd":%g}`, 'a'+i, sd[i])
		mean += v
		variance += v * sd[i] * v * sd[i]
	}
	const n = 40_000
	r := run(t, c, model1(t, c, `{"only":true,"drivers":[`+spec[1:]+`]}`), risk.Options{Draws: n, Seed: 7})
	o, s := r.Option("x2").NPSV, math.Sqrt(variance)
	within(t, "planned", o.Planned, mean, 0.001)
	within(t, "mean", o.Mean, mean, 4*s/math.Sqrt(n))
	within(t, "standard deviation", o.SD, s, 4*s/math.Sqrt(2*n))
	// The standard error of a quantile is √(p(1−p)/n) over the density there: 0.1755/σ at P10 and P90, 0.3989/σ at P50.
	tail, middle := 4*math.Sqrt(0.09/n)*s/0.1755, 4*math.Sqrt(0.25/n)*s/0.3989
	within(t, "P10", o.P10, mean-1.2815515655*s, tail)
	within(t, "P50", o.P50, mean, middle)
	within(t, "P90", o.P90, mean+1.2815515655*s, tail)
	negative := math.Erfc(mean/s/math.Sqrt2) / 2
	within(t, "chance below nought", o.Negative, negative, 4*math.Sqrt(negative*(1-negative)/n)+1e-6)
	within(t, "chance of being best", o.Best, 1-negative, 4*math.Sqrt(negative*(1-negative)/n)+1e-6)
	within(t, "chance of the baseline being best", r.Option("x1").NPSV.Best, negative, 4*math.Sqrt(negative*(1-negative)/n)+1e-6)
	within(t, "reported standard error", o.MeanError, s/math.Sqrt(n), 0.02*s/math.Sqrt(n))
	within(t, "reported error of quantiles", o.QuantileError, 1.96*math.Sqrt(0.09/n)*s/0.1755, 0.35*1.96*math.Sqrt(0.09/n)*s/0.1755)
}

// TestSumOfTriangulars: mean, variance and third moment of a triangular are known, and add.
func TestSumOfTriangulars(t *testing.T) {
	values := []float64{100_000, -60_000, 30_000}
	const lo, mid, hi = 0.6, 1.0, 1.8
	mean1 := (lo + mid + hi) / 3
	var1 := (lo*lo + mid*mid + hi*hi - lo*mid - lo*hi - mid*hi) / 18
	c := compare(t, sums(values...))
	spec, mean, variance := "", 0.0, 0.0
	for i, v := range values {
		spec += fmt.Sprintf(`,{"key":"amount:%c","distribution":"triangular","low":%g,"mode":%g,"high":%g}`, 'a'+i, lo, mid, hi)
		mean += v * mean1
		variance += v * v * var1
	}
	const n = 40_000
	o := run(t, c, model1(t, c, `{"only":true,"drivers":[`+spec[1:]+`]}`), risk.Options{Draws: n, Seed: 3}).Option("x2").NPSV
	within(t, "mean", o.Mean, mean, 4*math.Sqrt(variance/n))
	within(t, "standard deviation", o.SD, math.Sqrt(variance), 4*math.Sqrt(variance/(2*n)))
	// One alone: its quantiles are known.
	one := run(t, c, model1(t, c, `{"only":true,"drivers":[{"key":"amount:a","distribution":"triangular","low":0.6,"mode":1,"high":1.8}]}`), risk.Options{Draws: n, Seed: 4}).Option("x2")
	p10, p90 := lo+math.Sqrt(0.1*(hi-lo)*(mid-lo)), hi-math.Sqrt(0.1*(hi-lo)*(hi-mid))
	within(t, "P10 of one", one.NPSV.P10, 100_000*p10-30_000, 1500)
	within(t, "P90 of one", one.NPSV.P90, 100_000*p90-30_000, 1500)
	within(t, "tornado, low end", one.Tornado[0].NPSV[0], 100_000*p10-30_000, 0.001)
	within(t, "tornado, high end", one.Tornado[0].NPSV[1], 100_000*p90-30_000, 0.001)
}

// TestCorrelationIsRecovered: of two normal amounts the variance of the sum tells the correlation, by matrix and by group.
func TestCorrelationIsRecovered(t *testing.T) {
	const n, a, b = 40_000, 100_000.0, 60_000.0
	c := compare(t, sums(a, b))
	for _, rho := range []float64{-0.95, -0.6, 0, 0.3, 0.9} {
		const drivers = `{"only":true,"drivers":[{"key":"amount:a","distribution":"normal","mean":1,"sd":0.1},{"key":"amount:b","distribution":"normal","mean":1,"sd":0.1}],`
		specs := []string{fmt.Sprintf(drivers+`"correlation":{"keys":["amount:b","amount:a"],"matrix":[[1,%g],[%g,1]]}}`, rho, rho)}
		if rho >= 0 {
			specs = append(specs, fmt.Sprintf(drivers+`"groups":[{"name":"both","keys":["amount:*"],"correlation":%g}]}`, rho))
		}
		for _, spec := range specs {
			sd := run(t, c, model1(t, c, spec), risk.Options{Draws: n, Seed: 11}).Option("x2").NPSV.SD
			got := (sd*sd - (a*a+b*b)*0.01) / (2 * a * b * 0.01)
			// Standard error of the variance is √(2/n) of it; of a correlation from it, that over 2ab.
			want2 := (a*a + b*b + 2*rho*a*b) * 0.01
			within(t, "correlation by "+spec[len(drivers):len(drivers)+8], got, rho, 4*(want2*math.Sqrt(2.0/n)+(a*a+b*b)*0.01*math.Sqrt(2.0/n))/(2*a*b*0.01))
		}
	}
}

// TestMatrixOfThree recovers every pair of a matrix by looking at two amounts at a time.
func TestMatrixOfThree(t *testing.T) {
	const n = 40_000
	m := [3][3]float64{{1, 0.7, -0.2}, {0.7, 1, 0.4}, {-0.2, 0.4, 1}}
	for i := range 3 {
		for j := range i {
			values := []float64{0.0001, 0.0001, 0.0001}
			values[i], values[j] = 1e5, 1e5
			c := compare(t, sums(values...))
			spec := fmt.Sprintf(`{"only":true,"drivers":[{"key":"amount:a","distribution":"normal","mean":1,"sd":0.1},{"key":"amount:b","distribution":"normal","mean":1,"sd":0.1},{"key":"amount:c","distribution":"normal","mean":1,"sd":0.1}],
				"correlation":{"keys":["amount:a","amount:b","amount:c"],"matrix":[[%g,%g,%g],[%g,%g,%g],[%g,%g,%g]]}}`, m[0][0], m[0][1], m[0][2], m[1][0], m[1][1], m[1][2], m[2][0], m[2][1], m[2][2])
			sd := run(t, c, model1(t, c, spec), risk.Options{Draws: n, Seed: 5}).Option("x2").NPSV.SD
			within(t, fmt.Sprintf("correlation of %d and %d", i, j), sd*sd/(2e10*0.01)-1, m[i][j], 0.04)
		}
	}
}

// TestASlipMovesEverything: an amount that comes so many years later is worth that much less, by the Green Book's 3.5 %.
func TestASlipMovesEverything(t *testing.T) {
	c := compare(t, sums(100_000, -20_000))
	o := run(t, c, model1(t, c, `{"only":true,"drivers":[{"key":"delay","distribution":"fixed","value":3}]}`), risk.Options{Draws: 10, Seed: 1}).Option("x2").NPSV
	within(t, "planned", o.Planned, 80_000, 0.001)
	within(t, "three years late", o.P50, 80_000/math.Pow(1.035, 3), 0.01)
	within(t, "spread", o.SD, 0, 0.001)
	half := run(t, c, model1(t, c, `{"only":true,"drivers":[{"key":"delay","distribution":"fixed","value":1.5}]}`), risk.Options{Draws: 10, Seed: 1}).Option("x2").NPSV
	within(t, "a year and a half late", half.P50, 80_000*(1/1.035+1/1.035/1.035)/2, 0.01)
}
