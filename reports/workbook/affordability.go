package workbook

import (
	"fmt"
	"math"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/appraisal"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// funding are the blue cells of the Affordability sheet: how a plan is paid for.
type funding struct {
	rate, years, life, vat, sticks, cap spot
	ok                                  bool // false when the book lacks a loan rate
}

// buildAffordability restates public cash in the money of each year, revenue
// and capital apart, and pays for capital: receipts first, then annuity loans,
// with the interest and the minimum revenue provision that follow.
func (b *builder) buildAffordability() error {
	s := b.yearSheet("Affordability", "Affordability", "All public bodies together, £ of each year (nominal), change against the baseline. Receipts pay for capital first, annuity loans for the rest.")
	b.add(s, "Revenue and capital by year in the money of each year: funding, loans, provision, effect on the budget")
	s.heads(rowHead, colPV, "")
	r := rowFirstData
	deflator := b.paths["deflator"]
	if deflator.sheet == nil || len(b.scenarios) == 0 {
		s.put(r, 1, txt(stText, "There is nothing to show: no scenario, or no path of general inflation."))
		return nil
	}
	f := b.fundingCells(s, &r)
	for _, sc := range b.scenarios {
		if sc != b.baseline {
			b.afford(s, &r, sc, f, deflator)
		}
	}
	for _, sc := range b.scenarios {
		b.affordReal(s, &r, sc)
	}
	return nil
}

// fundingCells writes how the plan is paid for.
func (b *builder) fundingCells(s *sheet, r *int) funding {
	b.block(s, *r, "How it is paid for (change these here; they move this sheet alone)")
	*r++
	def, err := appraisal.Funding{}, error(model.ErrNotFound)
	if b.cmp.Book != nil {
		def, err = appraisal.DefaultFunding(b.cmp)
	}
	var f funding
	f.ok = err == nil
	put := func(label, unit string, c cell) spot {
		s.row(*r, colLabel, txt(stLabel, label), txt(stText, ""), txt(stText, unit), c)
		*r++
		return spot{s, *r - 1, colTotal, c.n}
	}
	named := func(key string, v float64) cell {
		if n, ok := b.nameOf[key]; ok && b.valueBy[key] == v {
			return calc(stCalcAny, n, v)
		}
		return num(stInput, v)
	}
	f.rate = put("Loan rate (enter the day's rate in Assumptions)", "a year", named("pwlb.rate.25", def.Loan.Rate))
	f.years = put("Years of a loan", "years", num(stInput, float64(max(def.Loan.Years, 1))))
	f.life = put("Life over which the provision is made, equal instalments", "years", num(stInput, float64(max(def.MRP.Life, 1))))
	f.vat = put("VAT on capital spending", "share", named("works.vat", def.VATRate))
	f.sticks = put("Share of that VAT that cannot be recovered", "share", num(stInput, def.VATSticks))
	f.cap = put("Most of a receipt that its own costs of sale may take", "share", named("sale.cost_cap", def.ReceiptCostCap))
	if !f.ok {
		s.put(*r, 1, txt(stNote, "The assumption book has no loan rate (pwlb.rate.25): loans are shown at 0 %."))
		*r++
	}
	*r++
	return f
}

// afford writes one option: cash, funding, loans, provision and the effect on
// the budget. Every row is one formula.
func (b *builder) afford(s *sheet, r *int, sc *scenario, f funding, deflator yearRow) {
	l := b.lay
	own, base := []*block{sc.own}, []*block{b.baseline.own}
	b.block(s, *r, sc.label+": effect on the budget")
	*r++
	change := func(label, unit, key string, sign float64, st style, keep func(*ledger.Stream, float64) bool, conds func(row, col int) [][]where) yearRow {
		v := make([]float64, b.years)
		for _, x := range []struct {
			bl   *block
			sign float64
		}{{sc.own, sign}, {b.baseline.own, -sign}} {
			for i, stream := range x.bl.streams {
				for j, flow := range x.bl.flows[i] {
					if keep(stream, flow) {
						v[j] += x.sign * flow * deflator.v[j]
					}
				}
			}
		}
		row := *r
		y := b.line(s, row, label, key, unit, st, true, func(j int) (string, float64) {
			plus, minus := "", ""
			for i, c := range conds(row, l.year1+j) {
				if i > 0 {
					plus, minus = plus+"+", minus+"+"
				}
				plus += b.sumOf(own, l.year1+j, true, c...)
				minus += b.sumOf(base, l.year1+j, true, c...)
			}
			lead := ""
			if sign < 0 {
				lead = "-"
			}
			return fmt.Sprintf("%s((%s)-(%s))*%s", lead, plus, minus, deflator.out(j)), v[j]
		})
		*r++
		return y
	}
	receiptName := b.cats.name(ledger.CatReceipt)
	capital := func(st *ledger.Stream) bool { return st.Capital || b.cats.name(st.Category) == receiptName }
	first := *r
	revenue := make([]float64, b.years)
	var saleCost yearRow
	for _, c := range b.money {
		if c == receiptName {
			continue
		}
		y := change("Revenue: "+c, "£", c, 1, stCalc,
			func(st *ledger.Stream, _ float64) bool {
				return b.isPublicCash(st) && !capital(st) && b.cats.name(st.Category) == c
			},
			func(row, _ int) [][]where {
				return [][]where{{{l.public, "1"}, {l.capital, "0"}, {l.category, colAbs(row, colKey)}}}
			})
		ledger.AddTo(revenue, y.v, 1)
		if c == b.cats.name(ledger.CatSaleCost) {
			saleCost = y
		}
	}
	last := *r - 1
	line := func(label, unit string, st style, total bool, fn func(j int) (string, float64)) yearRow {
		y := b.line(s, *r, label, "", unit, st, total, fn)
		*r++
		return y
	}
	rev := line("Revenue, before loans and provision", "£", stOut, true, func(j int) (string, float64) {
		if last < first {
			return "0*" + deflator.out(j), 0
		}
		return fmt.Sprintf("SUM(%s:%s)", a1(first, colYear+j), a1(last, colYear+j)), revenue[j]
	})
	signed := func(op string) func(int, int) [][]where {
		return func(_, col int) [][]where {
			return [][]where{{{l.public, "1"}, {l.capital, "1"}, {-col, op}}, {{l.public, "1"}, {l.capital, "0"}, {l.category, "Category_receipt"}, {-col, op}}}
		}
	}
	works := change("Capital spending, without VAT that cannot be reclaimed", "£", "", -1, stCalc,
		func(st *ledger.Stream, v float64) bool { return b.isPublicCash(st) && capital(st) && v < 0 }, signed(`"<0"`))
	cap2 := line("Capital spending", "£", stCalc, true, func(j int) (string, float64) {
		return fmt.Sprintf("%s*(1+%s*%s)", works.in(j), f.vat.in(), f.sticks.in()), works.v[j] * (1 + f.vat.v*f.sticks.v)
	})
	receipts := change("Receipts", "£", "", 1, stCalc,
		func(st *ledger.Stream, v float64) bool { return b.isPublicCash(st) && capital(st) && v > 0 }, signed(`">0"`))
	charged := line("Costs of sale charged to receipts", "£", stCalc, true, func(j int) (string, float64) {
		if saleCost.sheet == nil {
			return "0*" + receipts.in(j), 0
		}
		v := 0.0
		if saleCost.v[j] < 0 && receipts.v[j] > 0 {
			v = math.Min(-saleCost.v[j], f.cap.v*receipts.v[j])
		}
		return fmt.Sprintf("IF(AND(%[1]s<0,%[2]s>0),MIN(-%[1]s,%[3]s*%[2]s),0)", saleCost.in(j), receipts.in(j), f.cap.in()), v
	})
	// Receipts held, used and left: each year from the one before.
	used, left := make([]float64, b.years), make([]float64, b.years)
	held := 0.0
	for j := range b.years {
		held += receipts.v[j] - charged.v[j]
		used[j] = math.Min(math.Max(cap2.v[j], 0), math.Max(held, 0))
		held -= used[j]
		left[j] = held
	}
	leftRow := *r + 1
	fromReceipts := line("Paid from receipts", "£", stCalc, true, func(j int) (string, float64) {
		return fmt.Sprintf("MIN(MAX(%s,0),MAX(N(%s)+%s-%s,0))", cap2.in(j), a1(leftRow, colYear+j-1), receipts.in(j), charged.in(j)), used[j]
	})
	line("Receipts left at the end of the year", "£", stCalc, false, func(j int) (string, float64) {
		return fmt.Sprintf("N(%s)+%s-%s-%s", a1(leftRow, colYear+j-1), receipts.in(j), charged.in(j), fromReceipts.in(j)), left[j]
	})
	borrow := line("Borrowed (negative: borrowing that the baseline would have needed)", "£", stOut, true, func(j int) (string, float64) {
		v := cap2.v[j] - used[j]
		if cap2.v[j] < 0 {
			v = cap2.v[j]
		}
		return fmt.Sprintf("IF(%[1]s<0,%[1]s,%[1]s-%[2]s)", cap2.in(j), fromReceipts.in(j)), v
	})
	b.debt(s, r, sc, f, rev, cap2, receipts, charged, borrow)
}

// debt writes loans and provision. All loans have the same rate and life, so
// together they are paid as one: what is due in a year is the sum of what was
// borrowed in the years still running, times the payment of a loan of £1.
func (b *builder) debt(s *sheet, r *int, sc *scenario, f funding, rev, capital, receipts, charged, borrow yearRow) {
	line := func(label string, st style, total bool, fn func(j int) (string, float64)) yearRow {
		y := b.line(s, *r, label, "", "£", st, total, fn)
		*r++
		return y
	}
	window := func(j int, years spot) (string, float64) {
		v := 0.0
		for t := max(0, j-int(years.v)); t < j; t++ {
			v += borrow.v[t]
		}
		index := abs(rowIndex, colYear) + ":" + abs(rowIndex, colYear+b.years-1)
		return fmt.Sprintf(`SUMIFS(%s,%s,">="&(%s-%s),%s,"<"&%s)`, abs(borrow.row, colYear)+":"+abs(borrow.row, colYear+b.years-1),
			index, rowAbs(rowIndex, colYear+j), years.in(), index, rowAbs(rowIndex, colYear+j)), v
	}
	unit := 1 / f.years.v
	if f.rate.v > 0 {
		unit = f.rate.v / (1 - math.Pow(1+f.rate.v, -f.years.v))
	}
	pay := line("Loan payments", stCalc, true, func(j int) (string, float64) {
		w, v := window(j, f.years)
		return fmt.Sprintf("%[1]s*IF(%[2]s=0,1/%[3]s,%[2]s/(1-(1+%[2]s)^-%[3]s))", w, f.rate.in(), f.years.in()), v * unit
	})
	debt, interest := make([]float64, b.years), make([]float64, b.years)
	before := 0.0
	for j := range b.years {
		interest[j] = f.rate.v * before
		before += borrow.v[j] - (pay.v[j] - interest[j])
		debt[j] = before
	}
	debtRow := *r + 1
	in := line("Of which interest", stCalc, true, func(j int) (string, float64) {
		return fmt.Sprintf("%s*N(%s)", f.rate.in(), a1(debtRow, colYear+j-1)), interest[j]
	})
	owed := line("Loans outstanding at the end of the year", stCalc, false, func(j int) (string, float64) {
		return fmt.Sprintf("N(%s)+%s-(%s-%s)", a1(debtRow, colYear+j-1), borrow.in(j), pay.in(j), in.in(j)), debt[j]
	})
	mrp := line("Minimum revenue provision", stCalc, true, func(j int) (string, float64) {
		w, v := window(j, f.life)
		return w + "/" + f.life.in(), v / f.life.v
	})
	cfr := 0.0
	cfrRow := *r
	need := line("Capital financing requirement at the end of the year", stCalc, false, func(j int) (string, float64) {
		cfr += borrow.v[j] - mrp.v[j]
		return fmt.Sprintf("N(%s)+%s-%s", a1(cfrRow, colYear+j-1), borrow.in(j), mrp.in(j)), cfr
	})
	net := line("Effect on the revenue budget (a saving is positive)", stOut, true, func(j int) (string, float64) {
		return fmt.Sprintf("%s+%s-%s-%s", rev.in(j), charged.in(j), in.in(j), mrp.in(j)), rev.v[j] + charged.v[j] - in.v[j] - mrp.v[j]
	})
	cash := line("Effect on cash, loans included", stOut, true, func(j int) (string, float64) {
		return fmt.Sprintf("%s-%s+%s+%s-%s", rev.in(j), capital.in(j), receipts.in(j), borrow.in(j), pay.in(j)), rev.v[j] - capital.v[j] + receipts.v[j] + borrow.v[j] - pay.v[j]
	})
	if b.opt.Edition != Public && f.ok {
		b.programBudget(s, r, sc, map[string]yearRow{"Effect on the revenue budget": net, "Effect on cash": cash, "Loans outstanding": owed, "Capital financing requirement": need})
	}
	*r++
}

// programBudget sets the program's own reading beside the recomputed one.
func (b *builder) programBudget(s *sheet, r *int, sc *scenario, rows map[string]yearRow) {
	fund, err := appraisal.DefaultFunding(b.cmp)
	if err != nil {
		return
	}
	a, err := appraisal.Afford(b.cmp, sc.res.Scenario.ID, fund)
	if err != nil {
		s.put(*r, 1, txt(stNote, "The program could not work this out: "+err.Error()))
		*r++
		return
	}
	for _, x := range []struct {
		what string
		v    []float64
	}{{"Effect on the revenue budget", a.NetRevenue}, {"Effect on cash", a.NetCash}, {"Loans outstanding", a.Debt}, {"Capital financing requirement", a.CFR}} {
		s.row(*r, colLabel, txt(stAppText, "The program's own: "+x.what), blank(stAppText), txt(stAppText, "£"))
		for j, v := range x.v {
			// To the millionth: the program adds categories up in no fixed order,
			// and the last digit must not differ from one book to the next.
			x.v[j] = math.Round(v*1e6) / 1e6
			s.put(*r, colYear+j, num(stApp, x.v[j]))
		}
		b.tie(groupProgram, fmt.Sprintf("%s: %s, every year: recomputed = the program's own", sc.label, x.what), rows[x.what], yearRow{s, *r, x.v}, "Check_tolerance")
		*r++
	}
}

// affordReal writes public cash as it is in the option's sheet, revenue and
// capital apart, in real money.
func (b *builder) affordReal(s *sheet, r *int, sc *scenario) {
	l := b.lay
	b.block(s, *r, sc.label+fmt.Sprintf(": public cash, real, %d prices, not a change", b.cmp.PriceBase))
	*r++
	stream := func(label, flag string, capital bool) yearRow {
		y := b.streamLine(s, *r, sc, label, "", "£ real", stCalc, b.sumPublic(sc, capital), where{l.public, "1"}, where{l.capital, flag})
		*r++
		return y
	}
	rev := stream("Revenue", "0", false)
	capital := stream("Capital (spending and receipts)", "1", true)
	all := b.line(s, *r, "Public cash", "", "£ real", stOut, true, func(j int) (string, float64) {
		return rev.in(j) + "+" + capital.in(j), rev.v[j] + capital.v[j]
	})
	b.tie(groupTies, sc.label+": revenue + capital = public cash by category, every year", all, sc.rows["cash:"], "Check_tolerance")
	*r += 2
}
