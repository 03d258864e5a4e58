package mapping

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"sync"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// Least is the confidence below which a suggestion is not made.
const Least = 0.4

// Hints are what the caller knows besides the block.
type Hints struct {
	// Home is a place the data is near, when one is known; it settles which way round coordinates are.
	Home func(*Mapping) geo.LatLon
}

type candidate struct {
	field *Field
	col   int // index into the block's columns
	score float64
	why   string
}

// Looked is a block whose columns have been looked at once, to be mapped as one kind of table or another.
type Looked struct {
	Block  *layout.Block
	Values []*Values
	tokens [][2][]string // of the base and of the whole header
}

// Look samples the columns of a block.
func Look(b *layout.Block) *Looked {
	l := &Looked{Block: b, Values: make([]*Values, len(b.Columns))}
	var wg sync.WaitGroup
	for half := range 2 { // two at a time: a sample is small, and so is the work
		wg.Go(func() {
			for i := half; i < len(b.Columns); i += 2 {
				l.Values[i] = look(b, b.Columns[i].Index)
			}
		})
	}
	wg.Wait()
	for _, c := range b.Columns {
		if strings.HasPrefix(c.Name, "Column ") && c.Base == "" {
			l.tokens = append(l.tokens, [2][]string{})
			continue
		}
		l.tokens = append(l.tokens, [2][]string{Tokens(c.Base), Tokens(c.Name)})
	}
	return l
}

// Suggest maps the columns as a table of the kind.
func (l *Looked) Suggest(kind Group, h Hints) *Mapping {
	m := &Mapping{Name: Recognise(l.Block), Kind: kind, Signature: Signature(l.Block), Sheet: l.Block.Table.Sheet}
	if len(l.Block.Header) > 0 {
		m.HeaderRow = l.Block.Header[len(l.Block.Header)-1]
	}
	for i, c := range l.Block.Columns {
		m.Columns = append(m.Columns, Choice{Column: c.Name, Letter: c.Letter(), Index: c.Index, Role: Extra, Unit: c.Unit.Symbol, In: c.Unit})
		if l.Values[i].Said == 0 {
			m.Columns[i].Reason = "the column holds nothing"
		}
	}
	l.assign(m, l.candidates(kind))
	l.placeColumns(m, h)
	if kind == Population {
		l.ageColumns(m)
	}
	if kind == Energy {
		l.siteColumn(m)
	}
	if kind == Manual {
		l.yearColumns(m)
	}
	return m
}

func (l *Looked) candidates(kind Group) []candidate {
	var out []candidate
	for i := range l.Block.Columns {
		for f := range Fields {
			field := &Fields[f]
			if !field.In(kind) {
				continue
			}
			if s, why := l.score(i, field); s >= Least {
				out = append(out, candidate{field, i, s, why})
			}
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].score > out[b].score })
	return out
}

// score is the confidence that a column holds a field.
func (l *Looked) score(i int, f *Field) (float64, string) {
	c, v := l.Block.Columns[i], l.Values[i]
	s, word := f.match(l.tokens[i][0])
	if t, w := f.match(l.tokens[i][1]); t > s {
		s, word = t, w
	}
	var reasons []string
	if s == 0 {
		if f.Alone == nil {
			return 0, ""
		}
		s, word = f.Alone(v)
		return s, word
	}
	reasons = append(reasons, fmt.Sprintf("the header says %q", word))
	if f.Dimension != units.None && !c.Unit.IsZero() {
		switch {
		case fits(f, c.Unit):
			s += (1 - s) * 0.35
			reasons = append(reasons, "in "+c.Unit.Symbol)
		case f.ID == FloorArea && (c.Unit == units.Hectare || c.Unit == units.Acre):
			s *= 0.3
		default:
			return 0, ""
		}
		if (f.ID == FloorArea || f.ID == SpaceNeeded) && (c.Unit == units.Hectare || c.Unit == units.Acre) {
			s *= 0.3
		}
	} else if f.Dimension == units.None && c.Unit.Dimension != units.None && c.Unit.Dimension != units.Count && f.Many != Each {
		s *= 0.4
	}
	if f.Dimension == units.Energy && c.Unit.IsZero() && v.Units[units.Energy] == 0 {
		s *= 0.8
	}
	if f.Test != nil {
		k, why := f.Test(v)
		s *= k
		if why != "" {
			reasons = append(reasons, why)
		}
	}
	if v.Rows > 0 {
		s *= 0.94 + 0.06*float64(v.Said)/float64(v.Rows)
	}
	if f.Alone != nil && s < 0.6 {
		if t, why := f.Alone(v); t > s {
			return t, why
		}
	}
	return math.Min(s, 0.99), strings.Join(reasons, "; ")
}

