package importers_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
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
