package importing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// Returned shows what a workbook that came back would change, each change with
// a box to take it or leave it.
type Returned struct {
	about  *widget.Label
	list   *widget.List
	object fyne.CanvasObject
	accept *widgets.Button
	book   *app.Returned
	taken  map[int]bool
	width  float32 // that the heights of the lines were made for
	onTake func(*app.Returned, []int)
}

// NewReturned makes the place; take carries out the changes with the numbers
// given, leave goes back.
func NewReturned(take func(*app.Returned, []int), leave func()) *Returned {
	v := &Returned{onTake: take, about: widgets.NewProse("")}
	v.list = widget.NewList(func() int {
		if v.book == nil {
			return 0
		}
		return len(v.book.Changes)
	}, v.line, v.fill)
	v.list.OnSelected = func(i widget.ListItemID) { // Space on a line
		v.list.Unselect(i)
		if c := &v.book.Changes[i]; c.Usable {
			v.Tick(c.ID, !v.taken[c.ID])
		}
	}
	v.accept = widgets.NewButton(words.T("Take in"), words.T("Make the ticked changes as one step; undo takes them back"), theme.ConfirmIcon(), v.Accept).Main()
	cancel := widgets.NewButton(words.T("Change nothing"), words.T("Leave what was read out of the project (Escape)"), nil, leave)
	all := widgets.NewButton(words.T("Tick all"), words.T("Tick every change that can be taken in, conflicts too"), nil, func() { v.tickAll(true) }).Quiet()
	none := widgets.NewButton(words.T("Tick none"), "", nil, func() { v.tickAll(false) }).Quiet()
	foot := container.NewVBox(widget.NewSeparator(), widgets.Inset(8, 12, container.NewHBox(all, none, layout.NewSpacer(), cancel, v.accept)))
	head := container.NewVBox(widgets.NewHeading(words.T("The workbook that came back")), v.about, widget.NewSeparator())
	v.object = container.NewBorder(widgets.Inset(12, 20, head), foot, nil, nil, container.New(&heights{v}, v.list))
	return v
}

// Object is what the shell shows.
func (v *Returned) Object() fyne.CanvasObject { return v.object }

// Focus is where keys go: Enter or Space takes the changes in.
func (v *Returned) Focus() fyne.Focusable {
	if v.accept.Disabled() {
		return v.list
	}
	return v.accept
}

// Shown is how many changes are ticked and how many there are.
func (v *Returned) Shown() (shown, all int) {
	if v.book == nil {
		return 0, 0
	}
	return len(v.ticked()), len(v.book.Changes)
}

// Show puts a workbook on the screen. Conflicts are left for the user to tick.
func (v *Returned) Show(r *app.Returned) {
	v.book, v.taken, v.width = r, map[int]bool{}, 0
	conflicts := 0
	for _, c := range r.Changes {
		v.taken[c.ID] = c.Usable && !c.Conflict
		if c.Conflict {
			conflicts++
		}
	}
	text := format.Counted(len(r.Changes), "%[2]s differs in %[1]s place. It was compared with %[3]s.", "%[2]s differs in %[1]s places. It was compared with %[3]s.", r.File, r.Against)
	if len(r.Changes) == 0 {
		text = words.F("%s changes nothing. It was compared with %s.", r.File, r.Against)
	}
	if conflicts > 0 {
		text += format.Counted(conflicts, " %s change here and in the project do not agree: they are marked, and left as the project has them unless you tick them.", " %s changes here and in the project do not agree: they are marked, and left as the project has them unless you tick them.")
	}
	if r.Already > 0 {
		text += format.Counted(r.Already, " %s change is in the project already.", " %s changes are in the project already.")
	}
	v.about.SetText(words.F("%s Nothing is changed until you say so.", text))
	if len(r.Changes) > 0 {
		v.list.ScrollTo(0)
	}
	v.object.Refresh()
	v.count()
}

// Tick takes a change or leaves it.
func (v *Returned) Tick(id int, on bool) {
	v.taken[id] = on
	v.list.Refresh()
	v.count()
}

