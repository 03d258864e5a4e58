package chart

import "fmt"

// Canvas is what a chart is drawn on: points (1/72 inch) from the top left, y growing downwards. Nothing is transparent and
// nothing is turned, so every backend can be exact.
type Canvas interface {
	// Polygon fills rings (even-odd) and strokes their outline; a nil Paint or a zero width leaves that out.
	Polygon(rings [][]XY, fill Paint, stroke Stroke)
	// Polyline strokes an open line.
	Polyline(points []XY, stroke Stroke)
	// Circle fills and strokes a circle.
	Circle(at XY, radius float64, fill Paint, stroke Stroke)
	// Text writes one line with its baseline at the point. The characters are those the faces have.
	Text(at XY, s string, style TextStyle)
}

// RGB is an opaque colour.
type RGB struct{ R, G, B uint8 }

// Paint is a colour, or nil for none.
type Paint = *RGB

// Hex is the colour as "#rrggbb".
func (c RGB) Hex() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Mix blends towards another colour: 0 is c, 1 is d.
func (c RGB) Mix(d RGB, t float64) RGB {
	m := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*t + 0.5) }
	return RGB{m(c.R, d.R), m(c.G, d.G), m(c.B, d.B)}
}

// Stroke is how a line is drawn.
type Stroke struct {
	Colour RGB
	Width  float64
	// Dash is the lengths of line and gap in turn; solid when empty.
	Dash []float64
}

// Anchor says which end of a text its point is.
type Anchor int

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// TextStyle is how a line of text is drawn.
type TextStyle struct {
	Size         float64
	Bold, Italic bool
	Colour       RGB
	Anchor       Anchor
}

// Theme is the colours of a picture.
type Theme struct {
	Background, Ink, Muted, Grid, Accent RGB
	// Series colours are Okabe and Ito's, which people with any colour vision can tell apart.
	Series []RGB
	// Low and High are the ends of the shades of a map.
	Low, High RGB
}

func hex(v uint32) RGB { return RGB{uint8(v >> 16), uint8(v >> 8), uint8(v)} }

var okabeIto = []RGB{hex(0x0072B2), hex(0xE69F00), hex(0x009E73), hex(0xD55E00), hex(0x56B4E9), hex(0xCC79A7), hex(0xF0E442), hex(0x7A7A7A)}

// The themes. Print is for paper and light windows; Dark and HighContrast are designed, not inverted.
var (
	Print = Theme{
		Background: hex(0xFFFFFF), Ink: hex(0x1B2730), Muted: hex(0x55626C), Grid: hex(0xDFE4E8), Accent: hex(0x0B5C73),
		Series: okabeIto, Low: hex(0xE6F0F2), High: hex(0x0B4A5E),
	}
	Light = Print
	Dark  = Theme{
		Background: hex(0x1B2228), Ink: hex(0xE8EDF0), Muted: hex(0xA9B5BD), Grid: hex(0x36414A), Accent: hex(0x5CC3DC),
		Series: []RGB{hex(0x56B4E9), hex(0xE69F00), hex(0x2FC79A), hex(0xF07B3A), hex(0x8F9BFF), hex(0xE09CC4), hex(0xF0E442), hex(0xB0B0B0)},
		Low:    hex(0x24404A), High: hex(0x9BE3F5),
	}
	HighContrast = Theme{
		Background: hex(0xFFFFFF), Ink: hex(0x000000), Muted: hex(0x000000), Grid: hex(0x9A9A9A), Accent: hex(0x003B6F),
		Series: []RGB{hex(0x00518A), hex(0xC77F00), hex(0x006B4E), hex(0xA84300), hex(0x2B86BD), hex(0x9C3F73), hex(0x8A7F00), hex(0x303030)},
		Low:    hex(0xE8E8E8), High: hex(0x00283C),
	}
)

// series is the colour of the nth series.
func (t Theme) series(i int) RGB { return t.Series[((i%len(t.Series))+len(t.Series))%len(t.Series)] }
