//go:build e2e

package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// mostMemory is how much the window may take on the demonstration project, in
// MB.
const mostMemory = 500

// memory is what the program holds, in MB.
type memory struct{ rss, heap float64 }

// memory reads what the system counts as resident, and what is alive on Go's
// heap after a collection.
func (w *window) memory(pprof string) memory {
	w.s.t.Helper()
	var m memory
	res, err := http.Get("http://" + pprof + "/debug/pprof/heap?gc=1&debug=1")
	if err != nil {
		w.s.t.Fatal(err)
	}
	defer res.Body.Close()
	m.heap = numberAfter(w.s.t, res.Body, "# HeapAlloc = ") / (1 << 20)
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", w.cmd.Process.Pid))
	if err != nil {
		w.s.t.Fatal(err)
	}
	defer f.Close()
	m.rss = numberAfter(w.s.t, f, "VmRSS:") / 1024
	return m
}

// numberAfter is the number that follows a word at the beginning of a line.
func numberAfter(t *testing.T, r io.Reader, word string) float64 {
	t.Helper()
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		if rest, ok := strings.CutPrefix(s.Text(), word); ok {
			x, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
	}
	t.Fatalf("no line begins with %q", word)
	return 0
}

// freePort is an address nobody listens at.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// TestSoak uses the demonstration project for as long as FLAGSTONE_SOAK says: a
// few rounds in the e2e run, an hour with make soak. Memory stays within bounds and
// does not grow; the curve is printed, and kept as soak.csv beside the pictures.
func TestSoak(t *testing.T) {
	length := 15 * time.Second
	if v := os.Getenv("FLAGSTONE_SOAK"); v != "" {
		var err error
		if length, err = time.ParseDuration(v); err != nil {
			t.Fatal(err)
		}
	}
	s := newScreen(t, 1280, 800)
	pprof := freePort(t)
	w := s.open("--pprof", pprof, "--demonstration")
	w.pprof = pprof
	w.ready()
	csv, err := os.Create(filepath.Join(s.shots, "soak.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer csv.Close()
	fmt.Fprintln(csv, "seconds,rss_mb,heap_mb")
	var all []memory
	begin, last := time.Now(), time.Time{}
	for time.Since(begin) < length || len(all) < 4 {
		w.cycle()
		m := w.memory(pprof)
		all = append(all, m)
		fmt.Fprintf(csv, "%.0f,%.1f,%.1f\n", time.Since(begin).Seconds(), m.rss, m.heap)
		if time.Since(last) > 30*time.Second {
			last = time.Now()
			t.Logf("%6.0f s: %.0f MB resident, %.1f MB alive", time.Since(begin).Seconds(), m.rss, m.heap)
		}
		if m.rss > mostMemory {
			t.Fatalf("%.0f MB resident after %v", m.rss, time.Since(begin).Round(time.Second))
		}
	}
	// Caches fill in the first half; after that the floor must be level.
	early, late := floor(all[len(all)/4:len(all)/2]), floor(all[len(all)*3/4:])
	t.Logf("%d rounds; floor of the second quarter %.1f MB alive, %.0f MB resident; of the last %.1f and %.0f", len(all), early.heap, early.rss, late.heap, late.rss)
	if late.heap > early.heap*1.1+4 {
		t.Errorf("what is alive grew from %.1f to %.1f MB", early.heap, late.heap)
	}
	if len(all) > 40 && late.rss > early.rss*1.1+20 {
		t.Errorf("the program grew from %.0f to %.0f MB", early.rss, late.rss)
	}
	st := w.state()
	for _, h := range st.Held {
		t.Logf("held up %d times, at most %v: %s", h.Times, h.Worst.Round(time.Millisecond), h.Where)
	}
	path := st.Path
	w.quit()
	ctl(t, nil, "check", path)
}

// floor is the least of some measurements: what is left when nothing is under
// way.
func floor(of []memory) memory {
	least := of[0]
	for _, m := range of {
		least.rss, least.heap = min(least.rss, m.rss), min(least.heap, m.heap)
	}
	return least
}

// find chooses a building by its name.
func (w *window) find(name string) {
	w.s.t.Helper()
	found := func(st state) bool {
		return !st.Palette && st.Selection.Kind == "asset" && strings.EqualFold(st.Detail, name)
	}
	for pause := 500 * time.Millisecond; pause < 20*time.Second; pause *= 3 { // the last letters may still be on their way
		w.key("ctrl+k")
		w.until("the palette", func(st state) bool { return st.Palette })
		w.typed(name)
		time.Sleep(pause)
		w.key("Return")
		if w.waitAtMost(4*time.Second, found) {
			return
		}
	}
	w.until(name, found)
}

// cycle goes through every place and edits, as somebody does all day.
func (w *window) cycle() {
	w.s.t.Helper()
	w.key("ctrl+1")
	w.until("the portfolio", func(st state) bool { return st.Place == "portfolio" && st.Rows[0] == st.Rows[1] && st.Settled })
	w.key("ctrl+f")
	w.typed("library")
	w.until("fewer rows", func(st state) bool { return st.Settled && st.Rows[0] > 0 && st.Rows[0] < st.Rows[1]/4 })
	w.key("Down", "Down", "Down", "ctrl+f", "ctrl+a", "BackSpace")
	w.until("all rows", func(st state) bool { return st.Rows[0] == st.Rows[1] })
	w.click("portfolio.table", 60, 14)
	w.key("ctrl+2")
	w.until("the map", func(st state) bool { return st.Place == "map" && st.Map.Settled })
	b := w.state().Boxes["map"]
	w.drag(b.X+b.W/2, b.Y+b.H/3, 90, 40)
	w.drag(b.X+b.W/2, b.Y+b.H/3, -90, -40)
	w.key("plus", "plus", "minus", "minus")
	w.until("the map again", func(st state) bool { return st.Map.Settled })
	for key, place := range map[string]string{"ctrl+3": "challenge", "ctrl+4": "space", "ctrl+6": "carbon", "ctrl+8": "assumptions", "ctrl+9": "findings"} {
		w.key(key)
		w.until(place, func(st state) bool { return st.Place == place })
		w.key("Down", "Down")
	}
	w.key("ctrl+7")
	w.until("the pages", func(st state) bool { return st.Place == "reports" && st.Rows[0] > 3 })
	w.key("ctrl+5")
	before := w.until("the scenarios", func(st state) bool { return st.Place == "scenarios" && !st.Computing })
	w.find("stretford library")
	w.key("ctrl+shift+a")
	w.click("add.commit")
	w.until("one more action", func(st state) bool { return st.Actions == before.Actions+1 && !st.Computing })
	w.key("ctrl+z")
	w.until("undo", func(st state) bool { return st.Actions == before.Actions && !st.Computing })
	w.key("ctrl+shift+z")
	w.until("redo", func(st state) bool { return st.Actions == before.Actions+1 && !st.Computing })
	w.key("ctrl+z")
	w.until("undo", func(st state) bool { return st.Actions == before.Actions && !st.Computing })
}
