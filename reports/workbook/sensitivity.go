package workbook

import (
	"fmt"
	"slices"
	"sort"

	"github.com/planting-the-flag/flagstone/model/ledger"
)

// buildSensitivity writes two live blocks: what happens to NPSV when a category
// costs more or less, and at which value of an assumption NPSV is nothing. Both
// are exact because NPSV is linear in what they change.
func (b *builder) buildSensitivity() error {
	s := newSheet("Sensitivity")
	b.add(s, "Change a multiplier and see NPSV move; switching values by formula")
	s.put(1, 1, txt(stTitle, "Sensitivity"))
	s.put(2, 1, txt(stSubtitle, "Change a blue multiplier and NPSV on this sheet follows. Nothing else in the book does: to change an assumption for good, change it in Assumptions."))
	s.put(3, 1, txt(stNote, fmt.Sprintf("£, real, %d prices, present values of the change against the baseline. Only what enters in proportion is here: growth rates, uplifts and discount rates are changed in Assumptions and Factors.", b.cmp.PriceBase)))
	s.widths[1], s.widths[2], s.widths[3], s.widths[4] = 48, 34, 12, 12
	var opts []*scenario
	for _, sc := range b.scenarios {
		if sc != b.baseline {
			opts = append(opts, sc)
		}
	}
	if len(opts) == 0 {
		s.put(5, 1, txt(stText, "There is no option besides the baseline."))
		return nil
	}
	s.frozen, s.titles = [2]int{0, 2}, 3
	r := b.multipliers(s, 5, opts)
	b.switching(s, r+2, opts)
	return nil
}

// multipliers writes a block with one blue cell a category.
func (b *builder) multipliers(s *sheet, r int, opts []*scenario) int {
	s.heads(r, 1, "What changes", "Key", "Multiplier", "Unit")
	for i, sc := range opts {
		c := 5 + 3*i
		s.heads(r, c, sc.label+": present value", "Effect on NPSV", "Multiplier at which NPSV is 0")
		s.widths[c], s.widths[c+1], s.widths[c+2] = 18, 16, 16
	}
	s.heights[r] = 45
	r++
	first := r
	last := first + len(b.money)
	row := func(label, key string, pv func(sc *scenario) (string, float64)) {
		s.row(r, 1, txt(stLabel, label), txt(stText, key), num(stInput, 1), txt(stNote, "times"))
		for i, sc := range opts {
			c := 5 + 3*i
			f, v := pv(sc)
			npsv := sc.cells["npsv"]
			s.put(r, c, calc(stCalc, f, v))
			s.put(r, c+1, calc(stCalc, fmt.Sprintf("%s*(%s-1)", a1(r, c), colAbs(r, 3)), 0))
			sw := cell{style: stDiff, kind: words, f: fmt.Sprintf(`IF(ABS(%[1]s)<=Check_tolerance,"–",1-%[2]s/%[1]s)`, a1(r, c), npsv.out()), s: "–"}
			if v > 0.005 || v < -0.005 {
				sw.kind, sw.n = number, 1-npsv.v/v
			}
			s.put(r, c+2, sw)
		}
		r++
	}
	for _, cat := range b.money {
		row("Money: "+cat, cat, func(sc *scenario) (string, float64) {
			m, o := sc.rows["econ:"+cat], b.baseline.rows["econ:"+cat]
			return m.sheet.out(m.row, colPV) + "-" + o.sheet.out(o.row, colPV), dot(m.v, b.discount.v) - dot(o.v, b.discount.v)
		})
	}
	row("Value of carbon saved", "carbon", func(sc *scenario) (string, float64) {
		y := sc.rows["value"]
		return y.sheet.out(y.row, colPV), dot(y.v, b.discount.v)
	})
	s.row(r, 1, txt(stOutLabel, "NPSV"), blank(stOutLabel), blank(stOutLabel), txt(stOutLabel, "£"))
	for i, sc := range opts {
		c := 5 + 3*i
		n := sc.cells["npsv"]
		s.put(r, c, calc(stOutPence, fmt.Sprintf("SUM(%s:%s)", a1(first, c), a1(last, c)), n.v))
		s.put(r, c+1, calc(stOut, fmt.Sprintf("SUM(%s:%s)", a1(first, c+1), a1(last, c+1)), 0))
		s.put(r, c+2, blank(stOut))
		b.checks = append(b.checks, check{groupTies, sc.label + ": present values by category add up to NPSV",
			fmt.Sprintf("ABS(%s-%s)<=Check_tolerance", s.out(r, c), n.out()), true})
	}
	s.row(r+1, 1, txt(stOutLabel, "NPSV with the multipliers"), blank(stOutLabel), blank(stOutLabel), txt(stOutLabel, "£"))
	for i, sc := range opts {
		c := 5 + 3*i
		s.put(r+1, c, calc(stOutPence, a1(r, c)+"+"+a1(r, c+1), sc.cells["npsv"].v))
		s.put(r+1, c+1, blank(stOut))
		s.put(r+1, c+2, blank(stOut))
	}
	return r + 2
}

