package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
)

// factPad is the room at the left and right of a sheet.
const factPad = 8

// pen writes lines of a sheet, or, without a renderer, only finds out how high
// they are.
type pen struct {
	r      *factsRenderer
	f      *Facts
	w, lh  float32 // width of the sheet, height of a line
	nt, nr int     // texts and rules used
}

func (p *pen) text(s string, size, x, y float32, c fyne.ThemeColorName, bold bool) {
	r := p.r
	if r == nil {
		return
	}
	if p.nt == len(r.texts) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	t := r.texts[p.nt]
	p.nt++
	if c == "" {
		c = theme.ColorNameForeground
	}
	set(t, s, size, look.Colour(c), bold)
	t.Move(fyne.NewPos(whole(x), y))
	r.objects = append(r.objects, t)
}

func (p *pen) rule(y float32) {
	r := p.r
	if r == nil {
		return
	}
	if p.nr == len(r.rules) {
		r.rules = append(r.rules, canvas.NewRectangle(nil))
	}
	place(r.rules[p.nr], factPad, y, p.w-2*factPad, 1, look.Colour(theme.ColorNameSeparator))
	r.objects = append(r.objects, r.rules[p.nr])
	p.nr++
}

// whole rounds to a whole unit.
func whole(x float32) float32 { return float32(int(x + 0.5)) }

// lay lays lines out until those in sight and the one with the keys have their
// places; those below are taken to be one line of text each.
func (f *Facts) lay() {
	lh := lineHeight()
	p, y := pen{f: f, w: f.wide(), lh: lh}, float32(2)
	if n := len(f.lines); n > 0 {
		y = f.lines[n-1].top + f.lines[n-1].height
	}
	for i := len(f.lines); i < len(f.facts) && (f.to == 0 || y <= f.to || i <= f.at); i++ {
		end := p.line(i, y)
		f.lines = append(f.lines, factLine{y, end - y, i})
		y = end
	}
	f.high = y + float32(len(f.facts)-len(f.lines))*(lh+3) + 8
}

// wide is the width that lines have.
func (f *Facts) wide() float32 {
	if f.width <= 0 {
		return 280
	}
	return f.width
}

// draw writes the lines in sight.
func (r *factsRenderer) draw() {
	f := r.f
	f.lay()
	r.objects = r.objects[:0]
	write := pen{r: r, f: f, w: f.wide(), lh: lineHeight()}
	for _, l := range f.lines {
		if f.to == 0 || l.top+l.height >= f.from && l.top <= f.to {
			write.line(l.fact, l.top)
		}
	}
	r.marks(f.wide())
}

// line writes a fact from y down and says where it ends.
func (p *pen) line(i int, y float32) float32 {
	x := &p.f.facts[i]
	left := factPad + levelWidth*float32(x.Level)
	switch {
	case x.Section != "":
		y += 8
		p.rule(y)
		y += 6
		p.text(x.Section, look.Body, factPad, y, "", true)
		y += p.lh + 4
	case x.Picture != nil:
		drawn, high := x.Picture.Draw(p.w - left - factPad)
		if p.r != nil {
			for _, o := range drawn {
				o.Move(o.Position().AddXY(left, y))
				p.r.objects = append(p.r.objects, o)
			}
		}
		y += high
	case x.Prose:
		if x.Label != "" {
			p.text(x.Label, look.Caption+1, left, y, look.Muted, false)
			y += p.lh
		}
		col := fyne.ThemeColorName("")
		if x.Warn {
			col = look.Bad
		} else if x.Do != nil {
			col = look.Accent
		}
		for _, s := range Wrap(leads(x), p.w-left-factPad, look.Body, fyne.TextStyle{}) {
			p.text(s, look.Body, left, y, col, false)
			y += p.lh
		}
		y += 4
	default:
		y = p.pair(x, y, left)
	}
	if x.opens() && x.Do == nil && p.f.opened[x.Label+x.Value] {
		for _, s := range Wrap(x.Tip, p.w-left-levelWidth-factPad, look.Caption+1, fyne.TextStyle{}) {
			p.text(s, look.Caption+1, left+levelWidth, y, look.Muted, false)
			y += p.lh
		}
		y += 4
	}
	return y
}

// pair writes a label with its value to the right, or below when both do not
// fit on one line.
func (p *pen) pair(x *Fact, y, left float32) float32 {
	col := fyne.ThemeColorName("")
	switch {
	case x.Value == format.NotKnown():
		col = look.Muted
	case x.Warn:
		col = look.Bad
	case x.Do != nil:
		col = look.Accent
	}
	label, value := x.label(), leads(x)
	lw := TextWidth(label, look.Body, fyne.TextStyle{})
	vw := TextWidth(value, look.Body, fyne.TextStyle{})
	mark := float32(0)
	if x.Modelled {
		mark = markWidth
	}
	if lw+vw+mark+12 <= p.w-left-factPad {
		p.text(label, look.Body, left, y, look.Muted, false)
		p.text(value, look.Body, p.w-factPad-vw, y, col, false)
		if x.Modelled {
			p.text(modelledMark, look.Body, p.w-factPad-vw-mark, y, look.Modelled, false)
		}
		return y + p.lh + 3
	}
	for _, s := range Wrap(label, p.w-left-factPad, look.Body, fyne.TextStyle{}) {
		p.text(s, look.Body, left, y, look.Muted, false)
		y += p.lh
	}
	for i, s := range Wrap(value, p.w-left-factPad-mark, look.Body, fyne.TextStyle{}) {
		sw := TextWidth(s, look.Body, fyne.TextStyle{})
		p.text(s, look.Body, p.w-factPad-sw, y, col, false)
		if i == 0 && x.Modelled {
			p.text(modelledMark, look.Body, p.w-factPad-sw-mark, y, look.Modelled, false)
		}
		y += p.lh
	}
	return y + 3
}
