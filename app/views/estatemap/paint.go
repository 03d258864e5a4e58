package estatemap

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/paulmach/orb"

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
	Water, Land, Edge, Halo, Ink, Muted, Accent, Good, Bad color.NRGBA

	Marks         []look.Mark
	Heat          []color.NRGBA
	Ordered       bool    // the marks are steps of a measure: each has a dark edge
	Scale         float64 // pixels per Fyne unit
	HiddenLayers  map[int]bool
	HiddenClasses map[int]bool
	Chosen        int    // index of the selected dot, −1 for none
	ChosenArea    string // code of the selected boundary
	Picked        map[int]bool
	Grouped       bool              // crowded marks become numbers
	Names         bool              // the names of marks where there is room
	Covered       []image.Rectangle // where something lies on the picture, in its pixels: no names there

	Heated     *HeatMap // nil for none
	Catch      *Catchment
	Rings      *Rings
	Overlays   []*Overlay
	OverlayGen int // another number when Overlays differ
	Backdrop   Backdrop
	PictureGen int // another number when Backdrop has more pictures

	Compared *Compared // nil when before and after are not compared
	Split    float64   // share of the width that shows before
}

// Painter paints pictures one after the other and keeps what the next can use.
// Only one goroutine may use it at a time.
type Painter struct {
	ground  ground
	letters *lettering
	sprites map[spriteKey]*sprite
	badges  map[badgeKey]*sprite
	style   spriteStyle
	taken   []uint8
	put     []stamped
	bands   [][]int32
}

// NewPainter makes a painter.
func NewPainter() *Painter {
	return &Painter{letters: newLettering()}
}

// spriteStyle is what sprites depend on beside their key.
type spriteStyle struct {
	halo, ink, accent, first color.NRGBA
	scale                    float64
	ordered                  bool
}

// Paint draws a scene with a painter of its own.
func Paint(sn *Scene, cam Camera, st Style, w, h int) *image.RGBA {
	return NewPainter().Paint(nil, sn, cam, st, w, h)
}

