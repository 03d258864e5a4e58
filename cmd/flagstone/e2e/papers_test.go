//go:build e2e

package e2e

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model/store"
)

// enough is how long a search that goes on may look before it is stopped.
const enough = 6 * time.Second

// optimise looks for a better plan for a while and keeps it.
func (d *day) optimise() {
	w := d.w
	before := w.state()
	d.goTo(5, "scenarios")
	if d.keyboard {
		w.key("ctrl+shift+b")
	} else {
		d.press("Find a better plan")
	}
	w.until("the search", func(st state) bool { return st.Place == "better" })
	d.press("Find a better plan")
	found := w.until("a plan, or why there is none", func(st state) bool {
		_, keep := st.Boxes["button Keep as a scenario"]
		_, stop := st.Boxes["button Stop here"]
		return keep || stop || st.Bad
	})
	if _, ok := found.Boxes["button Stop here"]; ok { // it may still be looking: what it has is enough
		d.w.waitAtMost(enough, func(st state) bool { _, ok := st.Boxes["button Keep as a scenario"]; return ok })
		if _, ok := w.state().Boxes["button Stop here"]; ok {
			d.press("Stop here")
		}
	}
	if before.Assets == 0 {
		if d.shots {
			w.shot("day-nothing-to-search")
		}
		return
	}
	d.w.until("the plan", func(st state) bool { _, ok := st.Boxes["button Keep as a scenario"]; return ok })
	if d.shots {
		w.shot("day-plan")
	}
	d.press("Keep as a scenario")
	st := w.until("the plan among the scenarios", func(st state) bool {
		return len(st.Scenarios) == len(before.Scenarios)+1 && st.Place == "scenarios" && !st.Computing
	})
	if kept := scenarioOnFile(d.t, d.path, st.Scenario); len(kept.Actions) != st.Actions || len(kept.Actions) == 0 {
		d.t.Errorf("the plan has %d actions on the file, %d in the window", len(kept.Actions), st.Actions)
	}
	d.scenario = st.Scenario
}

// compare goes through the results side by side: each scenario in turn, back to
// the one being edited.
func (d *day) compare() {
	w := d.w
	st := d.goTo(5, "scenarios")
	if st.Headline == "" {
		d.t.Error("no results are shown")
	}
	w.key("Left")
	w.until("another scenario", func(now state) bool { return now.Scenario != st.Scenario })
	w.key("Right")
	w.until("the scenario", func(now state) bool { return now.Scenario == st.Scenario })
}

const decision = "Decision of the board"

func (d *day) freeze() {
	w := d.w
	w.key("ctrl+k")
	w.until("the palette", func(st state) bool { return st.Palette })
	w.typed("freeze")
	w.until("the command", func(st state) bool { return st.Settled })
	w.key("Return")
	w.until("the card", func(st state) bool { return !st.Palette && strings.HasPrefix(st.Focus, "entry Name of the decision") })
	w.typed(decision)
	w.key("Return")
	w.until("the decision", func(st state) bool { return st.Decisions == 1 && !st.Computing })
	p, _ := onFile(d.t, d.path)
	if len(p.Decisions) != 1 || p.Decisions[0].Name != decision || p.Decisions[0].Hash != store.HashOf(p.Decisions[0].Content) {
		d.t.Errorf("decisions on the file: %d", len(p.Decisions))
	}
}

// papers writes everything that Reports offers and looks into each file.
func (d *day) papers() {
	w := d.w
	d.goTo(7, "reports")
	done, strayed := map[string]bool{}, 0
	next := func(name string) bool { return strings.HasPrefix(name, "button Write ") && !done[name] }
	for {
		name := ""
		if d.keyboard {
			for range 3 { // from one to the next
				f := w.state().Focus
				if next(f) {
					name = f
					break
				}
				w.key("Tab")
				w.waitAtMost(2*time.Second, func(st state) bool { return st.Focus != f })
			}
		} else {
			name = d.scrollTo(next)
		}
		if name == "" {
			break
		}
		if said := d.write(name); strings.EqualFold(said, strings.TrimPrefix(name, "button Write ")) || said == "" {
			done[name] = true
		} else if strayed++; strayed > 3 { // the list moved under the pointer
			d.t.Fatalf("%s: the window says it wrote %s", name, said)
		}
	}
	if len(done) < 8 {
		d.t.Errorf("only these were offered: %v", done)
	}
}

