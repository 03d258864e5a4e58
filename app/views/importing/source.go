package importing

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/widgets"
)

// sheet draws a few rows of a spreadsheet as they stand in the file, with one
// cell marked by a frame.
type sheet struct {
	widget.BaseWidget
	rows  app.SourceRows
	from  int // first column drawn
	wide  []float32
	where *container.Scroll
}

// Sizes of the sheet in Fyne units, and how much of it is drawn.
const (
	sheetLine  = 22
	sheetGap   = 6
	sheetLeast = 44
	sheetMost  = 190
	sheetFirst = 52 // the column of row numbers
	mostDrawn  = 60 // columns
)

func newSheet() *sheet {
	s := &sheet{}
	s.ExtendBaseWidget(s)
	s.where = container.NewHScroll(s)
	return s
}

// Set shows other rows and brings the marked cell into sight.
func (s *sheet) Set(r *app.SourceRows) {
	if r == nil {
		r = &app.SourceRows{Row: -1, Column: -1}
	}
	s.rows = *r
	s.from = 0
	if r.Column >= mostDrawn {
		s.from = r.Column - 10
	}
	s.measure()
	s.Refresh()
	s.where.Refresh()
	x := float32(sheetFirst)
	for i, w := range s.wide {
		if s.from+i == r.Column {
			break
		}
		x += w
	}
	s.where.Offset = fyne.NewPos(0, 0)
	if r.Column >= 0 {
		s.where.Offset = fyne.NewPos(max(0, x-140), 0)
	}
	s.where.Refresh()
}

// Set from a sample: the first line holds the headers.
func (s *sheet) sample(lines [][]string) {
	r := &app.SourceRows{Row: -1, Column: -1}
	if len(lines) > 0 {
		r.Headers = lines[0]
		r.Cells = lines[1:]
	}
	s.Set(r)
}

func (s *sheet) columns() int {
	n := len(s.rows.Headers)
	for _, l := range s.rows.Cells {
		n = max(n, len(l))
	}
	return min(mostDrawn, max(0, n-s.from))
}

// measure gives each column the width of its longest cell, within bounds. A
// letter is taken for its average: measuring every cell would be slow.
func (s *sheet) measure() {
	letter := fyne.MeasureText("abcdefghijklmnopqrstuvwxyz 0123456789", look.Caption+1, fyne.TextStyle{}).Width / 37
	s.wide = make([]float32, s.columns())
	for i := range s.wide {
		n := 0
		see := func(line []string) {
			if s.from+i < len(line) {
				n = max(n, len([]rune(line[s.from+i])))
			}
		}
		see(s.rows.Headers)
		for _, l := range s.rows.Cells {
			see(l)
		}
		s.wide[i] = max(sheetLeast, min(sheetMost, float32(n)*letter+2*sheetGap+6))
	}
}

// CreateRenderer draws the sheet.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer { return &sheetRenderer{s: s} }

type sheetRenderer struct {
	s       *sheet
	objects []fyne.CanvasObject
}

func (r *sheetRenderer) Destroy()                     {}
func (r *sheetRenderer) Layout(fyne.Size)             {}
func (r *sheetRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *sheetRenderer) MinSize() fyne.Size {
	w := float32(0)
	if len(r.s.rows.Numbers) > 0 {
		w = sheetFirst
	}
	for _, x := range r.s.wide {
		w += x
	}
	lines := len(r.s.rows.Cells) + 1
	if len(r.s.rows.Letters) > 0 {
		lines++
	}
	return fyne.NewSize(w+2, float32(lines)*sheetLine+2)
}

func (r *sheetRenderer) Refresh() {
	s := r.s
	r.objects = nil
	rect := func(x, y, w, h float32, c fyne.ThemeColorName) *canvas.Rectangle {
		o := canvas.NewRectangle(look.Colour(c))
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
		r.objects = append(r.objects, o)
		return o
	}
	write := func(text string, x, y, w float32, c fyne.ThemeColorName, bold bool) {
		if text == "" {
			return
		}
		style := fyne.TextStyle{Bold: bold}
		if letters := []rune(text); len(letters) > 60 {
			text = string(letters[:60]) + "…"
		}
		text, _ = widgets.Fit(text, w-2*sheetGap, look.Caption+1, style)
		t := canvas.NewText(text, look.Colour(c))
		t.TextSize, t.TextStyle = look.Caption+1, style
		t.Move(fyne.NewPos(x+sheetGap, y+(sheetLine-t.MinSize().Height)/2))
		r.objects = append(r.objects, t)
	}
	left := float32(0)
	if len(s.rows.Numbers) > 0 {
		left = sheetFirst
	}
	total := r.MinSize()
	y := float32(0)
	at := func(line []string, i int) string {
		if s.from+i < len(line) {
			return line[s.from+i]
		}
		return ""
	}
	row := func(line []string, c fyne.ThemeColorName, bold bool) {
		x := left
		for i, w := range s.wide {
			write(at(line, i), x, y, w, c, bold)
			x += w
		}
		rect(0, y+sheetLine-1, total.Width, 1, theme.ColorNameSeparator)
		y += sheetLine
	}
	rect(0, 0, total.Width, total.Height, look.Panel)
	if len(s.rows.Letters) > 0 {
		rect(0, y, total.Width, sheetLine, look.Chrome)
		row(s.rows.Letters, look.Muted, false)
	}
	rect(0, y, total.Width, sheetLine, look.Chrome)
	row(s.rows.Headers, theme.ColorNameForeground, true)
	top := float32(-1)
	for n, line := range s.rows.Cells {
		if n == s.rows.Row {
			rect(0, y, total.Width, sheetLine, look.RowChosen)
			top = y
		}
		if n < len(s.rows.Numbers) {
			write(fmt.Sprint(s.rows.Numbers[n]), 0, y, sheetFirst, look.Muted, n == s.rows.Row)
		}
		row(line, theme.ColorNameForeground, false)
	}
	x := left
	for i, w := range s.wide {
		if i > 0 || left > 0 {
			rect(x, 0, 1, y, theme.ColorNameSeparator)
		}
		if s.from+i == s.rows.Column && top >= 0 {
			frame := rect(x, top-1, w+1, sheetLine+1, look.RowChosen)
			frame.FillColor, frame.StrokeColor, frame.StrokeWidth = nil, look.Colour(look.Bad), 2
		}
		x += w
	}
	canvas.Refresh(s)
}
