package xlsx

import (
	"bytes"
	"strconv"

	"github.com/planting-the-flag/flagstone/importers/table"
)

// scanner watches the XML of one worksheet go by, for what excelize's row iterator does not tell: merged cells, formulas without a
// saved result, how many cells of each column are shown as dates, and columns beyond the edge. It holds no more than one tag.
type scanner struct {
	merged    []table.Range
	unsaved   []uint64 // row<<16 | column of formulas without a saved result
	lost      int      // how many there are in all
	dates     map[int]int
	numbers   map[int]int
	widest    int
	doctype   bool
	dateStyle func(style int) bool

	tag     []byte
	inTag   bool
	skip    bool // the tag is too long to matter
	row     int
	col     int
	style   int
	text    bool // the cell holds words
	formula bool
	value   bool
	open    bool // within a cell
	within  []byte
}

const (
	maxTag     = 4096
	maxUnsaved = 200_000
	maxMerged  = 50_000
)

// Write implements io.Writer over the bytes of the sheet.
func (s *scanner) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		if !s.inTag {
			i := bytes.IndexByte(p, '<')
			if i < 0 {
				return n, nil
			}
			p = p[i+1:]
			s.inTag, s.skip, s.tag = true, false, s.tag[:0]
			continue
		}
		i := bytes.IndexByte(p, '>')
		end := i
		if i < 0 {
			end = len(p)
		}
		if len(s.tag)+end > maxTag {
			s.skip = true
		} else if !s.skip {
			s.tag = append(s.tag, p[:end]...)
		}
		if i < 0 {
			return n, nil
		}
		p = p[i+1:]
		s.inTag = false
		if !s.skip {
			s.handle(s.tag)
		}
	}
	return n, nil
}

func (s *scanner) handle(tag []byte) {
	if len(tag) == 0 {
		return
	}
	closing := tag[0] == '/'
	if closing {
		tag = tag[1:]
	}
	if len(tag) == 0 { // "</>" in a damaged file
		return
	}
	if tag[0] == '!' {
		if bytes.HasPrefix(tag, []byte("!DOCTYPE")) || bytes.HasPrefix(tag, []byte("!ENTITY")) {
			s.doctype = true
		}
		return
	}
	name := tag
	if i := bytes.IndexAny(tag, " \t\r\n/"); i >= 0 {
		name = tag[:i]
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	empty := tag[len(tag)-1] == '/'
	switch string(name) {
	case "c":
		if closing {
			s.endCell()
			return
		}
		s.startCell(tag)
		if empty {
			s.endCell()
		}
	case "f":
		s.formula = s.formula || (!closing && s.open)
	case "v", "is":
		s.value = s.value || (!closing && !empty && s.open)
	case "mergeCell":
		s.merge(attribute(tag, "ref"))
	}
}

func (s *scanner) startCell(tag []byte) {
	s.open, s.formula, s.value = true, false, false
	row, col, ok := table.ParseAddress(string(attribute(tag, "r")))
	if ok {
		s.row, s.col = row, col
	} else {
		s.col++
	}
	s.widest = max(s.widest, s.col+1)
	s.style, _ = strconv.Atoi(string(attribute(tag, "s")))
	t := attribute(tag, "t")
	s.text = len(t) > 0 && string(t) != "n"
}

func (s *scanner) endCell() {
	if !s.open {
		return
	}
	s.open = false
	if s.formula && !s.value {
		s.lost++
		if len(s.unsaved) < maxUnsaved {
			s.unsaved = append(s.unsaved, cellKey(s.row, s.col))
		}
	}
	if s.value && !s.text {
		if s.dates == nil {
			s.dates, s.numbers = map[int]int{}, map[int]int{}
		}
		s.numbers[s.col]++
		if s.style > 0 && s.dateStyle != nil && s.dateStyle(s.style) {
			s.dates[s.col]++
		}
	}
}

func cellKey(row, col int) uint64 { return uint64(row)<<16 | uint64(col&0xffff) }

func (s *scanner) merge(ref []byte) {
	a, b, ok := bytes.Cut(ref, []byte(":"))
	if !ok || len(s.merged) >= maxMerged {
		return
	}
	top, left, ok1 := table.ParseAddress(string(a))
	bottom, right, ok2 := table.ParseAddress(string(b))
	if ok1 && ok2 && bottom >= top && right >= left {
		s.merged = append(s.merged, table.Range{Top: top, Left: left, Bottom: bottom, Right: right})
	}
}

// attribute finds the value of an attribute within a tag.
func attribute(tag []byte, name string) []byte {
	for rest := tag; ; {
		i := bytes.Index(rest, []byte(name+"="))
		if i < 0 {
			return nil
		}
		if i > 0 && rest[i-1] != ' ' && rest[i-1] != '\t' && rest[i-1] != '\n' && rest[i-1] != '\r' {
			rest = rest[i+len(name)+1:]
			continue
		}
		rest = rest[i+len(name)+1:]
		if len(rest) < 2 {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		return rest[1 : 1+end]
	}
}
