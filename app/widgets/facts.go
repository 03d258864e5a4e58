package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
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
	lines   []factLine // of the first facts; the others are laid out when they come into sight
	from    float32    // part of the sheet that is in sight
	to      float32    // 0 for all of it
	high    float32    // how high all lines are
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
	f.facts, f.lines = facts, nil
	if f.at >= len(facts) {
		f.at = 0
	}
	f.Refresh()
}

// Sight says which part of the sheet is in sight: of a long one no more than that
// and a little above and below is drawn.
func (f *Facts) Sight(top, height float32) {
	if f.to > 0 && top >= f.from && top+height <= f.to {
		return // that was drawn
	}
	f.from, f.to = top-height, top+2*height
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
}

func (r *factsRenderer) Destroy()                     {}
func (r *factsRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *factsRenderer) MinSize() fyne.Size           { return fyne.NewSize(180, r.f.high) }

func (r *factsRenderer) Layout(z fyne.Size) {
	if z.Width != r.f.width {
		r.f.width = z.Width
		r.f.lines = nil
		old := r.f.high
		r.draw()
		if r.f.high != old {
			canvas.Refresh(r.f)
		}
	}
}

func (r *factsRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.f)
}
