package units

import (
	"regexp"
	"strconv"
	"strings"
)

// Sessions reads opening hours – "Monday to Friday, 9.30am-4pm; Saturday 10:00-13:00", "Mo-Sa 08:00-18:00", "24 hours" – as a set of
// half-days: bit 3d is the morning of weekday d (Monday 0), 3d+1 its afternoon, 3d+2 its evening, bit 15 the weekend.
func Sessions(s string) (uint16, bool) {
	low := strings.ToLower(s)
	if strings.Contains(low, "24 hour") || strings.Contains(low, "24/7") || strings.Contains(low, "24hr") {
		return 0xffff, true
	}
	var out uint16
	for _, clause := range clauses.Split(low, -1) {
		days := daysOf(clause)
		if days == 0 {
			continue
		}
		from, to, ok := hoursOf(clause)
		if !ok {
			if strings.Contains(clause, "closed") {
				continue
			}
			from, to = 9, 17
		}
		for d := range 7 {
			if days&(1<<d) == 0 {
				continue
			}
			if d >= 5 {
				out |= 1 << 15
				continue
			}
			if from < 12 {
				out |= 1 << (3 * d)
			}
			if to > 12.5 && from < 17 {
				out |= 1 << (3*d + 1)
			}
			if to > 17.6 {
				out |= 1 << (3*d + 2)
			}
		}
	}
	return out, out != 0
}

var (
	clauses   = regexp.MustCompile(`[;|\n]|(?:,|\.)\s*(?:and\s+)?(?:sat|sun|bank)`)
	dayName   = regexp.MustCompile(`\b(mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|mo|tu|we|th|fr|sa|su)(?:day|sday|nesday|rsday|urday)?s?\b`)
	dayRange  = regexp.MustCompile(`\b(mon|tue|wed|thu|fri|sat|sun|mo|tu|we|th|fr|sa|su)[a-z]*\s*(?:to|-|–|until)\s*(mon|tue|wed|thu|fri|sat|sun|mo|tu|we|th|fr|sa|su)[a-z]*`)
	clockSpan = regexp.MustCompile(`(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|noon)?\s*(?:-|–|to|until)\s*(\d{1,2})?(?:[:.](\d{2}))?\s*(am|pm|noon|midday)?`)
)

func dayNumber(s string) int {
	return strings.Index("mo tu we th fr sa su", s[:2]) / 3
}

func daysOf(s string) (days int) {
	if strings.Contains(s, "every day") || strings.Contains(s, "daily") {
		return 0b1111111
	}
	if strings.Contains(s, "weekday") {
		days |= 0b0011111
	}
	if strings.Contains(s, "weekend") {
		days |= 0b1100000
	}
	for _, m := range dayRange.FindAllStringSubmatch(s, -1) {
		a, b := dayNumber(m[1]), dayNumber(m[2])
		for d := a; ; d = (d + 1) % 7 {
			days |= 1 << d
			if d == b {
				break
			}
		}
	}
	for _, m := range dayName.FindAllStringSubmatch(s, -1) {
		days |= 1 << dayNumber(m[1])
	}
	return days
}

func hoursOf(s string) (from, to float64, ok bool) {
	for _, m := range clockSpan.FindAllStringSubmatch(s, -1) {
		if m[4] == "" && m[6] == "" {
			continue
		}
		a, b := clock(m[1], m[2], m[3]), clock(m[4], m[5], m[6])
		if m[6] == "noon" || m[6] == "midday" {
			b = 12
		}
		if m[3] == "" && m[6] == "pm" && a < b-12 && a+12 < b && a < 6 {
			a += 12
		}
		if b <= a && b < 12 {
			b += 12
		}
		if a > 24 || b > 30 {
			continue
		}
		if !ok || a < from {
			from = a
		}
		if !ok || b > to {
			to = b
		}
		ok = true
	}
	return from, to, ok
}

func clock(h, m, half string) float64 {
	x, _ := strconv.Atoi(h)
	y, _ := strconv.Atoi(m)
	if half == "pm" && x < 12 {
		x += 12
	}
	if half == "am" && x == 12 {
		x = 0
	}
	return float64(x) + float64(y)/60
}
