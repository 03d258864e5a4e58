package estatemap

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/settings"
	"github.com/planting-the-flag/flagstone/model"
)

// rig is a map in a window of the test driver; what is posted runs when the
// test drains it.
type rig struct {
	apptest.Queue
	t    testing.TB
	v    *View
	d    *app.Desk
	w    fyne.Window
	ws   *apptest.Workspace
	set  *settings.Settings
	jobs *jobs.Runner
}

func newRig(t testing.TB, p *model.Project) *rig {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.New("light", 0))
	r := &rig{t: t, jobs: jobs.New(time.Now), ws: apptest.New(p), set: settings.New(a.Preferences())}
	r.d = app.NewDesk(r.jobs, r.Post)
	r.v = New(r.d, r.set, func() fyne.CanvasObject { return widget.NewLabel("Nothing here yet") })
	r.v.tileDir = t.TempDir()
	r.w = a.NewWindow("map")
	r.w.SetPadded(false)
	r.w.SetContent(r.v.Object())
	r.w.Resize(fyne.NewSize(900, 640))
	r.d.Adopt(r.ws, app.NewSnapshot(p))
	t.Cleanup(func() { r.jobs.Close(); r.Drain() })
	if len(p.Assets)+len(p.Boundaries)+len(p.Population) > 0 {
		r.until("the map", func() bool { return r.v.canvas.Scene() != nil && r.v.canvas.Settled() && r.v.canvas.Frames() > 0 })
	}
	r.Drain()
	return r
}

func (r *rig) until(what string, ok func() bool) {
	r.t.Helper()
	r.Until(r.t, what, ok, nil)
}

func (r *rig) settle() {
	r.until("the picture", func() bool { return r.v.canvas.Settled() && r.Empty() })
}

func key(n fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: n} }

func TestNothingIsFetchedUnlessSwitchedOn(t *testing.T) {
	var asked atomic.Int64
	var tile bytes.Buffer
	img := image.NewNRGBA(image.Rect(0, 0, 256, 256))
	for i := range 256 * 256 {
		img.SetNRGBA(i%256, i/256, color.NRGBA{255, 0, 255, 255})
	}
	if err := png.Encode(&tile, img); err != nil {
		t.Fatal(err)
	}
	down := atomic.Bool{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if down.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = w.Write(tile.Bytes())
	}))
	defer s.Close()
	r := newRig(t, apptest.Project(60))
	r.set.SetBackground(false, s.URL+"/{z}/{x}/{y}.png", "© Testford mapping")
	r.v.switchBackground()
	r.v.canvas.ZoomBy(2, fyne.NewPos(300, 300))
	r.v.canvas.TypedKey(key(fyne.KeyLeft))
	r.settle()
	if n := asked.Load(); n != 0 || r.v.creditBox.Visible() {
		t.Fatalf("switched off, the server was asked %d times", n)
	}
	r.set.SetBackground(true, s.URL+"/{z}/{x}/{y}.png", "© Testford mapping")
	r.v.switchBackground()
	pink := func() int {
		n := 0
		pic := r.v.canvas.img.Image.(*image.RGBA)
		for x := 3; x < pic.Rect.Dx(); x += 40 {
			if c := pic.RGBAAt(x, 5); int(c.R) > int(c.G)+60 {
				n++
			}
		}
		return n
	}
	r.until("the background map", func() bool { return r.v.canvas.Settled() && !r.v.tilesBusy && pink() > 10 })
	if !r.v.creditBox.Visible() || r.v.creditText.Text != "© Testford mapping" {
		t.Errorf("named on the map: %q", r.v.creditText.Text)
	}
	before := asked.Load()
	down.Store(true)
	r.v.canvas.ZoomBy(2.1, fyne.NewPos(300, 300))
	r.until("the fault", func() bool { return strings.Contains(r.v.creditText.Text, "fault (502)") && !r.v.tilesBusy })
	r.settle()
	if asked.Load() == before || pink() < 10 {
		t.Errorf("with the server down the map shows %d of what is known from further out", pink())
	}
	r.set.SetBackground(false, s.URL+"/{z}/{x}/{y}.png", "")
	r.v.switchBackground()
	last := asked.Load()
	r.v.canvas.ZoomBy(0.3, fyne.NewPos(300, 300))
	r.settle()
	if asked.Load() != last || r.v.creditBox.Visible() {
		t.Error("switched off again, the server is asked")
	}
}

