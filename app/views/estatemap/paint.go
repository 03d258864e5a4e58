package estatemap

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/paulmach/orb"
	"golang.org/x/image/vector"

	"github.com/planting-the-flag/flagstone/app/look"
)

// Camera is which part of the world is looked at: the map point in the middle
// and how many pixels a map metre takes.
type Camera struct {
	Centre orb.Point
	Zoom   float64
}

// ToScreen gives the pixel of a map point in a picture of w × h.
func (c Camera) ToScreen(p orb.Point, w, h float64) (x, y float64) {
	return w/2 + (p[0]-c.Centre[0])*c.Zoom, h/2 - (p[1]-c.Centre[1])*c.Zoom
}

// ToWorld gives the map point of a pixel.
func (c Camera) ToWorld(x, y, w, h float64) orb.Point {
	return orb.Point{c.Centre[0] + (x-w/2)/c.Zoom, c.Centre[1] - (y-h/2)/c.Zoom}
}

// Style is how a picture is painted: colours and what is shown.
type Style struct {
	Water, Land, Edge, Halo, Accent color.NRGBA
	Marks                           []look.Mark
	Scale                           float64 // pixels per Fyne unit
	HiddenLayers                    map[int]bool
	HiddenClasses                   map[int]bool
	Chosen                          int    // index of the selected dot, −1 for none
	ChosenArea                      string // code of the selected boundary
}

// Paint draws a scene. It only reads, so it may run in any goroutine.
func Paint(sn *Scene, cam Camera, st Style, w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.NewUniform(st.Water), image.Point{}, draw.Src)
	if sn == nil || cam.Zoom <= 0 {
		return img
	}
	p := &painter{img: img, cam: cam, st: st, w: w, h: h, r: vector.NewRasterizer(w, h), sprites: map[spriteKey]*sprite{}}
	a, b := cam.ToWorld(0, float64(h), float64(w), float64(h)), cam.ToWorld(float64(w), 0, float64(w), float64(h))
	p.sight = orb.Bound{Min: a, Max: b}
	p.areas(sn)
	p.dots(sn)
	return img
}

type painter struct {
	img     *image.RGBA
	cam     Camera
	st      Style
	w, h    int
	r       *vector.Rasterizer
	sight   orb.Bound
	sprites map[spriteKey]*sprite
	shrink  float64 // below 1 in a crowd
	taken   []uint8 // in a crowd: classes drawn in each square of two pixels
}

func (p *painter) flush(c color.NRGBA) {
	p.r.Draw(p.img, p.img.Bounds(), image.NewUniform(c), image.Point{})
	p.r.Reset(p.w, p.h)
}

// coarsest is the layer with the fewest areas: it covers the same land as the
// finer ones, with the fewest corners. −1 when there is none.
func coarsest(sn *Scene) int {
	best := -1
	for k := range sn.Layers {
		if n := len(sn.Layers[k].Areas); n > 0 && (best < 0 || n < len(sn.Layers[best].Areas)) {
			best = k
		}
	}
	return best
}

// areas fills the land once and strokes every layer shown. Filling and stroking
// are one pass each: a pass costs by the size of the picture, not by its lines.
func (p *painter) areas(sn *Scene) {
	if k := coarsest(sn); k >= 0 {
		for i := range sn.Layers[k].Areas {
			if a := &sn.Layers[k].Areas[i]; a.Bound.Intersects(p.sight) {
				p.fill(a)
			}
		}
		p.flush(p.st.Land)
	}
	for k := range sn.Layers {
		if p.st.HiddenLayers[k] {
			continue
		}
		width := 1.0
		if len(sn.Layers[k].Areas) < 40 {
			width = 1.6
		}
		for i := range sn.Layers[k].Areas {
			if a := &sn.Layers[k].Areas[i]; a.Bound.Intersects(p.sight) {
				for _, r := range a.Rings {
					p.stroke(r, width*p.st.Scale)
				}
			}
		}
	}
	p.flush(p.st.Edge)
	if p.st.ChosenArea == "" {
		return
	}
	for k := range sn.Layers {
		for i := range sn.Layers[k].Areas {
			if a := &sn.Layers[k].Areas[i]; a.Code == p.st.ChosenArea && a.Code != "" {
				p.fill(a)
				c := p.st.Accent
				c.A = 0x30
				p.flush(c)
				for _, r := range a.Rings {
					p.stroke(r, 2*p.st.Scale)
				}
				p.flush(p.st.Accent)
			}
		}
	}
}

