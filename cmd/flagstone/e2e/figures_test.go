//go:build e2e

package e2e

import (
	"os/exec"
	"slices"
	"testing"
	"time"
)

// What a user may expect on a machine that does nothing else. They are printed
// beside what was measured; only a person can say whether the machine was busy.
const (
	soonUseful = 1500 * time.Millisecond // from starting the program to the first frame with a project and its results
	soonShown  = 100 * time.Millisecond  // from a key or a click to the frame that shows what it did
)

// measured does something in the window and says how long it was until a frame
// that shows it had been painted. That includes the start of xdotool, some
// 10 ms, and up to 20 ms because the state is looked at so often.
func (w *window) measured(what string, do func(), ok func(state) bool) time.Duration {
	w.s.t.Helper()
	begin := time.Now()
	do()
	return w.until(what, ok).At.Sub(begin)
}

// totalled is how long it was from doing something until a frame with the new
// totals had been painted, as the window itself times it.
func (w *window) totalled(what string, do func(), ok func(state) bool) time.Duration {
	w.s.t.Helper()
	begin := time.Now()
	do()
	return w.until(what, func(st state) bool { return ok(st) && !st.Computing && st.Totals.After(begin) }).Totals.Sub(begin)
}

// figure prints what several measurements came to.
func figure(t *testing.T, what string, target time.Duration, took []time.Duration) {
	t.Helper()
	slices.Sort(took)
	ms := func(d time.Duration) time.Duration { return d.Round(time.Millisecond) }
	t.Logf("%-46s %8v in the middle, %v to %v, of %d; meant to be at most %v", what, ms(took[len(took)/2]), ms(took[0]), ms(took[len(took)-1]), len(took), target)
}

// TestFigures measures the real window on the demonstration project: how soon it
// is of use after the program is started, and how soon it shows what a key or a
// click did. Memory has a bound; the times are for people to read.
func TestFigures(t *testing.T) {
	s := newScreen(t, 1366, 768)
	useful := func(st state) bool {
		return st.Place == "portfolio" && st.Rows[0] > 0 && st.Settled && st.Headline != "" && !st.Computing
	}
	start := func(args ...string) (*window, time.Duration) {
		w := s.launch(exec.Command(bin(t, "flagstone")), asItIs, s.env(), append([]string{"--state-every", "20ms", "--place", "portfolio"}, args...)...)
		took := w.until("a useful frame", useful).At.Sub(w.started)
		w.fit()
		return w, took
	}
	w, making := start("--demonstration")
	path := w.state().Path
	w.quit()
	t.Logf("first start, which makes the demonstration project: useful after %v", making.Round(time.Millisecond))
	var starts []time.Duration
	pprof := freePort(t)
	for i := range 3 {
		args := []string{path}
		if i == 2 {
			args = []string{"--pprof", pprof, path}
		}
		var took time.Duration
		if w, took = start(args...); i < 2 {
			w.quit()
		}
		starts = append(starts, took)
	}
	w.shot("figures")
	t.Logf("%.0f MB resident after the start", w.memory(pprof).rss)

	key := func(k string) func() {
		return func() {
			if err := s.run("xdotool", "key", k); err != nil {
				t.Fatal(err)
			}
		}
	}
	var filter, all, sort, edit, undo, redo []time.Duration
	w.key("ctrl+f")
	w.until("the search", func(st state) bool { return st.Focus != "" })
	for range 5 {
		filter = append(filter, w.measured("fewer rows", key("q"), func(st state) bool { return st.Settled && st.Rows[0] < st.Rows[1] }))
		all = append(all, w.measured("all rows", key("BackSpace"), func(st state) bool { return st.Settled && st.Rows[0] == st.Rows[1] }))
	}
	table := w.state().Boxes["portfolio.table"]
	if err := s.run("xdotool", "mousemove", itoa(table.X+60), itoa(table.Y+14)); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		time.Sleep(600 * time.Millisecond) // or the two clicks are one double click
		first := w.state().First
		sort = append(sort, w.measured("another order", func() {
			if err := s.run("xdotool", "click", "1"); err != nil {
				t.Fatal(err)
			}
		}, func(st state) bool { return st.Settled && st.First != first }))
	}
	for range 5 {
		w.find("stretford library")
		before := w.state()
		w.key("ctrl+shift+a")
		b := w.until("the action", func(st state) bool { _, ok := st.Boxes["add.commit"]; return ok }).Boxes["add.commit"]
		if err := s.run("xdotool", "mousemove", itoa(b.X+b.W/2), itoa(b.Y+b.H/2)); err != nil {
			t.Fatal(err)
		}
		w.pause()
		edit = append(edit, w.totalled("new totals", func() {
			if err := s.run("xdotool", "click", "1"); err != nil {
				t.Fatal(err)
			}
		}, func(st state) bool { return st.Actions == before.Actions+1 }))
		w.pause()
		undo = append(undo, w.totalled("the old totals", key("ctrl+z"), func(st state) bool { return st.Actions == before.Actions }))
		w.pause()
		redo = append(redo, w.totalled("the new totals again", key("ctrl+shift+z"), func(st state) bool { return st.Actions == before.Actions+1 }))
		w.pause()
		w.totalled("the old totals again", key("ctrl+z"), func(st state) bool { return st.Actions == before.Actions })
		w.pause()
	}
	figure(t, "start to the first useful frame", soonUseful, starts)
	figure(t, "a letter in the search to fewer rows", soonShown, filter)
	figure(t, "taking it away to all rows", soonShown, all)
	figure(t, "a click on a heading to the new order", soonShown, sort)
	figure(t, "an action added to new totals", soonShown, edit)
	figure(t, "undo to the old totals", soonShown, undo)
	figure(t, "redo to the new totals", soonShown, redo)
	m := w.memory(pprof)
	t.Logf("%.0f MB resident, %.1f MB alive on the heap", m.rss, m.heap)
	if m.rss > mostMemory {
		t.Errorf("%.0f MB resident: more than %d", m.rss, mostMemory)
	}
	w.quit()
	ctl(t, nil, "check", path)
}
