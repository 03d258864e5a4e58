package importers

import (
	"strings"
	"unicode"
)

// plainName is a name in lower case without punctuation and the words that come and go.
func plainName(s string) string { return strings.Join(nameWords(s), " ") }

var idleWords = map[string]bool{"the": true, "of": true, "and": true, "at": true, "building": true, "site": true}

func nameWords(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(strings.NewReplacer("'", "", "’", "").Replace(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		switch w {
		case "st":
			w = "saint"
		case "rd":
			w = "road"
		case "ctr", "center":
			w = "centre"
		case "comm":
			w = "community"
		case "hosp":
			w = "hospital"
		case "sch":
			w = "school"
		case "cofe":
			w = "ce"
		case "catholic":
			w = "rc"
		}
		if !idleWords[w] {
			out = append(out, w)
		}
	}
	return out
}

// similar is the share of words two names have in common, 0 to 1.
func similar(a, b string) float64 {
	x, y := nameWords(a), nameWords(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	have := map[string]bool{}
	for _, w := range x {
		have[w] = true
	}
	both, all := 0, len(have)
	seen := map[string]bool{}
	for _, w := range y {
		if seen[w] {
			continue
		}
		seen[w] = true
		if have[w] {
			both++
		} else {
			all++
		}
	}
	return float64(both) / float64(all)
}
