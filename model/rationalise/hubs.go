package rationalise

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/geo"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/optimise/siting"
)

// Coverage is the best that so many hubs can do.
type Coverage struct {
	Hubs   int
	Share  float64 // of residents within the time, 0–1
	People float64
	Bound  float64 // share that no choice of so many hubs can exceed
	Open   []model.AssetID
	Proven bool
}

// HubSpec says where hubs could be and what counts as near.
type HubSpec struct {
	Minutes  float64     // 20 when 0
	Mode     access.Mode // on foot when empty
	Most     int         // hubs tried at most; 25 when 0
	Target   float64     // share of residents wanted; 0.95 when 0
	MinArea  float64     // m² that a hub needs; 200 when 0
	Required []model.AssetID
	Excluded []model.AssetID
}

// Hubs asks how many hubs it takes: for one hub, two, … it finds the sites that
// bring most residents within the time, proves it, and stops at the target or
// when another hub brings nobody nearer.
func Hubs(ctx context.Context, p *model.Project, spec HubSpec, opt siting.Options) ([]Coverage, error) {
	if spec.Minutes == 0 {
		spec.Minutes = access.Limit
	}
	if spec.Mode.KmH == 0 {
		spec.Mode = access.Walk
	}
	if spec.Most == 0 {
		spec.Most = 25
	}
	if spec.Target == 0 {
		spec.Target = 0.95
	}
	if spec.MinArea == 0 {
		spec.MinArea = 200
	}
	base, total, err := sitingProblem(p, spec)
	if err != nil {
		return nil, err
	}
	var out []Coverage
	for n := max(1, len(spec.Required)); n <= min(spec.Most, len(base.Candidates)); n++ {
		q := *base
		q.P = n
		one, ok := share(opt)
		if !ok {
			break
		}
		r, err := siting.Solve(ctx, &q, one)
		if err != nil {
			return out, err
		}
		c := Coverage{Hubs: n, People: r.Objective, Share: r.Objective / total, Bound: math.Min(1, r.Bound/total), Proven: r.Status == optimise.StatusOptimal}
		for _, id := range r.Open {
			c.Open = append(c.Open, model.AssetID(id))
		}
		out = append(out, c)
		if c.Share >= spec.Target || len(out) > 1 && c.People <= out[len(out)-2].People+0.5 || ctx.Err() != nil {
			break
		}
	}
	return out, nil
}

// share gives the next question half of the time that is left, on a clock of its
// own; there is none when hardly any is left.
func share(opt siting.Options) (siting.Options, bool) {
	if opt.Time <= 0 || opt.Clock == nil {
		return opt, true
	}
	began := opt.Clock()
	left := opt.Time - began
	if left < opt.Time/50 {
		return opt, false
	}
	one := opt
	one.Time = left / 2
	one.Clock = func() time.Duration { return opt.Clock() - began }
	return one, true
}

// sitingProblem has the public buildings that could be hubs as candidates and
// the places where people live as demand.
func sitingProblem(p *model.Project, spec HubSpec) (*siting.Problem, float64, error) {
	q := &siting.Problem{Objective: siting.MCLP, Radius: spec.Mode.Metres(spec.Minutes)}
	var at []geo.LatLon
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.Located() && a.FloorArea.Value >= spec.MinArea && hubUse(a.Use) {
			q.Candidates = append(q.Candidates, string(a.ID))
			at = append(at, geo.LatLon(a.Location))
		}
	}
	total := 0.0
	for i := range p.Population {
		pt := &p.Population[i]
		if pt.Placed == model.PlaceUnknown || pt.People <= 0 {
			continue
		}
		total += pt.People
		q.Demands = append(q.Demands, siting.Demand{ID: pt.Code, Weight: pt.People})
		row := make([]float64, len(at))
		for k := range at {
			row[k] = geo.Distance(geo.LatLon(pt.Location), at[k])
		}
		q.Distance = append(q.Distance, row)
	}
	switch {
	case len(q.Candidates) == 0:
		return nil, 0, model.Invalid("candidates", fmt.Sprintf("no building of %.0f m² or more that is on the map could be a hub", spec.MinArea))
	case total == 0:
		return nil, 0, model.Invalid("population", "no residents are on the map; import a population file with its boundaries first")
	}
	for _, id := range spec.Required {
		q.Required = append(q.Required, string(id))
	}
	for _, id := range spec.Excluded {
		q.Excluded = append(q.Excluded, string(id))
	}
	return q, total, nil
}

func hubUse(u model.Use) bool {
	switch u {
	case model.UseTownHall, model.UseOffice, model.UseLibrary, model.UseCommunity, model.UseClinic, model.UseYouth, model.UseNursery:
		return true
	}
	return false
}
