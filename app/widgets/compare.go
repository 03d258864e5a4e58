package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app/look"
)

// Measure is one row of a Compare: a figure for every column.
type Measure struct {
	Label string
	Tip   string
	Cells []CompareCell
}

// CompareCell is one figure.
type CompareCell struct {
	Text string
	Tip  string
	Best bool // the best of its row; told by a mark and weight
}

// Heading is the head of a column.
type Heading struct{ ID, Name, Under string }

// Compare sets columns side by side on every measure. A tap on the head of a
// column chooses it, a tap on a figure opens that; the arrows go from figure to
// figure and Enter opens one.
type Compare struct {
	widget.BaseWidget
	OnChosen func(id string)
	OnCell   func(id string, row int)

	heads   []Heading
	rows    []Measure
	chosen  string
	hover   int
	over    int // row under the pointer, −1 for none
	row     int // row that has the keys, −1 for the heads
	focused bool
	lastTip string
}

// Sizes of a comparison.
const (
	compareHead  = 48
	compareRow   = 26
	compareLabel = 190
	compareMin   = 118
	compareMax   = 200
)

// NewCompare makes an empty comparison.
func NewCompare() *Compare {
	c := &Compare{hover: -1, over: -1, row: -1}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows columns and rows.
func (c *Compare) Set(heads []Heading, rows []Measure) {
	c.heads, c.rows = heads, rows
	c.Refresh()
}

// Rows are the measures shown.
func (c *Compare) Rows() []Measure { return c.rows }

// Choose marks a column.
func (c *Compare) Choose(id string) {
	c.chosen = id
	c.Refresh()
}

func (c *Compare) columnWidth() float32 {
	if len(c.heads) == 0 {
		return compareMin
	}
	return max(compareMin, min(compareMax, (c.Size().Width-compareLabel)/float32(len(c.heads))))
}

func (c *Compare) at(p fyne.Position) (col, row int) {
	col, row = -1, -1
	if p.X >= compareLabel {
		if i := int((p.X - compareLabel) / c.columnWidth()); i < len(c.heads) {
			col = i
		}
	}
	if p.Y >= compareHead {
		if i := int((p.Y - compareHead) / compareRow); i < len(c.rows) {
			row = i
		}
	}
	return col, row
}

// Tapped chooses the column.
func (c *Compare) Tapped(e *fyne.PointEvent) {
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil {
		cv.Focus(c)
	}
	col, row := c.at(e.Position)
	if col < 0 {
		return
	}
	c.row = row
	c.choose(col)
	c.open()
}

// open opens the figure that has the keys.
func (c *Compare) open() {
	if c.row >= 0 && c.row < len(c.rows) && c.chosen != "" && c.OnCell != nil {
		c.OnCell(c.chosen, c.row)
	}
}

func (c *Compare) choose(col int) {
	if col < 0 || col >= len(c.heads) {
		return
	}
	c.chosen = c.heads[col].ID
	c.Refresh()
	if c.OnChosen != nil {
		c.OnChosen(c.chosen)
	}
}

// MouseIn follows the pointer.
func (c *Compare) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved shows the exact figure.
func (c *Compare) MouseMoved(e *desktop.MouseEvent) {
	col, row := c.at(e.Position)
	if col != c.hover || row != c.over {
		c.hover, c.over = col, row
		c.Refresh()
	}
	tip := ""
	switch {
	case row >= 0 && col >= 0 && col < len(c.rows[row].Cells):
		tip = c.rows[row].Cells[col].Tip
	case row >= 0:
		tip = c.rows[row].Tip
	case col >= 0:
		tip = c.heads[col].Name
	}
	if tip != c.lastTip {
		c.lastTip = tip
		ShowTip(c, tip, e.AbsolutePosition)
	}
}

// MouseOut takes marks away.
func (c *Compare) MouseOut() {
	c.hover, c.over, c.lastTip = -1, -1, ""
	HideTip(c)
	c.Refresh()
}

// FocusGained shows that the arrows choose a column.
func (c *Compare) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost takes that mark away.
func (c *Compare) FocusLost() { c.focused = false; c.Refresh() }

// TypedRune does nothing.
func (c *Compare) TypedRune(rune) {}

// TypedKey chooses the next column.
func (c *Compare) TypedKey(k *fyne.KeyEvent) {
	i := 0
	for j, h := range c.heads {
		if h.ID == c.chosen {
			i = j
		}
	}
	switch k.Name {
	case fyne.KeyLeft:
		c.choose(i - 1)
	case fyne.KeyRight:
		c.choose(i + 1)
	case fyne.KeyHome:
		c.choose(0)
	case fyne.KeyEnd:
		c.choose(len(c.heads) - 1)
	case fyne.KeyDown:
		c.row = min(c.row+1, len(c.rows)-1)
		c.Refresh()
	case fyne.KeyUp:
		c.row = max(c.row-1, -1)
		c.Refresh()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.open()
	}
}

// Cursor is a hand over a figure that opens.
func (c *Compare) Cursor() desktop.Cursor {
	if c.hover >= 0 && c.over >= 0 && c.OnCell != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer draws the comparison.
func (c *Compare) CreateRenderer() fyne.WidgetRenderer {
	return &compareRenderer{c: c}
}

type compareRenderer struct {
	c       *Compare
	texts   []*canvas.Text
	rects   []*canvas.Rectangle
	objects []fyne.CanvasObject
	nt, nr  int
}

func (r *compareRenderer) Destroy()                     {}
func (r *compareRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *compareRenderer) Layout(fyne.Size)             { r.draw() }
func (r *compareRenderer) MinSize() fyne.Size {
	return fyne.NewSize(compareLabel+compareMin*float32(len(r.c.heads)), compareHead+compareRow*float32(len(r.c.rows))+4)
}

func (r *compareRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.c)
}

func (r *compareRenderer) rect(x, y, w, h float32, n fyne.ThemeColorName) *canvas.Rectangle {
	if r.nr == len(r.rects) {
		r.rects = append(r.rects, canvas.NewRectangle(nil))
	}
	q := r.rects[r.nr]
	r.nr++
	q.StrokeWidth, q.CornerRadius = 0, 0
	place(q, x, y, w, h, look.Colour(n))
	r.objects = append(r.objects, q)
	return q
}

func (r *compareRenderer) text(s string, size float32, n fyne.ThemeColorName, bold bool, right bool, x, y, w float32) {
	if r.nt == len(r.texts) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	t := r.texts[r.nt]
	r.nt++
	s, _ = Fit(s, w, size, fyne.TextStyle{Bold: bold})
	set(t, s, size, look.Colour(n), bold)
	if right {
		x += w - TextWidth(s, size, fyne.TextStyle{Bold: bold})
	}
	t.Move(fyne.NewPos(x, y))
	r.objects = append(r.objects, t)
}

func (r *compareRenderer) draw() {
	c := r.c
	r.nt, r.nr, r.objects = 0, 0, r.objects[:0]
	w := c.columnWidth()
	z := fyne.NewSize(compareLabel+w*float32(len(c.heads)), compareHead+compareRow*float32(len(c.rows)))
	r.rect(0, 0, z.Width, compareHead, theme.ColorNameHeaderBackground)
	for j := range c.rows {
		if j%2 == 1 {
			r.rect(0, compareHead+compareRow*float32(j), z.Width, compareRow, look.Stripe)
		}
	}
	for i, h := range c.heads {
		x := compareLabel + w*float32(i)
		if h.ID == c.chosen {
			r.rect(x, 0, w, z.Height, look.RowChosen)
			r.rect(x, 0, w, 3, look.Accent)
		} else if i == c.hover {
			r.rect(x, 0, w, z.Height, theme.ColorNameHover)
		}
	}
	r.rect(0, compareHead-1, z.Width, 1, theme.ColorNameSeparator)
	for i, h := range c.heads {
		x := compareLabel + w*float32(i)
		r.text(h.Name, look.Body, theme.ColorNameForeground, true, true, x+8, 8, w-16)
		r.text(h.Under, look.Caption, look.Muted, false, true, x+8, 27, w-16)
	}
	for j, m := range c.rows {
		y := compareHead + compareRow*float32(j) + 4
		r.text(m.Label, look.Body, look.Muted, false, false, 8, y, compareLabel-12)
		for i, cell := range m.Cells {
			if i >= len(c.heads) {
				break
			}
			x := compareLabel + w*float32(i)
			if cell.Best {
				r.text("★", look.Caption, look.Good, false, false, x+6, y+1, 14)
			}
			if c.OnCell != nil && i == c.hover && j == c.over {
				r.rect(x+18, y+float32(look.Body)+6, w-26, 1, look.Accent)
			}
			r.text(cell.Text, look.Body, theme.ColorNameForeground, cell.Best, true, x+20, y, w-28)
		}
	}
	if c.focused {
		q := r.rect(0, 0, z.Width, z.Height, look.Panel)
		q.FillColor, q.StrokeColor, q.StrokeWidth = nil, look.Colour(look.KeyRing), 2
		for i, h := range c.heads {
			if h.ID == c.chosen && c.row >= 0 && c.row < len(c.rows) {
				q := r.rect(compareLabel+w*float32(i)+1, compareHead+compareRow*float32(c.row)+1, w-2, compareRow-2, look.Panel)
				q.FillColor, q.StrokeColor, q.StrokeWidth, q.CornerRadius = nil, look.Colour(look.KeyRing), 2, 3
			}
		}
	}
}
