package workbook

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
)

// Columns of every sheet with a row a line and a column a year: a year stands
// in the same column of each of them.
const (
	colLabel = 1
	colKey   = 2
	colUnit  = 3
	colTotal = 4
	colPV    = 5
	colNote  = 6
	colYear  = 7
)

// Rows of the heads of such a sheet.
const (
	rowTitle     = 1
	rowSubtitle  = 2
	rowIndex     = 4 // year of the appraisal, from 0
	rowYear      = 5 // financial year as a number
	rowHead      = 6
	rowFirstData = 7
)

// yearRow is a row of yearly values that other formulas refer to.
type yearRow struct {
	sheet *sheet
	row   int
	v     []float64
}

// in is the cell of year j as the same sheet writes it, out as another does.
func (y yearRow) in(j int) string { return rowAbs(y.row, colYear+j) }
func (y yearRow) out(j int) string {
	return quoted(y.sheet.name) + rowAbs(y.row, colYear+j)
}

// span is the whole row as the same sheet writes it, outSpan as another does.
func (y yearRow) span() string {
	return fmt.Sprintf("%s:%s", colAbs(y.row, colYear), colAbs(y.row, colYear+len(y.v)-1))
}
func (y yearRow) outSpan() string {
	return fmt.Sprintf("%s%s:%s", quoted(y.sheet.name), abs(y.row, colYear), abs(y.row, colYear+len(y.v)-1))
}

// spot is a single result that other formulas refer to.
type spot struct {
	sheet    *sheet
	row, col int
	v        float64
}

func (p spot) out() string { return p.sheet.out(p.row, p.col) }
func (p spot) in() string  { return abs(p.row, p.col) }

// yearSheet begins a sheet with a column a year. The years are taken by
// formula from Factors.
func (b *builder) yearSheet(name, title, subtitle string) *sheet {
	s := newSheet(name)
	s.put(rowTitle, 1, txt(stTitle, title))
	s.put(rowSubtitle, 1, txt(stSubtitle, subtitle))
	s.frozen, s.titles = [2]int{rowHead, colUnit}, rowHead
	s.widths[colLabel], s.widths[colKey], s.widths[colUnit] = 62, 24, 11
	s.widths[colTotal], s.widths[colPV], s.widths[colNote] = 15, 15, 3
	s.wide, s.sides = (b.years+14)/15, "$A:$C"
	s.heads(rowHead, colLabel, "Line", "Key", "Unit", "", "", "")
	s.put(rowHead, colTotal, txt(stHeadRight, "Total"))
	s.put(rowHead, colPV, txt(stHeadRight, "Present value"))
	s.put(rowIndex, colLabel, txt(stNote, "Year of the appraisal"))
	s.put(rowYear, colLabel, txt(stNote, "Financial year beginning in April of"))
	for j := range b.years {
		s.widths[colYear+j] = 12.5
		if b.factors == nil { // this is Factors itself
			s.put(rowHead, colYear+j, txt(stHeadRight, model.FinancialYear(b.cmp.BaseYear+j)))
			continue
		}
		f := quoted(b.factors.name)
		s.put(rowIndex, colYear+j, calc(stYear, f+rowAbs(rowIndex, colYear+j), float64(j)))
		s.put(rowYear, colYear+j, calc(stYear, f+rowAbs(rowYear, colYear+j), float64(b.cmp.BaseYear+j)))
		s.put(rowHead, colYear+j, txt(stHeadRight, model.FinancialYear(b.cmp.BaseYear+j)))
	}
	return s
}

// line writes a row of yearly formulas with its label, key and unit. With a
// total it also adds the years up.
func (b *builder) line(s *sheet, r int, label, key, unit string, st style, total bool, f func(j int) (string, float64)) yearRow {
	lab := stLabel
	if isOut(st) {
		lab = stOutLabel
	}
	s.row(r, colLabel, txt(lab, label), txt(lab, key), txt(lab, unit))
	if lab == stOutLabel {
		s.row(r, colTotal, blank(stOut), blank(stOut), blank(stOut))
	}
	y := yearRow{sheet: s, row: r, v: make([]float64, b.years)}
	sum := 0.0
	for j := range b.years {
		text, v := f(j)
		y.v[j] = v
		sum += v
		s.put(r, colYear+j, calc(st, text, v))
	}
	if total {
		s.put(r, colTotal, calc(st, "SUM("+y.span()+")", sum))
	}
	return y
}

// present adds the present value of a row of real pounds.
func (b *builder) present(y yearRow, st style) spot {
	v := dot(y.v, b.discount.v)
	y.sheet.put(y.row, colPV, calc(st, fmt.Sprintf("SUMPRODUCT(%s,%s)", y.span(), b.discount.outSpan()), v))
	return spot{y.sheet, y.row, colPV, v}
}

func dot(a, b []float64) float64 {
	t := 0.0
	for i := range a {
		t += a[i] * b[i]
	}
	return t
}

// section writes the heading of a block across the sheet.
func (b *builder) section(s *sheet, r int, title string, cols int) {
	for c := 1; c <= cols; c++ {
		s.put(r, c, blank(stSection))
	}
	s.put(r, 1, txt(stSection, title))
}

// block writes the heading of a block across a sheet of years.
func (b *builder) block(s *sheet, r int, title string) {
	b.section(s, r, title, colYear+b.years-1)
}
