package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// EarthRadius is the mean radius of the earth in metres (IUGG), used for every distance over the ground.
const EarthRadius = 6371008.8

// LatLon is a place on the earth in degrees, WGS84.
type LatLon struct {
	Lat float64 `json:"lat"` // degrees north
	Lon float64 `json:"lon"` // degrees east
}

// Point gives the place as an orb point, which is longitude first.
func (p LatLon) Point() orb.Point { return orb.Point{p.Lon, p.Lat} }

// FromPoint reads an orb point, which is longitude first.
func FromPoint(p orb.Point) LatLon { return LatLon{Lat: p[1], Lon: p[0]} }

// Valid says whether both numbers are finite and on the earth. The point 0, 0 is in the sea off Ghana and in practice always a
// blank that became a zero, so it is not valid.
func (p LatLon) Valid() bool {
	if math.IsNaN(p.Lat) || math.IsNaN(p.Lon) || math.IsInf(p.Lat, 0) || math.IsInf(p.Lon, 0) {
		return false
	}
	if p.Lat == 0 && p.Lon == 0 {
		return false
	}
	return math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180
}

// String shows the place with five decimals, about one metre.
func (p LatLon) String() string { return fmt.Sprintf("%.5f, %.5f", p.Lat, p.Lon) }

// Distance is the great-circle distance in metres between two places (haversine on the mean radius; within 0.5 % of the
// distance on the ellipsoid).
func Distance(a, b LatLon) float64 {
	la, lb := radians(a.Lat), radians(b.Lat)
	dLat, dLon := lb-la, radians(b.Lon-a.Lon)
	h := sq(math.Sin(dLat/2)) + math.Cos(la)*math.Cos(lb)*sq(math.Sin(dLon/2))
	return 2 * EarthRadius * math.Asin(math.Sqrt(math.Min(1, math.Max(0, h))))
}

// Rectangle is a box of latitudes and longitudes.
type Rectangle struct{ South, West, North, East float64 }

// Contains says whether the place is in the box, edges included.
func (r Rectangle) Contains(p LatLon) bool {
	return p.Lat >= r.South && p.Lat <= r.North && p.Lon >= r.West && p.Lon <= r.East
}

// GreatBritain bounds the British National Grid on land, with a margin.
var GreatBritain = Rectangle{South: 49.8, West: -8.7, North: 60.95, East: 1.85}

// Ireland bounds the Irish Grid on land, with a margin.
var Ireland = Rectangle{South: 51.3, West: -10.8, North: 55.5, East: -5.3}

// InBritishIsles says whether the place is in Great Britain or Ireland, roughly.
func InBritishIsles(p LatLon) bool { return GreatBritain.Contains(p) || Ireland.Contains(p) }

func radians(deg float64) float64 { return deg * math.Pi / 180 }
func degrees(rad float64) float64 { return rad * 180 / math.Pi }
func sq(x float64) float64        { return x * x }
