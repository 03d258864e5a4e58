package shell_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/shell"
	"github.com/planting-the-flag/flagstone/app/views/better"
	"github.com/planting-the-flag/flagstone/app/views/challenge"
	"github.com/planting-the-flag/flagstone/app/views/estatemap"
	"github.com/planting-the-flag/flagstone/app/views/portfolio"
	"github.com/planting-the-flag/flagstone/app/views/scenarios"
	"github.com/planting-the-flag/flagstone/model"
)

// queue stands for the UI goroutine: what is posted runs when the test drains
// it, on the test's own goroutine.
type queue struct {
	mu sync.Mutex
	q  []func()
}

func (q *queue) post(f func()) {
	q.mu.Lock()
	q.q = append(q.q, f)
	q.mu.Unlock()
}

func (q *queue) drain() {
	for {
		q.mu.Lock()
		todo := q.q
		q.q = nil
		q.mu.Unlock()
		if len(todo) == 0 {
			return
		}
		for _, f := range todo {
			f()
		}
	}
}

// rig is a window under the test driver.
type rig struct {
	t   *testing.T
	q   *queue
	w   *shell.Window
	lib *apptest.Library
	run *jobs.Runner
}

func newRig(t *testing.T) *rig {
	t.Helper()
	a := test.NewTempApp(t)
	r := &rig{t: t, q: &queue{}, lib: &apptest.Library{}, run: jobs.New(time.Now)}
	dir := t.TempDir()
	r.w = shell.New(shell.Params{App: a, Library: r.lib, Runner: r.run, Recent: session.OpenRecent(dir), Post: r.q.post, Now: time.Now,
		DemoFile: filepath.Join(dir, "demo.flagstone")})
	r.w.Show()
	r.w.Fyne().Resize(fyne.NewSize(1366, 768))
	t.Cleanup(func() { r.run.Close(); r.q.drain() })
	return r
}

