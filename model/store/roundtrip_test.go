package store_test

import (
	"math"
	"math/rand"
	"path/filepath"
	"reflect"
	"testing"
	"testing/quick"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// minimal is the smallest project.
func minimal() *model.Project {
	return &model.Project{Name: "Trafford", BaseYear: 2026, Horizon: 30, PriceBase: 2026, Currency: "GBP"}
}

func newFile(t testing.TB, p *model.Project) *store.File {
	t.Helper()
	f, err := store.Create(filepath.Join(t.TempDir(), "p.flagstone"), p, options(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func reopen(t testing.TB, f *store.File) *store.File {
	t.Helper()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	g, err := store.Open(f.Path(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	check := func(p anyProject) bool {
		f := newFile(t, p.Project)
		defer f.Close()
		if d := diff(p.Project, f.Project()); d != "" {
			t.Log(d)
			return false
		}
		return true
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 60, Rand: rand.New(rand.NewSource(1))}); err != nil {
		t.Error(err)
	}
}

// A field that is added to the model and forgotten here comes back empty.
func TestEveryFieldOfTheModelIsUsedByTheTestProject(t *testing.T) {
	r := newRnd(7)
	seen := map[string]bool{}
	for range 30 {
		mark("Project", reflect.ValueOf(*r.project(12)), seen)
	}
	for f, used := range seen {
		if !used {
			t.Errorf("%s is never set in a test project", f)
		}
	}
}

func mark(at string, v reflect.Value, seen map[string]bool) {
	seen[at] = seen[at] || !v.IsZero()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			mark(v.Type().Name()+"."+v.Type().Field(i).Name, v.Field(i), seen)
		}
	case reflect.Slice:
		for i := range v.Len() {
			mark(at+"[]", v.Index(i), seen)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			mark(at+"{}", v.MapIndex(k), seen)
		}
	}
}

func TestMoneyIsRoundedToPenceAndTextMadeValid(t *testing.T) {
	p := minimal()
	p.Assets = []model.Asset{{ID: "a", Name: "caf\xe9\x00", Backlog: model.Figure{Value: 1.005, Grade: model.Stated},
		Value: model.Figure{Value: -0.001, Grade: model.Stated}, Costs: model.FiguresOf(map[model.Cost]model.Figure{model.CostRent: {}}), Energy: model.Figures[model.Fuel]{}, Parts: []model.Part{}}}
	a := newFile(t, p).Project().Assets[0]
	if a.Name != "caf\uFFFD" {
		t.Errorf("name is %q", a.Name)
	}
	if a.Backlog.Value != 1 && a.Backlog.Value != 1.01 || math.Signbit(a.Value.Value) || a.Value.Value != 0 {
		t.Errorf("backlog is %v, value %v", a.Backlog.Value, a.Value.Value)
	}
	if a.Costs != nil || a.Energy != nil || a.Parts != nil {
		t.Error("empty collections are not nil")
	}
	if p.Assets[0].Name != "caf\xe9\x00" {
		t.Error("the caller's project was changed")
	}
}

func TestOpenRingsAreClosed(t *testing.T) {
	p := minimal()
	p.Boundaries = []model.Boundary{{Code: "b", Polygons: [][][]model.LatLon{{{{Lat: 1}, {Lat: 2}, {Lat: 2, Lon: 3}}}}}}
	ring := newFile(t, p).Project().Boundaries[0].Polygons[0][0]
	if len(ring) != 4 || ring[3] != ring[0] {
		t.Errorf("ring is %v", ring)
	}
}

func TestTheFileKeepsNothingOfTheCallers(t *testing.T) {
	p := minimal()
	p.Assets = []model.Asset{{ID: "a", Extra: map[string]string{"k": "v"}, Parts: []model.Part{{ID: "p", FloorArea: 1}}}}
	p.Scenarios = []model.Scenario{{ID: "c", Name: "c", Kind: model.Option, Actions: []model.Action{{ID: "x", Kind: model.Retain, Values: map[string]float64{"k": 1}}}}}
	f := newFile(t, p)
	if err := f.Do(store.Batch{Commands: []store.Command{store.PutAssets{Assets: p.Assets}, store.PutScenario{Scenario: p.Scenarios[0]}}}); err != nil {
		t.Fatal(err)
	}
	p.Assets[0].Extra["k"] = "other"
	p.Assets[0].Parts[0].FloorArea = 9
	p.Scenarios[0].Actions[0].Values["k"] = 9
	if d := diff(f.Project(), reopen(t, f).Project()); d != "" {
		t.Error(d)
	}
}
