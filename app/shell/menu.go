package shell

import (
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

func ctrl(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
}

func ctrlShift(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
}

// alone is a key with a modifier of its own; the toolkit makes no shortcut of a
// key without one.
func alone(k fyne.KeyName, m fyne.KeyModifier) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: m}
}

func item(label string, s fyne.Shortcut, do func()) *fyne.MenuItem {
	m := fyne.NewMenuItem(label, do)
	m.Shortcut = s
	return m
}

// buildMenu makes the menus; undo and redo are renamed as steps are made.
func (w *Window) buildMenu() {
	// Fyne turns Ctrl+Z into a shortcut of its own kind before menus see it.
	undo, redo := item(words.T("Undo"), &fyne.ShortcutUndo{}, w.undo), item(words.T("Redo"), ctrlShift(fyne.KeyZ), w.redo)
	quit := item(words.T("Quit"), ctrl(fyne.KeyQ), w.Close)
	quit.IsQuit = true
	file := fyne.NewMenu(words.T("File"),
		item(words.T("New project…"), ctrl(fyne.KeyN), w.newProject),
		item(words.T("Open…"), ctrl(fyne.KeyO), w.openDialog),
		item(words.T("Save a copy as…"), ctrlShift(fyne.KeyS), w.saveAs),
		fyne.NewMenuItemSeparator(),
		item(words.T("Import…"), ctrl(fyne.KeyI), w.importDialog),
		item(words.T("Reports…"), ctrl(fyne.KeyE), func() { w.GoTo("reports") }),
		item(words.T("Freeze a decision…"), nil, w.freeze),
		fyne.NewMenuItemSeparator(),
		item(words.T("Settings…"), ctrl(fyne.KeyComma), w.openSettings),
		item(words.T("Demonstration place"), nil, w.demonstration),
		item(words.T("Close project"), ctrl(fyne.KeyW), func() { w.leave(); w.desk.Adopt(nil, nil) }),
		fyne.NewMenuItemSeparator(), quit)
	edit := fyne.NewMenu(words.T("Edit"), undo, redo, fyne.NewMenuItemSeparator(),
		item(words.T("Find in this place"), ctrl(fyne.KeyF), w.find),
		item(words.T("Search everything…"), ctrl(fyne.KeyK), func() { w.palette.open() }), fyne.NewMenuItemSeparator(),
		item(words.T("Fill the gaps…"), nil, w.fillGaps))
	view := fyne.NewMenu(words.T("View"))
	for i, p := range w.places {
		view.Items = append(view.Items, item(p.label, ctrl(fyne.KeyName(itoa(i+1))), func() { w.GoTo(p.id) }))
	}
	view.Items = append(view.Items, fyne.NewMenuItemSeparator(),
		item(words.T("Detail pane"), ctrl(fyne.KeyD), w.toggleDetail),
		item(words.T("Back to the last selection"), alone(fyne.KeyLeft, fyne.KeyModifierAlt), w.desk.Back),
		fyne.NewMenuItemSeparator(), w.themeMenu(), w.scaleMenu())
	scenario := fyne.NewMenu(words.T("Scenario"),
		item(words.T("Add action…"), ctrlShift(fyne.KeyA), func() { w.scenarios.AddAction("", w.centre) }),
		item(words.T("Find a better plan…"), ctrlShift(fyne.KeyB), func() { w.GoTo(betterPlace) }))
	help := fyne.NewMenu(words.T("Help"), item(words.T("Keys"), ctrl(fyne.KeyF1), w.keys),
		item(words.T("Show me around"), ctrl(fyne.KeyF8), w.tourAgain), item(words.T("Open the log folder"), nil, w.openLog))
	w.menu = fyne.NewMainMenu(file, edit, view, scenario, help)
	w.win.SetMainMenu(w.menu)
	name := func() {
		u, r := words.T("Undo"), words.T("Redo")
		if ws := w.desk.Workspace(); ws != nil {
			if n := ws.UndoName(); n != "" {
				u = words.F("Undo %s", n)
			}
			if n := ws.RedoName(); n != "" {
				r = words.F("Redo %s", n)
			}
		}
		// Neither is ever disabled: a disabled item would swallow Ctrl+Z while somebody types.
		if u != undo.Label || r != redo.Label {
			undo.Label, redo.Label = u, r
			w.menu.Refresh()
		}
	}
	w.desk.OnAny(name, app.ProjectChanged, app.WorkspaceChanged)
}

// shortcuts registers keys that have no menu entry.
func (w *Window) shortcuts() {
	c := w.win.Canvas()
	c.AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { w.redo() }) // Ctrl+Y
	widgets.OtherShortcut = func(s fyne.Shortcut) {
		if s.ShortcutName() == (&fyne.ShortcutRedo{}).ShortcutName() {
			w.redo()
		}
	}
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		switch k.Name { // the toolkit offers plain keys to the window only while nothing else has them
		case fyne.KeyEscape:
			w.escape()
		case fyne.KeyF1:
			w.keys()
		}
	})
}

