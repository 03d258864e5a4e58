// Package table is what every reader of a file produces: rows of cells that remember where they stood, so that anything said
// about a value can name its file, sheet and cell.
//
// It knows nothing of headers or of what columns mean; package layout finds the tables within a sheet, package mapping says what
// the columns are.
package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// Kind is what a cell holds, as far as the file itself says.
type Kind uint8

// The kinds of cell. A text file has only blank and text cells.
const (
	Blank   Kind = iota
	Text         // words, or a number in a file that does not tell the two apart
	Number       // a number the file stores as one
	Date         // a number the file shows as a date (serial day) or an ISO date
	Bool         // true or false
	Failed       // an error value such as #REF!
	Formula      // a formula whose result was never saved
)

// Cell is one cell. Text is the value as stored: numbers in full precision with a decimal point, not as displayed.
type Cell struct {
	Text string
	Kind Kind
}

// Blank says whether the cell holds nothing but spaces.
func (c Cell) Blank() bool {
	if c.Text != "" && c.Text[0] > ' ' && c.Text[0] < 0x80 && c.Kind != Blank {
		return false
	}
	return c.Kind == Blank || (c.Kind != Formula && strings.TrimSpace(c.Text) == "")
}

// Row is one row of a sheet. Cells beyond the last one are blank.
type Row struct {
	Number int // 1-based, as a spreadsheet program numbers it
	Cells  []Cell
	Shape  orb.Geometry // the geometry of the feature, in GeoJSON; nil otherwise
}

// At is the cell of a 0-based column, blank beyond the end.
func (r Row) At(col int) Cell {
	if col < 0 || col >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[col]
}

// Filled counts the cells that are not blank.
func (r Row) Filled() int {
	n := 0
	for i := range r.Cells {
		if !r.Cells[i].Blank() {
			n++
		}
	}
	return n
}

// Range is a block of merged cells: rows are 1-based as on the sheet, columns 0-based, all inclusive.
type Range struct{ Top, Left, Bottom, Right int }

// Note is something said by a reader about the file: what was odd, left out or put right.
type Note struct {
	Sheet   string
	Row     int // 0 when it is about the sheet or the file
	Column  int // 0-based, -1 when it is about the row
	Value   string
	Message string
	Remedy  string
	Problem bool // something could not be used, rather than was odd
}

// Table is one sheet (or one text file, or one layer of features) as it stands.
type Table struct {
	File     string // base name of the file, with the member's name for a zip
	Sheet    string // empty in files without sheets
	Format   Format
	Hidden   bool
	Rows     []Row
	Merged   []Range
	Date1904 bool   // serial dates count from 1904
	CRS      string // coordinate reference system, where the file names one
	Notes    []Note
	Headed   bool // the first row holds the names of the columns: known, not guessed (GeoJSON)
}

// Width is the number of columns of the widest row.
func (t *Table) Width() int {
	w := 0
	for i := range t.Rows {
		w = max(w, len(t.Rows[i].Cells))
	}
	return w
}

// Format is the kind of file a table came from.
type Format string

// The kinds of file.
const (
	FormatCSV     Format = "csv"
	FormatXLSX    Format = "xlsx"
	FormatXLS     Format = "xls"
	FormatODS     Format = "ods"
	FormatGeoJSON Format = "geojson"
	FormatZip     Format = "zip"
)

// ColumnName is the spreadsheet letter of a 0-based column: A, B, …, AA.
func ColumnName(col int) string {
	if col < 0 {
		return ""
	}
	var b [8]byte
	i := len(b)
	for col++; col > 0 && i > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}

// Address is the spreadsheet name of a cell: "C7" for row 7, column 2.
func Address(row, col int) string { return ColumnName(col) + strconv.Itoa(row) }

