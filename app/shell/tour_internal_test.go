package shell

import (
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/model"
)

// opened is a window with a project of n buildings, and what drains it.
func opened(t *testing.T, n int, tour bool) (*Window, func(what string, ok func() bool)) {
	t.Helper()
	a := test.NewTempApp(t)
	post := make(chan func(), 10_000)
	run := jobs.New(time.Now)
	dir := t.TempDir()
	w := New(Params{App: a, Library: &apptest.Library{}, Runner: run, Recent: session.OpenRecent(dir), Post: func(f func()) { post <- f },
		Now: time.Now, DemoFile: filepath.Join(dir, "demo.flagstone"), Tour: tour})
	w.Show()
	w.win.Resize(fyne.NewSize(1024, 700))
	t.Cleanup(run.Close)
	p := apptest.Project(n)
	w.desk.Adopt(apptest.New(p), app.NewSnapshot(p))
	until := func(what string, ok func() bool) {
		t.Helper()
		end := time.After(20 * time.Second)
		for !ok() {
			select {
			case f := <-post:
				f()
			case <-end:
				t.Fatalf("waited too long for %s", what)
			}
		}
	}
	until("results", func() bool { return w.desk.Comparison() != nil && !w.desk.Computing() })
	return w, until
}

func TestTheTourIsWorkedByKeysAndShownOnce(t *testing.T) {
	w, until := opened(t, 0, true)
	until("the tour", w.tour.running)
	press := func(k fyne.KeyName) {
		t.Helper()
		if w.win.Canvas().Focused() != w.tour.card {
			t.Fatalf("the card has lost the keys at step %d", w.tour.at)
		}
		w.tour.card.TypedKey(&fyne.KeyEvent{Name: k})
	}
	for i, place := range []string{"portfolio", "map", "challenge", "scenarios", "reports"} {
		if w.Place() != place || w.tour.at != i {
			t.Errorf("step %d shows %s", w.tour.at+1, w.Place())
		}
		p, z := w.tour.card.Position(), w.win.Canvas().Size()
		if p.X < 0 || p.Y < 0 || p.X+w.tour.card.Size().Width > z.Width || p.Y+w.tour.card.Size().Height > z.Height {
			t.Errorf("step %d: the card at %v of %v is out of the window", i+1, p, w.tour.card.Size())
		}
		if i == 1 {
			press(fyne.KeyLeft)
			press(fyne.KeyRight)
		}
		press(fyne.KeyReturn)
	}
	if w.tour.running() || !w.settings.TourShown() {
		t.Error("the tour goes on, or would begin again")
	}
	w.tourAgain()
	press(fyne.KeyEscape)
	if w.tour.running() {
		t.Error("Escape does not end the tour")
	}
}

func TestTheDetailPaneTakesTheRoomOfThePlaceWhereThereIsLittle(t *testing.T) {
	w, _ := opened(t, 8, false)
	w.GoTo("reports")
	w.body.Resize(fyne.NewSize(560, 300))
	if !w.narrow || w.side.Visible() {
		t.Fatal("the pane is shown beside a place that has no room")
	}
	w.toggleDetail()
	w.body.Layout.Layout(w.body.Objects, fyne.NewSize(560, 300))
	if !w.side.Visible() || w.side.Size().Width < 300 {
		t.Errorf("the pane is %v wide", w.side.Size())
	}
	w.toggleDetail()
	if w.onTop {
		t.Error("the pane stays")
	}
}

func TestEveryHeadlineFigureOpens(t *testing.T) {
	w, until := opened(t, 8, false)
	for i := range headlines {
		w.top.open(i)
		sel := w.desk.Selection()
		if id, figure := sel.Figure(); sel.Kind != app.OneFigure || figure == "" || w.desk.Snapshot().Scenario(string(id)) == nil {
			t.Errorf("headline %d opens %+v", i, sel)
		}
	}
	until("the last figure", func() bool { return w.detail.Title() != "" })
}

func TestTheWindowComesBackToWhatWasLookedAt(t *testing.T) {
	w, _ := opened(t, 8, false)
	ws := w.desk.Workspace().(*apptest.Workspace)
	ws.Saved = "/place.flagstone"
	w.desk.SetScenario("min")
	w.desk.Select(app.OneAsset, "a3")
	w.leave()
	w.desk.SetScenario("hubs")
	w.desk.Select(app.OneAsset, "a1")
	w.comeBack(ws)
	if w.desk.Selection() != (app.Selection{Kind: app.OneAsset, ID: "a3"}) || w.desk.Scenario().ID != model.ScenarioID("min") {
		t.Errorf("came back to %+v in %s", w.desk.Selection(), w.desk.Scenario().ID)
	}
}
