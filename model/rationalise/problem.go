// Package rationalise turns an estate into the solver's problem and the
// solver's plan back into an ordinary scenario. Every price in the problem comes
// from building the streams of that one decision with the same engine that
// appraises scenarios, so the plan's objective and the scenario's appraised
// value must agree.
//
// It knows which decisions may be offered for a building. It refuses to know how
// the problem is solved (package optimise).
package rationalise

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// Problem is the solver's problem with what is needed to read its plan.
type Problem struct {
	*optimise.Problem
	Notes    []string // what somebody should know about how the limits were read
	project  *model.Project
	at       map[model.AssetID]int // its number among the buildings
	counted  []Count               // one for each rule made of Spec.Counts
	stars    []star
	reached  *reached
	carbonAt map[int]float64 // tCO2e: the limits on emissions, cuts included
	spec     Spec
	seats    []model.Occupation
	housed   map[model.AssetID]bool // buildings with a service on record
	choices  map[string]choice      // "asset/decision" → its actions
	book     *model.Book
}

// choice is one decision for one building.
type choice struct {
	actions []model.Action
	open    bool
	takesIn bool // and services come in from elsewhere
}

// mostSpread is the most years over which closures and works may be spread.
const mostSpread = 5

// Build makes the problem. It fails when the project has no building with a
// known floor area or the book lacks an assumption.
func Build(p *model.Project, spec Spec) (*Problem, error) {
	if spec.Year == 0 {
		spec.Year = p.BaseYear + 2
	}
	if spec.MaxKM == 0 {
		spec.MaxKM = 3
	}
	if spec.Nearest == 0 {
		spec.Nearest = 12
	}
	if spec.Spread == 0 {
		spec.Spread = 1
	}
	if spec.Year < p.BaseYear || spec.Year > p.LastYear() {
		return nil, model.Invalid("year", fmt.Sprintf("the year of change, %d, is outside the years appraised", spec.Year))
	}
	if spec.Spread < 1 || spec.Spread > mostSpread || spec.Year+spec.Spread-1 > p.LastYear() {
		return nil, model.Invalid("spread", fmt.Sprintf("closures and works can be spread over 1 to %d of the years appraised, not %d from %s", mostSpread, spec.Spread, model.FinancialYear(spec.Year)))
	}
	set, err := outcome.Set(p, "")
	if err != nil {
		return nil, err
	}
	b := &Problem{Problem: &optimise.Problem{Name: p.Name, Years: p.Horizon, Locked: map[string]string{}}, project: p, spec: spec,
		choices: map[string]choice{}, at: map[model.AssetID]int{}, carbonAt: map[int]float64{}, housed: map[model.AssetID]bool{}, book: outcome.Book(p, set)}
	for _, o := range p.Occupations {
		b.housed[o.Asset] = true
	}
	for y, v := range spec.Capital {
		if err := b.limit("capital", y, v); err != nil {
			return nil, err
		}
		b.budget(&b.Budget, y, v/1000)
	}
	if spec.AccessKM > 0 {
		b.AccessLimit = &spec.AccessKM
	}
	if err := b.buildings(); err != nil {
		return nil, err
	}
	if len(b.Buildings) == 0 {
		return nil, model.Invalid("buildings", "no building has a known floor area, so there is nothing to decide")
	}
	if err := b.arcs(); err != nil {
		return nil, err
	}
	if err := b.carbon(); err != nil {
		return nil, err
	}
	b.openings()
	if err := b.apart(); err != nil {
		return nil, err
	}
	if err := b.rules(); err != nil {
		return nil, err
	}
	if err := b.reach(); err != nil {
		return nil, err
	}
	for id, d := range spec.Locked {
		if err := b.decided(id, d); err != nil {
			return nil, err
		}
		b.Problem.Locked[string(id)] = d
	}
	return b, b.Validate()
}

// decided checks a decision that was fixed.
func (b *Problem) decided(id model.AssetID, decision string) error {
	at, ok := b.at[id]
	if !ok {
		return model.Invalid("locked", fmt.Sprintf("nothing can be decided for %s", b.named(string(id))))
	}
	var can []string
	for _, a := range b.Problem.Actions[at] {
		if a.Name == decision {
			return nil
		}
		can = append(can, "“"+a.Name+"”")
	}
	return model.Invalid("locked", fmt.Sprintf("%s cannot be decided as “%s”; what can be is %s", b.named(string(id)), decision, strings.Join(can, ", ")))
}

// budget puts a limit under the number of its year, counted from the base year.
func (b *Problem) budget(m *map[int]float64, year int, v float64) {
	if *m == nil {
		*m = map[int]float64{}
	}
	(*m)[year-b.project.BaseYear] = v
}

