package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// luminance and contrast are as WCAG 2.2 defines them (relative luminance, contrast ratio).
func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// over lays a colour that may be see-through on another.
func over(top, under color.NRGBA) color.NRGBA {
	a := float64(top.A) / 255
	mix := func(t, u uint8) uint8 { return uint8(math.Round(float64(t)*a + float64(u)*(1-a))) }
	return color.NRGBA{mix(top.R, under.R), mix(top.G, under.G), mix(top.B, under.B), 255}
}

// Every text is read at 4.5:1 at least (WCAG 2.2, 1.4.3), also on a button that has the keys, the pointer or is pressed.
func TestContrast(t *testing.T) {
	test.NewTempApp(t)
	if got := contrast(rgb(0), rgb(0xffffff)); got != 21 {
		t.Fatalf("black on white is 21:1, not %v", got)
	}
	for _, th := range []*Theme{lightTheme, darkTheme, contrastTheme} {
		get := func(n fyne.ThemeColorName) color.NRGBA {
			return color.NRGBAModel.Convert(th.Color(n, 0)).(color.NRGBA)
		}
		check := func(what string, text, on color.NRGBA) {
			if c := contrast(text, on); c < 4.5 {
				t.Errorf("%s: %s %.2f:1", th.name, what, c)
			}
		}
		buttons := [][2]fyne.ThemeColorName{{theme.ColorNameButton, theme.ColorNameForeground}, {theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary},
			{theme.ColorNameError, theme.ColorNameForegroundOnError}, {theme.ColorNameWarning, theme.ColorNameForegroundOnWarning}, {theme.ColorNameSuccess, theme.ColorNameForegroundOnSuccess}}
		for _, b := range buttons {
			check(string(b[0])+" button", get(b[1]), get(b[0]))
			for _, state := range []fyne.ThemeColorName{theme.ColorNameFocus, theme.ColorNameHover, theme.ColorNamePressed} {
				check(string(b[0])+" button, "+string(state), get(b[1]), over(get(state), get(b[0])))
			}
		}
		for _, ground := range []fyne.ThemeColorName{Panel, Chrome, Stripe, RowChosen, theme.ColorNameBackground, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground, theme.ColorNameHeaderBackground, theme.ColorNameInputBackground} {
			check("text on "+string(ground), get(theme.ColorNameForeground), get(ground))
			if ground != RowChosen {
				check("quiet text on "+string(ground), get(Muted), get(ground))
			}
		}
		for _, ink := range []fyne.ThemeColorName{Accent, Good, Bad, Modelled, theme.ColorNameHyperlink, theme.ColorNameError, theme.ColorNameWarning, theme.ColorNameSuccess} {
			for _, ground := range []fyne.ThemeColorName{Panel, Chrome, Stripe} {
				check(string(ink)+" on "+string(ground), get(ink), get(ground))
			}
		}
		check("placeholder", get(theme.ColorNamePlaceHolder), get(theme.ColorNameInputBackground))
	}
}
