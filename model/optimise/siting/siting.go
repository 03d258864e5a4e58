// Package siting answers where to put hubs: p-median, maximal coverage, set
// cover and p-centre, with required and excluded sites and, where wanted,
// capacities.
//
// It knows distances, weights and sites; it does not know what a site is, where
// distances came from, or what day it is. Answers carry a proven bound.
//
// p-median and maximal coverage are solved by a Lagrangian bound with
// reduced-cost fixing and branch and bound (median.go), set cover by the same
// on coverage (cover.go), p-centre by a search over radii with set cover as the
// test (centre.go), and problems with capacities by package optimise
// (capacity.go).
package siting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"github.com/planting-the-flag/flagstone/model/optimise"
)

// Objectives.
const (
	PMedian = "p-median"
	MCLP    = "mclp"
	LSCP    = "lscp"
	PCentre = "p-center"
)

// ErrProblem marks every error about the content of a problem.
var ErrProblem = errors.New("siting problem not usable")

// maxPairs limits the distance table.
const maxPairs = 50_000_000

// Problem is a siting problem.
type Problem struct {
	Objective  string   `json:"objective"`
	Candidates []string `json:"candidates"`
	Demands    []Demand `json:"demands"`
	// Distance has one row for each demand: metres to each candidate; NaN (null
	// in JSON) means it cannot be reached.
	Distance [][]float64 `json:"-"`
	P        int         `json:"p,omitempty"`
	// Radius is in metres.
	Radius   float64  `json:"radius,omitempty"`
	Required []string `json:"required,omitempty"`
	Excluded []string `json:"excluded,omitempty"`
	// Capacity, when given, limits the total size each candidate can serve;
	// every demand is then served by one site.
	Capacity []float64 `json:"capacity,omitempty"`
}

// Demand is one point to be served.
type Demand struct {
	ID     string  `json:"id"`
	Weight float64 `json:"weight"`
	// Size counts against capacities; Weight when zero.
	Size float64 `json:"size,omitempty"`
}

// Result is the answer.
type Result struct {
	Status    string  `json:"status"`
	Objective float64 `json:"objective"`
	// Bound is proven: no choice does better.
	Bound float64  `json:"bound"`
	Gap   float64  `json:"gap"`
	Open  []string `json:"open"`
	// Assignment is the open site that serves each demand; demands out of reach
	// are missing.
	Assignment map[string]string `json:"assignment"`
	// Uncoverable are demands no allowed candidate can reach.
	Uncoverable []string `json:"uncoverable,omitempty"`
	// Ties are other choices exactly as good. TiesComplete says that these are
	// all there are.
	Ties         [][]string `json:"ties,omitempty"`
	TiesComplete bool       `json:"ties_complete"`
	Work         int64      `json:"work"`
	Wall         float64    `json:"wall_s,omitempty"`
}

// Options says when to stop; see optimise.Options.
type Options struct {
	Time      time.Duration
	Clock     func() time.Duration
	WorkLimit int64
	Seed      uint64
}

// UnmarshalJSON reads null distances as out of reach.
func (p *Problem) UnmarshalJSON(raw []byte) error {
	type plain Problem
	var v struct {
		*plain
		Distance [][]*float64 `json:"distance"`
	}
	v.plain = (*plain)(p)
	if err := json.Unmarshal(raw, &v); err != nil {
		return err
	}
	p.Distance = make([][]float64, len(v.Distance))
	for d, row := range v.Distance {
		p.Distance[d] = make([]float64, len(row))
		for c, x := range row {
			p.Distance[d][c] = math.NaN()
			if x != nil {
				p.Distance[d][c] = *x
			}
		}
	}
	return nil
}

// Read reads and validates a problem. Weights left out count as 1.
func Read(r io.Reader) (*Problem, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read siting problem: %w", err)
	}
	p := &Problem{}
	if err := json.Unmarshal(raw, p); err != nil {
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) {
			return nil, wrong(kind.Field, "a JSON %s where %s is wanted", kind.Value, kind.Type)
		}
		return nil, fmt.Errorf("%w: malformed JSON: %w", ErrProblem, err)
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p, nil
}

