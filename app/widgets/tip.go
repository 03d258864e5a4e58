package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/planting-the-flag/flagstone/app/look"
)

// How a tip behaves.
const (
	tipDelay    = 450 * time.Millisecond
	tipMaxWidth = 340
)

// tips keeps one layer a canvas. It is only touched on the UI goroutine.
var tips = map[fyne.Canvas]*TipLayer{}

// TipLayer lies over everything else in a window and shows one tip at a time.
// It takes no pointer events.
type TipLayer struct {
	box   *fyne.Container
	post  func(func())
	asked int // generation: only the last asked tip appears
}

// NewTipLayer makes the layer of a window. Put Object on top of the content.
func NewTipLayer(c fyne.Canvas, post func(func())) *TipLayer {
	t := &TipLayer{box: &fyne.Container{}, post: post}
	tips[c] = t
	return t
}

// Object is what lies over the content.
func (t *TipLayer) Object() fyne.CanvasObject { return t.box }

// ShowTip shows text near a position of the canvas that holds o, after a
// moment.
func ShowTip(o fyne.CanvasObject, text string, at fyne.Position) {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	t := tips[c]
	if t == nil || text == "" {
		HideTip(o)
		return
	}
	t.asked++
	n := t.asked
	if len(t.box.Objects) > 0 {
		t.box.RemoveAll()
	}
	time.AfterFunc(tipDelay, func() {
		t.post(func() {
			if n == t.asked {
				t.show(c, text, at)
			}
		})
	})
}

// HideTip takes the tip away.
func HideTip(o fyne.CanvasObject) {
	t := tips[fyne.CurrentApp().Driver().CanvasForObject(o)]
	if t == nil {
		return
	}
	t.asked++
	if len(t.box.Objects) > 0 {
		t.box.RemoveAll()
	}
}

func (t *TipLayer) show(c fyne.Canvas, text string, at fyne.Position) {
	lines := Wrap(text, tipMaxWidth, look.Caption+1, fyne.TextStyle{})
	const pad = 6
	w, lh := float32(0), fyne.MeasureText("Ag", look.Caption+1, fyne.TextStyle{}).Height
	objs := make([]fyne.CanvasObject, 0, len(lines)+1)
	bg := canvas.NewRectangle(look.Colour("menuBackground"))
	bg.StrokeColor, bg.StrokeWidth, bg.CornerRadius = look.Colour("inputBorder"), 1, 3
	objs = append(objs, bg)
	for i, s := range lines {
		x := canvas.NewText(s, look.Colour("foreground"))
		x.TextSize = look.Caption + 1
		x.Move(fyne.NewPos(pad, pad+float32(i)*lh))
		x.Resize(x.MinSize())
		w = max(w, x.MinSize().Width)
		objs = append(objs, x)
	}
	z := fyne.NewSize(w+2*pad, lh*float32(len(lines))+2*pad)
	bg.Resize(z)
	card := &fyne.Container{Objects: objs}
	card.Resize(z)
	cz := c.Size()
	p := at.AddXY(12, 18)
	if p.X+z.Width > cz.Width-4 {
		p.X = max(4, cz.Width-4-z.Width)
	}
	if p.Y+z.Height > cz.Height-4 {
		p.Y = max(4, at.Y-z.Height-8)
	}
	card.Move(p)
	t.box.Objects = []fyne.CanvasObject{card}
	t.box.Refresh()
}
