package estatemap

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"
)

// Bounds of the zoom, in Fyne units per map metre: from a country to a
// building.
const (
	minZoom = 1e-4
	maxZoom = 4
)

// Canvas is the map itself. The picture is painted in a goroutine; until a new
// one is ready the old one is moved and stretched under the pointer, so that a
// drag never waits.
type Canvas struct {
	widget.BaseWidget
	OnTapped func(*Dot, orb.Point)
	OnMoved  func()                      // the camera moved
	OnLasso  func([]int)                 // these marks were ringed
	OnPick   func(*Dot)                  // add this mark to those picked, or take it out
	OnMany   func([]*Dot, fyne.Position) // marks at one place: which is meant?
	OnTool   func(Tool)
	OnEscape func()
	Post     func(func())
	Covered  float32             // how much of the left is covered by the key
	Over     []fyne.CanvasObject // what lies on the map: no names beneath it

	scene   *Scene
	cam     Camera // Zoom in Fyne units per map metre
	fitted  bool
	painted Camera // of the picture on show
	size    fyne.Size
	busy    bool
	again   bool
	hover   *Dot
	many    *Group // under the pointer
	beneath int    // further marks at the very place of hover
	tool    Tool
	shift   bool // the press was made with Shift
	lasso   []fyne.Position
	touring bool // Tab goes from mark to mark
	painter *Painter
	spare   *image.RGBA
	pointer fyne.Position
	focused bool
	pressed bool // MouseUp did, or will do, what Tapped would
	dragged bool
	stale   func() Style // the style as it should be now
	img     *canvas.Image
	frames  int
}

// Tool is what a drag does.
type Tool int

// The tools.
const (
	Hand  Tool = iota // moves the map
	Lasso             // rings marks; Shift with any tool does so too
)

// NewCanvas makes an empty map; style is asked before every painting.
func NewCanvas(post func(func()), style func() Style) *Canvas {
	m := &Canvas{Post: post, stale: style, painter: NewPainter(), img: canvas.NewImageFromImage(image.NewRGBA(image.Rect(0, 0, 1, 1)))}
	m.img.FillMode, m.img.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	m.ExtendBaseWidget(m)
	return m
}

// SetScene shows another scene; the first one is fitted to the window.
func (m *Canvas) SetScene(sn *Scene, fit bool) {
	m.scene = sn
	m.hover, m.many, m.lasso = nil, nil, nil
	if fit {
		m.fitted = false
	}
	m.fitIfNew()
	m.Repaint()
}

// Scene is what is shown.
func (m *Canvas) Scene() *Scene { return m.scene }

// Camera is where the map looks.
func (m *Canvas) Camera() Camera { return m.cam }

// Frames counts the pictures painted, for tests and timing.
func (m *Canvas) Frames() int { return m.frames }

func (m *Canvas) fitIfNew() {
	z := m.Size()
	if m.fitted || m.scene == nil || z.Width < 50 || z.Height < 50 {
		return
	}
	m.fitted = true
	m.Fit()
}

// Fit shows everything.
func (m *Canvas) Fit() {
	z := m.Size()
	if m.scene == nil || m.scene.Bound.IsZero() && len(m.scene.Dots) == 0 {
		return
	}
	b := m.scene.View
	w, h := max(1500, b.Max[0]-b.Min[0]), max(1500, b.Max[1]-b.Min[1])
	m.cam = Camera{Centre: b.Center(), Zoom: min(float64(z.Width-48)/w, float64(z.Height-96)/h)}
	if spare := float64(z.Width) - 48 - w*m.cam.Zoom; m.Covered > 0 && spare > 0 { // not beneath the key
		m.cam.Centre[0] -= min(float64(m.Covered), spare) / 2 / m.cam.Zoom
	}
	m.moved()
}

// LookAt brings a point into sight without changing the zoom more than needed.
func (m *Canvas) LookAt(p orb.Point) {
	z := m.Size()
	x, y := m.cam.ToScreen(p, float64(z.Width), float64(z.Height))
	const edge = 60
	if x > edge && y > edge && x < float64(z.Width)-edge && y < float64(z.Height)-edge {
		m.Repaint()
		return
	}
	m.cam.Centre = p
	m.moved()
}

// ZoomBy zooms about a point of the widget.
func (m *Canvas) ZoomBy(f float64, at fyne.Position) {
	z := m.Size()
	w, h := float64(z.Width), float64(z.Height)
	before := m.cam.ToWorld(float64(at.X), float64(at.Y), w, h)
	m.cam.Zoom = max(minZoom, min(maxZoom, m.cam.Zoom*f))
	after := m.cam.ToWorld(float64(at.X), float64(at.Y), w, h)
	m.cam.Centre[0] += before[0] - after[0]
	m.cam.Centre[1] += before[1] - after[1]
	m.moved()
}

