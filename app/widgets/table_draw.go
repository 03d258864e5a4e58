package widgets

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
)

// modelledMark stands before a figure that was modelled, not measured or
// stated.
const modelledMark = "≈"

// CreateRenderer draws the table.
func (t *DataTable[R]) CreateRenderer() fyne.WidgetRenderer {
	r := &tableRenderer[R]{t: t,
		header: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil), pinRule: canvas.NewRectangle(nil),
		focus: canvas.NewRectangle(nil), barV: canvas.NewRectangle(nil), barH: canvas.NewRectangle(nil),
		bands: &fyne.Container{}, empty: canvas.NewText("", nil), cell: canvas.NewRectangle(nil), drop: canvas.NewRectangle(nil),
		foot: canvas.NewRectangle(nil), footRule: canvas.NewRectangle(nil),
	}
	r.bandClip = container.NewClip(r.bands)
	r.objects = []fyne.CanvasObject{r.bandClip, r.header, r.foot}
	for i := range r.panes {
		r.panes[i].box = &fyne.Container{}
		r.panes[i].clip = container.NewClip(r.panes[i].box)
		r.objects = append(r.objects, r.panes[i].clip)
	}
	r.objects = append(r.objects, r.rule, r.footRule, r.pinRule, r.empty, r.barV, r.barH, r.cell, r.drop, r.focus)
	r.fixed = len(r.objects)
	return r
}

// The panes of a table: the pinned column and the others, of the header, of the
// rows and of the line that adds up.
const (
	headPin = iota
	headRest
	bodyPin
	bodyRest
	footPin
	footRest
	paneCount
)

// pane is a clipped box with texts that are handed out anew at every draw.
type pane struct {
	box   *fyne.Container
	clip  *container.Clip
	texts []*canvas.Text
	used  int
}

func (p *pane) text() *canvas.Text {
	if p.used == len(p.texts) {
		p.texts = append(p.texts, canvas.NewText("", nil))
	}
	p.used++
	return p.texts[p.used-1]
}

func (p *pane) show(x, y, w, h float32) {
	p.box.Objects = p.box.Objects[:0]
	for _, t := range p.texts[:p.used] {
		p.box.Objects = append(p.box.Objects, t)
	}
	p.clip.Move(fyne.NewPos(x, y))
	p.clip.Resize(fyne.NewSize(max(0, w), max(0, h)))
	canvas.Refresh(p.box)
}

type tableRenderer[R any] struct {
	t                                        *DataTable[R]
	header, rule, pinRule, focus, barV, barH *canvas.Rectangle
	bands                                    *fyne.Container
	bandClip                                 *container.Clip
	panes                                    [paneCount]pane
	empty                                    *canvas.Text
	objects                                  []fyne.CanvasObject
	band                                     []*canvas.Rectangle
	cell, drop, foot, footRule               *canvas.Rectangle
	fixed                                    int // how many objects are always there
}

func (r *tableRenderer[R]) Destroy()                     {}
func (r *tableRenderer[R]) MinSize() fyne.Size           { return r.t.MinSize() }
func (r *tableRenderer[R]) Objects() []fyne.CanvasObject { return r.objects }
func (r *tableRenderer[R]) Layout(fyne.Size) {
	if r.t.scrollToChosen && r.t.at >= 0 && r.t.bodyHeight() > 0 {
		r.t.scrollToChosen = false
		r.t.reveal(r.t.at)
	}
	r.t.clampScroll()
	r.draw()
}

func (r *tableRenderer[R]) Refresh() {
	r.draw()
	canvas.Refresh(r.t)
}

