package estatemap

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/planting-the-flag/flagstone/app/look"
)

// CreateRenderer draws picture, card and focus.
func (m *Canvas) CreateRenderer() fyne.WidgetRenderer {
	r := &mapRenderer{m: m, ground: canvas.NewRectangle(nil), focus: canvas.NewRectangle(nil), card: canvas.NewRectangle(nil)}
	for i := range r.lines {
		r.lines[i] = canvas.NewText("", nil)
	}
	return r
}

type mapRenderer struct {
	m                   *Canvas
	ground, focus, card *canvas.Rectangle
	lines               [4]*canvas.Text
}

func (r *mapRenderer) Destroy()           {}
func (r *mapRenderer) MinSize() fyne.Size { return r.m.MinSize() }
func (r *mapRenderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{r.ground, r.m.img, r.card}
	for _, l := range r.lines {
		o = append(o, l)
	}
	return append(o, r.focus)
}

func (r *mapRenderer) Layout(z fyne.Size) {
	r.ground.Resize(z)
	r.focus.Resize(z)
	r.m.fitIfNew()
	r.m.placeImage()
	if z != r.m.size {
		r.m.Repaint()
	}
	r.dress()
}

func (r *mapRenderer) Refresh() {
	r.dress()
	canvas.Refresh(r.m)
}

func (r *mapRenderer) dress() {
	m := r.m
	r.ground.FillColor = look.Colour(look.Water)
	r.focus.FillColor, r.focus.StrokeColor, r.focus.StrokeWidth = nil, look.Colour(look.KeyRing), 2
	r.focus.Hidden = !m.focused
	show := m.hover != nil
	r.card.Hidden = !show
	for _, l := range r.lines {
		l.Hidden = !show
	}
	if !show {
		return
	}
	const pad = 8
	texts := [4]string{m.hover.Name, m.hover.Lines[0], m.hover.Lines[1], m.hover.Lines[2]}
	w, y := float32(0), float32(pad)
	for i, l := range r.lines {
		l.Text, l.TextSize, l.TextStyle.Bold = texts[i], look.Caption+1, i == 0
		l.Color = look.Colour(theme.ColorNameForeground)
		l.Hidden = texts[i] == ""
		if !l.Hidden {
			w = max(w, l.MinSize().Width)
		}
	}
	h := r.lines[0].MinSize().Height
	at := m.ScreenOf(m.hover.At).AddXY(float32(m.hover.Size)+8, 4)
	if at.X+w+2*pad > m.Size().Width {
		at.X -= w + 2*pad + 2*float32(m.hover.Size) + 16
	}
	if at.Y+4*h+2*pad > m.Size().Height {
		at.Y -= 4*h + 2*pad
	}
	for _, l := range r.lines {
		if l.Hidden {
			continue
		}
		l.Move(at.AddXY(pad, y))
		l.Resize(l.MinSize())
		l.Refresh()
		y += h
	}
	r.card.FillColor, r.card.StrokeColor, r.card.StrokeWidth = look.Colour(theme.ColorNameMenuBackground), look.Colour(theme.ColorNameInputBorder), 1
	r.card.CornerRadius = 3
	r.card.Move(at)
	r.card.Resize(fyne.NewSize(w+2*pad, y+pad))
}
