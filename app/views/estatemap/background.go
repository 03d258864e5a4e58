package estatemap

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/views/estatemap/tiles"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// switchBackground takes up what the settings now say.
func (v *View) switchBackground() {
	if err := v.useBackdrop(); err != nil {
		v.desk.Tell(app.Message{Text: app.Sentence(err.Error()), Bad: true})
	}
	v.showCredit()
	v.refresh()
	v.fetchTiles()
}

// backgroundCard asks for the address of a background map's tiles and whom to
// name for it.
func (v *View) backgroundCard() {
	c := fyne.CurrentApp().Driver().CanvasForObject(v.canvas)
	if c == nil {
		return
	}
	_, at, by := v.settings.Background()
	var pop *widget.PopUp
	wrong := widgets.NewCaption("")
	wrong.Importance = widget.DangerImportance
	wrong.Hide()
	address := widgets.NewEntry("https://tiles.example.org/{z}/{x}/{y}.png", nil)
	address.SetText(at)
	credit := widgets.NewEntry(words.T("© the owner of the map"), nil)
	credit.SetText(by)
	show := func() {
		s := tiles.Source{Template: strings.TrimSpace(address.Text), Credit: strings.TrimSpace(credit.Text)}
		err := s.Check()
		if err == nil && s.Credit == "" {
			err = tiles.Refused(words.T("Type whom the map must name: owners of maps ask for it."))
		}
		if err != nil {
			wrong.SetText(err.Error())
			wrong.Show()
			pop.Resize(pop.MinSize())
			return
		}
		v.settings.SetBackground(true, s.Template, s.Credit)
		pop.Hide()
		v.switchBackground()
	}
	leave := func() { pop.Hide() }
	leaving(address, leave, show)
	leaving(credit, leave, show)
	kept := ""
	if v.backdrop != nil {
		if n := v.backdrop.Kept(); n > 0 {
			kept = words.F(" %s MB are kept now.", format.Number(float64(n)/(1<<20), 1))
		}
	}
	forget := newCardButton(words.T("Remove kept tiles"), words.T("Delete what was fetched from this computer"), nil, func() {
		if v.backdrop == nil {
			return
		}
		if err := v.backdrop.Forget(); err != nil {
			v.desk.Tell(app.Explain(words.T("The kept tiles could not be removed"), err))
			return
		}
		pop.Hide()
		v.desk.Tell(app.Message{Text: words.T("The kept tiles are removed.")})
	}, leave)
	if v.backdrop == nil || kept == "" {
		forget.Hide()
	}
	form := container.New(layout.NewFormLayout(), widget.NewLabel(words.T("Address of tiles")), address, widget.NewLabel(words.T("Name on the map")), credit)
	about := widgets.NewCaption(words.F("The map then asks this server for pictures of the places you look at, and keeps up to 200 MB of them on this computer. Nothing of the project is sent. Use a map you have permission for.%s", kept))
	main := newCardButton(words.T("Show this map"), words.T("Switch the background map on"), nil, show, leave)
	main.Main()
	body := container.NewVBox(widgets.NewSub(words.T("Background map")), about, form, wrong,
		container.NewHBox(forget, layout.NewSpacer(), newCardButton(words.T("Cancel"), words.T("Close without changes (Escape)"), nil, leave, leave), main))
	pop = widget.NewPopUp(widgets.Inset(8, 12, widgets.Wide(520, body)), c)
	pop.ShowAtPosition(fyne.NewPos(max(8, (c.Size().Width-pop.MinSize().Width)/2), 90))
	c.Focus(address)
}
