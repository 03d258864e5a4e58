package rationalise

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
)

// Point is one plan on the frontier between value and a limit.
type Point struct {
	Plan   *Plan   // nil when no plan keeps the limits
	Limit  float64 // what the point was limited to, in the units of the axis
	Used   float64 // what its plan uses
	Other  float64 // limit and use on the second axis of a grid
	UsedOf float64
	Bound  float64 // £: no plan within the limit can be worth more
	Status string
	Price  float64 // £ of NPSV that one more of the limit's unit would bring here, against the next looser point; 0 at the end
}

// Frontier trades value against one limit: points from the tightest that any
// plan can keep to the loosest that still binds. Each is a plan that can be
// opened as a scenario.
func Frontier(ctx context.Context, b *Problem, axis string, points int, opt optimise.Options) ([]Point, error) {
	_, out, err := Trade(ctx, b, axis, points, opt)
	return out, err
}

// Trade is Frontier with the axis it read.
func Trade(ctx context.Context, b *Problem, axis string, points int, opt optimise.Options) (*Axis, []Point, error) {
	b, err := b.forAxes(axis)
	if err != nil {
		return nil, nil, err
	}
	a, err := b.Axis(axis)
	if err != nil {
		return nil, nil, err
	}
	found, err := optimise.Frontier(ctx, b.Problem, a.solver, points, opt)
	if err != nil {
		return nil, nil, tradeError(err)
	}
	var out []Point
	for i, f := range found {
		p := Point{Bound: -f.Bound * 1000, Status: f.Result.Status}
		for _, v := range f.Limits {
			p.Limit = a.amount(v)
		}
		if f.Result.Status != optimise.StatusInfeasible {
			if p.Plan, err = b.point(f.Problem, f.Result, i+1, a.What+" at most "+a.Amount(p.Limit)); err != nil {
				return nil, nil, err
			}
			p.Used = b.used(&a, p.Plan)
		}
		out = append(out, p)
	}
	price(&a, out)
	kept := &proof.Trade{What: a.What}
	for _, p := range out {
		if p.Plan != nil {
			kept.Points = append(kept.Points, proof.Point{Limit: rounded(p.Limit), Used: rounded(p.Used), NPSV: pence(p.Plan.NPSV), Bound: pence(math.Max(p.Bound, p.Plan.NPSV))})
		}
	}
	for _, p := range out {
		if p.Plan != nil {
			e, _ := p.Plan.Evidence()
			e.Trade = kept
			p.Plan.Scenario.Description = e.On(p.Plan.Scenario.Description)
		}
	}
	return &a, out, nil
}

// rounded keeps four decimals, as evidence does.
func rounded(v float64) float64 { return math.Round(v*1e4) / 1e4 }

func tradeError(err error) error {
	if errors.Is(err, optimise.ErrNoPlan) {
		return model.Invalid("limits", "No plan that keeps the other limits was found. Ask for one plan first: its answer says what to relax.")
	}
	return err
}

// point appraises a plan of a frontier and says what it was held to.
func (b *Problem) point(q *optimise.Problem, r *optimise.Result, n int, limit string) (*Plan, error) {
	limited := *b
	limited.Problem = q
	plan, err := limited.appraise(r, model.ScenarioID(fmt.Sprintf("f%d", n)), fmt.Sprintf("Frontier, point %d", n))
	if err != nil {
		return nil, err
	}
	if e, ok := plan.Evidence(); ok {
		plan.Scenario.Description = e.On(b.described(limit))
	}
	return plan, nil
}

// price reads off what one more unit of the limit brings, against the next
// looser plan.
func price(a *Axis, out []Point) {
	for i := 0; i+1 < len(out); i++ {
		if x, y := out[i], out[i+1]; x.Plan != nil && y.Plan != nil && y.Limit > x.Limit {
			out[i].Price = (y.Plan.NPSV - x.Plan.NPSV) / (y.Limit - x.Limit) * a.Unit
		}
	}
}

