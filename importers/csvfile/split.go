package csvfile

import (
	"bufio"
	"errors"
	"io"
	"unsafe"
)

// splitter cuts decoded text into records. It keeps count of the rows as a spreadsheet program would: every record is a row,
// blank lines too.
type splitter struct {
	r       *bufio.Reader
	delim   byte
	quotes  bool // a value may stand in quotation marks
	buf     []byte
	ends    []int  // end of each value in buf
	slab    []byte // text of many records, made at once
	nul     int
	line    int // line of the file on which the record began
	lines   int
	wide    int       // longest run of lines swallowed by one quoted value
	special [256]bool // bytes that mean something outside quotation marks
	most    int       // values of a record; more is an error
	long    int       // bytes of a record; more is an error
}

var (
	errWide = errors.New("too many values in a record")
	errLong = errors.New("record too long")
)

func newSplitter(r io.Reader, delim byte, quotes bool) *splitter {
	s := &splitter{r: bufio.NewReaderSize(r, 256<<10), delim: delim, quotes: quotes, lines: 1, most: 1 << 20, long: 64 << 20}
	s.special[delim], s.special['\n'], s.special['\r'], s.special[0] = true, true, true, true
	return s
}

// next reads one record. The values stay valid.
func (s *splitter) next(values []string) ([]string, error) {
	s.buf, s.ends = s.buf[:0], s.ends[:0]
	s.line = s.lines
	inQuotes, started, any := false, false, false
	opened := 0
	for {
		chunk, err := s.peek()
		if err != nil {
			if err == io.EOF && (any || len(s.buf) > 0) {
				s.ends = append(s.ends, len(s.buf))
				return s.values(values), nil
			}
			return nil, err
		}
		i := 0
		for i < len(chunk) {
			c := chunk[i]
			if inQuotes {
				switch c {
				case '"':
					// A doubled mark is a mark; otherwise the value ends here. The next byte may be in the next chunk.
					s.skip(i + 1)
					if b, err := s.r.ReadByte(); err == nil {
						if b == '"' {
							s.buf = append(s.buf, '"')
						} else {
							_ = s.r.UnreadByte()
							inQuotes = false
							s.wide = max(s.wide, s.lines-opened)
						}
					} else {
						inQuotes = false
					}
					chunk, i = nil, 0
				case '\n':
					s.lines++
					s.buf = append(s.buf, c)
					i++
				case 0:
					s.nul++
					i++
				default:
					s.buf = append(s.buf, c)
					i++
				}
				if chunk == nil {
					break
				}
				continue
			}
			if !s.special[c] && started {
				from := i
				for i < len(chunk) && !s.special[chunk[i]] {
					i++
				}
				s.buf = append(s.buf, chunk[from:i]...)
				continue
			}
			switch {
			case c == s.delim:
				s.ends = append(s.ends, len(s.buf))
				if len(s.ends) > s.most {
					return nil, errWide
				}
				started, any = false, true
			case c == '\n' || c == '\r':
				s.skip(i + 1)
				if c == '\r' {
					if b, err := s.r.ReadByte(); err == nil && b != '\n' {
						_ = s.r.UnreadByte()
					}
				}
				s.lines++
				s.ends = append(s.ends, len(s.buf))
				return s.values(values), nil
			case c == 0:
				s.nul++
			case c == '"' && s.quotes && !started:
				inQuotes, started, any = true, true, true
				opened = s.lines
			case c == ' ' && !started:
				s.buf = append(s.buf, c) // spaces before a quotation mark stay; harmless, values are trimmed later
			default:
				s.buf = append(s.buf, c)
				started, any = true, true
			}
			i++
		}
		if chunk != nil {
			s.skip(len(chunk))
		}
		if len(s.buf) > s.long {
			return nil, errLong
		}
	}
}

func (s *splitter) peek() ([]byte, error) {
	if _, err := s.r.Peek(1); err != nil {
		return nil, err
	}
	return s.r.Peek(s.r.Buffered())
}

func (s *splitter) skip(n int) { _, _ = s.r.Discard(n) }

// values copies the record into one string and cuts it up.
func (s *splitter) values(out []string) []string {
	if cap(s.slab)-len(s.slab) < len(s.buf) {
		s.slab = make([]byte, 0, max(64<<10, len(s.buf)))
	}
	begin := len(s.slab)
	s.slab = append(s.slab, s.buf...)
	keep := s.slab[begin:]
	all := unsafe.String(unsafe.SliceData(keep), len(keep)) // what is in the slab is never written again
	out = out[:0]
	from := 0
	for _, end := range s.ends {
		out = append(out, all[from:end])
		from = end
	}
	return out
}
