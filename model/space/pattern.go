package space

import "math"

// Weekdays is how many days of the week desks are counted on.
const Weekdays = 5

// Pattern is when a team comes in: the mean share of it on each weekday. Where
// the days are fixed by rota that share comes and no more; where people choose,
// each comes or does not, and the number is a distribution.
type Pattern struct {
	Days   [Weekdays]float64 // 0–1, Monday first
	Fixed  bool
	Spread float64 // as in Team
}

// Hybrid is the pattern of a team that works so many days a week elsewhere. By
// rota every weekday is alike. Chosen days crowd: the busiest, taken as
// Wednesday, has peak times the mean, and the others share what is left.
func Hybrid(home, peak, spread float64, fixed bool) Pattern {
	p := Pattern{Fixed: fixed, Spread: spread}
	mean := math.Max(0, Weekdays-home) / Weekdays
	top := math.Min(1, mean*math.Max(peak, 1))
	if fixed {
		top = mean
	}
	for d := range p.Days {
		p.Days[d] = (Weekdays*mean - top) / (Weekdays - 1)
	}
	p.Days[2] = top
	return p
}

// On is the distribution of how many of n people are in on a weekday.
func (p Pattern) On(day, n int) []float64 {
	if !p.Fixed {
		return Team{People: n, InOffice: p.Days[day], Spread: p.Spread}.Demand()
	}
	in := int(math.Ceil(p.Days[day]*float64(n) - 1e-9))
	out := make([]float64, in+1)
	out[in] = 1
	return out
}

// Pool is the distribution of the sum of independent numbers of people: teams
// that share desks.
func Pool(parts ...[]float64) []float64 {
	sum := []float64{1}
	for _, p := range parts {
		next := make([]float64, len(sum)+len(p)-1)
		for i, a := range sum {
			if a < 1e-15 {
				continue // too rare to matter, and the tails are most of the work
			}
			for j, b := range p {
				next[i+j] += a * b
			}
		}
		sum = next
	}
	return sum
}

// Quantile is the smallest number that is not exceeded with at least the chance
// given.
func Quantile(dist []float64, level float64) int {
	c := 0.0
	for k, q := range dist {
		if c += q; c >= level-1e-12 {
			return k
		}
	}
	return len(dist) - 1
}

// Exceeds is the chance that the number is more than n.
func Exceeds(dist []float64, n float64) float64 {
	p := 0.0
	for k, q := range dist {
		if float64(k) > n+1e-9 {
			p += q
		}
	}
	return math.Min(1, p)
}

// Mean is the mean of a distribution of a number of people.
func Mean(dist []float64) float64 {
	m := 0.0
	for k, q := range dist {
		m += float64(k) * q
	}
	return m
}
