package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/look"
)

// Button is a button with a tip.
type Button struct {
	widget.Button
	tip   string
	leave func()
}

// NewButton makes a button. The tip says what it does and its shortcut.
func NewButton(label, tip string, icon fyne.Resource, do func()) *Button {
	b := &Button{tip: tip}
	b.Text, b.Icon, b.OnTapped = label, icon, do
	b.ExtendBaseWidget(b)
	return b
}

// Quiet takes the button's ground away.
func (b *Button) Quiet() *Button {
	b.Importance = widget.LowImportance
	return b
}

// Main makes it the button of its place.
func (b *Button) Main() *Button {
	b.Importance = widget.HighImportance
	return b
}

// Leaving makes Escape leave what the button lies on in this way, where that is
// no card over the window.
func (b *Button) Leaving(leave func()) *Button {
	b.leave = leave
	return b
}

// Tip is what the tip says.
func (b *Button) Tip() string { return b.tip }

// SetTip changes the tip.
func (b *Button) SetTip(s string) { b.tip = s }

// MouseIn shows the tip.
func (b *Button) MouseIn(e *desktop.MouseEvent) {
	b.Button.MouseIn(e)
	ShowTip(b, b.tip, e.AbsolutePosition)
}

// MouseOut hides it.
func (b *Button) MouseOut() {
	b.Button.MouseOut()
	HideTip(b)
}

// Tapped hides the tip and does the button's work. The toolkit's ring that
// spreads from the pointer is left out: it paints the window over and over while
// the answer waits to be painted.
func (b *Button) Tapped(*fyne.PointEvent) {
	HideTip(b)
	if !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// TypedKey does the button's work at Enter as at Space. Escape is the window's,
// also while the button has the keys.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		if dismiss(b, b.leave) {
			return
		}
		if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(k)
		}
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.Tapped(nil)
	default:
		b.Button.TypedKey(k)
	}
}

// NavItem is one place in the navigation.
type NavItem struct {
	widget.BaseWidget
	icon     fyne.Resource
	label    string
	tip      string
	badge    string
	chosen   bool
	hovered  bool
	focused  bool
	onChosen func()
}

// NewNavItem makes the item of a place.
func NewNavItem(label, tip string, icon fyne.Resource, chosen func()) *NavItem {
	n := &NavItem{label: label, tip: tip, icon: icon, onChosen: chosen}
	n.ExtendBaseWidget(n)
	return n
}

// SetChosen marks the place that is shown.
func (n *NavItem) SetChosen(on bool) {
	if n.chosen != on {
		n.chosen = on
		n.Refresh()
	}
}

// SetBadge puts a small count beside the label.
func (n *NavItem) SetBadge(s string) {
	if n.badge != s {
		n.badge = s
		n.Refresh()
	}
}

// Tapped shows the place.
func (n *NavItem) Tapped(*fyne.PointEvent) { HideTip(n); n.onChosen() }

// MouseIn marks the item under the pointer.
func (n *NavItem) MouseIn(e *desktop.MouseEvent) {
	n.hovered = true
	n.Refresh()
	ShowTip(n, n.tip, e.AbsolutePosition)
}

// MouseMoved is needed to hear of the pointer at all.
func (n *NavItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (n *NavItem) MouseOut() {
	n.hovered = false
	n.Refresh()
	HideTip(n)
}

// FocusGained shows that keys go here.
func (n *NavItem) FocusGained() { n.focused = true; n.Refresh() }

// FocusLost takes the focus mark away.
func (n *NavItem) FocusLost() { n.focused = false; n.Refresh() }

// TypedRune does nothing.
func (n *NavItem) TypedRune(rune) {}

// TypedKey chooses with Space or Enter.
func (n *NavItem) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		n.onChosen()
	}
}

// CreateRenderer draws the item.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	r := &navRenderer{n: n, ground: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil),
		icon: canvas.NewImageFromResource(nil), text: canvas.NewText("", nil), badge: canvas.NewText("", nil)}
	r.icon.FillMode = canvas.ImageFillContain
	r.Refresh()
	return r
}

type navRenderer struct {
	n           *NavItem
	ground, bar *canvas.Rectangle
	icon        *canvas.Image
	text, badge *canvas.Text
}

func (r *navRenderer) Destroy()           {}
func (r *navRenderer) MinSize() fyne.Size { return fyne.NewSize(132, 34) }
func (r *navRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.bar, r.icon, r.text, r.badge}
}

func (r *navRenderer) Layout(z fyne.Size) {
	r.ground.Resize(fyne.NewSize(z.Width-8, z.Height-4))
	r.ground.Move(fyne.NewPos(4, 2))
	r.bar.Resize(fyne.NewSize(3, z.Height-12))
	r.bar.Move(fyne.NewPos(4, 6))
	r.icon.Resize(fyne.NewSize(18, 18))
	r.icon.Move(fyne.NewPos(14, (z.Height-18)/2))
	h := r.text.MinSize().Height
	r.text.Move(fyne.NewPos(40, (z.Height-h)/2))
	b := r.badge.MinSize()
	x := max(z.Width-b.Width-12, r.text.Position().X+r.text.MinSize().Width+4) // beside a long word it goes to the edge
	r.badge.Move(fyne.NewPos(min(x, z.Width-b.Width-2), (z.Height-b.Height)/2))
}

func (r *navRenderer) Refresh() {
	n := r.n
	r.ground.CornerRadius = 4
	r.ground.StrokeWidth = 0
	r.ground.FillColor = nil
	switch {
	case n.chosen:
		r.ground.FillColor = look.Colour(look.RowChosen)
	case n.hovered:
		r.ground.FillColor = look.Colour(theme.ColorNameHover)
	}
	if n.focused {
		r.ground.StrokeWidth, r.ground.StrokeColor = 2, look.Colour(look.KeyRing)
	}
	r.bar.FillColor = nil
	name := look.Muted
	if n.chosen {
		r.bar.FillColor = look.Colour(look.Accent)
		name = theme.ColorNameForeground
	}
	r.icon.Resource = theme.NewColoredResource(n.icon, name)
	r.text.Text, r.text.TextSize, r.text.Color = n.label, look.Body, look.Colour(theme.ColorNameForeground)
	r.text.TextStyle.Bold = n.chosen
	r.badge.Text, r.badge.TextSize, r.badge.Color = n.badge, look.Caption, look.Colour(look.Muted)
	r.Layout(n.Size())
	canvas.Refresh(n)
}
