// Package layout finds the tables within a sheet: where the header is (none, one row or several), which rows are data, and which
// are titles, units, headings, totals, notes or the header again.
//
// It works from the shape of the cells – a column of numbers has words above it – and from a list of words that headers are made of,
// which the caller supplies. It does not know what any column means.
package layout

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
)

// Column is one column of a block.
type Column struct {
	Index int        // 0-based column of the sheet
	Name  string     // the whole header, several rows joined by " – "; "Column C" when there is none
	Base  string     // the header without its unit
	Unit  units.Unit // the unit the header states; zero when it states none
}

// Letter is the column's name in a spreadsheet program.
func (c Column) Letter() string { return table.ColumnName(c.Index) }

// Skipped is a row that is not data.
type Skipped struct {
	Row    int // 1-based
	Reason string
}

// Block is one table found within a sheet.
type Block struct {
	Table    *table.Table
	Title    string   // text above the header
	Header   []int    // 1-based rows of the header; empty when there is none
	Columns  []Column // only the columns that hold something
	Rows     []table.Row
	Sections map[int]string // row number → the heading within the table under which it stands
	Skipped  []Skipped
	Turned   bool // made of a table with one measure a row: a row's number is that of its first
}

// Options tune the search.
type Options struct {
	// Known says whether a header of these words is one that tables of buildings, people or services have.
	Known func(header string) bool
	// Names says whether a header is that of a column which names things: buildings, teams, areas.
	Names func(header string) bool
	// Headers are the headers of layouts that are known: a row that holds most of one of them is the header.
	Headers [][]string
	// HeaderRow is the 1-based row of the header when the user has chosen it; 0 to find it, -1 when there is none.
	HeaderRow int
}

// Sheet is the outcome of looking at one sheet.
type Sheet struct {
	Table  *table.Table
	Blocks []Block
	Passed string // why the sheet was passed over; empty when it was not
}

// Find looks for tables in a sheet.
func Find(t *table.Table, opt Options) Sheet {
	out := Sheet{Table: t}
	if opt.Known == nil {
		opt.Known = func(string) bool { return false }
	}
	rows := t.Rows
	if len(rows) == 0 || !anyFilled(rows) {
		out.Passed = "it is empty"
		return out
	}
	if reason := pivot(rows); reason != "" {
		out.Passed = reason
		return out
	}
	for _, part := range beside(t, opt) {
		for from := 0; from < len(part.Rows); {
			b, next := findBlock(part, part.Rows, from, opt)
			if b != nil && len(b.Rows) > 0 {
				out.Blocks = append(out.Blocks, *b)
			}
			if next <= from {
				break
			}
			from = next
		}
	}
	if len(out.Blocks) == 0 {
		out.Passed = "it holds text but no table"
	}
	return out
}

func anyFilled(rows []table.Row) bool {
	for i := range rows {
		if rows[i].Filled() > 0 {
			return true
		}
	}
	return false
}

// pivot recognises a pivot table or a summary by the words such sheets are written with.
func pivot(rows []table.Row) string {
	signs := 0
	for i := range rows[:min(len(rows), 40)] {
		for _, c := range rows[i].Cells {
			switch low := strings.ToLower(strings.TrimSpace(c.Text)); {
			case low == "row labels", low == "column labels":
				signs += 3
			case low == "grand total", strings.HasPrefix(low, "sum of "), strings.HasPrefix(low, "count of "), strings.HasPrefix(low, "average of "), low == "(multiple items)":
				signs++
			}
		}
	}
	if signs >= 3 {
		return "it is a pivot table or a summary of other rows; import the sheet it was made from"
	}
	return ""
}

// findBlock finds the first table at or after a row, and where to look on.
func findBlock(t *table.Table, rows []table.Row, from int, opt Options) (*Block, int) {
	for from < len(rows) && rows[from].Filled() == 0 {
		from++
	}
	if from >= len(rows) {
		return nil, len(rows)
	}
	p := profile(rows, from, opt)
	head, first := p.header(t)
	b := &Block{Table: t, Sections: map[int]string{}}
	for i := from; i < len(rows) && (len(head) == 0 && i < first || len(head) > 0 && i < head[0]); i++ {
		if rows[i].Filled() > 0 {
			b.Title = strings.TrimSpace(b.Title + " " + firstText(rows[i]))
			b.Skipped = append(b.Skipped, Skipped{rows[i].Number, "a title above the table"})
		}
	}
	for _, i := range head {
		b.Header = append(b.Header, rows[i].Number)
	}
	next := b.take(p, head, first, opt)
	b.name(p, head)
	return b, next
}

func firstText(r table.Row) string {
	for _, c := range r.Cells {
		if !c.Blank() {
			return strings.TrimSpace(c.Text)
		}
	}
	return ""
}

