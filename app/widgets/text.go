package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/look"
)

// ellipsis ends what was cut.
const ellipsis = "…"

// Fit cuts text to a width and says whether it had to.
func Fit(s string, width, size float32, style fyne.TextStyle) (string, bool) {
	if s == "" || TextWidth(s, size, style) <= width {
		return s, false
	}
	room := width - TextWidth(ellipsis, size, style)
	r := []rune(s)
	lo, hi := 0, len(r)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if TextWidth(string(r[:mid]), size, style) <= room {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return strings.TrimRight(string(r[:lo]), " ") + ellipsis, true
}

// Wrap breaks text into lines no wider than width, at spaces where it can.
func Wrap(s string, width, size float32, style fyne.TextStyle) []string {
	space := TextWidth(" ", size, style)
	var lines []string
	for _, para := range strings.Split(s, "\n") {
		var line strings.Builder
		used := float32(0)
		for _, word := range strings.Fields(para) {
			w := TextWidth(word, size, style)
			if line.Len() > 0 && used+space+w <= width {
				line.WriteByte(' ')
				line.WriteString(word)
				used += space + w
				continue
			}
			if line.Len() > 0 {
				lines = append(lines, line.String())
				line.Reset()
			}
			for w > width && len([]rune(word)) > 1 { // one word wider than a line is broken
				r := []rune(word)
				n := max(1, min(len(r)-1, int(float32(len(r))*width/w)))
				for n > 1 && TextWidth(string(r[:n]), size, style) > width {
					n--
				}
				lines = append(lines, string(r[:n]))
				word = string(r[n:])
				w = TextWidth(word, size, style)
			}
			line.WriteString(word)
			used = w
		}
		lines = append(lines, line.String())
	}
	return lines
}

// NewHeading is the title of a place.
func NewHeading(s string) *widget.Label {
	l := widget.NewLabel(s)
	l.SizeName = theme.SizeNameHeadingText
	l.TextStyle.Bold = true
	return l
}

// NewSub is the title of a part of a place.
func NewSub(s string) *widget.Label {
	l := widget.NewLabel(s)
	l.SizeName = theme.SizeNameSubHeadingText
	l.TextStyle.Bold = true
	return l
}

// NewProse is running text that wraps.
func NewProse(s string) *widget.Label {
	l := widget.NewLabel(s)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// NewCaption is small second-rank text that wraps.
func NewCaption(s string) *widget.Label {
	l := widget.NewLabel(s)
	l.SizeName = theme.SizeNameCaptionText
	l.Importance = widget.LowImportance
	l.Wrapping = fyne.TextWrapWord
	return l
}

// Ground lays a colour of the look behind an object and follows the theme.
func Ground(c fyne.ThemeColorName, o fyne.CanvasObject) *fyne.Container {
	return container.NewStack(newFill(c), o)
}

// fill is a rectangle that follows the theme.
type fill struct {
	widget.BaseWidget
	name fyne.ThemeColorName
}

func newFill(c fyne.ThemeColorName) *fill {
	f := &fill{name: c}
	f.ExtendBaseWidget(f)
	return f
}

func (f *fill) CreateRenderer() fyne.WidgetRenderer {
	r := canvas.NewRectangle(look.Colour(f.name))
	return &fillRenderer{f, r}
}

type fillRenderer struct {
	f *fill
	r *canvas.Rectangle
}

func (r *fillRenderer) Destroy()                     {}
func (r *fillRenderer) Layout(z fyne.Size)           { r.r.Resize(z) }
func (r *fillRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *fillRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.r} }
func (r *fillRenderer) Refresh() {
	r.r.FillColor = look.Colour(r.f.name)
	r.r.Refresh()
}

// sized gives its object at least a size.
type sized struct{ min fyne.Size }

func (s sized) MinSize(o []fyne.CanvasObject) fyne.Size {
	z := s.min
	for _, x := range o {
		z = z.Max(x.MinSize())
	}
	return z
}

func (s sized) Layout(o []fyne.CanvasObject, z fyne.Size) {
	for _, x := range o {
		x.Resize(z)
		x.Move(fyne.Position{})
	}
}

// AtLeast keeps an object from being smaller than w × h.
func AtLeast(w, h float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(sized{fyne.NewSize(w, h)}, o)
}

// exact gives its object one width whatever it asks for, and its own height.
type exact struct{ w float32 }

func (s exact) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := float32(0)
	for _, x := range o {
		h = max(h, x.MinSize().Height)
	}
	return fyne.NewSize(s.w, h)
}

func (s exact) Layout(o []fyne.CanvasObject, z fyne.Size) { sized{}.Layout(o, z) }

// Wide gives an object exactly a width.
func Wide(w float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(exact{w}, o)
}

// Inset puts space around an object: top and bottom v, left and right h.
func Inset(v, h float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(inset{v, h}, o)
}

// Margin is the layout of Inset.
func Margin(v, h float32) fyne.Layout { return inset{v, h} }

type inset struct{ v, h float32 }

func (i inset) MinSize(o []fyne.CanvasObject) fyne.Size {
	z := sized{}.MinSize(o)
	return z.AddWidthHeight(2*i.h, 2*i.v)
}

func (i inset) Layout(o []fyne.CanvasObject, z fyne.Size) {
	for _, x := range o {
		x.Move(fyne.NewPos(i.h, i.v))
		x.Resize(z.SubtractWidthHeight(2*i.h, 2*i.v))
	}
}
