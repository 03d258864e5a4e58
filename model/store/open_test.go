package store_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// tamper runs SQL on a closed file.
func tamper(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// listing is what a folder holds, hidden files included.
func listing(t testing.TB, dir string) string {
	t.Helper()
	es, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range es {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

func TestWhatIsNotAProjectIsRefused(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, b []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b, 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	foreign := filepath.Join(dir, "foreign.sqlite")
	tamper(t, foreign, "CREATE TABLE x (y)", "PRAGMA user_version = 1")
	whole := newFile(t, newRnd(4).project(8))
	whole.Close()
	good, err := os.ReadFile(whole.Path())
	if err != nil {
		t.Fatal(err)
	}
	hole := append([]byte(nil), good...)
	for i := range 4096 {
		hole[5*4096+i] = 0xA5
	}
	altered := func(name string, sql ...string) string {
		p := write(name, good)
		tamper(t, p, sql...)
		return p
	}
	for name, x := range map[string]struct {
		path string
		want error
		says string
	}{
		"missing":         {filepath.Join(dir, "none.flagstone"), model.ErrNotFound, "There is no none.flagstone in " + dir + "."},
		"below a file":    {filepath.Join(foreign, "p.flagstone"), model.ErrNotFound, foreign + " is not a folder, so p.flagstone cannot be in it."},
		"folder":          {dir, model.ErrNotAProject, dir + " is a folder or a device, not a Flagstone project."},
		"spreadsheet":     {write("book.xlsx", []byte("PK\x03\x04"+strings.Repeat("x", 5000))), model.ErrNotAProject, "book.xlsx is not a Flagstone project."},
		"empty":           {write("empty.flagstone", nil), model.ErrNotAProject, "empty.flagstone is not a Flagstone project."},
		"foreign":         {foreign, model.ErrNotAProject, "foreign.sqlite is not a Flagstone project."},
		"newer":           {altered("newer.flagstone", fmt.Sprintf("PRAGMA user_version = %d", store.Version()+1)), model.ErrNewer, fmt.Sprintf("newer.flagstone was made by a newer version of Flagstone (file version %d; this program reads up to %d).", store.Version()+1, store.Version())},
		"cut short":       {write("cut.flagstone", good[:len(good)/2]), store.ErrDamaged, "cut.flagstone is damaged and cannot be read safely."},
		"hole":            {write("hole.flagstone", hole), store.ErrDamaged, "hole.flagstone is damaged and cannot be read safely."},
		"no version":      {altered("zero.flagstone", "PRAGMA user_version = 0"), store.ErrDamaged, "zero.flagstone is damaged and cannot be read safely."},
		"table gone":      {altered("gone.flagstone", "DROP TABLE finding"), store.ErrDamaged, "gone.flagstone is damaged and cannot be read safely."},
		"foreign trigger": {altered("trigger.flagstone", "CREATE TRIGGER evil AFTER INSERT ON audit BEGIN DELETE FROM asset; END"), store.ErrDamaged, "trigger.flagstone is damaged and cannot be read safely."},
		"no settings":     {altered("settings.flagstone", "DELETE FROM attribution", "DELETE FROM project"), store.ErrDamaged, "settings.flagstone is damaged and cannot be read safely."},
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(x.path)
			f, err := store.Open(x.path, options(t))
			var e *store.Error
			if !errors.Is(err, x.want) || !errors.As(err, &e) || e.Sentence != x.says || e.Next == "" || f != nil {
				t.Fatalf("error is %v, sentence %+v", err, e)
			}
			after, _ := os.ReadFile(x.path)
			if string(before) != string(after) {
				t.Error("the file was changed")
			}
		})
	}
	if got := listing(t, dir); strings.Contains(got, ".~") || strings.Contains(got, "journal") {
		t.Errorf("left behind: %s", got)
	}
}

func TestTablesOfTheUsersOwnAreLeftAlone(t *testing.T) {
	f := newFile(t, minimal())
	f.Close()
	tamper(t, f.Path(), "CREATE TABLE mine (x)", "CREATE VIEW my_view AS SELECT * FROM v_asset", "PRAGMA journal_mode = WAL")
	g := reopen(t, f)
	if err := g.Do(store.PutAssumption{Assumption: model.Assumption{Key: "k"}}); err != nil {
		t.Fatal(err)
	}
	if got := listing(t, filepath.Dir(f.Path())); got != ".~p.flagstone.lock p.flagstone" {
		t.Errorf("folder holds %s", got)
	}
}

func TestAnOlderFileIsKeptAndBroughtUpToDate(t *testing.T) {
	fixtures, err := filepath.Glob("testdata/v*.flagstone")
	if err != nil || len(fixtures) < store.Version()-1 {
		t.Fatalf("a fixture is missing: %v, %v", fixtures, err)
	}
	for _, fixture := range fixtures {
		version := strings.TrimSuffix(filepath.Base(fixture), ".flagstone")
		t.Run(version, func(t *testing.T) {
			want := map[string]*model.Project{}
			for _, n := range []string{"", "-before"} {
				b, err := os.ReadFile(strings.TrimSuffix(fixture, ".flagstone") + n + ".json")
				p := new(model.Project)
				if err == nil {
					err = json.Unmarshal(b, p)
				}
				if err != nil {
					t.Fatal(err)
				}
				for i := range p.Assets { // figures that say nothing are no longer kept
					p.Assets[i].Costs, p.Assets[i].Energy = saying(p.Assets[i].Costs), saying(p.Assets[i].Energy)
				}
				want[n] = p
			}
			dir := t.TempDir()
			path := filepath.Join(dir, "old.flagstone")
			copyFile(t, fixture, path)
			// Not to be changed is not to be brought up to date.
			o := options(t)
			o.ReadOnly = true
			if _, err := store.Open(path, o); version != fmt.Sprintf("v%d", store.Version()) && !errors.Is(err, model.ErrReadOnly) {
				t.Errorf("opened for reading: %v", err)
			}
			for try := 1; try <= 2; try++ {
				f, err := store.Open(path, options(t))
				if err != nil {
					t.Fatal(err)
				}
				if d := diff(want[""], f.Project()); d != "" {
					t.Error(d)
				}
				if err := f.Undo(); err != nil {
					t.Fatal(err)
				}
				if d := diff(want["-before"], f.Project()); d != "" {
					t.Errorf("after undo: %s", d)
				}
				if bad, err := f.Check(); err != nil || len(bad) > 0 {
					t.Errorf("check: %v %v", bad, err)
				}
				a, err := f.Audit()
				if err != nil || a[len(a)-2].Deed != "migrate" {
					t.Errorf("audit: %+v, %v", a, err)
				}
				f.Close()
				copyFile(t, fixture, path) // and the same again, with a backup there already
			}
			b := path + "." + version + "-backup"
			if got, want := listing(t, dir), "old.flagstone old.flagstone."+version+"-backup old.flagstone."+version+"-backup-2"; got != want {
				t.Errorf("folder holds %s", got)
			}
			// The backup is the older file, whole.
			copyFile(t, b, path)
			f, err := store.Open(path, options(t))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if d := diff(want[""], f.Project()); d != "" {
				t.Errorf("backup: %s", d)
			}
		})
		if version == fmt.Sprintf("v%d", store.Version()) {
			t.Errorf("%s is of the present version: fixtures are of earlier ones", fixture)
		}
	}
}

func TestCreateRefusesANameThatIsTaken(t *testing.T) {
	f := newFile(t, minimal())
	if _, err := store.Create(f.Path(), minimal(), options(t)); !errors.Is(err, model.ErrConflict) {
		t.Errorf("error is %v", err)
	}
	o := options(t)
	o.Replace = true
	if _, err := store.Create(f.Path(), minimal(), o); !errors.Is(err, model.ErrReadOnly) {
		t.Errorf("replaced while open: %v", err)
	}
	f.Close()
	// A journal that a crash left there must not be rolled back into the new file.
	if err := os.WriteFile(f.Path()+"-journal", []byte("left over"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := minimal()
	p.Name = "Another"
	g, err := store.Create(f.Path(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	g.Close()
	if g.Project().Name != "Another" || listing(t, filepath.Dir(f.Path())) != "p.flagstone" {
		t.Errorf("%q, folder holds %s", g.Project().Name, listing(t, filepath.Dir(f.Path())))
	}
	bad := minimal()
	bad.Assets = []model.Asset{{ID: "a"}, {ID: "a"}}
	path := filepath.Join(t.TempDir(), "p.flagstone")
	if _, err := store.Create(path, bad, options(t)); !errors.Is(err, model.ErrConflict) {
		t.Errorf("two assets of one name: %v", err)
	}
	bad.Horizon = 0
	if _, err := store.Create(path, bad, options(t)); !errors.Is(err, model.ErrInvalid) {
		t.Errorf("no horizon: %v", err)
	}
	if got := listing(t, filepath.Dir(path)); got != "" {
		t.Errorf("left behind: %s", got)
	}
	if _, err := store.Create(filepath.Join(path, "below", "p.flagstone"), minimal(), options(t)); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("no such folder: %v", err)
	}
}

func TestSaveAs(t *testing.T) {
	f := newFile(t, newRnd(5).project(6))
	old := f.Path()
	dir := t.TempDir()
	at := filepath.Join(dir, "copy, 100 %?#.flagstone")
	if err := f.Do(store.PutAssumption{Assumption: model.Assumption{Key: "k"}}); err != nil {
		t.Fatal(err)
	}
	want := f.Project()
	if err := f.SaveCopy(at); err != nil {
		t.Fatal(err)
	}
	if got := listing(t, dir); got != filepath.Base(at) || f.Path() != old {
		t.Errorf("after copying, folder holds %s and the project is %s", got, f.Path())
	}
	if err := f.SaveAs(at); !errors.Is(err, model.ErrConflict) {
		t.Errorf("over a file that is there: %v", err)
	}
	if err := f.SaveAs(filepath.Join(dir, "none", "p.flagstone")); !errors.Is(err, model.ErrNotFound) {
		t.Errorf("in a folder that is not there: %v", err)
	}
	at += "2"
	if err := f.SaveAs(at); err != nil {
		t.Fatal(err)
	}
	if d := diff(want, f.Project()); d != "" || f.Path() != at {
		t.Errorf("%s: %s", f.Path(), d)
	}
	if got := listing(t, filepath.Dir(old)); got != "p.flagstone" {
		t.Errorf("the old folder holds %s", got)
	}
	if err := f.Undo(); err != nil { // the journal came along
		t.Fatal(err)
	}
	g, err := store.Open(old, options(t))
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if d := diff(want, g.Project()); d != "" {
		t.Errorf("the old file: %s", d)
	}
}

func TestClosedFile(t *testing.T) {
	f := newFile(t, minimal())
	f.Close()
	f.Close()
	_, err1 := f.History()
	_, err2 := f.Audit()
	_, err3 := f.Check()
	for _, err := range []error{err1, err2, err3, f.Undo(), f.Do(store.Batch{}), f.SaveAs("x"), f.SaveCopy("x"), f.StoreResults(nil)} {
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("error is %v", err)
		}
	}
}

// Whatever the bytes, opening ends with a project or an error that says what
// is wrong: never with a crash.
func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	made, err := store.Create(filepath.Join(dir, "p.flagstone"), newRnd(6).project(4), options(f))
	if err != nil {
		f.Fatal(err)
	}
	made.Close()
	good, err := os.ReadFile(made.Path())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(0), []byte("junk"), uint32(0))
	f.Add(uint32(16), []byte{0, 1}, uint32(0))
	f.Add(uint32(100), []byte{0x0d, 0xff, 0xff}, uint32(0))
	f.Add(uint32(9000), []byte{1, 2, 3, 4}, uint32(7000))
	o := options(f)
	f.Fuzz(func(t *testing.T, at uint32, patch []byte, cut uint32) {
		b := append([]byte(nil), good...)
		copy(b[int(at)%len(b):], patch)
		if cut > 0 {
			b = b[:int(cut)%len(b)]
		}
		path := filepath.Join(t.TempDir(), "p.flagstone")
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		p, err := store.Open(path, o)
		if err != nil {
			var e *store.Error
			if !errors.As(err, &e) || e.Sentence == "" {
				t.Fatalf("no sentence: %v", err)
			}
			return
		}
		defer p.Close()
		if err := p.Do(store.PutAssumption{Assumption: model.Assumption{Key: "fuzz"}}); err != nil {
			t.Logf("opened but cannot be changed: %v", err)
		}
	})
}

// saying leaves out figures that say nothing.
func saying[K ~string](l model.Figures[K]) (out model.Figures[K]) {
	for k, f := range l.All() {
		if f != (model.Figure{}) {
			out.Set(k, f)
		}
	}
	return out
}
