package papers

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// pause is how long typing rests before the words are kept and the pages
// written again.
const pause = 900 * time.Millisecond

// parts is the list of sections: each can be left out, and its words edited.
type parts struct {
	v      *View
	box    *fyne.Container
	rows   []*partRow
	filled bool
}

type partRow struct {
	section app.Section
	in      *widget.Check
	edited  *widget.Label
	edit    *widgets.Button
}

func newParts(v *View) *parts { return &parts{v: v, box: container.NewVBox()} }

// build makes the rows of a project once.
func (p *parts) build(all []app.Section) {
	p.box.RemoveAll()
	p.rows = nil
	for _, s := range all {
		r := &partRow{section: s, edited: widget.NewLabel("")}
		r.in = widget.NewCheck(s.Title, func(on bool) {
			if !p.filled {
				p.leaveOut(s, !on)
			}
		})
		r.edited.SizeName, r.edited.Importance = theme.SizeNameCaptionText, widget.WarningImportance
		r.edit = widgets.NewButton(words.T("Edit words"), words.T("Change what this part says; its figures stay bound to the results"), nil, func() { p.v.words.open(s) }).Quiet()
		p.rows = append(p.rows, r)
		p.box.Add(container.NewBorder(nil, nil, nil, container.NewHBox(r.edited, r.edit), r.in))
	}
}

// fill shows what the project has.
func (p *parts) fill(s *app.Snapshot) {
	p.filled = true
	defer func() { p.filled = false }()
	for _, r := range p.rows {
		part := s.Paper(r.section.ID)
		r.in.SetChecked(!part.LeftOut)
		said := ""
		if part.Words != "" || part.Title != "" {
			said = words.T("edited by you")
		}
		r.edited.SetText(said)
	}
}

func (p *parts) leaveOut(s app.Section, out bool) {
	part := p.v.desk.Snapshot().Paper(s.ID)
	part.LeftOut = out
	step := words.F("“%s” in the business case", s.Title)
	if out {
		step = words.F("leaving “%s” out of the business case", s.Title)
	}
	p.v.put(step, part, nil)
}

// wording edits one section beside the pages.
type wording struct {
	v       *View
	section app.Section
	title   *widgets.Entry
	text    *widgets.Entry
	name    *widget.Label
	says    *widget.Label
	restore *widgets.Button
	object  fyne.CanvasObject
	ours    string          // what the section says by itself
	was     model.PaperPart // what the project has of it, as far as is known here
	setting bool
	timer   *time.Timer
	gen     int
	visible bool
}

// note says what can be changed and what cannot.
var note = words.Later("Words in braces such as {preferred.npsv} are figures of the results: move them or leave them out, they stay right when the plan changes. " +
	"{table 1} and {chart 1} stand for a table or a chart, which cannot be edited. An empty line begins a paragraph, ## a heading, - an item of a list, > a sentence that stands out.")

func newWords(v *View) *wording {
	w := &wording{v: v, name: widgets.NewSub(""), says: widgets.NewCaption("")}
	w.name.Truncation = fyne.TextTruncateEllipsis
	w.title = widgets.NewEntry(words.T("Heading of this part"), func(string) { w.typed() })
	w.text = widgets.NewEntry("", func(string) { w.typed() })
	w.text.MultiLine, w.text.Wrapping = true, fyne.TextWrapWord
	leave := func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape {
			w.close()
			return true
		}
		return false
	}
	w.title.OnKey, w.text.OnKey = leave, leave
	w.restore = widgets.NewButton(words.T("Restore our text"), words.T("Take this part back to what Flagstone writes; undo brings your words back"), theme.ContentUndoIcon(), w.restoreOurs)
	done := widgets.NewButton(words.T("Done"), words.T("Back to the list of parts (Escape)"), nil, w.close).Main()
	w.says.Importance = widget.WarningImportance
	head := container.NewVBox(container.NewBorder(nil, nil, nil, done, w.name), w.title)
	foot := container.NewVBox(w.says, widgets.NewCaption(words.T(note)), container.NewHBox(layout.NewSpacer(), w.restore))
	w.object = container.NewBorder(head, foot, nil, nil, w.text)
	return w
}

