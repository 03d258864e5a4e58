package rationalise_test

import (
	"context"
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/access"
	"github.com/planting-the-flag/flagstone/model/geo"
	"github.com/planting-the-flag/flagstone/model/optimise/siting"
	"github.com/planting-the-flag/flagstone/model/rationalise"
)

// TestHubsAgainstEveryPair tries every choice of one and of two hubs by hand.
func TestHubsAgainstEveryPair(t *testing.T) {
	p := estate(10)
	for i := range 40 {
		p.Population = append(p.Population, model.PopulationPoint{Code: string(rune('A' + i)), People: 100 + 7*float64(i%11),
			Location: model.LatLon{Lat: 53.39 + 0.03*float64(i%7)/7, Lon: -2.31 + 0.03*float64(i%9)/9}, Placed: model.PlaceGeometry})
	}
	got, err := rationalise.Hubs(context.Background(), p, rationalise.HubSpec{Minutes: 12, Most: 2, Target: 1}, siting.Options{WorkLimit: 1 << 24})
	if err != nil {
		t.Fatal(err)
	}
	near := func(a *model.Asset, q *model.PopulationPoint) bool {
		return access.Walk.Minutes(geo.Distance(geo.LatLon(a.Location), geo.LatLon(q.Location))) <= 12
	}
	best := [3]float64{}
	for i := range p.Assets {
		for j := i; j < len(p.Assets); j++ {
			reached := 0.0
			for k := range p.Population {
				if near(&p.Assets[i], &p.Population[k]) || near(&p.Assets[j], &p.Population[k]) {
					reached += p.Population[k].People
				}
			}
			n := 2
			if i == j {
				n = 1
			}
			best[n] = math.Max(best[n], reached)
		}
	}
	if len(got) != 2 || got[0].People != best[1] || got[1].People != best[2] || !got[1].Proven {
		t.Errorf("one hub %.0f, two %.0f by hand; got %+v", best[1], best[2], got)
	}
	if best[2] <= best[1] || best[1] == 0 {
		t.Error("the second hub reaches nobody: the test proves nothing")
	}
}
