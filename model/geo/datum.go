package geo

import "math"

// ellipsoid is a model of the earth's figure: semi-axes in metres.
type ellipsoid struct{ a, b float64 }

func (e ellipsoid) e2() float64 { return 1 - (e.b*e.b)/(e.a*e.a) }

var (
	// OS, "A guide to coordinate systems in Great Britain", annex A.
	grs80        = ellipsoid{6378137, 6356752.314140}
	airy1830     = ellipsoid{6377563.396, 6356256.909}
	airyModified = ellipsoid{6377340.189, 6356034.447}
)

// vec is a position in metres from the centre of the earth.
type vec [3]float64

// cartesian turns latitude and longitude in radians on an ellipsoid, height zero, into a position.
func (e ellipsoid) cartesian(lat, lon float64) vec {
	s, c := math.Sincos(lat)
	nu := e.a / math.Sqrt(1-e.e2()*s*s)
	return vec{nu * c * math.Cos(lon), nu * c * math.Sin(lon), nu * (1 - e.e2()) * s}
}

// geodetic is the inverse of cartesian; the height is dropped.
func (e ellipsoid) geodetic(p vec) (lat, lon float64) {
	lon = math.Atan2(p[1], p[0])
	r := math.Hypot(p[0], p[1])
	lat = math.Atan2(p[2], r*(1-e.e2()))
	for range 8 {
		s := math.Sin(lat)
		nu := e.a / math.Sqrt(1-e.e2()*s*s)
		next := math.Atan2(p[2]+e.e2()*nu*s, r)
		if math.Abs(next-lat) < 1e-13 {
			return next, lon
		}
		lat = next
	}
	return lat, lon
}

// helmert is a 7-parameter similarity: metres, parts per million, arc seconds (position-vector sense).
type helmert struct{ tx, ty, tz, s, rx, ry, rz float64 }

var (
	// OS guide, section 6.6: WGS84 to OSGB36, about 5 m over Great Britain.
	wgs84ToOSGB36 = helmert{-446.448, 125.157, -542.060, 20.4894, -0.1502, -0.2470, -0.8421}
	// EPSG 1641: TM75 (Irish Grid) to WGS84, about 1 m over Ireland.
	tm75ToWGS84 = helmert{482.530, -130.596, 564.557, 8.150, -1.042, -0.214, -0.631}
)

func (h helmert) matrix() (m [3][3]float64) {
	const arcsec = math.Pi / (180 * 3600)
	k := 1 + h.s*1e-6
	rx, ry, rz := h.rx*arcsec, h.ry*arcsec, h.rz*arcsec
	return [3][3]float64{{k, -rz, ry}, {rz, k, -rx}, {-ry, rx, k}}
}

func (h helmert) apply(p vec) vec {
	m := h.matrix()
	return vec{
		h.tx + m[0][0]*p[0] + m[0][1]*p[1] + m[0][2]*p[2],
		h.ty + m[1][0]*p[0] + m[1][1]*p[1] + m[1][2]*p[2],
		h.tz + m[2][0]*p[0] + m[2][1]*p[1] + m[2][2]*p[2],
	}
}

// invert undoes apply exactly (by Cramer's rule), so that there and back again is the same place.
func (h helmert) invert(p vec) vec {
	m := h.matrix()
	q := vec{p[0] - h.tx, p[1] - h.ty, p[2] - h.tz}
	det := det3(m)
	var out vec
	for c := range 3 {
		n := m
		for r := range 3 {
			n[r][c] = q[r]
		}
		out[c] = det3(n) / det
	}
	return out
}

func det3(m [3][3]float64) float64 {
	return m[0][0]*(m[1][1]*m[2][2]-m[1][2]*m[2][1]) -
		m[0][1]*(m[1][0]*m[2][2]-m[1][2]*m[2][0]) +
		m[0][2]*(m[1][0]*m[2][1]-m[1][1]*m[2][0])
}
