package intake

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/reports/workbook"
)

// Findings are everything worth saying about a file, worst first: what was found, and every row that could not be used, also
// those beyond the number that is kept with the project.
func Findings(r *importers.Result) []model.Finding {
	type at struct {
		sheet string
		row   int
	}
	said := map[at]bool{}
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Severity == model.Problem && f.Row > 0 {
			said[at{f.Sheet, f.Row}] = true
		}
	}
	var out []model.Finding
	for _, n := range r.Rejected {
		if !said[at{n.Sheet, n.Row}] {
			out = append(out, model.Finding{Severity: model.Problem, File: n.File, Sheet: n.Sheet, Row: n.Row, Column: n.Column, Value: n.Value, Message: n.Reason})
		}
	}
	return append(out, r.Findings...)
}

// ColumnIndex is the 0-based column of a sheet under a header, -1 when there is none. A letter is taken where no header fits.
func ColumnIndex(tables []importers.TableReport, file, sheet, column string) int {
	if column == "" {
		return -1
	}
	for i := range tables {
		t := &tables[i]
		if t.File != file || t.Sheet != sheet || t.Mapping == nil || t.Turned {
			continue
		}
		for _, c := range t.Mapping.Columns {
			if c.Column == column {
				return c.Index
			}
		}
	}
	if _, col, ok := table.ParseAddress(column + "1"); ok && len(column) <= 3 {
		return col
	}
	return -1
}

// SaveFindings writes the findings about the files of a Reading as a spreadsheet for their owner: xlsx, or csv when the name ends in
// that.
func SaveFindings(w io.Writer, path string, r *Reading) error {
	var rows []workbook.FindingRow
	for i := range r.Files {
		f := &r.Files[i]
		if f.Err != nil {
			rows = append(rows, workbook.FindingRow{Finding: model.Finding{Severity: model.Problem, File: filepath.Base(f.Path), Message: f.Err.Error()}})
			continue
		}
		for _, x := range Findings(f.Result) {
			row := workbook.FindingRow{Finding: x}
			if col := ColumnIndex(f.Result.Tables, x.File, x.Sheet, x.Column); col >= 0 && x.Row > 0 {
				row.Cell = table.Address(x.Row, col)
			}
			row.Begins = begins(r.Table(x.File, x.Sheet), x.Row)
			rows = append(rows, row)
		}
	}
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		return csvFindings(w, rows)
	}
	return workbook.WriteFindings(w, rows)
}

// begins is the beginning of a row of a file, by which its owner knows it.
func begins(t *table.Table, row int) string {
	if t == nil || row <= 0 {
		return ""
	}
	i := rowAt(t, row)
	if i < 0 {
		return ""
	}
	var parts []string
	for _, c := range t.Rows[i].Cells {
		if s := strings.Join(strings.Fields(c.Text), " "); s != "" {
			if len(parts) == 4 {
				break
			}
			if r := []rune(s); len(r) > 60 {
				s = string(r[:60]) + "…"
			}
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " | ")
}

// rowAt is the index of a row by its number, -1 when it is not kept.
func rowAt(t *table.Table, row int) int {
	lo, hi := 0, len(t.Rows)
	for lo < hi {
		mid := (lo + hi) / 2
		if t.Rows[mid].Number < row {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(t.Rows) && t.Rows[lo].Number == row {
		return lo
	}
	return -1
}

func csvFindings(w io.Writer, rows []workbook.FindingRow) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil { // by which spreadsheet programs know UTF-8
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	out := [][]string{workbook.FindingHeaders}
	for i := range rows {
		x := &rows[i]
		row := ""
		if x.Row > 0 {
			row = strconv.Itoa(x.Row)
		}
		out = append(out, []string{workbook.SeverityWords(x.Severity), x.File, x.Sheet, row, x.Column, x.Cell, harmless(x.Value), harmless(x.Message), harmless(x.Remedy), harmless(x.Begins), ""})
	}
	if err := c.WriteAll(out); err != nil {
		return fmt.Errorf("writing the findings: %w", err)
	}
	return nil
}

// harmless keeps a spreadsheet program from taking text of a file for a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsAny(s[:1], "=+-@\t\r") {
		return "'" + s
	}
	return s
}
