//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model"
)

// day is a working day with one place, from nothing to the papers. One script
// does it whatever the place and however the window is worked.
type day struct {
	t        *testing.T
	w        *window
	name     string     // of the project
	drops    [][]string // files, each group dragged in at once
	keyboard bool       // the pointer is not touched
	shots    bool
	path     string
	scenario string // being edited
	took     []string
}

// run does the whole day.
func (d *day) run(s *screen, args ...string) {
	d.t.Helper()
	begin := time.Now()
	d.w = s.open(args...)
	d.step("new project", d.newProject)
	for _, files := range d.drops {
		d.step("bring in "+filepath.Base(files[0]), func() { d.bringIn(files) })
	}
	d.step("map", d.lookAtMap)
	d.step("challenge", d.challenge)
	if d.services() > 0 {
		d.step("move a team", d.moveTeam)
	}
	d.step("optimise", d.optimise)
	d.step("compare", d.compare)
	d.step("freeze", d.freeze)
	d.step("papers", d.papers)
	d.step("close and reopen", func() { d.reopen(s) })
	d.step("undo twice", d.undoTwice)
	st := d.w.state()
	for _, h := range st.Held {
		d.t.Logf("held up %d times, at most %v: %s", h.Times, h.Worst.Round(time.Millisecond), h.Where)
	}
	d.w.quit()
	ctl(d.t, nil, "check", d.path)
	d.t.Logf("%s; %v in all", strings.Join(d.took, ", "), time.Since(begin).Round(time.Second))
}

func (d *day) step(name string, do func()) {
	d.t.Helper()
	begin := time.Now()
	do()
	d.took = append(d.took, name+" "+time.Since(begin).Round(100*time.Millisecond).String())
	if d.shots {
		d.w.shot("day-" + strings.ReplaceAll(name, " ", "-"))
	}
}

// press works a button whose words begin with one of these: by pointer, or by
// going to it with Tab and pressing Space.
func (d *day) press(words ...string) {
	d.t.Helper()
	has := func(name string) bool {
		for _, x := range words {
			if strings.HasPrefix(name, "button "+x) {
				return true
			}
		}
		return false
	}
	if d.keyboard {
		d.tabTo(strings.Join(words, " or "), has)
		d.w.key("space")
		return
	}
	st := d.w.until("the button "+strings.Join(words, " or "), func(st state) bool {
		for name := range st.Boxes {
			if has(name) {
				return true
			}
		}
		return false
	})
	for name := range st.Boxes {
		if has(name) {
			d.w.click(name)
			return
		}
	}
}

// tabTo goes through the controls until one that fits has the keys.
func (d *day) tabTo(what string, fits func(focus string) bool) {
	d.t.Helper()
	var seen []string
	for range 60 {
		f := d.w.state().Focus
		if fits(f) {
			return
		}
		seen = append(seen, f)
		d.w.key("Tab")
		d.w.waitAtMost(2*time.Second, func(st state) bool { return st.Focus != f })
	}
	d.w.shot("failed")
	d.t.Fatalf("Tab never came to %s; it went through %q", what, seen)
}

// goTo shows a place.
func (d *day) goTo(n int, place string) state {
	d.t.Helper()
	if d.keyboard {
		d.w.key("ctrl+" + itoa(n))
	} else {
		d.w.click("nav." + place)
	}
	return d.w.until(place, func(st state) bool { return st.Place == place && st.Settled && !st.Computing })
}

func (d *day) services() int { return d.w.state().Services }

func (d *day) newProject() {
	w := d.w
	if d.keyboard {
		w.key("ctrl+n")
	} else {
		w.click("button New project")
	}
	w.until("the card", func(st state) bool { return st.Overlays == 1 && st.Focus == "entry Name" })
	name := d.name
	if d.keyboard && len(d.drops) > 0 { // a whole path may be typed: the files to bring in are found beside it
		name = filepath.Join(filepath.Dir(d.drops[0][0]), name)
	}
	w.typed(name)
	w.pause() // the last letters may still be on their way
	w.until("a free name", func(st state) bool { _, ok := st.Boxes["button Make the project"]; return ok })
	d.press("Make the project")
	st := w.until("the project", func(st state) bool { return st.Project == d.name && !st.Computing })
	d.path, d.scenario = st.Path, st.Scenario
	if p, _ := onFile(d.t, d.path); len(p.Assets) != 0 || len(p.Scenarios) != 3 || p.Name != d.name {
		d.t.Errorf("a new project has %d assets, %d scenarios and is called %q", len(p.Assets), len(p.Scenarios), p.Name)
	}
}

