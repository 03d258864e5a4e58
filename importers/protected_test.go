package importers_test

import (
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

// Of the files in testdata/protected, excel.xlsx was saved by Excel 2013 or newer (from excelize's own tests, BSD licence) and the
// others by LibreOffice: what opens them is held against what others wrote.
func TestAPasswordOpensAProtectedWorkbook(t *testing.T) {
	dir := filepath.Join("testdata", "protected")
	for _, c := range []struct{ file, password, cell string }{
		{filepath.Join(dir, "excel.xlsx"), "password", "SECRET"},
		{filepath.Join(dir, "libreoffice.xlsx"), "Bücher 1", "UPRN"},
		{write(t, "ours.xlsx", workbook(t, small, excelize.Options{Password: "geheim"})), "geheim", "Ref"},
		{write(t, "inside.zip", archive(t, map[string][]byte{"a.xlsx": workbook(t, small, excelize.Options{Password: "geheim"})})), "geheim", "Ref"},
	} {
		name := filepath.Base(c.file)
		_, err := importers.Open(context.Background(), c.file, importers.Options{})
		if !errors.Is(err, importers.ErrPassword) || errors.Is(err, importers.ErrWrongPassword) {
			t.Errorf("%s without a password: %v", name, err)
		}
		for _, wrong := range []string{"x", strings.ToUpper(c.password), c.password + " "} {
			_, err = importers.Open(context.Background(), c.file, importers.Options{Password: wrong})
			if !errors.Is(err, importers.ErrWrongPassword) || !errors.Is(err, importers.ErrPassword) || !strings.Contains(err.Error(), "does not open") || !strings.Contains(err.Error(), name) {
				t.Errorf("%s with the password %q: %v", name, wrong, err)
			}
		}
		tables, err := importers.Open(context.Background(), c.file, importers.Options{Password: c.password})
		if err != nil || len(tables) == 0 || len(tables[0].Rows) == 0 || tables[0].Rows[0].At(0).Text != c.cell {
			t.Errorf("%s with its password: %+v, %v", name, tables, err)
		}
	}
}

func TestAProtectedRegisterImportsLikeAnyOther(t *testing.T) {
	res, err := importers.Read(context.Background(), filepath.Join("testdata", "protected", "libreoffice.xlsx"), importers.Options{Organisation: "Sale Council", Password: "Bücher 1"})
	if err != nil {
		t.Fatal(err)
	}
	if c := res.Counts; c.Rows != 3 || c.Imported != 3 || !c.Adds() {
		t.Errorf("%+v", c)
	}
	if a := res.Changes.Assets[0].Asset; a.UPRN != "100011000001" || a.Name != "Sale Town Hall" || a.FloorArea.Value != 1200 {
		t.Errorf("%+v", a)
	}
}

func TestWhatNoPasswordOpensIsSaid(t *testing.T) {
	book := workbook(t, small, excelize.Options{Password: "geheim"})
	old, err := os.ReadFile(filepath.Join("testdata", "protected", "libreoffice.ods"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"cut.xlsx":   book[:len(book)/3],
		"locked.ods": old,
	} {
		_, err := importers.Open(context.Background(), write(t, name, data), importers.Options{Password: "geheim"})
		if !errors.Is(err, importers.ErrProtected) || errors.Is(err, importers.ErrPassword) || !strings.Contains(err.Error(), "copy without") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzProtected(f *testing.F) {
	for _, name := range []string{"excel.xlsx", "libreoffice.xlsx"} {
		data, err := os.ReadFile(filepath.Join("testdata", "protected", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(_ *testing.T, b []byte) {
		in := table.Input{Name: "f", R: bytes.NewReader(b), Size: int64(len(b)), Password: "password", Limits: table.Limits{Cells: 50000, Unpacked: 4 << 20}}
		_, _ = importers.OpenInput(context.Background(), in, "") // any error will do; a panic or a hang will not
	})
}
