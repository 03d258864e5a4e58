package importers

import (
	"fmt"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/layout"
	"github.com/planting-the-flag/flagstone/importers/mapping"
	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
)

// A long table has one measure a row: "Town Hall, floor area, 1200, m²". The stated rule by which it is turned wide:
//
//   - one column is headed measure, metric, attribute, indicator, item or the like, and holds 2 to 60 different names that recur;
//   - one column is headed value, amount, figure or the like; a column of units joins its values;
//   - another column names the building: with the measure, and the year where there is one, it tells every row apart; of several
//     years the latest of each measure counts;
//   - at least two of the measures, and a third of them, are fields that Flagstone has.
//
// Then a building becomes one row with a column for each measure. Meter readings, which have a date each, and counts of people stay as
// they are: their own readers add them up.

// wide is what a long block was turned into.
type wide struct {
	block  *layout.Block
	folded map[int][]int // row number of the wide row → the other rows that are in it
}

const mostMeasures = 60

// withUnits joins a column of units to the one column of values, so that every value carries its own.
func withUnits(b *layout.Block) *layout.Block {
	unit := headed(b, "unit", "units", "uom")
	value := headed(b, "value", "amount", "figure", "quantity", "reading", "consumption", "usage", "result")
	if unit < 0 || value < 0 || unit == value {
		return b
	}
	ui, vi := b.Columns[unit].Index, b.Columns[value].Index
	known, all := 0, 0
	for i := range b.Rows {
		if s := words(b.Rows[i].At(ui)); s != "" {
			all++
			if _, ok := units.Look(s); ok {
				known++
			}
		}
	}
	if known == 0 || known*10 < all*5 {
		return b
	}
	out := *b
	out.Rows = make([]table.Row, len(b.Rows))
	for i, r := range b.Rows {
		out.Rows[i] = r
		s := words(r.At(ui))
		if _, ok := units.Look(s); !ok || r.At(vi).Blank() {
			continue
		}
		if _, err := units.Number(r.At(vi).Text); err != nil {
			continue
		}
		cells := append([]table.Cell(nil), r.Cells...)
		cells[vi] = table.Cell{Text: units.Trim(r.At(vi).Text) + " " + s, Kind: table.Text}
		out.Rows[i].Cells = cells
	}
	return &out
}

