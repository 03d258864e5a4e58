package csvfile

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/planting-the-flag/flagstone/importers/table"
	"golang.org/x/text/encoding/charmap"
)

// blockBytes is how much of a file is cut into rows at a time. Blocks end where a line ends.
const blockBytes = 512 << 10

// block is a piece of the file and what it holds. Rows and lines are numbered from 1 within it.
type block struct {
	raw  []byte // as read
	last bool   // nothing follows
	err  error  // of reading the bytes

	buf     []byte // the same as UTF-8, without NUL bytes; the text of its cells points into it
	rows    []table.Row
	rest    int // where in buf a record begins that does not end within it; len(buf) when none does
	lines   int // that end before rest
	cells   int // kept, as table.Budget counts them
	bytes   int64
	long    bool // a cell is longer than the limit
	fault   fault
	nul     int
	strays  int
	started int // line on which the record that is at fault or at rest begins
}

// fault is why the cutting stopped before the end of a block.
type fault uint8

const (
	sound   fault = iota
	wide          // the record after the rows has too many values
	runaway       // so many lines in one quoted value that the mark was hardly meant
)

// cutter reads the file in pieces that end with a line.
type cutter struct {
	r     io.Reader
	first bool // nothing was read yet
	carry []byte
	most  int // bytes of a piece; one that is longer is handed out as it is, and ends within a record
}

// next reads a piece.
func (c *cutter) next() *block {
	size := blockBytes
	buf := make([]byte, max(size, len(c.carry)+size/2))
	n := copy(buf, c.carry)
	c.carry = nil
	for {
		m, err := io.ReadFull(c.r, buf[n:])
		n += m
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return c.strip(&block{raw: buf[:n:n], last: true})
		}
		if err != nil {
			return &block{err: err}
		}
		if at := lineEnd(buf); at > 0 {
			c.carry = append(c.carry, buf[at:]...)
			return c.strip(&block{raw: buf[:at:at]})
		}
		if len(buf) >= c.most {
			return c.strip(&block{raw: buf})
		}
		more := make([]byte, 2*len(buf))
		copy(more, buf)
		buf = more
	}
}

// lineEnd is where the last whole line ends, 0 when there is none.
func lineEnd(b []byte) int {
	if i := bytes.LastIndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return bytes.LastIndexByte(b[:len(b)-1], '\r') + 1 // the byte after it is known to be no line feed
}

// strip takes away the mark at the beginning of the file.
func (c *cutter) strip(b *block) *block {
	if c.first {
		b.raw = bytes.TrimPrefix(b.raw, []byte{0xEF, 0xBB, 0xBF})
	}
	c.first = false
	return b
}

// clean makes UTF-8 without NUL bytes of what was read.
func (b *block) clean() {
	b.buf = b.raw
	if n := bytes.Count(b.buf, []byte{0}); n > 0 {
		b.nul = n
		b.buf = bytes.ReplaceAll(b.buf, []byte{0}, nil)
	}
	if utf8.Valid(b.buf) {
		return
	}
	out := make([]byte, 0, len(b.buf)+len(b.buf)/16)
	for i := 0; i < len(b.buf); {
		r, size := utf8.DecodeRune(b.buf[i:])
		if r == utf8.RuneError && size == 1 {
			b.strays++
			r = charmap.Windows1252.DecodeByte(b.buf[i])
		}
		out = utf8.AppendRune(out, r)
		i += size
	}
	b.buf = out
}

// rules are what the cutting of a file goes by.
type rules struct {
	delim   byte
	quotes  bool
	special [256]bool // bytes that end a value
	columns int       // values of a record; more is a fault
	text    int       // bytes of a cell; more is noted
}

func newRules(delim byte, quotes bool, limits table.Limits) *rules {
	r := &rules{delim: delim, quotes: quotes, columns: limits.Columns, text: limits.CellText}
	r.special[delim], r.special['\n'], r.special['\r'] = true, true, true
	return r
}

