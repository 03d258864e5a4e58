package workbook

import (
	"fmt"

	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/ledger"
)

// layout says in which column of the Streams sheets each thing stands. Only the
// number of rate columns and of years differs from book to book.
type layout struct {
	id, label, scenario, ledger, category, asset, action, service, payer, gainer int
	quantity, quantityUnit, rates, rate1, uplift, growth                         int
	first, last, firstMissed, lastMissed, every, ramp, profile, index            int
	unit, priceBase, fuel, transfer, unpriced, capital, benefit, exempt          int
	grade, source                                                                int
	amount, uplifted, growthFactor, profileRow, indexRow                         int
	economic, cash, public, consolidated, weight, present, year1, end            int
	nRates                                                                       int
}

// heads of the Streams sheets, in the order of layout; rate columns and years
// come in between and after.
func newLayout(blocks []*block, years int) layout {
	n := 3
	for _, b := range blocks {
		for _, s := range b.streams {
			n = max(n, len(s.Rates))
		}
	}
	c := 0
	next := func() int { c++; return c }
	var l layout
	for _, p := range []*int{&l.id, &l.label, &l.scenario, &l.ledger, &l.category, &l.asset, &l.action, &l.service, &l.payer, &l.gainer,
		&l.quantity, &l.quantityUnit, &l.rates} {
		*p = next()
	}
	l.nRates, l.rate1 = n, c+1
	c += n
	for _, p := range []*int{&l.uplift, &l.growth, &l.first, &l.last, &l.firstMissed, &l.lastMissed, &l.every, &l.ramp, &l.profile, &l.index,
		&l.unit, &l.priceBase, &l.fuel, &l.transfer, &l.unpriced, &l.capital, &l.benefit, &l.exempt, &l.grade, &l.source,
		&l.amount, &l.uplifted, &l.growthFactor, &l.profileRow, &l.indexRow, &l.economic, &l.cash, &l.public, &l.consolidated, &l.weight, &l.present} {
		*p = next()
	}
	l.year1, l.end = c+1, c+years
	return l
}

// heads of the columns, as the tables of streams know them.
func (l layout) heads(baseYear, years int) []string {
	out := make([]string, l.end)
	set := func(c int, s string) { out[c-1] = s }
	for c, s := range map[int]string{
		l.id: "Stream", l.label: "Effect", l.scenario: "Scenario", l.ledger: "Ledger", l.category: "Category", l.asset: "Asset",
		l.action: "Action", l.service: "Service", l.payer: "Payer", l.gainer: "Beneficiary", l.quantity: "Quantity",
		l.quantityUnit: "Quantity unit", l.rates: "Rates are", l.uplift: "Uplift", l.growth: "Growth a year", l.first: "First year",
		l.last: "Last year", l.firstMissed: "Share of first year missed", l.lastMissed: "Share of last year missed",
		l.every: "Every … years", l.ramp: "Ramp, years", l.profile: "Profile", l.index: "Index", l.unit: "Unit", l.priceBase: "Price base",
		l.fuel: "Fuel", l.transfer: "Transfer", l.unpriced: "Unpriced", l.capital: "Capital", l.benefit: "Benefit", l.exempt: "Exempt",
		l.grade: "Evidence grade", l.source: "Source", l.amount: "Amount", l.uplifted: "Amount with uplift", l.growthFactor: "Growth factor",
		l.profileRow: "Profile row", l.indexRow: "Index row", l.economic: "In economic view", l.cash: "In cash view", l.public: "In public cash view", l.consolidated: "In cost to the purse",
		l.weight: "Weight row", l.present: "Present value to society",
	} {
		set(c, s)
	}
	for i := range l.nRates {
		set(l.rate1+i, "Rate "+string(rune('A'+i)))
	}
	for j := range years {
		set(l.year1+j, model.FinancialYear(baseYear+j))
	}
	return out
}

