package estatemap

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
)

// legendRow is a class in the legend; a tap, Space or Enter hides or shows it.
type legendRow struct {
	widget.BaseWidget
	focused bool
	mark    *canvas.Image
	name    string
	count   int
	hidden  bool
	toggle  func(hidden bool)
}

func newLegendRow(mark image.Image, name string, count int, hidden bool, toggle func(bool)) *legendRow {
	r := &legendRow{name: name, count: count, hidden: hidden, toggle: toggle, mark: canvas.NewImageFromImage(mark)}
	r.ExtendBaseWidget(r)
	return r
}

// FocusGained marks the row that has the keys.
func (l *legendRow) FocusGained() { l.focused = true; l.Refresh() }

// FocusLost takes that mark away.
func (l *legendRow) FocusLost() { l.focused = false; l.Refresh() }

// TypedRune is not used.
func (l *legendRow) TypedRune(rune) {}

// TypedKey hides or shows the class.
func (l *legendRow) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeySpace || k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
		l.Tapped(nil)
	}
}

// Tapped hides or shows the class.
func (l *legendRow) Tapped(*fyne.PointEvent) {
	l.hidden = !l.hidden
	l.toggle(l.hidden)
	l.Refresh()
}

func (l *legendRow) CreateRenderer() fyne.WidgetRenderer {
	r := &legendRenderer{l, canvas.NewText("", nil), canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type legendRenderer struct {
	l    *legendRow
	text *canvas.Text
	ring *canvas.Rectangle
}

func (r *legendRenderer) Destroy() {}
func (r *legendRenderer) MinSize() fyne.Size {
	return fyne.NewSize(24+r.text.MinSize().Width, 20)
}
func (r *legendRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.mark, r.text, r.ring}
}
func (r *legendRenderer) Layout(z fyne.Size) {
	r.ring.Resize(z)
	r.l.mark.Move(fyne.NewPos(0, 2))
	r.l.mark.Resize(fyne.NewSize(16, 16))
	r.text.Move(fyne.NewPos(22, (z.Height-r.text.MinSize().Height)/2))
}

func (r *legendRenderer) Refresh() {
	s := format.Short(r.l.name, 30)
	r.ring.Hidden, r.ring.StrokeColor, r.ring.StrokeWidth = !r.l.focused, look.Colour(look.KeyRing), 1.5
	r.text.Text, r.text.TextSize = s+"  "+format.Whole(float64(r.l.count)), look.Caption+1
	r.text.Color = look.Colour(theme.ColorNameForeground)
	r.l.mark.Translucency = 0
	if r.l.hidden {
		r.text.Text += words.T(" (hidden)")
		r.text.Color = look.Colour(theme.ColorNamePlaceHolder)
		r.l.mark.Translucency = 0.7
	}
	r.text.Refresh()
	canvas.Refresh(r.l)
}
