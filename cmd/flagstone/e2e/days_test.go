//go:build e2e

package e2e

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/planting-the-flag/flagstone/model/store"
)

// TestADay is a working day with Trafford by pointer and keys: the register and
// the partners dragged in, looked at, challenged, a team dragged, a better plan
// found, a decision frozen, every paper written, and all of it there again after
// closing.
func TestADay(t *testing.T) {
	for _, look := range []struct {
		theme string
		w, h  int
	}{{"light", 1280, 800}, {"dark", 1920, 1080}} {
		t.Run(look.theme, func(t *testing.T) {
			s := newScreen(t, look.w, look.h)
			d := &day{t: t, name: "Trafford", drops: trafford(t, t.TempDir()), shots: true}
			d.run(s, "--theme", look.theme)
		})
	}
}

// TestADayByKeys is the same without touching the pointer.
func TestADayByKeys(t *testing.T) {
	s := newScreen(t, 1366, 768)
	d := &day{t: t, name: "By keys", drops: made(t, t.TempDir(), 60, 12, 0), keyboard: true}
	d.run(s)
}

// TestADayWithTenThousand is the same with 10,000 buildings.
func TestADayWithTenThousand(t *testing.T) {
	s := newScreen(t, 1366, 768)
	s.most = 10 * time.Minute
	d := &day{t: t, name: "Ten thousand", drops: made(t, t.TempDir(), 10000, 60, 0)}
	d.run(s)
}

// TestADayWithNothing is the same with an empty project: no place breaks, and
// what cannot be done is said in a sentence.
func TestADayWithNothing(t *testing.T) {
	s := newScreen(t, 1366, 768)
	d := &day{t: t, name: "Nothing yet", shots: true}
	d.run(s, "--theme", "light")
}

// TestADayWithLongNames is the same with names of 200 characters.
func TestADayWithLongNames(t *testing.T) {
	s := newScreen(t, 1366, 768)
	d := &day{t: t, name: strings.TrimSpace(strings.Repeat("A very long name of a place ", 7))[:120], drops: made(t, t.TempDir(), 40, 12, 200), shots: true}
	d.run(s, "--theme", "light")
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

// TestPowerCuts ends the window without warning at ten random moments of
// editing: the project opens and is whole, everything the window had shown as
// done is there, and at most the edit under the fingers is lost. A moment is
// some steps and a part of a second, so that a slow machine is cut in the middle
// of work too.
func TestPowerCuts(t *testing.T) {
	s := newScreen(t, 1280, 800)
	w := s.open("--demonstration")
	path := w.ready().Path
	w.quit()
	rng := rand.New(rand.NewPCG(1, 2))
	const cuts = 10
	edits := 0
	for cut := range cuts {
		_, before := onFile(t, path)
		w := s.open("--place", "portfolio", path)
		w.ready()
		w.until("the table", func(st state) bool { return st.Rows[0] > 0 && st.Rows[0] == st.Assets })
		w.choose(cut)
		seen := w.edit(rng, cut%4)
		<-w.done
		ctl(t, nil, "check", path)
		_, after := onFile(t, path)
		var done []string
		for _, r := range after[len(before):] {
			if r.Deed == store.Did || r.Deed == store.Undid || r.Deed == store.Redid {
				done = append(done, string(r.Deed)+" "+r.What)
			}
		}
		edits += len(done)
		if len(done) < len(seen) || len(done) > len(seen)+1 {
			t.Errorf("cut %d: the window had shown %d steps as done, the file has %d\nshown: %q\nfile: %q", cut+1, len(seen), len(done), seen, done)
			continue
		}
		for i, x := range seen {
			if !strings.HasPrefix(done[i], x) {
				t.Errorf("cut %d: step %d was %q in the window and is %q in the file", cut+1, i+1, x, done[i])
			}
		}
	}
	t.Logf("%d steps in all, none lost that was shown as done", edits)
	if edits < cuts/2 {
		t.Errorf("only %d steps were made: little was put to the test", edits)
	}
}

// edit works until the window is gone, which it is a moment after so many steps,
// and says, in order, the deeds that the window had shown as done.
func (w *window) edit(rng *rand.Rand, steps int) (seen []string) {
	run := func(args ...string) { _ = w.s.run("xdotool", args...) }
	for {
		was := w.state()
		if len(seen) == steps {
			time.AfterFunc(time.Duration(rng.IntN(600))*time.Millisecond, w.kill)
		}
		deed := ""
		switch k := rng.IntN(3); {
		case k == 1 && was.Undo != "":
			deed = string(store.Undid)
			run("key", "--clearmodifiers", "ctrl+z")
		case k == 2 && was.Redo != "":
			deed = string(store.Redid)
			run("key", "--clearmodifiers", "ctrl+shift+z")
		default:
			deed = string(store.Did)
			run("key", "--clearmodifiers", "ctrl+shift+a")
			if !w.waitAtMost(time.Minute, func(st state) bool { _, ok := st.Boxes["add.commit"]; return ok }) {
				w.kill()
				return seen
			}
			b := w.state().Boxes["add.commit"]
			run("mousemove", itoa(b.X+b.W/2), itoa(b.Y+b.H/2), "click", "1")
		}
		if !w.waitAtMost(time.Minute, func(st state) bool { return st.Undo != was.Undo || st.Redo != was.Redo || st.Actions != was.Actions }) {
			w.kill()
			return seen
		}
		seen = append(seen, deed)
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

// TestLooks keeps a picture of every place at each size, each in another look;
// with FLAGSTONE_LOOKS=all at each size in every look. People look at them.
func TestLooks(t *testing.T) {
	sizes, looks := [][2]int{{1024, 700}, {1280, 800}, {1920, 1080}}, []string{"high contrast", "dark", "light"}
	for i, z := range sizes {
		of := looks[i : i+1]
		if os.Getenv("FLAGSTONE_LOOKS") == "all" {
			of = looks
		}
		for _, look := range of {
			s := newScreen(t, z[0], z[1])
			w := s.open("--theme", look, "--demonstration")
			w.ready()
			for i, p := range []string{"portfolio", "map", "challenge", "space", "scenarios", "carbon", "reports", "assumptions", "findings"} {
				w.key("ctrl+" + itoa(i+1))
				st := w.until(p, func(st state) bool {
					return st.Place == p && st.Settled && st.Job == "" && (p != "map" || st.Map.Settled)
				})
				if st.Width != z[0] || st.Height < z[1]-40 || st.Height > z[1] {
					t.Errorf("%s is %d×%d on a screen of %d×%d", p, st.Width, st.Height, z[0], z[1])
				}
				time.Sleep(500 * time.Millisecond) // charts and pages are painted off the window's goroutine
				w.shot("look-" + look + "-" + p)
			}
			w.quit()
		}
	}
}
