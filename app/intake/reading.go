package intake

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Options say how files are read.
type Options struct {
	Kind         mapping.Group
	Sheet        string
	Organisation string
	Mapping      *mapping.Mapping
	Profiles     []*mapping.Mapping
	Password     string // tried on every protected file that has none of its own
	Gazetteer    *geo.Gazetteer
	Limits       table.Limits
	Progress     func(file int, at importers.Progress) // may be nil
}

// Choices are what a user decided about files that were read.
type Choices struct {
	Passwords map[string]string                  // by path
	Leave     map[importers.TableKey]bool        // tables left out
	Show      map[SheetKey]bool                  // hidden sheets taken in
	Columns   map[string]*mapping.Mapping        // by signature of the layout: what the user made of it
	Kinds     map[string]mapping.Group           // by signature: what the rows are
	Owner     string                             // whose things are whose rows do not say
	Same      map[importers.RowKey]model.AssetID // which building a row is about; empty for one of its own
}

// SheetKey names a sheet of a file.
type SheetKey struct{ File, Sheet string }

// Clone is a copy that can be changed.
func (c Choices) Clone() Choices {
	c.Passwords, c.Leave, c.Show = copied(c.Passwords), copied(c.Leave), copied(c.Show)
	c.Columns, c.Kinds, c.Same = copied(c.Columns), copied(c.Kinds), copied(c.Same)
	return c
}

func copied[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	return maps.Clone(m)
}

// File is one file of a Reading.
type File struct {
	Path   string
	Tables []*table.Table
	Err    error             // why it could not be read; then there is no Result
	Result *importers.Result // what it would change
	opened string            // the password it was read with
}

// Reading is some files and what they would change. It is never altered: another choice makes another Reading.
type Reading struct {
	Files   []File
	Choices Choices
}

// Results are those of the files that could be read.
func (r *Reading) Results() []*importers.Result {
	var out []*importers.Result
	for i := range r.Files {
		if r.Files[i].Result != nil {
			out = append(out, r.Files[i].Result)
		}
	}
	return out
}

// Read reads files and works out what they would change in a project, one after the other: each sees what those before it bring.
// The project is not touched. What is wrong with a file is kept with it; only being stopped is an error.
func Read(ctx context.Context, p *model.Project, paths []string, opt Options) (*Reading, error) {
	r := &Reading{Choices: Choices{}.Clone()}
	for _, path := range paths {
		r.Files = append(r.Files, File{Path: path})
	}
	return r, r.work(ctx, p, opt)
}

// Revise works out what the files of a Reading would change after other choices. A file is only opened again when its password
// changed.
func (r *Reading) Revise(ctx context.Context, p *model.Project, c Choices, opt Options) (*Reading, error) {
	out := &Reading{Files: slices.Clone(r.Files), Choices: c}
	for i := range out.Files {
		f := &out.Files[i]
		f.Result = nil
		if f.Err != nil && (!errors.Is(f.Err, importers.ErrPassword) || out.password(f, opt) != f.opened) {
			f.Tables, f.Err = nil, nil
		}
	}
	return out, out.work(ctx, p, opt)
}

func (r *Reading) password(f *File, opt Options) string {
	if s, ok := r.Choices.Passwords[f.Path]; ok {
		return s
	}
	return opt.Password
}

