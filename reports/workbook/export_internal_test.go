package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// parts reads every part of an archive.
func parts(t testing.TB, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

func TestTheBookHidesNothing(t *testing.T) {
	book := parts(t, write(t, newSample(t, 30, 8, 30, 2, 0.5).compare(t), Exempt))
	volatile := regexp.MustCompile(`\b(NOW|TODAY|RAND|RANDBETWEEN|OFFSET|INDIRECT|CELL|INFO)\(`)
	for name, part := range book {
		if strings.Contains(name, "vba") || strings.Contains(name, "externalLink") {
			t.Errorf("the book has the part %s", name)
		}
		if strings.HasPrefix(name, "xl/worksheets/sheet") {
			for _, bad := range []string{"<mergeCell", ` hidden="1"`, `t="array"`, "#REF!"} {
				if strings.Contains(part, bad) {
					t.Errorf("%s has %s", name, bad)
				}
			}
			if m := volatile.FindString(part); m != "" {
				t.Errorf("%s has the volatile function %s", name, m)
			}
			if !strings.Contains(part, "<pageSetup") || !strings.Contains(part, `fitToPage="`) && !strings.Contains(part, ` scale="`) {
				t.Errorf("%s has no print set-up", name)
			}
		}
	}
	w := book["xl/workbook.xml"]
	if strings.Contains(w, "state=\"hidden\"") || strings.Contains(w, "veryHidden") {
		t.Error("a sheet is hidden")
	}
	if !strings.Contains(w, "fullCalcOnLoad=\"1\"") && !strings.Contains(w, "fullCalcOnLoad=\"true\"") {
		t.Error("the book does not ask to be recalculated on opening")
	}
	charts, said := 0, 0
	for name, part := range book {
		if strings.HasPrefix(name, "xl/drawings/drawing") {
			charts += strings.Count(part, "<xdr:graphicFrame")
			said += len(regexp.MustCompile(`descr="[^"]{40,}"`).FindAllString(part, -1))
		}
	}
	if charts < 5 || said != charts {
		t.Errorf("%d charts, %d of them described in words", charts, said)
	}
}

func TestEveryAssumptionHasANamedCell(t *testing.T) {
	c := newSample(t, 31, 3, 10, 1, 0.5).compare(t)
	b := reopen(t, write(t, c, Exempt))
	for _, a := range c.Book.All() {
		found := ""
		for n, to := range b.names {
			if strings.EqualFold(n, strings.ReplaceAll(a.Key, ".", "_")) || strings.HasPrefix(n, "k_") && strings.EqualFold(n[2:], strings.ReplaceAll(a.Key, ".", "_")) {
				found = to
			}
		}
		if !strings.HasPrefix(found, "'Assumptions'!$C$") && !strings.HasPrefix(found, "Assumptions!$C$") {
			t.Errorf("assumption %s has the named cell %q", a.Key, found)
		}
	}
}

func TestNames(t *testing.T) {
	n := newNamer("Base_year")
	for key, want := range map[string]string{"retrofit.led.cost_per_m2": "retrofit_led_cost_per_m2", "ab12": "k_ab12", "r1c1": "k_r1c1", "R": "k_R", "2050": "k_2050",
		"base.year": "base_year_2", "é": "_", "true": "k_true", "tax": "k_tax"} {
		if got := n.defined(key); got != want {
			t.Errorf("%s is named %s, want %s", key, got, want)
		}
	}
	s := newNamer("Cover")
	for name, want := range map[string]string{"cover": "cover 2", "a/b:c*d": "a b c d", strings.Repeat("x", 40): strings.Repeat("x", 31), "": "Option"} {
		if got := s.sheet(name); got != want {
			t.Errorf("%q becomes the sheet %q, want %q", name, got, want)
		}
	}
}

func TestTheZipOfCSVsIsWhatItsDictionarySays(t *testing.T) {
	s := newSample(t, 32, 5, 10, 1, 0.5)
	s.project.Assets[0].Name = "=HYPERLINK(\"x\")"
	c := s.compare(t)
	var one, two bytes.Buffer
	for _, w := range []*bytes.Buffer{&one, &two} {
		if err := WriteCSV(context.Background(), c, w, Options{Edition: Exempt, Created: when}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two exports of the same comparison differ")
	}
	files := parts(t, one.Bytes())
	described := map[string]string{}
	for _, r := range readCSV(t, files["data-dictionary.csv"])[1:] {
		described[r[0]] += "," + r[1]
	}
	for name, part := range files {
		if name == "README.txt" {
			continue
		}
		rows := readCSV(t, part)
		if got := "," + strings.Join(rows[0], ","); got != described[name] {
			t.Errorf("%s has the columns %s and the dictionary says %s", name, got, described[name])
		}
		for i, r := range rows {
			for _, v := range r {
				if strings.HasPrefix(v, "=") || strings.HasPrefix(v, "@") || strings.HasPrefix(v, "+") {
					t.Errorf("%s row %d has %q, which a spreadsheet takes for a formula", name, i+1, v)
				}
			}
		}
	}
	if len(readCSV(t, files["streams.csv"])) < 10 || len(readCSV(t, files["flows.csv"])) < 50 {
		t.Error("streams or flows are missing")
	}
}

func readCSV(t testing.TB, s string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(s)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTheBlankPortfolioOffersLists(t *testing.T) {
	var buf bytes.Buffer
	if err := WriteTemplate(context.Background(), &buf, Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(buf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for sheet, least := range map[string]int{"Assets": 4, "Services": 1, "Occupations": 2} {
		lists, err := f.GetDataValidations(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if len(lists) < least {
			t.Errorf("sheet %s has %d drop-down lists, want %d", sheet, len(lists), least)
		}
		tables, err := f.GetTables(sheet)
		if err != nil || len(tables) != 1 {
			t.Errorf("sheet %s has %d tables (%v)", sheet, len(tables), err)
		}
	}
}
