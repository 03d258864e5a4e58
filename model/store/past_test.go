package store_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// What was done to an asset is told with what it was before, also after it was taken back, and nothing else is told.
func TestPastOfAnAsset(t *testing.T) {
	p := minimal()
	p.Assets = []model.Asset{{ID: "a", Name: "Town Hall", Use: model.Uses[0]}, {ID: "b", Name: "Depot", Use: model.Uses[1]}}
	f := newFile(t, p)
	put := func(name, id, called string) {
		t.Helper()
		a := *f.Project().Asset(model.AssetID(id))
		a.Name = called
		if err := f.Do(store.Batch{Name: name, Why: "asked for", Commands: []store.Command{store.PutAssets{Assets: []model.Asset{a}}}}); err != nil {
			t.Fatal(err)
		}
	}
	put("first name", "a", "Old Town Hall")
	put("other", "b", "Old Depot")
	put("second name", "a", "Hub")
	if err := f.Undo(); err != nil {
		t.Fatal(err)
	}
	f = reopen(t, f)
	past, err := f.PastOf("a")
	if err != nil {
		t.Fatal(err)
	}
	if len(past) > 3 && past[0].Deed == "create" {
		past = past[1:]
	}
	want := [][2]string{{"Town Hall", "Old Town Hall"}, {"Old Town Hall", "Hub"}, {"Hub", "Old Town Hall"}}
	if len(past) != len(want) {
		t.Fatalf("%d rows: %+v", len(past), past)
	}
	for i, w := range want {
		x := past[i]
		if x.Before == nil || x.After == nil || x.Before.Name != w[0] || x.After.Name != w[1] || x.Last != (i == 2) || x.Removed || x.When == "" || x.Who == "" {
			t.Errorf("row %d is %+v, wanted %v", i, x, w)
		}
	}
	if past[0].Why != "asked for" || past[2].Deed != store.Undid {
		t.Errorf("reason %q, deed %q", past[0].Why, past[2].Deed)
	}
	if none, err := f.PastOf("c"); err != nil || len(none) > 0 {
		t.Errorf("an asset that never was has a past: %v %v", none, err)
	}
}
