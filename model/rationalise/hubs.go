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
	Ties   [][]model.AssetID // other choices exactly as good
	Every  bool              // and those are all there are
}

// Objectives of siting.
const (
	HubsCoverage = "coverage" // most residents within the time, for one hub, two, …
	HubsCover    = "cover"    // fewest hubs that bring everybody within the time who can be
	HubsMedian   = "median"   // least travel for all residents, with so many hubs
	HubsCentre   = "centre"   // least travel for those who live farthest, with so many hubs
)

// Siting is the answer to one question of where hubs should be.
type Siting struct {
	Coverage
	Minutes    float64  // the average of all residents, or of those farthest for HubsCentre
	Least      float64  // minutes, or hubs for HubsCover: proven that no choice does with less
	Unreached  []string // names of the areas that no allowed hub is within the time of
	People     float64  // who live there
	Impossible bool     // no choice serves everybody, as capacities are
	Residents  float64  // in all
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

	Objective string  // of Site; HubsMedian when empty
	Hubs      int     // how many, for HubsMedian and HubsCentre
	Capacity  float64 // residents that one hub can serve; no limit when 0
}

// Hubs asks how many hubs it takes: for one hub, two, … it finds the sites that
// bring most residents within the time, proves it, and stops at the target or
// when another hub brings nobody nearer.
func Hubs(ctx context.Context, p *model.Project, spec HubSpec, opt siting.Options) ([]Coverage, error) {
	spec.defaults()
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
		c.take(r)
		out = append(out, c)
		if c.Share >= spec.Target || len(out) > 1 && c.People <= out[len(out)-2].People+0.5 || ctx.Err() != nil {
			break
		}
	}
	return out, nil
}

func (s *HubSpec) defaults() {
	if s.Minutes == 0 {
		s.Minutes = access.Limit
	}
	if s.Mode.KmH == 0 {
		s.Mode = access.Walk
	}
	if s.Most == 0 {
		s.Most = 25
	}
	if s.Target == 0 {
		s.Target = 0.95
	}
	if s.MinArea == 0 {
		s.MinArea = hubArea
	}
}

// take reads the sites chosen and what is as good.
func (c *Coverage) take(r *siting.Result) {
	ids := func(list []string) []model.AssetID {
		var out []model.AssetID
		for _, id := range list {
			out = append(out, model.AssetID(id))
		}
		return out
	}
	c.Open, c.Every = ids(r.Open), r.TiesComplete
	for _, t := range r.Ties {
		c.Ties = append(c.Ties, ids(t))
	}
}

// Site answers one question of siting and proves the answer.
func Site(ctx context.Context, p *model.Project, spec HubSpec, opt siting.Options) (*Siting, error) {
	spec.defaults()
	q, total, err := sitingProblem(p, spec)
	if err != nil {
		return nil, err
	}
	q.P = spec.Hubs
	switch spec.Objective {
	case "", HubsMedian:
		q.Objective = siting.PMedian
	case HubsCentre:
		q.Objective = siting.PCentre
	case HubsCover:
		q.Objective, q.P = siting.LSCP, 0
	default:
		return nil, model.Invalid("objective", fmt.Sprintf("%q is not %s, %s, %s or %s", spec.Objective, HubsCoverage, HubsCover, HubsMedian, HubsCentre))
	}
	if q.Objective != siting.LSCP && (q.P < max(1, len(spec.Required)) || q.P > len(q.Candidates)-len(spec.Excluded)) {
		return nil, model.Invalid("hubs", fmt.Sprintf("%d hubs cannot be chosen; between %d and %d can", q.P, max(1, len(spec.Required)), len(q.Candidates)-len(spec.Excluded)))
	}
	r, err := siting.Solve(ctx, q, opt)
	if err != nil {
		return nil, err
	}
	out := &Siting{Residents: total, Least: r.Bound, Impossible: r.Status == optimise.StatusInfeasible}
	out.Hubs, out.Proven = len(r.Open), r.Status == optimise.StatusOptimal
	out.take(r)
	switch q.Objective {
	case siting.PMedian:
		out.Minutes, out.Least = spec.Mode.Minutes(r.Objective/total), spec.Mode.Minutes(r.Bound/total)
	case siting.PCentre:
		out.Minutes, out.Least = spec.Mode.Minutes(r.Objective), spec.Mode.Minutes(r.Bound)
	}
	lost := map[string]bool{}
	for _, code := range r.Uncoverable {
		lost[code] = true
	}
	open := map[string]bool{}
	for _, id := range r.Open {
		open[id] = true
	}
	for d, x := range q.Demands {
		for c, id := range q.Candidates {
			if open[id] && q.Distance[d][c] <= q.Radius {
				out.Coverage.People += x.Weight
				break
			}
		}
		if lost[x.ID] {
			out.People += x.Weight
		}
	}
	for i := range p.Population {
		if pt := &p.Population[i]; lost[pt.Code] {
			name := pt.Name
			if name == "" {
				name = pt.Code
			}
			out.Unreached = append(out.Unreached, name)
		}
	}
	out.Share = out.Coverage.People / total
	out.Bound = out.Share
	return out, nil
}

// share gives the next question a sixth of the time that is left, on a clock of its
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
	one.Time = left / 6
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
	can := map[model.AssetID]bool{}
	for _, id := range q.Candidates {
		can[model.AssetID(id)] = true
		if spec.Capacity > 0 {
			q.Capacity = append(q.Capacity, spec.Capacity)
		}
	}
	for field, list := range map[string][]model.AssetID{"required": spec.Required, "excluded": spec.Excluded} {
		for _, id := range list {
			if a := p.Asset(id); a != nil && !can[id] {
				return nil, 0, model.Invalid(field, fmt.Sprintf("%s cannot be a hub: a hub is a building of %.0f m² or more that residents may enter and that is on the map", a.Name, spec.MinArea))
			}
		}
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