// scrollTo brings a control into sight with the wheel; empty when there is none.
func (d *day) scrollTo(fits func(string) bool) string {
	w := d.w
	end := "" // the way the list goes no further
	for _, wheel := range []string{"", "5", "5", "5", "5", "4", "4", "4", "4"} {
		st := w.state()
		if wheel != "" && wheel == end {
			continue
		}
		if wheel != "" {
			b := st.Boxes["nav.reports"]
			if err := w.s.run("xdotool", "mousemove", itoa(b.X+b.W+120), itoa(w.s.h/2), "click", "--repeat", "4", "--delay", "30", wheel); err != nil {
				d.t.Fatal(err)
			}
			was := st.Boxes
			if !w.waitAtMost(4*time.Second, func(now state) bool { return !maps.Equal(now.Boxes, was) }) {
				end = wheel
			}
			w.pause()
			st = w.state()
		}
		var names []string
		for name := range st.Boxes {
			if fits(name) {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			return slices.MinFunc(names, func(a, b string) int { return st.Boxes[a].Y - st.Boxes[b].Y })
		}
	}
	return ""
}

// write writes one file and looks into it. It returns what the window says it
// wrote, empty when that is nothing.
func (d *day) write(name string) string {
	w := d.w
	if d.keyboard {
		w.key("space")
	} else {
		w.click(name)
	}
	st := w.until("the card of "+name, func(st state) bool { return st.Overlays == 1 && st.Focus == "entry Name" })
	message := st.Message
	w.until("a name for "+name, func(st state) bool {
		_, free := st.Boxes["button Write"]
		_, taken := st.Boxes["button Replace"]
		return free || taken
	})
	w.key("Return")
	st = w.until(name+" to be written", func(st state) bool { return st.Overlays == 0 && st.Message != message })
	said, path, ok := strings.Cut(st.Message, " written: ")
	if !ok {
		if st.Assets > 0 {
			d.t.Errorf("%s: the window says %q", name, st.Message)
		} else if !strings.HasSuffix(st.Message, ".") {
			d.t.Errorf("%s of nothing: %q is no sentence", name, st.Message)
		}
		return ""
	}
	whole(d.t, path)
	return said
}

// whole looks whether a written file is what its name says.
func whole(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Error(err)
		return
	}
	if info.IsDir() {
		if in, err := os.ReadDir(path); err != nil || len(in) == 0 {
			t.Errorf("%s is empty", path)
		}
		return
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".pdf":
		if !bytes.HasPrefix(b, []byte("%PDF-")) || !bytes.Contains(b[max(0, len(b)-64):], []byte("%%EOF")) {
			t.Errorf("%s is not a whole PDF", path)
		}
	case ".xlsx", ".zip", ".docx":
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil || len(z.File) == 0 {
			t.Errorf("%s: %v", path, err)
		}
	case ".geojson", ".json":
		if !json.Valid(b) {
			t.Errorf("%s is not JSON", path)
		}
	default:
		if len(b) == 0 {
			t.Errorf("%s is empty", path)
		}
	}
}

// reopen closes the window, opens it again and the project from the list of
// those opened lately.
func (d *day) reopen(s *screen) {
	before := d.w.state()
	d.w.quit()
	d.w = s.open()
	if d.keyboard {
		d.tabTo("the project", func(f string) bool { return f == "button "+d.name })
		d.w.key("space")
	} else {
		d.press(d.name[:min(16, len(d.name))]) // a long one is cut on its button
	}
	st := d.w.until("the project again", func(st state) bool { return st.Path == d.path && !st.Computing && st.Settled })
	if st.Assets != before.Assets || st.Undo != before.Undo || len(st.Scenarios) != len(before.Scenarios) || st.Decisions != before.Decisions {
		d.t.Errorf("after reopening %d assets, undo %q, scenarios %v; before %d, %q, %v", st.Assets, st.Undo, st.Scenarios, before.Assets, before.Undo, before.Scenarios)
	}
}

// undoTwice takes the last two steps back, and the file follows.
func (d *day) undoTwice() {
	w := d.w
	p, audit := onFile(d.t, d.path)
	for i := range 2 {
		st := w.state()
		if st.Undo == "" {
			if i == 0 {
				d.t.Error("nothing can be taken back")
			}
			return
		}
		if d.keyboard {
			w.key("ctrl+z")
		} else {
			w.click("undo")
		}
		w.until("undo", func(now state) bool { return now.Undo != st.Undo && now.Redo == st.Undo && !now.Computing })
		_, after := onFile(d.t, d.path)
		last := after[len(after)-1]
		if len(after) != len(audit)+i+1 || last.Deed != store.Undid {
			d.t.Errorf("the audit ends with %s %q", last.Deed, last.What)
		}
	}
	if now, _ := onFile(d.t, d.path); len(now.Decisions) != len(p.Decisions)-1 && len(p.Decisions) > 0 {
		d.t.Errorf("%d decisions after undo, %d before", len(now.Decisions), len(p.Decisions))
	}
}
