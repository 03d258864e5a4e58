package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// flow lays objects in rows, beginning a new one when the width is used up. Its
// least width is that of its widest object, so that a window can be made
// narrower than one row; its height follows the width it was given last.
type flow struct {
	gapX, gapY float32
	width      float32
	changed    func()
}

func (f *flow) rows(o []fyne.CanvasObject, width float32, each func(fyne.CanvasObject, float32, float32, fyne.Size)) float32 {
	x, y, high := float32(0), float32(0), float32(0)
	for _, c := range o {
		if !c.Visible() {
			continue
		}
		z := c.MinSize()
		if x > 0 && x+z.Width > width {
			x, y, high = 0, y+high+f.gapY, 0
		}
		if each != nil {
			each(c, x, y, z)
		}
		x += z.Width + f.gapX
		high = max(high, z.Height)
	}
	return y + high
}

func (f *flow) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := float32(0)
	for _, c := range o {
		if c.Visible() {
			w = max(w, c.MinSize().Width)
		}
	}
	width := f.width
	if width == 0 {
		width = 1e6
	}
	return fyne.NewSize(w, f.rows(o, width, nil))
}

func (f *flow) Layout(o []fyne.CanvasObject, z fyne.Size) {
	before := f.rows(o, f.width, nil)
	f.width = z.Width
	h := f.rows(o, z.Width, func(c fyne.CanvasObject, x, y float32, s fyne.Size) {
		c.Move(fyne.NewPos(x, y))
		c.Resize(s)
	})
	if f.changed != nil && h != before {
		f.changed()
	}
}

// Flow lays objects in rows, beginning a new one when the width is used up.
func Flow(objects ...fyne.CanvasObject) *fyne.Container {
	f := &flow{gapX: 6, gapY: 4}
	c := container.New(f, objects...)
	f.changed = c.Refresh
	return c
}
