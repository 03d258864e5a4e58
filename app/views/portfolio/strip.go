package portfolio

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/session"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// strip is the line under the table: how many rows are marked, a value for all
// of them, or what a paste would change.
type strip struct {
	v      *View
	object *fyne.Container
	box    *fyne.Container
	mode   string // "", "marks", "set" or "preview"

	marks  *widget.Label
	field  *widget.Select
	value  *widgets.Entry
	says   *widget.Label
	why    *widget.Label
	do     *widgets.Button
	fields []session.Field
	ids    []model.AssetID
	asked  int // generation of the plan shown beside the value
	summed int // generation of the sum of the marked rows
}

// mostReasons is how many reasons of refusal are written out.
const mostReasons = 4

// newButton is a button of the strip: Escape leaves the strip.
func newButton(label, tip string, do, leave func()) *widgets.Button {
	return widgets.NewButton(label, tip, nil, do).Leaving(leave)
}

func newStrip(v *View) *strip {
	s := &strip{v: v, box: container.NewStack(), marks: widget.NewLabel("")}
	s.object = container.NewStack(widgets.Ground(look.Chrome, widgets.Inset(2, 6, s.box)))
	s.object.Hide()
	return s
}

func (s *strip) show(mode string, o fyne.CanvasObject) {
	s.mode = mode
	s.box.Objects = []fyne.CanvasObject{o}
	s.object.Show()
	s.v.full.Refresh()
}

// hide puts the strip away, or back to the marks when there are any.
func (s *strip) hide() {
	if s.mode == "" {
		return
	}
	s.mode = ""
	s.asked++
	s.object.Hide()
	s.v.full.Refresh()
}

func (s *strip) leave() {
	s.hide()
	s.marked()
	s.focus(s.v.pane.Table)
}

func (s *strip) focus(f fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.v.stack); c != nil {
		c.Focus(f)
	}
}

// marked says what the marked rows come to.
func (s *strip) marked() {
	t := s.v.pane.Table
	if t.Marked() < 2 {
		if s.mode == "marks" || s.mode == "set" {
			s.hide()
		}
		return
	}
	s.sum(t.MarkedRows())
	if s.mode == "marks" {
		return
	}
	unmark := newButton(words.T("Unmark"), words.T("Only the row with the cursor stays marked (Escape)"), func() { t.Unmark(); s.focus(t) }, s.leave)
	set := newButton(words.T("Set a value…"), words.T("One value for a column of all marked rows (F2)"), func() { s.ask(t.Column()) }, s.leave)
	copyAll := newButton(words.T("Copy"), words.T("Copy the marked rows with headings (Ctrl+C)"), func() { t.Copy(true); s.focus(t) }, s.leave)
	s.show("marks", widgets.Flow(s.marks, set, copyAll, unmark))
}

// sum says what rows come to; many are added up off the UI goroutine.
func (s *strip) sum(rows []*Row) {
	s.summed++
	if len(rows) <= manyRows {
		s.marks.SetText(sumOf(rows))
		return
	}
	n := s.summed
	s.marks.SetText(format.Counted(len(rows), "%s asset marked", "%s assets marked"))
	go func() {
		words := sumOf(rows)
		s.v.desk.Post(func() {
			if n == s.summed {
				s.marks.SetText(words)
			}
		})
	}()
}

// manyRows are added up in the background.
const manyRows = 2000

// sumOf adds rows up: "12 assets marked · 34,210 m² · £1.2m a year".
func sumOf(rows []*Row) string {
	var area, cost, kwh model.Figure
	plus := func(to *model.Figure, f model.Figure) {
		if f.Known() {
			to.Value += f.Value
			to.Grade = model.Stated
		}
	}
	for _, r := range rows {
		plus(&area, r.asset.FloorArea)
		plus(&cost, r.Running)
		plus(&kwh, r.Energy)
	}
	out := format.Counted(len(rows), "%s asset marked", "%s assets marked")
	if area.Known() {
		out += " · " + format.Whole(area.Value) + " m²"
	}
	if cost.Known() {
		out += words.F(" · %s a year", format.Pounds(cost.Value))
	}
	if kwh.Known() {
		out += " · " + format.Whole(kwh.Value) + " kWh"
	}
	return out
}

// ask shows the form that sets one value for all marked rows.
func (s *strip) ask(column string) {
	if !s.v.can() {
		return
	}
	s.ids = keys(s.v.pane.Table.MarkedRows())
	s.fields = session.Fields(s.v.desk.Snapshot().Project)
	var labels []string
	chosen := "floor"
	for i := range s.fields {
		labels = append(labels, s.fields[i].Label)
		if s.fields[i].ID == column {
			chosen = column
		}
	}
	s.field = widget.NewSelect(labels, nil)
	s.value = widgets.NewEntry("", func(string) { s.look() })
	s.value.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyEscape:
			s.leave()
		case fyne.KeyReturn, fyne.KeyEnter:
			if !s.do.Disabled() {
				s.do.OnTapped()
			}
		default:
			return false
		}
		return true
	}
	s.says, s.why = widget.NewLabel(""), widgets.NewCaption("")
	s.do = newButton(words.T("Set"), words.T("Make the change; undo takes it back (Enter)"), s.commit, s.leave)
	s.do.Importance = widget.HighImportance
	cancel := newButton(words.T("Cancel"), words.T("Leave everything as it was (Escape)"), s.leave, s.leave)
	s.field.OnChanged = func(string) { s.look() }
	s.show("set", container.NewVBox(widgets.Flow(widget.NewLabel(words.T("Set")), widgets.Wide(150, s.field), widget.NewLabel("to"), widgets.Wide(150, s.value), s.do, cancel, s.says), s.why))
	s.field.SetSelected(session.FieldByID(s.fields, chosen).Label)
	s.focus(s.value)
}

