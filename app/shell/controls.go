package shell

import (
	"reflect"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/widgets"
)

// lister is a table, whatever its rows are.
type lister interface {
	fyne.CanvasObject
	Count() (shown, all int)
}

// NameOf says what an automated run calls a control: its kind and its words,
// "button Write workbook for finance", "entry Search assets", "choose 2028/29";
// a button that shows only a picture is called by its tip.
// It is empty for what is no control. A table is "table"; controls adds which.
func NameOf(o any) string {
	switch x := o.(type) {
	case *widgets.Button:
		if x.Text == "" {
			return "button " + x.Tip()
		}
		return "button " + x.Text
	case *widget.Button:
		return "button " + x.Text
	case *widgets.ValueChooser:
		return "choose " + x.Text
	case *widgets.NavItem:
		return "place"
	case *widgets.Entry:
		return NameOf(&x.Entry)
	case *widget.Entry:
		return "entry " + x.PlaceHolder
	case *widgets.Select:
		return NameOf(&x.Select)
	case *widget.Select:
		if x.Selected == "" {
			return "choose " + x.PlaceHolder
		}
		return "choose " + x.Selected
	case *widgets.Check:
		return NameOf(&x.Check)
	case *widget.Check:
		return "tick " + x.Text
	case *widget.RadioGroup:
		return "one of " + strings.Join(x.Options, ", ")
	case *widget.CheckGroup:
		return "any of " + strings.Join(x.Options, ", ")
	case *widget.Slider:
		return "slider"
	case *widget.Hyperlink:
		return "link " + x.Text
	case lister:
		return "table"
	}
	return ""
}

// focusName is NameOf what has the keys, or the name of its type.
func focusName(f fyne.Focusable) string {
	if f == nil {
		return ""
	}
	if n := NameOf(f); n != "" {
		return n
	}
	return strings.TrimPrefix(reflect.TypeOf(f).String(), "*")
}

// controls adds the box of every control in sight to a state, that of the card
// in front when there is one. Of several with one name the first keeps it and
// the others get a number.
func (w *Window) controls(st *State) {
	c := w.win.Canvas()
	root := fyne.CanvasObject(w.win.Content())
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	st.Overlays = len(c.Overlays().List())
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(root)
	k := &controlWalk{st: st, scale: c.Scale(), count: map[string]int{}}
	k.walk(root, at, fyne.NewPos(0, 0), c.Size())
}

type controlWalk struct {
	st    *State
	scale float32
	count map[string]int
}

// walk visits an object at a place of the window; lo and z are the part of the
// window through which it can be seen.
func (k *controlWalk) walk(o fyne.CanvasObject, at, lo fyne.Position, z fyne.Size) {
	if o == nil || !o.Visible() {
		return
	}
	child := func(x fyne.CanvasObject) {
		if x != nil {
			k.walk(x, at.Add(x.Position()), lo, z)
		}
	}
	switch x := o.(type) {
	case *fyne.Container:
		for _, y := range x.Objects {
			child(y)
		}
		return
	case *container.Scroll:
		hi := fyne.NewPos(min(lo.X+z.Width, at.X+x.Size().Width), min(lo.Y+z.Height, at.Y+x.Size().Height))
		from := fyne.NewPos(max(lo.X, at.X), max(lo.Y, at.Y))
		if x.Content != nil && hi.X > from.X && hi.Y > from.Y {
			k.walk(x.Content, at.Add(x.Content.Position()), from, fyne.NewSize(hi.X-from.X, hi.Y-from.Y))
		}
		return
	case *container.Split:
		child(x.Leading)
		child(x.Trailing)
		return
	case *widget.PopUp:
		child(x.Content)
		return
	case *container.AppTabs:
		if s := x.Selected(); s != nil {
			child(s.Content)
		}
	case *widget.Form:
		for _, i := range x.Items {
			if i.Widget != nil { // its place within the form is the form's own affair
				k.walk(i.Widget, fyne.CurrentApp().Driver().AbsolutePositionForObject(i.Widget), lo, z)
			}
		}
		return
	}
	name := NameOf(o)
	mid := at.AddXY(o.Size().Width/2, o.Size().Height/2)
	if name == "" || name == "place" || mid.X < lo.X || mid.Y < lo.Y || mid.X > lo.X+z.Width || mid.Y > lo.Y+z.Height {
		return
	}
	if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
		name = "disabled " + name
	}
	k.count[name]++
	if n := k.count[name]; n > 1 {
		name += " #" + strconv.Itoa(n)
	}
	s := k.scale
	k.st.Boxes[name] = Box{int(at.X * s), int(at.Y * s), int(o.Size().Width * s), int(o.Size().Height * s)}
}
