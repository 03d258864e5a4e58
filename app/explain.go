package app

import (
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"github.com/planting-the-flag/flagstone/model"
)

// Explain turns an error into what the user reads: what happened, to what, and
// what to do next. The whole chain goes to the log and into the folded detail.
func Explain(doing string, err error) Message {
	slog.Error(doing, "error", err)
	m := Message{Bad: true, Detail: err.Error()}
	var field *model.FieldError
	var path *fs.PathError
	name := ""
	if errors.As(err, &path) {
		name = " " + path.Path
	}
	switch {
	case errors.As(err, &field):
		m.Text = Sentence(field.Sentence)
	case errors.Is(err, model.ErrNewer):
		m.Text = "This project was made by a newer version of Flagstone. Install that version to open it; nothing was changed."
	case errors.Is(err, model.ErrNotAProject):
		m.Text = "This file is not a Flagstone project. Choose a file that ends in .flagstone, or drop a spreadsheet to import it."
	case errors.Is(err, model.ErrReadOnly):
		m.Text = "The project is open elsewhere or cannot be written to. Close it there, or save a copy under another name."
	case errors.Is(err, syscall.ENOSPC):
		m.Text = "The disk is full. Free some space and try again; the project is as it was."
	case errors.Is(err, fs.ErrPermission):
		m.Text = "Flagstone may not write to" + name + ". Choose another folder."
	case errors.Is(err, fs.ErrNotExist):
		m.Text = "The file" + name + " is not there any more. Check that it was not moved or renamed."
	default:
		m.Text = Sentence(doing + ": " + err.Error())
	}
	return m
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
