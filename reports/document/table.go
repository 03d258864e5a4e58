package document

// Table is rows of cells under named columns. Every row has as many cells as there are columns, counting spans.
type Table struct {
	// Caption follows "Table n" and says what the table shows.
	Caption string
	Columns []Column
	// Groups is an optional row above the column headings; spans must add up to the number of columns.
	Groups []Group
	Rows   []Row
	// Notes are printed under the table, in order; cells refer to them by NoteRef.
	Notes []string
	// Source is printed under the table.
	Source string
	ID     string
	// Continues keeps the table's number for a table that goes on from the one before.
	Continues bool

	number int
}

// Column is one column.
type Column struct {
	Heading string
	// Unit is printed under the heading ("£000", "m²").
	Unit  string
	Align Align
	// Weight shares spare width; 1 when zero.
	Weight float64
	// RowHeader makes the cells of this column name their rows.
	RowHeader bool
}

// Group is a heading over several columns; empty Text leaves a gap.
type Group struct {
	Text string
	Span int
}

// Align is how the cells of a column line up.
type Align int

// The alignments.
const (
	Left Align = iota
	Right
	Centre
	// Decimal lines numbers up by their decimal points, marks hanging to the right.
	Decimal
)

// RowKind is what a row is for.
type RowKind int

// The kinds of row.
const (
	Body    RowKind = iota
	Total           // ruled off and bold
	Subhead         // names the rows that follow; its first cell spans the table
)

// Row is one row.
type Row struct {
	Kind  RowKind
	Cells []Cell
}

// Cell is what stands in one column, or several when Span is above one.
type Cell struct {
	Runs []Inline
	Span int
	// NoteRef counts Table.Notes from one; 0 for none.
	NoteRef int
}

// C is a cell of runs.
func C(runs ...Inline) Cell { return Cell{Runs: runs} }

// CT is a cell of plain words.
func CT(s string) Cell { return Cell{Runs: []Inline{Text{S: s}}} }

// CF is a cell of one field.
func CF(f Field) Cell { return Cell{Runs: []Inline{f}} }

// R is a body row.
func R(cells ...Cell) Row { return Row{Cells: cells} }
