package challenge_test

import (
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/challenge"
)

func f(v float64) model.Figure { return model.Figure{Value: v, Grade: model.Stated} }

func estate() *model.Project {
	p := &model.Project{}
	for i := range 10 {
		id := model.AssetID(rune('a' + i))
		v := float64(i + 1)
		p.Assets = append(p.Assets, model.Asset{ID: id, Name: string(id), Use: model.UseOffice, FloorArea: f(100), Backlog: f(100 * v),
			Costs: model.FiguresOf(map[model.Cost]model.Figure{model.CostMaintenance: f(1000 * v)}), Energy: model.FiguresOf(map[model.Fuel]model.Figure{model.Gas: f(5000 * v)}), Value: f(1000 * (11 - v))})
		p.Occupations = append(p.Occupations, model.Occupation{Asset: id, Service: "s", Area: f(100 - 9*v)})
	}
	return p
}

// TestBestAndWorst: a is best on everything and j worst, so no weighting can
// move either: worked by hand, a beats nine peers and ties with itself, 9.5 of 10.
func TestBestAndWorst(t *testing.T) {
	s := challenge.Run(estate(), challenge.Options{Seed: 1})
	a, j := s[0], s[9]
	if a.Quadrant != challenge.RetainIt || a.Stability != 1 || math.Abs(a.Fitness-0.95) > 1e-12 || math.Abs(a.Need-0.95) > 1e-12 {
		t.Errorf("a: %+v", a)
	}
	if j.Quadrant != challenge.Release || j.Stability != 1 || math.Abs(j.Fitness-0.05) > 1e-12 {
		t.Errorf("j: %+v", j)
	}
	for _, x := range a.Terms {
		if x.Criterion == challenge.Suitability && x.Known {
			t.Error("suitability is a judgement and nobody gave one")
		}
	}
}

// TestTornBuilding is best on three terms and worst on one: its quadrant hangs
// on the weights, so it is said to be a matter of judgement.
func TestTornBuilding(t *testing.T) {
	p := estate()
	p.Assets[0].Backlog = f(1e6)
	p.Assets[0].Value = f(1)
	s := challenge.Run(p, challenge.Options{Seed: 1})[0]
	if s.Stability > 0.9 || s.Stability < 0.1 {
		t.Errorf("stability %g of a building that is best and worst at once", s.Stability)
	}
	heavy := challenge.Run(p, challenge.Options{Seed: 1, Weights: map[challenge.Criterion]float64{challenge.Condition: 100}})[0]
	if heavy.Quadrant != challenge.InvestIn {
		t.Errorf("with condition above all it is %s", heavy.Quadrant)
	}
}

func TestNothingKnown(t *testing.T) {
	p := &model.Project{Assets: []model.Asset{{ID: "x", Use: model.UseOffice, FloorArea: f(10)}}}
	if s := challenge.Run(p, challenge.Options{}); s[0].Quadrant != challenge.Unknown {
		t.Errorf("got %s", s[0].Quadrant)
	}
}

// What an owner says of empty floor area counts before the teams that happen to be on record, nought included; a building of which
// neither is known stays unknown.
func TestSaidUnused(t *testing.T) {
	p := estate()
	p.Assets[0].Unused = f(0)
	p.Assets[1].Unused = f(75)
	p.Assets[2].Unused = f(500) // more than there is
	p.Occupations = p.Occupations[:5]
	use := map[model.AssetID]challenge.Term{}
	for _, s := range challenge.Run(p, challenge.Options{Seed: 1}) {
		for _, x := range s.Terms {
			if x.Criterion == challenge.Utilisation {
				use[s.Asset] = x
			}
		}
	}
	for id, want := range map[model.AssetID]float64{"a": 1, "b": 0.25, "c": 0, "d": 0.64} {
		if x := use[id]; !x.Known || math.Abs(x.Raw-want) > 1e-12 {
			t.Errorf("%s: %+v, want %g", id, x, want)
		}
	}
	if use["a"].Grade != model.Stated || use["d"].Grade != model.Estimated {
		t.Errorf("graded %s and %s", use["a"].Grade, use["d"].Grade)
	}
	if use["j"].Known {
		t.Error("nothing is known of the use of j")
	}
}
