package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func TestFactsAreWorkedByKeys(t *testing.T) {
	test.NewTempApp(t)
	did := 0
	f := NewFacts()
	f.Set([]Fact{{Section: "Size"}, {Label: "Floor area", Value: "900 m²", Tip: "Stated, register.csv, row 4"}, {Label: "Nothing to say", Value: "1"},
		{Label: "Building", Value: "Town Hall", Do: func() { did++ }}})
	w := test.NewTempWindow(t, f)
	w.Resize(fyne.NewSize(300, 400))
	seen := float32(-1)
	f.OnReveal = func(top, _ float32) { seen = top }
	w.Canvas().Focus(f)
	if f.At().Label != "Floor area" || seen < 0 {
		t.Fatalf("the keys begin at %q", f.At().Label)
	}
	closed := f.MinSize().Height
	press := func(k fyne.KeyName) { f.TypedKey(&fyne.KeyEvent{Name: k}) }
	press(fyne.KeyReturn)
	if f.MinSize().Height <= closed {
		t.Error("Enter does not open where the figure comes from")
	}
	press(fyne.KeyReturn)
	if f.MinSize().Height != closed {
		t.Error("Enter does not close it again")
	}
	press(fyne.KeyDown)
	if f.At().Label != "Building" {
		t.Errorf("down goes to %q: a line that says no more is passed over", f.At().Label)
	}
	press(fyne.KeySpace)
	press(fyne.KeyDown)
	press(fyne.KeyHome)
	if did != 1 || f.At().Label != "Floor area" {
		t.Errorf("followed %d times, at %q", did, f.At().Label)
	}
}

func TestOfALongSheetOnlyWhatIsInSightIsDrawn(t *testing.T) {
	test.NewTempApp(t)
	list := make([]Fact, 5000)
	for i := range list {
		list[i] = Fact{Label: "Sell building", Value: "2031/32"}
	}
	all, part := NewFacts(), NewFacts()
	all.Set(list[:50])
	part.Sight(0, 400)
	part.Set(list)
	w := test.NewTempWindow(t, container.NewHBox(all, part))
	w.Resize(fyne.NewSize(700, 400))
	drawn := func(f *Facts) int { return len(test.WidgetRenderer(f).Objects()) }
	if n := drawn(all); n < 100 {
		t.Errorf("%d objects for 50 lines of which all are in sight", n)
	}
	if n := drawn(part); n < 80 || n > 200 {
		t.Errorf("%d objects for 5,000 lines of which some 20 are in sight", n)
	}
	if part.MinSize().Height < 90*all.MinSize().Height {
		t.Errorf("5,000 lines are %v high, 50 are %v", part.MinSize().Height, all.MinSize().Height)
	}
	if n := len(part.lines); n > 100 {
		t.Errorf("%d lines laid out of which some 20 are in sight", n)
	}
	before := 0.8 * part.MinSize().Height
	part.Sight(before, 400)
	low := float32(0)
	for _, o := range test.WidgetRenderer(part).Objects() {
		low = max(low, o.Position().Y)
	}
	if low < before || low > before+1000 {
		t.Errorf("scrolled to %v the lowest line drawn is at %v", before, low)
	}
}

func TestARuleBetweenTwoPartsIsMovedByKeysAndRemembered(t *testing.T) {
	test.NewTempApp(t)
	kept := map[string]float32{}
	Shares.Kept = func(n string) (float32, bool) { v, ok := kept[n]; return v, ok }
	Shares.Keep = func(n string, v float32) { kept[n] = v }
	t.Cleanup(func() { Shares.Kept, Shares.Keep = nil, nil })
	a, b := NewProse(""), NewProse("")
	box := SplitBeside("x", 0.5, a, b)
	w := test.NewTempWindow(t, box)
	w.Resize(fyne.NewSize(600, 200))
	was := a.Size().Width
	d := box.Objects[1].(*divider)
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if a.Size().Width <= was || kept["x"] <= 0.5 {
		t.Errorf("%v became %v, remembered %v", was, a.Size().Width, kept)
	}
	again := SplitBeside("x", 0.5, NewProse(""), NewProse(""))
	if got := again.Layout.(*ratio).first; got != kept["x"] {
		t.Errorf("opens at %v", got)
	}
}
