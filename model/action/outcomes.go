package action

import "github.com/planting-the-flag/flagstone/model"

// Kinds of what a plan comes to besides money, carbon and space.
const (
	Homes        = "homes"
	Jobs         = "jobs"
	GreenSpace   = "green space"
	SpaceFreed   = "floor area freed by sharing desks"
	Undervalue   = "value passed on below the market price"
	CarbonSpared = "embodied carbon spared by converting instead of rebuilding"
	Consent      = "chance of consent"
)

// Outcome is something that a plan brings about and that is counted, not priced.
type Outcome struct {
	Action   model.ActionID
	Asset    model.AssetID
	Phase    string // of a phased development
	Kind     string
	Quantity float64
	Unit     string
	Year     int // financial year from which it is there
	Note     string
	Grade    model.Grade
	Source   string
	Exempt   bool // commercially sensitive: absent from public editions
}

func (b *builder) count(o Outcome) {
	if o.Quantity == 0 || o.Year >= b.after {
		return
	}
	if o.Grade == model.NotKnown {
		o.Grade = model.Estimated
	}
	b.plan.Outcomes = append(b.plan.Outcomes, o)
}

// Count adds up the outcomes of one kind that are there by a year.
func (pl *Plan) Count(kind string, year int) float64 {
	total := 0.0
	for i := range pl.Outcomes {
		if o := &pl.Outcomes[i]; o.Kind == kind && o.Year <= year {
			total += o.Quantity
		}
	}
	return total
}
