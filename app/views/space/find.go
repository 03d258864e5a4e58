package space

import "strings"

// mostFound is how many buildings a chooser offers.
const mostFound = 200

// matching are the names that hold every word of the query.
func matching(names []string, query string) []string {
	words := strings.Fields(strings.ToLower(query))
	var out []string
	for _, n := range names {
		low, ok := strings.ToLower(n), true
		for _, w := range words {
			ok = ok && strings.Contains(low, w)
		}
		if ok {
			if out = append(out, n); len(out) == mostFound {
				break
			}
		}
	}
	return out
}