// PriceWords says what one more unit is worth between one point and the next:
// "from 1,900.0 t to 1,950.0 t, 1 t more is worth £1,234".
func (a *Axis) PriceWords(x, y *Point) string {
	if x.Plan == nil || y.Plan == nil || y.Limit <= x.Limit {
		return ""
	}
	worth := pounds(x.Price)
	if x.Price < 0.5 {
		worth = "nothing"
	}
	text := fmt.Sprintf("from %s to %s, %s more is worth %s", a.Amount(x.Limit), a.Amount(y.Limit), a.One, worth)
	most := (math.Max(y.Bound, y.Plan.NPSV) - x.Plan.NPSV) / (y.Limit - x.Limit) * a.Unit
	if most > 0.5 && most > 1.1*x.Price { // the plans are not proven best
		text += " in the plans found, and at most " + pounds(most)
	}
	return text
}

// Plane is value traded against two limits at once.
type Plane struct {
	Axes   [2]Axis
	Points [][]Point // by limit of the first axis, then of the second, tightest first
}

// Grid finds the best plans for each of points[0] limits of the first axis with
// each of points[1] of the second. Price is along the first axis.
func Grid(ctx context.Context, b *Problem, axes [2]string, points [2]int, opt optimise.Options) (*Plane, error) {
	b, err := b.forAxes(axes[:]...)
	if err != nil {
		return nil, err
	}
	out := &Plane{}
	var solver [2]optimise.Axis
	for k := range axes {
		if out.Axes[k], err = b.Axis(axes[k]); err != nil {
			return nil, err
		}
		solver[k] = out.Axes[k].solver
	}
	if solver[0] == solver[1] {
		return nil, model.Invalid("axis", "both axes are "+out.Axes[0].What)
	}
	found, err := optimise.Grid(ctx, b.Problem, solver, points, opt)
	if err != nil {
		return nil, tradeError(err)
	}
	n := 0
	for _, row := range found {
		var line []Point
		for _, f := range row {
			n++
			p := Point{Bound: -f.Bound * 1000, Status: f.Result.Status}
			for _, v := range f.A {
				p.Limit = out.Axes[0].amount(v)
			}
			for _, v := range f.B {
				p.Other = out.Axes[1].amount(v)
			}
			if f.Result.Status != optimise.StatusInfeasible {
				limits := fmt.Sprintf("%s at most %s; %s at most %s", out.Axes[0].What, out.Axes[0].Amount(p.Limit), out.Axes[1].What, out.Axes[1].Amount(p.Other))
				if p.Plan, err = b.point(f.Problem, f.Result, n, limits); err != nil {
					return nil, err
				}
				p.Used, p.UsedOf = b.used(&out.Axes[0], p.Plan), b.used(&out.Axes[1], p.Plan)
			}
			line = append(line, p)
		}
		out.Points = append(out.Points, line)
	}
	for j := range out.Points[0] {
		var column []Point
		for i := range out.Points {
			column = append(column, out.Points[i][j])
		}
		price(&out.Axes[0], column)
		for i := range out.Points {
			out.Points[i][j].Price = column[i].Price
		}
	}
	return out, nil
}

// Cells are the limits of the first axis, those of the second in words, and the
// value and bound of each point; not a number where no plan keeps the limits.
func (p *Plane) Cells() (limits []float64, names []string, npsv, bound [][]float64) {
	for i, row := range p.Points {
		var v, w []float64
		for _, x := range row {
			if x.Plan == nil {
				v, w = append(v, math.NaN()), append(w, math.NaN())
			} else {
				v, w = append(v, x.Plan.NPSV), append(w, x.Bound)
			}
			if i == 0 {
				names = append(names, p.Axes[1].Amount(x.Other))
			}
		}
		limits, npsv, bound = append(limits, row[0].Limit), append(npsv, v), append(bound, w)
	}
	return limits, names, npsv, bound
}
