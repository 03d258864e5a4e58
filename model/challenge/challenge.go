// Package challenge asks of every building: how good is it, and how much is it
// needed? Each answer is a weighted mean of terms measured against the
// building's peers; the two together put it in one of four quadrants. How often
// the quadrant survives other weightings is its rank stability.
//
// It knows the estate as it is today. It refuses to know what to do about it:
// a quadrant is a question for the scenario work, not a decision.
package challenge

import (
	"math"
	"math/rand/v2"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
)

// Criterion is one thing that a building is judged on.
type Criterion string

// The criteria. The first five say how good the building is, the others how
// much it is needed.
const (
	Condition   Criterion = "condition"
	Cost        Criterion = "cost"
	Energy      Criterion = "energy"
	Suitability Criterion = "suitability" // judged by people, never computed
	Value       Criterion = "value"
	Utilisation Criterion = "utilisation"
	Access      Criterion = "access"
	Sufficiency Criterion = "sufficiency"
)

// Fitness and Need list the criteria of each axis in order.
var (
	Fitness = []Criterion{Condition, Cost, Energy, Suitability, Value}
	Need    = []Criterion{Utilisation, Access, Sufficiency}
)

// Quadrant is where a building falls.
type Quadrant string

// The four quadrants. Unknown means that too little is on record to say.
const (
	RetainIt  Quadrant = "retain"    // good and needed
	InvestIn  Quadrant = "invest"    // poor and needed
	Repurpose Quadrant = "repurpose" // good and not needed as it is used now
	Release   Quadrant = "release"   // poor and not needed
	Unknown   Quadrant = "not known"
)

// Term is one criterion of one building, opened.
type Term struct {
	Criterion Criterion
	Raw       float64 // the measure, in Unit
	Unit      string
	Score     float64 // 0 worst of its peers, 1 best
	Peers     int     // how many buildings it was ranked against, itself included
	Weight    float64
	Judged    bool // a person's judgement, not a computed figure
	Grade     model.Grade
	Known     bool
}

// Score is one building, challenged.
type Score struct {
	Asset       model.AssetID
	Terms       []Term
	Fitness     float64 // 0–1
	Need        float64 // 0–1
	Quadrant    Quadrant
	Stability   float64 // share of weightings under which it keeps its quadrant, 0–1
	ByJudgement bool    // stability is low: decide by judgement
}

// Options are the weights and judgements. The zero value weighs every criterion
// alike.
type Options struct {
	Weights  map[Criterion]float64
	Judged   map[model.AssetID]map[Criterion]float64 // 0–1
	Reach    map[model.AssetID]float64               // people within reach of the building, where access was measured
	Draws    int                                     // weightings drawn for the stability; 0 means 500
	Seed     uint64
	Without  []Criterion // left out altogether: unknown for every building
	MinPeers int         // fewer peers of the same use than this, and all buildings are the peers; 0 means 5
}

// StableFrom is the stability below which the answer is "decide by judgement".
const StableFrom = 0.7

// Run scores every building with a known floor area.
func Run(p *model.Project, opt Options) []Score {
	if opt.Draws <= 0 {
		opt.Draws = 500
	}
	if opt.MinPeers <= 0 {
		opt.MinPeers = 5
	}
	used := occupied(p)
	var subjects []*model.Asset
	for i := range p.Assets {
		a := &p.Assets[i]
		if a.FloorArea.Known() && a.FloorArea.Value > 0 && a.Use.Built() {
			subjects = append(subjects, a)
		}
	}
	out := make([]Score, len(subjects))
	raw := make([][]Term, len(subjects))
	for i, a := range subjects {
		raw[i] = measure(a, used[a.ID], opt)
		for k := range raw[i] {
			for _, c := range opt.Without {
				raw[i][k].Known = raw[i][k].Known && raw[i][k].Criterion != c
			}
		}
	}
	ranked := rankings(subjects, raw)
	for i, a := range subjects {
		out[i] = Score{Asset: a.ID, Terms: raw[i]}
		for k := range out[i].Terms {
			rank(&out[i].Terms[k], ranked[k].of(a.Use, opt.MinPeers))
		}
	}
	draws := weightings(opt)
	for i := range out {
		settle(&out[i], opt.Weights, draws)
	}
	return out
}

// occupied is the floor area that services take in each building.
func occupied(p *model.Project) map[model.AssetID]float64 {
	out := map[model.AssetID]float64{}
	for _, o := range p.Occupations {
		out[o.Asset] += o.Area.Value
	}
	return out
}

