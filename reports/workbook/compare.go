package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// buildCompare writes all scenarios side by side: recomputed, the program's own
// figures, and the difference.
func (b *builder) buildCompare() error {
	s := newSheet("Compare")
	b.compare = s
	b.add(s, "All scenarios side by side, beside the program's own figures with the difference")
	s.put(1, 1, txt(stTitle, "Compare"))
	s.put(2, 1, txt(stSubtitle, fmt.Sprintf("£, real, %d prices, over %d years from %s, unless a row says otherwise. Changes are against the baseline; a gain is positive.", b.cmp.PriceBase, b.years, fy(b.cmp.BaseYear))))
	s.widths[1], s.widths[2], s.widths[3] = 62, 16, 12
	n := len(b.scenarios)
	if n == 0 {
		s.put(4, 1, txt(stText, "There are no scenarios to compare. Add one and export again."))
		return nil
	}
	for i := range b.scenarios {
		s.widths[4+i] = 22
	}
	s.frozen, s.titles = [2]int{4, 3}, 4
	heads := func(r int, title string) {
		s.heads(r, 1, title, "Key", "Unit")
		s.heights[r] = 30
		for i, sc := range b.scenarios {
			label := sc.label
			if sc == b.baseline {
				label += " (baseline)"
			}
			s.put(r, 4+i, txt(stHeadRight, label))
		}
	}
	heads(4, "Recomputed in this book")
	r := 5
	b.compareRow = map[string]int{}
	for _, f := range b.shown() {
		s.row(r, 1, txt(labelFor(f.style), f.label), txt(stNote, f.key), txt(stNote, f.unit))
		for i, sc := range b.scenarios {
			c := sc.cells[f.key]
			s.put(r, 4+i, calc(f.style, c.out(), c.v))
		}
		b.compareRow[f.key] = r
		r++
	}
	span := fmt.Sprintf("%s:%s", abs(b.compareRow["npsv"], 4), abs(b.compareRow["npsv"], 3+n))
	s.row(r, 1, txt(stLabel, "Place by NPSV, best first"), txt(stNote, "rank"), txt(stNote, "place"))
	for i, sc := range b.scenarios {
		place := 1.0
		for _, o := range b.scenarios {
			if o.cells["npsv"].v > sc.cells["npsv"].v {
				place++
			}
		}
		s.put(r, 4+i, calc(stCalc, fmt.Sprintf("RANK(%s,%s)", rowAbs(b.compareRow["npsv"], 4+i), span), place))
	}
	r += 2
	if b.opt.Edition == Public {
		s.put(r, 1, txt(stNote, "This is the public edition. The program's own figures take in commercially sensitive items and so are not shown beside these."))
		r += 2
	} else {
		r = b.programFigures(s, r, heads)
	}
	b.compareCharts(s, r)
	return nil
}

// isOut reports the styles of results.
func isOut(st style) bool {
	return st == stOut || st == stOutPence || st == stOutFine || st == stOutTonnes
}

func labelFor(st style) style {
	if isOut(st) {
		return stOutLabel
	}
	return stLabel
}

// programFigures writes the program's own figures and how far the recomputed
// ones are from them. They are the only results in the book that are not
// formulas.
func (b *builder) programFigures(s *sheet, r int, heads func(int, string)) int {
	heads(r, "The program's own figures (numbers, for the check only)")
	r++
	appRow := map[string]int{}
	for _, f := range b.shown() {
		s.row(r, 1, txt(stLabel, f.label), txt(stNote, f.key), txt(stNote, f.unit))
		for i, sc := range b.scenarios {
			if v, ok := f.app(sc.res); ok {
				st := stApp
				if f.unit == "tCO2e" || f.unit == "ratio" {
					st = stAppFine
				}
				s.put(r, 4+i, num(st, v))
			} else {
				s.put(r, 4+i, txt(stApp, "none"))
			}
		}
		appRow[f.key] = r
		r++
	}
	r++
	heads(r, "Difference: recomputed less the program's own")
	r++
	for _, f := range b.shown() {
		s.row(r, 1, txt(stLabel, f.label), txt(stNote, f.key), txt(stNote, f.unit))
		for i, sc := range b.scenarios {
			mine, theirs := rowAbs(b.compareRow[f.key], 4+i), rowAbs(appRow[f.key], 4+i)
			v := sc.cells[f.key].v
			if a, ok := f.app(sc.res); ok {
				v -= a
			}
			s.put(r, 4+i, calc(stDiff, fmt.Sprintf("IF(ISNUMBER(%[2]s),%[1]s-%[2]s,%[1]s)", mine, theirs), v))
		}
		worst := 0.0
		for _, sc := range b.scenarios {
			v := sc.cells[f.key].v
			if a, ok := f.app(sc.res); ok {
				v -= a
			}
			worst = max(worst, v, -v)
		}
		span := fmt.Sprintf("%s%s:%s", quoted(s.name), abs(r, 4), abs(r, 3+len(b.scenarios)))
		b.checks = append(b.checks, check{group: groupProgram, what: f.label + ": recomputed = the program's own",
			f:  fmt.Sprintf("SUMPRODUCT((ABS(%s)>%s)*1)=0", span, f.tolerance),
			ok: worst <= toleranceOf(f.tolerance)})
		r++
	}
	return r + 1
}