// limit checks a limit of a year.
func (b *Problem) limit(field string, year int, v float64) error {
	switch {
	case year < b.project.BaseYear || year > b.project.LastYear():
		return model.Invalid(field, fmt.Sprintf("%s is outside the years appraised, %s to %s", model.FinancialYear(year), model.FinancialYear(b.project.BaseYear), model.FinancialYear(b.project.LastYear())))
	case !model.Finite(v) || v < 0:
		return model.Invalid(field, fmt.Sprintf("the limit of %s is not an amount of nought or more", model.FinancialYear(year)))
	}
	return nil
}

// rest is what the buildings that nothing is decided for emit, t by year.
func (b *Problem) rest() ([]float64, error) {
	_, rest, err := b.undecided()
	return rest, err
}

func (b *Problem) undecided() (*appraisal.Comparison, []float64, error) {
	whole := *b.project
	whole.Scenarios = []model.Scenario{{ID: "base", Kind: model.BusinessAsUsual}}
	cmp, err := b.run(&whole)
	if err != nil {
		return nil, nil, err
	}
	rest := append([]float64(nil), cmp.Options[0].CarbonByYear...)
	for _, list := range b.Problem.Actions {
		for y, v := range list[0].Carbon { // first is always to keep the building as it is
			rest[y] -= v
		}
	}
	return cmp, rest, nil
}

// carbon sets the limits on emissions, less what the buildings that nothing is
// decided for emit all the same.
func (b *Problem) carbon() error {
	if len(b.spec.Carbon) == 0 && len(b.spec.CarbonCut) == 0 {
		return nil
	}
	cmp, rest, err := b.undecided()
	if err != nil {
		return err
	}
	for year, v := range b.spec.Carbon {
		if err := b.limit("carbon", year, v); err != nil {
			return err
		}
		b.carbonAt[year] = v
	}
	for year, cut := range b.spec.CarbonCut {
		if err := b.limit("carbon_cut", year, cut); err != nil {
			return err
		}
		if cut > 1 {
			return model.Invalid("carbon_cut", fmt.Sprintf("emissions cannot be cut by more than all of them: %s", model.FinancialYear(year)))
		}
		v := (1 - cut) * cmp.Options[0].CarbonByYear[0]
		if old, ok := b.carbonAt[year]; !ok || v < old {
			b.carbonAt[year] = v
		}
	}
	for year, v := range b.carbonAt {
		b.budget(&b.CarbonTarget, year, v-rest[year-b.project.BaseYear])
	}
	return nil
}

// considered says whether a building takes part at all.
func (b *Problem) considered(a *model.Asset) bool {
	return a.Use.Built() && a.FloorArea.Known() && a.FloorArea.Value > 0 && len(a.Costs) > 0 && (b.spec.Only == nil || b.spec.Only[a.ID])
}

// move takes services to a building. What their heat costs there must not hang
// on what else is done with it, or moves and works could not be priced apart.
func (b *Problem) move(to, from model.AssetID, services []model.ServiceID) model.Action {
	return model.Action{ID: model.ActionID(fmt.Sprintf("%s.from.%s", to, from)), Kind: model.CoLocate, Asset: to, From: []model.AssetID{from},
		Services: services, Year: b.spec.Year, Values: map[string]float64{"hub.heat_as_today": 1}}
}

// described says what a plan is and what it was held to.
func (b *Problem) described(more ...string) string {
	limits := append(b.Limits(), more...)
	if len(limits) == 0 {
		return "Found by the optimiser without limits."
	}
	return "Found by the optimiser within its limits: " + strings.Join(limits, "; ") + "."
}

// Scenario reads a plan back as an ordinary scenario.
func (b *Problem) Scenario(id model.ScenarioID, name string, decision map[string]string, assignment map[string]string) model.Scenario {
	s := model.Scenario{ID: id, Name: name, Kind: model.Option, Description: b.described()}
	moved := map[[2]model.AssetID][]model.ServiceID{}
	var order [][2]model.AssetID
	for i, o := range b.seats {
		to := model.AssetID(assignment[b.Problem.Services[i].ID])
		if to == "" || to == o.Asset {
			continue
		}
		k := [2]model.AssetID{to, o.Asset}
		if moved[k] == nil {
			order = append(order, k)
		}
		moved[k] = append(moved[k], o.Service)
	}
	for _, k := range order {
		s.Actions = append(s.Actions, b.move(k[0], k[1], moved[k]))
	}
	for _, x := range b.Buildings {
		s.Actions = append(s.Actions, b.choices[x.ID+"/"+decision[x.ID]].actions...)
	}
	for i := range s.Actions {
		s.Actions[i].ID = model.ActionID(fmt.Sprintf("%s.%d", id, i+1))
		if k := s.Actions[i].Kind; strings.HasPrefix(string(k), string(model.CoLocate)) {
			s.Actions[i].Reason = "optimiser: shares a building"
		}
	}
	return s
}
