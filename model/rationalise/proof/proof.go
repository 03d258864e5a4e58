// Package proof keeps what was proven of a plan with the plan: as sentences at
// the end of its description, which people read and papers read back.
//
// It knows the form of those sentences. It refuses to know how a plan is found
// (package rationalise) and whether it is still the same: whoever reads evidence
// compares NPSV with what the plan comes to now.
package proof

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Evidence says how good a plan was proven to be within the limits given.
type Evidence struct {
	NPSV  float64 // £ of the plan when it was found
	Bound float64 // £: no plan within the limits could be worth more
	Work  int64   // of the search, with which it can be repeated
	Seed  uint64
	Trade *Trade // the plans at other limits, when they were looked for
}

// Trade is the best plans at several limits of one thing.
type Trade struct {
	What   string // "carbon in 2055/56, t"
	Points []Point
}

// Point is the best plan found within one limit.
type Point struct {
	Limit float64 // in the unit that What names
	Used  float64 // of it by the plan
	NPSV  float64 // £
	Bound float64 // £
}

// Proven is the greatest gap, as a share of the plan's value, that counts as
// proven best.
const Proven = 0.0001

// Gap is how much could be left on the table at most, in £, and as a share of
// the plan's value (0 when that is nothing).
func (e Evidence) Gap() (pounds, share float64) {
	pounds = math.Max(0, e.Bound-e.NPSV)
	if v := math.Abs(e.NPSV); v > 0 {
		share = pounds / v
	}
	return pounds, share
}

// Best says whether the plan is proven best within its limits.
func (e Evidence) Best() bool {
	pounds, share := e.Gap()
	return pounds < 1 || share <= Proven
}

const (
	start      = "Proven when it was found: worth "
	tradeStart = "Best plans found at other limits of "
)

// String writes the sentences.
func (e Evidence) String() string {
	s := fmt.Sprintf("%s%s, and no plan within the limits can be worth more than %s (work %d, seed %d).", start, amount(e.NPSV), amount(e.Bound), e.Work, e.Seed)
	if t := e.Trade; t != nil && len(t.Points) > 0 {
		var parts []string
		for _, p := range t.Points {
			parts = append(parts, fmt.Sprintf("at most %s uses %s, worth %s of at most %s", figure(p.Limit), figure(p.Used), amount(p.NPSV), amount(p.Bound)))
		}
		s += " " + tradeStart + t.What + ": " + strings.Join(parts, "; ") + "."
	}
	return s
}

// On ends a description with the evidence, in place of what it ended with.
func (e Evidence) On(description string) string {
	_, rest, _ := Read(description)
	return strings.TrimSpace(rest + " " + e.String())
}

const money = `(−?£[0-9,]+\.[0-9]{2})`
const plain = `(−?[0-9]+(?:\.[0-9]+)?)`

var (
	main  = regexp.MustCompile(start + money + `, and no plan within the limits can be worth more than ` + money + ` \(work ([0-9]+), seed ([0-9]+)\)\.`)
	trade = regexp.MustCompile(tradeStart + `([^:]+): (at most .+? of at most −?£[0-9,]+\.[0-9]{2})\.`)
	one   = regexp.MustCompile(`^at most ` + plain + ` uses ` + plain + `, worth ` + money + ` of at most ` + money + `$`)
)

// Read takes the evidence out of a description and returns the rest of it. A
// description without any, or whose sentences somebody has rewritten, has none.
func Read(description string) (e Evidence, rest string, ok bool) {
	at := main.FindStringSubmatchIndex(description)
	if at == nil {
		return e, description, false
	}
	m := main.FindStringSubmatch(description)
	e.NPSV, e.Bound = number(m[1]), number(m[2])
	e.Work, _ = strconv.ParseInt(m[3], 10, 64)
	e.Seed, _ = strconv.ParseUint(m[4], 10, 64)
	before, after := description[:at[0]], description[at[1]:]
	if t := trade.FindStringSubmatchIndex(after); t != nil {
		m := trade.FindStringSubmatch(after)
		e.Trade = &Trade{What: m[1]}
		for _, part := range strings.Split(m[2], "; ") {
			x := one.FindStringSubmatch(part)
			if x == nil {
				e.Trade = nil
				break
			}
			e.Trade.Points = append(e.Trade.Points, Point{number(x[1]), number(x[2]), number(x[3]), number(x[4])})
		}
		after = after[:t[0]] + after[t[1]:]
	}
	return e, strings.Join(strings.Fields(before+" "+after), " "), true
}

// Without is a description less its evidence.
func Without(description string) string {
	_, rest, _ := Read(description)
	return rest
}

func number(s string) float64 {
	v, err := strconv.ParseFloat(strings.NewReplacer("−", "-", "£", "", ",", "").Replace(s), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// amount writes £ to the penny.
func amount(v float64) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', 2, 64)
	for i := len(s) - 6; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if v < 0 && strings.Trim(s, "0.,") != "" {
		return "−£" + s
	}
	return "£" + s
}

func figure(v float64) string {
	s := strconv.FormatFloat(math.Abs(v), 'f', -1, 64)
	if i := strings.IndexByte(s, '.'); i >= 0 && len(s) > i+5 {
		s = strings.TrimRight(strings.TrimRight(s[:i+5], "0"), ".")
	}
	if v < 0 && s != "0" {
		return "−" + s
	}
	return s
}
