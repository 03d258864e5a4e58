package importers

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// home is the middle of the places that the table's postcodes name, when the gazetteer knows them.
func (r *run) home(b *layout.Block, m *mapping.Mapping) geo.LatLon {
	pc, ok := m.First(mapping.Postcode)
	if !ok || r.opt.Gazetteer == nil {
		return geo.LatLon{}
	}
	var lats, lons []float64
	step := max(1, len(b.Rows)/200)
	for i := 0; i < len(b.Rows); i += step {
		if p, ok := geo.ParsePostcode(b.Rows[i].At(pc.Index).Text); ok {
			if f, ok := r.opt.Gazetteer.Find(p); ok {
				lats, lons = append(lats, f.Place.Lat), append(lons, f.Place.Lon)
			}
		}
	}
	if len(lats) < 3 {
		return geo.LatLon{}
	}
	return geo.LatLon{Lat: median(lats), Lon: median(lons)}
}

// placer puts rows on the map and says what was odd about where they are.
type placer struct {
	c       *columns
	a, b    mapping.Choice // the pair of columns, first the one that stands first in the system
	system  geo.System
	text    mapping.Choice // coordinates in one cell
	textSys geo.System
	hasPair bool
	hasText bool
	home    geo.LatLon
	reach   float64 // metres from home within which the places lie
}

func (r *run) placer(c *columns) *placer {
	p := &placer{c: c}
	lat, okLat := c.first(mapping.Latitude)
	lon, okLon := c.first(mapping.Longitude)
	e, okE := c.first(mapping.Easting)
	n, okN := c.first(mapping.Northing)
	p.home = r.home(c.b, c.m)
	switch {
	case okLat && okLon:
		p.a, p.b, p.system, p.hasPair = lat, lon, geo.SystemLatLon, true
	case okE && okN:
		p.a, p.b, p.hasPair = e, n, true
		p.system, _ = geo.GuessSystem(p.pairs(), p.home)
		if p.system == geo.SystemNone || p.system.Geographic() {
			p.system = geo.SystemOSGB
		}
	}
	if t, ok := c.first(mapping.Coordinates); ok {
		p.text, p.hasText = t, true
		var pairs []geo.Pair
		for i := range c.b.Rows {
			if v, err := geo.ParseText(c.b.Rows[i].At(t.Index).Text); err == nil && !v.Placed {
				pairs = append(pairs, v.Pair)
			}
		}
		p.textSys, _ = geo.GuessSystem(pairs, p.home)
	}
	p.settle()
	p.labels()
	return p
}

func (p *placer) pairs() []geo.Pair {
	var out []geo.Pair
	for i := range p.c.b.Rows {
		if q, ok := p.numbers(p.c.b.Rows[i]); ok {
			out = append(out, q)
		}
	}
	return out
}

func (p *placer) numbers(row table.Row) (geo.Pair, bool) {
	x, ok1 := degrees(row.At(p.a.Index).Text)
	y, ok2 := degrees(row.At(p.b.Index).Text)
	return geo.Pair{A: x, B: y}, ok1 && ok2 && (x != 0 || y != 0)
}

func degrees(s string) (float64, bool) {
	if v, ok := units.Plain(s); ok {
		return v, true
	}
	v, err := geo.ParseDegrees(s)
	return v, err == nil
}

// settle finds the middle of the places and how far from it nearly all of them lie.
func (p *placer) settle() {
	if !p.hasPair {
		return
	}
	rows := p.c.b.Rows
	lats, lons, known := make([]float64, len(rows)), make([]float64, len(rows)), make([]bool, len(rows))
	sideBySide(len(rows), func(from, to int) {
		for i := from; i < to; i++ {
			if q, ok := p.numbers(rows[i]); ok {
				var at geo.LatLon
				at, known[i] = p.system.Place(q.A, q.B)
				lats[i], lons[i] = at.Lat, at.Lon
			}
		}
	})
	n := 0
	for i, ok := range known {
		if ok {
			lats[n], lons[n] = lats[i], lons[i]
			n++
		}
	}
	lats, lons = lats[:n], lons[:n]
	if n < 3 {
		return
	}
	if !p.home.Valid() {
		p.home = geo.LatLon{Lat: median(lats), Lon: median(lons)}
	}
	dist := make([]float64, n)
	sideBySide(n, func(from, to int) {
		for i := from; i < to; i++ {
			dist[i] = geo.Distance(p.home, geo.LatLon{Lat: lats[i], Lon: lons[i]})
		}
	})
	p.reach = max(50000, 4*nth(dist, n*9/10))
}

