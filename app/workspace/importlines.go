package workspace

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
)

var statusOf = map[importers.Status]string{importers.New: app.LineNew, importers.Updated: app.LineChanged, importers.Unchanged: app.LineUnchanged}

// lines says row by row, or thing by thing, what a file would change.
func lines(x *plan, r *importers.Result, known *model.Project) []app.ImportLine {
	names := map[model.AssetID]*model.Asset{}
	for i := range known.Assets {
		names[known.Assets[i].ID] = &known.Assets[i]
	}
	out := make([]app.ImportLine, 0, r.Counts.Rows)
	for _, n := range r.Rejected {
		out = append(out, app.ImportLine{Status: app.LineRejected, Cell: app.Cell{File: n.File, Sheet: n.Sheet, Row: n.Row, Column: n.Column}, Name: n.Value, Note: n.Reason})
	}
	for _, n := range r.Duplicates {
		l := app.ImportLine{Status: app.LineMerged, Cell: app.Cell{File: n.File, Sheet: n.Sheet, Row: n.Row}, Name: n.Value, Note: n.Reason}
		if n.Into != "" {
			l.Note = words.F("into %s: %s", n.Into, n.Reason)
		}
		_, l.Decided = x.reading.Choices.Same[importers.RowKey{File: n.File, Sheet: n.Sheet, Row: n.Row}]
		out = append(out, l)
	}
	for i := range r.Changes.Assets {
		c := &r.Changes.Assets[i]
		l := app.ImportLine{Status: statusOf[c.Status], Name: c.Asset.Name, Asset: c.Asset.ID, Fields: fieldLines(c.Fields)}
		l.Cell = firstOf(r, c.Table, c.Rows)
		m := c.Match
		if m == nil {
			m, l.Kept = c.Maybe, c.Maybe != nil
		}
		if m != nil {
			l.Match = alike(names[m.Asset], m)
		}
		_, l.Decided = x.reading.Choices.Same[importers.RowKey{File: l.File, Sheet: l.Sheet, Row: l.Row}]
		l.Note = note(&l, c)
		out = append(out, l)
	}
	for i := range r.Changes.Services {
		c := &r.Changes.Services[i]
		l := app.ImportLine{Status: statusOf[c.Status], Cell: firstOf(r, c.Table, c.Rows), Name: c.Service.Name, Fields: fieldLines(c.Fields)}
		l.Note = fieldsNote(l.Fields)
		out = append(out, l)
	}
	for i := range r.Changes.Population {
		c := &r.Changes.Population[i]
		out = append(out, app.ImportLine{Status: statusOf[c.Status], Cell: firstOf(r, c.Table, []int{c.Row}), Name: strings.TrimSpace(c.Point.Code + " " + c.Point.Name), Note: format.Count(int(c.Point.People), "person", "people")})
	}
	for i := range r.Changes.Boundaries {
		c := &r.Changes.Boundaries[i]
		out = append(out, app.ImportLine{Status: statusOf[c.Status], Cell: sheetOf(r, mapping.Boundary), Name: c.Boundary.Name, Note: c.Boundary.Layer + " " + c.Boundary.Code})
	}
	for i := range r.Changes.Manual {
		out = append(out, app.ImportLine{Status: app.LineNew, Cell: sheetOf(r, mapping.Manual), Name: r.Changes.Manual[i].Label})
	}
	return out
}

// sheetOf is where things of some kinds are from that tell no row.
func sheetOf(r *importers.Result, kinds ...mapping.Group) app.Cell {
	for i := range r.Tables {
		if t := &r.Tables[i]; t.Passed == "" && slices.Contains(kinds, t.Kind) {
			return app.Cell{File: t.File, Sheet: t.Sheet}
		}
	}
	return app.Cell{File: r.File}
}

// firstOf is the first of the rows of a table that a thing was made of.
func firstOf(r *importers.Result, table int, rows []int) app.Cell {
	at := app.Cell{File: r.File}
	if table >= 0 && table < len(r.Tables) {
		at.File, at.Sheet = r.Tables[table].File, r.Tables[table].Sheet
	}
	if len(rows) > 0 {
		at.Row = rows[0]
	}
	return at
}

