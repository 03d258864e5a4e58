package workbook

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// Bounds of a book that is read back: what a book of ours can be, with room.
const (
	maxParts    = 2000
	maxUnzipped = 3 << 30
	maxRatio    = 400
)

// readCell is a cell as it stands in a file: what is shown and whether a
// formula makes it.
type readCell struct {
	row, col int
	formula  bool
	f        string // text of the formula; of a shared one only in its first cell
	shared   string // number of the shared formula, when it is one
	typ      string
	v        string
}

// number is the cell's value as a number.
func (c *readCell) number() (float64, bool) {
	if c.typ != "" && c.typ != "n" {
		return 0, false
	}
	x, err := strconv.ParseFloat(strings.TrimSpace(c.v), 64)
	return x, err == nil && model.Finite(x)
}

// readBook gives access to the cells of a spreadsheet file. It reads XML
// directly and row by row, because the question is as much whether a cell is
// still a formula as what it says, for any number of rows.
type readBook struct {
	zip     *zip.Reader
	sheets  []string
	parts   map[string]string // sheet → part
	strings []string
	names   map[string]string // defined names
}

// openBook checks the archive before anything else reads it: a damaged or
// hostile file is refused here.
func openBook(r io.ReaderAt, size int64) (*readBook, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, model.Invalid("workbook", "the file is not a spreadsheet in the .xlsx format (or is protected by a password); save it as .xlsx without a password and try again")
	}
	if len(z.File) > maxParts {
		return nil, model.Invalid("workbook", fmt.Sprintf("the file has %d parts, far more than a workbook; it was not read", len(z.File)))
	}
	total := int64(0)
	for _, f := range z.File {
		rc, err := f.Open()
		if err != nil {
			return nil, damaged(f.Name, err)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(rc, maxUnzipped-total+1))
		rc.Close()
		if err != nil {
			return nil, damaged(f.Name, err)
		}
		if total += n; total > maxUnzipped || n > 1<<20 && n > maxRatio*int64(f.CompressedSize64+1) {
			return nil, model.Invalid("workbook", "the file unpacks to far more than a workbook holds; it was not read")
		}
	}
	b := &readBook{zip: z, parts: map[string]string{}, names: map[string]string{}}
	if err := b.readIndex(); err != nil {
		return nil, err
	}
	return b, b.readStrings()
}

func damaged(part string, err error) error {
	return fmt.Errorf("part %s: %v: %w", part, err, model.Invalid("workbook", "the file is damaged; save it again from the spreadsheet program and try again"))
}

func (b *readBook) open(name string) (io.ReadCloser, error) {
	for _, f := range b.zip.File {
		if strings.EqualFold(f.Name, name) {
			return f.Open()
		}
	}
	return nil, model.NotFound("part of the workbook", name)
}

func (b *readBook) decode(name string, into any) error {
	rc, err := b.open(name)
	if err != nil {
		return err
	}
	defer rc.Close()
	if err := xml.NewDecoder(rc).Decode(into); err != nil {
		return damaged(name, err)
	}
	return nil
}

// readIndex reads which sheets there are and where, and the defined names.
func (b *readBook) readIndex() error {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
		Names []struct {
			Name  string `xml:"name,attr"`
			Local string `xml:"localSheetId,attr"`
			To    string `xml:",chardata"`
		} `xml:"definedNames>definedName"`
	}
	var rels struct {
		Rel []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := b.decode("xl/workbook.xml", &book); err != nil {
		if errors.Is(err, model.ErrNotFound) {
			return model.Invalid("workbook", "the file is an archive but not a workbook; it was not read")
		}
		return err
	}
	if err := b.decode("xl/_rels/workbook.xml.rels", &rels); err != nil {
		return err
	}
	target := map[string]string{}
	for _, r := range rels.Rel {
		t := strings.TrimPrefix(r.Target, "/")
		if !strings.HasPrefix(t, "xl/") {
			t = path.Join("xl", t)
		}
		target[r.ID] = t
	}
	for _, s := range book.Sheets {
		b.sheets = append(b.sheets, s.Name)
		b.parts[s.Name] = target[s.ID]
	}
	for _, n := range book.Names {
		if n.Local == "" {
			b.names[n.Name] = n.To
		}
	}
	return nil
}

// readStrings reads the texts that cells share. A book without any is fine.
func (b *readBook) readStrings() error {
	rc, err := b.open("xl/sharedStrings.xml")
	if err != nil {
		return nil
	}
	defer rc.Close()
	d := xml.NewDecoder(rc)
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return damaged("xl/sharedStrings.xml", err)
		}
		if s, ok := t.(xml.StartElement); ok && s.Name.Local == "si" {
			var si richText
			if err := d.DecodeElement(&si, &s); err != nil {
				return damaged("xl/sharedStrings.xml", err)
			}
			b.strings = append(b.strings, si.String())
		}
	}
}

// richText is a text in one piece or in runs of different looks.
type richText struct {
	T string `xml:"t"`
	R []struct {
		T string `xml:"t"`
	} `xml:"r"`
}

func (t richText) String() string {
	s := t.T
	for _, r := range t.R {
		s += r.T
	}
	return s
}

// each calls fn with the cells of every row of a sheet, in order.
func (b *readBook) each(sheet string, fn func(row int, cells []readCell) error) error {
	part := b.parts[sheet]
	rc, err := b.open(part)
	if err != nil {
		return err
	}
	defer rc.Close()
	d := xml.NewDecoder(rc)
	row := 0
	var cells []readCell
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return damaged(part, err)
		}
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "row":
				row++
				cells = cells[:0]
				for _, a := range e.Attr {
					if a.Name.Local == "r" {
						if n, err := strconv.Atoi(a.Value); err == nil {
							row = n
						}
					}
				}
			case "c":
				c, err := b.cell(d, e, row, len(cells)+1)
				if err != nil {
					return damaged(part, err)
				}
				cells = append(cells, c)
			}
		case xml.EndElement:
			if e.Name.Local == "row" {
				if err := fn(row, cells); err != nil {
					return err
				}
			}
			if e.Name.Local == "sheetData" {
				return nil
			}
		}
	}
}

func (b *readBook) cell(d *xml.Decoder, e xml.StartElement, row, col int) (readCell, error) {
	c := readCell{row: row, col: col}
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "t":
			c.typ = a.Value
		case "r":
			if n := columnNumber(a.Value); n > 0 {
				c.col = n
			}
		}
	}
	var x struct {
		F *struct {
			Type string `xml:"t,attr"`
			SI   string `xml:"si,attr"`
			Text string `xml:",chardata"`
		} `xml:"f"`
		V  string   `xml:"v"`
		IS richText `xml:"is"`
	}
	if err := d.DecodeElement(&x, &e); err != nil {
		return c, err
	}
	c.v = x.V
	switch c.typ {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(x.V))
		if err != nil || i < 0 || i >= len(b.strings) {
			return c, fmt.Errorf("cell %s refers to a text that is not there", a1(row, c.col))
		}
		c.v, c.typ = b.strings[i], "str"
	case "inlineStr":
		c.v, c.typ = x.IS.String(), "str"
	}
	if x.F != nil {
		c.formula, c.f = true, x.F.Text
		if x.F.Type == "shared" {
			c.shared = x.F.SI
		}
	}
	return c, nil
}

// columnNumber reads the column of a reference like AB12.
func columnNumber(ref string) int {
	n := 0
	for i := 0; i < len(ref); i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A'+1); n > 16384 {
			return 0
		}
	}
	return n
}
