package html_test

import (
	"bytes"
	stdhtml "html"
	"regexp"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
	"github.com/planting-the-flag/flagstone/reports/html"
)

func paper() *document.Document {
	f := document.Field{Key: "k", Text: "£1.2m", Value: 1.2e6, Grade: document.Modelled}
	return &document.Document{Title: "A & B <paper>", Subtitle: "Case", Edition: document.Public, Hash: "abc", NumberHeadings: true, House: document.House{Organisation: "Council"}, Facts: []document.Fact{{Label: "Wards", Text: "all"}},
		Blocks: []document.Block{document.TOC{}, document.Heading{Level: 1, Text: "One"}, document.P(document.T("Saves "), f, document.T(" & more"), document.Footnote{Runs: []document.Inline{document.T("source")}}, document.Link{S: "here", URL: "https://example.org/?a=1&b=2"}),
			document.KeyFigures{Items: []document.KeyFigure{{Label: "Saving", Value: f, Note: "a year"}}}, document.Callout{Kind: document.Warning, Title: "Careful", Blocks: []document.Block{document.P(document.T("mind"))}},
			document.Table{Caption: "Cap", Columns: []document.Column{{Heading: "Name", RowHeader: true}, {Heading: "Cost", Unit: "£k", Align: document.Decimal}}, Groups: []document.Group{{Span: 1}, {Text: "g", Span: 1}}, Rows: []document.Row{document.R(document.Cell{Runs: []document.Inline{document.T("x")}, NoteRef: 1}, document.CF(f)), {Kind: document.Total, Cells: []document.Cell{document.CT("all"), document.CT("9")}}}, Notes: []string{"a note"}, Source: "register"},
			document.Figure{Chart: &chart.Chart{Title: "Finding", Alt: "It falls", Source: "register", Plot: chart.Bars{Categories: []string{"a"}, Series: []chart.Series{{Values: []float64{1}}}}}}, document.Legend{}}}
}

func render(t testing.TB, d *document.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := html.Render(d, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	reSVG   = regexp.MustCompile(`(?s)<svg[^>]*aria-label="([^"]*)".*?</svg>`)
	reStyle = regexp.MustCompile(`(?s)<head>.*?</head>`)
	reTag   = regexp.MustCompile(`<[^>]*>`)
	reSpace = regexp.MustCompile(`\s+`)
)

func TestTheWordsAreThePlainText(t *testing.T) {
	page := render(t, paper())
	page = reTag.ReplaceAllString(reSVG.ReplaceAllString(reStyle.ReplaceAllString(page, ""), "$1"), "")
	got := reSpace.ReplaceAllString(stdhtml.UnescapeString(page), "")
	want := reSpace.ReplaceAllString(document.PlainText(paper()), "")
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestNothingIsFetchedOrRun(t *testing.T) {
	d := paper()
	d.Title = `"><script>alert(1)</script>`
	d.Blocks = append(d.Blocks, document.P(document.Link{S: "x", URL: "javascript:alert(1)"}, document.Link{S: "y", URL: " JAVASCRIPT:alert(1)"}, document.Link{S: "z", URL: "data:text/html,x"}),
		document.Figure{Alt: `" onload="x`, Chart: &chart.Chart{Title: "<script>"}})
	page := render(t, d)
	for _, bad := range []string{"<script", "href=\"javascript", "href=\"data", "onload=\"x", "<link", "@import", "url("} {
		if strings.Contains(strings.ToLower(page), bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

func TestTagsBalance(t *testing.T) {
	page := render(t, paper())
	var open []string
	for _, m := range regexp.MustCompile(`<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>`).FindAllStringSubmatch(page, -1) {
		switch {
		case m[3] == "/" || m[2] == "meta" || m[2] == "img":
		case m[1] == "":
			open = append(open, m[2])
		case len(open) == 0 || open[len(open)-1] != m[2]:
			t.Fatalf("</%s> closes %q", m[2], open)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("left open: %q", open)
	}
}
