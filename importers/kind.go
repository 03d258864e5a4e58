package importers

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"
	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// decision is what a block is taken for.
type decision struct {
	kind    mapping.Group
	mapping *mapping.Mapping
	passed  string // why it was passed over
	remedy  string
	missing []string
	profile string // the saved mapping that knew the layout
}

// decide says what kind of table a block is: by the user's word, a saved layout, or its columns.
func (r *run) decide(b *layout.Block) decision {
	hints := mapping.Hints{Home: func(m *mapping.Mapping) geo.LatLon { return r.home(b, m) }}
	look := mapping.Look(b)
	if m := r.opt.Mapping; m != nil && len(m.Columns) > 0 {
		applied, missing := m.Apply(b)
		if len(missing) < len(m.Columns) {
			kind := r.opt.Kind
			if kind == "" {
				kind = m.Kind
			}
			if kind == "" {
				kind = mapping.Assets
			}
			return decision{kind: kind, mapping: applied, missing: missing}
		}
	}
	sig := mapping.Signature(b)
	for _, p := range r.opt.Profiles {
		if p.Signature == sig && len(p.Columns) > 0 && p.Kind != "" && (r.opt.Kind == "" || r.opt.Kind == p.Kind) {
			applied, _ := p.Apply(b)
			return decision{kind: p.Kind, mapping: applied, profile: p.Name}
		}
	}
	if p := r.nearly(b, r.opt.Kind); p != nil {
		return decision{kind: p.Kind, mapping: extended(p, look, hints), profile: p.Name}
	}
	if r.opt.Kind != "" {
		return decision{kind: r.opt.Kind, mapping: look.Suggest(r.opt.Kind, hints)}
	}
	return guess(look, hints)
}

// Guess says what kind of table a block is and how its columns map; passed is why it is none, empty when it is one.
func Guess(b *layout.Block) (kind mapping.Group, m *mapping.Mapping, passed string) {
	d := guess(mapping.Look(b), mapping.Hints{})
	return d.kind, d.mapping, d.passed
}

func guess(l *mapping.Looked, hints mapping.Hints) decision {
	b := l.Block
	shapes := shapesOf(b)
	assets := l.Suggest(mapping.Assets, hints)
	pass := func(why, remedy string) decision {
		return decision{kind: mapping.Anything, mapping: assets, passed: why, remedy: remedy}
	}
	if shapes.lines > 0 && shapes.lines*2 > len(b.Rows) {
		return pass("its features are lines – routes, not buildings or areas", "Nothing, unless the wrong layer was chosen.")
	}
	if why := catalogue(l); why != "" {
		return pass(why, "Open the data set that the list points to, and import that.")
	}
	if why := stops(l); why != "" {
		return pass(why, "If they are buildings all the same, import with the kind set to assets.")
	}
	if why := listings(l); why != "" {
		return pass(why, "Import the register of buildings itself. If these are your buildings, import with the kind set to assets.")
	}
	if m := l.Suggest(mapping.Manual, hints); len(m.Of(mapping.YearColumn)) >= 2 && m.Has(mapping.StreamLabel) && !assets.Has(mapping.Postcode) && !assets.Has(mapping.UPRN) {
		return decision{kind: mapping.Manual, mapping: m}
	}
	if d, ok := people(l, assets, hints); ok {
		return d
	}
	if d, ok := readings(l, hints); ok {
		return d
	}
	if shapes.polygons*2 > len(b.Rows) && isBoundary(l, shapes) {
		return decision{kind: mapping.Boundary, mapping: l.Suggest(mapping.Boundary, hints)}
	}
	if d, ok := teams(l, assets, hints); ok {
		return d
	}
	who, about := evidence(assets)
	if shapes.points+shapes.polygons > 0 {
		about++
	}
	if who > 0 && about > 0 {
		return decision{kind: mapping.Assets, mapping: assets}
	}
	if why := codes(l); why != "" {
		return pass(why, "Import the table that uses the codes.")
	}
	if m := l.Suggest(mapping.Population, hints); m.Has(mapping.AreaCode) {
		return pass("it describes areas, but no people, buildings or services in them", "Nothing, unless a column was not recognised: then set the mapping by hand.")
	}
	if len(b.Rows) < 2 {
		return pass("it is too small to tell what it is", "Choose the sheet that holds the list of buildings, or set the mapping by hand.")
	}
	return pass("no column names a building, a service or a group of people", "If it is a portfolio, set the kind and the mapping by hand.")
}

// describing are the fields that only a building or a piece of land has.
var describing = []mapping.FieldID{mapping.Postcode, mapping.Latitude, mapping.Easting, mapping.Coordinates, mapping.GridReference, mapping.Address, mapping.Street, mapping.FloorArea,
	mapping.LandArea, mapping.TenureKind, mapping.UPRN, mapping.Rent, mapping.ElectricityUse, mapping.GasUse, mapping.BacklogAll, mapping.Value, mapping.EnergyRating, mapping.Holding}

