package importing_test

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/planting-the-flag/flagstone/app/look"
	"github.com/planting-the-flag/flagstone/app/views/importing"
)

// TestPagesAreDrawn draws every page of every file in the folder that FLAGSTONE_LOOK names, for somebody to look at.
func TestPagesAreDrawn(t *testing.T) {
	from := os.Getenv("FLAGSTONE_LOOK")
	if from == "" {
		from = t.TempDir()
		if err := os.WriteFile(filepath.Join(from, "sites.csv"), []byte(register), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(from)
	if err != nil || len(files) == 0 {
		t.Fatal("nothing to draw", err)
	}
	for _, f := range files {
		for _, theme := range []string{"light", "dark"} {
			r := newRig(t)
			fyne.CurrentApp().Settings().SetTheme(look.New(theme, 0))
			if theme == "dark" {
				r.win.Resize(fyne.NewSize(1131, 690)) // what a window of 1280×800 leaves
			}
			r.open(filepath.Join(from, f.Name()))
			if importing.Summary(r.v.Preview()) == "" {
				t.Errorf("%s: nothing is said", f.Name())
			}
			for i, page := range []string{"1changes", "2columns", "3tables", "4findings"} {
				r.v.GoTo(i)
				r.settle()
				name := f.Name()
				if n := []rune(name); len(n) > 24 {
					name = string(n[:24])
				}
				r.shot(name + "-" + theme + "-" + page)
			}
		}
	}
}
