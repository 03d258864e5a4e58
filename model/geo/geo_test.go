package geo_test

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/planting-the-flag/flagstone/model/geo"
)

func TestDistanceByHand(t *testing.T) {
	// One degree of a meridian on a sphere of the mean radius.
	if d := geo.Distance(geo.LatLon{Lat: 53, Lon: -2}, geo.LatLon{Lat: 54, Lon: -2}); math.Abs(d-111195.08) > 0.5 {
		t.Errorf("a degree of latitude is %.2f m", d)
	}
	// Manchester town hall to London's Charing Cross: about 262 km.
	if d := geo.Distance(geo.LatLon{Lat: 53.4794, Lon: -2.2453}, geo.LatLon{Lat: 51.5074, Lon: -0.1278}); math.Abs(d-262000) > 1500 {
		t.Errorf("Manchester to London is %.0f m", d)
	}
	if d := geo.Distance(geo.LatLon{Lat: 53, Lon: -2}, geo.LatLon{Lat: 53, Lon: -2}); d != 0 {
		t.Errorf("a place is %v m from itself", d)
	}
}

func TestGridReferences(t *testing.T) {
	for text, want := range map[string]geo.Grid{
		"SJ8023085291": {E: 380230, N: 385291}, "SJ 69694 89576": {E: 369694, N: 389576}, "SJ 802 852": {E: 380200, N: 385200}, "TQ 30 80": {E: 530000, N: 180000}, "SV9000010000": {E: 90000, N: 10000}, "HU 46 41": {E: 446000, N: 1141000}, "sj8085": {E: 380000, N: 385000},
	} {
		r, err := geo.ParseGridRef(text)
		if err != nil || r.Corner != want || r.Ireland {
			t.Errorf("%q reads as %v, %v; want %v", text, r, err, want)
		}
	}
	if r, err := geo.ParseGridRef("J 338 740"); err != nil || !r.Ireland || r.Corner != (geo.Grid{E: 333800, N: 374000}) {
		t.Errorf("J 338 740 reads as %+v, %v", r, err)
	} else if d := geo.Distance(r.Place(), geo.LatLon{Lat: 54.597, Lon: -5.930}); d > 400 {
		t.Errorf("J 338 740 is %.0f m from Belfast city hall", d)
	}
	for _, text := range []string{"", "SJ", "SJ 123 45", "ZZ 12 34", "SJ 1234567890123", "I 12 34", "hello", "M33 7ZF"} {
		if r, err := geo.ParseGridRef(text); err == nil {
			t.Errorf("%q reads as %+v", text, r)
		}
	}
	if s := geo.FormatGridRef(geo.Grid{E: 380230, N: 385291}); s != "SJ 80230 85291" {
		t.Errorf("written as %q", s)
	}
}

func TestPostcodes(t *testing.T) {
	for text, want := range map[string]string{"WA14 1PF": "WA14 1PF", "wa141pf": "WA14 1PF", " M1  1AD ": "M1 1AD", "M41": "M41", "EC1A 1BB": "EC1A 1BB", "M33 OAB": "M33 0AB", "WA14-1PF": "WA14 1PF", "W1A 0AX": "W1A 0AX", "M33 7": "M33 7"} {
		p, ok := geo.ParsePostcode(text)
		if !ok || p.String() != want {
			t.Errorf("%q reads as %q, %v; want %q", text, p, ok, want)
		}
	}
	if p, _ := geo.ParsePostcode("M33 OAB"); !p.Corrected {
		t.Error("a letter O for a nought is put right and must be said")
	}
	for _, text := range []string{"", "98101", "T2H 0Z4", "Sale", "E08000009", "A", "12345-6789", "M333 7ZF", "QQ1 1AA"} {
		if p, ok := geo.ParsePostcode(text); ok {
			t.Errorf("%q reads as %q", text, p)
		}
	}
	if p, ok := geo.FindPostcode("Sale Waterside, Sale, M33 7ZF"); !ok || p.String() != "M33 7ZF" {
		t.Errorf("found %q", p)
	}
}