func TestALassoPicksAndPlansForAll(t *testing.T) {
	r := newRig(t, apptest.Project(80))
	m := r.v.canvas
	z := m.Size()
	drag := func(mod fyne.KeyModifier) {
		m.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: mod})
		last := fyne.NewPos(2, 2)
		for _, p := range []fyne.Position{{X: z.Width - 2, Y: 2}, {X: z.Width - 2, Y: z.Height - 2}, {X: 2, Y: z.Height - 2}, {X: 2, Y: 20}} {
			for i := float32(1); i <= 10; i++ {
				at := fyne.NewPos(last.X+(p.X-last.X)*i/10, last.Y+(p.Y-last.Y)*i/10)
				m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: fyne.NewDelta((p.X-last.X)/10, (p.Y-last.Y)/10)})
			}
			last = p
		}
		m.DragEnd()
		r.settle()
	}
	at := m.Camera()
	drag(fyne.KeyModifierShift)
	if m.Camera() != at {
		t.Error("a lasso moved the map")
	}
	ids := r.v.Picked()
	if len(ids) != len(m.Scene().Dots) {
		t.Fatalf("a ring around everything picks %d of %d", len(ids), len(m.Scene().Dots))
	}
	if len(r.v.card.Objects) != 1 {
		t.Error("no card says what was picked")
	}
	title, rest := pickedWords(r.d.Snapshot(), ids)
	if title != "69 assets picked" || !strings.Contains(rest[0], "not known") || !strings.Contains(rest[1], "Running cost: ≈ £") {
		t.Errorf("the card says %q, %q", title, rest)
	}
	m.TypedKey(key(fyne.KeyEscape))
	if len(r.v.Picked()) != 0 {
		t.Error("Escape does not unpick")
	}
	// By keys alone: from asset to asset, Space picks.
	m.TypedKey(key(fyne.KeyPageDown))
	m.TypedKey(key(fyne.KeySpace))
	m.TypedKey(key(fyne.KeyPageDown))
	m.TypedKey(key(fyne.KeySpace))
	two := r.v.Picked()
	if len(two) != 2 {
		t.Fatalf("by keys %d are picked", len(two))
	}
	was := len(r.d.Scenario().Actions)
	r.v.commitToAll(two, model.Mothball, "Close and hold", 2030)
	r.until("the actions", func() bool { return len(r.d.Scenario().Actions) == was+2 })
	seen := map[model.ActionID]bool{}
	for _, a := range r.d.Scenario().Actions {
		if seen[a.ID] {
			t.Errorf("two actions are called %s", a.ID)
		}
		seen[a.ID] = true
	}
	if n := r.ws.UndoName(); n != "“Close and hold” for 2 assets" {
		t.Errorf("the step is called %q", n)
	}
	r.v.commitToAll(two, model.Mothball, "Close and hold", 2030)
	r.settle()
	if len(r.d.Scenario().Actions) != was+2 {
		t.Error("the same is planned twice")
	}
	r.d.Undo()
	r.until("the undo", func() bool { return len(r.d.Scenario().Actions) == was })
}

func TestDraggingWithoutTheLassoMovesTheMap(t *testing.T) {
	r := newRig(t, apptest.Project(20))
	m := r.v.canvas
	c := m.Camera().Centre
	m.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(100, 100)}, Dragged: fyne.NewDelta(30, 0)})
	m.DragEnd()
	if m.Camera().Centre[0] >= c[0] || len(r.v.Picked()) != 0 {
		t.Error("the map did not move")
	}
	m.TypedRune('l')
	if m.Tool() != Lasso || r.v.tools.lasso.Importance != widget.HighImportance {
		t.Error("L does not take the lasso")
	}
	m.TypedKey(key(fyne.KeyEscape))
	if m.Tool() != Hand {
		t.Error("Escape does not put the lasso down")
	}
}

func TestTheSplitIsMovedByKeys(t *testing.T) {
	r := newRig(t, apptest.Project(60))
	r.v.setComparing(true)
	r.settle()
	if !r.v.split.Visible() || r.v.compared == nil || r.v.style().Split != 0.5 {
		t.Fatal("before and after are not shown")
	}
	x := r.v.split.Position().X
	r.v.split.TypedKey(key(fyne.KeyRight))
	if r.v.split.at <= 0.5 || r.v.split.Position().X <= x {
		t.Errorf("Right moves the handle from %g to %g", x, r.v.split.Position().X)
	}
	r.v.split.TypedKey(key(fyne.KeyEnd))
	if r.v.style().Split != 1 {
		t.Error("End does not show all of before")
	}
	r.v.split.TypedKey(key(fyne.KeyHome))
	r.v.split.TypedKey(key(fyne.KeyLeft))
	if r.v.style().Split != 0 {
		t.Error("Home does not show all of after")
	}
	r.v.setComparing(false)
	if r.v.split.Visible() || r.v.style().Compared != nil {
		t.Error("the comparison does not go away")
	}
}

