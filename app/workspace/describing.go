package workspace

import (
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
)

// describe says what a reading comes to.
func describe(x *plan) *app.Preview {
	out := &app.Preview{Plan: x, Edited: len(x.reading.Choices.Columns) > 0, Owner: x.reading.Choices.Owner}
	known := intake.Copy(x.against) // and what the files before bring
	for i := range x.reading.Files {
		f := &x.reading.Files[i]
		if f.Err != nil {
			p := app.FilePreview{File: baseName(f.Path), Path: f.Path}
			p.Problem, p.Password = problem(f)
			out.Files = append(out.Files, p)
			continue
		}
		out.Files = append(out.Files, fileOf(x, f, known))
		f.Result.Changes.Apply(known)
	}
	return out
}

// fileOf says what one file comes to.
func fileOf(x *plan, f *intake.File, known *model.Project) app.FilePreview {
	r, c := f.Result, f.Result.Counts
	p := app.FilePreview{File: r.File, Path: f.Path, Rows: c.Rows, New: c.Imported, Changed: c.Updated, Unchanged: c.Unchanged, Merged: c.Merged, Rejected: c.Rejected,
		Located: c.Located, Things: c.Things, Findings: intake.Findings(r)}
	for i := range r.Tables {
		t := &r.Tables[i]
		if t.Passed == "" && p.Kind == "" {
			p.Kind = string(t.Kind)
		}
		p.Tables = append(p.Tables, tableOf(x, t))
	}
	p.Lines = lines(x, r, known)
	p.Ownerless, p.NewOf = ownerless(r), newOf(r)
	return p
}

func tableOf(x *plan, t *importers.TableReport) app.TablePreview {
	p := app.TablePreview{File: t.File, Sheet: t.Sheet, Row: t.Key.Row, Hidden: t.Hidden, Taken: t.Passed == "", Passed: t.Passed, Kind: string(t.Kind), Rows: t.Rows, Sample: t.Preview}
	src := x.reading.Table(t.File, t.Sheet)
	if src != nil && src.Hidden {
		p.Hidden = true
	}
	p.CanTake = p.Taken || t.Mapping != nil || t.Hidden && src != nil && len(src.Rows) > 0
	if p.Sample == nil && src != nil {
		p.Sample = sample(src)
	}
	for _, n := range t.Skipped {
		p.Skipped = append(p.Skipped, words.F("row %d: %s", n.Row, n.Reason))
	}
	if t.Mapping == nil {
		return p
	}
	p.Known = t.Mapping.Name
	if t.Profile != "" {
		p.Saved, p.Known = t.Profile, ""
		for _, k := range x.kept {
			if k.Name == t.Profile {
				p.SavedOn = k.Saved
			}
		}
	}
	for i, c := range t.Mapping.Columns {
		p.Columns = append(p.Columns, columnOf(c, t.Preview, i))
	}
	return p
}

// sample is the first rows of a sheet on which no table was found.
func sample(t *table.Table) [][]string {
	width := min(t.Width(), 20)
	head := make([]string, width)
	for i := range head {
		head[i] = table.ColumnName(i)
	}
	out := [][]string{head}
	for _, r := range t.Rows[:min(8, len(t.Rows))] {
		line := make([]string, width)
		for i := range line {
			line[i] = strings.TrimSpace(r.At(i).Text)
		}
		out = append(out, line)
	}
	return out
}

func columnOf(c mapping.Choice, preview [][]string, at int) app.ColumnPreview {
	p := app.ColumnPreview{Index: c.Index, Letter: c.Letter, Header: c.Column, Role: string(c.Role), Field: string(c.Field), Unit: c.Unit, Assumed: c.Assumed,
		Confidence: c.Confidence, Reason: c.Reason, Units: mapping.UnitsFor(c.Field)}
	if f := mapping.ByID(c.Field); f != nil {
		p.Title = f.Title
	}
	for _, row := range preview[min(1, len(preview)):] {
		if at < len(row) && row[at] != "" && len(p.Samples) < 3 {
			p.Samples = append(p.Samples, row[at])
		}
	}
	return p
}

