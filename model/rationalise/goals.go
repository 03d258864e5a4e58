package rationalise

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// Count is a rule on how many buildings are decided in one way: "at least 1 hub
// in each ward", "at most 3 closures a year". Ward, Organisation and Year narrow
// it; Per makes a rule of it for each of its groups.
type Count struct {
	What         string `json:"what"` // one of CountWords
	AtLeast      *int   `json:"at_least,omitempty"`
	AtMost       *int   `json:"at_most,omitempty"`
	Per          string `json:"per,omitempty"`          // PerWard, PerOrganisation, PerYear or empty
	Ward         string `json:"ward,omitempty"`         // by name
	Organisation string `json:"organisation,omitempty"` // by name or identifier
	Year         int    `json:"year,omitempty"`         // financial year
}

// What a Count can make a rule of each for.
const (
	PerWard         = "ward"
	PerOrganisation = "organisation"
	PerYear         = "year"
)

// CountWord is something that can be counted.
type CountWord struct {
	Key, One, Many string
	Means          string // in a sentence
	dated          bool   // happens in a year
	counts         func(b *Problem, a *model.Asset, c choice) bool
}

// hubArea is the floor area, in m², from which a building can be a hub.
const hubArea = 200

// CountWords lists what can be counted.
var CountWords = []CountWord{
	{"hubs", "hub", "hubs", "A building of 200 m² or more that residents may enter and that stays open.", false,
		func(_ *Problem, a *model.Asset, c choice) bool { return c.open && isHub(a) }},
	{"open", "building kept open", "buildings kept open", "A building that stays open.", false,
		func(_ *Problem, _ *model.Asset, c choice) bool { return c.open }},
	{"openings", "opening", "openings", "A building that takes in services from elsewhere.", true,
		func(_ *Problem, _ *model.Asset, c choice) bool { return c.takesIn }},
	{"closures", "closure", "closures", "A building that is sold, left or turned into homes.", true,
		func(_ *Problem, _ *model.Asset, c choice) bool { return !c.open }},
	{"sales", "sale", "sales", "A building sold.", true,
		func(_ *Problem, _ *model.Asset, c choice) bool { return c.has(model.Sell) }},
	{"leases", "lease left", "leases left", "A lease that is left.", true,
		func(_ *Problem, _ *model.Asset, c choice) bool { return c.has(model.ExitLease) }},
	{"homes", "building turned into homes", "buildings turned into homes", "A building turned into homes.", true,
		func(_ *Problem, _ *model.Asset, c choice) bool { return c.has(model.Repurpose) }},
	{"repairs", "repair", "repairs", "A building whose backlog of repairs is cleared.", true,
		func(_ *Problem, _ *model.Asset, c choice) bool { return c.has(model.Retain) }},
	{"retrofits", "retrofit", "retrofits", "A building that is retrofitted.", true,
		func(_ *Problem, _ *model.Asset, c choice) bool { return c.has(model.Retrofit) }},
}

func isHub(a *model.Asset) bool { return hubUse(a.Use) && a.FloorArea.Value >= hubArea }

func (c choice) has(k model.ActionKind) bool {
	return slices.ContainsFunc(c.actions, func(a model.Action) bool { return a.Kind == k })
}

// year is that of the last of the choice's actions; 0 when nothing is done.
func (c choice) year() int {
	y := 0
	for _, a := range c.actions {
		y = max(y, a.Year)
	}
	return y
}

func countWord(key string) *CountWord {
	for i := range CountWords {
		if w := &CountWords[i]; w.Key == key || w.One == key || w.Many == key {
			return w
		}
	}
	return nil
}

func countKeys() string {
	var out []string
	for _, w := range CountWords {
		out = append(out, w.Many)
	}
	return strings.Join(out[:len(out)-1], ", ") + " or " + out[len(out)-1]
}

