package importers

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
)

// Read reads a file and works out what it would change.
func Read(ctx context.Context, path string, opt Options) (*Result, error) {
	tables, err := Open(ctx, path, opt)
	if err != nil {
		return nil, err
	}
	return ReadTables(ctx, filepath.Base(path), tables, opt)
}

func (o Options) tell(stage string, rows, of int) {
	if o.Progress != nil {
		o.Progress(Progress{stage, rows, of})
	}
}

// ReadTables works out what tables that are already read would change.
func ReadTables(ctx context.Context, file string, tables []*table.Table, opt Options) (*Result, error) {
	r := &run{ctx: ctx, opt: opt, res: &Result{File: file}}
	r.index()
	if len(tables) > 0 {
		r.res.Format = tables[0].Format
	}
	for _, t := range tables {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.notes(t)
		if err := r.sheet(t); err != nil {
			return nil, err
		}
	}
	r.finish()
	sortFindings(r.res.Findings)
	return r.res, nil
}

// run is one import under way.
type run struct {
	ctx   context.Context
	opt   Options
	res   *Result
	idx   *index
	teams teamIndex      // services of this file so far
	stood int            // figures that stand out
	caps  map[string]int // findings made per kind and column, so that one bad column does not fill the list
}

// notes carries what the reader said into the findings.
func (r *run) notes(t *table.Table) {
	for _, n := range t.Notes {
		sev := model.Note
		if n.Problem {
			sev = model.Problem
		} else if n.Remedy != "" {
			sev = model.Warning
		}
		col := ""
		if n.Column >= 0 {
			col = table.ColumnName(n.Column)
		}
		r.res.Findings = append(r.res.Findings, model.Finding{Severity: sev, File: t.File, Sheet: n.Sheet, Row: n.Row, Column: col, Value: n.Value, Message: n.Message, Remedy: n.Remedy})
	}
}

func (r *run) sheet(t *table.Table) error {
	lay := layout.Options{Known: mapping.Known, Names: mapping.Names}
	if m := r.opt.Mapping; m != nil && m.HeaderRow != 0 {
		lay.HeaderRow = m.HeaderRow
	}
	for _, m := range append([]*mapping.Mapping{r.opt.Mapping}, r.opt.Profiles...) {
		if m == nil {
			continue
		}
		var names []string
		for _, c := range m.Columns {
			if c.Column != "" && !strings.Contains(c.Column, " – ") {
				names = append(names, c.Column)
			}
		}
		if len(names) > 0 {
			lay.Headers = append(lay.Headers, names)
		}
	}
	s := layout.Find(t, lay)
	if t.Hidden && r.opt.Sheet == "" {
		r.pass(t, nil, s, "it is hidden; name it to import it")
		return nil
	}
	if s.Passed != "" {
		r.pass(t, nil, s, s.Passed)
		return nil
	}
	for i := range s.Blocks {
		w := r.long(&s.Blocks[i])
		b := w.block
		d := r.decide(b)
		left := d.passed == "" && r.opt.Leave[keyOf(b)]
		if left {
			d.passed = "you left it out"
		}
		rep := TableReport{Key: keyOf(b), Turned: b.Turned, File: t.File, Sheet: t.Sheet, Hidden: t.Hidden, Kind: d.kind, Rows: len(b.Rows), Passed: d.passed, Profile: d.profile, Mapping: d.mapping, Preview: preview(b)}
		for _, k := range b.Skipped {
			rep.Skipped = append(rep.Skipped, RowNote{File: t.File, Sheet: t.Sheet, Row: k.Row, Reason: k.Reason})
		}
		r.res.Tables = append(r.res.Tables, rep)
		if left {
			continue
		}
		if d.passed != "" {
			r.res.Findings = append(r.res.Findings, model.Finding{Severity: model.Warning, File: t.File, Sheet: t.Sheet, Row: firstRow(b),
				Message: fmt.Sprintf("%s was passed over: %s", describe(t, len(b.Rows)), d.passed), Remedy: d.remedy})
			continue
		}
		if len(b.Header) == 0 {
			r.res.Findings = append(r.res.Findings, model.Finding{Severity: model.Warning, File: t.File, Sheet: t.Sheet, Row: firstRow(b),
				Message: "the table has no header; its columns were told apart by their values", Remedy: "Check the mapping, and add a row of names above the table."})
		}
		for _, missing := range d.missing {
			r.res.Findings = append(r.res.Findings, model.Finding{Severity: model.Warning, File: t.File, Sheet: t.Sheet, Column: missing,
				Message: fmt.Sprintf("the mapping speaks of a column %q that the table does not have", missing), Remedy: "Correct the mapping, or choose the other sheet."})
		}
		r.res.Counts.Rows += len(b.Rows)
		r.turned(w)
		if err := r.build(b, d); err != nil {
			return err
		}
	}
	return nil
}

