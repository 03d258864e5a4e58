package appraisal

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Weight is how much more £1 is worth to somebody of an income than to somebody
// of the reference income: (reference ÷ income)^eta. Green Book; eta is 1.3 in
// the reference tables.
func Weight(income, reference, eta float64) (float64, error) {
	if !model.Finite(income) || income <= 0 || !model.Finite(reference) || reference <= 0 {
		return 0, model.Invalid("income", fmt.Sprintf("the income is %g and the reference income %g; both must be more than nothing", income, reference))
	}
	if !model.Finite(eta) || eta < 0 {
		return 0, model.Invalid("eta", fmt.Sprintf("the elasticity is %g; it must not be negative", eta))
	}
	return math.Pow(reference/income, eta), nil
}

// Incomes is what the user knows of who gains: the yearly income of each
// beneficiary group and the one that weighs 1.
type Incomes struct {
	Of        map[model.OrganisationID]float64
	Reference float64
	Eta       float64
}

// Weighed is a present value with and without distributional weights.
type Weighed struct {
	NPSV       float64 // as it is, £
	Weighted   float64 // with every known beneficiary weighed, £
	ByGroup    map[model.OrganisationID]GroupValue
	Unweighted float64 // present value of benefits to groups without a known income; they weigh 1
}

// GroupValue is one group's part.
type GroupValue struct{ Present, Weight, Weighted float64 }

// Distribution weighs the benefits of an option by who gains. It is shown beside
// NPSV and never instead of it. Costs to the public purse keep the weight 1.
func Distribution(c *Comparison, scenario model.ScenarioID, in Incomes) (*Weighed, error) {
	option, base, err := c.pair(scenario)
	if err != nil {
		return nil, err
	}
	gains := map[model.OrganisationID]float64{}
	collect := func(r *Result, sign float64) {
		for i := range r.Plan.Streams {
			if s := &r.Plan.Streams[i]; s.Benefit && ledger.IsEconomic(s) {
				gains[s.Beneficiary] += sign * PresentValue(r.Flows.Row(i), c.Discount)
			}
		}
	}
	collect(option, 1)
	collect(base, -1)
	out := &Weighed{NPSV: option.NPSV, Weighted: option.NPSV, ByGroup: map[model.OrganisationID]GroupValue{}}
	for group, pv := range gains {
		income, ok := in.Of[group]
		if !ok {
			out.Unweighted += pv
			continue
		}
		w, err := Weight(income, in.Reference, in.Eta)
		if err != nil {
			return nil, err
		}
		out.ByGroup[group] = GroupValue{Present: pv, Weight: w, Weighted: pv * w}
		out.Weighted += pv * (w - 1)
	}
	return out, nil
}

// pair finds a scenario's result and the baseline's.
func (c *Comparison) pair(scenario model.ScenarioID) (option, base *Result, err error) {
	for i := range c.Options {
		if r := &c.Options[i]; r.Scenario.ID == scenario || scenario == "" && len(c.Options) == 1 {
			option = r
		}
		if r := &c.Options[i]; r.Scenario.ID == c.Baseline {
			base = r
		}
	}
	if option == nil {
		return nil, nil, model.NotFound("scenario", string(scenario))
	}
	if base == nil {
		return nil, nil, model.NotFound("baseline scenario", string(c.Baseline))
	}
	return option, base, nil
}

// Result returns the result of a scenario, or nil.
func (c *Comparison) Result(scenario model.ScenarioID) *Result {
	for i := range c.Options {
		if c.Options[i].Scenario.ID == scenario {
			return &c.Options[i]
		}
	}
	return nil
}

// Risk is something that may happen and what it would cost.
type Risk struct{ Probability, Impact float64 }

// ExpectedCost is Σ probability × impact: the cost of risks as a stream of the
// year in which they would fall.
func ExpectedCost(risks []Risk) (float64, error) {
	total := 0.0
	for _, r := range risks {
		if !(r.Probability >= 0 && r.Probability <= 1) || !model.Finite(r.Impact) {
			return 0, model.Invalid("risk", fmt.Sprintf("a risk has the probability %g and the impact %g", r.Probability, r.Impact))
		}
		total += r.Probability * r.Impact
	}
	return total, nil
}
