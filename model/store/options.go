package store

import (
	"os"
	"time"

	"github.com/planting-the-flag/flagstone/model"
)

// Options are what a project file needs from outside.
type Options struct {
	Now      func() time.Time // required to change a project
	Who      string           // name of the user, for the audit and for a second person who opens the file
	Host     string           // name of the computer; the operating system's when empty
	ReadOnly bool             // open without the intention to change anything
	Replace  bool             // Create and SaveAs may take the place of an existing file
	OnChange func(Change)     // called after each command, undo, redo and reload, on the caller's goroutine
}

// Change says what a command, an undo or a redo touched.
type Change struct {
	Name  string // title of the command
	Deed  Deed
	Kinds map[Kind][]string // identifiers of the things touched, by kind
}

// Deed says how a change came about.
type Deed string

// The deeds.
const (
	Did    Deed = "do"
	Undid  Deed = "undo"
	Redid  Deed = "redo"
	Reread Deed = "reread"  // somebody else changed the project, and it was read again
	Result Deed = "results" // results were stored; the project did not change
)

func (o *Options) stamp() string { return o.Now().UTC().Format(time.RFC3339) }

func (o *Options) host() string {
	if o.Host != "" {
		return o.Host
	}
	h, _ := os.Hostname()
	return h
}

// complete refuses options with which a project cannot be changed.
func (o *Options) complete() error {
	if o.Now == nil {
		return model.Invalid("clock", "A project can only be changed by a program that gives it a clock.")
	}
	return nil
}
