package layout

import (
	"fmt"
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
)

// name builds the columns from the rows of the header.
func (b *Block) name(p *shape, head []int) {
	var filled usedColumns
	for i := range b.Rows {
		if !filled.all(&b.Rows[i]) {
			filled.add(&b.Rows[i])
		}
	}
	labels := map[int][]string{}
	for n, h := range head {
		r := p.rows[h]
		text := map[int]string{}
		for c, cell := range r.Cells {
			if !cell.Blank() {
				text[c] = strings.Join(strings.Fields(cell.Text), " ")
			}
		}
		if n < len(head)-1 {
			spread(text, p, h, head[len(head)-1])
		}
		for c, s := range text {
			if l := labels[c]; len(l) == 0 || !strings.EqualFold(l[len(l)-1], s) {
				labels[c] = append(labels[c], s)
			}
		}
	}
	seen := map[int]bool{}
	for c := range labels {
		seen[c] = true
	}
	for c, is := range filled.used {
		if is {
			seen[c] = true
		}
	}
	order := make([]int, 0, len(seen))
	for c := range seen {
		order = append(order, c)
	}
	sort.Ints(order)
	used := map[string]int{}
	for _, c := range order {
		col := Column{Index: c, Name: strings.Join(labels[c], " – ")}
		if col.Name == "" {
			if !filled.has(c) {
				continue
			}
			col.Name = fmt.Sprintf("Column %s", table.ColumnName(c))
			col.Base = ""
		} else {
			u, rest, ok := units.InHeader(col.Name)
			col.Base = strings.Trim(rest, " –-:,")
			if ok {
				col.Unit = u
			}
			if col.Base == "" {
				col.Base = col.Name
			}
		}
		key := strings.ToLower(col.Name)
		used[key]++
		if used[key] > 1 {
			col.Name = fmt.Sprintf("%s (%d)", col.Name, used[key])
		}
		b.Columns = append(b.Columns, col)
	}
}

// spread carries the text of an upper header row over the columns it stands above: those of its merged cell, or, in a file without
// merged cells, the blank ones to its right that have a lower header of their own.
func spread(text map[int]string, p *shape, h, lowest int) {
	low := p.rows[lowest]
	current := ""
	for _, c := range p.used {
		if s, ok := text[c]; ok {
			current = s
			if low.At(c).Blank() {
				current = "" // it names its own column and no group
			}
			continue
		}
		if current != "" && !low.At(c).Blank() {
			text[c] = current
		}
	}
}

// usedColumns gathers which columns hold something.
type usedColumns struct {
	used []bool
	n    int // of them
}

// all says whether every column that a row could add is known already: so it is soon, and most rows need no look.
func (u *usedColumns) all(r *table.Row) bool { return u.n == len(u.used) && len(r.Cells) <= u.n }

func (u *usedColumns) has(c int) bool { return c < len(u.used) && u.used[c] }

func (u *usedColumns) add(r *table.Row) {
	for c := range r.Cells {
		if u.has(c) || r.Cells[c].Blank() {
			continue
		}
		for len(u.used) <= c {
			u.used = append(u.used, false)
		}
		u.used[c] = true
		u.n++
	}
}
