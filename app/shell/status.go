package shell

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/jobs"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// quiet is how long a job may run before the status line mentions it.
const quiet = 250 // milliseconds

// statusLine is the one quiet line at the foot of the window.
type statusLine struct {
	w        *Window
	saved    *widget.Label
	findings *widgets.Button
	said     *widget.Label
	job      *widget.Label
	bar      *widget.ProgressBar
	stop     *widgets.Button
	folder   *widgets.Button // of the file written last
	written  string
	jobID    int
	line     string
	object   fyne.CanvasObject
}

func newStatusLine(w *Window) *statusLine {
	s := &statusLine{w: w, saved: widget.NewLabel(""), said: widget.NewLabel(""), job: widget.NewLabel(""), bar: widget.NewProgressBar()}
	for _, l := range []*widget.Label{s.saved, s.said, s.job} {
		l.SizeName, l.Importance = theme.SizeNameCaptionText, widget.LowImportance
	}
	s.said.Truncation = fyne.TextTruncateEllipsis
	s.said.Importance = widget.MediumImportance
	s.bar.TextFormatter = func() string { return "" }
	s.findings = widgets.NewButton("", words.T("Show what is wrong or missing in the data"), nil, func() { w.GoTo("findings") }).Quiet()
	s.stop = widgets.NewButton(words.T("Stop"), words.T("Stop it; nothing is changed"), nil, func() { w.p.Runner.Cancel(s.jobID) }).Quiet()
	s.folder = widgets.NewButton(words.T("Open folder"), words.T("Show the file that was written in its folder"), theme.FolderOpenIcon(), func() { w.openFolder(s.written) }).Quiet()
	s.folder.Hide()
	job := container.NewHBox(s.folder, middle(s.job), widgets.Wide(110, widgets.Inset(9, 0, s.bar)), s.stop)
	row := container.NewBorder(nil, nil, container.NewHBox(middle(s.saved), s.findings), job, middle(s.said))
	s.object = widgets.Ground(look.Chrome, container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewSeparator(), container.New(exactHeight{28}, row)))
	s.jobs(nil)
	w.desk.OnAny(s.show, app.WorkspaceChanged, app.ProjectChanged)
	w.desk.On(app.Told, func() {
		if m := w.desk.Message(); !m.Bad {
			s.said.SetText(m.Text)
			s.written = m.File
			if m.File != "" {
				s.folder.Show()
			} else {
				s.folder.Hide()
			}
		}
	})
	s.show()
	return s
}

// middle keeps small text on the line of the buttons beside it.
func middle(l *widget.Label) fyne.CanvasObject { return container.New(exactHeight{28}, l) }

// exactHeight gives its object one height.
type exactHeight struct{ h float32 }

func (e exactHeight) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := float32(0)
	for _, x := range o {
		w = max(w, x.MinSize().Width)
	}
	return fyne.NewSize(w, e.h)
}

func (e exactHeight) Layout(o []fyne.CanvasObject, z fyne.Size) {
	for _, x := range o {
		h := x.MinSize().Height
		x.Move(fyne.NewPos(0, (z.Height-h)/2))
		x.Resize(fyne.NewSize(z.Width, h))
	}
}

func (s *statusLine) show() {
	ws, snap := s.w.desk.Workspace(), s.w.desk.Snapshot()
	s.findings.Hide()
	switch {
	case ws == nil || snap == nil:
		s.saved.SetText(words.T("Everything stays on this computer."))
		return
	case ws.ReadOnly() != "":
		s.saved.SetText(ws.ReadOnly())
	default:
		s.saved.SetText(words.T("All changes saved"))
	}
	if n := len(snap.Findings); n > 0 {
		s.findings.SetText(format.Count(n, "finding", "findings"))
		s.findings.Show()
	}
}

// jobs shows the job that has run longest, once it has run for a moment. It only
// touches what reads differently from before: where painting is slow, each
// change takes time from the job. A bar that runs to and fro would paint the
// window without end, so a job of unknown length counts its seconds.
func (s *statusLine) jobs(st []jobs.Status) {
	var show *jobs.Status
	for i := range st {
		if st[i].Elapsed.Milliseconds() >= quiet {
			show = &st[i]
			break
		}
	}
	if show == nil {
		s.line = ""
		s.job.Hide()
		s.bar.Hide()
		s.stop.Hide()
		return
	}
	s.jobID = show.ID
	text := show.Name
	if show.Stage != "" {
		text += ": " + show.Stage
	}
	if r := format.Remaining(show.Remaining); r != "" {
		text += ", " + r
	} else if show.Fraction < 0 && show.Elapsed >= time.Second {
		text += ", " + show.Elapsed.Truncate(time.Second).String()
	}
	if text != s.line || !s.job.Visible() {
		s.line = text
		s.job.SetText(text)
	}
	s.job.Show()
	s.stop.Show()
	if show.Fraction < 0 {
		s.bar.Hide()
		return
	}
	if v := math.Floor(show.Fraction*100) / 100; v != s.bar.Value {
		s.bar.SetValue(v)
	}
	s.bar.Show()
}

// banner tells of something that went wrong, above the place, until it is put
// away or something else is told.
type banner struct {
	w      *Window
	text   *widget.Label
	detail *widget.Label
	more   *widgets.Button
	object *fyne.Container
}

func newBanner(w *Window) *banner {
	b := &banner{w: w, text: widgets.NewProse(""), detail: widgets.NewCaption("")}
	b.text.TextStyle.Bold = true
	b.detail.Hide()
	b.more = widgets.NewButton(words.T("Details"), words.T("What the log says"), nil, func() {
		if b.detail.Visible() {
			b.detail.Hide()
		} else {
			b.detail.Show()
		}
		w.stage.Refresh()
	}).Quiet()
	shut := widgets.NewButton("", words.T("Put this away"), theme.CancelIcon(), func() { b.object.Hide(); w.stage.Refresh() }).Quiet()
	row := container.NewBorder(nil, nil, widget.NewIcon(theme.NewErrorThemedResource(theme.ErrorIcon())), container.NewHBox(b.more, shut), b.text)
	b.object = container.NewVBox(widgets.Inset(4, 12, container.NewVBox(row, b.detail)), widget.NewSeparator())
	b.object.Hide()
	w.desk.On(app.Told, func() {
		m := w.desk.Message()
		if !m.Bad {
			b.object.Hide()
			return
		}
		b.text.SetText(m.Text)
		b.detail.SetText(m.Detail)
		b.detail.Hide()
		b.more.Hidden = m.Detail == ""
		b.object.Show()
		w.stage.Refresh()
	})
	return b
}
