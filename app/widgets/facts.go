package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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
	Level    int  // how far it is indented: parts of the line above
	Do       func()
	Fold     Fold    // Do shows or hides the parts of the line
	Picture  Picture // stands by itself: the other fields are then not used
}

// Fold says whether a line has parts, and whether they are shown.
type Fold int

// The ways of folding.
const (
	NoParts Fold = iota
	Folded
	Unfolded
)

// label is the label with its sign of folding.
func (f *Fact) label() string {
	switch f.Fold {
	case Folded:
		return "▸ " + f.Label
	case Unfolded:
		return "▾ " + f.Label
	}
	return f.Label
}

// opens says whether a line can be gone to: it leads somewhere, or says more.
func (f *Fact) opens() bool { return f.Section == "" && (f.Do != nil || f.Tip != "") }

// Facts is a sheet of facts, label left and value right, drawn as one widget
// so that a sheet of a hundred lines costs no more than a label.
//
// The arrows go from line to line; Enter, Space or a tap follows a line that
// leads somewhere, and opens what is known of any other below it.
type Facts struct {
	widget.BaseWidget
	// OnReveal is asked to bring a part of the sheet into sight; may be nil.
	OnReveal func(top, height float32)

	facts   []Fact
	lines   []factLine
	lastTip string
	width   float32
	focused bool
	at      int             // line that has the keys
	hover   int             // line under the pointer, −1 for none
	opened  map[string]bool // lines whose tip is written out, by their words
}

type factLine struct {
	top, height float32
	fact        int
}

// NewFacts makes an empty sheet.
func NewFacts() *Facts {
	f := &Facts{hover: -1, opened: map[string]bool{}}
	f.ExtendBaseWidget(f)
	return f
}

// Set shows other facts. What was open stays open while it is still there.
func (f *Facts) Set(facts []Fact) {
	f.facts = facts
	if f.at >= len(facts) {
		f.at = 0
	}
	f.Refresh()
}

// List is what the sheet shows.
func (f *Facts) List() []Fact { return f.facts }

func (f *Facts) under(y float32) int {
	for _, l := range f.lines {
		if y >= l.top && y < l.top+l.height {
			return l.fact
		}
	}
	return -1
}

// CreateRenderer draws the sheet.
func (f *Facts) CreateRenderer() fyne.WidgetRenderer {
	r := &factsRenderer{f: f, ring: canvas.NewRectangle(nil), glow: canvas.NewRectangle(nil)}
	r.ring.StrokeWidth, r.ring.CornerRadius, r.glow.CornerRadius = 2, 3, 3
	return r
}

type factsRenderer struct {
	f       *Facts
	ring    *canvas.Rectangle // around the line that has the keys
	glow    *canvas.Rectangle // under the line that the pointer could follow
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
		left := pad + levelWidth*float32(x.Level)
		switch {
		case x.Section != "":
			y += 8
			rule(y)
			y += 6
			text(x.Section, look.Body, pad, y, "", true)
			y += lh + 4
		case x.Picture != nil:
			drawn, high := x.Picture.Draw(w - left - pad)
			for _, o := range drawn {
				o.Move(o.Position().AddXY(left, y))
				r.objects = append(r.objects, o)
			}
			y += high
		case x.Prose:
			if x.Label != "" {
				text(x.Label, look.Caption+1, left, y, look.Muted, false)
				y += lh
			}
			col := fyne.ThemeColorName("")
			if x.Warn {
				col = look.Bad
			} else if x.Do != nil {
				col = look.Accent
			}
			for _, s := range Wrap(leads(x), w-left-pad, look.Body, fyne.TextStyle{}) {
				text(s, look.Body, left, y, col, false)
				y += lh
			}
			y += 4
		default:
			y = r.pair(x, y, w, lh, left, text)
		}
		if x.opens() && x.Do == nil && f.opened[x.Label+x.Value] {
			for _, s := range Wrap(x.Tip, w-left-levelWidth-pad, look.Caption+1, fyne.TextStyle{}) {
				text(s, look.Caption+1, left+levelWidth, y, look.Muted, false)
				y += lh
			}
			y += 4
		}
		f.lines = append(f.lines, factLine{top, y - top, i})
	}
	r.height = y + 8
	r.marks(w)
}

// pair draws a label with its value to the right, or below when both do not
// fit on one line.
func (r *factsRenderer) pair(x *Fact, y, w, lh, left float32, text func(string, float32, float32, float32, fyne.ThemeColorName, bool) *canvas.Text) float32 {
	const pad = 8
	col := fyne.ThemeColorName("")
	switch {
	case x.Value == format.NotKnown():
		col = look.Muted
	case x.Warn:
		col = look.Bad
	case x.Do != nil:
		col = look.Accent
	}
	lw := TextWidth(x.label(), look.Body, fyne.TextStyle{})
	value := leads(x)
	vw := TextWidth(value, look.Body, fyne.TextStyle{})
	mark := float32(0)
	if x.Modelled {
		mark = markWidth
	}
	if lw+vw+mark+12 <= w-left-pad {
		text(x.label(), look.Body, left, y, look.Muted, false)
		text(value, look.Body, w-pad-vw, y, col, false)
		if x.Modelled {
			text(modelledMark, look.Body, w-pad-vw-mark, y, look.Modelled, false)
		}
		return y + lh + 3
	}
	for _, s := range Wrap(x.label(), w-left-pad, look.Body, fyne.TextStyle{}) {
		text(s, look.Body, left, y, look.Muted, false)
		y += lh
	}
	for i, s := range Wrap(value, w-left-pad-mark, look.Body, fyne.TextStyle{}) {
		sw := TextWidth(s, look.Body, fyne.TextStyle{})
		text(s, look.Body, w-pad-sw, y, col, false)
		if i == 0 && x.Modelled {
			text(modelledMark, look.Body, w-pad-sw-mark, y, look.Modelled, false)
		}
		y += lh
	}
	return y + 3
}
