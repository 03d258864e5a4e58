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
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/optimise"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

// Spec says what may be decided and within which limits.
type Spec struct {
	Year       int                           `json:"year"`      // in which services move and buildings close; base year + 2 when 0
	MaxKM      float64                       `json:"max_km"`    // farthest a service may move; 3 when 0
	Nearest    int                           `json:"nearest"`   // places offered to each service besides its own; 12 when 0
	Measures   []string                      `json:"measures"`  // retrofit offered to buildings kept; none when empty
	Capital    map[int]float64               `json:"capital"`   // £ limit by financial year
	Carbon     map[int]float64               `json:"carbon"`    // tCO2e limit by financial year
	AccessKM   float64                       `json:"access_km"` // limit on visits × km moved; none when 0
	Keep       []model.AssetID               `json:"keep"`      // never closed
	Locked     map[model.AssetID]string      `json:"locked"`    // decision forced, by name
	Rules      []optimise.Rule               `json:"rules"`     // at most, at least
	Only       map[model.AssetID]bool        `json:"-"`         // buildings considered; all when nil
	Organisers map[model.OrganisationID]bool `json:"-"`         // whose buildings may close; all when nil
}

// Problem is the solver's problem with what is needed to read its plan.
type Problem struct {
	*optimise.Problem
	project *model.Project
	spec    Spec
	seats   []model.Occupation
	housed  map[model.AssetID]bool // buildings with a service on record
	choices map[string]choice      // "asset/decision" → its actions
	book    *model.Book
}

type choice struct{ actions []model.Action }

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
	if spec.Year < p.BaseYear || spec.Year > p.LastYear() {
		return nil, model.Invalid("year", fmt.Sprintf("the year of change, %d, is outside the years appraised", spec.Year))
	}
	set, err := outcome.Set(p, "")
	if err != nil {
		return nil, err
	}
	b := &Problem{Problem: &optimise.Problem{Name: p.Name, Years: p.Horizon, Locked: map[string]string{}, Rules: spec.Rules}, project: p, spec: spec,
		choices: map[string]choice{}, housed: map[model.AssetID]bool{}, book: outcome.Book(p, set)}
	for _, o := range p.Occupations {
		b.housed[o.Asset] = true
	}
	for y, v := range spec.Capital {
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
	for id, d := range spec.Locked {
		b.Problem.Locked[string(id)] = d
	}
	return b, b.Validate()
}

// budget puts a limit under the number of its year, counted from the base year.
func (b *Problem) budget(m *map[int]float64, year int, v float64) {
	if *m == nil {
		*m = map[int]float64{}
	}
	(*m)[year-b.project.BaseYear] = v
}

// carbon sets the limits on emissions, less what the buildings that nothing is
// decided for emit all the same.
func (b *Problem) carbon() error {
	if len(b.spec.Carbon) == 0 {
		return nil
	}
	whole := *b.project
	whole.Scenarios = []model.Scenario{{ID: "base", Kind: model.BusinessAsUsual}}
	cmp, err := b.run(&whole)
	if err != nil {
		return err
	}
	rest := append([]float64(nil), cmp.Options[0].CarbonByYear...)
	for _, list := range b.Problem.Actions {
		for y, v := range list[0].Carbon { // first is always to keep the building as it is
			rest[y] -= v
		}
	}
	for year, v := range b.spec.Carbon {
		if y := year - b.project.BaseYear; y >= 0 && y < len(rest) {
			v -= rest[y]
		}
		b.budget(&b.CarbonTarget, year, v)
	}
	return nil
}

// considered says whether a building takes part at all.
func (b *Problem) considered(a *model.Asset) bool {
	return a.Use.Built() && a.FloorArea.Known() && a.FloorArea.Value > 0 && len(a.Costs) > 0 && (b.spec.Only == nil || b.spec.Only[a.ID])
}

// mayClose says whether closing may be offered. A building in which no service
// is recorded may well be in use, so somebody has to say that it is empty.
func (b *Problem) mayClose(a *model.Asset) bool {
	if !b.housed[a.ID] && !a.SaidEmpty() {
		return false
	}
	if len(a.Locks) > 0 || (b.spec.Organisers != nil && !b.spec.Organisers[a.Organisation]) {
		return false
	}
	for _, id := range b.spec.Keep {
		if id == a.ID {
			return false
		}
	}
	return true
}

