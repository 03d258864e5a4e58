package colocate_test

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/colocate"
	"github.com/planting-the-flag/flagstone/model/reference"
)

func f(v float64) model.Figure { return model.Figure{Value: v, Grade: model.Stated} }

// TestWhere puts a clinic among four buildings: near with room, far with room,
// full on the sessions it needs, and shared with a service it must not meet.
func TestWhere(t *testing.T) {
	p := &model.Project{BaseYear: 2026, Horizon: 5, PriceBase: 2024, ParameterSet: "greenbook-2026-02"}
	for _, a := range []struct {
		id   model.AssetID
		lon  float64
		area float64
	}{{"home", -2.30, 300}, {"near", -2.31, 400}, {"far", -2.40, 400}, {"full", -2.301, 400}, {"rival", -2.302, 400}} {
		p.Assets = append(p.Assets, model.Asset{ID: a.id, Name: string(a.id), Use: model.UseOffice, FloorArea: f(a.area), Location: model.LatLon{Lat: 53.4, Lon: a.lon}, Placed: model.PlaceStated})
	}
	for id, at := range map[model.ServiceID]model.AssetID{"clinic": "home", "crowd": "full", "court": "rival"} {
		p.Services = append(p.Services, model.Service{ID: id, Name: string(id), FTE: f(5), Sessions: model.OfficeHours})
		area := 200.0
		if id == "crowd" {
			area = 390
		}
		p.Occupations = append(p.Occupations, model.Occupation{Service: id, Asset: at, Area: f(area), Share: 1})
	}
	p.Service("clinic").NotWith = []model.ServiceID{"court"}
	set, err := reference.Load(p.ParameterSet)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := action.Build(p, &model.Scenario{ID: "x1"}, model.NewBook(set.Assumptions(), action.Assumptions(2024)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := colocate.Where(p, plan, "clinic", 2027, colocate.Limits{MaxMetres: 2000})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 || got[0].Asset != "near" || !got[0].Works() || len(got[0].Breaks) != 0 {
		t.Fatalf("%+v", got)
	}
	want := map[model.AssetID]string{"far": "km away", "full": "no room for it on Monday morning", "rival": "must not share"}
	for _, c := range got[1:] {
		if len(c.Breaks) != 1 || !strings.Contains(c.Breaks[0].Message, want[c.Asset]) {
			t.Errorf("%s: %+v", c.Asset, c.Breaks)
		}
	}
	if m := colocate.Together(p); m[0][0] != 0 {
		t.Error("a service is not its own neighbour")
	}
}

// TestWhereByRoomAndDoor: the same clinic needs a clinic room, opens on Monday
// evenings and is visited by the public.
func TestWhereByRoomAndDoor(t *testing.T) {
	p := &model.Project{BaseYear: 2026, Horizon: 5, PriceBase: 2024, ParameterSet: "greenbook-2026-02"}
	for id, extra := range map[model.AssetID]map[string]string{"home": nil, "good": {"rooms: clinic room": "40", "Step-free access": "yes"}, "small": {"rooms: clinic room": "20"},
		"shut": {"open evenings and weekends": "no"}, "steps": {"step-free access": "No"}, "silent": nil} {
		p.Assets = append(p.Assets, model.Asset{ID: id, Name: string(id), Use: model.UseOffice, FloorArea: f(400), Extra: extra})
	}
	p.Services = []model.Service{{ID: "clinic", Name: "clinic", FTE: f(5), Public: true, Sessions: model.At(0, 0) | model.At(0, 2), Needs: map[string]float64{"Clinic room": 30}}}
	p.Occupations = []model.Occupation{{Service: "clinic", Asset: "home", Area: f(100), Share: 1}}
	set, err := reference.Load(p.ParameterSet)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := action.Build(p, &model.Scenario{ID: "x1"}, model.NewBook(set.Assumptions(), action.Assumptions(2024)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := colocate.Where(p, plan, "clinic", 2027, colocate.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[model.AssetID]string{"small": "20 m² of clinic room and would need 30 m² on Monday morning", "shut": "shut on evenings", "steps": "no step-free access"}
	for _, c := range got {
		says, breaks := want[c.Asset]
		if c.Works() == breaks || breaks && (len(c.Breaks) != 1 || !strings.Contains(c.Breaks[0].Message, says)) {
			t.Errorf("%s: %+v", c.Asset, c.Breaks)
		}
	}
	if len(got) != 5 {
		t.Errorf("%d candidates", len(got))
	}
}
