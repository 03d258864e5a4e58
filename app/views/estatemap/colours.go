package estatemap

import (
	"image/color"

	"fyne.io/fyne/v2/theme"

	"github.com/planting-the-flag/flagstone/app/look"
)

func hex(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

// orderedMarks are five steps from least to most and the mark of what is not
// known. The colours are those of viridis (Smith and van der Walt, 2015):
// everybody can tell them apart, and in grey they run from light to dark.
func orderedMarks() []look.Mark {
	c := []uint32{0xfde725, 0x5ec962, 0x21918c, 0x3b528b, 0x440154}
	if look.Current().Dark() { // on a dark ground more is brighter
		c = []uint32{0x5b3a8c, 0x4a6bb0, 0x2fa8a0, 0x7ad66b, 0xfde725}
	}
	out := make([]look.Mark, maxClasses)
	for i := range out {
		out[i] = look.Mark{Shape: look.Circle, Colour: hex(c[min(i, len(c)-1)])}
	}
	marks := look.Marks()
	out[maxClasses-1] = marks[len(marks)-1]
	return out
}

// heatColours are five steps of one hue that no mark has, from few to many.
func heatColours() []color.NRGBA {
	c := []uint32{0xe6dff1, 0xcdbfe3, 0xb09bd2, 0x8f72bd, 0x6c47a3}
	switch look.Current().Name() {
	case "dark":
		c = []uint32{0x2f2b42, 0x3f3860, 0x534884, 0x6a5aab, 0x8672d6}
	case "high contrast":
		c = []uint32{0x2a2050, 0x46348a, 0x6448c4, 0x8a6cf0, 0xb7a2ff}
	}
	out := make([]color.NRGBA, len(c))
	for i, v := range c {
		out[i] = hex(v)
	}
	return out
}

// baseStyle is the colours of the look in force.
func baseStyle(ordered bool) Style {
	st := Style{
		Water: look.Colour(look.Water), Land: look.Colour(look.Land), Edge: look.Colour(look.LandEdge), Halo: look.Colour(look.Panel),
		Ink: look.Colour(theme.ColorNameForeground), Accent: look.Colour(look.Accent), Bad: look.Colour(look.Bad), Good: look.Colour(look.Good),
		Muted: look.Colour(look.Muted), Marks: look.Marks(), Heat: heatColours(), Chosen: -1, Scale: 1, Ordered: ordered,
	}
	if ordered {
		st.Marks = orderedMarks()
	}
	return st
}
