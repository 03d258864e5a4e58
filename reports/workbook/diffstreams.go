package workbook

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

func sortChanges(c []Change) {
	slices.SortStableFunc(c, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Scenario, b.Scenario), cmp.Compare(a.Field, b.Field))
	})
}

type streamKey struct{ scenario, id string }

// rowsOf lists the streams of a book as built, by scenario and identifier.
func (b *builder) rowsOf() map[streamKey]*ledger.Stream {
	out := map[streamKey]*ledger.Stream{}
	for _, bl := range b.blocks() {
		for _, st := range bl.streams {
			out[streamKey{bl.label, st.ID}] = st
		}
	}
	return out
}

// find returns a stream in another version of the book: it may have moved
// between the shared block and a scenario's own.
func find(rows map[streamKey]*ledger.Stream, k streamKey, every string) *ledger.Stream {
	if st := rows[k]; st != nil {
		return st
	}
	return rows[streamKey{every, k.id}]
}

// streams compares the rows of every Streams sheet by scenario and identifier,
// in whatever order they stand.
func (d *differ) streams() error {
	sent, today := d.sent.rowsOf(), d.today.rowsOf()
	seen := map[streamKey]bool{}
	for _, s := range d.sent.streams {
		name, ok := d.found[s.name]
		if !ok {
			return nil // rows that are not there cannot be told from removed ones
		}
		var heads map[string]int
		label := ""
		tally := newTally()
		err := d.book.each(name, func(row int, cells []readCell) error {
			if row%2000 == 0 {
				if err := d.ctx.Err(); err != nil {
					return err
				}
			}
			if h := columnsOf(cells); h["Stream"] > 0 && h["Quantity"] > 0 {
				heads = h
				return nil
			}
			if heads == nil || row <= rowYear {
				return nil
			}
			at := cellsByColumn(cells)
			id := strings.TrimSpace(at[heads["Stream"]].v)
			if len(cells) < 4 { // a heading, a closing line or an empty row
				return nil
			}
			if sc := strings.TrimSpace(at[heads["Scenario"]].v); sc != "" {
				label = sc
			}
			k := streamKey{label, id}
			was := sent[k]
			switch {
			case was != nil && seen[k]:
				d.problem(Unreadable, name, a1(row, heads["Stream"]), fmt.Sprintf("Stream %s of %s is there twice; the first was read.", id, label))
				return nil
			case was != nil:
				seen[k] = true
				d.stream(name, row, k, was, find(today, k, d.today.common.label), at, heads)
			default:
				d.addedStream(name, row, k, at, heads)
			}
			d.tallyRow(tally, row, at, heads)
			return nil
		})
		if err != nil {
			return err
		}
		d.tallied(name, tally)
	}
	var gone []Change
	for k, st := range sent {
		if !seen[k] {
			gone = append(gone, Change{Kind: StreamRemoved, Sheet: "Streams", Key: k.id, Scenario: k.scenario, From: streamLabel(st), ScenarioIDs: d.scenarioIDs(k.scenario), was: st,
				Sentence: fmt.Sprintf("Stream %s of %s (%s) is no longer in the book.", k.id, k.scenario, streamLabel(st))})
		}
	}
	sortChanges(gone)
	for _, c := range gone {
		if find(today, streamKey{c.Scenario, c.Key}, d.today.common.label) == nil {
			d.set.Already++
			continue
		}
		d.say(c)
	}
	return nil
}

func (d *differ) scenarioIDs(label string) []model.ScenarioID {
	var out []model.ScenarioID
	for _, sc := range d.sent.scenarios {
		if sc.label == label || label == d.sent.common.label {
			out = append(out, sc.res.Scenario.ID)
		}
	}
	return out
}

