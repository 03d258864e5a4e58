package portfolio_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/settings"
	"github.com/planting-the-flag/flagstone/app/views/portfolio"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/model"
)

// rig is the place under the test driver, with a queue for the UI goroutine.
type rig struct {
	apptest.Queue
	t    testing.TB
	desk *app.Desk
	ws   *apptest.Workspace
	view *portfolio.View
	win  fyne.Window
	set  *settings.Settings
}

func newRig(t testing.TB, p *model.Project) *rig {
	t.Helper()
	r := &rig{t: t}
	a := test.NewTempApp(t)
	run := jobs.New(time.Now)
	r.desk = app.NewDesk(run, r.Post)
	r.set = settings.New(a.Preferences())
	r.view = portfolio.New(r.desk, r.set, func() fyne.CanvasObject { return widget.NewLabel("empty") })
	r.win = test.NewTempWindow(t, r.view.Object())
	r.win.SetPadded(false)
	r.win.Resize(fyne.NewSize(1000, 640))
	t.Cleanup(func() { run.Close(); r.Drain() })
	r.ws = apptest.New(p)
	r.desk.Adopt(r.ws, app.NewSnapshot(p))
	r.until("the rows", func() bool { _, all := r.view.Shown(); return all == len(p.Assets) && r.view.Table().Settled() })
	return r
}

func (r *rig) until(what string, ok func() bool) {
	r.t.Helper()
	r.Until(r.t, what, ok, nil)
}

func (r *rig) settled() {
	r.t.Helper()
	r.until("the table", r.view.Table().Settled)
}

func (r *rig) key(names ...fyne.KeyName) {
	for _, n := range names {
		r.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
		r.Drain()
	}
}

