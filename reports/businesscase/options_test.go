package businesscase_test

import (
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
)

func TestTypedTextHoldsLiveFigures(t *testing.T) {
	cmp := compare(t, place(6))
	opt := options(document.Exempt)
	opt.Include = []businesscase.Section{businesscase.Economic, businesscase.Summary}
	opt.Override = map[businesscase.Section]businesscase.Override{
		businesscase.Economic: {Title: "What it is worth", Instead: []string{"Choose {preferred.name}: it is worth {preferred.npsv} and frees {preferred.area_released}, not {preferred.nonsense}."}},
		businesscase.Summary:  {Before: []string{"First words."}, After: []string{"Last words about {estate.assets} assets."}}}
	doc := build(t, cmp, opt)
	text := document.PlainText(doc)
	var hub *appraisal.Result
	for i := range cmp.Options {
		if cmp.Options[i].Scenario.ID == "x3" {
			hub = &cmp.Options[i]
		}
	}
	for _, s := range []string{"1 What it is worth", "Choose Community hubs: it is worth " + businesscase.Pounds(hub.NPSV), "not {preferred.nonsense}.", "First words.", "Last words about 6 assets."} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not in the paper", s)
		}
	}
	if strings.Contains(text, "Strategic case") || strings.Index(text, "1 What it is worth") > strings.Index(text, "2 Summary") {
		t.Error("sections left out are in, or the order is not the one asked for")
	}
	names, err := businesscase.LiveFields(cmp, opt)
	if err != nil || len(names) < 15 {
		t.Errorf("live fields %v, %v", names, err)
	}
}

func TestEveryLiveFieldObeysThePublicEdition(t *testing.T) {
	cmp := compare(t, place(2))
	opt := options(document.Public)
	opt.Override = map[businesscase.Section]businesscase.Override{businesscase.Summary: {After: []string{"It is worth {preferred.npsv} or {x3.npv_public}."}}}
	if text := document.PlainText(build(t, cmp, opt)); !strings.Contains(text, "It is worth withheld or withheld.") {
		t.Error("a live figure in typed text is not withheld")
	}
}

func access(worse bool) *businesscase.Access {
	a := &businesscase.Access{Scenario: "x3", Year: 2040, Minutes: 20, Grade: model.Estimated, Source: "straight-line travel model", Services: []businesscase.AccessService{
		{Name: "Library", Mode: "on foot", SitesBefore: 4, SitesEnd: 3, MeanBefore: 11.2, MeanEnd: 12.9, PeopleWorse: 1234, PeopleBetter: 12, Groups: []businesscase.AccessGroup{{Name: "all residents", People: 9000, Before: 8000, After: 7500}, {Name: "aged 65 and over", People: 2000, Before: 1800, After: 1700}}},
		{Name: "Advice", Mode: "on foot", SitesBefore: 2, MeanBefore: 5}}}
	if worse {
		a.Services[0].Worse = []businesscase.AccessPlace{{Name: "North end", People: 1234, Minutes: 8.4}}
	}
	return a
}

func TestAccessIsTold(t *testing.T) {
	cmp := compare(t, place(6))
	opt := options(document.Public)
	opt.Access = access(true)
	doc := build(t, cmp, opt)
	readsWell(t, "access", doc)
	text := document.PlainText(doc)
	for _, s := range []string{"“library” (on foot) gets 1.7ᵐ", "from 11.2", "It is longer for 1,234ᵐ people", "No place to use the service “advice” would be left.", "North end", "Aged 65 and over"} {
		if !strings.Contains(strings.ReplaceAll(text, "1.7 minutes", "1.7ᵐ minutes"), s) {
			t.Errorf("%q is not in the paper", s)
		}
	}
	opt.Access = access(false)
	if !strings.Contains(document.PlainText(build(t, cmp, opt)), "No area was found whose residents would take longer.") {
		t.Error("the paper does not say that nobody takes longer")
	}
}

func TestSwitchingValuesThatTellAnExemptAmountAreWithheld(t *testing.T) {
	cmp := compare(t, place(6))
	opt := options(document.Public)
	opt.Switching = []businesscase.Switching{{Key: "sale.cost", Label: "Costs of sale", Unit: "of price", Now: 0.0271, Turns: 0.6132}, {Key: "hub.fitout", Label: "Fit-out", Unit: "£/m²", Now: 450, Turns: math.NaN()}}
	text := document.PlainText(build(t, cmp, opt))
	if strings.Contains(text, "0.03") && strings.Contains(text, "0.61") {
		t.Error("the switching value of an exempt assumption is printed")
	}
	opt.Edition = document.Exempt
	if text = document.PlainText(build(t, cmp, opt)); !strings.Contains(text, "0.61") || !strings.Contains(text, "never") {
		t.Error("the exempt edition does not print switching values")
	}
}

func TestAffordability(t *testing.T) {
	cmp := compare(t, place(6))
	n := cmp.Years
	row := func(v float64) []float64 {
		out := make([]float64, n)
		for i := range out {
			out[i] = v
		}
		return out
	}
	a := &appraisal.Affordability{Scenario: "x3", BaseYear: base, Years: n, Revenue: map[ledger.Category][]float64{ledger.CatRent: row(7111)}, Capital: row(43210), FromGrants: row(0), FromReserves: row(0), FromReceipts: row(1), FromRevenue: row(0), FromBorrowing: row(43210),
		Interest: row(3333), MRP: row(2222), Debt: row(987654), NetRevenue: row(-5555)}
	opt := options(document.Exempt)
	opt.Afford = a
	text := document.PlainText(build(t, cmp, opt))
	for _, s := range []string{"Affordability in the money of each year", "they need £5,555ᵐ more", "Debt is highest at £988kᵐ", "Provision for debt"} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not in the exempt edition", s)
		}
	}
	opt.Edition = document.Public
	text = document.PlainText(build(t, cmp, opt))
	if strings.Contains(text, "£988k") || !strings.Contains(text, "in the exempt edition only") {
		t.Error("the public edition tells how receipts pay for the option")
	}
}

func BenchmarkBuild(b *testing.B) {
	cmp := compare(b, place(50))
	b.ReportAllocs()
	for b.Loop() {
		build(b, cmp, options(document.Public))
	}
}
