// Package xls reads the old Excel workbooks (.xls, BIFF8), whatever their name ends in.
package xls

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/table"
	old "github.com/shakinm/xlsReader/xls"
)

const mostBytes = 256 << 20

// Read reads every sheet. The library panics on damaged files; that is turned into an error.
func Read(ctx context.Context, in table.Input, only string) (out []*table.Table, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, damaged(in.Name)
		}
	}()
	if in.Size > mostBytes {
		return nil, table.Fail(table.ErrTooLarge, fmt.Sprintf("%s is %d MB; save it as xlsx and import that.", in.Name, in.Size>>20))
	}
	raw := make([]byte, in.Size)
	if _, err := in.R.ReadAt(raw, 0); err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading %s: %w", in.Name, err)
	}
	if encrypted(raw) {
		return nil, table.Fail(table.ErrPassword, in.Name+" is protected by a password. Open it, save a copy without the password, and import the copy.")
	}
	book, err := old.OpenReader(bytes.NewReader(raw))
	if err != nil {
		return nil, damaged(in.Name)
	}
	limits := in.Limits.WithDefaults()
	for i := range book.GetNumberSheets() {
		sheet, err := book.GetSheet(i)
		if err != nil {
			return nil, damaged(in.Name)
		}
		name := strings.Trim(sheet.GetName(), "\x00")
		if only != "" && !strings.EqualFold(name, only) {
			continue
		}
		t := &table.Table{File: in.Name, Sheet: name, Format: table.FormatXLS}
		budget := table.NewBudget(limits)
		for r := range sheet.GetNumberRows() {
			if err := table.Check(ctx, r); err != nil {
				return nil, err
			}
			if r%table.Every == 0 {
				in.Tell(r)
			}
			row, err := sheet.GetRow(r)
			if err != nil || row == nil {
				t.Rows = append(t.Rows, table.Row{Number: r + 1})
				continue
			}
			var cells []table.Cell
			for c, data := range row.GetCols() {
				if data == nil || c >= limits.Columns {
					continue
				}
				cell := convert(&book, data.GetType(), data.GetString(), data.GetXFIndex())
				if cell.Kind == table.Blank {
					continue
				}
				for len(cells) <= c {
					cells = append(cells, table.Cell{})
				}
				cell.Text = budget.Clip(t, r+1, c, cell.Text)
				cells[c] = cell
			}
			if err := budget.Take(in.Name, r+1, cells); err != nil {
				return nil, err
			}
			limits.Cells -= len(cells)
			t.Rows = append(t.Rows, table.Row{Number: r + 1, Cells: cells})
		}
		for len(t.Rows) > 0 && len(t.Rows[len(t.Rows)-1].Cells) == 0 {
			t.Rows = t.Rows[:len(t.Rows)-1]
		}
		out = append(out, t)
	}
	if len(out) == 0 {
		return nil, table.Fail(table.ErrEmpty, in.Name+" holds no sheet of that name, or none at all.")
	}
	return out, nil
}

func damaged(name string) error {
	return table.Fail(table.ErrDamaged, name+" is damaged or is an old kind of workbook that cannot be read. Open it in a spreadsheet program, save it as xlsx, and import that.")
}

// encrypted looks for the record that begins a protected workbook: FILEPASS right after the first BOF.
func encrypted(raw []byte) bool {
	for i := 0; i+8 < len(raw) && i < 64<<10; i++ {
		if raw[i] == 0x09 && raw[i+1] == 0x08 && raw[i+2] == 0x10 && raw[i+3] == 0 {
			next := i + 4 + 16
			return next+1 < len(raw) && raw[next] == 0x2F && raw[next+1] == 0
		}
	}
	return false
}

func convert(book *old.Workbook, kind, text string, xf int) table.Cell {
	text = strings.Trim(text, "\x00")
	if strings.TrimSpace(text) == "" {
		return table.Cell{}
	}
	if strings.Contains(kind, "Bool") {
		return table.Cell{Text: text, Kind: table.Text}
	}
	if strings.Contains(kind, "Number") || strings.Contains(kind, "Rk") || strings.Contains(kind, "RK") {
		if _, err := strconv.ParseFloat(text, 64); err == nil {
			return table.Cell{Text: text, Kind: numberKind(book, xf)}
		}
	}
	return table.Cell{Text: text, Kind: table.Text}
}

// numberKind says whether the cell's format shows a date.
func numberKind(book *old.Workbook, xf int) (k table.Kind) {
	k = table.Number
	defer func() { _ = recover() }()
	x := book.GetXFbyIndex(xf)
	id := x.GetFormatIndex()
	if (id >= 14 && id <= 17) || id == 22 {
		return table.Date
	}
	if id >= 164 {
		f := book.GetFormatByIndex(id)
		code := strings.ToLower(f.String())
		if strings.Contains(code, "yy") || strings.Contains(code, "d/m") || strings.Contains(code, "dd") {
			return table.Date
		}
	}
	return k
}
