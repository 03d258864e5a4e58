package businesscase

import (
	"math"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/reports/document"
)

var (
	amount = regexp.MustCompile(`(?i)(£\s?)?([0-9][0-9,]*(?:\.[0-9]+)?)(\s?(?:bn|billion|million|thousand|m|k)\b)?`)
	scales = map[string]float64{"bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3}
)

// free is text that somebody typed, fit for the edition: the public one loses every amount that comes near an exempt amount.
func (b *builder) free(s string) string {
	s = document.Clean(s)
	if !b.isPublic || s == "" {
		return s
	}
	return amount.ReplaceAllStringFunc(s, func(t string) string {
		if b.nearExempt(t) {
			return "[" + document.Withheld + "]"
		}
		return t
	})
}

// reason is free for words about something that is sold or left: every sum of money in them may be a negotiating position.
func (b *builder) reason(s string, sensitive bool) string {
	s = b.free(s)
	if !b.isPublic || !sensitive {
		return s
	}
	return amount.ReplaceAllStringFunc(s, func(t string) string {
		m := amount.FindStringSubmatch(t)
		if m[1] != "" || m[3] != "" {
			return "[" + document.Withheld + "]"
		}
		return t
	})
}

// nearExempt reports whether a printed amount could stand for an exempt one: as money within its own rounding, as a bare number
// only to the pound.
func (b *builder) nearExempt(token string) bool {
	m := amount.FindStringSubmatch(token)
	v, err := strconv.ParseFloat(strings.ReplaceAll(m[2], ",", ""), 64)
	if err != nil {
		return false
	}
	slack := 0.5
	word := strings.ToLower(strings.TrimSpace(m[3]))
	if f, ok := scales[word]; ok {
		places := 0
		if _, frac, dot := strings.Cut(m[2], "."); dot {
			places = len(frac)
		}
		v *= f
		slack = f * math.Pow(10, -float64(places)) / 2
	}
	if m[1] == "" && word == "" && v < 5000 {
		return false // a year, a number of people, a house number
	}
	list := b.secrets
	i := sort.SearchFloat64s(list, v-slack)
	return i < len(list) && list[i] <= v+slack
}
