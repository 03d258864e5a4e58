package workbook

import (
	"fmt"
)

// buildReconciliation ties people, desks and areas between scenarios, and money
// between its several readings.
func (b *builder) buildReconciliation() error {
	s := b.yearSheet("Reconciliation", "Reconciliation", "Nobody and nothing may be lost on the way: people and m² in = out; £ by category = £ by body = total.")
	b.add(s, "People, desks, areas and money tie to each other and to their source")
	l := b.lay
	r := rowFirstData
	b.labels = map[string]spot{}
	b.block(s, r, "Scenarios of this book, as the rows of Streams name them")
	r++
	for _, bl := range b.blocks() {
		s.row(r, colLabel, txt(stLabel, "Block of streams"), txt(stText, bl.label))
		b.labels[bl.label] = spot{s, r, colKey, 0}
		r++
	}
	r++
	if len(b.scenarios) == 0 {
		return nil
	}
	base := b.baseline.rows
	for _, sc := range b.scenarios {
		b.block(s, r, sc.label)
		r++
		sub := func(label, unit string, x, y yearRow, st style) yearRow {
			out := b.line(s, r, label, "", unit, st, false, func(j int) (string, float64) { return x.out(j) + "-" + y.out(j), x.v[j] - y.v[j] })
			r++
			return out
		}
		zero := func(what string, y yearRow, tolerance string) {
			worst := 0.0
			for _, v := range y.v {
				worst = max(worst, v, -v)
			}
			b.checks = append(b.checks, check{groupTies, sc.label + ": " + what,
				fmt.Sprintf("SUMPRODUCT((ABS(%s)>%s)*1)=0", y.outSpan(), tolerance), worst <= toleranceOf(tolerance)})
		}
		if sc != b.baseline {
			zero("people housed = people housed in the baseline, every year", sub("People housed, less those of the baseline", "FTE", sc.rows["people"], base["people"], stDiff), "Share_tolerance")
			zero("m² kept, vacant, converted and released = m² of the baseline, every year", sub("Floor area accounted for, less that of the baseline", "m²", sc.rows["area"], base["area"], stDiff), "Share_tolerance")
			sub("Desks in use, less those of the baseline (a change, not a check)", "desks", sc.rows["desks"], base["desks"], stDiff)
		}
		direct := func(label string, v []float64, conds ...where) yearRow {
			y := b.streamLine(s, r, sc, label, "", "£", stCalc, v, conds...)
			r++
			return y
		}
		econ := direct("Economic view: all streams, whatever their category", b.sumBoth(sc, isEconomic), where{l.economic, "1"})
		zero("£ by category = £ of all streams, economic view", sub("£ by category less that", "£", sc.rows["econ:"], econ, stDiff), "Check_tolerance")
		cash := direct("Public cash: all streams, whatever their category", b.sumBoth(sc, b.isPublicCash), where{l.public, "1"})
		zero("£ by category = £ of all streams, public cash view", sub("£ by category less that", "£", sc.rows["cash:"], cash, stDiff), "Check_tolerance")
		r = b.presentTie(sc, s, r)
		r++
	}
	return nil
}

// presentTie works NPSV out a second way, from the present value of each
// stream, and ties it to the sheet of the scenario.
func (b *builder) presentTie(sc *scenario, s *sheet, r int) int {
	f := b.presentOf(sc.own) + "-(" + b.presentOf(b.baseline.own) + ")"
	sum := func(bl *block) float64 {
		t := 0.0
		for i, st := range bl.streams {
			t += dot(bl.flows[i], b.weights[weightKey(st)])
		}
		return t
	}
	v := sum(sc.own) - sum(b.baseline.own)
	s.row(r, colLabel, txt(stLabel, "NPSV from the present value of each stream, less the baseline's"), txt(stText, ""), txt(stText, "£"), calc(stCalcPence, f, v))
	other := sc.cells["npsv"]
	s.row(r+1, colLabel, txt(stLabel, "NPSV on the sheet of the scenario, less that"), txt(stText, ""), txt(stText, "£"),
		calc(stDiff, other.out()+"-"+abs(r, colTotal), other.v-v))
	d := other.v - v
	b.checks = append(b.checks, check{groupTies, sc.label + ": NPSV by year = NPSV by stream",
		fmt.Sprintf("ABS(%s)<=Check_tolerance", s.out(r+1, colTotal)), max(d, -d) <= 0.005})
	return r + 2
}

// presentOf adds up the present values of a block.
func (b *builder) presentOf(bl *block) string {
	out := ""
	for _, p := range bl.parts {
		if out != "" {
			out += "+"
		}
		out += fmt.Sprintf("SUM(%s%s:%s)", quoted(p.sheet), abs(p.first, b.lay.present), abs(p.last, b.lay.present))
	}
	return fallback(out, "0")
}
