// Package xls reads the old Excel workbooks (.xls, BIFF8 and BIFF5), whatever their name ends in.
//
// The container is read by mscfb; the records are read here. github.com/shakinm/xlsReader, which was meant for this, leaves out every
// cell that holds a formula, turns negative whole numbers into billions, and returns half a book without an error when it meets
// damage – so a register would lose its totals, debts and last rows in silence.
package xls

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/richardlehane/mscfb"
)

const mostBytes = 256 << 20

// Read reads every sheet. Only names the sheet wanted; empty means all.
func Read(ctx context.Context, in table.Input, only string) (out []*table.Table, err error) {
	defer func() {
		if r := recover(); r != nil { // a container made to do harm
			out, err = nil, damaged(in.Name)
		}
	}()
	if in.Size > mostBytes {
		return nil, table.Fail(table.ErrTooLarge, fmt.Sprintf("%s is %d MB; save it as xlsx and import that.", in.Name, in.Size>>20))
	}
	stream, err := bookStream(in)
	if err != nil {
		return nil, damaged(in.Name)
	}
	b, err := globals(stream)
	switch {
	case errors.Is(err, errPassword):
		return nil, table.Fail(table.ErrProtected, in.Name+" is protected by a password. Open it, save a copy without the password, and import the copy.")
	case err != nil:
		return nil, damaged(in.Name)
	}
	limits := in.Limits.WithDefaults()
	r := &reader{ctx: ctx, in: in, book: b, budget: table.NewBudget(limits), limits: limits}
	for _, s := range b.sheets {
		if only != "" && !strings.EqualFold(s.name, only) || s.kind != 0 {
			continue
		}
		t, err := r.sheet(s)
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			var known *table.Error
			if errors.As(err, &known) {
				return nil, err
			}
			return nil, damaged(in.Name)
		}
		out = append(out, t)
	}
	if len(out) == 0 {
		return nil, table.Fail(table.ErrEmpty, in.Name+" holds no sheet of that name, or none at all.")
	}
	return out, nil
}

func damaged(name string) error {
	return table.Fail(table.ErrDamaged, name+" is damaged or is an old kind of workbook that cannot be read. Nothing was imported, because rows would be missing. Open it in a spreadsheet program, save it as xlsx, and import that.")
}

