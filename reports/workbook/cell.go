package workbook

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// kind says what a cell holds.
type kind uint8

const (
	empty kind = iota
	number
	words
	truth
)

// cell is one cell: a constant, or a formula with the value it comes to.
type cell struct {
	style style
	kind  kind
	f     string // formula without the equals sign; empty for a constant
	n     float64
	s     string
}

func txt(st style, s string) cell             { return cell{style: st, kind: words, s: s} }
func num(st style, v float64) cell            { return cell{style: st, kind: number, n: v} }
func calc(st style, f string, v float64) cell { return cell{style: st, kind: number, f: f, n: v} }
func blank(st style) cell                     { return cell{style: st} }
func calcTruth(st style, f string, v bool) cell {
	c := cell{style: st, kind: truth, f: f}
	if v {
		c.n = 1
	}
	return c
}

// sheet is one sheet in the making. Small sheets hold their cells in grid;
// a sheet of streams writes its rows itself.
type sheet struct {
	name   string
	grid   [][]cell // grid[r-1][c-1]
	stream func(*rowWriter) error

	widths   map[int]float64
	heights  map[int]float64
	frozen   [2]int // rows and columns that stay in sight
	titles   int    // rows repeated on every printed page
	portrait bool
	wide     int               // pages side by side in print; 0 means one
	sides    string            // columns repeated on every page, "$A:$C"
	breaks   []int             // rows that begin a printed page
	links    map[string]string // cell → place in this book
	charts   []placed
	tables   []table
	lists    []list
	shades   []string // ranges whose TRUE or FALSE is also shaded
	lastRow  int
	lastCol  int
	tab      string
}

// table is a range that spreadsheets know as a table, with its column heads.
type table struct {
	name       string
	row, col   int
	rows, cols int
	heads      []string
}

// list is a drop-down of allowed values, written out or taken from a range.
type list struct {
	ref    string
	values []string
	from   string
}

func newSheet(name string) *sheet {
	return &sheet{name: name, widths: map[int]float64{}, heights: map[int]float64{}, links: map[string]string{}}
}

// put sets one cell.
func (s *sheet) put(r, c int, x cell) {
	for len(s.grid) < r {
		s.grid = append(s.grid, nil)
	}
	row := s.grid[r-1]
	for len(row) < c {
		row = append(row, cell{})
	}
	row[c-1] = x
	s.grid[r-1] = row
	s.lastRow, s.lastCol = max(s.lastRow, r), max(s.lastCol, c)
}

// row puts cells side by side from column c on.
func (s *sheet) row(r, c int, cells ...cell) {
	for i, x := range cells {
		s.put(r, c+i, x)
	}
}

// wrapped puts a long text into a cell of its own width and makes the row high
// enough for it.
func (s *sheet) wrapped(r, c int, text string) {
	s.put(r, c, txt(stTextWrap, text))
	width := s.widths[c]
	if width == 0 {
		width = 10
	}
	lines := 1 + int(float64(len([]rune(text)))/(width*1.05))
	s.heights[r] = max(s.heights[r], min(13.5*float64(lines)+1, 400))
}

// heads puts column heads.
func (s *sheet) heads(r, c int, labels ...string) {
	for i, l := range labels {
		s.put(r, c+i, txt(stHead, l))
	}
}

// at returns a cell, or an empty one.
func (s *sheet) at(r, c int) cell {
	if r < 1 || r > len(s.grid) || c < 1 || c > len(s.grid[r-1]) {
		return cell{}
	}
	return s.grid[r-1][c-1]
}

// out is an absolute reference to a cell from another sheet.
func (s *sheet) out(r, c int) string { return quoted(s.name) + abs(r, c) }

// check refuses what a cell cannot hold.
func (s *sheet) check() error {
	for r, row := range s.grid {
		for c, x := range row {
			switch x.kind {
			case words:
				if err := tooLong(fmt.Sprintf("cell %s of sheet %s", a1(r+1, c+1), s.name), x.s); err != nil {
					return err
				}
			case number:
				if !model.Finite(x.n) {
					return model.Invalid("workbook", fmt.Sprintf("cell %s of sheet %s is not a number (%v); the workbook was not written", a1(r+1, c+1), s.name, x.n))
				}
			}
			if len(x.f) > 8192 {
				return model.Invalid("workbook", fmt.Sprintf("the formula of cell %s of sheet %s has %d characters; a cell holds 8,192", a1(r+1, c+1), s.name, len(x.f)))
			}
		}
	}
	return nil
}
