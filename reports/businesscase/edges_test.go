package businesscase_test

import (
	"errors"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// wrong are the ways in which generated sentences go wrong.
var wrong = []*regexp.Regexp{
	regexp.MustCompile(`\b[Oo]ne (buildings|assets|services|leases|moves|actions|scenarios|findings|problems|warnings|notes|placeholders|assumptions|conflicts|options|sites)\b`),
	regexp.MustCompile(`\b(no|two|three|four|five|six|seven|eight|nine|[0-9]{2,}) (building|asset|service|lease|move|action|scenario|finding|problem|warning|conflict|site) (?:is|has|are|have|stands)\b`),
	regexp.MustCompile(`\b[Oo]ne (building|asset|service|lease|scenario|action) (are|have|stand|lie)\b`),
	regexp.MustCompile(`%!|NaN|Inf\b|\+Inf|<nil>|map\[`),
	regexp.MustCompile(`[a-z] ,|[a-z] \.|\.\.|,,|;;| ;|\( | \)|£−|−−|\bthe the\b|\ba a\b`),
	regexp.MustCompile(`@`),
}

func readsWell(t *testing.T, name string, doc *document.Document) {
	t.Helper()
	document.Walk(doc, func(document.Inline) {})
	for _, line := range strings.Split(document.PlainText(doc), "\n") {
		if strings.Contains(line, "://") || strings.Contains(line, "optimisation@") || strings.Contains(line, "energy-") {
			continue // a source quoted as it stands
		}
		for _, re := range wrong {
			if m := re.FindString(line); m != "" {
				t.Errorf("%s: %q in %q", name, m, line)
			}
		}
	}
}

func TestSentencesReadNaturallyAtOneAndAtFifty(t *testing.T) {
	for _, n := range []int{1, 2, 3, 6, 50} {
		for name, doc := range papers(t, compare(t, place(n))) {
			readsWell(t, name, doc)
		}
	}
	says := func(n int, want ...string) {
		t.Helper()
		text := document.PlainText(build(t, compare(t, place(n)), options(document.Exempt)))
		for _, s := range want {
			if !strings.Contains(text, s) {
				t.Errorf("%d buildings: %q is not said", n, s)
			}
		}
	}
	says(1, "of floor area in one building. Running it costs", "One asset is on record: one building with a known floor area.", "Community hubs retrofits one building.", "The programme is a single action, in 2027/28.", "No other body is affected.")
	says(50, "of floor area in 50 buildings. Running them costs", "sells 20 buildings, ends five leases and retrofits 25 buildings", "serve notice on the five leases listed", "25 buildings are closed or put to another use", "There is no benefit–cost ratio, because it costs the public purse no more than business as usual.")
}

// edges are projects at the edge of what there is.
func edges() map[string]*model.Project {
	out := map[string]*model.Project{}
	p := place(6)
	p.Scenarios = p.Scenarios[:1]
	out["business as usual only"] = p
	p = place(6)
	p.Scenarios = append(p.Scenarios[:1:1], p.Scenarios[2])
	out["no do minimum"] = p
	p = place(6)
	for i := range p.Assets {
		p.Assets[i].Value = fig(-250000.5, model.Stated)
	}
	out["negative receipts"] = p
	p = place(6)
	for i := range p.Assets {
		p.Assets[i].Name = strings.Repeat("Joint services centre and former court house ", 9) + "🏛"
		p.Assets[i].Ward = strings.Repeat("Ward ", 80)
	}
	for i := range p.Scenarios {
		p.Scenarios[i].Name += strings.Repeat(" as amended", 40)
	}
	for i := range p.Organisations {
		p.Organisations[i].Name = strings.Repeat("Combined authority ", 24)
	}
	p.Name = strings.Repeat("Middleton ", 40)
	out["names of 400 characters"] = p
	p = place(6)
	for i := range p.Assets {
		p.Assets[i].Placed = model.PlaceUnknown
	}
	out["nothing on the map"] = p
	p = place(6)
	for i := range p.Assets {
		p.Assets[i].Energy = nil
	}
	out["no energy"] = p
	p = place(4)
	p.Horizon = 100
	out["a hundred years"] = p
	p = place(4)
	p.Horizon = 1
	out["one year"] = p
	p = &model.Project{Name: "Nowhere", BaseYear: base, Horizon: 10, PriceBase: 2024, ParameterSet: "greenbook-2026-02", Currency: "GBP", Scenarios: place(1).Scenarios[:1]}
	out["nothing at all"] = p
	p = place(4)
	for i := range p.Assets {
		a := &p.Assets[i]
		a.FloorArea, a.Costs, a.Energy, a.Backlog, a.Desks, a.Value = model.Figure{}, nil, nil, model.Figure{}, model.Figure{}, model.Figure{}
	}
	out["nothing known"] = p
	p = place(4)
	for i := range p.Scenarios[2].Actions {
		p.Scenarios[2].Actions[i].Year = 2999
	}
	out["every action out of time"] = p
	p = place(4)
	p.Scenarios[2].Actions = nil
	p.Scenarios[2].Manual = []model.ManualStream{{Label: "A gift = £9m", Payer: "nobody we know", First: base + 1, Values: []float64{-100, -200.5}, Grade: model.Stated}, {Label: "Bonus", Exempt: true, Payer: "council", Capital: true, First: base, Values: []float64{123456.78}}}
	out["typed rows only"] = p
	p = place(12)
	p.Scenarios[2].Actions[0].Values = map[string]float64{"hub.fitout": 90000}
	out["a dear plan"] = p
	p = place(12)
	p.Scenarios = append(p.Scenarios[:1:1], p.Scenarios[2])
	p.Scenarios[1].Actions[0].Values = map[string]float64{"hub.fitout": 90000}
	out["a losing plan"] = p
	return out
}

func TestEdges(t *testing.T) {
	for name, p := range edges() {
		t.Run(name, func(t *testing.T) {
			cmp := compare(t, p)
			for paper, doc := range papers(t, cmp) {
				text := document.PlainText(doc)
				if len(text) < 1500 {
					t.Errorf("%s has only %d bytes", paper, len(text))
				}
				readsWell(t, paper, doc)
				for _, f := range document.Fields(doc) {
					if math.IsNaN(f.Value) || math.IsInf(f.Value, 0) {
						t.Errorf("%s: %s is %v", paper, f.Key, f.Value)
					}
				}
			}
		})
	}
}

func TestADearPlanIsNotPraised(t *testing.T) {
	text := document.PlainText(build(t, compare(t, edges()["a dear plan"]), func() businesscase.Options {
		o := options(document.Exempt)
		o.Preferred = "x3"
		return o
	}()))
	best := document.PlainText(build(t, compare(t, edges()["a losing plan"]), options(document.Exempt)))
	for _, s := range []string{"No option is worth more than business as usual", "carry on with business as usual for the time being", "“Community hubs” comes nearest"} {
		if !strings.Contains(best, s) {
			t.Errorf("%q is not said", s)
		}
	}
	if strings.Contains(best, "approve “") {
		t.Error("a losing plan is recommended although nobody asked for it")
	}
	for _, s := range []string{"a loss to society of £", "On these figures the preferred option is worth less than business as usual", "more (present value)", "less to society than business as usual"} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not said", s)
		}
	}
}

func TestNothingToCompare(t *testing.T) {
	for _, cmp := range []*appraisal.Comparison{nil, {}, {Project: place(1)}} {
		if _, err := businesscase.Build(cmp, businesscase.Options{}); !errors.Is(err, businesscase.ErrNothing) {
			t.Errorf("error %v, want ErrNothing", err)
		}
		if _, err := businesscase.CoverReport(cmp, businesscase.Options{}); !errors.Is(err, businesscase.ErrNothing) {
			t.Errorf("error %v, want ErrNothing", err)
		}
	}
}
