package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
	"github.com/planting-the-flag/flagstone/app/words"
)

// tourStep points at one part of the window.
type tourStep struct {
	title, text string
	place       string // to show while it is pointed at; empty to stay
	at          func() fyne.CanvasObject
}

// tour shows a new user around in five steps. Its card lies over the window
// and stops nothing: everything under it goes on working.
type tour struct {
	w     *Window
	steps []tourStep
	at    int // −1 while it does not run
	card  *tourCard
	ring  *canvas.Rectangle
	layer *fyne.Container
}

func newTour(w *Window) *tour {
	nav := func(id string) func() fyne.CanvasObject {
		return func() fyne.CanvasObject {
			if p := w.placeByID(id); p != nil && p.item != nil {
				return p.item
			}
			return nil
		}
	}
	t := &tour{w: w, at: -1, ring: canvas.NewRectangle(nil)}
	t.steps = []tourStep{
		{words.T("Bring in what you have"), words.T("Drop your spreadsheets anywhere on this window, or press Ctrl+I. Nothing is changed before you have seen what would happen. Your buildings are then listed here."), "portfolio", nav("portfolio")},
		{words.T("See them on the map"), words.T("Every building with a postcode or coordinates appears over the boundaries of the place. What you select here is selected everywhere."), "map", nav("map")},
		{words.T("Ask hard questions"), words.T("Challenge sets each building against its peers: how good is it, and how much is it needed? Move the sliders to say what counts."), "challenge", nav("challenge")},
		{words.T("Try a plan"), words.T("A scenario is a list of dated actions. Add one and every figure follows at once; Ctrl+Z takes it back. Choose any figure to see what it is made of."), "scenarios", nav("scenarios")},
		{words.T("Write the paper"), words.T("The workbook for finance and the business case for the committee are written here, with the pages beside their settings."), "reports", nav("reports")},
	}
	t.ring.StrokeWidth, t.ring.CornerRadius = 3, 6
	t.card = newTourCard(t)
	t.layer = container.New(&tourLayout{t}, t.ring, t.card)
	t.layer.Hide()
	return t
}

// start begins with the first step.
func (t *tour) start() {
	if t.w.desk.Workspace() == nil {
		return
	}
	t.w.settings.SetTourShown(true)
	if top := t.w.win.Canvas().Overlays().Top(); top != nil { // a card would lie on the tour
		top.Hide()
	}
	t.step(0)
}

// running says whether the card is there.
func (t *tour) running() bool { return t.at >= 0 }

// step shows a step; past the last the tour is over.
func (t *tour) step(i int) {
	if i >= len(t.steps) || t.w.desk.Workspace() == nil {
		t.end()
		return
	}
	t.at = max(0, i)
	s := t.steps[t.at]
	if s.place != "" && t.w.Place() != s.place {
		t.w.GoTo(s.place)
	}
	t.card.show(s, t.at+1, len(t.steps))
	t.ring.StrokeColor, t.ring.FillColor = look.Colour(look.Accent), nil
	t.layer.Show()
	t.layer.Refresh()
	t.w.win.Canvas().Focus(t.card)
}

// end takes the card away.
func (t *tour) end() {
	if !t.running() {
		return
	}
	t.at = -1
	t.layer.Hide()
	if c := t.w.win.Canvas(); c.Focused() == t.card {
		c.Unfocus()
		if t.w.current != nil {
			if f := t.w.current.view.Focus(); f != nil {
				c.Focus(f)
			}
		}
	}
}

// tourLayout puts the ring around the part that is pointed at and the card
// beside it, where there is room.
type tourLayout struct{ t *tour }

const tourWidth = 320

func (l *tourLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l *tourLayout) Layout(_ []fyne.CanvasObject, z fyne.Size) {
	t := l.t
	if t.at < 0 {
		return
	}
	t.card.Resize(fyne.NewSize(tourWidth, 10))
	h := t.card.MinSize().Height
	t.card.Resize(fyne.NewSize(tourWidth, h))
	o := t.steps[t.at].at()
	drv := fyne.CurrentApp().Driver()
	if o == nil || drv.CanvasForObject(o) == nil {
		t.ring.Hide()
		t.card.Move(fyne.NewPos((z.Width-tourWidth)/2, (z.Height-h)/2))
		return
	}
	p := drv.AbsolutePositionForObject(o).Subtract(drv.AbsolutePositionForObject(t.layer))
	t.ring.Show()
	t.ring.Move(p.SubtractXY(2, 2))
	t.ring.Resize(o.Size().AddWidthHeight(4, 4))
	x := p.X + o.Size().Width + 12
	if x+tourWidth > z.Width-8 {
		x = max(8, p.X-tourWidth-12)
	}
	t.card.Move(fyne.NewPos(x, max(8, min(p.Y-8, z.Height-h-8))))
}

// tourCard is the card; the arrows, Enter and Escape work it while it has the
// keys.
type tourCard struct {
	widget.BaseWidget
	t           *tour
	title, text *widget.Label
	count       *widget.Label
	back, next  *widgets.Button
	edge        *canvas.Rectangle
	body        *fyne.Container
}

func newTourCard(t *tour) *tourCard {
	c := &tourCard{t: t, title: widgets.NewSub(""), text: widgets.NewProse(""), count: widget.NewLabel(""), edge: canvas.NewRectangle(nil)}
	c.count.Importance = widget.LowImportance
	c.back = widgets.NewButton(words.T("Back"), words.T("The step before (left arrow)"), nil, func() { t.step(t.at - 1) })
	c.next = widgets.NewButton(words.T("Next"), words.T("The next step (right arrow or Enter)"), nil, func() { t.step(t.at + 1) }).Main()
	skip := widgets.NewButton(words.T("Skip"), words.T("End the tour (Escape); Help starts it again"), nil, t.end).Quiet()
	keys := widgets.NewCaption(words.T("Arrows go on and back, Escape ends. Ctrl+F8 comes back to this card."))
	c.body = container.NewStack(widgets.Ground(look.Panel, widgets.Inset(8, 10, container.NewVBox(
		container.NewBorder(nil, nil, nil, c.count, c.title), c.text, keys,
		container.NewHBox(skip, layout.NewSpacer(), c.back, c.next)))), c.edge)
	c.edge.StrokeWidth, c.edge.CornerRadius = 2, 4
	c.ExtendBaseWidget(c)
	return c
}

func (c *tourCard) show(s tourStep, n, of int) {
	c.title.SetText(s.title)
	c.text.SetText(s.text)
	c.count.SetText(words.F("%d of %d", n, of))
	c.back.Disable()
	if n > 1 {
		c.back.Enable()
	}
	c.next.SetText(words.T("Next"))
	if n == of {
		c.next.SetText(words.T("Done"))
	}
	c.dress(false)
}

func (c *tourCard) dress(focused bool) {
	c.edge.FillColor = nil
	c.edge.StrokeColor = look.Colour(look.Muted)
	if focused {
		c.edge.StrokeColor = look.Colour(look.KeyRing)
	}
	c.edge.Refresh()
}

// FocusGained shows that keys go here.
func (c *tourCard) FocusGained() { c.dress(true) }

// FocusLost takes that mark away.
func (c *tourCard) FocusLost() { c.dress(false) }

// TypedRune does nothing.
func (c *tourCard) TypedRune(rune) {}

// TypedKey goes on, back, or ends.
func (c *tourCard) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyRight, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.t.step(c.t.at + 1)
	case fyne.KeyLeft:
		c.t.step(c.t.at - 1)
	case fyne.KeyEscape:
		c.t.end()
	}
}

// CreateRenderer draws the card.
func (c *tourCard) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.body) }
