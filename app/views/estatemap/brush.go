package estatemap

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/paulmach/orb"
	"golang.org/x/image/vector"
)

// brush fills outlines on a picture. What it is given is in pixels of the
// picture; nothing is drawn outside clip.
type brush struct {
	img  *image.RGBA
	clip image.Rectangle
	r    vector.Rasterizer
	mask image.Alpha
	pts  []float32 // x, y, one outline after the other
	ends []int     // where each outline ends in pts
}

func newBrush(img *image.RGBA, clip image.Rectangle) *brush {
	return &brush{img: img, clip: clip.Intersect(img.Bounds())}
}

func (b *brush) point(x, y float64) { b.pts = append(b.pts, float32(x), float32(y)) }

func (b *brush) close() {
	if n := len(b.pts); len(b.ends) == 0 && n > 0 || len(b.ends) > 0 && n > b.ends[len(b.ends)-1] {
		b.ends = append(b.ends, n)
	}
}

// flush fills what was outlined since the last flush. The cost goes with the
// box around it, not with the picture.
func (b *brush) flush(c color.NRGBA) {
	defer func() { b.pts, b.ends = b.pts[:0], b.ends[:0] }()
	b.close()
	x0, y0, x1, y1 := float32(math.Inf(1)), float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.Inf(-1))
	for i := 0; i+1 < len(b.pts); i += 2 {
		x0, x1 = min(x0, b.pts[i]), max(x1, b.pts[i])
		y0, y1 = min(y0, b.pts[i+1]), max(y1, b.pts[i+1])
	}
	if x0 > x1 {
		return
	}
	const far = 1 << 20
	box := image.Rect(int(max(-far, x0))-1, int(max(-far, y0))-1, int(min(far, x1))+2, int(min(far, y1))+2).Intersect(b.clip)
	if box.Empty() {
		return
	}
	w, h := box.Dx(), box.Dy()
	b.r.Reset(w, h)
	b.r.DrawOp = draw.Src
	from, dx, dy := 0, float32(box.Min.X), float32(box.Min.Y)
	for _, end := range b.ends {
		for i := from; i < end; i += 2 {
			if i == from {
				b.r.MoveTo(b.pts[i]-dx, b.pts[i+1]-dy)
			} else {
				b.r.LineTo(b.pts[i]-dx, b.pts[i+1]-dy)
			}
		}
		b.r.ClosePath()
		from = end
	}
	if cap(b.mask.Pix) < w*h {
		b.mask.Pix = make([]uint8, w*h)
	}
	b.mask.Pix, b.mask.Stride, b.mask.Rect = b.mask.Pix[:w*h], w, image.Rect(0, 0, w, h)
	b.r.Draw(&b.mask, b.mask.Rect, image.Opaque, image.Point{})
	b.lay(box, c)
}

// lay blends the colour through the mask.
func (b *brush) lay(box image.Rectangle, c color.NRGBA) {
	a := uint32(c.A)
	cr, cg, cb := uint32(c.R)*a/255, uint32(c.G)*a/255, uint32(c.B)*a/255
	for y := box.Min.Y; y < box.Max.Y; y++ {
		row := b.mask.Pix[(y-box.Min.Y)*b.mask.Stride:]
		to := b.img.Pix[b.img.PixOffset(box.Min.X, y):]
		for x := range box.Dx() {
			m := uint32(row[x])
			if m == 0 {
				continue
			}
			t := to[4*x : 4*x+4 : 4*x+4]
			rest := 255 - a*m/255
			t[0] = uint8((cr*m + uint32(t[0])*rest) / 255)
			t[1] = uint8((cg*m + uint32(t[1])*rest) / 255)
			t[2] = uint8((cb*m + uint32(t[2])*rest) / 255)
			t[3] = uint8((a*m + uint32(t[3])*rest) / 255)
		}
	}
}

// stroke adds a line as one thin quadrangle a piece. All turn the same way
// round, so that where they overlap they do not cancel. on and off make dashes;
// off 0 is a whole line.
func (b *brush) stroke(line []orb.Point, place func(orb.Point) (x, y float64), width, on, off float64) {
	if len(line) < 2 {
		return
	}
	half := width / 2
	c := b.clip.Inset(-4)
	x0, y0 := place(line[0])
	along := 0.0
	for i := 1; i < len(line); i++ {
		x1, y1 := place(line[i])
		dx, dy := x1-x0, y1-y0
		l := math.Hypot(dx, dy)
		if l < 0.7 && i < len(line)-1 {
			continue // too short to see: the next piece takes it in
		}
		if l > 0 && max(x0, x1) > float64(c.Min.X) && min(x0, x1) < float64(c.Max.X) && max(y0, y1) > float64(c.Min.Y) && min(y0, y1) < float64(c.Max.Y) {
			ux, uy := dx/l, dy/l
			if off <= 0 || l > 1e4 {
				b.piece(x0, y0, x1, y1, ux, uy, half)
			} else {
				for t := -math.Mod(along, on+off); t < l; t += on + off {
					s, e := max(0, t), min(l, t+on)
					if e > s {
						b.piece(x0+ux*s, y0+uy*s, x0+ux*e, y0+uy*e, ux, uy, half)
					}
				}
			}
		}
		along += l
		x0, y0 = x1, y1
	}
}

func (b *brush) piece(x0, y0, x1, y1, ux, uy, half float64) {
	nx, ny, ex, ey := -uy*half, ux*half, ux*half, uy*half
	b.point(x0-ex+nx, y0-ey+ny)
	b.point(x1+ex+nx, y1+ey+ny)
	b.point(x1+ex-nx, y1+ey-ny)
	b.point(x0-ex-nx, y0-ey-ny)
	b.close()
}

// rings outlines an area with its holes.
func (b *brush) rings(rings []orb.Ring, place func(orb.Point) (x, y float64)) {
	for _, r := range rings {
		for _, q := range r {
			b.point(place(q))
		}
		b.close()
	}
}
