package estatemap

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"runtime"
	"sync"

	"github.com/paulmach/orb"
	xdraw "golang.org/x/image/draw"

	"github.com/planting-the-flag/flagstone/model/geo"
)

// side is how many pixels the squares have in which the ground is painted. A
// pan only paints those that come into sight.
const side = 256

// Backdrop has the pictures of a background map.
type Backdrop interface {
	// Peek returns the picture of a tile if it is at hand, at once.
	Peek(geo.Tile) image.Image
	// Zooms is the range of zooms that the map has.
	Zooms() (least, most int)
}

// groundKey is everything that the ground depends on.
type groundKey struct {
	sn                 *Scene
	zoom, scale        float64
	layers             uint64
	heat               *HeatMap
	catch              *Catchment
	overlays, pictures int
	backdrop           bool
	water, land, edge  color.NRGBA
}

type square struct{ x, y int }

type painted struct {
	img  *image.RGBA
	used int
}

// ground keeps the painted squares of what lies under the marks.
type ground struct {
	key     groundKey
	squares map[square]*painted
	frame   int
}

// lay copies the ground into the picture whose upper left corner is at ox, oy,
// painting what is missing.
func (g *ground) lay(dst *image.RGBA, sn *Scene, zoom float64, st *Style, ox, oy int) {
	k := groundKey{sn: sn, zoom: zoom, scale: st.Scale, layers: uint64(maskOf(st.HiddenLayers)), heat: st.Heated, catch: st.Catch, overlays: st.OverlayGen,
		pictures: st.PictureGen, backdrop: st.Backdrop != nil, water: st.Water, land: st.Land, edge: st.Edge}
	if k != g.key || g.squares == nil {
		g.key, g.squares = k, map[square]*painted{}
	}
	g.frame++
	w, h := dst.Rect.Dx(), dst.Rect.Dy()
	x0, y0, x1, y1 := floorDiv(ox), floorDiv(oy), floorDiv(ox+w-1), floorDiv(oy+h-1)
	var missing []square
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			q := square{x, y}
			if p := g.squares[q]; p != nil {
				p.used = g.frame
			} else {
				g.squares[q] = &painted{used: g.frame}
				missing = append(missing, q)
			}
		}
	}
	var wait sync.WaitGroup
	next := make(chan square, len(missing))
	for _, q := range missing {
		next <- q
	}
	close(next)
	for range min(len(missing), runtime.GOMAXPROCS(0), 4) {
		wait.Go(func() {
			for q := range next {
				g.squares[q].img = paintGround(sn, zoom, st, q)
			}
		})
	}
	wait.Wait()
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			img := g.squares[square{x, y}].img
			at := image.Rect(0, 0, side, side).Add(image.Pt(x*side-ox, y*side-oy))
			draw.Draw(dst, at, img, image.Point{}, draw.Src)
		}
	}
	if most := 2*(x1-x0+1)*(y1-y0+1) + 16; len(g.squares) > most {
		for q, p := range g.squares {
			if g.frame-p.used > 8 {
				delete(g.squares, q)
			}
		}
	}
}

func floorDiv(v int) int { return int(math.Floor(float64(v) / side)) }

// paintGround paints one square: water, background map, land, residents,
// catchment, boundaries, layers. It only reads.
func paintGround(sn *Scene, zoom float64, st *Style, q square) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	draw.Draw(img, img.Rect, image.NewUniform(st.Water), image.Point{}, draw.Src)
	ox, oy := float64(q.x*side), float64(q.y*side)
	place := func(p orb.Point) (x, y float64) { return p[0]*zoom - ox, -p[1]*zoom - oy }
	b := newBrush(img, img.Rect)
	var sight orb.Bound
	const margin = 8
	sight.Min[0], sight.Max[0] = (ox-margin)/zoom, (ox+side+margin)/zoom
	sight.Min[1], sight.Max[1] = -(oy+side+margin)/zoom, -(oy-margin)/zoom

	if st.Backdrop != nil {
		paintBackdrop(img, zoom, st, sight, place)
	}
	land := landLayer(sn)
	outline := func(b *brush, c color.NRGBA) {
		for i := range sn.Layers[land].Areas {
			if a := &sn.Layers[land].Areas[i]; a.Bound.Intersects(sight) {
				b.rings(a.Rings, place)
			}
		}
		b.flush(c)
	}
	if land >= 0 && st.Backdrop == nil {
		outline(b, st.Land)
	}
	if h := st.Heated; h != nil && h.Bound.Intersects(sight) {
		var where *image.RGBA // nobody lives beyond the place as far as it knows
		if land >= 0 {
			where = image.NewRGBA(img.Rect)
			outline(newBrush(where, img.Rect), color.NRGBA{A: 0xff})
		}
		paintHeat(img, where, h, st, zoom, ox, oy)
	}
	paintCatchment(b, sn, st, sight, place)
	for k := range sn.Layers {
		if st.HiddenLayers[k] {
			continue
		}
		width := 1.0
		if len(sn.Layers[k].Areas) < 40 {
			width = 1.6
		}
		for i := range sn.Layers[k].Areas {
			if a := &sn.Layers[k].Areas[i]; a.Bound.Intersects(sight) {
				for _, r := range a.Rings {
					b.stroke(r, place, width*st.Scale, 0, 0)
				}
			}
		}
	}
	b.flush(st.Edge)
	for i := range st.Overlays {
		st.Overlays[i].paint(b, st, sight, place)
	}
	return img
}

