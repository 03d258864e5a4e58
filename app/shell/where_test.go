package shell_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/widgets"
)

// find is the first object of a card that fits.
func find[T fyne.CanvasObject](o fyne.CanvasObject, ok func(T) bool) (found T, yes bool) {
	if x, is := o.(T); is && ok(x) {
		return x, true
	}
	var in []fyne.CanvasObject
	switch c := o.(type) {
	case *fyne.Container:
		in = c.Objects
	case *container.Scroll:
		in = []fyne.CanvasObject{c.Content}
	}
	for _, y := range in {
		if x, yes := find(y, ok); yes {
			return x, true
		}
	}
	return found, false
}

func TestAFileThatIsThereIsNeverEmptiedByChoosingIt(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken.flagstone")
	if err := os.WriteFile(taken, []byte("a project"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, item := range r.w.Fyne().MainMenu().Items[0].Items {
		if strings.HasPrefix(item.Label, "Save a copy") {
			item.Action()
		}
	}
	var card fyne.CanvasObject
	r.until("the card", func() bool {
		if top, ok := r.w.Fyne().Canvas().Overlays().Top().(*widget.PopUp); ok {
			card = top.Content
		}
		return card != nil
	})
	entry := func(placeholder string) *widgets.Entry {
		e, ok := find(card, func(e *widgets.Entry) bool { return e.PlaceHolder == placeholder })
		if !ok {
			t.Fatalf("no line called %s", placeholder)
		}
		return e
	}
	said := func(words string) bool {
		_, ok := find(card, func(l *widget.Label) bool { return strings.Contains(l.Text, words) })
		return ok
	}
	entry("Folder").SetText(filepath.Join(dir, "nowhere"))
	r.until("that there is no folder", func() bool { return said("There is no folder") })
	entry("Name").SetText(taken)
	r.until("that the name is taken", func() bool { return said("is there already and is not touched") })
	entry("Name").OnSubmitted("")
	r.q.drain()
	if b, err := os.ReadFile(taken); err != nil || string(b) != "a project" {
		t.Errorf("the file now holds %q, %v", b, err)
	}
	entry("Name").SetText(filepath.Join(dir, "free"))
	entry("Name").OnSubmitted("")
	r.until("the copy", func() bool { return r.w.Desk().Workspace().Path() == filepath.Join(dir, "free.flagstone") })
}

func TestNamesOfFilesSuitEverySystem(t *testing.T) {
	r := newRig(t)
	r.demonstration()
	p := *r.w.Desk().Workspace().Project()
	p.Name = strings.Repeat("Long name of a place: north/south ", 8)
	r.w.Desk().Adopt(r.w.Desk().Workspace(), app.NewSnapshot(&p))
	r.w.GoTo("reports")
	write, ok := find(r.w.Fyne().Content(), func(b *widgets.Button) bool { return b.Text == "Write workbook for finance" })
	if !ok {
		t.Fatal("no button writes the workbook")
	}
	write.OnTapped()
	r.until("the card", func() bool { return r.w.Fyne().Canvas().Overlays().Top() != nil })
	e, _ := find(r.w.Fyne().Canvas().Overlays().Top().(*widget.PopUp).Content, func(e *widgets.Entry) bool { return e.PlaceHolder == "Name" })
	if n := len(e.Text); n > 120 || strings.ContainsAny(e.Text, `/:\`) || !strings.HasSuffix(e.Text, " workbook for finance") {
		t.Errorf("the name is %q", e.Text)
	}
}
