package look

import (
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/planting-the-flag/flagstone/assets"
)

// signs are the glyphs that the toolkit's type family lacks, by weight. Without
// them a minus would be drawn with whatever the machine has, or not at all.
var signs = sync.OnceValue(func() (r [2]fyne.Resource) {
	for i, name := range []string{"signs-regular.ttf", "signs-bold.ttf"} {
		b, err := assets.Fonts.ReadFile("fonts/" + name)
		if err != nil {
			panic(err) // it is embedded
		}
		r[i] = fyne.NewStaticResource(name, b)
	}
	return r
})

// Font is the signs, and through them the one type family: the toolkit takes
// every glyph that a font of a theme lacks, letters and figures here, from its
// own. A space takes the font of the letter before it, so the signs have one, as
// wide as the toolkit's; their lines are as high.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace, s.Symbol:
		return theme.DefaultTheme().Font(s)
	case s.Bold:
		return signs()[1]
	}
	return signs()[0]
}
