package siting

import (
	"math"
	"slices"
)

// costScale keeps costs whole: thousandths of a weighted metre.
const costScale = 1000

// far is the cost of serving a demand from a site that cannot reach it, as a
// multiple of the dearest that can.
const far = 4

// medianSolver chooses p sites so that the sum of each demand's least cost is
// smallest. The bound prices "every demand is served once"; then each site is
// worth the sum of its reduced costs below zero and the p best are taken
// (Cornuejols, Fisher and Nemhauser 1977; Beasley 1985).
type medianSolver struct {
	n, m int
	p    int
	cost []int64 // site-major: all demands of site 0, then of site 1, …
	gcd  int64
	stop func() bool
	work *int64

	state []int8 // per site: 0 free, 1 in, −1 out
	u     []float64
	rho   []float64
	count []int32
	dir   []float64
	try   []float64
	order []int32
	open  []bool
	least []int64

	best     int64
	sites    []int // of the best
	ties     [][]int
	wantTies int
	nodes    int64
	limit    int64
	low      float64 // least bound of nodes given up
	halted   bool
}

func newMedian(n, m, p int, cost []int64, required []bool, stop func() bool, work *int64) *medianSolver {
	s := &medianSolver{
		n: n, m: m, p: p, cost: cost, stop: stop, work: work, best: math.MaxInt64 / 4, low: math.Inf(1),
		state: make([]int8, m), u: make([]float64, n), rho: make([]float64, m), count: make([]int32, n),
		dir: make([]float64, n), try: make([]float64, n), open: make([]bool, m), least: make([]int64, n), limit: math.MaxInt64,
	}
	for _, v := range cost {
		s.gcd = gcd(s.gcd, v)
	}
	s.gcd = max(s.gcd, 1)
	for j := range required {
		if required[j] {
			s.state[j] = 1
		}
	}
	row := make([]int64, m)
	for i := range n {
		for j := range m {
			row[j] = cost[j*n+i]
		}
		slices.Sort(row)
		s.u[i] = float64(row[min(len(row)-1, m/max(1, p))])
	}
	return s
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// roundUp turns a bound into the least whole cost at or above it.
func (s *medianSolver) roundUp(v float64) int64 {
	if v > 1e18 {
		return math.MaxInt64 / 4
	}
	g := float64(s.gcd)
	return int64(math.Ceil((v-float64(1e-6*(1+float64(math.Abs(v)*1e-6))))/g)) * s.gcd
}

// solve runs the whole search.
func (s *medianSolver) solve() (bound int64) {
	root := s.ascend(s.u, 400, 1, 15)
	s.improveFrom(s.open)
	root = max(root, s.ascend(s.u, 600, 0.5, 15))
	s.improveFrom(s.open)
	s.branch(s.u, root)
	b := s.low
	if b > float64(s.best) {
		return s.best
	}
	return min(s.roundUp(max(b, root)), s.best)
}

func (s *medianSolver) column(j int) []int64 { return s.cost[j*s.n : (j+1)*s.n] }

// inner solves the priced problem at u: rho, the open set and the bound.
func (s *medianSolver) inner(u []float64) float64 {
	*s.work += int64(s.n)
	for j := range s.m {
		if s.state[j] < 0 {
			continue
		}
		v := 0.0
		for i, c := range s.column(j) {
			v += min(0, float64(c)-u[i])
		}
		s.rho[j] = v
	}
	s.order = s.order[:0]
	bound := 0.0
	left := s.p
	for j := range s.m {
		s.open[j] = s.state[j] > 0
		switch s.state[j] {
		case 1:
			bound += s.rho[j]
			left--
		case 0:
			s.order = append(s.order, int32(j))
		}
	}
	if left < 0 || left > len(s.order) {
		return math.Inf(1)
	}
	slices.SortFunc(s.order, func(a, b int32) int {
		switch {
		case s.rho[a] < s.rho[b]:
			return -1
		case s.rho[a] > s.rho[b]:
			return 1
		}
		return int(a - b)
	})
	for _, j := range s.order[:left] {
		s.open[j] = true
		bound += s.rho[j]
	}
	for i := range s.n {
		bound += u[i]
	}
	return bound
}

// ascend raises the bound by a deflected subgradient from u, which it leaves at
// the best prices.
func (s *medianSolver) ascend(u []float64, most int, factor float64, patience int) float64 {
	best := math.Inf(-1)
	copy(s.try, u)
	clear(s.dir)
	red := 0
	for range most {
		v := s.inner(s.try)
		if math.IsInf(v, 1) {
			return v
		}
		if v > best {
			if v > best+float64(1e-6*math.Abs(best)) {
				red = 0
			}
			best = v
			copy(u, s.try)
		} else {
			red++
		}
		if s.best < math.MaxInt64/4 && s.roundUp(best) >= s.cut() || s.stop() {
			break
		}
		if red >= patience {
			red = 0
			if factor /= 2; factor < 0.003 {
				break
			}
			copy(s.try, u)
			clear(s.dir)
			v = s.inner(s.try)
		}
		s.step(v, factor)
	}
	s.inner(u)
	return best
}

// cut is the bound at which a node cannot matter any more.
func (s *medianSolver) cut() int64 {
	if s.wantTies > 0 {
		return s.best + s.gcd
	}
	return s.best
}

func (s *medianSolver) step(v, factor float64) {
	clear(s.count)
	for j, open := range s.open {
		if !open {
			continue
		}
		for i, c := range s.column(j) {
			if float64(c) < s.try[i] {
				s.count[i]++
			}
		}
	}
	target := float64(s.best)
	if s.best >= math.MaxInt64/4 {
		target = v + float64(0.05*math.Abs(v)) + 1
	}
	norm := 0.0
	for i := range s.n {
		s.dir[i] = float64(1-s.count[i]) + float64(0.6*s.dir[i])
		norm += float64(s.dir[i] * s.dir[i])
	}
	if norm == 0 {
		return
	}
	t := factor * (target - v + 1) / norm
	for i := range s.n {
		s.try[i] += float64(t * s.dir[i])
	}
}

// fix decides free sites whose other side cannot hold anything better. It needs
// rho and order of the best prices, and reports whether all are decided.
func (s *medianSolver) fix(bound float64) {
	in := 0
	for j := range s.m {
		if s.state[j] > 0 {
			in++
		}
	}
	left := s.p - in
	if left < 0 || left > len(s.order) {
		return
	}
	if left > 0 && left < len(s.order) {
		last, next := s.rho[s.order[left-1]], s.rho[s.order[left]]
		for n, j := range s.order {
			if n < left && s.roundUp(bound+next-s.rho[j]) >= s.cut() {
				s.state[j] = 1
			} else if n >= left && s.roundUp(bound+s.rho[j]-last) >= s.cut() {
				s.state[j] = -1
			}
		}
	}
}

// branch searches depth first.
func (s *medianSolver) branch(u []float64, bound float64) {
	s.nodes++
	if s.stop() || s.nodes > s.limit {
		s.halted = true
		s.low = min(s.low, bound)
		return
	}
	if s.roundUp(bound) >= s.cut() {
		return
	}
	saved := slices.Clone(s.state)
	defer copy(s.state, saved)
	mine := slices.Clone(u)
	for range 4 {
		s.inner(mine)
		s.fix(bound)
		in, free := 0, 0
		for _, v := range s.state {
			switch v {
			case 1:
				in++
			case 0:
				free++
			}
		}
		if in > s.p || in+free < s.p {
			return
		}
		if in == s.p || in+free == s.p {
			for j := range s.state {
				if s.state[j] == 0 {
					s.state[j] = -1
					if in < s.p {
						s.state[j] = 1
					}
				}
				s.open[j] = s.state[j] > 0
			}
			s.leaf(s.open)
			return
		}
		before := bound
		bound = max(bound, s.ascend(mine, 60, 0.3, 6))
		s.offer(s.open)
		if s.roundUp(bound) >= s.cut() {
			return
		}
		if bound-before < 1e-5*math.Abs(bound) {
			break
		}
	}
	if s.nodes%16 == 1 {
		s.improveFrom(s.open)
	}
	// Decide the free site nearest the edge of being taken.
	in := 0
	for _, v := range s.state {
		if v > 0 {
			in++
		}
	}
	left := s.p - in
	if left <= 0 || left > len(s.order) {
		return
	}
	j := s.order[left-1]
	first := int8(1)
	if left < len(s.order) {
		// Of the two at the edge, the one with more at stake.
		if math.Abs(s.rho[s.order[left]]) > math.Abs(s.rho[j])*1.02 {
			j = s.order[left]
		}
	}
	for _, v := range []int8{first, -first} {
		s.state[j] = v
		s.branch(mine, bound)
		s.state[j] = 0
	}
}
