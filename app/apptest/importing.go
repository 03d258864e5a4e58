package apptest

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/model"
)

// Preview invents what is in the files. A file called secret.xlsx wants the
// password "open".
func (w *Workspace) Preview(ctx context.Context, paths []string, p *jobs.Progress) (*app.Preview, error) {
	v := &app.Preview{}
	p.SetTotal(100)
	for i := range 100 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		time.Sleep(w.Slow / 100)
		p.Set(i + 1)
	}
	for _, f := range paths {
		if filepath.Base(f) == "secret.xlsx" {
			v.Files = append(v.Files, app.FilePreview{File: "secret.xlsx", Path: f, Problem: "secret.xlsx is protected by a password.", Password: true})
			continue
		}
		v.Files = append(v.Files, filePreview(f))
	}
	return v, nil
}

func filePreview(path string) app.FilePreview {
	name := filepath.Base(path)
	at := app.Cell{File: name}
	f := app.FilePreview{File: name, Path: path, Kind: "assets", Rows: 608, New: 571, Changed: 21, Unchanged: 9, Merged: 1, Rejected: 6, Located: 590, Things: 601,
		Findings: []model.Finding{{Severity: model.Problem, File: name, Row: 14, Column: "PostCode", Value: "M33 ZZZ", Message: "This is not a postcode."}}}
	f.Tables = []app.TablePreview{{File: name, Row: 1, Taken: true, Kind: "assets", Rows: 608, CanTake: true, Columns: []app.ColumnPreview{
		{Index: 0, Letter: "A", Header: "PropertyName", Samples: []string{"Town Hall"}, Role: "mapped", Field: "name", Title: "Name", Confidence: 0.96, Reason: `the header says "property name"`},
		{Index: 1, Letter: "B", Header: "PostCode", Samples: []string{"M33 7ZF"}, Role: "mapped", Field: "postcode", Title: "Postcode", Confidence: 0.98, Reason: `the header says "postcode"`},
		{Index: 2, Letter: "C", Header: "Size", Samples: []string{"1200"}, Role: "mapped", Field: "floor_area", Title: "Floor area", Assumed: "m²", Units: []string{"m²", "sq ft"}, Confidence: 0.6, Reason: `the header says "size"`},
		{Index: 3, Letter: "D", Header: "Officer", Samples: []string{"A. Smith"}, Role: "extra"},
	}, Sample: [][]string{{"PropertyName", "PostCode", "Size", "Officer"}, {"Town Hall", "M33 7ZF", "1200", "A. Smith"}}}}
	add := func(n int, l app.ImportLine) {
		for i := range n {
			l.Cell = at
			l.Row = len(f.Lines) + 2
			f.Lines = append(f.Lines, l)
			_ = i
		}
	}
	add(6, app.ImportLine{Status: app.LineRejected, Name: "", Note: "the row names no building"})
	add(1, app.ImportLine{Status: app.LineMerged, Name: "Town Hall", Note: "every cell is the same as in an earlier row"})
	add(571, app.ImportLine{Status: app.LineNew, Name: "Building"})
	add(21, app.ImportLine{Status: app.LineChanged, Name: "Building 1", Asset: "a1", Fields: []app.FieldLine{{Field: "floor area", Old: "120", New: "140"}},
		Match: &app.Alike{Asset: "a1", Name: "Building 1", Score: 0.97, Reasons: []string{"the same UPRN 100010000000"}}})
	add(9, app.ImportLine{Status: app.LineUnchanged, Name: "Building 2", Asset: "a2"})
	return f
}

// Revise does the choices that can be seen: a column's field, a password, a row
// of its own.
func (w *Workspace) Revise(ctx context.Context, v *app.Preview, c app.ImportChoice, _ *jobs.Progress) (*app.Preview, error) {
	out := *v
	out.Files = slices.Clone(v.Files)
	for i := range out.Files {
		f := &out.Files[i]
		switch {
		case c.Password != nil && c.Password.Path == f.Path && c.Password.Password == "open":
			*f = filePreview(f.Path)
		case c.Column != nil && len(f.Tables) > 0:
			out.Edited = true
			f.Tables = slices.Clone(f.Tables)
			t := &f.Tables[0]
			t.Columns = slices.Clone(t.Columns)
			for k := range t.Columns {
				if x := &t.Columns[k]; x.Index == c.Column.Index {
					x.Role, x.Field, x.Title, x.Unit, x.Reason = c.Column.Role, c.Column.Field, c.Column.Field, c.Column.Unit, "you chose it"
				}
			}
		case c.Row != nil:
			f.Lines = slices.Clone(f.Lines)
			for k := range f.Lines {
				if l := &f.Lines[k]; l.Cell == c.Row.Cell {
					l.Status, l.Decided, l.Kept = app.LineNew, true, c.Row.Apart
					f.New, f.Changed = f.New+1, f.Changed-1
				}
			}
		case c.Table != nil && len(f.Tables) > 0:
			f.Tables = slices.Clone(f.Tables)
			f.Tables[0].Taken = c.Table.Take
		}
	}
	return &out, ctx.Err()
}

// Commit adds one asset for every file.
func (w *Workspace) Commit(_ context.Context, v *app.Preview, _ *jobs.Progress) error {
	return w.change(fmt.Sprintf("import of %s", v.Files[0].File), func(p *model.Project) {
		for _, f := range v.Files {
			p.Assets = append(p.Assets, model.Asset{ID: model.AssetID("from " + f.File), Organisation: "council", Name: "From " + f.File, Use: model.UseOther})
		}
	})
}

// Fields gives a few.
func (w *Workspace) Fields(string) []app.FieldChoice {
	return []app.FieldChoice{{ID: "floor_area", Title: "Floor area"}, {ID: "name", Title: "Name"}, {ID: "postcode", Title: "Postcode"}}
}

// SourceRows invents one row.
func (w *Workspace) SourceRows(_ *app.Preview, at app.Cell) *app.SourceRows {
	return &app.SourceRows{Letters: []string{"A", "B"}, Headers: []string{"PropertyName", "PostCode"}, Numbers: []int{at.Row}, Cells: [][]string{{"Town Hall", "M33 ZZZ"}}, Row: 0, Column: 1}
}

// Candidates gives one building.
func (w *Workspace) Candidates(*app.Preview, app.Cell) []app.Alike {
	return []app.Alike{{Asset: "a3", Name: "Building 3", Score: 0.6, Reasons: []string{"names agree by 60 %"}}}
}

// SaveFindings writes nothing.
func (w *Workspace) SaveFindings(ctx context.Context, _ *app.Preview, _ string) error {
	return ctx.Err()
}

// Layouts are nowhere.
func (w *Workspace) Layouts() app.Layouts { return nil }

// AlikeAssets gives one building.
func (w *Workspace) AlikeAssets(model.AssetID) []app.Alike {
	return []app.Alike{{Asset: "a3", Name: "Building 3", Score: 0.6, Reasons: []string{"names agree by 60 %"}}}
}

// MergedAssets gives none.
func (w *Workspace) MergedAssets(model.AssetID) []app.Alike { return nil }

// MergeAssets takes one away.
func (w *Workspace) MergeAssets(_ context.Context, keep, gone model.AssetID) error {
	return w.change(fmt.Sprintf("merging of %s into %s", gone, keep), func(p *model.Project) {
		p.Assets = slices.DeleteFunc(p.Assets, func(a model.Asset) bool { return a.ID == gone })
	})
}

// SplitAsset does nothing.
func (w *Workspace) SplitAsset(ctx context.Context, _, _ model.AssetID) error { return ctx.Err() }
