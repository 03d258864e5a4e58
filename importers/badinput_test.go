package importers_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/xuri/excelize/v2"
)

func write(t testing.TB, name string, b []byte) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

func workbook(t testing.TB, rows [][]any, opt ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, r := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &r); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b, opt...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var small = [][]any{{"Ref", "Name", "Postcode", "GIA (m2)"}, {"A1", "Town Hall", "M33 7ZF", 1200}, {"A2", "Depot", "M32 0AA", 900}}

func TestWhatIsNoSpreadsheetIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		data   []byte
		reason error
		says   string
	}{
		"empty.csv":      {nil, table.ErrEmpty, "empty"},
		"blank.csv":      {[]byte("\r\n \r\n"), table.ErrEmpty, "empty"},
		"report.pdf":     {[]byte("%PDF-1.7\n..."), table.ErrNotATable, "PDF"},
		"photo.xlsx":     {[]byte("\x89PNG\r\n\x1a\n....."), table.ErrNotATable, "picture"},
		"page.xls":       {[]byte("<!DOCTYPE html><html><table></table></html>"), table.ErrNotATable, "web page"},
		"data.json":      {[]byte(`{"a": 1}`), table.ErrNotATable, "not GeoJSON"},
		"noise.csv":      {bytes.Repeat([]byte{1, 2, 3, 0xfe, 0x80, 0}, 500), table.ErrNotATable, "not text"},
		"cut.xlsx":       {workbook(t, small)[:2000], table.ErrDamaged, "damaged"},
		"cut.geojson":    {[]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"a"},"geometry":null},{"type":`), table.ErrDamaged, "not whole"},
		"protected.xlsx": {workbook(t, small, excelize.Options{Password: "secret"}), table.ErrPassword, "password"},
		"old.zip":        {archive(t, map[string][]byte{"readme.md5": {1, 2, 3, 4, 0, 0}}), table.ErrNotATable, "no spreadsheet"},
	} {
		_, err := importers.Read(context.Background(), write(t, name, c.data), importers.Options{})
		if !errors.Is(err, c.reason) || err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := importers.Read(context.Background(), filepath.Join(t.TempDir(), "none.csv"), importers.Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := importers.Read(context.Background(), t.TempDir(), importers.Options{}); !errors.Is(err, table.ErrNotATable) {
		t.Errorf("a folder: %v", err)
	}
}

func archive(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheKindIsFoundFromTheContent(t *testing.T) {
	old, err := os.ReadFile("xls/testdata/small.xls")
	if err != nil {
		t.Fatal(err)
	}
	open, err := os.ReadFile("ods/testdata/small.ods")
	if err != nil {
		t.Fatal(err)
	}
	book := workbook(t, small)
	for name, c := range map[string]struct {
		data []byte
		want table.Format
		rows int
	}{
		"register.csv":  {book, table.FormatXLSX, 2},
		"register.xlsx": {old, table.FormatXLS, 3},
		"register.txt":  {open, table.FormatODS, 3},
		"register.xls":  {[]byte("Ref;Name;Postcode\nA1;Hall;M33 7ZF\nA2;Depot;M32 0AA\n"), table.FormatCSV, 2},
		"places":        {[]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Hall","postcode":"M33 7ZF"},"geometry":{"type":"Point","coordinates":[-2.32,53.42]}}]}`), table.FormatGeoJSON, 1},
		"bundle.zip":    {archive(t, map[string][]byte{"a/register.csv": []byte("Ref,Name,Postcode\nA1,Hall,M33 7ZF\nA2,Depot,M32 0AA\n"), "__MACOSX/._register.csv": {0, 1}}), table.FormatCSV, 2},
	} {
		res, err := importers.Read(context.Background(), write(t, name, c.data), importers.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if res.Format != c.want || res.Counts.Rows != c.rows || !res.Counts.Adds() || res.Counts.Imported != c.rows {
			t.Errorf("%s: %s, %+v", name, res.Format, res.Counts)
		}
	}
}

func TestCataloguesPivotsAndNotesArePassedOverWithAReason(t *testing.T) {
	for says, data := range map[string]string{
		"catalogue of data sets": "Dataset,Publisher,Format,Licence,Download URL\nLand assets,Trafford,CSV,OGL,https://a.org/a.csv\nTrees,Trafford,XLSX,OGL,https://a.org/b.xlsx\nParks,Trafford,CSV,OGL,https://a.org/c.csv\n",
		"pivot":                  "Row Labels,Sum of GIA,Count of Ref\nDepot,900,1\nGrand Total,900,1\n",
		"list of codes":          "USECODE,USETYPE\n100,OFFICE\n110,AGENCY\n120,SCHOOL\n130,PARK\n",
		"no column names":        "a,b,c\n1,2,3\n4,5,6\n7,8,9\n",
	} {
		res, err := importers.Read(context.Background(), write(t, "x.csv", []byte(data)), importers.Options{})
		if err != nil {
			t.Errorf("%s: %v", says, err)
			continue
		}
		if res.Counts.Rows != 0 || !res.Changes.Empty() || len(res.Tables) != 1 || !strings.Contains(res.Tables[0].Passed, says) || len(res.Findings) == 0 {
			t.Errorf("want %q: %+v %+v", says, res.Counts, res.Tables)
		}
	}
}

