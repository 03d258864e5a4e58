package optimise

// knapsack solves 0-1 knapsacks with real profits and whole weights. The items
// are given by falling profit per weight. Depth-first branch and bound after
// Horowitz and Sahni (1974) with Dantzig's bound read from prefix sums; when
// the tree grows past a limit, Bellman's dynamic programme takes over, and
// where that table would be too large the Dantzig bound is returned instead,
// which keeps every bound built on it valid.
type knapsack struct {
	profit []float64
	weight []int64
	// Prefix sums: sumP[k] is the profit of items 0..k-1.
	sumP []float64
	sumW []int64
	take []bool // best selection found
	cur  []bool
	row  []float64 // dynamic programme
	bits []uint64
}

const (
	knapsackNodes = 3000
	knapsackTable = 8_000_000
)

func (k *knapsack) reset() {
	k.profit, k.weight = k.profit[:0], k.weight[:0]
}

func (k *knapsack) add(profit float64, weight int64) {
	k.profit, k.weight = append(k.profit, profit), append(k.weight, weight)
}

// prepare fills the prefix sums once all items are added.
func (k *knapsack) prepare() {
	n := len(k.profit)
	k.sumP, k.sumW = grow(k.sumP, n+1), grow(k.sumW, n+1)
	k.take, k.cur = grow(k.take, n), grow(k.cur, n)
	k.sumP[0], k.sumW[0] = 0, 0
	for i := range n {
		k.sumP[i+1] = k.sumP[i] + k.profit[i]
		k.sumW[i+1] = k.sumW[i] + k.weight[i]
	}
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2+8)
	}
	return s[:n]
}

// fit returns the first item from j on that no longer fits when items j, j+1,
// ... are packed greedily into room (n when all fit).
func (k *knapsack) fit(j int, room int64) int {
	lo, hi := j, len(k.profit)
	base := k.sumW[j] + room
	for lo < hi {
		mid := int(uint(lo+hi+1) >> 1)
		if k.sumW[mid] <= base {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

// dantzig is the value of the fractional knapsack over items j, j+1, ...
func (k *knapsack) dantzig(j int, room int64) float64 {
	return k.relaxed(j, k.fit(j, room), room)
}

// relaxed is dantzig for the break item b.
func (k *knapsack) relaxed(j, b int, room int64) float64 {
	v := k.sumP[b] - k.sumP[j]
	if b < len(k.profit) {
		left := room - (k.sumW[b] - k.sumW[j])
		v += mul(k.profit[b], float64(left)/float64(k.weight[b]))
	}
	return v
}

// dantzigWithout is the fractional value over all items but one.
func (k *knapsack) dantzigWithout(item int, room int64) float64 {
	if room < 0 {
		return -1e300
	}
	b := k.fit(0, room)
	if b < item {
		left := room - k.sumW[b]
		return k.sumP[b] + mul(k.profit[b], float64(left)/float64(k.weight[b]))
	}
	v := k.sumP[item]
	return v + k.dantzig(item+1, room-k.sumW[item])
}

// solve returns the best value and leaves the selection in take. Selections
// worth no more than floor may be missed; the value is then at most floor.
// exact is false when value is only an upper bound.
func (k *knapsack) solve(room int64, floor float64) (value float64, exact bool) {
	n := len(k.profit)
	b := k.fit(0, room)
	for i := range n {
		k.take[i] = i < b
	}
	if b == n {
		return k.sumP[n], true
	}
	// Greedy start: the break solution, then whatever still fits.
	best := k.sumP[b]
	left := room - k.sumW[b]
	for i := b + 1; i < n; i++ {
		if k.weight[i] <= left {
			left -= k.weight[i]
			best += k.profit[i]
			k.take[i] = true
		}
	}
	if k.relaxed(0, b, room) <= max(floor, best) {
		return best, true
	}
	found := best
	if floor > best {
		best = floor
	}
	nodes := 0
	cur := k.cur
	for i := range cur {
		cur[i] = false
	}
	j, value, space := 0, 0.0, room
	for {
		nodes++
		if nodes > knapsackNodes {
			if table := int64(n) * (room + 1); table <= knapsackTable {
				return k.table(room), true
			}
			return k.dantzig(0, room), false
		}
		// Go down: take a greedy run, skip one that does not fit, while the
		// bound allows.
		for j < n {
			e := k.fit(j, space)
			if value+k.relaxed(j, e, space) <= best+1e-9 {
				break
			}
			value += k.sumP[e] - k.sumP[j]
			space -= k.sumW[e] - k.sumW[j]
			for ; j < e; j++ {
				cur[j] = true
			}
			if j < n {
				cur[j] = false
				j++
			}
		}
		if j >= n && value > best {
			best, found = value, value
			copy(k.take, cur)
		}
		// Go back to the last item taken and leave it out.
		j--
		for j >= 0 && !cur[j] {
			j--
		}
		if j < 0 {
			return found, true
		}
		cur[j] = false
		value -= k.profit[j]
		space += k.weight[j]
		j++
	}
}

// table is the dynamic programme over capacities (Bellman 1957).
func (k *knapsack) table(room int64) float64 {
	n, width := len(k.profit), int(room)+1
	k.row = grow(k.row, width)
	words := (width + 63) / 64
	k.bits = grow(k.bits, n*words)
	clear(k.bits)
	clear(k.row)
	for i := range n {
		w, p := int(k.weight[i]), k.profit[i]
		at := k.bits[i*words : (i+1)*words]
		for c := width - 1; c >= w; c-- {
			if v := k.row[c-w] + p; v > k.row[c] {
				k.row[c] = v
				at[c>>6] |= 1 << (c & 63)
			}
		}
	}
	c := width - 1
	for i := n - 1; i >= 0; i-- {
		k.take[i] = k.bits[i*words+c>>6]&(1<<(c&63)) != 0
		if k.take[i] {
			c -= int(k.weight[i])
		}
	}
	return k.row[width-1]
}
