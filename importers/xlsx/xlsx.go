// Package xlsx reads Excel workbooks (.xlsx, .xlsm) in one pass over the unpacked file.
//
// The pass checks every part of the file to its end (see package packed); only when all of it is sound are the rows handed out.
// Values are read as stored: a date is its day number and is marked as a date, a formula gives its saved result, and a formula
// without one is said. Hidden sheets are read and named as hidden.
//
// excelize, which writes Flagstone's workbooks, is not used to read them: it gives no cell's type or date format without holding the
// sheet five times over, hands out half a damaged sheet as if it were whole, and takes several times as long. The tests hold this
// reader to excelize's answer, cell by cell.
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
	limits := in.Limits.WithDefaults()
	sheets := map[string]*sheet{} // by lower-case name of the part
	var order []*sheet
	for _, e := range book.sheets {
		key := strings.ToLower(e.part)
		if only != "" && !strings.EqualFold(e.name, only) || packed.Find(z, e.part) == nil || sheets[key] != nil || !strings.Contains(key, "worksheets/") {
			continue
		}
		s := newSheet(ctx, in, e, book, limits)
		sheets[key] = s
		order = append(order, s)
	}
	if len(order) == 0 && only != "" {
		return nil, table.Fail(table.ErrNotATable, fmt.Sprintf("%s has no sheet named %q; it has %s", in.Name, only, book.names()))
	}
	texts := newStringTable(in.Name, limits.TextBytes)
	other := &tags{open: func(_, _ []byte, _ bool) error { return nil }, close: func([]byte) error { return nil }}
	err = packed.Check(ctx, in, z, func(name string) io.Writer {
		low := strings.ToLower(name)
		switch {
		case sheets[low] != nil:
			return sheets[low]
		case low == "xl/sharedstrings.xml":
			return texts
		case strings.HasSuffix(low, ".xml") || strings.HasSuffix(low, ".rels"):
			return other
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	hostile := other.doctype || texts.doctype
	var out []*table.Table
	for _, s := range order {
		hostile = hostile || s.doctype
		t, err := s.finish(texts.list)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	if hostile {
		return nil, table.Fail(table.ErrDamaged, in.Name+" declares its own XML entities, which no spreadsheet program does. It is not read: it may have been made to do harm.")
	}
	return out, nil
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
