package estatemap

import (
	"fyne.io/fyne/v2"

	"github.com/planting-the-flag/flagstone/app/widgets"
)

// Controls of the cards over the map: Escape puts the card away, whichever of
// them has the keys.

func newCheck(name string, on bool, do func(bool), leave func()) *widgets.Check {
	c := widgets.NewCheck(name, do).Leaving(leave)
	c.Checked = on
	return c
}

func newSelect(options []string, chosen string, do func(string), leave func()) *widgets.Select {
	s := widgets.NewSelect(options, do).Leaving(leave)
	s.Selected = chosen
	return s
}

func newCardButton(name, tip string, icon fyne.Resource, do, leave func()) *widgets.Button {
	return widgets.NewButton(name, tip, icon, do).Leaving(leave)
}

// leaving makes a line of typing put its card away at Escape and press the
// card's button at Enter.
func leaving(e *widgets.Entry, leave, enter func()) {
	e.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyEscape:
			leave()
		case fyne.KeyReturn, fyne.KeyEnter:
			enter()
		default:
			return false
		}
		return true
	}
}
