package estatemap

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/paulmach/orb"
)

// under is the mark or the group at a place of the widget.
func (m *Canvas) under(p fyne.Position) (*Dot, *Group) {
	if m.scene == nil || m.cam.Zoom == 0 {
		return nil, nil
	}
	st := m.stale()
	if st.Grouped {
		g, d := m.scene.GroupAt(m.world(p), 1/m.cam.Zoom, st.HiddenClasses)
		return d, g
	}
	return m.scene.Near(m.world(p), 1/m.cam.Zoom, st.HiddenClasses), nil
}

// MouseDown notes where a press began, and with which key.
func (m *Canvas) MouseDown(e *desktop.MouseEvent) {
	m.pressed, m.dragged = e.Button == desktop.MouseButtonPrimary, false
	m.shift = e.Modifier&fyne.KeyModifierShift != 0
}

// MouseUp selects what is under the pointer, unless the map was dragged. It
// does not wait to see whether a second press follows, as Tapped must.
func (m *Canvas) MouseUp(e *desktop.MouseEvent) {
	if m.pressed && !m.dragged {
		m.pressed = false
		m.choose(e.Position)
		m.pressed = true // Tapped comes after and has nothing left to do
	}
}

// Tapped selects what is under the pointer where there is no mouse.
func (m *Canvas) Tapped(e *fyne.PointEvent) {
	if m.pressed {
		m.pressed = false
		return
	}
	m.choose(e.Position)
}

func (m *Canvas) choose(at fyne.Position) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(m); c != nil {
		c.Focus(m)
	}
	if m.scene == nil {
		return
	}
	d, g := m.under(at)
	switch {
	case g != nil:
		m.open(g, at)
	case d != nil && m.shift && m.OnPick != nil:
		m.OnPick(d)
	case m.OnTapped != nil:
		if d != nil { // a second press on the same place goes to what lies beneath
			if all := m.scene.Beneath(d, m.stale().HiddenClasses); len(all) > 1 {
				for i, x := range all {
					if x.index == m.stale().Chosen {
						d = all[(i+1)%len(all)]
					}
				}
			}
		}
		m.OnTapped(d, m.world(at))
	}
}

// open comes close enough for a group to fall apart; one that never will is
// listed.
func (m *Canvas) open(g *Group, at fyne.Position) {
	b := g.Bound
	z := m.Size()
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	if max(w, h)*maxZoom < groupSide/2 || m.cam.Zoom >= maxZoom/1.01 {
		if m.OnMany != nil {
			m.OnMany(m.scene.Members(g, m.stale().HiddenClasses), at)
		}
		return
	}
	fit := min(float64(z.Width-120)/max(w, 1), float64(z.Height-120)/max(h, 1))
	m.cam = Camera{Centre: b.Center(), Zoom: min(maxZoom, max(fit, m.cam.Zoom*1.8))}
	m.moved()
}

// DoubleTapped comes closer.
func (m *Canvas) DoubleTapped(e *fyne.PointEvent) { m.ZoomBy(2, e.Position) }

// lassoStep is how far the pointer goes before a lasso gets a corner.
const lassoStep = 5

// Dragged moves the map or draws the lasso.
func (m *Canvas) Dragged(e *fyne.DragEvent) {
	if !m.dragged {
		m.dragged = true
		m.lasso = nil
		if m.tool == Lasso || m.shift {
			m.lasso = []fyne.Position{e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY)}
			m.hover, m.many = nil, nil
		}
	}
	if m.lasso == nil {
		m.pan(e.Dragged.DX, e.Dragged.DY)
		return
	}
	last := m.lasso[len(m.lasso)-1]
	if math.Hypot(float64(e.Position.X-last.X), float64(e.Position.Y-last.Y)) >= lassoStep && len(m.lasso) < 4*mostLassoLines {
		m.lasso = append(m.lasso, e.Position)
		m.Refresh()
	}
}

// DragEnd hands on what the lasso rings.
func (m *Canvas) DragEnd() {
	line := m.lasso
	m.lasso = nil
	if len(line) > 2 && m.scene != nil && m.OnLasso != nil {
		ring := make(orb.Ring, 0, len(line)+1)
		for _, p := range line {
			ring = append(ring, m.world(p))
		}
		ring = append(ring, ring[0])
		m.OnLasso(m.scene.Within(ring, m.stale().HiddenClasses))
	}
	m.Refresh()
}

// SetTool says what a drag does from now on.
func (m *Canvas) SetTool(t Tool) {
	m.tool = t
	if m.OnTool != nil {
		m.OnTool(t)
	}
}

// Tool is what a drag does.
func (m *Canvas) Tool() Tool { return m.tool }

// Scrolled zooms about the pointer.
func (m *Canvas) Scrolled(e *fyne.ScrollEvent) {
	m.ZoomBy(math.Pow(1.02, float64(e.Scrolled.DY)), e.Position)
}

// MouseIn follows the pointer.
func (m *Canvas) MouseIn(e *desktop.MouseEvent) { m.MouseMoved(e) }

// MouseMoved shows a card for the asset under the pointer.
func (m *Canvas) MouseMoved(e *desktop.MouseEvent) {
	if m.lasso != nil {
		return
	}
	d, g := m.under(e.Position)
	if d != m.hover || g != m.many {
		m.hover, m.many, m.pointer, m.beneath = d, g, e.Position, 0
		if d != nil {
			m.beneath = len(m.scene.Beneath(d, m.stale().HiddenClasses)) - 1
		}
		m.Refresh()
	}
}

// MouseOut takes the card away.
func (m *Canvas) MouseOut() {
	m.hover, m.many = nil, nil
	m.Refresh()
}

// Cursor points at what can be selected.
func (m *Canvas) Cursor() desktop.Cursor {
	switch {
	case m.hover != nil || m.many != nil:
		return desktop.PointerCursor
	case m.tool == Lasso:
		return desktop.CrosshairCursor
	}
	return desktop.DefaultCursor
}
