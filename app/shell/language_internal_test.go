package shell

import (
	"testing"

	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/language"
	"github.com/planting-the-flag/flagstone/app/words"
)

// radio is the group of the settings that offers a choice.
func radio(w *Window, choice string) *widget.RadioGroup {
	for _, g := range []*widget.RadioGroup{w.prefs.look, w.prefs.scale, w.prefs.speech} {
		for _, o := range g.Options {
			if o == choice {
				return g
			}
		}
	}
	return nil
}

func TestTheLanguageChosenIsSpokenAtTheNextStart(t *testing.T) {
	defer words.Use(nil)
	w, _ := opened(t, 3, false)
	w.openSettings()
	g := radio(w, "Cymraeg (drafft)")
	if g == nil || g.Selected != "English" {
		t.Fatalf("the settings do not offer the languages: %v", g)
	}
	before := w.prefs.next.Text
	g.SetSelected("Cymraeg (drafft)")
	if w.settings.Language() != "cy" || w.prefs.next.Text == before {
		t.Errorf("%q was kept, and said is %q", w.settings.Language(), w.prefs.next.Text)
	}
	if err := language.Speak(w.settings.Language()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := language.Speak(language.English); err != nil {
			t.Error(err)
		}
	}()
	next, _ := opened(t, 3, false)
	if got := next.places[0].label; got != "Portffolio" {
		t.Errorf("the first place is called %q", got)
	}
	if m := next.menu.Items[0].Label; m != "Ffeil" {
		t.Errorf("the first menu is called %q", m)
	}
	next.openSettings()
	if radio(next, "Golau") == nil {
		t.Error("the looks are not in Welsh")
	}
}
