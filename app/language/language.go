// Package language puts the window into a language: its own words (package words) and those of the toolkit (OK, Cancel, days of
// the week), both from assets/translations.
package language

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/assets"
)

// Language is one that the window speaks.
type Language struct {
	Tag  string // BCP 47
	Name string // in the language itself
}

// English is the language of the keys; it has no file.
const English = "en"

// Offered are the languages that can be chosen. Welsh is marked as a draft because no Welsh translator has checked it.
var Offered = []Language{{English, "English"}, {"cy", "Cymraeg (drafft)"}}

var spoken = English

// Spoken is the language of the window, as [Speak] was last told.
func Spoken() string { return spoken }

// Known says whether a language is offered.
func Known(tag string) bool {
	return slices.ContainsFunc(Offered, func(l Language) bool { return l.Tag == tag })
}

// Messages are the texts of a language by their English keys.
func Messages(tag string) (map[string]string, error) {
	data, err := file(tag)
	if err != nil {
		return nil, err
	}
	return parse(data)
}

func file(tag string) ([]byte, error) {
	data, err := assets.Translations.ReadFile("translations/" + tag + ".json")
	if err != nil {
		return nil, fmt.Errorf("no words in the language %q: %w", tag, err)
	}
	return data, nil
}

// parse reads a file of texts: a key has its text, or an object with the text under "other".
func parse(data []byte) (map[string]string, error) {
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("reading translations: %w", err)
	}
	out := make(map[string]string, len(raw))
	for k, v := range raw {
		switch v := v.(type) {
		case string:
			out[k] = v
		case map[string]any:
			text, ok := v["other"].(string)
			if !ok {
				return nil, fmt.Errorf("reading translations: %q has no text under other", k)
			}
			out[k] = text
		default:
			return nil, fmt.Errorf("reading translations: %q has no text", k)
		}
	}
	return out, nil
}

// Speak makes every text that is made from now on come in a language. It is called before the first of them is made.
//
// The texts are registered with the toolkit under the language, but also under that of the system and the one it falls back
// to: the toolkit speaks the system's language, and the user may have chosen another.
func Speak(tag string) error {
	if tag == English || tag == "" {
		words.Use(nil)
		spoken = English
		return nil
	}
	data, err := file(tag)
	if err != nil {
		return err
	}
	texts, err := parse(data)
	if err != nil {
		return err
	}
	for _, l := range places(tag, lang.SystemLocale().LanguageString()) {
		if err := lang.AddTranslationsForLocale(data, fyne.Locale(l)); err != nil {
			return fmt.Errorf("registering %q: %w", tag, err)
		}
	}
	words.Use(func(english string) (string, bool) {
		if _, ok := texts[english]; !ok { // the toolkit logs an error for each text that it does not know
			return "", false
		}
		return lang.L(english), true
	})
	spoken = tag
	return nil
}

// places are the languages under which texts must be found, each once.
func places(tag, system string) []string {
	base, _, _ := strings.Cut(strings.ReplaceAll(system, "_", "-"), "-")
	var out []string
	for _, l := range []string{tag, English, base, system} {
		if l != "" && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}
