package workbook

import (
	"sort"
	"strings"

	"github.com/planting-the-flag/flagstone/model/action"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// where is one condition of a SUMIFS: a column of the Streams sheets and what
// must stand in it, as formula text.
type where struct {
	col int
	is  string
}

// sumOf is the formula that adds up a column of streams over the blocks.
func (b *builder) sumOf(blocks []*block, col int, relative bool, conds ...where) string {
	var sb strings.Builder
	for _, bl := range blocks {
		for _, p := range bl.parts {
			if sb.Len() > 0 {
				sb.WriteByte('+')
			}
			sheet := quoted(p.sheet)
			if p.sheet == "Streams" {
				sheet = "Streams!"
			}
			sb.WriteString("SUMIFS(")
			sb.WriteString(sheet)
			if relative {
				sb.WriteString(rowAbs(p.first, col) + ":" + rowAbs(p.last, col))
			} else {
				sb.WriteString(abs(p.first, col) + ":" + abs(p.last, col))
			}
			for _, w := range conds {
				if w.col < 0 { // a column of years: it moves along with the values
					sb.WriteString("," + sheet + rowAbs(p.first, -w.col) + ":" + rowAbs(p.last, -w.col) + "," + w.is)
					continue
				}
				sb.WriteString("," + sheet + abs(p.first, w.col) + ":" + abs(p.last, w.col) + "," + w.is)
			}
			sb.WriteByte(')')
		}
	}
	if sb.Len() == 0 {
		return "0"
	}
	return sb.String()
}

// streamLine writes a row that adds up the flows of a scenario's streams: those
// of every scenario and its own. values are its sums, as the formula gives them.
func (b *builder) streamLine(s *sheet, r int, sc *scenario, label, key, unit string, st style, values []float64, conds ...where) yearRow {
	blocks := []*block{b.common, sc.own}
	return b.line(s, r, label, key, unit, st, true, func(j int) (string, float64) {
		return b.sumOf(blocks, b.lay.year1+j, true, conds...), values[j]
	})
}

// totals are the sums of one scenario's streams that its sheet shows.
type totals struct {
	economic, cash    map[string][]float64 // by category
	energy            map[string][]float64 // by fuel
	other             []float64            // kgCO2e not from energy
	capital, receipts []float64            // public cash
	benefits          []float64
	people, desks     []float64
	area              map[string][]float64 // by what becomes of it
}

// total adds up the streams of a scenario once for every table.
func (b *builder) total(sc *scenario) *totals {
	n := b.years
	t := &totals{}
	by := func(key func(*ledger.Stream) (string, bool)) map[string][]float64 {
		out := sc.own.sumBy(n, key)
		for k, v := range b.common.sumBy(n, key) {
			if out[k] == nil {
				out[k] = make([]float64, n)
			}
			ledger.AddTo(out[k], v, 1)
		}
		return out
	}
	row := func(keep func(*ledger.Stream) bool) []float64 {
		out := sc.own.sum(n, keep)
		ledger.AddTo(out, b.common.sum(n, keep), 1)
		return out
	}
	t.economic = by(func(s *ledger.Stream) (string, bool) { return b.cats.name(s.Category), isEconomic(s) })
	t.cash = by(func(s *ledger.Stream) (string, bool) { return b.cats.name(s.Category), b.isPublicCash(s) })
	t.energy = by(func(s *ledger.Stream) (string, bool) {
		return string(s.Fuel), s.Ledger == ledger.Carbon && s.Unit == "kWh"
	})
	t.other = row(func(s *ledger.Stream) bool { return s.Ledger == ledger.Carbon && s.Unit == "kgCO2e" })
	t.capital = row(func(s *ledger.Stream) bool { return b.isPublicCash(s) && s.Capital })
	t.receipts = row(func(s *ledger.Stream) bool {
		return b.isPublicCash(s) && b.cats.name(s.Category) == b.cats.name(ledger.CatReceipt)
	})
	t.benefits = row(func(s *ledger.Stream) bool { return isEconomic(s) && s.Benefit })
	t.people = row(func(s *ledger.Stream) bool { return s.Ledger == ledger.Space && s.Category == ledger.CatPeople })
	t.desks = row(func(s *ledger.Stream) bool { return s.Ledger == ledger.Space && s.Category == ledger.CatDesks })
	t.area = by(func(s *ledger.Stream) (string, bool) {
		return streamLabel(s), s.Ledger == ledger.Space && s.Category == ledger.CatArea
	})
	return t
}

// of returns a row of a map, or nothing but zeros.
func (b *builder) of(m map[string][]float64, key string) []float64 {
	if v := m[key]; v != nil {
		return v
	}
	return make([]float64, b.years)
}

// areas lists what becomes of floor area, over all scenarios.
func (b *builder) areas() []string {
	used := map[string]bool{}
	for _, bl := range b.blocks() {
		for _, st := range bl.streams {
			if st.Ledger == ledger.Space && st.Category == ledger.CatArea {
				used[streamLabel(st)] = true
			}
		}
	}
	var out []string
	for _, a := range []string{action.AreaOccupied, action.AreaSpare, action.AreaVacant, action.AreaConverted, action.AreaReleased} {
		if used[a] {
			out = append(out, a)
			delete(used, a)
		}
	}
	rest := make([]string, 0, len(used))
	for a := range used {
		rest = append(rest, a)
	}
	sort.Strings(rest)
	return append(out, rest...)
}

// sumPublic adds up a scenario's public cash, capital or revenue.
func (b *builder) sumPublic(sc *scenario, capital bool) []float64 {
	return b.sumBoth(sc, func(s *ledger.Stream) bool { return b.isPublicCash(s) && s.Capital == capital })
}
