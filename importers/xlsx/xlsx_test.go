package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/xlsx"
	"github.com/xuri/excelize/v2"
)

func input(b []byte) table.Input {
	return table.Input{Name: "book.xlsx", R: bytes.NewReader(b), Size: int64(len(b))}
}

func save(t testing.TB, f *excelize.File, opt ...excelize.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b, opt...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, f *excelize.File, cell string, values ...any) {
	t.Helper()
	if err := f.SetSheetRow("Sheet1", cell, &values); err != nil {
		t.Fatal(err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDatesMergesHiddenSheetsAndFormulas(t *testing.T) {
	f := excelize.NewFile()
	set(t, f, "A1", "Register")
	must(t, f.MergeCell("Sheet1", "A1", "D1"))
	set(t, f, "A2", "Ref", "Name", "Lease end", "Total")
	set(t, f, "A3", "007", "Hall", 45000, nil)
	set(t, f, "A4", "008", "Depot", 45001, 0.30000000000000004)
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	must(t, err)
	must(t, f.SetCellStyle("Sheet1", "C3", "C4", style))
	must(t, f.SetCellFormula("Sheet1", "D3", "1+2"))
	_, err = f.NewSheet("Workings")
	must(t, err)
	must(t, f.SetCellValue("Workings", "A1", "x"))
	must(t, f.SetSheetVisible("Workings", false))
	tables, err := xlsx.Read(context.Background(), input(save(t, f)), "")
	must(t, err)
	if len(tables) != 2 || !tables[1].Hidden || tables[0].Hidden {
		t.Fatalf("want a shown and a hidden sheet, got %d", len(tables))
	}
	first := tables[0]
	if len(first.Merged) != 1 || first.Merged[0] != (table.Range{Top: 1, Left: 0, Bottom: 1, Right: 3}) {
		t.Errorf("merged cells read as %+v", first.Merged)
	}
	for _, want := range []struct {
		row, col int
		cell     table.Cell
	}{{2, 0, table.Cell{Text: "007", Kind: table.Text}}, {2, 2, table.Cell{Text: "45000", Kind: table.Date}}, {2, 3, table.Cell{Kind: table.Formula}}, {3, 3, table.Cell{Text: "0.3", Kind: table.Number}}} {
		if got := first.Rows[want.row].At(want.col); got != want.cell {
			t.Errorf("%s holds %+v, want %+v", table.Address(want.row+1, want.col), got, want.cell)
		}
	}
	if len(first.Notes) != 1 || !strings.Contains(first.Notes[0].Message, "1 cells hold a formula") {
		t.Errorf("the formula without a result is not said: %+v", first.Notes)
	}
}

func TestOneSheetByName(t *testing.T) {
	f := excelize.NewFile()
	set(t, f, "A1", "a")
	_, err := f.NewSheet("Other")
	must(t, err)
	must(t, f.SetCellValue("Other", "A1", "b"))
	b := save(t, f)
	tables, err := xlsx.Read(context.Background(), input(b), "other")
	must(t, err)
	if len(tables) != 1 || tables[0].Rows[0].At(0).Text != "b" {
		t.Errorf("read %d sheets", len(tables))
	}
	if _, err := xlsx.Read(context.Background(), input(b), "none"); err == nil || !strings.Contains(err.Error(), "Sheet1, Other") {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

func TestBooksThatCountFrom1904(t *testing.T) {
	f := excelize.NewFile()
	yes := true
	must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	set(t, f, "A1", 1000)
	tables, err := xlsx.Read(context.Background(), input(save(t, f)), "")
	must(t, err)
	if !tables[0].Date1904 {
		t.Error("the book counts from 1904")
	}
}

// register is a workbook of n rows and 20 columns.
func register(t testing.TB, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	must(t, err)
	head := []any{"UPRN", "AssetCode", "PropertyName", "StreetName", "PostTown", "PostCode", "GeoX", "GeoY", "TenureType", "TenureDetail", "HoldingType", "BuildingSize", "LandArea", "EnergyRating", "Rent", "Rates", "Electricity (kWh)", "Gas (kWh)", "Backlog", "Notes"}
	must(t, w.SetRow("A1", head))
	for i := range n {
		must(t, w.SetRow(fmt.Sprintf("A%d", i+2), []any{100010000000 + i, fmt.Sprintf("A%06d", i), fmt.Sprintf("Building %d", i), "High Street", "Sale", fmt.Sprintf("M33 %dZF", i%10), -2.3 - float64(i%9999)/1e6, 53.4 + float64(i%7777)/1e6,
			"Freehold", "Owner Occupied", "Buildings", 100 + i%5000, float64(i%100) / 100, "C", i % 9000, i % 4000, i * 3, i * 5, i % 70000, "checked"}))
	}
	must(t, w.Flush())
	return save(t, f)
}

// PITFALLS: excelize hands out the rows before a damaged part as if they were all. The check before it must catch every such file.
func TestDamagedBytesAreNeverHalfRead(t *testing.T) {
	good := register(t, 3000)
	z, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	must(t, err)
	var from, size int64
	for _, f := range z.File {
		if f.Name == "xl/worksheets/sheet1.xml" {
			from, err = f.DataOffset()
			must(t, err)
			size = int64(f.CompressedSize64)
		}
	}
	for at := from + size/10; at < from+size; at += size / 7 {
		bad := bytes.Clone(good)
		for i := range int64(40) {
			bad[(at+i)%int64(len(bad))] ^= 0x5A
		}
		tables, err := xlsx.Read(context.Background(), input(bad), "")
		if !errors.Is(err, table.ErrDamaged) {
			t.Errorf("40 damaged bytes at %d: %v, %d sheets", at, err, len(tables))
		}
	}
	if _, err := xlsx.Read(context.Background(), input(good[:len(good)/2]), ""); !errors.Is(err, table.ErrDamaged) {
		t.Errorf("half a file: %v", err)
	}
}

// rebuild packs a workbook again with one part replaced.
func rebuild(t testing.TB, good []byte, name string, write func(io.Writer)) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	must(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		out, err := w.Create(f.Name)
		must(t, err)
		if f.Name == name {
			write(out)
			continue
		}
		r, err := f.Open()
		must(t, err)
		_, err = io.Copy(out, r)
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

func TestBombsAndHostileXMLAreRefused(t *testing.T) {
	good := register(t, 3)
	bomb := rebuild(t, good, "xl/worksheets/sheet1.xml", func(w io.Writer) {
		chunk := bytes.Repeat([]byte(" "), 1<<20)
		for range 300 {
			_, _ = w.Write(chunk)
		}
	})
	if _, err := xlsx.Read(context.Background(), input(bomb), ""); !errors.Is(err, table.ErrTooLarge) {
		t.Errorf("a bomb of %d kB: %v", len(bomb)>>10, err)
	}
	laughs := rebuild(t, good, "xl/worksheets/sheet1.xml", func(w io.Writer) {
		_, _ = io.WriteString(w, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`)
	})
	if _, err := xlsx.Read(context.Background(), input(laughs), ""); !errors.Is(err, table.ErrDamaged) {
		t.Errorf("declared entities: %v", err)
	}
	wide := rebuild(t, good, "xl/worksheets/sheet1.xml", func(w io.Writer) {
		_, _ = io.WriteString(w, `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="AAAAA1"><v>1</v></c></row></sheetData></worksheet>`)
	})
	if _, err := xlsx.Read(context.Background(), input(wide), ""); !errors.Is(err, table.ErrTooLarge) {
		t.Errorf("a column past the edge: %v", err)
	}
	sparse := rebuild(t, good, "xl/worksheets/sheet1.xml", func(w io.Writer) {
		_, _ = io.WriteString(w, `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
		for i := 1; i <= 3000; i++ {
			fmt.Fprintf(w, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i, i)
		}
		_, _ = io.WriteString(w, `</sheetData></worksheet>`)
	})
	if _, err := xlsx.Read(context.Background(), input(sparse), ""); !errors.Is(err, table.ErrTooLarge) {
		t.Errorf("a cell at the far end of every row: %v", err)
	}
}

// likeExcelize compares every cell with what excelize reads from the same file.
func likeExcelize(t *testing.T, b []byte) {
	t.Helper()
	tables, err := xlsx.Read(context.Background(), input(b), "")
	must(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
	must(t, err)
	defer f.Close()
	for _, tab := range tables {
		rows, err := f.Rows(tab.Sheet)
		must(t, err)
		byNumber := map[int]table.Row{}
		for _, r := range tab.Rows {
			byNumber[r.Number] = r
		}
		n, cells := 0, 0
		for rows.Next() {
			n++
			values, err := rows.Columns(excelize.Options{RawCellValue: true})
			must(t, err)
			for c, v := range values {
				got := byNumber[n].At(c)
				if strings.TrimSpace(v) == "" && got.Text == "" {
					continue
				}
				cells++
				if got.Text == v || got.Kind == table.Bool && (got.Text == "true") == (v == "1" || strings.EqualFold(v, "true")) {
					continue
				}
				x, err1 := strconv.ParseFloat(got.Text, 64)
				y, err2 := strconv.ParseFloat(v, 64)
				if err1 != nil || err2 != nil || math.Abs(x-y) > 1e-12*math.Abs(y) {
					t.Fatalf("%s %s: %q here, %q by excelize", tab.Sheet, table.Address(n, c), got.Text, v)
				}
			}
			if extra := byNumber[n]; len(extra.Cells) > len(values) {
				for c := len(values); c < len(extra.Cells); c++ {
					if extra.Cells[c].Text != "" {
						t.Fatalf("%s %s: %q here, nothing by excelize", tab.Sheet, table.Address(n, c), extra.Cells[c].Text)
					}
				}
			}
		}
		t.Logf("%s: %d rows, %d cells the same", tab.Sheet, n, cells)
	}
}

func TestEveryCellAsExcelizeReadsIt(t *testing.T) {
	likeExcelize(t, register(t, 500))
	f := excelize.NewFile()
	set(t, f, "A1", "a & b < c > d \"e\" 'f'", "  spaces  ", "two\nlines", "tab\there", "Žluťoučký kůň", "_x000D_", true, false, -0.1, 1e21, 1.5e-7, 123456789012)
	set(t, f, "C5", "", nil, "after blanks", 42)
	must(t, f.SetCellRichText("Sheet1", "A7", []excelize.RichTextRun{{Text: "bold ", Font: &excelize.Font{Bold: true}}, {Text: "and plain"}}))
	must(t, f.SetCellFormula("Sheet1", "B7", "1+1"))
	must(t, f.MergeCell("Sheet1", "A9", "B10"))
	likeExcelize(t, save(t, f))
	for _, dir := range []string{"../../../shared/portfolios", "../../../../shared/portfolios", os.Getenv("FLAGSTONE_SHARED") + "/portfolios"} {
		files, _ := filepath.Glob(filepath.Join(dir, "*", "*.xlsx"))
		for _, p := range files {
			b, err := os.ReadFile(p)
			must(t, err)
			likeExcelize(t, b)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(register(f, 3))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 64<<10 {
			return
		}
		in := input(b)
		in.Limits = table.Limits{Cells: 100000, Unpacked: 8 << 20}
		_, _ = xlsx.Read(context.Background(), in, "")
	})
}

func FuzzSheet(f *testing.F) {
	good := register(f, 2)
	f.Add(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="B1" s="1"><f>A1</f></c><c t="inlineStr"><is><t>x</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:C2"/></mergeCells></worksheet>`)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 32<<10 {
			return
		}
		in := input(rebuild(t, good, "xl/worksheets/sheet1.xml", func(w io.Writer) { _, _ = io.WriteString(w, s) }))
		in.Limits = table.Limits{Cells: 100000, Unpacked: 8 << 20}
		_, _ = xlsx.Read(context.Background(), in, "")
	})
}

func BenchmarkRead100k(b *testing.B) {
	data := register(b, 100_000)
	b.SetBytes(int64(len(data)))
	b.ResetTimer()
	for b.Loop() {
		if _, err := xlsx.Read(context.Background(), input(data), ""); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBareExcelize100k(b *testing.B) {
	data := register(b, 100_000)
	b.SetBytes(int64(len(data)))
	b.ResetTimer()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
				b.Fatal(err)
			}
		}
		_ = rows.Close()
		_ = f.Close()
	}
}
