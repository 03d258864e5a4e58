package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// tinyDisk mounts a disk of the given size, or skips the test.
func tinyDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("disks cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func TestFullDisk(t *testing.T) {
	dir := tinyDisk(t, "3m")
	f, err := store.Create(filepath.Join(dir, "p.flagstone"), withCouncil(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	some := estate(20_000)
	if err := f.Do(store.PutAssets{Assets: some[:500]}); err != nil {
		t.Fatal(err)
	}
	full := func(what string, err error) {
		t.Helper()
		var e *store.Error
		if !errors.Is(err, store.ErrDiskFull) || !errors.As(err, &e) || e.Sentence != "There is no room left on the disk that holds "+filepath.Base(e.Path)+"." {
			t.Errorf("%s: %v", what, err)
		}
	}
	before := f.Project()
	full("a change", f.Do(store.PutAssets{Assets: some}))
	if f.Project() != before {
		t.Error("the project changed")
	}
	if err := os.WriteFile(filepath.Join(dir, "fill"), make([]byte, 3<<20), 0o644); err == nil {
		t.Fatal("the disk is not full")
	}
	full("a small change", f.Do(store.PutAssumption{Assumption: model.Assumption{Key: "k"}}))
	full("undo", f.Undo())
	full("save as", f.SaveAs(filepath.Join(dir, "copy.flagstone")))
	if f.Path() != filepath.Join(dir, "p.flagstone") {
		t.Error("the project moved to a file that was not written")
	}
	_, err = store.Create(filepath.Join(dir, "new.flagstone"), minimal(), options(t))
	full("create", err)
	if got := listing(t, dir); got != ".~p.flagstone.lock fill p.flagstone" {
		t.Errorf("disk holds %s", got)
	}
	if err := os.Remove(filepath.Join(dir, "fill")); err != nil {
		t.Fatal(err)
	}
	// With room again, all is as it was and goes on.
	if err := f.Do(store.PutAssumption{Assumption: model.Assumption{Key: "k"}}); err != nil {
		t.Fatal(err)
	}
	want := f.Project()
	g := reopen(t, f)
	if d := diff(want, g.Project()); d != "" {
		t.Error(d)
	}
	if bad, err := g.Check(); err != nil || len(bad) > 0 {
		t.Errorf("check: %v %v", bad, err)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	dir := tinyDisk(t, "8m")
	f, err := store.Create(filepath.Join(dir, "p.flagstone"), newRnd(5).project(5), options(t))
	if err != nil {
		t.Fatal(err)
	}
	want := f.Project()
	f.Close()
	copyFile(t, "testdata/v1.flagstone", filepath.Join(dir, "old.flagstone"))
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip(err)
	}
	g, err := store.Open(f.Path(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if d := diff(want, g.Project()); d != "" {
		t.Error(d)
	}
	if a := g.Access(); !a.ReadOnly || a.Sentence != "p.flagstone is open for reading only: it, or the folder it is in, cannot be written to." {
		t.Errorf("access is %+v", a)
	}
	if err := g.Do(store.PutAssets{}); !errors.Is(err, model.ErrReadOnly) {
		t.Errorf("a change: %v", err)
	}
	if _, err := store.Create(filepath.Join(dir, "new.flagstone"), minimal(), options(t)); !errors.Is(err, model.ErrReadOnly) {
		t.Errorf("create: %v", err)
	}
	if err := g.SaveCopy(filepath.Join(dir, "copy.flagstone")); !errors.Is(err, model.ErrReadOnly) {
		t.Errorf("copy: %v", err)
	}
	if _, err := store.Open(filepath.Join(dir, "old.flagstone"), options(t)); !errors.Is(err, model.ErrReadOnly) {
		t.Errorf("an older file: %v", err)
	}
	if got := listing(t, dir); got != "old.flagstone p.flagstone" {
		t.Errorf("folder holds %s", got)
	}
}

// A file that may not be written, in a folder that may.
func TestReadOnlyFile(t *testing.T) {
	f := newFile(t, minimal())
	f.Close()
	if err := syscall.Mount(f.Path(), f.Path(), "", syscall.MS_BIND, ""); err != nil {
		t.Skipf("files cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(f.Path(), syscall.MNT_DETACH) })
	if err := syscall.Mount("", f.Path(), "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	g, err := store.Open(f.Path(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if !g.Access().ReadOnly {
		t.Error("it can be changed")
	}
	if err := g.Do(store.PutAssets{}); !errors.Is(err, model.ErrReadOnly) {
		t.Errorf("a change: %v", err)
	}
	if got := listing(t, filepath.Dir(f.Path())); got != "p.flagstone" {
		t.Errorf("folder holds %s", got)
	}
}

func TestFolderThatCannotBeWrittenByPath(t *testing.T) {
	for _, path := range []string{"/proc/p.flagstone", "/dev/null/p.flagstone"} {
		_, err := store.Create(path, minimal(), options(t))
		var e *store.Error
		if !errors.As(err, &e) || e.Sentence == "" || e.Next == "" || e.Reason == nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}
