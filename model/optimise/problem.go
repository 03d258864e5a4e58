package optimise

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Limits on what is accepted, so that a mistaken file is refused at once
// instead of filling the memory of an office computer.
const (
	// MaxArcs is the greatest number of service-building pairs accepted.
	MaxArcs = 2_000_000
	// MaxActions is the greatest number of actions one building may have.
	MaxActions = 64
	// maxMoney is the greatest amount accepted, in £ thousand.
	maxMoney = 1e9
	// maxYear is the last year, counted from the first.
	maxYear = 1000
	// maxPeople, maxKM and maxTravel keep person-metres inside 64 bits.
	maxPeople = 1e7
	maxKM     = 4e4
	maxTravel = 1e12
)

// ErrProblem marks every error about the content of a problem.
var ErrProblem = errors.New("problem not usable")

// Problem is an estate-rationalisation problem. Money is in £ thousand, carbon
// in tonnes, distance in kilometres.
type Problem struct {
	Name      string     `json:"name"`
	Years     int        `json:"years,omitempty"`
	Buildings []Building `json:"buildings"`
	Services  []Service  `json:"services"`
	Arcs      []Arc      `json:"arcs"`
	// Actions holds the allowed actions of each building, in building order.
	Actions [][]Action `json:"actions"`
	// Locked fixes the action of a building, by building id.
	Locked map[string]string `json:"locked,omitempty"`
	// Budget limits the capital spent in a year, in £ thousand.
	Budget map[int]float64 `json:"budget,omitempty"`
	// CarbonTarget limits the emissions of a year, in tonnes.
	CarbonTarget map[int]float64 `json:"carbon_target,omitempty"`
	// AccessLimit limits the sum of population times distance, in
	// person-kilometres; nil means no limit.
	AccessLimit *float64 `json:"access_limit,omitempty"`
	// Rules are counting rules over actions, such as "at least one hub in
	// this ward".
	Rules []Rule `json:"rules,omitempty"`
}

// Building is one asset that takes exactly one action.
type Building struct {
	ID string `json:"id"`
}

// Service is one team or public service that sits in exactly one building.
type Service struct {
	ID string `json:"id"`
	// Class is matched against the tags of an action.
	Class string `json:"cls"`
	// Demand is the space needed, in the units of Action.Cap.
	Demand float64 `json:"d"`
	// Population is the number of people who travel to the service.
	Population float64 `json:"pop"`
	// Conflict is "", "A" or "B"; A and B must not share a building.
	Conflict string `json:"conflict"`
	// Sessions is the space needed in each session of the week (a weekday
	// morning, say), on top of Demand, which is needed throughout.
	Sessions []float64 `json:"sessions,omitempty"`
}

// Arc says that a service could sit in a building, and what that costs.
type Arc struct {
	Service  int     `json:"s"`
	Building int     `json:"b"`
	KM       float64 `json:"km"`
	Cost     float64 `json:"cost"`
	// Capex is the capital the move takes by year, in £ thousand, and Carbon
	// the change in emissions by year, in tonnes; years left out are nought.
	Capex  map[int]float64 `json:"capex,omitempty"`
	Carbon map[int]float64 `json:"carbon,omitempty"`
}

// Action is one thing that can be done with a building.
type Action struct {
	Name string `json:"a"`
	// Cap is the space the building offers under this action.
	Cap float64 `json:"cap"`
	// Cost is the net present cost in £ thousand.
	Cost float64 `json:"npc"`
	// Capex is the capital spent by year, in £ thousand.
	Capex []float64 `json:"capex"`
	// Carbon is what is emitted by year, in tonnes.
	Carbon []float64 `json:"carbon"`
	// Tags are the service classes the building can hold.
	Tags []string `json:"tags"`
	// Sessions is the space offered in each session; without it sessions are
	// not limited.
	Sessions []float64 `json:"session_cap,omitempty"`
}

// Rule counts actions: the weighted number of buildings that take the named
// actions must lie between AtLeast and AtMost.
type Rule struct {
	Name    string     `json:"name"`
	Terms   []RuleTerm `json:"terms"`
	AtMost  *float64   `json:"at_most,omitempty"`
	AtLeast *float64   `json:"at_least,omitempty"`
}

// RuleTerm adds Weight (1 when zero) when Building takes Action.
type RuleTerm struct {
	Building string  `json:"building"`
	Action   string  `json:"action"`
	Weight   float64 `json:"weight,omitempty"`
}

func wrong(field, format string, args ...any) error {
	return fmt.Errorf("%w: %s: %s", ErrProblem, field, fmt.Sprintf(format, args...))
}

