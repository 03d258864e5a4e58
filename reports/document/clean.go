package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Clean makes text fit to print in every rendering: composed (NFC), on one line, without control, direction and zero-width
// characters, spaces run together. It never fails; bytes that are not UTF-8 become U+FFFD.
func Clean(s string) string { return strings.TrimSpace(cleanRun(s)) }

// cleanRun is Clean for a piece of running text, whose spaces at the ends matter.
func cleanRun(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' || (c == ' ' && i > 0 && s[i-1] == ' ') {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case r == '\u00a0' || r == '\u202f': // must survive: they hold a number and its unit together
			b.WriteRune('\u00a0')
			space = false
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
			if !space {
				b.WriteByte(' ')
			}
			space = true
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r >= 0xFE00 && r <= 0xFE0F, r >= 0xE000 && r <= 0xF8FF && r != '\uFFFD':
			// dropped: nothing to see
		case r == '\u2011':
			b.WriteByte('-')
			space = false
		default:
			b.WriteRune(r)
			space = false
		}
	}
	return norm.NFC.String(b.String()) // last: what was dropped may have kept a letter from its accent
}