// UnmarshalJSON gives a demand the weight 1 when it has none.
func (d *Demand) UnmarshalJSON(raw []byte) error {
	type plain Demand
	d.Weight = 1
	return json.Unmarshal(raw, (*plain)(d))
}

func wrong(field, format string, args ...any) error {
	return fmt.Errorf("%w: %s: %s", ErrProblem, field, fmt.Sprintf(format, args...))
}

// Validate reports the first thing wrong, naming the field.
func (p *Problem) Validate() error {
	if !slices.Contains([]string{PMedian, MCLP, LSCP, PCentre}, p.Objective) {
		return wrong("objective", "%q is not p-median, mclp, lscp or p-center", p.Objective)
	}
	if len(p.Candidates) == 0 {
		return wrong("candidates", "there are none")
	}
	if len(p.Demands) == 0 {
		return wrong("demands", "there are none")
	}
	if n := len(p.Demands) * len(p.Candidates); n > maxPairs {
		return wrong("distance", "%d pairs; at most %d are accepted", n, maxPairs)
	}
	index := map[string]int{}
	for i, id := range p.Candidates {
		if j, ok := index[id]; ok {
			return wrong(fmt.Sprintf("candidates[%d]", i), "%q is already candidates[%d]", id, j)
		}
		index[id] = i
	}
	if err := p.validateDemands(); err != nil {
		return err
	}
	for _, id := range p.Required {
		if _, ok := index[id]; !ok {
			return wrong("required", "%q is not a candidate", id)
		}
		if slices.Contains(p.Excluded, id) {
			return wrong("required", "%q is also excluded", id)
		}
	}
	for _, id := range p.Excluded {
		if _, ok := index[id]; !ok {
			return wrong("excluded", "%q is not a candidate", id)
		}
	}
	required, allowed := p.sites()
	if len(allowed) == 0 {
		return wrong("excluded", "every candidate is excluded")
	}
	if p.Objective != LSCP && (p.P < max(1, len(required)) || p.P > len(allowed)) {
		return wrong("p", "%d is not between %d and %d", p.P, max(1, len(required)), len(allowed))
	}
	if (p.Objective == LSCP || p.Objective == MCLP) && !(p.Radius >= 0 && p.Radius <= 1e9) {
		return wrong("radius", "%v is not a distance", p.Radius)
	}
	if p.Capacity != nil && len(p.Capacity) != len(p.Candidates) {
		return wrong("capacity", "%d entries for %d candidates", len(p.Capacity), len(p.Candidates))
	}
	for c, v := range p.Capacity {
		if !(v >= 0 && v <= 1e9) {
			return wrong(fmt.Sprintf("capacity[%d]", c), "%v is not a capacity", v)
		}
	}
	return nil
}

func (p *Problem) validateDemands() error {
	seen := map[string]int{}
	if len(p.Distance) != len(p.Demands) {
		return wrong("distance", "%d rows for %d demands", len(p.Distance), len(p.Demands))
	}
	for d, dem := range p.Demands {
		at := fmt.Sprintf("demands[%d]", d)
		if j, ok := seen[dem.ID]; ok {
			return wrong(at+".id", "%q is already demands[%d]", dem.ID, j)
		}
		seen[dem.ID] = d
		if !(dem.Weight >= 0 && dem.Weight <= 1e7) {
			return wrong(at+".weight", "%v is not between 0 and 10000000", dem.Weight)
		}
		if !(dem.Size >= 0 && dem.Size <= 1e9) {
			return wrong(at+".size", "%v is not a size", dem.Size)
		}
		if len(p.Distance[d]) != len(p.Candidates) {
			return wrong(fmt.Sprintf("distance[%d]", d), "%d entries for %d candidates", len(p.Distance[d]), len(p.Candidates))
		}
		for c, v := range p.Distance[d] {
			if !math.IsNaN(v) && !(v >= 0 && v <= 1e8) {
				return wrong(fmt.Sprintf("distance[%d][%d]", d, c), "%v is not a distance", v)
			}
		}
	}
	return nil
}

