package optimise

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/planting-the-flag/flagstone/model/optimise/highs"
)

// RoomPrices says what one more unit of room would save in each building that a
// plan fills, with its actions as they are: the dual values of the linear
// programme of where services sit, by HiGHS, the dearest first. Services are whole,
// so it is an indication only. Without HiGHS, and where opt has the run stopped,
// there are none. Price is in £ thousand for a unit of Action.Cap.
func RoomPrices(ctx context.Context, p *Problem, plan *Plan, opt Options) ([]ShadowPrice, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	c := compile(p)
	f := c.foundOf(p, plan)
	if f == nil {
		return nil, wrong("plan", "is not one of this problem")
	}
	dom := c.full()
	for i, a := range f.act {
		dom.act[i] = 1 << (a - c.actStart[i])
	}
	if !c.propagate(dom) {
		return nil, wrong("plan", "breaks a limit")
	}
	halt := func() bool { return opt.Time > 0 && opt.Clock != nil && opt.Clock() >= opt.Time }
	engine, err := opt.HiGHS.Wait(ctx, halt)
	if err != nil {
		if errors.Is(err, highs.ErrAbsent) || ctx.Err() != nil || halt() {
			return nil, nil
		}
		return nil, err
	}
	g := c.programme(dom)
	m := g.model
	m.Integer = nil
	run, err := engine.Solve(ctx, &m, math.Inf(1), highs.Options{Halt: halt})
	if err != nil {
		return nil, err
	}
	if run.Status() != highs.Optimal {
		return nil, nil
	}
	_, price := run.Duals()
	var out []ShadowPrice
	for i := range c.nB {
		if g.space[i] < 0 {
			continue
		}
		worth := mul(max(0, -price[g.space[i]]), spaceScale/float64(c.unit))
		for n := range c.nK {
			worth += max(0, -price[int(g.space[i])+1+n])
		}
		if worth > 1e-9 {
			out = append(out, ShadowPrice{Kind: KindCapacity, What: p.Buildings[i].ID, Price: worth, Unit: "unit of space"})
		}
	}
	slices.SortStableFunc(out, func(a, b ShadowPrice) int {
		switch {
		case a.Price > b.Price:
			return -1
		case a.Price < b.Price:
			return 1
		}
		return 0
	})
	return out, nil
}
