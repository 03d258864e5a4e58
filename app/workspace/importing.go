package workspace

import (
	"context"
	"fmt"
	"slices"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/postcodes"
)

// Preview reads files and says what they would change. A file that cannot be
// read is told in its own place and does not keep the others out.
func (w *Workspace) Preview(ctx context.Context, paths []string, p *jobs.Progress) (*app.Preview, error) {
	gaz, err := postcodes.Gazetteer()
	if err != nil {
		return nil, err
	}
	now := *w.s.Project()
	out := &app.Preview{}
	var results []*importers.Result
	for _, path := range paths {
		opt := importers.Options{Gazetteer: gaz, Existing: &now, Progress: func(at importers.Progress) {
			p.Stage(at.Stage)
			p.SetTotal(at.Of)
			p.Set(at.Rows)
		}}
		r, err := importers.Read(ctx, path, opt)
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			out.Files = append(out.Files, app.FilePreview{File: baseName(path), Problem: session.Sentence(err)})
			continue
		}
		r.Changes.Apply(&now) // the next file sees what this one brings
		results = append(results, r)
		out.Files = append(out.Files, describe(r))
	}
	out.Plan = results
	return out, nil
}

func baseName(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' || path[i] == '\\' {
			return path[i+1:]
		}
	}
	return path
}

// describe says what one file comes to.
func describe(r *importers.Result) app.FilePreview {
	f := app.FilePreview{File: r.File, Rows: r.Counts.Rows, New: r.Counts.Imported, Merged: r.Counts.Updated + r.Counts.Unchanged,
		Duplicates: r.Counts.Merged, Rejected: r.Counts.Rejected, Findings: r.Findings}
	seen := map[string]bool{}
	for _, t := range r.Tables {
		if t.Passed != "" {
			continue
		}
		if f.Kind == "" {
			f.Kind = string(t.Kind)
		}
		if t.Mapping == nil {
			continue
		}
		for field, column := range t.Mapping.ByField() {
			if !seen[column] {
				seen[column] = true
				f.Mapping = append(f.Mapping, app.Mapped{Column: column, Field: field})
			}
		}
		for _, c := range t.Mapping.Columns {
			if c.Role == mapping.Ignored || c.Role == mapping.Extra {
				f.Ignored = append(f.Ignored, c.Column)
			}
		}
	}
	slices.SortFunc(f.Mapping, func(a, b app.Mapped) int {
		switch {
		case a.Column < b.Column:
			return -1
		case a.Column > b.Column:
			return 1
		}
		return 0
	})
	for _, n := range r.Rejected {
		f.Findings = slices.Insert(f.Findings, 0, finding(n))
	}
	return f
}

// Commit carries a preview out as one step.
func (w *Workspace) Commit(ctx context.Context, v *app.Preview, p *jobs.Progress) error {
	results, ok := v.Plan.([]*importers.Result)
	if !ok || len(results) == 0 {
		return fmt.Errorf("nothing to bring in")
	}
	b, err := intake.Command(w.s.Project(), results, "")
	if err != nil {
		return err
	}
	p.Stage("saving")
	return w.do(ctx, b.Name, b.Why, b.Commands...)
}
