package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// cached is a value that a formula cell keeps.
var cached = regexp.MustCompile(`(<f[^>]*(?:/>|>[^<]*</f>))<v>[^<]*</v>`)

// strip takes every kept value out of a book's formula cells.
func strip(t testing.TB, book []byte) []byte {
	t.Helper()
	return rewrite(t, book, func(name string, part []byte) []byte {
		if strings.HasPrefix(name, "xl/worksheets/sheet") {
			return cached.ReplaceAll(part, []byte("$1"))
		}
		return part
	})
}

// rewrite passes every part of a book through fn.
func rewrite(t testing.TB, book []byte, fn func(name string, part []byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		p, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write(fn(f.Name, part)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// recalculate has LibreOffice work the book out from nothing and save it.
func recalculate(t testing.TB, book []byte) *readBook {
	t.Helper()
	return recalculateAll(t, [][]byte{book})[0]
}

// recalculateAll does it for several books in one run.
func recalculateAll(t testing.TB, books [][]byte) []*readBook {
	t.Helper()
	var out []*readBook
	for _, raw := range saveAll(t, books) {
		out = append(out, reopen(t, raw))
	}
	return out
}

func saveAll(t testing.TB, books [][]byte) [][]byte {
	t.Helper()
	if testing.Short() {
		t.Skip("LibreOffice is not run in short tests")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice (soffice) is not installed: the recalculation was not tested")
	}
	dir := t.TempDir()
	profile := filepath.Join(os.TempDir(), "flagstone-workbook-test-profile")
	args := []string{office, "-env:UserInstallation=file://" + profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out")}
	for i, b := range books {
		in := filepath.Join(dir, "in"+strconv.Itoa(i)+".xlsx")
		if err := os.WriteFile(in, strip(t, b), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, in)
	}
	if msg, err := exec.CommandContext(context.Background(), "nice", args...).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, msg)
	}
	out := make([][]byte, len(books))
	for i := range books {
		if out[i], err = os.ReadFile(filepath.Join(dir, "out", "in"+strconv.Itoa(i)+".xlsx")); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// libre is the book as LibreOffice saves it.
func libre(t testing.TB, book []byte) []byte {
	t.Helper()
	return saveAll(t, [][]byte{book})[0]
}

func reopen(t testing.TB, raw []byte) *readBook {
	t.Helper()
	b, err := openBook(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

type place struct {
	sheet    string
	row, col int
}

// formulas reads every formula cell of a book.
func formulas(t testing.TB, b *readBook) map[place]readCell {
	t.Helper()
	out := map[place]readCell{}
	for _, s := range b.sheets {
		if err := b.each(s, func(row int, cells []readCell) error {
			for _, c := range cells {
				if c.formula {
					out[place{s, c.row, c.col}] = c
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// sameValues compares what we kept in every formula cell with what LibreOffice
// makes of the formula.
func sameValues(t testing.TB, ours, theirs *readBook) (cells int) {
	t.Helper()
	a, b := formulas(t, ours), formulas(t, theirs)
	bad := 0
	for p, x := range a {
		y, ok := b[p]
		say := func(why string) {
			if bad++; bad < 25 {
				t.Errorf("%s!%s: %s: kept %q, LibreOffice %q, formula %.300s", p.sheet, a1(p.row, p.col), why, x.v, y.v, x.f)
			}
		}
		if !ok {
			say("no formula in the recalculated book")
			continue
		}
		if y.typ == "e" {
			say("an error")
			continue
		}
		u, ok1 := x.number()
		v, ok2 := y.number()
		switch {
		case ok1 != ok2:
			if x.typ == "b" || y.typ == "b" {
				if strings.TrimSpace(x.v) != strings.TrimSpace(y.v) {
					say("truth differs")
				}
				continue
			}
			say("of another kind")
		case ok1:
			if math.Abs(u-v) > 1e-6*math.Max(1, math.Abs(u)) {
				say("differs by " + strconv.FormatFloat(u-v, 'g', 6, 64))
			}
		case x.v != y.v:
			say("another text")
		}
		cells++
	}
	if bad > 0 {
		t.Errorf("%d of %d formula cells differ", bad, len(a))
	}
	return cells
}
