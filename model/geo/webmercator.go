package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Web Mercator (EPSG:3857): the map on which Flagstone draws and the one that map tiles are cut from. Spherical formulas on the
// major axis of WGS84, after IOGP Guidance Note 7-2, method 1024.
const (
	mercatorRadius = 6378137.0
	// MercatorHalf is half the width of the square world map, in map metres.
	MercatorHalf = math.Pi * mercatorRadius
	// MercatorLimit is the latitude in degrees at which the square world map ends.
	MercatorLimit = 85.0511287798066
)

// ToMercator gives the place in map metres east and north of 0, 0. Beyond MercatorLimit the edge of the map is returned.
func ToMercator(p LatLon) orb.Point {
	lat := radians(math.Max(-MercatorLimit, math.Min(MercatorLimit, p.Lat)))
	return orb.Point{mercatorRadius * radians(p.Lon), mercatorRadius * math.Log(math.Tan(math.Pi/4+lat/2))}
}

// FromMercator gives the place of a point in map metres.
func FromMercator(m orb.Point) LatLon {
	return LatLon{Lat: degrees(math.Pi/2 - 2*math.Atan(math.Exp(-m[1]/mercatorRadius))), Lon: degrees(m[0] / mercatorRadius)}
}

// MercatorStretch is how many map metres one metre on the ground takes at a latitude in degrees: 1 at the equator, 1.7 in Leeds.
func MercatorStretch(lat float64) float64 {
	return 1 / math.Cos(radians(math.Max(-MercatorLimit, math.Min(MercatorLimit, lat))))
}

// Tile names one square of the world map: at zoom Z there are 2^Z by 2^Z of them, X counted from the west and Y from the north
// (the XYZ scheme of web maps).
type Tile struct{ Z, X, Y int }

// TileAt is the tile of a zoom that holds a point in map metres; points off the map give the nearest tile.
func TileAt(m orb.Point, z int) Tile {
	n := math.Exp2(float64(z))
	at := func(v float64) int { return int(math.Max(0, math.Min(n-1, math.Floor(v*n)))) }
	return Tile{Z: z, X: at((m[0] + MercatorHalf) / (2 * MercatorHalf)), Y: at((MercatorHalf - m[1]) / (2 * MercatorHalf))}
}

// Bound is the square of the tile in map metres.
func (t Tile) Bound() orb.Bound {
	side := 2 * MercatorHalf / math.Exp2(float64(t.Z))
	w, n := -MercatorHalf+float64(t.X)*side, MercatorHalf-float64(t.Y)*side
	return orb.Bound{Min: orb.Point{w, n - side}, Max: orb.Point{w + side, n}}
}

// Valid says whether there is such a tile.
func (t Tile) Valid() bool {
	return t.Z >= 0 && t.Z <= 30 && t.X >= 0 && t.Y >= 0 && t.X < 1<<t.Z && t.Y < 1<<t.Z
}

// Parent is the tile one zoom further out that holds this one; the world's is itself.
func (t Tile) Parent() Tile {
	if t.Z == 0 {
		return t
	}
	return Tile{t.Z - 1, t.X / 2, t.Y / 2}
}

// Circle is the ring of places at a distance in metres over the ground from a centre, with so many corners (at least 8), closed.
func Circle(centre LatLon, metres float64, corners int) []LatLon {
	n := max(8, corners)
	out := make([]LatLon, n+1)
	la, d := radians(centre.Lat), metres/EarthRadius
	for i := range n {
		b := 2 * math.Pi * float64(i) / float64(n)
		lat := math.Asin(math.Sin(la)*math.Cos(d) + math.Cos(la)*math.Sin(d)*math.Cos(b))
		lon := math.Atan2(math.Sin(b)*math.Sin(d)*math.Cos(la), math.Cos(d)-math.Sin(la)*math.Sin(lat))
		out[i] = LatLon{Lat: degrees(lat), Lon: centre.Lon + degrees(lon)}
	}
	out[n] = out[0]
	return out
}
