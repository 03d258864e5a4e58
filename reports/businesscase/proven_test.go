package businesscase_test

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model/rationalise/proof"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// TestHowGoodAPlanIs reads the paper of a plan with evidence: unproven, proven,
// and changed since.
func TestHowGoodAPlanIs(t *testing.T) {
	worth := compare(t, place(6)).Options[2].NPSV
	trade := &proof.Trade{What: "carbon in 2055/56, t", Points: []proof.Point{{Limit: 40, Used: 39.5, NPSV: worth - 1_230_000, Bound: worth - 1_000_000}, {Limit: 60, Used: 58, NPSV: worth, Bound: worth + 43_210}}}
	for name, x := range map[string]struct {
		e             proof.Evidence
		exempt        []string // said in the exempt edition
		public        []string
		hidden, chart bool
	}{
		"within a gap": {proof.Evidence{NPSV: worth, Bound: worth + 43_210, Work: 7, Seed: 1, Trade: trade}, []string{"by at most £43k", "not proven to be the best", "limits on emissions in 2055/56", "rises by £1.2m"}, []string{"not proven to be the best", "left out here"}, true, true},
		"proven":       {proof.Evidence{NPSV: worth, Bound: worth, Work: 7, Seed: 1}, []string{"is proven to be the best plan within the limits"}, []string{"is proven to be the best plan"}, false, false},
		"changed":      {proof.Evidence{NPSV: worth + 5, Bound: worth + 43_210, Work: 7, Seed: 1, Trade: trade}, []string{"no longer holds"}, []string{"no longer holds"}, false, false},
	} {
		p := place(6)
		p.Scenarios[2].Description = x.e.On("Found by the optimiser.")
		cmp := compare(t, p)
		for edition, want := range map[document.Edition][]string{document.Exempt: x.exempt, document.Public: x.public} {
			doc := build(t, cmp, options(edition))
			text := document.PlainText(doc)
			for _, s := range want {
				if !strings.Contains(text, s) {
					t.Errorf("%s, %s: %q is not in the paper", name, edition, s)
				}
			}
			if strings.Contains(text, "Proven when it was found") {
				t.Errorf("%s, %s: the evidence is printed as it is kept", name, edition)
			}
			drawn := false
			for _, b := range doc.Blocks {
				if f, ok := b.(document.Figure); ok && strings.Contains(f.Chart.Title, "Tightening the limit") {
					drawn = true
					if f.Chart.AltText() == f.Chart.Title || f.Chart.Source == "" {
						t.Errorf("%s: the chart has no alternative text or no source", name)
					}
				}
			}
			if drawn != (x.chart && edition == document.Exempt) {
				t.Errorf("%s, %s: frontier drawn %v", name, edition, drawn)
			}
			if edition == document.Public && x.hidden {
				all := everything(t, doc)
				for _, v := range []float64{worth, worth + 43_210, worth - 1_230_000} {
					if holds(all, businesscase.Number(v, 2)) {
						t.Errorf("%s: %v is in the public edition", name, v)
					}
				}
			}
		}
	}
}

// TestNumbersOfAPlanAreBound runs the number tests over papers with evidence.
func TestNumbersOfAPlanAreBound(t *testing.T) {
	p := place(6)
	worth := compare(t, p).Options[2].NPSV
	p.Scenarios[2].Description = proof.Evidence{NPSV: worth, Bound: worth + 43_210, Work: 7, Seed: 1,
		Trade: &proof.Trade{What: "residents not within 20 minutes on foot of a public building, share", Points: []proof.Point{{Limit: 0.05, Used: 0.043, NPSV: worth - 98_765, Bound: worth}, {Limit: 0.2, Used: 0.2, NPSV: worth, Bound: worth + 43_210}}}}.On("Found.")
	cmp := compare(t, p)
	for _, e := range []document.Edition{document.Exempt, document.Public} {
		doc := build(t, cmp, options(e))
		for _, f := range document.Fields(doc) {
			if strings.Contains(f.Key, ".plan.") && !prints(f) {
				t.Errorf("%s prints %q for %v", f.Key, f.Text, f.Value)
			}
		}
		document.Walk(doc, func(r document.Inline) {
			if x, ok := r.(document.Text); ok && (strings.Contains(x.S, "was found by a search") || strings.Contains(x.S, "search was repeated")) && len(document.Numbers(x.S)) > 0 {
				t.Errorf("a number bound to nothing in %q", x.S)
			}
		})
	}
}
