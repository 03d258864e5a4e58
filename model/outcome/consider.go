package outcome

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Consequences is what one more action would do to a scenario: the card shown
// before a team is dropped on another building. Differences are new less old.
type Consequences struct {
	People  []BuildingChange // 1: who and how many desks, in each building touched
	Money   MoneyChange      // 2
	Energy  []BuildingChange // 3: both buildings' energy and carbon
	Access  []access.Change  // 4: services whose reach changes
	Risk    []action.Conflict
	Year    int
	Travel  float64             // kgCO2e a year of longer trips
	Capital float64             // £, real, positive for spending
	Counted []action.Outcome    // homes, jobs, green space, floor area freed: what the action brings that has no price
	Desks   []action.DeskDemand // where it shares desks: demand by weekday
}

// BuildingChange is what changes in one building in a full year after the move.
type BuildingChange struct {
	Asset    model.AssetID
	FTE      float64
	Desks    float64
	Capacity model.Figure // desks fit for use
	DesksIn  float64      // desks in use afterwards
	KWh      float64
	Tonnes   float64 // tCO2e a year, footprint of the first full year
}

// MoneyChange is what the public purse sees.
type MoneyChange struct {
	NPSV      float64 // £
	NPVPublic float64 // £
	OneOff    float64 // £ in the year of the move
	Yearly    float64 // £ in the year after it
}

// Consider works out what adding the action to the scenario would do. Neither
// the project nor the scenario is changed.
func Consider(p *model.Project, scenario model.ScenarioID, a model.Action, opt appraisal.Options) (*Consequences, error) {
	s := p.Scenario(string(scenario))
	if s == nil {
		return nil, model.NotFound("scenario", string(scenario))
	}
	with := *s
	with.ID = s.ID + "+"
	with.Name = s.Name + " with the move"
	with.Kind = model.Option
	if a.ID == "" {
		a.ID = model.ActionID(fmt.Sprintf("%s.%d", with.ID, len(s.Actions)+1))
	}
	with.Actions = append(append([]model.Action(nil), s.Actions...), a)
	base := *p.Scenario(string(scenario))
	pair := *p
	pair.Scenarios = []model.Scenario{base, with}
	opt.Baseline = base.ID
	cmp, err := Evaluate(&pair, opt)
	if err != nil {
		return nil, err
	}
	before, after := &cmp.Options[0], &cmp.Options[1]
	c := &Consequences{Year: a.Year, Capital: after.Capex - before.Capex,
		Money: MoneyChange{NPSV: after.NPSV, NPVPublic: after.NPVPublic}}
	if i := a.Year - p.BaseYear; i >= 0 && i < len(after.Cash) {
		c.Money.OneOff = after.Cash[i]
		if i+1 < len(after.Cash) {
			c.Money.Yearly = after.Cash[i+1]
		}
	}
	for _, o := range after.Plan.Outcomes {
		if o.Action == a.ID {
			c.Counted = append(c.Counted, o)
		}
	}
	for _, d := range after.Plan.Desks {
		if d.Action == a.ID {
			c.Desks = append(c.Desks, d)
		}
	}
	known := map[string]bool{}
	for _, k := range before.Plan.Conflicts {
		known[k.Message] = true
	}
	for _, k := range after.Plan.Conflicts {
		if !known[k.Message] {
			c.Risk = append(c.Risk, k)
		}
	}
	buildings(p, cmp, before, after, min(a.Year+1, p.LastYear()), c)
	for _, ch := range access.Compare(p, before.Plan, after.Plan, a.Year, access.Walk) {
		if ch.PeopleWorse > 0 || ch.PeopleBetter > 0 {
			c.Access = append(c.Access, ch)
		}
	}
	return c, nil
}

// buildings compares each building in the first full year after the move.
func buildings(p *model.Project, cmp *appraisal.Comparison, before, after *appraisal.Result, year int, c *Consequences) {
	at := year - p.BaseYear
	change := map[model.AssetID]*BuildingChange{}
	in := map[model.AssetID]float64{}
	add := func(r *appraisal.Result, sign float64) {
		for i := range r.Plan.Streams {
			s := &r.Plan.Streams[i]
			v := r.Flows.Row(i)[at]
			if v == 0 || s.Ledger == ledger.Money {
				continue
			}
			b := change[s.Asset]
			if b == nil {
				b = &BuildingChange{Asset: s.Asset}
				change[s.Asset] = b
			}
			switch s.Category {
			case ledger.CatPeople:
				b.FTE += sign * v
			case ledger.CatDesks:
				b.Desks += sign * v
				if sign > 0 {
					in[s.Asset] += v
				}
			case ledger.CatEnergy:
				b.KWh += sign * v
				path := cmp.Paths[ledger.PathKey("footprint", s.Fuel)]
				b.Tonnes += sign * v * path.At(year) / 1000
			case ledger.CatTravel:
				c.Travel += sign * v
			}
		}
	}
	add(before, -1)
	add(after, 1)
	for i := range p.Assets {
		a := &p.Assets[i]
		b := change[a.ID]
		if b == nil {
			continue
		}
		b.Capacity, b.DesksIn = a.Desks, in[a.ID]
		if math.Abs(b.FTE) > 1e-9 || math.Abs(b.Desks) > 1e-9 {
			c.People = append(c.People, *b)
		}
		if math.Abs(b.KWh) > 1e-9 {
			c.Energy = append(c.Energy, *b)
		}
	}
}
