package optimise

import (
	"context"
	"testing"
	"time"
)

// Benchmarks report the cost, the proven bound and the gap beside the time, so
// that one run of
//
//	go test -run '^$' -bench . -benchtime 1x ./model/optimise
//
// is the table of results. They take minutes.

func solveFor(b *testing.B, p *Problem, limit time.Duration) *Result {
	b.Helper()
	_, _ = loader().Wait(context.Background(), nil) // compiled once a machine, not once a problem
	start := time.Now()
	first := time.Duration(0)
	res, err := Solve(context.Background(), p, Options{
		Time: limit, Clock: func() time.Duration { return time.Since(start) }, Seed: 1, HiGHS: loader(),
		Progress: func(pr Progress) {
			if pr.HasPlan && first == 0 {
				first = pr.Elapsed
			}
		},
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(res.Objective, "cost")
	b.ReportMetric(res.Bound, "bound")
	b.ReportMetric(100*res.Gap, "gap%")
	b.ReportMetric(first.Seconds(), "first_s")
	return res
}

func BenchmarkHolmberg(b *testing.B) {
	for _, o := range optima(b, "SSCFLP") {
		b.Run(o.name, func(b *testing.B) {
			p := holmberg(b, o.name)
			for b.Loop() {
				res := solveFor(b, p, 2*time.Minute)
				b.ReportMetric(o.value, "published")
				if res.Status != StatusOptimal || res.Objective != o.value {
					b.Errorf("%s %v, published %v, bound %v", res.Status, res.Objective, o.value, res.Bound)
				}
			}
		})
	}
}

func BenchmarkRationalise(b *testing.B) {
	for _, c := range []struct {
		name  string
		limit time.Duration
		gap   float64
		first float64
	}{
		{"rat60", time.Minute, 0.005, 1},
		{"rat300", 2 * time.Minute, 0.03, 2},
		{"rat1000", 3 * time.Minute, 0.06, 5},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := ratInstance(b, c.name)
			for b.Loop() {
				if res := solveFor(b, p, c.limit); res.Gap > c.gap {
					b.Errorf("gap %.3f %%, wanted %.1f %%", 100*res.Gap, 100*c.gap)
				}
			}
		})
	}
}

// BenchmarkBound measures one evaluation of the bound on the largest instance.
func BenchmarkBound(b *testing.B) {
	p := ratInstance(b, "rat1000")
	c := compile(p)
	dom := c.full()
	c.lock(dom, p)
	c.dominate(dom)
	c.propagate(dom)
	d := newDual(c, new(int64))
	d.start()
	d.run(dom, c.worst(), steps{most: 50, factor: 0.1, least: 1e-4, patience: 20})
	for b.Loop() {
		d.evaluate(dom, d.u, d.lam, &d.cur)
	}
}

// TestSmallFacilityProblemsAreProven is the fast part of BenchmarkHolmberg.
func TestSmallFacilityProblemsAreProven(t *testing.T) {
	for _, o := range optima(t, "SSCFLP")[:24] {
		res, err := Solve(context.Background(), holmberg(t, o.name), Options{WorkLimit: 200_000, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		if res.Status != StatusOptimal || res.Objective != o.value {
			t.Errorf("%s: %s %v, published %v, bound %v", o.name, res.Status, res.Objective, o.value, res.Bound)
		}
	}
}

// TestProofsHoldWhenCostsAreNegative moves every cost down by as much for every
// plan: the best plan stays the best, however far below nought. A bound that
// takes nought for the least there can be fails here.
func TestProofsHoldWhenCostsAreNegative(t *testing.T) {
	tried := 0
	for _, o := range optima(t, "SSCFLP")[12:26] {
		p := holmberg(t, o.name)
		for i := range p.Actions {
			for k := range p.Actions[i] {
				p.Actions[i][k].Cost -= 5000
			}
		}
		want := o.value - 5000*float64(len(p.Buildings))
		res, err := Solve(context.Background(), p, Options{WorkLimit: 400_000, Seed: 2})
		if err != nil {
			t.Fatal(err)
		}
		if res.Bound > want+1e-6 {
			t.Errorf("%s: bound %v, but a plan of %v exists", o.name, res.Bound, want)
		}
		if res.Status == StatusOptimal && abs(res.Objective-want) > ProvenGap*abs(want) {
			t.Errorf("%s: %v said to be optimal, published %v", o.name, res.Objective, want)
		}
		tried++
	}
	if tried == 0 {
		t.Error("nothing tried")
	}
}
