package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/words"
)

// dismiss leaves what an object lies on: in a way of its own, or by putting away
// the card over the window. It says whether there was anything to leave.
func dismiss(o fyne.CanvasObject, leave func()) bool {
	if leave != nil {
		leave()
		return true
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return false
	}
	top := c.Overlays().Top()
	if top == nil {
		return false
	}
	top.Hide()
	return true
}

// Select is a choice on a card that Escape puts away.
type Select struct {
	widget.Select
	leave func()
}

// NewSelect makes a choice.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged, s.PlaceHolder = options, changed, words.T("Choose one")
	s.ExtendBaseWidget(s)
	return s
}

// Leaving makes Escape leave in another way.
func (s *Select) Leaving(leave func()) *Select {
	s.leave = leave
	return s
}

// TypedKey puts the card away at Escape.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && dismiss(s, s.leave) {
		return
	}
	s.Select.TypedKey(k)
}