func fits(f *Field, u units.Unit) bool {
	switch f.Dimension {
	case units.Energy:
		return u.Dimension == units.Energy || (u.Dimension == units.Volume && f.ID == GasUse) || (u.Dimension == units.Liquid && f.ID == OilUse)
	case units.Count:
		return u.Dimension == units.Count
	case units.Share:
		return u.Dimension == units.Share
	}
	return u.Dimension == f.Dimension
}

// assign gives every field its best column and every column one field, the surest first.
func (l *Looked) assign(m *Mapping, list []candidate) {
	family := map[FieldID]string{}
	taken := map[FieldID]int{}
	for _, c := range list {
		choice := &m.Columns[c.col]
		if choice.Role == Mapped {
			continue
		}
		if n := taken[c.field.ID]; n > 0 {
			said := ""
			switch c.field.Many {
			case Single:
				said = fmt.Sprintf("also looks like %s, which %q holds already", strings.ToLower(c.field.Title), l.holder(m, c.field.ID))
			case Sum:
				if fam := familyOf(l.Block.Columns[c.col]); !addable(c.field.ID) && (fam == "" || fam != family[c.field.ID]) {
					said = fmt.Sprintf("also looks like %s; not added to %q, which may count the same", strings.ToLower(c.field.Title), l.holder(m, c.field.ID))
				} else if c.score < 0.5 {
					continue
				}
			case Join:
				if c.score < 0.6 {
					continue
				}
			}
			if said != "" {
				if choice.Reason == "" {
					choice.Reason = said
				}
				continue
			}
		}
		if taken[c.field.ID] == 0 && c.field.Many == Sum && !addable(c.field.ID) {
			c = l.bestOf(m, list, c)
			choice = &m.Columns[c.col]
			family[c.field.ID] = familyOf(l.Block.Columns[c.col])
		}
		taken[c.field.ID]++
		choice.Role, choice.Field, choice.Confidence, choice.Reason = Mapped, c.field.ID, round2(c.score), c.why
	}
}

func (l *Looked) holder(m *Mapping, id FieldID) string {
	c, _ := m.First(id)
	return c.Column
}

// addable fields are made of columns that never count the same thing twice.
func addable(id FieldID) bool { return id == OtherCost || id == HeatUse }

// familyOf is the part of a header before a dash: "Electricity" of "Electricity - other consumed (kWh)". Only columns of one family and
// one unit are added up.
func familyOf(c layout.Column) string {
	for _, dash := range []string{" - ", " – ", " — "} {
		if a, _, ok := strings.Cut(c.Base, dash); ok {
			return strings.ToLower(strings.TrimSpace(a)) + "|" + c.Unit.Symbol
		}
	}
	return ""
}

// bestOf chooses, among the columns of a summed field, where to begin: the largest family of columns, else the surest column in
// the handiest unit (kWh before kBtu for the same measure).
func (l *Looked) bestOf(m *Mapping, list []candidate, first candidate) candidate {
	size := map[string]int{}
	for _, c := range list {
		if c.field.ID == first.field.ID && m.Columns[c.col].Role != Mapped {
			if fam := familyOf(l.Block.Columns[c.col]); fam != "" {
				size[fam]++
			}
		}
	}
	best := first
	rank := func(c candidate) float64 {
		col := l.Block.Columns[c.col]
		r := c.score
		if n := size[familyOf(col)]; n > 1 {
			r += 0.2 * float64(n)
		}
		switch col.Unit.Symbol {
		case "kWh":
			r += 0.1
		case "kBtu", "MMBtu":
			r -= 0.1
		}
		return r
	}
	for _, c := range list {
		if c.field.ID == first.field.ID && m.Columns[c.col].Role != Mapped && rank(c) > rank(best) {
			best = c
		}
	}
	return best
}

