package businesscase_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// secrets are the exempt amounts of a comparison in the ways in which somebody might print them.
func secrets(cmp *appraisal.Comparison) map[string]string {
	out := map[string]string{}
	put := func(v float64, what string) {
		v = math.Abs(v)
		if v < 1000 {
			return
		}
		for _, s := range []string{businesscase.ExactPounds(v), fmt.Sprintf("%.2f", v), fmt.Sprintf("%.0f", v), businesscase.Number(v, 0), businesscase.Number(v, 2)} {
			out[s] = what
		}
	}
	for _, a := range cmp.Project.Assets {
		put(a.Value.Value, "value of "+a.Name)
		put(a.Tenure.Dilapidations.Value, "dilapidations of "+a.Name)
	}
	for _, o := range cmp.Options {
		for i := range o.Plan.Streams {
			if s := &o.Plan.Streams[i]; s.Exempt {
				put(s.Amount(), s.Label)
				for _, f := range o.Flows.Row(i) {
					put(f, s.Label)
				}
			}
		}
	}
	return out
}

// everything is all that a document holds, printed or not.
func everything(t *testing.T, d *document.Document) string {
	t.Helper()
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	for _, b := range d.Blocks {
		if f, ok := b.(document.Figure); ok && f.Chart != nil {
			fmt.Fprintf(&buf, "%+v %+v\n", f.Chart, f.Chart.Plot)
			continue
		}
		if err := e.Encode(b); err != nil {
			t.Fatal(err)
		}
	}
	return buf.String() + document.PlainText(d)
}

// holds reports whether a text holds a number as a number of its own and not as digits of a longer one.
func holds(text, num string) bool {
	part := func(c byte) bool { return c >= '0' && c <= '9' || c == '.' }
	for from := 0; ; {
		i := strings.Index(text[from:], num)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(num)
		if (i == 0 || !part(text[i-1])) && (end == len(text) || !(text[end] >= '0' && text[end] <= '9')) {
			return true
		}
		from = i + 1
	}
}

func TestExemptAmountsAreNowhereInThePublicEdition(t *testing.T) {
	for _, n := range []int{1, 2, 4, 6, 20, 50} {
		p := place(n)
		for i := range p.Scenarios[2].Actions {
			if a := &p.Scenarios[2].Actions[i]; a.Kind == model.Sell {
				a.Reason = "Worth " + businesscase.ExactPounds(p.Asset(a.Asset).Value.Value) + " says the valuer, and they bid £651,000"
			}
		}
		p.Scenarios[2].Description = "Includes a sale at " + businesscase.Pounds(p.Assets[min(1, n-1)].Value.Value)
		p.Findings = append(p.Findings, model.Finding{Severity: model.Warning, File: "v.csv", Value: "x", Message: "Value " + businesscase.ExactPounds(p.Assets[0].Value.Value) + " looks high"})
		cmp := compare(t, p)
		found := secrets(cmp)
		found["651,000"] = "a bid"
		for _, name := range []string{"case public", "cover public"} {
			text := everything(t, papers(t, cmp)[name])
			for s, what := range found {
				if holds(text, s) {
					t.Errorf("%d buildings, %s: %s (%s) is in it", n, name, s, what)
				}
			}
		}
	}
}

// TestASingleSaleCannotBeHadBySubtraction reads every number of the public edition and tries the sum of exempt amounts and each of
// its readings against them and their differences.
func TestASingleSaleCannotBeHadBySubtraction(t *testing.T) {
	for _, n := range []int{2, 4} { // one sale, two sales
		cmp := compare(t, place(n))
		doc := papers(t, cmp)["case public"]
		var hub *appraisal.Result
		for i := range cmp.Options {
			if cmp.Options[i].Scenario.ID == "x3" {
				hub = &cmp.Options[i]
			}
		}
		withReceipts := map[string]float64{"NPSV": hub.NPSV, "NPSV low": hub.NPSVLow, "NPSV high": hub.NPSVHigh, "NPV public": hub.NPVPublic, "equivalent": hub.AnnualEquivalent, "receipts": hub.Receipts, "public cost": hub.PVPublicCost, "per tonne": *hub.CostPerTonne}
		for y := range hub.Cash {
			withReceipts[fmt.Sprintf("cash %d", y)] = math.NaN()
			for i := range hub.Plan.Streams {
				if s := &hub.Plan.Streams[i]; s.Exempt && hub.Flows.Row(i)[y] != 0 {
					withReceipts[fmt.Sprintf("cash %d", y)] = hub.Cash[y]
				}
			}
		}
		for _, f := range document.Fields(doc) {
			for what, v := range withReceipts {
				if math.Abs(f.Value) > 1000 && math.Abs(math.Abs(f.Value)-math.Abs(v)) < 0.01 {
					t.Errorf("%d buildings: %s (%s) is %s, with receipts in it", n, f.Key, f.Text, what)
				}
			}
		}
	}
}

func TestManySalesAreToldTogether(t *testing.T) {
	cmp := compare(t, place(50))
	text := document.PlainText(papers(t, cmp)["case public"])
	for _, s := range []string{"Exempt amounts, all together", "enough buildings stand behind it"} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not in the public edition", s)
		}
	}
	if strings.Contains(text, "Totals that include exempt amounts are withheld") {
		t.Error("totals are withheld although many buildings are behind them")
	}
	one := document.PlainText(papers(t, compare(t, place(2)))["case public"])
	if !strings.Contains(one, "Totals that include exempt amounts are withheld for one option") {
		t.Error("the public edition does not say that a total is withheld")
	}
}

// TestComparingOptionsTellsNothing puts beside the hubs an option with one sale more: the difference of their totals would be it.
func TestComparingOptionsTellsNothing(t *testing.T) {
	p := place(20)
	more := p.Scenarios[2]
	more.ID, more.Name = "x4", "Hubs and one more sale"
	more.Actions = append([]model.Action(nil), more.Actions...)
	last := &p.Assets[18]
	more.Actions = append(more.Actions, model.Action{ID: "x4.99", Kind: model.CoLocate, Asset: p.Assets[0].ID, From: []model.AssetID{last.ID}, Year: base + 10},
		model.Action{ID: "x4.98", Kind: model.Sell, Asset: last.ID, Year: base + 12})
	p.Scenarios = append(p.Scenarios, more)
	doc := papers(t, compare(t, p))["case public"]
	shown := map[string]bool{}
	for _, f := range document.Fields(doc) {
		if strings.HasSuffix(f.Key, ".npsv") && !f.Exempt {
			shown[f.Key] = true
		}
	}
	if shown["x3.npsv"] && shown["x4.npsv"] {
		t.Error("both totals are printed, and their difference is one sale")
	}
	if !shown["x3.npsv"] && !shown["x4.npsv"] {
		t.Error("neither total is printed, although each alone is safe")
	}
}

func TestTheExemptEditionTellsThem(t *testing.T) {
	cmp := compare(t, place(6))
	text := document.PlainText(papers(t, cmp)["case exempt"])
	for _, a := range cmp.Project.Assets[1:2] {
		if s := businesscase.Number(a.Value.Value, 0); !strings.Contains(text, s) {
			t.Errorf("the value %s of %s is not in the exempt edition", s, a.Name)
		}
	}
	if strings.Contains(text, document.Withheld) {
		t.Error("something is withheld from the exempt edition")
	}
	if strings.Contains(text, "before exempt amounts") {
		t.Error("the exempt edition speaks of figures before exempt amounts")
	}
}
