package estatemap_test

import (
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/app"
	"github.com/planting-the-flag/flagstone/app/apptest"
	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/views/estatemap"
)

func style() estatemap.Style {
	return estatemap.Style{Water: color.NRGBA{0, 0, 255, 255}, Land: color.NRGBA{250, 250, 200, 255}, Edge: color.NRGBA{100, 100, 100, 255},
		Halo: color.NRGBA{255, 255, 255, 255}, Accent: color.NRGBA{255, 0, 0, 255}, Ink: color.NRGBA{0, 0, 0, 255}, Marks: look.Marks(), Scale: 1, Chosen: -1}
}

func scene(n int) *estatemap.Scene {
	return estatemap.NewScene(app.NewSnapshot(apptest.Project(n)), estatemap.Choice{By: estatemap.ByOrganisation})
}

func camera(sn *estatemap.Scene, w, h float64) estatemap.Camera {
	b := sn.View
	return estatemap.Camera{Centre: b.Center(), Zoom: min(w/(b.Max[0]-b.Min[0]), h/(b.Max[1]-b.Min[1])) * 0.9}
}

func TestEveryMarkIsPaintedWhereItIsFound(t *testing.T) {
	sn := scene(60)
	cam := camera(sn, 800, 600)
	img := estatemap.Paint(sn, cam, style(), 800, 600)
	seen := 0
	for i := range sn.Dots {
		d := &sn.Dots[i]
		x, y := cam.ToScreen(d.At, 800, 600)
		r, g, b, _ := img.At(int(x), int(y)).RGBA()
		land := r>>8 == 250 && g>>8 == 250 && b>>8 == 200
		water := b>>8 == 255 && r == 0 && g == 0
		if !land && !water {
			seen++
		}
		if got := sn.Near(cam.ToWorld(x, y, 800, 600), 1/cam.Zoom, nil); got == nil {
			t.Errorf("nothing is found under the mark of %s", d.Name)
		}
	}
	if seen != len(sn.Dots) {
		t.Errorf("%d of %d marks are painted", seen, len(sn.Dots))
	}
}

func TestHiddenClassesAreNeitherPaintedNorFound(t *testing.T) {
	sn := scene(30)
	cam := camera(sn, 600, 600)
	hidden := map[int]bool{}
	for i := range sn.Classes {
		hidden[i] = true
	}
	d := &sn.Dots[0]
	if sn.Near(d.At, 1/cam.Zoom, hidden) != nil {
		t.Error("a hidden mark is found")
	}
}

func TestAssetsWithoutAPlaceAreCountedNotDrawn(t *testing.T) {
	sn := scene(70)
	if sn.Missing != 10 || len(sn.Dots) != 60 {
		t.Errorf("%d missing, %d drawn", sn.Missing, len(sn.Dots))
	}
}

func TestBoundaryUnderThePointer(t *testing.T) {
	sn := scene(1)
	a := &sn.Layers[0].Areas[7]
	if got := sn.AreaAt(0, a.Bound.Center()); got == nil || got.Code != a.Code {
		t.Errorf("found %v, wanted %s", got, a.Code)
	}
}

// A frame of a pan with a hundred thousand assets is promised in 50 ms.
func BenchmarkPan(b *testing.B) {
	for _, c := range []struct {
		name          string
		n             int
		grouped, heat bool
	}{{"1k", 1000, false, false}, {"100k", 100_000, false, false}, {"100k grouped with heat", 100_000, true, true}} {
		b.Run(c.name, func(b *testing.B) {
			sn := scene(c.n)
			cam := camera(sn, 1200, 700)
			st := style()
			st.Grouped = c.grouped
			if c.heat {
				st.Heated, st.Heat = estatemap.NewHeat(sn.People, ""), make([]color.NRGBA, 5)
			}
			p := estatemap.NewPainter()
			img := p.Paint(nil, sn, cam, st, 1200, 700)
			middle := cam.Centre
			cam.Zoom *= 1.6             // so that there is something beyond the edge
			for i := 0; b.Loop(); i++ { // round in circles of 300 pixels
				a := float64(i) / 10
				cam.Centre[0], cam.Centre[1] = middle[0]+300/cam.Zoom*math.Cos(a), middle[1]+300/cam.Zoom*math.Sin(a)
				img = p.Paint(img, sn, cam, st, 1200, 700)
			}
		})
	}
}

// The first picture at a zoom paints all of the ground and finds the groups.
func BenchmarkZoom(b *testing.B) {
	sn := scene(100_000)
	st := style()
	st.Grouped, st.Heated, st.Heat = true, estatemap.NewHeat(sn.People, ""), make([]color.NRGBA, 5)
	cam := camera(sn, 1200, 700)
	p := estatemap.NewPainter()
	var img *image.RGBA
	for b.Loop() {
		cam.Zoom *= 1.02
		if cam.Zoom > 1 {
			cam = camera(sn, 1200, 700)
		}
		img = p.Paint(img, sn, cam, st, 1200, 700)
	}
}

func BenchmarkNear(b *testing.B) {
	sn := scene(100_000)
	cam := camera(sn, 1200, 700)
	for b.Loop() {
		sn.Near(cam.Centre, 1/cam.Zoom, nil)
	}
}
