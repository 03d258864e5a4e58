package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/words"
)

// dismiss puts away the card that an object lies on, and says whether it lay on
// one.
func dismiss(o fyne.CanvasObject) bool {
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
type Select struct{ widget.Select }

// NewSelect makes a choice.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged, s.PlaceHolder = options, changed, words.T("Choose one")
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey puts the card away at Escape.
func (s *Select) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape && dismiss(s) {
		return
	}
	s.Select.TypedKey(k)
}