// String says the rule: "at least 1 hub in each ward".
func (c Count) String() string {
	var parts []string
	add := func(words string, n *int) {
		if n != nil {
			parts = append(parts, words+" "+strconv.Itoa(*n))
		}
	}
	add("at least", c.AtLeast)
	add("at most", c.AtMost)
	text := strings.Join(parts, " and ")
	last := c.AtMost
	if last == nil {
		last = c.AtLeast
	}
	if w := countWord(c.What); w == nil {
		text += " " + c.What
	} else if last != nil && *last == 1 {
		text += " " + w.One
	} else {
		text += " " + w.Many
	}
	switch {
	case c.Ward != "":
		text += " in " + c.Ward
	case c.Per == PerWard:
		text += " in each ward"
	}
	switch {
	case c.Organisation != "":
		text += " of " + c.Organisation
	case c.Per == PerOrganisation:
		text += " of each organisation"
	}
	switch {
	case c.Year != 0:
		text += " in " + model.FinancialYear(c.Year)
	case c.Per == PerYear:
		text += " a year"
	}
	return text
}

// ParseCount reads what follows "at least" or "at most": "1 hub per ward", "3
// closures a year", "2 hubs in Sale Moor", "4 sales of Trafford Council in
// 2028". The error says what can be written.
func ParseCount(text string, atLeast bool) (Count, error) {
	var c Count
	bad := func(why string) (Count, error) {
		return c, model.Invalid("rule", fmt.Sprintf("%q is not a rule: %s. Write for example “1 hub per ward”, “3 closures a year” or “2 hubs in Sale Moor”", text, why))
	}
	rest := strings.Join(strings.Fields(text), " ")
	number, rest, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 {
		return bad("it must begin with a whole number")
	}
	if atLeast {
		c.AtLeast = &n
	} else {
		c.AtMost = &n
	}
	size := 0
	for _, w := range CountWords {
		for _, word := range []string{w.One, w.Many, w.Key} {
			if low := strings.ToLower(rest); len(word) > size && (low == word || strings.HasPrefix(low, word+" ")) {
				c.What, size = w.Key, len(word)
			}
		}
	}
	if c.What == "" {
		return bad("what can be counted is " + countKeys())
	}
	rest = strings.TrimSpace(rest[size:])
	for rest != "" {
		low := strings.ToLower(rest)
		found := false
		for _, clause := range []struct{ words, per string }{{"per ward", PerWard}, {"in each ward", PerWard}, {"in every ward", PerWard}, {"a year", PerYear}, {"per year", PerYear}, {"each year", PerYear},
			{"per organisation", PerOrganisation}, {"of each organisation", PerOrganisation}} {
			if low == clause.words || strings.HasPrefix(low, clause.words+" ") {
				if c.Per != "" {
					return bad("it can be for each of one thing only")
				}
				c.Per, rest, found = clause.per, strings.TrimSpace(rest[len(clause.words):]), true
				break
			}
		}
		if found {
			continue
		}
		word, value, _ := strings.Cut(rest, " ")
		value, next := untilClause(value)
		switch {
		case value == "" || word != "in" && word != "of":
			return bad(fmt.Sprintf("%q is not understood", rest))
		case word == "of":
			c.Organisation = value
		default:
			if y, ok := financialYear(value); ok {
				c.Year = y
			} else {
				c.Ward = value
			}
		}
		rest = next
	}
	return c, nil
}

// untilClause cuts a name where the next clause begins.
func untilClause(text string) (name, rest string) {
	low := strings.ToLower(text)
	at := len(text)
	for _, w := range []string{" per ", " in ", " of ", " a year", " each year"} {
		if i := strings.Index(low, w); i >= 0 && i < at {
			at = i
		}
	}
	return strings.TrimSpace(text[:at]), strings.TrimSpace(text[at:])
}

// financialYear reads 2028 or 2028/29.
func financialYear(text string) (int, bool) {
	first, second, two := strings.Cut(text, "/")
	y, err := strconv.Atoi(first)
	if err != nil || y < 1990 || y > 2300 || two && len(second) != 2 {
		return 0, false
	}
	return y, true
}
