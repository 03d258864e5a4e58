package pages_test

import (
	"strings"
	"testing"

	"github.com/planting-the-flag/flagstone/app/pages"
	"github.com/planting-the-flag/flagstone/reports/document"
)

func TestAPaperGoesOnFromPageToPage(t *testing.T) {
	d := &document.Document{Title: "A paper"}
	for range 40 {
		d.Blocks = append(d.Blocks, document.P(document.T(strings.Repeat("many words follow one another ", 20))))
	}
	tab := document.Table{Caption: "Figures", Columns: []document.Column{{Heading: "What"}, {Heading: "How much", Align: document.Right}}}
	for range 80 {
		tab.Rows = append(tab.Rows, document.R(document.CT(strings.Repeat("a long name ", 30)), document.CT("£1,234,567")))
	}
	d.Blocks = append(d.Blocks, tab, document.PageBreak{Landscape: true}, document.P(document.T("sideways")))
	got := pages.Lay(d)
	if len(got) < 6 {
		t.Fatalf("%d pages", len(got))
	}
	last := got[len(got)-1]
	if last.W <= last.H {
		t.Error("the last page is not on its side")
	}
	img := got[0].Image(0.5)
	if b := img.Bounds(); b.Dx() != 298 || b.Dy() != 421 {
		t.Errorf("painted %v", b)
	}
	dark := 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				dark++
			}
		}
	}
	if dark < 500 {
		t.Errorf("only %d dark points on a full page", dark)
	}
}
