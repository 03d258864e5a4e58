package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model"
)

// A copy of a file and its journal in the middle of a change is what a crash
// leaves.
func TestReadingPutsAnUnfinishedFileRight(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "p.flagstone")
	f, err := Create(path, &model.Project{Name: "before", BaseYear: 2026, Horizon: 30}, Options{Now: func() time.Time { return time.Time{} }})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.conn.exec("PRAGMA cache_size = 1"); err != nil { // so that changes reach the file before the end
		t.Fatal(err)
	}
	crashed := filepath.Join(t.TempDir(), "c.flagstone")
	err = f.conn.transact(forWriting, func() error {
		for range 300 {
			if err := f.conn.exec(`INSERT INTO finding (severity, file, sheet, row, cell, value, message, remedy, asset)
				VALUES ('note', '', '', 0, '', '', ?, '', '')`, "a message of some length that fills the page after a while"); err != nil {
				return err
			}
		}
		for _, end := range []string{"", "-journal"} {
			b, err := os.ReadFile(path + end)
			if err == nil {
				err = os.WriteFile(crashed+end, b, 0o644)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	g, err := Open(crashed, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if n := len(g.Project().Findings); n != 0 {
		t.Errorf("%d findings of a change that did not end", n)
	}
	if bad, err := g.Check(); err != nil || len(bad) > 0 {
		t.Errorf("check: %v %v", bad, err)
	}
}
