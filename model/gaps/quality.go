package gaps

import (
	"github.com/planting-the-flag/flagstone/model"
)

// Quality says how much is known of an asset, or of many, field by field.
type Quality struct {
	Score  float64            `json:"score"`            // 0 to 1: the weighed share of the fields below
	Fields map[string]float64 `json:"fields,omitempty"` // each 0 to 1
}

// worth is what a figure counts towards quality by its grade.
func worth(f model.Figure) float64 {
	switch f.Grade {
	case model.Measured:
		return 1
	case model.Stated:
		return 0.9
	case model.Benchmark:
		return 0.4
	case model.Estimated:
		return 0.3
	case model.Placeholder:
		return 0.1
	}
	return 0
}

// qualityFields are what an appraisal needs to know of a building, with how much each matters. Land has fewer.
var qualityFields = []struct {
	name   string
	weight float64
	land   bool // asked of land too
	known  func(a *model.Asset) float64
}{
	{"name", 1, true, func(a *model.Asset) float64 { return is(a.Name != "") }},
	{"reference or UPRN", 1, true, func(a *model.Asset) float64 { return is(a.Reference != "" || a.UPRN != "") }},
	{"place", 2, true, placeQuality},
	{"use", 1, true, func(a *model.Asset) float64 { return is(a.Use != "" && a.Use != model.UseOther) }},
	{"tenure", 1, true, func(a *model.Asset) float64 { return is(a.Tenure.Kind != model.TenureNK) }},
	{"floor area", 3, false, func(a *model.Asset) float64 { return worth(a.FloorArea) }},
	{"running cost", 2, false, func(a *model.Asset) float64 { return bestOf(a.Costs) }},
	{"energy", 2, false, func(a *model.Asset) float64 { return bestOf(a.Energy) }},
	{"backlog or condition", 2, false, func(a *model.Asset) float64 { return max(worth(a.Backlog), 0.5*is(a.Condition != "")) }},
	{"desks or capacity", 1, false, func(a *model.Asset) float64 { return max(worth(a.Desks), worth(a.Capacity)) }},
	{"value", 1, true, func(a *model.Asset) float64 { return worth(a.Value) }},
}

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func bestOf[K ~string](l model.Figures[K]) float64 {
	best := 0.0
	for i := range l {
		best = max(best, worth(l[i].Figure))
	}
	return best
}

func placeQuality(a *model.Asset) float64 {
	switch a.Placed {
	case model.PlaceStated, model.PlaceGrid, model.PlaceGeometry:
		return 1
	case model.PlaceUnit:
		return 0.9
	case model.PlaceSector:
		return 0.5
	case model.PlaceOutcode:
		return 0.2
	}
	return 0
}

// QualityOf scores one asset.
func QualityOf(a *model.Asset) Quality {
	t := NewTally()
	t.Add(a)
	return t.Quality()
}

// QualityOfAll scores a portfolio: the mean of its assets, and of each field over the assets of which it is asked.
func QualityOfAll(assets []model.Asset) Quality {
	t := NewTally()
	for i := range assets {
		t.Add(&assets[i])
	}
	return t.Quality()
}

// QualityWith scores the portfolio as it would be with some assets changed.
func QualityWith(p *model.Project, changed []model.Asset) Quality {
	by := make(map[model.AssetID]*model.Asset, len(changed))
	for i := range changed {
		by[changed[i].ID] = &changed[i]
	}
	t := NewTally()
	for i := range p.Assets {
		a := &p.Assets[i]
		if b := by[a.ID]; b != nil {
			a = b
		}
		t.Add(a)
	}
	return t.Quality()
}

// QualityOfDecision scores the assets that a scenario decides on: those its actions name, once each, whatever becomes of the
// rest. Assets is how many they are. It tells a reader how well the ground of this very decision is known, which the portfolio's
// score does not.
func QualityOfDecision(p *model.Project, s *model.Scenario) (q Quality, assets int) {
	named := map[model.AssetID]bool{}
	for i := range s.Actions {
		named[s.Actions[i].Asset] = true
		for _, id := range s.Actions[i].From {
			named[id] = true
		}
	}
	t := NewTally()
	for i := range p.Assets {
		if named[p.Assets[i].ID] {
			t.Add(&p.Assets[i])
		}
	}
	return t.Quality(), t.assets
}

// CountFilled is how many figures of the assets this package proposed and somebody accepted, and in how many assets.
func CountFilled(assets []model.Asset) (figures, in int) {
	for i := range assets {
		a, before := &assets[i], figures
		for _, f := range []model.Figure{a.FloorArea, a.Desks, a.Capacity} {
			if Filled(f) {
				figures++
			}
		}
		for _, f := range a.Costs.All() {
			if Filled(f) {
				figures++
			}
		}
		for _, f := range a.Energy.All() {
			if Filled(f) {
				figures++
			}
		}
		if figures > before {
			in++
		}
	}
	return figures, in
}

// Fields are the names of the scored fields, in the order in which they are shown.
func Fields() []string {
	out := make([]string, len(qualityFields))
	for i, f := range qualityFields {
		out[i] = f.name
	}
	return out
}

// Tally adds up the quality of many assets.
type Tally struct {
	score  float64
	assets int
	known  []float64 // by qualityFields
	asked  []float64
}

// NewTally begins an empty one.
func NewTally() *Tally {
	return &Tally{known: make([]float64, len(qualityFields)), asked: make([]float64, len(qualityFields))}
}

// Add counts an asset in.
func (t *Tally) Add(a *model.Asset) {
	var sum, all float64
	for i, f := range qualityFields {
		if !f.land && a.Use != "" && !a.Use.Built() {
			continue
		}
		k := f.known(a)
		t.known[i] += k
		t.asked[i]++
		sum += f.weight * k
		all += f.weight
	}
	t.score += sum / all
	t.assets++
}

// Quality is the mean so far.
func (t *Tally) Quality() Quality {
	out := Quality{Fields: map[string]float64{}}
	if t.assets == 0 {
		return out
	}
	out.Score = t.score / float64(t.assets)
	for i, f := range qualityFields {
		if t.asked[i] > 0 {
			out.Fields[f.name] = t.known[i] / t.asked[i]
		}
	}
	return out
}
