package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
)

// ratio shares its space between two objects with a rule between them.
type ratio struct {
	first    float32 // share of the first, 0–1
	vertical bool
}

// Beside puts two objects side by side; the first takes the share.
func Beside(share float32, a, b fyne.CanvasObject) *fyne.Container {
	return container.New(&ratio{share, false}, a, newFill(theme.ColorNameSeparator), b)
}

// Over puts one object over another; the first takes the share.
func Over(share float32, a, b fyne.CanvasObject) *fyne.Container {
	return container.New(&ratio{share, true}, a, newFill(theme.ColorNameSeparator), b)
}

// Shares remembers how the user divided places; the window sets both. Either
// may be nil.
var Shares struct {
	Kept func(name string) (share float32, ok bool)
	Keep func(name string, share float32)
}

// SplitBeside is Beside with a rule that can be moved by the pointer or by the
// arrow keys; where it stands is remembered under the name.
func SplitBeside(name string, share float32, a, b fyne.CanvasObject) *fyne.Container {
	return split(name, share, false, a, b)
}

// SplitOver is Over with such a rule.
func SplitOver(name string, share float32, a, b fyne.CanvasObject) *fyne.Container {
	return split(name, share, true, a, b)
}

func split(name string, share float32, vertical bool, a, b fyne.CanvasObject) *fyne.Container {
	if Shares.Kept != nil {
		if s, ok := Shares.Kept(name); ok {
			share = s
		}
	}
	r := &ratio{share, vertical}
	d := &divider{name: name, r: r}
	d.ExtendBaseWidget(d)
	d.box = container.New(r, a, d, b)
	return d.box
}

// gap is the width of what parts the two.
func gap(o []fyne.CanvasObject) float32 {
	if _, ok := o[1].(*divider); ok {
		return 5
	}
	return 1
}

func (r *ratio) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[2].MinSize()
	if r.vertical {
		return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+gap(o))
	}
	return fyne.NewSize(a.Width+b.Width+gap(o), max(a.Height, b.Height))
}

func (r *ratio) Layout(o []fyne.CanvasObject, z fyne.Size) {
	total, a, b := z.Width, o[0].MinSize().Width, o[2].MinSize().Width
	if r.vertical {
		total, a, b = z.Height, o[0].MinSize().Height, o[2].MinSize().Height
	}
	g := gap(o)
	first := max(a, min(total-g-b, total*r.first))
	put := func(x fyne.CanvasObject, at, size float32) {
		if r.vertical {
			x.Move(fyne.NewPos(0, at))
			x.Resize(fyne.NewSize(z.Width, size))
			return
		}
		x.Move(fyne.NewPos(at, 0))
		x.Resize(fyne.NewSize(size, z.Height))
	}
	put(o[0], 0, first)
	put(o[1], first, g)
	put(o[2], first+g, total-first-g)
}

// divider is a rule that can be moved.
type divider struct {
	widget.BaseWidget
	name           string
	r              *ratio
	box            *fyne.Container
	hover, focused bool
}

func (d *divider) move(by float32) {
	total := d.box.Size().Width
	if d.r.vertical {
		total = d.box.Size().Height
	}
	if total <= 0 {
		return
	}
	// From where it stands, which the least sizes of both sides decide too.
	at := d.Position().X
	if d.r.vertical {
		at = d.Position().Y
	}
	d.r.first = max(0.05, min(0.95, (at+by)/total))
	d.box.Refresh()
}

func (d *divider) keep() {
	if Shares.Keep != nil {
		Shares.Keep(d.name, d.r.first)
	}
}

// Dragged moves the rule with the pointer.
func (d *divider) Dragged(e *fyne.DragEvent) {
	by := e.Dragged.DX
	if d.r.vertical {
		by = e.Dragged.DY
	}
	d.move(by)
}

// DragEnd remembers where it was let go.
func (d *divider) DragEnd() { d.keep() }

// TypedKey moves the rule.
func (d *divider) TypedKey(k *fyne.KeyEvent) {
	const step = 16
	switch k.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		d.move(-step)
	case fyne.KeyRight, fyne.KeyDown:
		d.move(step)
	default:
		return
	}
	d.keep()
}

// TypedRune does nothing.
func (d *divider) TypedRune(rune) {}

// FocusGained shows that the arrows move the rule.
func (d *divider) FocusGained() { d.focused = true; d.Refresh() }

// FocusLost takes that mark away.
func (d *divider) FocusLost() { d.focused = false; d.Refresh() }

// MouseIn shows that the rule can be moved.
func (d *divider) MouseIn(e *desktop.MouseEvent) {
	d.hover = true
	d.Refresh()
	ShowTip(d, words.T("Drag to give one side more room; the arrow keys do it too"), e.AbsolutePosition)
}

// MouseMoved is needed to hear of the pointer at all.
func (d *divider) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes that mark away.
func (d *divider) MouseOut() { d.hover = false; d.Refresh(); HideTip(d) }

// Cursor says in which direction it moves.
func (d *divider) Cursor() desktop.Cursor {
	if d.r.vertical {
		return desktop.VResizeCursor
	}
	return desktop.HResizeCursor
}

// CreateRenderer draws the rule.
func (d *divider) CreateRenderer() fyne.WidgetRenderer {
	return &dividerRenderer{d: d, line: canvas.NewRectangle(nil), grip: canvas.NewRectangle(nil)}
}

type dividerRenderer struct {
	d          *divider
	line, grip *canvas.Rectangle
}

func (r *dividerRenderer) Destroy()           {}
func (r *dividerRenderer) MinSize() fyne.Size { return fyne.NewSize(5, 5) }
func (r *dividerRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.line, r.grip}
}

func (r *dividerRenderer) Layout(z fyne.Size) {
	r.grip.CornerRadius = 1.5
	if r.d.r.vertical {
		place(r.line, 0, 2, z.Width, 1, look.Colour(theme.ColorNameSeparator))
		place(r.grip, z.Width/2-14, 1, 28, 3, look.Colour(theme.ColorNameInputBorder))
	} else {
		place(r.line, 2, 0, 1, z.Height, look.Colour(theme.ColorNameSeparator))
		place(r.grip, 1, z.Height/2-14, 3, 28, look.Colour(theme.ColorNameInputBorder))
	}
	if r.d.focused || r.d.hover {
		r.line.FillColor = look.Colour(look.Accent)
		r.grip.FillColor = look.Colour(look.Accent)
	}
	if r.d.focused {
		place(r.line, 0, 0, z.Width, z.Height, look.Colour(look.KeyRing))
	}
}

func (r *dividerRenderer) Refresh() {
	r.Layout(r.d.Size())
	canvas.Refresh(r.d)
}
