package app

import (
	"log/slog"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/planting-the-flag/flagstone/app/session"
)

// Explain turns an error into what the user reads: what happened, to what, and
// what to do next. The whole chain goes to the log and into the folded detail.
func Explain(doing string, err error) Message {
	slog.Error(doing, "error", err)
	return Message{Text: session.Sentence(err), Bad: true, Detail: doing + ": " + err.Error()}
}

// Sentence gives text a capital and a full stop.
func Sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(r)) + s[n:]
	if !strings.ContainsAny(s[len(s)-1:], ".?") {
		s += "."
	}
	return s
}
