package geo

import "math"

// projection is a transverse Mercator projection on an ellipsoid, after the OS guide, annex C.
type projection struct {
	on         ellipsoid
	f0         float64 // scale on the central meridian
	lat0, lon0 float64 // true origin, radians
	e0, n0     float64 // false origin, metres
}

var (
	britishGrid = projection{airy1830, 0.9996012717, radians(49), radians(-2), 400000, -100000}
	irishGrid   = projection{airyModified, 1.000035, radians(53.5), radians(-8), 200000, 250000}
)

// meridian is the arc of the central meridian from the true origin to lat.
func (p projection) meridian(lat float64) float64 {
	n := (p.on.a - p.on.b) / (p.on.a + p.on.b)
	n2, n3 := n*n, n*n*n
	d, s := lat-p.lat0, lat+p.lat0
	return p.on.b * p.f0 * ((1+n+5./4*n2+5./4*n3)*d -
		(3*n+3*n2+21./8*n3)*math.Sin(d)*math.Cos(s) +
		(15./8*n2+15./8*n3)*math.Sin(2*d)*math.Cos(2*s) -
		35./24*n3*math.Sin(3*d)*math.Cos(3*s))
}

// radii are the transverse and meridional radii of curvature and η² at lat.
func (p projection) radii(lat float64) (nu, rho, eta2 float64) {
	e2 := p.on.e2()
	w := 1 - e2*sq(math.Sin(lat))
	nu = p.on.a * p.f0 / math.Sqrt(w)
	rho = p.on.a * p.f0 * (1 - e2) / (w * math.Sqrt(w))
	return nu, rho, nu/rho - 1
}

// forward projects latitude and longitude in radians to metres.
func (p projection) forward(lat, lon float64) Grid {
	nu, rho, eta2 := p.radii(lat)
	s, c := math.Sincos(lat)
	t2 := sq(math.Tan(lat))
	c3, c5 := c*c*c, c*c*c*c*c
	i := p.meridian(lat) + p.n0
	ii := nu / 2 * s * c
	iii := nu / 24 * s * c3 * (5 - t2 + 9*eta2)
	iiia := nu / 720 * s * c5 * (61 - 58*t2 + t2*t2)
	iv := nu * c
	v := nu / 6 * c3 * (nu/rho - t2)
	vi := nu / 120 * c5 * (5 - 18*t2 + t2*t2 + 14*eta2 - 58*t2*eta2)
	l := lon - p.lon0
	l2 := l * l
	return Grid{
		E: p.e0 + l*(iv+l2*(v+l2*vi)),
		N: i + l2*(ii+l2*(iii+l2*iiia)),
	}
}

// inverse turns metres into latitude and longitude in radians.
func (p projection) inverse(g Grid) (lat, lon float64) {
	lat = p.lat0 + (g.N-p.n0)/(p.on.a*p.f0)
	for range 20 {
		rest := g.N - p.n0 - p.meridian(lat)
		if math.Abs(rest) < 1e-5 {
			break
		}
		lat += rest / (p.on.a * p.f0)
	}
	nu, rho, eta2 := p.radii(lat)
	t := math.Tan(lat)
	t2, t4 := t*t, t*t*t*t
	sec := 1 / math.Cos(lat)
	vii := t / (2 * rho * nu)
	viii := t / (24 * rho * nu * nu * nu) * (5 + 3*t2 + eta2 - 9*t2*eta2)
	ix := t / (720 * rho * math.Pow(nu, 5)) * (61 + 90*t2 + 45*t4)
	x := sec / nu
	xi := sec / (6 * nu * nu * nu) * (nu/rho + 2*t2)
	xii := sec / (120 * math.Pow(nu, 5)) * (5 + 28*t2 + 24*t4)
	xiia := sec / (5040 * math.Pow(nu, 7)) * (61 + 662*t2 + 1320*t4 + 720*t4*t2)
	d := g.E - p.e0
	d2 := d * d
	lat += d2 * (-vii + d2*(viii-d2*ix))
	lon = p.lon0 + d*(x-d2*(xi-d2*(xii-d2*xiia)))
	return lat, lon
}
