package shell

import (
	"testing"

	"fyne.io/fyne/v2"
)

// At 200 % of a full-HD screen, and at 150 % of a small laptop's, no place pushes the status line out of the window.
func TestEveryPlaceFitsASmallWindow(t *testing.T) {
	w, _ := opened(t, 3, false)
	for _, z := range []fyne.Size{fyne.NewSize(960, 540), fyne.NewSize(911, 512)} {
		for _, id := range []string{"portfolio", "map", "challenge", "space", "scenarios", "carbon", "reports", "assumptions", "findings", betterPlace, settingsPlace, importPlace} {
			w.GoTo(id)
			if m := w.win.Content().MinSize(); m.Width > z.Width || m.Height > z.Height {
				t.Errorf("%s needs %v, the window is %v", id, m, z)
			}
		}
	}
}
