package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
)

// Fact is one line of a fact sheet.
type Fact struct {
	Section  string // starts a part; the other fields are then not used
	Label    string
	Value    string
	Modelled bool
	Tip      string
	Warn     bool
	Prose    bool // Value runs over the full width below Label
	Do       func()
}

// Facts is a sheet of facts, label left and value right, drawn as one widget
// so that a sheet of a hundred lines costs no more than a label.
type Facts struct {
	widget.BaseWidget
	facts   []Fact
	lines   []factLine
	lastTip string
	width   float32
}

type factLine struct {
	top, height float32
	fact        int
}

// NewFacts makes an empty sheet.
func NewFacts() *Facts {
	f := &Facts{}
	f.ExtendBaseWidget(f)
	return f
}

// Set shows other facts.
func (f *Facts) Set(facts []Fact) {
	f.facts = facts
	f.Refresh()
}

// List is what the sheet shows.
func (f *Facts) List() []Fact { return f.facts }

func (f *Facts) at(y float32) *Fact {
	for _, l := range f.lines {
		if y >= l.top && y < l.top+l.height {
			return &f.facts[l.fact]
		}
	}
	return nil
}

// Tapped follows a line that leads somewhere.
func (f *Facts) Tapped(e *fyne.PointEvent) {
	if x := f.at(e.Position.Y); x != nil && x.Do != nil {
		HideTip(f)
		x.Do()
	}
}

// MouseIn shows where a figure comes from.
func (f *Facts) MouseIn(e *desktop.MouseEvent) { f.MouseMoved(e) }

// MouseMoved shows where the figure under the pointer comes from.
func (f *Facts) MouseMoved(e *desktop.MouseEvent) {
	tip := ""
	if x := f.at(e.Position.Y); x != nil {
		tip = x.Tip
	}
	if tip != f.lastTip {
		f.lastTip = tip
		ShowTip(f, tip, e.AbsolutePosition)
	}
}

// MouseOut hides the tip.
func (f *Facts) MouseOut() { f.lastTip = ""; HideTip(f) }

// CreateRenderer draws the sheet.
func (f *Facts) CreateRenderer() fyne.WidgetRenderer {
	return &factsRenderer{f: f}
}

type factsRenderer struct {
	f       *Facts
	texts   []*canvas.Text
	rules   []*canvas.Rectangle
	objects []fyne.CanvasObject
	height  float32
}

func (r *factsRenderer) Destroy()                     {}
func (r *factsRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *factsRenderer) MinSize() fyne.Size           { return fyne.NewSize(180, r.height) }

func (r *factsRenderer) Layout(z fyne.Size) {
	if z.Width != r.f.width {
		r.f.width = z.Width
		old := r.height
		r.draw()
		if r.height != old {
			canvas.Refresh(r.f)
		}
	}
}

func (r *factsRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.f)
}

func (r *factsRenderer) draw() {
	f := r.f
	const pad = 8
	w := f.width
	if w <= 0 {
		w = 280
	}
	fg, muted := look.Colour(theme.ColorNameForeground), look.Colour(look.Muted)
	lh := float32(math.Ceil(float64(fyne.MeasureText("Ag", look.Body, fyne.TextStyle{}).Height)))
	r.objects, f.lines = r.objects[:0], f.lines[:0]
	nt, nr := 0, 0
	text := func(s string, size, x, y float32, c fyne.ThemeColorName, bold bool) *canvas.Text {
		if nt == len(r.texts) {
			r.texts = append(r.texts, canvas.NewText("", nil))
		}
		t := r.texts[nt]
		nt++
		col := fg
		switch c {
		case look.Muted:
			col = muted
		case "":
		default:
			col = look.Colour(c)
		}
		set(t, s, size, col, bold)
		t.Move(fyne.NewPos(float32(math.Round(float64(x))), y))
		r.objects = append(r.objects, t)
		return t
	}
	rule := func(y float32) {
		if nr == len(r.rules) {
			r.rules = append(r.rules, canvas.NewRectangle(nil))
		}
		place(r.rules[nr], pad, y, w-2*pad, 1, look.Colour(theme.ColorNameSeparator))
		r.objects = append(r.objects, r.rules[nr])
		nr++
	}
	y := float32(2)
	for i := range f.facts {
		x := &f.facts[i]
		top := y
		switch {
		case x.Section != "":
			y += 8
			rule(y)
			y += 6
			text(x.Section, look.Body, pad, y, "", true)
			y += lh + 4
		case x.Prose:
			if x.Label != "" {
				text(x.Label, look.Caption+1, pad, y, look.Muted, false)
				y += lh
			}
			col := fyne.ThemeColorName("")
			if x.Warn {
				col = look.Bad
			} else if x.Do != nil {
				col = look.Accent
			}
			for _, s := range Wrap(x.Value, w-2*pad, look.Body, fyne.TextStyle{}) {
				text(s, look.Body, pad, y, col, false)
				y += lh
			}
			y += 4
		default:
			y = r.pair(x, y, w, lh, text)
		}
		f.lines = append(f.lines, factLine{top, y - top, i})
	}
	r.height = y + 8
}

// pair draws a label with its value to the right, or below when both do not
// fit on one line.
func (r *factsRenderer) pair(x *Fact, y, w, lh float32, text func(string, float32, float32, float32, fyne.ThemeColorName, bool) *canvas.Text) float32 {
	const pad = 8
	col := fyne.ThemeColorName("")
	switch {
	case x.Value == format.Missing:
		col = look.Muted
	case x.Warn:
		col = look.Bad
	case x.Do != nil:
		col = look.Accent
	}
	lw := wordWidth(x.Label, look.Body, fyne.TextStyle{})
	vw := wordWidth(x.Value, look.Body, fyne.TextStyle{})
	mark := float32(0)
	if x.Modelled {
		mark = markWidth
	}
	if lw+vw+mark+12 <= w-2*pad {
		text(x.Label, look.Body, pad, y, look.Muted, false)
		text(x.Value, look.Body, w-pad-vw, y, col, false)
		if x.Modelled {
			text(modelledMark, look.Body, w-pad-vw-mark, y, look.Modelled, false)
		}
		return y + lh + 3
	}
	for _, s := range Wrap(x.Label, w-2*pad, look.Body, fyne.TextStyle{}) {
		text(s, look.Body, pad, y, look.Muted, false)
		y += lh
	}
	for i, s := range Wrap(x.Value, w-2*pad-mark, look.Body, fyne.TextStyle{}) {
		sw := wordWidth(s, look.Body, fyne.TextStyle{})
		text(s, look.Body, w-pad-sw, y, col, false)
		if i == 0 && x.Modelled {
			text(modelledMark, look.Body, w-pad-sw-mark, y, look.Modelled, false)
		}
		y += lh
	}
	return y + 3
}
