package workspace

import (
	"context"
	"math"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/space"
)

// Attendance works out how many of a building's people are in, as the teams
// that are there today would come.
func (w *Workspace) Attendance(ctx context.Context, q app.AttendanceQuestion) (*app.Attendance, error) {
	p := w.s.Project()
	if q.Home < 0 || q.Home > space.Weekdays || q.Level <= 0 || q.Level >= 1 {
		return nil, model.Invalid("days", words.F("days at home must be 0 to %d and the chance of a desk between 0 and 1", space.Weekdays))
	}
	out := &app.Attendance{}
	var sizes []int
	for i := range p.Occupations {
		o := &p.Occupations[i]
		s := p.Service(o.Service)
		if o.Asset != q.Asset || s == nil || !o.Desks.Known() || o.Desks.Value <= 0 || !s.FTE.Known() {
			continue
		}
		out.People += s.FTE.Value * o.Share
		out.Desks += o.Desks.Value
		out.Modelled = out.Modelled || o.Desks.Grade.Modelled() || s.FTE.Grade.Modelled()
		sizes = append(sizes, int(math.Ceil(s.FTE.Value*o.Share)))
	}
	if len(sizes) == 0 {
		return out, ctx.Err()
	}
	pattern := space.Hybrid(q.Home, q.Peak, q.Spread, q.Rota)
	for day := range space.Weekdays {
		parts := make([][]float64, len(sizes))
		for i, n := range sizes {
			parts[i] = pattern.On(day, n)
		}
		dist := space.Pool(parts...)
		need := float64(space.Quantile(dist, q.Level))
		out.Mean[day] = space.Mean(dist)
		if need > out.Needed || day == 0 {
			out.Needed, out.Busiest, out.Chance = need, day, dist
		}
	}
	if out.Needed > 0 {
		out.Ratio = out.People / out.Needed
	}
	return out, ctx.Err()
}
