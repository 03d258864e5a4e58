package importers

import (
	"fmt"
	"strconv"
	"strings"
	"unsafe"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model"
)

// columns reads the mapped cells of the rows of one block, and says what it could not read.
type columns struct {
	r     *run
	b     *layout.Block
	m     *mapping.Mapping
	of    fieldTable
	found *found        // what is found out once for all rows
	unit  []*units.Unit // the unit taken for a column that states none, by column; nil while nobody asked
	where string        // beginning of every source: file and sheet
	at    string        // goes before the number of the row
	slab  []byte        // where sources are written
	book  *book         // where what is said of rows is kept until its turn; nil when it is said at once
}

func (r *run) columns(b *layout.Block, m *mapping.Mapping) *columns {
	c := &columns{r: r, b: b, m: m, at: ", row ", found: &found{order: map[int]units.DateOrder{}, unit: map[int]*unitFound{}}}
	c.where = b.Table.File
	if b.Table.Sheet != "" {
		c.where += ", sheet " + b.Table.Sheet
	}
	if b.Turned {
		c.at = ", from row "
	}
	for _, ch := range m.Columns {
		if ch.Role == mapping.Mapped {
			c.of.add(ch)
		}
	}
	return c
}

func (c *columns) first(f mapping.FieldID) (mapping.Choice, bool) {
	l := c.of.get(f)
	if len(l) == 0 {
		return mapping.Choice{}, false
	}
	return l[0], true
}

// source names a cell as the evidence of a figure. Sources share large pieces of memory: there is one for each figure.
func (c *columns) source(row int, ch *mapping.Choice) string {
	name := ch.Column
	if name == "" {
		name = ch.Letter
	}
	need := len(c.where) + len(name) + 40
	c.room(need)
	from := len(c.slab)
	c.slab = append(append(c.slab, c.where...), c.at...)
	c.slab = strconv.AppendInt(c.slab, int64(row), 10)
	c.slab = append(append(c.slab, ", column "...), name...)
	return unsafe.String(&c.slab[from], len(c.slab)-from) // what is in the piece is never written again
}

// room makes sure that so many bytes can be written to the slab.
func (c *columns) room(need int) {
	if cap(c.slab)-len(c.slab) < need {
		c.slab = make([]byte, 0, max(32<<10, need))
	}
}

// section is the heading under which a row stands.
func (c *columns) section(row int) string {
	if len(c.b.Sections) == 0 {
		return ""
	}
	return c.b.Sections[row]
}