// Fields are the fields that a column of a table of the kind can be, by title.
func Fields(kind string) []app.FieldChoice {
	var out []app.FieldChoice
	for _, f := range mapping.FieldsOf(mapping.Group(kind)) {
		out = append(out, app.FieldChoice{ID: string(f.ID), Title: f.Title})
	}
	return out
}

// Fields are the fields that a column of a table of the kind can be.
func (w *Workspace) Fields(kind string) []app.FieldChoice { return Fields(kind) }

// SourceRows is a row of a file with two before and two behind it.
func (w *Workspace) SourceRows(v *app.Preview, at app.Cell) *app.SourceRows {
	x, err := planOf(v)
	if err != nil {
		return nil
	}
	t := x.reading.Table(at.File, at.Sheet)
	if t == nil {
		return nil
	}
	const around = 2
	out := &app.SourceRows{Row: -1, Column: -1}
	width := 0
	for i := range t.Rows {
		if n := t.Rows[i].Number; n < at.Row-around || n > at.Row+around {
			continue
		}
		if t.Rows[i].Number == at.Row {
			out.Row = len(out.Numbers)
		}
		out.Numbers = append(out.Numbers, t.Rows[i].Number)
		var line []string
		for _, c := range t.Rows[i].Cells {
			line = append(line, strings.TrimSpace(c.Text))
		}
		width = max(width, len(line))
		out.Cells = append(out.Cells, line)
	}
	if out.Row < 0 {
		return nil
	}
	out.Letters, out.Headers = make([]string, width), make([]string, width)
	for i := range width {
		out.Letters[i] = table.ColumnName(i)
	}
	for _, r := range x.reading.Results() {
		for i := range r.Tables {
			if tr := &r.Tables[i]; tr.File == at.File && tr.Sheet == at.Sheet && tr.Mapping != nil && !tr.Turned {
				for _, c := range tr.Mapping.Columns {
					if c.Index < width && tr.Key.Row < at.Row {
						out.Headers[c.Index] = c.Column
					}
				}
			}
		}
		if c := intake.ColumnIndex(r.Tables, at.File, at.Sheet, at.Column); c >= 0 && c < width {
			out.Column = c
		}
	}
	return out
}

// ownerless counts the things whose owner no row names.
func ownerless(r *importers.Result) int {
	n := 0
	for i := range r.Changes.Assets {
		if r.Changes.Assets[i].Asset.Organisation == importers.NoOwner {
			n++
		}
	}
	for i := range r.Changes.Services {
		if r.Changes.Services[i].Service.Organisation == importers.NoOwner {
			n++
		}
	}
	return n
}

// newOf says what the new things are when a file brings several kinds.
func newOf(r *importers.Result) string {
	assets, services, people, lines := 0, 0, 0, 0
	for i := range r.Changes.Assets {
		if r.Changes.Assets[i].Status == importers.New {
			assets++
		}
	}
	for i := range r.Changes.Services {
		if r.Changes.Services[i].Status == importers.New {
			services++
		}
	}
	for i := range r.Changes.Population {
		if r.Changes.Population[i].Status == importers.New {
			people++
		}
	}
	for i := range r.Changes.Boundaries {
		if r.Changes.Boundaries[i].Status == importers.New {
			lines++
		}
	}
	var parts []string
	for _, k := range []struct {
		n         int
		one, many string
	}{{assets, "asset", "assets"}, {services, words.T("team or service"), words.T("teams and services")}, {people, words.T("small area"), words.T("small areas")}, {lines, "boundary", "boundaries"}, {len(r.Changes.Manual), words.T("cash flow"), words.T("cash flows")}} {
		if k.n > 0 {
			parts = append(parts, format.Count(k.n, k.one, k.many))
		}
	}
	if len(parts) < 2 {
		return ""
	}
	return strings.Join(parts, ", ")
}
