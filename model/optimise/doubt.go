package optimise

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// doubts says for each building how little a plan and the averaged plan of the
// bound agree about it: nought when they take the same action and put the same
// services there.
func (s *solver) doubts(f *found) []float64 {
	c := s.c
	v := make([]float64, c.nB)
	for i := range v {
		v[i] = 1 - s.d.y[f.act[i]]
	}
	for n := range c.nS {
		for _, k := range c.arcsOf(n) {
			if k == f.arc[n] {
				v[c.arcBld[k]] += mul(0.5, max(0, 1-s.d.x[k]))
			} else {
				v[c.arcBld[k]] += mul(0.5, s.d.x[k])
			}
		}
	}
	for i := range v {
		v[i] = min(1, v[i])
	}
	return v
}

// doubted frees the buildings in most doubt, wherever they are (after relaxation
// induced neighbourhoods, Danna, Rothberg and Le Pape 2005).
func (s *solver) doubted(f *found, dom *domain, rng *rand.Rand, size int) []int32 {
	v := s.doubts(f)
	for i := range v {
		if popcount(dom.act[i]) > 1 || v[i] > 0 {
			v[i] = mul(0.1+v[i], 0.1+rng.Float64())
		}
	}
	free := make([]int32, s.c.nB)
	for i := range free {
		free[i] = int32(i)
	}
	slices.SortFunc(free, func(a, b int32) int { return cmp.Or(cmp.Compare(v[b], v[a]), cmp.Compare(a, b)) })
	free = free[:min(size, len(free))]
	slices.Sort(free)
	return free
}

// entangled frees buildings in doubt that share services with each other, as the
// plan or the averaged plan puts them.
func (s *solver) entangled(st *state, f *found, dom *domain, rng *rand.Rand, size int) []int32 {
	c := s.c
	v := s.doubts(f)
	score := make([]float64, c.nB)
	chosen := make([]bool, c.nB)
	first, top := int32(0), -1.0
	for i := range v {
		v[i] += 0.05
		if x := mul(v[i], rng.Float64()); x > top {
			first, top = int32(i), x
		}
	}
	tie := func(k int32) float64 {
		w := 0.05 + s.d.x[k]
		if st.arc[c.arcSvc[k]] == k {
			w++
		}
		return w
	}
	var free []int32
	for next := first; next >= 0 && len(free) < size; {
		chosen[next] = true
		free = append(free, next)
		for k := c.arcStart[next]; k < c.arcStart[next+1]; k++ {
			if !dom.arc[k] {
				continue
			}
			w := tie(k)
			for _, b := range c.arcsOf(int(c.arcSvc[k])) {
				if j := c.arcBld[b]; dom.arc[b] && !chosen[j] {
					score[j] += mul(w, tie(b))
				}
			}
		}
		next, top = -1, 0
		for j := range score {
			if chosen[j] || score[j] == 0 {
				continue
			}
			if x := mul(mul(score[j], v[j]), 0.1+rng.Float64()); x > top {
				next, top = int32(j), x
			}
		}
	}
	slices.Sort(free)
	return free
}
