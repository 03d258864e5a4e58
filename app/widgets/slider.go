package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Slider is a slider with a tip.
type Slider struct {
	widget.Slider
	tip string
}

// NewSlider makes a slider from low to high. The tip says what it moves.
func NewSlider(low, high float64, tip string) *Slider {
	s := &Slider{tip: tip}
	s.Min, s.Max, s.Step = low, high, 1
	s.ExtendBaseWidget(s)
	return s
}

// MouseIn shows the tip.
func (s *Slider) MouseIn(e *desktop.MouseEvent) {
	s.Slider.MouseIn(e)
	ShowTip(s, s.tip, e.AbsolutePosition)
}

// MouseOut hides it.
func (s *Slider) MouseOut() {
	s.Slider.MouseOut()
	HideTip(s)
}

// Dragged moves it; the tip would be in the way.
func (s *Slider) Dragged(e *fyne.DragEvent) {
	HideTip(s)
	s.Slider.Dragged(e)
}
