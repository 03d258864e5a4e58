package siting

import (
	"math"
	"math/bits"
	"slices"
)

// coverSolver finds the fewest sites that cover every demand. Dominated rows
// and columns go first; the bound prices coverage (Beasley 1987), and the search
// branches on the demand that fewest sites can cover.
type coverSolver struct {
	n, m int
	cols [][]uint64 // demands each site covers
	rows [][]int32  // sites that cover each demand
	in   []bool     // required
	most int        // no interest in more sites than this
	stop func() bool
	work *int64

	best     []int
	low      int // proven least
	nodes    int64
	limit    int64
	halted   bool
	wantTies int
	ties     [][]int
	out      []bool
	u        []float64
}

func newCover(n, m int, covers func(d, c int) bool, required []bool, stop func() bool, work *int64) *coverSolver {
	s := &coverSolver{n: n, m: m, in: slices.Clone(required), stop: stop, work: work, most: m,
		cols: make([][]uint64, m), rows: make([][]int32, n), out: make([]bool, m), u: make([]float64, n), limit: math.MaxInt64}
	words := (n + 63) / 64
	for c := range m {
		s.cols[c] = make([]uint64, words)
		for d := range n {
			if covers(d, c) {
				s.cols[c][d>>6] |= 1 << (d & 63)
				s.rows[d] = append(s.rows[d], int32(c))
			}
		}
	}
	return s
}

// solve returns the fewest sites found, or nil when there are none within most,
// and the proven least number.
func (s *coverSolver) solve() ([]int, int) {
	open := make([]uint64, (s.n+63)/64)
	for d := range s.n {
		if len(s.rows[d]) == 0 {
			return nil, s.most + 1
		}
		open[d>>6] |= 1 << (d & 63)
	}
	var chosen []int
	for c, in := range s.in {
		if in {
			chosen = append(chosen, c)
			minus(open, s.cols[c])
		}
	}
	if s.wantTies == 0 {
		s.dominate()
	}
	s.low = len(chosen)
	if g := s.greedy(slices.Clone(open), slices.Clone(chosen)); len(g) <= s.most && (s.best == nil || len(g) < len(s.best)) {
		s.best = g
	}
	s.halted = false
	root := len(chosen) + s.bound(open, 300)
	s.low = max(s.low, root)
	s.search(open, chosen)
	if !s.halted {
		if s.best != nil {
			s.low = len(s.best)
		} else {
			s.low = s.most + 1
		}
	}
	return s.best, s.low
}

func minus(a, b []uint64) {
	for w := range a {
		a[w] &^= b[w]
	}
}

func count(a []uint64) int {
	n := 0
	for _, w := range a {
		n += bits.OnesCount64(w)
	}
	return n
}

func countBoth(a, b []uint64) int {
	n := 0
	for w := range a {
		n += bits.OnesCount64(a[w] & b[w])
	}
	return n
}

// dominate shuts out every site that another covers as much as.
func (s *coverSolver) dominate() {
	for a := range s.m {
		if s.in[a] || s.out[a] {
			continue
		}
		for b := range s.m {
			if a == b || s.out[b] {
				continue
			}
			if countBoth(s.cols[a], s.cols[b]) == count(s.cols[a]) && (count(s.cols[b]) > count(s.cols[a]) || b < a || s.in[b]) {
				s.out[a] = true
				break
			}
		}
		*s.work += int64(s.m) / 8
	}
}

func (s *coverSolver) greedy(open []uint64, chosen []int) []int {
	for count(open) > 0 {
		best, most := -1, 0
		for c := range s.m {
			if n := countBoth(open, s.cols[c]); !s.out[c] && n > most {
				best, most = c, n
			}
		}
		if best < 0 {
			return make([]int, s.m+1)
		}
		chosen = append(chosen, best)
		minus(open, s.cols[best])
	}
	return chosen
}

