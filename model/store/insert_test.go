package store_test

import (
	"fmt"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// Columns are left out of the statements of a large change while they are blank. Wherever they stop being so, and whatever blank
// they were until then, the file holds what was given.
func TestColumnsThatFillUpLateAreKept(t *testing.T) {
	r := newRnd(77)
	p := withCouncil()
	all := make([]model.Asset, 3000) // enough for rows to be made ready while others are written
	for i := range all {
		id := model.AssetID(fmt.Sprintf("a%d", i))
		switch {
		case i < 900:
			all[i] = model.Asset{ID: id}
		case i%7 == 0:
			all[i] = r.asset(p, i)
		default: // one column after the other
			a := model.Asset{ID: id, Organisation: "council", Name: "Hall"}
			known := func(from int, v float64) model.Figure {
				if i < from {
					return model.Figure{}
				}
				return model.Figure{Value: v, Grade: model.Stated, Source: "s"}
			}
			a.Backlog, a.Desks, a.Tenure.Dilapidations = known(1200, 0), known(1500, 3), known(1800, 2)
			if i >= 2000 {
				a.Tenure.NoticeMonths = i % 3
				a.Costs.Set(model.CostRent, known(2000, 5))
				a.Energy.Set(model.Gas, known(2000, 0))
				a.Extra = map[string]string{"k": "<v> \"é\"\n"}
			}
			all[i] = a
		}
		all[i].ID = id
	}
	f := newFile(t, p)
	start := f.Project()
	if err := f.Do(store.PutAssets{Assets: all}); err != nil {
		t.Fatal(err)
	}
	made := f.Project()
	if len(made.Assets) != len(all) || made.Assets[2999].Costs.Get(model.CostRent).Value != 5 && made.Assets[2998].Costs.Get(model.CostRent).Value != 5 {
		t.Fatalf("%d assets, the last %+v", len(made.Assets), made.Assets[2999])
	}
	f = reopen(t, f)
	if d := diff(made, f.Project()); d != "" {
		t.Fatal(d)
	}
	for i := range all { // everything becomes blank again
		all[i] = model.Asset{ID: all[i].ID}
	}
	if err := f.Do(store.PutAssets{Assets: all}); err != nil {
		t.Fatal(err)
	}
	blank := f.Project()
	f = reopen(t, f)
	if d := diff(blank, f.Project()); d != "" {
		t.Fatal(d)
	}
	for _, want := range []*model.Project{made, start} {
		if err := f.Undo(); err != nil {
			t.Fatal(err)
		}
		f = reopen(t, f)
		if d := diff(want, f.Project()); d != "" {
			t.Fatal(d)
		}
	}
	if bad, err := f.Check(); err != nil || len(bad) > 0 {
		t.Errorf("check: %v %v", bad, err)
	}
}
