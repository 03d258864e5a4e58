package widgets

import (
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Tipped is a word with a tip that says what it means.
type Tipped struct {
	widget.Label
	tip string
}

// NewTipped makes a word with a tip.
func NewTipped(text, tip string) *Tipped {
	t := &Tipped{tip: tip}
	t.Text = text
	t.ExtendBaseWidget(t)
	return t
}

// MouseIn shows the tip.
func (t *Tipped) MouseIn(e *desktop.MouseEvent) { ShowTip(t, t.tip, e.AbsolutePosition) }

// MouseMoved is needed to hear of the pointer at all.
func (t *Tipped) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides it.
func (t *Tipped) MouseOut() { HideTip(t) }
