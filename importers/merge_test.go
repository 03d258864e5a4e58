package importers_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model"
)

// carry makes a merge or a split in memory, as the caller's command does in the file.
func carry(t *testing.T, p *model.Project, r *importers.Reshaped, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range r.Assets {
		if old := p.Asset(a.ID); old != nil {
			*old = a
		} else {
			p.Assets = append(p.Assets, a)
		}
	}
	drop := func(o model.Occupation) {
		for i, x := range p.Occupations {
			if x.Service == o.Service && x.Asset == o.Asset && x.Part == o.Part {
				p.Occupations = append(p.Occupations[:i], p.Occupations[i+1:]...)
				return
			}
		}
	}
	for _, o := range r.Vacated {
		drop(o)
	}
	for _, o := range r.Occupations {
		drop(o)
		p.Occupations = append(p.Occupations, o)
	}
	for _, id := range r.Removed {
		for i := range p.Assets {
			if p.Assets[i].ID == id {
				p.Assets = append(p.Assets[:i], p.Assets[i+1:]...)
				break
			}
		}
	}
	for i := range p.Findings {
		for _, f := range r.Files {
			if p.Findings[i].File == f {
				p.Findings = append(append([]model.Finding(nil), p.Findings[:i]...), r.Findings...)
				return
			}
		}
	}
}

const twoHalls = "Organisation,Asset code,Property name,Address,Postcode,GIA m2,Rates (£),Electricity (kWh),Year\n" +
	"Sale Council,T1,Sale Town Hall,School Road,M33 7ZF,1000,500,,2022\n" +
	"Sale Council,T2,Town Hall Annexe,School Rd,M33 7ZF,400,,9000,2024\n" +
	"Sale Council,T3,Depot,Mill Lane,M33 2AA,50,,,2024\n"

func TestMergeSplitAndTheRegisterAgain(t *testing.T) {
	var p model.Project
	readText(t, "register.csv", twoHalls, importers.Options{Existing: &p}).Changes.Apply(&p)
	a, b := p.Assets[0].ID, p.Assets[1].ID
	desks := func(n float64) model.Figure { return model.Figure{Value: n, Grade: model.Stated, Source: "s"} }
	p.Services = []model.Service{{ID: "plan", Name: "Planning"}, {ID: "tax", Name: "Tax"}}
	p.Occupations = []model.Occupation{{Service: "plan", Asset: a, Share: 0.5, Desks: desks(5)}, {Service: "plan", Asset: b, Share: 0.5, Desks: desks(3)}, {Service: "tax", Asset: b, Share: 1, Desks: desks(7)}}
	p.Findings = []model.Finding{{File: "register.csv", Asset: b, Message: "m"}, {File: "register.csv", Asset: a, Message: "n"}}
	before := append([]model.Asset(nil), p.Assets...)
	seats := append([]model.Occupation(nil), p.Occupations...)

	r, err := importers.Merge(&p, a, b)
	carry(t, &p, r, err)
	m := p.Asset(a)
	if len(p.Assets) != 2 || p.Asset(b) != nil || m.Name != "Sale Town Hall" || m.Costs.Get(model.CostRates).Value != 500 || m.Energy.Get(model.Electricity).Value != 9000 {
		t.Fatalf("merged: %+v", p.Assets)
	}
	// Both floor areas are stated; the annexe's is of a later year and is taken, the other kept with its source and year.
	if m.FloorArea.Value != 400 || !strings.Contains(m.Extra["other value of floor area"], "1000 (stated, register.csv, row 2") || !strings.HasSuffix(m.Extra["other value of floor area"], "2022)") {
		t.Errorf("floor area %v, other %q", m.FloorArea, m.Extra["other value of floor area"])
	}
	if len(r.Conflicts) != 1 || !strings.Contains(r.Conflicts[0], "newer") {
		t.Errorf("conflicts: %v", r.Conflicts)
	}
	if len(p.Occupations) != 2 || p.Occupations[0].Share+p.Occupations[1].Share != 2 {
		t.Errorf("occupations: %+v", p.Occupations)
	}
	for _, f := range p.Findings {
		if f.Asset != a {
			t.Errorf("a finding still speaks of the building that went: %+v", f)
		}
	}
	if got := importers.Merged(m); len(got) != 1 || got[0] != b {
		t.Errorf("merged into it: %v", got)
	}

	// The register that still lists both does not bring the other back.
	for n := range 2 {
		again := readText(t, "register.csv", twoHalls, importers.Options{Existing: &p})
		if again.Counts.Imported != 0 || !again.Counts.Adds() || n == 1 && again.Counts.Updated != 0 {
			t.Errorf("the register again, time %d: %+v", n+1, again.Counts)
		}
		again.Changes.Apply(&p)
	}
	// Somebody corrects a figure after the merge: that stays.
	p.Asset(a).Value = model.Figure{Value: 7, Grade: model.Stated, Source: "hand"}

	r, err = importers.Split(&p, a, b)
	carry(t, &p, r, err)
	got := *p.Asset(a)
	if got.Value.Value != 7 {
		t.Error("a change made after the merge is gone")
	}
	if back := p.Asset(b); back == nil || !reflect.DeepEqual(back.FloorArea, before[1].FloorArea) || back.Reference != "T2" || back.Energy.Get(model.Electricity).Value != 9000 {
		t.Errorf("the other: %+v", back)
	}
	if got.Energy.Get(model.Electricity).Known() || len(importers.Merged(&got)) != 0 || got.Name != before[0].Name {
		t.Errorf("the kept one: %+v", got)
	}
	if len(p.Occupations) != len(seats) {
		t.Errorf("occupations: %+v, were %+v", p.Occupations, seats)
	}
	for _, o := range seats {
		found := false
		for _, x := range p.Occupations {
			found = found || reflect.DeepEqual(o, x)
		}
		if !found {
			t.Errorf("%+v is not back in %+v", o, p.Occupations)
		}
	}
}