// bookStream takes the workbook out of its container; a bare BIFF stream is taken as it is.
func bookStream(in table.Input) ([]byte, error) {
	raw := make([]byte, in.Size)
	if _, err := in.R.ReadAt(raw, 0); err != nil && err != io.EOF {
		return nil, err
	}
	if len(raw) > 4 && raw[0] == 0x09 {
		return raw, nil
	}
	doc, err := mscfb.New(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	for entry, err := doc.Next(); err == nil; entry, err = doc.Next() {
		if entry.Name != "Workbook" && entry.Name != "Book" {
			continue
		}
		if entry.Size <= 0 || entry.Size > in.Size {
			return nil, errCut
		}
		stream := make([]byte, entry.Size)
		if _, err := io.ReadFull(entry, stream); err != nil {
			return nil, err
		}
		return stream, nil
	}
	return nil, errors.New("no workbook in the container")
}

var errPassword = errors.New("protected by a password")

type sheetEntry struct {
	name   string
	at     int
	hidden bool
	kind   byte // 0 for a worksheet
}

type workbook struct {
	stream   []byte
	old      bool // BIFF5
	date1904 bool
	sheets   []sheetEntry
	strings  []string
	formats  map[int]string
	xf       []int // format of each cell style
}

// globals reads the part of the stream that all sheets share.
func globals(stream []byte) (*workbook, error) {
	b := &workbook{stream: stream, formats: map[int]string{}}
	first, err := recordAt(stream, 0)
	if err != nil || first.id != recBOF {
		return nil, errCut
	}
	b.old = u16(first.data, 0) < 0x0600
	for at := first.next; ; {
		r, err := recordAt(stream, at)
		if err != nil {
			return nil, err
		}
		at = r.next
		switch r.id {
		case recEOF:
			return b, nil
		case recFilePass:
			return nil, errPassword
		case recDateMode:
			b.date1904 = u16(r.data, 0) == 1
		case recFormat:
			if b.old && len(r.data) > 3 {
				b.formats[u16(r.data, 0)] = string(r.data[3:])
			} else if len(r.data) > 2 {
				b.formats[u16(r.data, 0)] = text(r.data[2:], false)
			}
		case recXF:
			b.xf = append(b.xf, u16(r.data, 2))
		case recBoundSheet:
			b.boundSheet(r.data)
		case recSST:
			seg := &segments{list: [][]byte{r.data}}
			for {
				more, err := recordAt(stream, at)
				if err != nil || more.id != recContinue {
					break
				}
				seg.list = append(seg.list, more.data)
				at = more.next
			}
			seg.skip(8)
			for !seg.done() {
				s, ok := seg.string()
				if !ok {
					return nil, errCut
				}
				b.strings = append(b.strings, s)
			}
		}
	}
}

func (b *workbook) boundSheet(d []byte) {
	if len(d) < 8 {
		return
	}
	s := sheetEntry{at: int(u32(d, 0)), hidden: d[4]&3 != 0, kind: d[5]}
	n := int(d[6])
	if b.old {
		s.name = characters(d[7:], n, false)
	} else {
		s.name = characters(d[8:], n, d[7]&1 != 0)
	}
	b.sheets = append(b.sheets, s)
}

// shown says whether a cell style shows numbers as dates.
func (b *workbook) shown(style int) table.Kind {
	if style < 0 || style >= len(b.xf) {
		return table.Number
	}
	id := b.xf[style]
	if (id >= 14 && id <= 17) || id == 22 {
		return table.Date
	}
	code := strings.ToLower(b.formats[id])
	if i := strings.IndexByte(code, ';'); i >= 0 {
		code = code[:i]
	}
	if strings.Contains(code, "yy") || strings.Contains(code, "dd") || strings.Contains(code, "d/m") || strings.Contains(code, "d-m") {
		return table.Date
	}
	return table.Number
}

type reader struct {
	ctx    context.Context
	in     table.Input
	book   *workbook
	budget *table.Budget
	limits table.Limits
	t      *table.Table
	rows   map[int][]table.Cell
	last   int
	cells  int
}

func (r *reader) sheet(s sheetEntry) (*table.Table, error) {
	r.t = &table.Table{File: r.in.Name, Sheet: s.name, Format: table.FormatXLS, Hidden: s.hidden, Date1904: r.book.date1904}
	r.rows, r.last = map[int][]table.Cell{}, -1
	if err := r.walk(s.at); err != nil {
		return nil, err
	}
	for i := 0; i <= r.last; i++ {
		if err := table.Check(r.ctx, i); err != nil {
			return nil, err
		}
		cells := r.rows[i]
		if err := r.budget.Take(r.in.Name, i+1, cells); err != nil {
			return nil, err
		}
		r.t.Rows = append(r.t.Rows, table.Row{Number: i + 1, Cells: cells})
	}
	r.in.Tell(len(r.t.Rows))
	return r.t, nil
}

// walk reads the records of one sheet.
func (r *reader) walk(at int) error {
	depth, n := 0, 0
	var formula []byte // of the cell whose text follows
	for {
		rec, err := recordAt(r.book.stream, at)
		if err != nil {
			return err
		}
		at = rec.next
		if n++; n%5000 == 0 {
			if err := r.ctx.Err(); err != nil {
				return err
			}
			r.in.Tell(r.last + 1)
		}
		d := rec.data
		switch rec.id {
		case recBOF:
			depth++
		case recEOF:
			if depth--; depth <= 0 {
				return nil
			}
		}
		if depth > 1 {
			continue // a chart within the sheet
		}
		switch rec.id {
		case recLabelSST:
			if i := int(u32(d, 6)); i < len(r.book.strings) {
				r.text(d, r.book.strings[i])
			} else {
				return errCut
			}
		case recLabel, recRString:
			if len(d) > 6 {
				r.text(d, text(d[6:], r.book.old))
			}
		case recNumber:
			r.number(u16(d, 0), u16(d, 2), u16(d, 4), f64(d, 6))
		case recRK:
			r.number(u16(d, 0), u16(d, 2), u16(d, 4), rk(u32(d, 6)))
		case recMulRK:
			for i, col := 4, u16(d, 2); i+6 <= len(d)-2; i, col = i+6, col+1 {
				r.number(u16(d, 0), col, u16(d, i), rk(u32(d, i+2)))
			}
		case recBoolErr:
			r.boolean(d, 6)
		case recFormula:
			formula = nil
			switch {
			case len(d) < 14:
			case d[12] != 0xFF || d[13] != 0xFF:
				r.number(u16(d, 0), u16(d, 2), u16(d, 4), f64(d, 6))
			case d[6] == 0:
				formula = d
			case d[6] == 1, d[6] == 2:
				r.boolean([]byte{d[0], d[1], d[2], d[3], d[4], d[5], d[8], d[6] - 1}, 6)
			}
		case recString:
			if formula != nil {
				r.text(formula, text(d, r.book.old))
				formula = nil
			}
		case recMergeCells:
			for i := 2; i+8 <= len(d); i += 8 {
				r.t.Merged = append(r.t.Merged, table.Range{Top: u16(d, i) + 1, Bottom: u16(d, i+2) + 1, Left: u16(d, i+4), Right: u16(d, i+6)})
			}
		}
	}
}

func (r *reader) text(d []byte, s string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	row, col := u16(d, 0), u16(d, 2)
	r.put(row, col, table.Cell{Text: r.budget.Clip(r.t, row+1, col, s), Kind: table.Text})
}

func (r *reader) number(row, col, style int, v float64) {
	r.put(row, col, table.Cell{Text: strconv.FormatFloat(v, 'f', -1, 64), Kind: r.book.shown(style)})
}

var errorNames = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

func (r *reader) boolean(d []byte, at int) {
	if at+2 > len(d) {
		return
	}
	cell := table.Cell{Text: strconv.FormatBool(d[at] != 0), Kind: table.Bool}
	if d[at+1] != 0 {
		cell = table.Cell{Text: errorNames[d[at]], Kind: table.Failed}
	}
	r.put(u16(d, 0), u16(d, 2), cell)
}

func (r *reader) put(row, col int, c table.Cell) {
	if col >= 256 || row >= 1<<16 || r.cells > r.limits.Cells {
		return
	}
	cells := r.rows[row]
	for len(cells) <= col {
		cells = append(cells, table.Cell{})
		r.cells++
	}
	cells[col] = c
	r.rows[row] = cells
	r.last = max(r.last, row)
}
