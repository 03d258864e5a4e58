package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
)

// CellEdit is how one cell is changed in its place.
type CellEdit struct {
	Text string   // what stands there, as it is typed
	Hint string   // what can be typed
	List []string // the values that it may have; any when empty
	// Set takes what was typed, or says in a sentence why it cannot be.
	Set func(text string) (refused string)
}

// cellEditor is the line of typing over a cell.
type cellEditor[R any] struct {
	Entry
	t           *DataTable[R]
	key, column string
	edit        CellEdit
	problem     string
	ground      *canvas.Rectangle
	note        *canvas.Text
	closing     bool
}

// AcceptsTab keeps Tab for going to the next cell.
func (e *cellEditor[R]) AcceptsTab() bool { return true }

// FocusLost takes what was typed when another thing is clicked on.
func (e *cellEditor[R]) FocusLost() {
	e.Entry.FocusLost()
	if !e.closing && e.problem == "" {
		e.finish(0, 0)
	}
}

// BeginEdit opens the cell with the cursor for typing, if it can be changed.
func (t *DataTable[R]) BeginEdit() bool {
	if t.Edit == nil || t.Row(t.at) == nil || t.chosen == "" {
		return false
	}
	edit, ok := t.Edit(t.chosen, t.cell.column)
	if !ok {
		return false
	}
	HideTip(t)
	t.closeEditor()
	t.markOnly(t.at)
	t.cell.from = t.cell.column
	t.reveal(t.at)
	t.showCell()
	e := &cellEditor[R]{t: t, key: t.chosen, column: t.cell.column, edit: edit, ground: canvas.NewRectangle(nil), note: canvas.NewText("", nil)}
	e.Text = edit.Text
	e.PlaceHolder = edit.Hint
	e.ExtendBaseWidget(e)
	e.OnKey = e.onKey
	e.OnChanged = func(string) { e.problem = ""; t.Refresh() }
	t.editor = e
	t.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(e)
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	return true
}

// Editing is the key and column of the cell open for typing; empty for none.
func (t *DataTable[R]) Editing() (key, column string) {
	if t.editor == nil {
		return "", ""
	}
	return t.editor.key, t.editor.column
}

// Editor is the line of typing over a cell, for tests; nil for none.
func (t *DataTable[R]) Editor() *Entry {
	if t.editor == nil {
		return nil
	}
	return &t.editor.Entry
}

// EditNote is what is said under the cell open for typing, and whether it says
// why the text was refused.
func (t *DataTable[R]) EditNote() (note string, refused bool) {
	if t.editor == nil {
		return "", false
	}
	return t.editor.words(), t.editor.problem != ""
}

func (e *cellEditor[R]) onKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		e.t.closeEditor()
		e.t.focus()
	case fyne.KeyReturn, fyne.KeyEnter:
		e.finish(1, 0)
	case fyne.KeyTab:
		if e.t.shiftHeld() {
			e.finish(0, -1)
		} else {
			e.finish(0, 1)
		}
	case fyne.KeyDown:
		e.finish(1, 0)
	case fyne.KeyUp:
		e.finish(-1, 0)
	default:
		return false
	}
	return true
}

// finish takes what was typed and moves the cursor on; what is refused stays
// open with the reason under it.
func (e *cellEditor[R]) finish(down, right int) {
	t := e.t
	if t.editor != e {
		return
	}
	if text := strings.TrimSpace(e.Text); text != strings.TrimSpace(e.edit.Text) {
		if e.problem = e.edit.Set(text); e.problem != "" {
			t.Refresh()
			return
		}
	}
	moved := down != 0 || right != 0
	t.closeEditor()
	if !moved {
		return
	}
	t.focus()
	if right != 0 {
		t.stepCell(right, false)
	}
	if at := t.at + down; down != 0 && at >= 0 && at < len(t.lines) {
		t.moveTo(at)
	}
}

// closeEditor leaves the cell as it is.
func (t *DataTable[R]) closeEditor() {
	e := t.editor
	if e == nil {
		return
	}
	e.closing = true
	t.editor = nil
	t.Refresh()
}

// words say what is wrong, or what can be typed.
func (e *cellEditor[R]) words() string {
	if e.problem != "" {
		return e.problem
	}
	if len(e.edit.List) == 0 {
		return ""
	}
	typed := strings.ToLower(strings.TrimSpace(e.Text))
	if typed == strings.ToLower(e.edit.Text) {
		typed = ""
	}
	var fit []string
	for _, s := range e.edit.List {
		if strings.HasPrefix(strings.ToLower(s), typed) {
			fit = append(fit, s)
		}
	}
	switch {
	case len(fit) == 0:
		return words.T("None of the values begins so.")
	case len(fit) > 7:
		fit = append(fit[:7:7], "…")
	}
	return strings.Join(fit, ", ")
}

// place puts the line of typing over its cell; it goes when the cell is out of
// sight.
func (e *cellEditor[R]) place(z fyne.Size) []fyne.CanvasObject {
	t := e.t
	x, w := t.cellSpan(e.column)
	y := headerHeight + float32(t.at)*rowHeight - t.y
	if w == 0 || t.at < 0 || y < headerHeight-rowHeight/2 || y > z.Height-t.footHeight()-rowHeight/2 {
		return nil
	}
	h := e.MinSize().Height
	w = max(w, 110)
	x = max(0, min(x, z.Width-w))
	e.Resize(fyne.NewSize(w, max(h, rowHeight)))
	top := y - (max(h, rowHeight)-rowHeight)/2
	e.Move(fyne.NewPos(x, top))
	words := e.words()
	if words == "" {
		return []fyne.CanvasObject{e}
	}
	col := look.Colour(look.Muted)
	if e.problem != "" {
		col = look.Colour(look.Bad)
	}
	words, _ = Fit(words, max(120, z.Width-16), look.Caption+1, fyne.TextStyle{})
	set(e.note, words, look.Caption+1, col, false)
	m := e.note.MinSize()
	nx, ny := max(0, min(x, z.Width-m.Width-12)), top+max(h, rowHeight)+1
	if ny+m.Height+6 > z.Height {
		ny = top - m.Height - 7
	}
	place(e.ground, nx, ny, m.Width+12, m.Height+6, look.Colour(theme.ColorNameMenuBackground))
	e.ground.StrokeColor, e.ground.StrokeWidth, e.ground.CornerRadius = look.Colour(theme.ColorNameInputBorder), 1, 3
	e.note.Move(fyne.NewPos(nx+6, ny+3))
	return []fyne.CanvasObject{e, e.ground, e.note}
}
