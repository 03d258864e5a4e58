package session_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// The past of an asset says who changed it from what to what, the newest first, and which step Undo takes back.
func TestPastInWords(t *testing.T) {
	s := start(t)
	a := *s.Project().Asset("a2")
	a.FloorArea, a.Condition = model.Figure{Value: 1250, Grade: model.Stated}, "C"
	if err := s.DoBecause("change to “Depot”", "surveyed", store.PutAssets{Assets: []model.Asset{a}}); err != nil {
		t.Fatal(err)
	}
	past, err := s.Past("a2")
	if err != nil || len(past) == 0 {
		t.Fatal(past, err)
	}
	want := map[string]session.Differs{"Floor area": {Label: "Floor area", Before: "not known", After: "1,250 m²"}, "Condition": {Label: "Condition", Before: "not known", After: "C"}}
	x := past[0]
	if x.Who != "Anna Nowak" || x.Why != "surveyed" || !x.Next || x.Back || x.When != "2026-04-01T09:00:00Z" || len(x.Fields) != len(want) {
		t.Errorf("the change is %+v", x)
	}
	for _, d := range x.Fields {
		if want[d.Label] != d {
			t.Errorf("%+v was not changed so", d)
		}
	}
	if other, err := s.Past("a1"); err != nil || len(other) > 0 && other[0].Next {
		t.Errorf("the past of another asset is %+v, %v", other, err)
	}
	if err := s.Undo(); err != nil {
		t.Fatal(err)
	}
	if past, err = s.Past("a2"); err != nil || !past[0].Back || past[0].Next || past[0].Fields[0].After != "not known" {
		t.Errorf("taken back, it is %+v, %v", past[0], err)
	}
}
