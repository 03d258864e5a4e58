package session

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

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
		return "Cancelled. The project is as it was."
	case errors.Is(err, context.DeadlineExceeded):
		return "It took longer than the time allowed and was stopped. The project is as it was."
	case errors.As(err, &file):
		return join(file.Sentence, file.Next)
	case errors.As(err, &says):
		return join(says.Sentence())
	case errors.As(err, &field):
		return join(field.Sentence, "Correct it and try again; the project is as it was.")
	case errors.As(err, &path):
		return fileSentence(path)
	case errors.As(err, &all):
		var parts []string
		for _, e := range all.Unwrap() {
			parts = append(parts, Sentence(e))
		}
		return strings.Join(parts, " ")
	case errors.Is(err, syscall.ENOSPC):
		return "There is no room left on the disk. Make room and try again."
	}
	for _, k := range known {
		if errors.Is(err, k.sentinel) {
			return join(k.about(err), k.next)
		}
	}
	return join(fmt.Sprintf("Something went wrong: %v", err), "The project is as it was. If it happens again, report it with the log.")
}

// known are the sentinels, what is said around the thing that they are about,
// and what to do next.
var known = []kind{
	{model.ErrNotFound, "there is no ", "", "Check the name and try again."},
	{model.ErrConflict, "", " conflicts with what is there", "The project is as it was."},
	{model.ErrNotAProject, "", " is not a Flagstone project", "Choose a file whose name ends in .flagstone."},
	{model.ErrNewer, "", " was made by a newer version of Flagstone", "Install the newer version to open it."},
	{model.ErrReadOnly, "", " is open elsewhere or cannot be written to", "Close it there, or save a copy, and try again."},
	{model.ErrInvalid, "", " is not valid", "Correct it and try again."},
	{store.ErrDamaged, "", " is damaged", "Use a backup or an earlier copy of the file."},
	{store.ErrDiskFull, "", ": the disk is full", "Make room and try again; the project is as it was."},
	{store.ErrNothing, "", ": there is nothing to undo or redo", ""},
	{store.ErrClosed, "", ": the project is closed", "Open it again."},
}

type kind struct {
	sentinel      error
	before, after string
	next          string
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
		return k.sentinel.Error()
	}
	return k.before + thing + k.after
}

// fileSentence says what the file system refused.
func fileSentence(e *fs.PathError) string {
	switch {
	case errors.Is(e, fs.ErrNotExist):
		return fmt.Sprintf("There is no file %s. Check the name and the folder.", e.Path)
	case errors.Is(e, fs.ErrPermission) || errors.Is(e, syscall.EROFS):
		return fmt.Sprintf("%s may not be read or written by you. Ask for access, or use a folder of your own.", e.Path)
	case errors.Is(e, syscall.ENOSPC):
		return fmt.Sprintf("There is no room left on the disk for %s. Make room and try again.", e.Path)
	case errors.Is(e, fs.ErrExist):
		return fmt.Sprintf("%s is there already. Choose another name.", e.Path)
	case errors.Is(e, syscall.ENOTDIR):
		return fmt.Sprintf("A part of %s is a file and not a folder. Check the name.", e.Path)
	case errors.Is(e, syscall.EISDIR):
		return fmt.Sprintf("%s is a folder. Choose a file.", e.Path)
	case errors.Is(e, os.ErrClosed):
		return fmt.Sprintf("%s was closed too early. Try again.", e.Path)
	}
	return fmt.Sprintf("%s could not be used. Check the disk or the network connection and try again.", e.Path)
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
