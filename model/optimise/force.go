package optimise

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// Force returns a copy of a problem in which a building must take an action.
func Force(p *Problem, building, action string) (*Problem, error) {
	i := slices.IndexFunc(p.Buildings, func(b Building) bool { return b.ID == building })
	if i < 0 {
		return nil, wrong("building", "%q is not a building", building)
	}
	if p.actionIndex(i, action) < 0 {
		return nil, wrong("action", "building %q has no action %q", building, action)
	}
	q := *p
	q.Locked = maps.Clone(p.Locked)
	if q.Locked == nil {
		q.Locked = map[string]string{}
	}
	q.Locked[building] = action
	return &q, nil
}

// Forbid returns a copy of a problem in which a building cannot take an action.
func Forbid(p *Problem, building, action string) (*Problem, error) {
	i := slices.IndexFunc(p.Buildings, func(b Building) bool { return b.ID == building })
	if i < 0 {
		return nil, wrong("building", "%q is not a building", building)
	}
	k := p.actionIndex(i, action)
	if k < 0 {
		return nil, wrong("action", "building %q has no action %q", building, action)
	}
	if len(p.Actions[i]) == 1 || p.Locked[building] == action {
		return nil, wrong("action", "building %q has no other action than %q", building, action)
	}
	q := *p
	q.Actions = slices.Clone(p.Actions)
	q.Actions[i] = slices.Delete(slices.Clone(p.Actions[i]), k, k+1)
	q.Rules = slices.Clone(p.Rules)
	for r := range q.Rules {
		q.Rules[r].Terms = slices.DeleteFunc(slices.Clone(q.Rules[r].Terms), func(t RuleTerm) bool {
			return t.Building == building && t.Action == action
		})
	}
	return &q, nil
}

// Difference is what one plan changes against another. Money is in £ thousand.
type Difference struct {
	Cost    float64         `json:"cost"`
	Capex   map[int]float64 `json:"capex"`   // by year
	Carbon  map[int]float64 `json:"carbon"`  // tonnes by year
	Travel  float64         `json:"travel"`  // person-km
	Actions []ActionChange  `json:"actions"` // buildings that do something else
	Moves   []Move          `json:"moves"`   // services that sit elsewhere
}

// ActionChange is a building that takes another action.
type ActionChange struct {
	Building string `json:"building"`
	From     string `json:"from"`
	To       string `json:"to"`
}

// Move is a service that sits elsewhere.
type Move struct {
	Service string  `json:"service"`
	From    string  `json:"from"`
	To      string  `json:"to"`
	KM      float64 `json:"km"` // further for each person; negative is nearer
	People  float64 `json:"people"`
}

// Compare says what plan b changes against plan a.
func Compare(p *Problem, a, b Plan) Difference {
	d := Difference{Capex: map[int]float64{}, Carbon: map[int]float64{}}
	d.Cost = Check(p, b).Objective - Check(p, a).Objective
	for i, bld := range p.Buildings {
		from, to := a.Actions[bld.ID], b.Actions[bld.ID]
		if from == to {
			continue
		}
		d.Actions = append(d.Actions, ActionChange{bld.ID, from, to})
		for n, name := range [2]string{from, to} {
			k, sign := p.actionIndex(i, name), float64(2*n-1)
			if k < 0 {
				continue
			}
			for t, v := range p.Actions[i][k].Capex {
				d.Capex[t] += sign * v
			}
			for t, v := range p.Actions[i][k].Carbon {
				d.Carbon[t] += sign * v
			}
		}
	}
	type pair struct {
		s int
		b string
	}
	arcs := map[pair]*Arc{}
	for k := range p.Arcs {
		arcs[pair{p.Arcs[k].Service, p.Buildings[p.Arcs[k].Building].ID}] = &p.Arcs[k]
	}
	none := &Arc{}
	for s := range p.Services {
		svc := &p.Services[s]
		from, to := a.Assignment[svc.ID], b.Assignment[svc.ID]
		if from != to {
			old, now := arcs[pair{s, from}], arcs[pair{s, to}]
			if old == nil {
				old = none
			}
			if now == nil {
				now = none
			}
			further := now.KM - old.KM
			change(d.Capex, now.Capex, old.Capex)
			change(d.Carbon, now.Carbon, old.Carbon)
			d.Moves = append(d.Moves, Move{svc.ID, from, to, further, svc.Population})
			d.Travel += further * svc.Population
		}
	}
	return d
}

// change adds what now takes by year beyond old.
func change(into, now, old map[int]float64) {
	for t, v := range now {
		into[t] += v
	}
	for t, v := range old {
		into[t] -= v
	}
}

// Explanation says what it costs to decide one building the other way.
type Explanation struct {
	Building string `json:"building"`
	Action   string `json:"action"` // what the plan does
	Other    string `json:"other"`  // the best alternative found
	// Result is the plan with the decision forced the other way.
	Result     *Result    `json:"result"`
	Difference Difference `json:"difference"`
	// Switch is how much dearer the building's action would have to become, in
	// £ thousand, before the other way is as good. It lies between SwitchLow and
	// SwitchHigh, which differ when a plan is not proven optimal.
	Switch     float64 `json:"switch"`
	SwitchLow  float64 `json:"switch_low"`
	SwitchHigh float64 `json:"switch_high"`
}

// Explain solves a problem again with the action a plan gives a building
// forbidden, starting from that plan's prices.
func Explain(ctx context.Context, p *Problem, base *Result, building string, opt Options) (*Explanation, error) {
	action, ok := base.Actions[building]
	if !ok {
		return nil, wrong("building", "%q is not in the plan", building)
	}
	q, err := Forbid(p, building, action)
	if err != nil {
		return nil, err
	}
	if q.Locked[building] != "" {
		q.Locked = maps.Clone(q.Locked)
		delete(q.Locked, building)
	}
	if err := q.Validate(); err != nil {
		return nil, fmt.Errorf("without %s of %s: %w", action, building, err)
	}
	res, err := Solve(ctx, q, opt)
	if err != nil {
		return nil, fmt.Errorf("without %s of %s: %w", action, building, err)
	}
	e := &Explanation{Building: building, Action: action, Other: res.Actions[building], Result: res}
	e.Difference = Compare(p, base.Plan, res.Plan)
	e.Switch = res.Objective - base.Objective
	e.SwitchLow = res.Bound - base.Objective
	e.SwitchHigh = res.Objective - base.Bound
	return e, nil
}