// ParseAddress reads "C7" into a row (1-based) and a column (0-based).
func ParseAddress(s string) (row, col int, ok bool) {
	i := 0
	for i < len(s) && s[i] >= 'A' && s[i] <= 'Z' {
		if i > 6 {
			return 0, 0, false
		}
		col = col*26 + int(s[i]-'A') + 1
		i++
	}
	if i == 0 || i == len(s) || len(s)-i > 9 {
		return 0, 0, false
	}
	for _, c := range s[i:] {
		if c < '0' || c > '9' {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
	}
	return row, col - 1, row > 0
}

// Input is a file, or a member of one, to be read.
type Input struct {
	Name   string // for messages: the base name of the file
	R      io.ReaderAt
	Size   int64
	Limits Limits
	// Password opens a protected workbook; empty when none is known.
	Password string
	// Progress is told the rows read so far, now and then; nil when nobody listens.
	Progress func(rows int)
}

// Tell reports progress when somebody listens.
func (in Input) Tell(rows int) {
	if in.Progress != nil {
		in.Progress(rows)
	}
}

// Limits keep a hostile or a mistaken file from exhausting the machine. A zero limit takes the default.
type Limits struct {
	Cells      int   // cells kept, blanks between filled ones included
	Columns    int   // columns of a sheet
	CellText   int   // characters of one cell; longer text is cut, and said
	Unpacked   int64 // bytes of all members of a packed file
	Ratio      int64 // unpacked to packed size
	Members    int   // members of a packed file
	TextBytes  int64 // bytes of text kept from one file
	Geometries int   // points of all geometries
}

// DefaultLimits suit a portfolio of some hundred thousand buildings on an ordinary computer.
var DefaultLimits = Limits{
	Cells: 12_000_000, Columns: 16_384, CellText: 32_767,
	Unpacked: 1 << 30, Ratio: 300, Members: 4096, TextBytes: 256 << 20, Geometries: 5_000_000,
}

// WithDefaults fills the limits that are zero.
func (l Limits) WithDefaults() Limits {
	d := DefaultLimits
	set := func(p *int, v int) {
		if *p == 0 {
			*p = v
		}
	}
	set64 := func(p *int64, v int64) {
		if *p == 0 {
			*p = v
		}
	}
	set(&l.Cells, d.Cells)
	set(&l.Columns, d.Columns)
	set(&l.CellText, d.CellText)
	set(&l.Members, d.Members)
	set(&l.Geometries, d.Geometries)
	set64(&l.Unpacked, d.Unpacked)
	set64(&l.Ratio, d.Ratio)
	set64(&l.TextBytes, d.TextBytes)
	return l
}

// The reasons why a file cannot be read at all. Each wraps into a sentence that names the file.
var (
	ErrTooLarge = errors.New("the file is larger than Flagstone reads")
	ErrDamaged  = errors.New("the file is damaged")
	// ErrPassword: with the password it could be read. ErrWrongPassword is that too: one was given, and does not open the file.
	ErrPassword      = errors.New("the file is protected by a password")
	ErrWrongPassword = fmt.Errorf("%w, and not by the one given", ErrPassword)
	// ErrProtected: no password given to Flagstone opens it.
	ErrProtected = errors.New("the file is protected in a way that Flagstone cannot open")
	ErrNotATable = errors.New("the file is not a spreadsheet, a table of text or GeoJSON")
	ErrEmpty     = errors.New("the file holds no rows")
)

// Error is a failure that reads as a sentence with advice, and matches one of the reasons above.
type Error struct {
	Reason error
	Words  string
}

func (e *Error) Error() string { return e.Words }

// Sentence is what the user is told: it names the file and what to do.
func (e *Error) Sentence() string { return e.Words }

// Unwrap gives the reason, for errors.Is.
func (e *Error) Unwrap() error { return e.Reason }

// Fail builds an Error.
func Fail(reason error, sentence string) error { return &Error{Reason: reason, Words: sentence} }

// Every is how many rows pass between looks at the clock and the context.
const Every = 500

// Check returns the context's error on every Every-th row.
func Check(ctx context.Context, row int) error {
	if row%Every != 0 {
		return nil
	}
	return ctx.Err()
}