func (m *Canvas) middle() fyne.Position {
	return fyne.NewPos(m.Size().Width/2, m.Size().Height/2)
}

func (m *Canvas) pan(dx, dy float32) {
	m.cam.Centre[0] -= float64(dx) / m.cam.Zoom
	m.cam.Centre[1] += float64(dy) / m.cam.Zoom
	m.moved()
}

func (m *Canvas) moved() {
	m.hover, m.many = nil, nil
	m.placeImage()
	m.Repaint()
	if m.OnMoved != nil {
		m.OnMoved()
	}
	m.Refresh()
}

// placeImage lays the picture on show where its part of the world is now.
func (m *Canvas) placeImage() {
	z := m.Size()
	if m.painted.Zoom == 0 || m.cam.Zoom == 0 || m.size.Width == 0 {
		m.img.Move(fyne.Position{})
		m.img.Resize(z)
		return
	}
	f := m.cam.Zoom / m.painted.Zoom
	tl := m.painted.ToWorld(0, 0, float64(m.size.Width), float64(m.size.Height))
	x, y := m.cam.ToScreen(tl, float64(z.Width), float64(z.Height))
	m.img.Move(fyne.NewPos(float32(x), float32(y)))
	m.img.Resize(fyne.NewSize(m.size.Width*float32(f), m.size.Height*float32(f)))
}

// Repaint asks for a new picture. While one is being painted further requests
// become one.
func (m *Canvas) Repaint() {
	z := m.Size()
	if z.Width < 2 || z.Height < 2 || m.cam.Zoom == 0 {
		return
	}
	if m.busy {
		m.again = true
		return
	}
	m.busy = true
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(m); c != nil {
		scale = c.Scale()
	}
	st := m.stale()
	st.Scale = float64(scale)
	st.Covered = m.covered(scale)
	cam, sn := m.cam, m.scene
	px := Camera{Centre: cam.Centre, Zoom: cam.Zoom * float64(scale)}
	w, h := int(math.Ceil(float64(z.Width*scale))), int(math.Ceil(float64(z.Height*scale)))
	spare := m.spare // nobody looks at it: the picture on show is the other one
	go func() {
		img := m.painter.Paint(spare, sn, px, st, w, h)
		m.Post(func() {
			m.busy = false
			m.painted, m.size = cam, z
			m.spare, _ = m.img.Image.(*image.RGBA)
			m.img.Image = img
			m.frames++
			m.placeImage()
			m.img.Refresh()
			m.Refresh()
			if m.again {
				m.again = false
				m.Repaint()
			}
		})
	}()
}

// covered are the places of what lies on the map, in pixels.
func (m *Canvas) covered(scale float32) (out []image.Rectangle) {
	d := fyne.CurrentApp().Driver()
	origin := d.AbsolutePositionForObject(m)
	for _, o := range m.Over {
		if !o.Visible() || o.Size().Height < 1 || d.CanvasForObject(o) == nil {
			continue
		}
		a, z := d.AbsolutePositionForObject(o).Subtract(origin), o.Size()
		out = append(out, image.Rect(int(a.X*scale)-2, int(a.Y*scale)-2, int((a.X+z.Width)*scale)+2, int((a.Y+z.Height)*scale)+2))
	}
	return out
}

// Settled says whether the picture on show is of what the camera sees.
func (m *Canvas) Settled() bool { return !m.busy && !m.again && m.painted == m.cam }

func (m *Canvas) world(p fyne.Position) orb.Point {
	z := m.Size()
	return m.cam.ToWorld(float64(p.X), float64(p.Y), float64(z.Width), float64(z.Height))
}

// ScreenOf is where a point of the map is in the widget.
func (m *Canvas) ScreenOf(p orb.Point) fyne.Position {
	z := m.Size()
	x, y := m.cam.ToScreen(p, float64(z.Width), float64(z.Height))
	return fyne.NewPos(float32(x), float32(y))
}

// FocusGained shows that keys move the map.
func (m *Canvas) FocusGained() { m.focused = true; m.Refresh() }

// FocusLost takes that mark away.
func (m *Canvas) FocusLost() { m.focused = false; m.Refresh() }

// MinSize leaves room for a map worth looking at.
func (m *Canvas) MinSize() fyne.Size { return fyne.NewSize(240, 200) }