// text is the words of a field, several columns joined by commas; absent values are blank.
func (c *columns) text(row table.Row, f mapping.FieldID) string {
	l := c.of.get(f)
	switch len(l) {
	case 0:
		return ""
	case 1:
		return words(row.At(l[0].Index))
	}
	var parts []string
	for _, ch := range l {
		if s := words(row.At(ch.Index)); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// words is the text of a cell on one line, blank when it says nothing.
func words(c table.Cell) string {
	if c.Text == "" || c.Kind == table.Failed || c.Kind == table.Formula || c.Kind == table.Blank {
		return ""
	}
	s := c.Text
	if tidy(s) {
		if units.Absent(s) != units.Present {
			return ""
		}
		return s
	}
	if c.Blank() {
		return ""
	}
	s = units.Trim(s)
	if units.Absent(s) != units.Present {
		return ""
	}
	if strings.ContainsAny(s, "\n\r\t") || strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

// tidy says whether a text is as words leaves it: nothing to trim, no line ends, no spaces in a row.
func tidy(s string) bool {
	if a, z := s[0], s[len(s)-1]; a <= ' ' || a >= 0x80 || a == '\'' || z <= ' ' || z >= 0x80 {
		return false
	}
	for i := range len(s) {
		if b := s[i]; b <= ' ' && (b == '\n' || b == '\r' || b == '\t' || b == ' ' && s[i+1] == ' ') {
			return false
		}
	}
	return true
}

// amount reads one cell as a number in the base unit of its field. ok is false when the cell says nothing or nothing that can be
// read; what cannot be read is said.
func (c *columns) amount(row table.Row, ch *mapping.Choice, dim units.Dimension, asset model.AssetID) (v float64, ok bool) {
	cell := row.At(ch.Index)
	switch {
	case cell.Kind == table.Formula:
		c.say(model.Problem, row.Number, *ch, "", "the cell holds a formula whose result was never saved", "Open the workbook in a spreadsheet program, save it, and import it again.", asset)
		return 0, false
	case cell.Kind == table.Failed:
		if cell.Text != "#N/A" {
			c.say(model.Problem, row.Number, *ch, cell.Text, "the cell holds an error", "Correct the formula in the workbook.", asset)
		}
		return 0, false
	case cell.Blank():
		return 0, false
	}
	if v, ok := units.Plain(cell.Text); ok { // the common case
		switch u := c.unitOf(ch, dim); {
		case u.IsZero():
			return v, true
		case u.Dimension == dim && u.Symbol != unknownUnit.Symbol:
			if u.Factor != 0 {
				v *= u.Factor
			}
			return v, true
		}
	}
	text := units.Trim(cell.Text)
	if a := units.Absent(text); a != units.Present {
		return 0, false
	}
	q, err := units.Quantity(text)
	if err != nil {
		c.say(model.Problem, row.Number, *ch, text, fmt.Sprintf("%q %v", short(text), err), "Correct the cell, or map the column to another field.", asset)
		return 0, false
	}
	u := q.Unit
	if !q.Spelled {
		u = *c.unitOf(ch, dim)
	}
	if !model.Finite(q.Number) {
		return 0, false
	}
	switch {
	case u == unknownUnit:
		return 0, false
	case u.IsZero() || u.Dimension == dim && u.Factor == 0:
		return q.Number, true
	case u.Dimension == dim:
		return q.Number * u.Factor, true
	case dim == units.Energy && u.Dimension == units.Volume:
		return q.Number * u.Factor * units.GasPerCubicMetre, true
	case dim == units.Energy && u.Dimension == units.Liquid:
		return q.Number * u.Factor * kWhPerLitreOfOil, true
	case dim == units.Count || dim == units.None:
		return q.Number, true
	}
	c.say(model.Problem, row.Number, *ch, text, fmt.Sprintf("%q is in %s, which does not measure %s", short(text), u.Symbol, dim), "Correct the cell, or map the column to another field.", asset)
	return 0, false
}

// kWhPerLitreOfOil is gross energy in a litre of heating oil (burning oil, UK greenhouse gas conversion factors: 10.3 kWh).
const kWhPerLitreOfOil = 10.3

func (c *columns) unitOf(ch *mapping.Choice, dim units.Dimension) *units.Unit {
	if !ch.In.IsZero() {
		return &ch.In
	}
	if ch.Index >= len(c.unit) || c.unit[ch.Index] == nil {
		c.take(ch.Index, c.assumeOnce(*ch, dim))
	}
	return c.unit[ch.Index]
}

// assume decides the unit of a column that states none, and says so once.
func (c *columns) assume(ch mapping.Choice, dim units.Dimension) units.Unit {
	spelled := map[units.Unit]int{}
	var nums []float64
	step := max(1, len(c.b.Rows)/500)
	for i := 0; i < len(c.b.Rows); i += step {
		if q, err := units.Quantity(c.b.Rows[i].At(ch.Index).Text); err == nil && units.Absent(c.b.Rows[i].At(ch.Index).Text) == units.Present {
			if q.Spelled {
				spelled[q.Unit]++
			} else {
				nums = append(nums, q.Number)
			}
		}
	}
	var u units.Unit
	most := 0
	for s, n := range spelled {
		if n > most && s.Dimension == dim {
			u, most = s, n
		}
	}
	why := "other cells of the column are"
	if u.IsZero() {
		why = "the column states no unit"
		switch dim {
		case units.Area:
			u = units.SquareMetre
			switch {
			case ch.Field == mapping.LandArea && median(nums) < 200:
				u = units.Hectare
			case c.american():
				u, why = units.SquareFoot, why+", and the table is American"
			}
		case units.Energy:
			u = c.energyUnit(ch)
			if u.IsZero() {
				c.say(model.Warning, 0, ch, "", "the column states no unit of energy, and fuels are counted in many; it was kept as it stands and not read as energy", "Choose the unit in the mapping: kWh, therms, litres, GJ.", "")
				return unknownUnit
			}
		case units.Money:
			u = units.Pound
		}
	}
	if !u.IsZero() && dim != units.Money {
		c.say(model.Warning, 0, ch, "", fmt.Sprintf("values are read as %s: %s", u.Symbol, why), "If that is wrong, choose the unit in the mapping.", "")
	}
	return u
}

// american says whether the table comes from a country that measures floors in feet: its other columns state American units, or its
// postcodes are ZIP codes.
func (c *columns) american() bool {
	for _, ch := range c.m.Columns {
		switch ch.In.Symbol {
		case "sq ft", "kBtu", "kBtu/sq ft", "US$":
			return true
		}
	}
	pc, ok := c.first(mapping.Postcode)
	if !ok {
		return false
	}
	zips, all := 0, 0
	for i := range c.b.Rows[:min(len(c.b.Rows), 500)] {
		s := words(c.b.Rows[i].At(pc.Index))
		if s == "" {
			continue
		}
		all++
		if len(s) >= 5 && strings.Trim(s[:5], "0123456789") == "" {
			zips++
		}
	}
	return zips*2 > all
}

// unknownUnit marks a column whose numbers mean nothing until somebody names their unit.
var unknownUnit = units.Unit{Symbol: "?", Dimension: units.None}

// energyUnit is the unit of an energy column that states none: that of the other energy columns where they state one; kWh for
// electricity, which is hardly ever counted otherwise; none for other fuels.
func (c *columns) energyUnit(ch mapping.Choice) units.Unit {
	for _, k := range fuelFields {
		for _, other := range c.of.get(k.field) {
			if other.In.Dimension == units.Energy {
				return other.In
			}
		}
	}
	if ch.Field == mapping.ElectricityUse || ch.Field == mapping.Reading {
		return units.KWh
	}
	return units.Unit{}
}

// figure reads a field as a figure with its evidence. Several columns are added up.
func (c *columns) figure(row table.Row, f mapping.FieldID, dim units.Dimension, grade model.Grade, asset model.AssetID) model.Figure {
	var out model.Figure
	list := c.of.get(f)
	for i := range list {
		ch := &list[i]
		v, ok := c.amount(row, ch, dim, asset)
		if !ok {
			continue
		}
		if !out.Known() {
			out = model.Figure{Value: v, Grade: grade, Source: c.source(row.Number, ch)}
			continue
		}
		out.Value += v
		out.Source += " + " + column(*ch)
	}
	return out
}

// date reads a field as an ISO date.
func (c *columns) date(row table.Row, f mapping.FieldID, asset model.AssetID) string {
	ch := c.of.one(f)
	if ch == nil {
		return ""
	}
	text := words(row.At(ch.Index))
	if text == "" {
		return ""
	}
	d, err := units.Date(text, c.orderOf(ch.Index), c.b.Table.Date1904)
	if err != nil {
		c.say(model.Problem, row.Number, *ch, text, fmt.Sprintf("%q %v", short(text), err), "Write the date as day/month/year or year-month-day.", asset)
		return ""
	}
	return d
}

func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	return nth(append([]float64(nil), x...), len(x)/2)
}