// headed finds the only column whose header has one of the words, -1 when none or several do.
func headed(b *layout.Block, words ...string) int {
	at := -1
	for i, c := range b.Columns {
		if hasWord(c.Name, words...) {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// turn makes a long block wide, or says that it is none.
func turn(b *layout.Block) (*wide, bool) {
	if len(b.Header) == 0 || len(b.Rows) < 4 || len(b.Columns) < 3 {
		return nil, false
	}
	measure := headed(b, "measure", "metric", "attribute", "indicator", "item", "variable", "parameter", "kpi", "field", "category")
	value := headed(b, "value", "amount", "figure", "quantity", "result")
	if measure < 0 || value < 0 || measure == value {
		return nil, false
	}
	mi, vi := b.Columns[measure].Index, b.Columns[value].Index
	var names []string
	place := map[string]int{}
	for i := range b.Rows {
		key := strings.ToLower(words(b.Rows[i].At(mi)))
		if _, ok := place[key]; key == "" || ok {
			continue
		}
		if len(names) == mostMeasures {
			return nil, false
		}
		place[key] = len(names)
		names = append(names, words(b.Rows[i].At(mi)))
	}
	if len(names) < 2 || len(b.Rows) < 2*len(names) && len(b.Rows) < 2*mostMeasures && len(b.Rows) < len(names)+2 {
		return nil, false
	}
	skip := map[int]bool{measure: true, value: true}
	if u := headed(b, "unit", "units", "uom"); u >= 0 {
		skip[u] = true
	}
	for i, c := range b.Columns {
		if hasWord(c.Name, "date", "month", "period") && !hasWord(c.Name, "lease", "expiry") {
			return nil, false // readings
		}
		if hasWord(c.Name, "unit", "units", "uom", "note", "notes", "source") {
			skip[i] = true
		}
	}
	keys := keyColumns(b, skip, mi)
	if keys == nil {
		return nil, false
	}
	w := fold(b, skip, keys, mi, vi, names, place)
	m := mapping.Look(w.block).Suggest(mapping.Assets, mapping.Hints{})
	who, _ := evidence(m)
	found := 0
	for _, c := range m.Columns[len(m.Columns)-len(names):] {
		if c.Role == mapping.Mapped {
			found++
		}
	}
	if who == 0 || found < 2 || found*3 < len(names) {
		return nil, false
	}
	return w, true
}

// keyColumns finds the column that with the measure tells rows apart, with the column of years when it takes both.
func keyColumns(b *layout.Block, skip map[int]bool, mi int) []int {
	year := headed(b, "year")
	for _, more := range [][]int{nil, {year}} {
		if len(more) > 0 && year < 0 {
			break
		}
		best, most := -1, 1
		for i, c := range b.Columns {
			if skip[i] || i == year {
				continue
			}
			seen, own := map[string]bool{}, map[string]bool{}
			for r := range b.Rows {
				key := words(b.Rows[r].At(c.Index))
				own[key] = true
				for _, y := range more {
					key += "\x00" + words(b.Rows[r].At(b.Columns[y].Index))
				}
				seen[key+"\x00"+strings.ToLower(words(b.Rows[r].At(mi)))] = true
			}
			// Of columns that do, the one with the most names, and of equals the first.
			if len(seen)*100 >= len(b.Rows)*95 && len(own) > most && len(own)*2 <= len(b.Rows)+1 {
				best, most = i, len(own)
			}
		}
		if best >= 0 {
			return append([]int{best}, more...)
		}
	}
	return nil
}

func fold(b *layout.Block, skip map[int]bool, keys []int, mi, vi int, names []string, place map[string]int) *wide {
	out := *b
	out.Rows, out.Columns = nil, nil
	out.Turned = true
	width := 0
	for i, c := range b.Columns {
		if !skip[i] {
			out.Columns = append(out.Columns, c)
		}
		width = max(width, c.Index+1)
	}
	for i, n := range names {
		c := layout.Column{Index: width + i, Name: n, Base: n}
		if u, rest, ok := units.InHeader(n); ok {
			c.Unit, c.Base = u, strings.Trim(rest, " –-:,")
		}
		out.Columns = append(out.Columns, c)
	}
	w := &wide{block: &out, folded: map[int][]int{}}
	at := map[string]int{}
	latest := map[[2]int]string{} // wide row and measure → year of its value
	for _, r := range b.Rows {
		key := words(r.At(b.Columns[keys[0]].Index))
		year := ""
		if len(keys) > 1 {
			year = words(r.At(b.Columns[keys[1]].Index))
		}
		i, ok := at[key]
		if !ok {
			i = len(out.Rows)
			at[key] = i
			cells := make([]table.Cell, width+len(names))
			copy(cells, r.Cells)
			cells[mi], cells[vi] = table.Cell{}, table.Cell{}
			out.Rows = append(out.Rows, table.Row{Number: r.Number, Cells: cells})
		} else {
			w.folded[out.Rows[i].Number] = append(w.folded[out.Rows[i].Number], r.Number)
		}
		n, ok := place[strings.ToLower(words(r.At(mi)))]
		if !ok || r.At(vi).Blank() {
			continue
		}
		if cell := &out.Rows[i].Cells[width+n]; cell.Blank() || year > latest[[2]int{i, n}] {
			*cell, latest[[2]int{i, n}] = r.At(vi), year
		}
		if len(keys) > 1 {
			if y := &out.Rows[i].Cells[b.Columns[keys[1]].Index]; year > words(*y) {
				*y = r.At(b.Columns[keys[1]].Index)
			}
		}
	}
	return w
}

// long turns a block wide where it is long; it is the block itself, with its units joined, where it is not.
func (r *run) long(b *layout.Block) *wide {
	b = withUnits(b)
	if r.opt.Kind == "" || r.opt.Kind == mapping.Assets {
		if w, ok := turn(b); ok {
			return w
		}
	}
	return &wide{block: b}
}

// turned says that a table was turned, and books the rows that became part of others.
func (r *run) turned(w *wide) {
	if !w.block.Turned {
		return
	}
	n := len(w.block.Rows)
	for _, row := range w.block.Rows {
		for _, folded := range w.folded[row.Number] {
			n++
			r.res.Counts.Rows++
			r.merge(w.block, folded, mapping.Choice{}, "", "another measure of the same building", fmt.Sprintf("row %d", row.Number))
		}
	}
	r.res.Findings = append(r.res.Findings, noteOf(w.block, fmt.Sprintf("the table has one measure a row; its %d rows were turned into %d, one for each building, with a column for each measure", n, len(w.block.Rows)),
		"Check that each measure is mapped as it is meant."))
}
