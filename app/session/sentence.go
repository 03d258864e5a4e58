package session

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"github.com/planting-the-flag/flagstone/app/words"
	"github.com/planting-the-flag/flagstone/model"
	"github.com/planting-the-flag/flagstone/model/store"
)

// Sentence puts an error to a user: what happened, to what, and what to do
// next. It never shows the inner workings; those are for the log, which gets
// the error itself. No error gives no sentence.
//
// An error type of another package takes part by having a method
// Sentence() string.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	var all interface{ Unwrap() []error }
	var file *store.Error
	var field *model.FieldError
	var says interface{ Sentence() string }
	var path *fs.PathError
	switch {
	case errors.Is(err, context.Canceled) || errors.Is(err, model.ErrCancelled):
		return words.T("Cancelled. The project is as it was.")
	case errors.Is(err, context.DeadlineExceeded):
		return words.T("It took longer than the time allowed and was stopped. The project is as it was.")
	case errors.As(err, &file):
		return join(words.T(file.Sentence), words.T(file.Next))
	case errors.As(err, &says):
		return join(says.Sentence())
	case errors.As(err, &field):
		return join(words.T(field.Sentence), words.T("Correct it and try again; the project is as it was."))
	case errors.As(err, &path):
		return fileSentence(path)
	case errors.As(err, &all):
		var parts []string
		for _, e := range all.Unwrap() {
			parts = append(parts, Sentence(e))
		}
		return strings.Join(parts, " ")
	case errors.Is(err, syscall.ENOSPC):
		return words.T("There is no room left on the disk. Make room and try again.")
	}
	for _, k := range known {
		if errors.Is(err, k.sentinel) {
			return join(k.about(err), words.T(k.next))
		}
	}
	return join(words.F("Something went wrong: %v", err), words.T("The project is as it was. If it happens again, report it with the log."))
}

// known are the sentinels, what is said of the thing that they are about, and
// what to do next.
var known = []kind{
	{model.ErrNotFound, words.Later("there is no %s"), words.Later("Check the name and try again.")},
	{model.ErrConflict, words.Later("%s conflicts with what is there"), words.Later("The project is as it was.")},
	{model.ErrNotAProject, words.Later("%s is not a Flagstone project"), words.Later("Choose a file whose name ends in .flagstone.")},
	{model.ErrNewer, words.Later("%s was made by a newer version of Flagstone"), words.Later("Install the newer version to open it.")},
	{model.ErrReadOnly, words.Later("%s is open elsewhere or cannot be written to"), words.Later("Close it there, or save a copy, and try again.")},
	{model.ErrInvalid, words.Later("%s is not valid"), words.Later("Correct it and try again.")},
	{store.ErrDamaged, words.Later("%s is damaged"), words.Later("Use a backup or an earlier copy of the file.")},
	{store.ErrDiskFull, words.Later("%s: the disk is full"), words.Later("Make room and try again; the project is as it was.")},
	{store.ErrNothing, words.Later("%s: there is nothing to undo or redo"), ""},
	{store.ErrClosed, words.Later("%s: the project is closed"), words.Later("Open it again.")},
}

type kind struct {
	sentinel error
	pattern  string // of the sentence, with the thing that it is about
	next     string
}

// about takes the sentinel's own words off the error that first used it, which
// leaves the thing it is about, and says them again as part of a sentence.
func (k kind) about(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil || inner == k.sentinel || !errors.Is(inner, k.sentinel) {
			break
		}
		err = inner
	}
	thing := strings.TrimSuffix(strings.TrimSuffix(err.Error(), k.sentinel.Error()), ": ")
	if thing == "" {
		return words.T(k.sentinel.Error())
	}
	return words.F(k.pattern, thing)
}

// fileSentence says what the file system refused.
func fileSentence(e *fs.PathError) string {
	switch {
	case errors.Is(e, fs.ErrNotExist):
		return words.F("There is no file %s. Check the name and the folder.", e.Path)
	case errors.Is(e, fs.ErrPermission) || errors.Is(e, syscall.EROFS):
		return words.F("%s may not be read or written by you. Ask for access, or use a folder of your own.", e.Path)
	case errors.Is(e, syscall.ENOSPC):
		return words.F("There is no room left on the disk for %s. Make room and try again.", e.Path)
	case errors.Is(e, fs.ErrExist):
		return words.F("%s is there already. Choose another name.", e.Path)
	case errors.Is(e, syscall.ENOTDIR):
		return words.F("A part of %s is a file and not a folder. Check the name.", e.Path)
	case errors.Is(e, syscall.EISDIR):
		return words.F("%s is a folder. Choose a file.", e.Path)
	case errors.Is(e, os.ErrClosed):
		return words.F("%s was closed too early. Try again.", e.Path)
	}
	return words.F("%s could not be used. Check the disk or the network connection and try again.", e.Path)
}

// join makes sentences of its parts: a full stop last, and a capital first
// unless the first word is the name of a file.
func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if p == "" {
			continue
		}
		word, _, _ := strings.Cut(p, " ")
		if !strings.ContainsAny(strings.TrimRight(word, ".,:;"), `./\_0123456789`) {
			first, n := utf8.DecodeRuneInString(p)
			p = string(unicode.ToUpper(first)) + p[n:]
		}
		if !strings.ContainsAny(p[len(p)-1:], ".!?") {
			p += "."
		}
		out = append(out, p)
	}
	return strings.Join(out, " ")
}
