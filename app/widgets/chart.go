package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/reports/chart"
)

// Chart shows a chart definition as a picture of exactly its own size, drawn
// off the UI goroutine in the colours of the look.
type Chart struct {
	widget.BaseWidget
	post  func(func())
	def   *chart.Chart
	img   *canvas.Image
	gen   int
	drawn fyne.Size
	min   fyne.Size
}

// NewChart makes an empty chart.
func NewChart(post func(func())) *Chart {
	c := &Chart{post: post, img: canvas.NewImageFromImage(image.NewRGBA(image.Rect(0, 0, 1, 1))), min: fyne.NewSize(210, 140)}
	c.img.FillMode, c.img.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	c.ExtendBaseWidget(c)
	return c
}

// Set shows another chart; nil clears it.
func (c *Chart) Set(def *chart.Chart) {
	c.def = def
	c.paint()
}

// Def is what is shown.
func (c *Chart) Def() *chart.Chart { return c.def }

// Restyle draws again in the look now in force.
func (c *Chart) Restyle() { c.paint() }

// ChartTheme is the look in force as colours of charts.
func ChartTheme() chart.Theme {
	l := look.Current()
	t := chart.Light
	if l.Dark() {
		t = chart.Dark
	}
	rgb := func(n fyne.ThemeColorName) chart.RGB {
		c := look.Colour(n)
		return chart.RGB{R: c.R, G: c.G, B: c.B}
	}
	t.Background, t.Ink, t.Muted = rgb(look.Panel), rgb(theme.ColorNameForeground), rgb(look.Muted)
	t.Accent, t.Grid = rgb(look.Accent), rgb(theme.ColorNameSeparator)
	if l.Name() == "high contrast" { // what separates there is as bright as what is written: it would drown the lines
		t.Grid = rgb(theme.ColorNameScrollBarBackground)
	}
	return t
}

// ChartImage draws a chart of a size in Fyne units as it is seen on screen: its
// words as large as captions where there is room, as on paper in a small picture.
func ChartImage(def *chart.Chart, z fyne.Size, scale float32, th chart.Theme) image.Image {
	grow := max(1, min(1.4, z.Width/270, z.Height/170))
	return chart.Image(def, float64(z.Width/grow), float64(z.Height/grow), float64(scale*grow), th)
}

func (c *Chart) paint() {
	z := c.Size()
	c.gen++
	gen, def := c.gen, c.def
	if def == nil || z.Width < 40 || z.Height < 40 {
		c.img.Hide()
		return
	}
	scale := float32(1)
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil {
		scale = cv.Scale()
	} else if all := fyne.CurrentApp().Driver().AllWindows(); len(all) > 0 { // not drawn yet: as sharp as the window
		scale = all[0].Canvas().Scale()
	}
	th := ChartTheme()
	go func() {
		img := ChartImage(def, z, scale, th)
		c.post(func() {
			if gen != c.gen {
				return
			}
			c.drawn = z
			c.img.Image = img
			c.img.Show()
			c.img.Refresh()
		})
	}()
}

// CreateRenderer draws the picture.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer { return &chartRenderer{c} }

type chartRenderer struct{ c *Chart }

func (r *chartRenderer) Destroy()                     {}
func (r *chartRenderer) MinSize() fyne.Size           { return r.c.min }
func (r *chartRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.c.img} }
func (r *chartRenderer) Refresh()                     { canvas.Refresh(r.c) }
func (r *chartRenderer) Layout(z fyne.Size) {
	r.c.img.Resize(z)
	if z != r.c.drawn {
		r.c.paint()
	}
}