// take walks the rows below the header and keeps the data. It stops where another table begins.
func (b *Block) take(p *shape, head []int, first int, opt Options) int {
	rows := p.rows
	var names table.Row
	if len(head) > 0 {
		names = rows[head[len(head)-1]]
	}
	b.Rows = make([]table.Row, 0, len(rows)-first)
	section, gap := "", 0
	next := len(rows)
	for i := first; i < len(rows); i++ {
		r := rows[i]
		filled := r.Filled()
		if filled == 0 {
			gap++
			continue
		}
		if gap > 0 && i > first && (p.startsTable(i, names, opt) || filled == 1 && i+1 < len(rows) && p.startsTable(i+1, names, opt)) {
			next = i
			break
		}
		switch {
		case len(head) > 0 && filled >= 2 && repeats(r, names):
			b.Skipped = append(b.Skipped, Skipped{r.Number, "the header again"})
		case total(r, p):
			b.Skipped = append(b.Skipped, Skipped{r.Number, "a total of other rows"})
		case filled == 1 && p.usual >= 4 && onlyWords(r):
			text := firstText(r)
			last := lastFilled(rows, i)
			switch {
			case last || noteWords(text):
				b.Skipped = append(b.Skipped, Skipped{r.Number, fmt.Sprintf("a note: %q", clip(text))})
			default:
				section = text
				b.Skipped = append(b.Skipped, Skipped{r.Number, fmt.Sprintf("a heading within the table: %q", clip(text))})
			}
		case filled <= 2 && p.usual >= 5 && noteWords(firstText(r)):
			b.Skipped = append(b.Skipped, Skipped{r.Number, fmt.Sprintf("a note: %q", clip(firstText(r)))})
		default:
			b.Rows = append(b.Rows, r)
			if section != "" {
				b.Sections[r.Number] = section
			}
		}
		gap = 0
	}
	return next
}

// onlyWords says whether a row holds no number, date or code.
func onlyWords(r table.Row) bool {
	for _, c := range r.Cells {
		if !c.Blank() && kindOf(c) != words {
			return false
		}
	}
	return true
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// lastFilled says whether no wide row follows.
func lastFilled(rows []table.Row, i int) bool {
	for j := i + 1; j < len(rows) && j < i+200; j++ {
		if rows[j].Filled() > 1 {
			return false
		}
	}
	return true
}

// repeats says whether a row is the header again, as at the top of every printed page.
func repeats(r, header table.Row) bool {
	same, n := 0, 0
	for i, c := range r.Cells {
		if c.Blank() {
			continue
		}
		n++
		if strings.EqualFold(strings.TrimSpace(c.Text), strings.TrimSpace(header.At(i).Text)) {
			same++
		} else if n > 4 && same == 0 {
			return false
		}
	}
	return n > 1 && same*10 >= n*8
}

func noteWords(s string) bool {
	low := strings.ToLower(strings.TrimSpace(s))
	for _, p := range []string{"note", "source:", "source ", "©", "(c)", "* ", "**", "crown copyright", "contains ", "key:", "total", "end of", "prepared by", "data as at", "disclaimer", "this "} {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	return false
}

// bare is a text without the blanks, colons and stars around it.
func bare(s string) string {
	for s != "" && (s[0] == ' ' || s[0] == ':' || s[0] == '*') {
		s = s[1:]
	}
	for s != "" && (s[len(s)-1] == ' ' || s[len(s)-1] == ':' || s[len(s)-1] == '*') {
		s = s[:len(s)-1]
	}
	return s
}

// total recognises a row of sums: the word, few other words, and numbers.
func total(r table.Row, p *shape) bool {
	word, exact := false, false
	for i := range r.Cells {
		c := &r.Cells[i]
		if len(c.Text) > 60 || len(c.Text) < 3 {
			continue
		}
		text := bare(c.Text)
		if !maybeTotal(text) {
			continue
		}
		switch low := strings.ToLower(text); {
		case low == "total", low == "totals", low == "grand total", low == "sub total", low == "subtotal", low == "sub-total", low == "overall total", low == "sum", low == "average", low == "mean":
			word, exact = true, true
		case strings.HasPrefix(low, "total "), strings.HasPrefix(low, "subtotal "), strings.HasSuffix(low, " total"), strings.HasPrefix(low, "grand total"):
			word = true
		}
	}
	if !word {
		return false
	}
	filled := r.Filled()
	if filled >= max(3, p.usual) && !exact {
		return false // a row as full as the others is one of them, unless it is called nothing but total
	}
	words, numbers := 0, 0
	for _, c := range r.Cells {
		switch {
		case c.Blank():
		case kindOf(c) == number:
			numbers++
		default:
			words++
		}
	}
	if exact && filled >= max(3, p.usual) {
		return words == 1 && numbers > 0
	}
	return words <= 2 && (numbers > 0 || filled <= 2)
}

// maybeTotal says whether a text may be one of the words for sums, by its beginning and end: every cell is asked.
func maybeTotal(s string) bool {
	begins := func(w string) bool { return len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) }
	if len(s) < 3 {
		return false
	}
	switch s[0] | 0x20 {
	case 't':
		return begins("total") || ends(s, "total")
	case 's':
		return begins("sub") || begins("sum") || ends(s, "total")
	case 'g':
		return begins("grand") || ends(s, "total")
	case 'a':
		return begins("average") || ends(s, "total")
	case 'm':
		return begins("mean") || ends(s, "total")
	}
	return ends(s, "total")
}

func ends(s, w string) bool {
	return len(s) >= len(w) && s[len(s)-1]|0x20 == w[len(w)-1] && strings.EqualFold(s[len(s)-len(w):], w)
}

// startsTable says whether, after a blank row, another table begins at row i: words where the table above had values, and
// rows of values below.
func (p *shape) startsTable(i int, names table.Row, opt Options) bool {
	r := p.rows[i]
	if repeats(r, names) {
		return false
	}
	known, filled := 0, 0
	for _, c := range r.Cells {
		if c.Blank() {
			continue
		}
		filled++
		is := opt.Known(c.Text)
		if kindOf(c) != words && !is {
			return false
		}
		if is {
			known++
		}
	}
	if filled < 2 || known*2 < filled {
		return false
	}
	return i+1 < len(p.rows) && p.rows[i+1].Filled() >= 2
}
