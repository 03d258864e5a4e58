package businesscase_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/reports/businesscase"
	"github.com/planting-the-flag/flagstone/reports/document"
)

// TestWordsGivenBackSayTheSame: text taken out of every section and put back
// untouched makes the same paper, with the same numbers bound to results.
func TestWordsGivenBackSayTheSame(t *testing.T) {
	cmp := compare(t, place(6))
	for _, edition := range []document.Edition{document.Public, document.Exempt} {
		opt := options(edition)
		opt.Access = access(true)
		want := build(t, cmp, opt)
		opt.Override = map[businesscase.Section]businesscase.Override{}
		for _, s := range businesscase.Sections {
			w, err := businesscase.Words(cmp, opt, s)
			if err != nil {
				t.Fatal(err)
			}
			opt.Override[s] = businesscase.Override{Instead: w}
			unknown, err := businesscase.Unknown(cmp, opt, s, w)
			if err != nil || len(unknown) > 0 {
				t.Errorf("%s: names of ours that stand for nothing: %v, %v", s, unknown, err)
			}
		}
		got := build(t, cmp, opt)
		a, b := document.PlainText(want), document.PlainText(got)
		if a != b {
			al, bl := strings.Split(a, "\n"), strings.Split(b, "\n")
			for i := range al {
				if i >= len(bl) || al[i] != bl[i] {
					t.Fatalf("%s, line %d: %q became %q", edition, i, al[i], bl[min(i, len(bl)-1)])
				}
			}
		}
		if x, y := document.Fields(want), document.Fields(got); !slices.Equal(x, y) {
			t.Errorf("%s: %d bound numbers became %d", edition, len(x), len(y))
		}
	}
}

func TestAnEditedSectionSaysSoAndKeepsItsFigures(t *testing.T) {
	cmp := compare(t, place(6))
	opt := options(document.Exempt)
	opt.Override = map[businesscase.Section]businesscase.Override{businesscase.Economic: {Edited: "2026-11-24",
		Instead: []string{"## Our view", "We like {preferred.name}.\n", "{table 1}", "- one\n- two", "{chart 99}"}}}
	doc := build(t, cmp, opt)
	text := document.PlainText(doc)
	for _, s := range []string{"Our view", "We like Community hubs.", "edited by hand, last on 24\u00a0November\u00a02026"} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not in the paper", s)
		}
	}
	if strings.Contains(text, "{chart 99}") {
		t.Error("a chart that is not there leaves its name in the paper")
	}
	unknown, err := businesscase.Unknown(cmp, opt, businesscase.Economic, []string{"{nothing.known} and {preferred.npsv}", "{chart 99}"})
	if err != nil || !slices.Equal(unknown, []string{"{nothing.known}", "{chart 99}"}) {
		t.Errorf("unknown names %v, %v", unknown, err)
	}
}
