package look

import "image/color"

// Shape is the form of a mark, so that a class is told by more than colour.
type Shape int

// The shapes of marks.
const (
	Circle Shape = iota
	Square
	Triangle
	Diamond
	Pentagon
	Cross
	Ring
	Wedge // triangle on its point
)

// Mark is how a class is drawn.
type Mark struct {
	Shape  Shape
	Colour color.NRGBA
}

// Marks are the classes of maps and legends, after Okabe and Ito (2008): eight
// colours that people with any colour vision tell apart, each with a shape.
// The last serves for everything else.
func Marks() []Mark {
	if Current().Dark() {
		return []Mark{
			{Circle, rgb(0x56b4e9)}, {Square, rgb(0xe69f00)}, {Triangle, rgb(0xff8a5c)}, {Diamond, rgb(0x2fc79b)},
			{Pentagon, rgb(0xe7a2cb)}, {Cross, rgb(0xf0e442)}, {Wedge, rgb(0x9db7ff)}, {Ring, rgb(0xb4bcc4)},
		}
	}
	return []Mark{
		{Circle, rgb(0x0072b2)}, {Square, rgb(0xe69f00)}, {Triangle, rgb(0xd55e00)}, {Diamond, rgb(0x009e73)},
		{Pentagon, rgb(0xb0588f)}, {Cross, rgb(0x6a5d00)}, {Wedge, rgb(0x4a5fb5)}, {Ring, rgb(0x6b747d)},
	}
}
