package challenge

import (
	"slices"

	"github.com/planting-the-flag/flagstone/model"
)

// ranking is what the buildings measure on one criterion, in order, so that the
// place of each is looked up instead of counted: an estate has a hundred
// thousand.
type ranking struct {
	all []float64
	by  map[model.Use][]float64
}

// rankings has one for each term.
func rankings(subjects []*model.Asset, raw [][]Term) []ranking {
	if len(raw) == 0 {
		return nil
	}
	out := make([]ranking, len(raw[0]))
	for k := range out {
		r := ranking{by: map[model.Use][]float64{}}
		for i, a := range subjects {
			if t := &raw[i][k]; t.Known && !t.Judged {
				r.all = append(r.all, t.Raw)
				r.by[a.Use] = append(r.by[a.Use], t.Raw)
			}
		}
		slices.Sort(r.all)
		for _, l := range r.by {
			slices.Sort(l)
		}
		out[k] = r
	}
	return out
}

// of is what the peers of a building measure: those of the same use, or all
// when these are too few.
func (r *ranking) of(use model.Use, minPeers int) []float64 {
	if l := r.by[use]; len(l) >= minPeers {
		return l
	}
	return r.all
}

// rank turns a measure into the share of peers that it beats or equals half.
func rank(t *Term, peers []float64) {
	if !t.Known || t.Judged {
		return
	}
	below, _ := slices.BinarySearch(peers, t.Raw)
	upTo, _ := slices.BinarySearchFunc(peers, t.Raw, func(x, v float64) int { // the first above
		if x <= v {
			return -1
		}
		return 1
	})
	better, equal := below, upTo-below
	if direction(t.Criterion) < 0 {
		better = len(peers) - upTo
	}
	t.Peers = len(peers)
	t.Score = (float64(better) + float64(equal)/2) / float64(len(peers))
}