func (p *painter) fill(a *Area) {
	for _, r := range a.Rings {
		for i, q := range r {
			x, y := p.cam.ToScreen(q, float64(p.w), float64(p.h))
			if i == 0 {
				p.r.MoveTo(float32(x), float32(y))
			} else {
				p.r.LineTo(float32(x), float32(y))
			}
		}
		p.r.ClosePath()
	}
}

// stroke adds a ring's outline as one thin quadrangle a segment. All turn the
// same way round, so that where they overlap they do not cancel.
func (p *painter) stroke(r orb.Ring, width float64) {
	if len(r) < 2 {
		return
	}
	half := width / 2
	w, h := float64(p.w), float64(p.h)
	x0, y0 := p.cam.ToScreen(r[0], w, h)
	for i := 1; i < len(r); i++ {
		x1, y1 := p.cam.ToScreen(r[i], w, h)
		dx, dy := x1-x0, y1-y0
		l := math.Hypot(dx, dy)
		if l < 0.7 && i < len(r)-1 {
			continue // too short to see: the next segment takes it in
		}
		if l > 0 && max(x0, x1) > -4 && min(x0, x1) < w+4 && max(y0, y1) > -4 && min(y0, y1) < h+4 {
			nx, ny := -dy/l*half, dx/l*half
			ex, ey := dx/l*half, dy/l*half
			p.quad(x0-ex+nx, y0-ey+ny, x1+ex+nx, y1+ey+ny, x1+ex-nx, y1+ey-ny, x0-ex-nx, y0-ey-ny)
		}
		x0, y0 = x1, y1
	}
}

func (p *painter) quad(ax, ay, bx, by, cx, cy, dx, dy float64) {
	p.r.MoveTo(float32(ax), float32(ay))
	p.r.LineTo(float32(bx), float32(by))
	p.r.LineTo(float32(cx), float32(cy))
	p.r.LineTo(float32(dx), float32(dy))
	p.r.ClosePath()
}

// spriteKey names a mark that was drawn once and is then stamped.
type spriteKey struct {
	class, radius int // radius in half pixels
	known, chosen bool
}

type sprite struct {
	img  *image.RGBA
	half int
}

// crowd is the share of the picture that marks may cover before they are all
// drawn smaller.
const crowd = 0.35

// least is the radius, in pixels, below which marks do not shrink.
const least = 1.5

func (p *painter) dots(sn *Scene) {
	total := 0.0
	for i := range sn.Dots {
		if d := &sn.Dots[i]; p.sight.Contains(d.At) {
			total += math.Pi * d.Size * d.Size * p.st.Scale * p.st.Scale
		}
	}
	p.shrink = 1
	if room := crowd * float64(p.w) * float64(p.h); total > room {
		p.shrink = math.Sqrt(room / total)
		p.taken = make([]uint8, ((p.w+1)/2)*((p.h+1)/2))
	}
	for i := range sn.Dots {
		d := &sn.Dots[i]
		if i != p.st.Chosen && !p.st.HiddenClasses[d.Class] {
			p.dot(d, false)
		}
	}
	if i := p.st.Chosen; i >= 0 && i < len(sn.Dots) {
		p.dot(&sn.Dots[i], true)
	}
}

