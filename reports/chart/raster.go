package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"

	"github.com/planting-the-flag/flagstone/reports/chart/face"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Image draws the chart with title and source line for a window: w and h in points (96 of Fyne's units are 96 of these), scale in
// pixels per point.
func Image(c *Chart, w, h, scale float64, theme Theme) image.Image {
	return ImageWith(c, Size{w, h}, scale, Options{Theme: theme})
}

// ImageWith is Image with choices.
func ImageWith(c *Chart, size Size, scale float64, opt Options) image.Image {
	pw, ph := int(math.Ceil(size.W*scale)), int(math.Ceil(size.H*scale))
	const most = 1 << 13 // pixels a side: beyond it memory would hurt more than detail helps
	if pw > most || ph > most {
		scale *= float64(most) / float64(max(pw, ph))
		pw, ph = min(pw, most), min(ph, most)
	}
	r := &raster{img: image.NewRGBA(image.Rect(0, 0, max(pw, 1), max(ph, 1))), k: scale}
	Draw(r, c, size, opt)
	return r.img
}

// PNG is the chart as a PNG file.
func PNG(c *Chart, size Size, scale float64, opt Options) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, ImageWith(c, size, scale, opt))
	return b.Bytes(), err
}

type raster struct {
	img *image.RGBA
	k   float64
	z   vector.Rasterizer
	buf sfnt.Buffer
}

// begin clears the rasteriser to the box of a shape, so that small shapes cost little, and returns its origin.
func (r *raster) begin(pts [][]XY, grow float64) (image.Rectangle, bool) {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, ps := range pts {
		for _, p := range ps {
			x0, x1, y0, y1 = min(x0, p.X), max(x1, p.X), min(y0, p.Y), max(y1, p.Y)
		}
	}
	if !(x0 <= x1) {
		return image.Rectangle{}, false
	}
	lim := func(v float64) int { return int(min(max(v, -1e4), 2e4)) }
	box := image.Rect(lim(math.Floor((x0-grow)*r.k)), lim(math.Floor((y0-grow)*r.k)), lim(math.Ceil((x1+grow)*r.k))+1, lim(math.Ceil((y1+grow)*r.k))+1)
	box = box.Intersect(r.img.Bounds())
	if box.Empty() {
		return box, false
	}
	r.z.Reset(box.Dx(), box.Dy())
	return box, true
}

func (r *raster) paint(box image.Rectangle, c RGB) {
	r.z.Draw(r.img, box, image.NewUniform(color.RGBA{c.R, c.G, c.B, 255}), image.Point{})
}

func (r *raster) ring(box image.Rectangle, pts []XY) {
	for i, p := range pts {
		x, y := float32(p.X*r.k-float64(box.Min.X)), float32(p.Y*r.k-float64(box.Min.Y))
		if i == 0 {
			r.z.MoveTo(x, y)
		} else {
			r.z.LineTo(x, y)
		}
	}
	r.z.ClosePath()
}

func (r *raster) Polygon(rings [][]XY, fill Paint, st Stroke) {
	if fill != nil {
		if box, ok := r.begin(rings, 0); ok {
			for i, ring := range rings {
				// The rasteriser adds areas with their sign: holes must turn the other way round.
				r.ring(box, turned(ring, i > 0 && inside(ring, rings[0])))
			}
			r.paint(box, *fill)
		}
	}
	if st.Width > 0 {
		for _, ring := range rings {
			if len(ring) > 0 {
				r.Polyline(append(append([]XY{}, ring...), ring[0]), st)
			}
		}
	}
}

func area2(ring []XY) float64 {
	a := 0.0
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		a += p.X*q.Y - q.X*p.Y
	}
	return a
}

// turned gives the ring clockwise, or the other way for holes.
func turned(ring []XY, hole bool) []XY {
	if (area2(ring) < 0) != hole {
		out := make([]XY, len(ring))
		for i, p := range ring {
			out[len(ring)-1-i] = p
		}
		return out
	}
	return ring
}

