package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
)

// indent sets the rows of a group off from its heading.
const indent = 14

// beside is the room of the columns between the pinned one and the first that
// adds up, while nothing is scrolled under the pinned one.
func (r *tableRenderer[R]) beside() float32 {
	t, w := r.t, float32(0)
	if t.x > 0 {
		return 0
	}
	for i, c := range t.shownColumns() {
		if i == 0 {
			continue
		}
		if c.Total != None {
			break
		}
		w += t.width(c)
	}
	return min(w, 420)
}

// drawHeading writes a group's value and how many rows it has.
func (r *tableRenderer[R]) drawHeading(g *group, p *pane, x, w, y float32) {
	t, bold := r.t, fyne.TextStyle{Bold: true}
	sign := "▸ "
	if t.isOpen(g.label) {
		sign = "▾ "
	}
	label := g.label
	if label == "" {
		label = columnByID(t.cols, t.group).blank()
	}
	count := format.Whole(float64(g.to - g.from))
	cw := TextWidth(count, look.Body, fyne.TextStyle{})
	label, _ = Fit(sign+label, w-2*cellPad-cw-8, look.Body, bold)
	a := p.text()
	set(a, label, look.Body, look.Colour(theme.ColorNameForeground), true)
	a.Move(fyne.NewPos(x+cellPad, y))
	b := p.text()
	set(b, count, look.Body, look.Colour(look.Muted), false)
	b.Move(fyne.NewPos(min(x+cellPad+a.MinSize().Width+8, x+w-cellPad-cw), y))
}

// drawTotal writes what a column comes to in a group.
func (r *tableRenderer[R]) drawTotal(c *Column[R], g *group, p *pane, x, w, y float32) {
	k := r.t.totalOf(c, g)
	if c.Total == None || k.known == 0 {
		return
	}
	txt, bold := p.text(), fyne.TextStyle{Bold: true}
	s, _ := Fit(c.write(k.value(c.Total)), w-2*cellPad, look.Body, bold)
	set(txt, s, look.Body, look.Colour(theme.ColorNameForeground), true)
	m := txt.MinSize()
	txt.Move(fyne.NewPos(x+w-cellPad-m.Width, y))
	if k.modelled && m.Width+markWidth+cellPad < w {
		mk := p.text()
		set(mk, modelledMark, look.Body, look.Colour(look.Modelled), false)
		mk.Move(fyne.NewPos(x+w-cellPad-m.Width-markWidth, y))
	}
}

// drawFoot adds up all rows shown.
func (r *tableRenderer[R]) drawFoot(c *Column[R], p *pane, x, w float32, first bool) {
	t := r.t
	if t.footHeight() == 0 {
		return
	}
	y := (rowHeight - lineHeight()) / 2
	if !first {
		r.drawTotal(c, &t.arr.all, p, x, w, y)
		return
	}
	label, _ := Fit(words.T("Total of the rows shown"), w-2*cellPad, look.Body, fyne.TextStyle{Bold: true})
	txt := p.text()
	set(txt, label, look.Body, look.Colour(theme.ColorNameForeground), true)
	txt.Move(fyne.NewPos(x+cellPad, y))
}

func (t *DataTable[R]) totalOf(c *Column[R], g *group) total {
	for j := range t.cols {
		if t.cols[j].ID == c.ID && j < len(g.totals) {
			return g.totals[j]
		}
	}
	return total{}
}

// headingTip says what a group comes to and how much of that is known.
func (t *DataTable[R]) headingTip(at int, under *Column[R]) string {
	g := &t.arr.groups[^t.lines[at]]
	rows := g.to - g.from
	if under.Total == None {
		label := g.label
		if label == "" {
			label = columnByID(t.cols, t.group).blank()
		}
		return words.F("%s: %s\nLeft folds the group, Right opens it, Space marks its rows.", columnByID(t.cols, t.group).Label, label)
	}
	return t.totalTip(under, g, rows)
}

func (t *DataTable[R]) totalTip(c *Column[R], g *group, rows int) string {
	k := t.totalOf(c, g)
	if k.known == 0 {
		return format.Counted(rows, "%[2]s: not known for any of %[1]s row", "%[2]s: not known for any of %[1]s rows", c.Label)
	}
	what := words.T("Total")
	if c.Total == Mean {
		what = words.T("Mean")
	}
	tip := words.F("%s of %s: %s", what, words.Small(c.Label), c.write(k.value(c.Total)))
	if k.known < rows {
		tip += words.F("\nKnown for %s of %s; the others are left out.", format.Whole(float64(k.known)), format.Whole(float64(rows)))
	}
	if k.modelled {
		tip += words.T("\nSome of it is modelled (≈).")
	}
	return tip
}
