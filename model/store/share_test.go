package store_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// helper is what this test binary does when it is run as another program.
const helper = "FLAGSTONE_TEST_HELPER"

func TestMain(m *testing.M) {
	if path := os.Getenv(helper); path != "" {
		changeForever(path)
	}
	os.Exit(m.Run())
}

// changeForever makes changes of some size, one after the other, until it is
// killed. It says when each was saved.
func changeForever(path string) {
	f, err := store.Open(path, store.Options{Now: time.Now, Who: "Ben", Host: "PC-8"})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	fmt.Println("open")
	all := estate(3000)
	for i := 1; ; i++ {
		for j := range all {
			all[j].Name = fmt.Sprintf("round %d", i)
		}
		cmd := store.Batch{Name: fmt.Sprintf("round %d", i), Commands: []store.Command{store.PutAssets{Assets: all},
			store.PutAssumption{Assumption: model.Assumption{Key: "round", Value: float64(i)}}}}
		if err := f.Do(cmd); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("round", i)
	}
}

// another starts another program that changes the file, and waits until it has
// made n changes.
func another(t *testing.T, path string, n int) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helper+"="+path)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	lines := bufio.NewScanner(out)
	for i := 0; i <= n; i++ {
		if !lines.Scan() || strings.HasPrefix(lines.Text(), "error") {
			t.Fatalf("the other program says %q", lines.Text())
		}
	}
	go io.Copy(io.Discard, out)
	return cmd
}

