// Package widgets holds the parts that several places of the window use: the
// data table, fact sheets, the navigation item, tips, the grid that sets
// scenarios side by side.
//
// It knows how such a part looks and behaves. It refuses to know what is in it:
// rows, labels and callbacks come from the places.
package widgets