// labels says when a header promises another kind of number than the column holds.
func (p *placer) labels() {
	if !p.hasPair {
		return
	}
	check := func(ch mapping.Choice, holds mapping.FieldID) {
		says := mapping.FieldID("")
		switch {
		case hasWord(ch.Column, "easting", "x"):
			says = mapping.Easting
		case hasWord(ch.Column, "northing", "y"):
			says = mapping.Northing
		case hasWord(ch.Column, "latitude"):
			says = mapping.Latitude
		case hasWord(ch.Column, "longitude"):
			says = mapping.Longitude
		}
		if says == "" || says == holds {
			return
		}
		if says == mapping.Easting && hasWord(ch.Column, "x") && holds == mapping.Longitude && !hasWord(ch.Column, "easting") {
			p.c.say(model.Note, 0, ch, "", fmt.Sprintf("column %s is named like a grid coordinate but holds longitudes in degrees; it was read as such", column(ch)), "Nothing; name it Longitude to be clear.", "")
			return
		}
		if says == mapping.Northing && hasWord(ch.Column, "y") && holds == mapping.Latitude && !hasWord(ch.Column, "northing") {
			p.c.say(model.Note, 0, ch, "", fmt.Sprintf("column %s is named like a grid coordinate but holds latitudes in degrees; it was read as such", column(ch)), "Nothing; name it Latitude to be clear.", "")
			return
		}
		p.c.say(model.Warning, 0, ch, "", fmt.Sprintf("column %s is named for the %s but holds the %s; it was read as what it holds", column(ch), says, holds), "Correct the header.", "")
	}
	check(p.a, p.a.Field)
	check(p.b, p.b.Field)
}

// place puts a row on the map: by its coordinates, its grid reference, its shape, or its postcode, in that order.
func (p *placer) place(row table.Row, a *model.Asset, pc geo.Postcode, pcOK bool) {
	c := p.c
	at, how, ch, value := p.stated(row, a)
	show := func() string { // only wanted for the few that something is said of
		if q, ok := p.numbers(row); ok && p.hasPair && value == "" {
			return showPair(q)
		}
		return value
	}
	var found geo.Found
	ok := false
	if pcOK {
		found, ok = c.r.opt.Gazetteer.Find(pc)
	}
	if how == model.PlaceUnknown && ok {
		a.Location = model.LatLon(found.Place)
		switch found.Precision {
		case geo.ByUnit:
			a.Placed = model.PlaceUnit
		case geo.BySector:
			a.Placed = model.PlaceSector
		default:
			a.Placed = model.PlaceOutcode
		}
		return
	}
	if how == model.PlaceUnknown {
		return
	}
	a.Location, a.Placed = model.LatLon(at), how
	if ok {
		if d := geo.Distance(at, found.Place); d > found.Radius+500 {
			c.say(model.Warning, row.Number, ch, show(), fmt.Sprintf("%s lies %s from its postcode %s", named(a), distance(d), pc), "Correct the coordinates or the postcode; the coordinates were used.", a.ID)
			return
		}
	} else if p.reach > 0 && p.reach < 500000 && p.home.Valid() {
		if d := geo.Distance(at, p.home); d > p.reach {
			c.say(model.Warning, row.Number, ch, show(), fmt.Sprintf("%s lies %s from the middle of the others", named(a), distance(d)), "Check its coordinates.", a.ID)
		}
	}
}

