package pdf_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"time"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

func picture(w, h int) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.NRGBA{R: 11, G: 92, B: 115, A: uint8(255 * x / w)})
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}

func pounds(key string, v float64, g document.Grade) document.Field {
	sign := ""
	if v < 0 {
		sign = "−"
	}
	return document.Field{Key: key, Value: v, Unit: "£", Grade: g, Text: fmt.Sprintf("%s£%.1fk", sign, math.Abs(v)/1000)}
}

const loremA = "The council holds more floor area than its services use. On a typical Tuesday four desks in ten are taken, and on a Friday one in five. " +
	"Meanwhile the backlog of repairs grows faster than the budget that pays for it, and two thirds of the estate’s emissions come from six buildings."

// sample uses every block and every inline.
func sample() *document.Document { return sampleFor(document.Public, 60) }

func sampleFor(edition document.Edition, wide int) *document.Document {
	b := &document.Document{
		Title: "A smaller, better used and greener estate for Trafford", Subtitle: "Business case", Author: "Estates, Trafford Council", Subject: "Asset rationalisation",
		Created: time.Date(2026, 8, 14, 9, 0, 0, 0, time.UTC), Edition: edition, Hash: "7f3a9c21e0b4", TitlePage: true, NumberHeadings: true,
		House: document.House{Organisation: "Trafford Council", Logo: picture(300, 90)},
		Facts: []document.Fact{{Label: "Decision by", Text: "Executive, 21 September 2026"}, {Label: "Wards", Text: "All"}, {Label: "Key decision", Text: "Yes"}},
	}
	add := func(x ...document.Block) { b.Blocks = append(b.Blocks, x...) }
	add(document.TOC{}, document.PageBreak{},
		document.Heading{Level: 1, Text: "Executive summary"},
		document.Paragraph{Style: document.Lead, Runs: []document.Inline{document.T("Sharing nine buildings saves "), pounds("saving", 1234567, document.Modelled), document.T(" a year and cuts emissions by a third.")}},
		document.P(document.T(loremA+" See "), document.Link{S: "the options at a glance", URL: "#options"}, document.T(" and "), document.Link{S: "the Green Book", URL: "https://www.gov.uk/government/publications/the-green-book-appraisal-and-evaluation-in-central-government"},
			document.T(" for the method."), document.Footnote{Runs: []document.Inline{document.T("HM Treasury, 2022, with the discount rates of the February 2026 parameter set.")}}, document.T(" Emissions are counted in tCO₂e and areas in m²; the balance is "), pounds("balance", -45200, document.Estimated), document.T(".")),
		document.KeyFigures{Items: []document.KeyFigure{
			{Label: "Saving a year by 2034", Value: pounds("k1", 1.23e6, document.Modelled), Note: "against business as usual"},
			{Label: "Capital needed", Value: pounds("k2", 4.1e6, document.Estimated), Note: "before receipts"},
			{Label: "Receipts", Value: document.Field{Key: "k3", Text: "£6.0m", Value: 6e6, Exempt: true}, Note: "four buildings"},
			{Label: "Floor area released", Value: document.Field{Key: "k4", Text: "8,412 m²", Value: 8412}, Note: "of 31,000 m²"},
			{Label: "Emissions avoided", Value: document.Field{Key: "k5", Text: "412 tCO₂e", Value: 412, Grade: document.Modelled}, Note: "a year"},
			{Label: "Residents further than 20 minutes", Value: document.Field{Key: "k6", Text: "1,240", Value: 1240}, Note: "0.5% of all"},
		}},
		document.Callout{Kind: document.Decision, Title: "The Executive is asked to", Blocks: []document.Block{
			document.List{Ordered: true, Items: []document.ListItem{{Runs: []document.Inline{document.T("approve the preferred option and the capital of "), pounds("k2", 4.1e6, document.Estimated)}},
				{Runs: []document.Inline{document.T("delegate the disposal of four buildings to the Corporate Director, within the limits of the exempt appendix")}},
				{Runs: []document.Inline{document.T("note the risks")}}}}}},
		document.Heading{Level: 2, Text: "Why now"},
		document.P(document.T(loremA), document.Text{S: " Nothing here is settled", Italic: true}, document.T(" until consultation ends.")),
		document.List{Items: []document.ListItem{{Runs: []document.Inline{document.B("Two leases end in 2028. "), document.T("Breaks must be served by March 2027.")}},
			{Runs: []document.Inline{document.T("Grant closes in 2027/28.")}, Sub: &document.List{Items: []document.ListItem{{Runs: []document.Inline{document.T("Phase 5 pays for heat pumps")}}, {Runs: []document.Inline{document.T("and not for fabric")}}}}},
			{Runs: []document.Inline{document.T("Partners are ready to move: NHS, fire, Jobcentre.")}}}},
		document.Heading{Level: 3, Text: "What has been tried"},
		document.P(document.T(loremA)),
		document.Callout{Kind: document.Warning, Title: "Figures for council buildings are modelled", Blocks: []document.Block{document.P(document.T("Nobody published running costs for them. They follow a stated rule from benchmarks and carry a mark wherever they appear."))}},
		document.Heading{Level: 1, Text: "Economic case", ID: "options"},
		options(12), document.Legend{},
		document.Figure{Chart: &chart.Chart{Title: "The preferred option overtakes business as usual in 2031/32", Alt: "Lines: the preferred option starts £3m below and crosses business as usual in 2031/32.", Source: "project streams", Grade: "modelled",
			X: chart.Axis{Unit: chart.Unit{Kind: chart.FinYear}}, Y: chart.Axis{Label: "cumulative cash", Unit: chart.Unit{Kind: chart.Pounds}},
			Plot: chart.Lines{X: []float64{2026, 2027, 2028, 2029, 2030, 2031, 2032}, Series: []chart.LineSeries{{Name: "Preferred", Strong: true, Values: []float64{-3e6, -2.5e6, -1.6e6, -1e6, -4e5, 3e5, 9e5}}, {Name: "Business as usual", Values: []float64{0, -1e5, -1.5e5, -2e5, -2.2e5, -3e5, -4e5}}}}}},
		document.Figure{Chart: &chart.Chart{Title: "Travel gets longer only in Partington", Source: "ONS, council register", Plot: chart.Map{AreaClasses: []string{"worse", "no change", "better"}, Diverging: true, PointClasses: []string{"kept", "released"},
			Areas:  []chart.Area{{Rings: [][]chart.LonLat{{{-2.4, 53.4}, {-2.35, 53.4}, {-2.35, 53.43}, {-2.4, 53.43}}}, Class: 0}, {Rings: [][]chart.LonLat{{{-2.35, 53.4}, {-2.3, 53.4}, {-2.3, 53.43}, {-2.35, 53.43}}}, Class: 2}},
			Points: []chart.MapPoint{{At: chart.LonLat{-2.36, 53.41}, Label: "Sale Waterside", Size: 3}, {At: chart.LonLat{-2.33, 53.42}, Class: 1, Label: "Town Hall", Size: 9}}}}, Height: 240},
		document.Figure{Image: picture(600, 200), Alt: "A photograph of the Town Hall", Caption: "The Town Hall from Talbot Road", Source: "Estates"},
		document.Heading{Level: 1, Text: "Financial case"},
		document.Heading{Level: 2, Text: "Every asset"},
		assets(70),
		document.PageBreak{Landscape: true},
		document.Heading{Level: 1, Text: "Sixty years"},
		years(wide),
		document.PageBreak{},
		document.Heading{Level: 1, Text: "Odd things 🏛"},
		document.P(document.T("Emoji 🏛👍, Hebrew שלום, Greek Ωμέγα, Cyrillic Жуков, accents žluťoučký, a word of four hundred letters: "+strings.Repeat("abcdefghij", 40))),
		document.Table{Caption: "Nothing", Columns: []document.Column{{Heading: "Asset"}, {Heading: "Cost", Unit: "£"}}},
		document.Heading{Level: 2, Text: strings.Repeat("A heading that goes on and on ", 12)},
		document.P(document.T("The end.")),
	)
	return b
}

