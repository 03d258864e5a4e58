package workspace

import (
	"context"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/optimise/siting"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// Points on a frontier along one axis, and a side of a plane of two.
const (
	frontierPoints = 10
	planeSide      = 8
)

// clock counts from now.
func (w *Workspace) clock() func() time.Duration {
	start := w.now()
	return func() time.Duration { return w.now().Sub(start) }
}

// Frontier looks for the best plans at several limits.
func (w *Workspace) Frontier(ctx context.Context, s app.Search, axes []string) (*app.Frontier, error) {
	b, err := rationalise.Build(w.s.Project(), s.Limit)
	if err != nil {
		return nil, err
	}
	opt := optimise.Options{HiGHS: w.highs, Time: s.Time, Seed: s.Seed, Clock: w.clock()}
	if len(axes) == 2 {
		p, err := rationalise.Grid(ctx, b, [2]string{axes[0], axes[1]}, [2]int{planeSide, planeSide}, opt)
		if err != nil {
			return nil, err
		}
		out := &app.Frontier{Axes: p.Axes[:], Plane: p}
		for _, row := range p.Points {
			out.Points = append(out.Points, row...)
		}
		return out, nil
	}
	a, points, err := rationalise.Trade(ctx, b, axes[0], frontierPoints, opt)
	if err != nil {
		return nil, err
	}
	return &app.Frontier{Axes: []rationalise.Axis{*a}, Points: points}, nil
}

// OtherWay looks for the best plan with one decision turned.
func (w *Workspace) OtherWay(ctx context.Context, p *rationalise.Plan, asset model.AssetID) (*rationalise.Why, error) {
	return p.OtherWay(ctx, asset, optimise.Options{HiGHS: w.highs, Time: whyTime, Seed: 1, Clock: w.clock()})
}

// Prices solves again with each limit that binds relaxed.
func (w *Workspace) Prices(ctx context.Context, p *rationalise.Plan) ([]rationalise.Price, error) {
	return p.Prices(ctx, optimise.Options{HiGHS: w.highs, Time: whyTime, Seed: 1, Clock: w.clock()})
}

// Hubs says how many residents one hub can reach, two, and so on.
func (w *Workspace) Hubs(ctx context.Context, s rationalise.HubSpec, most time.Duration) ([]rationalise.Coverage, error) {
	return rationalise.Hubs(ctx, w.s.Project(), s, siting.Options{Time: most, Seed: 1, Clock: w.clock()})
}

// Site says where so many hubs should be, or how few reach everybody.
func (w *Workspace) Site(ctx context.Context, s rationalise.HubSpec, most time.Duration) (*rationalise.Siting, error) {
	return rationalise.Site(ctx, w.s.Project(), s, siting.Options{Time: most, Seed: 1, Clock: w.clock()})
}
