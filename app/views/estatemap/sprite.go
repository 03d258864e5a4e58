package estatemap

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/look"
)

// spriteKey names a mark that was drawn once and is then stamped.
type spriteKey struct {
	class, radius         int // radius in half pixels
	known, chosen, picked bool
	fate                  fate
}

// newSprite draws a mark: the shape in its colour with an edge that sets it
// off from the ground and from its neighbours.
func (p *painter) newSprite(k spriteKey) *sprite {
	m := p.st.Marks[k.class]
	rad, u := float64(k.radius)/2, p.st.Scale
	edge := 1.3 * u
	if rad < 3 {
		edge = 0.6 * u
	}
	room := 2 * u
	if k.chosen || k.picked || k.fate > stays {
		room = 9 * u
	}
	half := int(rad*1.45+room) + 1
	s := &sprite{img: image.NewRGBA(image.Rect(0, 0, 2*half, 2*half)), halfX: half, halfY: half}
	c := float64(half)
	put := func(shape look.Shape, radius float64, col color.NRGBA) {
		r := vector.NewRasterizer(2*half, 2*half)
		look.Outline(r, shape, c, c, radius)
		r.Draw(s.img, s.img.Rect, image.NewUniform(col), image.Point{})
	}
	if k.chosen {
		put(look.Circle, rad+5*u, p.st.Accent)
		put(look.Circle, rad+3*u, p.st.Halo)
	} else if k.picked {
		put(look.Square, rad+4*u, p.st.Accent)
		put(look.Square, rad+2.4*u, p.st.Halo)
	}
	if k.fate == receives {
		put(look.Circle, rad+6*u, p.st.Halo)
		put(look.Circle, rad+5*u, p.st.Ink)
		put(look.Circle, rad+3*u, p.st.Halo)
	}
	if k.fate == changes {
		put(look.Diamond, rad*1.3+6*u, p.st.Halo)
		put(look.Diamond, rad*1.3+5*u, p.st.Ink)
		put(look.Diamond, rad*1.3+3*u, p.st.Halo)
	}
	put(m.Shape, rad+edge, p.st.Halo)
	col := m.Colour
	col.A = 0xe4
	switch {
	case k.fate == closes: // only its outline is left, crossed out
		put(m.Shape, rad, p.st.Muted)
		put(m.Shape, rad-1.6*u, p.st.Halo)
		p.cross(s, c, rad+3*u, 4.4*u, p.st.Halo)
		p.cross(s, c, rad+3*u, 2.2*u, p.st.Ink)
		return s
	case k.fate == stays: // what a plan leaves alone steps back
		col.A = 0x70
	}
	if p.st.Ordered && !(m.Shape == look.Ring) {
		ink := p.st.Ink
		ink.A = 0xc0
		put(m.Shape, rad+0.3*u, ink)
		put(m.Shape, rad-0.6*u, p.st.Halo)
		put(m.Shape, rad-0.6*u, col)
	} else {
		put(m.Shape, rad, col)
	}
	if !k.known || m.Shape == look.Ring {
		put(m.Shape, rad-1.8*u, p.st.Halo)
	}
	if k.fate == receives {
		p.plus(s, c, min(rad*0.75, 7*u), 2.4*u)
	}
	return s
}

// cross draws two strokes corner to corner.
func (p *painter) cross(s *sprite, c, rad, width float64, col color.NRGBA) {
	d := rad * math.Sqrt2 / 2
	p.bars(s, col, [4]float64{c - d, c - d, c + d, c + d}, [4]float64{c - d, c + d, c + d, c - d}, width)
}

func (p *painter) plus(s *sprite, c, rad, width float64) {
	p.bars(s, p.st.Halo, [4]float64{c - rad, c, c + rad, c}, [4]float64{c, c - rad, c, c + rad}, width)
}

func (p *painter) bars(s *sprite, col color.NRGBA, a, b [4]float64, width float64) {
	br := newBrush(s.img, s.img.Rect)
	for _, l := range [2][4]float64{a, b} {
		n := math.Hypot(l[2]-l[0], l[3]-l[1])
		br.piece(l[0], l[1], l[2], l[3], (l[2]-l[0])/n, (l[3]-l[1])/n, width/2)
		br.flush(col)
	}
}