func options(n int) document.Table {
	t := document.Table{Caption: "Options at a glance, real 2026/27 prices", Columns: []document.Column{{Heading: "Option", RowHeader: true, Weight: 2}, {Heading: "Capital", Unit: "£k", Align: document.Decimal},
		{Heading: "Receipts", Unit: "£k", Align: document.Decimal}, {Heading: "NPSV", Unit: "£k", Align: document.Decimal}, {Heading: "Carbon", Unit: "tCO₂e", Align: document.Decimal}, {Heading: "Risk"}},
		Groups: []document.Group{{Span: 1}, {Text: "Money", Span: 3}, {Text: "Other", Span: 2}},
		Notes:  []string{"Business as usual lets the backlog grow.", "Receipts are net of the costs of sale."}, Source: "Source: project streams, version 7f3a9c21e0b4; totals are sums of the figures as printed."}
	t.Rows = append(t.Rows, document.Row{Kind: document.Subhead, Cells: []document.Cell{document.CT("Short list")}})
	for i := range n {
		c := document.CT(fmt.Sprintf("Option %d: share the Town Hall with the NHS and the fire service", i+1))
		if i == 0 {
			c = document.Cell{Runs: []document.Inline{document.T("Business as usual")}, NoteRef: 1}
		}
		v := float64(i)*1234.56 - 2000
		f := func(x float64, p int) document.Cell {
			s := fmt.Sprintf("%.*f", p, math.Abs(x))
			if x < 0 {
				s = "−" + s
			}
			return document.CF(document.Field{Key: "o", Text: s, Value: x, Grade: []document.Grade{document.Measured, document.Modelled, document.Estimated}[i%3]})
		}
		t.Rows = append(t.Rows, document.R(c, f(v, 1), document.CF(document.Field{Key: "r", Text: "1,400.0", Value: 1400, Exempt: true}), f(v*3, i%3), f(v/7, 0), document.CT([]string{"low", "medium", "high: the lease may not be given up in time"}[i%3])))
	}
	t.Rows = append(t.Rows, document.Row{Kind: document.Total, Cells: []document.Cell{document.CT("Range"), document.CT("10,000.0"), {Span: 3, Runs: []document.Inline{document.T("see the range test")}}, document.CT("")}})
	return t
}

