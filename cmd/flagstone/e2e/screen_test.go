//go:build e2e

package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// state is what the tests read of the window's state file; the whole is type
// State of package app/shell.
type state struct {
	At                   time.Time // when a frame with this had been painted
	Totals               time.Time // when a frame with the latest totals had been painted
	Place, Project, Path string
	Assets, Findings     int
	Selection            struct{ Kind, ID string }
	Detail, Scenario     string
	Actions              int
	Headline             string
	Computing            bool
	Undo, Redo           string
	Message, Job         string
	Bad, Palette         bool
	Rows                 [2]int
	Settled              bool
	First                string
	Map                  struct {
		Dots     int
		Zoom     float64
		Selected string
		Settled  bool
		Frames   int
	}
	Focus               string
	Overlays            int
	Services, Decisions int
	Scenarios           []string
	Held                []struct {
		Where string
		Times int
		Worst time.Duration
	}
	Width, Height int
	SlowestMS     float64 `json:"slowest_ms"`
	Slow          int
	Boxes         map[string]struct{ X, Y, W, H int }
}

// screen is a display of its own.
type screen struct {
	t       *testing.T
	display string
	w, h    int
	data    string // folder of the application's own files
	shots   string
	most    time.Duration // that a wait may last; longest when 0
}

// window is a running program.
type window struct {
	s       *screen
	cmd     *exec.Cmd
	file    string
	log     string // what it prints
	started time.Time
	done    chan error
	ended   atomic.Bool
	pprof   string // where it tells of itself; empty where it does not
}

func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Fatalf("%s is needed: run make deps-e2e", p)
		}
	}
}

func bin(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("FLAGSTONE_BIN")
	if dir == "" {
		t.Skip("FLAGSTONE_BIN is not set: run make e2e")
	}
	return filepath.Join(dir, name)
}

// newScreen starts Xvfb, which picks a free display itself. Keys do not repeat:
// on a busy machine one would be held down too long.
func newScreen(t *testing.T, w, h int) *screen {
	t.Helper()
	need(t, "Xvfb", "xdotool", "import")
	r, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-r", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", w, h), "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{out}
	if err := x.Start(); err != nil {
		t.Fatal(err)
	}
	out.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb gave no display: %v", err)
	}
	t.Cleanup(func() { _ = x.Process.Kill(); _ = x.Wait() })
	shots := os.Getenv("FLAGSTONE_SHOTS")
	if shots == "" {
		shots = t.TempDir()
	}
	if err := os.MkdirAll(shots, 0o755); err != nil {
		t.Fatal(err)
	}
	return &screen{t: t, display: ":" + strings.TrimSpace(line), w: w, h: h, data: t.TempDir(), shots: shots}
}

// env is the environment of a window. Mesa paints in one thread: with several,
// on a busy machine, their waits for each other add up to minutes.
func (s *screen) env() []string {
	return append(os.Environ(), "DISPLAY="+s.display, "XDG_CONFIG_HOME="+filepath.Join(s.data, "config"), "HOME="+s.data, "LANG=en_GB.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1", "LP_NUM_THREADS=0")
}

// open starts the program with arguments.
func (s *screen) open(args ...string) *window {
	s.t.Helper()
	return s.begin(exec.Command(bin(s.t, "flagstone")), asItIs, s.env(), args...)
}

// begin starts the window that a command runs; path says a path as that program
// takes it.
func (s *screen) begin(c *exec.Cmd, path func(string) string, env []string, args ...string) *window {
	s.t.Helper()
	w := s.launch(c, path, env, args...)
	w.until("the window", func(st state) bool { return st.Place != "" })
	w.fit()
	return w
}

// launch starts the window and does not wait for it.
func (s *screen) launch(c *exec.Cmd, path func(string) string, env []string, args ...string) *window {
	s.t.Helper()
	w := &window{s: s, cmd: c, file: filepath.Join(s.t.TempDir(), "state.json"), log: filepath.Join(s.t.TempDir(), "window.log"), done: make(chan error, 1)}
	c.Args = append(c.Args, "--data", path(filepath.Join(s.data, "flagstone")), "--state-file", path(w.file), "--size", fmt.Sprintf("%dx%d", s.w, s.h))
	c.Args = append(c.Args, args...)
	c.Env = env
	log, err := os.Create(w.log)
	if err != nil {
		s.t.Fatal(err)
	}
	w.cmd.Stdout, w.cmd.Stderr = log, log
	w.started = time.Now()
	if err := w.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func() {
		err := w.cmd.Wait()
		w.ended.Store(true)
		w.done <- err
	}()
	s.t.Cleanup(func() { w.kill() })
	return w
}

// fit brings the window over the whole screen and gives it the keys, which a
// window manager would do.
func (w *window) fit() {
	_ = w.s.run("xdotool", "search", "--name", "Flagstone", "windowmove", "0", "0", "windowsize", fmt.Sprint(w.s.w), fmt.Sprint(w.s.h), "windowfocus")
	time.Sleep(300 * time.Millisecond)
}

func asItIs(path string) string { return path }

func (w *window) kill() { _ = w.cmd.Process.Kill() }

func (s *screen) run(name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Env = s.env()
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %v: %w: %s", name, args, err, out)
	}
	return nil
}

func (w *window) state() state {
	var st state
	if b, err := os.ReadFile(w.file); err == nil {
		_ = json.Unmarshal(b, &st)
	}
	return st
}

// longest is how long a test waits for the window: long, for a busy machine; a
// window that answers is never waited for that long.
const longest = 5 * time.Minute