// stated is where the row itself says that it is.
func (p *placer) stated(row table.Row, a *model.Asset) (at geo.LatLon, how model.PlaceMethod, ch mapping.Choice, value string) {
	c := p.c
	if p.hasPair {
		if q, ok := p.numbers(row); ok {
			at, swapped, ok := geo.ReadPair(p.system, q.A, q.B, p.home, max(p.reach, 150000))
			switch {
			case ok && swapped:
				c.say(model.Warning, row.Number, p.a, showPair(q), fmt.Sprintf("the two coordinates of %s are the wrong way round; they were swapped", named(a)), "Correct the row.", a.ID)
				return at, p.method(), p.a, ""
			case ok:
				return at, p.method(), p.a, ""
			default:
				c.say(model.Problem, row.Number, p.a, showPair(q), fmt.Sprintf("the coordinates of %s are not a place", named(a)), "Correct the coordinates, or give a postcode.", a.ID)
			}
		} else if x, y := words(row.At(p.a.Index)), words(row.At(p.b.Index)); (x != "" || y != "") && x != "0" && y != "0" {
			c.say(model.Problem, row.Number, p.a, x+", "+y, fmt.Sprintf("the coordinates of %s cannot be read", named(a)), "Correct the coordinates, or give a postcode.", a.ID)
		}
	}
	if p.hasText {
		if s := row.At(p.text.Index).Text; s != "" {
			if v, err := geo.ParseText(s); err == nil {
				if v.Placed {
					return v.Place, model.PlaceStated, p.text, s
				}
				if at, ok := p.textSys.Place(v.Pair.A, v.Pair.B); ok {
					how := model.PlaceStated
					if !p.textSys.Geographic() {
						how = model.PlaceGrid
					}
					return at, how, p.text, s
				}
			}
		}
	}
	if g, ok := c.first(mapping.GridReference); ok {
		if s := words(row.At(g.Index)); s != "" {
			ref, err := geo.ParseGridRef(firstOf(s))
			if err == nil {
				return ref.Place(), model.PlaceGrid, g, s
			}
			c.say(model.Problem, row.Number, g, s, err.Error(), "Write the grid reference as two letters and an even number of digits.", a.ID)
		}
	}
	if row.Shape != nil {
		if at, ok := middle(row.Shape); ok {
			how = model.PlaceGeometry
			if _, point := row.Shape.(orb.Point); point {
				how = model.PlaceStated
			}
			return at, how, mapping.Choice{Column: "geometry"}, ""
		}
	}
	return geo.LatLon{}, model.PlaceUnknown, p.a, ""
}

// firstOf takes the first of several references in one cell.
func firstOf(s string) string {
	for i := range s {
		if s[i] == ',' || s[i] == ';' {
			if _, err := geo.ParseGridRef(s[:i]); err == nil {
				return s[:i]
			}
		}
	}
	return s
}

func showPair(q geo.Pair) string { return fmt.Sprintf("%v, %v", q.A, q.B) }

func (p *placer) method() model.PlaceMethod {
	if p.system.Geographic() {
		return model.PlaceStated
	}
	return model.PlaceGrid
}

// middle is where a marker for a shape goes.
func middle(g orb.Geometry) (geo.LatLon, bool) {
	switch g := g.(type) {
	case orb.Point:
		at := geo.FromPoint(g)
		return at, at.Valid()
	case orb.Polygon, orb.MultiPolygon:
		return geo.Centroid(polygons(g))
	case nil:
		return geo.LatLon{}, false
	}
	at := geo.FromPoint(g.Bound().Center())
	return at, at.Valid()
}

func named(a *model.Asset) string {
	if a.Name != "" {
		return a.Name
	}
	return "this row"
}

func distance(m float64) string {
	if m < 10000 {
		return fmt.Sprintf("%.1f km", m/1000)
	}
	return fmt.Sprintf("%.0f km", m/1000)
}
