package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
)

// sameNumber allows for what a spreadsheet does to the last digit.
func sameNumber(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-12*math.Max(math.Abs(a), math.Abs(b))
}

func plain(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// columnsOf reads a row of heads: head → column. Heads may have been moved.
func columnsOf(cells []readCell) map[string]int {
	out := map[string]int{}
	for _, c := range cells {
		if h := strings.TrimSpace(c.v); h != "" && out[h] == 0 {
			out[h] = c.col
		}
	}
	return out
}

func cellsByColumn(cells []readCell) map[int]readCell {
	out := make(map[int]readCell, len(cells))
	for _, c := range cells {
		out[c.col] = c
	}
	return out
}

// assumptions compares the assumption book, key by key.
func (d *differ) assumptions() error {
	name, ok := d.found["Assumptions"]
	if !ok {
		return nil
	}
	var cols map[string]int
	seen := map[string]string{}
	err := d.book.each(name, func(row int, cells []readCell) error {
		if cols == nil {
			if h := columnsOf(cells); h["Key"] > 0 && h["Value"] > 0 {
				cols = h
			}
			return nil
		}
		at := cellsByColumn(cells)
		key := strings.TrimSpace(at[cols["Key"]].v)
		if key == "" {
			return nil
		}
		c := at[cols["Value"]]
		ref := a1(row, cols["Value"])
		if where, twice := seen[key]; twice {
			d.problem(Unreadable, name, ref, fmt.Sprintf("Assumption %s is there twice, in %s and %s; the first was read.", key, where, ref))
			return nil
		}
		seen[key] = ref
		d.assumption(name, ref, key, c, at, cols)
		return nil
	})
	if err != nil {
		return err
	}
	if cols == nil {
		d.problem(Unreadable, name, "", "The sheet Assumptions has lost its heads “Key” and “Value”; no assumption could be read.")
		return nil
	}
	for key := range d.sent.nameOf {
		if seen[key] == "" {
			a, _ := d.sent.cmp.Book.Get(key)
			d.say(Change{Kind: AssumptionRemoved, Sheet: name, Key: key, Field: "Value", From: plain(a.Value),
				Sentence: fmt.Sprintf("%s is no longer in the book.", fallback(a.Label, key))})
		}
	}
	d.sortRemoved()
	return nil
}

// sortRemoved puts changes that come from a map in order.
func (d *differ) sortRemoved() {
	first := len(d.set.Changes)
	for first > 0 && d.set.Changes[first-1].Kind == AssumptionRemoved {
		first--
	}
	sortChanges(d.set.Changes[first:])
}

// assumption compares one row.
func (d *differ) assumption(sheet, ref, key string, c readCell, at map[int]readCell, cols map[string]int) {
	v, isNumber := c.number()
	if !isNumber {
		d.problem(Unreadable, sheet, ref, fmt.Sprintf("The value of assumption %s is “%s”, which is not a number; it was left as it was.", key, c.v))
		return
	}
	text := func(head string) string { return strings.TrimSpace(at[cols[head]].v) }
	was, known := d.sent.cmp.Book.Get(key)
	if _, shown := d.sent.nameOf[key]; !known || !shown {
		a := model.Assumption{Key: key, Label: text("Assumption"), Group: text("Group"), Value: v, Unit: text("Unit"), Grade: gradeOf(text("Evidence grade")),
			Source: text("Source"), Owner: text("Owner"), Date: text("Date"), Reason: text("Why it was changed")}
		if y, err := strconv.Atoi(text("Price base")); err == nil {
			a.PriceBase = y
		}
		d.say(Change{Kind: AssumptionAdded, Sheet: sheet, Cell: ref, Key: key, Field: "Value", To: plain(v), Number: v, Assumption: &a})
		return
	}
	if u := text("Unit"); u != clean(was.Unit) {
		d.problem(Unreadable, sheet, ref, fmt.Sprintf("The unit of assumption %s is now “%s” and was “%s”; units are not taken over.", key, u, was.Unit))
	}
	if sameNumber(v, was.Value) {
		return
	}
	a := was
	a.Value = v
	if r := text("Why it was changed"); r != "" {
		a.Reason = r
	}
	if o := text("Owner"); o != "" {
		a.Owner = o
	}
	now, there := d.today.cmp.Book.Get(key)
	d.weigh(Change{Kind: AssumptionChanged, Sheet: sheet, Cell: ref, Key: key, Field: "Value", From: plain(was.Value), To: plain(v), Number: v, Assumption: &a},
		plain(now.Value), there && sameNumber(now.Value, was.Value), there && sameNumber(now.Value, v))
}

func gradeOf(s string) model.Grade {
	for _, g := range model.Grades {
		if string(g) == s {
			return g
		}
	}
	return model.Placeholder
}

// alignment maps the rows of a sheet as sent to the rows of the same sheet as
// returned: the n-th row with a label is the n-th with that label, whatever was
// put in between.
type alignment struct {
	cells map[int]map[int]readCell // row as returned → its cells
	row   map[int]int              // row as sent → row as returned
}

func (d *differ) align(sent *sheet, name string) (*alignment, error) {
	a := &alignment{cells: map[int]map[int]readCell{}, row: map[int]int{}}
	theirs := map[string][]int{}
	err := d.book.each(name, func(row int, cells []readCell) error {
		m := cellsByColumn(cells)
		a.cells[row] = m
		l := rowLabel(m[1].label(), m[2].label())
		theirs[l] = append(theirs[l], row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	used := map[string]int{}
	for r := 1; r <= len(sent.grid); r++ {
		l := rowLabel(labelText(sent.at(r, 1)), labelText(sent.at(r, 2)))
		if l == rowLabel("", "") {
			continue
		}
		if rows := theirs[l]; used[l] < len(rows) {
			a.row[r] = rows[used[l]]
			used[l]++
		}
	}
	return a, nil
}

func rowLabel(label, key string) string { return label + "\x00" + key }

// labelText is what a cell says when it is words, written and not worked out.
func labelText(c cell) string {
	if c.kind != words || c.f != "" {
		return ""
	}
	return clean(c.s)
}

func (c readCell) label() string {
	if c.formula || c.typ != "str" {
		return ""
	}
	return c.v
}

// shownText is what a cell says, as a file states it.
func shownText(c cell) string {
	switch c.kind {
	case words:
		return clean(c.s)
	case number, truth:
		return plain(c.n)
	}
	return ""
}

// factors compares every input of Factors: constants, rates, paths, profiles,
// bodies.
func (d *differ) factors() error {
	name, ok := d.found["Factors"]
	if !ok {
		return nil
	}
	s, now := d.sent.factors, d.today.factors
	a, err := d.align(s, name)
	if err != nil {
		return err
	}
	today := map[string]int{}
	for r := 1; r <= len(now.grid); r++ {
		today[rowLabel(shownText(now.at(r, 1)), shownText(now.at(r, 2)))] = r
	}
	for r := 1; r <= len(s.grid); r++ {
		for c := 1; c <= len(s.grid[r-1]); c++ {
			x := s.at(r, c)
			if x.f != "" || x.kind == empty || !isInput(x.style) || c < colTotal {
				continue
			}
			row, there := a.row[r]
			key := fallback(s.at(r, colKey).s, s.at(r, colLabel).s)
			if !there {
				d.problem(Unreadable, name, "", fmt.Sprintf("The line “%s” is no longer on the sheet Factors.", s.at(r, 1).s))
				break
			}
			y := a.cells[row][c]
			field := "Value"
			if c >= colYear {
				field = s.at(rowHead, c).s
			}
			d.factor(name, a1(row, c), key, field, x, y, now.at(today[rowLabel(shownText(s.at(r, 1)), shownText(s.at(r, 2)))], c))
		}
	}
	return nil
}

func (d *differ) factor(sheet, ref, key, field string, x cell, y readCell, now cell) {
	if x.kind == words {
		if clean(x.s) != y.v {
			d.problem(Unreadable, sheet, ref, fmt.Sprintf("“%s” was changed from “%s” to “%s”. It is a word that formulas look for, not a figure; it is not taken over.", key, x.s, y.v))
		}
		return
	}
	v, ok := y.number()
	if !ok {
		d.problem(Unreadable, sheet, ref, fmt.Sprintf("%s (%s) is “%s”, which is not a number.", key, field, y.v))
		return
	}
	if sameNumber(v, x.n) {
		return
	}
	d.weigh(Change{Kind: FactorChanged, Sheet: sheet, Cell: ref, Key: key, Field: field, From: plain(x.n), To: plain(v), Number: v},
		plain(now.n), now.kind == number && sameNumber(now.n, x.n), now.kind == number && sameNumber(now.n, v))
}

func isInput(st style) bool {
	switch st {
	case stInput, stInputPct, stInputFine, stInputText, stInputNum:
		return true
	}
	return false
}
