package intake

import (
	"context"
	"fmt"
	"io"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/outcome"
	"github.com/planting-the-flag/flagstone/model/store"
	"github.com/planting-the-flag/flagstone/reports/workbook"
)

// Returned is a workbook that came back, held against the project.
type Returned struct {
	Changes *workbook.ChangeSet
	Against string // the version it was compared with, in words
	base    *appraisal.Comparison
}

// ReadReturned reads a workbook that finance changed. When the version it was
// made from is the project of today or one of its frozen decisions, changes made
// on both sides since then show as conflicts; otherwise the book is compared
// with the project of today alone.
func ReadReturned(ctx context.Context, p *model.Project, r io.ReaderAt, size int64) (*Returned, error) {
	v, err := workbook.ReadVersion(r, size)
	if err != nil {
		return nil, err
	}
	ours, err := outcome.Evaluate(p, appraisal.Options{Baseline: v.Baseline})
	if err != nil {
		return nil, err
	}
	out := &Returned{base: ours, Against: words.T("the project as it is today")}
	today, err := store.Frozen(p)
	if err != nil {
		return nil, err
	}
	var base *appraisal.Comparison
	if v.Hash != store.HashOf(today) {
		out.Against += words.T(", because the version the book was made from is not kept in it")
		for i := range p.Decisions {
			d := &p.Decisions[i]
			if d.Hash != v.Hash {
				continue
			}
			old, err := store.Thaw(d)
			if err != nil {
				return nil, fmt.Errorf("reading decision %d: %w", d.Number, err)
			}
			if base, err = outcome.Evaluate(old, appraisal.Options{Baseline: v.Baseline}); err != nil {
				return nil, fmt.Errorf("appraising decision %d: %w", d.Number, err)
			}
			out.base, out.Against = base, words.F("decision %d, %q, which it was made from", d.Number, d.Name)
		}
	}
	if out.Changes, err = workbook.Diff(ctx, r, size, base, ours); err != nil {
		return nil, err
	}
	return out, nil
}

// AcceptReturned carries out the changes that yes accepts as one step. What a
// project cannot hold comes back with the reason.
func AcceptReturned(p *model.Project, r *Returned, name string, yes func(*workbook.Change) bool) (store.Batch, []workbook.Change, error) {
	acc, err := r.Changes.Accept(r.base, func(c *workbook.Change) bool { return c.Acceptable() && yes(c) })
	if err != nil {
		return store.Batch{}, nil, err
	}
	b := store.Batch{Name: words.F("changes from %s", name)}
	for _, a := range acc.Assumptions {
		b.Commands = append(b.Commands, store.PutAssumption{Assumption: a})
	}
	for i := range p.Scenarios {
		s := p.Scenarios[i]
		if rows := acc.Manual[s.ID]; len(rows) > 0 {
			s.Manual = append(append([]model.ManualStream(nil), s.Manual...), rows...)
			b.Commands = append(b.Commands, store.PutScenario{Scenario: s})
		}
	}
	return b, acc.Refused, nil
}
