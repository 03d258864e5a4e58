package workspace_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
)

func TestAWorkbookThatCameBackIsComparedAndTakenIn(t *testing.T) {
	w := newProject(t)
	var p jobs.Progress
	v, err := w.Preview(t.Context(), []string{write(t, "sites.csv", sheet)}, &p)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(t.Context(), v, &p); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	if err := w.Export(t.Context(), app.Export{Kind: "workbook", Path: path}, &p); err != nil {
		t.Fatal(err)
	}
	if !library().OurBook(path) || library().OurBook(write(t, "sites.csv", sheet)) {
		t.Error("our own books are not told from others")
	}
	r, err := w.Returned(t.Context(), path)
	if err != nil || r == nil || len(r.Changes) != 0 {
		t.Fatalf("an unchanged book: %+v, %v", r, err)
	}
	changeOneAssumption(t, path)
	if r, err = w.Returned(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if len(r.Changes) != 1 || !r.Changes[0].Usable || r.Changes[0].Where == "" {
		t.Fatalf("changes %+v", r.Changes)
	}
	if refused, err := w.Take(t.Context(), r, []int{r.Changes[0].ID}); err != nil || len(refused) > 0 {
		t.Fatal(refused, err)
	}
	if n := len(w.Project().Assumptions); n != 1 {
		t.Errorf("%d assumptions changed", n)
	}
	if got := w.UndoName(); got != "changes from book.xlsx" {
		t.Errorf("undo is called %q", got)
	}
}

func changeOneAssumption(t *testing.T, path string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Assumptions", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	col := -1
	for i, row := range rows {
		for j, cell := range row {
			if cell == "Value" {
				col = j
			}
		}
		if col >= 0 && len(row) > col {
			if x, err := strconv.ParseFloat(row[col], 64); err == nil && x > 0 {
				name, _ := excelize.CoordinatesToCellName(col+1, i+1)
				if err := f.SetCellValue("Assumptions", name, x*2); err != nil {
					t.Fatal(err)
				}
				if err := f.Save(); err != nil {
					t.Fatal(err)
				}
				return
			}
		}
	}
	t.Fatal("no assumption found in the book")
}
