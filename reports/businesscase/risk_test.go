package businesscase_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/risk"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

func draws(t testing.TB, cmp *appraisal.Comparison) *risk.Result {
	t.Helper()
	m, err := risk.Default(context.Background(), cmp)
	if err != nil {
		t.Fatal(err)
	}
	r, err := risk.Run(context.Background(), cmp, m, risk.Options{Draws: 300, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func drawnCase(t testing.TB, cmp *appraisal.Comparison, r *risk.Result, e document.Edition) *document.Document {
	t.Helper()
	opt := options(e)
	opt.Include, opt.Risk = []businesscase.Section{businesscase.Economic}, r
	return build(t, cmp, opt)
}

func TestRiskIsToldInBothEditions(t *testing.T) {
	for _, n := range []int{1, 2, 6, 50} {
		cmp := compare(t, place(n))
		r := draws(t, cmp)
		hub := r.Option("x3")
		allowed := map[string]bool{}
		for _, s := range document.Numbers(given(cmp)) {
			allowed[s] = true
		}
		for _, e := range []document.Edition{document.Public, document.Exempt} {
			name := fmt.Sprintf("%d buildings, %s", n, e)
			doc := drawnCase(t, cmp, r, e)
			readsWell(t, name, doc)
			text := document.PlainText(doc)
			s := hub.NPSV
			if e == document.Public {
				s = hub.Open
			}
			for _, want := range []string{"If figures turn out otherwise", "worked out again 300 times", "is worth between " + businesscase.Pounds(s.P10), "Chance of being best", "What moves the value"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s: %q is not said", name, want)
				}
			}
			document.Walk(doc, func(x document.Inline) {
				if x, ok := x.(document.Text); ok {
					for _, num := range document.Numbers(year.ReplaceAllString(law.ReplaceAllString(strings.ReplaceAll(x.S, "c0ffee12", ""), ""), "")) {
						if !allowed[num] {
							t.Errorf("%s: %q is bound to nothing in %q", name, num, x.S)
						}
					}
				}
			})
			for _, f := range document.Fields(doc) {
				if f.Text != document.Withheld && !prints(f) {
					t.Errorf("%s: %s prints %q for %v", name, f.Key, f.Text, f.Value)
				}
			}
		}
	}
}

// TestDrawsTellNoExemptAmount: in the public edition no figure of the draws is made with exempt amounts, and no driver of one is named
// with its ends.
func TestDrawsTellNoExemptAmount(t *testing.T) {
	for _, n := range []int{2, 6, 50} {
		cmp := compare(t, place(n))
		r := draws(t, cmp)
		doc := drawnCase(t, cmp, r, document.Public)
		whole := map[string]float64{}
		for _, o := range r.Options {
			if math.Abs(o.NPSV.Planned-o.Open.Planned) < 1 {
				continue
			}
			for k, v := range map[string]float64{"P10": o.NPSV.P10, "P50": o.NPSV.P50, "P90": o.NPSV.P90, "mean": o.NPSV.Mean} {
				whole[o.Name+" "+k] = v
			}
			for _, s := range o.Tornado {
				if s.NPSV != s.Open {
					whole[o.Name+" low "+s.Key], whole[o.Name+" high "+s.Key] = s.NPSV[0], s.NPSV[1]
				}
			}
		}
		if len(whole) == 0 {
			t.Fatal("nothing is exempt, so this says nothing")
		}
		for _, f := range document.Fields(doc) {
			for what, v := range whole {
				if strings.Contains(f.Key, "risk") && math.Abs(f.Value-v) < 0.01 {
					t.Errorf("%d buildings: %s is %s, with exempt amounts in it", n, f.Key, what)
				}
			}
			if strings.HasPrefix(f.Key, "risk.sale.") || strings.HasPrefix(f.Key, "risk.amount:sale") || strings.HasPrefix(f.Key, "risk.lease.dilap") {
				t.Errorf("%d buildings: %s tells an exempt driver", n, f.Key)
			}
		}
		opt := options(document.Public)
		opt.Risk = r
		pics, err := businesscase.Pictures(cmp, opt)
		if err != nil {
			t.Fatal(err)
		}
		hub, seen := r.Option("x3"), 0
		for _, p := range pics {
			switch plot := p.Chart.Plot.(type) {
			case chart.Fan:
				seen++
				if end := plot.P90[len(plot.P90)-1]; math.Abs(end-hub.Open.P90) > 0.01 {
					t.Errorf("%d buildings: the fan ends at %.0f, and before exempt amounts at %.0f", n, end, hub.Open.P90)
				}
			case chart.Tornado:
				seen++
				if math.Abs(plot.Base-hub.Open.Planned) > 0.01 {
					t.Errorf("%d buildings: the tornado stands at %.0f", n, plot.Base)
				}
			}
		}
		if seen != 2 {
			t.Errorf("%d buildings: %d of two charts", n, seen)
		}
	}
}

func TestDrawsOfAnotherComparisonAreLeftOut(t *testing.T) {
	cmp := compare(t, place(6))
	r := draws(t, compare(t, place(8)))
	for name, x := range map[string]*risk.Result{"none": nil, "another's": r} {
		if strings.Contains(document.PlainText(drawnCase(t, cmp, x, document.Exempt)), "turn out otherwise") {
			t.Errorf("draws of %s are in the paper", name)
		}
	}
}
