package language_test

import (
	"testing"

	"fyne.io/fyne/v2/lang"

	"github.com/planting-the-flag/flagstone/app/language"
	"github.com/planting-the-flag/flagstone/app/words"
)

func TestEveryTextOfALanguageIsSpoken(t *testing.T) {
	defer words.Use(nil)
	for _, l := range language.Offered {
		if err := language.Speak(l.Tag); err != nil {
			t.Fatal(err)
		}
		if l.Tag == language.English {
			if got := words.T("Cancel"); got != "Cancel" {
				t.Errorf("English: %q", got)
			}
			continue
		}
		texts, err := language.Messages(l.Tag)
		if err != nil || len(texts) == 0 {
			t.Fatalf("%s: %d texts, %v", l.Tag, len(texts), err)
		}
		for k, v := range texts {
			if got := words.T(k); got != v {
				t.Errorf("%s: %q is %q, want %q", l.Tag, k, got, v)
			}
			if got := lang.X(k, "missing"); got != v { // the toolkit's own words
				t.Errorf("%s: the toolkit says %q for %q, want %q", l.Tag, got, k, v)
			}
		}
	}
}

func TestLanguagesThatAreNotOffered(t *testing.T) {
	if language.Known("xx") || !language.Known("cy") || !language.Known("en") {
		t.Error("the wrong languages are offered")
	}
	if language.Speak("xx") == nil {
		t.Error("a language without words is spoken")
	}
}
