package rationalise

import (
	"fmt"
	"math"
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
		if lim, ok := b.spec.Carbon[year]; ok && r.CarbonByYear[y] > lim+0.05 {
			out = append(out, carbonOver(year, r.CarbonByYear[y], lim))
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
		limit := b.spec.Capital[b.yearOf(v)]
		return capitalOver(b.yearOf(v), limit+v.Over*1000, limit)
	case optimise.KindCarbon:
		limit := b.spec.Carbon[b.yearOf(v)]
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
	case optimise.KindRule:
		return fmt.Sprintf("the rule %q wants %s %.6g and has %.6g", v.What, v.Unit, v.Limit, v.Used)
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
		return fmt.Sprintf("the rule %q, by %.6g", v.What, v.Over)
	case optimise.KindLock:
		return fmt.Sprintf("the decision fixed for %s", b.named(v.What))
	case optimise.KindCapacity:
		return fmt.Sprintf("the size of %s, by %.0f m²", b.named(v.What), math.Ceil(v.Over))
	}
	return b.says(v)
}
