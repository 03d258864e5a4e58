package words_test

import (
	"testing"

	"github.com/planting-the-flag/flagstone/app/words"
)

func TestTexts(t *testing.T) {
	defer words.Use(nil)
	if got := words.F("%s of %d", "Hall", 3); got != "Hall of 3" {
		t.Errorf("English: %q", got)
	}
	asked := 0
	words.Use(func(s string) (string, bool) {
		asked++
		m := map[string]string{"%s of %d": "%[2]d · %[1]s", "%d building": "%d adeilad", "%d buildings": "%d adeilad"}
		v, ok := m[s]
		return v, ok
	})
	for _, c := range [][2]string{
		{words.F("%s of %d", "Hall", 3), "3 · Hall"},
		{words.N(1, "%d building", "%d buildings"), "1 adeilad"},
		{words.N(4, "%d building", "%d buildings"), "4 adeilad"},
		{words.T("Nothing knows this"), "Nothing knows this"},
		{words.T(""), ""},
	} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
	before := asked
	words.T("Nothing knows this")
	if asked != before {
		t.Error("a text is looked up every time it is shown")
	}
}

func BenchmarkT(b *testing.B) {
	defer words.Use(nil)
	words.Use(func(s string) (string, bool) { return "Adeiladau", true })
	for b.Loop() {
		words.T("Buildings")
	}
}

// The first letter may be longer than a byte, as in Welsh.
func TestFirstLetters(t *testing.T) {
	for _, c := range [][2]string{{words.Small("Ôl troed"), "ôl troed"}, {words.Capital("ôl troed"), "Ôl troed"}, {words.Small("UPRN"), "UPRN"}, {words.Small("Floor area"), "floor area"},
		{words.Capital(""), ""}, {words.Small(""), ""}, {words.Capital("£ a year"), "£ a year"}} {
		if c[0] != c[1] {
			t.Errorf("%q, want %q", c[0], c[1])
		}
	}
}