// measure works out the terms of one building in a fixed order.
func measure(a *model.Asset, used float64, opt Options) []Term {
	area := a.FloorArea.Value
	per := func(c Criterion, f model.Figure, unit string) Term {
		t := Term{Criterion: c, Unit: unit, Grade: f.Grade, Known: f.Known()}
		if t.Known {
			t.Raw = f.Value / area
		}
		return t
	}
	cost := model.Figure{}
	for _, c := range model.Costs {
		if f := a.Costs.Get(c); f.Known() {
			cost.Value += f.Value
			if !cost.Known() {
				cost.Grade = f.Grade
			}
			cost.Grade = model.Weakest(cost.Grade, f.Grade)
		}
	}
	energy := model.Figure{}
	for _, f := range model.Fuels {
		if e := a.Energy.Get(f); e.Known() {
			energy.Value += e.Value
			if !energy.Known() {
				energy.Grade = e.Grade
			}
			energy.Grade = model.Weakest(energy.Grade, e.Grade)
		}
	}
	terms := []Term{
		per(Condition, a.Backlog, "£ backlog/m²"),
		per(Cost, cost, "£/m²/year"),
		per(Energy, energy, "kWh/m²/year"),
		judged(Suitability, a.ID, opt),
		per(Value, a.Value, "£/m²"),
		utilisation(a, used),
	}
	reach := Term{Criterion: Access, Unit: "people within reach", Grade: model.Estimated}
	reach.Raw, reach.Known = opt.Reach[a.ID], opt.Reach != nil && a.Located()
	return append(terms, reach, judged(Sufficiency, a.ID, opt))
}

// utilisation is the share of the floor area in use: what the owner says is not used where it says so, else what the services that
// are recorded take. A building in which no service is recorded is not thereby empty: somebody has to say that it is.
func utilisation(a *model.Asset, used float64) Term {
	area := a.FloorArea.Value
	t := Term{Criterion: Utilisation, Unit: "share of floor area in use", Grade: model.Estimated, Raw: math.Min(1, used/area), Known: used > 0 || a.SaidEmpty()}
	if f := a.Unused; f.Known() && !a.SaidEmpty() {
		t.Raw, t.Grade, t.Known = math.Max(0, 1-f.Value/area), f.Grade, true
	}
	return t
}

func judged(c Criterion, id model.AssetID, opt Options) Term {
	t := Term{Criterion: c, Unit: "judgement, 0 to 1", Judged: true, Grade: model.Stated}
	t.Raw, t.Known = opt.Judged[id][c]
	t.Score = math.Min(1, math.Max(0, t.Raw))
	return t
}

// direction is the direction of a criterion: +1 when more is better.
func direction(c Criterion) float64 {
	switch c {
	case Condition, Cost, Energy:
		return -1
	}
	return 1
}

// weighting is a weight for each criterion, in the order of the terms.
type weighting [8]float64

// weightings draws weights uniformly over all that add up to one on each axis
// (exponentials divided by their sum are uniform on the simplex).
func weightings(opt Options) []weighting {
	rnd := rand.New(rand.NewPCG(opt.Seed, 0x9e3779b97f4a7c15))
	out := make([]weighting, opt.Draws)
	for d := range out {
		for k := range out[d] {
			out[d][k] = rnd.ExpFloat64()
		}
	}
	return out
}

func settle(s *Score, weights map[Criterion]float64, draws []weighting) {
	var w weighting
	for k := range s.Terms {
		w[k] = 1
		if v, ok := weights[s.Terms[k].Criterion]; ok {
			w[k] = math.Max(0, v)
		}
		s.Terms[k].Weight = w[k]
	}
	var okF, okN bool
	s.Fitness, okF = mean(s.Terms, 0, len(Fitness), &w)
	s.Need, okN = mean(s.Terms, len(Fitness), len(s.Terms), &w)
	if !okF || !okN {
		s.Quadrant, s.ByJudgement = Unknown, true
		return
	}
	s.Quadrant = quadrant(s.Fitness, s.Need)
	same := 0
	for i := range draws {
		f, _ := mean(s.Terms, 0, len(Fitness), &draws[i])
		n, _ := mean(s.Terms, len(Fitness), len(s.Terms), &draws[i])
		if quadrant(f, n) == s.Quadrant {
			same++
		}
	}
	s.Stability = float64(same) / float64(len(draws))
	s.ByJudgement = s.Stability < StableFrom
}

// mean is the weighted mean over the terms of an axis, from up to but without
// to, that are known.
func mean(terms []Term, from, to int, w *weighting) (float64, bool) {
	sum, weight := 0.0, 0.0
	for k := from; k < to; k++ {
		if t := &terms[k]; t.Known {
			sum += w[k] * t.Score
			weight += w[k]
		}
	}
	if weight == 0 {
		return 0, false
	}
	return sum / weight, true
}

func quadrant(fitness, need float64) Quadrant {
	switch {
	case fitness >= 0.5 && need >= 0.5:
		return RetainIt
	case need >= 0.5:
		return InvestIn
	case fitness >= 0.5:
		return Repurpose
	}
	return Release
}

// ByRelease orders scores with the strongest case for letting go first.
func ByRelease(scores []Score) []Score {
	out := append([]Score(nil), scores...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Fitness+out[i].Need < out[j].Fitness+out[j].Need })
	return out
}
