package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// ratio shares its space between two objects with a thin rule between them.
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

func (r *ratio) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[2].MinSize()
	if r.vertical {
		return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+1)
	}
	return fyne.NewSize(a.Width+b.Width+1, max(a.Height, b.Height))
}

func (r *ratio) Layout(o []fyne.CanvasObject, z fyne.Size) {
	total, a, b := z.Width, o[0].MinSize().Width, o[2].MinSize().Width
	if r.vertical {
		total, a, b = z.Height, o[0].MinSize().Height, o[2].MinSize().Height
	}
	first := max(a, min(total-1-b, total*r.first))
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
	put(o[1], first, 1)
	put(o[2], first+1, total-first-1)
}
