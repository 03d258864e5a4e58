// Package workbook writes a comparison of scenarios as a spreadsheet that
// finance can recalculate, change and send back.
//
// It knows how a stream, a total and a present value are said in cells and
// formulas, so that every result in the book follows from inputs in the same
// book. It refuses to know how streams come about, what the law of discounting
// is and where files are kept: it is given a finished comparison and a writer.
// The figures that the program worked out stand only in columns headed so,
// beside the recomputed ones, to be checked against them.
//
// The same comparison and options give the same bytes.
package workbook
