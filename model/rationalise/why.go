package rationalise

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/optimise"
)

// Why is what forcing one building's decision the other way would come to.
type Why struct {
	Asset     model.AssetID
	Decision  string            // of the best plan
	Forced    string            // the best other decision
	NPSV      float64           // £ lost by it, positive
	Low, High float64           // £ between which the loss lies, as neither plan need be proven best
	Carbon    float64           // t more over the horizon
	Capital   float64           // £ more
	Stay      []model.ServiceID // services that would sit elsewhere than in the plan
	Moves     []Moved           // the same with where from and to
	Travel    float64           // visits × km a year more, by services whose distance changes
	Switching []Turning
	Proven    bool
	Other     *Plan // with the decision forced
}

// Moved is a service that sits elsewhere when the decision is forced.
type Moved struct {
	Service  model.ServiceID
	From, To model.AssetID // in the plan and with the decision forced
	KM       float64       // further from where it is today; negative is nearer
	Visits   float64       // a year
}

// Turning says at how much of an amount of the building the decision would turn:
// the switching value of its receipt, its running cost or the cost of works.
type Turning struct {
	What    string  // TurnReceipt, TurnRunning or TurnWorks
	Now     float64 // £: the receipt and the works in all, the running cost of a year on average
	At      float64 // £, the same amount at which both ways are worth the same
	Reached bool    // false when no amount of nought or more does it
}

// What a decision may turn on.
const (
	TurnReceipt = "sale receipt"
	TurnRunning = "running cost"
	TurnWorks   = "cost of works"
)

// Explain forces the building open when the plan closes it, or closed when the
// plan keeps it, solves again and compares.
func Explain(ctx context.Context, b *Problem, plan *Plan, asset model.AssetID, opt optimise.Options) (*Why, error) {
	at := -1
	for i := range b.Buildings {
		if b.Buildings[i].ID == string(asset) {
			at = i
		}
	}
	if at < 0 {
		return nil, model.NotFound("building in the plan", string(asset))
	}
	now := plan.Solver.Actions[string(asset)]
	open := false
	for _, a := range b.Problem.Actions[at] {
		open = open || a.Name == now && a.Cap > 0
	}
	other, ok := b.otherWay(at, open)
	if !ok {
		return nil, fmt.Errorf("%w: there is no other decision for %s", model.ErrConflict, b.named(string(asset)))
	}
	if stuck := other.stuck(); stuck != "" {
		return nil, fmt.Errorf("%w: %s cannot be decided the other way, because %s has nowhere else to go", model.ErrConflict, b.named(string(asset)), stuck)
	}
	opt.Start = other.begin(plan, at)
	best, err := Solve(ctx, other, "why", "Forced", opt)
	if err != nil {
		return nil, err
	}
	if best.Solver.Status == optimise.StatusInfeasible {
		return nil, fmt.Errorf("%w: no plan within the limits has %s decided the other way; the nearest one breaks: %s", model.ErrConflict,
			b.named(string(asset)), strings.Join(best.Breaks, "; "))
	}
	forced := best.Solver.Actions[string(asset)]
	w := &Why{Asset: asset, Decision: now, Forced: forced, NPSV: plan.NPSV - best.NPSV, Carbon: best.Result.CarbonTotal - plan.Result.CarbonTotal,
		Capital: best.Result.Capex - plan.Result.Capex, Proven: plan.Solver.Status == optimise.StatusOptimal && best.Solver.Status == optimise.StatusOptimal}
	w.Low, w.High = plan.NPSV-best.Bound, plan.Bound-best.NPSV
	for i := range b.Problem.Services {
		s := &b.Problem.Services[i]
		from, to := plan.Solver.Assignment[s.ID], best.Solver.Assignment[s.ID]
		if from == to {
			continue
		}
		m := Moved{Service: b.seats[i].Service, From: model.AssetID(from), To: model.AssetID(to), KM: b.km(i, to) - b.km(i, from), Visits: s.Population}
		w.Stay, w.Moves, w.Travel = append(w.Stay, m.Service), append(w.Moves, m), w.Travel+m.KM*m.Visits
	}
	w.Other = best
	w.Switching = turnings(plan, best, asset)
	return w, nil
}

// Turnable lists the buildings of a plan that could be decided the other way:
// those that have something that keeps them and something that does not.
func (p *Plan) Turnable() []model.AssetID {
	if p.problem == nil {
		return nil
	}
	var out []model.AssetID
	for i, x := range p.problem.Buildings {
		keeps, closes := false, false
		for _, a := range p.problem.Problem.Actions[i] {
			keeps, closes = keeps || a.Cap > 0, closes || a.Cap == 0
		}
		if _, building := p.problem.at[model.AssetID(x.ID)]; building && keeps && closes {
			out = append(out, model.AssetID(x.ID))
		}
	}
	return out
}

