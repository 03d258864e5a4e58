package csvfile

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/planting-the-flag/flagstone/importers/table"
)

// delimiters are tried in this order; the first of equals wins.
var delimiters = []byte{',', '\t', ';', '|', '$'}

// Sniffed is what the beginning of a file shows about it.
type Sniffed struct {
	Encoding  Encoding
	Delimiter byte
	Columns   int     // values in most records
	Share     float64 // of the records that have so many
}

const headBytes = 128 << 10

// Sniff finds the encoding and the delimiter from the beginning of a file.
func Sniff(head []byte) Sniffed {
	e := sniffEncoding(head)
	s := Sniffed{Encoding: e, Delimiter: ',', Columns: 1}
	best := 0.0
	for _, d := range delimiters {
		cols, share, filled := consistency(head, e, d)
		if cols < 2 {
			continue
		}
		score := share * math.Sqrt(float64(cols)) * (0.3 + 0.7*filled)
		if d == '$' {
			score *= 0.6 // a currency sign more often than a delimiter
		}
		if score > best {
			best = score
			s.Delimiter, s.Columns, s.Share = d, cols, share
		}
	}
	return s
}

// consistency reads the head with one delimiter: the number of values most records have, the share that have it, and the share of
// those values that are not blank.
func consistency(head []byte, e Encoding, d byte) (cols int, share, filled float64) {
	sp := newSplitter(newDecoder(bytes.NewReader(head), e).r, d, true)
	sp.most = 20000
	counts := map[int]int{}
	full := map[int]int{}
	var values []string
	records := 0
	for records < 300 {
		var err error
		values, err = sp.next(values)
		if err != nil {
			break
		}
		if sp.lines-sp.line > 60 { // a quotation mark that was never closed
			sp.quotes = false
		}
		if len(values) == 1 && strings.TrimSpace(values[0]) == "" {
			continue
		}
		records++
		counts[len(values)]++
		for _, v := range values {
			if strings.TrimSpace(v) != "" {
				full[len(values)]++
			}
		}
	}
	if len(head) >= headBytes && records > 2 {
		records-- // the last record is cut short
	}
	most := 0
	for n, c := range counts {
		if c > most || (c == most && n > cols) {
			cols, most = n, c
		}
	}
	if records == 0 || cols == 0 {
		return 0, 0, 0
	}
	return cols, min(1, float64(most)/float64(records)), float64(full[cols]) / float64(most*cols)
}

// Read reads a whole file. It fails only when the file is over a limit, empty, or not text.
func Read(ctx context.Context, in table.Input) (*table.Table, error) {
	head := make([]byte, min(in.Size, headBytes))
	if n, err := in.R.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading %s: %w", in.Name, err)
	} else {
		head = head[:n]
	}
	if len(bytes.TrimSpace(head)) == 0 && in.Size <= headBytes {
		return nil, table.Fail(table.ErrEmpty, in.Name+" is empty. Choose the file that holds the table.")
	}
	s := Sniff(head)
	t, runaway, err := read(ctx, in, s, true)
	if err == nil && runaway == 0 {
		return t, nil
	}
	if runaway > 0 {
		// A quotation mark was opened and not closed, and swallowed the rows after it. Marks are then taken as they stand.
		again, _, errAgain := read(ctx, in, s, false)
		if errAgain != nil {
			return nil, errAgain
		}
		again.Notes = append(again.Notes, table.Note{Row: runaway, Column: -1,
			Message: fmt.Sprintf("a quotation mark on line %d is never closed; the file was read with quotation marks taken as they stand", runaway),
			Remedy:  "Close the quotation mark, or double it if it belongs to the text, and import the file again."})
		return again, nil
	}
	return nil, err
}

const swallowed = 200 // lines within one quoted value that nobody writes on purpose

// read cuts the file into rows: blocks of it side by side, joined in their order. A block is cut as if a record began with it; where
// the one before ends within a record, the two are cut again together.
func read(ctx context.Context, in table.Input, s Sniffed, quotes bool) (t *table.Table, runaway int, err error) {
	j := &joiner{in: in, t: &table.Table{File: in.Name, Format: table.FormatCSV}, limits: in.Limits.WithDefaults(), quotes: quotes}
	j.budget = table.NewBudget(j.limits)
	j.rules = newRules(s.Delimiter, quotes, j.limits)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	src := io.Reader(io.NewSectionReader(in.R, 0, in.Size))
	if s.Encoding == UTF16LE || s.Encoding == UTF16BE {
		src = newDecoder(src, s.Encoding).r
	}
	for b := range blocks(ctx, &cutter{r: src, first: true, most: mostRecord}, j.rules) {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		<-b.done
		if at, err := j.join(b.block); err != nil || at > 0 {
			return nil, at, err
		}
		in.Tell(len(j.t.Rows))
	}
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	finish(j.t, j.nul, j.strays, s)
	in.Tell(len(j.t.Rows))
	return j.t, 0, nil
}

// finish drops blank rows at the end and notes what was odd about the text.
func finish(t *table.Table, nul, strays int, s Sniffed) {
	for len(t.Rows) > 0 && len(t.Rows[len(t.Rows)-1].Cells) == 0 {
		t.Rows = t.Rows[:len(t.Rows)-1]
	}
	if nul > 0 {
		t.Notes = append(t.Notes, table.Note{Column: -1,
			Message: fmt.Sprintf("%d NUL bytes were left out", nul),
			Remedy:  "Nothing, unless text looks wrong: then export the file again as UTF-8."})
	}
	if strays > 0 {
		t.Notes = append(t.Notes, table.Note{Column: -1,
			Message: fmt.Sprintf("%d characters are not UTF-8 and were read as %s", strays, Windows1252),
			Remedy:  "Look at names with accents, £ or dashes; if one is wrong, export the file again as UTF-8."})
	}
	if s.Delimiter != ',' {
		t.Notes = append(t.Notes, table.Note{Column: -1, Message: fmt.Sprintf("values are separated by %s", delimiterName(s.Delimiter))})
	}
}

func delimiterName(d byte) string {
	switch d {
	case '\t':
		return "tabs"
	case ';':
		return "semicolons"
	case '|':
		return "bars"
	case '$':
		return "dollar signs"
	}
	return "commas"
}
