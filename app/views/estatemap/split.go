package estatemap

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
)

// splitter is the handle between before and after. It is dragged, or moved by
// the arrows, Home and End.
type splitter struct {
	widget.BaseWidget
	at      float64 // share of the width that shows before
	after   string  // what is shown on the right
	width   float32 // of the map
	moved   func(float64)
	focused bool
	hovered bool
}

// splitWide is how wide the handle can be taken hold of.
const splitWide = 36

func newSplitter(moved func(float64)) *splitter {
	s := &splitter{at: 0.5, moved: moved}
	s.ExtendBaseWidget(s)
	return s
}

// Set moves the handle.
func (s *splitter) Set(at float64) {
	at = max(0, min(1, at))
	if at != s.at {
		s.at = at
		s.moved(at)
	}
}

// Dragged follows the pointer.
func (s *splitter) Dragged(e *fyne.DragEvent) {
	if s.width > 0 {
		s.Set(s.at + float64(e.Dragged.DX/s.width))
	}
}

// DragEnd is needed to hear of drags.
func (s *splitter) DragEnd() {}

// Tapped takes the keys.
func (s *splitter) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
}

// Cursor says which way it goes.
func (s *splitter) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// MouseIn lights the handle up.
func (s *splitter) MouseIn(*desktop.MouseEvent) { s.hovered = true; s.Refresh() }

// MouseMoved is not used.
func (s *splitter) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the light away.
func (s *splitter) MouseOut() { s.hovered = false; s.Refresh() }

// FocusGained shows that the arrows move the handle.
func (s *splitter) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost takes that mark away.
func (s *splitter) FocusLost() { s.focused = false; s.Refresh() }

// TypedRune is not used.
func (s *splitter) TypedRune(rune) {}

// TypedKey moves the handle by a twentieth of the width, or to an end.
func (s *splitter) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyLeft:
		s.Set(s.at - 0.05)
	case fyne.KeyRight:
		s.Set(s.at + 0.05)
	case fyne.KeyHome:
		s.Set(0)
	case fyne.KeyEnd:
		s.Set(1)
	}
}

// CreateRenderer draws line, knob and the two names.
func (s *splitter) CreateRenderer() fyne.WidgetRenderer {
	r := &splitRenderer{s: s, line: canvas.NewRectangle(nil), halo: canvas.NewRectangle(nil), knob: canvas.NewCircle(nil)}
	for i := range r.text {
		r.pill[i], r.text[i] = canvas.NewRectangle(nil), canvas.NewText("", nil)
	}
	r.left, r.right = canvas.NewText("‹", nil), canvas.NewText("›", nil)
	r.dress()
	return r
}

type splitRenderer struct {
	s           *splitter
	halo, line  *canvas.Rectangle
	knob        *canvas.Circle
	left, right *canvas.Text
	pill        [2]*canvas.Rectangle
	text        [2]*canvas.Text
}

func (r *splitRenderer) Destroy()           {}
func (r *splitRenderer) MinSize() fyne.Size { return fyne.NewSize(splitWide, 40) }
func (r *splitRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.halo, r.line, r.knob, r.left, r.right, r.pill[0], r.pill[1], r.text[0], r.text[1]}
}

func (r *splitRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.s)
}

func (r *splitRenderer) dress() {
	ink, panel := look.Colour(theme.ColorNameForeground), look.Colour(look.Panel)
	r.line.FillColor, r.halo.FillColor = ink, panel
	r.knob.FillColor, r.knob.StrokeColor, r.knob.StrokeWidth = panel, ink, 2
	if r.s.hovered {
		r.knob.FillColor = look.Colour(theme.ColorNameButton)
	}
	if r.s.focused {
		r.knob.StrokeColor, r.knob.StrokeWidth, r.line.FillColor = look.Colour(look.KeyRing), 4, look.Colour(look.KeyRing)
	}
	for i, s := range []string{words.T("Before"), words.F("After: %s", format.Short(r.s.after, 30))} {
		r.text[i].Text, r.text[i].TextSize, r.text[i].TextStyle.Bold, r.text[i].Color = s, look.Caption+1, true, ink
		r.pill[i].FillColor, r.pill[i].CornerRadius, r.pill[i].StrokeColor, r.pill[i].StrokeWidth = panel, 3, look.Colour(theme.ColorNameSeparator), 1
	}
	for _, t := range []*canvas.Text{r.left, r.right} {
		t.Color, t.TextSize, t.TextStyle.Bold = ink, 18, true
	}
	r.Layout(r.s.Size())
}

func (r *splitRenderer) Layout(z fyne.Size) {
	x := z.Width / 2
	r.halo.Move(fyne.NewPos(x-2.5, 0))
	r.halo.Resize(fyne.NewSize(5, z.Height))
	r.line.Move(fyne.NewPos(x-1, 0))
	r.line.Resize(fyne.NewSize(2, z.Height))
	const rad = 15
	y := z.Height / 2
	r.knob.Move(fyne.NewPos(x-rad, y-rad))
	r.knob.Resize(fyne.NewSize(2*rad, 2*rad))
	m := r.left.MinSize()
	r.left.Move(fyne.NewPos(x-m.Width-2, y-m.Height/2-1))
	r.right.Move(fyne.NewPos(x+2, y-m.Height/2-1))
	for i := range r.text {
		t := r.text[i].MinSize()
		left := x - 12 - t.Width - 8
		if i == 1 {
			left = x + 12
		}
		// A name that would leave the map is not shown: its side is too narrow.
		at := float32(r.s.at) * r.s.width
		hide := i == 0 && at < t.Width+24 || i == 1 && r.s.width-at < t.Width+24
		r.pill[i].Hidden, r.text[i].Hidden = hide, hide
		r.pill[i].Move(fyne.NewPos(left, 10))
		r.pill[i].Resize(fyne.NewSize(t.Width+8, t.Height+4))
		r.text[i].Move(fyne.NewPos(left+4, 12))
	}
}

// splitLayout places the handle over the map.
type splitLayout struct{ s *splitter }

func (l splitLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l splitLayout) Layout(o []fyne.CanvasObject, z fyne.Size) {
	l.s.width = z.Width
	o[0].Resize(fyne.NewSize(splitWide, z.Height))
	o[0].Move(fyne.NewPos(float32(l.s.at)*z.Width-splitWide/2, 0))
}
