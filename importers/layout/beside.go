package layout

import (
	"strings"

	"github.com/planting-the-flag/flagstone/importers/table"
)

// beside splits a sheet on which tables stand side by side. The stated rule: blank columns part the sheet into groups of at least two
// columns; in one row every group has headers, one of which names things (a building, a team); and either a header occurs in two
// groups or some rows fill one group and not another. Otherwise blank columns are only spaces within one table.
func beside(t *table.Table, opt Options) []*table.Table {
	groups := columnGroups(t.Rows)
	if len(groups) < 2 || opt.Names == nil {
		return []*table.Table{t}
	}
	head := -1
	for i := range t.Rows[:min(len(t.Rows), 40)] {
		if everyGroupIsHeaded(t.Rows[i], groups, opt) {
			head = i
			break
		}
	}
	if head < 0 || !apart(t.Rows[head:], groups) {
		return []*table.Table{t}
	}
	var out []*table.Table
	for _, g := range groups {
		part := *t
		part.Rows = nil
		for _, r := range t.Rows {
			cells := make([]table.Cell, min(len(r.Cells), g.to+1))
			if len(r.Cells) > g.from {
				copy(cells[g.from:], r.Cells[g.from:])
			}
			part.Rows = append(part.Rows, table.Row{Number: r.Number, Cells: cells, Shape: r.Shape})
		}
		out = append(out, &part)
	}
	return out
}

type span struct{ from, to int }

// columnGroups finds the runs of at least two columns that hold something in rows of more than one cell; a lone column belongs to
// no group and spoils the split.
func columnGroups(rows []table.Row) []span {
	var u usedColumns
	for i := range rows {
		if u.all(&rows[i]) || rows[i].Filled() < 2 {
			continue
		}
		u.add(&rows[i])
	}
	used := u.used
	var out []span
	for c := 0; c < len(used); c++ {
		if !used[c] {
			continue
		}
		from := c
		for c+1 < len(used) && used[c+1] {
			c++
		}
		if c == from {
			return nil
		}
		out = append(out, span{from, c})
	}
	return out
}

func everyGroupIsHeaded(r table.Row, groups []span, opt Options) bool {
	for _, g := range groups {
		known, filled, names := 0, 0, false
		for c := g.from; c <= g.to; c++ {
			cell := r.At(c)
			if cell.Blank() {
				continue
			}
			filled++
			if opt.Known(cell.Text) {
				known++
			}
			names = names || opt.Names(cell.Text)
		}
		if filled < 2 || known*2 < filled || !names {
			return false
		}
	}
	return true
}

// apart says whether the groups are tables of their own, given the rows from the header on.
func apart(rows []table.Row, groups []span) bool {
	seen := map[string]int{}
	for n, g := range groups {
		for c := g.from; c <= g.to; c++ {
			if s := plain(rows[0].At(c).Text); s != "" {
				if m, ok := seen[s]; ok && m != n {
					return true
				}
				seen[s] = n
			}
		}
	}
	for _, r := range rows[1:] {
		if r.Filled() < 2 {
			continue
		}
		full, blank := false, false
		for _, g := range groups {
			any := false
			for c := g.from; c <= g.to; c++ {
				any = any || strings.TrimSpace(r.At(c).Text) != ""
			}
			full, blank = full || any, blank || !any
		}
		if full && blank {
			return true
		}
	}
	return false
}