// until waits for the window to show something.
func (w *window) until(what string, ok func(state) bool) state {
	w.s.t.Helper()
	most := longest
	if w.s.most > 0 {
		most = w.s.most
	}
	end := time.Now().Add(most)
	for time.Now().Before(end) && !w.ended.Load() {
		if st := w.state(); ok(st) {
			return st
		}
		time.Sleep(40 * time.Millisecond)
	}
	if st := w.state(); ok(st) { // an ended window has said its last
		return st
	}
	w.shot("failed")
	w.dump()
	b, _ := os.ReadFile(w.file)
	if w.ended.Load() {
		log, _ := os.ReadFile(w.log)
		w.s.t.Fatalf("the window ended while a test waited for %s\n%.4000s", what, log)
	}
	w.s.t.Fatalf("waited too long for %s\n%s", what, b)
	return state{}
}

// dump keeps what every goroutine does, where the program tells.
func (w *window) dump() {
	if w.pprof == "" {
		return
	}
	c := http.Client{Timeout: 10 * time.Second}
	res, err := c.Get("http://" + w.pprof + "/debug/pprof/goroutine?debug=2")
	if err != nil {
		w.s.t.Log(err)
		return
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err == nil {
		err = os.WriteFile(filepath.Join(w.s.shots, "goroutines.txt"), b, 0o600)
	}
	if err != nil {
		w.s.t.Log(err)
	}
}

// pause lets the state be written again, which happens a few times a second.
func (w *window) pause() { time.Sleep(300 * time.Millisecond) }

// waitAtMost waits for the window to show something and says whether it did; a
// window that has ended shows nothing more.
func (w *window) waitAtMost(most time.Duration, ok func(state) bool) bool {
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(40 * time.Millisecond) {
		if ok(w.state()) {
			return true
		}
		if w.ended.Load() {
			return false
		}
	}
	return false
}

// key presses keys, each named as xdotool does: "ctrl+k", "Down".
func (w *window) key(keys ...string) {
	w.s.t.Helper()
	for _, k := range keys {
		if err := w.s.run("xdotool", "key", "--clearmodifiers", k); err != nil {
			w.s.t.Fatal(err)
		}
		time.Sleep(60 * time.Millisecond)
	}
}

func (w *window) typed(text string) {
	w.s.t.Helper()
	if err := w.s.run("xdotool", "type", "--delay", "25", text); err != nil {
		w.s.t.Fatal(err)
	}
}

// click clicks the middle of a control, or dx, dy from its corner, once it stays
// where it is.
func (w *window) click(box string, at ...int) {
	w.s.t.Helper()
	has := func(st state) bool { _, ok := st.Boxes[box]; return ok }
	for b := w.until("the control "+box, has).Boxes[box]; ; {
		x, y := b.X+b.W/2, b.Y+b.H/2
		if len(at) == 2 {
			x, y = b.X+at[0], b.Y+at[1]
		}
		if err := w.s.run("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y)); err != nil {
			w.s.t.Fatal(err)
		}
		w.pause()
		was := b
		if b = w.until("the control "+box, has).Boxes[box]; b == was {
			break
		}
	}
	if err := w.s.run("xdotool", "click", "1"); err != nil {
		w.s.t.Fatal(err)
	}
	time.Sleep(120 * time.Millisecond)
}

// choose clicks a row of the portfolio until a building is chosen: a click on a
// table that is just being filled chooses nothing.
func (w *window) choose(row int) {
	w.s.t.Helper()
	chosen := func(st state) bool { return st.Selection.Kind == "asset" }
	for range 5 {
		if w.click("portfolio.table", 60, rowMiddle(row)); w.waitAtMost(4*time.Second, chosen) {
			return
		}
	}
	w.until("a building", chosen)
}

// drag moves the pointer with the button held.
func (w *window) drag(x, y, dx, dy int) {
	w.s.t.Helper()
	if err := w.s.run("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y), "mousedown", "1", "sleep", "0.1",
		"mousemove", fmt.Sprint(x+dx/2), fmt.Sprint(y+dy/2), "sleep", "0.05", "mousemove", fmt.Sprint(x+dx), fmt.Sprint(y+dy), "sleep", "0.1", "mouseup", "1"); err != nil {
		w.s.t.Fatal(err)
	}
}

// shot keeps a picture of the screen.
func (w *window) shot(name string) {
	time.Sleep(350 * time.Millisecond)
	path := filepath.Join(w.s.shots, fmt.Sprintf("%s-%dx%d.png", name, w.s.w, w.s.h))
	if err := w.s.run("import", "-window", "root", path); err != nil {
		w.s.t.Log(err)
	}
}

// ready waits for a project with results.
func (w *window) ready() state {
	w.s.t.Helper()
	return w.until("a project with its results", func(st state) bool {
		return st.Assets > 0 && !st.Computing && st.Headline != "" && st.Settled && (st.Place != "portfolio" || st.Rows[0] > 0)
	})
}

// quit closes the window as a user does and waits for the end.
func (w *window) quit() {
	w.s.t.Helper()
	w.key("ctrl+q")
	select {
	case err := <-w.done:
		if err != nil {
			w.s.t.Errorf("the window ended with %v", err)
		}
	case <-time.After(time.Minute):
		w.shot("failed")
		w.dump()
		w.s.t.Error("the window did not close")
		w.kill()
	}
}

// ctl asks the command line about a project file.
func ctl(t *testing.T, into any, args ...string) {
	t.Helper()
	out, err := exec.Command(bin(t, "flagstonectl"), append(args, "--json")...).Output()
	if err != nil {
		t.Fatalf("flagstonectl %v: %v\n%s", args, err, out)
	}
	if into != nil {
		if err := json.Unmarshal(out, into); err != nil {
			t.Fatalf("flagstonectl %v: %v\n%.400s", args, err, out)
		}
	}
}
