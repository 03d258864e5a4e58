package geo

import (
	"fmt"
	"math"
)

// Grid is an easting and a northing in metres on a national grid.
type Grid struct {
	E float64 `json:"easting"`
	N float64 `json:"northing"`
}

// String shows whole metres.
func (g Grid) String() string { return fmt.Sprintf("%.0f, %.0f", g.E, g.N) }

// InBritain says whether the numbers can be a British National Grid reference on land.
func (g Grid) InBritain() bool {
	return finite(g.E, g.N) && g.E >= 50000 && g.E <= 660000 && g.N >= 4000 && g.N <= 1225000
}

// InIreland says whether the numbers can be an Irish Grid reference on land.
func (g Grid) InIreland() bool {
	return finite(g.E, g.N) && g.E >= 15000 && g.E <= 370000 && g.N >= 15000 && g.N <= 475000
}

func finite(xs ...float64) bool {
	for _, x := range xs {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// FromOSGB turns a British National Grid (OSGB36) position into latitude and longitude, to about 5 m.
func FromOSGB(g Grid) LatLon {
	lat, lon := britishGrid.inverse(g)
	lat, lon = grs80.geodetic(wgs84ToOSGB36.invert(airy1830.cartesian(lat, lon)))
	return LatLon{Lat: degrees(lat), Lon: degrees(lon)}
}

// ToOSGB turns latitude and longitude into a British National Grid (OSGB36) position, to about 5 m.
func ToOSGB(p LatLon) Grid {
	lat, lon := airy1830.geodetic(wgs84ToOSGB36.apply(grs80.cartesian(radians(p.Lat), radians(p.Lon))))
	return britishGrid.forward(lat, lon)
}

// FromIrishGrid turns an Irish Grid (TM75) position into latitude and longitude, to about a metre.
func FromIrishGrid(g Grid) LatLon {
	lat, lon := irishGrid.inverse(g)
	lat, lon = grs80.geodetic(tm75ToWGS84.apply(airyModified.cartesian(lat, lon)))
	return LatLon{Lat: degrees(lat), Lon: degrees(lon)}
}

// ToIrishGrid turns latitude and longitude into an Irish Grid (TM75) position, to about a metre.
func ToIrishGrid(p LatLon) Grid {
	lat, lon := airyModified.geodetic(tm75ToWGS84.invert(grs80.cartesian(radians(p.Lat), radians(p.Lon))))
	return irishGrid.forward(lat, lon)
}