func TestGazetteerPlacesByUnitSectorAndDistrict(t *testing.T) {
	g, err := geo.NewGazetteer(
		[]byte("sector,postcode_units,mean_easting,mean_northing\r\nM33 7,100,379000,392000\nM33 2,50,380500,391000\n"),
		[]byte("outcode,n,easting,northing\nWA14,10,376000,387000\n"),
		[]byte("\"M33 7ZF\",10,379150,391900,\"E92000001\"\n\"M33 7ZG\",10,bad,391900\n"))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]geo.Precision{"M33 7ZF": geo.ByUnit, "M33 7AA": geo.BySector, "M33 2": geo.BySector, "M33": geo.ByDistrict, "M33 9ZZ": geo.ByDistrict, "WA14 1PF": geo.ByDistrict} {
		p, _ := geo.ParsePostcode(text)
		f, ok := g.Find(p)
		if !ok || f.Precision != want || !geo.GreatBritain.Contains(f.Place) || f.Radius <= 0 {
			t.Errorf("%s is placed by %q, %+v; want %q", text, f.Precision, f, want)
		}
	}
	if _, ok := g.Find(geo.Postcode{Outward: "ZE1"}); ok {
		t.Error("a district that was not loaded is found")
	}
	var none *geo.Gazetteer
	if _, ok := none.Find(geo.Postcode{Outward: "M1"}); ok {
		t.Error("no gazetteer finds something")
	}
	if _, err := geo.NewGazetteer([]byte("a,b\n1,2\n")); err == nil {
		t.Error("a table without postcodes was accepted")
	}
}

