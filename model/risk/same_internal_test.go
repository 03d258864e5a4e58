package risk

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
)

// Again builds and appraises the project again with other assumptions: the long way round.
func again(t *testing.T, c *appraisal.Comparison, values map[string]float64, opt appraisal.Options) *appraisal.Comparison {
	t.Helper()
	var over []model.Assumption
	for k, v := range values {
		a, ok := c.Book.Get(k)
		if !ok {
			t.Fatalf("no assumption %s", k)
		}
		a.Value = v
		over = append(over, a)
	}
	opt.Book = model.NewBook(c.Book.All(), over).WithDeflator(c.Book.Restate)
	plans := map[model.ScenarioID]*action.Plan{}
	for i := range c.Project.Scenarios {
		s := &c.Project.Scenarios[i]
		plan, err := action.Build(c.Project, s, opt.Book)
		if err != nil {
			t.Fatal(err)
		}
		plans[s.ID] = plan
	}
	out, err := appraisal.Run(c.Project, plans, opt)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func ready(t *testing.T, c *appraisal.Comparison) *work {
	t.Helper()
	m, err := Default(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	f, err := prepare(context.Background(), c, m)
	if err != nil {
		t.Fatal(err)
	}
	w := newWork(f)
	w.evaluate()
	if err := w.ties(); err != nil {
		t.Fatal(err)
	}
	return w
}

func close2(t *testing.T, what string, w *work, c *appraisal.Comparison, tol float64) {
	t.Helper()
	for i := range c.Options {
		if d := w.total[i].npsv - c.Options[i].NPSV; math.Abs(d) > tol {
			t.Errorf("%s: NPSV of %s is £%.2f by draw and £%.2f when everything is done again", what, c.Options[i].Scenario.Name, w.total[i].npsv, c.Options[i].NPSV)
		}
		if d := w.total[i].purse - c.Options[i].NPVPublic; math.Abs(d) > tol {
			t.Errorf("%s: public value of %s is £%.2f by draw and £%.2f when everything is done again", what, c.Options[i].Scenario.Name, w.total[i].purse, c.Options[i].NPVPublic)
		}
	}
}

// SameAsAgain holds draws to the whole line walked again: catalogue, ledger and appraisal with the drawn assumptions.
func SameAsAgain(t *testing.T, c *appraisal.Comparison) {
	w := ready(t, c)
	f := w.f
	shapes := map[int]*shape{}
	for i := range f.shape {
		shapes[f.shape[i].driver] = &f.shape[i]
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	reset := func() {
		for d := range f.drivers {
			w.value[d] = f.drivers[d].Now
		}
	}
	for range 4 { // every term at once, shapes as planned
		reset()
		values := map[string]float64{}
		for d := range f.drivers {
			if _, ok := c.Book.Get(f.drivers[d].Key); ok && shapes[d] == nil {
				w.value[d] = f.drivers[d].At(rnd.Float64())
				values[f.drivers[d].Key] = w.value[d]
			}
		}
		w.evaluate()
		close2(t, "all terms", w, again(t, c, values, appraisal.Options{}), 0.02)
	}
	for d, s := range shapes { // every shape at the values that were built, with another term moved as well
		if f.drivers[d].Key == Delay {
			continue
		}
		for _, x := range s.at {
			reset()
			w.value[d] = x
			values := map[string]float64{f.drivers[d].Key: x}
			if k, ok := f.byKey["backlog.failure"]; ok {
				w.value[k] = 0.071
				values["backlog.failure"] = 0.071
			}
			w.evaluate()
			close2(t, f.drivers[d].Key, w, again(t, c, values, appraisal.Options{}), 0.02)
		}
	}
	for _, x := range []struct {
		v float64
		c appraisal.Case
	}{{-1, appraisal.Low}, {1, appraisal.High}} { // published cases
		reset()
		w.value[f.byKey[AllPrices]], w.value[f.byKey[CarbonValue]] = x.v, x.v
		w.evaluate()
		close2(t, "paths "+string(x.c), w, again(t, c, nil, appraisal.Options{Prices: x.c, Carbon: x.c}), 0.02)
	}
}

// ShapingIsComplete changes every assumption in turn: what the draws cannot follow as a term must be in the list of what shapes.
func ShapingIsComplete(t *testing.T, c *appraisal.Comparison) {
	w := ready(t, c)
	f := w.f
	listed := map[string]bool{}
	where, err := f.shapers(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for d := range where {
		listed[f.drivers[d].Key] = true
	}
	needed := map[string]bool{}
	for _, a := range c.Book.All() {
		if a.Key == "deflator.growth" || a.Value == 0 || a.Unit == "0 or 1" {
			continue
		}
		for _, x := range []float64{a.Value * 1.3, a.Value * 0.7} {
			if a.Key == "flex.service_level" {
				x = a.Value * 0.8
			}
			if changesShape(t, f, a, x) {
				needed[a.Key] = true
			}
		}
	}
	for k := range needed {
		if !listed[k] {
			t.Errorf("%s changes the shape of a plan and is not found", k)
		}
	}
}

func changesShape(t *testing.T, f *flows, a model.Assumption, x float64) bool {
	a.Value = x
	book := model.NewBook(f.c.Book.All(), []model.Assumption{a}).WithDeflator(f.c.Book.Restate)
	for i := range f.c.Options {
		plan, err := action.Build(f.c.Project, &f.c.Options[i].Scenario, book)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.sums(plan.Streams)
		if err != nil {
			t.Fatal(err)
		}
		for g := range f.groups {
			if less(got.eco.row(g), f.planned[i].eco.row(g)) != nil || less(got.purse.row(g), f.planned[i].purse.row(g)) != nil {
				return true
			}
		}
	}
	return false
}