// Validate reports the first thing that makes the problem unusable, naming the
// field. A problem that no plan can satisfy is still valid.
func (p *Problem) Validate() error {
	if len(p.Buildings) == 0 {
		return wrong("buildings", "there are none: zero candidates")
	}
	if len(p.Services) == 0 && len(p.Arcs) > 0 {
		return wrong("services", "there are none but there are %d arcs", len(p.Arcs))
	}
	if len(p.Arcs) > MaxArcs {
		return wrong("arcs", "%d arcs; at most %d are accepted", len(p.Arcs), MaxArcs)
	}
	if len(p.Actions) != len(p.Buildings) {
		return wrong("actions", "%d lists for %d buildings", len(p.Actions), len(p.Buildings))
	}
	ids := make(map[string]int, len(p.Buildings))
	for i, b := range p.Buildings {
		if b.ID == "" {
			return wrong(fmt.Sprintf("buildings[%d].id", i), "is empty")
		}
		if j, ok := ids[b.ID]; ok {
			return wrong(fmt.Sprintf("buildings[%d].id", i), "%q is already buildings[%d]", b.ID, j)
		}
		ids[b.ID] = i
	}
	if err := p.validateActions(); err != nil {
		return err
	}
	if err := p.validateServices(); err != nil {
		return err
	}
	return p.validateLimits(ids)
}

// amounts checks a sparse row of amounts by year.
func amounts(field string, v map[int]float64) error {
	if len(v) == 0 {
		return nil
	}
	for _, t := range sortedKeys(v) {
		if t < 0 || t > maxYear {
			return wrong(field, "%d is not a year", t)
		}
		if err := money(field+"."+strconv.Itoa(t), v[t]); err != nil {
			return err
		}
	}
	return nil
}

func money(field string, v float64) error {
	if math.IsNaN(v) || math.Abs(v) > maxMoney {
		return wrong(field, "%v is not an amount this program accepts", v)
	}
	return nil
}

// maxSessions is the greatest number of sessions in a week.
const maxSessions = 64

func sessions(field string, v []float64) error {
	if len(v) > maxSessions {
		return wrong(field, "%d sessions; at most %d are accepted", len(v), maxSessions)
	}
	for k, x := range v {
		if !(x >= 0 && x <= maxMoney) {
			return wrong(fmt.Sprintf("%s[%d]", field, k), "%v is not between 0 and %.0f", x, maxMoney)
		}
	}
	return nil
}

