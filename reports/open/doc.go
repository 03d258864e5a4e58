// Package open knows the open forms of a project: the land and building register of the Local Government Transparency Code as
// CSV, the estate as GeoJSON, and the charts of the business case as SVG and PNG with their alternative text.
//
// It refuses to publish what is exempt (values, receipts, dilapidations are in none of them), what somebody modelled as if it
// were known, and to touch files: it writes to what it is given.
package open
