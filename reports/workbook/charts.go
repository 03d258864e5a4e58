package workbook

import "github.com/xuri/excelize/v2"

// placed is a chart with the cell of its top left corner.
type placed struct {
	at    string
	chart *excelize.Chart
}

// line is one series of a chart: where its name, years and values stand.
type line struct{ name, years, values string }

// okabe is the Okabe-Ito palette without yellow, which is too pale for a line.
var okabe = []string{"0072B2", "D55E00", "009E73", "CC79A7", "56B4E9", "E69F00", "000000"}

// chart makes a native chart. The title says what is shown and in what unit;
// alt says it to those who cannot see it.
func chart(at string, kind excelize.ChartType, title, alt, unit string, lines []line) placed {
	c := &excelize.Chart{
		Type:         kind,
		Title:        excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Bold: true, Size: 11, Color: colInk, Family: fontName}}}},
		Format:       excelize.GraphicOptions{AltText: alt, Name: title},
		Dimension:    excelize.ChartDimension{Width: 860, Height: 320},
		Legend:       excelize.ChartLegend{Position: "bottom"},
		XAxis:        excelize.ChartAxis{TickLabelPosition: excelize.ChartTickLabelLow, Font: excelize.Font{Size: 9, Color: colQuiet}},
		YAxis:        excelize.ChartAxis{MajorGridLines: true, Font: excelize.Font{Size: 9, Color: colQuiet}, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: unit, Font: &excelize.Font{Size: 9, Color: colQuiet}}}}},
		ShowBlanksAs: "gap",
	}
	if kind == excelize.Line || kind == excelize.Col {
		c.XAxis.TickLabelSkip = 5 // every fifth year: more do not fit side by side
		c.XAxis.Alignment.TextRotation = -45
	}
	for i, l := range lines {
		colour := okabe[i%len(okabe)]
		s := excelize.ChartSeries{Name: l.name, Categories: l.years, Values: l.values,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}}
		if kind == excelize.Line {
			dash := []excelize.LineDashType{excelize.LineDashSolid, excelize.LineDashDash, excelize.LineDashDot, excelize.LineDashLgDash}[i%4]
			s.Line = excelize.LineOptions{Width: 2.25, Dash: dash, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}}
			s.Marker = excelize.ChartMarker{Symbol: "none"}
		}
		c.Series = append(c.Series, s)
	}
	return placed{at: at, chart: c}
}