// buildings lists the decisions of each building with their price.
func (b *Problem) buildings() error {
	p := b.project
	for i := range p.Assets {
		a := &p.Assets[i]
		if !b.considered(a) {
			continue
		}
		var offers []offer
		add := func(name string, open bool, acts ...model.Action) { offers = append(offers, offer{name, open, acts}) }
		y := b.spec.Year
		act := func(kind model.ActionKind, year int) model.Action {
			return model.Action{ID: model.ActionID(fmt.Sprintf("%s.%s", a.ID, kind)), Kind: kind, Asset: a.ID, Year: year}
		}
		add("keep", true)
		repair := act(model.Retain, y)
		if a.Backlog.Value > 0 {
			add("keep and repair", true, repair)
		}
		if len(b.spec.Measures) > 0 {
			r := act(model.Retrofit, y)
			r.Measures = b.spec.Measures
			add("keep and retrofit", true, r)
			if a.Backlog.Value > 0 {
				add("keep, repair and retrofit", true, repair, r)
			}
		}
		if b.mayClose(a) {
			switch a.Tenure.Kind {
			case model.Leasehold, model.Licence:
				add(fmt.Sprintf("leave in %s", model.FinancialYear(b.leaseYear(a))), false, act(model.ExitLease, b.leaseYear(a)))
			default:
				add("sell", false, act(model.Sell, y))
				if _, ok := conversionFor(a); ok && a.FloorArea.Value >= 300 {
					c := act(model.Repurpose, y)
					c.NewUse = model.UseHomes
					add("turn into homes", false, c)
				}
			}
		}
		row, err := b.price(a, offers)
		if err != nil {
			return err
		}
		b.Problem.Buildings = append(b.Problem.Buildings, optimise.Building{ID: string(a.ID)})
		b.Problem.Actions = append(b.Problem.Actions, row)
	}
	return nil
}

// conversionFor says whether turning the building into homes may be offered: a
// plain building in a residential setting rather than a specialised one.
func conversionFor(a *model.Asset) (model.Use, bool) {
	switch a.Use {
	case model.UseOffice, model.UseTownHall, model.UseCommunity, model.UseLibrary, model.UseYouth, model.UseNursery, model.UseCare:
		return model.UseHomes, true
	}
	return "", false
}

// leaseYear is the first year in which a lease can be left, not before the year
// of change.
func (b *Problem) leaseYear(a *model.Asset) int {
	y := b.spec.Year
	for _, d := range []string{a.Tenure.Break, a.Tenure.Expiry} {
		if e, ok := action.YearOf(d); ok {
			return max(y, e)
		}
	}
	return y
}

type offer struct {
	name string
	open bool
	acts []model.Action
}

// price builds and appraises each offer on the building alone, empty of
// services, against leaving it as it is.
func (b *Problem) price(a *model.Asset, offers []offer) ([]optimise.Action, error) {
	mini := *b.project
	mini.Assets = []model.Asset{*a}
	mini.Services, mini.Occupations, mini.Population, mini.Boundaries, mini.Findings = nil, nil, nil, nil, nil
	mini.Scenarios = []model.Scenario{{ID: "base", Kind: model.BusinessAsUsual}}
	for i, o := range offers {
		mini.Scenarios = append(mini.Scenarios, model.Scenario{ID: model.ScenarioID(fmt.Sprintf("o%d", i)), Name: o.name, Kind: model.Option, Actions: o.acts})
	}
	cmp, err := b.run(&mini)
	if err != nil {
		return nil, err
	}
	var out []optimise.Action
	for i, o := range offers {
		r := &cmp.Options[i+1]
		if left(r.Plan) {
			continue // the engine refuses it
		}
		act := optimise.Action{Name: o.name, Cost: -r.NPSV / 1000, Capex: thousand(capital(r)), Carbon: r.CarbonByYear}
		if o.open {
			act.Cap, act.Tags = a.FloorArea.Value, tags(a.Use)
		}
		out = append(out, act)
		b.choices[string(a.ID)+"/"+o.name] = choice{o.acts}
	}
	return out, nil
}

func left(p *action.Plan) bool {
	for _, c := range p.Conflicts {
		if c.LeftOut {
			return true
		}
	}
	return false
}

func (b *Problem) run(p *model.Project) (*appraisal.Comparison, error) {
	plans := map[model.ScenarioID]*action.Plan{}
	for i := range p.Scenarios {
		plan, err := action.Build(p, &p.Scenarios[i], b.book)
		if err != nil {
			return nil, err
		}
		plans[p.Scenarios[i].ID] = plan
	}
	return appraisal.Run(p, plans, appraisal.Options{Book: b.book})
}

// capital is what an option spends on capital by year, positive.
func capital(r *appraisal.Result) []float64 {
	out := make([]float64, r.Flows.Years)
	for i := range r.Plan.Streams {
		s := &r.Plan.Streams[i]
		if s.Ledger != ledger.Money || !s.Capital || s.Action == "" {
			continue
		}
		for y, v := range r.Flows.Row(i) {
			if v < 0 {
				out[y] -= v
			}
		}
	}
	return out
}

func thousand(vs []float64) []float64 {
	out := make([]float64, len(vs))
	for i, v := range vs {
		out[i] = v / 1000
	}
	return out
}

func (b *Problem) move(to, from model.AssetID, services []model.ServiceID) model.Action {
	return model.Action{ID: model.ActionID(fmt.Sprintf("%s.from.%s", to, from)), Kind: model.CoLocate, Asset: to, From: []model.AssetID{from},
		Services: services, Year: b.spec.Year}
}

// Scenario reads a plan back as an ordinary scenario.
func (b *Problem) Scenario(id model.ScenarioID, name string, decision map[string]string, assignment map[string]string) model.Scenario {
	s := model.Scenario{ID: id, Name: name, Kind: model.Option, Description: "Found by the optimiser within the limits given to it."}
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
