package importers

import (
	"encoding/json"
	"sort"

	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/gaps"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Options say how to read a file.
type Options struct {
	Kind         mapping.Group // what the tables are; empty to find out
	Sheet        string        // the sheet wanted; empty for all
	Password     string        // opens protected workbooks; empty when none is known
	Organisation string        // whose things these are, where the table does not say
	Mapping      *mapping.Mapping
	Profiles     []*mapping.Mapping       // saved mappings, used where the layout is the same
	Gazetteer    *geo.Gazetteer           // places postcodes; may be nil
	Existing     *model.Project           // what is there already; may be nil
	Leave        map[TableKey]bool        // tables that the user leaves out
	Same         map[RowKey]model.AssetID // what the user said a row is about; empty for a building of its own
	Limits       table.Limits
	Progress     func(Progress) // may be nil
}

// Progress is how far the work is.
type Progress struct {
	Stage string // "reading", "placing", "matching"
	Rows  int
	Of    int // 0 when not known
}

// Result is what reading a file comes to: what would change, and everything worth saying about it. Nothing has been stored.
type Result struct {
	File     string
	Format   table.Format
	Counts   Counts
	Tables   []TableReport
	Changes  ChangeSet
	Findings []model.Finding
	Quality  gaps.Quality // of the assets as they would be
	// Duplicates and Rejected list the rows that became part of another thing, or of none, each with the reason.
	Duplicates []RowNote
	Rejected   []RowNote
}

// Counts account for every row of the tables that were taken: Rows = Imported + Updated + Unchanged + Merged + Rejected.
type Counts struct {
	Rows      int `json:"rows_read"`
	Imported  int `json:"imported"`  // rows that made something new
	Updated   int `json:"updated"`   // rows that changed something that was there
	Unchanged int `json:"unchanged"` // rows that say what was known
	Merged    int `json:"merged"`    // rows that added to what another row of this file made
	Rejected  int `json:"rejected_rows"`
	Located   int `json:"located"` // assets and population points on the map, of those imported, updated or unchanged
	Things    int `json:"things"`  // of how many
	// By says how the located ones came to be on the map: coordinates, grid reference, geometry, postcode, postcode sector or district.
	By map[model.PlaceMethod]int `json:"located_by"`
}

// Adds says whether the counts add up.
func (c Counts) Adds() bool {
	return c.Rows == c.Imported+c.Updated+c.Unchanged+c.Merged+c.Rejected
}

// LocatedShare is the share of things on the map, 0 when there are none.
func (c Counts) LocatedShare() float64 {
	if c.Things == 0 {
		return 0
	}
	return float64(c.Located) / float64(c.Things)
}

// RowNote says what became of a row and why.
type RowNote struct {
	File   string `json:"file"`
	Sheet  string `json:"sheet"`
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
	Into   string `json:"into,omitempty"` // name of the thing that a duplicate became part of
}

// TableReport says what was made of one table.
type TableReport struct {
	File    string
	Sheet   string
	Hidden  bool
	Kind    mapping.Group
	Rows    int
	Passed  string // why it was passed over; empty when it was taken
	Profile string // name of the saved mapping that knew the layout
	Key     TableKey
	Turned  bool // one measure a row; a building became one row with a column for each
	Mapping *mapping.Mapping
	Skipped []RowNote // rows that are not data: titles, totals, notes
	Preview [][]string
}

// Mappings are those of the tables that were taken, each layout once: what a user saves to have the same layout read the same way
// next time.
func (r *Result) Mappings() []*mapping.Mapping {
	var out []*mapping.Mapping
	have := map[string]bool{}
	for _, t := range r.Tables {
		if t.Passed != "" || t.Mapping == nil || have[t.Mapping.Signature] {
			continue
		}
		have[t.Mapping.Signature] = true
		m := *t.Mapping
		m.Kind = t.Kind
		out = append(out, &m)
	}
	return out
}

// MarshalJSON writes the report of the import contract.
func (r *Result) MarshalJSON() ([]byte, error) {
	type finding struct {
		Severity model.Severity `json:"severity"`
		File     string         `json:"file"`
		Sheet    string         `json:"sheet"`
		Row      int            `json:"row"`
		Column   string         `json:"column"`
		Value    string         `json:"value"`
		Message  string         `json:"message"`
		Remedy   string         `json:"remedy"`
		Asset    model.AssetID  `json:"asset,omitempty"`
	}
	type tableJSON struct {
		File      string           `json:"file"`
		Sheet     string           `json:"sheet"`
		Hidden    bool             `json:"hidden"`
		Kind      mapping.Group    `json:"kind"`
		Rows      int              `json:"rows"`
		Passed    string           `json:"passed_over,omitempty"`
		Columns   []mapping.Choice `json:"columns,omitempty"`
		Skipped   []RowNote        `json:"skipped_rows,omitempty"`
		HeaderRow int              `json:"header_row,omitempty"`
		Layout    string           `json:"layout,omitempty"`
		Profile   string           `json:"profile,omitempty"`
	}
	out := struct {
		File    string       `json:"file"`
		Format  table.Format `json:"format"`
		Kind    string       `json:"kind"`
		Counts  `json:",inline"`
		Located float64           `json:"located_share"`
		Quality gaps.Quality      `json:"quality"`
		Dups    []RowNote         `json:"duplicates"`
		Reject  []RowNote         `json:"rejected"`
		Mapping map[string]string `json:"mapping"`
		Ignored []string          `json:"ignored_columns"`
		Extra   []string          `json:"extra_columns"`
		Find    []finding         `json:"findings"`
		Tables  []tableJSON       `json:"tables"`
	}{
		File: r.File, Format: r.Format, Counts: r.Counts, Located: r.Counts.LocatedShare(), Quality: r.Quality,
		Dups: orEmpty(r.Duplicates), Reject: orEmpty(r.Rejected), Mapping: map[string]string{}, Ignored: []string{}, Extra: []string{}, Find: []finding{}, Tables: []tableJSON{},
	}
	for _, f := range r.Findings {
		out.Find = append(out.Find, finding(f))
	}
	for _, t := range r.Tables {
		j := tableJSON{File: t.File, Sheet: t.Sheet, Hidden: t.Hidden, Kind: t.Kind, Rows: t.Rows, Passed: t.Passed, Skipped: t.Skipped, Profile: t.Profile}
		if m := t.Mapping; m != nil {
			j.Columns, j.HeaderRow, j.Layout = m.Columns, m.HeaderRow, m.Name
			for f, col := range m.ByField() {
				if _, ok := out.Mapping[f]; !ok && t.Passed == "" {
					out.Mapping[f] = col
				}
			}
			for _, c := range m.Columns {
				if t.Passed != "" {
					continue
				}
				switch c.Role {
				case mapping.Ignored:
					out.Ignored = append(out.Ignored, c.Column)
				case mapping.Extra:
					out.Extra = append(out.Extra, c.Column)
				}
			}
		}
		if t.Passed == "" && out.Kind == "" {
			out.Kind = string(t.Kind)
		}
		out.Tables = append(out.Tables, j)
	}
	return json.Marshal(out)
}

func orEmpty(n []RowNote) []RowNote {
	if n == nil {
		return []RowNote{}
	}
	return n
}

// sortFindings puts problems first, then in order of place.
func sortFindings(f []model.Finding) {
	rank := map[model.Severity]int{model.Problem: 0, model.Warning: 1, model.Note: 2}
	sort.SliceStable(f, func(i, j int) bool {
		if rank[f[i].Severity] != rank[f[j].Severity] {
			return rank[f[i].Severity] < rank[f[j].Severity]
		}
		if f[i].Sheet != f[j].Sheet {
			return f[i].Sheet < f[j].Sheet
		}
		return f[i].Row < f[j].Row
	})
}
