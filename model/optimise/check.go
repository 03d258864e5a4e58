package optimise

import (
	"fmt"
	"math"
)

// Plan says what each building does and where each service sits, by id.
type Plan struct {
	Actions    map[string]string `json:"plan"`
	Assignment map[string]string `json:"assignment"`
}

// Kinds of limit a plan can break.
const (
	KindAction     = "action"     // a building without one allowed action
	KindLock       = "lock"       // a locked building with another action
	KindAssignment = "assignment" // a service that sits nowhere it may
	KindFit        = "fit"        // a service in a building whose action cannot hold it
	KindCapacity   = "capacity"
	KindSession    = "session"  // a building too full in one session
	KindConflict   = "conflict" // services that must not share do
	KindBudget     = "budget"
	KindCarbon     = "carbon"
	KindAccess     = "access"
	KindRule       = "rule"
)

// Violation is one limit a plan breaks.
type Violation struct {
	Kind string `json:"kind"`
	// What is the building, service, year or rule.
	What string `json:"what"`
	// Used and Limit are in Unit; Over is how far Used is on the wrong side.
	Used  float64 `json:"used"`
	Limit float64 `json:"limit"`
	Over  float64 `json:"over"`
	Unit  string  `json:"unit"`
}

// String says what is broken, in words.
func (v Violation) String() string {
	return fmt.Sprintf("%s %s: %g %s against %g, off by %g", v.Kind, v.What, v.Used, v.Unit, v.Limit, v.Over)
}

// Report is what an independent re-check of a plan found.
type Report struct {
	// Pence is the cost of the plan in whole pence.
	Pence int64
	// Objective is the same in £ thousand.
	Objective  float64
	Violations []Violation
}

// Feasible says whether the plan keeps every limit.
func (r Report) Feasible() bool { return len(r.Violations) == 0 }

// Check re-computes a plan from the problem as read, in whole pence, kilograms
// and person-metres. It shares nothing with the engine but the problem.
func Check(p *Problem, plan Plan) Report {
	c := checker{p: p, plan: plan, building: map[string]int{}, chosen: make([]*Action, len(p.Buildings))}
	c.actions()
	c.services()
	c.limits()
	c.rep.Objective = float64(c.rep.Pence) / moneyScale
	return c.rep
}

type checker struct {
	p        *Problem
	plan     Plan
	rep      Report
	building map[string]int
	chosen   []*Action
	placed   []*Arc
	metres   int64 // Σ population × metres, in thousandths of a person-metre
}

func (c *checker) broken(kind, what string, used, limit, scale int64, unit string) {
	f := float64(scale)
	c.rep.Violations = append(c.rep.Violations, Violation{
		Kind: kind, What: what, Used: float64(used) / f, Limit: float64(limit) / f,
		Over: math.Abs(float64(used-limit)) / f, Unit: unit,
	})
}

func (c *checker) actions() {
	for i, b := range c.p.Buildings {
		c.building[b.ID] = i
		name, given := c.plan.Actions[b.ID]
		if want, ok := c.p.Locked[b.ID]; ok && name != want {
			c.broken(KindLock, b.ID, 1, 0, 1, "locked building")
		}
		for k := range c.p.Actions[i] {
			if given && c.p.Actions[i][k].Name == name {
				c.chosen[i] = &c.p.Actions[i][k]
			}
		}
		if c.chosen[i] == nil {
			c.broken(KindAction, b.ID, 0, 1, 1, "action")
			continue
		}
		c.rep.Pence += whole(c.chosen[i].Cost, moneyScale)
	}
}

