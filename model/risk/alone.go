package risk

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// Ends says what the ends of an assumption rest on.
type Ends string

// What ends rest on.
const (
	EndsByEvidence Ends = "evidence" // P10 and P90 of the range of its evidence grade, as in Option.Tornado
	EndsByChoice   Ends = "choice"   // it is a choice: 0 and 1
	EndsByTenth    Ends = "tenth"    // it has no range: 10 % less and more
	EndsNone       Ends = "none"     // it is 0, so that 10 % of it is nothing
)

// Effect is what one assumption alone does to the value of one scenario. Swing
// holds the net present social value at either end, not the change.
type Effect struct {
	Swing
	Ends    Ends
	Planned float64 // net present social value as planned
	Acts    bool    // an end moves the value by half a penny or more
	Err     error   // why it could not be worked out at an end; nil otherwise
}

// Change is how far each end moves net present social value.
func (e *Effect) Change() (low, high float64) { return e.NPSV[0] - e.Planned, e.NPSV[1] - e.Planned }

// Width is the distance between the least and the most that the assumption makes
// of the value, the planned value among them.
func (e *Effect) Width() float64 {
	return max(e.NPSV[0], e.NPSV[1], e.Planned) - min(e.NPSV[0], e.NPSV[1], e.Planned)
}

// Alone moves every assumption of the book alone to either end and builds and
// appraises the scenario and the baseline again. In the order of the book.
//
// Assumptions that no stream names are moved together first, and one by one only
// where that changes anything: most of a book is about what a plan does not do.
// Progress is told how many assumptions are done.
func Alone(ctx context.Context, c *appraisal.Comparison, scenario model.ScenarioID, progress func(done, of int)) ([]Effect, error) {
	a, err := newAlone(c, scenario)
	if err != nil {
		return nil, err
	}
	a.progress = progress
	var named, rest []int
	terms := a.terms()
	for i := range a.effects {
		switch e := &a.effects[i]; {
		case e.Ends == EndsNone:
			a.done++
		case terms[e.Key] || e.Ends == EndsByChoice || e.Key == deflator || e.Key == action.PVYieldKey: // a choice may keep others from acting, and so does a yield that a project states
			named = append(named, i)
		default:
			rest = append(rest, i)
		}
	}
	if a.base == a.scenario { // nothing moves what is measured against itself
		return a.effects, nil
	}
	for _, i := range named {
		if err := a.one(ctx, i); err != nil {
			return nil, err
		}
	}
	return a.effects, a.search(ctx, rest)
}

// deflator is the one assumption that reaches the inputs of an appraisal and not
// only the book.
const deflator = "deflator.growth"

type alone struct {
	c              *appraisal.Comparison
	p              *model.Project // with two scenarios
	in             *appraisal.Inputs
	opt            appraisal.Options
	scenario, base *appraisal.Result
	effects        []Effect
	progress       func(done, of int)
	done           int
}

func newAlone(c *appraisal.Comparison, scenario model.ScenarioID) (*alone, error) {
	a := &alone{c: c, scenario: c.Result(scenario), base: c.Result(c.Baseline)}
	if a.scenario == nil {
		return nil, model.NotFound("scenario", string(scenario))
	}
	if a.base == nil {
		return nil, model.NotFound("baseline scenario", string(c.Baseline))
	}
	p := *c.Project
	p.Scenarios = []model.Scenario{a.base.Scenario}
	if a.base != a.scenario {
		p.Scenarios = append(p.Scenarios, a.scenario.Scenario)
	}
	a.p = &p
	a.opt = appraisal.Options{Set: c.Set, Schedule: c.Schedule, Baseline: c.Baseline, Prices: c.PriceCase, Carbon: c.CarbonCase, TaxBurden: c.TaxBurden, Paths: c.Paths, Book: c.Book}
	var err error
	if a.in, err = a.inputs(c.Book); err != nil {
		return nil, err
	}
	for _, x := range c.Book.All() {
		a.effects = append(a.effects, a.effect(&x))
	}
	now, err := a.worth(c.Book)
	if err != nil {
		return nil, err
	}
	if math.Abs(now-a.scenario.NPSV) > 0.01 {
		return nil, fmt.Errorf("the value of %s is £%.2f and comes to £%.2f when it is worked out again", a.scenario.Scenario.Name, a.scenario.NPSV, now)
	}
	return a, nil
}

// inputs are those of the comparison with another book.
func (a *alone) inputs(book *model.Book) (*appraisal.Inputs, error) {
	opt := a.opt
	opt.Book = book
	in, err := appraisal.Prepare(a.p, opt)
	if err != nil {
		return nil, err
	}
	in.Discount = a.c.Discount
	return in, nil
}

