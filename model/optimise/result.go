package optimise

import (
	"errors"
	"math"
	"time"

	"github.com/planting-the-flag/flagstone/model/optimise/highs"
)

// ErrOptions marks a wrong use of Solve.
var ErrOptions = errors.New("options not usable")

// ErrNoPlan says that no plan was found that keeps the limits other than the one
// to be traded.
var ErrNoPlan = errors.New("no plan that keeps the other limits was found")

// Statuses of a result.
const (
	// StatusOptimal: the gap is at most ProvenGap.
	StatusOptimal = "optimal"
	// StatusFeasible: the plan keeps every limit; Gap says how far it may be
	// from the best.
	StatusFeasible = "feasible"
	// StatusInfeasible: no plan that keeps every limit is known, and the plan
	// given is the nearest found. ProvenInfeasible says whether none exists.
	StatusInfeasible = "infeasible"
)

// ProvenGap is the greatest gap called proven optimal: 0.01 %.
const ProvenGap = 0.0001

// Options says how to solve. Either Time with Clock or WorkLimit must be given.
type Options struct {
	// Time stops the run when Clock has passed it.
	Time time.Duration
	// Clock returns the time since the run began. It is only used to stop and
	// to report, never to decide what to do next, and is called from more than
	// one goroutine.
	Clock func() time.Duration
	// WorkLimit stops the run after this much work (see Result.Work).
	WorkLimit int64
	Seed      uint64
	// Progress is called on the goroutine of Solve after each step of work.
	Progress func(Progress)
	// Start is a plan to start from, for example that of a similar problem.
	Start *Plan
	// HiGHS helps with the bound where it is given; nil does without. It is
	// loaded when it is first wanted.
	HiGHS *highs.Loader
}

// Progress is how far a run has come.
type Progress struct {
	Stage string
	// HasPlan says whether Incumbent and Gap mean anything yet.
	HasPlan   bool
	Incumbent float64 // £ thousand
	Bound     float64 // £ thousand
	Gap       float64 // share of the incumbent
	Work      int64
	Elapsed   time.Duration
}

// Result is the answer to a problem. Money is in £ thousand.
type Result struct {
	Status string `json:"status"`
	// Objective is the cost of the plan; Bound is proven: no plan that keeps
	// every limit costs less. Gap is their difference as a share of Objective.
	Objective float64 `json:"objective"`
	Bound     float64 `json:"bound"`
	Gap       float64 `json:"gap"`
	Plan
	// Wall is the elapsed time by the caller's clock, in seconds; without a
	// clock there is none, and the same run twice gives the same JSON.
	Wall float64 `json:"wall_s,omitempty"`
	// Work is the work done up to the last finished step. A run with it as
	// WorkLimit, and the same seed, ends with the same plan.
	Work int64  `json:"work"`
	Seed uint64 `json:"seed"`
	// Violations is what the plan breaks; empty unless Status is infeasible.
	Violations []Violation `json:"violations"`
	// ProvenInfeasible says that no plan can keep every limit.
	ProvenInfeasible bool `json:"proven_infeasible,omitempty"`
	// RelaxFirst says which limit to relax first, when nothing is feasible.
	RelaxFirst string `json:"relax_first,omitempty"`
	// Relax is the same limit as a violation.
	Relax *Violation `json:"-"`
	// ShadowPrices are indicative until proven by a re-solve.
	ShadowPrices []ShadowPrice `json:"shadow_prices_indicative,omitempty"`
	// prices at the best bound: one per service, then rows, then access
	services, rows []float64
}

// ShadowPrice is what one more unit of a limit would save, as far as the prices
// of the bound tell. Decisions are whole, so it is an indication only.
type ShadowPrice struct {
	Kind string `json:"kind"`
	What string `json:"what"`
	// Price is in £ thousand per Unit.
	Price float64 `json:"price"`
	Unit  string  `json:"unit"`
}

func gapOf(cost, bound float64) float64 {
	if cost <= bound {
		return 0
	}
	return (cost - bound) / math.Max(abs(cost), 1e-9)
}

// planOf names the buildings, actions and services of a found plan.
func (c *core) planOf(p *Problem, f *found) Plan {
	plan := Plan{Actions: make(map[string]string, c.nB), Assignment: make(map[string]string, c.nS)}
	for i, a := range f.act {
		plan.Actions[p.Buildings[c.bldOrig[i]].ID] = p.Actions[c.bldOrig[i]][c.actName[a]].Name
	}
	for s, k := range f.arc {
		if k >= 0 {
			plan.Assignment[p.Services[c.svcOrig[s]].ID] = p.Buildings[c.bldOrig[c.arcBld[k]]].ID
		}
	}
	return plan
}

// foundOf is the reverse; nil when the plan does not fit the problem.
func (c *core) foundOf(p *Problem, plan *Plan) *found {
	f := &found{act: make([]int32, c.nB), arc: make([]int32, c.nS)}
	index := make(map[string]int32, c.nB)
	for i := range c.nB {
		id := p.Buildings[i].ID
		index[id] = int32(i)
		k := p.actionIndex(i, plan.Actions[id])
		if k < 0 {
			return nil
		}
		f.act[i] = c.actStart[i] + int32(k)
	}
	for s := range c.nS {
		i, ok := index[plan.Assignment[p.Services[s].ID]]
		f.arc[s] = -1
		for _, k := range c.arcsOf(s) {
			if ok && c.arcBld[k] == i && c.arcMask[k]&(1<<(f.act[i]-c.actStart[i])) != 0 {
				f.arc[s] = k
			}
		}
		if f.arc[s] < 0 {
			return nil
		}
	}
	return f
}

// shadow lists the prices of the limits that bind.
func (c *core) shadow(lam []float64) []ShadowPrice {
	var out []ShadowPrice
	for r, info := range c.rows {
		if lam[r] <= 0 {
			continue
		}
		unit := map[string]string{KindBudget: "£ thousand of budget", KindCarbon: "t", KindRule: "counted action"}[info.kind]
		out = append(out, ShadowPrice{Kind: info.kind, What: info.what, Price: lam[r] * float64(info.scale) / moneyScale, Unit: unit})
	}
	if c.hasAccess && lam[c.nR] > 0 {
		out = append(out, ShadowPrice{Kind: KindAccess, What: "all services", Price: lam[c.nR] * accessScale * 1000 / moneyScale, Unit: "person-km"})
	}
	return out
}
