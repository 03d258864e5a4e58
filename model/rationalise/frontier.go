package rationalise

import (
	"context"
	"errors"
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

// Point is one plan on the frontier between value and a limit.
type Point struct {
	Plan   *Plan
	Limit  float64 // what the point was limited to, in the units of the axis
	Used   float64 // what its plan uses
	Bound  float64 // £: no plan within the limit can be worth more
	Status string
	Price  float64 // £ of NPSV that one more unit of the limit would bring here, against the next looser point; 0 at the end
}

// Axes of a frontier.
const (
	AxisCarbon  = "carbon"  // tCO2e a year in the last year appraised
	AxisCapital = "capital" // £ of capital in the year of change
	AxisAccess  = "access"  // visits × km moved
)

// Frontier trades value against one limit: points from the tightest that any
// plan can keep to the loosest that still binds. Each is a plan that can be
// opened as a scenario.
func Frontier(ctx context.Context, b *Problem, axis string, points int, opt optimise.Options) ([]Point, error) {
	last := b.project.Horizon - 1
	var a optimise.Axis
	switch axis {
	case AxisCarbon:
		a = optimise.Axis{Kind: optimise.KindCarbon, Year: last}
	case AxisCapital:
		a = optimise.Axis{Kind: optimise.KindBudget, Year: b.spec.Year - b.project.BaseYear}
	case AxisAccess:
		a = optimise.Axis{Kind: optimise.KindAccess}
	default:
		return nil, model.Invalid("axis", fmt.Sprintf("%q is not an axis; it is %s, %s or %s", axis, AxisCarbon, AxisCapital, AxisAccess))
	}
	found, err := optimise.Frontier(ctx, b.Problem, a, points, opt)
	if errors.Is(err, optimise.ErrNoPlan) {
		return nil, model.Invalid("limits", "No plan that keeps the other limits was found. Ask for one plan first: its answer says what to relax.")
	}
	if err != nil {
		return nil, err
	}
	var out []Point
	for i, f := range found {
		p := Point{Bound: -f.Bound * 1000, Status: f.Result.Status}
		for _, v := range f.Limits {
			p.Limit = v
		}
		if axis == AxisCapital {
			p.Limit *= 1000
		}
		if f.Result.Status != optimise.StatusInfeasible {
			plan, err := b.appraise(f.Result, model.ScenarioID(fmt.Sprintf("f%d", i+1)), fmt.Sprintf("Frontier, point %d", i+1))
			if err != nil {
				return nil, err
			}
			p.Plan, p.Used = plan, b.used(axis, plan)
		}
		out = append(out, p)
	}
	for i := 0; i+1 < len(out); i++ {
		if x, y := out[i], out[i+1]; x.Plan != nil && y.Plan != nil && y.Limit > x.Limit {
			out[i].Price = (y.Plan.NPSV - x.Plan.NPSV) / (y.Limit - x.Limit)
		}
	}
	return out, nil
}

func (b *Problem) used(axis string, p *Plan) float64 {
	switch axis {
	case AxisCarbon:
		return p.Result.CarbonByYear[len(p.Result.CarbonByYear)-1]
	case AxisCapital:
		return capital(p.Result)[b.spec.Year-b.project.BaseYear]
	}
	total := 0.0
	for i := range b.Problem.Services {
		s := &b.Problem.Services[i]
		for _, a := range b.Problem.Arcs {
			if a.Service == i && b.Problem.Buildings[a.Building].ID == p.Solver.Assignment[s.ID] {
				total += s.Population * a.KM
			}
		}
	}
	return total
}
