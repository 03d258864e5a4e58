package optimise

import (
	"context"
	"fmt"
	"math"
)

// GridPoint is a pair of limits and the best plan under both.
type GridPoint struct {
	// A and B are the limits of the two axes, as in FrontierPoint.Limits.
	A, B   map[int]float64
	Result *Result
	Bound  float64
	// Problem is the one with the limits of this point.
	Problem *Problem
}

// Grid is Frontier for two limits at once: the best plan for each of points[0]
// limits of the first axis with each of points[1] of the second, from the
// tightest of each to the loosest. Pairs that no plan keeps have a result that
// says so. Each starts from the better plan of its tighter neighbours.
func Grid(ctx context.Context, p *Problem, axes [2]Axis, points [2]int, opt Options) ([][]GridPoint, error) {
	for _, n := range points {
		if n < 2 || n > 20 {
			return nil, fmt.Errorf("%w: %d points a side; 2 to 20 are possible", ErrOptions, n)
		}
	}
	if axes[0] == axes[1] {
		return nil, wrong("axis", "both axes are %s", axes[0].Kind)
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	g := &grid{p: p, first: &frontier{p: p, axis: axes[0], opt: opt, shares: points[0]*points[1] + 3}, second: &frontier{p: p, axis: axes[1]}}
	loose, err := g.first.solve(ctx, g.second.on(g.first.unlimited()).unlimited(), nil)
	if err != nil {
		return nil, fmt.Errorf("grid without the limits: %w", err)
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("grid: stopped before its first point: %w", ctx.Err())
	}
	if loose.Status == StatusInfeasible {
		return nil, fmt.Errorf("grid: %w", ErrNoPlan)
	}
	var tight [2]*Result
	sides := [2]*frontier{g.first, g.second}
	var from, to [2]float64
	for k, f := range sides {
		if err := f.reference(loose.Plan); err != nil {
			return nil, err
		}
		if tight[k], err = g.first.solve(ctx, f.on(sides[1-k].unlimited()).least(), &loose.Plan); err != nil {
			return nil, fmt.Errorf("grid of least use: %w", err)
		}
		from[k], to[k] = f.share(tight[k].Plan), f.share(loose.Plan)
		if from[k] >= to[k] { // as in Frontier
			points[k] = 1
		}
	}
	at := func(k, n int) float64 {
		if n == points[k]-1 {
			return to[k]
		}
		return from[k] + (to[k]-from[k])*float64(n)/float64(points[k]-1)
	}
	out := make([][]GridPoint, points[0])
	for i := range out {
		out[i] = make([]GridPoint, points[1])
		for j := range out[i] {
			x := &out[i][j]
			x.A, x.B = g.first.limits(at(0, i)), g.second.limits(at(1, j))
			start, best := &tight[0].Plan, math.Inf(1)
			if i > 0 {
				start = &tight[1].Plan
			}
			for _, y := range neighbours(out, i, j, -1) {
				if y.Result.Status != StatusInfeasible && y.Result.Objective < best {
					start, best = &y.Result.Plan, y.Result.Objective
				}
			}
			x.Problem = g.limited(at(0, i), at(1, j))
			if x.Result, err = g.first.solve(ctx, x.Problem, start); err != nil {
				return nil, fmt.Errorf("grid point %d, %d: %w", i, j, err)
			}
			x.Bound = x.Result.Bound
			if ctx.Err() != nil {
				if i == 0 {
					return nil, fmt.Errorf("grid: stopped in its first row: %w", ctx.Err())
				}
				return g.bounds(out[:i], at), nil
			}
		}
	}
	return g.bounds(out, at), nil
}

type grid struct {
	p             *Problem
	first, second *frontier
}

// on is the same axis of another problem.
func (f *frontier) on(p *Problem) *frontier {
	g := *f
	g.p = p
	return &g
}

func (g *grid) limited(a, b float64) *Problem {
	return g.second.on(g.first.limited(a)).limited(b)
}

// neighbours are the points one step away on the tighter (-1) or looser (+1)
// side that have been solved.
func neighbours(out [][]GridPoint, i, j, step int) []*GridPoint {
	var list []*GridPoint
	for _, d := range [2][2]int{{step, 0}, {0, step}} {
		if a, b := i+d[0], j+d[1]; a >= 0 && a < len(out) && b >= 0 && b < len(out[a]) && out[a][b].Result != nil {
			list = append(list, &out[a][b])
		}
	}
	return list
}

// bounds lets prices bound neighbours and looser points bound tighter ones.
func (g *grid) bounds(out [][]GridPoint, at func(k, n int) float64) [][]GridPoint {
	for i := len(out) - 1; i >= 0; i-- {
		for j := len(out[i]) - 1; j >= 0; j-- {
			x := &out[i][j]
			if x.Result.Status == StatusInfeasible {
				continue
			}
			var others []*Result
			for _, y := range append(neighbours(out, i, j, -1), neighbours(out, i, j, 1)...) {
				others = append(others, y.Result)
			}
			x.Bound = rebound(g.limited(at(0, i), at(1, j)), x.Result, x.Bound, others)
			for _, y := range neighbours(out, i, j, 1) {
				if y.Result.Status != StatusInfeasible {
					x.Bound = max(x.Bound, y.Bound)
				}
			}
			x.Bound = x.Result.raise(x.Bound)
		}
	}
	return out
}

// rebound is the best bound on a problem from the prices of results for the same
// problem with other limits, with which the result is brought up to date.
func rebound(q *Problem, res *Result, bound float64, others []*Result) float64 {
	c := compile(q)
	dom := c.full()
	c.lock(dom, q)
	c.dominate(dom)
	if res.Status == StatusInfeasible || !c.propagate(dom) {
		return bound
	}
	d := newDual(c, new(int64))
	for _, other := range others {
		if len(other.services) != c.nS || len(other.rows) != c.nR+1 {
			continue
		}
		d.evaluate(dom, other.services, other.rows, &d.cur)
		bound = max(bound, math.Floor(d.cur.bound)/moneyScale)
	}
	return res.raise(bound)
}

// raise takes over a bound and returns it, no higher than the plan costs.
func (r *Result) raise(bound float64) float64 {
	bound = min(bound, r.Objective)
	r.Bound = max(r.Bound, bound)
	r.Gap = gapOf(r.Objective, r.Bound)
	if r.Gap <= ProvenGap {
		r.Status = StatusOptimal
	}
	return bound
}
