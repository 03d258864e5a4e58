package workspace

import (
	"context"
	"errors"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/postcodes"
	"github.com/planting-the-flag/flagstone/model"
)

// plan is what a preview carries: the files as they were read, and the project that they were held against.
type plan struct {
	reading *intake.Reading
	against *model.Project
	kept    []mapping.Kept
}

// Preview reads files and says what they would change. A file that cannot be
// read is told in its own place and does not keep the others out.
func (w *Workspace) Preview(ctx context.Context, paths []string, p *jobs.Progress) (*app.Preview, error) {
	files := intake.Expand(paths)
	if len(files) == 0 {
		return nil, model.Invalid("folder", words.F("%s holds no spreadsheet, table of text or GeoJSON", baseName(paths[0])))
	}
	return w.look(p, len(files), func(opt intake.Options, against *model.Project) (*intake.Reading, error) {
		return intake.Read(ctx, against, files, opt)
	})
}

// Revise looks at the same files again after another choice.
func (w *Workspace) Revise(ctx context.Context, v *app.Preview, c app.ImportChoice, p *jobs.Progress) (*app.Preview, error) {
	old, err := planOf(v)
	if err != nil {
		return nil, err
	}
	choices, err := choose(old.reading, c)
	if err != nil {
		return nil, err
	}
	return w.look(p, len(old.reading.Files), func(opt intake.Options, against *model.Project) (*intake.Reading, error) {
		return old.reading.Revise(ctx, against, choices, opt)
	})
}

func planOf(v *app.Preview) (*plan, error) {
	if v != nil {
		if p, ok := v.Plan.(*plan); ok {
			return p, nil
		}
	}
	return nil, errors.New(words.T("nothing to bring in"))
}

func (w *Workspace) look(p *jobs.Progress, files int, read func(intake.Options, *model.Project) (*intake.Reading, error)) (*app.Preview, error) {
	gaz, err := postcodes.Gazetteer()
	if err != nil {
		return nil, err
	}
	kept, _ := w.shelf.List() // a layout that cannot be read is told where layouts are managed
	opt := intake.Options{Gazetteer: gaz, Progress: w.progress(p, files)}
	for _, k := range kept {
		opt.Profiles = append(opt.Profiles, k.Mappings...)
	}
	against := w.s.Project()
	r, err := read(opt, against)
	if err != nil {
		return nil, err
	}
	return describe(&plan{r, against, kept}), nil
}

// progress turns what the readers tell into a share of the whole and a rate:
// a file counts 1,000, of which reading is the first half.
func (w *Workspace) progress(p *jobs.Progress, files int) func(int, importers.Progress) {
	const each, half = 1000, 500
	p.SetTotal(files * each)
	var began time.Time
	at, stage := -1, ""
	return func(file int, x importers.Progress) {
		if file != at || x.Stage != stage {
			at, stage, began = file, x.Stage, w.now()
		}
		done := file * each
		switch {
		case x.Stage != "reading" && x.Of > 0:
			done += half + half*x.Rows/x.Of
		case x.Of > 0:
			done += half * x.Rows / x.Of
		}
		p.Set(done)
		said := stage + " " + format.Count(x.Rows, "row", "rows")
		if x.Of > 0 {
			said = format.Counted(x.Of, "%[2]s %[3]s of %[1]s row", "%[2]s %[3]s of %[1]s rows", stage, format.Whole(float64(x.Rows)))
		}
		if files > 1 {
			said = words.F("file %d of %d, %s", file+1, files, said)
		}
		if s := w.now().Sub(began).Seconds(); s > 0.5 && x.Rows > 0 {
			said += words.F(", %s a second", format.Whole(float64(x.Rows)/s))
		}
		p.Stage(said)
	}
}

// choose turns one choice of the window's into those of a reading.
func choose(r *intake.Reading, c app.ImportChoice) (intake.Choices, error) {
	switch {
	case c.Table != nil:
		t := c.Table
		key := importers.TableKey{File: t.File, Sheet: t.Sheet, Row: t.Row}
		if t.Units {
			return r.ConfirmUnits(key)
		}
		if t.Kind != "" {
			return r.SetKind(key, mapping.Group(t.Kind))
		}
		out := r.Choices.Clone()
		sheet := intake.SheetKey{File: t.File, Sheet: t.Sheet}
		delete(out.Leave, key)
		switch {
		case t.Take && t.Row == 0:
			out.Show[sheet] = true // a hidden sheet: its tables are found once it is taken in
		case !t.Take && r.Choices.Show[sheet]:
			delete(out.Show, sheet)
		case !t.Take:
			out.Leave[key] = true
		}
		return out, nil
	case c.Column != nil:
		x := c.Column
		out, _, err := r.SetColumn(importers.TableKey{File: x.File, Sheet: x.Sheet, Row: x.Row}, x.Index, mapping.Role(x.Role), mapping.FieldID(x.Field), x.Unit)
		return out, err
	case c.Row != nil:
		out := r.Choices.Clone()
		key := importers.RowKey{File: c.Row.File, Sheet: c.Row.Sheet, Row: c.Row.Row}
		delete(out.Same, key)
		if c.Row.Asset != "" || c.Row.Apart {
			out.Same[key] = c.Row.Asset
		}
		return out, nil
	case c.Kept:
		out := r.Choices.Clone()
		clear(out.Columns)
		clear(out.Kinds)
		return out, nil
	case c.Organisation != nil:
		out := r.Choices.Clone()
		out.Owner = *c.Organisation
		return out, nil
	case c.Password != nil:
		out := r.Choices.Clone()
		out.Passwords[c.Password.Path] = c.Password.Password
		return out, nil
	}
	return r.Choices, nil
}

// Commit carries a preview out as one step. A project that changed since the
// preview is not imported over blindly: the files are held against it again.
func (w *Workspace) Commit(ctx context.Context, v *app.Preview, p *jobs.Progress) error {
	x, err := planOf(v)
	if err != nil {
		return err
	}
	if w.s.Project() != x.against {
		again, err := w.Revise(ctx, v, app.ImportChoice{}, p)
		if err != nil {
			return err
		}
		if x, err = planOf(again); err != nil {
			return err
		}
	}
	results := x.reading.Results()
	if len(results) == 0 {
		return errors.New(words.T("nothing to bring in"))
	}
	b, err := intake.Command(w.s.Project(), results, "")
	if err != nil {
		return err
	}
	p.Stage(words.T("saving"))
	p.SetTotal(0)
	return w.do(ctx, b.Name, b.Why, b.Commands...)
}

// baseName is the last part of a path of any system.
func baseName(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' || path[i] == '\\' {
			return path[i+1:]
		}
	}
	return path
}

// problem says why a file could not be read.
func problem(f *intake.File) (sentence string, password bool) {
	return session.Sentence(f.Err), errors.Is(f.Err, importers.ErrPassword)
}
