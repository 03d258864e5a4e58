package estatemap

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// scaleBar says how long a kilometre is.
type scaleBar struct {
	widget.BaseWidget
	width float32
	label string
}

func newScaleBar() *scaleBar {
	b := &scaleBar{}
	b.ExtendBaseWidget(b)
	return b
}

// show fits a round distance into about 120 units. A map metre is shorter on
// the ground the further one is from the equator.
func (b *scaleBar) show(c Camera) {
	if c.Zoom <= 0 {
		return
	}
	ground := c.Zoom * geo.MercatorStretch(geo.FromMercator(c.Centre).Lat) // units per metre on the ground
	want := 120 / ground
	step := math.Pow(10, math.Floor(math.Log10(want)))
	for _, k := range []float64{5, 2, 1} {
		if step*k <= want {
			step *= k
			break
		}
	}
	b.width = float32(step * ground)
	b.label = format.Whole(step) + " m"
	if step >= 1000 {
		b.label = words.F("%s km", format.Whole(step/1000))
	}
	b.Refresh()
}

func (b *scaleBar) CreateRenderer() fyne.WidgetRenderer {
	return &barRenderer{b, canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewText("", nil), canvas.NewText("▲ N", nil), canvas.NewRectangle(nil)}
}

type barRenderer struct {
	b         *scaleBar
	halo, bar *canvas.Rectangle
	text      *canvas.Text
	north     *canvas.Text
	ground    *canvas.Rectangle // so that it can be read over any map
}

func (r *barRenderer) Destroy()           {}
func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(176, 28) }
func (r *barRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.halo, r.bar, r.text, r.north}
}
func (r *barRenderer) Layout(z fyne.Size) {
	const edge = 8
	right := z.Width - edge
	r.bar.Move(fyne.NewPos(right-r.b.width, z.Height-8))
	r.bar.Resize(fyne.NewSize(r.b.width, 3))
	r.halo.Move(fyne.NewPos(right-r.b.width-1, z.Height-9))
	r.halo.Resize(fyne.NewSize(r.b.width+2, 5))
	t, n := r.text.MinSize(), r.north.MinSize()
	r.text.Move(fyne.NewPos(right-t.Width, z.Height-9-t.Height))
	left := right - max(r.b.width, t.Width) - n.Width - 10
	r.north.Move(fyne.NewPos(left, z.Height-9-n.Height))
	r.ground.Move(fyne.NewPos(left-edge, 0))
	r.ground.Resize(fyne.NewSize(z.Width-left+edge, z.Height))
}

func (r *barRenderer) Refresh() {
	r.text.Text, r.text.TextSize, r.text.Color = r.b.label, look.Caption, look.Colour(theme.ColorNameForeground)
	r.bar.FillColor, r.halo.FillColor = look.Colour(theme.ColorNameForeground), look.Colour(look.Panel)
	r.north.TextSize, r.north.TextStyle.Bold, r.north.Color = look.Caption, true, look.Colour(theme.ColorNameForeground)
	g := look.Colour(look.Panel)
	g.A = 0xd0
	r.ground.FillColor, r.ground.CornerRadius = g, 3
	r.Layout(r.b.Size())
	r.text.Refresh()
	canvas.Refresh(r.b)
}
