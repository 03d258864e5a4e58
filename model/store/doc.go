// Package store keeps a project in one SQLite file, "*.flagstone".
//
// It knows the tables of that file and how each thing of package model is
// written to them and read back; that every change is one command in one
// transaction with an audit row; how a command is taken back and done again,
// also after a restart; who has the file open; and how an older file becomes a
// new one. What is read is exactly what was written, with money rounded to
// whole pence, text made valid UTF-8 and empty lists and maps made nil.
//
// It refuses to know what anything means for an appraisal, how a file on any
// other format is read, and what a user is shown beyond the sentence of its
// errors. It holds no clock: the time and the name of the user come with
// Options. It refuses what is not a Flagstone project, what a newer version
// made, what is damaged, values that are not numbers, and references to things
// that are not there; a refused change leaves file and value as they were.
//
// A [File] may be used from several goroutines. The [model.Project] it gives
// out is never changed afterwards: each command makes a new one, so a reader
// keeps a consistent picture for as long as it likes.
package store