// evidence counts the columns that name a building and those that describe one.
func evidence(m *mapping.Mapping) (who, about int) {
	for _, f := range []mapping.FieldID{mapping.Name, mapping.Reference, mapping.UPRN, mapping.Address} {
		if c, ok := m.First(f); ok && c.Confidence >= 0.4 {
			who++
		}
	}
	for _, f := range describing {
		if m.Has(f) {
			about++
		}
	}
	if m.Has(mapping.UseType) && (m.Has(mapping.Name) || m.Has(mapping.Address)) {
		about++
	}
	return who, about
}

type shapeCounts struct{ points, lines, polygons int }

func shapesOf(b *layout.Block) (n shapeCounts) {
	for i := range b.Rows {
		switch b.Rows[i].Shape.(type) {
		case orb.Point, orb.MultiPoint:
			n.points++
		case orb.LineString, orb.MultiLineString:
			n.lines++
		case orb.Polygon, orb.MultiPolygon:
			n.polygons++
		}
	}
	return n
}

// isBoundary tells areas from buildings: features whose code differs each, or which are named and little else, or are very large.
func isBoundary(l *mapping.Looked, n shapeCounts) bool {
	b := l.Block
	for i, v := range l.Values {
		if v.GSS > 0.8 && v.Distinct > 0.95 && (len(b.Rows) > 1 || len(b.Columns) <= 3) {
			return true
		}
		if hasWord(b.Columns[i].Name, "designation", "designated", "boundary", "zone") {
			return true
		}
	}
	var area float64
	for i := range b.Rows {
		area += geo.Area(polygons(b.Rows[i].Shape))
	}
	mean := area / float64(max(1, n.polygons))
	return mean > 3e6 || (len(b.Columns) <= 2 && mean > 3e5)
}

func polygons(g orb.Geometry) orb.MultiPolygon {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}
	case orb.MultiPolygon:
		return g
	}
	return nil
}

func hasWord(header string, words ...string) bool {
	for _, t := range mapping.Tokens(header) {
		for _, w := range words {
			if t == w {
				return true
			}
		}
	}
	return false
}

// people recognises a table of residents by area.
func people(l *mapping.Looked, assets *mapping.Mapping, hints mapping.Hints) (decision, bool) {
	m := l.Suggest(mapping.Population, hints)
	code, ok := m.First(mapping.AreaCode)
	if !ok || code.Confidence < 0.5 {
		return decision{}, false
	}
	counts := m.Has(mapping.Persons) || len(m.Of(mapping.AgeGroup)) > 0 || len(m.Of(mapping.Group_)) > 0 || (m.Has(mapping.Amount) && m.Has(mapping.Category))
	if !counts || assets.Has(mapping.Postcode) || assets.Has(mapping.UPRN) || assets.Has(mapping.FloorArea) || assets.Has(mapping.Address) {
		return decision{}, false
	}
	return decision{kind: mapping.Population, mapping: m}, true
}

// teams recognises a list of services or of who sits where.
func teams(l *mapping.Looked, assets *mapping.Mapping, hints mapping.Hints) (decision, bool) {
	m := l.Suggest(mapping.Services, hints)
	name, ok := m.First(mapping.ServiceName)
	if !ok || name.Confidence < 0.6 {
		return decision{}, false
	}
	n := 0
	for _, f := range []mapping.FieldID{mapping.FTE, mapping.Headcount, mapping.Desks, mapping.Visits, mapping.HomeDays, mapping.SpaceNeeded} {
		if m.Has(f) {
			n++
		}
	}
	building := 0
	for _, f := range []mapping.FieldID{mapping.FloorArea, mapping.Postcode, mapping.UPRN, mapping.TenureKind, mapping.ElectricityUse, mapping.GasUse, mapping.BacklogAll, mapping.BacklogHigh, mapping.Condition,
		mapping.EnergyRating, mapping.LandArea, mapping.Value, mapping.LeaseExpiry, mapping.Rent} {
		if assets.Has(f) {
			building++
		}
	}
	where := m.Has(mapping.AssetRef) || m.Has(mapping.UPRN)
	bare := n == 0 && where && name.Confidence >= 0.8 && onlyWhere(assets, m) // who is where, and nothing else
	if n == 0 && !bare || building >= 3 || building == 2 && n < 2 {
		return decision{}, false
	}
	if where && !m.Has(mapping.FTE) && !m.Has(mapping.Headcount) && !m.Has(mapping.Visits) {
		return decision{kind: mapping.Occupations, mapping: l.Suggest(mapping.Occupations, hints)}, true
	}
	return decision{kind: mapping.Services, mapping: m}, true
}

