package siting

import (
	"math"
	"slices"
)

// centre finds p sites with the least greatest distance: the least radius for
// which p sites cover everything (Minieka 1970), by bisection over the distances
// that occur.
func (r *run) centre() {
	if len(r.res.Uncoverable) > 0 {
		// No radius serves everyone; the rest is served as well as can be.
		r.res.Status = "infeasible"
	}
	radii := r.radii()
	lo, hi := 0, len(radii)-1
	var best []int
	for lo < hi {
		mid := (lo + hi) / 2
		s := r.cover(radii[mid])
		s.most = r.p.P
		sites, low := s.solve()
		switch {
		case sites != nil:
			best, hi = sites, mid
		case low > r.p.P:
			lo = mid + 1
		default:
			// Stopped before it was known: keep what is proven so far.
			r.finishCentre(radii, lo, hi, best)
			return
		}
	}
	if best == nil {
		s := r.cover(radii[hi])
		s.most = r.p.P
		best, _ = s.solve()
	}
	r.finishCentre(radii, lo, hi, best)
}

// radii lists the distances that could be the answer.
func (r *run) radii() []float64 {
	var out []float64
	for _, d := range r.coverable {
		for _, c := range r.allowed {
			if v := r.p.Distance[d][c]; !math.IsNaN(v) {
				out = append(out, v)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (r *run) finishCentre(radii []float64, lo, hi int, best []int) {
	status := r.res.Status
	if best == nil {
		best = r.spread(nil)
	} else {
		best = r.spread(best)
	}
	r.openAllowed(best)
	worst := 0.0
	for _, d := range r.coverable {
		near := math.Inf(1)
		for _, j := range best {
			if v := r.p.Distance[d][r.allowed[j]]; v < near {
				near = v
			}
		}
		worst = max(worst, near)
	}
	if math.IsInf(worst, 1) {
		r.res.Status, r.res.Bound = "infeasible", radii[lo]
		return
	}
	r.res.Objective, r.res.Bound = worst, min(radii[lo], worst)
	r.res.Gap = (r.res.Objective - r.res.Bound) / max(r.res.Objective, 1e-9)
	r.res.Status = "feasible"
	if r.res.Gap <= 1e-4 {
		r.res.Status = "optimal"
		if len(best) > 0 {
			r.coverTies(worst, best, 200)
		}
	}
	if status != "" {
		r.res.Status = status
	}
}

// spread fills a choice up to p sites with those that shorten distances most.
func (r *run) spread(chosen []int) []int {
	if chosen == nil {
		for j, c := range r.allowed {
			if slices.Contains(r.required, c) {
				chosen = append(chosen, j)
			}
		}
	}
	near := make([]float64, len(r.coverable))
	reach := func(i, j int) float64 {
		v := r.p.Distance[r.coverable[i]][r.allowed[j]]
		if math.IsNaN(v) {
			return 1e9
		}
		return v
	}
	for i := range near {
		near[i] = 2e9
		for _, j := range chosen {
			near[i] = min(near[i], reach(i, j))
		}
	}
	for len(chosen) < r.p.P {
		best, gain := -1, -1.0
		for j := range r.allowed {
			if slices.Contains(chosen, j) {
				continue
			}
			g := 0.0
			for i, d := range r.coverable {
				g += float64(max(0, near[i]-reach(i, j)) * max(r.p.Demands[d].Weight, 1e-9))
			}
			if g > gain {
				best, gain = j, g
			}
		}
		if best < 0 {
			break
		}
		chosen = append(chosen, best)
		for i := range near {
			near[i] = min(near[i], reach(i, best))
		}
	}
	return chosen
}
