package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model"
)

func TestTheJournalLetsItsOldestEntriesGo(t *testing.T) {
	entries, size := journalEntries, journalBytes
	defer func() { journalEntries, journalBytes = entries, size }()
	f, err := Create(filepath.Join(t.TempDir(), "p.flagstone"), &model.Project{BaseYear: 2026, Horizon: 30},
		Options{Now: func() time.Time { return time.Time{} }})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	change := func(name, text string) {
		t.Helper()
		if err := f.Do(Batch{Name: name, Commands: []Command{PutAssumption{model.Assumption{Key: "k", Label: text}}}}); err != nil {
			t.Fatal(err)
		}
	}
	history := func() string {
		t.Helper()
		h, err := f.History()
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range h {
			names = append(names, e.Name)
		}
		return strings.Join(names, " ")
	}
	journalEntries = 3
	for i := range 5 {
		change(fmt.Sprint(i), fmt.Sprint(i))
	}
	if got := history(); got != "2 3 4" {
		t.Errorf("journal holds %s", got)
	}
	journalBytes = 1500
	change("a", strings.Repeat("long ", 200))
	change("b", "short") // its image is the long text
	if got := history(); got != "a b" {
		t.Errorf("journal holds %s", got)
	}
	journalBytes = 10
	change("c", "the last is kept whatever its size")
	if got := history(); got != "c" {
		t.Errorf("journal holds %s", got)
	}
}

func TestImagesAreCompressedWhenLarge(t *testing.T) {
	for _, n := range []int{0, 1, 5, 500} {
		packed, data, err := pack(func(yield func(image) error) error {
			for i := range n {
				if err := yield(image{Kind: KindAsset, Key: fmt.Sprint(i), No: int64(i), Item: []byte(`{"Name":"` + strings.Repeat("x", 20) + `"}`)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || packed != (n == 500) {
			t.Errorf("%d: packed %v, %v", n, packed, err)
		}
		got, err := unpack(packed, data)
		if err != nil || len(got) != n || n > 0 && got[n-1].Key != fmt.Sprint(n-1) {
			t.Errorf("%d: %d came back, %v", n, len(got), err)
		}
	}
}