// linearKeys lists the assumptions that enter only as a rate, once a stream:
// NPSV is linear in them.
func (b *builder) linearKeys() (linear, not []string) {
	used, bad := map[string]bool{}, map[string]bool{}
	for _, bl := range b.blocks() {
		for _, st := range bl.streams {
			var here []string
			for _, t := range st.Rates {
				if _, ok := b.tied(t); !ok {
					continue
				}
				used[t.Key] = true
				if t.Complement || slices.Contains(here, t.Key) {
					bad[t.Key] = true
				}
				here = append(here, t.Key)
			}
			for _, t := range []ledger.Term{st.Uplift, st.Growth} {
				if _, ok := b.tied(t); ok {
					used[t.Key], bad[t.Key] = true, true
				}
			}
		}
	}
	for k := range used {
		if bad[k] {
			not = append(not, k)
		} else {
			linear = append(linear, k)
		}
	}
	sort.Strings(linear)
	sort.Strings(not)
	return linear, not
}

// switching writes, for each assumption that enters in proportion, the present
// value that hangs on it and the value at which NPSV is nothing.
func (b *builder) switching(s *sheet, r int, opts []*scenario) {
	l := b.lay
	linear, not := b.linearKeys()
	s.heads(r, 1, "Assumption", "Key", "Value", "Unit")
	for i, sc := range opts {
		s.heads(r, 5+3*i, sc.label+": present value that hangs on it", "Share of NPSV", "Value at which NPSV is 0")
	}
	s.heights[r] = 45
	r++
	own := map[*block]map[string]float64{}
	for _, sc := range b.scenarios {
		sums := map[string]float64{}
		for i, st := range sc.own.streams {
			pv := dot(sc.own.flows[i], b.weights[weightKey(st)])
			for _, t := range st.Rates {
				if _, ok := b.tied(t); ok && !t.Complement {
					sums[t.Key] += pv
				}
			}
		}
		own[sc.own] = sums
	}
	for _, k := range linear {
		a, _ := b.cmp.Book.Get(k)
		s.row(r, 1, txt(stLabel, fallback(a.Label, k)), txt(stText, criterion(k)), calc(stCalcFine, b.nameOf[k], a.Value), txt(stNote, a.Unit))
		for i, sc := range opts {
			c := 5 + 3*i
			cond := where{l.rates, `"*["&` + colAbs(r, 2) + `&"]*"`}
			v := own[sc.own][k] - own[b.baseline.own][k]
			n := sc.cells["npsv"]
			s.put(r, c, calc(stCalc, b.sumOf([]*block{sc.own}, l.present, false, cond)+"-("+b.sumOf([]*block{b.baseline.own}, l.present, false, cond)+")", v))
			share := 0.0
			if n.v != 0 {
				share = v / n.v
			}
			s.put(r, c+1, calc(stCalcPct, fmt.Sprintf("IF(%[2]s=0,0,%[1]s/%[2]s)", a1(r, c), n.out()), share))
			sw := cell{style: stDiff, kind: words, f: fmt.Sprintf(`IF(ABS(%[1]s)<=Check_tolerance,"–",%[3]s*(1-%[2]s/%[1]s))`, a1(r, c), n.out(), colAbs(r, 3)), s: "–"}
			if v > 0.005 || v < -0.005 {
				sw.kind, sw.n = number, a.Value*(1-n.v/v)
			}
			s.put(r, c+2, sw)
		}
		r++
	}
	if len(linear) == 0 {
		s.put(r, 1, txt(stNote, "No assumption enters in proportion."))
		r++
	}
	for i, k := range not {
		if i == 0 {
			r++
			s.put(r, 1, txt(stNote, "Not in proportion (growth, uplift, or one minus the value); change them in Assumptions:"))
			r++
		}
		a, _ := b.cmp.Book.Get(k)
		s.row(r, 1, txt(stLabel, fallback(a.Label, k)), txt(stText, k), calc(stCalcFine, b.nameOf[k], a.Value), txt(stNote, a.Unit))
		r++
	}
}
