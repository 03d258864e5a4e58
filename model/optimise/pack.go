package optimise

// packer solves the subproblem of one building: the cheapest action together
// with the best set of services to hold under it, at given prices. It is the
// inner problem of the bound.
type packer struct {
	c     *core
	k     knapsack
	all   [3]knapsack // every item, whatever its size and the action; by the side shut out
	items []packItem
	cands []packCand
	forP  float64 // gain of the services that must sit here
	forW  int64
	forM  uint64    // actions that can hold them
	forS  uint8     // conflict sides among them
	extra []float64 // price of what arcs take of the rows; nil when they take none
	order []int32   // arcs, each building's by falling gain per space; shared
	forA  []int32   // arcs of the services that must sit here
	sel   []int32
	pos   []int32
	mark  []int32
	epoch int32
}

func newPacker(c *core, order []int32) *packer {
	return &packer{c: c, order: order, mark: make([]int32, len(c.arcSvc))}
}

// newOrder is the starting order of arcs, to be shared by the packers of a run.
func newOrder(c *core) []int32 {
	order := make([]int32, len(c.arcSvc))
	for k := range order {
		order[k] = int32(k)
	}
	return order
}

type packItem struct {
	gain, ratio float64
	weight      int64
	arc         int32
	side        uint8
}

// packCand is one way to run a building: a slot and the conflict side shut out.
type packCand struct {
	slot  int32
	out   uint8
	act   int32   // cheapest action of the slot
	price float64 // its price
	low   float64 // lower bound of the value
}

const never = 1e300

// load gathers what building i could gain at service prices u and access price
// mu: the services that must sit here and those worth taking, best ratio first.
func (p *packer) load(i int, dom *domain, u []float64, mu float64) {
	c := p.c
	p.items, p.forA = p.items[:0], p.forA[:0]
	p.forP, p.forW, p.forM, p.forS = 0, 0, ^uint64(0), 0
	order := p.order[c.arcStart[i]:c.arcStart[i+1]]
	for _, k := range order {
		if !dom.arc[k] {
			continue
		}
		s := c.arcSvc[k]
		gain := u[s] - float64(c.arcCost[k])
		if mu != 0 {
			gain -= mul(mu, float64(c.arcAcc[k]))
		}
		if p.extra != nil {
			gain -= p.extra[k]
		}
		if dom.cnt[s] == 1 {
			p.forP += gain
			p.forW += c.demand[s]
			p.forM &= c.arcMask[k]
			p.forS |= c.side[s]
			p.forA = append(p.forA, k)
			continue
		}
		if gain <= 0 || c.arcMask[k]&dom.act[i] == 0 {
			continue
		}
		w := c.demand[s]
		ratio := never
		if w > 0 {
			ratio = gain / float64(w)
		}
		it := packItem{gain: gain, ratio: ratio, weight: w, arc: k, side: c.side[s]}
		j := len(p.items)
		p.items = append(p.items, it)
		for j > 0 && less(it, p.items[j-1]) {
			p.items[j] = p.items[j-1]
			j--
		}
		p.items[j] = it
	}
	p.remember(order)
}

func less(a, b packItem) bool {
	return a.ratio > b.ratio || a.ratio == b.ratio && a.arc < b.arc
}

// remember keeps the order found, because the next call differs little and an
// insertion sort of a nearly sorted list is almost free.
func (p *packer) remember(order []int32) {
	p.epoch++
	for j := range p.items {
		p.mark[p.items[j].arc] = p.epoch
	}
	p.sel = p.sel[:0]
	for _, k := range order {
		if p.mark[k] != p.epoch {
			p.sel = append(p.sel, k)
		}
	}
	for j := range p.items {
		order[j] = p.items[j].arc
	}
	copy(order[len(p.items):], p.sel)
}

