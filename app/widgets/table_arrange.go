package widgets

import (
	"cmp"
	"slices"
	"strings"
)

// Sort is one column that rows are sorted by.
type Sort struct {
	Column string `json:"column"`
	Desc   bool   `json:"desc,omitempty"`
}

// request is how rows are wanted.
type request struct {
	filter Filter
	sorts  []Sort
	group  string          // a column, or "" for one list
	hidden map[string]bool // columns that are put away: they are not added up
}

// arrangement is the order in which rows are shown, group after group.
type arrangement struct {
	order  []int32
	groups []group // none when the rows are one list
	all    group   // of every row shown
}

// group is a run of rows with the same value.
type group struct {
	label    string
	from, to int     // in order
	totals   []total // by column
}

// total is what a column comes to in a group.
type total struct {
	sum      float64
	known    int
	modelled bool // one of the figures is
}

func (t total) value(k Total) float64 {
	if k == Mean && t.known > 0 {
		return t.sum / float64(t.known)
	}
	return t.sum
}

// arrange filters, sorts and groups. It runs off the UI goroutine on values
// nobody changes.
func (x *index[R]) arrange(q request) arrangement {
	order := x.pick(q.filter)
	for i := len(q.sorts) - 1; i >= 0; i-- { // each sort keeps the order of the one before where it finds rows equal
		if c := columnByID(x.cols, q.sorts[i].Column); c != nil {
			order = sortBy(order, x.ranksOf(c), q.sorts[i].Desc)
		}
	}
	a := arrangement{order: order}
	if c := columnByID(x.cols, q.group); c != nil {
		a.order, a.groups = x.groupBy(order, c)
		for i := range a.groups {
			a.groups[i].totals = x.totals(a.order[a.groups[i].from:a.groups[i].to], q)
		}
		if len(q.sorts) > 0 {
			sortGroups(&a, x.cols, c, q.sorts[0])
		}
		a.all = a.groupOfAll(len(x.cols))
		return a
	}
	a.all = group{to: len(order), totals: x.totals(order, q)}
	return a
}

// pick lists the rows that pass a filter.
func (x *index[R]) pick(f Filter) []int32 {
	words := strings.Fields(strings.ToLower(f.Search))
	tests := checks(x.cols, f.Terms)
	order := make([]int32, 0, len(x.rows))
next:
	for i := range x.rows {
		for _, w := range words {
			if !strings.Contains(x.hay[i], w) {
				continue next
			}
		}
		for _, ok := range tests {
			if !ok(&x.rows[i]) {
				continue next
			}
		}
		order = append(order, int32(i))
	}
	return order
}

// sortBy sorts by ranks and keeps the order of equals; what is not known goes
// last either way.
func sortBy(order []int32, r *ranks, desc bool) []int32 {
	place := func(i int32) int32 {
		switch k := r.of[i]; {
		case k == unknown:
			return r.n
		case desc:
			return r.n - 1 - k
		default:
			return k
		}
	}
	if len(order) < int(r.n)/8 {
		slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(place(a), place(b)) })
		return order
	}
	at := make([]int32, r.n+2) // where the next row of a rank goes
	for _, i := range order {
		at[place(i)+1]++
	}
	for k := 1; k < len(at); k++ {
		at[k] += at[k-1]
	}
	out := make([]int32, len(order))
	for _, i := range order {
		p := place(i)
		out[at[p]] = i
		at[p]++
	}
	return out
}

// groupBy brings rows with the same text together and keeps their order.
func (x *index[R]) groupBy(order []int32, c *Column[R]) ([]int32, []group) {
	v := x.valuesOf(c)
	n := make([]int, len(v.texts))
	for _, i := range order {
		n[v.of[i]]++
	}
	next := make([]int, len(v.texts))
	var groups []group
	at := 0
	for _, id := range v.order {
		if n[id] == 0 {
			continue
		}
		next[id] = at
		groups = append(groups, group{label: v.texts[id], from: at, to: at + n[id]})
		at += n[id]
	}
	out := make([]int32, len(order))
	for _, i := range order {
		id := v.of[i]
		out[next[id]] = i
		next[id]++
	}
	return out, groups
}

// totals adds up the columns that are shown and can be added up, and the one
// that groups are sorted by.
func (x *index[R]) totals(order []int32, q request) []total {
	out := make([]total, len(x.cols))
	for j := range x.cols {
		c := &x.cols[j]
		if c.Total == None || c.Figure == nil || q.hidden[c.ID] && (len(q.sorts) == 0 || q.sorts[0].Column != c.ID) {
			continue
		}
		a, t := x.amountsOf(c), &out[j]
		for _, i := range order {
			if s := a.state[i]; s != notKnown {
				t.sum += a.value[i]
				t.known++
				t.modelled = t.modelled || s == modelled
			}
		}
	}
	return out
}

// sortGroups puts groups in the order of what the rows are sorted by first, if
// groups have that: their own value, or a total. Blank goes last either way.
func sortGroups[R any](a *arrangement, cols []Column[R], by *Column[R], s Sort) {
	turn := 1
	if s.Desc {
		turn = -1
	}
	at := slices.IndexFunc(cols, func(c Column[R]) bool { return c.ID == s.Column })
	switch {
	case at < 0:
		return
	case cols[at].Total != None:
		kind := cols[at].Total
		slices.SortStableFunc(a.groups, func(g, h group) int {
			x, y := g.totals[at], h.totals[at]
			if (x.known == 0) != (y.known == 0) {
				return cmp.Compare(min(1, y.known), min(1, x.known))
			}
			return turn * cmp.Compare(x.value(kind), y.value(kind))
		})
	case s.Column == by.ID && s.Desc:
		n := len(a.groups)
		if n > 0 && a.groups[n-1].label == "" {
			n--
		}
		slices.Reverse(a.groups[:n])
	default:
		return
	}
	out := make([]int32, 0, len(a.order))
	for i := range a.groups {
		g := &a.groups[i]
		from := len(out)
		out = append(out, a.order[g.from:g.to]...)
		g.from, g.to = from, len(out)
	}
	a.order = out
}

// groupOfAll adds the groups up.
func (a *arrangement) groupOfAll(columns int) group {
	all := group{to: len(a.order), totals: make([]total, columns)}
	for i := range a.groups {
		for j, t := range a.groups[i].totals {
			all.totals[j].sum += t.sum
			all.totals[j].known += t.known
			all.totals[j].modelled = all.totals[j].modelled || t.modelled
		}
	}
	return all
}