func TestSearchGoesThereAndSelects(t *testing.T) {
	r := newRig(t, apptest.Project(60))
	r.v.search.entry.SetText("building 17")
	r.until("finds", func() bool { return len(r.v.search.shown) > 0 })
	r.v.search.entry.TypedKey(key(fyne.KeyReturn))
	if s := r.d.Selection(); s.Kind != app.OneAsset || s.ID != "a17" {
		t.Fatalf("selected: %+v", s)
	}
	d := r.v.canvas.Scene().Dot("a17")
	if p, z := r.v.canvas.ScreenOf(d.At), r.v.canvas.Size(); p.X < 1 || p.Y < 1 || p.X > z.Width || p.Y > z.Height {
		t.Errorf("it is at %v, out of sight", p)
	}
	r.v.search.entry.SetText("area e010023")
	r.until("the area", func() bool { return len(r.v.search.shown) == 1 })
	r.v.search.entry.TypedKey(key(fyne.KeyReturn))
	if s := r.d.Selection(); s.Kind != app.OnePopulation || s.ID != "E010023" {
		t.Errorf("selected: %+v", s)
	}
}

func TestATourByTabIsEnteredAndLeft(t *testing.T) {
	r := newRig(t, apptest.Project(30))
	m := r.v.canvas
	if m.AcceptsTab() {
		t.Fatal("the map keeps Tab to itself")
	}
	m.TypedKey(key(fyne.KeyReturn))
	seen := map[string]bool{r.d.Selection().ID: true}
	for range 60 {
		if !m.AcceptsTab() {
			t.Fatal("the tour ended by itself")
		}
		m.TypedKey(key(fyne.KeyTab))
		seen[r.d.Selection().ID] = true
	}
	if len(seen) != len(m.Scene().Dots) {
		t.Errorf("the tour visits %d of %d", len(seen), len(m.Scene().Dots))
	}
	m.TypedKey(key(fyne.KeyEscape))
	if m.AcceptsTab() {
		t.Error("Escape does not leave the tour")
	}
}

func TestALayerIsAddedHiddenAndTakenOff(t *testing.T) {
	r := newRig(t, apptest.Project(20))
	dir := t.TempDir()
	path := filepath.Join(dir, "flood zone.geojson")
	if err := os.WriteFile(path, []byte(`{"type":"Polygon","coordinates":[[[-2.4,53.4],[-2.3,53.4],[-2.3,53.45],[-2.4,53.4]]]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	r.v.AddOverlay(path)
	r.until("the layer", func() bool { return len(r.v.overlays) == 1 })
	if m := r.d.Message(); m.Bad || !strings.Contains(m.Text, "flood zone") {
		t.Errorf("told: %+v", m)
	}
	r.settle()
	with := len(r.v.overlays)
	r.v.changeOverlay(0, func(o *Overlay) { o.Hidden = true })
	if with != 1 || !r.v.style().Overlays[0].Hidden {
		t.Error("the layer is not hidden")
	}
	r.v.AddOverlay(filepath.Join(dir, "nowhere.geojson"))
	r.until("the fault", func() bool { return r.d.Message().Bad })
	if err := os.WriteFile(path, []byte("name,postcode\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.v.AddOverlay(path)
	r.until("the other fault", func() bool { return strings.Contains(r.d.Message().Text, "not GeoJSON") })
}

func TestEmptyAndUnplacedProjects(t *testing.T) {
	p := apptest.Project(12)
	p.Assets, p.Boundaries, p.Population = nil, nil, nil
	r := newRig(t, p)
	if l, ok := r.v.stack.Objects[0].(*widget.Label); !ok || l.Text != "Nothing here yet" {
		t.Error("an empty project does not say what belongs here")
	}
	p = apptest.Project(12)
	p.Boundaries, p.Population = nil, nil
	for i := range p.Assets {
		p.Assets[i].Placed = model.PlaceUnknown
	}
	r = newRigUnplaced(t, p)
	if sn := r.v.canvas.Scene(); len(sn.Dots) != 0 || sn.Missing != 12 || !r.v.nowhere.Visible() {
		t.Errorf("%d marks, %d missing, said so: %v", len(sn.Dots), sn.Missing, r.v.nowhere.Visible())
	}
}

// newRigUnplaced does not wait for a picture: there is nothing to paint.
func newRigUnplaced(t *testing.T, p *model.Project) *rig {
	empty := *p // the first scene may still be reading it
	empty.Assets = nil
	r := newRig(t, &empty)
	r.d.Adopt(apptest.New(p), app.NewSnapshot(p))
	r.until("the scene", func() bool { return r.v.canvas.Scene() != nil && r.v.canvas.Scene().Missing > 0 })
	return r
}
