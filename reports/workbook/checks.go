package workbook

import (
	"fmt"
	"math"
)

// Groups of checks. The first must hold whatever anybody changes in the book;
// the second compares with the figures of the program, which do not change.
const (
	groupTies    = "The book agrees with itself"
	groupInputs  = "The inputs are fit to use"
	groupProgram = "The book agrees with the program"
)

// check is one line of the Checks sheet.
type check struct {
	group, what, f string
	ok             bool
}

// tie checks that two rows agree in every year.
func (b *builder) tie(group, what string, x, y yearRow, tolerance string) {
	worst := 0.0
	for j := range x.v {
		worst = max(worst, math.Abs(x.v[j]-y.v[j]))
	}
	b.checks = append(b.checks, check{group, what,
		fmt.Sprintf("SUMPRODUCT((ABS(%s-%s)>%s)*1)=0", x.outSpan(), y.outSpan(), tolerance), worst <= toleranceOf(tolerance)})
}

// buildChecks writes every check as a formula and the one cell that sums them
// up.
func (b *builder) buildChecks() error {
	s := newSheet("Checks")
	b.add(s, "Every check as a formula; one overall TRUE or FALSE")
	b.checkSheet = s
	b.inputChecks()
	s.put(1, 1, txt(stTitle, "Checks"))
	s.put(2, 1, txt(stSubtitle, "Each check is a formula that says TRUE or FALSE. Money passes within half a penny."))
	s.put(3, 1, txt(stNote, "After you change an input, “"+groupProgram+"” turns FALSE: the program has not seen your change yet. The other groups must stay TRUE."))
	s.widths[1], s.widths[2], s.widths[3] = 44, 92, 12
	s.frozen, s.titles = [2]int{7, 0}, 7
	s.row(4, 1, txt(stOutLabel, "All checks"), blank(stOutLabel))
	s.row(5, 1, txt(stOutLabel, "Checks that must hold after any change"), blank(stOutLabel))
	s.heads(7, 1, "Group", "Check", "Passes")
	r := 8
	first := r
	all, inner := true, true
	var innerLast int
	for _, g := range []string{groupTies, groupInputs, groupProgram} {
		for _, c := range b.checks {
			if c.group != g {
				continue
			}
			s.row(r, 1, txt(stText, c.group), txt(stText, c.what), calcTruth(stTruth, c.f, c.ok))
			all = all && c.ok
			if g != groupProgram {
				inner, innerLast = inner && c.ok, r
			}
			r++
		}
	}
	s.put(4, 3, calcTruth(stTruthBig, fmt.Sprintf("AND(%s:%s)", abs(first, 3), abs(r-1, 3)), all))
	s.put(5, 3, calcTruth(stTruthBig, fmt.Sprintf("AND(%s:%s)", abs(first, 3), abs(innerLast, 3)), inner))
	b.define("Overall_check", s.out(4, 3), "TRUE when every check passes")
	b.overall = all
	s.shades = append(s.shades, "C4:C5", fmt.Sprintf("C%d:C%d", first, r-1))
	s.tables = append(s.tables, table{name: "CheckList", row: 7, col: 1, rows: r - first, cols: 3, heads: []string{"Group", "Check", "Passes"}})
	return nil
}

// inputChecks adds the checks of the streams as they stand in the book.
func (b *builder) inputChecks() {
	l := b.lay
	add := func(group, what, f string, ok bool) { b.checks = append(b.checks, check{group, what, f, ok}) }
	bases, belong, errs := "", "", ""
	basesOK := true
	join := func(to *string, f string) {
		if *to != "" {
			*to += "+"
		}
		*to += f
	}
	for _, bl := range b.blocks() {
		for _, p := range bl.parts {
			rng := func(c int) string {
				return quoted(p.sheet) + abs(p.first, c) + ":" + abs(p.last, c)
			}
			join(&bases, fmt.Sprintf(`COUNTIFS(%s,Ledger_money,%s,"<>"&Price_base)`, rng(l.ledger), rng(l.priceBase)))
			join(&belong, fmt.Sprintf("COUNTA(%s)-COUNTIFS(%s,%s)", rng(l.scenario), rng(l.scenario), b.labelCell(bl)))
			join(&errs, fmt.Sprintf("SUMPRODUCT(ISERROR(%s%s:%s)*1)", quoted(p.sheet), abs(p.first, l.amount), abs(p.last, l.end)))
		}
		for _, st := range bl.streams {
			if st.Ledger == 0 && st.PriceBase != b.cmp.PriceBase {
				basesOK = false
			}
		}
	}
	if bases != "" {
		add(groupInputs, "Every amount of money is in the book's price base", bases+"=0", basesOK)
		add(groupInputs, "Every stream stands in the block of its scenario", belong+"=0", true)
		add(groupTies, "No error among the streams", errs+"=0", true)
	}
	other := ""
	for _, s := range b.sheets {
		if s.stream != nil || s.lastRow == 0 || s == b.checkSheet || s.name == "Change log" || s.name == "Data quality" {
			continue
		}
		join(&other, fmt.Sprintf("SUMPRODUCT(ISERROR(%sA1:%s)*1)", quoted(s.name), a1(max(len(s.grid), 1), max(s.lastCol, 1))))
	}
	add(groupTies, "No error on any other sheet", other+"=0", true)
}

// labelCell is where the name of a block's scenario stands on this sheet's
// list of scenarios.
func (b *builder) labelCell(bl *block) string { return b.labels[bl.label].out() }
