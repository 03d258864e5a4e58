package pdf

import (
	"math"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/chart/face"
)

// The page: A4 in points, with margins that leave room for a hand and a hole punch.
const (
	a4W, a4H     = 595.28, 841.89
	marginX      = 68.0
	marginTop    = 62.0
	marginBottom = 74.0 // the footer stands in it
	footerY      = 44.0 // of the footer's baseline above the bottom edge
	prose        = 412.0
)

// The sizes: four, and one more for the title.
const (
	sizeTitle = 25.0
	sizeLarge = 15.0
	sizeHead  = 11.5
	sizeBody  = 9.5
	sizeSmall = 8.0
	leading   = 1.42
)

var (
	ink   = chart.Print.Ink
	muted = chart.Print.Muted
	rule  = chart.RGB{R: 0xC9, G: 0xD1, B: 0xD6}
	tint  = chart.RGB{R: 0xF1, G: 0xF5, B: 0xF7}
)

var bold = face.Style{Bold: true}

// accentOf reads the house colour; one that is too pale to read as text on white gives way to the default.
func accentOf(s string) chart.RGB {
	v, err := strconv.ParseUint(strings.TrimPrefix(strings.TrimSpace(s), "#"), 16, 32)
	if err != nil || len(strings.TrimPrefix(strings.TrimSpace(s), "#")) != 6 {
		return chart.Print.Accent
	}
	c := chart.RGB{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v)}
	if 1.05/(luminance(c)+0.05) < 4.5 {
		return chart.Print.Accent
	}
	return c
}

// luminance is relative luminance as WCAG 2 defines it.
func luminance(c chart.RGB) float64 {
	f := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}
