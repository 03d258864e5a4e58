package layout

import (
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/table"
	"github.com/planting-the-flag/flagstone/importers/units"
)

// header finds the rows of the header (indices into rows) and the first row of data.
func (p *shape) header(t *table.Table) (head []int, first int) {
	if t.Headed {
		return []int{p.from}, p.from + 1
	}
	if p.fixed > 0 {
		for i := p.from; i < len(p.rows); i++ {
			if p.rows[i].Number == p.fixed {
				return []int{i}, i + 1
			}
		}
	}
	if p.fixed < 0 {
		return nil, p.from
	}
	limit := min(len(p.rows), p.from+60)
	for i := p.from; i < limit && len(p.sets) > 0; i++ {
		if p.knownLayout(p.rows[i]) {
			return []int{i}, i + 1
		}
	}
	data := -1
	if len(p.typed) > 0 {
		for i := p.from; i < limit; i++ {
			if p.conforms(p.rows[i]) {
				data = i
				break
			}
		}
	}
	if data < 0 {
		return p.headerOfWords(limit)
	}
	// The header is the run of label rows directly above the first row of data.
	best := -1
	for i := data - 1; i >= p.from; i-- {
		f := p.rows[i].Filled()
		if f == 0 {
			if best >= 0 {
				break
			}
			continue
		}
		if !p.labels(p.rows[i]) {
			if best >= 0 {
				break
			}
			// Neither labels nor values: a row of data that does not conform, such as one full of N/A.
			data = i
			continue
		}
		if best < 0 {
			best = i
			head = []int{i}
			continue
		}
		if f >= 2 && len(head) < 4 && p.belongs(t, i, head[0]) {
			head = append([]int{i}, head...)
			continue
		}
		break
	}
	if best < 0 {
		return nil, data
	}
	// A sparse first row of data just under the header (names with most values absent) is still data.
	if len(head) > 1 {
		head, data = p.trim(head, data)
	}
	return head, max(data, head[len(head)-1]+1)
}