func (p *painter) dot(d *Dot, chosen bool) {
	x, y := p.cam.ToScreen(d.At, float64(p.w), float64(p.h))
	if x < -60 || y < -60 || x > float64(p.w)+60 || y > float64(p.h)+60 {
		return
	}
	rad := d.Size * p.st.Scale
	if p.shrink < 1 && !chosen {
		rad = max(least, rad*p.shrink)
		// In a crowd a mark of the same class within a pixel hides this one.
		if rad < 4 && x >= 0 && y >= 0 && x < float64(p.w) && y < float64(p.h) {
			at, bit := int(y)/2*((p.w+1)/2)+int(x)/2, uint8(1)<<d.Class
			if p.taken[at]&bit != 0 {
				return
			}
			p.taken[at] |= bit
		}
	}
	k := spriteKey{d.Class, int(math.Round(rad * 2)), d.Known || p.shrink < 1, chosen}
	s := p.sprites[k]
	if s == nil {
		s = p.newSprite(k)
		p.sprites[k] = s
	}
	p.stamp(s, int(math.Round(x))-s.half, int(math.Round(y))-s.half)
}

// stamp lays a sprite over the picture. It does what draw.Draw does for two
// RGBA pictures, without its cost a call, which matters for 100,000 marks.
func (p *painter) stamp(s *sprite, x, y int) {
	r := s.img.Bounds().Add(image.Pt(x, y)).Intersect(p.img.Bounds())
	for yy := r.Min.Y; yy < r.Max.Y; yy++ {
		from := s.img.Pix[s.img.PixOffset(r.Min.X-x, yy-y):]
		to := p.img.Pix[p.img.PixOffset(r.Min.X, yy):]
		for i := 0; i < 4*r.Dx(); i += 4 {
			a := uint32(from[i+3])
			if a == 0 {
				continue
			}
			if a == 255 {
				copy(to[i:i+4], from[i:i+4])
				continue
			}
			rest := 255 - a
			to[i] = uint8(uint32(from[i]) + uint32(to[i])*rest/255)
			to[i+1] = uint8(uint32(from[i+1]) + uint32(to[i+1])*rest/255)
			to[i+2] = uint8(uint32(from[i+2]) + uint32(to[i+2])*rest/255)
			to[i+3] = uint8(a + uint32(to[i+3])*rest/255)
		}
	}
}

// newSprite draws a mark: the shape in its colour with an edge that sets it
// off from the ground and from its neighbours.
func (p *painter) newSprite(k spriteKey) *sprite {
	m := p.st.Marks[k.class]
	rad, edge := float64(k.radius)/2, 1.3*p.st.Scale
	if rad < 3 {
		edge = 0.6 * p.st.Scale
	}
	edgeRoom := 2 * p.st.Scale
	if k.chosen {
		edgeRoom = 6 * p.st.Scale
	}
	half := int(rad*1.45+edgeRoom) + 1
	s := &sprite{img: image.NewRGBA(image.Rect(0, 0, 2*half, 2*half)), half: half}
	c := float64(half)
	put := func(shape look.Shape, radius float64, col color.NRGBA) {
		r := vector.NewRasterizer(2*half, 2*half)
		look.Outline(r, shape, c, c, radius)
		r.Draw(s.img, s.img.Bounds(), image.NewUniform(col), image.Point{})
	}
	if k.chosen {
		put(look.Circle, rad+5*p.st.Scale, p.st.Accent)
		put(look.Circle, rad+3*p.st.Scale, p.st.Halo)
	}
	put(m.Shape, rad+edge, p.st.Halo)
	col := m.Colour
	col.A = 0xe4
	put(m.Shape, rad, col)
	if !k.known || m.Shape == look.Ring {
		put(m.Shape, rad-1.8*p.st.Scale, p.st.Halo)
	}
	return s
}

// MarkImage draws one mark for a legend, px pixels square.
func MarkImage(m look.Mark, halo color.NRGBA, px int) image.Image {
	p := &painter{st: Style{Halo: halo, Marks: []look.Mark{m}, Scale: float64(px) / 16}}
	s := p.newSprite(spriteKey{0, int(5 * 2 * p.st.Scale), true, false})
	return s.img.SubImage(image.Rect(s.half-px/2, s.half-px/2, s.half+px/2, s.half+px/2))
}