func inside(ring, outer []XY) bool {
	if len(ring) == 0 {
		return false
	}
	p, in := ring[0], false
	for i, a := range outer {
		b := outer[(i+1)%len(outer)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < (b.X-a.X)*(p.Y-a.Y)/(b.Y-a.Y)+a.X {
			in = !in
		}
	}
	return in
}

func (r *raster) Circle(at XY, radius float64, fill Paint, st Stroke) {
	n := max(12, int(radius*r.k*2))
	n = min(n, 96)
	ring := make([]XY, n)
	for i := range ring {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		ring[i] = XY{at.X + radius*cos, at.Y + radius*sin}
	}
	r.Polygon([][]XY{ring}, fill, st)
}

func (r *raster) Polyline(pts []XY, st Stroke) {
	w := max(st.Width, 0.6/r.k)
	for _, run := range dash(pts, st.Dash) {
		box, ok := r.begin([][]XY{run}, w)
		if !ok {
			continue
		}
		for i := 0; i+1 < len(run); i++ {
			a, b := run[i], run[i+1]
			d := math.Hypot(b.X-a.X, b.Y-a.Y)
			if d == 0 {
				continue
			}
			nx, ny := (b.Y-a.Y)/d*w/2, -(b.X-a.X)/d*w/2
			r.ring(box, turned([]XY{{a.X + nx, a.Y + ny}, {b.X + nx, b.Y + ny}, {b.X - nx, b.Y - ny}, {a.X - nx, a.Y - ny}}, false))
			if i+2 < len(run) && w*r.k > 1.2 { // a round joint
				var j [8]XY
				for k := range j {
					sin, cos := math.Sincos(2 * math.Pi * float64(k) / 8)
					j[k] = XY{b.X + w/2*cos, b.Y + w/2*sin}
				}
				r.ring(box, turned(j[:], false))
			}
		}
		r.paint(box, st.Colour)
	}
}

// dash cuts a line into its dashes.
func dash(pts []XY, pattern []float64) [][]XY {
	total := 0.0
	for _, v := range pattern {
		total += v
	}
	if len(pattern) == 0 || total <= 0 || len(pts) == 0 {
		return [][]XY{pts}
	}
	var out [][]XY
	i, left, on := 0, pattern[0], true
	cur := []XY{pts[0]}
	for k := 0; k+1 < len(pts); k++ {
		a, b := pts[k], pts[k+1]
		d := math.Hypot(b.X-a.X, b.Y-a.Y)
		for t := 0.0; t < d && len(out) < 20000; {
			step := min(left, d-t)
			t += step
			left -= step
			p := XY{a.X + (b.X-a.X)*t/d, a.Y + (b.Y-a.Y)*t/d}
			if on {
				cur = append(cur, p)
			}
			if left <= 1e-9 {
				if on {
					out = append(out, cur)
				}
				on = !on
				i = (i + 1) % len(pattern)
				left = pattern[i]
				cur = []XY{p}
			}
		}
	}
	if on && len(cur) > 1 {
		out = append(out, cur)
	}
	return out
}

func (r *raster) Text(at XY, s string, st TextStyle) {
	style := face.Style{Bold: st.Bold, Italic: st.Italic}
	w := face.Width(s, st.Size, style)
	x := at.X
	switch st.Anchor {
	case Middle:
		x -= w / 2
	case End:
		x -= w
	}
	box, ok := r.begin([][]XY{{{x - 1, at.Y - st.Size}, {x + w + 1, at.Y + st.Size*0.3}}}, 1)
	if !ok {
		return
	}
	f := face.Font(style)
	ppem := fixed.Int26_6(math.Round(st.Size * r.k * 64))
	ox, oy := float32(x*r.k-float64(box.Min.X)), float32(math.Round(at.Y*r.k)-float64(box.Min.Y))
	for _, p := range face.Pieces(s) {
		shift := float32(p.Shift * st.Size * r.k)
		for _, c := range p.Text {
			if g, err := f.GlyphIndex(&r.buf, c); err == nil {
				if segs, err := f.LoadGlyph(&r.buf, g, ppem, nil); err == nil {
					r.glyph(segs, ox+shift, oy)
				}
			}
			ox += float32(face.Width(string(c), st.Size, style) * r.k)
		}
	}
	r.paint(box, st.Colour)
}

func (r *raster) glyph(segs sfnt.Segments, ox, oy float32) {
	at := func(p fixed.Point26_6) (float32, float32) { return ox + float32(p.X)/64, oy + float32(p.Y)/64 }
	for _, s := range segs {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			x, y := at(s.Args[0])
			r.z.MoveTo(x, y)
		case sfnt.SegmentOpLineTo:
			x, y := at(s.Args[0])
			r.z.LineTo(x, y)
		case sfnt.SegmentOpQuadTo:
			x, y := at(s.Args[0])
			x1, y1 := at(s.Args[1])
			r.z.QuadTo(x, y, x1, y1)
		case sfnt.SegmentOpCubeTo:
			x, y := at(s.Args[0])
			x1, y1 := at(s.Args[1])
			x2, y2 := at(s.Args[2])
			r.z.CubeTo(x, y, x1, y1, x2, y2)
		}
	}
	r.z.ClosePath()
}
