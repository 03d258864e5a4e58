// Package xlsx reads Excel workbooks (.xlsx, .xlsm) sheet by sheet.
//
// Every part of the file is unpacked once before excelize sees it (see package packed). Values are read as stored: a date is its
// day number and is marked as a date, a formula gives its saved result, and a formula without one is said. Hidden sheets are read
// and named as hidden.
package xlsx

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/packed"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/xuri/excelize/v2"
)

const (
	partLimit   = 16 << 20  // an XML part larger than this goes to a temporary file inside excelize
	sharedLimit = 512 << 20 // the most of one small part read whole here
)

// Read reads every sheet of a workbook. Only names the sheet wanted; empty means all.
func Read(ctx context.Context, in table.Input, only string) ([]*table.Table, error) {
	z, err := packed.Open(in)
	if err != nil {
		return nil, err
	}
	book, err := directory(z)
	if err != nil {
		return nil, table.Fail(table.ErrDamaged, fmt.Sprintf("%s is damaged: its list of sheets cannot be read. Open and save it in a spreadsheet program, and import that.", in.Name))
	}
	scans := map[string]*scanner{}
	var declared scanner
	err = packed.Check(ctx, in, z, func(name string) io.Writer {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml") {
			s := &scanner{dateStyle: book.isDate}
			scans[name] = s
			return s
		}
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			return &declared
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	limits := in.Limits.WithDefaults()
	if declared.doctype {
		return nil, hostile(in.Name)
	}
	for _, s := range scans {
		if s.doctype {
			return nil, hostile(in.Name)
		}
	}
	f, err := excelize.OpenReader(io.NewSectionReader(in.R, 0, in.Size), excelize.Options{
		UnzipSizeLimit: limits.Unpacked + 1, UnzipXMLSizeLimit: partLimit, RawCellValue: true,
	})
	if err != nil {
		return nil, table.Fail(table.ErrDamaged, fmt.Sprintf("%s cannot be opened as a workbook (%v). Open and save it in a spreadsheet program, and import that.", in.Name, err))
	}
	defer f.Close()
	var tables []*table.Table
	var cells int
	for _, sheet := range book.sheets {
		if only != "" && !strings.EqualFold(sheet.name, only) {
			continue
		}
		scan := scans[sheet.part]
		if scan == nil {
			continue // a chart sheet
		}
		if scan.widest > limits.Columns {
			return nil, table.Fail(table.ErrTooLarge, fmt.Sprintf("%s, sheet %s has %d columns; the most is %d. Delete the columns that hold nothing.", in.Name, sheet.name, scan.widest, limits.Columns))
		}
		t, err := readSheet(ctx, in, f, sheet, scan, book.date1904, &cells)
		if err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	if len(tables) == 0 && only != "" {
		return nil, table.Fail(table.ErrNotATable, fmt.Sprintf("%s has no sheet named %q; it has %s", in.Name, only, book.names()))
	}
	return tables, nil
}

func hostile(name string) error {
	return table.Fail(table.ErrDamaged, name+" declares its own XML entities, which no spreadsheet program does. It is not read: it may have been made to do harm.")
}

func readSheet(ctx context.Context, in table.Input, f *excelize.File, sheet sheetEntry, scan *scanner, date1904 bool, total *int) (*table.Table, error) {
	t := &table.Table{File: in.Name, Sheet: sheet.name, Format: table.FormatXLSX, Hidden: sheet.hidden, Date1904: date1904, Merged: scan.merged}
	limits := in.Limits.WithDefaults()
	limits.Cells -= *total
	budget := table.NewBudget(limits)
	unsaved := map[uint64]bool{}
	for _, k := range scan.unsaved {
		unsaved[k] = true
	}
	dates := map[int]bool{}
	for col, n := range scan.dates {
		dates[col] = n*2 > scan.numbers[col]
	}
	rows, err := f.Rows(sheet.name)
	if err != nil {
		return nil, table.Fail(table.ErrDamaged, fmt.Sprintf("%s, sheet %s cannot be read (%v)", in.Name, sheet.name, err))
	}
	defer rows.Close()
	number := 0
	for rows.Next() {
		number++
		if err := table.Check(ctx, number); err != nil {
			return nil, err
		}
		if number%table.Every == 0 {
			in.Tell(number)
		}
		values, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, table.Fail(table.ErrDamaged, fmt.Sprintf("%s, sheet %s, row %d cannot be read (%v)", in.Name, sheet.name, number, err))
		}
		cells := convert(t, budget, number, values, dates, unsaved)
		if err := budget.Take(in.Name, number, cells); err != nil {
			return nil, err
		}
		*total += len(cells)
		t.Rows = append(t.Rows, table.Row{Number: number, Cells: cells})
	}
	if err := rows.Error(); err != nil {
		return nil, table.Fail(table.ErrDamaged, fmt.Sprintf("%s, sheet %s is damaged after row %d (%v)", in.Name, sheet.name, number, err))
	}
	for len(t.Rows) > 0 && len(t.Rows[len(t.Rows)-1].Cells) == 0 {
		t.Rows = t.Rows[:len(t.Rows)-1]
	}
	if scan.lost > 0 {
		t.Notes = append(t.Notes, table.Note{Sheet: sheet.name, Column: -1,
			Message: fmt.Sprintf("%d cells hold a formula whose result was never saved; they count as blank", scan.lost),
			Remedy:  "Open the workbook in a spreadsheet program, let it calculate, save it, and import it again."})
	}
	in.Tell(len(t.Rows))
	return t, nil
}

func convert(t *table.Table, budget *table.Budget, row int, values []string, dates map[int]bool, unsaved map[uint64]bool) []table.Cell {
	last := len(values)
	for last > 0 && values[last-1] == "" && (len(unsaved) == 0 || !unsaved[cellKey(row, last-1)]) {
		last--
	}
	if last == 0 {
		return nil
	}
	cells := make([]table.Cell, last)
	for i, v := range values[:last] {
		switch {
		case v == "":
			if len(unsaved) > 0 && unsaved[cellKey(row, i)] {
				cells[i] = table.Cell{Kind: table.Formula}
			}
			continue
		case v[0] == '#' && isError(v):
			cells[i] = table.Cell{Text: v, Kind: table.Failed}
		case numeric(v):
			k := table.Number
			if dates[i] {
				k = table.Date
			}
			cells[i] = table.Cell{Text: tidy(v), Kind: k}
		default:
			cells[i] = table.Cell{Text: budget.Clip(t, row, i, v), Kind: table.Text}
		}
	}
	return cells
}

func isError(v string) bool {
	switch v {
	case "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA":
		return true
	}
	return false
}

// numeric says whether the stored value has the form of a number; a long run of digits may still be an identifier kept as text.
func numeric(v string) bool {
	if len(v) > 24 {
		return false
	}
	for i := range len(v) {
		switch c := v[i]; {
		case c >= '0' && c <= '9', c == '.', c == 'E', c == 'e', c == '-', c == '+':
		default:
			return false
		}
	}
	return v[0] != 'E' && v[0] != 'e'
}

// tidy takes the noise off a number that was stored with more digits than it has: 0.30000000000000004.
func tidy(v string) string {
	if len(v) < 17 || strings.IndexByte(v, '.') < 0 || strings.ContainsAny(v, "eE") {
		return v
	}
	return round15(v)
}

type sheetEntry struct {
	name, part string
	hidden     bool
}

type workbook struct {
	sheets    []sheetEntry
	date1904  bool
	dateStyle []bool
}

func (b *workbook) isDate(style int) bool { return style < len(b.dateStyle) && b.dateStyle[style] }

func (b *workbook) names() string {
	var out []string
	for _, s := range b.sheets {
		n := s.name
		if s.hidden {
			n += " (hidden)"
		}
		out = append(out, n)
	}
	return strings.Join(out, ", ")
}

// directory reads the list of sheets, their parts and the number formats that show dates.
func directory(z *zip.Reader) (*workbook, error) {
	var wb struct {
		Pr struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			Loose string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := part(z, "xl/workbook.xml", &wb); err != nil {
		return nil, err
	}
	if err := part(z, "xl/_rels/workbook.xml.rels", &rels); err != nil {
		return nil, err
	}
	targets := map[string]string{}
	for _, r := range rels.List {
		p := r.Target
		if !strings.HasPrefix(p, "/") {
			p = path.Join("xl", p)
		}
		targets[r.ID] = strings.TrimPrefix(p, "/")
	}
	b := &workbook{date1904: wb.Pr.Date1904 == "1" || strings.EqualFold(wb.Pr.Date1904, "true"), dateStyle: dateStyles(z)}
	for _, s := range wb.Sheets {
		id := s.ID
		if id == "" {
			id = s.Loose
		}
		b.sheets = append(b.sheets, sheetEntry{name: s.Name, part: targets[id], hidden: s.State == "hidden" || s.State == "veryHidden"})
	}
	if len(b.sheets) == 0 {
		return nil, fmt.Errorf("no sheets")
	}
	return b, nil
}

func part(z *zip.Reader, name string, into any) error {
	f := packed.Find(z, name)
	if f == nil {
		return fmt.Errorf("%s is missing", name)
	}
	b, err := packed.Read(f, 32<<20)
	if err != nil {
		return err
	}
	return xml.Unmarshal(b, into) // encoding/xml does not expand entities a file declares
}