// widths of the columns.
func (l layout) widths(years int) map[int]float64 {
	w := map[int]float64{l.id: 26, l.label: 44, l.scenario: 18, l.ledger: 9, l.category: 20, l.asset: 30, l.action: 10, l.service: 18,
		l.payer: 26, l.gainer: 18, l.quantity: 14, l.quantityUnit: 9, l.rates: 34, l.profile: 9, l.index: 18, l.source: 40, l.grade: 12,
		l.amount: 14, l.uplifted: 14, l.present: 15, l.fuel: 12}
	for c := 1; c < l.year1; c++ {
		if w[c] == 0 {
			w[c] = 10
		}
	}
	for j := range years {
		w[l.year1+j] = 12
	}
	return w
}

// rowFormula is the formula of one cell of a column of calculations, written
// for row r. Shared down a block, it is the same in every cell.
func (l layout) rowFormula(column, r, years int) string {
	at := func(c int) string { return colAbs(r, c) }
	switch column {
	case l.amount:
		f := at(l.quantity)
		for i := range l.nRates {
			f += "*" + at(l.rate1+i)
		}
		return f
	case l.uplifted:
		return fmt.Sprintf("%s*(1+%s)", at(l.amount), at(l.uplift))
	case l.growthFactor:
		return "1+" + at(l.growth)
	case l.profileRow:
		return fmt.Sprintf("MATCH(%s,Profile_keys,0)", at(l.profile))
	case l.indexRow:
		return fmt.Sprintf("MATCH(%s,Path_keys,0)", at(l.index))
	case l.economic:
		return fmt.Sprintf("IF(AND(%s=Ledger_money,%s=0),1,0)", at(l.ledger), at(l.transfer))
	case l.cash:
		return fmt.Sprintf("IF(AND(%s=Ledger_money,%s=0),1,0)", at(l.ledger), at(l.unpriced))
	case l.public:
		return fmt.Sprintf("IF(%s=1,INDEX(Body_public,MATCH(%s,Body_names,0)),0)", at(l.cash), at(l.payer))
	case l.consolidated:
		return fmt.Sprintf("IF(AND(%s=1,OR(%s=Category_rates,IFERROR(INDEX(Body_public,MATCH(%s,Body_names,0)),0)=1)),0,%s)",
			at(l.transfer), at(l.category), at(l.gainer), at(l.public))
	case l.weight:
		return fmt.Sprintf("MATCH(IF(%s=1,Ledger_money,IF(%s=Ledger_carbon,IF(%s=Unit_kWh,%s,%s),Key_none)),Weight_keys,0)",
			at(l.economic), at(l.ledger), at(l.unit), at(l.fuel), at(l.unit))
	case l.present:
		return fmt.Sprintf("SUMPRODUCT(%s:%s,INDEX(Weights,%s,0))", at(l.year1), colAbs(r, l.year1+years-1), at(l.weight))
	}
	return ""
}

// yearFormula is the flow of a stream in one year, term by term as package
// ledger defines it: nothing outside its years or off its recurrence; else
// amount × uplift × growth × ramp × profile × index × the part of its first and
// of its last year in which it runs.
func (l layout) yearFormula(r, c int) string {
	at := func(col int) string { return colAbs(r, col) }
	y, t := rowAbs(rowYear, c), rowAbs(rowIndex, c)
	return fmt.Sprintf("IF(OR(%[1]s<%[3]s,%[1]s>%[4]s,MOD(%[1]s-%[3]s,%[5]s)<>0),0,"+
		"%[6]s*%[7]s^%[2]s*MIN(1,(%[1]s-%[3]s+1)/%[8]s)*INDEX(Profile_shares,%[9]s,MIN(%[1]s-%[3]s+1,Profile_years))*INDEX(Path_values,%[10]s,%[2]s+1)"+
		"*IF(%[1]s=%[3]s,1-%[11]s,1)*IF(%[1]s=%[4]s,1-%[12]s,1))",
		y, t, at(l.first), at(l.last), at(l.every), at(l.uplifted), at(l.growthFactor), at(l.ramp), at(l.profileRow), at(l.indexRow),
		at(l.firstMissed), at(l.lastMissed))
}

// weightKey is the row of weights that a stream's flows take.
func weightKey(s *ledger.Stream) string {
	switch {
	case ledger.IsEconomic(s):
		return ledger.Money.String()
	case s.Ledger == ledger.Carbon && s.Unit == "kWh":
		return string(s.Fuel)
	case s.Ledger == ledger.Carbon:
		return s.Unit
	}
	return noneKey
}
