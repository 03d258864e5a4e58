package geo_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model/geo"
)

// helmertTolerance is what the OS guide promises for the 7-parameter shift over Great Britain.
const helmertTolerance = 5.0

// records reads a test-vector file: header line, then one point a line.
func records(t *testing.T, name, sep string) [][]string {
	t.Helper()
	text := strings.TrimPrefix(string(sharedFile(t, "geo/ostn15-testvectors/"+name)), "\ufeff")
	var out [][]string
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
		if i == 0 || strings.TrimSpace(line) == "" {
			continue
		}
		out = append(out, strings.Split(line, sep))
	}
	if len(out) == 0 {
		t.Fatalf("%s holds no points", name)
	}
	return out
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestBritishGridWithinFiveMetresOfOSTN15(t *testing.T) {
	answers := map[string][]string{}
	for _, r := range records(t, "OSTN15_OSGM15_TestOutput_ETRStoOSGB.txt", ",") {
		answers[r[0]] = r
	}
	var worst, sum float64
	var n int
	for _, r := range records(t, "OSTN15_OSGM15_TestInput_ETRStoOSGB.txt", ",") {
		a, ok := answers[r[0]]
		if !ok {
			t.Fatalf("%s has no answer", r[0])
		}
		if a[1] == "" || number(t, a[1]) == 0 {
			continue // outside the transformation
		}
		want := geo.Grid{E: number(t, a[1]), N: number(t, a[2])}
		place := geo.LatLon{Lat: number(t, r[1]), Lon: number(t, r[2])}
		got := geo.ToOSGB(place)
		miss := math.Hypot(got.E-want.E, got.N-want.N)
		if miss > helmertTolerance {
			t.Errorf("%s: %.1f m from Ordnance Survey's answer", r[0], miss)
		}
		back := geo.Distance(geo.FromOSGB(want), place)
		if back > helmertTolerance {
			t.Errorf("%s backwards: %.1f m off", r[0], back)
		}
		worst, sum, n = math.Max(worst, miss), sum+miss, n+1
	}
	t.Logf("%d points, mean %.2f m, worst %.2f m (tolerance %.0f m)", n, sum/float64(n), worst, helmertTolerance)
	if n < 35 {
		t.Errorf("only %d points compared", n)
	}
}

var dms = regexp.MustCompile(`(\d+)° (\d+)' ([\d.]+)" ([NSEW])`)

func fromDMS(t *testing.T, s string) float64 {
	t.Helper()
	m := dms.FindStringSubmatch(s)
	if m == nil {
		t.Fatalf("not degrees: %q", s)
	}
	v := number(t, m[1]) + number(t, m[2])/60 + number(t, m[3])/3600
	if m[4] == "S" || m[4] == "W" {
		return -v
	}
	return v
}

func TestIrishGridWithinFiveMetres(t *testing.T) {
	answers := map[string][]string{}
	for _, r := range records(t, "OSGM15_NI_TestOutput_ETRS89toIG.txt", "\t") {
		answers[r[0]] = r
	}
	var worst float64
	for _, r := range records(t, "OSGM15_NI_TestInput_ETRS89toIG.txt", "\t") {
		a := answers[r[0]]
		if a == nil {
			t.Fatalf("%s has no answer", r[0])
		}
		want := geo.Grid{E: number(t, a[1]), N: number(t, a[2])}
		place := geo.LatLon{Lat: fromDMS(t, r[1]), Lon: fromDMS(t, r[2])}
		got := geo.ToIrishGrid(place)
		miss := math.Hypot(got.E-want.E, got.N-want.N)
		worst = math.Max(worst, miss)
		if miss > helmertTolerance {
			t.Errorf("%s: %.1f m off", r[0], miss)
		}
		if back := geo.Distance(geo.FromIrishGrid(want), place); back > helmertTolerance {
			t.Errorf("%s backwards: %.1f m off", r[0], back)
		}
	}
	t.Logf("worst %.2f m", worst)
}

func TestThereAndBackAgain(t *testing.T) {
	for _, p := range []geo.LatLon{{53.4275, -2.3205}, {50.1, -5.3}, {58.6, -3.1}, {60.1, -1.2}, {54.6, -5.9}} {
		if d := geo.Distance(p, geo.FromOSGB(geo.ToOSGB(p))); d > 0.01 {
			t.Errorf("%v comes back %.3f m away", p, d)
		}
		if d := geo.Distance(p, geo.FromIrishGrid(geo.ToIrishGrid(p))); geo.Ireland.Contains(p) && d > 0.01 {
			t.Errorf("%v comes back %.3f m away on the Irish Grid", p, d)
		}
	}
}
