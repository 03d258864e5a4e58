package intake_test

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/app/intake"
	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model"
)

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	p := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

func list(rows, area int) string {
	var b strings.Builder
	b.WriteString("Asset reference,Site name,Post code,Floor area m2\n")
	for i := range rows {
		fmt.Fprintf(&b, "R%05d,Building %d,M33 7ZF,%d\n", i, i, area+i)
	}
	return b.String()
}

func read(t *testing.T, p *model.Project, paths ...string) *intake.Reading {
	t.Helper()
	r, err := intake.Read(t.Context(), p, paths, intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func place(t *testing.T, rows int) *model.Project {
	t.Helper()
	p := &model.Project{Name: "Place"}
	r := read(t, p, write(t, t.TempDir(), "register.csv", list(rows, 100)))
	r.Results()[0].Changes.Apply(p)
	if len(p.Assets) != rows {
		t.Fatalf("%d assets", len(p.Assets))
	}
	return p
}

func TestLookingLeavesTheProjectAsItIs(t *testing.T) {
	p := place(t, 30)
	was := intake.Copy(p)
	r := read(t, p, write(t, t.TempDir(), "register.csv", list(30, 900)))
	if c := r.Results()[0].Counts; c.Updated != 30 {
		t.Fatalf("%+v", c)
	}
	if !reflect.DeepEqual(was, p) {
		t.Error("reading files that change buildings changed the project before anybody agreed")
	}
}

func TestStoppingHalfWayLeavesTheProjectAsItIs(t *testing.T) {
	p := place(t, 30)
	was := intake.Copy(p)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stages := 0
	_, err := intake.Read(ctx, p, []string{write(t, t.TempDir(), "register.csv", list(20_000, 900))}, intake.Options{Progress: func(_ int, at importers.Progress) {
		if stages++; at.Stage == "placing" && at.Rows > 5_000 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || stages == 0 {
		t.Errorf("%d stages, %v", stages, err)
	}
	if !reflect.DeepEqual(was, p) {
		t.Error("a stopped reading left something behind")
	}
}

func TestTheNextFileSeesWhatTheOneBeforeBrings(t *testing.T) {
	dir := t.TempDir()
	r := read(t, &model.Project{}, write(t, dir, "a.csv", list(5, 100)), write(t, dir, "b.csv", list(7, 100)))
	if a, b := r.Results()[0].Counts, r.Results()[1].Counts; a.Imported != 5 || b.Imported != 2 || b.Unchanged != 5 {
		t.Errorf("%+v, %+v", a, b)
	}
}

func TestABadFileIsToldInItsPlace(t *testing.T) {
	dir := t.TempDir()
	r := read(t, &model.Project{}, write(t, dir, "photo.xlsx", "\x89PNG\r\n\x1a\n????"), write(t, dir, "b.csv", list(7, 100)))
	if r.Files[0].Err == nil || r.Files[1].Err != nil || len(r.Results()) != 1 {
		t.Errorf("%v, %v", r.Files[0].Err, r.Files[1].Err)
	}
}

func TestFoldersGiveTheirTablesAndArchivesTheirs(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "in/a.csv", list(5, 100))
	write(t, dir, "in/sub/b.CSV", list(7, 100))
	write(t, dir, "in/~$a.xlsx", "lock")
	write(t, dir, "in/.hidden/c.csv", list(9, 100))
	write(t, dir, "in/notes.docx", "x")
	lone := write(t, dir, "lone.docx", "x")
	got := intake.Expand([]string{filepath.Join(dir, "in"), lone})
	if want := []string{filepath.Join(dir, "in", "a.csv"), filepath.Join(dir, "in", "sub", "b.CSV"), lone}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	path := filepath.Join(dir, "all.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for name, rows := range map[string]int{"a.csv": 5, "more/b.csv": 7} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(list(rows, 100)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	r := read(t, &model.Project{}, path)
	if c := r.Results()[0].Counts; c.Rows != 12 || c.Imported != 7 || !c.Adds() {
		t.Errorf("%+v", c)
	}
}

func TestWhatAColumnMeansIsChosenAgain(t *testing.T) {
	r := read(t, &model.Project{}, write(t, t.TempDir(), "a.csv", list(5, 100)))
	key := r.Results()[0].Tables[0].Key
	c, gave, err := r.SetColumn(key, 3, mapping.Mapped, mapping.LandArea, "ha")
	if err != nil || gave != "" {
		t.Fatal(gave, err)
	}
	again, err := r.Revise(t.Context(), &model.Project{}, c, intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a := again.Results()[0].Changes.Assets[0].Asset; a.LandArea.Value != 100 || a.FloorArea.Known() {
		t.Errorf("land %v, floor %v", a.LandArea, a.FloorArea)
	}
	if a := r.Results()[0].Changes.Assets[0].Asset; a.FloorArea.Value != 100 {
		t.Error("the first reading changed")
	}
	if _, _, err := r.SetColumn(key, 99, mapping.Mapped, mapping.LandArea, ""); err == nil {
		t.Error("a column that is not there was set")
	}
	c, err = r.SetKind(key, mapping.Services)
	if err != nil {
		t.Fatal(err)
	}
	if again, err = r.Revise(t.Context(), &model.Project{}, c, intake.Options{}); err != nil || again.Results()[0].Tables[0].Kind != mapping.Services {
		t.Errorf("%v, %v", again.Results()[0].Tables[0].Kind, err)
	}
}

func TestMergingAndSplittingIsOneStepEach(t *testing.T) {
	p := place(t, 3)
	keep, gone := p.Assets[0].ID, p.Assets[1].ID
	b, _, err := intake.Merge(p, keep, gone)
	if err != nil || b.Name != "merging of Building 1 into Building 0" || len(b.Commands) == 0 {
		t.Fatalf("%q, %d commands, %v", b.Name, len(b.Commands), err)
	}
	if _, _, err := intake.Split(p, keep, gone); err == nil {
		t.Error("what was never merged was split")
	}
}
