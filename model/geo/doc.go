// Package geo is the only place in Flagstone that does arithmetic on coordinates.
//
// Everything is kept as WGS84 latitude and longitude ([LatLon]). British National Grid (OSGB36) and Irish Grid eastings and
// northings are turned into it by a 7-parameter Helmert shift and a transverse Mercator projection. That is good to about five
// metres against Ordnance Survey's own OSTN15 test points – enough to plan buildings by, not enough to set out a fence – and the
// tests state the error that was measured. ETRS89 and WGS84 are treated as one.
//
// [orb.Point] is longitude first; spreadsheets are latitude first. [LatLon.Point] and [FromPoint] are the only places where
// the one becomes the other.
package geo