func TestHiddenSheetsAreNamedAndLeftUnlessAskedFor(t *testing.T) {
	f := excelize.NewFile()
	for i, r := range small {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		_ = f.SetSheetRow("Sheet1", cell, &r)
	}
	_, _ = f.NewSheet("Disposals")
	for i, r := range small {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		_ = f.SetSheetRow("Disposals", cell, &r)
	}
	_ = f.SetSheetVisible("Disposals", false)
	var b bytes.Buffer
	_ = f.Write(&b)
	p := write(t, "book.xlsx", b.Bytes())
	res, err := importers.Read(context.Background(), p, importers.Options{})
	if err != nil || res.Counts.Rows != 2 || len(res.Tables) != 2 || !res.Tables[1].Hidden || !strings.Contains(res.Tables[1].Passed, "hidden") {
		t.Errorf("%v %+v", err, res.Tables)
	}
	res, err = importers.Read(context.Background(), p, importers.Options{Sheet: "Disposals"})
	if err != nil || res.Counts.Imported != 2 {
		t.Errorf("asked for by name: %v %+v", err, res)
	}
}

func TestBadCellsAreNamedAndGoodRowsLoad(t *testing.T) {
	p := write(t, "register.csv", []byte("Ref,Name,UPRN,Postcode,GIA (m2),Lease expiry,Rent (£)\n"+
		"A1,Town Hall,100012345678,M33 7ZF,\"1,200\",31/12/2030,£0\n"+
		"A2,Depot,not known,M32 0AA,see plan,30/02/2031,\"(£1,500)\"\n"+
		",,,,500,,\n"+
		"A3,Library,100012345678,M33 OAA,-5,TBC,N/A\n"+
		"A1,Town Hall,100012345678,M33 7ZF,\"1,200\",31/12/2030,£0\n"))
	res, err := importers.Read(context.Background(), p, importers.Options{Organisation: "Sale Council"})
	if err != nil {
		t.Fatal(err)
	}
	c := res.Counts
	if c.Rows != 5 || c.Imported != 3 || c.Merged != 1 || c.Rejected != 1 || !c.Adds() {
		t.Errorf("%+v", c)
	}
	for _, want := range []struct {
		row    int
		column string
		says   string
	}{{3, "GIA (m2)", "see plan"}, {3, "Lease expiry", "not a day of the calendar"}, {5, "GIA (m2)", "negative"}, {5, "Postcode", "was read as M33 0AA"}, {4, "Name", "names no building"}, {2, "UPRN", "share the UPRN"}} {
		found := false
		for _, f := range res.Findings {
			if f.Row == want.row && f.Column == want.column && strings.Contains(f.Message, want.says) {
				found = f.File == "register.csv" && f.Remedy != ""
			}
		}
		if !found {
			t.Errorf("row %d, column %s: nothing says %q among %d findings", want.row, want.column, want.says, len(res.Findings))
		}
	}
	for i := range res.Changes.Assets {
		if a := &res.Changes.Assets[i].Asset; a.Reference == "A2" && (a.Costs.Get("rent").Value != -1500 || a.FloorArea.Known() || a.Tenure.Expiry != "" || a.UPRN != "") {
			t.Errorf("the depot is %+v", a)
		}
	}
}

func TestCancelLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var lines strings.Builder
	lines.WriteString("Ref,Name,Postcode\n")
	for range 20000 {
		lines.WriteString("A,Hall,M33 7ZF\n")
	}
	res, err := importers.Read(ctx, write(t, "big.csv", []byte(lines.String())), importers.Options{Progress: func(p importers.Progress) {
		if p.Rows > 1000 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || res != nil {
		t.Errorf("cancelled: %v", err)
	}
}

func FuzzReadAnything(f *testing.F) {
	f.Add([]byte("Ref,Name,Postcode,GeoX,GeoY\nA1,Hall,M33 7ZF,-2.3,53.4\n"))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"area_code":"E01","v":1},"geometry":{"type":"Polygon","coordinates":[[[0,50],[1,50],[1,51],[0,50]]]}}]}`))
	f.Add([]byte("area_code,sex,all_ages,0,1,2,3,90+\nE01006074,Persons,5,1,1,1,1,1\n"))
	f.Add([]byte("Item,2026/27,2027/28\nFit-out,-5,1\n"))
	f.Add([]byte("Team,FTE,Desks,Building\nPlanning,12,10,Hall\n"))
	f.Add([]byte(longRegister))
	f.Add([]byte("Site,Year,Metric,Amount\nA,2022,Gas (kWh),1\nA,2023,Gas (kWh),2\nB,2022,Gas (kWh),3\nB,2023,Electricity (kWh),4\nA,2023,Electricity (kWh),5\n"))
	f.Add([]byte("Ref,Name,,Ref,Name\nA,B,,C,D\nE,F,,,\n"))
	f.Add(archive(f, map[string][]byte{"a.csv": []byte("Name,Postcode\nHall,M33 7ZF\n")}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 32<<10 {
			return
		}
		in := table.Input{Name: "f", R: bytes.NewReader(b), Size: int64(len(b)), Limits: table.Limits{Cells: 50000, Unpacked: 4 << 20, Geometries: 10000}}
		tables, err := importers.OpenInput(context.Background(), in, "")
		if err != nil {
			return
		}
		res, err := importers.ReadTables(context.Background(), "f", tables, importers.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !res.Counts.Adds() {
			t.Fatalf("counts do not add up: %+v", res.Counts)
		}
		if _, err := res.MarshalJSON(); err != nil {
			t.Fatal(err)
		}
	})
}