// until drains what is posted until the condition holds.
func (r *rig) until(what string, ok func() bool) {
	r.t.Helper()
	end := time.Now().Add(20 * time.Second)
	for time.Now().Before(end) {
		r.q.drain()
		if ok() {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	r.t.Fatalf("waited too long for: %s\nstate: %+v", what, r.w.Describe())
}

func (r *rig) demonstration() {
	r.t.Helper()
	r.w.Demonstration()
	r.until("the demonstration project with results", func() bool {
		st := r.w.Describe()
		return st.Assets == 240 && !st.Computing && st.Headline != "" && st.Settled && st.Rows[1] == 240
	})
}

func TestStartScreenLeadsToTheDemonstration(t *testing.T) {
	r := newRig(t)
	if got := r.w.Describe().Place; got != "start" {
		t.Fatalf("the window begins at %q", got)
	}
	r.demonstration()
	st := r.w.Describe()
	if st.Place != "portfolio" || st.Scenario != "Community hubs" {
		t.Errorf("place %q, scenario %q", st.Place, st.Scenario)
	}
	if !strings.Contains(st.Headline, "£2.48m") {
		t.Errorf("headline %q", st.Headline)
	}
}

func TestSelectionFollowsFromTableToMapToDetail(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	r.w.Desk().Select(app.OneAsset, "a5")
	if got := r.w.View("portfolio").(*portfolio.View).Table().Chosen(); got != "a5" {
		t.Errorf("the table marks %q", got)
	}
	r.w.GoTo("map")
	m := r.w.View("map").(*estatemap.View)
	r.until("the map", func() bool { return m.Canvas().Scene() != nil && m.Canvas().Settled() })
	if got := m.Selected(); got != "a5" {
		t.Errorf("the map marks %q", got)
	}
	if got := r.w.Detail().Title(); got != "Building 5" {
		t.Errorf("the detail pane shows %q", got)
	}
	known := true
	for _, f := range r.w.Detail().Facts() {
		if f.Label == "Floor area" {
			known = f.Value != "not known"
		}
	}
	if known {
		t.Error("a floor area that nobody stated is shown as something else than “not known”")
	}
}

func TestMapTapSelectsTheAssetUnderThePointer(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	r.w.GoTo("map")
	m := r.w.View("map").(*estatemap.View).Canvas()
	r.until("the map", func() bool { return m.Scene() != nil && m.Settled() && m.Camera().Zoom > 0 })
	d := m.Scene().Dots[len(m.Scene().Dots)-1] // the smallest lies on top
	m.Tapped(&fyne.PointEvent{Position: m.ScreenOf(d.At)})
	if got := r.w.Desk().Selection(); got.Kind != app.OneAsset || got.ID != string(d.ID) {
		t.Errorf("selected %+v, wanted %s", got, d.ID)
	}
	before := m.Camera()
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	m.TypedRune('+')
	if m.Camera().Zoom <= before.Zoom || m.Camera().Centre == before.Centre {
		t.Error("the keys do not move the map")
	}
}

func TestUndoAndRedoAreNamedAndSeenEverywhere(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	sc := *r.w.Desk().Scenario()
	sc.Actions = append(append([]model.Action(nil), sc.Actions...), model.Action{ID: "x9", Kind: model.Sell, Asset: "a9", Year: 2031})
	ws := r.w.Desk().Workspace()
	if err := ws.PutScenario(t.Context(), "sale of Building 9", sc); err != nil {
		t.Fatal(err)
	}
	r.w.Desk().Undo()
	r.until("undo", func() bool { st := r.w.Describe(); return st.Actions == 3 && st.Redo == "sale of Building 9" })
	if m := r.w.Describe().Message; m != "Undone: sale of Building 9." {
		t.Errorf("told %q", m)
	}
	r.w.Desk().Redo()
	r.until("redo", func() bool { st := r.w.Describe(); return st.Actions == 4 && st.Undo == "sale of Building 9" })
	board := r.w.View("scenarios").(*scenarios.View).Board()
	r.w.GoTo("scenarios")
	r.until("the board", func() bool { n, _ := board.Count(); return n == 4 })
	r.w.Desk().Undo()
	r.until("the board before", func() bool { n, _ := board.Count(); return n == 3 })
	r.w.GoTo("portfolio")
	r.w.Desk().Redo()
	r.until("redo out of sight of the board", func() bool { return r.w.Describe().Actions == 4 })
	if n, _ := board.Count(); n != 3 {
		t.Errorf("the board was filled out of sight, with %d actions", n)
	}
	r.w.GoTo("scenarios")
	r.until("the board again", func() bool { n, _ := board.Count(); return n == 4 })
}

func TestDroppedFilesAreShownInWordsBeforeAnythingChanges(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	r.w.Drop([]string{"/somewhere/register.csv"})
	r.until("the preview", func() bool { return r.w.Describe().Place == "import" })
	if r.w.Describe().Assets != 240 {
		t.Error("the preview changed the project")
	}
	r.w.Importing().Leave()
	if got := r.w.Describe().Place; got != "portfolio" {
		t.Errorf("leaving goes to %q", got)
	}
	r.w.Drop([]string{"/somewhere/register.csv"})
	r.until("the preview", func() bool { return r.w.Describe().Place == "import" })
	test.Tap(r.w.Importing().Focus().(fyne.Tappable))
	r.until("the import", func() bool { return r.w.Describe().Assets == 241 })
	if u := r.w.Describe().Undo; u != "import of register.csv" {
		t.Errorf("undo is called %q", u)
	}
}

func TestReadOnlyProjectSaysSoAndRefuses(t *testing.T) {
	r := newRig(t)
	r.lib.Next = apptest.New(apptest.Project(12))
	r.lib.Next.Locked = "Ann has this project open. You can look but not change it."
	r.w.OpenPath("shared.flagstone")
	r.until("the project", func() bool { return r.w.Describe().Assets == 12 })
	r.w.Drop([]string{"a.csv"})
	r.until("the refusal", func() bool { st := r.w.Describe(); return st.Bad && strings.HasPrefix(st.Message, "Ann has") })
	if r.w.Describe().Place == "import" {
		t.Error("a read-only project offers an import")
	}
}

func TestEveryPlaceFitsTheSmallestWindow(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	for _, p := range []string{"portfolio", "map", "challenge", "space", "scenarios", "carbon", "reports", "assumptions", "findings"} {
		r.w.GoTo(p)
		r.q.drain()
		if z := r.w.Fyne().Canvas().Content().MinSize(); z.Width > 1024 || z.Height > 680 { // 20 for the menu bar
			t.Errorf("%s needs %v", p, z)
		}
	}
}

func TestEmptyProjectTeaches(t *testing.T) {
	r := newRig(t)
	r.lib.Next = apptest.New(apptest.Project(0))
	r.w.OpenPath("empty.flagstone")
	r.until("the project", func() bool { return r.w.Describe().Project == "Testford" && !r.w.Describe().Computing })
	for _, p := range []string{"portfolio", "map", "challenge", "space", "scenarios", "carbon", "reports", "assumptions", "findings"} {
		r.w.GoTo(p)
		r.q.drain()
	}
}

func TestStateFileSaysWhatTheWindowShows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	a := test.NewTempApp(t)
	q := &queue{}
	run := jobs.New(time.Now)
	w := shell.New(shell.Params{App: a, Library: &apptest.Library{}, Runner: run, Recent: session.OpenRecent(t.TempDir()), Post: q.post, Now: time.Now, StateFile: path})
	w.Show()
	t.Cleanup(func() { w.Close(); run.Close(); time.Sleep(20 * time.Millisecond); q.drain() })
	for range 200 {
		q.drain()
		if b, err := os.ReadFile(path); err == nil && strings.Contains(string(b), `"place": "start"`) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("no state file with the start screen")
}

func TestABetterPlanCanBeKeptAndUndone(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	r.w.GoTo("better")
	b := r.w.View("better").(*better.View)
	b.Start()
	r.until("a plan", func() bool { return b.Plan() != nil })
	b.Keep()
	r.until("the plan among the scenarios", func() bool {
		st := r.w.Describe()
		return st.Scenario == "Better plan" && st.Place == "scenarios" && st.Undo == "“Better plan”"
	})
	r.w.Desk().Undo()
	r.until("undo", func() bool { return r.w.Describe().Scenario != "Better plan" })
}

func TestChallengeScoresAndSelects(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	v := r.w.View("challenge").(*challenge.View)
	r.w.GoTo("challenge")
	r.until("scores", func() bool { n, _ := v.Shown(); return n > 50 })
	r.w.Desk().Select(app.OneAsset, "a1")
	found := false
	for _, f := range r.w.Detail().Facts() {
		found = found || f.Section == "Challenge"
	}
	if !found {
		t.Error("the detail pane does not open the score")
	}
}

func TestThemesCanBeChangedWhileAProjectIsOpen(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	for _, th := range []string{"dark", "high contrast", "light", "system"} {
		r.w.SetTheme(th)
		for _, p := range []string{"portfolio", "map", "challenge", "scenarios", "carbon"} {
			r.w.GoTo(p)
			r.q.drain()
		}
	}
}

func TestNamesOfTwoHundredLetters(t *testing.T) {
	r := newRig(t)
	p := apptest.Project(12)
	long := strings.Repeat("Very long name ", 14)
	for i := range p.Assets {
		p.Assets[i].Name = long
	}
	p.Name = long
	for i := range p.Scenarios {
		p.Scenarios[i].Name = long + string(rune('A'+i))
	}
	r.lib.Next = apptest.New(p)
	r.w.OpenPath("long.flagstone")
	r.until("the project", func() bool { st := r.w.Describe(); return st.Assets == 12 && !st.Computing })
	r.w.Desk().Select(app.OneAsset, "a1")
	for _, place := range []string{"portfolio", "map", "challenge", "space", "scenarios", "carbon", "reports", "findings"} {
		r.w.GoTo(place)
		r.q.drain()
		if z := r.w.Fyne().Canvas().Content().MinSize(); z.Width > 1024 {
			t.Errorf("%s needs %v", place, z)
		}
	}
}

func TestSheetsDroppedWithTheirProjectAreLookedAtOnceItIsOpen(t *testing.T) {
	r := newRig(t)
	r.w.Drop([]string{"/somewhere/register.csv", "/somewhere/place.flagstone"})
	r.until("the preview", func() bool { return r.w.Describe().Place == "import" })
	if got := r.w.Describe().Path; got != "/somewhere/place.flagstone" {
		t.Errorf("the project is %q", got)
	}
}

func TestEscapeLeavesAnImportWhileItsButtonHasTheKeys(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	r.w.Drop([]string{"/somewhere/register.csv"})
	r.until("the preview", func() bool { return r.w.Describe().Place == "import" })
	f := r.w.Fyne().Canvas().Focused()
	if f == nil {
		t.Fatal("nothing has the keys")
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if got := r.w.Describe().Place; got != "portfolio" {
		t.Errorf("Escape leads to %q", got)
	}
}