func (r *Reading) work(ctx context.Context, p *model.Project, opt Options) error {
	now := Copy(p)
	for i := range r.Files {
		f := &r.Files[i]
		o := importers.Options{Kind: opt.Kind, Sheet: opt.Sheet, Organisation: opt.Organisation, Mapping: opt.Mapping, Password: r.password(f, opt),
			Profiles: r.profiles(opt), Gazetteer: opt.Gazetteer, Existing: now, Limits: opt.Limits, Leave: r.Choices.Leave, Same: r.Choices.Same}
		if r.Choices.Owner != "" {
			o.Organisation = r.Choices.Owner
		}
		if opt.Progress != nil {
			o.Progress = func(at importers.Progress) { opt.Progress(i, at) }
		}
		if f.Tables == nil && f.Err == nil {
			f.opened = o.Password
			f.Tables, f.Err = importers.Open(ctx, f.Path, o)
		}
		if f.Err == nil {
			f.Result, f.Err = importers.ReadTables(ctx, filepath.Base(f.Path), r.shown(f.Tables), o)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if f.Err == nil && i+1 < len(r.Files) {
			f.Result.Changes.Apply(now) // for the files after it
		}
	}
	return nil
}

// profiles are the user's choices of now, then the saved ones.
func (r *Reading) profiles(opt Options) []*mapping.Mapping {
	var out []*mapping.Mapping
	for _, sig := range slices.Sorted(maps.Keys(r.Choices.Columns)) {
		m := *r.Choices.Columns[sig]
		if k, ok := r.Choices.Kinds[sig]; ok {
			m.Kind = k
		}
		m.Signature, m.Name = sig, ""
		out = append(out, &m)
	}
	return append(out, opt.Profiles...)
}

// shown makes the hidden sheets that the user takes in visible, in copies.
func (r *Reading) shown(tables []*table.Table) []*table.Table {
	out := slices.Clone(tables)
	for i, t := range out {
		if t.Hidden && r.Choices.Show[SheetKey{t.File, t.Sheet}] {
			c := *t
			c.Hidden = false
			out[i] = &c
		}
	}
	return out
}

// Copy is a project whose lists can be added to and replaced in without touching the first.
func Copy(p *model.Project) *model.Project {
	c := *p
	c.Organisations, c.Assets, c.Services, c.Occupations = slices.Clone(p.Organisations), slices.Clone(p.Assets), slices.Clone(p.Services), slices.Clone(p.Occupations)
	c.Population, c.Boundaries = slices.Clone(p.Population), slices.Clone(p.Boundaries)
	return &c
}

// Table finds a table of the files as it was read.
func (r *Reading) Table(file, sheet string) *table.Table {
	for i := range r.Files {
		for _, t := range r.Files[i].Tables {
			if t.File == file && t.Sheet == sheet {
				return t
			}
		}
	}
	return nil
}

// Report finds what was made of a table.
func (r *Reading) Report(key importers.TableKey) *importers.TableReport {
	for _, res := range r.Results() {
		for i := range res.Tables {
			if res.Tables[i].Key == key {
				return &res.Tables[i]
			}
		}
	}
	return nil
}

// Mappings are those of every table that was taken, each layout once.
func (r *Reading) Mappings() []*mapping.Mapping {
	var out []*mapping.Mapping
	have := map[string]bool{}
	for _, res := range r.Results() {
		for _, m := range res.Mappings() {
			if !have[m.Signature] {
				have[m.Signature] = true
				out = append(out, m)
			}
		}
	}
	return out
}

// SetColumn is the choices with a column of a table taken for something else, and the header of the column that had to give the
// field up for it.
func (r *Reading) SetColumn(key importers.TableKey, index int, role mapping.Role, field mapping.FieldID, unit string) (Choices, string, error) {
	rep := r.Report(key)
	if rep == nil || rep.Mapping == nil {
		return r.Choices, "", model.Invalid("table", words.F("there is no table at row %d of %s", key.Row, key.File))
	}
	m, gave, err := rep.Mapping.With(index, role, field, unit)
	if err != nil {
		return r.Choices, "", err
	}
	m.Kind = rep.Kind
	if m.Kind == mapping.Anything {
		m.Kind = mapping.Assets
	}
	c := r.Choices.Clone()
	c.Columns[m.Signature] = m
	return c, gave, nil
}

// SetKind is the choices with the rows of a table taken for another kind of thing. What its columns mean is suggested anew.
func (r *Reading) SetKind(key importers.TableKey, kind mapping.Group) (Choices, error) {
	rep := r.Report(key)
	if rep == nil || rep.Mapping == nil {
		return r.Choices, model.Invalid("table", words.F("there is no table at row %d of %s", key.Row, key.File))
	}
	m := importers.Suggest(r.Table(key.File, key.Sheet), key, kind)
	if m == nil {
		m = rep.Mapping
	}
	c := r.Choices.Clone()
	sig := rep.Mapping.Signature
	c.Columns[sig], c.Kinds[sig] = m, kind
	delete(c.Leave, key)
	return c, nil
}

// ConfirmUnits is the choices with the units that were assumed in a table taken for those meant.
func (r *Reading) ConfirmUnits(key importers.TableKey) (Choices, error) {
	rep := r.Report(key)
	if rep == nil || rep.Mapping == nil {
		return r.Choices, model.Invalid("table", words.F("there is no table at row %d of %s", key.Row, key.File))
	}
	m := rep.Mapping.Confirmed()
	m.Kind = rep.Kind
	c := r.Choices.Clone()
	c.Columns[m.Signature] = m
	return c, nil
}