// effect is an assumption with its ends and without what they do.
func (a *alone) effect(x *model.Assumption) Effect {
	e := Effect{Swing: Swing{Key: x.Key, Label: x.Label, Unit: x.Unit, Grade: x.Grade, Exempt: x.Exempt, Now: x.Value, LowAt: x.Value, HighAt: x.Value,
		NPSV: [2]float64{a.scenario.NPSV, a.scenario.NPSV}}, Ends: EndsByTenth, Planned: a.scenario.NPSV}
	if d, ok := byGrade(a.c, x.Key, isGrowth(a.c, x.Key)); ok {
		e.Ends, e.LowAt, e.HighAt = EndsByEvidence, d.At(0.1), d.At(0.9)
		return e
	}
	switch {
	case x.Unit == "0 or 1":
		e.Ends, e.LowAt, e.HighAt = EndsByChoice, 0, 1
	case x.Value == 0 || !model.Finite(x.Value):
		e.Ends = EndsNone
	default:
		tenth := math.Abs(x.Value) / 10
		e.LowAt, e.HighAt = x.Value-tenth, x.Value+tenth
	}
	return e
}

// terms are the assumptions that the streams of both plans name.
func (a *alone) terms() map[string]bool {
	out := map[string]bool{}
	for _, r := range []*appraisal.Result{a.scenario, a.base} {
		for i := range r.Plan.Streams {
			s := &r.Plan.Streams[i]
			for _, t := range append([]ledger.Term{s.Growth, s.Uplift}, s.Rates...) {
				out[t.Key] = true
			}
		}
	}
	return out
}

// worth is the net present social value of the scenario with another book, in
// which the project states some assumptions itself.
func (a *alone) worth(book *model.Book, stated ...model.Assumption) (float64, error) {
	in := *a.in
	in.Book = book
	return a.worthWith(&in, stated...)
}

func (a *alone) worthWith(in *appraisal.Inputs, stated ...model.Assumption) (float64, error) {
	plans := map[model.ScenarioID]*action.Plan{}
	p := *a.p
	p.Assumptions = append(slices.Clip(p.Assumptions), stated...) // as when the user changes it
	for i := range p.Scenarios {
		s := &p.Scenarios[i]
		plan, err := action.Build(&p, s, in.Book)
		if err != nil {
			return 0, err
		}
		plans[s.ID] = plan
	}
	c, err := appraisal.RunWith(&p, plans, in, a.opt)
	if err != nil {
		return 0, err
	}
	return c.Result(a.scenario.Scenario.ID).NPSV, nil
}

// at is the book with some assumptions at their low (0) or high (1) end, and
// those assumptions.
func (a *alone) at(end int, some ...int) (book *model.Book, over []model.Assumption) {
	for _, i := range some {
		e := &a.effects[i]
		x, _ := a.c.Book.Get(e.Key)
		x.Value = [2]float64{e.LowAt, e.HighAt}[end]
		over = append(over, x)
	}
	return model.NewBook(a.c.Book.All(), over).WithDeflator(a.c.Book.Restate), over
}

// one works out what an assumption does alone.
func (a *alone) one(ctx context.Context, i int) error {
	e := &a.effects[i]
	for k, x := range [2]float64{e.LowAt, e.HighAt} {
		if err := ctx.Err(); err != nil {
			return err
		}
		if x == e.Now {
			continue
		}
		book, stated := a.at(k, i)
		var v float64
		var err error
		if e.Key == deflator {
			var in *appraisal.Inputs
			if in, err = a.inputs(book); err == nil {
				v, err = a.worthWith(in, stated...)
			}
		} else {
			v, err = a.worth(book, stated...)
		}
		if err != nil {
			e.Err = err
			continue
		}
		e.NPSV[k] = v
	}
	e.Acts = e.Err == nil && e.Width() > nought
	a.tell(1)
	return nil
}

// search works out those of some that act.
func (a *alone) search(ctx context.Context, some []int) error {
	if len(some) <= 1 {
		for _, i := range some {
			return a.one(ctx, i)
		}
		return nil
	}
	moved := false
	for end := 0; end < 2 && !moved; end++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		book, stated := a.at(end, some...)
		v, err := a.worth(book, stated...)
		moved = err != nil || math.Abs(v-a.scenario.NPSV) > nought
	}
	if !moved {
		a.tell(len(some))
		return nil
	}
	if err := a.search(ctx, some[:len(some)/2]); err != nil {
		return err
	}
	return a.search(ctx, some[len(some)/2:])
}

func (a *alone) tell(n int) {
	a.done += n
	if a.progress != nil {
		a.progress(a.done, len(a.effects))
	}
}

// Widest are the effects that act, widest first, n at most.
func Widest(effects []Effect, n int) []Effect {
	var out []Effect
	for i := range effects {
		if effects[i].Acts {
			out = append(out, effects[i])
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Width() > out[j].Width() })
	return out[:min(n, len(out))]
}
