package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// command draws a command that a project allows, or one it refuses.
func (r rnd) command(p *model.Project) store.Command {
	i := r.Intn(15) // things with these numbers may or may not be there
	switch r.Intn(17) {
	case 0:
		return store.SetProject{Settings: r.settings()}
	case 1:
		return store.PutOrganisations{Organisations: []model.Organisation{r.organisation(i), r.organisation(i + 1)}}
	case 2, 3:
		return store.PutAssets{Assets: []model.Asset{r.asset(p, i), r.asset(p, i+1), r.asset(p, i+2)}}
	case 4:
		return store.RemoveAssets{IDs: []model.AssetID{model.AssetID(fmt.Sprintf("a%d", i))}}
	case 5:
		return store.PutServices{Services: []model.Service{r.service(p, i)}}
	case 6:
		return store.RemoveServices{IDs: []model.ServiceID{model.ServiceID(fmt.Sprintf("s%d", i))}}
	case 7:
		if o, ok := r.occupation(p); ok {
			return store.PutOccupations{Occupations: []model.Occupation{o}}
		}
		return store.RemoveOrganisations{IDs: []model.OrganisationID{"o0"}}
	case 8:
		if n := len(p.Occupations); n > 0 {
			o := p.Occupations[r.Intn(n)]
			return store.RemoveOccupations{Keys: []store.OccupationKey{{Service: o.Service, Asset: o.Asset, Part: o.Part}}}
		}
		return store.RemovePopulation{Codes: []string{"E00"}}
	case 9:
		return store.PutPopulation{Points: []model.PopulationPoint{r.point(i)}}
	case 10:
		return store.PutBoundaries{Boundaries: []model.Boundary{r.boundary(i)}}
	case 11:
		return store.PutScenario{Scenario: r.scenario(p, i)}
	case 12:
		return store.RemoveScenario{ID: model.ScenarioID(fmt.Sprintf("c%d", i))}
	case 13:
		return store.PutAssumption{Assumption: r.assumption(i)}
	case 14:
		return store.PutFindings{Replace: []string{r.text()}, Findings: []model.Finding{r.finding(), r.finding()}}
	case 15:
		return store.Freeze{Decision: model.Decision{Name: r.text()}}
	}
	b := store.Batch{Name: "several", Why: "because"}
	for range 1 + r.Intn(4) {
		b.Commands = append(b.Commands, r.command(p))
	}
	return b
}

// Whatever is done, taking everything back gives the start, and doing it again
// gives the end; also when the file is closed in between.
func TestUndoOfEverythingIsTheStart(t *testing.T) {
	for seed := range int64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := newRnd(seed)
			start := r.project(8)
			f := newFile(t, start)
			var states []*model.Project
			refused := 0
			for range 40 {
				before := f.Project()
				cmd := r.command(before)
				h, _ := f.History()
				if err := f.Do(cmd); err != nil {
					refused++
					if !errors.Is(err, model.ErrConflict) && !errors.Is(err, model.ErrInvalid) && !errors.Is(err, model.ErrNotFound) {
						t.Fatalf("%s: %v", cmd.Title(), err)
					}
					if f.Project() != before {
						t.Fatalf("%s was refused and changed the project", cmd.Title())
					}
					continue
				}
				if now, _ := f.History(); len(now) > len(h) {
					states = append(states, before)
				}
			}
			if len(states) < 8 {
				t.Fatalf("%d of 40 commands were refused", refused)
			}
			end := f.Project()
			f = reopen(t, f)
			if d := diff(end, f.Project()); d != "" {
				t.Fatalf("what is in the file is not what was in memory: %s", d)
			}
			for i := len(states) - 1; i >= 0; i-- {
				if err := f.Undo(); err != nil {
					t.Fatal(err)
				}
				if d := diff(states[i], f.Project()); d != "" {
					t.Fatalf("undo %d: %s", i, d)
				}
				if i == len(states)/2 {
					f = reopen(t, f)
					if d := diff(states[i], f.Project()); d != "" {
						t.Fatalf("undo %d, after a restart: %s", i, d)
					}
				}
			}
			if err := f.Undo(); !errors.Is(err, store.ErrNothing) {
				t.Errorf("undo at the start: %v", err)
			}
			if d := diff(start, f.Project()); d != "" {
				t.Error(d)
			}
			for range states {
				if err := f.Redo(); err != nil {
					t.Fatal(err)
				}
			}
			if d := diff(end, f.Project()); d != "" {
				t.Errorf("after redo: %s", d)
			}
			if err := f.Redo(); !errors.Is(err, store.ErrNothing) {
				t.Errorf("redo at the end: %v", err)
			}
			if bad, err := f.Check(); err != nil || len(bad) > 0 {
				t.Errorf("check: %v %v", bad, err)
			}
		})
	}
}

