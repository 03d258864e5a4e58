package widgets

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/planting-the-flag/flagstone/model"
)

// index is what is worked out once about rows that never change, so that
// searching, sorting and grouping a hundred thousand of them only reads. It may
// be used from any goroutine.
type index[R any] struct {
	rows []R
	cols []Column[R]
	hay  []string // lower-cased text of every row

	mu     sync.Mutex
	ranked map[string]*ranks
	valued map[string]*values
	summed map[string]*amounts
}

// amounts are the figures of a column, without their sources.
type amounts struct {
	value []float64
	state []uint8
}

// States of an amount.
const (
	notKnown uint8 = iota
	known
	modelled
)

// ranks are the places of all rows in the order of one column: equal rows have
// equal ranks, and unknown has what is blank or not known.
type ranks struct {
	of []int32
	n  int32 // how many different ranks there are
}

const unknown = -1

// values are the different texts of a column.
type values struct {
	of     []int32 // by row: which text
	texts  []string
	counts []int32
	order  []int32 // texts in the order of the column, the blank one last
}

// newIndex reads every row once. It may be slow and runs off the UI goroutine.
func newIndex[R any](rows []R, cols []Column[R]) *index[R] {
	x := &index[R]{rows: rows, cols: cols, hay: haystacks(rows, cols), ranked: map[string]*ranks{}, valued: map[string]*values{}, summed: map[string]*amounts{}}
	for i := range cols {
		if cols[i].Choices {
			x.valuesOf(&cols[i])
		}
	}
	return x
}

// haystacks joins the texts of every row, lower-cased, for searching.
func haystacks[R any](rows []R, cols []Column[R]) []string {
	out := make([]string, len(rows))
	var b strings.Builder
	for i := range rows {
		b.Reset()
		for j := range cols {
			if cols[j].Numeric {
				continue
			}
			b.WriteString(cols[j].Text(&rows[i]))
			b.WriteByte('\n')
		}
		out[i] = strings.ToLower(b.String())
	}
	return out
}

// ranksOf sorts a column once.
func (x *index[R]) ranksOf(c *Column[R]) *ranks {
	x.mu.Lock()
	defer x.mu.Unlock()
	r, ok := x.ranked[c.ID]
	if !ok {
		if c.Figure != nil {
			r = rankFigures(x.rows, c.Figure)
		} else {
			r = rankTexts(x.rows, c.sortKey())
		}
		x.ranked[c.ID] = r
	}
	return r
}

func rankFigures[R any](rows []R, figure func(*R) model.Figure) *ranks {
	type kv struct {
		v float64
		i int32
	}
	ks := make([]kv, 0, len(rows))
	r := &ranks{of: make([]int32, len(rows))}
	for i := range rows {
		if f := figure(&rows[i]); f.Known() {
			ks = append(ks, kv{f.Value, int32(i)})
		} else {
			r.of[i] = unknown
		}
	}
	slices.SortFunc(ks, func(a, b kv) int { return cmp.Compare(a.v, b.v) })
	for j, k := range ks {
		if j == 0 || k.v != ks[j-1].v {
			r.n++
		}
		r.of[k.i] = r.n - 1
	}
	return r
}

func rankTexts[R any](rows []R, key func(*R) string) *ranks {
	r := &ranks{of: make([]int32, len(rows))}
	ids := make(map[string]int32, 64)
	var texts []string
	for i := range rows {
		s := key(&rows[i])
		if s == "" {
			r.of[i] = unknown
			continue
		}
		id, ok := ids[s]
		if !ok {
			id = int32(len(texts))
			ids[s], texts = id, append(texts, s)
		}
		r.of[i] = id
	}
	type kv struct {
		s  string
		id int32
	}
	ks := make([]kv, len(texts))
	for id, s := range texts {
		ks[id] = kv{strings.ToLower(s), int32(id)}
	}
	slices.SortFunc(ks, func(a, b kv) int { return cmp.Compare(a.s, b.s) })
	place := make([]int32, len(texts))
	for j, k := range ks {
		if j == 0 || k.s != ks[j-1].s {
			r.n++
		}
		place[k.id] = r.n - 1
	}
	for i, id := range r.of {
		if id != unknown {
			r.of[i] = place[id]
		}
	}
	return r
}

// valuesOf finds the different texts of a column once.
func (x *index[R]) valuesOf(c *Column[R]) *values {
	x.mu.Lock()
	defer x.mu.Unlock()
	v, ok := x.valued[c.ID]
	if ok {
		return v
	}
	v = &values{of: make([]int32, len(x.rows))}
	ids := map[string]int32{}
	var first []int32 // a row that has the text
	for i := range x.rows {
		s := c.Text(&x.rows[i])
		id, ok := ids[s]
		if !ok {
			id = int32(len(v.texts))
			ids[s], v.texts, v.counts, first = id, append(v.texts, s), append(v.counts, 0), append(first, int32(i))
		}
		v.of[i] = id
		v.counts[id]++
	}
	keys, key := make([]string, len(v.texts)), c.sortKey()
	v.order = make([]int32, len(v.texts))
	for id, i := range first {
		v.order[id], keys[id] = int32(id), strings.ToLower(key(&x.rows[i]))
	}
	slices.SortFunc(v.order, func(a, b int32) int {
		if blank := (v.texts[a] == "") != (v.texts[b] == ""); blank {
			return cmp.Compare(len(v.texts[b]), len(v.texts[a]))
		}
		return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(v.texts[a], v.texts[b]))
	})
	x.valued[c.ID] = v
	return v
}

// amountsOf reads the figures of a column once.
func (x *index[R]) amountsOf(c *Column[R]) *amounts {
	x.mu.Lock()
	defer x.mu.Unlock()
	a, ok := x.summed[c.ID]
	if ok {
		return a
	}
	a = &amounts{make([]float64, len(x.rows)), make([]uint8, len(x.rows))}
	for i := range x.rows {
		f := c.Figure(&x.rows[i])
		switch {
		case !f.Known():
			continue
		case f.Grade.Modelled():
			a.state[i] = modelled
		default:
			a.state[i] = known
		}
		a.value[i] = f.Value
	}
	x.summed[c.ID] = a
	return a
}

// Choice is one value of a column and how many rows have it.
type Choice struct {
	Value string
	Count int
}

// choices counts the values of a column, most frequent first.
func (v *values) choices() []Choice {
	out := make([]Choice, len(v.texts))
	for i, s := range v.texts {
		out[i] = Choice{s, int(v.counts[i])}
	}
	slices.SortFunc(out, func(a, b Choice) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value)) })
	return out
}
