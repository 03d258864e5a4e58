package shell

import (
	"cmp"
	"slices"
	"strings"
)

// scored is a hit with how well it fits; less is better.
type scored struct {
	h     *hit
	score int
}

// How well a hit fits what was typed.
const (
	fitWhole  = iota // the title is what was typed
	fitStart         // the title begins with it
	fitWord          // a word of the title begins with it
	fitInside        // the title has it
	fitOther         // an address, postcode, reference or the like has it
	fitWords         // every word is somewhere
	fitNot
)

// fit says how well a hit answers a query that is lower-cased and has words.
func (h *hit) fit(q string, words []string) int {
	// The lower-cased title may be longer or shorter than the title by a few
	// bytes in other scripts; it only has to end before what else is searched.
	title := h.search[:min(len(h.title), len(h.search))]
	at := strings.Index(h.search, q)
	switch {
	case at == 0 && len(title) == len(q):
		return fitWhole
	case at == 0:
		return fitStart
	case at > 0 && strings.Contains(title, " "+q):
		return fitWord
	case at > 0 && at < len(title):
		return fitInside
	case at > 0:
		return fitOther
	}
	for _, w := range words {
		if !strings.Contains(h.search, w) {
			return fitNot
		}
	}
	if len(words) < 2 {
		return fitNot
	}
	return fitWords
}

func nearer(a, b scored) int {
	if a.score != b.score {
		return a.score - b.score
	}
	if a.h.kind != b.h.kind {
		return a.h.kind - b.h.kind
	}
	if c := len(a.h.title) - len(b.h.title); c != 0 && a.score <= fitWord { // the nearer to what was typed
		return c
	}
	return cmp.Compare(a.h.title, b.h.title)
}

// rank lists the best hits for what was typed, the best first. Before anything
// is typed only what can be done and gone to is listed.
func rank(q string, all ...[]hit) []hit {
	words := strings.Fields(q)
	var best []scored // sorted, at most mostHits long
	for _, hits := range all {
		for i := range hits {
			h := &hits[i]
			x := scored{h, fitStart}
			if q == "" {
				if h.kind > hitScenario {
					continue
				}
			} else if x.score = h.fit(q, words); x.score == fitNot {
				continue
			}
			if len(best) == mostHits {
				if nearer(x, best[mostHits-1]) >= 0 {
					continue
				}
				best = best[:mostHits-1]
			}
			at, _ := slices.BinarySearchFunc(best, x, func(a, b scored) int {
				if c := nearer(a, b); c != 0 {
					return c
				}
				return -1 // equals keep their order
			})
			best = slices.Insert(best, at, x)
		}
	}
	out := make([]hit, len(best))
	for i := range best {
		out[i] = *best[i].h
	}
	return out
}
