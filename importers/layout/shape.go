package layout

import (
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
	"github.com/planting-the-flag/flagstone/model/geo"
)

// kind is what one cell looks like.
type kind uint8

const (
	blank kind = iota
	words
	number
	date
	place // postcode, grid reference or coordinates
	code  // letters and digits without spaces
	other // true/false, links, absent values
)

func kindOf(c table.Cell) kind {
	switch {
	case c.Kind == table.Formula:
		return number
	case c.Blank():
		return blank
	case c.Kind == table.Number:
		return number
	case c.Kind == table.Date:
		return date
	case c.Kind == table.Bool, c.Kind == table.Failed:
		return other
	}
	s := units.Trim(c.Text)
	if units.Absent(s) != units.Present {
		return other
	}
	if len(s) > 60 {
		return words
	}
	if _, err := units.Quantity(s); err == nil {
		return number
	}
	if s[0] >= '0' && s[0] <= '9' || s[0] >= 'A' && s[0] <= 'Z' || s[0] >= 'a' && s[0] <= 'z' {
		if p, ok := geo.ParsePostcode(s); ok && (p.Whole() || strings.ContainsAny(s, "0123456789") && len(s) <= 4) {
			return place
		}
	}
	if hasDigit(s) {
		if _, err := units.Date(s, units.DayFirst, false); err == nil {
			return date
		}
		if _, err := geo.ParseText(s); err == nil {
			return place
		}
		if !strings.ContainsAny(s, " \t") {
			return code
		}
	}
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return other
	}
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "y", "n":
		return other
	}
	return words
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// shape is what the rows from one on look like.
type shape struct {
	rows  []table.Row
	from  int
	used  []int        // columns that hold something, in order
	typed map[int]kind // columns whose cells are mostly of one kind other than words
	usual int          // cells filled in a usual row
	known func(string) bool
	fixed int // header row chosen by the user
	sets  []map[string]bool
}

const sampleRows = 240

func profile(rows []table.Row, from int, opt Options) *shape {
	p := &shape{rows: rows, from: from, typed: map[int]kind{}, known: opt.Known, fixed: opt.HeaderRow}
	for _, names := range opt.Headers {
		set := map[string]bool{}
		for _, n := range names {
			set[plain(n)] = true
		}
		p.sets = append(p.sets, set)
	}
	counts := map[int]map[kind]int{}
	var fills []int
	step := max(1, (len(rows)-from)/sampleRows)
	gap := 0
	for i := from; i < len(rows); {
		filled := 0
		for c, cell := range rows[i].Cells {
			k := kindOf(cell)
			if k == blank {
				continue
			}
			filled++
			if counts[c] == nil {
				counts[c] = map[kind]int{}
			}
			counts[c][k]++
		}
		if filled == 0 {
			gap++
		} else {
			gap = 0
		}
		if gap >= 3 && step == 1 && len(fills) > 2 {
			break // a small table ends here; what follows is judged by itself
		}
		if filled > 0 {
			fills = append(fills, filled)
		}
		if i < from+30 {
			i++ // the beginning is looked at row by row
		} else {
			i += step
		}
	}
	sort.Ints(fills)
	if len(fills) > 0 {
		p.usual = fills[len(fills)*3/4]
	}
	for c, ks := range counts {
		p.used = append(p.used, c)
		n, best, bestKind := 0, 0, blank
		for k, m := range ks {
			if k == other {
				continue
			}
			n += m
			if m > best || (m == best && k > bestKind) {
				best, bestKind = m, k
			}
		}
		// A header, a unit and a footer may stand in the way of a short table's column.
		if bestKind != words && bestKind != blank && (best*10 >= n*7 || (n <= 6 && best*2 >= n)) && best >= 1 {
			p.typed[c] = bestKind
		}
	}
	sort.Ints(p.used)
	return p
}
