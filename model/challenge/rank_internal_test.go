package challenge

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
)

func many(n int) *model.Project {
	r := rand.New(rand.NewPCG(3, 5))
	uses := []model.Use{model.UseOffice, model.UseLibrary, model.UseCare}
	f := func(most int) model.Figure { // few different values, so that there are ties; some not known
		if r.IntN(7) == 0 {
			return model.Figure{}
		}
		return model.Figure{Value: float64(r.IntN(most)), Grade: model.Stated}
	}
	p := &model.Project{}
	for i := range n {
		id := model.AssetID(fmt.Sprintf("a%d", i))
		p.Assets = append(p.Assets, model.Asset{ID: id, Use: uses[min(r.IntN(20), 2)], FloorArea: model.Figure{Value: float64(1 + r.IntN(4)), Grade: model.Stated},
			Backlog: f(9), Value: f(9), Energy: model.FiguresOf(map[model.Fuel]model.Figure{model.Gas: f(9)})})
		p.Occupations = append(p.Occupations, model.Occupation{Asset: id, Service: "s", Area: f(2)})
	}
	return p
}

// TestRankCountsPeers counts, for every building, the peers it beats and ties
// with, one by one.
func TestRankCountsPeers(t *testing.T) {
	p := many(60)
	scores := Run(p, Options{MinPeers: 5, Draws: 1})
	use := map[model.AssetID]model.Use{}
	for i := range p.Assets {
		use[p.Assets[i].ID] = p.Assets[i].Use
	}
	alone := 0
	for _, s := range scores {
		for k, x := range s.Terms {
			if !x.Known {
				continue
			}
			count := func(all bool) (n int, points float64) {
				for _, o := range scores {
					y := o.Terms[k]
					if !y.Known || !all && use[o.Asset] != use[s.Asset] {
						continue
					}
					n++
					switch d := direction(x.Criterion) * (x.Raw - y.Raw); {
					case d > 0:
						points++
					case d == 0:
						points += 0.5
					}
				}
				return n, points
			}
			n, points := count(false)
			if n < 5 {
				alone++
				n, points = count(true)
			}
			if x.Peers != n || x.Score != points/float64(n) {
				t.Errorf("%s %s: score %v of %d peers, counted %v of %d", s.Asset, x.Criterion, x.Score, x.Peers, points/float64(n), n)
			}
		}
	}
	if alone == 0 {
		t.Error("no building had too few peers of its own use")
	}
}

func BenchmarkRun(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		p := many(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Run(p, Options{Seed: 1})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/building")
		})
	}
}
