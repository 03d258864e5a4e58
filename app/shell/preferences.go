package shell

import (
	"os"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/language"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/settings"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// looks are the looks that can be chosen, with their words.
var looks = []struct{ id, label string }{
	{settings.ThemeSystem, words.Later("As the system")}, {settings.ThemeLight, words.Later("Light")}, {settings.ThemeDark, words.Later("Dark")}, {settings.ThemeContrast, words.Later("High contrast")},
}

// scales are the sizes that can be chosen.
var scales = []struct {
	v     float64
	label string
}{{1, "100 %"}, {1.25, "125 %"}, {1.5, "150 %"}, {2, "200 %"}}

// preferences is the place where the window is set to the user's liking. It is
// not in the navigation: the File menu and the palette lead there.
type preferences struct {
	w       *Window
	look    *widget.RadioGroup
	scale   *widget.RadioGroup
	speech  *widget.RadioGroup
	next    *widget.Label // says when a chosen language is spoken
	log     *widget.Label
	filling bool
	object  fyne.CanvasObject
}

func newPreferences(w *Window) *preferences {
	p := &preferences{w: w, log: widgets.NewCaption(""), next: widgets.NewCaption("")}
	var names, sizes []string
	for _, l := range looks {
		names = append(names, words.T(l.label))
	}
	for _, s := range scales {
		sizes = append(sizes, s.label)
	}
	p.look = widget.NewRadioGroup(names, func(chosen string) {
		for _, l := range looks {
			if words.T(l.label) == chosen && !p.filling {
				w.SetTheme(l.id)
			}
		}
	})
	p.scale = widget.NewRadioGroup(sizes, func(chosen string) {
		for _, s := range scales {
			if s.label == chosen && !p.filling {
				w.SetScale(s.v)
			}
		}
	})
	var tongues []string
	for _, l := range language.Offered {
		tongues = append(tongues, l.Name)
	}
	p.speech = widget.NewRadioGroup(tongues, func(chosen string) {
		for _, l := range language.Offered {
			if l.Name == chosen && !p.filling {
				w.settings.SetLanguage(l.Tag)
				p.sayWhen()
			}
		}
	})
	p.look.Required, p.scale.Required, p.speech.Required = true, true, true
	p.speech.Horizontal = true
	p.scale.Horizontal = true
	tour := widgets.NewButton(words.T("Show me around again"), words.T("Five steps through the window"), theme.NavigateNextIcon(), w.tourAgain)
	folder := widgets.NewButton(words.T("Open the log folder"), words.T("Where the log and reports of crashes are kept"), theme.FolderOpenIcon(), w.openLog)
	shut := widgets.NewButton(words.T("Done"), words.T("Back to where you were (Escape)"), nil, w.leavePassing).Main()
	col := container.NewVBox(container.NewBorder(nil, nil, nil, shut, widgets.NewHeading(words.T("Settings"))),
		widgets.NewSub(words.T("Look")), p.look,
		widgets.NewSub(words.T("Size of everything")), p.scale,
		widgets.NewCaption(words.T("Applied at once. At 200 % on a small screen the detail pane is put away; Ctrl+D brings it back. If everything became too large to reach, Ctrl+0 takes it back to 100 %.")),
		widgets.NewSub(words.T("Language")), p.speech, p.next,
		widgets.NewSub(words.T("Help")), container.NewHBox(tour, folder), p.log)
	p.object = container.NewVScroll(widgets.Inset(12, 20, container.New(widgets.Margin(0, 0), col)))
	return p
}

// Object is what the shell shows.
func (p *preferences) Object() fyne.CanvasObject { p.fill(); return p.object }

// Focus is where keys go.
func (p *preferences) Focus() fyne.Focusable { return nil }

func (p *preferences) fill() {
	p.filling = true
	defer func() { p.filling = false }()
	for _, l := range looks {
		if l.id == p.w.settings.Theme() {
			p.look.SetSelected(words.T(l.label))
		}
	}
	for _, l := range language.Offered {
		if l.Tag == p.w.settings.Language() {
			p.speech.SetSelected(l.Name)
		}
	}
	p.sayWhen()
	p.scale.Selected = ""
	for _, s := range scales {
		if s.v == p.w.settings.Scale() {
			p.scale.Selected = s.label
		}
	}
	p.scale.Refresh()
	if l := p.w.p.Log; l != nil {
		p.log.SetText(words.F("The log is %s", l.Path()))
	}
}

// sayWhen says when the window speaks the language that was chosen.
func (p *preferences) sayWhen() {
	p.next.SetText(words.T("Papers, workbooks and the words of the data stay in English."))
	if p.w.settings.Language() != language.Spoken() {
		p.next.SetText(words.T("The window speaks this language when Flagstone is started the next time. Papers, workbooks and the words of the data stay in English."))
	}
}

// SetScale changes the size of everything at once.
func (w *Window) SetScale(v float64) {
	old := w.win.Canvas().Scale()
	z := w.win.Canvas().Size()
	w.settings.SetScale(v)
	_ = os.Setenv(scaleVariable, strconv.FormatFloat(w.settings.Scale(), 'f', 2, 64))
	w.p.App.Settings().SetTheme(look.New(w.settings.Theme(), w.p.App.Settings().ThemeVariant())) // makes the window read its scale again
	w.p.Post(func() {
		if now := w.win.Canvas().Scale(); now != old && now > 0 && !w.win.FullScreen() { // as large on the screen as before
			w.win.Resize(fyne.NewSize(z.Width*old/now, z.Height*old/now))
		}
		w.restyle()
		w.buildMenu()
	})
	w.desk.Tell(app.Message{Text: words.F("Everything is shown at %d %%. Ctrl+0 takes it back to 100 %%.", int(v*100+0.5))})
}

// scaleVariable is how the toolkit is told the size of everything.
const scaleVariable = "FYNE_SCALE"
