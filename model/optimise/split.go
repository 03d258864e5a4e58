package optimise

import "math"

// choice is one way to split a node: the actions in mask against the others.
type choice struct {
	building int
	mask     uint64
	score    float64
}

// split chooses what to decide next: among the most undecided buildings, the
// one whose two sides raise the bound most after a few steps (strong branching,
// Applegate, Bixby, Chvátal and Cook 1995).
func (t *tree) split(d *dual, n *node, ceiling int64) []*node {
	if ch, ok := t.heavy(d, n, ceiling); ok {
		yes, no := n.dom, n.dom.clone()
		no.act[ch.building] &^= ch.mask
		yes.act[ch.building] &= ch.mask
		return sides(yes, no)
	}
	list := t.choices(d, n.dom)
	if len(list) == 0 {
		return t.splitService(d, n)
	}
	best, a, b := 0, math.Inf(-1), math.Inf(-1) // costs may be negative: nought is no bound
	// While the gap is wide, many cheap nodes raise the bound faster.
	narrow := gapOf(float64(ceiling), n.bound) < wideGap
	if len(list) > 1 && t.trial.most > 0 && narrow {
		best, a, b = t.probe(d, n, list, ceiling)
	}
	ch := list[best]
	yes, no := n.dom, n.dom.clone()
	no.act[ch.building] &^= ch.mask
	yes.act[ch.building] &= ch.mask
	return []*node{{dom: yes, bound: a}, {dom: no, bound: b}}
}

// heavy finds the building whose decision moves a priced row by more than the
// gap is wide. A price cannot tell its sides apart, so it is decided first,
// by whether it takes much of the row or little.
func (t *tree) heavy(d *dual, n *node, ceiling int64) (choice, bool) {
	c := t.c
	best := choice{score: mul(heavyShare, float64(ceiling)-max(n.bound, d.best)), building: -1}
	for r := range c.nR {
		if d.lam[r] <= 0 {
			continue
		}
		for i := range c.nB {
			m := n.dom.act[i]
			if m&(m-1) == 0 {
				continue
			}
			lo, hi := int64(math.MaxInt64), int64(math.MinInt64)
			for a := m; a != 0; a &= a - 1 {
				v := c.use(c.actStart[i]+int32(firstBit(a)), r)
				lo, hi = min(lo, v), max(hi, v)
			}
			score := mul(d.lam[r], float64(hi-lo))
			if score <= best.score {
				continue
			}
			best = choice{building: i, score: score}
			for a := m; a != 0; a &= a - 1 {
				if j := firstBit(a); c.use(c.actStart[i]+int32(j), r) <= lo+(hi-lo)/2 {
					best.mask |= 1 << j
				}
			}
		}
	}
	return best, best.building >= 0
}

// heavyShare is the share of the gap from which a decision is heavy.
const heavyShare = 0.5

// choices lists the most undecided buildings, first the one nearest a coin toss.
func (t *tree) choices(d *dual, dom *domain) []choice {
	c := t.c
	list := t.lists[t.worker(d)][:0]
	for i := range c.nB {
		m := dom.act[i]
		if m&(m-1) == 0 {
			continue
		}
		var open, shut uint64
		for g := c.slotStart[i]; g < c.slotStart[i+1]; g++ {
			if c.slots[g].cap > 0 {
				open |= c.slots[g].acts & m
			} else {
				shut |= c.slots[g].acts & m
			}
		}
		top, topY, sum, pOpen := -1, -1.0, 0.0, 0.0
		for r := m; r != 0; r &= r - 1 {
			j := firstBit(r)
			y := d.y[c.actStart[i]+int32(j)]
			sum += y
			if open&(1<<j) != 0 {
				pOpen += y
			}
			if y > topY {
				top, topY = j, y
			}
		}
		if sum <= 0 {
			continue
		}
		ch := choice{building: i}
		if f := pOpen / sum; open != 0 && shut != 0 && min(f, 1-f) > 0.01 {
			ch.score, ch.mask = mul(min(f, 1-f), t.stake(i, open, shut)), shut
			if f >= 0.5 {
				ch.mask = open
			}
		}
		if f := topY / sum; min(f, 1-f) > 0.02 {
			if v := mul(min(f, 1-f), 0.5*t.stake(i, 1<<top, m&^(1<<top))); v > ch.score {
				ch.score, ch.mask = v, 1<<top
			}
		}
		if ch.mask == 0 {
			continue
		}
		j := len(list)
		list = append(list, ch)
		for j > 0 && ch.score > list[j-1].score {
			list[j] = list[j-1]
			j--
		}
		list[j] = ch
		if len(list) > t.width {
			list = list[:t.width]
		}
	}
	t.lists[t.worker(d)] = list
	return list
}

