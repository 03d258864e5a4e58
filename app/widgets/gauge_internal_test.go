package widgets

import (
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func TestATimelineKeepsItsNamesApartAndWithin(t *testing.T) {
	test.NewTempApp(t)
	const width = 260
	objects, high := Timeline{From: 2026, To: 2036, Moments: []Moment{{Year: 2029.2, Label: "Break"}, {Year: 2029.4, Label: "Review"}, {Year: 2035.9, Label: "Lease ends"}}}.Draw(width)
	var texts []*canvas.Text
	for _, o := range objects {
		p, z := o.Position(), o.Size()
		if p.X < -0.5 || p.X+z.Width > width+0.5 || p.Y < 0 || p.Y+z.Height > high+2 {
			t.Errorf("%T at %v, %v lies outside", o, p, z)
		}
		if x, ok := o.(*canvas.Text); ok {
			texts = append(texts, x)
		}
	}
	for i, a := range texts {
		for _, b := range texts[i+1:] {
			pa, pb, za, zb := a.Position(), b.Position(), a.MinSize(), b.MinSize()
			if pa.Y == pb.Y && pa.X < pb.X+zb.Width && pb.X < pa.X+za.Width {
				t.Errorf("%q runs into %q", a.Text, b.Text)
			}
		}
	}
	if objects, high := (Timeline{From: 2026, To: 2036}).Draw(width); len(objects) != 0 || high != 0 {
		t.Error("a line without moments is drawn")
	}
}

func TestAGaugeIsFilledAsFarAsThingsAreKnown(t *testing.T) {
	test.NewTempApp(t)
	objects, _ := Gauge{Cells: []float64{1, 0, 0.5}}.Draw(124) // three cells of 40 with 2 between
	var widths []float32
	for _, o := range objects {
		if r := o.(*canvas.Rectangle); r.StrokeWidth == 0 {
			widths = append(widths, r.Size().Width)
		}
	}
	if len(objects) != 5 || len(widths) != 2 || widths[0] != 40 || widths[1] != 20 {
		t.Errorf("%d shapes, filled %v", len(objects), widths)
	}
}
