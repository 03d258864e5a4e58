package ods_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers/ods"
	"github.com/planting-the-flag/flagstone/importers/table"
)

func input(b []byte) table.Input {
	return table.Input{Name: "book.ods", R: bytes.NewReader(b), Size: int64(len(b))}
}

// book packs the content of a spreadsheet.
func book(content string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range []struct{ name, text string }{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", content}} {
		w, err := z.Create(f.name)
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(f.text)); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const open = `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>`
const shut = `</office:spreadsheet></office:body></office:document-content>`

func TestReadsASpreadsheetOfLibreOffice(t *testing.T) {
	b, err := os.ReadFile("testdata/formulas.ods")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := ods.Read(context.Background(), input(b), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) != 2 || !tables[1].Hidden {
		t.Fatalf("want a shown and a hidden sheet, got %d", len(tables))
	}
	for _, want := range []struct {
		row, col int
		text     string
		kind     table.Kind
	}{{1, 1, "Hôtel de Ville – north", table.Text}, {1, 2, "-1250", table.Number}, {1, 3, "2023-03-15", table.Date}, {1, 4, "-2500", table.Number}, {2, 4, "about -3.25", table.Text}} {
		if got := tables[0].Rows[want.row].At(want.col); got.Text != want.text || got.Kind != want.kind {
			t.Errorf("%s holds %+v, want %q of kind %d", table.Address(want.row+1, want.col), got, want.text, want.kind)
		}
	}
	if len(tables[0].Merged) != 1 {
		t.Errorf("merged cells read as %+v", tables[0].Merged)
	}
}

func TestRepeatedRowsAndCellsAreBounded(t *testing.T) {
	cell := `<table:table-cell table:number-columns-repeated="%d"><text:p>x</text:p></table:table-cell>`
	sheet := func(rows, cols int) []byte {
		return book(open + fmt.Sprintf(`<table:table table:name="S"><table:table-row table:number-rows-repeated="%d">`+cell+`</table:table-row></table:table>`, rows, cols) + shut)
	}
	if tables, err := ods.Read(context.Background(), input(sheet(3, 4)), ""); err != nil || len(tables[0].Rows) != 3 || len(tables[0].Rows[2].Cells) != 4 {
		t.Errorf("three rows of four cells: %v", err)
	}
	for _, size := range [][2]int{{1, 2_000_000}, {1_000_000, 1000}} {
		if _, err := ods.Read(context.Background(), input(sheet(size[0], size[1])), ""); !errors.Is(err, table.ErrTooLarge) {
			t.Errorf("%d rows of %d cells: %v, want too large", size[0], size[1], err)
		}
	}
	// What LibreOffice writes below every sheet: a million blank rows.
	blank := book(open + `<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>` + shut)
	if tables, err := ods.Read(context.Background(), input(blank), ""); err != nil || len(tables[0].Rows) != 1 {
		t.Errorf("blank rows below a sheet: %v", err)
	}
}

func TestDeclaredEntitiesAreRefused(t *testing.T) {
	laughs := `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>` + strings.TrimPrefix(open, `<?xml version="1.0"?>`) + `<table:table table:name="S"><table:table-row><table:table-cell><text:p>&lol2;</text:p></table:table-cell></table:table-row></table:table>` + shut
	if _, err := ods.Read(context.Background(), input(book(laughs)), ""); !errors.Is(err, table.ErrDamaged) {
		t.Errorf("declared entities: %v, want refused", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(book(open + `<table:table table:name="S"><table:table-row><table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell></table:table-row></table:table>` + shut))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 64<<10 {
			return
		}
		in := input(b)
		in.Limits = table.Limits{Cells: 100000, Unpacked: 8 << 20}
		_, _ = ods.Read(context.Background(), in, "")
	})
}

func FuzzContent(f *testing.F) {
	f.Add(open + `<table:table table:name="S"><table:table-row table:number-rows-repeated="7"><table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2023-01-02" table:number-columns-spanned="2"/></table:table-row></table:table>` + shut)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 32<<10 {
			return
		}
		in := input(book(s))
		in.Limits = table.Limits{Cells: 100000, Unpacked: 8 << 20}
		_, _ = ods.Read(context.Background(), in, "")
	})
}