func assets(n int) document.Table {
	t := document.Table{Caption: "Assets in scope", Columns: []document.Column{{Heading: "UPRN"}, {Heading: "Asset", RowHeader: true, Weight: 3}, {Heading: "Tenure"}, {Heading: "Floor area", Unit: "m²", Align: document.Decimal}, {Heading: "Running cost", Unit: "£k a year", Align: document.Decimal}}}
	sum := 0.0
	for i := range n {
		v := 100 + 37.5*float64(i)
		sum += v
		name := fmt.Sprintf("Building %d, Talbot Road", i+1)
		if i%9 == 4 {
			name += " with a long name that goes on to a second line because the register says everything"
		}
		t.Rows = append(t.Rows, document.R(document.CT(fmt.Sprint(100011000000+i)), document.CT(name), document.CT("freehold"), document.CF(document.Field{Key: "a", Text: fmt.Sprintf("%.0f", v), Value: v}), document.CF(document.Field{Key: "c", Text: fmt.Sprintf("%.1f", v/9), Value: v / 9, Grade: document.Modelled})))
	}
	t.Rows = append(t.Rows, document.Row{Kind: document.Total, Cells: []document.Cell{{Span: 3, Runs: []document.Inline{document.T("Total")}}, document.CF(document.Field{Key: "t", Text: fmt.Sprintf("%.0f", sum), Value: sum}), document.CT("")}})
	return t
}

func years(n int) document.Table {
	t := document.Table{Caption: "Cash by year", Columns: []document.Column{{Heading: "Line", RowHeader: true}}}
	for y := range n {
		t.Columns = append(t.Columns, document.Column{Heading: fmt.Sprintf("%d/%02d", 2026+y, (27+y)%100), Unit: "£k", Align: document.Decimal})
	}
	for r := range 8 {
		row := document.R(document.CT(fmt.Sprintf("Line %d of the budget", r+1)))
		for y := range n {
			v := float64((r*61+y*37)%900) - 200
			row.Cells = append(row.Cells, document.CF(document.Field{Key: "y", Text: strings.Replace(fmt.Sprintf("%.1f", v), "-", "−", 1), Value: v}))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
