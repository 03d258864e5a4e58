//go:build e2e

package e2e

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestADay is a working day in short: the demonstration place is opened,
// searched, looked at on the map, a plan is changed, undone and done again, and
// everything is there after the window was closed and opened again.
func TestADay(t *testing.T) {
	s := newScreen(t, 1280, 800)
	w := s.open()
	if st := w.state(); st.Place != "start" {
		t.Fatalf("the window begins at %q", st.Place)
	}
	w.shot("1-start")
	w.click("start.demonstration")
	st := w.ready()
	t.Logf("demonstration made and appraised: %v after the start", time.Since(w.started).Round(10*time.Millisecond))
	path := st.Path

	// Portfolio: search as you type, sort, move by keys.
	w.until("the table", func(st state) bool { return st.Place == "portfolio" && st.Rows[1] == st.Assets })
	w.shot("2-portfolio")
	w.typed("library")
	found := w.until("fewer rows", func(st state) bool { return st.Settled && st.Rows[0] > 0 && st.Rows[0] < st.Rows[1]/4 })
	w.key("Down", "Down")
	st = w.until("a selected asset", func(st state) bool { return st.Selection.Kind == "asset" && st.Detail != "" })
	w.shot("3-search")
	w.key("ctrl+f", "ctrl+a", "BackSpace")
	w.until("all rows again", func(st state) bool { return st.Rows[0] == st.Rows[1] && st.Rows[1] > found.Rows[0] })
	first := w.state().First
	w.click("portfolio.table", 60, 14)
	w.until("another order", func(st state) bool { return st.Settled && st.First != first })

	// The selection goes along to the map.
	w.key("ctrl+k")
	w.until("the palette", func(st state) bool { return st.Palette })
	w.typed("stretford library")
	time.Sleep(400 * time.Millisecond)
	w.shot("4-palette")
	w.key("Return")
	chosen := w.until("the library", func(st state) bool { return !st.Palette && st.Selection.Kind == "asset" })
	w.key("ctrl+2")
	w.until("the library on the map", func(st state) bool {
		return st.Place == "map" && st.Map.Settled && st.Map.Selected == chosen.Selection.ID
	})
	w.shot("5-map")
	zoom := w.state().Map.Zoom
	w.key("plus", "plus")
	w.until("a closer map", func(st state) bool { return st.Map.Settled && st.Map.Zoom > zoom*1.5 })
	box := w.state().Boxes["map"]
	frames := w.state().Map.Frames
	w.drag(box.X+box.W/2, box.Y+box.H/3, 120, 60)
	w.until("the map after a drag", func(st state) bool { return st.Map.Settled && st.Map.Frames > frames })
	w.shot("6-map-closer")

	// A plan is changed, with its consequences shown before.
	w.key("ctrl+5")
	before := w.until("the scenarios", func(st state) bool { return st.Place == "scenarios" && !st.Computing })
	w.shot("7-scenarios")
	w.key("ctrl+shift+a")
	time.Sleep(1500 * time.Millisecond)
	w.shot("8-consequences")
	w.click("add.commit")
	added := w.until("one more action", func(st state) bool { return st.Actions == before.Actions+1 && st.Undo != "" && !st.Computing })
	w.shot("9-added")
	if n := actionsOnFile(t, path, added.Scenario); n != added.Actions {
		t.Errorf("the file holds %d actions, the window shows %d", n, added.Actions)
	}
	w.key("ctrl+z")
	w.until("undo", func(st state) bool { return st.Actions == before.Actions && st.Redo != "" && !st.Computing })
	if n := actionsOnFile(t, path, added.Scenario); n != before.Actions {
		t.Errorf("after undo the file holds %d actions", n)
	}
	w.key("ctrl+shift+z")
	w.until("redo", func(st state) bool { return st.Actions == added.Actions && !st.Computing })

	// Every place opens.
	for key, place := range map[string]string{"ctrl+3": "challenge", "ctrl+4": "space", "ctrl+6": "carbon", "ctrl+7": "reports", "ctrl+8": "assumptions", "ctrl+9": "findings"} {
		w.key(key)
		w.until(place, func(st state) bool { return st.Place == place })
		w.shot("place-" + place)
	}
	// The workbook is written, by keyboard alone.
	w.key("ctrl+7")
	w.until("reports", func(st state) bool { return st.Place == "reports" })
	w.key("space")
	time.Sleep(900 * time.Millisecond)
	w.shot("export-dialog")
	w.key("Return")
	w.until("the workbook", func(st state) bool { return strings.Contains(st.Message, "written: ") })
	if books, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "Trafford*.xlsx")); len(books) != 1 {
		t.Errorf("workbooks beside the project: %v", books)
	}

	st = w.state()
	t.Logf("the window was held up longer than a frame %d times, at most %.0f ms", st.Slow, st.SlowestMS)
	w.quit()

	// Everything is there again, and undo goes on where it was.
	w = s.open(path)
	st = w.ready()
	if st.Actions != added.Actions || st.Undo != added.Undo {
		t.Errorf("after reopening: %d actions, undo %q; wanted %d, %q", st.Actions, st.Undo, added.Actions, added.Undo)
	}
	t.Logf("opened with results %v after the start", time.Since(w.started).Round(10*time.Millisecond))
	w.key("ctrl+z")
	w.until("undo after reopening", func(st state) bool { return st.Actions == before.Actions })
	w.quit()
	ctl(t, nil, "check", path)
}