// landLayer is the layer that covers the most land with the fewest areas: it is
// filled. −1 when there is none.
func landLayer(sn *Scene) int {
	cover := make([]float64, len(sn.Layers))
	most := 0.0
	for k := range sn.Layers {
		for i := range sn.Layers[k].Areas {
			b := sn.Layers[k].Areas[i].Bound
			cover[k] += (b.Max[0] - b.Min[0]) * (b.Max[1] - b.Min[1])
		}
		most = max(most, cover[k])
	}
	best := -1
	for k := range sn.Layers {
		if n := len(sn.Layers[k].Areas); n > 0 && cover[k] > most/3 && (best < 0 || n < len(sn.Layers[best].Areas)) {
			best = k
		}
	}
	return best
}

// paintHeat lays the steps of density over the ground, each parted from the
// next by a line; only where the picture where is not clear, if there is one.
func paintHeat(img, where *image.RGBA, h *HeatMap, st *Style, zoom, ox, oy float64) {
	var above, row [side + 1]int8
	band := func(x, y float64) int8 {
		var p orb.Point
		p[0], p[1] = (ox+x)/zoom, -(oy+y)/zoom
		return int8(h.band(h.At(p)))
	}
	for x := range above {
		above[x] = band(float64(x)-1, -1)
	}
	for y := range side {
		row[0] = band(-1, float64(y))
		for x := range side {
			here := band(float64(x), float64(y))
			row[x+1] = here
			top := max(here, row[x], above[x+1])
			if top < 0 {
				continue
			}
			c, a := st.Heat[min(int(max(0, here)), len(st.Heat)-1)], uint32(190)
			if here < 0 {
				a = 0
			}
			if here != row[x] || here != above[x+1] { // a line along the edge of a step
				c, a = st.Heat[min(int(top)+1, len(st.Heat)-1)], 230
			}
			at := img.PixOffset(x, y)
			if where != nil {
				a = a * uint32(where.Pix[at+3]) / 255
			}
			t := img.Pix[at:][:4:4]
			t[0] = uint8((uint32(c.R)*a + uint32(t[0])*(255-a)) / 255)
			t[1] = uint8((uint32(c.G)*a + uint32(t[1])*(255-a)) / 255)
			t[2] = uint8((uint32(c.B)*a + uint32(t[2])*(255-a)) / 255)
		}
		above = row
	}
}

// paintBackdrop draws the tiles of the background map; where one is not at hand
// yet, what is known of it from further out.
func paintBackdrop(img *image.RGBA, zoom float64, st *Style, sight orb.Bound, place func(orb.Point) (x, y float64)) {
	z := BackdropZoom(st.Backdrop, zoom/st.Scale)
	a, b := geo.TileAt(sight.Min, z), geo.TileAt(sight.Max, z)
	for ty := b.Y; ty <= a.Y; ty++ {
		for tx := a.X; tx <= b.X; tx++ {
			want := geo.Tile{Z: z, X: tx, Y: ty}
			have := want
			pic := st.Backdrop.Peek(have)
			for pic == nil && have.Z > 0 && want.Z-have.Z < 5 {
				have = have.Parent()
				pic = st.Backdrop.Peek(have)
			}
			if pic == nil {
				continue
			}
			to := want.Bound()
			x0, y0 := place(to.LeftTop())
			x1, y1 := place(to.RightBottom())
			n := 1 << (want.Z - have.Z)
			s := pic.Bounds()
			w, h := s.Dx()/n, s.Dy()/n
			from := image.Rect(0, 0, w, h).Add(image.Pt(s.Min.X+(want.X-have.X*n)*w, s.Min.Y+(want.Y-have.Y*n)*h))
			xdraw.ApproxBiLinear.Scale(img, image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Floor(x1)), int(math.Floor(y1))), pic, from, draw.Over, nil)
		}
	}
	veil := st.Land // so that marks stand out
	veil.A = 0x38
	draw.Draw(img, img.Rect, image.NewUniform(veil), image.Point{}, draw.Over)
}

// BackdropZoom is the zoom of a background map's tiles that fits a zoom of ours
// in Fyne units per map metre.
func BackdropZoom(b Backdrop, zoom float64) int {
	least, most := b.Zooms()
	return max(least, min(most, int(math.Round(math.Log2(zoom*2*geo.MercatorHalf/side)))))
}

// paintCatchment tints the areas of a catchment and ties them to its site.
func paintCatchment(b *brush, sn *Scene, st *Style, sight orb.Bound, place func(orb.Point) (x, y float64)) {
	c := st.Catch
	if c == nil {
		return
	}
	for k := range sn.Layers {
		for i := range sn.Layers[k].Areas {
			if a := &sn.Layers[k].Areas[i]; c.Codes[a.Code] && a.Bound.Intersects(sight) {
				b.rings(a.Rings, place)
			}
		}
	}
	tint := st.Accent
	tint.A = 0x2c
	b.flush(tint)
	for i := range c.Homes {
		b.stroke([]orb.Point{c.At, c.Homes[i]}, place, 1*st.Scale, 3*st.Scale, 3*st.Scale)
	}
	line := st.Accent
	line.A = 0xb0
	b.flush(line)
}
