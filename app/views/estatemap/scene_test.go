package estatemap_test

import (
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/views/estatemap"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/geo"
)

func TestEveryMarkIsInOneGroup(t *testing.T) {
	sn := scene(5000)
	last := 0
	for _, zoom := range []float64{0.001, 0.01, 0.1, 1, 4} {
		total, groups := 0, sn.Groups(zoom, nil)
		for i := range groups {
			g := &groups[i]
			total += g.Count
			classes := 0
			for _, n := range g.Classes {
				classes += int(n)
			}
			if classes != g.Count {
				t.Fatalf("a group of %d has %d in its classes", g.Count, classes)
			}
			if !g.Bound.Pad(1e-6).Contains(g.At) {
				t.Fatalf("a group lies outside its members")
			}
		}
		if total != len(sn.Dots) {
			t.Errorf("at zoom %g the groups hold %d of %d marks", zoom, total, len(sn.Dots))
		}
		if len(groups) < last {
			t.Errorf("closer, at %g, there are fewer groups: %d after %d", zoom, len(groups), last)
		}
		last = len(groups)
	}
	if last != len(sn.Dots) {
		t.Errorf("close up %d of %d marks are by themselves", last, len(sn.Dots))
	}
}

func TestHiddenClassesAreNotCountedInGroups(t *testing.T) {
	sn := scene(700)
	total := 0
	for _, g := range sn.Groups(0.01, map[int]bool{0: true}) {
		total += g.Count
	}
	if want := len(sn.Dots) - sn.Counts[0]; total != want {
		t.Errorf("the groups hold %d, wanted %d", total, want)
	}
}

func TestAGroupIsFoundUnderItsNumber(t *testing.T) {
	sn := scene(3000)
	for _, g := range sn.Groups(0.02, nil) {
		got, d := sn.GroupAt(g.At, 1/0.02, nil)
		if g.Count > 1 && (got == nil || got.Count != g.Count) {
			t.Fatalf("under a group of %d lies %v", g.Count, got)
		}
		if g.Count == 1 && got == nil && d == nil {
			t.Fatal("nothing lies under a mark by itself")
		}
	}
}

// The surface neither loses nor makes people, and its densest place is where
// most live.
func TestDensityOfResidents(t *testing.T) {
	sn := scene(10)
	h := estatemap.NewHeat(sn.People, "")
	if math.Abs(h.Mass()-36*1500) > 1 || h.Total != 36*1500 {
		t.Errorf("the surface holds %.1f people of %d", h.Mass(), 36*1500)
	}
	old := estatemap.NewHeat(sn.People, "aged 65 and over")
	if math.Abs(old.Mass()-36*260) > 1 {
		t.Errorf("of the old it holds %.1f of %d", old.Mass(), 36*260)
	}
	if !slices.IsSorted(h.Breaks) || h.Breaks[0] <= 0 {
		t.Errorf("steps %v", h.Breaks)
	}
	// 1,500 people in each area of 0.036° by 0.02°: far from the edge the density is about that.
	c := geo.LatLon{Lat: 53.42, Lon: -2.33}
	km2 := 0.036 * 111.32 * math.Cos(c.Lat*math.Pi/180) * 0.02 * 111.25
	if got, want := h.At(geo.ToMercator(c)), 1500/km2; math.Abs(got-want) > 0.35*want {
		t.Errorf("in the middle %.0f live in a km², wanted about %.0f", got, want)
	}
	if estatemap.NewHeat(nil, "") != nil || estatemap.NewHeat(sn.People, "nobody") != nil {
		t.Error("a surface of nobody")
	}
}

// One point spreads nearly as a bell. In the middle a normal distribution has
// n / (2πσ²); three boxes of width w = 2σ have (3/4w)² n there, 0.884 of it.
func TestOnePointSpreadsAsABell(t *testing.T) {
	at := geo.LatLon{Lat: 53.4, Lon: -2.3}
	h := estatemap.NewHeat([]estatemap.Person{{At: geo.ToMercator(at), Place: at, People: 1000}}, "")
	s := h.Reach / 1000
	if got, want := h.At(geo.ToMercator(at)), 0.884*1000/(2*math.Pi*s*s); math.Abs(got-want) > 0.04*want {
		t.Errorf("%.1f per km² in the middle, wanted %.1f", got, want)
	}
	if math.Abs(h.Mass()-1000) > 0.5 {
		t.Errorf("%.2f people", h.Mass())
	}
}

