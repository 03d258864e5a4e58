package demo_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"testing"

	"github.com/planting-the-flag/flagstone/assets"
	"github.com/planting-the-flag/flagstone/importers/demo"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
)

func build(t testing.TB) *model.Project {
	t.Helper()
	p, err := demo.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPlace counts what the demonstration promises.
func TestPlace(t *testing.T) {
	p := build(t)
	council, nhs, partners := 0, 0, 0
	for i := range p.Assets {
		a := &p.Assets[i]
		switch {
		case a.Organisation == demo.Council && a.Located():
			council++
		case p.Organisation(a.Organisation) == nil:
			t.Errorf("%s belongs to %q, which is not in the project", a.Name, a.Organisation)
		case a.Organisation != demo.Council:
			partners++
			if f := a.Costs.Get(model.CostMaintenance); f.Known() && !f.Grade.Modelled() {
				nhs++
			}
		}
	}
	t.Logf("%d council assets on the map, %d partner premises, %d with real costs, %d organisations, %d services, %d findings",
		council, partners, nhs, len(p.Organisations), len(p.Services), len(p.Findings))
	if council < 120 {
		t.Errorf("%d located council assets, fewer than 120", council)
	}
	if nhs < 8 {
		t.Errorf("%d NHS sites keep their real costs; the returns have ten", nhs)
	}
	if len(p.Population) != 139 {
		t.Errorf("%d areas of residents, not 139", len(p.Population))
	}
	people, groups := 0.0, 0
	for i := range p.Population {
		q := &p.Population[i]
		people += q.People
		if len(q.Groups) > 0 {
			groups++
		}
		if q.Placed == model.PlaceUnknown {
			t.Errorf("%s is not on the map", q.Name)
		}
	}
	// ONS mid-2024 estimate for Trafford: 241,025 in the file's own "Persons" rows.
	if people < 230000 || people > 255000 || groups != 139 {
		t.Errorf("%.0f residents, %d areas with groups", people, groups)
	}
}

// TestScenariosHold: every scenario builds without an action left out, and
// everything ties.
func TestScenariosHold(t *testing.T) {
	p := build(t)
	cmp, err := outcome.Evaluate(p, appraisal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(cmp.Options) != 3 {
		t.Fatalf("%d scenarios", len(cmp.Options))
	}
	for i := range cmp.Options {
		r := &cmp.Options[i]
		for _, c := range r.Plan.Conflicts {
			if c.LeftOut {
				t.Errorf("%s: %s", r.Scenario.Name, c.Message)
			} else {
				t.Logf("%s: warning: %s", r.Scenario.Name, c.Message)
			}
		}
		t.Logf("%s: %d actions, %d streams, NPSV £%.0f, public £%.0f, capital £%.0f, receipts £%.0f, %.0f t, area %.0f to %.0f m²", r.Scenario.Name,
			len(r.Scenario.Actions), len(r.Plan.Streams), r.NPSV, r.NPVPublic, r.Capex, r.Receipts, r.CarbonTotal, r.Area[0], r.Area[len(r.Area)-1])
	}
	for _, c := range outcome.Checks(cmp) {
		if !c.OK {
			t.Errorf("%s: %s", c.What, c.Detail)
		}
	}
}

// TestModelledIsSaid: no figure that nobody published goes without its mark.
func TestModelledIsSaid(t *testing.T) {
	p := build(t)
	for i := range p.Assets {
		a := &p.Assets[i]
		for c, f := range a.Costs.All() {
			if f.Source == "" {
				t.Errorf("%s, %s has no source", a.Name, c)
			}
			if a.Organisation == demo.Council && !f.Grade.Modelled() {
				t.Errorf("%s, %s is %s, but nobody publishes it", a.Name, c, f.Grade)
			}
		}
	}
	for _, s := range p.Services {
		if !s.FTE.Grade.Modelled() {
			t.Errorf("%s: its staff are %s", s.Name, s.FTE.Grade)
		}
	}
}

// TestExamples runs the example of every kind of action on the place.
func TestExamples(t *testing.T) {
	p := build(t)
	files, err := fs.Glob(assets.Examples, "catalogue/examples/*.json")
	if err != nil || len(files) < 13 {
		t.Fatalf("%d examples, %v", len(files), err)
	}
	set, err := outcome.Set(p, "")
	if err != nil {
		t.Fatal(err)
	}
	book := outcome.Book(p, set)
	for _, f := range files {
		t.Run(f, func(t *testing.T) {
			data, err := fs.ReadFile(assets.Examples, f)
			if err != nil {
				t.Fatal(err)
			}
			s, err := action.ParseSpec(data, p)
			if err != nil {
				t.Fatal(err)
			}
			plan, err := action.Build(p, &s, book)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range plan.Conflicts {
				if c.LeftOut {
					t.Errorf("%s", c.Message)
				}
			}
			q := *p
			q.Scenarios = append(append([]model.Scenario(nil), p.Scenarios[0]), s)
			cmp, err := outcome.Evaluate(&q, appraisal.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if cmp.Options[1].NPSV == 0 {
				t.Error("the example changes nothing")
			}
		})
	}
	var schema map[string]any
	data, err := fs.ReadFile(assets.Examples, "catalogue/scenario.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkAppraise appraises the demonstration project whole.
func BenchmarkAppraise(b *testing.B) {
	p := build(b)
	for b.Loop() {
		if _, err := outcome.Evaluate(p, appraisal.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
