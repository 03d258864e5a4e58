package importing

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// layouts are the saved ones; nil when there is nowhere to keep them.
func (v *View) layouts() app.Layouts {
	if ws := v.desk.Workspace(); ws != nil {
		return ws.Layouts()
	}
	return nil
}

// ask for one line of text; names are offered to choose from.
func (v *View) ask(title, verb, text string, names []string, then func(string)) {
	var e *widget.Entry
	var line fyne.CanvasObject
	var d *dialog.CustomDialog
	if len(names) > 0 {
		x := widget.NewSelectEntry(names)
		e, line = &x.Entry, x
	} else {
		x := widgets.NewEntry(words.T("Name"), nil)
		x.OnKey = func(k *fyne.KeyEvent) bool {
			if k.Name == fyne.KeyEscape {
				d.Hide()
			}
			return k.Name == fyne.KeyEscape
		}
		e, line = &x.Entry, x
	}
	e.PlaceHolder = words.T("Name")
	e.SetText(text)
	do := widget.NewButtonWithIcon(verb, theme.ConfirmIcon(), nil)
	do.Importance = widget.HighImportance
	done := func() {
		if s := strings.TrimSpace(e.Text); s != "" {
			d.Hide()
			then(s)
		}
	}
	do.OnTapped = done
	e.OnSubmitted = func(string) { done() }
	d = dialog.NewCustomWithoutButtons(title, widgets.AtLeast(380, 40, line), v.win)
	d.SetButtons([]fyne.CanvasObject{widget.NewButton(words.T("Cancel"), func() { d.Hide() }), do})
	d.Show()
	if f, ok := line.(fyne.Focusable); ok {
		v.win.Canvas().Focus(f)
	}
}

// rememberLayout keeps what the columns of the files mean, under a name.
func (v *View) rememberLayout() {
	l, f := v.layouts(), v.shown()
	if l == nil || f == nil {
		return
	}
	name := strings.TrimSuffix(f.File, filepath.Ext(f.File))
	for i := range f.Tables {
		if f.Tables[i].Saved != "" {
			name = f.Tables[i].Saved
		}
	}
	v.ask(words.T("Remember this layout as"), words.T("Remember"), name, nil, func(name string) {
		if err := l.Keep(v.preview, name); err != nil {
			v.desk.Tell(app.Explain(words.T("The layout could not be saved"), err))
			return
		}
		v.desk.Tell(app.Message{Text: words.F("Saved. The same layout is recognised as “%s” from now on.", name)})
		v.Choose(app.ImportChoice{Kept: true})
	})
}

// manageLayouts lists the saved layouts, to rename, forget, give away and take
// in.
func (v *View) manageLayouts() {
	l := v.layouts()
	if l == nil {
		return
	}
	box := container.NewVBox()
	var fill func()
	tell := func(doing string, err error) bool {
		if err != nil {
			v.desk.Tell(app.Explain(doing, err))
			return false
		}
		v.Choose(app.ImportChoice{Layouts: true})
		fill()
		return true
	}
	fill = func() {
		box.RemoveAll()
		list, err := l.List()
		if err != nil {
			w := widgets.NewProse(app.Sentence(err.Error()))
			w.Importance = widget.DangerImportance
			box.Add(w)
		}
		if len(list) == 0 {
			box.Add(widgets.NewProse(words.T("No layout is saved yet. When you change what a column means, choose “Remember this layout” on the page Columns: files with the same columns are then read the same way.")))
		}
		for _, x := range list {
			about := format.Count(x.Columns, "column", "columns") + ", " + strings.ToLower(kindTitle(x.Kind))
			if x.Saved != "" {
				about += words.F(", saved %s", format.Date(x.Saved))
			}
			name := widget.NewLabel(x.Name)
			name.TextStyle.Bold, name.Truncation = true, fyne.TextTruncateEllipsis
			buttons := container.NewHBox(
				widgets.NewButton(words.T("Rename…"), "", nil, func() {
					v.ask(words.F("Rename “%s” to", x.Name), words.T("Rename"), x.Name, nil, func(to string) { tell(words.T("The layout could not be renamed"), l.Rename(x.Name, to)) })
				}).Quiet(),
				widgets.NewButton(words.T("Save a copy…"), words.T("A file to give to somebody else"), nil, func() {
					v.actions.Save(x.Name, ".json", func(path string) {
						if err := l.SaveTo(x.Name, path); err != nil {
							v.desk.Tell(app.Explain(words.T("The layout could not be written"), err))
							return
						}
						v.desk.Tell(app.Message{Text: words.F("Layout written: %s", path), File: path})
					})
				}).Quiet(),
				widgets.NewButton(words.T("Forget"), "", theme.DeleteIcon(), func() {
					c := dialog.NewConfirm(words.F("Forget “%s”?", x.Name), words.T("Files with these columns are then read by the general rules again."), func(yes bool) {
						if yes {
							tell(words.T("The layout could not be forgotten"), l.Forget(x.Name))
						}
					}, v.win)
					c.SetConfirmText(words.T("Forget it"))
					c.SetConfirmImportance(widget.DangerImportance)
					c.SetDismissText(words.T("Keep it"))
					c.Show()
				}).Quiet())
			box.Add(container.NewBorder(nil, nil, nil, buttons, container.NewVBox(name, widgets.NewCaption(about))))
		}
		box.Refresh()
	}
	fill()
	var d *dialog.CustomDialog
	load := widgets.NewButton(words.T("Take one in…"), words.T("A layout that somebody gave you (JSON)"), theme.FolderOpenIcon(), func() {
		v.actions.Open([]string{".json"}, func(path string) {
			name, err := l.LoadFrom(path)
			if tell(words.T("The layout could not be taken in"), err) {
				v.desk.Tell(app.Message{Text: words.F("Layout “%s” taken in.", name)})
			}
		})
	})
	d = dialog.NewCustomWithoutButtons(words.T("Saved layouts"), container.NewVScroll(box), v.win)
	d.SetButtons([]fyne.CanvasObject{load, widget.NewButton(words.T("Close"), func() { d.Hide() })})
	z := v.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(700, z.Width-80), min(440, z.Height-80)))
	v.card = d
	d.SetOnClosed(func() { v.card = nil })
	d.Show()
	v.win.Canvas().Unfocus() // Escape is then the window's, which hands it to Leave
}