func TestSystemsAreToldApart(t *testing.T) {
	for name, c := range map[string]struct {
		pairs []geo.Pair
		home  geo.LatLon
		want  geo.System
	}{
		"grid named GeoX":             {[]geo.Pair{{395522, 223084}, {394989, 222738}}, geo.LatLon{}, geo.SystemOSGB},
		"longitude first":             {[]geo.Pair{{-2.352, 53.388}, {-2.306, 53.391}}, geo.LatLon{}, geo.SystemLonLat},
		"latitude first":              {[]geo.Pair{{51.383, -2.363}, {51.374, -2.371}}, geo.LatLon{}, geo.SystemLatLon},
		"northing first, near home":   {[]geo.Pair{{392000, 379000}, {391500, 380500}}, geo.LatLon{Lat: 53.42, Lon: -2.31}, geo.SystemNorthEast},
		"American":                    {[]geo.Pair{{47.61, -122.33}, {47.62, -122.31}}, geo.LatLon{}, geo.SystemLatLon},
		"Irish Grid, near home":       {[]geo.Pair{{314700, 386800}, {310200, 403300}}, geo.LatLon{Lat: 54.7, Lon: -6.2}, geo.SystemIrish},
		"identifiers are not degrees": {[]geo.Pair{{12, 45}, {13, 46}}, geo.LatLon{}, geo.SystemNone},
	} {
		if got, _ := geo.GuessSystem(c.pairs, c.home); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	home := geo.LatLon{Lat: 53.42, Lon: -2.35}
	at, swapped, ok := geo.ReadPair(geo.SystemLonLat, 53.457484, -2.365856, home, 50000)
	if !ok || !swapped || geo.Distance(at, home) > 10000 {
		t.Errorf("a swapped row reads as %v, %v, %v", at, swapped, ok)
	}
}

func TestPlacesInText(t *testing.T) {
	for text, want := range map[string]geo.LatLon{
		"POINT(-2.3 53.4)": {Lat: 53.4, Lon: -2.3}, `53°23'16"N 2°21'8"W`: {Lat: 53.38778, Lon: -2.35222}, `2°21'8"W, 53°23'16"N`: {Lat: 53.38778, Lon: -2.35222},
	} {
		p, err := geo.ParseText(text)
		if err != nil || !p.Placed || math.Abs(p.Place.Lat-want.Lat) > 1e-4 || math.Abs(p.Place.Lon-want.Lon) > 1e-4 {
			t.Errorf("%q reads as %+v, %v; want %v", text, p, err, want)
		}
	}
	for text, want := range map[string]geo.Pair{"440715,354526": {A: 440715, B: 354526}, "(51.388, -2.365)": {A: 51.388, B: -2.365}, "1515 Arch St\nPhiladelphia, PA 19102\n(39.954, -75.165)": {A: 39.954, B: -75.165}} {
		p, err := geo.ParseText(text)
		if err != nil || p.Placed || p.Pair != want {
			t.Errorf("%q reads as %+v, %v; want %v", text, p, err, want)
		}
	}
	for _, text := range []string{"88,434", "1,234,567", "Town Hall", "", "E08000009"} {
		if p, err := geo.ParseText(text); err == nil {
			t.Errorf("%q reads as %+v", text, p)
		}
	}
}

func TestPolygons(t *testing.T) {
	square := orb.MultiPolygon{{{{-2.31, 53.42}, {-2.30, 53.42}, {-2.30, 53.43}, {-2.31, 53.43}, {-2.31, 53.42}}}}
	want := 0.01 * 111195.08 * 0.01 * 111195.08 * math.Cos(53.425*math.Pi/180)
	if a := geo.Area(square); math.Abs(a-want) > want*0.001 {
		t.Errorf("a hundredth of a degree each way is %.0f m², want %.0f", a, want)
	}
	if !geo.Contains(square, geo.LatLon{Lat: 53.425, Lon: -2.305}) || geo.Contains(square, geo.LatLon{Lat: 53.5, Lon: -2.305}) {
		t.Error("inside and outside are confused")
	}
	c, ok := geo.Centroid(square)
	if !ok || geo.Distance(c, geo.LatLon{Lat: 53.425, Lon: -2.305}) > 1 {
		t.Errorf("the middle is %v", c)
	}
	// orb panics on an empty polygon; nothing here may.
	for _, m := range []orb.MultiPolygon{nil, {}, {{}}, {{{}}}, {{{{1, 1}}}}} {
		_ = geo.Area(m)
		_ = geo.Contains(m, c)
		_, _ = geo.Centroid(m)
	}
	if _, err := geo.CheckPolygon(orb.Polygon{}); err == nil {
		t.Error("a polygon without rings was accepted")
	}
	if r, err := geo.CheckRing(orb.Ring{{0, 50}, {1, 50}, {1, 51}}); err != nil || len(r) != 4 {
		t.Errorf("an open ring becomes %v, %v", r, err)
	}
	if _, err := geo.CheckRing(orb.Ring{{0, 50}, {1, math.NaN()}, {1, 51}, {0, 50}}); err == nil {
		t.Error("a ring with NaN was accepted")
	}
	back := geo.Rings(geo.Places(square))
	if !orb.Equal(back, square) {
		t.Error("there and back again is another shape")
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"440715,354526", "(51.38, -2.36)", "POINT(1 2)", "SJ 80230 85291", `53°23'16"N 2°21'8"W`, "J 338 740", "1e999, 2", "88,434"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := geo.ParseText(s); err == nil && p.Placed && !p.Place.Valid() {
			t.Fatalf("%q is placed at %v", s, p.Place)
		}
		if r, err := geo.ParseGridRef(s); err == nil {
			if p := r.Place(); math.IsNaN(p.Lat) || math.IsNaN(p.Lon) {
				t.Fatalf("%q is placed at %v", s, p)
			}
		}
		if p, ok := geo.ParsePostcode(s); ok {
			if q, ok := geo.ParsePostcode(p.String()); !ok || q.String() != p.String() {
				t.Fatalf("%q reads as %q, which reads as %q", s, p, q)
			}
		}
		_, _ = geo.FindPostcode(s)
		_, _ = geo.ParseDegrees(s)
	})
}

func FuzzGazetteer(f *testing.F) {
	f.Add("sector,easting,northing\nM33 7,379000,392000\n", "M33 7ZF")
	f.Add("\"M1  1AD\",10,383825,398598", "M1 1AD")
	f.Fuzz(func(t *testing.T, table, code string) {
		g, err := geo.NewGazetteer([]byte(table))
		if err != nil {
			return
		}
		if p, ok := geo.ParsePostcode(code); ok {
			if found, ok := g.Find(p); ok && !found.Place.Valid() {
				t.Fatalf("%s is placed at %v", p, found.Place)
			}
		}
		_ = strings.ToUpper(code)
	})
}
