package main

import (
	"context"
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/planting-the-flag/flagstone/importers/demo"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// assumptionRows reads the assumption book of a workbook: key → row, column → letter.
func assumptionRows(t *testing.T, f *excelize.File) (rows map[string][]string, at map[string]string, column map[string]int) {
	t.Helper()
	all, err := f.GetRows("Assumptions", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	rows, at = map[string][]string{}, map[string]string{}
	for i, r := range all {
		if column == nil {
			for c, h := range r {
				if h == "Key" {
					column = map[string]int{}
				}
				if column != nil {
					column[h] = c
				}
			}
			continue
		}
		if len(r) > 0 && r[0] != "" {
			rows[r[0]] = r
			at[r[0]], _ = excelize.CoordinatesToCellName(column["Value"]+1, i+1)
		}
	}
	return rows, at, column
}

// worth adds up the flows of every ledger, years weighed as money is.
func worth(t *testing.T, p *model.Project, paths map[string]model.Path, streams []ledger.Stream) [3]float64 {
	t.Helper()
	m, err := ledger.Expand(streams, &ledger.Context{BaseYear: p.BaseYear, Years: p.Horizon, PriceBase: p.PriceBase, Paths: paths})
	if err != nil {
		t.Fatal(err)
	}
	var out [3]float64
	for i := range streams {
		for y, v := range m.Row(i) {
			out[streams[i].Ledger] += v / math.Pow(1.035, float64(y))
		}
	}
	return out
}

// TestWhereAnAssumptionActs changes every assumption that the workbook says acts
// in it, or nowhere, and holds what the book's formulas then come to, the same
// streams with another value, to the plan that Flagstone builds anew.
func TestWhereAnAssumptionActs(t *testing.T) {
	p, err := demo.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	project, book := place(t), filepath.Join(t.TempDir(), "a.xlsx")
	ask(t, context.Background(), "export", "workbook", project, "-o", book)
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, _, column := assumptionRows(t, f)
	in, err := evaluate(p, "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, a := range in.Book.All() {
		where := rows[a.Key][column["Where it acts"]]
		count[where]++
		if where != "this book" && where != "not used" {
			continue
		}
		now := a
		now.Value *= 0.93
		changed := model.NewBook(in.Book.All(), []model.Assumption{now}).WithDeflator(in.Book.Restate)
		for i := range p.Scenarios {
			was, err := action.Build(p, &p.Scenarios[i], in.Book)
			if err != nil {
				t.Fatal(err)
			}
			anew, err := action.Build(p, &p.Scenarios[i], changed)
			if err != nil {
				t.Fatal(err)
			}
			for k := range was.Streams {
				s := &was.Streams[k]
				terms := []*ledger.Term{&s.Growth, &s.Uplift}
				for n := range s.Rates {
					terms = append(terms, &s.Rates[n])
				}
				for _, x := range terms {
					if x.Key == a.Key {
						x.Value = now.Value
					}
				}
			}
			got, want := worth(t, p, in.Paths, was.Streams), worth(t, p, in.Paths, anew.Streams)
			for k := range got {
				if math.Abs(got[k]-want[k]) > 1e-6*math.Max(1, math.Abs(want[k])) {
					t.Errorf("%s is said to act in %q, but the %s ledger of %s comes to %.2f in the book and to %.2f anew", a.Key, where, ledger.Kind(k), p.Scenarios[i].Name, got[k], want[k])
				}
			}
		}
	}
	for _, where := range []string{"this book", "this book in part", "Flagstone", "not used"} {
		if count[where] == 0 {
			t.Errorf("no assumption acts in %q: %v", where, count)
		}
	}
}

// TestDatesChangedInABookAreWorkedOutAnew: months to a sale, years of planning a
// change of use and the service level of shared desks do not move the book's own
// formulas. Taken in, they give what an appraisal with those figures gives.
func TestDatesChangedInABookAreWorkedOutAnew(t *testing.T) {
	project, dir := place(t), t.TempDir()
	book := filepath.Join(dir, "a.xlsx")
	ask(t, context.Background(), "export", "workbook", project, "-o", book)
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	rows, at, column := assumptionRows(t, f)
	changed := map[string]float64{"sale.months": 30, "convert.homes.planning_months": 40, "flex.service_level": 0.8}
	for key, v := range changed {
		if where := rows[key][column["Where it acts"]]; !strings.Contains("Flagstone, this book in part", where) {
			t.Errorf("%s is said to act in %q", key, where)
		}
		if err := f.SetCellValue("Assumptions", at[key], v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(book); err != nil {
		t.Fatal(err)
	}
	f.Close()
	before := appraisals(t, project)
	ask(t, context.Background(), "import-workbook", project, book)
	after := appraisals(t, project)

	p, err := demo.Build(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	in, err := evaluate(p, "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	for key, v := range changed {
		a, _ := in.Book.Get(key)
		a.Value = v
		p.Assumptions = append(p.Assumptions, a)
	}
	if before["Community hubs"] == after["Community hubs"] {
		t.Error("nothing moves")
	}
	want, err := evaluate(p, "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	for i := range want.Options {
		r := &want.Options[i]
		if math.Abs(after[r.Scenario.Name]-r.NPSV) > 0.0051 {
			t.Errorf("%s: %.2f after taking the book in, %.2f with the same figures in the project", r.Scenario.Name, after[r.Scenario.Name], r.NPSV)
		}
	}
}

// appraisals is the NPSV of each scenario by name.
func appraisals(t *testing.T, project string) map[string]float64 {
	t.Helper()
	var out struct {
		Scenarios []struct {
			Name string
			NPSV float64
		}
	}
	if err := json.Unmarshal([]byte(ask(t, context.Background(), "appraise", project, "--json")), &out); err != nil {
		t.Fatal(err)
	}
	by := map[string]float64{}
	for _, s := range out.Scenarios {
		by[s.Name] = s.NPSV
	}
	return by
}
