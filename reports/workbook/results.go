package workbook

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model/ledger"
)

// running are the categories of the yearly cost of running an estate.
var running = []ledger.Category{ledger.CatRent, ledger.CatRates, ledger.CatMaintenance, ledger.CatCleaning, ledger.CatReception, ledger.CatOther,
	ledger.CatEnergy, ledger.CatHolding, ledger.CatManual}

// runningRow writes the running cost, whoever pays it: the cash of the running
// categories that is neither capital nor a benefit to society.
func (b *builder) runningRow(sc *scenario, s *sheet, r *int) yearRow {
	l := b.lay
	used := map[string]bool{}
	for _, c := range b.money {
		used[c] = true
	}
	var rows []yearRow
	sum := make([]float64, b.years)
	first := *r
	for _, c := range running {
		n := b.cats.name(c)
		if !used[n] {
			continue
		}
		v := b.sumBoth(sc, func(st *ledger.Stream) bool {
			return ledger.IsCash(st) && b.cats.name(st.Category) == n && !st.Capital && !st.Benefit
		})
		ledger.AddTo(sum, v, 1)
		rows = append(rows, b.streamLine(s, *r, sc, "Running, all payers: "+n, n, "£", stCalc, v, where{l.cash, "1"}, where{l.category, colAbs(*r, colKey)},
			where{l.capital, "0"}, where{l.benefit, "0"}))
		*r++
	}
	if len(rows) == 0 {
		s.row(*r, 1, txt(stNote, "No running costs."))
		*r++
	}
	y := b.line(s, *r, "Running cost", "", "£", stOut, true, func(j int) (string, float64) {
		return fmt.Sprintf("SUM(%s:%s)", a1(first, colYear+j), a1(*r-1, colYear+j)), sum[j]
	})
	sc.rows["running"] = y
	*r++
	return y
}

// results writes the results at the top of a scenario's sheet.
func (b *builder) results(sc *scenario, rows map[string]yearRow) {
	s := sc.sheet
	b.block(s, rowResults-1, "Results (by formula from the rows below)")
	pv := func(y yearRow) float64 { return dot(y.v, b.discount.v) }
	sumproduct := func(y yearRow, d yearRow) string { return fmt.Sprintf("SUMPRODUCT(%s,%s)", y.span(), d.outSpan()) }
	total := func(y yearRow) float64 { return ledger.Total(y.v) }
	at := map[string]int{}
	for i, f := range b.shown() {
		at[f.key] = rowResults + i
	}
	cell := func(key string) string { return abs(at[key], colTotal) }
	val := map[string]float64{}
	annuity := 0.0
	for j := 1; j < b.years; j++ {
		annuity += b.discount.v[j]
	}
	set := func(key string) (string, float64) {
		switch key {
		case "npsv":
			return sumproduct(rows["net"], b.discount), pv(rows["net"])
		case "npsv_low":
			return sumproduct(rows["econ"], b.discount) + "+" + sumproduct(rows["low"], b.discount), pv(rows["econ"]) + pv(rows["low"])
		case "npsv_high":
			return sumproduct(rows["econ"], b.discount) + "+" + sumproduct(rows["high"], b.discount), pv(rows["econ"]) + pv(rows["high"])
		case "npsv_reduced":
			return sumproduct(rows["net"], b.reduced), dot(rows["net"].v, b.reduced.v)
		case "npv_public":
			return sumproduct(rows["cash"], b.discount), pv(rows["cash"])
		case "pv_carbon":
			return sumproduct(rows["mid"], b.discount), pv(rows["mid"])
		case "pv_public_cost":
			return "-" + sumproduct(rows["purse"], b.discount), -pv(rows["purse"])
		case "pv_benefits":
			return cell("npsv") + "+" + cell("pv_public_cost"), val["npsv"] + val["pv_public_cost"]
		case "bcr":
			v := 0.0
			if val["pv_public_cost"] > 0.005 {
				v = val["pv_benefits"] / val["pv_public_cost"]
			}
			return fmt.Sprintf("IF(%[1]s>Check_tolerance,%[2]s/%[1]s,0)", cell("pv_public_cost"), cell("pv_benefits")), v
		case "npc":
			return "-" + sumproduct(rows["abs"], b.discount), -pv(rows["abs"])
		case "annual":
			d := b.discount
			sum := fmt.Sprintf("(SUM(%s)-%s)", d.outSpan(), d.sheet.out(d.row, colYear))
			v := val["npsv"]
			if annuity > 0 {
				v /= annuity
			}
			return fmt.Sprintf("IF(%[1]s>0,%[2]s/%[1]s,%[2]s)", sum, cell("npsv")), v
		case "capex":
			return "-SUM(" + rows["capex"].span() + ")", -total(rows["capex"])
		case "receipts":
			return "SUM(" + rows["receipts"].span() + ")", total(rows["receipts"])
		case "running_end":
			y := rows["running"]
			return "-" + abs(y.row, colYear+b.years-1), -y.v[b.years-1]
		case "carbon_total":
			return "SUM(" + rows["foot"].span() + ")", total(rows["foot"])
		case "carbon_change":
			return "SUM(" + rows["change"].span() + ")", total(rows["change"])
		case "cost_per_tonne":
			v := 0.0
			if val["carbon_change"] < -1e-9 {
				v = val["pv_public_cost"] / -val["carbon_change"]
			}
			return fmt.Sprintf("IF(%[1]s<0,-%[2]s/%[1]s,0)", cell("carbon_change"), cell("pv_public_cost")), v
		}
		panic("no formula for " + key)
	}
	for i, f := range b.shown() {
		text, v := set(f.key)
		val[f.key] = v
		r := rowResults + i
		lab := stLabel
		if isOut(f.style) {
			lab = stOutLabel
		}
		s.row(r, colLabel, txt(lab, f.label), txt(lab, f.key), txt(lab, f.unit), calc(f.style, text, v))
		sc.cells[f.key] = spot{s, r, colTotal, v}
	}
}

// spaceRows writes who sits where by year: people, desks, and what becomes of
// the floor area.
func (b *builder) spaceRows(sc *scenario, s *sheet, t *totals, r *int) {
	l := b.lay
	b.block(s, *r, "Space")
	*r++
	put := func(key, label, crit, unit string, v []float64, conds ...where) {
		sc.rows[key] = b.streamLine(s, *r, sc, label, crit, unit, stCalc, v, conds...)
		s.put(*r, colTotal, blank(stNone))
		*r++
	}
	put("people", "People housed", "", "FTE", t.people, where{l.ledger, "Ledger_space"}, where{l.category, "Unit_people"})
	put("desks", "Desks in use", "", "desks", t.desks, where{l.ledger, "Ledger_space"}, where{l.category, "Unit_desks"})
	for _, a := range b.areas() {
		put("area:"+a, "Floor area: "+a, a, "m²", b.of(t.area, a), where{l.ledger, "Ledger_space"}, where{l.category, "Unit_area"}, where{l.label, colAbs(*r, colKey)})
	}
	sum := make([]float64, b.years)
	for _, v := range t.area {
		ledger.AddTo(sum, v, 1)
	}
	first := *r - len(b.areas())
	sc.rows["area"] = b.line(s, *r, "Floor area accounted for", "", "m²", stOut, false, func(j int) (string, float64) {
		if first == *r {
			return "0*" + rowAbs(rowIndex, colYear+j), 0
		}
		return fmt.Sprintf("SUM(%s:%s)", a1(first, colYear+j), a1(*r-1, colYear+j)), sum[j]
	})
	*r++
}
