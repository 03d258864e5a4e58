package access_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/geo"
)

func scatter(rnd *rand.Rand, n int) []model.LatLon {
	out := make([]model.LatLon, n)
	for i := range out {
		out[i] = model.LatLon{Lat: 53.3 + rnd.Float64()*0.2, Lon: -2.5 + rnd.Float64()*0.3}
	}
	return out
}

// TestNearestAgainstBruteForce counts with no index at all.
func TestNearestAgainstBruteForce(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{1, 2, 7, 50, 600} {
		places, sites := scatter(rnd, 139), scatter(rnd, n)
		places = append(places, model.LatLon{Lat: 51, Lon: 0}, model.LatLon{Lat: 58, Lon: -5}) // far outside the sites
		got, _ := access.Nearest(places, sites)
		for i, p := range places {
			want := math.Inf(1)
			for _, s := range sites {
				want = math.Min(want, geo.Distance(geo.LatLon(p), geo.LatLon(s)))
			}
			// The index works on a flat map, so a near tie may be told apart wrongly:
			// by less than a thousandth of the way.
			if got[i] > want*1.001+0.01 {
				t.Errorf("%d sites, place %d: %.1f m, brute force %.1f m", n, i, got[i], want)
			}
		}
	}
	if m, s := access.Nearest([]model.LatLon{{Lat: 53, Lon: -2}}, nil); !math.IsInf(m[0], 1) || s[0] != -1 {
		t.Error("no site must be infinitely far")
	}
}

// TestWalkMinutes: 1 km in a straight line is 1.3 km on foot, at 4.8 km/h
// 16.25 minutes.
func TestWalkMinutes(t *testing.T) {
	if got := access.Walk.Minutes(1000); math.Abs(got-16.25) > 1e-9 {
		t.Errorf("got %g", got)
	}
	if got := access.Walk.Metres(16.25); math.Abs(got-1000) > 1e-9 {
		t.Errorf("got %g", got)
	}
}

func BenchmarkNearest139x600(b *testing.B) { benchmark(b, 139, 600) }

func BenchmarkNearest35000x5000(b *testing.B) { benchmark(b, 35000, 5000) }

func benchmark(b *testing.B, places, sites int) {
	rnd := rand.New(rand.NewPCG(5, 6))
	p, s := scatter(rnd, places), scatter(rnd, sites)
	for b.Loop() {
		access.Nearest(p, s)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(places), "ns/place")
}