func actionsOnFile(t *testing.T, path, scenario string) int {
	t.Helper()
	var raw any
	ctl(t, &raw, "show", path, "scenarios")
	if m, ok := raw.(map[string]any); ok {
		raw = m["scenarios"]
	}
	rows, _ := raw.([]any)
	for _, r := range rows {
		m, _ := r.(map[string]any)
		if m["name"] != scenario && m["Name"] != scenario {
			continue
		}
		for _, k := range []string{"actions", "Actions"} {
			switch v := m[k].(type) {
			case float64:
				return int(v)
			case []any:
				return len(v)
			}
		}
	}
	t.Fatalf("no scenario %q in %v", scenario, raw)
	return -1
}

// TestNewUser starts from nothing with a spreadsheet: the file is shown in
// words before anything changes, then it is in, and stays in after the power
// goes.
func TestNewUser(t *testing.T) {
	s := newScreen(t, 1366, 768)
	dir := t.TempDir()
	sheet := filepath.Join(dir, "sites.csv")
	rows := "Site name,Post code,Tenure,Gross internal floor area (m²)\n"
	for i, n := range []string{"Town Hall", "Old Library", "Depot", "Clinic", "Annexe"} {
		rows += n + ",M33 4N" + string(rune('A'+i)) + ",Freehold," + []string{"4200", "900", "1500", "", "310"}[i] + "\n"
	}
	if err := os.WriteFile(sheet, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	w := s.open(sheet)
	st := w.until("the preview", func(st state) bool { return st.Place == "import" })
	if st.Assets != 0 {
		t.Error("the preview changed the project")
	}
	w.shot("new-1-preview")
	w.click("import.accept")
	st = w.until("the assets", func(st state) bool { return st.Assets == 5 && st.Undo != "" })
	w.shot("new-2-in")
	w.kill()
	<-w.done
	w = s.open(st.Path)
	st = w.until("the assets after a crash", func(st state) bool { return st.Assets == 5 })
	w.quit()
	ctl(t, nil, "check", st.Path)
}

// TestPowerCuts ends the window without warning at random moments of editing:
// the project opens, is whole, and lacks at most the edit under the fingers.
func TestPowerCuts(t *testing.T) {
	s := newScreen(t, 1280, 800)
	w := s.open("--demonstration")
	path := w.ready().Path
	w.quit()
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 10 {
		w := s.open("--place", "scenarios", path)
		st := w.ready()
		w.key("Down")
		w.click("scenarios.board", 120, 44+26*(i%3))
		stop := time.AfterFunc(time.Duration(rng.IntN(1800))*time.Millisecond, w.kill)
		for range 4 {
			_ = s.run("xdotool", "key", "ctrl+z")
			_ = s.run("xdotool", "key", "ctrl+shift+a")
			time.Sleep(200 * time.Millisecond)
			if b, ok := w.state().Boxes["add.commit"]; ok {
				_ = s.run("xdotool", "mousemove", itoa(b.X+b.W/2), itoa(b.Y+b.H/2), "click", "1")
			}
		}
		<-w.done
		stop.Stop()
		ctl(t, nil, "check", path)
		_ = st
	}
}

func itoa(n int) string {
	b := []byte{}
	for n > 0 || len(b) == 0 {
		b = append([]byte{byte('0' + n%10)}, b...)
		n /= 10
	}
	return string(b)
}

// TestLooks keeps a picture of every place in every size and look; people look
// at them.
func TestLooks(t *testing.T) {
	for _, z := range [][2]int{{1024, 700}, {1280, 800}, {1920, 1080}} {
		for _, look := range []string{"light", "dark", "high contrast"} {
			s := newScreen(t, z[0], z[1])
			w := s.open("--theme", look, "--demonstration")
			w.ready()
			for i, p := range []string{"portfolio", "map", "challenge", "space", "scenarios", "carbon", "reports", "assumptions", "findings"} {
				w.key("ctrl+" + itoa(i+1))
				st := w.until(p, func(st state) bool { return st.Place == p && st.Settled && (p != "map" || st.Map.Settled) })
				if st.Width != z[0] || st.Height < z[1]-40 || st.Height > z[1] {
					t.Errorf("%s is %d×%d on a screen of %d×%d", p, st.Width, st.Height, z[0], z[1])
				}
				time.Sleep(700 * time.Millisecond) // charts and pages are painted off the window's goroutine
				w.shot("look-" + look + "-" + p)
			}
			w.quit()
		}
	}
}
