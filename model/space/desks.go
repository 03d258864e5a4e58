// Package space knows demand for desks and rooms and the capacity that meets
// it. It refuses to know money, carbon and storage.
package space

import "math"

// Team is a group of people who share desks.
type Team struct {
	People   int
	InOffice float64 // mean share of the team in on a weekday, 0–1
	Spread   float64 // standard deviation of that share from day to day beyond chance, 0–1
}

// Demand is the distribution of how many of the team are in on one weekday:
// Demand[k] is the probability that k are in. Each person is in with
// probability p; when Spread is positive p itself varies from day to day as a
// beta distribution with mean InOffice and standard deviation Spread, which
// makes the count beta-binomial. (Skellam, J. G., 1948, "A probability
// distribution derived from the binomial distribution", JRSS B 10(2).)
func (t Team) Demand() []float64 {
	n := max(t.People, 0)
	out := make([]float64, n+1)
	p := math.Min(1, math.Max(0, t.InOffice))
	switch {
	case p == 0:
		out[0] = 1
		return out
	case p == 1:
		out[n] = 1
		return out
	}
	a, b, beta := t.shape(p)
	for k := range out {
		lc := lchoose(n, k)
		if beta {
			out[k] = math.Exp(lc + lbeta(float64(k)+a, float64(n-k)+b) - lbeta(a, b))
		} else {
			out[k] = math.Exp(lc + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
		}
	}
	return out
}

// shape gives the beta parameters for the mean and spread, and whether there
// are any: a spread as large as a coin's own is cut to just under it.
func (t Team) shape(p float64) (a, b float64, ok bool) {
	v := t.Spread * t.Spread
	if v <= 1e-12 {
		return 0, 0, false
	}
	if limit := p * (1 - p) * 0.99; v > limit {
		v = limit
	}
	s := p*(1-p)/v - 1
	return p * s, (1 - p) * s, true
}

// Short is the probability that more people come in than there are desks.
func (t Team) Short(desks int) float64 {
	p := 0.0
	for k, q := range t.Demand() {
		if k > desks {
			p += q
		}
	}
	return math.Min(1, p)
}

// DesksFor is the smallest number of desks with which everyone finds one with
// at least the chance given.
func DesksFor(t Team, level float64) int {
	c := 0.0
	d := t.Demand()
	for k, q := range d {
		c += q
		if c >= level-1e-12 {
			return k
		}
	}
	return len(d) - 1
}

func lchoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

func lbeta(a, b float64) float64 {
	x, _ := math.Lgamma(a)
	y, _ := math.Lgamma(b)
	z, _ := math.Lgamma(a + b)
	return x + y - z
}
