package widgets

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

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
}

// Filter is what a table shows of its rows.
type Filter struct {
	Search string // every word must appear somewhere in the row
	Terms  []Term
}

// Term narrows one column: Text is one of its values, words within it, or for
// a number "> 1000", "<= 5", "10-20", "known", "not known".
type Term struct {
	Column string
	Text   string
	Exact  bool
}

// arrangement is the order in which rows are shown.
type arrangement struct {
	order []int32
}

// arrange filters and sorts. It runs off the UI goroutine on values nobody
// changes. haystack holds the lower-cased text of every row.
func arrange[R any](rows []R, haystack []string, cols []Column[R], f Filter, sortBy string, desc bool) arrangement {
	words := strings.Fields(strings.ToLower(f.Search))
	tests := make([]func(*R) bool, 0, len(f.Terms))
	for _, t := range f.Terms {
		if c := columnByID(cols, t.Column); c != nil && strings.TrimSpace(t.Text) != "" {
			tests = append(tests, check(c, t))
		}
	}
	order := make([]int32, 0, len(rows))
next:
	for i := range rows {
		for _, w := range words {
			if !strings.Contains(haystack[i], w) {
				continue next
			}
		}
		for _, ok := range tests {
			if !ok(&rows[i]) {
				continue next
			}
		}
		order = append(order, int32(i))
	}
	if c := columnByID(cols, sortBy); c != nil {
		sortOrder(order, rows, c, desc)
	}
	return arrangement{order}
}

func columnByID[R any](cols []Column[R], id string) *Column[R] {
	for i := range cols {
		if cols[i].ID == id {
			return &cols[i]
		}
	}
	return nil
}

// check makes the test of one term.
func check[R any](c *Column[R], t Term) func(*R) bool {
	if t.Exact {
		return func(r *R) bool { return c.Text(r) == t.Text }
	}
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
	case "known":
		return func(f model.Figure) bool { return f.Known() }
	case "not known", "unknown", "missing":
		return func(f model.Figure) bool { return !f.Known() }
	case "modelled":
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

func sortOrder[R any](order []int32, rows []R, c *Column[R], desc bool) {
	if c.Figure != nil {
		type kv struct {
			i     int32
			known bool
			v     float64
		}
		ks := make([]kv, len(order))
		for j, i := range order {
			f := c.Figure(&rows[i])
			ks[j] = kv{i, f.Known(), f.Value}
		}
		slices.SortStableFunc(ks, func(a, b kv) int {
			switch {
			case a.known != b.known:
				if a.known {
					return -1
				}
				return 1
			case desc:
				return cmp.Compare(b.v, a.v)
			}
			return cmp.Compare(a.v, b.v)
		})
		for j := range ks {
			order[j] = ks[j].i
		}
		return
	}
	key := c.Key
	if key == nil {
		key = c.Text
	}
	type kv struct {
		i int32
		s string
	}
	ks := make([]kv, len(order))
	for j, i := range order {
		ks[j] = kv{i, strings.ToLower(key(&rows[i]))}
	}
	slices.SortStableFunc(ks, func(a, b kv) int {
		if (a.s == "") != (b.s == "") { // blanks last either way
			if a.s == "" {
				return 1
			}
			return -1
		}
		if desc {
			return cmp.Compare(b.s, a.s)
		}
		return cmp.Compare(a.s, b.s)
	})
	for j := range ks {
		order[j] = ks[j].i
	}
}

// haystacks joins the texts of every row, lower-cased, for searching.
func haystacks[R any](rows []R, cols []Column[R]) []string {
	out := make([]string, len(rows))
	var b strings.Builder
	for i := range rows {
		b.Reset()
		for j := range cols {
			if cols[j].Numeric {
				continue
			}
			b.WriteString(cols[j].Text(&rows[i]))
			b.WriteByte('\n')
		}
		out[i] = strings.ToLower(b.String())
	}
	return out
}

// Choice is one value of a column and how many rows have it.
type Choice struct {
	Value string
	Count int
}

// choicesOf counts the values of a column, most frequent first.
func choicesOf[R any](rows []R, c *Column[R]) []Choice {
	n := map[string]int{}
	for i := range rows {
		n[c.Text(&rows[i])]++
	}
	out := make([]Choice, 0, len(n))
	for v, k := range n {
		out = append(out, Choice{v, k})
	}
	slices.SortFunc(out, func(a, b Choice) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return cmp.Compare(a.Value, b.Value)
	})
	return out
}
