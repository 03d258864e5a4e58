package risk_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/risk"
)

func TestDrawsAreTheWholeLineWalkedAgain(t *testing.T) {
	risk.SameAsAgain(t, compare(t, everything()))
	if !testing.Short() {
		risk.SameAsAgain(t, demonstration(t))
	}
}

func TestEverythingThatShapesAPlanIsListed(t *testing.T) {
	risk.ShapingIsComplete(t, compare(t, everything()))
}

func TestTheSameSeedGivesTheSameOnAnyNumberOfProcessors(t *testing.T) {
	c := compare(t, everything())
	m, err := risk.Default(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	one := run(t, c, m, risk.Options{Draws: 1777, Seed: 5, Workers: 1})
	for _, w := range []int{2, 3, 16} {
		if !reflect.DeepEqual(one, run(t, c, m, risk.Options{Draws: 1777, Seed: 5, Workers: w})) {
			t.Errorf("%d goroutines give another result than one", w)
		}
	}
	if reflect.DeepEqual(one, run(t, c, m, risk.Options{Draws: 1777, Seed: 6})) {
		t.Error("another seed gives the same result")
	}
}

func TestAResultHolds(t *testing.T) {
	for name, c := range map[string]*appraisal.Comparison{"everything": compare(t, everything()), "demonstration": demonstration(t)} {
		m, err := risk.Default(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		r := run(t, c, m, risk.Options{Draws: 2000, Seed: 1})
		best := 0.0
		for i, o := range r.Options {
			within(t, name+": planned NPSV", o.NPSV.Planned, c.Options[i].NPSV, 0.01)
			within(t, name+": planned public value", o.NPVPublic.Planned, c.Options[i].NPVPublic, 0.01)
			best += o.NPSV.Best
			ranks := 0.0
			for _, p := range o.NPSV.Rank {
				ranks += p
			}
			within(t, name+": ranks of "+o.Name, ranks, 1, 1e-9)
			s := o.NPSV
			if !(s.P10 <= s.P25 && s.P25 <= s.P50 && s.P50 <= s.P75 && s.P75 <= s.P90) {
				t.Errorf("%s: the quantiles of %s are out of order: %+v", name, o.Name, s)
			}
			if n := len(o.Fan.P50); n != c.Years {
				t.Fatalf("%s: a fan of %d years", name, n)
			}
			within(t, name+": the end of the fan", o.Fan.P90[c.Years-1], s.P90, 0.01)
			within(t, name+": the end of the open fan", o.FanOpen.P10[c.Years-1], o.Open.P10, 0.01)
			for k, w := range o.Tornado {
				if k > 0 && w.Width() > o.Tornado[k-1].Width() {
					t.Errorf("%s: the tornado of %s is out of order at %s", name, o.Name, w.Key)
				}
			}
			if o.ID == r.Baseline && (s.SD != 0 || len(o.Tornado) != 0) {
				t.Errorf("%s: the baseline moves against itself", name)
			}
		}
		within(t, name+": chances of being best", best, 1, 1e-9)
		if r.SameOrder <= 0 || r.SameOrder > 1 {
			t.Errorf("%s: the order is kept in %g of draws", name, r.SameOrder)
		}
	}
}

// TestNothingUncertainIsThePlan: without a driver every draw is the plan.
func TestNothingUncertainIsThePlan(t *testing.T) {
	c := compare(t, everything())
	r := run(t, c, &risk.Model{}, risk.Options{Draws: 3, Seed: 1})
	for i, o := range r.Options {
		within(t, o.Name, o.NPSV.P10, c.Options[i].NPSV, 0.01)
		within(t, o.Name+", public", o.NPVPublic.P90, c.Options[i].NPVPublic, 0.01)
	}
	if r.SameOrder != 1 {
		t.Errorf("the order is kept in %g of draws", r.SameOrder)
	}
}

func TestExemptAmountsAreOutOfTheOpenFigures(t *testing.T) {
	p := sums(100_000, 40_000)
	p.Scenarios[1].Manual[1].Exempt = true
	c := compare(t, p)
	o := run(t, c, model1(t, c, `{"only":true,"drivers":[{"key":"amount:a","distribution":"uniform","low":0.9,"high":1.1},{"key":"amount:b","distribution":"uniform","low":0,"high":3}]}`), risk.Options{Draws: 4000, Seed: 1}).Option("x2")
	within(t, "planned before exempt amounts", o.Open.Planned, 100_000, 0.01)
	within(t, "mean before exempt amounts", o.Open.Mean, 100_000, 400)
	if o.Open.P90 > 110_000 || o.NPSV.P90 < 150_000 {
		t.Errorf("open P90 %.0f, whole P90 %.0f", o.Open.P90, o.NPSV.P90)
	}
	for _, s := range o.Tornado {
		if s.Key == "amount:b" && s.Open[0] != s.Open[1] {
			t.Error("an exempt amount moves the figures before exempt amounts")
		}
	}
}

func TestScenariosOfTheSameWorthShareTheFirstPlace(t *testing.T) {
	p := sums(50_000)
	twin := p.Scenarios[1]
	twin.ID, twin.Name = "x3", "Twin"
	p.Scenarios = append(p.Scenarios, twin)
	c := compare(t, p)
	r := run(t, c, &risk.Model{}, risk.Options{Draws: 10})
	within(t, "one", r.Option("x2").NPSV.Best, 0.5, 1e-12)
	within(t, "the other", r.Option("x3").NPSV.Best, 0.5, 1e-12)
}

func TestARunCanBeStoppedAndTellsHowFarItIs(t *testing.T) {
	c := compare(t, everything())
	m, err := risk.Default(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	last := 0
	_, err = risk.Run(ctx, c, m, risk.Options{Draws: 200_000, Workers: 2, Progress: func(done, of int) {
		if done <= last || done > of {
			t.Errorf("progress goes from %d to %d of %d", last, done, of)
		}
		if last = done; done > 1000 {
			stop()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped run gives %v", err)
	}
	if last > 10_000 {
		t.Errorf("it went on to %d draws", last)
	}
}

func TestWhatCannotBeRunIsRefused(t *testing.T) {
	c := compare(t, sums(1000))
	for name, try := range map[string]func() error{
		"too many draws": func() error {
			_, err := risk.Run(context.Background(), c, &risk.Model{}, risk.Options{Draws: risk.MaxDraws + 1})
			return err
		},
		"a driver twice": func() error {
			d := risk.Driver{Key: "amount:a", Now: 1, Dist: risk.Distribution{Kind: risk.Fixed, Mid: 1}}
			_, err := risk.Run(context.Background(), c, &risk.Model{Drivers: []risk.Driver{d, d}}, risk.Options{})
			return err
		},
		"an impossible distribution": func() error {
			d := risk.Driver{Key: "amount:a", Now: 1, Dist: risk.Distribution{Kind: risk.Uniform, Low: 2, High: 1}}
			_, err := risk.Run(context.Background(), c, &risk.Model{Drivers: []risk.Driver{d}}, risk.Options{})
			return err
		},
		"not a number": func() error {
			d := risk.Driver{Key: "amount:a", Now: 1, Dist: risk.Distribution{Kind: risk.Normal, Mid: math.NaN()}}
			_, err := risk.Run(context.Background(), c, &risk.Model{Drivers: []risk.Driver{d}}, risk.Options{})
			return err
		},
	} {
		if err := try(); !errors.Is(err, model.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Planned figures that are not the comparison's: somebody changed one of the two.
	c.Options[1].NPSV += 5
	if _, err := risk.Run(context.Background(), c, &risk.Model{}, risk.Options{}); !errors.Is(err, model.ErrConflict) || !strings.Contains(err.Error(), "appraisal") {
		t.Errorf("a comparison that does not tie: %v", err)
	}
}

func BenchmarkRun(b *testing.B) {
	c := demonstration(b)
	m, err := risk.Default(context.Background(), c)
	if err != nil {
		b.Fatal(err)
	}
	streams := 0
	for i := range c.Options {
		streams += len(c.Options[i].Plan.Streams)
	}
	for _, x := range []struct {
		name  string
		draws int
	}{{"ready", 1}, {"10000", 10_000}} {
		b.Run(x.name, func(b *testing.B) {
			for b.Loop() {
				run(b, c, m, risk.Options{Draws: x.draws, Seed: 1})
			}
			b.ReportMetric(float64(streams), "streams")
			b.ReportMetric(float64(len(m.Drivers)), "drivers")
		})
	}
}
