package pdf

import (
	"math"
	"testing"

	"github.com/planting-the-flag/flagstone/reports/chart"
	"github.com/planting-the-flag/flagstone/reports/chart/face"
	"github.com/planting-the-flag/flagstone/reports/document"
)

func TestNumbersAreCutAtTheirPoint(t *testing.T) {
	for s, want := range map[string][2]string{
		"1,234.5ᵐ": {"1,234", ".5ᵐ"}, "−£12kᵉ": {"−£12", "kᵉ"}, "£1.2m": {"£1", ".2m"}, "7": {"7", ""}, "withheld": {"withheld", ""}, "not known.": {"not known.", ""}, "3.": {"3", "."}, "": {"", ""},
		"12.5 to 14.0": {"12", ".5 to 14.0"},
	} {
		if l, r := splitDecimal(s); l != want[0] || r != want[1] {
			t.Errorf("%q: %q and %q", s, l, r)
		}
	}
}

func TestDecimalPointsStandUnderEachOther(t *testing.T) {
	l := newLayout(document.Resolve(&document.Document{}))
	tab := document.Resolve(&document.Document{Blocks: []document.Block{document.Table{Columns: []document.Column{{Heading: "a"}, {Heading: "b", Align: document.Decimal}},
		Rows: []document.Row{document.R(document.CT("x"), document.CT("1.25")), document.R(document.CT("y"), document.CT("1,000.5")), document.R(document.CT("z"), document.CT("12"))}}}}).Blocks[0].(document.Table)
	l.table(tab)
	l.flow()
	var points []float64
	for _, it := range l.cur.items {
		if left, _ := splitDecimal(it.text); it.x > 100 && it.text != "b" && it.text != "" {
			points = append(points, it.x+face.Width(left, it.size, it.style))
		}
	}
	if len(points) != 3 || math.Abs(points[0]-points[1]) > 0.01 || math.Abs(points[0]-points[2]) > 0.01 {
		t.Errorf("points at %v", points)
	}
}

func TestWidthsFillTheMeasure(t *testing.T) {
	tab := document.Table{Columns: []document.Column{{Weight: 1}, {Weight: 2}, {Weight: 1}}}
	for _, most := range []float64{50, 150, 400} {
		cols := []column{{least: 20, most: most}, {least: 40, most: 2 * most}, {least: 30, most: 31}}
		if !shareWidth(tab, cols, 300) {
			t.Fatal("does not fit")
		}
		sum := 0.0
		for _, c := range cols {
			sum += c.w
			if c.w < c.least-0.01 {
				t.Errorf("a column of %v, least %v", c.w, c.least)
			}
		}
		if math.Abs(sum-300) > 0.01 {
			t.Errorf("sum %v", sum)
		}
	}
	if cols := []column{{least: 200, most: 200}, {least: 200, most: 200}, {least: 200, most: 200}}; shareWidth(tab, cols, 300) {
		t.Error("too wide and not said")
	}
}

func TestLinesAreNoWiderThanTheyMay(t *testing.T) {
	spans := []span{{text: "The office-based team ", size: 10}, {text: "moves", size: 10, style: bold}, {text: ", then abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz in 2027/28.", size: 10}}
	text := ""
	for _, ln := range breakLines(spans, 80) {
		end := ln.pieces[len(ln.pieces)-1]
		if ln.w > 80.01 {
			t.Errorf("%q is %v wide", end.text, ln.w)
		}
		for _, p := range ln.pieces {
			text += p.text
		}
	}
	if want := spans[0].text + spans[1].text + spans[2].text; text != want {
		t.Errorf("%q, want %q", text, want)
	}
}

func TestPaleHouseColoursGiveWay(t *testing.T) {
	for s, want := range map[string]chart.RGB{"#ffee00": chart.Print.Accent, "": chart.Print.Accent, "red": chart.Print.Accent, "#6a1b6a": {R: 0x6a, G: 0x1b, B: 0x6a}} {
		if got := accentOf(s); got != want {
			t.Errorf("%q gives %s", s, got.Hex())
		}
	}
}
