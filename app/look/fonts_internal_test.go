package look

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"

	"github.com/planting-the-flag/flagstone/assets"
)

// Every letter and sign that the window says in any language is in a font that comes with the program, in both weights.
func TestEverySignHasAGlyph(t *testing.T) {
	said := map[rune]string{}
	hear := func(where, s string) {
		for _, r := range s {
			if r > 126 {
				said[r] = where
			}
		}
	}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		hear(path, string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(assets.Translations, "translations/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no translations: %v", err)
	}
	for _, f := range files {
		b, err := assets.Translations.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]any
		if err := json.Unmarshal(b, &all); err != nil {
			t.Fatal(err)
		}
		for en, other := range all {
			hear(f, en)
			if s, ok := other.(string); ok {
				hear(f, s)
			}
		}
	}
	if len(said) < 20 || said['−'] == "" || said['≈'] == "" {
		t.Fatalf("only %d signs were heard", len(said))
	}
	has := func(res fyne.Resource, r rune) bool {
		f, err := sfnt.Parse(res.Content())
		if err != nil {
			t.Fatal(res.Name(), err)
		}
		i, err := f.GlyphIndex(nil, r)
		if err != nil {
			t.Fatal(res.Name(), err)
		}
		return i != 0
	}
	for _, bold := range []bool{false, true} {
		s := fyne.TextStyle{Bold: bold}
		for r, where := range said {
			if !has(lightTheme.Font(s), r) && !has(theme.DefaultTheme().Font(s), r) {
				t.Errorf("%q of %s has no glyph, bold %v", r, where, bold)
			}
		}
	}
}

// Lines are as high, and words as far apart, as with the toolkit's own letters alone: only the signs differ.
func TestSignsChangeNothingElse(t *testing.T) {
	a := test.NewTempApp(t)
	const text = "Sale Town Hall and 12 others"
	for _, bold := range []bool{false, true} {
		s := fyne.TextStyle{Bold: bold}
		a.Settings().SetTheme(theme.DefaultTheme())
		without := fyne.MeasureText(text, Body, s)
		a.Settings().SetTheme(lightTheme)
		if with := fyne.MeasureText(text, Body, s); with.Width < without.Width-0.5 || with.Width > without.Width+0.5 || with.Height < without.Height-0.5 || with.Height > without.Height+0.5 {
			t.Errorf("bold %v: %v with the signs, %v without", bold, with, without)
		}
		if m := fyne.MeasureText("≈ 1", Body, s).Height; m > without.Height+0.5 {
			t.Errorf("bold %v: a line with a sign is %v high, others %v", bold, m, without.Height)
		}
	}
}
