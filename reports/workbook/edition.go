package workbook

import (
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// edition returns the comparison that the reader may see. For a public book it
// is the comparison without exempt streams: every total in the book is made
// from what is left, so that nothing in it tells of what is not, not even by
// subtraction. How many streams were left out is said; what they come to is not.
func (b *builder) edition(c *appraisal.Comparison) *appraisal.Comparison {
	if b.opt.Edition != Public {
		return c
	}
	secret := map[string]bool{}
	if c.Book != nil {
		for _, a := range c.Book.All() {
			if a.Exempt {
				secret[a.Key] = true
			}
		}
	}
	out := *c
	out.Options = make([]appraisal.Result, len(c.Options))
	for i, r := range c.Options {
		n := r.Flows.Years
		plan := &action.Plan{Conflicts: r.Plan.Conflicts, Moves: r.Plan.Moves, Closures: r.Plan.Closures, Shapes: r.Plan.Shapes}
		flows := make([][]float64, 0, len(r.Plan.Streams))
		for k := range r.Plan.Streams {
			if st := &r.Plan.Streams[k]; !sensitive(st, secret) {
				plan.Streams = append(plan.Streams, *st)
				flows = append(flows, r.Flows.Row(k))
			}
		}
		b.left = append(b.left, len(r.Plan.Streams)-len(plan.Streams))
		// A matrix is made by expansion alone; the rows are put into one of the
		// right size.
		m, err := ledger.Expand(make([]ledger.Stream, len(plan.Streams)), &ledger.Context{BaseYear: r.Flows.BaseYear, Years: n})
		if err != nil {
			panic("expanding empty streams: " + err.Error())
		}
		for k, row := range flows {
			copy(m.Row(k), row)
		}
		out.Options[i] = appraisal.Result{Scenario: r.Scenario, Plan: plan, Flows: m}
	}
	return &out
}

// sensitive reports a stream that a public book leaves out: one marked exempt,
// or one whose amount would tell of an exempt assumption.
func sensitive(s *ledger.Stream, secret map[string]bool) bool {
	if s.Exempt {
		return true
	}
	for _, t := range s.Rates {
		if secret[t.Key] {
			return true
		}
	}
	return secret[s.Uplift.Key] || secret[s.Growth.Key]
}