func (v *Returned) tickAll(on bool) {
	for _, c := range v.book.Changes {
		v.taken[c.ID] = on && c.Usable
	}
	v.list.Refresh()
	v.count()
}

// Accept takes the ticked changes in, as the button does.
func (v *Returned) Accept() {
	if ids := v.ticked(); len(ids) > 0 {
		v.onTake(v.book, ids)
	}
}

func (v *Returned) ticked() []int {
	var ids []int
	for _, c := range v.book.Changes {
		if v.taken[c.ID] {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func (v *Returned) count() {
	n := len(v.ticked())
	if n == 0 {
		v.accept.SetText(words.T("Take in"))
		v.accept.Disable()
		return
	}
	v.accept.SetText(format.Counted(n, "Take in %s change", "Take in %s changes"))
	v.accept.Enable()
}

// What a line's parts take: the box at the left, the place at the right.
const (
	boxWidth   = 40
	placeWidth = 210
	linePad    = 36
)

// note says more about a change that needs care.
func note(c *app.ReturnedChange) string {
	switch {
	case !c.Usable:
		return words.T("For you to know: this cannot be taken in.")
	case c.Conflict && c.Now != "":
		return words.F("Conflict: the project says %s today.", c.Now)
	case c.Conflict:
		return words.T("Conflict: the project has changed this too.")
	case c.Now != "":
		return words.F("The project says %s today.", c.Now)
	}
	return ""
}

func (v *Returned) line() fyne.CanvasObject {
	where := widget.NewLabel("")
	where.Importance, where.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
	more := widget.NewLabel("")
	more.TextStyle.Bold, more.Wrapping = true, fyne.TextWrapWord
	words := container.New(layout.NewCustomPaddedVBoxLayout(-8), widgets.NewProse(""), more)
	return container.NewBorder(nil, nil, widgets.Wide(boxWidth, widget.NewCheck("", nil)), widgets.Wide(placeWidth, where), words)
}

func (v *Returned) fill(i widget.ListItemID, o fyne.CanvasObject) {
	if v.book == nil || i >= len(v.book.Changes) {
		return
	}
	c, row := &v.book.Changes[i], o.(*fyne.Container)
	words := row.Objects[0].(*fyne.Container)
	words.Objects[0].(*widget.Label).SetText(c.Sentence)
	more := words.Objects[1].(*widget.Label)
	more.SetText(note(c))
	more.Importance = widget.MediumImportance
	if c.Conflict {
		more.Importance = widget.DangerImportance
	}
	more.Hidden = more.Text == ""
	more.Refresh()
	box := row.Objects[1].(*fyne.Container).Objects[0].(*widget.Check)
	box.OnChanged = nil
	box.SetChecked(v.taken[c.ID])
	if c.Usable {
		box.Enable()
		box.OnChanged = func(on bool) {
			v.taken[c.ID] = on
			v.count()
		}
	} else {
		box.Disable()
	}
	row.Objects[2].(*fyne.Container).Objects[0].(*widget.Label).SetText(c.Where)
}

// heights gives each line of the list the height that its words need.
type heights struct{ v *Returned }

func (h *heights) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (h *heights) Layout(o []fyne.CanvasObject, z fyne.Size) {
	v := h.v
	o[0].Resize(z)
	if v.book == nil || v.width == z.Width {
		return
	}
	v.width = z.Width
	room := z.Width - boxWidth - placeWidth - linePad
	lh := fyne.MeasureText("Ag", look.Body, fyne.TextStyle{}).Height
	for i := range v.book.Changes {
		c := &v.book.Changes[i]
		n := len(widgets.Wrap(c.Sentence, room, look.Body, fyne.TextStyle{}))
		if t := note(c); t != "" {
			n += len(widgets.Wrap(t, room, look.Body, fyne.TextStyle{Bold: true}))
		}
		v.list.SetItemHeight(i, float32(n)*lh+20)
	}
}
