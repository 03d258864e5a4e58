package optimise

// shares divides work between the tree, which raises the bound, and the search,
// which makes plans cheaper: each gets as much as it has lately brought to closing
// the gap. What is long past counts less.
type shares struct {
	gain, work [2]float64 // of tree and search
	total      float64
}

const (
	ofTree   = 0
	ofSearch = 1

	memory    = 0.3 // share of all work so far that counts
	leastTree = 0.2
)

// add counts a turn.
func (h *shares) add(side int, gain float64, work int64) {
	w := float64(work)
	h.total += w
	keep := max(0.5, 1-w/mul(memory, h.total))
	for n := range h.work {
		h.gain[n], h.work[n] = mul(h.gain[n], keep), mul(h.work[n], keep)
	}
	h.gain[side] += gain
	h.work[side] += w
}

// tree says whether the next turn is the tree's, which may have at most so much.
// Beside what each brought lately counts what each may bring yet: as much of what
// is left of the gap as it takes work.
func (h *shares) tree(left, most float64) bool {
	if most <= 0 {
		return false
	}
	hope := mul(0.5, left) / (1 + h.total)
	tree, search := hope+h.gain[ofTree]/(1+h.work[ofTree]), hope+h.gain[ofSearch]/(1+h.work[ofSearch])
	share := 0.5
	if tree+search > 0 {
		share = min(most, max(leastTree, tree/(tree+search)))
	}
	return mul(h.work[ofTree], 1-share) < mul(h.work[ofSearch], share)
}
