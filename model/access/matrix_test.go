package access_test

import (
	"math"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

func f(v float64) model.Figure { return model.Figure{Value: v, Grade: model.Stated, Source: "test"} }

// valley is two areas and two libraries, each beside one area, with a park of
// four hectares and a school to be cleared.
func valley() *model.Project {
	at := func(lon float64) model.LatLon { return model.LatLon{Lat: 53.4, Lon: lon} }
	p := &model.Project{BaseYear: 2026, Horizon: 10, Services: []model.Service{{ID: "n", Kind: "library", Public: true}, {ID: "s", Kind: "library", Public: true}}}
	for _, a := range []struct {
		id  model.AssetID
		use model.Use
		lon float64
	}{{"north", model.UseLibrary, -2.30}, {"south", model.UseLibrary, -2.34}, {"park", model.UsePark, -2.306}, {"school", model.UseSchool, -2.341}} {
		p.Assets = append(p.Assets, model.Asset{ID: a.id, Name: string(a.id), Use: a.use, Location: at(a.lon), Placed: model.PlaceStated})
	}
	p.Assets[2].LandArea = f(4)
	p.Population = []model.PopulationPoint{{Code: "N", Location: at(-2.30), Placed: model.PlaceStated, People: 1000, Groups: map[string]float64{"disabled": 100}},
		{Code: "S", Location: at(-2.34), Placed: model.PlaceStated, People: 500, Groups: map[string]float64{"disabled": 80}}}
	return p
}

func open(ids ...model.AssetID) *action.Plan {
	pl := &action.Plan{}
	for i, id := range ids {
		pl.Streams = append(pl.Streams, ledger.Stream{Ledger: ledger.Space, Category: ledger.CatPeople, Asset: id, Service: []model.ServiceID{"n", "s"}[i], First: 2026, Last: 2035, Quantity: 1})
	}
	return pl
}

// TestMatrixStandsIn: by the user's own table the south is 45 minutes from the
// north library; the way from the north area is not in it and is walked, 0 m.
func TestMatrixStandsIn(t *testing.T) {
	p := valley()
	m, err := access.NewMatrix(p, "by bus, Tuesday 10:00", []access.Trip{{"S", "north", 45}, {"S", "south", 3}, {"N", "south", 50}})
	if err != nil {
		t.Fatal(err)
	}
	got := access.Measure(p, open("north", "south"), open("north"), access.Query{Year: 2028, Mode: access.Walk, Matrix: m})
	if len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	c := got[0]
	if c.Mode != "by bus, Tuesday 10:00" || c.Guessed != 2 || c.PeopleWorse != 500 || len(c.Worse) != 1 || c.Worse[0].Minutes != 42 {
		t.Errorf("%+v", c)
	}
	if want := (1000*0 + 500*45) / 1500.0; math.Abs(c.MeanAfter-want) > 1e-9 {
		t.Errorf("mean after %g, not %g", c.MeanAfter, want)
	}
	for _, g := range c.Counts {
		if g.Group == "disabled" && (g.Before != 180 || g.After != 100) {
			t.Errorf("%+v", g)
		}
	}
	if far := access.Measure(p, open("north", "south"), open("north"), access.Query{Year: 2028, Minutes: 45, Matrix: m})[0]; far.Counts[0].After != 1500 || far.Minutes != 45 {
		t.Errorf("within 45 minutes: %+v", far)
	}
	straight := access.Compare(p, open("north", "south"), open("north"), 2028, access.Walk)
	if straight[0].Guessed != 0 || straight[0].Worse[0].Minutes == 42 {
		t.Errorf("%+v", straight[0])
	}
}

func TestMatrixRefuses(t *testing.T) {
	for _, c := range []struct {
		trips []access.Trip
		says  string
	}{
		{[]access.Trip{{"S", "north", 4}, {"X", "north", 4}}, `row 2: there is no area "X"`},
		{[]access.Trip{{"S", "west", 4}}, `no building "west"`},
		{[]access.Trip{{"S", "north", math.NaN()}}, "not a number of minutes"},
		{[]access.Trip{{"S", "north", -1}}, "not a number of minutes"},
		{[]access.Trip{{"S", "north", 4}, {"S", "north", 5}}, "given twice, as 4 and 5"},
		{nil, "no rows"},
	} {
		if _, err := access.NewMatrix(valley(), "t", c.trips); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v, not %q", err, c.says)
		}
	}
}

// TestGreenSpaceByHand: the park lies 0.006° of longitude, 398 m, from the north
// area; a circle of 4 ha has a radius of 113 m, so its edge is 285 m away and
// near. The school becomes half a hectare of green space beside the south.
func TestGreenSpaceByHand(t *testing.T) {
	p := valley()
	after := open("north", "south")
	after.Outcomes = []action.Outcome{{Asset: "school", Kind: action.GreenSpace, Quantity: 0.5, Year: 2028}}
	g := access.GreenSpace(p, open("north", "south"), after, 2028)
	if g.People != 1500 || g.Near != 1000 || g.NearAfter != 1500 || g.GroupsBefore["disabled"] != 100 || g.GroupsAfter["disabled"] != 180 {
		t.Errorf("%+v", g)
	}
	if len(g.ByUse) != 2 || g.ByUse[0].Use != model.UseGreenSpace || g.ByUse[0].Made != 1 || math.Abs(g.ByUse[0].HectaresAfter-0.5) > 1e-9 ||
		g.ByUse[1].Sites != 1 || math.Abs(g.ByUse[1].Hectares-4) > 1e-9 || g.ByUse[1].Lost != 0 {
		t.Errorf("%+v", g.ByUse)
	}
	sold := open("north", "south")
	sold.Closures = []action.Closure{{Asset: "park", Closed: 2027, Gone: 2028, Route: model.Sell}}
	if g := access.GreenSpace(p, open("north", "south"), sold, 2028); g.NearAfter != 0 || g.ByUse[0].Lost != 1 {
		t.Errorf("%+v", g)
	}
}

// TestCompareCountsByBruteForce holds the counts of one kind of service to a
// count without the index.
func TestCompareCountsByBruteForce(t *testing.T) {
	p := valley()
	got := access.Compare(p, open("north", "south"), open("south"), 2028, access.Walk)[0]
	before, after := 0.0, 0.0
	for _, pt := range p.Population {
		reach := func(ids ...model.AssetID) bool {
			for _, id := range ids {
				// 1° of longitude at 53.4° N is 66.3 km.
				if access.Walk.Minutes(math.Abs(pt.Location.Lon-p.Asset(id).Location.Lon)*66297) <= access.Limit {
					return true
				}
			}
			return false
		}
		if reach("north", "south") {
			before += pt.People
		}
		if reach("south") {
			after += pt.People
		}
	}
	if got.Counts[0].Before != before || got.Counts[0].After != after || before != 1500 || after != 500 {
		t.Errorf("%+v; by hand %g and %g", got.Counts[0], before, after)
	}
}
