package assets

import "embed"

// Reference holds the reference tables, one CSV a table, as they were compiled
// with their source, licence and confidence columns. Only package
// model/reference reads them.
//
//go:embed reference/*.csv
var Reference embed.FS