// onlyWhere says whether nothing in a table describes a building, besides saying where a team is.
func onlyWhere(assets, teams *mapping.Mapping) bool {
	place := map[int]bool{}
	for _, f := range []mapping.FieldID{mapping.AssetRef, mapping.UPRN} {
		for _, c := range teams.Of(f) {
			place[c.Index] = true
		}
	}
	for _, f := range describing {
		for _, c := range assets.Of(f) {
			if !place[c.Index] {
				return false
			}
		}
	}
	return true
}

// readings recognises meter readings: a date, a fuel, and one amount or one for each part of the day.
func readings(l *mapping.Looked, hints mapping.Hints) (decision, bool) {
	times := 0
	for _, c := range l.Block.Columns {
		if isClock(c.Name) {
			times++
		}
	}
	m := l.Suggest(mapping.Energy, hints)
	fuelColumn(l, m)
	if times >= 12 || (m.Has(mapping.ReadingDate) && m.Has(mapping.Reading) && m.Has(mapping.Fuel)) {
		return decision{kind: mapping.Energy, mapping: m}, true
	}
	return decision{}, false
}

// fuelColumn finds the fuel by what the column holds, whatever it is called: "Measure: Electricity (kWh), Gas (kWh)".
func fuelColumn(l *mapping.Looked, m *mapping.Mapping) {
	if m.Has(mapping.Fuel) || !m.Has(mapping.ReadingDate) {
		return
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		fuels := 0
		for _, t := range l.Values[i].Top {
			if _, ok := fuelOf(t); ok {
				fuels++
			}
		}
		if fuels > 0 && fuels == len(l.Values[i].Top) && c.Role != mapping.Mapped && len(l.Values[i].Top) <= 12 {
			c.Role, c.Field, c.Confidence, c.Reason = mapping.Mapped, mapping.Fuel, 0.8, "every value is a fuel"
			return
		}
	}
}

func isClock(s string) bool {
	s = strings.TrimSpace(s)
	h, m, ok := strings.Cut(s, ":")
	if !ok || len(h) == 0 || len(h) > 2 || len(m) < 2 {
		return false
	}
	for _, c := range h + m[:2] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// catalogue recognises a list of data sets: what is described is files, not buildings.
func catalogue(l *mapping.Looked) string {
	data, links := 0, 0
	for i, c := range l.Block.Columns {
		if hasWord(c.Name, "dataset", "datasets", "publisher", "format", "download", "resource", "metadata", "schema", "theme", "keywords", "tags", "license", "filename", "file") {
			data++
		}
		if l.Values[i].Link > 0.6 && l.Values[i].Distinct > 0.5 {
			links++
		}
	}
	formats := 0
	for _, v := range l.Values {
		for _, t := range v.Top {
			switch strings.Trim(t, ". ") {
			case "csv", "xlsx", "xls", "json", "geojson", "pdf", "zip", "kml", "shp", "wms", "html", "api", "xml":
				formats++
			}
		}
	}
	if (data >= 3 && (links > 0 || formats > 0)) || (data >= 1 && links > 0 && formats >= 2) {
		return "it is a catalogue of data sets, not a portfolio"
	}
	return ""
}

// codes recognises a table that explains codes.
func codes(l *mapping.Looked) string {
	b := l.Block
	if len(b.Columns) > 3 || len(b.Columns) < 2 {
		return ""
	}
	code := false
	for i, c := range b.Columns {
		if v := l.Values[i]; v.Distinct > 0.9 && v.Length < 12 && (hasWord(c.Name, "code", "id", "key") || strings.HasSuffix(strings.ToLower(c.Name), "code")) {
			code = true
		}
	}
	if code {
		return "it is a list of codes and what they stand for, not a portfolio"
	}
	return ""
}

// stops recognises lists of places where people board.
func stops(l *mapping.Looked) string {
	name := strings.ToLower(l.Block.Table.File)
	stop := strings.Contains(name, "_stops") || strings.Contains(name, " stops") || strings.Contains(name, "-stops") || strings.HasPrefix(name, "stops")
	for _, c := range l.Block.Columns {
		if hasWord(c.Name, "atco", "naptan", "stop") {
			stop = true
		}
		if hasWord(c.Name, "postcode", "tenure", "uprn") {
			return ""
		}
	}
	if stop {
		return "it is a list of stops of public transport, not of buildings"
	}
	return ""
}

// listings recognises the register of protected buildings.
func listings(l *mapping.Looked) string {
	entry, grade := false, false
	for i, c := range l.Block.Columns {
		if hasWord(c.Name, "listentry", "listdate") || (hasWord(c.Name, "list") && hasWord(c.Name, "entry", "date")) {
			entry = true
		}
		v := l.Values[i]
		if len(v.Top) == 0 || len(v.Top) > 4 || !hasWord(c.Name, "grade") {
			continue
		}
		for _, t := range v.Top {
			if t == "ii" || t == "ii*" {
				grade = true
			}
		}
	}
	if entry && grade {
		return fmt.Sprintf("it is a register of listed buildings (%d entries), most of which are not in the portfolio", len(l.Block.Rows))
	}
	return ""
}