// Paint draws a scene into dst when it has the size, or else into a new
// picture.
func (pt *Painter) Paint(dst *image.RGBA, sn *Scene, cam Camera, st Style, w, h int) *image.RGBA {
	img := dst
	if img == nil || img.Rect != image.Rect(0, 0, w, h) {
		img = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	if sn == nil || cam.Zoom <= 0 {
		draw.Draw(img, img.Rect, image.NewUniform(st.Water), image.Point{}, draw.Src)
		return img
	}
	s := spriteStyle{st.Halo, st.Ink, st.Accent, st.Marks[0].Colour, st.Scale, st.Ordered}
	if s != pt.style || pt.sprites == nil {
		pt.style, pt.sprites, pt.badges = s, map[spriteKey]*sprite{}, map[badgeKey]*sprite{}
	}
	p := &painter{Painter: pt, img: img, st: &st, sn: sn, zoom: cam.Zoom, w: w, h: h, clip: img.Rect}
	p.ox = int(math.Round(cam.Centre[0]*cam.Zoom - float64(w)/2))
	p.oy = int(math.Round(-cam.Centre[1]*cam.Zoom - float64(h)/2))
	p.ground.lay(img, sn, cam.Zoom, &st, p.ox, p.oy)
	p.brush = newBrush(img, img.Rect)
	p.chosenArea()
	p.rings()
	if st.Compared == nil {
		p.marks(nil)
		return img
	}
	at := int(math.Round(st.Split * float64(w)))
	p.clipTo(image.Rect(0, 0, at, h))
	p.marks(nil)
	p.clipTo(image.Rect(at, 0, w, h))
	p.marks(st.Compared)
	return img
}

// painter is a Painter at work on one picture.
type painter struct {
	*Painter
	img    *image.RGBA
	clip   image.Rectangle
	brush  *brush
	st     *Style
	sn     *Scene
	zoom   float64
	ox, oy int
	w, h   int
	shrink float64 // below 1 in a crowd
	last   struct {
		key    spriteKey
		sprite *sprite
	}
}

func (p *painter) clipTo(r image.Rectangle) { p.clip, p.brush.clip = r, r.Intersect(p.img.Rect) }

func (p *painter) place(q orb.Point) (x, y float64) {
	return q[0]*p.zoom - float64(p.ox), -q[1]*p.zoom - float64(p.oy)
}

// chosenArea marks the selected boundary.
func (p *painter) chosenArea() {
	if p.st.ChosenArea == "" {
		return
	}
	for k := range p.sn.Layers {
		for i := range p.sn.Layers[k].Areas {
			a := &p.sn.Layers[k].Areas[i]
			if a.Code != p.st.ChosenArea {
				continue
			}
			p.brush.rings(a.Rings, p.place)
			c := p.st.Accent
			c.A = 0x30
			p.brush.flush(c)
			for _, r := range a.Rings {
				p.brush.stroke(r, p.place, 2*p.st.Scale, 0, 0)
			}
			p.brush.flush(p.st.Accent)
		}
	}
}

// rings draws how far one comes in so many minutes.
func (p *painter) rings() {
	r := p.st.Rings
	if r == nil {
		return
	}
	for i := len(r.Lines) - 1; i >= 0; i-- {
		l := &r.Lines[i]
		p.brush.rings([]orb.Ring{l.Line}, p.place)
		c := p.st.Accent
		c.A = 0x16
		p.brush.flush(c)
		p.brush.stroke(l.Line, p.place, 1.6*p.st.Scale, 6*p.st.Scale, 4*p.st.Scale)
		p.brush.flush(p.st.Accent)
	}
	for i := range r.Lines {
		x, y := p.place(r.Lines[i].Line[0]) // due north of the centre
		p.stamp(p.letters.word(r.Lines[i].Label, 11.5*p.st.Scale, true, p.st.Ink, p.st.Halo), x, y)
	}
}

// crowd is the share of the picture that marks may cover before they are all
// drawn smaller.
const crowd = 0.35

// least is the radius, in pixels, below which marks do not shrink.
const least = 1.5

// marks draws the assets within the clip: as they are, or as a plan leaves
// them.
func (p *painter) marks(after *Compared) {
	p.shrink = 1
	if after != nil {
		p.moves(after)
	}
	if p.st.Grouped {
		p.groups(after)
	} else {
		p.all(after)
	}
	for i := range p.st.Picked {
		p.dot(i, after, false)
	}
	if i := p.st.Chosen; i >= 0 && i < len(p.sn.Dots) {
		p.dot(i, after, true)
	}
	if p.st.Names {
		p.names(after)
	}
}

// all draws every mark by itself; where there are too many, smaller.
func (p *painter) all(after *Compared) {
	sn := p.sn
	total := 0.0
	x0, x1 := float64(p.ox)/p.zoom, float64(p.ox+p.w)/p.zoom
	y0, y1 := -float64(p.oy+p.h)/p.zoom, -float64(p.oy)/p.zoom
	for i, x := range sn.xs {
		if y := sn.ys[i]; x >= x0 && x <= x1 && y >= y0 && y <= y1 {
			total += sq(float64(sn.sizes[i]))
		}
	}
	if room, need := crowd*float64(p.w)*float64(p.h), math.Pi*total*sq(p.st.Scale); need > room {
		p.shrink = math.Sqrt(room / need)
		if n := ((p.w + 1) / 2) * ((p.h + 1) / 2); len(p.taken) != n {
			p.taken = make([]uint8, n)
		} else {
			clear(p.taken)
		}
	}
	edge := 60 / p.zoom
	hidden := maskOf(p.st.HiddenClasses)
	for i, x := range sn.xs {
		y := sn.ys[i]
		if x < x0-edge || x > x1+edge || y < y0-edge || y > y1+edge {
			continue
		}
		if i == p.st.Chosen || hidden&(1<<sn.classes[i]) != 0 || after != nil && after.fate(i) > stays {
			continue
		}
		if p.shrink < 1 && p.covered(i, x, y) {
			continue
		}
		s, sx, sy := p.mark(i, after, false)
		p.put = append(p.put, stamped{s, sx, sy})
	}
	p.stampAll(p.put)
	p.put = p.put[:0]
	p.touched(after)
}

// covered says whether, in a crowd, a mark of the same class within a pixel
// hides this one.
func (p *painter) covered(i int, wx, wy float64) bool {
	if max(least, float64(p.sn.sizes[i])*p.st.Scale*p.shrink) >= 4 {
		return false
	}
	x, y := int(wx*p.zoom)-p.ox, int(-wy*p.zoom)-p.oy
	if x < 0 || y < 0 || x >= p.w || y >= p.h {
		return false
	}
	at, bit := y/2*((p.w+1)/2)+x/2, uint8(1)<<p.sn.classes[i]
	if p.taken[at]&bit != 0 {
		return true
	}
	p.taken[at] |= bit
	return false
}

// touched draws the marks that a plan touches: over all others, and never
// hidden in a number.
func (p *painter) touched(after *Compared) {
	if after == nil {
		return
	}
	for i, f := range after.Fates {
		if f > stays && !p.st.HiddenClasses[p.sn.Dots[i].Class] {
			p.dot(i, after, false)
		}
	}
}

// dot draws one mark.
func (p *painter) dot(i int, after *Compared, chosen bool) { p.stamp(p.mark(i, after, chosen)) }

// mark is how an asset is marked, and where.
func (p *painter) mark(i int, after *Compared, chosen bool) (s *sprite, x, y float64) {
	d := &p.sn.Dots[i]
	x, y = p.place(d.At)
	rad := d.Size * p.st.Scale
	picked := len(p.st.Picked) > 0 && p.st.Picked[i]
	k := spriteKey{class: d.Class, known: d.Known || p.shrink < 1, chosen: chosen, picked: picked}
	if after != nil {
		k.fate = after.fate(i)
	}
	if p.shrink < 1 && !chosen && !picked && k.fate <= stays {
		rad = max(least, rad*p.shrink)
	}
	if k.fate == closes || k.fate == receives {
		rad = max(rad, 7*p.st.Scale) // large enough for its sign to be read
	}
	k.radius = int(math.Round(rad * 2))
	if k == p.last.key && p.last.sprite != nil { // in the order of size the next is mostly like the last
		return p.last.sprite, x, y
	}
	s = p.sprites[k]
	if s == nil {
		s = p.newSprite(k)
		p.sprites[k] = s
	}
	p.last.key, p.last.sprite = k, s
	return s, x, y
}
