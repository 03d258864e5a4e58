package importing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// passwordPage stands for a file that cannot be read: it says why, and asks for
// the password where one would open it.
type passwordPage struct {
	v      *View
	path   string
	said   *widget.Label
	entry  *widget.Entry
	ask    *fyne.Container
	object fyne.CanvasObject
}

func newPassword(v *View) *passwordPage {
	p := &passwordPage{v: v, said: widgets.NewProse(""), entry: widget.NewPasswordEntry()}
	p.entry.PlaceHolder = words.T("Password of the file")
	p.entry.OnSubmitted = func(string) { p.open() }
	b := widgets.NewButton(words.T("Open the file"), words.T("Read it with this password; the password is not kept"), nil, p.open)
	p.ask = container.NewVBox(container.NewHBox(widgets.Wide(280, p.entry), b), widgets.NewCaption(words.T("The password is only used now. It is not kept.")))
	p.object = widgets.Inset(12, 16, container.NewVBox(p.said, p.ask))
	return p
}

func (p *passwordPage) show(f *app.FilePreview) {
	if p.path != f.Path {
		p.entry.SetText("")
	}
	p.path = f.Path
	p.said.SetText(f.Problem)
	p.ask.Hidden = !f.Password
}

func (p *passwordPage) open() {
	if p.entry.Text != "" {
		p.v.Choose(app.ImportChoice{Password: &app.PasswordChoice{Path: p.path, Password: p.entry.Text}})
	}
}