// shift types keys while Shift is held.
func (r *rig) shift(names ...fyne.KeyName) {
	t := r.view.Table()
	t.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	r.key(names...)
	t.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func (r *rig) says(words string) bool {
	return strings.Contains(strings.Join(texts(r.view.Object()), "\n"), words)
}

// texts are the labels and buttons that can be seen.
func texts(o fyne.CanvasObject) []string {
	if !o.Visible() {
		return nil
	}
	var out []string
	switch x := o.(type) {
	case *widget.Label:
		return []string{x.Text}
	case *fyne.Container:
		for _, c := range x.Objects {
			out = append(out, texts(c)...)
		}
	case *canvas.Text:
		return []string{x.Text}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(x).Objects() {
			out = append(out, texts(c)...)
		}
	}
	return out
}

func (r *rig) asset(id model.AssetID) *model.Asset {
	for i := range r.ws.Project().Assets {
		if a := &r.ws.Project().Assets[i]; a.ID == id {
			return a
		}
	}
	r.t.Fatalf("no asset %s", id)
	return nil
}

func TestGroupsAddUpWhatIsUnderThem(t *testing.T) {
	p := apptest.Project(60)
	r := newRig(t, p)
	want := map[string]float64{}
	n := map[string]int{}
	for i := range p.Assets {
		org := app.NewSnapshot(p).OrganisationName(p.Assets[i].Organisation)
		want[org] += p.Assets[i].FloorArea.Value
		n[org]++
	}
	tb := r.view.Table()
	tb.GroupBy("organisation")
	r.settled()
	if tb.Groups() != len(want) || tb.Lines() != len(want) {
		t.Fatalf("%d groups in %d lines; they begin folded when they do not fit", tb.Groups(), tb.Lines())
	}
	for at := range tb.Lines() {
		label, rows, _ := tb.Heading(at)
		sum, known := tb.GroupTotal(at, "floor")
		if sum != want[label] || rows != n[label] || known > rows {
			t.Errorf("%s: %g m² in %d assets, not %g in %d", label, sum, rows, want[label], n[label])
		}
	}
	r.win.Canvas().Focus(tb)
	r.key(fyne.KeyDown, fyne.KeyRight) // opens the first
	first, rows, _ := tb.Heading(0)
	if tb.Lines() != len(want)+rows {
		t.Errorf("%s opens to %d lines", first, tb.Lines())
	}
	r.key(fyne.KeyDown)
	if tb.Chosen() == "" || r.desk.Selection().ID != tb.Chosen() {
		t.Error("a row under a heading is not selected")
	}
	r.key(fyne.KeyLeft, fyne.KeyLeft) // to the heading, then folds
	if tb.Lines() != len(want) {
		t.Error("Left does not fold")
	}
	r.desk.Select(app.OneAsset, "a4") // of the health trust, folded
	r.Drain()
	if tb.Chosen() != "a4" || tb.Lines() == len(want) {
		t.Error("the group of what is selected elsewhere does not open")
	}
}

func TestOneCellIsChangedInItsPlace(t *testing.T) {
	r := newRig(t, apptest.Project(30))
	tb := r.view.Table()
	r.win.Canvas().Focus(tb)
	r.key(fyne.KeyDown, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyF2)
	if key, col := tb.Editing(); key != "a1" || col != "floor" {
		t.Fatalf("F2 opens %q %q", key, col)
	}
	tb.Editor().SetText("many")
	r.key(fyne.KeyReturn)
	if why, refused := tb.EditNote(); !refused || !strings.Contains(why, "not a number") {
		t.Fatalf("“many” is answered with %q", why)
	}
	tb.Editor().SetText("1,234")
	r.key(fyne.KeyReturn)
	r.until("the change", func() bool { return r.asset("a1").FloorArea.Value == 1234 })
	if f := r.asset("a1").FloorArea; f.Grade != model.Stated || f.Source != "typed in Flagstone" {
		t.Errorf("%+v", f)
	}
	if got := r.ws.UndoName(); got != "change of floor area of “Building 1”" {
		t.Errorf("undo is called %q", got)
	}
	r.until("the rows", func() bool { return tb.Settled() && tb.Row(0) != nil })
	if tb.Chosen() != "a2" {
		t.Errorf("Enter goes on to %q", tb.Chosen())
	}
	r.key(fyne.KeyRight, fyne.KeyF2) // running cost is worked out
	if key, _ := tb.Editing(); key != "" || !strings.Contains(r.desk.Message().Text, "adds up") {
		t.Errorf("what is worked out opens, or is not explained: %q", r.desk.Message().Text)
	}
}

func TestManyAssetsAreSetInOneStep(t *testing.T) {
	r := newRig(t, apptest.Project(30))
	tb := r.view.Table()
	r.win.Canvas().Focus(tb)
	r.key(fyne.KeyDown, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight)
	r.shift(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	if tb.Marked() != 4 || !r.says("4 assets marked") {
		t.Fatalf("%d marked; %q", tb.Marked(), texts(r.view.Object()))
	}
	before := r.asset("a3").FloorArea
	r.key(fyne.KeyF2)
	e, ok := r.win.Canvas().Focused().(*widgets.Entry)
	if !ok {
		t.Fatalf("F2 on many rows gives the keys to %T", r.win.Canvas().Focused())
	}
	e.SetText("x")
	r.until("the refusal", func() bool { return r.says("not a number") })
	e.SetText("750")
	r.until("what would happen", func() bool { return r.says("Set floor area of 4 buildings") })
	r.key(fyne.KeyReturn)
	r.until("the change", func() bool { return r.asset("a4").FloorArea.Value == 750 })
	if r.asset("a1").FloorArea.Value != 750 || r.asset("a5").FloorArea.Value == 750 {
		t.Error("other assets than the marked ones changed")
	}
	r.desk.Undo()
	r.until("undo", func() bool { return r.asset("a3").FloorArea == before })
	if r.ws.UndoName() != "" {
		t.Errorf("one undo leaves %q", r.ws.UndoName())
	}
}

func TestASpreadsheetIsPastedAfterALook(t *testing.T) {
	r := newRig(t, apptest.Project(30))
	tb := r.view.Table()
	r.win.Canvas().Focus(tb)
	r.key(fyne.KeyDown)
	fyne.CurrentApp().Clipboard().SetContent("Reference\tFloor area m²\tUse\r\nTF/00003\t333\tLibrary\r\nTF/00002\tlots\tOffice\r\nTF/99999\t1\tOffice\r\n")
	tb.TypedShortcut(&fyne.ShortcutPaste{})
	r.until("the look", func() bool { return r.says("will change") })
	for _, words := range []string{"2 cannot", "There is no asset with this reference", "“lots” is not a number", "rows by reference"} {
		if !r.says(words) {
			t.Errorf("the look does not say %q: %q", words, texts(r.view.Object()))
		}
	}
	if r.asset("a3").FloorArea.Value == 333 {
		t.Fatal("it was pasted before anybody said so")
	}
	r.key(fyne.KeyReturn)
	r.until("the paste", func() bool { return r.asset("a3").FloorArea.Value == 333 && r.asset("a2").Use == model.UseOffice })
	if f := r.asset("a3").FloorArea; f.Source != "pasted into Flagstone" {
		t.Errorf("%+v", f)
	}
}

// What is copied here and pasted back is the same table, also through a
// spreadsheet that turned the rows round.
func TestCopyAndPasteBackChangesNothing(t *testing.T) {
	r := newRig(t, apptest.Project(30))
	tb := r.view.Table()
	r.win.Canvas().Focus(tb)
	r.key(fyne.KeyDown)
	tb.TypedShortcut(&fyne.ShortcutSelectAll{})
	tb.TypedShortcut(&fyne.ShortcutCopy{})
	lines := strings.Split(strings.TrimSpace(fyne.CurrentApp().Clipboard().Content()), "\n")
	if len(lines) != 31 {
		t.Fatalf("%d lines were copied", len(lines))
	}
	for i, j := 1, len(lines)-1; i < j; i, j = i+1, j-1 {
		lines[i], lines[j] = lines[j], lines[i]
	}
	r.view.Paste(strings.Join(lines, "\n"))
	r.until("the look", func() bool { return r.says("Nothing would change") })
	if r.ws.UndoName() != "" {
		t.Error("something changed")
	}
}

func TestABlockOfCellsIsCopiedWithItsHeadings(t *testing.T) {
	r := newRig(t, apptest.Project(30))
	tb := r.view.Table()
	r.win.Canvas().Focus(tb)
	r.key(fyne.KeyDown, fyne.KeyRight, fyne.KeyRight)
	r.shift(fyne.KeyDown, fyne.KeyRight, fyne.KeyRight)
	tb.TypedShortcut(&fyne.ShortcutCopy{})
	p := r.ws.Project()
	want := fmt.Sprintf("Use\tHeld as\tFloor area m²\nOffice\tFreehold\t%g\nLibrary\tFreehold\t%g\n", p.Assets[0].FloorArea.Value, p.Assets[1].FloorArea.Value)
	if got := fyne.CurrentApp().Clipboard().Content(); got != want {
		t.Errorf("copied %q", got)
	}
	r.key(fyne.KeyEscape)
	if tb.Marked() != 1 || len(tb.Block()) != 1 {
		t.Error("Escape does not leave the block")
	}
}

func TestViewsAreKept(t *testing.T) {
	r := newRig(t, apptest.Project(60))
	p := r.view.Pane()
	tb := p.Table
	tb.SortByAll([]widgets.Sort{{Column: "use"}, {Column: "floor", Desc: true}})
	tb.MoveColumn("floor", "organisation")
	tb.ShowColumn("gas", false)
	tb.SetWidths(map[string]float32{"name": 300})
	tb.SetFilter(widgets.Filter{Search: "building", Terms: []widgets.Term{{Column: "tenure", Text: "Freehold", Exact: true}}})
	tb.GroupBy("use")
	r.settled()
	if why := p.SaveView("Everything"); why == "" {
		t.Error("a view that comes with Flagstone was overwritten")
	}
	if why := p.SaveView("  My   view "); why != "" {
		t.Fatal(why)
	}
	want := p.View()
	everything, _ := p.ViewNamed("everything")
	p.ShowView(everything)
	r.settled()
	if tb.Grouping() != "" || !tb.Shown("gas") || len(tb.Sorts()) != 0 {
		t.Errorf("%+v", p.View())
	}
	if why := p.RenameView("My view", "Freeholds"); why != "" {
		t.Fatal(why)
	}
	// the next start of the program reads the same settings
	again := portfolio.New(r.desk, r.set, func() fyne.CanvasObject { return widget.NewLabel("") }).Pane()
	v, ok := again.ViewNamed("freeholds")
	if !ok {
		t.Fatalf("the view was not kept: %+v", again.Views())
	}
	again.ShowView(v)
	got := again.View()
	want.Name = "Freeholds"
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("the view comes back as\n%+v, not\n%+v", got, want)
	}
	again.DeleteView("Freeholds")
	if _, ok := again.ViewNamed("Freeholds"); ok {
		t.Error("it cannot be deleted")
	}
}

func TestTheHeaderIsReachedByKeys(t *testing.T) {
	r := newRig(t, apptest.Project(30))
	tb := r.view.Table()
	r.win.Canvas().Focus(tb)
	r.key(fyne.KeyDown, fyne.KeyUp, fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn)
	r.settled()
	r.key(fyne.KeyRight, fyne.KeyRight)
	r.shift(fyne.KeyReturn)
	r.settled()
	if got := fmt.Sprint(tb.Sorts()); got != "[{use false} {floor true}]" {
		t.Fatalf("sorted by %s", got)
	}
	for i := 1; i < 30; i++ {
		a, b := tb.Row(i-1), tb.Row(i)
		if a.Use > b.Use {
			t.Errorf("%s stands before %s", a.Use, b.Use)
		}
		fa, fb := r.asset(a.ID).FloorArea, r.asset(b.ID).FloorArea
		if a.Use == b.Use && fb.Known() && fa.Value < fb.Value {
			t.Errorf("%g m² stands before %g", fa.Value, fb.Value)
		}
	}
	r.key(fyne.KeyDown, fyne.KeyDown)
	if tb.Chosen() == "" {
		t.Error("the keys do not come back to the rows")
	}
}

func TestNamesInCapitalsAreShownAsNamesAndKeptAsTheyAre(t *testing.T) {
	p := apptest.Project(5)
	p.Assets[3].Name = "TRAFFORD GENERAL HOSPITAL"
	r := newRig(t, p)
	tb := r.view.Table()
	if got := tb.Row(3).Name; got != "Trafford General Hospital" {
		t.Errorf("shown as %q", got)
	}
	if tip := tb.CellTip(tb.Row(3), "name"); !strings.Contains(tip, "TRAFFORD GENERAL HOSPITAL") {
		t.Errorf("the tip says %q", tip)
	}
	if r.asset("a4").Name != "TRAFFORD GENERAL HOSPITAL" {
		t.Error("the stored name changed")
	}
}
