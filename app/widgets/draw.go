package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// place moves, sizes and colours a rectangle.
func place(r *canvas.Rectangle, x, y, w, h float32, c color.Color) {
	r.FillColor = c
	r.Move(fyne.NewPos(x, y))
	r.Resize(fyne.NewSize(w, h))
}

// set gives a text its content and look; it only asks for a redraw when
// something differs. Painting measures what is painted; what is cut away is not
// measured at all.
func set(t *canvas.Text, s string, size float32, c color.Color, bold bool) {
	if t.Text == s && t.TextSize == size && t.Color == c && t.TextStyle.Bold == bold {
		return
	}
	t.Text, t.TextSize, t.Color, t.TextStyle.Bold = s, size, c, bold
	style := fyne.TextStyle{Bold: bold}
	t.Resize(fyne.NewSize(TextWidth(s, size, style), textHeight(size, style)))
	t.Refresh()
}
