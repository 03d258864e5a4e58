package importing_test

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/views/importing"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/workspace"
)

// rig is the place over a real project, under the test driver.
type rig struct {
	apptest.Queue
	t         *testing.T
	ws        app.Workspace
	desk      *app.Desk
	win       fyne.Window
	v         *importing.View
	committed *app.Preview
	left      bool
}

func (r *rig) until(what string, ok func() bool) {
	r.t.Helper()
	r.Until(r.t, what, ok, func() any { return r.desk.Message() })
}

func newRig(t *testing.T) *rig {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.New("light", 0))
	r := &rig{t: t}
	dir := t.TempDir()
	lib := &workspace.Library{Now: func() time.Time { return time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) }, Layouts: filepath.Join(dir, "layouts")}
	ws, err := lib.New(t.Context(), filepath.Join(dir, "place.flagstone"), "Place", nil)
	if err != nil {
		t.Fatal(err)
	}
	run := jobs.New(time.Now)
	r.ws, r.desk = ws, app.NewDesk(run, r.Post)
	r.win = test.NewTempWindow(t, nil)
	r.v = importing.New(r.desk, r.win, importing.Actions{Accept: func(p *app.Preview) { r.committed = p }, Leave: func() { r.left = true }, Template: func() {},
		Save: func(_, _ string, then func(string)) { then(filepath.Join(dir, "out.xlsx")) }, Open: func([]string, func(string)) {}})
	r.win.SetContent(r.v.Object())
	r.win.Resize(fyne.NewSize(876, 590)) // what a window of 1024×700 leaves
	r.desk.Adopt(ws, app.NewSnapshot(ws.Project()))
	t.Cleanup(func() { run.Close(); r.Drain(); _ = ws.Close() })
	r.Drain()
	return r
}

func (r *rig) open(paths ...string) {
	r.t.Helper()
	var p jobs.Progress
	v, err := r.ws.Preview(r.t.Context(), paths, &p)
	if err != nil {
		r.t.Fatal(err)
	}
	r.v.Show(v)
	r.settle()
}

func (r *rig) settle() {
	r.t.Helper()
	r.until("the choice", func() bool { return !r.v.Busy() })
	time.Sleep(20 * time.Millisecond)
	r.Drain()
}

// shot writes what is on the screen into the folder that the environment names.
func (r *rig) shot(name string) {
	dir := os.Getenv("FLAGSTONE_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		r.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, r.win.Canvas().Capture()); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) file(name, text string) string {
	r.t.Helper()
	p := filepath.Join(r.t.TempDir(), name)
	if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
	return p
}

const register = "Ref,Site name,Post code,Gross internal floor area,Comment\nA1,Town Hall,M33 7ZF,4200,x\nA2,Library,M33 4NB,900,y\nA3,Depot,M32 0AA,not measured,z\n"

func TestTheNamesOfFieldsTellThemApart(t *testing.T) {
	r := newRig(t)
	for _, kind := range []string{"assets", "services", "occupations", "energy", "population", "boundary", "manual-streams"} {
		seen := map[string]bool{}
		for _, f := range r.ws.Fields(kind) {
			if seen[f.Title] {
				t.Errorf("%s: two fields are called %q", kind, f.Title)
			}
			seen[f.Title] = true
		}
	}
}

// tap presses the button of the place that has these words.
func (r *rig) tap(words string) {
	r.t.Helper()
	var found fyne.Tappable
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() || found != nil {
			return
		}
		switch x := o.(type) {
		case *widgets.Button:
			if x.Text == words && !x.Disabled() {
				found = x
			}
		case *widget.Button:
			if x.Text == words && !x.Disabled() {
				found = x
			}
		case *fyne.Container:
			for _, c := range x.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(x).Objects() {
				walk(c)
			}
		}
	}
	top := fyne.CanvasObject(r.v.Object())
	if o := r.win.Canvas().Overlays().Top(); o != nil {
		top = o
	}
	walk(top)
	if found == nil {
		r.t.Fatalf("no button %q", words)
	}
	test.Tap(found)
	r.settle()
}

func (r *rig) commit() {
	r.t.Helper()
	var p jobs.Progress
	if err := r.ws.Commit(r.t.Context(), r.v.Preview(), &p); err != nil {
		r.t.Fatal(err)
	}
}

func TestEveryPageFitsASmallWindow(t *testing.T) {
	r := newRig(t)
	r.open("testdata/book.xlsx", r.file("a rather long name of a register of land and buildings, working copy, do not delete, version 17, final, revised.csv", register))
	for i := range 4 {
		r.v.GoTo(i)
		r.settle()
		if z := r.v.Object().MinSize(); z.Width > 875 || z.Height > 590 {
			t.Errorf("page %d needs %v; a window of 1024×700 leaves 875×590", i, z)
		}
	}
}