// placeColumns finds out which way round, and on which grid, a pair of coordinates is, whatever its headers call it.
func (l *Looked) placeColumns(m *Mapping, h Hints) {
	l.unnamedPlaces(m)
	for _, pair := range [][2]FieldID{{Easting, Northing}, {Latitude, Longitude}} {
		a, okA := m.First(pair[0])
		b, okB := m.First(pair[1])
		if okA != okB {
			// Half a place is no place.
			lone := a
			if okB {
				lone = b
			}
			m.set(lone.Index, Extra, "", 0, "the other coordinate is missing")
			continue
		}
		if !okA {
			continue
		}
		pairs := l.pairs(a.Index, b.Index)
		if len(pairs) == 0 {
			continue
		}
		var home geo.LatLon
		if h.Home != nil {
			home = h.Home(m)
		}
		sys, share := geo.GuessSystem(pairs, home)
		var fa, fb FieldID
		switch sys {
		case geo.SystemLatLon:
			fa, fb = Latitude, Longitude
		case geo.SystemLonLat:
			fa, fb = Longitude, Latitude
		case geo.SystemOSGB, geo.SystemIrish, geo.SystemMercator:
			fa, fb = Easting, Northing
		case geo.SystemNorthEast:
			fa, fb = Northing, Easting
		default:
			m.set(a.Index, Extra, "", 0, "the numbers are not a place")
			m.set(b.Index, Extra, "", 0, "the numbers are not a place")
			continue
		}
		if (fa != pair[0] || fb != pair[1]) && (m.Has(fa) && fa != pair[0] && fa != pair[1] || m.Has(fb) && fb != pair[0] && fb != pair[1]) {
			m.set(a.Index, Extra, "", 0, "the place is given by other columns already")
			m.set(b.Index, Extra, "", 0, "the place is given by other columns already")
			continue
		}
		why := fmt.Sprintf("%.0f %% of the values are %s", share*100, sys)
		m.set(a.Index, Mapped, fa, math.Max(a.Confidence, 0.9*share), a.Reason+"; "+why)
		m.set(b.Index, Mapped, fb, math.Max(b.Confidence, 0.9*share), b.Reason+"; "+why)
	}
}

func (m *Mapping) set(index int, role Role, f FieldID, confidence float64, why string) {
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Index == index {
			c.Role, c.Field, c.Confidence, c.Reason = role, f, round2(confidence), strings.TrimPrefix(why, "; ")
		}
	}
}

func (l *Looked) pairs(a, b int) []geo.Pair {
	var out []geo.Pair
	step := max(1, len(l.Block.Rows)/sampleSize)
	for i := 0; i < len(l.Block.Rows); i += step {
		x, err1 := geo.ParseDegrees(l.Block.Rows[i].At(a).Text)
		y, err2 := geo.ParseDegrees(l.Block.Rows[i].At(b).Text)
		if err1 == nil && err2 == nil && (x != 0 || y != 0) {
			out = append(out, geo.Pair{A: x, B: y})
		}
	}
	return out
}

// unnamedPlaces finds a latitude and a longitude by their values when no header speaks of them.
func (l *Looked) unnamedPlaces(m *Mapping) {
	for _, id := range []FieldID{Latitude, Longitude, Easting, Northing, Coordinates, GridReference} {
		if m.Has(id) {
			return
		}
	}
	lat, lon := -1, -1
	for i, v := range l.Values {
		if m.Columns[i].Role == Mapped || v.Number < 0.9 || v.Said < 3 || v.Whole > 0.1 || v.Distinct < 0.3 {
			continue
		}
		switch {
		case v.Min >= 49.8 && v.Max <= 61 && v.Length >= 6 && lat < 0:
			lat = i
		case v.Min >= -8.7 && v.Max <= 1.9 && v.Length >= 6 && lon < 0:
			lon = i
		}
	}
	if lat >= 0 && lon >= 0 {
		m.set(l.Block.Columns[lat].Index, Mapped, Latitude, 0.75, "values are latitudes of the British Isles")
		m.set(l.Block.Columns[lon].Index, Mapped, Longitude, 0.75, "values are longitudes of the British Isles")
	}
}

func round2(x float64) float64 { return math.Round(x*100) / 100 }
