package xlsx

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/table"
)

// shared marks a cell whose text is the number of a shared string, until the table of strings is read.
const shared table.Kind = 255

// sheet builds the rows of one worksheet while its bytes go by.
type sheet struct {
	tags
	ctx    context.Context
	in     table.Input
	t      *table.Table
	budget *table.Budget
	book   *workbook
	widest int
	lost   int // formulas without a saved result

	row     int // 1-based
	cells   []table.Cell
	col     int
	style   int
	kind    string // type attribute of the cell
	formula bool
	value   bool
	inline  strings.Builder
	inCell  bool
	phonic  int // within a phonetic run, whose text is not part of the cell
}

func newSheet(ctx context.Context, in table.Input, name sheetEntry, book *workbook, limits table.Limits) *sheet {
	s := &sheet{ctx: ctx, in: in, book: book, budget: table.NewBudget(limits),
		t: &table.Table{File: in.Name, Sheet: name.name, Format: table.FormatXLSX, Hidden: name.hidden, Date1904: book.date1904}}
	s.open, s.close = s.start, s.stop
	return s
}

func (s *sheet) start(name, tag []byte, empty bool) error {
	switch string(name) {
	case "row":
		n, err := strconv.Atoi(string(attribute(tag, "r")))
		if err != nil || n <= s.row {
			n = s.row + 1
		}
		if n > 1<<20 {
			return table.Fail(table.ErrDamaged, fmt.Sprintf("%s, sheet %s names row %d, which no sheet has. Open and save it in a spreadsheet program.", s.in.Name, s.t.Sheet, n))
		}
		for blank := min(n-s.row-1, 3); blank > 0; blank-- {
			s.t.Rows = append(s.t.Rows, table.Row{Number: n - blank}) // as many as it takes to be seen as a gap
		}
		s.row, s.col, s.cells, s.inCell, s.want = n, -1, nil, false, false
		if len(s.t.Rows) > 0 && s.widest > 0 {
			s.cells = make([]table.Cell, 0, min(s.widest, 64))
		}
		if empty {
			return s.endRow()
		}
	case "c":
		return s.startCell(tag, empty)
	case "f":
		s.formula = s.formula || s.inCell
	case "v":
		if s.inCell && !empty {
			s.value = true
			s.begin()
		}
	case "is":
		s.value = s.value || s.inCell
	case "rPh":
		if !empty {
			s.phonic++
		}
	case "t":
		if s.inCell && s.phonic == 0 && !empty {
			s.begin()
		}
	case "mergeCell":
		s.merge(attribute(tag, "ref"))
	}
	return nil
}

const maxMerged = 50_000

func (s *sheet) merge(ref []byte) {
	a, b, ok := strings.Cut(string(ref), ":")
	if !ok || len(s.t.Merged) >= maxMerged {
		return
	}
	top, left, ok1 := table.ParseAddress(a)
	bottom, right, ok2 := table.ParseAddress(b)
	if ok1 && ok2 && bottom >= top && right >= left {
		s.t.Merged = append(s.t.Merged, table.Range{Top: top, Left: left, Bottom: bottom, Right: right})
	}
}

func (s *sheet) startCell(tag []byte, empty bool) error {
	s.col++
	if _, col, ok := table.ParseAddress(string(attribute(tag, "r"))); ok {
		s.col = col
	}
	if s.col >= 1<<14 {
		return table.Fail(table.ErrTooLarge, fmt.Sprintf("%s, sheet %s has a cell in column %d; the most is %d. Delete the columns that hold nothing.", s.in.Name, s.t.Sheet, s.col+1, 1<<14))
	}
	s.style, _ = strconv.Atoi(string(attribute(tag, "s")))
	switch k := attribute(tag, "t"); string(k) {
	case "s":
		s.kind = "s"
	case "":
		s.kind = ""
	default:
		s.kind = string(k)
	}
	s.formula, s.value, s.inCell = false, false, true
	s.inline.Reset()
	s.text = s.text[:0]
	if empty {
		s.inCell = false
	}
	return nil
}

func (s *sheet) stop(name []byte) error {
	switch string(name) {
	case "v":
		if s.inCell {
			s.want = false
		}
	case "t":
		if s.inCell && s.want {
			s.inline.WriteString(s.end())
		}
	case "rPh":
		s.phonic = max(0, s.phonic-1)
	case "c":
		if s.inCell {
			s.inCell = false
			s.endCell()
		}
	case "row":
		return s.endRow()
	}
	return nil
}