func (p *Problem) validateActions() error {
	for i, list := range p.Actions {
		if len(list) == 0 {
			return wrong(fmt.Sprintf("actions[%d]", i), "building %q has no action", p.Buildings[i].ID)
		}
		if len(list) > MaxActions {
			return wrong(fmt.Sprintf("actions[%d]", i), "%d actions; at most %d are accepted", len(list), MaxActions)
		}
		for k, a := range list {
			at := fmt.Sprintf("actions[%d][%d]", i, k)
			if a.Name == "" {
				return wrong(at+".a", "is empty")
			}
			for _, b := range list[:k] {
				if b.Name == a.Name {
					return wrong(at+".a", "%q appears twice for building %q", a.Name, p.Buildings[i].ID)
				}
			}
			if a.Cap < 0 {
				return wrong(at+".cap", "capacity %v of building %q is negative", a.Cap, p.Buildings[i].ID)
			}
			if err := money(at+".cap", a.Cap); err != nil {
				return err
			}
			if err := money(at+".npc", a.Cost); err != nil {
				return err
			}
			for t, v := range a.Capex {
				if err := money(fmt.Sprintf("%s.capex[%d]", at, t), v); err != nil {
					return err
				}
			}
			if err := sessions(at+".session_cap", a.Sessions); err != nil {
				return err
			}
			for t, v := range a.Carbon {
				if err := money(fmt.Sprintf("%s.carbon[%d]", at, t), v); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (p *Problem) validateServices() error {
	ids := make(map[string]int, len(p.Services))
	for i, s := range p.Services {
		at := fmt.Sprintf("services[%d]", i)
		if s.ID == "" {
			return wrong(at+".id", "is empty")
		}
		if j, ok := ids[s.ID]; ok {
			return wrong(at+".id", "%q is already services[%d]", s.ID, j)
		}
		ids[s.ID] = i
		if s.Demand < 0 || math.IsNaN(s.Demand) || s.Demand > maxMoney {
			return wrong(at+".d", "demand %v of service %q is not between 0 and %.0f", s.Demand, s.ID, maxMoney)
		}
		if s.Population < 0 || math.IsNaN(s.Population) || s.Population > maxPeople {
			return wrong(at+".pop", "population %v of service %q is not between 0 and %.0f", s.Population, s.ID, maxPeople)
		}
		if err := sessions(at+".sessions", s.Sessions); err != nil {
			return err
		}
		if s.Conflict != "" && s.Conflict != "A" && s.Conflict != "B" {
			return wrong(at+".conflict", "%q is not \"\", \"A\" or \"B\"", s.Conflict)
		}
	}
	return p.validateArcs()
}

func (p *Problem) validateArcs() error {
	type pair struct{ s, b int }
	seen := make(map[pair]int, len(p.Arcs))
	listed := make([]bool, len(p.Services))
	travel := make([]float64, len(p.Services))
	fits := make([]bool, len(p.Services))
	for k, a := range p.Arcs {
		at := fmt.Sprintf("arcs[%d]", k)
		if a.Service < 0 || a.Service >= len(p.Services) {
			return wrong(at+".s", "%d is not a service (there are %d)", a.Service, len(p.Services))
		}
		if a.Building < 0 || a.Building >= len(p.Buildings) {
			return wrong(at+".b", "%d is not a building (there are %d)", a.Building, len(p.Buildings))
		}
		if j, ok := seen[pair{a.Service, a.Building}]; ok {
			return wrong(at, "service %q and building %q are already arcs[%d]",
				p.Services[a.Service].ID, p.Buildings[a.Building].ID, j)
		}
		seen[pair{a.Service, a.Building}] = k
		if a.KM < 0 || math.IsNaN(a.KM) || a.KM > maxKM {
			return wrong(at+".km", "%v is not a distance", a.KM)
		}
		if err := money(at+".cost", a.Cost); err != nil {
			return err
		}
		if err := amounts(at+".capex", a.Capex); err != nil {
			return err
		}
		if err := amounts(at+".carbon", a.Carbon); err != nil {
			return err
		}
		listed[a.Service] = true
		travel[a.Service] = max(travel[a.Service], p.Services[a.Service].Population*a.KM)
		if fits[a.Service] {
			continue
		}
		for j := range p.Actions[a.Building] {
			if holds(&p.Actions[a.Building][j], &p.Services[a.Service]) {
				fits[a.Service] = true
				break
			}
		}
	}
	total := 0.0
	for s := range p.Services {
		if total += travel[s]; total > maxTravel {
			return wrong("services", "population times distance passes %g person-km", float64(maxTravel))
		}
		if !listed[s] {
			return wrong(fmt.Sprintf("services[%d]", s), "service %q has no place: no arc leads from it", p.Services[s].ID)
		}
		if !fits[s] {
			return wrong(fmt.Sprintf("services[%d]", s),
				"service %q has no place: no action of the buildings it could go to holds class %q and %v of space",
				p.Services[s].ID, p.Services[s].Class, p.Services[s].Demand)
		}
	}
	return nil
}

func (p *Problem) validateLimits(ids map[string]int) error {
	for _, id := range sortedKeys(p.Locked) {
		i, ok := ids[id]
		if !ok {
			return wrong("locked", "%q is not a building", id)
		}
		if p.actionIndex(i, p.Locked[id]) < 0 {
			return wrong("locked."+id, "building %q has no action %q", id, p.Locked[id])
		}
	}
	if err := amounts("budget", p.Budget); err != nil {
		return err
	}
	if err := amounts("carbon_target", p.CarbonTarget); err != nil {
		return err
	}
	if p.AccessLimit != nil && (math.IsNaN(*p.AccessLimit) || math.Abs(*p.AccessLimit) > 1e12) {
		return wrong("access_limit", "%v is not a limit", *p.AccessLimit)
	}
	for k, r := range p.Rules {
		at := fmt.Sprintf("rules[%d]", k)
		if r.AtMost == nil && r.AtLeast == nil {
			return wrong(at, "rule %q has neither at_most nor at_least", r.Name)
		}
		for _, side := range []*float64{r.AtMost, r.AtLeast} {
			if side != nil {
				if err := money(at, *side); err != nil {
					return err
				}
			}
		}
		for j, term := range r.Terms {
			i, ok := ids[term.Building]
			if !ok {
				return wrong(fmt.Sprintf("%s.terms[%d].building", at, j), "%q is not a building", term.Building)
			}
			if p.actionIndex(i, term.Action) < 0 {
				return wrong(fmt.Sprintf("%s.terms[%d].action", at, j), "building %q has no action %q", term.Building, term.Action)
			}
			if err := money(fmt.Sprintf("%s.terms[%d].weight", at, j), term.Weight); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Problem) actionIndex(building int, name string) int {
	return slices.IndexFunc(p.Actions[building], func(a Action) bool { return a.Name == name })
}
