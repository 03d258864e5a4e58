package model

import (
	"errors"
	"fmt"
)

// Sentinels on which callers decide. Text for the user comes from one place in
// each front end; everything else is detail for the log.
var (
	ErrNotFound    = errors.New("not found")
	ErrInvalid     = errors.New("not valid")
	ErrConflict    = errors.New("conflicts with what is there")
	ErrNotAProject = errors.New("not a Flagstone project")
	ErrNewer       = errors.New("made by a newer version of Flagstone")
	ErrOlder       = errors.New("made by an older version of Flagstone")
	ErrReadOnly    = errors.New("open elsewhere or read-only")
	ErrCancelled   = errors.New("cancelled")
)

// FieldError is an invalid value: it names the field and says what is wrong in
// a sentence that a user can read. It matches ErrInvalid.
type FieldError struct{ Field, Sentence string }

func (e *FieldError) Error() string { return e.Sentence }

// Is makes every FieldError an ErrInvalid.
func (e *FieldError) Is(target error) bool { return target == ErrInvalid }

// Invalid builds a FieldError.
func Invalid(field, sentence string) error { return &FieldError{Field: field, Sentence: sentence} }

// NotFound builds an error that matches ErrNotFound and reads as a sentence.
func NotFound(what, name string) error {
	return fmt.Errorf("%s %q: %w", what, name, ErrNotFound)
}