func (r *tableRenderer[R]) draw() {
	t := r.t
	z := t.Size()
	if z.Width <= 0 || z.Height <= 0 {
		return
	}
	cols := t.shownColumns()
	if len(cols) == 0 {
		return
	}
	pinW := min(t.width(cols[0]), z.Width*0.6)
	first := int(t.y / rowHeight)
	last := min(len(t.lines), int((t.y+t.bodyHeight())/rowHeight)+1)
	for i := range r.panes {
		r.panes[i].used = 0
	}

	place(r.header, 0, 0, z.Width, headerHeight, look.Colour(theme.ColorNameHeaderBackground))
	place(r.rule, 0, headerHeight-1, z.Width, 1, look.Colour(theme.ColorNameSeparator))
	place(r.pinRule, pinW-1, 0, 1, z.Height, look.Colour(theme.ColorNameSeparator))
	r.pinRule.Hidden = t.x <= 0

	r.drawBands(first, last, z)
	left := float32(0)
	for i, c := range cols {
		w := t.width(c)
		head, shift := headRest, -t.x
		if i == 0 {
			head, shift, w = headPin, 0, pinW
		}
		x := left + shift
		if i > 0 {
			x -= pinW // the pane of the other columns begins there
		}
		if x+w > 0 && x < z.Width {
			r.drawHeader(c, &r.panes[head], x, w)
			r.drawCells(c, &r.panes[head+2], x, w, first, last)
			r.drawFoot(c, &r.panes[head+4], x, w, i == 0)
		}
		left += w
	}
	body := t.bodyHeight()
	r.panes[headPin].show(0, 0, pinW, headerHeight)
	r.panes[headRest].show(pinW, 0, z.Width-pinW, headerHeight)
	wide := pinW
	if len(t.arr.groups) > 0 && t.x <= 0 { // headings may run over the columns of text beside them
		wide = z.Width
	}
	r.panes[bodyPin].show(0, headerHeight, wide, body)
	r.panes[bodyRest].show(pinW, headerHeight, z.Width-pinW, body)
	foot := t.footHeight()
	r.panes[footPin].show(0, headerHeight+body, pinW, foot)
	r.panes[footRest].show(pinW, headerHeight+body, z.Width-pinW, foot)
	r.foot.Hidden, r.footRule.Hidden = foot == 0, foot == 0
	place(r.foot, 0, headerHeight+body, z.Width, foot, look.Colour(theme.ColorNameHeaderBackground))
	place(r.footRule, 0, headerHeight+body, z.Width, 1, look.Colour(theme.ColorNameSeparator))
	r.bandClip.Move(fyne.NewPos(0, headerHeight))
	r.bandClip.Resize(fyne.NewSize(z.Width, body))
	r.drawBars(z)
	r.drawCursor(z, pinW)

	r.empty.Text = ""
	if len(t.arr.order) == 0 && t.Settled() && t.cell.given {
		r.empty.Text = t.Placeholder
		if len(t.ix.rows) > 0 {
			r.empty.Text = words.T("No row matches. Clear the search or a filter to see more.")
		}
	}
	r.empty.Color, r.empty.TextSize = look.Colour(look.Muted), look.Body
	r.empty.Move(fyne.NewPos(cellPad, headerHeight+12))
	r.focus.Resize(z)
	r.focus.FillColor, r.focus.StrokeColor, r.focus.StrokeWidth = nil, look.Colour(look.KeyRing), 2
	r.focus.Hidden = !t.focused
}

// drawBands lays the grounds of the lines in sight: stripes, headings, the row
// under the pointer, marked rows, a block of cells.
func (r *tableRenderer[R]) drawBands(first, last int, z fyne.Size) {
	t := r.t
	r.bands.Objects = r.bands.Objects[:0]
	add := func(x, y, w, h float32, name fyne.ThemeColorName) {
		n := len(r.bands.Objects)
		if n == len(r.band) {
			r.band = append(r.band, canvas.NewRectangle(nil))
		}
		place(r.band[n], x, y, w, h, look.Colour(name))
		r.bands.Objects = append(r.bands.Objects, r.band[n])
	}
	bx, bw := r.blockSpan()
	for at := first; at < last; at++ {
		name, y := look.Panel, float32(at)*rowHeight-t.y
		marked := t.Cells && t.isMarked(at)
		switch {
		case at == t.at && !t.cell.inHead || marked:
			name = look.RowChosen
		case at == t.hover:
			name = theme.ColorNameHover
		case t.lines[at] < 0:
			name = theme.ColorNameHeaderBackground
		case at%2 == 1:
			name = look.Stripe
		}
		if name != look.Panel { // the ground has that already
			add(0, y, z.Width, rowHeight, name)
		}
		if marked && bw > 0 {
			add(bx, y, bw, rowHeight, theme.ColorNamePressed)
		}
		if t.lines[at] < 0 {
			add(0, y+rowHeight-1, z.Width, 1, theme.ColorNameSeparator)
		}
	}
	canvas.Refresh(r.bands)
}

// blockSpan is where the block of marked cells lies across; none when it is one
// column.
func (r *tableRenderer[R]) blockSpan() (x, w float32) {
	t := r.t
	if !t.Cells || t.cell.from == t.cell.column {
		return 0, 0
	}
	x1, w1 := t.cellSpan(t.cell.from)
	x2, w2 := t.cellSpan(t.cell.column)
	lo, hi := min(x1, x2), max(x1+w1, x2+w2)
	return lo, hi - lo
}

