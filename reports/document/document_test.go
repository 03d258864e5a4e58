package document_test

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/document"
)

func TestHeadingsAreNumberedWithoutGaps(t *testing.T) {
	d := document.Resolve(&document.Document{NumberHeadings: true, Blocks: []document.Block{
		document.Heading{Level: 3, Text: "a"}, document.Heading{Level: 3, Text: "b"}, document.Heading{Level: 1, Text: "c", Unnumbered: true},
		document.Heading{Level: 1, Text: "d"}, document.Heading{Level: 9, Text: "e"}, document.Heading{Level: 1, Text: "d"}}})
	var got []string
	ids := map[string]bool{}
	for _, h := range document.Outline(d, 3) {
		got = append(got, strings.Repeat(">", h.Level)+h.Full())
		if ids[h.ID] {
			t.Errorf("ID %s twice", h.ID)
		}
		ids[h.ID] = true
	}
	if want := []string{">1 a", ">>1.1 b", ">c", ">2 d", ">>2.1 e", ">3 d"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestResolvingTwiceChangesNothing(t *testing.T) {
	d := document.Resolve(&document.Document{Title: "x", Blocks: []document.Block{document.P(document.Footnote{Runs: []document.Inline{document.T("n")}}), document.Legend{}}})
	if e := document.Resolve(d); e != d {
		t.Error("resolved again")
	}
}

func TestThePublicEditionWithholds(t *testing.T) {
	f := document.Field{Key: "receipt", Text: "£6.0m", Value: 6e6, Unit: "£", Exempt: true, Grade: document.Estimated}
	for edition, shown := range map[document.Edition]bool{"": false, document.Public: false, document.Exempt: true} {
		d := document.Resolve(&document.Document{Edition: edition, Blocks: []document.Block{document.P(f), document.KeyFigures{Items: []document.KeyFigure{{Value: f}}},
			document.Table{Columns: []document.Column{{}}, Rows: []document.Row{document.R(document.CF(f))}}, document.P(document.Footnote{Runs: []document.Inline{f}}), document.Legend{}}})
		if got := strings.Contains(document.PlainText(d), "6.0m"); got != shown {
			t.Errorf("%q edition: shown %v", edition, got)
		}
		for _, x := range document.Fields(d) {
			if (x.Value == 6e6) != shown {
				t.Errorf("%q edition: a field holds %v", edition, x.Value)
			}
		}
	}
}

func TestTheLegendExplainsTheMarksInUse(t *testing.T) {
	text := document.PlainText(&document.Document{Blocks: []document.Block{document.Legend{}, document.P(document.Field{Text: "£1", Grade: document.Modelled})}})
	if !strings.Contains(text, "ᵐ\u00a0modelled") || strings.Contains(text, "estimated") {
		t.Errorf("legend: %s", text)
	}
}

func TestRowsAreMadeRegular(t *testing.T) {
	d := document.Resolve(&document.Document{Blocks: []document.Block{document.Table{Columns: []document.Column{{Heading: "a"}, {Heading: "b"}}, Groups: []document.Group{{Text: "g", Span: 9}},
		Rows: []document.Row{document.R(document.CT("1")), document.R(document.CT("1"), document.CT("2"), document.CT("3")), {Kind: document.Subhead, Cells: []document.Cell{document.CT("s")}}, {Cells: []document.Cell{{Span: 7, NoteRef: 4}}}}}}})
	tab := d.Blocks[0].(document.Table)
	if len(tab.Columns) != 7 || tab.Groups[0].Span != 7 {
		t.Fatalf("%d columns, group of %d", len(tab.Columns), tab.Groups[0].Span)
	}
	for i, r := range tab.Rows {
		n := 0
		for _, c := range r.Cells {
			n += c.Span
			if c.NoteRef != 0 {
				t.Error("a mark without a note")
			}
		}
		if n != 7 {
			t.Errorf("row %d has %d cells", i, n)
		}
	}
}

func TestNumbersBoundAndLoose(t *testing.T) {
	d := &document.Document{Blocks: []document.Block{document.P(document.T("In 2031/32 it saves "), document.Field{Key: "s", Text: "£1,234.5k"}, document.T(", not 7.")),
		document.Table{Columns: []document.Column{{}}, Rows: []document.Row{document.R(document.CT("12"))}}}}
	if got := document.Loose(d); !reflect.DeepEqual(got, []string{"2031", "32", "7", "12"}) {
		t.Errorf("loose %q", got)
	}
	if got := document.Numbers(document.Fields(d)[0].Text); !reflect.DeepEqual(got, []string{"1,234.5"}) {
		t.Errorf("bound %q", got)
	}
}

func TestFootnotesFollowTheirBlock(t *testing.T) {
	text := document.PlainText(&document.Document{Title: "T", Created: time.Date(2028, 3, 3, 0, 0, 0, 0, time.UTC), Blocks: []document.Block{
		document.P(document.T("one"), document.Footnote{Runs: []document.Inline{document.T("first")}}), document.P(document.T("two"), document.Footnote{Runs: []document.Inline{document.T("second")}}),
		document.Figure{Chart: &chart.Chart{Title: "finding", Source: "register", Grade: "modelled"}}}})
	want := "T\n3 March 2028\n\none[1]\n[1] first\n\ntwo[2]\n[2] second\n\nFigure 1. finding\nfinding\nSource: register; modelled.\n"
	if text != want {
		t.Errorf("got %q\nwant %q", text, want)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\u0301 \t\n x\u200b\ufeff\u202e\x00\xff🏛\ufe0f 12\u202fm²")
	f.Fuzz(func(t *testing.T, s string) {
		c := document.Clean(s)
		if !utf8.ValidString(c) || strings.ContainsAny(c, "\n\r\t\x00\u202e") || strings.Contains(c, "  ") || document.Clean(c) != c {
			t.Errorf("%q → %q → %q", s, c, document.Clean(c))
		}
	})
}