// bringIn drags files onto the window, or by keyboard opens one, and accepts
// what is shown.
func (d *day) bringIn(files []string) {
	w := d.w
	before := w.state()
	if d.keyboard {
		w.key("ctrl+i")
		w.until("the files", func(st state) bool { return st.Overlays == 1 && st.Focus == "widget.List" })
		for range fileIndex(d.t, files[0]) {
			w.key("Down")
		}
		w.key("space")
		w.until("a chosen file", func(st state) bool { _, ok := st.Boxes["button Open"]; return ok })
		w.key("shift+Tab", "shift+Tab")
		w.until("the button", func(st state) bool { return st.Focus == "button Open" })
		w.key("space")
	} else {
		w.drop(w.s.w/2, w.s.h/2, files...)
	}
	w.until("the preview", func(st state) bool { return st.Place == "import" })
	if p, _ := onFile(d.t, d.path); len(p.Assets) != before.Assets {
		d.t.Error("the preview changed the project")
	}
	if d.shots {
		w.shot("day-preview-" + strings.TrimSuffix(filepath.Base(files[0]), filepath.Ext(files[0])))
	}
	if d.keyboard {
		w.key("Return") // the button has the keys
	} else {
		w.click("import.accept")
	}
	w.until("what came in", func(st state) bool { return st.Place != "import" && st.Undo != before.Undo })
	p, _ := onFile(d.t, d.path)
	w.until("the window to show what is on the file", func(st state) bool {
		return st.Assets == len(p.Assets) && st.Services == len(p.Services) && st.Findings == len(p.Findings) && !st.Computing && st.Settled
	})
}

func (d *day) lookAtMap() {
	w := d.w
	st := d.goTo(2, "map")
	if st.Assets == 0 {
		return
	}
	st = w.until("the map", func(st state) bool { return st.Map.Settled && st.Map.Dots > 0 })
	zoom, frames := st.Map.Zoom, st.Map.Frames
	if d.keyboard {
		w.key("plus", "Right", "Down", "Next")
		w.until("a closer map", func(st state) bool { return st.Map.Settled && st.Map.Zoom > zoom*1.1 })
		return
	}
	b := st.Boxes["map"]
	w.drag(b.X+b.W/2, b.Y+b.H/3, 120, 60)
	w.until("the map after a drag", func(st state) bool { return st.Map.Settled && st.Map.Frames > frames })
	if err := w.s.run("xdotool", "mousemove", itoa(b.X+b.W/2), itoa(b.Y+b.H/2), "click", "4", "click", "4"); err != nil {
		d.t.Fatal(err)
	}
	w.until("a closer map", func(st state) bool { return st.Map.Settled && st.Map.Zoom > zoom })
}

func (d *day) challenge() {
	w := d.w
	st := d.goTo(3, "challenge")
	if st.Assets == 0 {
		return
	}
	w.until("scores", func(st state) bool { return st.Rows[1] > 0 })
	if d.keyboard {
		w.tabUntilTable(d)
		w.key("Down", "Down")
	} else {
		w.click("table", 90, rowMiddle(1))
	}
	w.until("a building in the detail pane", func(st state) bool { return st.Selection.Kind == "asset" && st.Detail != "" })
}

// rowMiddle is how far below the upper edge of a table the middle of a row is.
func rowMiddle(n int) int { return 28 + 26*n + 13 }

// tabUntilTable brings the keys to a table of the place.
func (w *window) tabUntilTable(d *day) {
	w.s.t.Helper()
	d.tabTo("a table", func(f string) bool { return strings.HasPrefix(f, "table") })
}

// moveTeam moves the first team: by dragging it to a building and looking at
// what that would do before letting go, or by keys on the card.
func (d *day) moveTeam() {
	w := d.w
	d.goTo(4, "space")
	before := w.until("the teams", func(st state) bool { return st.Rows[1] > 0 })
	was := scenarioOnFile(d.t, d.path, d.scenario)
	if d.keyboard {
		w.tabUntilTable(d)
		w.key("Down", "Return")
		w.until("the card", func(st state) bool { return st.Overlays == 1 && strings.HasPrefix(st.Focus, "entry Find") })
		w.typed("library")
		w.until("a building", func(st state) bool { _, ok := st.Boxes["button Move"]; return ok })
		d.press("Move")
	} else {
		from, to := before.Boxes["table"], before.Boxes["table #2"]
		x, y := to.X+to.W/3, to.Y+rowMiddle(1)
		if err := w.s.run("xdotool", "mousemove", itoa(from.X+60), itoa(from.Y+rowMiddle(0)), "mousedown", "1", "sleep", "0.1",
			"mousemove", itoa((from.X+x)/2), itoa((from.Y+y)/2), "sleep", "0.1", "mousemove", itoa(x), itoa(y)); err != nil {
			d.t.Fatal(err)
		}
		time.Sleep(1500 * time.Millisecond) // what the move would do is worked out
		if d.shots {
			w.shot("day-consequences")
		}
		if n := len(scenarioOnFile(d.t, d.path, d.scenario).Actions); n != len(was.Actions) {
			d.t.Error("a team that is held is in the scenario already")
		}
		if err := w.s.run("xdotool", "mouseup", "1"); err != nil {
			d.t.Fatal(err)
		}
	}
	w.until("the move in the scenario", func(st state) bool { return st.Actions == before.Actions+1 && !st.Computing })
	now := scenarioOnFile(d.t, d.path, d.scenario)
	a := now.Actions[len(now.Actions)-1]
	if len(now.Actions) != len(was.Actions)+1 || a.Kind != model.CoLocate || len(a.Services) != 1 || len(a.From) != 1 || a.From[0] == a.Asset {
		d.t.Errorf("the file now has the action %+v", a)
	}
}

// fileIndex is how many files and folders come before a file in a dialog that
// shows its folder: the way up, then the folders, then files by name.
func fileIndex(t *testing.T, path string) int {
	t.Helper()
	all, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	n := 1
	for _, e := range all {
		if e.IsDir() || e.Name() < filepath.Base(path) && filepath.Ext(e.Name()) == filepath.Ext(path) {
			n++
		}
	}
	return n
}