func firstRow(b *layout.Block) int {
	if len(b.Rows) > 0 {
		return b.Rows[0].Number
	}
	return 0
}

func describe(t *table.Table, rows int) string {
	if t.Sheet != "" {
		return fmt.Sprintf("sheet %s (%d rows)", t.Sheet, rows)
	}
	return fmt.Sprintf("the table (%d rows)", rows)
}

func (r *run) pass(t *table.Table, m *mapping.Mapping, s layout.Sheet, why string) {
	r.res.Tables = append(r.res.Tables, TableReport{File: t.File, Sheet: t.Sheet, Hidden: t.Hidden, Rows: len(t.Rows), Passed: why, Mapping: m})
	if len(t.Rows) == 0 {
		return
	}
	r.res.Findings = append(r.res.Findings, model.Finding{Severity: model.Note, File: t.File, Sheet: t.Sheet,
		Message: fmt.Sprintf("%s was passed over: %s", describe(t, len(t.Rows)), why)})
}

func (r *run) build(b *layout.Block, d decision) error {
	switch d.kind {
	case mapping.Assets:
		return r.assets(b, d.mapping)
	case mapping.Population:
		return r.population(b, d.mapping)
	case mapping.Boundary:
		return r.boundaries(b, d.mapping)
	case mapping.Services, mapping.Occupations:
		return r.services(b, d.mapping)
	case mapping.Energy:
		return r.energy(b, d.mapping)
	case mapping.Manual:
		return r.manual(b, d.mapping)
	}
	return fmt.Errorf("no builder for %q", d.kind)
}

// preview is the header and the first rows, as text.
func preview(b *layout.Block) [][]string {
	var head []string
	for _, c := range b.Columns {
		head = append(head, c.Name)
	}
	out := [][]string{head}
	for _, row := range b.Rows[:min(len(b.Rows), 8)] {
		var line []string
		for _, c := range b.Columns {
			line = append(line, strings.TrimSpace(row.At(c.Index).Text))
		}
		out = append(out, line)
	}
	return out
}

// noteOf is a note about a whole table.
func noteOf(b *layout.Block, message, remedy string) model.Finding {
	return model.Finding{Severity: model.Note, File: b.Table.File, Sheet: b.Table.Sheet, Row: firstRow(b), Message: message, Remedy: remedy}
}

// say adds a finding about a cell, up to a limit for each column and message kind; the rest is counted and said once.
func (r *run) say(sev model.Severity, b *layout.Block, row int, c mapping.Choice, value, message, remedy string, asset model.AssetID) {
	const most = 40
	if r.caps == nil {
		r.caps = map[string]int{}
	}
	key := b.Table.Sheet + "\x00" + c.Column + "\x00" + remedy
	r.caps[key]++
	f := model.Finding{Severity: sev, File: b.Table.File, Sheet: b.Table.Sheet, Row: row, Column: column(c), Value: short(value), Message: message, Remedy: remedy, Asset: asset}
	if r.caps[key] <= most {
		r.res.Findings = append(r.res.Findings, f)
		return
	}
	if r.caps[key] == most+1 {
		f.Message, f.Row, f.Value, f.Asset = "", 0, "", ""
		f.Remedy = remedy
		r.res.Findings = append(r.res.Findings, f)
	}
	for i := len(r.res.Findings) - 1; i >= 0; i-- {
		g := &r.res.Findings[i]
		if g.Row == 0 && g.Sheet == f.Sheet && g.Column == f.Column && g.Remedy == remedy && (g.Message == "" || strings.HasPrefix(g.Message, "and ")) {
			g.Message = fmt.Sprintf("and %d more like the %d shown in this column", r.caps[key]-most, most)
			return
		}
	}
}

func column(c mapping.Choice) string {
	if c.Column == "" {
		return c.Letter
	}
	return c.Column
}

func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}

// reject counts a row that made nothing.
func (r *run) reject(b *layout.Block, row int, c mapping.Choice, value, reason, remedy string) {
	r.res.Counts.Rejected++
	r.res.Rejected = append(r.res.Rejected, RowNote{File: b.Table.File, Sheet: b.Table.Sheet, Row: row, Column: column(c), Value: short(value), Reason: reason})
	r.say(model.Problem, b, row, c, value, reason, remedy, "")
}

// merge counts a row that became part of what another row made.
func (r *run) merge(b *layout.Block, row int, c mapping.Choice, value, reason, into string) {
	r.res.Counts.Merged++
	r.res.Duplicates = append(r.res.Duplicates, RowNote{File: b.Table.File, Sheet: b.Table.Sheet, Row: row, Column: column(c), Value: short(value), Reason: reason, Into: into})
}
