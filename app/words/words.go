// Package words puts what the window says into the user's language. The English text is its own key: a text without a
// translation stays English. The package knows no language; whoever starts the window says how to translate ([Use]).
//
// What a user typed or a spreadsheet said (names, reasons, notes) never goes through here, so that a building called Map stays one.
package words

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// Translator gives the text for an English one, and whether there is one.
type Translator func(english string) (string, bool)

type speaker struct {
	translate Translator
	known     sync.Map // English → text, as looked up once
}

var now atomic.Pointer[speaker]

// Use makes every later text go through a translator; nil means English. Texts already on the screen stay as they are.
func Use(t Translator) {
	if t == nil {
		now.Store(nil)
		return
	}
	now.Store(&speaker{translate: t})
}

// English says whether the window speaks the language of the keys.
func English() bool { return now.Load() == nil }

// T is the text in the user's language.
func T(english string) string {
	s := now.Load()
	if s == nil || english == "" {
		return english
	}
	if v, ok := s.known.Load(english); ok {
		return v.(string)
	}
	text, ok := s.translate(english)
	if !ok {
		text = english
	}
	s.known.Store(english, text)
	return text
}

// F is a pattern in the user's language with the arguments laid in as fmt.Sprintf does. A translation may use explicit argument
// indexes, "%[2]s … %[1]d", where its word order differs.
func F(pattern string, args ...any) string { return fmt.Sprintf(T(pattern), args...) }

// N is one pattern for one thing and another for any other number of them; both are laid out with n as the first argument, then args:
// N(n, "%d building", "%d buildings"). Languages that write the noun alike after a number translate both alike.
func N(n int, one, many string, args ...any) string {
	pattern := many
	if n == 1 {
		pattern = one
	}
	return F(pattern, append([]any{n}, args...)...)
}

// Later marks a text that is put into the user's language where it is shown, by [T]: tables of the package level are made before
// the language is known. The text itself comes back.
func Later(english string) string { return english }

// All is every text of a list in the user's language, as a new list.
func All(english []string) []string {
	out := make([]string, len(english))
	for i, s := range english {
		out[i] = T(s)
	}
	return out
}

// Capital gives a text its capital letter.
func Capital(s string) string { return first(s, unicode.ToUpper) }

// Small takes a text's capital letter away, as inside a sentence; what is written in capitals stays.
func Small(s string) string {
	if strings.ToUpper(s) == s {
		return s
	}
	return first(s, unicode.ToLower)
}

func first(s string, change func(rune) rune) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(change(r)) + s[n:]
}
