package detail

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
)

// linesOf are the lines of typing in a form, in order.
func linesOf(o fyne.CanvasObject) (out []*widgets.Entry) {
	for _, x := range test.LaidOutObjects(o) {
		if e, ok := x.(*widgets.Entry); ok {
			out = append(out, e)
		}
	}
	return out
}

// What cannot be read is said while it is typed, and is not saved; what can be is saved with its source, and the keys come back to the pane.
func TestAFormSaysAtOnceWhatIsWrong(t *testing.T) {
	test.NewTempApp(t)
	var q apptest.Queue
	run := jobs.New(time.Now)
	t.Cleanup(func() { run.Close(); q.Drain() })
	d := app.NewDesk(run, q.Post)
	v := New(d, func() {})
	w := test.NewTempWindow(t, v.Object())
	w.Resize(fyne.NewSize(420, 900))
	p := apptest.Project(3)
	ws := apptest.New(p)
	d.Adopt(ws, app.NewSnapshot(p))
	q.Drain()
	id := p.Assets[0].ID
	d.Select(app.OneAsset, string(id))
	q.Drain()
	v.editAsset(id)
	was := plain(p.Assets[0].FloorArea)
	var area *widgets.Entry
	for _, e := range linesOf(v.Object()) {
		if e.Text == was {
			area = e
		}
	}
	if area == nil {
		t.Fatalf("no line holds %q", was)
	}
	said := func(text string) bool {
		for _, o := range test.LaidOutObjects(v.Object()) {
			if l, ok := o.(*widget.Label); ok && l.Visible() && l.Text == text {
				return true
			}
		}
		return false
	}
	const wrong = "“12x” is not a number. Write digits only, or leave it empty for not known."
	area.SetText("12x")
	if !said(wrong) {
		t.Error("nothing is said of 12x")
	}
	area.OnSubmitted("")
	q.Drain()
	if got := ws.Project().Assets[0].FloorArea; plain(got) != was || !v.editing {
		t.Fatalf("12x was saved as %v", got)
	}
	area.SetText("1,250")
	if said(wrong) {
		t.Error("1,250 is called wrong")
	}
	area.OnSubmitted("")
	q.Until(t, "the change", func() bool { return plain(ws.Project().Assets[0].FloorArea) == "1250" }, nil)
	if got := ws.Project().Assets[0].FloorArea; got.Source != typed || v.editing {
		t.Errorf("it is saved as %+v, the form is open: %v", got, v.editing)
	}
	if w.Canvas().Focused() != v.facts {
		t.Errorf("the keys are with %T", w.Canvas().Focused())
	}
}
