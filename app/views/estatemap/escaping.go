package estatemap

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/widgets"
)

// Controls of the cards over the map: Escape puts the card away, whichever of
// them has the keys.

type cardCheck struct {
	widget.Check
	leave func()
}

func newCheck(name string, on bool, do func(bool), leave func()) *cardCheck {
	c := &cardCheck{leave: leave}
	c.Text, c.Checked, c.OnChanged = name, on, do
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey leaves at Escape.
func (c *cardCheck) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		c.leave()
		return
	}
	c.Check.TypedKey(k)
}

type cardSelect struct {
	widget.Select
	leave func()
}

func newSelect(options []string, chosen string, do func(string), leave func()) *cardSelect {
	s := &cardSelect{leave: leave}
	s.Options, s.Selected, s.OnChanged = options, chosen, do
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey leaves at Escape.
func (s *cardSelect) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		s.leave()
		return
	}
	s.Select.TypedKey(k)
}

type cardButton struct {
	widgets.Button
	leave func()
}

func newCardButton(name, tip string, icon fyne.Resource, do, leave func()) *cardButton {
	b := &cardButton{leave: leave}
	b.Text, b.Icon, b.OnTapped = name, icon, do
	b.SetTip(tip)
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey leaves at Escape.
func (b *cardButton) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		b.leave()
		return
	}
	b.Button.TypedKey(k)
}

// leaving makes a line of typing put its card away at Escape and press the
// card's button at Enter.
func leaving(e *widgets.Entry, leave, enter func()) {
	e.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyEscape:
			leave()
		case fyne.KeyReturn, fyne.KeyEnter:
			enter()
		default:
			return false
		}
		return true
	}
}
