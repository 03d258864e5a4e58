package rationalise

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

// Axes of a frontier. Carbon and capital may name a year: "carbon:2035".
const (
	AxisCarbon    = "carbon"    // tCO2e a year, in the last year appraised
	AxisCapital   = "capital"   // £ of capital, in the year of change
	AxisAccess    = "access"    // visits × km moved
	AxisResidents = "residents" // share of residents out of reach of a public building, 0–1
)

// Axis is a limit that value is traded against. A smaller amount is tighter.
type Axis struct {
	Key    string
	What   string  // "carbon in 2055/56, t"
	One    string  // one unit of it in words: "1 t"
	Unit   float64 // how many of the amounts of Point.Limit that is
	solver optimise.Axis
	// The solver's amount is factor × (the amount − offset).
	factor, offset float64
}

// Axis reads the name of an axis. Where residents are asked for and no limit on
// them is set, the problem must have been built with one.
func (b *Problem) Axis(key string) (Axis, error) {
	name, at, dated := strings.Cut(key, ":")
	a := Axis{Key: key, Unit: 1, factor: 1}
	year := b.project.LastYear()
	if name == AxisCapital {
		year = b.spec.Year
	}
	if dated {
		y, ok := financialYear(at)
		if !ok || y < b.project.BaseYear || y > b.project.LastYear() || name != AxisCarbon && name != AxisCapital {
			return a, model.Invalid("axis", fmt.Sprintf("%q is not an axis: only carbon and capital can name a year, of those appraised, as in carbon:2035", key))
		}
		year = y
	}
	switch name {
	case AxisCarbon:
		a.What, a.One = "carbon in "+model.FinancialYear(year)+", t", "1 t"
		a.solver = optimise.Axis{Kind: optimise.KindCarbon, Year: year - b.project.BaseYear}
		rest, err := b.rest()
		if err != nil {
			return a, err
		}
		a.offset = rest[year-b.project.BaseYear]
	case AxisCapital:
		a.What, a.One, a.Unit, a.factor = "capital in "+model.FinancialYear(year)+", £", "£1m", 1e6, 0.001
		a.solver = optimise.Axis{Kind: optimise.KindBudget, Year: year - b.project.BaseYear}
	case AxisAccess:
		visits := 0.0
		for i := range b.Problem.Services {
			visits += b.Problem.Services[i].Population
		}
		a.What, a.One, a.Unit = "visits × km moved a year", "1 minute on foot for every visit", 1/(access.Walk.Minutes(1000)/max(1, visits))
		a.solver = optimise.Axis{Kind: optimise.KindAccess}
	case AxisResidents:
		if b.reached == nil {
			return a, model.Invalid("axis", "nobody said what within reach means")
		}
		a.What, a.One, a.Unit = "residents not "+b.ReachWords()+", share", "1 % of residents", 0.01
		a.solver = optimise.Axis{Kind: optimise.KindRule, Rule: reachRule}
		a.factor, a.offset = b.reached.total, 1-b.reached.always/b.reached.total
	default:
		return a, model.Invalid("axis", fmt.Sprintf("%q is not an axis; it is %s, %s, %s or %s", key, AxisCarbon, AxisCapital, AxisAccess, AxisResidents))
	}
	return a, nil
}

// amount turns the solver's amount into the axis' own.
func (a *Axis) amount(v float64) float64 { return v/a.factor + a.offset }

// Amount writes an amount of the axis with its unit.
func (a *Axis) Amount(v float64) string {
	switch name, _, _ := strings.Cut(a.Key, ":"); name {
	case AxisCarbon:
		return strconv.FormatFloat(v, 'f', 1, 64) + " t"
	case AxisCapital:
		return pounds(v)
	case AxisResidents:
		return percent(v)
	}
	return strings.TrimPrefix(pounds(v), "£")
}

// used is what a plan uses of the axis.
func (b *Problem) used(a *Axis, p *Plan) float64 {
	switch name, _, _ := strings.Cut(a.Key, ":"); name {
	case AxisCarbon:
		return p.Result.CarbonByYear[a.solver.Year]
	case AxisCapital:
		return capital(p.Result)[a.solver.Year]
	case AxisResidents:
		share, _ := b.Within(p.Solver.Actions)
		return 1 - share
	}
	total := 0.0
	for i := range b.Problem.Services {
		s := &b.Problem.Services[i]
		total += s.Population * b.km(i, p.Solver.Assignment[s.ID])
	}
	return total
}

// forAxes is the problem with what the axes need: residents, when they are one.
func (b *Problem) forAxes(keys ...string) (*Problem, error) {
	for _, k := range keys {
		if k == AxisResidents && b.reached == nil {
			spec := b.spec
			spec.Residents = &Reach{}
			return Build(b.project, spec)
		}
	}
	return b, nil
}
