package app

import (
	"context"

	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/model"
)

// Intake is the part of a Workspace that brings spreadsheets in.
type Intake interface {
	// Preview reads files and says what they would change. A file that cannot be
	// read is told in its own place and does not keep the others out.
	Preview(ctx context.Context, paths []string, p *jobs.Progress) (*Preview, error)
	// Revise says what the same files would change after another choice. Files are
	// read again only when the choice needs it.
	Revise(ctx context.Context, v *Preview, c ImportChoice, p *jobs.Progress) (*Preview, error)
	// Commit carries a preview out as one step.
	Commit(ctx context.Context, v *Preview, p *jobs.Progress) error

	// Fields are the fields that a column can be in a table of the kind, by title.
	Fields(kind string) []FieldChoice
	// SourceRows is a row of a file with its neighbours, as it stands there.
	SourceRows(v *Preview, at Cell) *SourceRows
	// Candidates are the buildings that a row of a preview may be about, likeliest
	// first.
	Candidates(v *Preview, at Cell) []Alike
	// SaveFindings writes what is wrong with the files as a spreadsheet for their
	// owner: xlsx or csv by the ending of the path.
	SaveFindings(ctx context.Context, v *Preview, path string) error

	// Layouts are the mappings that the user keeps; nil when there is nowhere to
	// keep them.
	Layouts() Layouts

	// AlikeAssets are the buildings that one may be the same as, likeliest first.
	AlikeAssets(id model.AssetID) []Alike
	// MergedAssets are the buildings that were merged into one and can be taken out
	// of it again.
	MergedAssets(id model.AssetID) []Alike
	// MergeAssets makes one building of two; SplitAsset takes that back.
	MergeAssets(ctx context.Context, keep, gone model.AssetID) error
	SplitAsset(ctx context.Context, kept, gone model.AssetID) error
}

// Layouts keeps what the columns of files mean under names, so that the same
// layout is recognised next time.
type Layouts interface {
	List() ([]Layout, error)
	// Keep saves the mappings of a preview's tables under a name.
	Keep(v *Preview, name string) error
	Rename(from, to string) error
	Forget(name string) error
	// SaveTo writes one to a file to give away; LoadFrom takes such a file in and
	// says under which name.
	SaveTo(name, path string) error
	LoadFrom(path string) (name string, err error)
}

// Layout is one saved mapping.
type Layout struct {
	Name    string
	Saved   string // ISO date; empty when not known
	Columns int
	Kind    string // what its rows are: "assets", "services", …
}

// Preview says what an import would do before it is done.
type Preview struct {
	Files []FilePreview
	// Owner is whose the things are whose rows do not say, as the user said; empty
	// when they did not.
	Owner string
	// Edited says that the user changed what some column means.
	Edited bool
	// Plan is the workspace's own: Commit carries it out.
	Plan any
}

// FilePreview is one file of a Preview. New + Changed + Unchanged + Merged +
// Rejected rows are Rows.
type FilePreview struct {
	File      string // base name
	Path      string
	Kind      string // "assets", "services", "population", … of its first table
	Rows      int
	New       int
	Changed   int // already here, brought up to date
	Unchanged int // already here, and nothing new
	Merged    int // rows that became part of what another row made
	Rejected  int // cannot be used as they stand
	Located   int // things on the map
	Things    int // of how many
	Tables    []TablePreview
	Lines     []ImportLine
	Findings  []model.Finding
	Ownerless int    // things whose owner no row names
	NewOf     string // what the new ones are, when they are of several kinds: "39 assets, 6 teams and services"
	Problem   string // why the file cannot be read at all, as a sentence
	Password  bool   // a password would open it
}

// TablePreview is one table of one sheet.
type TablePreview struct {
	File, Sheet string
	Row         int // of its header, which tells two tables of a sheet apart
	Hidden      bool
	Taken       bool
	Passed      string // why not, when it is not
	Kind        string // what its rows are taken for
	Rows        int
	Known       string // the layout in words: "Transparency Code land and building register"
	Saved       string // the user's own saved layout that knew it
	SavedOn     string // ISO date
	Columns     []ColumnPreview
	Sample      [][]string // header and first rows
	Skipped     []string   // rows that are no data, with the reason
	CanTake     bool       // could be taken if the user says so
}

// ColumnPreview is what one column is taken for.
type ColumnPreview struct {
	Index      int    // of the sheet, from 0
	Letter     string // as a spreadsheet names it
	Header     string
	Samples    []string // some of its values
	Role       string   // "mapped", "extra", "ignored"
	Field      string   // identifier; empty when no field
	Title      string   // of the field, in words
	Unit       string   // stated or chosen
	Assumed    string   // taken because none is stated; "?" when none could be
	Units      []string // that may be chosen; empty when the field is no measure
	Confidence float64  // 0–1
	Reason     string
}

// ImportLine is what would become of one row, or of one thing made from rows.
type ImportLine struct {
	Status string // New, Changed, Unchanged, Merged or Rejected
	Cell
	Name    string
	Note    string // why, in words
	Asset   model.AssetID
	Fields  []FieldLine
	Match   *Alike // the building it was recognised as, or may be
	Kept    bool   // it may be Match, but was kept apart
	Decided bool   // by the user
}

// What would become of a row.
const (
	LineNew       = "new"
	LineChanged   = "changed"
	LineUnchanged = "unchanged"
	LineMerged    = "merged"
	LineRejected  = "rejected"
)

// Cell names a cell, or with no column a row, of a file.
type Cell struct {
	File, Sheet string
	Row         int    // as a spreadsheet numbers it; 0 when there is none
	Column      string // header, or letter where there is no header
}

// FieldLine is one field of a thing that changes.
type FieldLine struct{ Field, Old, New string }

// Alike is a building that another may be, and why.
type Alike struct {
	Asset   model.AssetID
	Name    string
	Where   string // address and owner
	Score   float64
	Reasons []string
}

// SourceRows are rows of a sheet as they stand in the file.
type SourceRows struct {
	Letters []string
	Headers []string
	Numbers []int      // of the rows
	Cells   [][]string // one row each
	Row     int        // index of the row asked for; -1 when it is not there
	Column  int        // index of the cell asked for; -1 when no cell was named
}

// ImportChoice is one thing that the user decided about a preview. Exactly one
// of its parts is set.
type ImportChoice struct {
	Table    *TableChoice
	Column   *ColumnChoice
	Row      *RowChoice
	Password *PasswordChoice
	// Organisation says whose the things are whose rows do not say.
	Organisation *string
	// Layouts says that the saved layouts changed: look again which are met.
	Layouts bool
	// Kept says that what the user changed is saved as a layout, which is used in
	// its place from now on.
	Kept bool
}

// TableChoice takes a table in or leaves it out, or says what its rows are.
type TableChoice struct {
	File, Sheet string
	Row         int
	Take        bool
	Kind        string // empty to leave as it is
	Units       bool   // take the units that were assumed for those meant
}

// ColumnChoice says what a column is.
type ColumnChoice struct {
	File, Sheet string
	Row         int // of the table
	Index       int // of the column
	Role        string
	Field       string
	Unit        string
}

// RowChoice says which building a row is about: Asset, or with Apart one of its
// own; neither takes an earlier choice back.
type RowChoice struct {
	Cell
	Asset model.AssetID
	Apart bool
}

// PasswordChoice opens a file.
type PasswordChoice struct{ Path, Password string }

// FieldChoice is a field that a column can be.
type FieldChoice struct{ ID, Title string }
