package settings_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/planting-the-flag/flagstone/app/settings"
)

func TestWhatIsWrittenLaterIsThereAtOnceAndStays(t *testing.T) {
	p := test.NewTempApp(t).Preferences()
	s := settings.New(p)
	for _, f := range []string{"/a", "/b", "/c"} {
		s.SetFolder(f)
		if got := s.Folder(); got != f {
			t.Errorf("the folder is %q, set to %q", got, f)
		}
		if err := s.SetViews("table", []string{f}); err != nil {
			t.Fatal(err)
		}
	}
	s.Flush()
	again := settings.New(p)
	var views []string
	again.Views("table", &views)
	if again.Folder() != "/c" || len(views) != 1 || views[0] != "/c" {
		t.Errorf("after all is written: %q, %q", again.Folder(), views)
	}
}