func TestANewCommandForgetsWhatWasTakenBack(t *testing.T) {
	f := newFile(t, minimal())
	for _, n := range []string{"one", "two"} {
		if err := f.Do(store.Batch{Name: n, Commands: []store.Command{store.PutOrganisations{Organisations: []model.Organisation{{ID: model.OrganisationID(n)}}}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Undo(); err != nil {
		t.Fatal(err)
	}
	if err := f.Do(store.PutAssumption{Assumption: model.Assumption{Key: "k"}}); err != nil {
		t.Fatal(err)
	}
	if err := f.Redo(); !errors.Is(err, store.ErrNothing) {
		t.Errorf("redo: %v", err)
	}
	h, err := f.History()
	if err != nil || len(h) != 2 || h[0].Name != "one" || h[1].Name != `change to assumption "k"` {
		t.Errorf("history is %+v, %v", h, err)
	}
}

func TestEveryCommandHasItsAuditRow(t *testing.T) {
	o := options(t)
	var told []store.Change
	o.OnChange = func(c store.Change) { told = append(told, c) }
	f, err := store.Create(t.TempDir()+"/p.flagstone", minimal(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	put := store.Batch{Name: "import of register.xlsx", Why: "yearly update", Commands: []store.Command{
		store.PutAssets{Assets: []model.Asset{{ID: "a", Name: "Town Hall"}}}, store.PutFindings{Findings: []model.Finding{{Severity: model.Note, Message: "m"}}}}}
	for _, do := range []func() error{func() error { return f.Do(put) }, f.Undo, f.Redo, func() error { return f.Do(store.RemoveAssets{IDs: []model.AssetID{"a"}}) }} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Do(store.RemoveAssets{IDs: []model.AssetID{"a"}}); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("removal of what is not there: %v", err)
	}
	rows, err := f.Audit()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprintf("%s %s %s %s %s", r.When, r.Who, r.Deed, r.What, r.Why))
	}
	want := []string{
		"2026-04-01T09:00:00Z Anna Nowak create creation of the project ",
		"2026-04-01T09:00:00Z Anna Nowak do import of register.xlsx yearly update",
		"2026-04-01T09:00:00Z Anna Nowak undo import of register.xlsx yearly update",
		"2026-04-01T09:00:00Z Anna Nowak redo import of register.xlsx yearly update",
		`2026-04-01T09:00:00Z Anna Nowak do removal of asset "a" `,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("audit is %q", got)
	}
	if len(told) != 4 || told[1].Deed != store.Undid || !reflect.DeepEqual(told[0].Kinds, map[store.Kind][]string{store.KindAsset: {"a"}, store.KindFinding: {"1"}}) {
		t.Errorf("listener was told %+v", told)
	}
}

func TestRefusals(t *testing.T) {
	p := minimal()
	p.Organisations = []model.Organisation{{ID: "o"}}
	p.Assets = []model.Asset{{ID: "a", Name: "Town Hall", Organisation: "o", Parts: []model.Part{{ID: "p"}}}}
	p.Services = []model.Service{{ID: "s", Name: "Library"}}
	p.Occupations = []model.Occupation{{Service: "s", Asset: "a", Part: "p", Share: 1}}
	p.Scenarios = []model.Scenario{{ID: "c", Name: "Hubs", Kind: model.Option, Actions: []model.Action{{Kind: model.Sell, Asset: "a"}}}}
	f := newFile(t, p)
	if got := f.Project().Scenarios[0].Actions[0].ID; got != "x1" {
		t.Errorf("the action without an identifier was called %q", got)
	}
	nan := model.Figure{Value: zero() / zero(), Grade: model.Stated}
	for name, x := range map[string]struct {
		cmd  store.Command
		want error
		says string
	}{
		"asset of nobody's": {store.PutAssets{Assets: []model.Asset{{ID: "b", Name: "Depot", Organisation: "x"}}}, model.ErrInvalid,
			`asset "Depot" (b) names the organisation "x", which the project does not have.`},
		"not a number": {store.PutAssets{Assets: []model.Asset{{ID: "b", Name: "Depot", FloorArea: nan}}}, model.ErrInvalid,
			`Asset "Depot" (b): the floor area is not a number.`},
		"asset without a name": {store.PutAssets{Assets: []model.Asset{{Name: "Depot"}}}, model.ErrInvalid, `Asset "Depot" (): the identifier is missing.`},
		"unknown use":          {store.PutAssets{Assets: []model.Asset{{ID: "b", Use: "castle"}}}, model.ErrInvalid, `Asset "b": the use "castle" is not one that Flagstone knows.`},
		"impossible date": {store.PutAssets{Assets: []model.Asset{{ID: "b", Tenure: model.Tenure{Break: "31/12/2027"}}}}, model.ErrInvalid,
			`Asset "b": the lease break "31/12/2027" is not a date written as 2026-03-31.`},
		"occupied asset removed": {store.RemoveAssets{IDs: []model.AssetID{"a"}}, model.ErrConflict,
			`The asset "a" is needed by occupation of asset "a" by service "s".`},
		"occupied part removed": {store.PutAssets{Assets: []model.Asset{{ID: "a"}}}, model.ErrConflict,
			`The part "p" is needed by occupation of asset "a" by service "s".`},
		"two scenarios of one name": {store.PutScenario{Scenario: model.Scenario{ID: "d", Name: "Hubs", Kind: model.Option}}, model.ErrConflict,
			`The scenarios "c" and "d" would both be called "Hubs".`},
		"scenario of no kind": {store.PutScenario{Scenario: model.Scenario{ID: "d", Name: "D"}}, model.ErrInvalid,
			`Scenario "D" (d): the kind "" is none of "business as usual", "do minimum" and "option".`},
		"residents as an organisation": {store.PutOrganisations{Organisations: []model.Organisation{{ID: model.Residents}}}, model.ErrInvalid,
			`Organisation "residents": "residents" stands for those who are not organisations of the place; choose another identifier.`},
		"horizon": {store.SetProject{Settings: store.Settings{BaseYear: 2026}}, model.ErrInvalid, "the horizon is 0 years; it must be 1 to 100"},
		"forged decision": {store.Freeze{Decision: model.Decision{Name: "D", Content: []byte("x"), Hash: "00"}}, model.ErrInvalid,
			`Decision "D" (1): its content does not have the hash 00.`},
		"half of a batch": {store.Batch{Commands: []store.Command{store.PutAssumption{Assumption: model.Assumption{Key: "k"}}, store.RemoveScenario{ID: "z"}}},
			model.ErrNotFound, `scenario "z": not found`},
	} {
		before := f.Project()
		err := f.Do(x.cmd)
		if !errors.Is(err, x.want) || err.Error() != x.says {
			t.Errorf("%s: %v", name, err)
		}
		if f.Project() != before {
			t.Errorf("%s: the project changed", name)
		}
	}
	if d := diff(f.Project(), reopen(t, f).Project()); d != "" {
		t.Error(d)
	}
}

func zero() float64 { return 0 }

func TestNumbersOfDecisionsAreNotUsedTwice(t *testing.T) {
	f := newFile(t, minimal())
	freeze := func() int {
		t.Helper()
		if err := f.Do(store.Freeze{Decision: model.Decision{Name: "D"}}); err != nil {
			t.Fatal(err)
		}
		ds := f.Project().Decisions
		return ds[len(ds)-1].Number
	}
	got := []int{freeze(), freeze()}
	if err := f.Undo(); err != nil {
		t.Fatal(err)
	}
	got = append(got, freeze())
	if err := f.Undo(); err != nil {
		t.Fatal(err)
	}
	f = reopen(t, f)
	if got = append(got, freeze()); !reflect.DeepEqual(got, []int{1, 2, 3, 4}) {
		t.Errorf("numbers are %v", got)
	}
}

func TestFrozenProjectThaws(t *testing.T) {
	f := newFile(t, newRnd(3).project(6))
	was := f.Project()
	if err := f.Do(store.Freeze{Decision: model.Decision{Name: "Cabinet, June"}}); err != nil {
		t.Fatal(err)
	}
	ds := f.Project().Decisions
	d := ds[len(ds)-1]
	if d.Number != len(was.Decisions)+1 || d.Who != "Anna Nowak" || d.When != "2026-04-01T09:00:00Z" {
		t.Errorf("decision is %d by %s at %s", d.Number, d.Who, d.When)
	}
	p, err := store.Thaw(&d)
	if err != nil {
		t.Fatal(err)
	}
	p.Decisions = was.Decisions
	if x := diff(was, p); x != "" {
		t.Error(x)
	}
	d.Content = d.Content[1:]
	if _, err := store.Thaw(&d); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("thaw of a changed decision: %v", err)
	}
}
