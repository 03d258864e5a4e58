package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/planting-the-flag/flagstone/app/look"
)

// Picture is a small drawing among facts. Its objects lie within the width,
// from its top left corner; it is as high as it says.
type Picture interface {
	Draw(width float32) (objects []fyne.CanvasObject, height float32)
}

// Gauge is a bar of one cell for each thing that can be known, filled as far as
// it is: how much is missing shows in how much is empty, and where.
type Gauge struct{ Cells []float64 } // each 0 to 1

// Draw draws the bar.
func (g Gauge) Draw(width float32) ([]fyne.CanvasObject, float32) {
	const high, gap = 10, 2
	n := float32(len(g.Cells))
	if n == 0 || width < n*4 {
		return nil, 0
	}
	w := (width - gap*(n-1)) / n
	var out []fyne.CanvasObject
	for i, v := range g.Cells {
		x := float32(i) * (w + gap)
		frame := canvas.NewRectangle(look.Colour(theme.ColorNameInputBackground))
		frame.StrokeColor, frame.StrokeWidth = look.Colour(theme.ColorNameInputBorder), 1
		frame.Move(fyne.NewPos(x, 2))
		frame.Resize(fyne.NewSize(w, high))
		out = append(out, frame)
		if v = max(0, min(1, v)); v > 0 {
			fill := canvas.NewRectangle(nil)
			place(fill, x, 2, max(2, w*float32(v)), high, look.Colour(look.Accent))
			out = append(out, fill)
		}
	}
	return out, high + 6
}

// Moment is something that happens at a time, in years: 2029.25 is the end of
// March 2029.
type Moment struct {
	Year  float64
	Label string
	Soft  bool // a warning on the way to another moment
}

// Timeline is a line of years with what happens on it.
type Timeline struct {
	From, To float64 // years
	Moments  []Moment
}

// Draw draws the line with its years below and each moment named above it;
// names that would run into each other stand in rows.
func (l Timeline) Draw(width float32) ([]fyne.CanvasObject, float32) {
	if l.To <= l.From || len(l.Moments) == 0 || width < 80 {
		return nil, 0
	}
	const size, row = look.Caption, 15
	at := func(y float64) float32 {
		return width * float32(max(0, min(1, (y-l.From)/(l.To-l.From))))
	}
	write := func(s string, x, y float32, name fyne.ThemeColorName) *canvas.Text {
		t := canvas.NewText("", nil)
		set(t, s, size, look.Colour(name), false)
		t.Move(fyne.NewPos(x, y))
		return t
	}
	type label struct {
		x, w float32
		row  int
	}
	var labels []label
	var ends []float32 // how far each row is written
	for _, m := range l.Moments {
		w := TextWidth(m.Label, size, fyne.TextStyle{})
		x := max(0, min(at(m.Year)+4, width-w))
		r := 0
		for r < len(ends) && ends[r] > x-6 {
			r++
		}
		if r == len(ends) {
			ends = append(ends, 0)
		}
		ends[r] = x + w
		labels = append(labels, label{x, w, r})
	}
	base := float32(len(ends))*row + 4
	var out []fyne.CanvasObject
	line := canvas.NewRectangle(nil)
	place(line, 0, base, width, 2, look.Colour(look.Muted))
	out = append(out, line)
	step := 1
	for _, s := range []int{1, 2, 5, 10, 20, 50, 100} {
		if step = s; float64(s)/(l.To-l.From)*float64(width) >= 44 {
			break
		}
	}
	for y := (int(l.From) + step - 1) / step * step; float64(y) <= l.To; y += step {
		tick := canvas.NewRectangle(nil)
		x := at(float64(y))
		place(tick, min(x, width-1), base, 1, 5, look.Colour(look.Muted))
		t := write(strconv.Itoa(y), 0, base+5, look.Muted)
		t.Move(fyne.NewPos(max(0, min(width-t.MinSize().Width, x-t.MinSize().Width/2)), base+5))
		out = append(out, tick, t)
	}
	for i, m := range l.Moments {
		top := base - float32(labels[i].row+1)*row
		name := look.Accent
		if m.Soft {
			name = look.Muted
		}
		mark := canvas.NewRectangle(nil)
		place(mark, min(at(m.Year), width-2), top+2, 2, base-top, look.Colour(name))
		out = append(out, mark, write(m.Label, labels[i].x, top, theme.ColorNameForeground))
	}
	return out, base + 5 + row + 2
}
