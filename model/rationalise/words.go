package rationalise

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

// breaks holds the appraised plan to the limits asked for.
func (b *Problem) breaks(r *appraisal.Result) []string {
	var out []string
	spent := capital(r)
	for y := range r.Flows.Years {
		year := b.project.BaseYear + y
		if lim, ok := b.spec.Capital[year]; ok && spent[y] > lim+0.5 {
			out = append(out, capitalOver(year, spent[y], lim))
		}
		if lim, ok := b.carbonAt[year]; ok && r.CarbonByYear[y] > lim+0.05 {
			out = append(out, carbonOver(year, r.CarbonByYear[y], lim))
		}
	}
	return append(out, b.miscounts(&r.Scenario)...)
}

// miscounts holds a scenario to the counts asked for, going by its actions.
func (b *Problem) miscounts(s *model.Scenario) []string {
	done := map[model.AssetID]*choice{}
	of := func(id model.AssetID) *choice {
		if done[id] == nil {
			done[id] = &choice{open: true}
		}
		return done[id]
	}
	for _, a := range s.Actions {
		c := of(a.Asset)
		switch a.Kind {
		case model.CoLocate:
			c.takesIn = true
			continue
		case model.Sell, model.ExitLease, model.Repurpose:
			c.open = false
		}
		c.actions = append(c.actions, a)
	}
	var out []string
	for _, one := range b.counted {
		w, n := countWord(one.What), 0
		for i := range b.project.Assets {
			a := &b.project.Assets[i]
			if _, decided := b.at[a.ID]; !b.inGroup(a, one) || !decided && (w.dated || !a.Use.Built()) {
				continue
			}
			c := of(a.ID)
			if w.counts(b, a, *c) && (one.Year == 0 || c.year() == one.Year || w.Key == "openings" && one.Year == b.spec.Year) {
				n++
			}
		}
		if one.AtLeast != nil && n < *one.AtLeast || one.AtMost != nil && n > *one.AtMost {
			word := w.Many
			if n == 1 {
				word = w.One
			}
			out = append(out, fmt.Sprintf("there would be %d %s where the rule is %s", n, word, one))
		}
	}
	return out
}

func capitalOver(year int, spent, limit float64) string {
	return fmt.Sprintf("capital in %s is %s, over the limit of %s by %s", model.FinancialYear(year), pounds(spent), pounds(limit), pounds(spent-limit))
}

func carbonOver(year int, emitted, limit float64) string {
	return fmt.Sprintf("emissions in %s are %.1f t, over the limit of %.1f t by %.1f t", model.FinancialYear(year), emitted, limit, emitted-limit)
}

// pounds writes an amount in whole pounds.
func pounds(v float64) string {
	s := strconv.FormatFloat(math.Abs(math.Round(v)), 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if math.Round(v) < 0 {
		return "−£" + s
	}
	return "£" + s
}

// yearOf is the financial year of a limit that the solver names "year 3".
func (b *Problem) yearOf(v optimise.Violation) int {
	n, err := strconv.Atoi(strings.TrimPrefix(v.What, "year "))
	if err != nil {
		return b.project.BaseYear
	}
	return b.project.BaseYear + n
}

// named is the name of a building or service of the solver's problem.
func (b *Problem) named(id string) string {
	if a := b.project.Asset(model.AssetID(id)); a != nil {
		return a.Name
	}
	service, _, _ := strings.Cut(id, "@")
	if s := b.project.Service(model.ServiceID(service)); s != nil {
		return s.Name
	}
	return id
}

// says puts what a plan breaks into words.
func (b *Problem) says(v optimise.Violation) string {
	switch v.Kind {
	case optimise.KindBudget:
		limit, ok := b.spec.Capital[b.yearOf(v)]
		if !ok {
			limit = v.Limit * 1000
		}
		return capitalOver(b.yearOf(v), limit+v.Over*1000, limit)
	case optimise.KindCarbon:
		limit, ok := b.carbonAt[b.yearOf(v)]
		if !ok {
			limit = v.Limit
		}
		return carbonOver(b.yearOf(v), limit+v.Over, limit)
	case optimise.KindAccess:
		return fmt.Sprintf("visits moved come to %.0f km a year, over the limit of %.0f by %.0f", v.Used, v.Limit, v.Over)
	case optimise.KindCapacity:
		return fmt.Sprintf("%s would have to hold %.0f m², %.0f m² more than it has", b.named(v.What), v.Used, v.Over)
	case optimise.KindLock:
		return fmt.Sprintf("%s is not decided as it must be (%s)", b.named(v.What), b.Locked[v.What])
	case optimise.KindFit:
		return b.named(v.What) + " would sit in a building that cannot take it"
	case optimise.KindAssignment:
		return b.named(v.What) + " has no place"
	case optimise.KindSession:
		return b.named(strings.Fields(v.What)[0]) + " would hold services that must not share a building"
	case optimise.KindRule:
		if v.What == reachRule || b.isResidents(v.What) {
			return fmt.Sprintf("fewer than %s of residents would be %s", percent(b.spec.Residents.AtLeast), b.ReachWords())
		}
		return fmt.Sprintf("the rule “%s” wants %s %.6g and has %.6g", v.What, v.Unit, v.Limit, v.Used)
	}
	return v.String()
}

// relax says which limit to relax first, and by how much.
func (b *Problem) relax(v optimise.Violation) string {
	switch v.Kind {
	case optimise.KindBudget:
		return fmt.Sprintf("the capital limit of %s, by %s", model.FinancialYear(b.yearOf(v)), pounds(math.Ceil(v.Over*1000)))
	case optimise.KindCarbon:
		return fmt.Sprintf("the emissions limit of %s, by %.1f t", model.FinancialYear(b.yearOf(v)), math.Ceil(v.Over*10)/10)
	case optimise.KindAccess:
		return fmt.Sprintf("the limit on visits moved, by %.0f km a year", math.Ceil(v.Over))
	case optimise.KindRule:
		switch {
		case v.What == reachRule:
			return fmt.Sprintf("the share of residents %s, by %s", b.ReachWords(), percent(v.Over/b.reached.total))
		case b.isResidents(v.What):
			return "the share of residents " + b.ReachWords()
		}
		return fmt.Sprintf("the rule “%s”, by %.6g", v.What, v.Over)
	case optimise.KindSession:
		return "the rule on services that must not share a building, in " + b.named(strings.Fields(v.What)[0])
	case optimise.KindLock:
		return fmt.Sprintf("the decision fixed for %s", b.named(v.What))
	case optimise.KindCapacity:
		return fmt.Sprintf("the size of %s, by %.0f m²", b.named(v.What), math.Ceil(v.Over))
	}
	return b.says(v)
}

// percent writes a share with one decimal.
func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 1, 64) + " %" }

// isResidents says whether a name is that of residents rather than a building.
func (b *Problem) isResidents(name string) bool {
	return b.reached != nil && slices.ContainsFunc(b.reached.groups, func(g people) bool { return g.id == name })
}