// candidates lists the ways building i can be run, lowest bound first. It
// returns none when the services that must sit here cannot. A rough bound counts
// services that are too large or not held, too.
func (p *packer) candidates(i int, allow uint64, price []float64, rough bool) {
	c := p.c
	p.cands = p.cands[:0]
	alive := allow & p.forM
	if alive == 0 || p.forS == 3 {
		return
	}
	has := p.forS
	for j := range p.items {
		has |= p.items[j].side
	}
	if rough {
		for out := range p.all {
			if has == 3 == (out > 0) {
				p.gather(uint8(out))
			}
		}
	}
	for g := c.slotStart[i]; g < c.slotStart[i+1]; g++ {
		m := alive & c.slots[g].acts
		if m == 0 || c.slots[g].cap < p.forW {
			continue
		}
		best := packCand{slot: g, act: -1}
		for ; m != 0; m &= m - 1 {
			a := c.actStart[i] + int32(firstBit(m))
			if best.act < 0 || price[a] < best.price {
				best.act, best.price = a, price[a]
			}
		}
		if has != 3 {
			p.candidate(best, rough)
			continue
		}
		for out := uint8(1); out <= 2; out++ {
			if p.forS&out == 0 {
				best.out = out
				p.candidate(best, rough)
			}
		}
	}
}

// gather fills the knapsack of every item but those of a side shut out.
func (p *packer) gather(out uint8) {
	k := &p.all[out]
	k.reset()
	for j := range p.items {
		if it := &p.items[j]; out == 0 || it.side != out {
			k.add(it.gain, it.weight)
		}
	}
	k.prepare()
}

func (p *packer) candidate(cand packCand, rough bool) {
	k := &p.all[cand.out]
	if !rough {
		p.fill(cand)
		k = &p.k
	}
	cand.low = cand.price - p.forP - k.dantzig(0, p.c.slots[cand.slot].cap-p.forW)
	j := len(p.cands)
	p.cands = append(p.cands, cand)
	for j > 0 && cand.low < p.cands[j-1].low {
		p.cands[j] = p.cands[j-1]
		j--
	}
	p.cands[j] = cand
}

// fill puts the services worth taking under a candidate into the knapsack and
// their arcs into pos.
func (p *packer) fill(cand packCand) {
	sl := &p.c.slots[cand.slot]
	room := sl.cap - p.forW
	p.k.reset()
	p.pos = p.pos[:0]
	for j := range p.items {
		it := &p.items[j]
		if it.weight <= room && p.c.arcMask[it.arc]&sl.bit != 0 && (cand.out == 0 || it.side != cand.out) {
			p.k.add(it.gain, it.weight)
			p.pos = append(p.pos, it.arc)
		}
	}
	p.k.prepare()
}

// solve returns the least value of building i, its action, and leaves the arcs
// taken in sel. A building that cannot hold what must sit in it has the value
// never.
func (p *packer) solve(i int, dom *domain, price, u []float64, mu float64) (float64, int32) {
	p.load(i, dom, u, mu)
	return p.least(i, dom.act[i], price)
}

// least is solve for a loaded building and some of its actions only.
func (p *packer) least(i int, allow uint64, price []float64) (float64, int32) {
	p.candidates(i, allow, price, true)
	p.sel = p.sel[:0]
	if len(p.cands) == 0 {
		return never, -1
	}
	best, act := never, int32(-1)
	for j := range p.cands {
		cand := p.cands[j]
		if act >= 0 && cand.low >= best {
			break
		}
		p.fill(cand)
		fixed := cand.price - p.forP
		floor := -never
		if act >= 0 {
			floor = fixed - best
		}
		v, _ := p.k.solve(p.c.slots[cand.slot].cap-p.forW, floor)
		if act < 0 || fixed-v < best {
			best, act = fixed-v, cand.act
			p.sel = append(p.sel[:0], p.forA...)
			for n, k := range p.pos {
				if p.k.take[n] {
					p.sel = append(p.sel, k)
				}
			}
		}
	}
	return best, act
}