// bound is a proven number of further sites for the demands still open.
func (s *coverSolver) bound(open []uint64, steps int) int {
	var need []int
	for d := range s.n {
		if open[d>>6]&(1<<(d&63)) != 0 {
			need = append(need, d)
		}
	}
	if len(need) == 0 {
		return 0
	}
	for _, d := range need {
		if s.u[d] <= 0 {
			most := 1
			for _, c := range s.rows[d] {
				if !s.out[c] {
					most = max(most, countBoth(open, s.cols[c]))
				}
			}
			s.u[d] = 1 / float64(most)
		}
	}
	best := math.Inf(-1)
	target := float64(s.most + 1)
	if s.best != nil {
		target = float64(len(s.best))
	}
	factor := 1.0
	red := 0
	price, taken := make([]float64, s.m), make([]bool, s.m)
	u := slices.Clone(s.u)
	for range steps {
		*s.work += int64(len(need))
		for c := range price {
			price[c] = 1
		}
		v := 0.0
		for _, d := range need {
			v += u[d]
			for _, c := range s.rows[d] {
				price[c] -= u[d]
			}
		}
		for c := range price {
			taken[c] = !s.out[c] && price[c] < 0
			if taken[c] {
				v += price[c]
			}
		}
		if v > best {
			if v > best+1e-4 {
				red = 0
			}
			best = v
			copy(s.u, u)
		} else if red++; red >= 10 {
			red = 0
			if factor /= 2; factor < 0.01 {
				break
			}
			copy(u, s.u)
		}
		norm := 0.0
		grad := make([]float64, len(need))
		for n, d := range need {
			g := 1.0
			for _, c := range s.rows[d] {
				if taken[c] {
					g--
				}
			}
			if g < 0 && u[d] <= 0 {
				g = 0
			}
			grad[n] = g
			norm += float64(g * g)
		}
		if norm == 0 {
			break
		}
		t := factor * max(target-v, 0.1) / norm
		for n, d := range need {
			u[d] = max(0, u[d]+float64(t*grad[n]))
		}
	}
	return int(math.Ceil(best - 1e-6))
}

func (s *coverSolver) enough() int {
	if s.best == nil {
		return s.most + 1
	}
	if s.wantTies > 0 {
		return len(s.best) + 1
	}
	return len(s.best)
}

// search branches on the demand with fewest sites left, most covering first;
// a site tried is shut out for its brothers.
func (s *coverSolver) search(open []uint64, chosen []int) {
	s.nodes++
	if s.stop() || s.nodes > s.limit {
		s.halted = true
		return
	}
	if count(open) == 0 {
		s.take(chosen)
		return
	}
	if len(chosen)+1 >= s.enough() {
		return
	}
	if len(chosen)+s.bound(open, 25) >= s.enough() {
		return
	}
	pick, fewest := -1, math.MaxInt
	for d := range s.n {
		if open[d>>6]&(1<<(d&63)) == 0 {
			continue
		}
		n := 0
		for _, c := range s.rows[d] {
			if !s.out[c] {
				n++
			}
		}
		if n < fewest {
			pick, fewest = d, n
		}
	}
	var list []int32
	for _, c := range s.rows[pick] {
		if !s.out[c] {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b int32) int {
		return countBoth(open, s.cols[b]) - countBoth(open, s.cols[a])
	})
	for _, c := range list {
		rest := slices.Clone(open)
		minus(rest, s.cols[c])
		s.search(rest, append(slices.Clone(chosen), int(c)))
		s.out[c] = true
	}
	for _, c := range list {
		s.out[c] = false
	}
}

func (s *coverSolver) take(chosen []int) {
	set := slices.Sorted(slices.Values(chosen))
	if len(set) > s.most {
		return
	}
	switch {
	case s.best == nil || len(set) < len(s.best):
		s.best, s.ties = set, nil
	case s.wantTies > 0 && len(set) == len(s.best) && !slices.Equal(set, slices.Sorted(slices.Values(s.best))):
		s.ties = append(s.ties, set)
		if len(s.ties) >= s.wantTies {
			s.limit = 0
		}
	}
}

// cover sets up a cover of the coverable demands within a radius.
func (r *run) cover(radius float64) *coverSolver {
	required := make([]bool, len(r.allowed))
	for j, c := range r.allowed {
		required[j] = slices.Contains(r.required, c)
	}
	return newCover(len(r.coverable), len(r.allowed), func(d, c int) bool {
		return r.p.Distance[r.coverable[d]][r.allowed[c]] <= radius
	}, required, r.over, &r.work)
}

func (r *run) setCover() {
	s := r.cover(r.p.Radius)
	best, low := s.solve()
	if best == nil {
		r.res.Status = "infeasible"
		return
	}
	r.settle(int64(len(best)), int64(low), 1, 0, 1)
	r.openAllowed(best)
	r.coverTies(r.p.Radius, best, s.nodes)
}

func (r *run) openAllowed(sites []int) {
	out := make([]int, len(sites))
	for n, j := range sites {
		out[n] = r.allowed[j]
	}
	r.open(out)
}

// coverTies looks for other covers with as few sites.
func (r *run) coverTies(radius float64, best []int, nodes int64) {
	if r.res.Gap > 0 || r.over() {
		return
	}
	t := r.cover(radius)
	t.best, t.most, t.wantTies, t.limit = best, len(best), maxTies, nodes*4+500
	t.solve()
	for _, set := range t.ties {
		for n, j := range set {
			set[n] = r.allowed[j]
		}
		r.res.Ties = append(r.res.Ties, r.names(set))
	}
	r.res.TiesComplete = !t.halted
}
