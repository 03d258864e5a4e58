package workspace_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/workspace"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

func library() *workspace.Library {
	return &workspace.Library{Now: func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }, Who: "Ann"}
}

func newProject(t *testing.T) app.Workspace {
	t.Helper()
	w, err := library().New(t.Context(), filepath.Join(t.TempDir(), "place.flagstone"), "Place", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

const sheet = "Site name,Post code,Tenure,Gross internal floor area (m²)\nTown Hall,M33 4NA,Freehold,4200\nLibrary,M33 4NB,Freehold,900\nDepot,M33 4NC,Leasehold,not measured\n"

func write(t *testing.T, name, text string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAnImportIsOneStepThatUndoTakesBack(t *testing.T) {
	w := newProject(t)
	var p jobs.Progress
	v, err := w.Preview(t.Context(), []string{write(t, "sites.csv", sheet)}, &p)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Files) != 1 || v.Files[0].Rows != 3 || v.Files[0].New+v.Files[0].Rejected != 3 {
		t.Errorf("preview %+v", v.Files)
	}
	if len(w.Project().Assets) != 0 {
		t.Error("the preview changed the project")
	}
	if err := w.Commit(t.Context(), v, &p); err != nil {
		t.Fatal(err)
	}
	if n := len(w.Project().Assets); n < 2 {
		t.Errorf("%d assets", n)
	}
	if got := w.UndoName(); got != "import of sites.csv" {
		t.Errorf("the step is called %q", got)
	}
	if err := w.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(w.Project().Assets); n != 0 {
		t.Errorf("%d assets after undo", n)
	}
	if got := w.RedoName(); got != "import of sites.csv" {
		t.Errorf("redo is called %q", got)
	}
}

func TestAFileThatIsNoSpreadsheetIsToldInItsPlace(t *testing.T) {
	w := newProject(t)
	var p jobs.Progress
	v, err := w.Preview(t.Context(), []string{write(t, "photo.xlsx", "\x89PNG\r\n\x1a\n????"), write(t, "sites.csv", sheet)}, &p)
	if err != nil {
		t.Fatal(err)
	}
	if v.Files[0].Problem == "" || !strings.HasSuffix(v.Files[0].Problem, ".") {
		t.Errorf("told %q", v.Files[0].Problem)
	}
	if v.Files[1].New == 0 {
		t.Error("the good file was kept out by the bad one")
	}
}

func TestAStoppedPreviewIsStopped(t *testing.T) {
	w := newProject(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var p jobs.Progress
	if _, err := w.Preview(ctx, []string{write(t, "sites.csv", sheet)}, &p); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if err := w.PutAssumption(ctx, "x", model.Assumption{Key: "x"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a change after the stop: %v", err)
	}
}

func TestExportLeavesWhatWasThereWhenItFails(t *testing.T) {
	w := newProject(t)
	var p jobs.Progress
	v, err := w.Preview(t.Context(), []string{write(t, "sites.csv", sheet)}, &p)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(t.Context(), v, &p); err != nil {
		t.Fatal(err)
	}
	path := write(t, "book.xlsx", "what was there")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Export(ctx, app.Export{Kind: "workbook", Path: path}, &p); err == nil {
		t.Fatal("a stopped export went on")
	}
	if b, _ := os.ReadFile(path); string(b) != "what was there" {
		t.Error("a stopped export changed the file")
	}
	if err := w.Export(t.Context(), app.Export{Kind: "register", Path: path, Public: true}, &p); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(path); !strings.Contains(string(b), "Town Hall") {
		t.Error("the register lacks the town hall")
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".flagstone-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestASecondPersonMayLookButNotChange(t *testing.T) {
	w := newProject(t)
	other, err := library().Open(t.Context(), w.Path(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if other.ReadOnly() == "" {
		t.Error("two people may write at once")
	}
}

func TestEveryStandingScenarioIsAppraised(t *testing.T) {
	w := newProject(t)
	c, err := w.Evaluate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Options) != len(w.Project().Scenarios) {
		t.Errorf("%d results for %d scenarios", len(c.Options), len(w.Project().Scenarios))
	}
}

// people puts a team of so many people with so many desks into a building a.
func people(t *testing.T, w app.Workspace, fte, desks float64) {
	t.Helper()
	stated := func(v float64) model.Figure { return model.Figure{Value: v, Grade: model.Stated, Source: "test"} }
	w.(*workspace.Workspace).Do(t, "people",
		store.PutOrganisations{Organisations: []model.Organisation{{ID: "c", Name: "Council", Public: true}}},
		store.PutAssets{Assets: []model.Asset{{ID: "a", Organisation: "c", Name: "Office", Use: model.UseOffice, FloorArea: stated(500)}}},
		store.PutServices{Services: []model.Service{{ID: "t", Organisation: "c", Name: "Team", FTE: stated(fte)}}},
		store.PutOccupations{Occupations: []model.Occupation{{Service: "t", Asset: "a", Share: 1, Desks: stated(desks)}}})
}

func TestBuildingsAreMergedAndSplitAsStepsOfTheirOwn(t *testing.T) {
	w := newProject(t)
	var p jobs.Progress
	v, err := w.Preview(t.Context(), []string{write(t, "sites.csv", sheet)}, &p)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(t.Context(), v, &p); err != nil {
		t.Fatal(err)
	}
	keep, gone := w.Project().Assets[0], w.Project().Assets[1]
	if err := w.MergeAssets(t.Context(), keep.ID, gone.ID); err != nil {
		t.Fatal(err)
	}
	if n := len(w.Project().Assets); n != 2 || w.UndoName() != "merging of Library into Town Hall" {
		t.Errorf("%d assets, undo %q", n, w.UndoName())
	}
	if m := w.MergedAssets(keep.ID); len(m) != 1 || m[0].Asset != gone.ID || m[0].Name != "Library" {
		t.Errorf("merged: %+v", m)
	}
	if err := w.SplitAsset(t.Context(), keep.ID, gone.ID); err != nil {
		t.Fatal(err)
	}
	if a := w.Project().Asset(gone.ID); a == nil || a.FloorArea != gone.FloorArea || len(w.Project().Assets) != 3 {
		t.Errorf("after the split: %+v", a)
	}
	for range 2 {
		if err := w.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.Project().Assets) != 3 || len(w.MergedAssets(keep.ID)) != 0 {
		t.Error("undo does not take the two steps back")
	}
}
