package estatemap

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// TypedRune zooms with + and −, shows everything with 0, and takes the lasso or
// the hand with L and H.
func (m *Canvas) TypedRune(r rune) {
	switch r {
	case '+', '=':
		m.ZoomBy(1.4, m.middle())
	case '-', '_':
		m.ZoomBy(1/1.4, m.middle())
	case '0':
		m.Fit()
	case 'l', 'L':
		m.SetTool(Lasso)
	case 'h', 'H':
		m.SetTool(Hand)
	}
}

// AcceptsTab says that Tab goes from mark to mark. It does so only between
// Enter and Escape, so that nobody is caught in the map.
func (m *Canvas) AcceptsTab() bool { return m.touring }

// TypedKey moves the map with the arrows; Page Up and Page Down go from asset
// to asset in the order of the portfolio's size, Enter begins a tour by Tab
// through what is in sight, Space picks.
func (m *Canvas) TypedKey(k *fyne.KeyEvent) {
	const step = 80
	switch k.Name {
	case fyne.KeyLeft:
		m.pan(step, 0)
	case fyne.KeyRight:
		m.pan(-step, 0)
	case fyne.KeyUp:
		m.pan(0, step)
	case fyne.KeyDown:
		m.pan(0, -step)
	case fyne.KeyHome:
		m.Fit()
	case fyne.KeyPageDown:
		m.step(1)
	case fyne.KeyPageUp:
		m.step(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if !m.touring {
			m.touring = true
			m.tour(0)
		}
	case fyne.KeyTab:
		by := 1
		if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
			by = -1
		}
		m.tour(by)
	case fyne.KeySpace:
		if i := m.stale().Chosen; i >= 0 && m.OnPick != nil {
			m.OnPick(&m.scene.Dots[i])
		}
	case fyne.KeyEscape:
		switch {
		case m.touring:
			m.touring = false
		case m.OnEscape != nil:
			m.OnEscape()
		}
	}
}

// step selects the next asset of the scene.
func (m *Canvas) step(by int) {
	if m.scene == nil || len(m.scene.Dots) == 0 || m.OnTapped == nil {
		return
	}
	n := len(m.scene.Dots)
	i := m.stale().Chosen
	if i < 0 && by < 0 {
		i = 0
	}
	d := &m.scene.Dots[((i+by)%n+n)%n]
	m.OnTapped(d, d.At)
}

// tour selects the next mark in sight, reading from the top left.
func (m *Canvas) tour(by int) {
	if m.scene == nil || m.OnTapped == nil {
		return
	}
	st, z := m.stale(), m.Size()
	type stop struct{ i, row, x int }
	var stops []stop
	for i := range m.scene.Dots {
		d := &m.scene.Dots[i]
		if p := m.ScreenOf(d.At); !st.HiddenClasses[d.Class] && p.X >= 0 && p.Y >= 0 && p.X <= z.Width && p.Y <= z.Height {
			stops = append(stops, stop{i, int(p.Y / 40), int(p.X)})
		}
	}
	if len(stops) == 0 {
		return
	}
	slices.SortFunc(stops, func(a, b stop) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.x, b.x), cmp.Compare(a.i, b.i))
	})
	at := slices.IndexFunc(stops, func(s stop) bool { return s.i == st.Chosen })
	switch {
	case at >= 0:
		at = (at + by + len(stops)) % len(stops)
	case by < 0:
		at = len(stops) - 1
	default:
		at = 0
	}
	d := &m.scene.Dots[stops[at].i]
	m.OnTapped(d, d.At)
}
