package appraisal

import (
	"fmt"
	"maps"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/model/reference"
)

// Case is one of the published variants of a path.
type Case string

// The cases of energy prices and carbon values. The empty case is central.
const (
	Central Case = "central"
	Low     Case = "low"
	High    Case = "high"
)

// Options changes what a run takes from the project. Its zero value changes
// nothing.
type Options struct {
	Set       string           // parameter set instead of the project's pinned one
	Schedule  string           // discount schedule instead of the set's own
	Flat      *float64         // one discount rate for every year, instead of a schedule
	Baseline  model.ScenarioID // what changes are measured against; empty for business as usual
	Prices    Case             // energy prices
	Carbon    Case             // carbon values in NPSV; NPSVLow and NPSVHigh stay what they are
	Book      *model.Book      // the assumption book the plans were built from; nil for the set and the project's own
	Paths     map[string]model.Path
	Nearest   bool     // a year without a parameter takes the nearest year's, and says so in the notes
	TaxBurden float64  // uplift of net public cost for the distortion of taxes, as a fraction; historic comparisons only
	Inflation *float64 // general inflation after the last outturn, instead of the set's
}

// Inputs is everything a run rests on besides the streams.
type Inputs struct {
	Set      *reference.Set
	Book     *model.Book
	Context  ledger.Context
	Schedule reference.Schedule
	Discount []float64
	Reduced  *reference.Schedule // the sensitivity past 50 years; nil when it is not called for
	Notes    []string
}

// SensitivityPast is the horizon, in years, past which the reduced-rate
// sensitivity is added whether or not the edition asks for it.
const SensitivityPast = 50

// Prepare checks the project and gathers what a run rests on.
func Prepare(p *model.Project, opt Options) (*Inputs, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	id := p.ParameterSet
	if opt.Set != "" {
		id = opt.Set
	}
	if id == "" {
		id = reference.DefaultID
	}
	set, err := reference.Load(id)
	if err != nil {
		return nil, fmt.Errorf("loading parameter set %q: %w", id, err)
	}
	return PrepareWith(p, set, opt)
}

// PrepareWith is Prepare with a set that is not among the shipped ones.
func PrepareWith(p *model.Project, set *reference.Set, opt Options) (*Inputs, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if p.Currency != "" && p.Currency != set.Currency {
		return nil, model.Invalid("currency", fmt.Sprintf("the project is in %s and the parameter set %s in %s", p.Currency, set.ID, set.Currency))
	}
	set, err := set.At(p.PriceBase)
	if err != nil {
		return nil, fmt.Errorf("restating parameter set %q in %d prices: %w", set.ID, p.PriceBase, err)
	}
	in := &Inputs{Set: set, Book: opt.Book}
	if in.Book == nil {
		in.Book = model.NewBook(set.Assumptions(), p.Assumptions)
	}
	inflation := opt.Inflation
	if a, ok := in.Book.Get("deflator.growth"); ok && inflation == nil && a.Value != set.Inflation() {
		inflation = &a.Value
	}
	if inflation != nil {
		if set, err = set.WithInflation(*inflation); err != nil {
			return nil, err
		}
		in.Set = set
	}
	if opt.Nearest {
		set = set.AcceptNearest()
		in.Set = set
	}
	if !model.Finite(opt.TaxBurden) || opt.TaxBurden < 0 {
		return nil, model.Invalid("tax burden", fmt.Sprintf("the tax burden is %g; it must not be negative", opt.TaxBurden))
	}
	for _, a := range p.Assumptions {
		if !model.Finite(a.Value) {
			return nil, model.Invalid(a.Key, fmt.Sprintf("the assumption %s is not a number", a.Key))
		}
		if a.PriceBase != 0 && a.PriceBase != set.PriceBase {
			return nil, model.Invalid(a.Key, fmt.Sprintf("the assumption %s is in %d prices and the project in %d prices: restate one of them", a.Key, a.PriceBase, set.PriceBase))
		}
	}
	paths, err := set.Paths(p.BaseYear, p.Horizon)
	if err != nil {
		return nil, err
	}
	maps.Copy(paths, opt.Paths)
	if err := chooseCase(paths, opt.Prices); err != nil {
		return nil, err
	}
	in.Context = ledger.Context{BaseYear: p.BaseYear, Years: p.Horizon, PriceBase: set.PriceBase, Paths: paths}
	if err := in.discount(opt); err != nil {
		return nil, err
	}
	in.note(opt)
	return in, nil
}

// chooseCase lays the low or high price paths over the central ones, so that
// every stream driven by a price follows.
func chooseCase(paths map[string]model.Path, c Case) error {
	switch c {
	case "", Central:
		return nil
	case Low, High:
	default:
		return model.Invalid("prices", fmt.Sprintf("the energy price case is %q; it must be low, central or high", c))
	}
	for _, f := range model.Fuels {
		k := ledger.PathKey("price", f)
		p, ok := paths[k+"."+string(c)]
		if !ok {
			return model.NotFound("price path", k+"."+string(c))
		}
		p.Key = k
		paths[k] = p
	}
	return nil
}

func (in *Inputs) discount(opt Options) error {
	switch {
	case opt.Flat != nil:
		s, err := reference.FlatSchedule(*opt.Flat)
		if err != nil {
			return err
		}
		in.Schedule = s
	default:
		s, err := in.Set.ScheduleByID(opt.Schedule)
		if err != nil {
			return err
		}
		in.Schedule = *s
	}
	var err error
	if in.Discount, err = in.Schedule.Factors(in.Context.Years); err != nil {
		return err
	}
	if in.Context.Years > SensitivityPast && opt.Flat == nil && in.Schedule.ID != "reduced" {
		if r, err := in.Set.ScheduleByID("reduced"); err == nil {
			in.Reduced = r
		}
	}
	return nil
}

func (in *Inputs) note(opt Options) {
	say := func(f string, a ...any) { in.Notes = append(in.Notes, fmt.Sprintf(f, a...)) }
	say("Parameter set: %s (issued %s, %s).", in.Set.Name, in.Set.Issued, in.Set.Status)
	say("Real terms in %d prices; year 0 is %s and is not discounted; factors are of the end of each year.", in.Set.PriceBase, model.FinancialYear(in.Context.BaseYear))
	if in.Schedule.Note != "" && in.Schedule.ID != "standard" {
		say("Discount schedule %s: %s", in.Schedule.Name, in.Schedule.Note)
	}
	switch {
	case in.Reduced == nil:
	case in.Set.SensitivityPast > 0:
		say("The horizon is over %d years, so the sensitivity at reduced rates that this edition asks for was added.", in.Set.SensitivityPast)
	default:
		say("The horizon is over %d years, so a sensitivity at reduced rates was added; this edition does not ask for it.", SensitivityPast)
	}
	if opt.Prices != "" && opt.Prices != Central {
		say("Energy prices follow the %s case.", opt.Prices)
	}
	if opt.Carbon != "" && opt.Carbon != Central {
		say("Carbon in NPSV is at %s values.", opt.Carbon)
	}
	if opt.TaxBurden > 0 {
		say("Net public cost is raised by %g %% for the distortion of taxes, as earlier editions did; the 2026 edition says not to.", opt.TaxBurden*100)
	}
	for _, k := range []string{"footprint.electricity", "marginal.electricity", "carbon.central", "price.electricity"} {
		if p, ok := in.Context.Paths[k]; ok && p.Note != "" {
			say("%s: %s.", p.Label, p.Note)
		}
	}
}
