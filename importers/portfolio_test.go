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

// expected is what each file comes to, as counted when the importer was written: kind, rows, new, merged, rejected. A file passed over
// has the beginning of the reason in place of its kind.
var expected = map[string]struct {
	kind                        string
	rows, new, merged, rejected int
}{
	"trafford_land_and_building_assets.csv": {"assets", 608, 608, 0, 0}, "local_authority_land_and_assets_2023.csv": {"assets", 459, 459, 0, 0}, "stations-derbyshire.xlsx": {"assets", 56, 56, 0, 0},
	"stations-devon-and-somerset.tsv": {"assets", 85, 85, 0, 0}, "2025-6-20-iolp-buildings.xlsx": {"assets", 8645, 8645, 0, 0}, "ERIC_Site.csv": {"assets", 2869, 2869, 0, 0},
	"eric-birmingham-88-nhs-sites-geocoded.csv": {"assets", 88, 88, 0, 0}, "eric-midlands-partnership-57-sites-geocoded.csv": {"assets", 57, 57, 0, 0}, "gm_libraries.csv": {"assets", 141, 141, 0, 0},
	"hospitals.geojson": {"assets", 20, 3, 17, 0}, "fire_stations.geojson": {"assets", 6, 6, 0, 0}, "greenspace_sites.geojson": {"assets", 427, 426, 1, 0}, "lsoa.geojson": {"boundary", 139, 139, 0, 0},
	"conservation_areas.geojson": {"boundary", 21, 21, 0, 0}, "localities.geojson": {"boundary", 4, 4, 0, 0}, "lsoa_population_mid2024.csv": {"population", 417, 139, 278, 0},
	"lsoa_disability_2021.csv": {"population", 556, 139, 417, 0}, "lsoa_car_availability_2021.csv": {"population", 556, 139, 417, 0}, "lsoa_travel_to_work_2021.csv": {"population", 1529, 139, 1390, 0},
	"Sample_School_Energy_Data_Stacked.csv": {"energy", 4800, 5, 4795, 0}, "calgary.csv": {"assets", 494, 99, 395, 0}, "2016_Building_Energy_Benchmarking.csv": {"assets", 3376, 3376, 0, 0},
	"2011-14 Philadelphia Municipal Building Energy Usage.csv": {"assets", 94, 31, 63, 0}, "non-res_buildings.csv": {"assets", 6154, 6110, 44, 0}, "ipis_modified_names.csv": {"assets", 1953, 1946, 7, 0},
	"use_type_codes.csv": {"it is a list of codes", 0, 0, 0, 0}, "listed_buildings.csv": {"it is a register of listed buildings", 0, 0, 0, 0}, "bus_stops.csv": {"it is a list of stops", 0, 0, 0, 0},
	"bus_routes.geojson": {"its features are lines", 0, 0, 0, 0}, "lsoa_median_property_prices.csv": {"it describes areas", 0, 0, 0, 0},
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
		if want, ok := expected[filepath.Base(p)]; ok && (c.Rows != want.rows || c.Imported != want.new || c.Merged != want.merged || c.Rejected != want.rejected || !strings.HasPrefix(kind+passed, want.kind)) {
			t.Errorf("%s: %s%s, %+v; want %+v", filepath.Base(p), kind, passed, c, want)
		}
		fmt.Fprintf(&table, "%-55s %-10s rows %5d new %5d merged %5d rejected %4d things %5d located %3.0f %% findings %d %v %v %s\n", filepath.Base(p), kind, c.Rows, c.Imported, c.Merged, c.Rejected, c.Things, 100*c.LocatedShare(), len(res.Findings), c.By, time.Since(start).Round(time.Millisecond), passed)
	}
	t.Log("\n" + table.String())
}
