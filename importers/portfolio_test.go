package importers_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// sharedDir is the folder of shared reference material, or the test is skipped when this checkout has none beside it.
func sharedDir(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("FLAGSTONE_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if s := filepath.Join(dir, "shared"); isDir(filepath.Join(s, "portfolios")) {
			return s
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("no folder named shared beside this checkout: set FLAGSTONE_SHARED to the one that holds portfolios and geo")
		}
		dir = up
	}
}

func isDir(p string) bool {
	st, err := os.Stat(p)
	return err == nil && st.IsDir()
}

func gazetteer(t testing.TB) *geo.Gazetteer {
	t.Helper()
	var tables [][]byte
	for _, n := range []string{"gb-postcode-sectors-codepoint-2014.csv", "gb-postcode-outcodes-codepoint-2014.csv", "codepoint-open-2014/m.csv", "codepoint-open-2014/wa.csv"} {
		b, err := os.ReadFile(filepath.Join(sharedDir(t), "geo", n))
		if err != nil {
			t.Fatal(err)
		}
		tables = append(tables, b)
	}
	g, err := geo.NewGazetteer(tables...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// portfolios lists every data file of the shared portfolios.
func portfolios(t testing.TB) []string {
	t.Helper()
	root := filepath.Join(sharedDir(t), "portfolios")
	var out []string
	_ = filepath.Walk(root, func(p string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() && filepath.Ext(p) != ".md" {
			out = append(out, p)
		}
		return nil
	})
	sort.Strings(out)
	return out
}

func TestEveryPortfolioAddsUp(t *testing.T) {
	gaz := gazetteer(t)
	var table strings.Builder
	for _, p := range portfolios(t) {
		start := time.Now()
		res, err := importers.Read(context.Background(), p, importers.Options{Gazetteer: gaz})
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(p), err)
			continue
		}
		c := res.Counts
		if !c.Adds() {
			t.Errorf("%s: counts do not add up: %+v", filepath.Base(p), c)
		}
		kind, passed := "", ""
		for _, tr := range res.Tables {
			if tr.Passed == "" {
				kind = string(tr.Kind)
			} else if tr.Rows > 0 {
				passed = tr.Passed
			}
		}
		fmt.Fprintf(&table, "%-55s %-10s rows %5d new %5d merged %5d rejected %4d things %5d located %3.0f %% findings %d %v %s\n", filepath.Base(p), kind, c.Rows, c.Imported, c.Merged, c.Rejected, c.Things, 100*c.LocatedShare(), len(res.Findings), time.Since(start).Round(time.Millisecond), passed)
	}
	t.Log("\n" + table.String())
}