// endCell puts the cell into its row.
func (s *sheet) endCell() {
	var c table.Cell
	switch s.kind {
	case "s":
		if len(s.text) > 0 {
			c = table.Cell{Text: string(s.text), Kind: shared}
		}
	case "inlineStr":
		c = words(s.inline.String())
	case "str":
		c = words(decode(s.text))
	case "b":
		if len(s.text) > 0 {
			c = table.Cell{Text: strconv.FormatBool(s.text[0] == '1' || s.text[0] == 't'), Kind: table.Bool}
		}
	case "e":
		if len(s.text) > 0 {
			c = table.Cell{Text: string(s.text), Kind: table.Failed}
		}
	case "d":
		c = words(strings.TrimSuffix(decode(s.text), "T00:00:00"))
		if c.Kind == table.Text {
			c.Kind = table.Date
		}
	default:
		if len(s.text) > 0 {
			c = s.number(decode(s.text))
		}
	}
	if c.Kind == table.Blank {
		if !s.formula || s.value {
			return
		}
		s.lost++
		c = table.Cell{Kind: table.Formula}
	} else if c.Kind == table.Text {
		c.Text = s.budget.Clip(s.t, s.row, s.col, c.Text)
	}
	for len(s.cells) < s.col {
		s.cells = append(s.cells, table.Cell{})
	}
	if len(s.cells) == s.col {
		s.cells = append(s.cells, c)
	} else {
		s.cells[s.col] = c
	}
	s.widest = max(s.widest, s.col+1)
}

func words(t string) table.Cell {
	if strings.TrimSpace(t) == "" {
		return table.Cell{}
	}
	return table.Cell{Text: t, Kind: table.Text}
}

func (s *sheet) number(v string) table.Cell {
	v = strings.TrimSpace(v)
	if _, err := strconv.ParseFloat(v, 64); err != nil {
		return words(v)
	}
	k := table.Number
	if s.style > 0 && s.book.isDate(s.style) {
		k = table.Date
	}
	return table.Cell{Text: tidy(v), Kind: k}
}

// tidy takes the noise off a number that was stored with more digits than it has: 0.30000000000000004.
func tidy(v string) string {
	if len(v) < 17 || strings.IndexByte(v, '.') < 0 || strings.ContainsAny(v, "eE") {
		return v
	}
	return round15(v)
}

func (s *sheet) endRow() error {
	if err := table.Check(s.ctx, s.row); err != nil {
		return err
	}
	if s.row%table.Every == 0 {
		s.in.Tell(s.row)
	}
	cells := s.cells
	s.cells = nil
	if len(cells) == 0 {
		cells = nil
	}
	if err := s.budget.Take(s.in.Name, s.row, cells); err != nil {
		return err
	}
	s.t.Rows = append(s.t.Rows, table.Row{Number: s.row, Cells: cells})
	return nil
}

// finish puts in the shared strings and says what was lost.
func (s *sheet) finish(strs []string) (*table.Table, error) {
	for i := range s.t.Rows {
		cells := s.t.Rows[i].Cells
		for j := range cells {
			if cells[j].Kind != shared {
				continue
			}
			n, err := strconv.Atoi(strings.TrimSpace(cells[j].Text))
			if err != nil || n < 0 || n >= len(strs) {
				return nil, table.Fail(table.ErrDamaged, fmt.Sprintf("%s is damaged: %s of sheet %s names a text that is not there. Open and save it in a spreadsheet program, and import that.", s.in.Name, table.Address(s.t.Rows[i].Number, j), s.t.Sheet))
			}
			cells[j] = words(strs[n])
			if len(strs[n]) > 32_767 {
				cells[j].Text = s.budget.Clip(s.t, s.t.Rows[i].Number, j, strs[n])
			}
		}
	}
	for len(s.t.Rows) > 0 && s.t.Rows[len(s.t.Rows)-1].Filled() == 0 {
		s.t.Rows = s.t.Rows[:len(s.t.Rows)-1]
	}
	if s.lost > 0 {
		s.t.Notes = append(s.t.Notes, table.Note{Sheet: s.t.Sheet, Column: -1,
			Message: fmt.Sprintf("%d cells hold a formula whose result was never saved; they count as blank", s.lost),
			Remedy:  "Open the workbook in a spreadsheet program, let it calculate, save it, and import it again."})
	}
	s.in.Tell(len(s.t.Rows))
	return s.t, nil
}

// stringTable reads the texts that cells share.
type stringTable struct {
	tags
	list   []string
	now    strings.Builder
	phonic int
	bytes  int64
	most   int64
	name   string
}

func newStringTable(name string, most int64) *stringTable {
	s := &stringTable{name: name, most: most}
	s.open = func(name, _ []byte, empty bool) error {
		switch string(name) {
		case "si":
			s.now.Reset()
			if empty {
				s.list = append(s.list, "")
			}
		case "rPh":
			if !empty {
				s.phonic++
			}
		case "t":
			if s.phonic == 0 && !empty {
				s.begin()
			}
		}
		return nil
	}
	s.close = func(name []byte) error {
		switch string(name) {
		case "t":
			if s.want {
				s.now.WriteString(s.end())
			}
		case "rPh":
			s.phonic = max(0, s.phonic-1)
		case "si":
			s.list = append(s.list, s.now.String())
			if s.bytes += int64(s.now.Len()) + 16; s.bytes > s.most {
				return table.Fail(table.ErrTooLarge, fmt.Sprintf("%s holds more than %d MB of text. Keep the columns you need, or split it, and import the parts.", s.name, s.most>>20))
			}
		}
		return nil
	}
	return s
}
