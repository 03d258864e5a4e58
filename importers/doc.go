// Package importers reads the spreadsheets that describe a place's buildings, services and people, and says what it made of every
// row and every column.
//
// A file becomes tables with cell addresses (package table, one reader a kind of file below it), a sheet becomes blocks with headers
// (layout), columns become fields (mapping), values become numbers with units (units), and rows become a change set: new,
// updated, unchanged and merged things, with findings that name file, sheet and cell. Nothing here stores anything; the caller
// commits the change set as one command, or does not.
//
// The package knows no file by name and no publisher by layout.
package importers
