package store_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// TestMakeFixture keeps a file of the present version for the tests of later
// ones. It runs only when asked: FLAGSTONE_FIXTURE=1 go test -run MakeFixture.
func TestMakeFixture(t *testing.T) {
	if os.Getenv("FLAGSTONE_FIXTURE") == "" {
		t.Skip("only when a version of the schema is released")
	}
	name := fmt.Sprintf("testdata/v%d", store.Version())
	o := options(t)
	o.Replace = true
	r := newRnd(2001)
	p := r.project(8)
	for len(p.Assets) < 2 || len(p.Scenarios) < 1 || len(p.Decisions) < 1 {
		p = r.project(8)
	}
	f, err := store.Create(name+".flagstone", p, o)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p = f.Project()
	a := p.Assets[0]
	a.Name = "Changed"
	if err := f.Do(store.PutAssets{Assets: []model.Asset{a}}); err != nil {
		t.Fatal(err)
	}
	for name, p := range map[string]*model.Project{name + ".json": f.Project(), name + "-before.json": p} {
		b, err := json.Marshal(p)
		if err == nil {
			err = os.WriteFile(name, b, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
