package geo_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"

	"github.com/planting-the-flag/flagstone/model/geo"
)

func degreesOf(d, m, s float64) float64 { return d + m/60 + s/3600 }

// The worked example of IOGP Guidance Note 7-2 for method 1024, forward and reverse.
func TestWebMercatorAgreesWithTheGuidanceNote(t *testing.T) {
	p := geo.LatLon{Lat: degreesOf(24, 22, 54.433), Lon: -degreesOf(100, 20, 0)}
	m := geo.ToMercator(p)
	if math.Abs(m[0]+11169055.58) > 0.01 || math.Abs(m[1]-2800000.00) > 0.01 {
		t.Errorf("%v is at %.2f, %.2f", p, m[0], m[1])
	}
	q := geo.FromMercator(orb.Point{-11169055.58, 2810000})
	if math.Abs(q.Lat-degreesOf(24, 27, 48.889)) > 1e-6 || math.Abs(q.Lon+degreesOf(100, 20, 0)) > 1e-6 {
		t.Errorf("the point 10 km north is %v", q)
	}
}

// The values printed in the documentation of mercantile.
func TestTilesAgreeWithMercantile(t *testing.T) {
	tile := geo.Tile{Z: 10, X: 486, Y: 332}
	b := tile.Bound()
	want := [4]float64{-1017529.7205322663, 7005300.768279833, -978393.962050256, 7044436.526761846}
	for i, got := range [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} {
		if math.Abs(got-want[i]) > 1e-6 {
			t.Errorf("side %d of the tile is %.9f, wanted %.9f", i, got, want[i])
		}
	}
	nw, se := geo.FromMercator(orb.Point{b.Min[0], b.Max[1]}), geo.FromMercator(orb.Point{b.Max[0], b.Min[1]})
	if math.Abs(nw.Lon+9.140625) > 1e-9 || math.Abs(nw.Lat-53.33087298301705) > 1e-9 || math.Abs(se.Lon+8.7890625) > 1e-9 || math.Abs(se.Lat-53.12040528310657) > 1e-9 {
		t.Errorf("the tile reaches from %v to %v", nw, se)
	}
	if got := geo.TileAt(b.Center(), 10); got != tile {
		t.Errorf("the middle of the tile lies in %v", got)
	}
	if got := tile.Parent(); got != (geo.Tile{Z: 9, X: 243, Y: 166}) {
		t.Errorf("its parent is %v", got)
	}
	if !tile.Valid() || (geo.Tile{Z: 2, X: 4, Y: 0}).Valid() || (geo.Tile{Z: -1}).Valid() {
		t.Error("which tiles exist is told wrongly")
	}
}

func TestMercatorAgreesWithOrbAndComesBack(t *testing.T) {
	for _, p := range []geo.LatLon{{Lat: 53.42, Lon: -2.33}, {Lat: -33.9, Lon: 151.2}, {Lat: 60.8, Lon: -0.9}, {Lat: 0.001, Lon: 179.9}} {
		m, o := geo.ToMercator(p), project.WGS84.ToMercator(p.Point())
		if math.Hypot(m[0]-o[0], m[1]-o[1]) > 0.001 {
			t.Errorf("%v: ours %v, orb's %v", p, m, o)
		}
		if q := geo.FromMercator(m); math.Abs(q.Lat-p.Lat)+math.Abs(q.Lon-p.Lon) > 1e-9 {
			t.Errorf("%v comes back as %v", p, q)
		}
	}
	if m := geo.ToMercator(geo.LatLon{Lat: 90}); math.Abs(m[1]-geo.MercatorHalf) > 0.01 {
		t.Errorf("the pole is at %v", m)
	}
}

// The method's own worked example gives the scale factor in the parallel as 1.0972914 there.
func TestStretchAgreesWithTheGuidanceNote(t *testing.T) {
	lat := degreesOf(24, 22, 54.433)
	// k of the note is on the ellipsoid: 1/cos φ times a/ν, with ν the radius of curvature in the prime vertical.
	e2 := 0.00669437999014
	k := geo.MercatorStretch(lat) * math.Sqrt(1-e2*math.Pow(math.Sin(lat*math.Pi/180), 2))
	if math.Abs(k-1.0972914) > 1e-6 {
		t.Errorf("k is %.7f", k)
	}
}

func TestCircleLiesAtItsDistance(t *testing.T) {
	c := geo.LatLon{Lat: 53.42, Lon: -2.33}
	ring := geo.Circle(c, 1231, 64)
	if len(ring) != 65 || ring[0] != ring[64] {
		t.Fatalf("%d corners", len(ring))
	}
	for _, p := range ring {
		if d := geo.Distance(c, p); math.Abs(d-1231) > 0.01 {
			t.Errorf("%v lies %.3f m away", p, d)
		}
	}
}
