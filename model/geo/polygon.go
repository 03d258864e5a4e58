package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// CheckRing returns a ring fit for use: closed, at least four points, every point finite and on the earth. Points that repeat the
// one before are dropped.
func CheckRing(r orb.Ring) (orb.Ring, error) {
	out := make(orb.Ring, 0, len(r)+1)
	for _, p := range r {
		if !finite(p[0], p[1]) || math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
			return nil, fmt.Errorf("a ring holds the point %g, %g, which is not on the earth", p[0], p[1])
		}
		if len(out) > 0 && out[len(out)-1] == p {
			continue
		}
		out = append(out, p)
	}
	if len(out) > 0 && out[0] != out[len(out)-1] {
		out = append(out, out[0])
	}
	if len(out) < 4 {
		return nil, fmt.Errorf("a ring has %d different points; it needs three", max(0, len(out)-1))
	}
	return out, nil
}

// CheckPolygon checks every ring. Holes that are not fit are dropped; an outside that is not fit is an error.
func CheckPolygon(p orb.Polygon) (orb.Polygon, error) {
	if len(p) == 0 {
		return nil, fmt.Errorf("a polygon has no outside")
	}
	outside, err := CheckRing(p[0])
	if err != nil {
		return nil, err
	}
	out := orb.Polygon{outside}
	for _, hole := range p[1:] {
		if h, err := CheckRing(hole); err == nil {
			out = append(out, h)
		}
	}
	return out, nil
}

// Rings turns polygons as the model holds them (each a list of rings of places) into orb's form.
func Rings(polygons [][][]LatLon) orb.MultiPolygon {
	out := make(orb.MultiPolygon, 0, len(polygons))
	for _, poly := range polygons {
		p := make(orb.Polygon, 0, len(poly))
		for _, ring := range poly {
			r := make(orb.Ring, 0, len(ring))
			for _, at := range ring {
				r = append(r, at.Point())
			}
			p = append(p, r)
		}
		out = append(out, p)
	}
	return out
}

// Places is the inverse of Rings.
func Places(m orb.MultiPolygon) [][][]LatLon {
	out := make([][][]LatLon, 0, len(m))
	for _, poly := range m {
		p := make([][]LatLon, 0, len(poly))
		for _, ring := range poly {
			r := make([]LatLon, 0, len(ring))
			for _, at := range ring {
				r = append(r, FromPoint(at))
			}
			p = append(p, r)
		}
		out = append(out, p)
	}
	return out
}

// Contains says whether the place lies in any of the polygons; a place on the edge is inside. Empty polygons contain nothing.
func Contains(m orb.MultiPolygon, at LatLon) bool {
	pt := at.Point()
	for _, p := range m {
		if len(p) == 0 || len(p[0]) < 4 || !p[0].Bound().Contains(pt) {
			continue
		}
		if planar.PolygonContains(p, pt) {
			return true
		}
	}
	return false
}

// Centroid is the middle of the polygons by area, worked on a local flat map; when it falls outside them (a crescent) the
// nearest point of the outline is returned instead, so that a marker stands on the thing it marks.
func Centroid(m orb.MultiPolygon) (LatLon, bool) {
	if len(m) == 0 {
		return LatLon{}, false
	}
	origin := FromPoint(m.Bound().Center())
	flat := flatten(m, origin)
	c, area := planar.CentroidArea(flat)
	if area == 0 || !finite(c[0], c[1]) {
		return origin, origin.Valid()
	}
	at := unflatten(c, origin)
	if Contains(m, at) {
		return at, true
	}
	best, least := at, math.Inf(1)
	for _, p := range m {
		for _, r := range p {
			for _, v := range r {
				if d := Distance(at, FromPoint(v)); d < least {
					best, least = FromPoint(v), d
				}
			}
		}
	}
	return best, true
}

// Area is the area of the polygons in square metres, holes taken out, on a flat map about their middle (better than 0.5 % up to
// the size of a county).
func Area(m orb.MultiPolygon) float64 {
	if len(m) == 0 {
		return 0
	}
	return math.Abs(planar.Area(flatten(m, FromPoint(m.Bound().Center()))))
}

// flatten maps degrees to metres east and north of an origin.
func flatten(m orb.MultiPolygon, origin LatLon) orb.MultiPolygon {
	out := make(orb.MultiPolygon, 0, len(m))
	for _, p := range m {
		q := make(orb.Polygon, 0, len(p))
		for i, r := range p {
			if len(r) < 4 {
				if i == 0 {
					break // no outside: the polygon encloses nothing
				}
				continue
			}
			s := make(orb.Ring, len(r))
			for j, v := range r {
				s[j] = Flat(FromPoint(v), origin)
			}
			q = append(q, s)
		}
		if len(q) > 0 {
			out = append(out, q)
		}
	}
	return out
}

// Flat is the place in metres east and north of an origin, on an equirectangular map about it. Good for drawing and for areas of
// a town or a county; not for distances across a country.
func Flat(p, origin LatLon) orb.Point {
	k := EarthRadius * math.Pi / 180
	return orb.Point{(p.Lon - origin.Lon) * k * math.Cos(radians(origin.Lat)), (p.Lat - origin.Lat) * k}
}

func unflatten(pt orb.Point, origin LatLon) LatLon {
	k := EarthRadius * math.Pi / 180
	return LatLon{Lat: origin.Lat + pt[1]/k, Lon: origin.Lon + pt[0]/(k*math.Cos(radians(origin.Lat)))}
}