func TestMarksAreSizedAndColouredByAnyMeasure(t *testing.T) {
	s := app.NewSnapshot(apptest.Project(200))
	for _, m := range estatemap.Measures {
		sn := estatemap.NewScene(s, estatemap.Choice{By: estatemap.ClassBy(m.Name), Size: m.Name})
		if sn.Ordered == nil || sn.Ordered.Name != m.Name || sn.Size.Name != m.Name {
			t.Fatalf("%s: the scene is by %v", m.Name, sn.Ordered)
		}
		known := 0
		for i := range sn.Dots {
			d := &sn.Dots[i]
			a := s.Asset(d.ID)
			f := m.Of(s, a)
			if f.Known() != d.Known || f.Known() == (d.Class == 7) {
				t.Errorf("%s of %s: known %v, drawn as known %v in class %d", m.Name, d.Name, f.Known(), d.Known, d.Class)
			}
			if f.Known() {
				known++
			}
			if i > 0 && d.Size > sn.Dots[i-1].Size {
				t.Fatalf("%s: a large mark lies over a small one", m.Name)
			}
		}
		if n := sn.Counts[7]; n+known != len(sn.Dots) {
			t.Errorf("%s: %d known and %d not of %d", m.Name, known, n, len(sn.Dots))
		}
	}
	sn := estatemap.NewScene(s, estatemap.Choice{By: "Floor area"})
	filled := 0
	for _, n := range sn.Counts[:7] {
		if n > 0 {
			filled++
		}
	}
	if filled != 5 {
		t.Errorf("floor areas fall into %d classes: %v", filled, sn.Counts)
	}
}

func TestRingsLieAtTheirMinutes(t *testing.T) {
	sn := scene(40)
	d := &sn.Dots[0]
	r := estatemap.NewRings(sn, d, access.Walk)
	if len(r.Lines) != 4 || r.Lines[1].Label != "10 min" {
		t.Fatalf("%d rings", len(r.Lines))
	}
	// 10 minutes at 4.8 km/h are 800 m of road; with a detour of 1.3 that is 615 m in a straight line.
	if m := r.Lines[1].Metres; math.Abs(m-800/1.3) > 0.01 {
		t.Errorf("10 minutes are %.2f m", m)
	}
	c := geo.FromMercator(d.At)
	for _, l := range r.Lines {
		if got := geo.Distance(c, geo.FromMercator(l.Line[17])); math.Abs(got-l.Metres) > 0.1 {
			t.Errorf("%s is drawn at %.1f m, not %.1f", l.Label, got, l.Metres)
		}
		people := 0.0
		for _, p := range sn.People {
			if geo.Distance(c, p.Place) <= l.Metres {
				people += p.People
			}
		}
		if people != l.People {
			t.Errorf("%s: %g people, counted %g", l.Label, l.People, people)
		}
	}
	if bus := estatemap.NewRings(sn, d, access.Bus); len(bus.Lines) != 4 || bus.Lines[0].Metres != access.Bus.Metres(10) {
		t.Errorf("by bus: %+v", bus.Lines)
	}
}

func TestCatchmentsShareAllResidents(t *testing.T) {
	sn := scene(80)
	var total float64
	sites := 0
	for i := range sn.Dots {
		if d := &sn.Dots[i]; d.Use == model.UseLibrary {
			c := estatemap.NewCatchment(sn, d, nil)
			total += c.People
			sites++
		}
	}
	if sites < 2 || total != 36*1500 {
		t.Errorf("%d libraries share %g of %d residents", sites, total, 36*1500)
	}
	// When all others close, the last has everybody.
	var last *estatemap.Dot
	for i := range sn.Dots {
		if sn.Dots[i].Use == model.UseLibrary {
			last = &sn.Dots[i]
		}
	}
	if c := estatemap.NewCatchment(sn, last, func(int) bool { return true }); c.People != 36*1500 || c.Others != 0 {
		t.Errorf("alone it has %g residents and %d others", c.People, c.Others)
	}
}

func TestBeforeAndAfterTellsWhatChanges(t *testing.T) {
	p := apptest.Project(60)
	sn := estatemap.NewScene(app.NewSnapshot(p), estatemap.Choice{By: estatemap.ByOrganisation})
	c := estatemap.Compare(sn, p.Scenario("hubs"), nil)
	if got := c.Words(); got != "1 building closes, 1 takes services in" {
		t.Errorf("says %q", got)
	}
	if len(c.Moves) != 2 || c.Last != 2029 {
		t.Errorf("%d moves, the last thing happens in %d", len(c.Moves), c.Last)
	}
	st := style()
	st.Ink, st.Muted = color.NRGBA{1, 2, 3, 255}, color.NRGBA{90, 90, 90, 255}
	cam := camera(sn, 800, 600)
	before := estatemap.Paint(sn, cam, st, 800, 600)
	st.Compared, st.Split = c, 0.5
	both := estatemap.Paint(sn, cam, st, 800, 600)
	left, right := 0, 0
	for y := range 600 {
		for x := range 800 {
			if before.RGBAAt(x, y) != both.RGBAAt(x, y) {
				if x < 400 {
					left++
				} else {
					right++
				}
			}
		}
	}
	if left != 0 || right == 0 {
		t.Errorf("%d pixels differ at the left, %d at the right", left, right)
	}
}

