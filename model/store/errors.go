package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"modernc.org/sqlite"

	"github.com/planting-the-flag/flagstone/model"
)

// Sentinels beyond those of package model.
var (
	ErrDamaged  = errors.New("damaged")
	ErrDiskFull = errors.New("the disk is full")
	ErrNothing  = errors.New("nothing to take back or do again")
	ErrClosed   = errors.New("the project is closed")
)

// Error is a failure to do something with a project file. It matches the
// sentinel in Reason and, where there is one, the cause.
type Error struct {
	Op       string // "open", "create", "change", "save", …
	Path     string
	Reason   error  // sentinel
	Sentence string // what happened, to what
	Next     string // what to do about it
	Cause    error  // detail for the log
}

func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %v", e.Sentence, e.Cause)
	}
	return e.Sentence
}

// Unwrap gives both what the error is and what caused it.
func (e *Error) Unwrap() []error {
	var out []error
	for _, x := range []error{e.Reason, e.Cause} {
		if x != nil {
			out = append(out, x)
		}
	}
	return out
}

// Result codes of SQLite that decide what is said.
const (
	codePerm     = 3
	codeBusy     = 5
	codeLocked   = 6
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26
)

// unfinished reports whether a file cannot be read before a change that broke
// off in the middle is taken out of it, which needs writing.
func unfinished(err error) bool {
	const rollback, recovery, directory = codeReadOnly | 3<<8, codeReadOnly | 1<<8, codeReadOnly | 6<<8
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code() == rollback || e.Code() == recovery || e.Code() == directory)
}

// code is the primary result code of an error of SQLite, or 0.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// explain turns any failure of the file system or of SQLite into an Error.
// Errors that already say what they are pass as they came.
func explain(op, path string, err error) error {
	var own *Error
	if err == nil || errors.As(err, &own) {
		return err
	}
	for _, said := range []error{model.ErrInvalid, model.ErrNotFound, model.ErrConflict, model.ErrCancelled} {
		if errors.Is(err, said) {
			return err
		}
	}
	name := filepath.Base(path)
	e := &Error{Op: op, Path: path, Cause: err}
	say := func(reason error, sentence, next string) error {
		e.Reason, e.Sentence, e.Next = reason, sentence, next
		return e
	}
	const unchanged = "The project is as it was."
	switch c := code(err); {
	case c == codeFull || errors.Is(err, syscall.ENOSPC):
		return say(ErrDiskFull, fmt.Sprintf("There is no room left on the disk that holds %s.", name),
			unchanged+" Make room, or save a copy on another disk, and try again.")
	case c == codeNotADB:
		return say(model.ErrNotAProject, fmt.Sprintf("%s is not a Flagstone project.", name),
			"Choose a file whose name ends in .flagstone. To bring in a spreadsheet, create or open a project and import it.")
	case c == codeCorrupt:
		return say(ErrDamaged, fmt.Sprintf("%s is damaged and cannot be read safely.", name),
			"Nothing was changed. Use a backup or an earlier copy of the file.")
	case c == codeBusy || c == codeLocked:
		return say(model.ErrReadOnly, fmt.Sprintf("Another program is using %s.", name),
			unchanged+" Close the other program and try again.")
	case unfinished(err):
		return say(model.ErrReadOnly, fmt.Sprintf("%s was not closed properly and has to be put right first, which is not possible while it cannot be written to.", name),
			"Open it where you may write, or copy it together with the file "+name+"-journal to a folder of your own.")
	case c == codeReadOnly || c == codePerm || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		return say(model.ErrReadOnly, fmt.Sprintf("%s, or the folder it is in, cannot be written to.", name),
			unchanged+" Save a copy in a folder of your own and work on that.")
	case errors.Is(err, fs.ErrNotExist):
		return say(model.ErrNotFound, fmt.Sprintf("There is no %s in %s.", name, filepath.Dir(path)),
			"Check the name and the folder.")
	case errors.Is(err, syscall.ENOTDIR):
		return say(model.ErrNotFound, fmt.Sprintf("%s is not a folder, so %s cannot be in it.", filepath.Dir(path), name),
			"Check the name and the folder.")
	case c == codeCantOpen:
		return say(model.ErrReadOnly, fmt.Sprintf("%s cannot be opened here.", name),
			unchanged+" Check that the folder exists and that you may write in it.")
	case c == codeIO:
		return say(ErrDamaged, fmt.Sprintf("The disk that holds %s failed to read or write.", name),
			unchanged+" Check the disk or the network connection and try again.")
	}
	return say(nil, fmt.Sprintf("Flagstone could not %s %s.", op, name), unchanged+" Try again; if it happens again, report it with the log.")
}
