package outcome

import (
	"context"
	"reflect"
	"runtime"
	"sync"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// Evaluator is Evaluate for a project that is edited step by step: scenarios
// that are what they were, over an estate that is what it was, keep the results
// of the time before. Its zero value is ready. It may be used from several
// goroutines; they wait for one another.
type Evaluator struct {
	mu   sync.Mutex
	p    *model.Project
	last *appraisal.Comparison
}

// Evaluate builds and appraises the scenarios of the project against the
// baseline; empty stands for business as usual. An edited project must share
// the lists that did not change with the one before, as those of a project file
// do. It gives the error of the context when that is over before the work is.
func (e *Evaluator) Evaluate(ctx context.Context, p *model.Project, baseline model.ScenarioID) (*appraisal.Comparison, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := ctx.Err(); err != nil { // typing fast: a later step is waiting
		return nil, err
	}
	opt := appraisal.Options{Baseline: baseline}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	last := e.last
	if e.p == nil || last == nil || !sameGround(e.p, p) {
		last, e.p, e.last = nil, nil, nil // not two estates in memory
	}
	set, err := Set(p, "")
	if err != nil {
		return nil, err
	}
	opt.Book = Book(p, set)
	plans, err := plansAfter(ctx, p, opt.Book, last)
	if err != nil {
		return nil, err
	}
	in, err := appraisal.Prepare(p, opt)
	if err != nil {
		return nil, err
	}
	c, err := appraisal.RunAfter(last, p, plans, in, opt)
	if err != nil {
		return nil, err
	}
	e.p, e.last = p, c
	return c, nil
}

// plansAfter are the plans of the time before, and new ones for what was edited,
// built side by side. Scenarios that decide the same share one.
func plansAfter(ctx context.Context, p *model.Project, book *model.Book, last *appraisal.Comparison) (map[model.ScenarioID]*action.Plan, error) {
	built, errs := make([]*action.Plan, len(p.Scenarios)), make([]error, len(p.Scenarios))
	if last != nil {
		for i := range p.Scenarios {
			for k := range last.Options {
				if r := &last.Options[k]; r.Scenario.ID == p.Scenarios[i].ID && samePlan(&r.Scenario, &p.Scenarios[i]) {
					built[i] = r.Plan
				}
			}
		}
	}
	twin := map[int]int{} // scenarios that decide what one before them does
	var wg sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range built {
		if built[i] != nil {
			continue
		}
		if k := twinOf(p, i); k >= 0 {
			twin[i] = k
			continue
		}
		room <- struct{}{}
		if err := ctx.Err(); err != nil {
			errs[i] = err
			break
		}
		wg.Go(func() {
			built[i], errs[i] = action.Build(p, &p.Scenarios[i], book)
			<-room
		})
	}
	wg.Wait()
	out := make(map[model.ScenarioID]*action.Plan, len(built))
	for i := range built {
		if errs[i] != nil {
			return nil, errs[i]
		}
		if k, ok := twin[i]; ok {
			built[i] = built[k]
		}
		out[p.Scenarios[i].ID] = built[i]
	}
	return out, nil
}

// twinOf is the first scenario that decides exactly what the one at i decides, or
// −1. Rows of cash flow carry the name of their scenario, so these are no twins.
func twinOf(p *model.Project, i int) int {
	for k := range i {
		if len(p.Scenarios[i].Manual) == 0 && samePlan(&p.Scenarios[k], &p.Scenarios[i]) {
			return k
		}
	}
	return -1
}

// samePlan says whether two scenarios come to the same streams.
func samePlan(a, b *model.Scenario) bool {
	return reflect.DeepEqual(a.Actions, b.Actions) && reflect.DeepEqual(a.Manual, b.Manual)
}

// sameGround says whether everything that plans and prices are made from,
// besides the scenarios, is shared by two projects. Lists are compared by where
// they are, not by what is in them: there may be a hundred thousand assets.
func sameGround(a, b *model.Project) bool {
	return a.BaseYear == b.BaseYear && a.Horizon == b.Horizon && a.PriceBase == b.PriceBase && a.ParameterSet == b.ParameterSet && a.Currency == b.Currency &&
		shared(a.Organisations, b.Organisations) && shared(a.Assets, b.Assets) && shared(a.Services, b.Services) && shared(a.Occupations, b.Occupations) &&
		shared(a.Population, b.Population) && shared(a.Boundaries, b.Boundaries) && shared(a.Assumptions, b.Assumptions)
}

func shared[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
