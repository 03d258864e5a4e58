package shell

import (
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// question asks for the name and folder of a file to write.
type question struct {
	title  string // of the card
	verb   string // on the button
	name   string // to begin with, see fileName; without the ending
	ending string // of the file, with the dot; empty for a folder
	keep   bool   // a file that is there is never replaced
}

// longestName is how many characters of a project's name go into the name of a
// file: systems allow 255 bytes in all.
const longestName = 80

// fileName makes a name that every system takes out of words; to long ones more
// can still be added.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > longestName {
		s = string(r[:longestName])
	}
	return strings.Trim(s, " .")
}

// whereCard is the card on which a question is answered. The toolkit's own
// dialog empties a file as soon as it is chosen, an open project among them.
type whereCard struct {
	w            *Window
	q            question
	then         func(path string)
	pop          *widget.PopUp
	name, folder *widgets.Entry
	says         *widget.Label
	ok           *widgets.Button
	gen          int
	wanted       bool // it was submitted before the folder was looked at
}

// verdict is what the disk says about an answer.
type verdict struct {
	says    string
	replace bool
	good    bool
}

// ask opens the card; then is told the path.
func (w *Window) ask(q question, then func(path string)) {
	c := &whereCard{w: w, q: q, then: then, says: widgets.NewProse("")}
	folder := w.settings.Folder()
	if folder == "" {
		folder, _ = os.UserHomeDir()
	}
	c.name, c.folder = widgets.NewEntry(words.T("Name"), nil), widgets.NewEntry(words.T("Folder"), nil)
	c.name.Text, c.folder.Text = q.name, folder
	c.ok = widgets.NewButton(q.verb, "", nil, c.submit).Main()
	choose := widgets.NewButton(words.T("Choose…"), words.T("Look for the folder"), theme.FolderOpenIcon(), c.choose)
	cancel := widgets.NewButton(words.T("Cancel"), words.T("Write nothing (Escape)"), nil, c.close)
	for _, e := range []*widgets.Entry{c.name, c.folder} {
		e.OnChanged = func(string) { c.look() }
		e.OnSubmitted = func(string) { c.submit() }
		e.OnKey = func(k *fyne.KeyEvent) bool {
			if k.Name == fyne.KeyEscape {
				c.close()
				return true
			}
			return false
		}
	}
	ending := fyne.CanvasObject(layout.NewSpacer())
	if q.ending != "" {
		ending = widget.NewLabel(q.ending)
	}
	form := container.New(layout.NewFormLayout(),
		widget.NewLabel(words.T("Name")), container.NewBorder(nil, nil, nil, ending, c.name),
		widget.NewLabel(words.T("Folder")), container.NewBorder(nil, nil, nil, choose, c.folder))
	cv := w.win.Canvas()
	width := min(640, cv.Size().Width-48)
	body := container.NewVBox(widgets.NewSub(q.title), form, widgets.AtLeast(width, 60, c.says), container.NewHBox(layout.NewSpacer(), cancel, c.ok))
	c.pop = widget.NewPopUp(widgets.Inset(8, 12, body), cv)
	c.look()
	w.p.Post(func() { // after the key that asked for it, which would else be typed into the name
		c.pop.ShowAtPosition(fyne.NewPos((cv.Size().Width-c.pop.MinSize().Width)/2, 80))
		cv.Focus(c.name)
		c.name.TypedShortcut(&fyne.ShortcutSelectAll{})
	})
}

func (c *whereCard) close() {
	c.gen++
	c.pop.Hide()
}

// choose looks for a folder with the toolkit's dialog.
func (c *whereCard) choose() {
	d := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
		c.pop.Show()
		if err == nil && l != nil {
			c.folder.SetText(l.Path())
		}
		c.w.win.Canvas().Focus(c.name)
	}, c.w.win)
	if l, err := storage.ListerForURI(storage.NewFileURI(c.folder.Text)); err == nil {
		d.SetLocation(l)
	}
	d.SetTitleText(words.T("Choose a folder"))
	d.SetConfirmText(words.T("Choose"))
	z := c.w.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(900, z.Width-80), min(620, z.Height-80)))
	c.pop.Hide()
	d.Show()
}

// path is the answer as it stands. A whole path may be typed as the name.
func (c *whereCard) path() string {
	name := strings.TrimSpace(c.name.Text)
	if name == "" {
		return ""
	}
	if c.q.ending != "" && !strings.EqualFold(filepath.Ext(name), c.q.ending) {
		name += c.q.ending
	}
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(strings.TrimSpace(c.folder.Text), name)
}

// look asks the disk about the answer, off the UI goroutine: a share may take
// its time.
func (c *whereCard) look() {
	c.gen++
	c.wanted = false
	gen, path := c.gen, c.path()
	c.ok.Disable()
	if path == "" {
		c.show(verdict{says: words.T("Give it a name.")})
		return
	}
	go func() {
		v := c.judge(path)
		c.w.p.Post(func() {
			if gen != c.gen {
				return
			}
			c.show(v)
			if c.wanted && v.good && !v.replace {
				c.submit()
			}
		})
	}()
}

func (c *whereCard) judge(path string) verdict {
	if !filepath.IsAbs(path) {
		return verdict{says: words.T("Say the folder in full, or choose one.")}
	}
	if d, err := os.Stat(filepath.Dir(path)); err != nil || !d.IsDir() {
		return verdict{says: words.F("There is no folder %s. Choose another one.", filepath.Dir(path))}
	}
	at, err := os.Stat(path)
	switch {
	case err != nil:
		return verdict{says: words.F("It will be written to %s", path), good: true}
	case at.IsDir() && c.q.ending == "":
		return verdict{says: words.F("Files of the same names in %s will be replaced.", path), good: true}
	case at.IsDir():
		return verdict{says: words.F("%s is a folder. Choose another name.", path)}
	case c.q.keep:
		return verdict{says: words.F("%s is there already and is not touched. Choose another name.", filepath.Base(path))}
	}
	return verdict{says: words.F("%s is there already. It will be replaced.", filepath.Base(path)), replace: true, good: true}
}

func (c *whereCard) show(v verdict) {
	c.says.SetText(v.says)
	verb := c.q.verb
	if v.replace {
		verb = words.T("Replace")
	}
	if c.ok.Text != verb {
		c.ok.SetText(verb)
	}
	if v.good {
		c.ok.Enable()
	} else {
		c.ok.Disable()
	}
}

func (c *whereCard) submit() {
	if c.ok.Disabled() {
		c.wanted = true // Enter right after a letter: as soon as the disk has answered
		return
	}
	path := c.path()
	c.close()
	c.w.settings.SetFolder(filepath.Dir(path))
	c.then(path)
}
