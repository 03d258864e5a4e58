package importers_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
)

func TestTeamsWithoutAnOwnerAreKnownAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "teams.csv")
	if err := os.WriteFile(path, []byte("Service name,Building,FTE,Desks\nParks,Town Hall,10,6\nRates,Town Hall,4,3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &model.Project{}
	for i, want := range []int{2, 0} {
		r, err := importers.Read(context.Background(), path, importers.Options{Existing: p})
		if err != nil {
			t.Fatal(err)
		}
		if r.Counts.Imported != want {
			t.Errorf("time %d: %d new, wanted %d", i+1, r.Counts.Imported, want)
		}
		r.Changes.Apply(p)
	}
	if len(p.Services) != 2 {
		t.Errorf("%d services", len(p.Services))
	}
}

func TestALaterEditionOfASavedLayoutIsRecognised(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	first := file("2025.csv", "K1,K2,K3,K4,K5,K6\nA1,Town Hall,M33 7ZF,1200,x,y\nA2,Depot,M32 0AA,900,x,y\n")
	m, err := mapping.Parse([]byte(`{"kind":"assets","reference":"K1","name":"K2","postcode":"K3","floor_area":"K4"}`))
	if err != nil {
		t.Fatal(err)
	}
	r, err := importers.Read(context.Background(), first, importers.Options{Mapping: m})
	if err != nil {
		t.Fatal(err)
	}
	saved := r.Mappings()
	saved[0].Name = "Odd list"
	for _, c := range []struct {
		name, text string
		known      bool
	}{
		{"a column more", "K1,K2,K3,K4,K5,K6,Tenure\nA1,Town Hall,M33 7ZF,1200,x,y,Freehold\nA2,Depot,M32 0AA,900,x,y,Leasehold\n", true},
		{"one that is used is gone", "K1,K2,K3,K5,K6\nA1,Town Hall,M33 7ZF,x,y\nA2,Depot,M32 0AA,x,y\n", false},
		{"another table", "K1,K2,K3,K4,K5,K6,a,b,c,d,e,f\nA1,Town Hall,M33 7ZF,1,x,y,1,1,1,1,1,1\nA2,Depot,M32 0AA,9,x,y,1,1,1,1,1,1\n", false},
	} {
		r, err := importers.Read(context.Background(), file("2026.csv", c.text), importers.Options{Profiles: saved})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Tables[0].Profile == "Odd list"; got != c.known {
			t.Errorf("%s: recognised %v", c.name, got)
		}
		if c.known && (!r.Tables[0].Mapping.Has(mapping.TenureKind) || r.Changes.Assets[0].Asset.FloorArea.Value != 1200) {
			t.Errorf("%s: %+v", c.name, r.Tables[0].Mapping)
		}
	}
}