// badgeKey names the mark of a group: how many there are and which share each
// class has, in sixteenths.
type badgeKey struct {
	count  int
	shares [maxClasses]uint8
}

// groups draws the groups and single marks of the zoom that are in sight.
func (p *painter) groups(after *Compared) {
	all := p.sn.Groups(p.zoom/p.st.Scale, p.st.HiddenClasses)
	edge := 40 * p.st.Scale
	for i := range all {
		g := &all[i]
		x, y := p.place(g.At)
		if x < float64(p.clip.Min.X)-edge || x > float64(p.clip.Max.X)+edge || y < -edge || y > float64(p.h)+edge {
			continue
		}
		if g.Count == 1 {
			if g.One != p.st.Chosen {
				p.dot(g.One, after, false)
			}
			continue
		}
		k := badgeKey{count: g.Count}
		for c, n := range g.Classes {
			if n > 0 {
				k.shares[c] = uint8(max(1, math.Round(16*float64(n)/float64(g.Count))))
			}
		}
		s := p.badges[k]
		if s == nil {
			s = p.newBadge(g)
			if len(p.badges) > 4000 {
				clear(p.badges)
			}
			p.badges[k] = s
		}
		p.stamp(s, x, y)
	}
	p.touched(after)
}

// newBadge draws a number in a ring that shows which kinds are in the group.
func (p *painter) newBadge(g *Group) *sprite {
	u := p.st.Scale
	rad := badge(g.Count) * u
	half := int(rad+3*u) + 1
	s := &sprite{img: image.NewRGBA(image.Rect(0, 0, 2*half, 2*half)), halfX: half, halfY: half}
	c := float64(half)
	put := func(radius float64, col color.NRGBA) {
		r := vector.NewRasterizer(2*half, 2*half)
		look.Outline(r, look.Circle, c, c, radius)
		r.Draw(s.img, s.img.Rect, image.NewUniform(col), image.Point{})
	}
	put(rad+1.4*u, p.st.Halo)
	b := newBrush(s.img, s.img.Rect)
	turn := 0.0
	for k, n := range g.Classes {
		if n == 0 {
			continue
		}
		end := turn + 2*math.Pi*float64(n)/float64(g.Count)
		b.point(c, c)
		for i := range 25 {
			a := turn + (end-turn)*float64(i)/24
			b.point(c+rad*math.Sin(a), c-rad*math.Cos(a))
		}
		b.close()
		b.flush(p.st.Marks[k].Colour)
		turn = end
	}
	put(rad-3.4*u, p.st.Halo)
	t := p.letters.word(shortCount(g.Count), 10.5*u, true, p.st.Ink, color.NRGBA{})
	q := &painter{Painter: p.Painter, img: s.img, clip: s.img.Rect}
	q.stamp(t, c, c)
	return s
}

// shortCount writes a number in at most four characters.
func shortCount(n int) string {
	switch {
	case n < 1000:
		return format.Whole(float64(n))
	case n < 9950:
		return format.Number(float64(n)/1000, 1) + "k"
	}
	return format.Whole(float64(n)/1000) + "k"
}

// MarkImage draws one mark for a legend, px pixels square.
func MarkImage(m look.Mark, halo color.NRGBA, px int) image.Image {
	st := baseStyle(false)
	st.Halo, st.Marks, st.Scale = halo, []look.Mark{m}, float64(px)/16
	p := &painter{Painter: NewPainter(), st: &st}
	return centreOf(p.newSprite(spriteKey{radius: int(5 * 2 * st.Scale), known: true}), px)
}

// centreOf cuts the middle out of a sprite.
func centreOf(s *sprite, px int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, px, px)) // of its own: the window draws the rows of a part of a picture askew
	draw.Draw(img, img.Rect, s.img, image.Pt(s.halfX-px/2, s.halfY-px/2), draw.Src)
	return img
}