func fieldLines(list []importers.FieldChange) []app.FieldLine {
	if len(list) == 0 {
		return nil
	}
	out := make([]app.FieldLine, len(list))
	for i, f := range list {
		out[i] = app.FieldLine{Field: f.Field, Old: readable(f.Field, f.Old), New: readable(f.Field, f.New)}
	}
	return out
}

// readable writes a figure with its thousands apart; identifiers stay as they are.
func readable(field, s string) string {
	switch field {
	case "uprn", "reference", "name", "address", "postcode", "location", "small area", "landlord", "lease break", "lease expiry", "rent review":
		return s
	}
	number, _, _ := strings.Cut(s, " (") // "1200 (benchmark)"
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || v < 1000 && v > -1000 {
		return s
	}
	decimals := 0
	if _, after, ok := strings.Cut(number, "."); ok {
		decimals = min(2, len(after))
	}
	return format.Number(v, decimals) + strings.TrimPrefix(s, number)
}

func fieldsNote(list []app.FieldLine) string {
	var parts []string
	for i, f := range list {
		if i == 4 {
			parts = append(parts, words.F("and %d more", len(list)-i))
			break
		}
		old := f.Old
		if old == "" {
			old = format.NotKnown()
		}
		parts = append(parts, words.T(f.Field)+" "+old+" → "+f.New)
	}
	return strings.Join(parts, "; ")
}

// note says in a few words what becomes of an asset.
func note(l *app.ImportLine, c *importers.AssetChange) string {
	switch {
	case l.Kept && l.Decided:
		return words.T("kept apart, as you said")
	case l.Kept:
		return words.F("may be %s (%.0f %%); kept apart", l.Match.Name, 100*l.Match.Score)
	case l.Match != nil && !l.Decided && l.Match.Score < 0.97:
		return strings.TrimSuffix(fmt.Sprintf(words.T("taken for %s (%.0f %%); %s"), l.Match.Name, 100*l.Match.Score, fieldsNote(l.Fields)), "; ")
	case l.Status == app.LineChanged:
		return fieldsNote(l.Fields)
	case l.Status == app.LineNew:
		return strings.Trim(c.Asset.Address+", "+c.Asset.Postcode, ", ")
	case l.Match != nil:
		return strings.Join(l.Match.Reasons, ", ")
	}
	return ""
}

func alike(a *model.Asset, m *importers.Match) *app.Alike {
	out := &app.Alike{Asset: m.Asset, Name: string(m.Asset), Score: m.Score, Reasons: m.Reasons}
	if a != nil {
		out.Name, out.Where = a.Name, strings.Trim(a.Address+", "+a.Postcode, ", ")
	}
	return out
}

// mostAlike is how many candidates for a merge are offered.
const mostAlike = 12

func alikes(p *model.Project, a *model.Asset) []app.Alike {
	var out []app.Alike
	for _, m := range importers.Alike(p, a, mostAlike) {
		out = append(out, *alike(p.Asset(m.Asset), &m))
	}
	return out
}

// Candidates are the buildings that are there already, or come in an earlier
// file, that a row may be about.
func (w *Workspace) Candidates(v *app.Preview, at app.Cell) []app.Alike {
	x, err := planOf(v)
	if err != nil {
		return nil
	}
	known := intake.Copy(x.against)
	for _, r := range x.reading.Results() {
		for i := range r.Changes.Assets {
			c := &r.Changes.Assets[i]
			if in := firstOf(r, c.Table, c.Rows); in.File != at.File || in.Sheet != at.Sheet || !slices.Contains(c.Rows, at.Row) {
				continue
			}
			self := c.Asset
			if c.Status != importers.New {
				self.ID = "" // what it was taken for is a candidate too
			}
			return alikes(known, &self)
		}
		r.Changes.Apply(known)
	}
	return nil
}
