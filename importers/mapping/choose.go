package mapping

import (
	"fmt"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/units"
)

// unitsOf are the units offered for a measure, the usual one first.
var unitsOf = map[units.Dimension][]string{
	units.Area:   {"m²", "sq ft", "ha", "acres", "sq yd"},
	units.Energy: {"kWh", "MWh", "GWh", "GJ", "MJ", "therms", "kBtu", "MMBtu"},
	units.Money:  {"£", "£k", "£m", "€", "US$"},
	units.Share:  {"%"},
}

// UnitsFor lists the units in which a column of the field can be, the usual one first; none when the field is no measure.
func UnitsFor(id FieldID) []string {
	f := ByID(id)
	if f == nil {
		return nil
	}
	list := unitsOf[f.Dimension]
	switch id {
	case GasUse:
		list = append(append([]string(nil), list...), "m³", "hundred ft³", "ft³")
	case OilUse:
		list = append(append([]string(nil), list...), "litres", "US gallons")
	case LandArea:
		list = []string{"ha", "m²", "acres", "sq ft", "sq yd"}
	}
	out := make([]string, 0, len(list))
	for _, s := range list {
		if u, ok := units.Look(s); ok && u.Symbol == s {
			out = append(out, s)
		}
	}
	return out
}

// FieldsOf lists the fields that a table of the kind can have, by title.
func FieldsOf(kind Group) []*Field {
	var out []*Field
	for i := range Fields {
		if Fields[i].In(kind) {
			out = append(out, &Fields[i])
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Title < out[j].Title })
	return out
}

// With is the mapping with another choice for the column at an index of the sheet, and the header of the column that had to give
// the field up, where a field takes one column only. The unit may be empty.
func (m *Mapping) With(index int, role Role, field FieldID, unit string) (out *Mapping, gaveUp string, err error) {
	c := *m
	c.Columns = append([]Choice(nil), m.Columns...)
	if role != Mapped {
		field, unit = "", ""
	}
	found := false
	for i := range c.Columns {
		x := &c.Columns[i]
		switch {
		case x.Index == index:
			found = true
			if x.Field != field {
				x.Confidence, x.Reason = 1, "you chose it"
			}
			x.Role, x.Field, x.Assumed = role, field, ""
			if unit != "" && unit != x.Unit {
				x.Unit, x.In, x.Reason = unit, units.Unit{}, "you chose its unit"
			}
		case role == Mapped && x.Role == Mapped && x.Field == field:
			if f := ByID(field); f != nil && f.Many == Single {
				x.Role, x.Field, x.Confidence, x.Reason = Extra, "", 0, "you gave "+strings.ToLower(f.Title)+" to another column"
				gaveUp = x.Column
			}
		}
	}
	if !found {
		return nil, "", fmt.Errorf("the table has no column %d", index+1)
	}
	if err := c.check(); err != nil {
		return nil, "", err
	}
	return &c, gaveUp, nil
}

// Confirmed is the mapping with the units that were assumed taken for those meant.
func (m *Mapping) Confirmed() *Mapping {
	c := *m
	c.Columns = append([]Choice(nil), m.Columns...)
	for i := range c.Columns {
		x := &c.Columns[i]
		if x.Unit != "" || x.Assumed == "" || x.Assumed == "?" {
			continue
		}
		if u, ok := units.Look(x.Assumed); ok {
			x.Unit, x.In, x.Assumed = x.Assumed, u, ""
		}
	}
	return &c
}
