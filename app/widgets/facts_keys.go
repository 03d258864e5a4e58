package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"github.com/planting-the-flag/flagstone/app/look"
)

// levelWidth is how far a part of a line is indented.
const levelWidth = 12

// leads is the value with a sign that it leads somewhere, so that colour is not
// the only one.
func leads(x *Fact) string {
	if x.Do != nil && x.Fold == NoParts {
		return x.Value + " ›"
	}
	return x.Value
}

// marks places the ring of the keys and the glow of the pointer.
func (r *factsRenderer) marks(w float32) {
	f := r.f
	line := func(fact int) *factLine {
		for i := range f.lines {
			if f.lines[i].fact == fact {
				return &f.lines[i]
			}
		}
		return nil
	}
	r.ring.Hide()
	if l := line(f.at); f.focused && l != nil {
		r.ring.FillColor, r.ring.StrokeColor = nil, look.Colour(look.KeyRing)
		r.ring.Move(fyne.NewPos(2, l.top-1))
		r.ring.Resize(fyne.NewSize(w-4, l.height))
		r.ring.Show()
	}
	r.glow.Hide()
	if l := line(f.hover); l != nil && f.facts[f.hover].opens() {
		r.glow.FillColor = look.Colour(theme.ColorNameHover)
		r.glow.Move(fyne.NewPos(2, l.top-1))
		r.glow.Resize(fyne.NewSize(w-4, l.height))
		r.glow.Show()
	}
	r.objects = append([]fyne.CanvasObject{r.glow}, append(r.objects, r.ring)...)
}

// follow does what a line leads to, or opens what is known of it.
func (f *Facts) follow(i int) {
	if i < 0 || i >= len(f.facts) || !f.facts[i].opens() {
		return
	}
	HideTip(f)
	x := &f.facts[i]
	if x.Do != nil {
		x.Do()
		return
	}
	k := x.Label + x.Value
	f.opened[k], f.lines = !f.opened[k], nil
	f.Refresh()
	f.reveal()
}

// Tapped follows the line under the pointer.
func (f *Facts) Tapped(e *fyne.PointEvent) {
	i := f.under(e.Position.Y)
	if i < 0 || !f.facts[i].opens() {
		return
	}
	f.at = i
	if c := fyne.CurrentApp().Driver().CanvasForObject(f); c != nil {
		c.Focus(f)
	}
	f.follow(i)
}

// MouseIn shows where a figure comes from.
func (f *Facts) MouseIn(e *desktop.MouseEvent) { f.MouseMoved(e) }

// MouseMoved shows where the figure under the pointer comes from.
func (f *Facts) MouseMoved(e *desktop.MouseEvent) {
	tip, i := "", f.under(e.Position.Y)
	if i >= 0 {
		tip = f.facts[i].Tip
		if f.opened[f.facts[i].Label+f.facts[i].Value] {
			tip = "" // it is written out already
		}
	}
	if i != f.hover {
		f.hover = i
		f.Refresh()
	}
	if tip != f.lastTip {
		f.lastTip = tip
		ShowTip(f, tip, e.AbsolutePosition)
	}
}

// MouseOut hides the tip.
func (f *Facts) MouseOut() {
	f.lastTip, f.hover = "", -1
	HideTip(f)
	f.Refresh()
}

// Cursor is a hand over what can be followed.
func (f *Facts) Cursor() desktop.Cursor {
	if f.hover >= 0 && f.hover < len(f.facts) && f.facts[f.hover].Do != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained shows which line has the keys.
func (f *Facts) FocusGained() {
	f.focused = true
	if f.at >= len(f.facts) || !f.facts[f.at].opens() {
		f.at = f.next(-1, 1)
	}
	f.Refresh()
	f.reveal()
}

// FocusLost takes that mark away.
func (f *Facts) FocusLost() { f.focused = false; HideTip(f); f.Refresh() }

// TypedRune does nothing.
func (f *Facts) TypedRune(rune) {}

// TypedKey goes from line to line and follows one.
func (f *Facts) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown:
		f.moveTo(f.next(f.at, 1))
	case fyne.KeyUp:
		f.moveTo(f.next(f.at, -1))
	case fyne.KeyHome:
		f.moveTo(f.next(-1, 1))
	case fyne.KeyEnd:
		f.moveTo(f.next(len(f.facts), -1))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		f.follow(f.at)
	}
}

// next is the next line from i that can be gone to; the end is the end.
func (f *Facts) next(i, step int) int {
	for j := i + step; j >= 0 && j < len(f.facts); j += step {
		if f.facts[j].opens() {
			return j
		}
	}
	return i
}

func (f *Facts) moveTo(i int) {
	if i < 0 || i >= len(f.facts) || i == f.at {
		return
	}
	f.at = i
	f.Refresh()
	f.reveal()
}

// reveal brings the line that has the keys into sight.
func (f *Facts) reveal() {
	for _, l := range f.lines {
		if l.fact == f.at && f.OnReveal != nil {
			f.OnReveal(l.top, l.height)
		}
	}
}

// At is the line that has the keys, for tests.
func (f *Facts) At() *Fact {
	if f.at < 0 || f.at >= len(f.facts) {
		return nil
	}
	return &f.facts[f.at]
}

var _ fyne.Focusable = (*Facts)(nil)