func plain(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// knownLayout says whether the row holds most headers of a layout that is known.
func (p *shape) knownLayout(r table.Row) bool {
	for _, set := range p.sets {
		n := 0
		for _, c := range r.Cells {
			if !c.Blank() && set[plain(c.Text)] {
				n++
			}
		}
		if n > 0 && n*2 >= len(set) {
			return true
		}
	}
	return false
}

// trim gives back rows wrongly taken for the lower part of a header: below a row that names most columns, only units or the names of
// columns still without one may follow.
func (p *shape) trim(head []int, data int) ([]int, int) {
	for n := 1; n < len(head); n++ {
		upper := map[int]bool{}
		known := 0
		for _, h := range head[:n] {
			for c, cell := range p.rows[h].Cells {
				if !cell.Blank() {
					upper[c] = true
					if p.known(cell.Text) {
						known++
					}
				}
			}
		}
		if len(upper)*10 < len(p.used)*8 {
			continue
		}
		r := p.rows[head[n]]
		isUnits, isKnown, filled := 0, 0, 0
		for _, c := range r.Cells {
			if c.Blank() {
				continue
			}
			filled++
			if _, ok := units.Look(strings.Trim(units.Trim(c.Text), "()[]")); ok {
				isUnits++
			} else if p.known(c.Text) {
				isKnown++
			}
		}
		lowerKnown := isKnown*2 >= filled && isKnown > known
		if isUnits*2 < filled && !lowerKnown && known > 0 {
			return head[:n], head[n]
		}
	}
	return head, data
}

// belongs says whether row i, above the header found so far, is its upper part rather than a title.
func (p *shape) belongs(t *table.Table, i, below int) bool {
	if below-i != 1 {
		return false
	}
	r := p.rows[i]
	spans := 0
	for _, m := range t.Merged {
		if m.Top <= r.Number && r.Number <= m.Bottom && m.Right > m.Left && m.Right-m.Left+1 < len(p.used) {
			spans++
		}
	}
	return spans > 0 || r.Filled()*4 >= len(p.used) || r.Filled() >= 3
}

// conforms says whether the row holds the kinds of value that its columns hold.
func (p *shape) conforms(r table.Row) bool {
	run := sequence(r)
	fit, seen := 0, 0
	for c, want := range p.typed {
		cell := r.At(c)
		k := kindOf(cell)
		if k == blank || k == other {
			continue
		}
		seen++
		if !run[c] && alike(k, want) {
			fit++
		}
	}
	return seen > 0 && fit*10 >= seen*6 && r.Filled() >= min(2, max(1, p.usual)) && (seen*5 >= len(p.typed) || r.Filled()*2 >= p.usual)
}

// alike says whether a cell of one kind may stand in a column of another: a column of codes may hold numbers, but a code above a
// column of numbers is a label.
func alike(got, want kind) bool {
	switch want {
	case number:
		return got == number
	case date:
		return got == number || got == date
	case code:
		return got == code || got == number || got == date
	}
	return got == want
}

// sequence marks the cells of a run of at least four numbers rising by the same step: ages or years in a header.
func sequence(r table.Row) map[int]bool {
	out := map[int]bool{}
	start := 0
	value := func(i int) (float64, bool) {
		s := units.Trim(r.At(i).Text)
		if len(s) > 8 || s == "" {
			return 0, false
		}
		v, err := strconv.ParseFloat(s, 64)
		return v, err == nil && v == float64(int(v))
	}
	for i := 1; i <= len(r.Cells); i++ {
		a, ok1 := value(i - 1)
		b, ok2 := value(i)
		if i < len(r.Cells) && ok1 && ok2 && b-a == 1 {
			continue
		}
		first, _ := value(start)
		if n := i - start; n >= 4 || n >= 2 && first >= 1990 && first <= 2200 {
			for c := start; c < i; c++ {
				out[c] = true
			}
		}
		start = i
	}
	return out
}

// labels says whether the cells of a row can be names of columns.
func (p *shape) labels(r table.Row) bool {
	run := sequence(r)
	good, filled := 0, 0
	for c, cell := range r.Cells {
		k := kindOf(cell)
		if k == blank {
			continue
		}
		filled++
		text := units.Trim(cell.Text)
		_, unit := units.Look(strings.Trim(text, "()[]"))
		switch {
		case run[c], unit, k == words && len(text) < 300, p.known(text):
			good++
		case k == code || k == place || k == other:
			if want, ok := p.typed[c]; ok && !alike(k, want) || k == code && !ok {
				good++ // "E10", "Q1", "00:00" above numbers
			}
		case k == date && len(text) <= 9:
			good++ // "2023/24", "Sep-23"
		}
	}
	return filled > 0 && good*10 >= filled*7
}

// headerOfWords decides for a table of nothing but words.
func (p *shape) headerOfWords(limit int) ([]int, int) {
	for i := p.from; i < limit; i++ {
		r := p.rows[i]
		if r.Filled() < min(2, len(p.used)) || r.Filled()*10 < len(p.used)*5 {
			continue
		}
		seen := map[string]bool{}
		known, filled := 0, 0
		for _, c := range r.Cells {
			if c.Blank() {
				continue
			}
			filled++
			seen[strings.ToLower(units.Trim(c.Text))] = true
			if p.known(c.Text) {
				known++
			}
		}
		if len(seen) == filled && (known*3 >= filled || known >= 2) {
			return []int{i}, i + 1
		}
		if i > p.from+20 {
			break
		}
	}
	// No word is known. A first row that recurs further down is data.
	for i := p.from; i < limit; i++ {
		r := p.rows[i]
		if r.Filled()*10 < len(p.used)*6 {
			continue
		}
		for j := i + 1; j < min(len(p.rows), i+300); j++ {
			for c, cell := range r.Cells {
				if !cell.Blank() && strings.EqualFold(cell.Text, p.rows[j].At(c).Text) {
					return nil, i
				}
			}
		}
		if len(p.used) < 2 || i+1 >= len(p.rows) {
			return nil, i
		}
		return []int{i}, i + 1
	}
	return nil, p.from
}