func toleranceOf(name string) float64 {
	if name == "Check_tolerance" {
		return 0.005
	}
	return 0.0001
}

// compareCharts draws the running NPSV and the cash by year.
func (b *builder) compareCharts(s *sheet, r int) {
	var npsv, cash []line
	for _, sc := range b.scenarios {
		if sc == b.baseline {
			continue
		}
		years := fmt.Sprintf("%s%s:%s", quoted(sc.sheet.name), abs(rowYear, colYear), abs(rowYear, colYear+b.years-1))
		name := s.out(4, 4+b.indexOf(sc))
		npsv = append(npsv, line{name, years, sc.rows["cum_net"].outSpan()})
		cash = append(cash, line{name, years, sc.rows["d:cash:"].outSpan()})
	}
	if len(npsv) == 0 {
		return
	}
	s.charts = append(s.charts,
		chart(a1(r, 1), excelize.Line, "NPSV so far, by year", "Line chart: net present social value added up year by year, one line an option, in pounds of "+fmt.Sprint(b.cmp.PriceBase)+" prices. The figures are on each option's sheet, row “NPSV so far”.", "£, discounted", npsv),
		chart(a1(r+18, 1), excelize.Col, "Public cash by year, change against the baseline", "Column chart: change in public cash by financial year, one column an option, in pounds of "+fmt.Sprint(b.cmp.PriceBase)+" prices. The figures are on each option's sheet, row “Public cash”.", "£, not discounted", cash))
	b.costCarbon(s, r+37)
	s.breaks = []int{r, r + 36}
	s.lastRow = r + 55
}

// costCarbon draws every option as a point: what it costs the public purse
// against what it does to emissions.
func (b *builder) costCarbon(s *sheet, r int) {
	var points []line
	at := func(key string, sc *scenario) string { return s.out(b.compareRow[key], 4+b.indexOf(sc)) }
	for _, sc := range b.scenarios {
		points = append(points, line{s.out(4, 4+b.indexOf(sc)), at("carbon_change", sc), at("npv_public", sc)})
	}
	p := chart(a1(r, 1), excelize.Scatter, "Cost and carbon: NPV to the public purse against the change in emissions",
		"Scatter chart: one point a scenario. Across, the change in emissions over all the years in tonnes of CO2 equivalent, where left is less; up, the net present value to the public purse in pounds. The figures are in the rows “carbon_change” and “npv_public” of this sheet.",
		"£, discounted", points)
	p.chart.XAxis.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: "Change in emissions, tCO2e", Font: &excelize.Font{Size: 9, Color: colQuiet}}}}
	p.chart.XAxis.TickLabelSkip, p.chart.YAxis.TickLabelPosition = 0, excelize.ChartTickLabelLow
	p.chart.XAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "#,##0"}
	for i := range p.chart.Series {
		p.chart.Series[i].Marker = excelize.ChartMarker{Symbol: []string{"circle", "square", "triangle", "diamond"}[i%4], Size: 9,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{okabe[i%len(okabe)]}}}
	}
	s.charts = append(s.charts, p)
}

func (b *builder) indexOf(sc *scenario) int {
	for i, x := range b.scenarios {
		if x == sc {
			return i
		}
	}
	return 0
}