// turnings works out at which amounts of a building two plans are worth the
// same. Value is linear in each amount, so its share of the difference says so.
func turnings(plan, forced *Plan, asset model.AssetID) []Turning {
	lost := plan.Appraised - forced.Appraised
	var out []Turning
	for _, x := range []struct {
		what string
		of   func(s *ledger.Stream) bool
	}{
		{TurnReceipt, func(s *ledger.Stream) bool { // agents and lawyers take a share of it
			return s.Category == ledger.CatReceipt || s.Category == ledger.CatSaleCost
		}},
		{TurnRunning, func(s *ledger.Stream) bool { // with what runs twice during a move; a reception shared is a gain of sharing
			return slices.Contains([]ledger.Category{ledger.CatRent, ledger.CatMaintenance, ledger.CatCleaning, ledger.CatOther, ledger.CatEnergy, ledger.CatDouble}, s.Category) ||
				s.Category == ledger.CatReception && s.Action == ""
		}},
		{TurnWorks, func(s *ledger.Stream) bool {
			return s.Capital && s.Action != "" && s.Category != ledger.CatReceipt && s.Category != ledger.CatSaleCost
		}},
	} {
		nowA, pvA := plan.amount(asset, x.of)
		nowB, pvB := forced.amount(asset, x.of)
		now, part := math.Max(math.Abs(nowA), math.Abs(nowB)), pvA-pvB
		if now < 1 || math.Abs(part) < 1 {
			continue
		}
		if x.what == TurnRunning {
			now /= float64(len(plan.discount))
		}
		t := Turning{What: x.what, Now: now}
		if by := 1 - lost/part; by >= 0 {
			t.At, t.Reached = by*now, true
		}
		out = append(out, t)
	}
	return out
}

// amount adds up some of a building's money, undiscounted and discounted.
func (p *Plan) amount(asset model.AssetID, of func(*ledger.Stream) bool) (sum, pv float64) {
	for i := range p.Result.Plan.Streams {
		s := &p.Result.Plan.Streams[i]
		if s.Asset == asset && ledger.IsEconomic(s) && of(s) {
			row := p.Result.Flows.Row(i)
			if s.Category != ledger.CatSaleCost {
				for _, v := range row {
					sum += v
				}
			}
			pv += appraisal.PresentValue(row, p.discount)
		}
	}
	return sum, pv
}

// km is how far a service would be from where it is today.
func (b *Problem) km(service int, building string) float64 {
	for _, a := range b.Problem.Arcs {
		if a.Service == service && b.Problem.Buildings[a.Building].ID == building {
			return a.KM
		}
	}
	return 0
}

// otherWay is the problem in which a building can only take decisions that close
// it, when it is open, or that keep it, when it is not.
func (b *Problem) otherWay(at int, open bool) (*Problem, bool) {
	q := *b.Problem
	id := q.Buildings[at].ID
	var left []optimise.Action
	gone := map[string]bool{}
	for _, a := range q.Actions[at] {
		if (a.Cap > 0) == open {
			gone[a.Name] = true
		} else {
			left = append(left, a)
		}
	}
	if len(left) == 0 {
		return nil, false
	}
	q.Actions = append([][]optimise.Action(nil), q.Actions...)
	q.Actions[at] = left
	q.Locked = maps.Clone(q.Locked)
	delete(q.Locked, id)
	q.Rules = append([]optimise.Rule(nil), q.Rules...)
	for r := range q.Rules {
		q.Rules[r].Terms = slices.DeleteFunc(slices.Clone(q.Rules[r].Terms), func(t optimise.RuleTerm) bool { return t.Building == id && gone[t.Action] })
	}
	other := *b
	other.Problem = &q
	return &other, true
}

// begin is a plan to start from: the plan with the one decision turned and, when
// it closes the building, its services in the cheapest other places with room.
// There is none when every such plan breaks a limit.
func (b *Problem) begin(plan *Plan, at int) *optimise.Plan {
	p := b.Problem
	id := p.Buildings[at].ID
	room := make([]float64, len(p.Buildings))
	tags := make([][]string, len(p.Buildings))
	index := map[string]int{}
	for i := range p.Buildings {
		index[p.Buildings[i].ID] = i
		for _, a := range p.Actions[i] {
			if a.Name == plan.Solver.Actions[p.Buildings[i].ID] {
				room[i], tags[i] = a.Cap, a.Tags
			}
		}
	}
	for s := range p.Services {
		if i, ok := index[plan.Solver.Assignment[p.Services[s].ID]]; ok {
			room[i] -= p.Services[s].Demand
		}
	}
	var best *optimise.Plan
	cost := math.Inf(1)
	for _, act := range p.Actions[at] {
		start := optimise.Plan{Actions: maps.Clone(plan.Solver.Actions), Assignment: maps.Clone(plan.Solver.Assignment)}
		start.Actions[id] = act.Name
		left := slices.Clone(room)
		for s := range p.Services {
			if act.Cap > 0 || start.Assignment[p.Services[s].ID] != id {
				continue
			}
			to, least := -1, math.Inf(1)
			for _, a := range p.Arcs {
				if a.Service == s && a.Building != at && left[a.Building] >= p.Services[s].Demand && contains(tags[a.Building], p.Services[s].Class) && a.Cost < least {
					to, least = a.Building, a.Cost
				}
			}
			if to >= 0 {
				start.Assignment[p.Services[s].ID] = p.Buildings[to].ID
				left[to] -= p.Services[s].Demand
			}
		}
		if r := optimise.Check(p, start); r.Feasible() && r.Objective < cost {
			best, cost = &start, r.Objective
		}
	}
	return best
}

// stuck names a service that no building left open to it can hold.
func (b *Problem) stuck() string {
	can := make([]bool, len(b.Problem.Services))
	for _, a := range b.Problem.Arcs {
		s := &b.Problem.Services[a.Service]
		for _, x := range b.Problem.Actions[a.Building] {
			can[a.Service] = can[a.Service] || x.Cap >= s.Demand && contains(x.Tags, s.Class)
		}
	}
	for s, ok := range can {
		if !ok {
			return b.named(b.Problem.Services[s].ID)
		}
	}
	return ""
}