func (c *checker) services() {
	type pair struct{ s, b int }
	arcs := make(map[pair]*Arc, len(c.p.Arcs))
	for k := range c.p.Arcs {
		arcs[pair{c.p.Arcs[k].Service, c.p.Arcs[k].Building}] = &c.p.Arcs[k]
	}
	load := make([]int64, len(c.p.Buildings))
	bySession := make([]map[int]int64, len(c.p.Buildings))
	sideA, sideB := make([]int64, len(c.p.Buildings)), make([]int64, len(c.p.Buildings))
	for s := range c.p.Services {
		svc := &c.p.Services[s]
		id, given := c.plan.Assignment[svc.ID]
		i, known := c.building[id]
		var arc *Arc
		if given && known {
			arc = arcs[pair{s, i}]
		}
		if arc == nil {
			c.broken(KindAssignment, svc.ID, 0, 1, 1, "place")
			continue
		}
		c.rep.Pence += whole(arc.Cost, moneyScale)
		c.placed = append(c.placed, arc)
		c.metres += whole(svc.Population, 1000) * whole(arc.KM, accessScale)
		load[i] += whole(svc.Demand, spaceScale)
		for k, v := range svc.Sessions {
			if bySession[i] == nil {
				bySession[i] = map[int]int64{}
			}
			bySession[i][k] += whole(v, spaceScale)
		}
		switch svc.Conflict {
		case "A":
			sideA[i]++
		case "B":
			sideB[i]++
		}
		if c.chosen[i] != nil && !tagged(c.chosen[i].Tags, svc.Class) {
			c.broken(KindFit, svc.ID, 1, 0, 1, "service in a building that cannot hold its class")
		}
	}
	for i, b := range c.p.Buildings {
		if c.chosen[i] == nil {
			continue
		}
		if room := whole(c.chosen[i].Cap, spaceScale); load[i] > room {
			c.broken(KindCapacity, b.ID, load[i], room, spaceScale, "space")
		}
		if c.chosen[i].Sessions != nil {
			for _, k := range sortedKeys(bySession[i]) {
				var room int64
				if k < len(c.chosen[i].Sessions) {
					room = whole(c.chosen[i].Sessions[k], spaceScale)
				}
				if used := bySession[i][k]; used > room {
					c.broken(KindSession, fmt.Sprintf("%s session %d", b.ID, k), used, room, spaceScale, "space")
				}
			}
		}
		if n := min(sideA[i], sideB[i]); n > 0 {
			c.broken(KindConflict, b.ID, n, 0, 1, "services that must not share")
		}
	}
}

func tagged(tags []string, class string) bool {
	for _, t := range tags {
		if t == class {
			return true
		}
	}
	return false
}

func (c *checker) limits() {
	for _, t := range sortedKeys(c.p.Budget) {
		var spent int64
		for _, a := range c.chosen {
			if a != nil && t < len(a.Capex) {
				spent += whole(a.Capex[t], moneyScale)
			}
		}
		for _, a := range c.placed {
			spent += whole(a.Capex[t], moneyScale)
		}
		if limit := whole(c.p.Budget[t], moneyScale); spent > limit {
			c.broken(KindBudget, fmt.Sprintf("year %d", t), spent, limit, moneyScale, "£ thousand")
		}
	}
	for _, t := range sortedKeys(c.p.CarbonTarget) {
		var emitted int64
		for _, a := range c.chosen {
			if a != nil && t < len(a.Carbon) {
				emitted += whole(a.Carbon[t], carbonScale)
			}
		}
		for _, a := range c.placed {
			emitted += whole(a.Carbon[t], carbonScale)
		}
		if limit := whole(c.p.CarbonTarget[t], carbonScale); emitted > limit {
			c.broken(KindCarbon, fmt.Sprintf("year %d", t), emitted, limit, carbonScale, "t")
		}
	}
	if c.p.AccessLimit != nil {
		if limit := whole(*c.p.AccessLimit, accessScale) * 1000; c.metres > limit {
			c.broken(KindAccess, "all services", c.metres, limit, accessScale*1000, "person-km")
		}
	}
	for _, r := range c.p.Rules {
		var n int64
		for _, term := range r.Terms {
			w := term.Weight
			if w == 0 {
				w = 1
			}
			if c.plan.Actions[term.Building] == term.Action {
				n += whole(w, ruleScale)
			}
		}
		if r.AtMost != nil {
			if limit := whole(*r.AtMost, ruleScale); n > limit {
				c.broken(KindRule, r.Name, n, limit, ruleScale, "at most")
			}
		}
		if r.AtLeast != nil {
			if limit := whole(*r.AtLeast, ruleScale); n < limit {
				c.broken(KindRule, r.Name, n, limit, ruleScale, "at least")
			}
		}
	}
}
