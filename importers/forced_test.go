package importers_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/planting-the-flag/flagstone/importers"
	"github.com/planting-the-flag/flagstone/importers/mapping"
)

// TestAnyKindForcedOnAnyFileStillAddsUp reads every smaller file as every kind of table: the user may insist on the wrong one.
func TestAnyKindForcedOnAnyFileStillAddsUp(t *testing.T) {
	for _, p := range portfolios(t) {
		if st, err := os.Stat(p); err != nil || st.Size() > 300_000 {
			continue
		}
		for _, k := range []mapping.Group{mapping.Assets, mapping.Services, mapping.Occupations, mapping.Population, mapping.Boundary, mapping.Energy, mapping.Manual} {
			res, err := importers.Read(context.Background(), p, importers.Options{Kind: k})
			if err != nil {
				t.Errorf("%s as %s: %v", filepath.Base(p), k, err)
				continue
			}
			if !res.Counts.Adds() {
				t.Errorf("%s as %s: %+v", filepath.Base(p), k, res.Counts)
			}
			if filepath.Base(p) == "listed_buildings.csv" && k == mapping.Assets && (res.Counts.Rows != 265 || res.Counts.Located != res.Counts.Things) {
				t.Errorf("listed buildings as assets: %+v", res.Counts)
			}
		}
	}
}