// drawCursor rings the cell with the keys, shows where a column that is being
// moved would go, and the line of typing.
func (r *tableRenderer[R]) drawCursor(z fyne.Size, pinW float32) {
	t := r.t
	r.cell.Hidden, r.drop.Hidden = true, true
	r.objects = r.objects[:r.fixed]
	if t.movingHead {
		if under, _ := t.columnAt(t.dragFrom); under != nil && under.ID != t.cols[0].ID {
			x, w := t.cellSpan(under.ID)
			if from, _ := t.cellSpan(t.pressedHead); from < x {
				x += w
			}
			place(r.drop, max(pinW, x)-1, 0, 3, headerHeight, look.Colour(look.KeyRing))
			r.drop.Hidden = false
		}
	}
	if t.editor != nil {
		r.objects = append(r.objects, t.editor.place(z)...)
		return
	}
	_, _, heading := t.Heading(t.at)
	if !t.Cells || !t.focused || heading && !t.cell.inHead {
		return
	}
	x, w := t.cellSpan(t.cell.column)
	if t.cell.column != t.cols[0].ID && x < pinW {
		x, w = pinW, x+w-pinW
	}
	y, h := float32(0), float32(headerHeight)
	if !t.cell.inHead {
		low := z.Height - t.footHeight()
		y, h = headerHeight+float32(t.at)*rowHeight-t.y, rowHeight
		if y < headerHeight {
			h -= headerHeight - y
			y = headerHeight
		}
		h = min(h, low-y)
	}
	w = min(w, z.Width-x)
	if t.at < 0 && !t.cell.inHead || w < 4 || h < 4 {
		return
	}
	place(r.cell, x, y, w, h, nil)
	r.cell.StrokeColor, r.cell.StrokeWidth = look.Colour(look.KeyRing), 2
	r.cell.Hidden = false
}

func (r *tableRenderer[R]) drawCells(c *Column[R], p *pane, x, w float32, first, last int) {
	t := r.t
	fg, muted := look.Colour(theme.ColorNameForeground), look.Colour(look.Muted)
	lh := lineHeight()
	for at := first; at < last; at++ {
		y := float32(math.Round(float64(float32(at)*rowHeight - t.y + (rowHeight-lh)/2)))
		if i := t.lines[at]; i < 0 {
			g := &t.arr.groups[^i]
			if c.ID == t.cols[0].ID {
				r.drawHeading(g, p, x, w+r.beside(), y)
			} else {
				r.drawTotal(c, g, p, x, w, y)
			}
			continue
		}
		row := t.Row(at)
		s := c.Text(row)
		if s == "" {
			continue
		}
		txt, col := p.text(), fg
		if c.Sub || s == format.NotKnown() {
			col = muted
		}
		modelled := c.Figure != nil && c.Figure(row).Grade.Modelled()
		left, room := x+cellPad, w-2*cellPad
		if modelled {
			room -= markWidth
		}
		if t.group != "" && c.ID == t.cols[0].ID {
			left += indent
			s, _ = Fit(s, room-indent, look.Body, fyne.TextStyle{})
		} else {
			s, _ = Fit(s, room, look.Body, fyne.TextStyle{})
		}
		set(txt, s, look.Body, col, false)
		if !c.Numeric {
			txt.Move(fyne.NewPos(left, y))
			continue
		}
		right := x + w - cellPad - TextWidth(s, look.Body, fyne.TextStyle{})
		txt.Move(fyne.NewPos(right, y))
		if modelled {
			mk := p.text()
			set(mk, modelledMark, look.Body, look.Colour(look.Modelled), false)
			mk.Move(fyne.NewPos(right-markWidth, y))
		}
	}
}

func lineHeight() float32 {
	return float32(math.Ceil(float64(textHeight(look.Body, fyne.TextStyle{}))))
}

func (r *tableRenderer[R]) drawHeader(c *Column[R], p *pane, x, w float32) {
	h, arrow, bold := p.text(), "", fyne.TextStyle{Bold: true}
	for i, s := range r.t.sorts {
		if s.Column != c.ID {
			continue
		}
		arrow = " ▲"
		if s.Desc {
			arrow = " ▼"
		}
		if len(r.t.sorts) > 1 {
			arrow += strconv.Itoa(i + 1)
		}
	}
	room := w - 2*cellPad - TextWidth(arrow, look.Caption+1, bold)
	label, _ := Fit(c.Label, room, look.Caption+1, bold)
	set(h, label+arrow, look.Caption+1, look.Colour(theme.ColorNameForeground), true)
	y := (headerHeight - textHeight(look.Caption+1, bold)) / 2
	if c.Numeric {
		h.Move(fyne.NewPos(x+w-cellPad-TextWidth(label+arrow, look.Caption+1, bold), y))
	} else {
		h.Move(fyne.NewPos(x+cellPad, y))
	}
}

func (r *tableRenderer[R]) drawBars(z fyne.Size) {
	t := r.t
	col := look.Colour(theme.ColorNameScrollBar)
	h, total := t.bodyHeight(), float32(len(t.lines))*rowHeight
	r.barV.Hidden = total <= h
	if !r.barV.Hidden {
		size := max(24, h*h/total)
		y := t.y / (total - h) * (h - size)
		place(r.barV, z.Width-7, headerHeight+y, 5, size, col)
		r.barV.CornerRadius = 2.5
	}
	cw := t.contentWidth() + barWidth
	r.barH.Hidden = cw <= z.Width
	if !r.barH.Hidden {
		size := max(24, z.Width*z.Width/cw)
		x := t.x / (cw - z.Width) * (z.Width - size)
		place(r.barH, x, z.Height-t.footHeight()-6, size, 5, col)
		r.barH.CornerRadius = 2.5
	}
}