// escape leaves what is in front: an import preview, then the banner.
func (w *Window) escape() {
	switch {
	case w.Place() == importPlace:
		w.importing.Leave()
	case w.Place() == returnedPlace:
		w.leaveImport()
	case w.tour.running():
		w.tour.end()
	case w.Place() == settingsPlace:
		w.leavePassing()
	case w.Place() == betterPlace:
		w.GoTo("scenarios")
	case w.banner.object.Visible():
		w.banner.object.Hide()
		w.stage.Refresh()
	}
}

// undo belongs to the line being typed first, then to the project.
func (w *Window) undo() {
	if e := typingIn(w.win.Canvas().Focused()); e != nil {
		e.TypedShortcut(&fyne.ShortcutUndo{})
		return
	}
	w.desk.Undo()
}

func (w *Window) redo() {
	if e := typingIn(w.win.Canvas().Focused()); e != nil {
		e.TypedShortcut(&fyne.ShortcutRedo{})
		return
	}
	w.desk.Redo()
}

// typingIn is the line of typing that has the focus, when there is text in it.
func typingIn(f fyne.Focusable) fyne.Shortcutable {
	switch e := f.(type) {
	case *widget.Entry:
		if e.Text != "" {
			return e
		}
	case *widgets.Entry:
		if e.Text != "" {
			return e
		}
	}
	return nil
}

func (w *Window) find() {
	if w.current == nil {
		return
	}
	if f, ok := w.current.view.(finder); ok {
		w.win.Canvas().Focus(f.Find())
		return
	}
	w.palette.open()
}

func (w *Window) themeMenu() *fyne.MenuItem {
	m := fyne.NewMenuItem(words.T("Look"), nil)
	m.ChildMenu = fyne.NewMenu("")
	for _, t := range looks {
		x := fyne.NewMenuItem(words.T(t.label), func() { w.SetTheme(t.id) })
		x.Checked = w.settings.Theme() == t.id
		m.ChildMenu.Items = append(m.ChildMenu.Items, x)
	}
	return m
}

// SetTheme changes the look at once.
func (w *Window) SetTheme(id string) {
	w.settings.SetTheme(id)
	w.p.App.Settings().SetTheme(look.New(id, w.p.App.Settings().ThemeVariant()))
	w.restyle()
	w.buildMenu()
}

func (w *Window) scaleMenu() *fyne.MenuItem {
	m := fyne.NewMenuItem(words.T("Size of everything"), nil)
	m.ChildMenu = fyne.NewMenu("")
	for _, s := range scales {
		x := fyne.NewMenuItem(s.label, func() { w.SetScale(s.v) })
		if s.v == 1 {
			x.Shortcut = ctrl(fyne.Key0)
		}
		x.Checked = w.settings.Scale() == s.v
		m.ChildMenu.Items = append(m.ChildMenu.Items, x)
	}
	return m
}

// openSettings shows the settings; without a project they are in the menus.
func (w *Window) openSettings() {
	if w.desk.Workspace() == nil {
		w.desk.Tell(app.Message{Text: words.T("Look and size are in the View menu while no project is open.")})
		return
	}
	w.GoTo(settingsPlace)
}

// leavePassing goes back from a place that is not in the navigation.
func (w *Window) leavePassing() {
	back := w.previous
	if back == "" || passing(back) {
		back = w.places[0].id
	}
	w.GoTo(back)
}

// tourAgain shows the user around, or brings the keys back to the card.
func (w *Window) tourAgain() {
	switch {
	case w.tour.running():
		w.win.Canvas().Focus(w.tour.card)
	case w.desk.Workspace() == nil:
		w.desk.Tell(app.Message{Text: words.T("Open a project or the demonstration place first; then you are shown around.")})
	default:
		w.tour.start()
	}
}

// openFolder shows a folder, or that of a file, in the system's own program.
func (w *Window) openFolder(path string) {
	if i, err := os.Stat(path); err == nil && !i.IsDir() {
		path = filepath.Dir(path)
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // of a drive
		path = "/" + path
	}
	if err := w.p.App.OpenURL(&url.URL{Scheme: "file", Path: path}); err != nil {
		slog.Error("opening a folder", "error", err)
	}
}

// openLog opens the folder of log and crash reports, or says where it is.
func (w *Window) openLog() {
	if w.p.Log == nil {
		w.desk.Tell(app.Message{Text: words.T("No log is kept in this session.")})
		return
	}
	w.openFolder(w.p.Log.Folder())
	w.desk.Tell(app.Message{Text: words.F("The log and any crash reports are in %s", w.p.Log.Folder())})
}
