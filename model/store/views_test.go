package store_test

import (
	"database/sql"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/planting-the-flag/flagstone/model/store"
)

// What were tables up to version 3 gives the same rows as views, to whoever reads a project with SQL.
func TestTablesThatBecameViewsReadTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.flagstone")
	copyFile(t, "testdata/v3.flagstone", path)
	f, err := store.Open(path, options(t))
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	open := func(path string) *sql.DB {
		db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	before, after := open("testdata/v3.flagstone"), open(path)
	for _, q := range []string{
		// A figure without a value or a source said nothing; such rows are gone.
		`SELECT asset, kind, coalesce(cost_pence, ''), cost_grade, cost_source FROM asset_cost WHERE cost_pence IS NOT NULL OR cost_source <> ? ORDER BY asset, kind`,
		`SELECT asset, fuel, coalesce(energy_kwh, ''), energy_grade, energy_source FROM asset_energy WHERE energy_kwh IS NOT NULL OR energy_source <> ? ORDER BY asset, fuel`,
		`SELECT asset, name, value FROM asset_extra WHERE name || 'x' <> ? ORDER BY asset, name`,
		`SELECT asset, kind, detail, landlord, notice_months, let_out, coalesce(dilapidations_pence, ''), dilapidations_grade, dilapidations_source FROM tenure WHERE asset <> ? ORDER BY asset`,
		`SELECT asset, kind, date FROM lease_event WHERE kind <> ? ORDER BY asset, kind`,
		`SELECT id, tenure, coalesce(lease_break, ''), coalesce(lease_expiry, ''), coalesce(running_cost, ''), coalesce(energy_kwh, ''), coalesce(fte, '') FROM v_asset WHERE id <> ? ORDER BY id`,
	} {
		want, got := rowsOf(t, before, q, ""), rowsOf(t, after, q, "")
		if len(want) == 0 || !reflect.DeepEqual(want, got) {
			t.Errorf("%s:\n%q\nis not\n%q", q, got, want)
		}
	}
}
