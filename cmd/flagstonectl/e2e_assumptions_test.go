//go:build e2e

package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestTenAssumptions changes ten assumptions of the demonstration workbook, one
// in each copy. LibreOffice recalculates the copy; Flagstone takes the same
// change over from it and appraises. Both must come to the same values.
func TestTenAssumptions(t *testing.T) {
	dir := t.TempDir()
	must(t, "demo", dir)
	project := filepath.Join(dir, "trafford.flagstone")
	keys := []string{"hub.fitout", "hub.area_factor", "backlog.growth", "backlog.failure", "energy.price.electricity", "energy.price.gas",
		"retrofit.bms.saving", "retrofit.insulation.saving", "works.optimism", "lifecycle.cost"}
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out")}
	bare := filepath.Join(dir, "bare.xlsx")
	strip(t, filepath.Join(dir, "trafford.xlsx"), bare)
	for i, key := range keys {
		f, err := excelize.OpenFile(bare)
		if err != nil {
			t.Fatal(err)
		}
		cell := ""
		for _, n := range f.GetDefinedName() {
			if n.Name == strings.ReplaceAll(key, ".", "_") {
				cell = strings.ReplaceAll(n.RefersTo, "$", "")
			}
		}
		sheet, at, ok := strings.Cut(strings.Trim(cell, "="), "!")
		if !ok {
			t.Fatalf("no cell is named after %s", key)
		}
		sheet = strings.Trim(sheet, "'")
		old, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		var v float64
		if _, err := fmt.Sscan(old, &v); err != nil {
			t.Fatalf("%s holds %q", key, old)
		}
		if err := f.SetCellValue(sheet, at, v*1.07); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, fmt.Sprintf("book%d.xlsx", i))
		if err := f.SaveAs(path); err != nil {
			t.Fatal(err)
		}
		f.Close()
		args = append(args, path)
	}
	tool1(t, "soffice", args...)
	raw, err := os.ReadFile(project)
	if err != nil {
		t.Fatal(err)
	}
	for i, key := range keys {
		t.Run(key, func(t *testing.T) {
			own := filepath.Join(dir, fmt.Sprintf("own%d.flagstone", i))
			if err := os.WriteFile(own, raw, 0o644); err != nil {
				t.Fatal(err)
			}
			var set struct {
				Changes []struct {
					Key      string
					Accepted bool
				}
			}
			if err := json.Unmarshal([]byte(must(t, "import-workbook", own, filepath.Join(dir, fmt.Sprintf("book%d.xlsx", i)), "--json")), &set); err != nil {
				t.Fatal(err)
			}
			if len(set.Changes) != 1 || set.Changes[0].Key != key || !set.Changes[0].Accepted {
				t.Errorf("the change set is not exactly the one change: %+v", set.Changes)
			}
			var app struct {
				Scenarios []map[string]any `json:"scenarios"`
			}
			if err := json.Unmarshal([]byte(must(t, "appraise", own, "--json")), &app); err != nil {
				t.Fatal(err)
			}
			got := compareSheet(t, filepath.Join(dir, "out", fmt.Sprintf("book%d.xlsx", i)))
			for _, s := range app.Scenarios {
				name := s["name"].(string)
				for _, k := range []string{"npsv", "npv_public", "npc"} {
					want, v := s[jsonKey(k)].(float64), got[name][k]
					if math.Abs(v-want) > 0.0051 {
						t.Errorf("%s, %s: LibreOffice %.2f, Flagstone %.2f", name, k, v, want)
					}
				}
			}
			t.Logf("Community hubs: LibreOffice %.2f", got["Community hubs"]["npsv"])
		})
	}
}
