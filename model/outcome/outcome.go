// Package outcome walks a project through the whole line: parameter set,
// assumption book, streams of every scenario, appraisal. Front ends and reports
// start here.
//
// It knows the order of the steps and nothing of what they do.
package outcome

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/reference"
)

// Book is the assumption book of a project under a parameter set: the set, the
// action catalogue, then the project's own, each laid over the one before.
func Book(p *model.Project, set *reference.Set) *model.Book {
	return model.NewBook(set.Assumptions(), action.Assumptions(p.PriceBase), p.Assumptions).WithDeflator(set.Deflator)
}

// Set loads the parameter set of a project, or the one named instead, in the
// project's price base. A project without a price base takes the set's.
func Set(p *model.Project, instead string) (*reference.Set, error) {
	id := p.ParameterSet
	if instead != "" {
		id = instead
	}
	set, err := reference.Load(id)
	if err != nil {
		return nil, fmt.Errorf("loading parameter set %q: %w", id, err)
	}
	if p.PriceBase == 0 {
		return set, nil
	}
	if set, err = set.At(p.PriceBase); err != nil {
		return nil, fmt.Errorf("restating parameter set %q in %d prices: %w", id, p.PriceBase, err)
	}
	return set, nil
}

// Evaluate builds and appraises every scenario of the project. The project is
// not changed.
func Evaluate(p *model.Project, opt appraisal.Options) (*appraisal.Comparison, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	set, err := Set(p, opt.Set)
	if err != nil {
		return nil, err
	}
	book := Book(p, set)
	plans := make(map[model.ScenarioID]*action.Plan, len(p.Scenarios))
	for i := range p.Scenarios {
		s := &p.Scenarios[i]
		plan, err := action.Build(p, s, book)
		if err != nil {
			return nil, err
		}
		plans[s.ID] = plan
	}
	opt.Book = book
	return appraisal.Run(p, plans, opt)
}

// Preferred is the option with the best net present social value; when there is
// no option, the best of the other scenarios, and empty when there is nothing
// besides the baseline.
func Preferred(c *appraisal.Comparison) model.ScenarioID {
	var best *appraisal.Result
	for i := range c.Options {
		r := &c.Options[i]
		if r.Scenario.ID == c.Baseline {
			continue
		}
		isOption := r.Scenario.Kind == model.Option
		if best == nil || isOption && best.Scenario.Kind != model.Option ||
			isOption == (best.Scenario.Kind == model.Option) && r.NPSV > best.NPSV {
			best = r
		}
	}
	if best == nil {
		return ""
	}
	return best.Scenario.ID
}
