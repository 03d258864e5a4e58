package siting

import (
	"math"

	"github.com/planting-the-flag/flagstone/model/optimise"
)

// capacitated solves a problem with capacities as a rationalisation problem:
// each candidate is a building that is open or shut, each demand a service.
func (r *run) capacitated() error {
	if r.p.Objective == PCentre {
		return r.capacitatedCentre()
	}
	res, err := r.capacitatedAt(r.reach(), false)
	if err != nil {
		return err
	}
	total := 0.0
	for _, d := range r.coverable {
		total += r.p.Demands[d].Weight
	}
	r.takeCapacitated(res)
	r.res.Objective, r.res.Bound = res.Objective, res.Bound
	if r.p.Objective == MCLP {
		r.res.Objective, r.res.Bound = total-res.Objective, total-res.Bound
	}
	r.res.Gap = math.Abs(r.res.Objective-r.res.Bound) / max(math.Abs(r.res.Objective), 1e-9)
	return nil
}

const (
	open      = "OPEN"
	shut      = "SHUT"
	elsewhere = " elsewhere" // where demands go that are not covered
)

func (r *run) takeCapacitated(res *optimise.Result) {
	r.res.Status = res.Status
	r.work += res.Work
	r.res.Open = []string{}
	for _, c := range r.allowed {
		if id := r.p.Candidates[c]; res.Actions[id] == open {
			r.res.Open = append(r.res.Open, id)
		}
	}
	for d, c := range res.Assignment {
		if c != elsewhere {
			r.res.Assignment[d] = c
		}
	}
}

// capacitatedAt builds and solves the problem with arcs up to a radius. With
// feasible set, any choice that serves everything will do.
func (r *run) capacitatedAt(radius float64, feasible bool) (*optimise.Result, error) {
	p := &optimise.Problem{Name: "siting"}
	most := float64(r.p.P)
	rule := optimise.Rule{Name: "number of sites", AtMost: &most}
	index := map[int]int{}
	for _, c := range r.allowed {
		id := r.p.Candidates[c]
		index[c] = len(p.Buildings)
		p.Buildings = append(p.Buildings, optimise.Building{ID: id})
		cost := 0.0
		if r.p.Objective == LSCP {
			cost = 1
		}
		acts := []optimise.Action{{Name: open, Cap: r.p.Capacity[c], Cost: cost, Tags: []string{""}}}
		isRequired := false
		for _, q := range r.required {
			isRequired = isRequired || q == c
		}
		if !isRequired {
			acts = append(acts, optimise.Action{Name: shut})
		}
		p.Actions = append(p.Actions, acts)
		rule.Terms = append(rule.Terms, optimise.RuleTerm{Building: id, Action: open})
	}
	size := 0.0
	for _, d := range r.coverable {
		dem := r.p.Demands[d]
		v := dem.Size
		if v == 0 {
			v = dem.Weight
		}
		size += v
		s := len(p.Services)
		p.Services = append(p.Services, optimise.Service{ID: dem.ID, Demand: v})
		for _, c := range r.allowed {
			dist := r.p.Distance[d][c]
			if !(dist <= radius) {
				continue
			}
			cost := 0.0
			if r.p.Objective == PMedian && !feasible {
				cost = dem.Weight * dist / moneyScale
			}
			p.Arcs = append(p.Arcs, optimise.Arc{Service: s, Building: index[c], Cost: cost})
		}
	}
	if r.p.Objective == MCLP {
		p.Buildings = append(p.Buildings, optimise.Building{ID: elsewhere})
		p.Actions = append(p.Actions, []optimise.Action{{Name: open, Cap: size, Tags: []string{""}}})
		for s, d := range r.coverable {
			p.Arcs = append(p.Arcs, optimise.Arc{Service: s, Building: len(p.Buildings) - 1, Cost: r.p.Demands[d].Weight})
		}
	}
	if r.p.Objective != LSCP {
		p.Rules = []optimise.Rule{rule}
	}
	opt := optimise.Options{Time: r.opt.Time, Clock: r.opt.Clock, Seed: r.opt.Seed}
	if r.opt.WorkLimit > 0 {
		opt.WorkLimit = max(1, r.opt.WorkLimit-r.work)
	}
	res, err := optimise.Solve(r.ctx, p, opt)
	if err != nil {
		return nil, err
	}
	if r.p.Objective == PMedian && !feasible {
		res.Objective *= moneyScale
		res.Bound *= moneyScale
	}
	return res, nil
}

// moneyScale brings weighted metres into the range of amounts that package
// optimise keeps exactly.
const moneyScale = 1000

// capacitatedCentre bisects over radii like centre, with a feasibility problem
// as the test.
func (r *run) capacitatedCentre() error {
	radii := r.radii()
	lo, hi := 0, len(radii)
	sure := 0 // every radius below index sure is proven too small
	var best *optimise.Result
	for lo < hi {
		mid := (lo + hi) / 2
		res, err := r.capacitatedAt(radii[mid], true)
		switch {
		case err != nil:
			// A demand without any place within the radius.
			lo = mid + 1
			if sure == mid || sure >= lo-1 {
				sure = lo
			}
			sure = max(sure, lo)
			continue
		case res.Status != optimise.StatusInfeasible:
			best, hi = res, mid
		case res.ProvenInfeasible:
			lo = mid + 1
			sure = max(sure, lo)
		default:
			lo = mid + 1
		}
		r.work += res.Work
		if r.over() {
			break
		}
	}
	if best == nil {
		r.res.Status = optimise.StatusInfeasible
		return nil
	}
	r.takeCapacitated(best)
	r.work -= best.Work
	worst := 0.0
	at := map[string]int{}
	for c, id := range r.p.Candidates {
		at[id] = c
	}
	for d, dem := range r.p.Demands {
		if id, ok := r.res.Assignment[dem.ID]; ok {
			worst = max(worst, r.p.Distance[d][at[id]])
		}
	}
	r.res.Objective, r.res.Bound = worst, min(radii[min(sure, len(radii)-1)], worst)
	r.res.Gap = (worst - r.res.Bound) / max(worst, 1e-9)
	r.res.Status = optimise.StatusFeasible
	if r.res.Gap <= optimise.ProvenGap {
		r.res.Status = optimise.StatusOptimal
	}
	return nil
}