func TestASplitAtOnceGivesEverythingBack(t *testing.T) {
	var p model.Project
	readText(t, "register.csv", twoHalls, importers.Options{Existing: &p}).Changes.Apply(&p)
	before := append([]model.Asset(nil), p.Assets...)
	for _, pair := range [][2]int{{0, 1}, {1, 0}, {2, 0}} {
		keep, gone := before[pair[0]].ID, before[pair[1]].ID
		r, err := importers.Merge(&p, keep, gone)
		carry(t, &p, r, err)
		r, err = importers.Split(&p, keep, gone)
		carry(t, &p, r, err)
		for i := range before {
			got := *p.Asset(before[i].ID)
			for k := range got.Extra {
				if got.ID == gone && importers.MergeRecord(k) && strings.HasSuffix(k, " "+string(keep)) {
					delete(got.Extra, k) // that the two are not the same is remembered
				}
			}
			if len(got.Extra) == 0 {
				got.Extra = before[i].Extra
			}
			if len(got.Costs) == 0 {
				got.Costs = before[i].Costs
			}
			if len(got.Energy) == 0 {
				got.Energy = before[i].Energy
			}
			if !reflect.DeepEqual(got, before[i]) {
				t.Errorf("%v: %+v\nwas %+v", pair, got, before[i])
			}
		}
	}
}

func TestWhatCannotBeMergedOrSplit(t *testing.T) {
	p := model.Project{Assets: []model.Asset{{ID: "a", Name: "A"}, {ID: "b", Name: "B"}}, Scenarios: []model.Scenario{{Name: "Sell", Actions: []model.Action{{Kind: model.Sell, Asset: "b"}}}}}
	for _, ids := range [][2]model.AssetID{{"a", "x"}, {"x", "a"}, {"a", "a"}, {"a", "b"}} {
		if _, err := importers.Merge(&p, ids[0], ids[1]); err == nil {
			t.Errorf("%v were merged", ids)
		}
	}
	if r, err := importers.Merge(&p, "b", "a"); err != nil || len(r.Assets) != 1 {
		t.Errorf("the other way round: %v", err)
	}
	if _, err := importers.Split(&p, "a", "b"); err == nil {
		t.Error("what was never merged was split")
	}
}

func TestDuplicatesAreListed(t *testing.T) {
	at := model.LatLon{Lat: 53.4, Lon: -2.3}
	p := model.Project{Assets: []model.Asset{
		{ID: "a", Name: "Sale Library", Organisation: "x", Postcode: "M33 7ZF", Location: at, Placed: model.PlaceStated}, {ID: "b", Name: "Depot", Organisation: "x", Postcode: "M32 0AA"},
		{ID: "c", Name: "The Sale Library", Organisation: "y", Postcode: "M33 7ZF", Location: at, Placed: model.PlaceStated}}}
	got := importers.Duplicates(&p)
	if len(got) != 1 || got[0].A != "a" || got[0].B != "c" || len(got[0].Reasons) == 0 {
		t.Errorf("%+v", got)
	}
}