// open shows a section to edit.
func (w *wording) open(s app.Section) {
	w.flush()
	w.section, w.visible = s, true
	w.name.SetText(s.Title)
	w.set("", "")
	w.text.Disable()
	w.says.SetText(words.T("Fetching the words…"))
	w.v.arrange()
	w.load(true)
}

// load fetches the section's own words in a job.
func (w *wording) load(focus bool) {
	w.gen++
	gen, ws, s, e := w.gen, w.v.desk.Workspace(), w.section, w.v.export(shownKinds[0])
	if ws == nil {
		return
	}
	w.v.desk.Jobs.Start(words.T("Fetching the words"), func(ctx context.Context, _ *jobs.Progress) error {
		x, err := ws.Words(ctx, e, s.ID)
		w.v.desk.Post(func() {
			if gen != w.gen {
				return
			}
			if err != nil {
				w.says.SetText(app.Explain(words.T("The words could not be fetched"), err).Text)
				return
			}
			w.ours = x.Ours
			w.text.Enable()
			w.show()
			w.warn(x.Unknown)
			if c := fyne.CurrentApp().Driver().CanvasForObject(w.text); c != nil && focus {
				c.Focus(w.text)
			}
		})
		return err
	})
}

// show puts what the project has into the entries, unless it is there.
func (w *wording) show() {
	snap := w.v.desk.Snapshot()
	if snap == nil {
		return
	}
	w.was = snap.Paper(w.section.ID)
	text := w.was.Words
	if text == "" {
		text = w.ours
	}
	if w.timer == nil { // nobody is typing
		w.set(w.was.Title, text)
	}
	w.buttons()
}

func (w *wording) set(title, text string) {
	w.setting = true
	defer func() { w.setting = false }()
	if w.title.Text != title {
		w.title.SetText(title)
	}
	if w.text.Text != text {
		w.text.SetText(text)
	}
}

func (w *wording) buttons() {
	if w.was.Words == "" && w.was.Title == "" {
		w.restore.Disable()
	} else {
		w.restore.Enable()
	}
}

func (w *wording) warn(unknown []string) {
	defer func() { w.says.Hidden = w.says.Text == ""; w.object.Refresh() }()
	switch {
	case len(unknown) > 0:
		w.says.SetText(words.F("These stand for nothing in this part and would be printed or left out as they are: %s", strings.Join(unknown, ", ")))
	case w.was.Words != "":
		w.says.SetText(words.T("Edited by you. The paper says so at the end of this part."))
	default:
		w.says.SetText("")
	}
}

// typed waits for a pause.
func (w *wording) typed() {
	if w.setting || !w.visible {
		return
	}
	if w.timer != nil {
		w.timer.Stop()
	}
	var t *time.Timer
	t = time.AfterFunc(pause, func() {
		w.v.desk.Post(func() {
			if w.timer == t {
				w.flush()
			}
		})
	})
	w.timer = t
}

// flush keeps what was typed, as one step.
func (w *wording) flush() {
	if w.timer == nil {
		return
	}
	w.timer.Stop()
	w.timer = nil
	snap := w.v.desk.Snapshot()
	if snap == nil {
		return
	}
	part := snap.Paper(w.section.ID)
	part.Title, part.Words = strings.TrimSpace(w.title.Text), strings.TrimSpace(w.text.Text)
	if part.Words == strings.TrimSpace(w.ours) {
		part.Words = ""
	}
	if was := snap.Paper(w.section.ID); part.Words == was.Words && part.Title == was.Title {
		return
	}
	s := w.section
	w.v.put(words.F("words of “%s”", s.Title), part, func() {
		if w.section.ID == s.ID && w.visible {
			w.load(false)
		}
	})
}

func (w *wording) restoreOurs() {
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
	part := w.v.desk.Snapshot().Paper(w.section.ID)
	part.Title, part.Words = "", ""
	w.v.put(words.F("return to our words of “%s”", w.section.Title), part, nil)
}

func (w *wording) close() {
	w.flush()
	w.visible = false
	w.gen++
	w.v.arrange()
	if c := fyne.CurrentApp().Driver().CanvasForObject(w.v.object); c != nil {
		for _, r := range w.v.parts.rows {
			if r.section.ID == w.section.ID {
				c.Focus(r.edit)
			}
		}
	}
}
