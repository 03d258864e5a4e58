package workbook

import (
	"fmt"
	"sort"
	"strings"
)

// calculations finds cells of the small sheets in which a formula was sent and
// something else came back.
func (d *differ) calculations() error {
	for _, s := range d.sent.sheets {
		if s.stream != nil {
			continue
		}
		name, ok := d.found[s.name]
		if !ok {
			continue
		}
		if err := d.ctx.Err(); err != nil {
			return err
		}
		a, err := d.align(s, name)
		if err != nil {
			return err
		}
		lost := 0
		for r := 1; r <= len(s.grid); r++ {
			row, there := a.row[r]
			n := 0
			for c := 1; c <= len(s.grid[r-1]); c++ {
				if x := s.at(r, c); x.f == "" {
					continue
				}
				n++
				if !there {
					continue
				}
				y := a.cells[row][c]
				if y.formula {
					if y.typ == "e" {
						d.problem(Overwritten, name, a1(row, c), fmt.Sprintf("%s: the formula now gives the error %s.", s.at(r, 1).s, y.v))
					}
					continue
				}
				d.problem(Overwritten, name, a1(row, c), fmt.Sprintf("%s: the formula was overwritten by “%s”. It is a result, not an input, and is not taken over.", fallback(s.at(r, 1).s, s.name), y.v))
			}
			if !there && n > 0 {
				lost++
			}
		}
		if lost > 0 {
			d.problem(Unreadable, name, "", fmt.Sprintf("%d lines of the sheet %s are no longer there or have another label; their formulas were not checked.", lost, s.name))
		}
	}
	return nil
}

// tally counts, column by column, which formula the cells of a Streams sheet
// have, so that the odd one out shows.
type tally struct {
	by map[string]map[string][]string // group of columns → relative formula → cells
}

func newTally() *tally { return &tally{by: map[string]map[string][]string{}} }

// tallyRow looks at the calculations of one row: numbers in place of formulas
// are said at once, formulas are counted.
func (d *differ) tallyRow(t *tally, row int, at map[int]readCell, heads map[string]int) {
	l := d.sent.lay
	all := l.heads(d.sent.cmp.BaseYear, d.sent.years)
	for c := l.amount; c <= l.end; c++ {
		col := heads[all[c-1]]
		if col == 0 {
			continue
		}
		y := at[col]
		name := all[c-1]
		group := name
		if c >= l.year1 {
			group = "years"
		}
		p := ""
		switch {
		case !y.formula:
			p = "\x00" + strings.TrimSpace(y.v)
		case y.f == "":
			p = "shared " + y.shared // it follows another cell and is as that is
		default:
			p = relative(y.f, row, col)
		}
		if t.by[group] == nil {
			t.by[group] = map[string][]string{}
		}
		list := t.by[group][p]
		if len(list) < 200 || p[0] == 0 {
			t.by[group][p] = append(list, a1(row, col)+"\x00"+name)
		}
	}
}

// tallied says which cells differ from the rest of their column.
func (d *differ) tallied(sheet string, t *tally) {
	groups := make([]string, 0, len(t.by))
	for g := range t.by {
		groups = append(groups, g)
	}
	sort.Strings(groups)
	for _, g := range groups {
		most := 0
		var usual string
		forms := make([]string, 0, len(t.by[g]))
		for p, cells := range t.by[g] {
			forms = append(forms, p)
			if !strings.HasPrefix(p, "shared ") && p != "" && p[0] != 0 && (len(cells) > most || len(cells) == most && p < usual) {
				most, usual = len(cells), p
			}
		}
		sort.Strings(forms)
		for _, p := range forms {
			for _, c := range t.by[g][p] {
				cell, head, _ := strings.Cut(c, "\x00")
				switch {
				case p == "" || p[0] == 0:
					d.problem(Overwritten, sheet, cell, fmt.Sprintf("%s: the formula was overwritten by “%s”. It is a result, not an input, and is not taken over.", head, strings.TrimPrefix(p, "\x00")))
				case strings.HasPrefix(p, "shared "), p == usual:
				default:
					d.problem(Overwritten, sheet, cell, fmt.Sprintf("%s: the formula is not that of the rest of the block.", head))
				}
			}
		}
	}
}

// relative writes a formula with its references counted from its own cell, so
// that the same formula in another cell reads the same.
func relative(f string, row, col int) string {
	var b strings.Builder
	inText := false
	for i := 0; i < len(f); {
		ch := f[i]
		if ch == '"' || ch == '\'' {
			inText = !inText
		}
		start := i == 0 || !wordy(f[i-1]) && f[i-1] != '$'
		if inText || !start || !(ch == '$' || ch >= 'A' && ch <= 'Z') {
			b.WriteByte(ch)
			i++
			continue
		}
		j := i
		fixC := f[j] == '$'
		if fixC {
			j++
		}
		k := j
		for k < len(f) && f[k] >= 'A' && f[k] <= 'Z' {
			k++
		}
		c := columnNumber(f[j:k])
		fixR := k < len(f) && f[k] == '$'
		m := k
		if fixR {
			m++
		}
		n, r := m, 0
		for n < len(f) && f[n] >= '0' && f[n] <= '9' {
			r = r*10 + int(f[n]-'0')
			n++
		}
		if k == j || n == m || n < len(f) && (wordy(f[n]) || f[n] == '(') {
			b.WriteByte(ch)
			i++
			continue
		}
		if fixC {
			fmt.Fprintf(&b, "C%d", c)
		} else {
			fmt.Fprintf(&b, "C[%d]", c-col)
		}
		if fixR {
			fmt.Fprintf(&b, "R%d", r)
		} else {
			fmt.Fprintf(&b, "R[%d]", r-row)
		}
		i = n
	}
	return b.String()
}

func wordy(c byte) bool {
	return c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