func (s *strip) chosen() *session.Field {
	for i := range s.fields {
		if s.fields[i].Label == s.field.Selected {
			return &s.fields[i]
		}
	}
	return nil
}

// look works out what the value would change, off the UI goroutine, and says
// so.
func (s *strip) look() {
	f := s.chosen()
	if f == nil || s.do == nil || s.says == nil {
		return
	}
	s.asked++
	asked, p, text, ids := s.asked, s.v.desk.Snapshot().Project, s.value.Text, s.ids
	s.value.SetPlaceHolder(f.Hint)
	go func() {
		e := session.PlanEdits(p, session.EditsOf(ids, f.ID, text), session.EditOptions{Source: typed})
		s.v.desk.Post(func() {
			if asked == s.asked && s.mode == "set" {
				s.tell(f, e, text)
			}
		})
	}()
}

func (s *strip) tell(f *session.Field, e *session.Edits, text string) {
	s.do.SetText(words.F("Set %s of %s", words.Small(f.Label), e.Count()))
	s.why.Importance = widget.LowImportance
	nothing := strings.TrimSpace(text) == "" // Enter on an empty line must not empty the cells
	if e.Cells == 0 || nothing {
		s.do.SetText(words.F("Set %s", words.Small(f.Label)))
		s.do.Disable()
	} else {
		s.do.Enable()
	}
	says, why := "", ""
	if e.Same > 0 {
		says = format.Counted(e.Same, "%s says so already", "%s say so already")
	}
	switch {
	case nothing && len(f.List) == 0:
		says = ""
		why = format.Counted(len(s.ids), "Type the value for %s asset, or “not known” to empty the cells.", "Type the value for %s assets, or “not known” to empty the cells.")
	case len(e.Refused) > 0 && !nothing:
		why = strings.Join(reasons(e), "\n")
		s.why.Importance = widget.DangerImportance
	case e.Cleared > 0:
		why = words.T("It becomes not known where it is known now.")
	case len(f.List) > 0:
		why = words.F("One of: %s", strings.Join(f.List, ", "))
	}
	s.says.SetText(says)
	s.why.SetText(why)
	s.v.full.Refresh()
}

func (s *strip) commit() {
	f := s.chosen()
	if f == nil {
		return
	}
	s.v.change(session.EditsOf(s.ids, f.ID, s.value.Text), typed)
	s.leave()
}

// reasons writes out why cells cannot be taken.
func reasons(e *session.Edits) []string {
	out := e.Reasons()
	if n := len(out); n > mostReasons {
		out = append(out[:mostReasons:mostReasons], format.Counted(n-mostReasons, "And %s other reason.", "And %s other reasons."))
	}
	return out
}

// preview says what a paste would change; one button does it.
func (s *strip) preview(laid session.Pasted, e *session.Edits, source string) {
	if len(laid.Edits) == 0 && len(e.Refused) == 0 {
		s.v.desk.Tell(app.Message{Text: strings.TrimSpace(laid.How + " " + words.T("Nothing was changed."))})
		return
	}
	if e.Cells > 0 && len(e.Refused) == 0 && len(laid.Edits) == 1 {
		s.v.change(laid.Edits, source) // one cell: nothing to look at first
		return
	}
	head := widget.NewLabel(e.Sentence())
	head.TextStyle.Bold = true
	head.Wrapping = fyne.TextWrapWord
	rows := container.NewVBox(head)
	if laid.How != "" {
		rows.Add(widgets.NewCaption(laid.How))
	}
	if len(e.Refused) > 0 {
		why := widgets.NewCaption(strings.Join(reasons(e), "\n"))
		why.Importance = widget.DangerImportance
		rows.Add(why)
	}
	no := newButton(words.T("Cancel"), words.T("Leave everything as it was (Escape)"), s.leave, s.leave)
	first := no
	buttons := widgets.Flow()
	if e.Cells > 0 {
		verb := format.Counted(e.Cells, "Change %s cell", "Change %s cells")
		yes := newButton(verb, words.T("Make the changes that can be made; undo takes them back (Enter)"), func() {
			s.v.change(laid.Edits, source)
			s.leave()
		}, s.leave)
		yes.Importance = widget.HighImportance
		yes.Icon = theme.ConfirmIcon()
		buttons.Add(yes)
		first = yes
	}
	buttons.Add(no)
	rows.Add(buttons)
	s.show("preview", rows)
	s.focus(first)
}
