package estatemap

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/paulmach/orb"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
)

// CreateRenderer draws picture, card and focus.
func (m *Canvas) CreateRenderer() fyne.WidgetRenderer {
	r := &mapRenderer{m: m, ground: canvas.NewRectangle(nil), focus: canvas.NewRectangle(nil), card: canvas.NewRectangle(nil)}
	for i := range r.lines {
		r.lines[i] = canvas.NewText("", nil)
	}
	for i := range r.lasso {
		r.lasso[i] = canvas.NewLine(nil)
		r.lasso[i].Hidden = true
	}
	return r
}

type mapRenderer struct {
	m                   *Canvas
	ground, focus, card *canvas.Rectangle
	lines               [6]*canvas.Text
	lasso               [mostLassoLines]*canvas.Line
}

// mostLassoLines is how many pieces of a lasso are drawn while it is drawn; a
// longer one is drawn with fewer corners.
const mostLassoLines = 120

func (r *mapRenderer) Destroy()           {}
func (r *mapRenderer) MinSize() fyne.Size { return r.m.MinSize() }
func (r *mapRenderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{r.ground, r.m.img, r.card}
	for _, l := range r.lines {
		o = append(o, l)
	}
	for _, l := range r.lasso {
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
	r.drawLasso()
	texts, around, size := m.card()
	r.card.Hidden = texts[0] == ""
	for _, l := range r.lines {
		l.Hidden = r.card.Hidden
	}
	if r.card.Hidden {
		return
	}
	const pad = 8
	w, y, shown := float32(0), float32(pad), float32(0)
	for i, l := range r.lines {
		l.Text, l.TextSize, l.TextStyle.Bold = texts[i], look.Caption+1, i == 0
		l.Color = look.Colour(theme.ColorNameForeground)
		l.Hidden = texts[i] == ""
		if !l.Hidden {
			w = max(w, l.MinSize().Width)
			shown++
		}
	}
	h := r.lines[0].MinSize().Height
	at := m.ScreenOf(around).AddXY(size+8, 4)
	if at.X+w+2*pad > m.Size().Width {
		at.X = max(0, at.X-w-2*pad-2*size-16)
	}
	if at.Y+shown*h+2*pad > m.Size().Height {
		at.Y -= shown*h + 2*pad
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

// card is what is said of the thing under the pointer, where it is and how
// large.
func (m *Canvas) card() (texts [6]string, at orb.Point, size float32) {
	switch {
	case m.hover != nil:
		d := m.hover
		texts[0] = format.Short(d.Name, 60)
		copy(texts[1:], d.Lines[:])
		if m.beneath > 0 {
			texts[5] = format.Counted(m.beneath, "%s more asset at this very place: press again", "%s more assets at this very place: press again")
		}
		return texts, d.At, float32(d.Size)
	case m.many != nil:
		g := m.many
		texts[0] = format.Count(g.Count, "asset", "assets")
		n := 1
		for k, c := range g.Classes {
			if c > 0 && n < 5 && m.scene.Classes[k] != "" {
				texts[n] = format.Short(m.scene.Classes[k], 34) + "  " + format.Whole(float64(c))
				n++
			}
		}
		texts[n] = words.T("Press to come closer")
		return texts, g.At, float32(badge(g.Count))
	}
	return texts, at, 0
}

// drawLasso draws the ring so far, closed by a thinner line.
func (r *mapRenderer) drawLasso() {
	p := r.m.lasso
	n := len(p)
	step := max(1, (n+mostLassoLines-2)/(mostLassoLines-1))
	used := 0
	line := func(a, b fyne.Position, width float32) {
		l := r.lasso[used]
		l.StrokeColor, l.StrokeWidth, l.Position1, l.Position2, l.Hidden = look.Colour(look.Accent), width, a, b, false
		used++
	}
	for i := 0; i+1 < n && used < mostLassoLines-1; i += step {
		line(p[i], p[min(n-1, i+step)], 2)
	}
	if n > 2 {
		line(p[n-1], p[0], 1)
	}
	for _, l := range r.lasso[used:] {
		l.Hidden = true
	}
}
