package xls_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"testing"

	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/xls"
)

func input(name string, b []byte) table.Input {
	return table.Input{Name: name, R: bytes.NewReader(b), Size: int64(len(b))}
}

func fixture(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/small.xls")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReadsAnOldWorkbook(t *testing.T) {
	tables, err := xls.Read(context.Background(), input("small.xls", fixture(t)), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) != 1 || len(tables[0].Rows) != 7 {
		t.Fatalf("want one sheet of 7 rows, got %d sheets, %+v", len(tables), tables)
	}
	for _, want := range []struct {
		row, col int
		text     string
	}{{0, 0, "Estate register March 2024"}, {2, 4, "GIA (m2)"}, {3, 1, "Town Hall"}, {4, 1, "Library, Sale"}, {3, 4, "1250.5"}, {5, 5, "95000.25"}} {
		if got := tables[0].Rows[want.row].At(want.col).Text; got != want.text {
			t.Errorf("row %d column %d holds %q, want %q", want.row+1, want.col, got, want.text)
		}
	}
	if k := tables[0].Rows[3].At(3); k.Kind != table.Date || k.Text != "36982" {
		t.Errorf("a date reads as %+v, want the day number 36982 marked as a date", k)
	}
}

// xlsReader, which this package replaced, loses formula results and the sign of whole numbers: this is why.
func TestFormulasNegativesHiddenSheetsAndMerges(t *testing.T) {
	b, err := os.ReadFile("testdata/formulas.xls")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := xls.Read(context.Background(), input("formulas.xls", b), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) != 2 || tables[0].Hidden || !tables[1].Hidden || tables[1].Sheet != "Workings" {
		t.Fatalf("want a shown and a hidden sheet, got %d", len(tables))
	}
	first := tables[0]
	for _, want := range []struct {
		row, col int
		text     string
		kind     table.Kind
	}{{1, 1, "Hôtel de Ville – north", table.Text}, {1, 2, "-1250", table.Number}, {2, 2, "-3.25", table.Number}, {1, 3, "45000", table.Date}, {1, 4, "-2500", table.Number}, {2, 4, "about -3.25", table.Text}} {
		if got := first.Rows[want.row].At(want.col); got.Text != want.text || got.Kind != want.kind {
			t.Errorf("%s holds %+v, want %q of kind %d", table.Address(want.row+1, want.col), got, want.text, want.kind)
		}
	}
	if len(first.Merged) != 1 || first.Merged[0] != (table.Range{Top: 5, Left: 0, Bottom: 5, Right: 2}) {
		t.Errorf("merged cells read as %+v", first.Merged)
	}
}

func TestDamagedOldWorkbooksAreSaidNotPanickedOver(t *testing.T) {
	good := fixture(t)
	for _, cut := range []int{9, 100, 512, 600, 1500, 3000, 5000} {
		if _, err := xls.Read(context.Background(), input("cut.xls", good[:cut]), ""); err != nil && !errors.Is(err, table.ErrDamaged) && !errors.Is(err, table.ErrEmpty) {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
	for at := 520; at < len(good); at += 97 {
		bad := bytes.Clone(good)
		for i := range 12 {
			bad[(at+i)%len(bad)] ^= 0xA5
		}
		_, _ = xls.Read(context.Background(), input("bad.xls", bad), "") // must come back
	}
}

func FuzzRead(f *testing.F) {
	f.Add(fixture(f))
	f.Add([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1})
	f.Add([]byte{0x09, 0x08, 0x10, 0, 0, 6, 5, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 64<<10 {
			return
		}
		_, _ = xls.Read(context.Background(), table.Input{Name: "f.xls", R: bytes.NewReader(b), Size: int64(len(b)), Limits: table.Limits{Cells: 100000}}, "")
	})
}
