package appraisal

import (
	"fmt"
	"slices"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/carbon"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Run appraises every scenario that has a plan, in the project's order, on the
// same footing.
func Run(p *model.Project, plans map[model.ScenarioID]*action.Plan, opt Options) (*Comparison, error) {
	in, err := Prepare(p, opt)
	if err != nil {
		return nil, err
	}
	return RunWith(p, plans, in, opt)
}

// RunWith is Run over inputs gathered before: Monte Carlo and switching values
// change the inputs or the plans and run again.
func RunWith(p *model.Project, plans map[model.ScenarioID]*action.Plan, in *Inputs, opt Options) (*Comparison, error) {
	return RunAfter(nil, p, plans, in, opt)
}

// RunAfter is RunWith that takes from an earlier comparison, made from the same
// inputs and options but for the baseline, what is of the same plan: flows, and
// the whole result where the baseline has its plan from before too. Nil takes
// nothing.
func RunAfter(last *Comparison, p *model.Project, plans map[model.ScenarioID]*action.Plan, in *Inputs, opt Options) (*Comparison, error) {
	base, err := baseline(p, plans, opt.Baseline)
	if err != nil {
		return nil, err
	}
	c := &Comparison{
		Project: p, Set: in.Set.ID, SetName: in.Set.Name, Vintage: in.Set.Issued, BaseYear: in.Context.BaseYear, Years: in.Context.Years,
		PriceBase: in.Context.PriceBase, Schedule: in.Schedule.ID, Discount: in.Discount, Book: in.Book, Paths: in.Context.Paths, Baseline: base,
		Notes: append([]string(nil), in.Notes...), TaxBurden: opt.TaxBurden, CarbonCase: orCentral(opt.Carbon), PriceCase: orCentral(opt.Prices),
		unknown: map[model.ScenarioID]map[model.OrganisationID]bool{},
	}
	c.attach(in)
	r, err := newRunner(c)
	if err != nil {
		return nil, err
	}
	r.in = in
	views := map[model.ScenarioID]*view{}
	look := func(s *model.Scenario) (err error) {
		if views[s.ID] != nil {
			return nil
		}
		for id, v := range views {
			if v.plan == plans[s.ID] { // two scenarios that decide the same
				twin := *v
				views[s.ID], c.unknown[s.ID] = &twin, c.unknown[id]
				return nil
			}
		}
		views[s.ID], err = r.viewOf(s, plans[s.ID], last.of(s.ID, plans))
		return err
	}
	kept := last != nil && last.Baseline == base && last.of(base, plans) != nil // changes are measured against the same
	if err := look(p.Scenario(string(base))); err != nil {
		return nil, err
	}
	for i := range p.Scenarios {
		s := &p.Scenarios[i]
		if plans[s.ID] == nil {
			continue
		}
		if old := last.of(s.ID, plans); kept && old != nil {
			res := *old
			res.Scenario = *s
			c.Options = append(c.Options, res)
			c.unknown[s.ID] = last.unknown[s.ID]
			continue
		}
		if err := look(s); err != nil {
			return nil, err
		}
		res := r.result(*s, views[s.ID], views[base])
		if err := res.finite(); err != nil {
			return nil, fmt.Errorf("scenario %s: %w", s.Name, err)
		}
		c.Options = append(c.Options, res)
	}
	for _, id := range c.strangers() {
		c.Notes = append(c.Notes, fmt.Sprintf("%q pays for something and is not an organisation of the project: it was not counted to the public purse.", id))
	}
	return c, nil
}

// baseline is the scenario that changes are measured against.
func baseline(p *model.Project, plans map[model.ScenarioID]*action.Plan, wanted model.ScenarioID) (model.ScenarioID, error) {
	s := p.Baseline()
	if wanted != "" {
		if s = p.Scenario(string(wanted)); s == nil {
			return "", model.NotFound("baseline scenario", string(wanted))
		}
	}
	if s == nil {
		return "", fmt.Errorf("a comparison needs a scenario of the kind %q to measure against: %w", model.BusinessAsUsual, model.ErrNotFound)
	}
	if plans[s.ID] == nil {
		return "", fmt.Errorf("the baseline %q has no plan, so nothing can be measured against it: %w", s.Name, model.ErrNotFound)
	}
	return s.ID, nil
}

func orCentral(c Case) Case {
	if c == "" {
		return Central
	}
	return c
}

// runner holds what is the same for every scenario of a run.
type runner struct {
	c       *Comparison
	in      *Inputs
	public  map[model.OrganisationID]bool
	known   map[model.OrganisationID]bool
	unknown map[model.OrganisationID]bool // of the scenario being added up
	waterKg float64                       // kgCO2e/m³ supplied and taken away
	value   map[Case][]float64            // £/tCO2e by year
	factors carbon.FootprintYears         // kgCO2e/kWh by year
	change  carbon.MarginalYears          // kgCO2e/kWh by year
	reduced []float64                     // discount factors of the sensitivity
}

// attach writes into a comparison what of the inputs its figures depend on.
func (c *Comparison) attach(in *Inputs) {
	if in.Reduced == nil {
		return
	}
	if f, err := in.Reduced.Factors(c.Years); err == nil {
		c.Reduced, c.ReducedSchedule = f, in.Reduced.Name
	}
}

// newRunner gathers what every scenario of a comparison shares.
func newRunner(c *Comparison) (*runner, error) {
	r := &runner{c: c, public: map[model.OrganisationID]bool{"": true}, known: map[model.OrganisationID]bool{"": true,
		model.Residents: true, model.Society: true, model.Market: true}, unknown: map[model.OrganisationID]bool{},
		value: map[Case][]float64{}, reduced: c.Reduced}
	for _, o := range c.Project.Organisations {
		r.public[o.ID], r.known[o.ID] = o.Public, true
	}
	footprint, err := carbon.NewFootprint(c.Paths)
	if err != nil {
		return nil, err
	}
	marginal, err := carbon.NewMarginal(c.Paths)
	if err != nil {
		return nil, err
	}
	r.factors, r.change = footprint.Years(c.BaseYear, c.Years), marginal.Years(c.BaseYear, c.Years)
	for _, k := range []Case{Low, Central, High} {
		p, ok := c.Paths["carbon."+string(k)]
		if !ok {
			return nil, model.NotFound("carbon value path", "carbon."+string(k))
		}
		r.value[k] = r.years(p)
	}
	if _, ok := r.value[c.CarbonCase]; !ok {
		return nil, model.Invalid("carbon", fmt.Sprintf("the carbon case is %q; it must be low, central or high", c.CarbonCase))
	}
	for _, k := range []string{"water.supply", "water.treatment"} {
		if a, ok := c.Book.Get(k); ok {
			r.waterKg += a.Value
		}
	}
	return r, nil
}

// checkFuels refuses energy that no factor could count: it would be in the
// energy table and silently absent from the carbon one.
func (r *runner) checkFuels(streams []ledger.Stream) error {
	for i := range streams {
		if s := &streams[i]; s.Ledger == ledger.Carbon && s.Unit == "kWh" && (r.factors[s.Fuel] == nil || r.change[s.Fuel] == nil) {
			return model.Invalid("fuel", fmt.Sprintf("stream %s (%s): energy of the fuel %q, for which there are no factors", s.ID, s.Label, s.Fuel))
		}
	}
	return nil
}

// years is a path over the horizon.
func (r *runner) years(p model.Path) []float64 {
	out := make([]float64, r.c.Years)
	for i := range out {
		out[i] = p.At(r.c.BaseYear + i)
	}
	return out
}

// isPublic says whether a payer is the public purse. A stream without a payer
// is the place's own; organisations nobody declared are noted and left out.
func (r *runner) isPublic(o model.OrganisationID) bool {
	if !r.known[o] {
		r.unknown[o] = true
	}
	return r.public[o]
}

// strangers are the payers nobody declared, of all scenarios.
func (c *Comparison) strangers() []string {
	var out []string
	for _, of := range c.unknown {
		for o := range of {
			out = append(out, string(o))
		}
	}
	sortStrings(out)
	return slices.Compact(out)
}

// of is the result of a scenario that still has the plan it was made from, or
// nil.
func (c *Comparison) of(id model.ScenarioID, plans map[model.ScenarioID]*action.Plan) *Result {
	if c == nil {
		return nil
	}
	for i := range c.Options {
		if r := &c.Options[i]; r.Scenario.ID == id && r.Plan == plans[id] {
			return r
		}
	}
	return nil
}

// viewOf adds up the flows of a plan, which are expanded unless an old result
// has them.
func (r *runner) viewOf(s *model.Scenario, plan *action.Plan, old *Result) (*view, error) {
	r.unknown = map[model.OrganisationID]bool{}
	r.c.unknown[s.ID] = r.unknown
	if old != nil {
		return r.view(plan, old.Flows), nil
	}
	m, err := ledger.Expand(plan.Streams, &r.in.Context)
	if err != nil {
		return nil, fmt.Errorf("scenario %s: %w", s.Name, err)
	}
	if err := r.checkFuels(plan.Streams); err != nil {
		return nil, fmt.Errorf("scenario %s: %w", s.Name, err)
	}
	return r.view(plan, m), nil
}