// cut makes rows of the block.
func (b *block) cut(r *rules) {
	buf := b.buf
	n := len(buf)
	b.rows = make([]table.Row, 0, bytes.Count(buf, []byte{'\n'})+1)
	var slab []table.Cell // cells of many rows are made at once
	width := 16
	var odd []byte // text of values that do not stand in the file as they are
	for i := 0; i < n; {
		begin := i
		in := 0 // lines within quotation marks
		if len(slab) < width {
			slab = make([]table.Cell, max(4096, 4*width))
		}
		cells := slab
		col, last := 0, 0
		for { // one value a turn
			from := i
			for i < n && buf[i] == ' ' {
				i++
			}
			var v []byte
			if r.quotes && i < n && buf[i] == '"' {
				var inside int
				v, i, inside, odd = quoted(buf, from, i, r, odd)
				in += inside
			} else {
				for i < n && !r.special[buf[i]] {
					i++
				}
				v = buf[from:i]
			}
			if i == n && !b.last {
				b.rest, b.started = begin, b.lines+1
				if r.quotes && in > swallowed {
					b.fault = runaway
				}
				b.tidy()
				return
			}
			if len(v) > 0 && !blank(v) {
				if col >= len(cells) {
					more := make([]table.Cell, max(4096, 2*col+16))
					copy(more, cells[:last])
					cells, slab = more, more
				}
				cells[col] = table.Cell{Text: unsafe.String(&v[0], len(v)), Kind: table.Text} // the bytes are never written again
				b.bytes += int64(len(v))
				b.long = b.long || len(v) > r.text
				last = col + 1
			}
			if i == n {
				break
			}
			c := buf[i]
			i++
			if c == r.delim {
				if col++; col > r.columns {
					b.fault, b.rest, b.started = wide, begin, b.lines+1
					b.tidy()
					return
				}
				continue
			}
			if c == '\r' && i < n && buf[i] == '\n' {
				i++
			}
			in++
			break
		}
		if r.quotes && in > swallowed {
			b.fault, b.rest, b.started = runaway, begin, b.lines+1
			b.tidy()
			return
		}
		b.lines += in
		b.cells += max(1, last)
		width = max(width, last)
		row := table.Row{Number: len(b.rows) + 1}
		if last > 0 {
			row.Cells = cells[:last:last]
		}
		slab = slab[last:] // the blanks at the end serve the next row
		b.rows = append(b.rows, row)
	}
	b.rest, b.started = n, b.lines+1
	b.tidy()
}

// tidy keeps a block of little text from holding on to all of its bytes.
func (b *block) tidy() {
	if b.bytes*4 >= int64(len(b.buf)) {
		return
	}
	for i := range b.rows {
		for j := range b.rows[i].Cells {
			if c := &b.rows[i].Cells[j]; c.Text != "" {
				c.Text = strings.Clone(c.Text)
			}
		}
	}
}

// blank says whether a value is nothing but spaces.
func blank(v []byte) bool {
	if c := v[0]; c > ' ' && c < utf8.RuneSelf {
		return false
	}
	return len(bytes.TrimSpace(v)) == 0
}

// quoted reads a value with a quotation mark at i, before which there are only spaces. It gives the value, where it ends, and the
// lines that end within the marks. Odd is where text is written that does not stand in the file as it is.
func quoted(buf []byte, from, i int, r *rules, odd []byte) (v []byte, end, lines int, rest []byte) {
	n := len(buf)
	plain := i == from // so far the value is a piece of the file
	at := len(odd)
	if !plain {
		odd = append(odd, buf[from:i]...)
	}
	i++
	piece := i
	for i < n {
		c := buf[i]
		if c == '\n' {
			lines++
		}
		if c != '"' {
			i++
			continue
		}
		if i+1 < n && buf[i+1] == '"' { // a doubled mark is a mark
			odd = append(odd, buf[piece:i+1]...)
			plain = false
			i += 2
			piece = i
			continue
		}
		break
	}
	close := i
	if i < n {
		i++ // past the mark
	}
	tail := i
	for i < n && !r.special[buf[i]] {
		i++
	}
	if plain && tail == i {
		return buf[piece:close], i, lines, odd
	}
	odd = append(append(odd, buf[piece:close]...), buf[tail:i]...)
	return odd[at:len(odd):len(odd)], i, lines, odd
}