func TestLassoTakesWhatLiesInside(t *testing.T) {
	sn := scene(400)
	b := sn.View
	mid := b.Center()
	ring := orb.Ring{{b.Min[0], b.Min[1]}, {mid[0], b.Max[1]}, {b.Max[0], b.Min[1]}, {b.Min[0], b.Min[1]}}
	got := sn.Within(ring, nil)
	want := 0
	for i := range sn.Dots { // a triangle: above the base and below both sides
		p := sn.Dots[i].At
		u, v := (p[0]-b.Min[0])/(b.Max[0]-b.Min[0]), (p[1]-b.Min[1])/(b.Max[1]-b.Min[1])
		if v > 0 && v < 2*u && v < 2*(1-u) {
			want++
			if !slices.Contains(got, i) {
				t.Errorf("%s lies inside but is not taken", sn.Dots[i].Name)
			}
		}
	}
	if want < 20 || len(got) != want {
		t.Errorf("%d are taken, %d lie inside", len(got), want)
	}
	if n := len(sn.Within(ring, map[int]bool{0: true, 1: true, 2: true, 3: true})); n != 0 {
		t.Errorf("%d hidden ones are taken", n)
	}
}

func TestLayersFromGeoJSON(t *testing.T) {
	degrees := `{"type":"FeatureCollection","features":[
		{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[-2.4,53.4],[-2.3,53.4],[-2.3,53.45],[-2.4,53.4]]]}},
		{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[-2.4,53.4],[-2.3,53.45]]}},
		{"type":"Feature","properties":{},"geometry":{"type":"MultiPoint","coordinates":[[-2.35,53.41],[-2.36,53.42]]}},
		{"type":"Feature","properties":{},"geometry":null}]}`
	o, err := estatemap.ParseOverlay("flood", []byte(degrees))
	if err != nil || len(o.Areas) != 1 || len(o.Lines) != 1 || len(o.Points) != 2 || o.Shapes != 3 || o.Left != 1 {
		t.Fatalf("%v: %+v", err, o)
	}
	want := geo.ToMercator(geo.LatLon{Lat: 53.41, Lon: -2.35})
	if d := math.Hypot(o.Points[0][0]-want[0], o.Points[0][1]-want[1]); d > 0.01 {
		t.Errorf("a point lies %.2f m off", d)
	}
	// Trafford Town Hall stands at SJ 8079 9568 in the National Grid.
	grid := `{"type":"Point","coordinates":[380790,395680]}`
	o, err = estatemap.ParseOverlay("grid", []byte(grid))
	if err != nil {
		t.Fatal(err)
	}
	if at := geo.FromMercator(o.Points[0]); geo.Distance(at, geo.LatLon{Lat: 53.4575, Lon: -2.2893}) > 100 {
		t.Errorf("the grid reference is drawn at %v", at)
	}
	for in, says := range map[string]string{
		"":         "not GeoJSON",
		"a,b\n1,2": "not GeoJSON",
		`{"type":"FeatureCollection","features":[]}`:    "Nothing in this file",
		`{"type":"FeatureCollection","features":"x"}`:   "cannot be read",
		`{"type":"Polygon","coordinates":[[[1,2]]]}`:    "Nothing in this file",
		`{"type":"Point","coordinates":[1e300,-1e300]}`: "Nothing in this file",
	} {
		if _, err := estatemap.ParseOverlay("x", []byte(in)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func FuzzParseOverlay(f *testing.F) {
	f.Add([]byte(`{"type":"Point","coordinates":[1,2]}`))
	f.Add([]byte(`{"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[{"type":"MultiPolygon","coordinates":[]}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := estatemap.ParseOverlay("x", data)
		if err == nil && o.Shapes == 0 {
			t.Error("a layer without shapes is no layer")
		}
	})
}

// Ground painted in squares is the same wherever the picture begins.
func TestAPanKeepsThePicture(t *testing.T) {
	sn := scene(60)
	cam := camera(sn, 640, 480)
	st := style()
	p := estatemap.NewPainter()
	first := p.Paint(nil, sn, cam, st, 640, 480)
	moved := cam
	moved.Centre[0] += 37 / cam.Zoom
	moved.Centre[1] -= 23 / cam.Zoom
	second := p.Paint(nil, sn, moved, st, 640, 480)
	differ := 0
	for y := 30; y < 400; y++ {
		for x := 40; x < 560; x++ {
			a, b := first.RGBAAt(x+37, y+23), second.RGBAAt(x, y)
			if a != b {
				differ++
			}
		}
	}
	if differ > 520*370/500 {
		t.Errorf("%d pixels differ after a pan", differ)
	}
}
