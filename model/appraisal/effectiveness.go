package appraisal

import (
	"fmt"
	"sort"

	"github.com/planting-the-flag/flagstone/model"
)

// Scored is an option with what it costs and how well it does what was asked.
type Scored struct {
	Name  string
	Cost  float64 // £, net present cost
	Score float64 // weighted score
}

// Effectiveness is how an option's score compares with its cost.
type Effectiveness struct {
	Scored
	PerPoint    float64 // £ a point
	Marginal    float64 // £ of extra cost a point of extra score over the cheapest; 0 for the cheapest
	DominatedBy string  // an option that costs no more and scores no less, and is better in one; empty for none
}

// CostEffectiveness sets scores against costs, cheapest first. A dominated
// option has no marginal cost: there is no reason to choose it. Method: Scottish
// option-appraisal guidance, weighted scoring against cost.
func CostEffectiveness(options []Scored) ([]Effectiveness, error) {
	out := make([]Effectiveness, 0, len(options))
	for _, o := range options {
		if !model.Finite(o.Cost) || !model.Finite(o.Score) || o.Score <= 0 {
			return nil, model.Invalid("score", fmt.Sprintf("the option %s costs %g and scores %g; a score must be more than nothing", o.Name, o.Cost, o.Score))
		}
		out = append(out, Effectiveness{Scored: o, PerPoint: o.Cost / o.Score})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Cost < out[j].Cost })
	for i := range out {
		for _, o := range out {
			if o.Cost <= out[i].Cost && o.Score >= out[i].Score && (o.Cost < out[i].Cost || o.Score > out[i].Score) {
				out[i].DominatedBy = o.Name
				break
			}
		}
		if i > 0 && out[i].DominatedBy == "" && out[i].Score > out[0].Score {
			out[i].Marginal = (out[i].Cost - out[0].Cost) / (out[i].Score - out[0].Score)
		}
	}
	return out, nil
}
