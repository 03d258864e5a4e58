package estatemap

import (
	"encoding/json"
	"image/color"
	"math"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Overlay is a layer that the user laid over the map from a file: areas, lines
// and points in map metres.
type Overlay struct {
	Name   string
	Path   string
	Shapes int // features drawn
	Left   int // features that draw nothing: without a geometry, or broken
	Areas  []Area
	Lines  []orb.LineString
	Points []orb.Point
	Bound  orb.Bound
	Hidden bool
	Hue    int // which of the marks' colours it takes
}

// What a layer may be at most: beyond it a map would no longer move smoothly.
const (
	MostOverlayBytes = 64 << 20
	mostCorners      = 2_000_000
)

// unreadable is why a file is no layer, as a sentence that can be shown.
type unreadable string

func (u unreadable) Error() string    { return string(u) }
func (u unreadable) Sentence() string { return string(u) }

// ParseOverlay reads GeoJSON: a collection, one feature or a bare geometry, in
// longitude and latitude, in British National Grid or in Web Mercator metres.
// An error is a sentence that can be shown.
func ParseOverlay(name string, data []byte) (*Overlay, error) {
	if len(data) > MostOverlayBytes {
		return nil, unreadable(words.T("The file is larger than 64 MB. Export a smaller area or simpler shapes."))
	}
	var kind struct {
		Type string `json:"type"`
		CRS  struct {
			Properties struct {
				Name string `json:"name"`
			} `json:"properties"`
		} `json:"crs"`
	}
	if err := json.Unmarshal(data, &kind); err != nil || kind.Type == "" {
		return nil, unreadable(words.T("This file is not GeoJSON. Export the layer as GeoJSON from your mapping program."))
	}
	var shapes []orb.Geometry
	bad := func(err error) error {
		return unreadable(words.F("The GeoJSON of this file cannot be read: %v.", err))
	}
	switch kind.Type {
	case "FeatureCollection":
		c, err := geojson.UnmarshalFeatureCollection(data)
		if err != nil {
			return nil, bad(err)
		}
		for _, f := range c.Features {
			shapes = append(shapes, f.Geometry)
		}
	case "Feature":
		f, err := geojson.UnmarshalFeature(data)
		if err != nil {
			return nil, bad(err)
		}
		shapes = append(shapes, f.Geometry)
	default:
		g, err := geojson.UnmarshalGeometry(data)
		if err != nil {
			return nil, bad(err)
		}
		shapes = append(shapes, g.Geometry())
	}
	o := &Overlay{Name: name}
	r := overlayReader{o: o, system: systemOf(shapes, kind.CRS.Properties.Name)}
	for _, g := range shapes {
		before := len(o.Areas) + len(o.Lines) + len(o.Points)
		if g != nil {
			r.add(g)
		}
		if len(o.Areas)+len(o.Lines)+len(o.Points) > before {
			o.Shapes++
		} else {
			o.Left++
		}
		if r.corners > mostCorners {
			return nil, unreadable(words.T("The layer has more than two million corners. Simplify it in your mapping program first."))
		}
	}
	if o.Shapes == 0 {
		return nil, unreadable(words.T("Nothing in this file can be drawn: no shape has coordinates on the map."))
	}
	return o, nil
}

// systemOf tells degrees from national grids by the numbers and, when the file
// says so, by its name for them.
func systemOf(shapes []orb.Geometry, crs string) geo.System {
	var pairs []geo.Pair
	for _, g := range shapes {
		if g == nil {
			continue
		}
		b := g.Bound()
		if math.Abs(b.Min[0]) > 180 || math.Abs(b.Max[0]) > 180 || math.Abs(b.Min[1]) > 90 || math.Abs(b.Max[1]) > 90 {
			pairs = append(pairs, geo.Pair{A: b.Min[0], B: b.Min[1]})
		}
	}
	switch {
	case len(pairs) == 0:
		return geo.SystemLonLat
	case strings.Contains(crs, "27700"):
		return geo.SystemOSGB
	case strings.Contains(crs, "3857"):
		return geo.SystemMercator
	}
	s, _ := geo.GuessSystem(pairs, geo.LatLon{})
	return s
}

type overlayReader struct {
	o       *Overlay
	system  geo.System
	corners int
	any     bool
}

// point projects one position; false when it is no place.
func (r *overlayReader) point(p orb.Point) (orb.Point, bool) {
	at, ok := r.system.Place(p[0], p[1])
	if !ok || !model.Finite(p[0]) || !model.Finite(p[1]) {
		return p, false
	}
	m := geo.ToMercator(at)
	if !r.any {
		r.o.Bound, r.any = orb.Bound{Min: m, Max: m}, true
	}
	r.o.Bound = r.o.Bound.Extend(m)
	r.corners++
	return m, true
}

func (r *overlayReader) line(l []orb.Point) orb.LineString {
	out := make(orb.LineString, 0, len(l))
	for _, p := range l {
		if m, ok := r.point(p); ok {
			out = append(out, m)
		}
	}
	return out
}

func (r *overlayReader) add(g orb.Geometry) {
	switch x := g.(type) {
	case orb.Point:
		if m, ok := r.point(x); ok {
			r.o.Points = append(r.o.Points, m)
		}
	case orb.MultiPoint:
		for _, p := range x {
			r.add(p)
		}
	case orb.LineString:
		if l := r.line(x); len(l) > 1 {
			r.o.Lines = append(r.o.Lines, l)
		}
	case orb.MultiLineString:
		for _, l := range x {
			r.add(l)
		}
	case orb.Polygon:
		var a Area
		for _, ring := range x {
			if l := r.line(ring); len(l) > 3 {
				a.Rings = append(a.Rings, orb.Ring(l))
			}
		}
		if len(a.Rings) > 0 {
			a.Bound = a.Rings[0].Bound()
			r.o.Areas = append(r.o.Areas, a)
		}
	case orb.MultiPolygon:
		for _, p := range x {
			r.add(p)
		}
	case orb.Collection:
		for _, c := range x {
			r.add(c)
		}
	}
}

// colour is the layer's own, from the marks of the look in force.
func (o *Overlay) colour() color.NRGBA {
	m := look.Marks()
	return m[(o.Hue+2)%(len(m)-1)].Colour
}

// paint draws the layer on a square of the ground.
func (o *Overlay) paint(b *brush, st *Style, sight orb.Bound, place func(orb.Point) (x, y float64)) {
	if o.Hidden || !o.Bound.Intersects(sight) {
		return
	}
	c := o.colour()
	for i := range o.Areas {
		if o.Areas[i].Bound.Intersects(sight) {
			b.rings(o.Areas[i].Rings, place)
			fill := c
			fill.A = 0x30
			b.flush(fill)
		}
	}
	for i := range o.Areas {
		if o.Areas[i].Bound.Intersects(sight) {
			for _, r := range o.Areas[i].Rings {
				b.stroke(r, place, 1.8*st.Scale, 9*st.Scale, 3*st.Scale)
			}
		}
	}
	for _, l := range o.Lines {
		if l.Bound().Intersects(sight) {
			b.stroke(l, place, 2.2*st.Scale, 0, 0)
		}
	}
	b.flush(c)
	for _, p := range o.Points {
		if !sight.Contains(p) {
			continue
		}
		x, y := place(p)
		for _, s := range []struct {
			rad float64
			col color.NRGBA
		}{{5.2, st.Halo}, {3.8, c}} {
			r := s.rad * st.Scale
			b.point(x, y-r)
			b.point(x+r, y)
			b.point(x, y+r)
			b.point(x-r, y)
			b.close()
			b.flush(s.col)
		}
	}
}
