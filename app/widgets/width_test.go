package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/planting-the-flag/flagstone/app/widgets"
)

// The toolkit's own measure is the judge.
func TestTextsAreAsWideAsTheyAreDrawn(t *testing.T) {
	test.NewTempApp(t)
	for _, s := range []string{"", "i", "Sale Town Hall", "AVAWATER To Ty Ye 111,111", "Stretford Library & Café, M32 8JB", "Tŷ’r Cyngor – Sir Gâr", "≈ £1,234,567", "−12 tCO₂e…",
		strings.Repeat("A very long name of a place ", 12), "שלום", "日本語の図書館", "fi ffl difficult office"} {
		for _, size := range []float32{11, 13, 18} {
			for _, bold := range []bool{false, true} {
				style := fyne.TextStyle{Bold: bold}
				got, want := widgets.TextWidth(s, size, style), fyne.MeasureText(s, size, style).Width
				if got < want-0.5 || got > want*1.03+1 {
					t.Errorf("%q at %v, bold %v: %v wide, drawn %v", s, size, bold, got, want)
				}
			}
		}
	}
}

func TestCutTextsFitAndAreCutNoFurtherThanNeeded(t *testing.T) {
	test.NewTempApp(t)
	for _, s := range []string{"Sale Town Hall and the rooms behind it", "WWWWWWWWWWWWWWWWWWWWWWWWWW", "日本語の図書館日本語の図書館日本語の図書館"} {
		for width := float32(30); width < 200; width += 17 {
			got, cut := widgets.Fit(s, width, 13, fyne.TextStyle{})
			if w := fyne.MeasureText(got, 13, fyne.TextStyle{}).Width; w > width+0.5 {
				t.Errorf("%q cut to %v is %q, %v wide", s, width, got, w)
			}
			n := len([]rune(strings.TrimSuffix(got, "…")))
			if !cut {
				continue
			}
			if more := string([]rune(s)[:min(n+3, len([]rune(s)))]) + "…"; fyne.MeasureText(more, 13, fyne.TextStyle{}).Width <= width {
				t.Errorf("%q cut to %v is %q, though %q fits", s, width, got, more)
			}
		}
	}
	if got, cut := widgets.Fit("short", 100, 13, fyne.TextStyle{}); cut || got != "short" {
		t.Errorf("%q was cut to %q", "short", got)
	}
}
