package pdf_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/planting-the-flag/flagstone/reports/chart/face"
	"github.com/planting-the-flag/flagstone/reports/document"
	"github.com/planting-the-flag/flagstone/reports/pdf"
	"github.com/planting-the-flag/flagstone/reports/pdf/check"
)

var keep = flag.String("keep", "", "write the sample paper to this file")

func render(t testing.TB, d *document.Document) ([]byte, pdf.Report) {
	t.Helper()
	var b bytes.Buffer
	r, err := pdf.Render(d, &b)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), r
}

func clean(t testing.TB, d *document.Document) ([]byte, pdf.Report) {
	t.Helper()
	data, r := render(t, d)
	for _, p := range r.Problems {
		t.Error(p)
	}
	return data, r
}

// letters leaves out every kind of space: where lines break is not what is read.
func letters(s string) string {
	return face.Cover(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s), nil)
}

func TestSampleMeetsEveryConditionWeCheck(t *testing.T) {
	data, r := clean(t, sample())
	if *keep != "" {
		if err := os.WriteFile(*keep, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if r.Replaced['🏛'] == 0 || r.Replaced['ש'] == 0 {
		t.Errorf("replaced characters are not reported: %s", r.Lost())
	}
	if !bytes.Contains(data, []byte("<pdfuaid:part>1")) {
		t.Error("a file without problems should say that it claims PDF/UA-1")
	}
}

func TestReadingOrderIsThePlainText(t *testing.T) {
	for _, e := range []document.Edition{document.Public, document.Exempt} {
		d := sampleFor(e, 6) // not wide: a table cut into several reads differently from one
		data, _ := clean(t, d)
		f, err := check.Load(data)
		if err != nil {
			t.Fatal(err)
		}
		want, got := letters(document.PlainText(d)), letters(f.Text())
		for i := range want {
			if i >= len(got) || want[i] != got[i] {
				t.Fatalf("%s edition differs:\ntext …%.160s\npdf  …%.160s", e, want[max(0, i-40):], got[min(len(got), max(0, i-40)):])
			}
		}
		if len(got) != len(want) {
			t.Errorf("the PDF goes on: %.200s", got[len(want):])
		}
	}
}

func TestTheSamePaperGivesTheSameBytes(t *testing.T) {
	a, _ := render(t, sample())
	b, _ := render(t, sample())
	if !bytes.Equal(a, b) {
		t.Error("two runs differ")
	}
	d := sample()
	d.Created = d.Created.AddDate(0, 0, 1)
	if c, _ := render(t, d); bytes.Equal(a, c) {
		t.Error("the date does not reach the file")
	}
	undated := &document.Document{Title: "t"}
	x, _ := render(t, undated)
	y, _ := render(t, undated)
	if !bytes.Equal(x, y) || bytes.Contains(x, []byte("(D:202")) {
		t.Error("an undated paper takes a date from the clock")
	}
}

func TestExemptFiguresAreNotInThePublicEdition(t *testing.T) {
	secrets := []string{"£6.0m", "6.0m", "1,400.0"}
	public, _ := render(t, sampleFor(document.Public, 6))
	if found := check.Leaks(public, secrets...); len(found) > 0 {
		t.Errorf("leaks: %q", found)
	}
	exempt, _ := render(t, sampleFor(document.Exempt, 6))
	if found := check.Leaks(exempt, "£6.0m"); len(found) == 0 {
		t.Error("the search does not find what is there")
	}
	if found := check.Leaks(exempt, "Executive, 21 September 2026", "A photograph of the Town Hall", "business-case-appraisal-nowhere"); len(found) == 0 {
		t.Error("the search does not see text and alternative text")
	}
}

func TestAnEmptyPaper(t *testing.T) {
	for name, d := range map[string]*document.Document{
		"nothing":       {},
		"a break":       {Title: "x", Blocks: []document.Block{document.PageBreak{}}},
		"empty blocks":  {Title: "x", Blocks: []document.Block{document.Heading{}, document.Paragraph{}, document.List{}, document.Table{}, document.Figure{}, document.KeyFigures{}, document.Callout{}, document.TOC{}, document.Legend{}, nil}},
		"broken logo":   {Title: "x", House: document.House{Logo: []byte("no picture"), Accent: "#ffff00"}},
		"level 3 first": {Title: "x", Blocks: []document.Block{document.Heading{Level: 3, Text: "a"}, document.Heading{Level: 1, Text: "b"}, document.Heading{Level: 3, Text: "c"}}},
	} {
		t.Run(name, func(t *testing.T) { clean(t, d) })
	}
	_, r := render(t, &document.Document{House: document.House{Logo: []byte("no picture")}, Blocks: []document.Block{document.P(document.Link{S: "lost", URL: "#nowhere"})}})
	if len(r.Warnings) != 2 {
		t.Errorf("warnings %q", r.Warnings)
	}
}

func TestALinkThatLeadsNowhereStillHasATarget(t *testing.T) {
	data, _ := clean(t, &document.Document{Title: "t", Blocks: []document.Block{document.P(document.Link{S: "a", URL: "https://example.org/ü (x)"}, document.Link{S: "b", URL: "#no"})}})
	if !bytes.Contains(data, []byte("/URI (https://example.org/%C3%BC%20%28x%29)")) {
		t.Error("the address is not encoded")
	}
}

func TestARowTallerThanAPageGoesOn(t *testing.T) {
	words := strings.Repeat("word ", 4000)
	d := &document.Document{Title: "t", Blocks: []document.Block{document.Table{Caption: "c", Columns: []document.Column{{Heading: "a", RowHeader: true}, {Heading: "b"}}, Rows: []document.Row{document.R(document.CT("first"), document.CT(words)), document.R(document.CT("second"), document.CT("x"))}}}}
	data, r := clean(t, d)
	f, err := check.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(f.Text(), "word"); n != 4000 || r.Pages < 3 {
		t.Errorf("%d words on %d pages", n, r.Pages)
	}
	if !strings.Contains(f.Artifacts(), "Table 1 continued") {
		t.Error("headings are not repeated as artifacts")
	}
}

func TestEveryFootnoteStandsOnThePageOfItsMark(t *testing.T) {
	d := &document.Document{Title: "t"}
	for i := range 90 {
		d.Blocks = append(d.Blocks, document.P(document.T(fmt.Sprintf("Paragraph %d says something that needs a source", i)), document.Footnote{Runs: []document.Inline{document.T(strings.Repeat(fmt.Sprintf("source %d ", i), 1+i%40))}}))
	}
	data, _ := clean(t, d)
	f, err := check.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	notes := 0
	f.Root.Walk(func(e *check.Element) {
		if e.Role == "Note" {
			notes++
		}
	})
	if notes != 90 {
		t.Errorf("%d notes", notes)
	}
}

func TestANoteLongerThanAPageGoesOn(t *testing.T) {
	long := document.Footnote{Runs: []document.Inline{document.T(strings.Repeat("note ", 5000))}}
	data, r := clean(t, &document.Document{Title: "t", Blocks: []document.Block{document.P(document.T("one"), long), document.PageBreak{Landscape: true}, document.P(document.T("two"), long, long), document.PageBreak{}}})
	f, err := check.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(f.Text(), "note "); n < 14990 || r.Pages < 10 {
		t.Errorf("%d words on %d pages", n, r.Pages)
	}
}

func TestNothingIsPaintedOffThePage(t *testing.T) {
	d := sample()
	d.Blocks = append(d.Blocks, document.P(document.T("x"), document.Footnote{Runs: []document.Inline{document.T(strings.Repeat("note ", 3000))}}))
	data, _ := clean(t, d)
	f, err := check.Load(data)
	if err != nil {
		t.Fatal(err)
	}
	if off := f.OffPage(); len(off) > 0 {
		t.Errorf("%d texts off the page: %q", len(off), off[0])
	}
}

func FuzzWords(f *testing.F) {
	f.Add("Town Hall 🏛 \x00\xff", "\u202ertl שלום", "https://x/(y)")
	f.Add("", strings.Repeat("long", 300), "#a")
	f.Add("ﬃ ŒŸ ½ − £ ₂ \u2028 \ufeff", "a\u0301\u0301\u0301", "\n")
	f.Fuzz(func(t *testing.T, a, b, url string) {
		if len(a)+len(b) > 1<<14 {
			return
		}
		fig := document.Field{Key: a, Text: b, Grade: document.Modelled}
		d := &document.Document{Title: a, Subtitle: b, Hash: a, Author: b, Subject: a, Edition: document.Exempt, House: document.House{Organisation: b, Accent: a}, NumberHeadings: true,
			Blocks: []document.Block{document.TOC{}, document.Heading{Level: 1, Text: a}, document.P(document.T(a), fig, document.Link{S: b, URL: url}, document.Footnote{Runs: []document.Inline{document.T(b)}}),
				document.Table{Caption: a, Columns: []document.Column{{Heading: a, RowHeader: true}, {Heading: b, Unit: a, Align: document.Decimal}}, Rows: []document.Row{document.R(document.CT(b), document.CF(fig)), {Kind: document.Total, Cells: []document.Cell{document.CT(a)}}}, Notes: []string{b}},
				document.Figure{Alt: a, Caption: b}, document.KeyFigures{Items: []document.KeyFigure{{Label: a, Value: fig, Note: b}}}, document.Callout{Title: a, Blocks: []document.Block{document.P(document.T(b))}}}}
		data, r := render(t, d)
		for _, p := range r.Problems {
			t.Fatal(p)
		}
		if _, err := check.Load(data); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkFortyPages(b *testing.B) {
	d := sample()
	for range 4 {
		d.Blocks = append(d.Blocks, sampleFor(document.Public, 60).Blocks[2:]...)
	}
	pages := 0
	for b.Loop() {
		_, r := render(b, d)
		pages = r.Pages
	}
	b.ReportMetric(float64(pages), "pages")
}

// A few lines of contents do not get a page to themselves, and many are not pressed onto one.
func TestContentsStandOnAPage(t *testing.T) {
	pages := func(headings int) int {
		d := &document.Document{Title: "Paper", Language: "en-GB", TitlePage: true, Blocks: []document.Block{document.TOC{Title: "Contents", Depth: 2}, document.PageBreak{}}}
		for i := range headings {
			d.Blocks = append(d.Blocks, document.Heading{Level: 1 + min(i%5, 1), Text: fmt.Sprintf("Part %d", i)})
		}
		_, r := render(t, d)
		return r.Pages
	}
	without := func(headings int) int { // what the headings themselves take
		d := &document.Document{Title: "Paper", Language: "en-GB", TitlePage: true, Blocks: []document.Block{}}
		for i := range headings {
			d.Blocks = append(d.Blocks, document.Heading{Level: 1 + min(i%5, 1), Text: fmt.Sprintf("Part %d", i)})
		}
		_, r := render(t, d)
		return r.Pages
	}
	for n, want := range map[int]int{20: 1, 46: 1, 49: 1, 70: 2} {
		if got := pages(n) - without(n); got != want {
			t.Errorf("%d headings are listed on %d pages, want %d", n, got, want)
		}
	}
}