func TestASecondPersonReadsAndIsToldWhoHasIt(t *testing.T) {
	f := newFile(t, withCouncil())
	f.Close()
	cmd := another(t, f.Path(), 1)
	g, err := store.Open(f.Path(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	a := g.Access()
	if !a.ReadOnly || a.Holder == nil || a.Holder.Who != "Ben" || a.Holder.Host != "PC-8" || a.Holder.PID != cmd.Process.Pid {
		t.Fatalf("access is %+v", a)
	}
	if !strings.HasPrefix(a.Sentence, "p.flagstone is open for reading only: Ben on PC-8 has had it open since 20") {
		t.Errorf("sentence is %q", a.Sentence)
	}
	// What is read is whole, whatever the other is in the middle of.
	p := g.Project()
	if len(p.Assets) != 3000 || len(p.Assumptions) != 1 {
		t.Fatalf("%d assets", len(p.Assets))
	}
	for i := range p.Assets {
		if want := fmt.Sprintf("round %v", p.Assumptions[0].Value); p.Assets[i].Name != want {
			t.Fatalf("asset %d is of %s, want %s", i, p.Assets[i].Name, want)
		}
	}
	if err := g.Do(store.PutAssets{}); !errors.Is(err, model.ErrReadOnly) {
		t.Errorf("a change: %v", err)
	}
	if err := g.Undo(); !errors.Is(err, model.ErrReadOnly) {
		t.Errorf("an undo: %v", err)
	}
	if _, err := g.History(); err != nil {
		t.Error(err)
	}
	at := filepath.Join(t.TempDir(), "mine.flagstone")
	if err := g.SaveAs(at); err != nil {
		t.Fatal(err)
	}
	if g.Access().ReadOnly {
		t.Error("the copy cannot be changed")
	}
	if err := g.Do(store.PutAssumption{Assumption: model.Assumption{Key: "mine"}}); err != nil {
		t.Error(err)
	}
}

func TestAReaderSeesWhatTheOtherDidWhenItAsks(t *testing.T) {
	f := newFile(t, minimal())
	o := options(t)
	var told []store.Change
	o.OnChange = func(c store.Change) { told = append(told, c) }
	g, err := store.Open(f.Path(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if changed, err := g.Reload(); changed || err != nil {
		t.Errorf("nothing was done: %v %v", changed, err)
	}
	if err := f.Do(store.PutAssets{Assets: []model.Asset{{ID: "a"}}}); err != nil {
		t.Fatal(err)
	}
	if changed, err := g.Reload(); !changed || err != nil {
		t.Errorf("an asset was added: %v %v", changed, err)
	}
	if d := diff(f.Project(), g.Project()); d != "" {
		t.Error(d)
	}
	if changed, err := f.Reload(); changed || err != nil {
		t.Errorf("the writer: %v %v", changed, err)
	}
	if len(told) != 1 || told[0].Deed != store.Reread || fmt.Sprint(told[0].Kinds) != "map[asset:[a]]" {
		t.Errorf("listener was told %+v", told)
	}
}

// A program that is killed leaves the file as it was after its last change,
// and a lock that holds nobody back.
func TestKilledInTheMiddleOfAChange(t *testing.T) {
	for i := range 5 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			f := newFile(t, withCouncil())
			f.Close()
			cmd := another(t, f.Path(), 1)
			time.Sleep(time.Duration(13*(i+1)) * time.Millisecond)
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			cmd.Wait()
			if i%2 == 0 { // reading is enough to put the file right
				o := options(t)
				o.ReadOnly = true
				g, err := store.Open(f.Path(), o)
				if err != nil {
					t.Fatal(err)
				}
				g.Close()
			}
			g, err := store.Open(f.Path(), options(t))
			if err != nil {
				t.Fatal(err)
			}
			defer g.Close()
			if a := g.Access(); a.ReadOnly {
				t.Fatalf("access is %+v", a)
			}
			if bad, err := g.Check(); err != nil || len(bad) > 0 {
				t.Fatalf("check: %v %v", bad, err)
			}
			p := g.Project()
			rounds := int(p.Assumptions[0].Value)
			for i := range p.Assets {
				if p.Assets[i].Name != fmt.Sprintf("round %d", rounds) {
					t.Fatalf("asset %d is of %s, want round %d", i, p.Assets[i].Name, rounds)
				}
			}
			h, err := g.History()
			if err != nil || len(h) != rounds {
				t.Errorf("%d entries in the journal, want %d, %v", len(h), rounds, err)
			}
			for range h {
				if err := g.Undo(); err != nil {
					t.Fatal(err)
				}
			}
			if d := diff(withCouncil(), g.Project()); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestALockFileThatNobodyHoldsIsTakenOver(t *testing.T) {
	f := newFile(t, minimal())
	f.Close()
	l := filepath.Join(filepath.Dir(f.Path()), ".~p.flagstone.lock")
	if err := os.WriteFile(l, []byte(`{"Who":"Ghost"`), 0o644); err != nil {
		t.Fatal(err)
	}
	g := reopen(t, f)
	if a := g.Access(); a.ReadOnly {
		t.Errorf("access is %+v", a)
	}
	g.Close()
	if got := listing(t, filepath.Dir(f.Path())); got != "p.flagstone" {
		t.Errorf("folder holds %s", got)
	}
}

// Of many who open a file at the same moment, one can change it.
func TestOneWriter(t *testing.T) {
	f := newFile(t, minimal())
	f.Close()
	for range 20 {
		var wg sync.WaitGroup
		files := make([]*store.File, 6)
		for i := range files {
			wg.Go(func() {
				g, err := store.Open(f.Path(), options(t))
				if err != nil {
					t.Error(err)
					return
				}
				files[i] = g
			})
		}
		wg.Wait()
		writers := 0
		for _, g := range files {
			if g != nil && !g.Access().ReadOnly {
				writers++
			}
		}
		if writers != 1 {
			t.Fatalf("%d writers", writers)
		}
		for _, g := range files {
			wg.Go(func() { g.Close() })
		}
		wg.Wait()
	}
}

// Readers are never disturbed by a change: run with -race.
func TestReadersKeepTheirProject(t *testing.T) {
	f := newFile(t, newRnd(9).project(10))
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				p := f.Project()
				n := 0
				for i := range p.Assets {
					n += len(p.Assets[i].Name) + len(p.Assets[i].Costs)
				}
				if q := f.Project(); q == p && len(q.Assets) != len(p.Assets) {
					t.Error("a project changed")
				}
			}
		})
	}
	r := newRnd(10)
	for range 30 {
		_ = f.Do(r.command(f.Project()))
		_ = f.Undo()
	}
	close(stop)
	wg.Wait()
}
