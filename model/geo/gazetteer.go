package geo

import (
	"bufio"
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Precision says how exactly a postcode was placed.
type Precision string

// How exactly a postcode was placed, best first.
const (
	ByUnit     Precision = "postcode"
	BySector   Precision = "postcode sector"
	ByDistrict Precision = "postcode district"
)

// Found is where a postcode lies.
type Found struct {
	Place     LatLon
	Precision Precision
	Radius    float64 // metres within which addresses of that postcode normally lie
}

// Gazetteer places postcodes: by unit where units were loaded, else by the middle of their sector, else of their district.
// The zero value knows nothing. It is safe for concurrent reading once loaded.
type Gazetteer struct {
	units, sectors, districts map[string]entry
	spread                    map[string]float64 // district → metres from its middle to its furthest sector
	sectorsOf                 map[string][]Grid
}

type entry struct{ e, n int32 }

func (e entry) grid() Grid { return Grid{E: float64(e.e), N: float64(e.n)} }

// NewGazetteer builds a gazetteer from tables of postcodes with eastings and northings on the British National Grid. Each table
// is CSV; a header is optional (Code-Point Open has none) and says which columns hold the numbers. Whether a table holds
// units, sectors or districts shows in its postcodes. Rows that cannot be read are left out and counted.
func NewGazetteer(tables ...[]byte) (*Gazetteer, error) {
	g := &Gazetteer{
		units: map[string]entry{}, sectors: map[string]entry{}, districts: map[string]entry{},
		spread: map[string]float64{}, sectorsOf: map[string][]Grid{},
	}
	for i, t := range tables {
		if err := g.add(t); err != nil {
			return nil, fmt.Errorf("postcode table %d: %w", i+1, err)
		}
	}
	for d, list := range g.sectorsOf {
		var e, n float64
		for _, s := range list {
			e, n = e+s.E, n+s.N
		}
		mid := Grid{E: e / float64(len(list)), N: n / float64(len(list))}
		if _, ok := g.districts[d]; !ok {
			g.districts[d] = entry{int32(mid.E), int32(mid.N)}
		}
		for _, s := range list {
			g.spread[d] = math.Max(g.spread[d], math.Hypot(s.E-mid.E, s.N-mid.N))
		}
	}
	g.sectorsOf = nil
	return g, nil
}

func (g *Gazetteer) add(table []byte) error {
	sc := bufio.NewScanner(bytes.NewReader(table))
	sc.Buffer(make([]byte, 0, 64<<10), 1<<20)
	eastCol, northCol, read := 2, 3, 0
	first := true
	for sc.Scan() {
		f := strings.Split(strings.TrimRight(sc.Text(), "\r"), ",")
		for i := range f {
			f[i] = strings.Trim(f[i], `" `)
		}
		if first {
			first = false
			if e, n, ok := gridColumns(f); ok {
				eastCol, northCol = e, n
				continue
			}
		}
		if len(f) <= max(eastCol, northCol) {
			continue
		}
		e, err1 := strconv.ParseFloat(f[eastCol], 64)
		n, err2 := strconv.ParseFloat(f[northCol], 64)
		p, ok := ParsePostcode(f[0])
		if err1 != nil || err2 != nil || !ok || !(Grid{E: e, N: n}).InBritain() {
			continue
		}
		read++
		at := entry{int32(math.Round(e)), int32(math.Round(n))}
		switch len(p.Inward) {
		case 3:
			g.units[p.String()] = at
		case 1:
			g.sectors[p.String()] = at
			g.sectorsOf[p.Outward] = append(g.sectorsOf[p.Outward], at.grid())
		default:
			g.districts[p.Outward] = at
		}
	}
	if err := sc.Err(); err != nil {
		return err
	}
	if read == 0 {
		return fmt.Errorf("no row holds a postcode with an easting and a northing")
	}
	return nil
}

func gridColumns(header []string) (e, n int, ok bool) {
	e, n = -1, -1
	for i, h := range header {
		h = strings.ToLower(h)
		switch {
		case strings.Contains(h, "easting"):
			e = i
		case strings.Contains(h, "northing"):
			n = i
		}
	}
	return e, n, e >= 0 && n >= 0
}

// Find places a postcode.
func (g *Gazetteer) Find(p Postcode) (Found, bool) {
	if g == nil {
		return Found{}, false
	}
	if p.Whole() {
		if at, ok := g.units[p.String()]; ok {
			return Found{FromOSGB(at.grid()), ByUnit, 400}, true
		}
	}
	if s := p.Sector(); s != "" {
		if at, ok := g.sectors[s]; ok {
			return Found{FromOSGB(at.grid()), BySector, 1500 + g.spread[p.Outward]}, true
		}
	}
	if at, ok := g.districts[p.Outward]; ok {
		return Found{FromOSGB(at.grid()), ByDistrict, 3000 + 1.5*g.spread[p.Outward]}, true
	}
	return Found{}, false
}

// Len is the number of units, sectors and districts known.
func (g *Gazetteer) Len() (units, sectors, districts int) {
	if g == nil {
		return 0, 0, 0
	}
	return len(g.units), len(g.sectors), len(g.districts)
}