// stream compares the inputs of one row, each by its cell.
func (d *differ) stream(sheet string, row int, k streamKey, was, now *ledger.Stream, at map[int]readCell, heads map[string]int) {
	all := d.sent.lay.heads(d.sent.cmp.BaseYear, d.sent.years)
	todayCells := map[string]cell{}
	if now != nil && d.today != d.sent {
		names := d.today.lay.heads(d.today.cmp.BaseYear, d.today.years)
		d.today.inputs(now, k.scenario, func(c int, x cell) { todayCells[names[c-1]] = x })
	}
	var edited *ledger.Stream
	d.sent.inputs(was, k.scenario, func(c int, x cell) {
		head := all[c-1]
		col := heads[head]
		if col == 0 {
			if row < 12 {
				d.problem(Unreadable, sheet, "", fmt.Sprintf("The column “%s” is no longer on the sheet; it was not compared.", head))
			}
			return
		}
		y := at[col]
		if sameCell(x, y) {
			return
		}
		ref := a1(row, col)
		ch := Change{Kind: StreamChanged, Sheet: sheet, Cell: ref, Key: k.id, Scenario: k.scenario, Field: head, From: cellText(x), To: y.text(), ScenarioIDs: d.scenarioIDs(k.scenario), was: was}
		if x.f != "" && y.formula {
			ch.To = "=" + y.f
		}
		if x.kind == number {
			v, ok := y.number()
			if !ok {
				d.problem(Unreadable, sheet, ref, fmt.Sprintf("%s of stream %s is “%s”, which is not a number; it was left as it was.", head, k.id, y.v))
				return
			}
			ch.Number = v
		}
		if edited == nil {
			edited = d.edited(was, at, heads)
		}
		ch.Stream = edited
		switch {
		case d.today == d.sent:
			d.say(ch)
		case now == nil:
			ch.Conflict, ch.Now = true, "gone"
			d.say(ch)
		default:
			t := todayCells[head]
			d.weigh(ch, cellText(t), cellText(t) == cellText(x), sameCell(t, y))
		}
	})
}

// cellText is what a cell as built says: its formula, its number or its words.
func cellText(x cell) string {
	if x.f != "" {
		return "=" + x.f
	}
	return shownText(x)
}

func (c *readCell) text() string {
	if c.formula && c.f != "" {
		return "=" + c.f
	}
	return strings.TrimSpace(c.v)
}

// sameCell compares a cell as sent with the cell as returned. A named cell that
// stands where it stood is the same whatever its value now is.
func sameCell(x cell, y readCell) bool {
	if x.f != "" {
		return y.formula && strings.EqualFold(bareFormula(x.f), bareFormula(y.f))
	}
	if x.kind == number {
		v, ok := y.number()
		return ok && sameNumber(v, x.n)
	}
	return strings.TrimSpace(shownText(x)) == strings.TrimSpace(y.v)
}

func bareFormula(f string) string {
	return strings.NewReplacer(" ", "", "$", "").Replace(strings.TrimPrefix(f, "="))
}

// edited is the stream with every change of its row in it.
func (d *differ) edited(was *ledger.Stream, at map[int]readCell, heads map[string]int) *ledger.Stream {
	s := *was
	num := func(head string, set func(float64)) {
		if c, ok := at[heads[head]]; ok {
			if v, ok := c.number(); ok {
				set(v)
			}
		}
	}
	text := func(head string, to *string) { *to = strings.TrimSpace(at[heads[head]].v) }
	year := func(head string, to *int) { num(head, func(v float64) { *to = int(math.Round(v)) }) }
	text("Effect", &s.Label)
	text("Quantity unit", &s.QuantityUnit)
	text("Source", &s.Source)
	if c := strings.TrimSpace(at[heads["Category"]].v); c != "" && c != d.sent.cats.name(was.Category) {
		s.Category = ledger.Category(c)
	}
	for id, l := range d.sent.bodyOf {
		if l == strings.TrimSpace(at[heads["Payer"]].v) {
			s.Payer = id
		}
		if l == strings.TrimSpace(at[heads["Beneficiary"]].v) {
			s.Beneficiary = id
		}
	}
	num("Quantity", func(v float64) { s.Quantity = v })
	s.Rates = append([]ledger.Term(nil), was.Rates...)
	for i := range d.sent.lay.nRates {
		c, ok := at[heads["Rate "+string(rune('A'+i))]]
		v, isNumber := c.number()
		if !ok || !isNumber || i >= len(s.Rates) && v == 1 && !c.formula {
			continue
		}
		for len(s.Rates) <= i {
			s.Rates = append(s.Rates, ledger.Term{Value: 1})
		}
		s.Rates[i] = d.termOf(s.Rates[i], c, v)
	}
	if c, ok := at[heads["Uplift"]]; ok {
		if v, ok := c.number(); ok {
			s.Uplift = d.termOf(s.Uplift, c, v)
		}
	}
	if c, ok := at[heads["Growth a year"]]; ok {
		if v, ok := c.number(); ok {
			s.Growth = d.termOf(s.Growth, c, v)
		}
	}
	year("First year", &s.First)
	year("Last year", &s.Last)
	num("Share of first year missed", func(v float64) { s.FirstMissed = v })
	num("Share of last year missed", func(v float64) { s.LastMissed = v })
	year("Every … years", &s.Profile.Every)
	year("Ramp, years", &s.Profile.Ramp)
	if p := strings.TrimSpace(at[heads["Profile"]].v); p == noneKey {
		s.Profile.Shares = nil
	} else if i := slices.Index(d.sent.profiles.keys, p); i >= 0 {
		s.Profile.Shares = d.sent.profiles.rows[i]
	}
	if x := strings.TrimSpace(at[heads["Index"]].v); x == noneKey {
		s.Index = ""
	} else if x != "" {
		s.Index = x
	}
	for head, to := range map[string]*bool{"Transfer": &s.Transfer, "Unpriced": &s.Unpriced, "Capital": &s.Capital, "Benefit": &s.Benefit, "Exempt": &s.Exempt} {
		num(head, func(v float64) { *to = v != 0 })
	}
	s.Grade = gradeOf(strings.TrimSpace(at[heads["Evidence grade"]].v))
	return &s
}

