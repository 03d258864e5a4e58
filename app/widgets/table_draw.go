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
)

// modelledMark stands before a figure that was modelled, not measured or
// stated.
const modelledMark = "≈"

// fit cuts text to a width, remembering what it cut.
func (t *DataTable[R]) fit(s string, width float32) (string, bool) {
	if float32(len(s))*look.Body*0.42 > width || len(s) > 6 { // short texts always fit
		k := strconv.Itoa(int(width)) + s
		if v, ok := t.cut[k]; ok {
			return v, v != s
		}
		v, cut := Fit(s, width, look.Body, fyne.TextStyle{})
		if len(t.cut) > 8192 {
			clear(t.cut)
		}
		t.cut[k] = v
		return v, cut
	}
	return s, false
}

// CreateRenderer draws the table.
func (t *DataTable[R]) CreateRenderer() fyne.WidgetRenderer {
	r := &tableRenderer[R]{t: t,
		header: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil), pinRule: canvas.NewRectangle(nil),
		focus: canvas.NewRectangle(nil), barV: canvas.NewRectangle(nil), barH: canvas.NewRectangle(nil),
		bands: &fyne.Container{}, empty: canvas.NewText("", nil),
	}
	r.bandClip = container.NewClip(r.bands)
	r.objects = []fyne.CanvasObject{r.bandClip, r.header}
	for i := range r.panes {
		r.panes[i].box = &fyne.Container{}
		r.panes[i].clip = container.NewClip(r.panes[i].box)
		r.objects = append(r.objects, r.panes[i].clip)
	}
	r.objects = append(r.objects, r.rule, r.pinRule, r.empty, r.barV, r.barH, r.focus)
	return r
}

// The four panes of a table: the pinned column and the others, of the header
// and of the rows.
const (
	headPin = iota
	headRest
	bodyPin
	bodyRest
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
	last := min(len(t.order), int((t.y+t.bodyHeight())/rowHeight)+1)
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
		}
		left += w
	}
	body := t.bodyHeight()
	r.panes[headPin].show(0, 0, pinW, headerHeight)
	r.panes[headRest].show(pinW, 0, z.Width-pinW, headerHeight)
	r.panes[bodyPin].show(0, headerHeight, pinW, body)
	r.panes[bodyRest].show(pinW, headerHeight, z.Width-pinW, body)
	r.bandClip.Move(fyne.NewPos(0, headerHeight))
	r.bandClip.Resize(fyne.NewSize(z.Width, body))
	r.drawBars(z)

	r.empty.Text = ""
	if len(t.order) == 0 && t.Settled() && t.gen > 0 {
		r.empty.Text = t.Placeholder
		if len(t.rows) > 0 {
			r.empty.Text = "No row matches. Clear the search or a filter to see more."
		}
	}
	r.empty.Color, r.empty.TextSize = look.Colour(look.Muted), look.Body
	r.empty.Move(fyne.NewPos(cellPad, headerHeight+12))
	r.focus.Resize(z)
	r.focus.FillColor, r.focus.StrokeColor, r.focus.StrokeWidth = nil, look.Colour(look.KeyRing), 2
	r.focus.Hidden = !t.focused
}

// drawBands lays the grounds of the rows in sight: stripes, the row under the
// pointer, the selected row.
func (r *tableRenderer[R]) drawBands(first, last int, z fyne.Size) {
	t := r.t
	for len(r.band) < last-first {
		r.band = append(r.band, canvas.NewRectangle(nil))
	}
	r.bands.Objects = r.bands.Objects[:0]
	for at := first; at < last; at++ {
		name := look.Panel
		switch {
		case at == t.at:
			name = look.RowChosen
		case at == t.hover:
			name = theme.ColorNameHover
		case at%2 == 1:
			name = look.Stripe
		}
		b := r.band[at-first]
		place(b, 0, float32(at)*rowHeight-t.y, z.Width, rowHeight, look.Colour(name))
		r.bands.Objects = append(r.bands.Objects, b)
	}
	canvas.Refresh(r.bands)
}

func (r *tableRenderer[R]) drawCells(c *Column[R], p *pane, x, w float32, first, last int) {
	t := r.t
	fg, muted := look.Colour(theme.ColorNameForeground), look.Colour(look.Muted)
	lh := float32(math.Ceil(float64(fyne.MeasureText("Ag", look.Body, fyne.TextStyle{}).Height)))
	room := w - 2*cellPad
	if c.Figure != nil {
		room -= markWidth
	}
	for at := first; at < last; at++ {
		y := float32(math.Round(float64(float32(at)*rowHeight - t.y + (rowHeight-lh)/2)))
		row := t.Row(at)
		s := c.Text(row)
		if s == "" {
			continue
		}
		txt, col := p.text(), fg
		if c.Sub || s == format.Missing {
			col = muted
		}
		s, _ = t.fit(s, room)
		set(txt, s, look.Body, col, false)
		if !c.Numeric {
			txt.Move(fyne.NewPos(x+cellPad, y))
			continue
		}
		m := txt.MinSize()
		txt.Move(fyne.NewPos(x+w-cellPad-m.Width, y))
		if c.Figure != nil && c.Figure(row).Grade.Modelled() {
			mk := p.text()
			set(mk, modelledMark, look.Body, look.Colour(look.Modelled), false)
			mk.Move(fyne.NewPos(x+w-cellPad-m.Width-markWidth, y))
		}
	}
}

func (r *tableRenderer[R]) drawHeader(c *Column[R], p *pane, x, w float32) {
	h, arrow, bold := p.text(), "", fyne.TextStyle{Bold: true}
	if r.t.sortBy == c.ID {
		arrow = " ▲"
		if r.t.desc {
			arrow = " ▼"
		}
	}
	room := w - 2*cellPad - fyne.MeasureText(arrow, look.Caption+1, bold).Width
	label, _ := Fit(c.Label, room, look.Caption+1, bold)
	set(h, label+arrow, look.Caption+1, look.Colour(theme.ColorNameForeground), true)
	m := h.MinSize()
	y := (headerHeight - m.Height) / 2
	if c.Numeric {
		h.Move(fyne.NewPos(x+w-cellPad-m.Width, y))
	} else {
		h.Move(fyne.NewPos(x+cellPad, y))
	}
}

func (r *tableRenderer[R]) drawBars(z fyne.Size) {
	t := r.t
	col := look.Colour(theme.ColorNameScrollBar)
	h, total := t.bodyHeight(), float32(len(t.order))*rowHeight
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
		place(r.barH, x, z.Height-6, size, 5, col)
		r.barH.CornerRadius = 2.5
	}
}
