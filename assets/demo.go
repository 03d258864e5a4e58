package assets

import "embed"

// Demo holds the open data of the demonstration place, as published; what each
// file is and whose is told in demo/README.md.
//
//go:embed demo/*.csv demo/*.geojson
var Demo embed.FS

// Postcodes holds mean grid positions of Great Britain's postcode districts and
// sectors, from Code-Point Open 2014.
//
//go:embed geo/*.csv
var Postcodes embed.FS