// sites lists the indexes of the required and of all allowed candidates.
func (p *Problem) sites() (required, allowed []int) {
	for c, id := range p.Candidates {
		if slices.Contains(p.Excluded, id) {
			continue
		}
		allowed = append(allowed, c)
		if slices.Contains(p.Required, id) {
			required = append(required, c)
		}
	}
	return required, allowed
}

// Solve finds the best sites and proves it, as far as time or work allow.
func Solve(ctx context.Context, p *Problem, opt Options) (*Result, error) {
	if opt.Time <= 0 && opt.WorkLimit <= 0 {
		return nil, fmt.Errorf("%w: give a time or a work limit above zero", optimise.ErrOptions)
	}
	if opt.Time > 0 && opt.Clock == nil {
		return nil, fmt.Errorf("%w: a time limit needs a clock", optimise.ErrOptions)
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	r := &run{ctx: ctx, p: p, opt: opt, res: &Result{Assignment: map[string]string{}}}
	r.required, r.allowed = p.sites()
	r.uncoverable()
	var err error
	switch {
	case len(r.coverable) == 0:
		r.res.Status = optimise.StatusInfeasible
	case p.Capacity != nil:
		err = r.capacitated()
	case p.Objective == PMedian:
		r.median()
	case p.Objective == MCLP:
		r.coverage()
	case p.Objective == LSCP:
		r.setCover()
	default:
		r.centre()
	}
	if err != nil {
		return nil, err
	}
	r.assign()
	r.res.Work = r.work
	if opt.Clock != nil {
		r.res.Wall = opt.Clock().Seconds()
	}
	return r.res, nil
}

// run is one solution under way.
type run struct {
	ctx       context.Context
	p         *Problem
	opt       Options
	res       *Result
	work      int64
	required  []int
	allowed   []int
	coverable []int // demands some allowed candidate can serve
}

// over says that time or work is used up.
func (r *run) over() bool {
	return r.ctx.Err() != nil || r.opt.Time > 0 && r.opt.Clock() >= r.opt.Time ||
		r.opt.WorkLimit > 0 && r.work >= r.opt.WorkLimit
}

// reach is the distance within which a candidate can serve at all.
func (r *run) reach() float64 {
	if r.p.Objective == LSCP || r.p.Objective == MCLP {
		return r.p.Radius
	}
	return math.Inf(1)
}

func (r *run) uncoverable() {
	for d := range r.p.Demands {
		ok := false
		for _, c := range r.allowed {
			ok = ok || r.p.Distance[d][c] <= r.reach()
		}
		if ok {
			r.coverable = append(r.coverable, d)
		} else {
			r.res.Uncoverable = append(r.res.Uncoverable, r.p.Demands[d].ID)
		}
	}
}

// open writes the chosen sites.
func (r *run) open(sites []int) { r.res.Open = r.names(sites) }

func (r *run) names(sites []int) []string {
	sites = slices.Sorted(slices.Values(sites))
	out := []string{}
	for _, c := range sites {
		out = append(out, r.p.Candidates[c])
	}
	return out
}

// assign sends every demand to its nearest open site within reach, unless a
// capacitated solution has done so already.
func (r *run) assign() {
	if len(r.res.Assignment) > 0 {
		return
	}
	at := map[string]int{}
	for c, id := range r.p.Candidates {
		at[id] = c
	}
	for d := range r.p.Demands {
		best, near := "", math.Inf(1)
		for _, id := range r.res.Open {
			if v := r.p.Distance[d][at[id]]; v <= r.reach() && v < near {
				best, near = id, v
			}
		}
		if best != "" {
			r.res.Assignment[r.p.Demands[d].ID] = best
		}
	}
}

// settle writes status and gap from a cost to be made small and its bound.
func (r *run) settle(cost, bound int64, scale, offset, sign float64) {
	bound = min(bound, cost)
	r.res.Objective = offset + sign*float64(cost)/scale
	r.res.Bound = offset + sign*float64(bound)/scale
	r.res.Gap = math.Abs(r.res.Objective-r.res.Bound) / max(math.Abs(r.res.Objective), 1e-9)
	r.res.Status = optimise.StatusFeasible
	if cost == bound || r.res.Gap <= optimise.ProvenGap {
		r.res.Status = optimise.StatusOptimal
	}
}