// stake is how much hangs on choosing between two sets of actions: the
// difference of their cheapest costs and what their capacities are worth.
func (t *tree) stake(i int, a, b uint64) float64 {
	c := t.c
	var cost [2]float64
	for w, m := range [2]uint64{a, b} {
		cost[w] = math.Inf(1)
		for ; m != 0; m &= m - 1 {
			cost[w] = min(cost[w], float64(c.actCost[c.actStart[i]+int32(firstBit(m))]))
		}
	}
	if math.IsInf(cost[0], 1) || math.IsInf(cost[1], 1) {
		return 1
	}
	return 1 + abs(cost[0]-cost[1])
}

func (t *tree) worker(d *dual) int {
	if d == t.duals[1] {
		return 1
	}
	return 0
}

// sides are two children about whose bounds nothing is known yet.
func sides(a, b *domain) []*node {
	return []*node{{dom: a, bound: math.Inf(-1)}, {dom: b, bound: math.Inf(-1)}}
}

// probe tries the choices and returns the best with the bounds of its sides.
func (t *tree) probe(d *dual, n *node, list []choice, ceiling int64) (best int, yes, no float64) {
	base := d.best
	u, lam := append([]float64(nil), d.u...), append([]float64(nil), d.lam...)
	most := -1.0
	yes, no = math.Inf(-1), math.Inf(-1)
	for j, ch := range list {
		if d.halt != nil && d.halt() {
			break
		}
		m := n.dom.act[ch.building]
		var side [2]float64
		for w, mask := range [2]uint64{m & ch.mask, m &^ ch.mask} {
			n.dom.act[ch.building] = mask
			copy(d.u, u)
			copy(d.lam, lam)
			side[w] = d.run(n.dom, float64(ceiling), t.trial)
		}
		n.dom.act[ch.building] = m
		eps := 1e-6 * (1 + abs(base))
		score := max(side[0]-base, eps) * max(side[1]-base, eps)
		if score > most {
			best, most, yes, no = j, score, side[0], side[1]
		}
	}
	copy(d.u, u)
	copy(d.lam, lam)
	return best, yes, no
}

// splitService decides where the most undecided service sits, or, when none is
// undecided on average, whatever is still open.
func (t *tree) splitService(d *dual, n *node) []*node {
	c, dom := t.c, n.dom
	bestArc, score := int32(-1), -1.0
	for s := range c.nS {
		if dom.cnt[s] <= 1 {
			continue
		}
		top, topX, sum := int32(-1), -1.0, 0.0
		for _, k := range c.arcsOf(s) {
			if dom.arc[k] {
				sum += d.x[k]
				if d.x[k] > topX {
					top, topX = k, d.x[k]
				}
			}
		}
		// Undecided and large services first: they shape the rest.
		v := (0.001 + min(abs(1-topX), 1) + abs(1-sum)) * float64(1+c.demand[s])
		if v > score {
			bestArc, score = top, v
		}
	}
	if bestArc >= 0 {
		a, b := n.dom, n.dom.clone()
		s := c.arcSvc[bestArc]
		for _, k := range c.arcsOf(int(s)) {
			a.arc[k] = k == bestArc
		}
		a.cnt[s] = 1
		b.arc[bestArc] = false
		b.cnt[s]--
		return sides(a, b)
	}
	for i := range c.nB {
		if m := dom.act[i]; m&(m-1) != 0 {
			a, b := n.dom, n.dom.clone()
			a.act[i] = m & -m
			b.act[i] = m & (m - 1)
			return sides(a, b)
		}
	}
	// Everything is decided and the inner solution was not a plan: the services
	// sit where they must, so a row is broken.
	return nil
}
