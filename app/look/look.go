// Package look is how Flagstone looks: the light, dark and high-contrast
// themes, each designed for itself, the sizes of text and space, and the
// palette of marks on maps and charts.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours of our own, beside those of Fyne.
const (
	Muted     fyne.ThemeColorName = "flagstone.muted"  // second-rank text
	Panel     fyne.ThemeColorName = "flagstone.panel"  // where content lies
	Chrome    fyne.ThemeColorName = "flagstone.chrome" // navigation, top bar, status line
	Stripe    fyne.ThemeColorName = "flagstone.stripe" // every other row
	Accent    fyne.ThemeColorName = "flagstone.accent"
	Good      fyne.ThemeColorName = "flagstone.good"
	Bad       fyne.ThemeColorName = "flagstone.bad"
	Modelled  fyne.ThemeColorName = "flagstone.modelled" // the mark of a modelled figure
	Land      fyne.ThemeColorName = "flagstone.land"
	LandEdge  fyne.ThemeColorName = "flagstone.landedge"
	Water     fyne.ThemeColorName = "flagstone.water" // around the land
	RowChosen fyne.ThemeColorName = "flagstone.row"
	KeyRing   fyne.ThemeColorName = "flagstone.ring" // around what has the keys
)

// The four sizes of text, and space.
const (
	Caption = 11
	Body    = 13
	Sub     = 15
	Heading = 20
	Gap     = 4
)

// Extra sizes asked of the theme.
const (
	TextSub     = theme.SizeNameSubHeadingText
	TextHeading = theme.SizeNameHeadingText
)

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func rgba(v uint32, a uint8) color.NRGBA {
	c := rgb(v)
	c.A = a
	return c
}

// Theme is one look.
type Theme struct {
	name    string
	colours map[fyne.ThemeColorName]color.NRGBA
	dark    bool
}

// Name says which look it is.
func (t *Theme) Name() string { return t.name }

// Dark says whether light text lies on a dark ground.
func (t *Theme) Dark() bool { return t.dark }

// Color returns the colour of this look, whatever the system prefers.
func (t *Theme) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := t.colours[n]; ok {
		return c
	}
	v := theme.VariantLight
	if t.dark {
		v = theme.VariantDark
	}
	return theme.DefaultTheme().Color(n, v)
}

// Icon takes Fyne's icons.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size keeps text to four sizes and space to multiples of four.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return Body
	case theme.SizeNameCaptionText:
		return Caption
	case theme.SizeNameSubHeadingText:
		return Sub
	case theme.SizeNameHeadingText:
		return Heading
	case theme.SizeNamePadding:
		return Gap
	case theme.SizeNameInnerPadding:
		return 6
	case theme.SizeNameInlineIcon:
		return 18
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 3
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameInputBorder:
		if t.name == "high contrast" {
			return 2
		}
		return 1
	}
	return theme.DefaultTheme().Size(n)
}

// New returns the look with a name from package settings; the system's choice
// when it is "system".
func New(name string, variant fyne.ThemeVariant) *Theme {
	switch name {
	case "dark":
		return darkTheme
	case "high contrast":
		return contrastTheme
	case "light":
		return lightTheme
	}
	if variant == theme.VariantDark {
		return darkTheme
	}
	return lightTheme
}

// Current is the look in force, light when the application has another.
func Current() *Theme {
	if a := fyne.CurrentApp(); a != nil {
		if t, ok := a.Settings().Theme().(*Theme); ok {
			return t
		}
	}
	return lightTheme
}

// Colour is a colour of the look in force.
func Colour(n fyne.ThemeColorName) color.NRGBA {
	r, g, b, a := Current().Color(n, theme.VariantLight).RGBA()
	return color.NRGBAModel.Convert(color.RGBA64{uint16(r), uint16(g), uint16(b), uint16(a)}).(color.NRGBA)
}
