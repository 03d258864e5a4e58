package businesscase

import (
	"math"

	"github.com/planting-the-flag/flagstone/model/ledger"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// affordable prints the nominal cash of the preferred option and how it is paid for, when the caller has worked it out. It says
// whether its tables were printed.
func (b *builder) affordable(o *option) bool {
	a := b.opt.Afford
	if a == nil || string(a.Scenario) != o.id {
		return false
	}
	b.h(2, "Affordability in the money of each year")
	if b.before(o) {
		b.say("How the option is paid for depends on when receipts come in and how large they are. That is exempt, so the tables of funding, borrowing and the effect on the budget are in the exempt edition only.")
		return false
	}
	worst, when := 0.0, a.BaseYear
	for t, v := range a.NetRevenue {
		if v < worst {
			worst, when = v, a.BaseYear+t
		}
	}
	g := gradeOf(o)
	if worst <= -0.5 {
		b.say("Interest and provision for debt included, the heaviest year for revenue budgets is @, when they need @ more than under @.", Year(when), pounds(o.id+".afford.worst", -worst, g), b.baseName())
	} else {
		b.say("Interest and provision for debt included, no year needs more revenue than under @.", b.baseName())
	}
	if debt := highest(a.Debt); debt >= 0.5 {
		b.say("Debt is highest at @.", pounds(o.id+".afford.debt", debt, g))
	}
	n := min(a.Years, 15)
	b.affordTable(o, "How capital is paid for, £000 in the money of each year", n, []affordRow{{"Spending", a.Capital}, {"Grants", a.FromGrants}, {"Reserves", a.FromReserves}, {"Receipts", a.FromReceipts}, {"Revenue", a.FromRevenue}, {"Borrowing", a.FromBorrowing}, {"Debt, end of year", a.Debt}})
	running := make([]float64, a.Years)
	for _, c := range a.Categories() {
		ledger.AddTo(running, a.Revenue[c], 1)
	}
	b.affordTable(o, "Effect on the revenue budget, £000 in the money of each year", n, []affordRow{{"Running costs and income", running}, {"Interest", negative(a.Interest)}, {"Provision for debt", negative(a.MRP)}, {"Capital from revenue", negative(a.FromRevenue)}, {"Effect on the budget", a.NetRevenue}})
	if len(a.Notes) > 0 {
		l := document.List{}
		for _, s := range a.Notes {
			l.Items = append(l.Items, item("@", sentence(b.free(s))))
		}
		b.add1(l)
	}
	return true
}

type affordRow struct {
	name string
	v    []float64
}

// affordTable has a row a year and a column for each kind that is not nothing throughout.
func (b *builder) affordTable(o *option, caption string, n int, kinds []affordRow) {
	t := document.Table{Caption: caption, Columns: []document.Column{{Heading: "Year", RowHeader: true, Weight: 1.2}}}
	var used []affordRow
	for _, k := range kinds {
		if !allNothing(k.v) {
			used = append(used, k)
			t.Columns = append(t.Columns, document.Column{Heading: k.name, Align: document.Right})
		}
	}
	if len(used) == 0 {
		return
	}
	for i := range n {
		row := document.R(document.CT(Year(b.opt.Afford.BaseYear + i)))
		for _, k := range used {
			f := thousands(key(o, "afford.%s.%d", k.name, b.opt.Afford.BaseYear+i), k.v[i])
			f.Exempt = o.exempt
			row.Cells = append(row.Cells, document.CF(f))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = append(t.Notes, "Changes against "+b.baseName()+", with inflation. In the budget a positive figure is relief, a negative one a burden.")
	if n < b.opt.Afford.Years {
		t.Notes = append(t.Notes, "The workbook has the later years.")
	}
	b.add1(t)
}

func highest(v []float64) float64 {
	m := math.Inf(-1)
	for _, x := range v {
		m = math.Max(m, x)
	}
	return m
}
