package importers_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/xuri/excelize/v2"
)

// benchRows is the size that issue 3 names.
const benchRows = 100_000

func benchHead() []string {
	return []string{"UPRN", "AssetCode", "PropertyName", "StreetName", "PostTown", "PostCode", "GeoX", "GeoY", "TenureType", "TenureDetail", "HoldingType", "BuildingSize (m2)", "LandArea (ha)", "EnergyRating", "Rent (£)", "Rates (£)", "Electricity (kWh)", "Gas (kWh)", "Backlog (£)", "Notes"}
}

func benchRow(i int) []any {
	return []any{100010000000 + i, fmt.Sprintf("A%06d", i), fmt.Sprintf("Building %d", i), "High Street", "Sale", fmt.Sprintf("M33 %dZF", i%10), -2.3 - float64(i%9999)/1e6, 53.4 + float64(i%7777)/1e6,
		"Freehold", "Owner Occupied", "Buildings", 100 + i%5000, float64(i%100+1) / 100, "C", i % 9000, i % 4000, i * 3, i * 5, i % 70000, "checked"}
}

func benchCSV(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "register.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := csv.NewWriter(f)
	_ = w.Write(benchHead())
	for i := range benchRows {
		var line []string
		for _, v := range benchRow(i) {
			line = append(line, fmt.Sprint(v))
		}
		_ = w.Write(line)
	}
	w.Flush()
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

func benchXLSX(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "register.xlsx")
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	var head []any
	for _, h := range benchHead() {
		head = append(head, h)
	}
	_ = w.SetRow("A1", head)
	for i := range benchRows {
		_ = w.SetRow(fmt.Sprintf("A%d", i+2), benchRow(i))
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	return path
}

func benchImport(b *testing.B, path string) {
	b.Helper()
	var live uint64
	for b.Loop() {
		res, err := importers.Read(context.Background(), path, importers.Options{Organisation: "Sale Council"})
		if err != nil {
			b.Fatal(err)
		}
		if res.Counts.Imported != benchRows {
			b.Fatalf("%+v", res.Counts)
		}
		b.StopTimer() // finding out what it holds is no part of importing
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		live = max(live, m.HeapAlloc)
		runtime.KeepAlive(res)
		b.StartTimer()
	}
	b.ReportMetric(float64(live)/(1<<20), "MB-live-at-end")
}

// The ratio of BenchmarkImportXLSX100k to BenchmarkBareExcelizeRows100k holds the whole import on one side, and on the other no more
// than handing out the cells of every row as text.
func BenchmarkImportXLSX100k(b *testing.B) { benchImport(b, benchXLSX(b)) }

func BenchmarkBareExcelizeRows100k(b *testing.B) {
	path := benchXLSX(b)
	for b.Loop() {
		f, err := excelize.OpenFile(path)
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

// The ratio of BenchmarkImportCSV100k to BenchmarkBareEncodingCSV100k holds on one side everything from the file on the disk to the set
// of changes: finding the kind, the delimiter, the header and the mapping; two million cells read; a hundred thousand buildings made,
// each figure with its evidence, placed, compared with one another; outliers and the quality of the data. On the other side each
// value is cut out of memory and dropped. BenchmarkOpenCSV100k is the part that does the same work as encoding/csv, and keeps it.
//
// What the rest cannot go below is what it hands over and what it is made from: 89 MB of assets, 28 MB of sources, 21 MB of costs and
// energy, 75 MB of cells, each written once and looked through by the garbage collector. Half of the processor's time goes into
// reading the rows, some 160 ns a cell; a sixth into the collector; the rest into comparing buildings, outliers and quality.
func BenchmarkImportCSV100k(b *testing.B) { benchImport(b, benchCSV(b)) }

func BenchmarkOpenCSV100k(b *testing.B) {
	path := benchCSV(b)
	for b.Loop() {
		if _, err := importers.Open(context.Background(), path, importers.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBareEncodingCSV100k(b *testing.B) {
	data, err := os.ReadFile(benchCSV(b))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r := csv.NewReader(bytes.NewReader(data))
		for {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
