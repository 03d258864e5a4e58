package mapping

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/units"
)

// Role says what becomes of a column.
type Role string

// Every column has one of these roles; nothing is dropped or added silently.
const (
	Mapped  Role = "mapped"
	Extra   Role = "extra" // kept as it stands with the building
	Ignored Role = "ignored"
)

// Choice is what a mapping says of one column.
type Choice struct {
	Column     string  `json:"column"` // the header as it stands
	Letter     string  `json:"letter"`
	Role       Role    `json:"role"`
	Field      FieldID `json:"field,omitempty"`
	Unit       string  `json:"unit,omitempty"`
	Assumed    string  `json:"assumed,omitempty"` // the unit its values were read in, when neither the header nor the user gives one
	Confidence float64 `json:"confidence,omitempty"`
	Reason     string  `json:"reason,omitempty"`

	Index int        `json:"-"` // 0-based column of the sheet
	In    units.Unit `json:"-"` // Unit, looked up
}

// Mapping says what the columns of one layout mean. It is what the user edits, saves and shares.
type Mapping struct {
	Name      string   `json:"name,omitempty"`
	Saved     string   `json:"saved,omitempty"` // ISO date on which it was kept under its name
	Kind      Group    `json:"kind"`
	Signature string   `json:"signature,omitempty"` // of the headers; equal layouts have equal signatures
	Sheet     string   `json:"sheet,omitempty"`
	HeaderRow int      `json:"header_row,omitempty"`
	Columns   []Choice `json:"columns"`
}

// Signature names a layout by its headers, whatever their order.
func Signature(b *layout.Block) string {
	var names []string
	for _, c := range b.Columns {
		names = append(names, strings.Join(strings.Fields(strings.ToLower(c.Name)), " "))
	}
	sort.Strings(names)
	sum := sha256.Sum256([]byte(strings.Join(names, "\n")))
	return hex.EncodeToString(sum[:8])
}

// Of returns the columns mapped to a field, in order.
func (m *Mapping) Of(id FieldID) []Choice {
	var out []Choice
	for _, c := range m.Columns {
		if c.Role == Mapped && c.Field == id {
			out = append(out, c)
		}
	}
	return out
}

// First returns the column mapped to a field.
func (m *Mapping) First(id FieldID) (Choice, bool) {
	for _, c := range m.Columns {
		if c.Role == Mapped && c.Field == id {
			return c, true
		}
	}
	return Choice{}, false
}

// Has says whether some column is mapped to the field.
func (m *Mapping) Has(id FieldID) bool {
	_, ok := m.First(id)
	return ok
}

// ByField lists field → columns, for the report.
func (m *Mapping) ByField() map[string]string {
	out := map[string]string{}
	for _, c := range m.Columns {
		if c.Role != Mapped {
			continue
		}
		if prev, ok := out[string(c.Field)]; ok {
			out[string(c.Field)] = prev + " + " + c.Column
		} else {
			out[string(c.Field)] = c.Column
		}
	}
	return out
}

// check completes the choices and refuses fields and units that do not exist.
func (m *Mapping) check() error {
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Role == "" {
			c.Role = Extra
			if c.Field != "" {
				c.Role = Mapped
			}
		}
		if c.Role == Mapped && ByID(c.Field) == nil {
			return fmt.Errorf("the mapping names the field %q for column %q, which Flagstone does not have", c.Field, c.Column)
		}
		if c.Unit != "" {
			u, ok := units.Look(c.Unit)
			if !ok {
				return fmt.Errorf("the mapping gives column %q the unit %q, which Flagstone does not know", c.Column, c.Unit)
			}
			c.In = u
		}
	}
	return nil
}

// UnmarshalJSON reads a mapping and looks up its units, as Parse does.
func (m *Mapping) UnmarshalJSON(b []byte) error {
	type plain Mapping
	var p plain
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	*m = Mapping(p)
	return m.check()
}

// Apply lays a saved mapping over the columns of a block: by header, else by letter. Columns that it does not speak of are kept as
// extra; the names of those it speaks of and the block has not are returned.
func (m *Mapping) Apply(b *layout.Block) (*Mapping, []string) {
	out := &Mapping{Name: m.Name, Kind: m.Kind, Signature: Signature(b), Sheet: b.Table.Sheet}
	taken := map[int]bool{}
	find := func(c Choice) (layout.Column, bool) {
		for _, col := range b.Columns {
			if !taken[col.Index] && c.Column != "" && strings.EqualFold(strings.Join(strings.Fields(col.Name), " "), strings.Join(strings.Fields(c.Column), " ")) {
				return col, true
			}
		}
		for _, col := range b.Columns {
			if !taken[col.Index] && (c.Column == "" || len(b.Header) == 0) && c.Letter != "" && strings.EqualFold(col.Letter(), c.Letter) {
				return col, true
			}
		}
		return layout.Column{}, false
	}
	var missing []string
	for _, c := range m.Columns {
		col, ok := find(c)
		if !ok {
			missing = append(missing, c.Column)
			continue
		}
		taken[col.Index] = true
		c.Column, c.Letter, c.Index = col.Name, col.Letter(), col.Index
		if c.In.IsZero() {
			c.In = col.Unit
			c.Unit = col.Unit.Symbol
		}
		out.Columns = append(out.Columns, c)
	}
	for _, col := range b.Columns {
		if !taken[col.Index] {
			out.Columns = append(out.Columns, Choice{Column: col.Name, Letter: col.Letter(), Index: col.Index, Role: Extra, Unit: col.Unit.Symbol, In: col.Unit, Reason: "the mapping does not speak of it"})
		}
	}
	sort.SliceStable(out.Columns, func(i, j int) bool { return out.Columns[i].Index < out.Columns[j].Index })
	return out, missing
}
