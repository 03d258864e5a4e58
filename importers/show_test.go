package importers_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
)

// TestShow prints what becomes of the files whose names hold FLAGSTONE_SHOW; a help while working on the rules.
func TestShow(t *testing.T) {
	want := os.Getenv("FLAGSTONE_SHOW")
	if want == "" {
		t.Skip("set FLAGSTONE_SHOW to part of a file name to see how it is read")
	}
	gaz := gazetteer(t)
	for _, p := range portfolios(t) {
		if !strings.Contains(filepath.Base(p), want) && want != "all" {
			continue
		}
		res, err := importers.Read(context.Background(), p, importers.Options{Gazetteer: gaz})
		if err != nil {
			t.Error(err)
			continue
		}
		for _, tr := range res.Tables {
			fmt.Printf("== %s %s kind %q rows %d passed %q skipped %v\n", filepath.Base(p), tr.Sheet, tr.Kind, tr.Rows, tr.Passed, tr.Skipped)
			if tr.Mapping != nil {
				for _, c := range tr.Mapping.Columns {
					if c.Role == "mapped" || !strings.Contains(p, "ERIC_Site") {
						fmt.Printf("   %-3s %-50.50s %-8s %-20s %.2f %-6s %s\n", c.Letter, c.Column, c.Role, c.Field, c.Confidence, c.Unit, c.Reason)
					}
				}
			}
		}
		for i, f := range res.Findings {
			if i < 12 {
				fmt.Printf("   ! %s r%d %s %q: %s -> %s\n", f.Severity, f.Row, f.Column, f.Value, f.Message, f.Remedy)
			}
		}
		for i := range res.Changes.Assets {
			if i < 2 || i == len(res.Changes.Assets)/2 {
				fmt.Printf("   %+v\n", res.Changes.Assets[i].Asset)
			}
		}
	}
}
