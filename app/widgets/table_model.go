package widgets

import (
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/app/format"
	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
)

// Column is one column of a DataTable. Texts are made when rows are made, so
// that drawing, sorting and searching only read.
type Column[R any] struct {
	ID      string
	Label   string
	Tip     string
	Width   float32 // Fyne units
	Numeric bool    // right-aligned, filtered by comparison
	Choices bool    // filtered by choosing among its values
	Hidden  bool    // put away until the user asks for it
	Text    func(*R) string
	// Figure is the number and evidence behind a numeric column; it sorts, is
	// compared by filters and carries the mark of modelled figures. What is not
	// known sorts last either way.
	Figure func(*R) model.Figure
	// Key sorts a column of text when the text itself would not do.
	Key func(*R) string
	Sub bool // second-rank text
	// Grow gives the column the room that is left over.
	Grow bool
	// Total says what the column comes to in a group of rows; Write writes that
	// value, as a whole number when nil.
	Total Total
	Write func(float64) string
	// Family is the part of the chooser of columns that the column is listed under.
	Family string
	// Blank is what a group of rows without a value is called; "Not known" when
	// empty.
	Blank string
}

// Total is what a column of figures comes to in a group of rows.
type Total int

// The totals of a column: none, the sum or the mean of what is known.
const (
	None Total = iota
	Sum
	Mean
)

// sortKey is the text that the column sorts by.
func (c *Column[R]) sortKey() func(*R) string {
	if c.Key != nil {
		return c.Key
	}
	return c.Text
}

func (c *Column[R]) write(v float64) string {
	if c.Write != nil {
		return c.Write(v)
	}
	return format.Whole(v)
}

func (c *Column[R]) blank() string {
	if c.Blank != "" {
		return c.Blank
	}
	return words.T("Not known")
}

// Filter is what a table shows of its rows.
type Filter struct {
	Search string `json:"search,omitempty"` // every word must appear somewhere in the row
	Terms  []Term `json:"terms,omitempty"`
}

// Term narrows one column: Text is one of its values, words within it, or for
// a number "> 1000", "<= 5", "10-20", "known", "not known". Several exact terms
// of one column let any of these values pass; all other terms must hold.
type Term struct {
	Column string `json:"column"`
	Text   string `json:"text"`
	Exact  bool   `json:"exact,omitempty"`
}

func columnByID[R any](cols []Column[R], id string) *Column[R] {
	for i := range cols {
		if cols[i].ID == id {
			return &cols[i]
		}
	}
	return nil
}

// checks makes the tests that a row must pass.
func checks[R any](cols []Column[R], terms []Term) []func(*R) bool {
	var out []func(*R) bool
	values := map[string]map[string]bool{} // by column, those that may pass
	for _, t := range terms {
		c := columnByID(cols, t.Column)
		switch {
		case c == nil || !t.Exact && strings.TrimSpace(t.Text) == "":
		case !t.Exact:
			out = append(out, check(c, t))
		case values[c.ID] != nil:
			values[c.ID][t.Text] = true
		default:
			pass := map[string]bool{t.Text: true}
			values[c.ID] = pass
			out = append(out, func(r *R) bool { return pass[c.Text(r)] })
		}
	}
	return out
}

// check makes the test of one term that is no value.
func check[R any](c *Column[R], t Term) func(*R) bool {
	want := strings.ToLower(strings.TrimSpace(t.Text))
	if c.Figure != nil {
		if ok := ParseRange(want); ok != nil {
			return func(r *R) bool { return ok(c.Figure(r)) }
		}
	}
	return func(r *R) bool { return strings.Contains(strings.ToLower(c.Text(r)), want) }
}

// ParseRange reads what a user types to narrow a number. It returns nil when
// the text is no such thing.
func ParseRange(s string) func(model.Figure) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	switch s {
	case "known", strings.ToLower(words.T("known")):
		return func(f model.Figure) bool { return f.Known() }
	case format.Missing, "unknown", "missing", strings.ToLower(format.NotKnown()):
		return func(f model.Figure) bool { return !f.Known() }
	case "modelled", strings.ToLower(words.T("modelled")):
		return func(f model.Figure) bool { return f.Grade.Modelled() }
	}
	for _, op := range []string{">=", "<=", ">", "<", "="} {
		rest, ok := strings.CutPrefix(s, op)
		if !ok {
			continue
		}
		v, ok := parseNumber(rest)
		if !ok {
			return nil
		}
		return func(f model.Figure) bool {
			if !f.Known() {
				return false
			}
			switch op {
			case ">=":
				return f.Value >= v
			case "<=":
				return f.Value <= v
			case ">":
				return f.Value > v
			case "<":
				return f.Value < v
			}
			return f.Value == v
		}
	}
	for _, sep := range []string{" to ", "–", "-"} {
		if a, b, ok := strings.Cut(s, sep); ok {
			lo, ok1 := parseNumber(a)
			hi, ok2 := parseNumber(b)
			if ok1 && ok2 {
				return func(f model.Figure) bool { return f.Known() && f.Value >= lo && f.Value <= hi }
			}
		}
	}
	return nil
}

// parseNumber reads 1,200 · £1.2m · 40k.
func parseNumber(s string) (float64, bool) {
	s = strings.NewReplacer(",", "", "£", "", " ", "").Replace(s)
	by := 1.0
	switch {
	case strings.HasSuffix(s, "k"):
		by, s = 1e3, s[:len(s)-1]
	case strings.HasSuffix(s, "m"):
		by, s = 1e6, s[:len(s)-1]
	}
	v, err := strconv.ParseFloat(s, 64)
	return v * by, err == nil && model.Finite(v)
}
