package pages

import (
	"bytes"
	"image"
	"image/color"
	_ "image/jpeg" // a house logo or a photograph may be one
	_ "image/png"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/chart/face"
)

// fontKey names a face that is ready to draw.
type fontKey struct {
	style face.Style
	size  float64
}

// Image paints the page at so many pixels a point. It may be called from any
// goroutine.
func (p *Page) Image(scale float64) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(p.W*scale)), int(math.Ceil(p.H*scale))))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	faces := map[fontKey]font.Face{}
	for i := range p.ops {
		o := &p.ops[i]
		box := image.Rect(int(math.Round(o.x*scale)), int(math.Round(o.y*scale)), int(math.Round((o.x+o.w)*scale)), int(math.Ceil((o.y+o.h)*scale)))
		switch {
		case o.chart != nil:
			pic := chart.ImageWith(o.chart, chart.Size{W: o.w, H: o.h}, scale, chart.Options{Theme: chart.Print})
			draw.Draw(img, box, pic, image.Point{}, draw.Over)
		case len(o.image) > 0:
			if pic, _, err := image.Decode(bytes.NewReader(o.image)); err == nil {
				draw.CatmullRom.Scale(img, fitted(box, pic.Bounds()), pic, pic.Bounds(), draw.Over, nil)
			}
		case o.text != "":
			f := faceFor(faces, o.style, o.size*scale)
			if f == nil {
				continue
			}
			d := font.Drawer{Dst: img, Src: image.NewUniform(rgba(o.colour)), Face: f}
			x, y := o.x, fixed.Int26_6(math.Round(o.y*scale))<<6
			for _, r := range o.text { // one by one: the layout knows no kerning
				d.Dot = fixed.Point26_6{X: fixed.Int26_6(math.Round(x * scale * 64)), Y: y}
				d.DrawString(string(r))
				x += face.Width(string(r), o.size, o.style)
			}
		default:
			draw.Draw(img, box, image.NewUniform(rgba(o.colour)), image.Point{}, draw.Src)
		}
	}
	return img
}

func rgba(c chart.RGB) color.RGBA { return color.RGBA{c.R, c.G, c.B, 0xff} }

// fitted is the largest box of the picture's shape within a box.
func fitted(box, pic image.Rectangle) image.Rectangle {
	if pic.Dx() == 0 || pic.Dy() == 0 {
		return box
	}
	k := min(float64(box.Dx())/float64(pic.Dx()), float64(box.Dy())/float64(pic.Dy()))
	return image.Rect(box.Min.X, box.Min.Y, box.Min.X+int(float64(pic.Dx())*k), box.Min.Y+int(float64(pic.Dy())*k))
}

func faceFor(faces map[fontKey]font.Face, s face.Style, size float64) font.Face {
	k := fontKey{s, size}
	if f, ok := faces[k]; ok {
		return f
	}
	f, err := opentype.NewFace(face.Font(s), &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		f = nil
	}
	faces[k] = f
	return f
}
