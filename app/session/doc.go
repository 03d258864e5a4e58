// Package session is an open project as a front end sees it: the file, what is
// selected in it, what the last command was called, and who wants to know when
// something changes.
//
// It knows the project file (package store), which files were opened lately,
// and how any error of Flagstone's is put to a user: [Sentence] is the one
// place that does. It refuses to know windows, widgets and command lines; both
// front ends stand on it. It holds no clock: that comes with the store's options.
package session
