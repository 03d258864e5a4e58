package siting

import (
	"math"
	"slices"
)

// value is the cost of an open set.
func (s *medianSolver) value(open []bool) int64 {
	*s.work += int64(s.n) / 4
	least := s.least
	for i := range least {
		least[i] = math.MaxInt64
	}
	for j, o := range open {
		if o {
			for i, c := range s.column(j) {
				least[i] = min(least[i], c)
			}
		}
	}
	var total int64
	for _, v := range least {
		total += v
	}
	return total
}

func (s *medianSolver) offer(open []bool) int64 {
	v := s.value(open)
	if v < s.best {
		s.best = v
		s.ties = nil
		s.sites = s.sites[:0]
		for j, o := range open {
			if o {
				s.sites = append(s.sites, j)
			}
		}
	}
	return v
}

// leaf takes a complete choice, and notes it as a tie when it is one.
func (s *medianSolver) leaf(open []bool) {
	if v := s.offer(open); v == s.best && s.wantTies > 0 {
		var set []int
		for j, o := range open {
			if o {
				set = append(set, j)
			}
		}
		if !slices.Equal(set, s.sites) {
			s.ties = append(s.ties, set)
			if len(s.ties) >= s.wantTies {
				s.limit = 0
			}
		}
	}
}

// improveFrom exchanges one open for one closed site while that helps (Teitz
// and Bart 1968, with Whitaker's 1983 bookkeeping of nearest and second).
func (s *medianSolver) improveFrom(open []bool) {
	set := slices.Clone(open)
	near, now, second := make([]int32, s.n), make([]int64, s.n), make([]int64, s.n)
	loss := make([]int64, s.m)
	for !s.stop() {
		*s.work += int64(s.n)
		for i := range s.n {
			near[i], now[i], second[i] = -1, math.MaxInt64/1024, math.MaxInt64/1024
		}
		for j, o := range set {
			if !o {
				continue
			}
			for i, c := range s.column(j) {
				if c < now[i] {
					near[i], second[i], now[i] = int32(j), now[i], c
				} else if c < second[i] {
					second[i] = c
				}
			}
		}
		bestIn, bestOut, gain := -1, -1, int64(0)
		for in := range s.m {
			if set[in] || s.state[in] < 0 {
				continue
			}
			clear(loss)
			var saved int64
			for i, c := range s.column(in) {
				if c < now[i] {
					saved += now[i] - c
				} else {
					loss[near[i]] += min(c, second[i]) - now[i]
				}
			}
			for out := range s.m {
				if set[out] && s.state[out] <= 0 && saved-loss[out] > gain {
					bestIn, bestOut, gain = in, out, saved-loss[out]
				}
			}
		}
		if bestIn < 0 {
			break
		}
		set[bestIn], set[bestOut] = true, false
	}
	s.offer(set)
}

// matrix builds the cost table over coverable demands and allowed sites.
func (r *run) matrix(cost func(d, c int) int64) (table []int64, required []bool) {
	n, m := len(r.coverable), len(r.allowed)
	table = make([]int64, n*m)
	for i, d := range r.coverable {
		most := int64(1)
		for j, c := range r.allowed {
			v := cost(d, c)
			table[j*n+i] = v
			most = max(most, v)
		}
		for j := range m {
			if table[j*n+i] < 0 {
				table[j*n+i] = most * far
			}
		}
	}
	required = make([]bool, m)
	for j, c := range r.allowed {
		required[j] = slices.Contains(r.required, c)
	}
	return table, required
}

func (r *run) median() {
	table, required := r.matrix(func(d, c int) int64 {
		if v := r.p.Distance[d][c]; !math.IsNaN(v) {
			return int64(math.Round(r.p.Demands[d].Weight * v * costScale))
		}
		return -1
	})
	s := newMedian(len(r.coverable), len(r.allowed), r.p.P, table, required, r.over, &r.work)
	bound := s.solve()
	r.settle(s.best, bound, costScale, 0, 1)
	r.finishMedian(s)
}

// coverage is maximal coverage: a median in which a site within the radius
// costs nothing and any other the demand's weight.
func (r *run) coverage() {
	total := 0.0
	for _, d := range r.coverable {
		total += r.p.Demands[d].Weight
	}
	table, required := r.matrix(func(d, c int) int64 {
		if r.p.Distance[d][c] <= r.p.Radius {
			return 0
		}
		return int64(math.Round(r.p.Demands[d].Weight * costScale))
	})
	s := newMedian(len(r.coverable), len(r.allowed), r.p.P, table, required, r.over, &r.work)
	bound := s.solve()
	r.settle(s.best, bound, costScale, total, -1)
	r.finishMedian(s)
}

// finishMedian writes the sites and looks for others as good.
func (r *run) finishMedian(s *medianSolver) {
	sites := make([]int, len(s.sites))
	for n, j := range s.sites {
		sites[n] = r.allowed[j]
	}
	r.open(sites)
	if r.res.Gap > 0 || r.over() {
		return
	}
	s.wantTies, s.limit, s.nodes, s.halted = maxTies, s.nodes*2+200, 0, false
	s.branch(s.u, 0)
	for _, set := range s.ties {
		for n, j := range set {
			set[n] = r.allowed[j]
		}
		r.res.Ties = append(r.res.Ties, r.names(set))
	}
	r.res.TiesComplete = !s.halted
}

// maxTies is how many other choices are listed.
const maxTies = 5