// termOf reads a term back: the named cell when the formula is a name, else the
// number.
func (d *differ) termOf(was ledger.Term, c readCell, v float64) ledger.Term {
	if c.formula {
		f := bareFormula(c.f)
		rest, complement := strings.CutPrefix(f, "1-")
		for key, n := range d.sent.nameOf {
			if strings.EqualFold(n, rest) {
				val := v
				if complement {
					val = 1 - v
				}
				return ledger.Term{Key: key, Value: val, Complement: complement}
			}
		}
	} else if was.Key == "" && sameNumber(was.Factor(), v) {
		return was
	}
	return ledger.Term{Value: v}
}

// addedStream reads a row that was not sent.
func (d *differ) addedStream(sheet string, row int, k streamKey, at map[int]readCell, heads map[string]int) {
	c := at[heads["Quantity"]]
	q, ok := c.number()
	if !ok {
		if strings.TrimSpace(c.v) != "" || k.id != "" {
			d.problem(Unreadable, sheet, a1(row, heads["Quantity"]), fmt.Sprintf("A row was added (%s) whose quantity is “%s”, which is not a number.", fallback(k.id, "no identifier"), c.v))
		}
		return
	}
	blank := &ledger.Stream{ID: k.id, Ledger: ledger.Money, Unit: "£", PriceBase: d.sent.cmp.PriceBase, Asset: ""}
	switch strings.TrimSpace(at[heads["Ledger"]].v) {
	case ledger.Carbon.String():
		blank.Ledger, blank.PriceBase = ledger.Carbon, 0
	case ledger.Space.String():
		blank.Ledger, blank.PriceBase = ledger.Space, 0
	}
	if u := strings.TrimSpace(at[heads["Unit"]].v); u != "" {
		blank.Unit = u
	}
	blank.Fuel = model.Fuel(strings.TrimSpace(at[heads["Fuel"]].v))
	st := d.edited(blank, at, heads)
	for id := range d.sent.assetOf {
		if d.sent.asset(id) == strings.TrimSpace(at[heads["Asset"]].v) {
			st.Asset = id
		}
	}
	if st.First == 0 {
		st.First = d.sent.cmp.BaseYear
	}
	if st.Last == 0 {
		st.Last = d.sent.cmp.BaseYear + d.sent.years - 1
	}
	if st.ID == "" {
		st.ID = "workbook/" + strconv.Itoa(row)
	}
	d.say(Change{Kind: StreamAdded, Sheet: sheet, Cell: a1(row, heads["Quantity"]), Key: st.ID, Scenario: k.scenario, Field: "Quantity", To: plain(q), Number: q, Stream: st,
		ScenarioIDs: d.scenarioIDs(k.scenario), Sentence: fmt.Sprintf("A stream was added to %s: %s, %s %s", k.scenario, fallback(st.Label, st.ID), plain(q), st.QuantityUnit)})
}
