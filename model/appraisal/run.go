package appraisal

import (
	"fmt"

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
	base, err := baseline(p, plans, opt.Baseline)
	if err != nil {
		return nil, err
	}
	c := &Comparison{
		Project: p, Set: in.Set.ID, SetName: in.Set.Name, Vintage: in.Set.Issued, BaseYear: in.Context.BaseYear, Years: in.Context.Years,
		PriceBase: in.Context.PriceBase, Schedule: in.Schedule.ID, Discount: in.Discount, Book: in.Book, Paths: in.Context.Paths, Baseline: base,
		Notes: append([]string(nil), in.Notes...), TaxBurden: opt.TaxBurden, CarbonCase: orCentral(opt.Carbon), PriceCase: orCentral(opt.Prices),
	}
	c.attach(in)
	r, err := newRunner(c)
	if err != nil {
		return nil, err
	}
	views := map[model.ScenarioID]*view{}
	for i := range p.Scenarios {
		s := &p.Scenarios[i]
		plan := plans[s.ID]
		if plan == nil {
			continue
		}
		m, err := ledger.Expand(plan.Streams, &in.Context)
		if err != nil {
			return nil, fmt.Errorf("scenario %s: %w", s.Name, err)
		}
		if err := r.checkFuels(plan.Streams); err != nil {
			return nil, fmt.Errorf("scenario %s: %w", s.Name, err)
		}
		views[s.ID] = r.view(plan, m)
	}
	b := views[base]
	for i := range p.Scenarios {
		s := &p.Scenarios[i]
		v := views[s.ID]
		if v == nil {
			continue
		}
		res := r.result(*s, v, b)
		if err := res.finite(); err != nil {
			return nil, fmt.Errorf("scenario %s: %w", s.Name, err)
		}
		c.Options = append(c.Options, res)
	}
	for _, id := range r.strangers() {
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
	public  map[model.OrganisationID]bool
	known   map[model.OrganisationID]bool
	unknown map[model.OrganisationID]bool
	waterKg float64               // kgCO2e/m³ supplied and taken away
	value   map[Case][]float64    // £/tCO2e by year
	factors carbon.FootprintYears // kgCO2e/kWh by year
	change  carbon.MarginalYears  // kgCO2e/kWh by year
	reduced []float64             // discount factors of the sensitivity
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

func (r *runner) strangers() []string {
	var out []string
	for o := range r.unknown {
		out = append(out, string(o))
	}
	sortStrings(out)
	return out
}
